"""The entries of a live blog: each has the time at which it was written, maybe a heading, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsparse.body.features import word_units
from newsparse.body.label import Label
from newsparse.document.segments import HEADING, HIDDEN, Node, RawSegment
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role

_TIME_OF_DAY = r"(?:[01]?\d|2[0-3])[:.h]\s?[0-5]\d"
_CLOCK = re.compile(rf"(?<!\d){_TIME_OF_DAY}(?!\d)")
_ALONE = re.compile(rf"{_TIME_OF_DAY}\W*(?:[^\W\d]+\W*){{0,2}}\Z")
# A line with an entry's time has little else: a zone, a day.
_LONGEST_TIME, _BEFORE_TIME = 40, 20
_LEAST_ENTRIES = 2
# A paragraph has so many words at least; shorter lines are names and labels, unless they are items of a list.
_PARAGRAPH_WORDS, _ITEM_WORDS = 8, 2
_TEXTS = frozenset(("p", "li", "blockquote", "td", "dd"))
_TIME = Label(Role.BODY, None, "the time of an entry")
_TEXT = Label(Role.BODY, None, "in an entry of a live blog")
# What the neighbours of a name, picture or button are taken for, which in an entry are its text.
_DOUBTFUL = frozenset((Kind.AUTHOR_BIO, Kind.MEDIA_CHROME, Kind.SIDEBAR, Kind.OTHER, Kind.NAVIGATION))


def is_time(segment: RawSegment) -> bool:
    """Whether a segment is a short line with a clock time."""
    text = segment.text
    return len(text) < _LONGEST_TIME and _CLOCK.search(text, 0, _BEFORE_TIME) is not None and not segment.node.facts & HIDDEN


def with_entries(segments: Sequence[RawSegment], labels: Sequence[Label]) -> list[Label]:
    """The labels with the times, headings and paragraphs of all entries as body; a line with the time and a name is a by-line."""
    result = list(labels)
    times = _times(segments)
    for time, entry in _entries(segments, times):
        if _ALONE.match(segments[time].text):
            result[time] = _TIME
        for index in entry:
            if index != time and labels[index].kind in _DOUBTFUL and _is_text(segments[index]):
                result[index] = _TEXT
    return result


def _times(segments: Sequence[RawSegment]) -> list[int]:
    """The times of entries: those in the same elements, equally deep. Lines that are a time alone go before "Updated at" and the like."""
    made: dict[tuple[bool, str, int], list[int]] = {}
    for index, segment in enumerate(segments):
        if is_time(segment):
            found = _ALONE.match(segment.text) is not None
            made.setdefault((found, segment.node.tag, segment.node.depth), []).append(index)
    most = max(made, key=lambda key: (len(made[key]) >= _LEAST_ENTRIES, key[0], len(made[key])), default=None)
    return made[most] if most is not None and len(made[most]) >= _LEAST_ENTRIES else []


def _entries(segments: Sequence[RawSegment], times: Sequence[int]) -> Iterator[tuple[int, range]]:
    """Each time with the segments of its entry: those of an element of its own, or those up to the next time in the element of all."""
    taken = set(times)
    for place, time in enumerate(times):
        own: Node = segments[time].node
        while own.parent is not None and taken.isdisjoint(at for at in range(own.parent.first, own.parent.end) if at != time):
            own = own.parent
        if own.end - own.first > 1:
            yield time, range(own.first, own.end)
        else:
            around = own.parent.end if own.parent is not None else time + 1
            yield time, range(time, times[place + 1] if place + 1 < len(times) else around)


def _is_text(segment: RawSegment) -> bool:
    if not segment.text or segment.node.facts & HIDDEN or segment.link_chars > len(segment.text) / 2:
        return False
    if segment.node.facts & HEADING:
        return True
    words = word_units(segment.text)
    return segment.node.tag in _TEXTS and words >= (_ITEM_WORDS if segment.node.tag == "li" else _PARAGRAPH_WORDS)
