"""What the labeller sees of each segment: its text, its place on the page, its containers, its neighbours, and what stands near it.

A feature vector is a tuple in the order of ``FEATURES``: numbers, then masks, which hold one bit a fact or topic. Each group of
features is a table of names and the function below it that gives the values in that order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import mul

import attrs

from newsparse.body.boxes import headed
from newsparse.document.segments import DIALOG, EMPHASIS, FOOTER, HEADING, HIDDEN, QUOTE, STRONG, Node, RawSegment, Walked

# A segment is prose when it is long and hardly linked.
_PROSE_WORDS, _PROSE_LINKS = 10, 0.35
# Distances further than this are all the same to the model.
_FAR = 60
_NO_TITLE = -99
# Controls hold no body, and neither does link text of a few words.
_CONTROLS = ("option", "button", "label")
_SHORT_LINK_WORDS = 8
# Only in short text do the shares of digits and capitals say something.
_SHORT = 200
_DIGITS, _CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASCII_SENTENCE_ENDS = (". ", "? ", "! ")
_SENTENCE_ENDS = (*_ASCII_SENTENCE_ENDS, "… ", "。", "！", "？", "؟ ", "। ")
ENDS = frozenset('.!?…。！？।؟"”»’)')
# A text with longer words than this on average is in a script without spaces, or an address.
_LONGEST_WORD = 14
# The body's container is the deepest element with this share of the page's prose.
_MOST_PROSE = 0.6
_TAGS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div", "section", "article", "blockquote", "figcaption", "dt", "dd"),
    *("pre", "a", "span", "body", "caption", "summary", "center", "svg", "iframe", "textarea"),
)
TAG_BITS: Mapping[str, int] = {tag: 1 << position for position, tag in enumerate(_TAGS)}


@attrs.frozen
class Clues:
    """What the page says about itself outside its segments, as folded text."""

    title: str = ""
    description: str = ""
    data: str = ""


def word_units(text: str) -> int:
    """The length of a text in words; in scripts without spaces, half its characters.

    >>> word_units("four words of text"), word_units("没有空格的句子也有长度吧")
    (4, 6)
    """
    count = text.count(" ") + 1
    size = len(text)
    return size // 2 if size > _LONGEST_WORD * count and not text.isascii() and "://" not in text else count


def vectors(walked: Walked, phrases: Sequence[int], clues: Clues) -> tuple[list[int], list[tuple[float, ...]]]:
    """The candidates' indices in ``walked.segments``, and their feature vectors.

    ``phrases`` holds a bit mask for each segment: which kinds of phrases it matches.
    """
    page = _Page(walked, phrases, clues)
    at = [position for position, segment in enumerate(page.segments) if _is_candidate(segment, page.words[position], page.links[position])]
    return [page.indices[position] for position in at], [_vector(page, position) for position in at]


def _is_candidate(segment: RawSegment, words: int, links: float) -> bool:
    """Whether a segment can be body at all. On the development pages no body stood in a footer or dialog."""
    facts = segment.node.facts
    if facts & DIALOG or (facts & FOOTER and not facts & QUOTE):
        return False
    return segment.tag not in _CONTROLS and not (words < _SHORT_LINK_WORDS and links >= 0.9)


class _Page:
    """What is counted once a page. Lists go by position among the segments with text, tables by ``Node.index``."""

    def __init__(self, walked: Walked, phrases: Sequence[int], clues: Clues) -> None:
        self.clues = clues
        self.indices = [index for index, segment in enumerate(walked.segments) if segment.text]
        self.segments = segments = [walked.segments[index] for index in self.indices]
        # For each segment of the walk, how many with text are before it: elements say by these which segments are in them.
        self.position = [0, *accumulate(1 if segment.text else 0 for segment in walked.segments)]
        self.phrases = [phrases[index] for index in self.indices]
        self.total = len(segments)
        self.words = words = [word_units(segment.text) for segment in segments]
        self.links = links = [segment.link_chars / len(segment.text) if segment.link_chars else 0.0 for segment in segments]
        self.prose = [count if count >= _PROSE_WORDS and share < _PROSE_LINKS else 0 for count, share in zip(words, links, strict=True)]
        # Running sums: entry n is the sum over the first n segments.
        self.words_sum = [0, *accumulate(words)]
        self.linked_words_sum = [0.0, *accumulate(map(mul, words, links))]
        self.prose_sum = [0, *accumulate(self.prose)]
        self.linked_sum = [0, *accumulate(share > 0.5 for share in links)]
        self.mark_sum = [0, *accumulate(mask != 0 for mask in self.phrases)]
        self.heading_sum = [0, *accumulate(segment.tag in ("h2", "h3") for segment in segments)]
        self.last_prose, self.next_prose = _nearest(self.prose)
        self.last_mark = _last(self.phrases)
        self.page_prose = self.prose_sum[-1] or 1.0
        under = headed(walked.segments, [index for index, mask in enumerate(phrases) if mask])
        self.under = [phrases[heading] if (heading := under.get(index)) is not None else 0 for index in self.indices]
        # Per text, how often it stands on the page.
        self.repeats = Counter([segment.text for segment in segments])
        self.groups = _groups(segments, words, links, self.prose)
        self._find_containers(walked.nodes[0])
        self.title = _title_position(segments, clues.title)

    def _find_containers(self, root: Node) -> None:
        """The deepest element with most of the page's prose, and the one with most prose right in it."""
        self.direct: dict[int, float] = {}
        dense, most = root, 0.0
        for segment, prose in zip(self.segments, self.prose, strict=True):
            if prose:
                node = segment.node
                above = _parent(node)
                self.direct[above.index] = self.direct.get(above.index, 0.0) + prose
                if above is not node:
                    self.direct[node.index] = self.direct.get(node.index, 0.0) + prose * 0.5
        for segment, prose in zip(self.segments, self.prose, strict=True):
            for node in (_parent(segment.node), segment.node) if prose else ():
                if self.direct[node.index] > most:
                    dense, most = node, self.direct[node.index]
        # An element with more than half of the prose holds the word in the middle of it.
        half = bisect_left(self.prose_sum, 0.5 * self.prose_sum[-1], 1)
        best = self.segments[half - 1].node if self.prose_sum[-1] else root
        while best.parent is not None and self.mass(best) < _MOST_PROSE * self.prose_sum[-1]:
            best = best.parent
        self.to_best, self.to_dense = _Way(best), _Way(dense)
        self.dense_prose = most or 1.0
        first, end = self.position[best.first], self.position[best.end]
        self.best_size = max(1, end - first)
        self.best_start = first
        self.above: dict[int, tuple[float, ...]] = {}

    def mass(self, node: Node) -> float:
        """How many words of prose are in an element."""
        return self.prose_sum[self.position[node.end]] - self.prose_sum[self.position[node.first]]


