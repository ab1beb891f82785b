"""What the body as a whole says of single segments about which the model is in doubt: headings, quotations, what repeats the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsparse.body.features import word_units
from newsparse.document.segments import HEADING_TAGS, QUOTE, Node, RawSegment

# A heading right above text of the body needs less of a chance than other segments; one that is a link heads a teaser.
_LIKELY_HEADING, _LINKED = 0.35, 0.5
# So does a quotation between two paragraphs of the body.
_LIKELY_QUOTE = 0.35
# What repeats a longer piece of the text has so many words at least, a lower chance than this, and stands at most so many pieces away.
_REPEATED_WORDS, _DOUBTFUL, _NEAR, _LONGER = 6, 0.8, 40, 1.1
_NEVER_REPEATED = frozenset((*HEADING_TAGS, "li", "td", "th", "dt", "dd", "pre", "code"))


def missed_headings(segments: Sequence[RawSegment], chances: Mapping[int, float], body: Sequence[int]) -> list[int]:
    """The headings that are not in the ``body``, but head what is: right above it, alone, and not set as headings are that are left out.

    ``chances`` are those of all segments that may be body, and ``body`` is in order.
    """
    chosen = set(body)
    headings = [index for index in chances if segments[index].tag in HEADING_TAGS]
    missed = [
        index
        for index in headings
        if chances[index] >= _LIKELY_HEADING
        and index not in chosen
        and segments[index].link_chars <= _LINKED * len(segments[index].text)
        and _beside(segments, index, 1) in chosen
        and _is_alone(segments, index, body)
    ]
    if not missed:
        return []
    alike = Counter([segments[index].node.signature for index in headings])
    taken = Counter([segments[index].node.signature for index in headings if index in chosen])
    return [
        index
        for index in missed
        if (others := alike[segments[index].node.signature] - 1) < 2 * taken[segments[index].node.signature] or not others
    ]


def missed_quotes(segments: Sequence[RawSegment], chances: Mapping[int, float], body: Sequence[int]) -> list[int]:
    """The quotations that are not in the ``body``, but stand alone between two pieces of it, in the element that holds both."""
    chosen = set(body)
    return [
        index
        for index, chance in chances.items()
        if chance >= _LIKELY_QUOTE
        and index not in chosen
        and segments[index].node.facts & QUOTE
        and not segments[index].links
        and _beside(segments, index, 1) in chosen
        and _beside(segments, index, -1) in chosen
        and _is_alone(segments, index, body)
    ]


def _beside(segments: Sequence[RawSegment], index: int, step: int) -> int:
    """The nearest segment with text after (step 1) or before (-1); beyond the end of the page where there is none."""
    index += step
    while 0 <= index < len(segments) and not segments[index].text:
        index += step
    return index


def _is_alone(segments: Sequence[RawSegment], index: int, body: Sequence[int]) -> bool:
    """Whether the outermost element around a segment that holds nothing of the body holds no other text either."""
    node = segments[index].node
    while node.parent is not None and not _holds(node.parent, body):
        node = node.parent
    return not any(segments[other].text for other in range(node.first, node.end) if other != index)


def _holds(node: Node, body: Sequence[int]) -> bool:
    at = bisect_left(body, node.first)
    return at < len(body) and body[at] < node.end


def repeated(segments: Sequence[RawSegment], chances: Mapping[int, float], body: Sequence[int]) -> list[int]:
    """The pieces of the body that repeat what is said in a longer one near by and are set otherwise, as quotations set apart do."""
    return [
        index
        for at, index in enumerate(body)
        if chances.get(index, 1.0) < _DOUBTFUL
        and segments[index].tag not in _NEVER_REPEATED
        and word_units(segments[index].text) >= _REPEATED_WORDS
        and _repeats(segments, index, body[max(0, at - _NEAR) : at + _NEAR])
    ]


def _repeats(segments: Sequence[RawSegment], index: int, near: Iterable[int]) -> bool:
    segment = segments[index]
    least = _LONGER * len(segment.text)
    others = [segments[other] for other in near if len(segments[other].text) > least]
    return any(segment.folded in other.folded for other in others if other.node.signature != segment.node.signature)
