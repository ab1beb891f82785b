"""Which segments of a page are its true body: the labels that the labeller learns from.

A truth is plain text; it is aligned to the page's segments in order, so that as many words as possible find their place
and as few as possible are extra.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

WORD = re.compile(r"\w+")
# A segment is taken as body when at least this share of its words is in the truth.
_SHARE = 0.6


class Place(NamedTuple):
    """A stretch of the truth that a segment may stand for, and what it is worth."""

    start: int
    end: int
    segment: int
    gain: float


def align(truth: str, texts: Sequence[str], bonus: Sequence[float]) -> dict[int, Place]:
    """The chosen segments' positions in ``texts``, with their places in the truth's words.

    ``bonus`` breaks ties between segments of equal text: a small number for each.
    """
    words = WORD.findall(truth)
    folded = [word.casefold() for word in words]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in (1, 2, 3):
        for at in range(len(folded) - size + 1):
            where[tuple(folded[at : at + size])].append(at)
    places = [place for index, text in enumerate(texts) for place in _places(folded, where, index, text, bonus[index])]
    return {place.segment: place for place in _best_chain(places)}


def _places(folded: list[str], where: dict[tuple[str, ...], list[int]], index: int, text: str, bonus: float) -> list[Place]:
    own = [word.casefold() for word in WORD.findall(text)]
    size = len(own)
    if not own:
        return []
    exact = [at for at in where.get(tuple(own[:3]), ()) if folded[at : at + size] == own]
    if exact:
        return [Place(at, at + size, index, size + bonus) for at in exact[:40]]
    if size < 4:
        return []
    votes: Counter[int] = Counter()
    for offset in range(size - 2):
        hits = where.get(tuple(own[offset : offset + 3]), ())
        if len(hits) <= 20:
            votes.update(at - offset for at in hits)
    found = []
    for start, _ in votes.most_common(3):
        low = max(0, start)
        window = folded[low : start + size + 3]
        common = sum((Counter(window) & Counter(own)).values())
        if common >= _SHARE * size:
            found.append(Place(low, min(len(folded), start + size), index, common - (size - common) + bonus))
    return found


def _best_chain(places: list[Place]) -> list[Place]:
    """The chain of places in the order of both page and truth that is worth most.

    A table of the best worth by the truth's position, kept increasing, makes it a search and an insertion a place.
    """
    ends, worths = [0], [0.0]
    chains: list[Any] = [None]
    by_segment: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_segment[place.segment].append(place)
    for index in sorted(by_segment):
        updates = []
        for place in by_segment[index]:
            at = bisect_right(ends, place.start) - 1
            updates.append((place.end, worths[at] + place.gain, (place, chains[at])))
        for end, worth, chain in updates:
            at = bisect_right(ends, end) - 1
            if worths[at] >= worth:
                continue
            if ends[at] == end:
                worths[at], chains[at] = worth, chain
            else:
                at += 1
                ends.insert(at, end)
                worths.insert(at, worth)
                chains.insert(at, chain)
            while at + 1 < len(ends) and worths[at + 1] <= worth:
                del ends[at + 1], worths[at + 1], chains[at + 1]
    best = chains[-1]  # the last place, and the chain before it or None
    result: list[Place] = []
    while best is not None:
        place, best = best
        result.append(place)
    return result[::-1]
