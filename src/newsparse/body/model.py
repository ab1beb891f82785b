"""The trained model: how likely it is that a segment belongs to the body.

The model is a sum of decision trees, shipped as data (``model.json``). It is turned into Python code once, which is far faster than
walking the trees as data and needs no numpy.
"""

import json
import math
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from newsparse.body.features import FEATURES

# Most segments are decided by the first trees: after every so many, a sum beyond this is taken as it is. On the development pages
# one such sum in a thousand had changed its sign by the last tree.
_CHECK_EVERY, _ENOUGH = 6, 2.0

Score = Callable[..., float]


@cache
def load_model() -> Score:
    """The scoring function of the shipped model; it takes the ``FEATURES`` in order and gives a log-odds."""
    return compile_model(json.loads((files(__package__) / "model.json").read_text("utf-8")))


def compile_model(model: dict[str, Any]) -> Score:
    """A function from the data of a model: ``{"features": [...], "trees": [tree, ...]}``.

    A tree is a number, the leaf's log-odds, or ``[feature, threshold, low, high]``: ``low`` is taken where the feature is at most the
    threshold. For a feature ``mask:bit`` the threshold is 0 and ``low`` is taken where the bit is not set.

    Raises:
        ValueError: the model was trained for other features than this version computes.
    """
    if tuple(model["features"]) != FEATURES:
        raise ValueError("the model was trained for other features; train it again")
    lines = [f"def score({', '.join(FEATURES)}):", " s = 0.0"]
    for number, tree in enumerate(model["trees"]):
        if number and not number % _CHECK_EVERY:
            lines.append(f" if not -{_ENOUGH} < s < {_ENOUGH}: return s")
        _write(tree, 1, lines)
    lines.append(" return s")
    names: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<newsparse model>", "exec"), names)
    score: Score = names["score"]
    return score


def probability(log_odds: float) -> float:
    """The probability for a log-odds, kept away from 0 and 1.

    >>> round(probability(0.0), 2), probability(-1000) > 0
    (0.5, True)
    """
    return 1 / (1 + math.exp(-max(-12.0, min(12.0, log_odds))))


def _write(tree: Any, depth: int, lines: list[str]) -> None:
    indent = " " * depth
    if not isinstance(tree, list):
        lines.append(f"{indent}s += {float(tree)!r}")
        return
    feature, threshold, low, high = tree
    name, _, bit = str(feature).partition(":")
    if name not in FEATURES:
        raise ValueError(f"the model refers to an unknown feature {feature!r}")
    lines.append(f"{indent}if {name} & {1 << int(bit)}:" if bit else f"{indent}if {name} > {float(threshold)!r}:")
    _write(high, depth + 1, lines)
    lines.append(f"{indent}else:")
    _write(low, depth + 1, lines)
