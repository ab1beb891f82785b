"""A second opinion on kinds where the rules only guess: what a piece is as learnt from labels that readers gave.

The rules of ``kinds`` that look at where something stands, or at a word of a class, are right on two pieces of three at sites that nobody
has looked at. For what they have named, a linear model (``kinds.json``) adds up the weights of some facts, the rule's own answer among
them, and decides where it is sure enough. Known phrases, most addresses, menus and feet of pages stay as they are.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import attrs

from newsparse.body.kinds import Label, label_of
from newsparse.body.places import ZONES, Page, place_of, stands_at
from newsparse.document import segments as facts
from newsparse.document.segments import Node, RawSegment
from newsparse.lexicon import any_line_term, kind_terms, kind_words
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role

# What the answers of rules begin with that are guesses.
_GUESSES = (
    *("the model: not body", "in a form", "a button", "in a dialog", "beside ", "in a box of its own", "links above", "nothing but links"),
    *("a link after", "in a figure", "a link right above", "speaks of"),
    *("its address leads to paywall", "its address leads to newsletter", "begins with the author's name"),
)
_GUESSING_WORDS = frozenset(
    ("app_promo", "social", "paywall", "follow", "advertisement", "author_bio", "form", "summary_prompt", "listen"),
)
_IN_FIGURE_OF_BODY = "in a figure of the body"
# So likely what the model says must be to count more than the rule.
SURE = 0.35
_LEVELS, _NEAR_LEVELS, _MOST_SEGMENTS = 8, 2, 60
_FACTS = tuple(
    (1 << position, f"in {name}")
    for position, name in enumerate(facts.FACT_NAMES)
    if name in ("article", "main", "figure", "caption", "list", "heading", "table", "quote")
)
_TELLING = sum(bit for bit, _ in _FACTS)
_ZONES = tuple((1 << position, f"within {name}") for position, name in enumerate(facts.FACT_NAMES) if 1 << position & ZONES)
_STANDS = ("above the text", "among the text", "below the text")
# A long piece has more spaces than these; so many pieces above, the heading of a box is looked for; so many facts are a reason.
_FEW_SPACES, _HEADING_ABOVE, _NAMED_FACTS = 6, 15, 3
_MORE_THAN = "more than"


def _beyond(words: str, *limits: float) -> tuple[tuple[float, ...], tuple[tuple[str, ...], ...]]:
    """Limits in rising order, and the facts that each number of them passed makes."""
    return limits, tuple(tuple(f"{_MORE_THAN} {limit} {words}" for limit in limits[:passed]) for passed in range(len(limits) + 1))


# Numbers become facts by the limits that they are beyond.
_SPACES, _LINKS = _beyond("spaces", 0, 2, 6, 20), _beyond("of it linked", 0.3, 0.8)
_FROM_TEXT, _FROM_TITLE = (_beyond(words, -20, -8, -3, -1, 0, 1, 4, 12, 30) for words in ("below the text", "below the title"))
_FROM_END, _IN_BOX = _beyond("from the end", 3, 10, 25), _beyond("pieces in its box", 2, 4, 8, 20)
_BOX_CHARS, _BOX_LINKS = _beyond("characters a piece of its box", 10, 30, 80), _beyond("of its box linked", 0.3, 0.8)
_SPEAKING_SPACES = 22
_ENDS = frozenset(".!?。！？…")


@attrs.frozen
class Namer:
    """The weights of each fact for all kinds.

    They are whole numbers in one: each kind has a lane of so many bits, in which no sum of weights carries over into the next lane. One
    addition adds all of them. ``bias`` is what each kind has always.
    """

    kinds: tuple[str, ...]
    weights: Mapping[str, int]
    bias: int

    def scores(self, said: Iterable[str]) -> list[float]:
        """The log-odds of each kind, up to a constant that all share."""
        known = self.weights
        total = sum([known[name] for name in said if name in known], self.bias)
        lanes = array("I", total.to_bytes(_LANE * len(self.kinds), sys.byteorder))
        return [lane / _SCALE for lane in (lanes if sys.byteorder == "little" else reversed(lanes))]


@attrs.define
class Seen:
    """A page with its labels, and what has been found out about its boxes."""

    page: Page
    labels: Sequence[Label]
    outermost: dict[int, Node | None] = attrs.field(factory=dict)
    boxes: dict[int, tuple[str, ...]] = attrs.field(factory=dict)

    def box_of(self, node: Node) -> Node | None:
        """The outermost element around a node that is not around the article's text."""
        known, around = self.outermost, self.page.around
        if node.index in known:
            return known[node.index]
        passed = []
        here: Node | None = node
        while here is not None and here.index not in around and here.index not in known:
            passed.append(here)
            here = here.parent
        box = known.get(here.index) if here is not None else None
        if box is None and passed:
            box = passed[-1]
        for inner in passed:
            known[inner.index] = box
        return box


