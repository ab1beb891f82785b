"""What the labeller sees of each segment: its text, its place on the page, its containers, its neighbours, and what stands near it.

A feature vector is a tuple in the order of ``FEATURES``: numbers, then masks, which hold one bit a fact or topic. Each group of
features is a table of names and the function below it that gives the values in that order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

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
_SENTENCE_ENDS = (". ", "? ", "! ", "… ", "。", "！", "？", "؟ ", "। ")
ENDS = tuple('.!?…。！？।؟"”»’)')
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
    return size // 2 if size > 14 * count and not text.isascii() and "://" not in text else count


def vectors(walked: Walked, phrases: Sequence[int], clues: Clues) -> tuple[list[int], list[tuple[float, ...]]]:
    """The candidates' indices in ``walked.segments``, and their feature vectors.

    ``phrases`` holds a bit mask for each segment: which kinds of phrases it matches.
    """
    page = _Page(walked, phrases, clues)
    at = [position for position, segment in enumerate(page.segments) if _is_candidate(segment, page.words[position])]
    return [page.indices[position] for position in at], [_vector(page, position) for position in at]


def _is_candidate(segment: RawSegment, words: int) -> bool:
    """Whether a segment can be body at all. On the development pages no body stood in a footer or dialog."""
    facts = segment.node.facts
    if facts & DIALOG or (facts & FOOTER and not facts & QUOTE):
        return False
    return segment.tag not in _CONTROLS and not (words < _SHORT_LINK_WORDS and segment.link_chars >= 0.9 * len(segment.text))


class _Page:
    """What is counted once a page. Lists named for segments go by position among the segments with text, the others by ``Node.index``."""

    def __init__(self, walked: Walked, phrases: Sequence[int], clues: Clues) -> None:
        self.clues = clues
        self.indices = [index for index, segment in enumerate(walked.segments) if segment.text]
        self.segments = [walked.segments[index] for index in self.indices]
        self.phrases = [phrases[index] for index in self.indices]
        self.total = len(self.segments)
        self.words = [word_units(segment.text) for segment in self.segments]
        self.links = [segment.link_chars / len(segment.text) for segment in self.segments]
        self.prose = [
            count if count >= _PROSE_WORDS and share < _PROSE_LINKS else 0 for count, share in zip(self.words, self.links, strict=True)
        ]
        # Running sums: entry n is the sum over the first n segments.
        self.prose_sum = [0, *accumulate(self.prose)]
        self.linked_sum = [0, *accumulate(share > 0.5 for share in self.links)]
        self.mark_sum = [0, *accumulate(mask != 0 for mask in self.phrases)]
        self.heading_sum = [0, *accumulate(segment.tag in ("h2", "h3") for segment in self.segments)]
        self.last_prose, self.next_prose = _nearest(self.prose)
        self.last_mark, _ = _nearest(self.phrases)
        under = headed(self.segments, walked.nodes, [mask != 0 for mask in self.phrases])
        self.under = [self.phrases[position] if position >= 0 else 0 for position in under]
        self._count_texts_and_groups()
        self._count_containers(walked.nodes)
        self.title = _title_position(self.segments, clues.title)

    def _count_texts_and_groups(self) -> None:
        """Per text, how often it stands on the page; per signature, its segments, words, linked words, prose and first position."""
        self.repeats: dict[str, int] = {}
        self.groups: dict[int, list[float]] = {}
        for position, segment in enumerate(self.segments):
            self.repeats[segment.text] = self.repeats.get(segment.text, 0) + 1
            group = self.groups.setdefault(segment.node.signature, [0, 0, 0, 0, position])
            group[0] += 1
            group[1] += self.words[position]
            group[2] += self.words[position] * self.links[position]
            group[3] += self.prose[position]

    def _count_containers(self, nodes: Sequence[Node]) -> None:
        """Per element, the segments, words, linked words and prose in it, and the prose that stands right in it."""
        size = len(nodes)
        self.mass, self.inside, self.words_in, self.linked_in, self.direct = (
            [0.0] * size,
            [0] * size,
            [0.0] * size,
            [0.0] * size,
            [0.0] * size,
        )
        for position, segment in enumerate(self.segments):
            at = segment.node.index
            self.mass[at] += self.prose[position]
            self.inside[at] += 1
            self.words_in[at] += self.words[position]
            self.linked_in[at] += self.words[position] * self.links[position]
            above = _parent(segment.node)
            self.direct[above.index] += self.prose[position]
            if above is not segment.node:
                self.direct[at] += self.prose[position] * 0.5
        for at in range(size - 1, 0, -1):
            above_at = _parent(nodes[at]).index
            self.mass[above_at] += self.mass[at]
            self.inside[above_at] += self.inside[at]
            self.words_in[above_at] += self.words_in[at]
            self.linked_in[above_at] += self.linked_in[at]
        self.page_prose = self.mass[0] or 1.0
        best = nodes[0]
        for node in nodes:
            if self.mass[node.index] >= 0.6 * self.mass[0] and node.depth >= best.depth:
                best = node
        dense = max(nodes, key=lambda node: self.direct[node.index])
        self.to_best, self.to_dense = _distances(nodes, best), _distances(nodes, dense)
        self.above: dict[int, tuple[float, ...]] = {}
        self.dense_prose = self.direct[dense.index] or 1.0
        self.best_size = max(1, self.inside[best.index])
        self.best_start = next((position for position, segment in enumerate(self.segments) if segment.node.index >= best.index), 0)


def _vector(page: _Page, at: int) -> tuple[float, ...]:
    segment = page.segments[at]
    return (
        *_text(page, segment, at),
        *_place(page, segment, at),
        *_group(page, segment, at),
        *_containers(page, segment, at),
        *_title(page, segment, at),
        *_neighbours(page, segment, at),
        *_masks(page, segment, at),
    )


_TEXT = (
    *("words", "chars_per_word", "link_share", "links", "sentences", "ends_sentence", "ends_colon", "starts_upper"),
    *("digit_share", "upper_share", "all_strong", "all_emphasis", "part_strong"),
)


def _text(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    text, words = segment.text, page.words[at]
    size = len(text)
    digits = capitals = 0
    if size < _SHORT:
        plain = text.encode("ascii", "ignore")
        digits = len(plain) - len(plain.translate(None, _DIGITS))
        capitals = len(plain) - len(plain.translate(None, _CAPITALS)) if text.isascii() else sum(map(str.isupper, text))
    strong = emphasis = 0
    for piece in segment.pieces:
        if piece.style & STRONG:
            strong += len(piece.text)
        if piece.style & EMPHASIS:
            emphasis += len(piece.text)
    ends = text.endswith(ENDS)
    return (
        words,
        size / words,
        page.links[at],
        len(segment.links),
        sum(map(text.count, _SENTENCE_ENDS)) + ends,
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
    own = node.index
    parent = _parent(node)
    shared = page.above.get(parent.index)
    if shared is None:  # what the segments in one element share is computed once
        shared = page.above[parent.index] = _above(page, parent)
    return (
        page.mass[own] / page.page_prose,
        page.direct[own] / page.dense_prose,
        *page.to_best[own],
        (at - page.best_start) / page.best_size,
        *page.to_dense[own],
        *shared,
    )


def _above(page: _Page, parent: Node) -> tuple[float, ...]:
    grand = _parent(parent)
    above, further, great = parent.index, grand.index, _parent(grand).index
    mass, inside, words, linked = page.mass, page.inside, page.words_in, page.linked_in
    return (
        mass[above] / page.page_prose,
        mass[further] / page.page_prose,
        mass[great] / page.page_prose,
        page.direct[above] / page.dense_prose,
        inside[above],
        linked[above] / (words[above] or 1),
        words[above] / (inside[above] or 1),
        inside[further],
        linked[further] / (words[further] or 1),
        words[further] / (inside[further] or 1),
    )


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


def _neighbours(page: _Page, segment: RawSegment, at: int) -> tuple[float, ...]:
    del segment
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
    above = node.parent
    return above if above is not None and above.index >= 0 else node


def _distances(nodes: Sequence[Node], container: Node) -> list[tuple[int, int]]:
    """For each element, levels from it up to where it meets the path above ``container``, and from there down to ``container``."""
    down: dict[int, int] = {}
    here: Node | None = container
    while here is not None and here.index >= 0:
        down[here.index] = len(down)
        here = here.parent
    distances: list[tuple[int, int]] = []
    for node in nodes:  # an element comes after the one around it
        if node.index in down:
            distances.append((0, down[node.index]))
        else:
            level, below = distances[_parent(node).index]
            distances.append((level + 1, below))
    return distances


def _nearest(prose: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each segment, the positions of the nearest prose before and after it."""
    total = len(prose)
    last, following = [], []
    at = -_FAR
    for position in range(total):
        last.append(at)
        if prose[position]:
            at = position
    at = total + _FAR
    for position in range(total - 1, -1, -1):
        following.append(at)
        if prose[position]:
            at = position
    return last, following[::-1]


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
