"""Why the model says what it says of a segment: the features that moved it most, in words.

A parse does not ask for this, since it would cost more than the parse; ``newsparse.pipeline.explain`` does when it is called.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from newsparse.body.features import FEATURES, TAG_BITS, Candidates
from newsparse.body.model import probability
from newsparse.document.segments import FACT_NAMES
from newsparse.lexicon import topics
from newsparse.model import BoilerplateKind

# So many features are named on each side.
_NAMED = 3
_WORDS: Mapping[str, str] = {
    "words": "length in words",
    "chars_per_word": "letters a word",
    "link_share": "share of link text",
    "ends_sentence": "ends as a sentence",
    "ends_colon": "ends with a colon",
    "depth": "depth in the page",
    "prose_before": "share of the page's prose before it",
    "prose_after": "share of the page's prose after it",
    "group_size": "segments set alike",
    "group_words": "mean length of those set alike",
    "group_links": "linked share of those set alike",
    "group_share": "share of the page's prose in those set alike",
    "node_share": "share of the page's prose in its element",
    "dense_own": "prose right in its element, beside the densest",
    "best_position": "place in the element with most prose",
    "parent_share": "share of the page's prose around it",
    "grand_share": "share of the page's prose two levels up",
    "great_share": "share of the page's prose three levels up",
    "dense_share": "prose right around it, beside the densest",
    "best_up": "levels up to the element with most prose",
    "best_down": "levels down to the element with most prose",
    "dense_up": "levels up to the densest element",
    "dense_down": "levels down to the densest element",
    "digit_share": "share of digits",
    "upper_share": "share of capitals",
    "all_emphasis": "all emphasised",
    "part_strong": "part of it strong",
    "h2_before": "headings before it",
    "repeats": "how often its text stands on the page",
    "parent_segments": "segments around it",
    "parent_links": "linked share around it",
    "parent_mean": "mean length around it",
    "grand_segments": "segments two levels up",
    "grand_links": "linked share two levels up",
    "grand_mean": "mean length two levels up",
    "title_distance": "segments from the title",
    "in_title": "words of the title",
    "is_description": "the page's description",
    "is_subtitle": "the page's subtitle",
    "has_data": "the page states its text as data",
    "in_data": "in the text that the page states as data",
    "back1_words": "length of the segment before",
    "back1_links": "linked share of the segment before",
    "back1_heading": "after a heading",
    "next1_words": "length of the next segment",
    "next1_links": "linked share of the next segment",
    "next2_words": "length of the next but one",
    "next2_links": "linked share of the next but one",
    "prose_back": "prose right before it",
    "prose_next": "prose right after it",
    "since_prose": "segments since prose",
    "until_prose": "segments until prose",
    "links_since_prose": "links since prose",
    "links_until_prose": "links until prose",
}
_FLAGS = frozenset(
    ("ends_colon", "all_emphasis", "part_strong", "in_title", "is_description", "is_subtitle", "has_data", "in_data", "back1_heading")
)
_TOPIC, _KIND = tuple(topics()), tuple(kind.value for kind in BoilerplateKind)
_BITS: Mapping[str, tuple[str, Sequence[str]]] = {
    "tag": ("element", tuple(TAG_BITS)),
    "own": ("class words", _TOPIC),
    "near": ("class words near by", _TOPIC),
    "tokens": ("class words around", _TOPIC),
    "facts": ("in", FACT_NAMES),
    "phrase": ("a phrase of", _KIND),
    "under_phrase": ("under a heading of", _KIND),
}


@attrs.frozen
class Explanation:
    """What the model says of a segment.

    Attributes:
        index: the segment's place in the article's ``segments``.
        chance: of being body, from 0 to 1, before neighbours, boxes and known phrases are looked at.
        speaks_for, speaks_against: the features that moved it most, in words, the strongest first.
    """

    index: int
    chance: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@attrs.frozen
class _Fork:
    """A tree with the mean of its leaves."""

    feature: str
    name: str
    bit: int
    threshold: float
    low: _Fork | float
    high: _Fork | float
    mean: float


def explain_candidates(candidates: Candidates, data: Mapping[str, Any] | None = None) -> list[Explanation]:
    """An explanation for each candidate, by the shipped model or another one as data.

    A tree's way from the root to a leaf changes its mean value at each step; each change is put down to the feature asked there.
    """
    trees = _shipped() if data is None else _trees(data)
    rows = candidates.all()
    return [_explanation(index, dict(zip(FEATURES, row, strict=True)), trees) for index, row in zip(candidates.indices, rows, strict=True)]


def _explanation(index: int, values: Mapping[str, float], trees: Sequence[_Fork | float]) -> Explanation:
    moved: dict[str, float] = defaultdict(float)
    total = 0.0
    for tree in trees:
        node = tree
        while isinstance(node, _Fork):
            value = values[node.name]
            following = node.high if (int(value) >> node.bit & 1 if node.bit >= 0 else value > node.threshold) else node.low
            moved[node.feature] += _mean(following) - node.mean
            node = following
        total += node
    ranked = sorted(moved, key=lambda feature: (-abs(moved[feature]), feature))
    told = [[_in_words(feature, values) for feature in ranked if moved[feature] * sign > 0][:_NAMED] for sign in (1, -1)]
    return Explanation(index, probability(total), tuple(told[0]), tuple(told[1]))


def _in_words(feature: str, values: Mapping[str, float]) -> str:
    name, _, bit = feature.partition(":")
    if not bit:
        return _WORDS[name] if name in _FLAGS else f"{_WORDS[name]}: {round(values[name], 2):g}"
    what, names = _BITS[name]
    return f"{what}: {names[int(bit)]}"


def _fork(tree: Any) -> _Fork | float:
    if not isinstance(tree, list):
        return float(tree)
    name, _, bit = str(tree[0]).partition(":")
    low, high = _fork(tree[2]), _fork(tree[3])
    # What few segments are says something of those that are it, not of the others.
    is_rare = bool(bit) or name in _FLAGS
    mean = _mean(low) if is_rare else (_mean(low) + _mean(high)) / 2
    return _Fork(str(tree[0]), name, int(bit or -1), float(tree[1]), low, high, mean)


def _mean(tree: _Fork | float) -> float:
    return tree.mean if isinstance(tree, _Fork) else tree


def _trees(data: Mapping[str, Any]) -> list[_Fork | float]:
    return [_fork(tree) for tree in (*data["first"], *data["further"])]


@cache
def _shipped() -> Sequence[_Fork | float]:
    return _trees(json.loads((files(__package__) / "model.json").read_text("utf-8")))