@cache
def load_namer() -> Namer:
    """The shipped model."""
    return compile_namer(json.loads((files(__package__) / "kinds.json").read_text("utf-8")))


def compile_namer(data: Mapping[str, Any]) -> Namer:
    """A model that is data: ``{"kinds": [...], "bias": [...], "facts": {name: [weight of each kind]}}``."""
    return Namer(tuple(data["kinds"]), {name: _pack(row) for name, row in data["facts"].items()}, _pack(data["bias"]))


# Weights lie between plus and minus _MOST; what is added to each makes it positive, for all kinds alike.
_SCALE, _MOST, _LANE = 100, 1_000, 4


def _pack(row: Iterable[float]) -> int:
    return sum(round((weight + _MOST) * _SCALE) << 8 * _LANE * position for position, weight in enumerate(row))


def rename(page: Page, labels: list[Label], namer: Namer) -> None:
    """Give the guessed labels the kinds that the model is sure of. Pieces of one make in one box are decided together.

    A page without an article is a wall or a list, of which the model has seen few.
    """
    if not page.body:
        return
    guessed = [index for index, found in enumerate(labels) if family(found.reason) is not None]
    if not guessed:
        return
    seen = Seen(page, labels)
    decided: dict[tuple[int, str, int, bool, bool], Label] = {}
    named = []
    for index in guessed:
        segment, found = page.segments[index], labels[index]
        box = seen.box_of(segment.node)
        is_linked, is_long = 2 * segment.link_chars > len(segment.text), segment.text.count(" ") > _FEW_SPACES
        key = (segment.node.signature, found.reason, -1 if box is None else box.index, is_linked, is_long)
        other = decided.get(key)
        if other is None:
            other = decided[key] = _decide(namer, facts_of(seen, index), found)
        named.append(other)
    for index, other in zip(guessed, named, strict=True):
        labels[index] = other


@lru_cache(maxsize=4_096)
def family(reason: str) -> str | None:
    """What a guess begins with; nothing where the rule is no guess."""
    if reason.startswith("class words: "):
        return reason if reason[13:] in _GUESSING_WORDS else None
    if reason.startswith(_GUESSES) and reason != _IN_FIGURE_OF_BODY:
        return _begins(reason)
    return None


def _begins(reason: str) -> str:
    return reason.partition(" '")[0]


def facts_of(seen: Seen, index: int) -> list[str]:
    """What is known of a segment, as words."""
    page, found = seen.page, seen.labels[index]
    segment, stands = page.segments[index], stands_at(page, index)
    node = segment.node
    place = place_of(page, node, stands)
    said = [*_rule_facts(found.reason, kind_name(found)), _STANDS[stands], *_bit_facts(place.zone & ZONES, node.facts & _TELLING)]
    if place.kind is not None:
        said.append(f"in a box called {place.word}")
    match, heading = page.matches[index], page.headings.get(index)
    if match is not None:
        said.append(f"a phrase of {match.kind}")
    under = None if heading is None else page.matches[heading]
    if under is not None:
        said.append(f"below a phrase of {under.kind}")
    said += _classes(page, node)
    said += _text_facts(segment)
    said += _heading_facts(seen, index)
    if page.body:
        said += _passed(_FROM_TEXT, max(0, index - page.body[-1]) + min(0, index - page.body[0]))
        said += _passed(_FROM_TITLE, index - page.title)
    said += _passed(_FROM_END, len(page.segments) - index)
    box = seen.box_of(node)
    if box is not None:
        said += _box_facts(seen, box)
        said.append("first of its box" if index == box.first else "not first of its box")
    return said


@lru_cache(maxsize=4_096)
def _rule_facts(reason: str, kind: str) -> tuple[str, str]:
    return f"rule: {family(reason) or _begins(reason)}", f"rule's kind: {kind}"


@lru_cache(maxsize=4_096)
def _bit_facts(zone: int, node_facts: int) -> tuple[str, ...]:
    return (*(name for bit, name in _ZONES if zone & bit), *(name for bit, name in _FACTS if node_facts & bit))


def _heading_facts(seen: Seen, index: int) -> Iterator[str]:
    """What the heading above was named."""
    segments = seen.page.segments
    for at in range(index - 1, max(-1, index - _HEADING_ABOVE), -1):
        if segments[at].node.facts & facts.HEADING and segments[at].text:
            yield f"below a heading that is {kind_name(seen.labels[at])}"
            return