class _Way:
    """How far elements are from a container: levels up to where they meet the path above it, and from there down to it."""

    def __init__(self, container: Node) -> None:
        self._known: dict[int, tuple[int, int]] = {}
        here: Node | None = container
        while here is not None:
            self._known[here.index] = (0, len(self._known))
            here = here.parent

    def of(self, node: Node) -> tuple[int, int]:
        """The levels up and down from ``node``."""
        known = self._known
        passed = []
        here = node
        while here.index not in known and here.parent is not None:
            passed.append(here.index)
            here = here.parent
        level, below = known[here.index]
        for index in reversed(passed):
            level += 1
            known[index] = (level, below)
        return level, below


def _vector(page: _Page, at: int) -> tuple[float, ...]:
    segment = page.segments[at]
    return (
        *_text(page, segment, at),
        *_place(page, segment, at),
        *_group(page, segment, at),
        *_containers(page, segment, at),
        *_title(page, segment, at),
        *_neighbours(page, at),
        *_masks(page, segment, at),
    )


_TEXT = (
    *("words", "chars_per_word", "link_share", "links", "sentences", "ends_sentence", "ends_colon", "starts_upper"),
    *("digit_share", "upper_share", "all_strong", "all_emphasis", "part_strong"),
)


def _text(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    text, words = segment.text, page.words[at]
    size = len(text)
    is_ascii = text.isascii()
    digits = capitals = 0
    if size < _SHORT:
        plain = text.encode("ascii", "ignore")
        digits = len(plain) - len(plain.translate(None, _DIGITS))
        capitals = len(plain) - len(plain.translate(None, _CAPITALS)) if is_ascii else sum(map(str.isupper, text))
    strong = emphasis = 0
    for part, _, style in segment.pieces:
        if style & STRONG:
            strong += len(part)
        if style & EMPHASIS:
            emphasis += len(part)
    ends = text[-1] in ENDS
    return (
        words,
        size / words,
        page.links[at],
        len(segment.links),
        sum(map(text.count, _ASCII_SENTENCE_ENDS if is_ascii else _SENTENCE_ENDS)) + ends,
        ends,
        text[-1] == ":",
        text[0].isupper(),
        digits / size,
        capitals / size,
        strong >= 0.9 * size,
        emphasis >= 0.9 * size,
        strong > 0,
    )


_PLACE = (
    *("depth", "position", "prose_before", "prose_after", "h2_before", "same_element", "repeats"),
    *("marks_before", "marks_after", "since_mark"),
)


def _place(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    before = at > 0 and page.segments[at - 1].path == segment.path
    after = at + 1 < page.total and page.segments[at + 1].path == segment.path
    marks = page.mark_sum
    return (
        segment.node.depth,
        at / page.total,
        page.prose_sum[at] / page.page_prose,
        (page.prose_sum[-1] - page.prose_sum[at + 1]) / page.page_prose,
        page.heading_sum[at],
        before + after,
        page.repeats[segment.text],
        marks[at],
        marks[-1] - marks[at + 1],
        min(_FAR, at - page.last_mark[at]),
    )


_GROUP = ("group_size", "group_words", "group_links", "group_share", "group_position")


def _group(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    size, words, linked, prose, first = page.groups[segment.node.signature]
    return size, words / size, linked / (words or 1), prose / page.page_prose, (at - first) / page.total


_CONTAINERS = (
    *("node_share", "dense_own", "best_up", "best_down", "best_position", "dense_up", "dense_down"),
    *("parent_share", "grand_share", "great_share", "dense_share"),
    *("parent_segments", "parent_links", "parent_mean", "grand_segments", "grand_links", "grand_mean"),
)


def _containers(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    node = segment.node
    parent = _parent(node)
    shared = page.above.get(parent.index)
    if shared is None:  # what the segments in one element share is computed once
        shared = page.above[parent.index] = _above(page, parent)
    return (
        page.mass(node) / page.page_prose,
        page.direct.get(node.index, 0.0) / page.dense_prose,
        *page.to_best.of(node),
        (at - page.best_start) / page.best_size,
        *page.to_dense.of(node),
        *shared,
    )


def _above(page: _Page, parent: Node) -> tuple[float, ...]:
    grand = _parent(parent)
    return (
        page.mass(parent) / page.page_prose,
        page.mass(grand) / page.page_prose,
        page.mass(_parent(grand)) / page.page_prose,
        page.direct.get(parent.index, 0.0) / page.dense_prose,
        *_inside(page, parent),
        *_inside(page, grand),
    )


def _inside(page: _Page, node: Node) -> tuple[float, float, float]:
    """How many segments are in an element, the linked share of their words, and their mean length."""
    first, end = page.position[node.first], page.position[node.end]
    words = page.words_sum[end] - page.words_sum[first]
    return end - first, (page.linked_words_sum[end] - page.linked_words_sum[first]) / (words or 1), words / (end - first or 1)


_TITLE = ("title_distance", "in_title", "is_description", "has_data", "in_data")


def _title(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    clues, size = page.clues, len(segment.text)
    near_title = size < len(clues.title) + 20 and bool(clues.title)
    near_description = 20 < size < 2 * len(clues.description)
    folded = segment.folded if near_title or near_description or clues.data else ""
    return (
        _NO_TITLE if page.title is None else max(-_FAR, min(_FAR, at - page.title)),
        near_title and folded in clues.title,
        near_description and folded == clues.description,
        bool(clues.data),
        bool(clues.data) and folded in clues.data,
    )


_NEIGHBOURS = (
    *("back1_words", "back1_links", "back1_heading", "next1_words", "next1_links", "next2_words", "next2_links"),
    *("prose_back", "prose_next", "since_prose", "until_prose", "links_since_prose", "links_until_prose"),
)


def _neighbours(page: _Page, at: int) -> tuple[float, ...]:
    words, links, total = page.words, page.links, page.total
    prose, linked = page.prose_sum, page.linked_sum
    back, one, two = at - 1, at + 1, at + 2
    last, following = page.last_prose[at], page.next_prose[at]
    return (
        words[back] if at else -1,
        links[back] if at else -1.0,
        at > 0 and page.segments[back].node.facts & HEADING > 0,
        words[one] if one < total else -1,
        links[one] if one < total else -1.0,
        words[two] if two < total else -1,
        links[two] if two < total else -1.0,
        prose[at] - prose[max(0, at - 5)],
        prose[min(total, at + 6)] - prose[one],
        min(_FAR, at - last),
        min(_FAR, following - at),
        linked[at] - linked[max(0, last)],
        linked[min(total, following)] - linked[at],
    )


_MASKS = ("tag", "own", "near", "tokens", "facts", "phrase", "under_phrase")


def _masks(page: _Page, segment: RawSegment, at: int) -> tuple[int, ...]:
    node = segment.node
    parent = _parent(node)
    near = parent.own | _parent(parent).own
    return TAG_BITS.get(segment.tag, 0), node.own, near, node.tokens, node.facts, page.phrases[at], page.under[at]


NUMBERS = (*_TEXT, *_PLACE, *_GROUP, *_CONTAINERS, *_TITLE, *_NEIGHBOURS)
MASKS = _MASKS
FEATURES = NUMBERS + MASKS


def _parent(node: Node) -> Node:
    """The element around ``node``, or ``node`` itself at the root."""
    return node.parent or node


def _groups(segments: Sequence[RawSegment], words: Sequence[int], links: Sequence[float], prose: Sequence[int]) -> dict[int, list[float]]:
    """Per signature, how many segments there are, their words, linked words and prose, and the first one's position."""
    groups: dict[int, list[float]] = {}
    for position, segment in enumerate(segments):
        signature = segment.node.signature
        group = groups.get(signature)
        if group is None:
            group = groups[signature] = [0, 0, 0, 0, position]
        group[0] += 1
        group[1] += words[position]
        group[2] += words[position] * links[position]
        group[3] += prose[position]
    return groups


def _last(marks: Sequence[int]) -> list[int]:
    """For each segment, the position of the nearest mark before it."""
    last = []
    at = -_FAR
    for position, mark in enumerate(marks):
        last.append(at)
        if mark:
            at = position
    return last


def _nearest(prose: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each segment, the positions of the nearest prose before and after it."""
    final = len(prose) - 1
    return _last(prose), [final - at for at in reversed(_last(prose[::-1]))]


def _title_position(segments: Sequence[RawSegment], title: str) -> int | None:
    """Where the title stands: the h1 with its text, else any segment with its text, else the first h1."""
    found = first = None
    for position, segment in enumerate(segments):
        if segment.tag == "h1" and first is None:
            first = position
        if not title or len(segment.text) > 2 * len(title) + 20 or segment.node.facts & HIDDEN or segment.folded != title:
            continue
        if segment.tag == "h1":
            return position
        if found is None:
            found = position
    return first if found is None else found
