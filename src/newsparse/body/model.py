"""The trained model: how likely it is that a segment belongs to the body.

The model is a sum of decision trees, shipped as data (``model.json``). It is turned into Python code once, which is far faster than
walking the trees as data and needs no numpy. The first trees ask only for features that are quickly made, and decide most segments.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from newsparse.body.features import COUNTS, FEATURES, FIRST, FLAGS, Candidates

# A sum beyond this is taken as it is. On the development pages one such sum in a thousand would have changed its sign by the last tree.
_ENOUGH = 2.2
# After so many of the further trees it is seen whether that is reached.
_CHECK_EVERY = 12
# A log-odds further from 0 is taken for this one.
_MOST_ODDS = 12.0
# So many candidates are asked about at a time: the features of one take a kilobyte or two.
_TOGETHER = 256


@attrs.frozen
class Model:
    """The trees as functions.

    Attributes:
        first: takes the ``FIRST`` features, and gives a log-odds.
        further: takes that log-odds and all ``FEATURES``, and gives a better one.
    """

    first: Callable[..., float]
    further: Callable[..., float]


@cache
def load_model() -> Model:
    """The shipped model."""
    return compile_model(json.loads((files(__package__) / "model.json").read_text("utf-8")))


def compile_model(data: dict[str, Any]) -> Model:
    """The functions of a model that is data: ``{"features": [...], "first": [tree, ...], "further": [tree, ...]}``.

    A tree is a number, the leaf's log-odds, or ``[feature, threshold, low, high]``: ``low`` is taken where the feature is at most the
    threshold. For a feature ``mask:bit`` the threshold is 0 and ``low`` is taken where the bit is not set.

    Raises:
        ValueError: the model was trained for other features than this version computes.
    """
    if tuple(data["features"]) != FEATURES:
        raise ValueError("the model was trained for other features; train it again")
    first = compile_trees(f"first({', '.join(FIRST)})", [" s = 0.0"], data["first"], FIRST, counts=COUNTS, flags=FLAGS)
    further = compile_trees(f"further(s, {', '.join(FEATURES)})", [], data["further"], FEATURES, counts=COUNTS, flags=FLAGS)
    return Model(first, further)


def chances(model: Model, candidates: Candidates) -> array[float]:
    """How likely each candidate is to belong to the body, from 0 to 1."""
    first, further = candidates.first(), None
    found = array("d")
    for start in range(0, len(candidates.indices), _TOGETHER):
        numbers = range(start, min(start + _TOGETHER, len(candidates.indices)))
        rows = first(numbers)
        sums = [model.first(*row) for row in rows]
        doubtful = [at for at, log_odds in enumerate(sums) if -_ENOUGH < log_odds < _ENOUGH]
        if doubtful:
            further = further or candidates.further()
            for at, row in zip(doubtful, further([start + at for at in doubtful]), strict=True):
                sums[at] = model.further(sums[at], *rows[at], *row)
        found.extend(map(probability, sums))
    return found


def probability(log_odds: float) -> float:
    """The probability for a log-odds, kept away from 0 and 1.

    >>> round(probability(0.0), 2), probability(-1000) > 0
    (0.5, True)
    """
    bounded = log_odds if -_MOST_ODDS < log_odds < _MOST_ODDS else math.copysign(_MOST_ODDS, log_odds)
    return 1 / (1 + math.exp(-bounded))


def compile_trees(
    signature: str,
    lines: list[str],
    trees: Sequence[Any],
    names: Sequence[str],
    check_every: int = _CHECK_EVERY,
    *,
    counts: Collection[str] = (),
    flags: Collection[str] = (),
) -> Callable[..., float]:
    """A function that adds up trees; after every so many of them it is seen whether the sum is enough, never where that is 0.

    Of the ``names``, ``counts`` are always whole numbers, and ``flags`` true or false; the others are asked for as other numbers.
    """
    lines = [f"def {signature}:", *lines]
    at_once = check_every or _CHECK_EVERY
    for start in range(0, len(trees), at_once):
        if check_every and start:
            lines.append(f" if not -{_ENOUGH} < s < {_ENOUGH}: return s")
        together = trees[start : start + at_once]
        lines.append(f" s = s + {' + '.join(_expression(tree, names, counts, flags) for tree in together)}")
    lines.append(" return s")
    made: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<newsparse model>", "exec"), made)
    function: Callable[..., float] = made[signature.partition("(")[0]]
    return function


def _expression(tree: Any, names: Sequence[str], counts: Collection[str], flags: Collection[str]) -> str:
    """What a tree says, as an expression: one for several trees is faster than a statement for each of their leaves."""
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, low, high = tree
    name, _, bit = str(feature).partition(":")
    if name not in names:
        raise ValueError(f"the model refers to an unknown feature {feature!r}")
    asked = _condition(name, bit, float(threshold), counts, flags)
    return f"({_expression(high, names, counts, flags)} if {asked} else {_expression(low, names, counts, flags)})"


def _condition(name: str, bit: str, threshold: float, counts: Collection[str], flags: Collection[str]) -> str:
    """What is asked of a feature: numbers of one type are compared far faster than a whole number with another one."""
    if bit:
        return f"{name} & {1 << int(bit)}"
    if name in flags and 0 <= threshold < 1:
        return name
    return f"{name} > {math.floor(threshold) if name in counts else threshold!r}"