def kind_name(found: Label) -> str:
    """The kind of a label, where roles count as the kind that they are apart from."""
    return str(found.kind or _KIND_OF_ROLE.get(found.role) or found.role)


_KIND_OF_ROLE: Mapping[Role, Kind] = {Role.RELATED: Kind.RELATED, Role.BYLINE: Kind.BYLINE, Role.CAPTION: Kind.MEDIA_CHROME}


def _passed(facts_of_number: tuple[tuple[float, ...], tuple[tuple[str, ...], ...]], value: float) -> tuple[str, ...]:
    limits, said = facts_of_number
    return said[bisect_left(limits, value)]


def _classes(page: Page, node: Node) -> list[str]:
    """What class words of the element and of those around it name."""
    near = far = 0
    here: Node | None = node
    for level in range(_LEVELS):
        if here is None or here.index in page.around:
            break
        if level <= _NEAR_LEVELS:
            near |= here.own
        else:
            far |= here.own
        here = here.parent
    return [*_words("class words:", near & _NAMED), *_words("class words around it:", far & _NAMED)]


@lru_cache(maxsize=2_048)
def _words(name: str, mask: int) -> tuple[str, ...]:
    return tuple(f"{name} {word}" for word, bit in kind_words().items() if mask & bit)


_NAMED = sum(kind_words().values())


def _text_facts(segment: RawSegment) -> list[str]:
    text = segment.text
    spaces = text.count(" ")
    said = [*_passed(_SPACES, spaces), *_passed(_LINKS, segment.link_chars / (len(text) or 1))]
    if text:
        if text[-1] in _ENDS:
            said.append("ends as a sentence")
        elif text[-1] == ":":
            said.append("ends in a colon")
        if text[0].isdigit():
            said.append("begins with a digit")
        if spaces < _SPEAKING_SPACES:
            said += _terms(text.lower())
    return said


@lru_cache(maxsize=4_096)
def _terms(text: str) -> tuple[str, ...]:
    if any_line_term().search(text) is None:
        return ()
    return tuple(f"speaks of {kind}" for kind, pattern in kind_terms("line") if pattern.search(text))


def _box_facts(seen: Seen, box: Node) -> tuple[str, ...]:
    known = seen.boxes.get(box.index)
    if known is None:
        known = seen.boxes[box.index] = tuple(_count_box(seen, box))
    return known


def _count_box(seen: Seen, box: Node) -> Iterator[str]:
    last = min(box.end, box.first + _MOST_SEGMENTS)
    inside = seen.page.segments[box.first : last]
    chars = sum([len(segment.text) for segment in inside])
    yield from _passed(_IN_BOX, box.end - box.first)
    yield from _passed(_BOX_CHARS, chars / len(inside))
    yield from _passed(_BOX_LINKS, sum([segment.link_chars for segment in inside]) / (chars or 1))
    shared = 0
    for segment in inside:
        shared |= segment.node.facts
    yield from (f"a {word} in its box" for bit, word in ((facts.FORM, "form"), (facts.BUTTON, "button")) if shared & bit)
    yield from {f"a phrase of {match.kind} in its box" for match in seen.page.matches[box.first : last] if match is not None}
    kinds = Counter([label.kind or label.role for label in seen.labels[box.first : last]])
    for kind, number in kinds.items():
        yield f"{kind} in its box"
        if 2 * number > len(inside):
            yield f"mostly {kind} in its box"


def _decide(namer: Namer, said: Sequence[str], found: Label) -> Label:
    scores = namer.scores(said)
    most = max(scores)
    best = scores.index(most)
    kind, other = namer.kinds[best], kind_name(found)
    if kind == other or 1 / sum([math.exp(score - most) for score in scores]) < SURE:
        return found
    reason = ", ".join(_reasons(namer, said, best, namer.kinds.index(other) if other in namer.kinds else None))
    return label_of(Role.BYLINE if kind == Kind.BYLINE else Kind(kind), f"the model of kinds: {reason}")


def _reasons(namer: Namer, said: Iterable[str], best: int, other: int | None) -> list[str]:
    """The facts that speak most for one kind rather than for another."""
    get, shift, lane = namer.weights.get, 8 * _LANE, (1 << 8 * _LANE) - 1
    first, second = best * shift, 0 if other is None else other * shift
    counts = [((row >> first & lane) - (row >> second & lane), name) for name in said if (row := get(name)) is not None]
    telling = [name for count, name in sorted(counts, reverse=True) if count > 0]
    # Numbers tell a reader little.
    return sorted(telling, key=lambda name: name.startswith(_MORE_THAN))[:_NAMED_FACTS]
