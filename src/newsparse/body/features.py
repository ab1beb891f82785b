"""What the labeller sees of each segment: its text, its place on the page, its containers, its neighbours, and what stands near it.

A feature vector is a tuple in the order of ``FEATURES``: numbers, then masks, which hold one bit a fact or topic. Features are made a
column at a time, since a list is filled far faster than as many tuples: each group of features is a table of names and the function
below it that gives the columns in that order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import mul, truediv

import attrs

from newsparse.body.boxes import headed
from newsparse.document.segments import DIALOG, EMPHASIS, FOOTER, HEADING, HIDDEN, QUOTE, STRONG, Node, RawSegment, Walked
from newsparse.text import may_be_in

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

# The values of one feature for all candidates.
_Column = Iterable[float]


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
    page = _Page(walked, phrases)
    if not page.at:
        return [], []
    groups = (_text(page), _place(page), _group(page), _containers(page), _title(page, clues), _neighbours(page), _masks(page))
    return [page.indices[position] for position in page.at], list(zip(*(column for group in groups for column in group), strict=True))


def _is_candidate(segment: RawSegment, words: int, links: float) -> bool:
    """Whether a segment can be body at all. On the development pages no body stood in a footer or dialog."""
    if words < _SHORT_LINK_WORDS and links >= 0.9:
        return False
    facts = segment.node.facts
    if facts & DIALOG or (facts & FOOTER and not facts & QUOTE):
        return False
    return segment.tag not in _CONTROLS


class _Page:
    """What is counted once a page. Lists go by position among the segments with text; ``at`` are the candidates' positions."""

    def __init__(self, walked: Walked, phrases: Sequence[int]) -> None:
        self.root = walked.nodes[0]
        self.indices = [index for index, segment in enumerate(walked.segments) if segment.text]
        self.segments = segments = [walked.segments[index] for index in self.indices]
        # For each segment of the walk, how many with text are before it: elements say by these which segments are in them.
        self.position = [0, *accumulate([1 if segment.text else 0 for segment in walked.segments])]
        self.phrases = [phrases[index] for index in self.indices]
        self.total = len(segments)
        self.words = words = [word_units(segment.text) for segment in segments]
        self.links = links = [segment.link_chars / len(segment.text) if segment.link_chars else 0.0 for segment in segments]
        self.prose = [count if count >= _PROSE_WORDS and share < _PROSE_LINKS else 0 for count, share in zip(words, links, strict=True)]
        # Running sums: entry n is the sum over the first n segments.
        self.words_sum = [0, *accumulate(words)]
        self.linked_words_sum = [0.0, *accumulate(map(mul, words, links))]
        self.prose_sum = [0, *accumulate(self.prose)]
        self.page_prose = self.prose_sum[-1] or 1.0
        under = headed(walked.segments, [index for index, mask in enumerate(phrases) if mask])
        self.under = [phrases[under[index]] if index in under else 0 for index in self.indices]
        self.at = [at for at, segment in enumerate(segments) if _is_candidate(segment, words[at], links[at])]
        self.candidates = [segments[at] for at in self.at]
        self.nodes = [segment.node for segment in self.candidates]

    def pick(self, column: Sequence[float]) -> list[float]:
        """The candidates' entries of a list."""
        return [column[at] for at in self.at]

    def mass(self, node: Node) -> float:
        """How many words of prose are in an element."""
        return self.prose_sum[self.position[node.end]] - self.prose_sum[self.position[node.first]]


_TEXT = (
    "words",
    "chars_per_word",
    "link_share",
    "ends_sentence",
    "ends_colon",
    "digit_share",
    "upper_share",
    "all_emphasis",
    "part_strong",
)


def _text(page: _Page) -> Iterable[_Column]:
    texts = [segment.text for segment in page.candidates]
    words = page.pick(page.words)
    last = [text[-1] for text in texts]
    shares = [_character_shares(text) if len(text) < _SHORT else _NO_SHARES for text in texts]
    styles = [_styles(segment) if segment.pieces else _UNSTYLED for segment in page.candidates]
    return (
        words,
        map(truediv, map(len, texts), words),
        page.pick(page.links),
        [sign in ENDS for sign in last],
        [sign == ":" for sign in last],
        *zip(*shares, strict=True),
        *zip(*styles, strict=True),
    )


_NO_SHARES = (0.0, 0.0)
_UNSTYLED = (False, False)


def _character_shares(text: str) -> tuple[float, float]:
    """The shares of digits and of capitals."""
    plain = text.encode("ascii", "ignore")
    digits = len(plain) - len(plain.translate(None, _DIGITS))
    capitals = len(plain) - len(plain.translate(None, _CAPITALS)) if text.isascii() else sum(map(str.isupper, text))
    return digits / len(text), capitals / len(text)


def _styles(segment: RawSegment) -> tuple[bool, bool]:
    """Whether all of a segment is emphasised, and whether any of it is strong."""
    strong = any(style & STRONG for _, _, style in segment.pieces)
    emphasis = sum(len(text) for text, _, style in segment.pieces if style & EMPHASIS)
    return emphasis >= 0.9 * len(segment.text), strong


_PLACE = (
    *("depth", "position", "prose_before", "prose_after", "h2_before", "repeats"),
    *("marks_before", "marks_after", "since_mark"),
)


def _place(page: _Page) -> Iterable[_Column]:
    segments, total, prose = page.segments, page.total, page.prose_sum
    repeats = Counter([segment.text for segment in segments])
    headings = [0, *accumulate([segment.tag in ("h2", "h3") for segment in segments])]
    marks = [0, *accumulate([mask != 0 for mask in page.phrases])]
    last_mark = _last(page.phrases)
    return (
        [node.depth for node in page.nodes],
        [at / total for at in page.at],
        [prose[at] / page.page_prose for at in page.at],
        [(prose[-1] - prose[at + 1]) / page.page_prose for at in page.at],
        page.pick(headings),
        [repeats[segment.text] for segment in page.candidates],
        page.pick(marks),
        [marks[-1] - marks[at + 1] for at in page.at],
        [min(_FAR, at - last_mark[at]) for at in page.at],
    )


_GROUP = ("group_size", "group_words", "group_links", "group_share", "group_position")


def _group(page: _Page) -> Iterable[_Column]:
    """The segments whose elements have the same tags and classes: how many, their words, linked words, prose, and the first one."""
    signatures = [node.signature for node in page.nodes]
    groups: dict[int, list[float]] = {signature: [0, 0, 0, 0, -1] for signature in signatures}
    for at, segment in enumerate(page.segments):
        group = groups.get(segment.node.signature)
        if group is not None:
            words = page.words[at]
            group[0] += 1
            group[1] += words
            group[2] += words * page.links[at]
            group[3] += page.prose[at]
            if group[4] < 0:
                group[4] = at
    chosen = [groups[signature] for signature in signatures]
    return (
        [size for size, _, _, _, _ in chosen],
        [words / size for size, words, _, _, _ in chosen],
        [linked / (words or 1) for _, words, linked, _, _ in chosen],
        [prose / page.page_prose for _, _, _, prose, _ in chosen],
        [(at - group[4]) / page.total for at, group in zip(page.at, chosen, strict=True)],
    )


_CONTAINERS = (
    *("node_share", "dense_own", "best_position", "parent_share", "grand_share", "great_share", "dense_share"),
    *("best_up", "best_down", "dense_up", "dense_down"),
    *("parent_segments", "parent_links", "parent_mean", "grand_segments", "grand_links", "grand_mean"),
)


def _containers(page: _Page) -> Iterable[_Column]:
    direct = _direct_prose(page)
    best = _best_container(page)
    dense = max(direct.values(), key=lambda item: item[0], default=(1.0, best))
    to_best, to_dense = _Way(best), _Way(dense[1])
    start = page.position[best.first]
    size = max(1, page.position[best.end] - start)
    nothing = (0.0, best)
    # What the segments in one element share is computed once.
    parents = {parent.index: parent for parent in map(_parent, page.nodes)}
    shared = {
        index: (
            *_above(page, parent),
            direct.get(index, nothing)[0] / dense[0],
            *to_best.of(parent),
            *to_dense.of(parent),
            *_inside(page, parent),
            *_inside(page, _parent(parent)),
        )
        for index, parent in parents.items()
    }
    return (
        [page.mass(node) / page.page_prose for node in page.nodes],
        [direct.get(node.index, nothing)[0] / dense[0] for node in page.nodes],
        [(at - start) / size for at in page.at],
        *zip(*[shared[_parent(node).index] for node in page.nodes], strict=True),
    )


def _direct_prose(page: _Page) -> dict[int, tuple[float, Node]]:
    """How many words of prose stand right in an element, or by half in its own line; by ``Node.index``, only where there are any."""
    direct: dict[int, tuple[float, Node]] = {}
    for segment, prose in zip(page.segments, page.prose, strict=True):
        if prose:
            node = segment.node
            above = _parent(node)
            direct[above.index] = (direct[above.index][0] + prose if above.index in direct else prose, above)
            if above is not node:
                direct[node.index] = (direct[node.index][0] + prose * 0.5 if node.index in direct else prose * 0.5, node)
    return direct


def _best_container(page: _Page) -> Node:
    """The deepest element with most of the page's prose. With more than half of it, it holds the word in the middle."""
    if not page.prose_sum[-1]:
        return page.root
    best = page.segments[bisect_left(page.prose_sum, 0.5 * page.prose_sum[-1], 1) - 1].node
    while best.parent is not None and page.mass(best) < _MOST_PROSE * page.prose_sum[-1]:
        best = best.parent
    return best


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


def _above(page: _Page, parent: Node) -> tuple[float, float, float]:
    """The shares of the page's prose in an element and the two around it."""
    grand = _parent(parent)
    return page.mass(parent) / page.page_prose, page.mass(grand) / page.page_prose, page.mass(_parent(grand)) / page.page_prose


def _inside(page: _Page, node: Node) -> tuple[float, float, float]:
    """How many segments are in an element, the linked share of their words, and their mean length."""
    first, end = page.position[node.first], page.position[node.end]
    words = page.words_sum[end] - page.words_sum[first]
    return end - first, (page.linked_words_sum[end] - page.linked_words_sum[first]) / (words or 1), words / (end - first or 1)


_TITLE = ("title_distance", "in_title", "is_description", "has_data", "in_data")


def _title(page: _Page, clues: Clues) -> Iterable[_Column]:
    title = _title_position(page.segments, clues.title)
    has_data = bool(clues.data)
    longest_title, longest_description = len(clues.title) + 20 if clues.title else 0, 2 * len(clues.description)
    return (
        [_NO_TITLE] * len(page.at) if title is None else [max(-_FAR, min(_FAR, at - title)) for at in page.at],
        [
            len(segment.text) < longest_title and may_be_in(segment.text, clues.title) and segment.folded in clues.title
            for segment in page.candidates
        ],
        [20 < len(segment.text) < longest_description and segment.folded == clues.description for segment in page.candidates],
        [has_data] * len(page.at),
        [has_data and segment.folded in clues.data for segment in page.candidates],
    )


_NEIGHBOURS = (
    *("back1_words", "back1_links", "back1_heading", "next1_words", "next1_links", "next2_words", "next2_links"),
    *("prose_back", "prose_next", "since_prose", "until_prose", "links_since_prose", "links_until_prose"),
)


def _neighbours(page: _Page) -> Iterable[_Column]:
    at, pick, final = page.at, page.pick, page.total - 1
    words, links = [-1, *page.words, -1, -1], [-1.0, *page.links, -1.0, -1.0]
    linked = [0, *accumulate([share > 0.5 for share in page.links])]
    # Beyond the ends of the page there is no prose.
    prose = [*[0] * 5, *page.prose_sum, *[page.prose_sum[-1]] * 5]
    last, following = _last(page.prose), [final - place for place in reversed(_last(page.prose[::-1]))]
    return (
        pick(words),
        pick(links),
        [place > 0 and page.segments[place - 1].node.facts & HEADING > 0 for place in at],
        pick(words[2:]),
        pick(links[2:]),
        pick(words[3:]),
        pick(links[3:]),
        [prose[place + 5] - prose[place] for place in at],
        [prose[place + 11] - prose[place + 6] for place in at],
        [min(_FAR, place - last[place]) for place in at],
        [min(_FAR, following[place] - place) for place in at],
        [linked[place] - linked[max(0, last[place])] for place in at],
        [linked[min(page.total, following[place])] - linked[place] for place in at],
    )


_MASKS = ("tag", "own", "near", "tokens", "facts", "phrase", "under_phrase")


def _masks(page: _Page) -> Iterable[_Column]:
    parents = [_parent(node) for node in page.nodes]
    return (
        [TAG_BITS.get(segment.tag, 0) for segment in page.candidates],
        [node.own for node in page.nodes],
        [parent.own | _parent(parent).own for parent in parents],
        [node.tokens for node in page.nodes],
        [node.facts for node in page.nodes],
        page.pick(page.phrases),
        page.pick(page.under),
    )


NUMBERS = (*_TEXT, *_PLACE, *_GROUP, *_CONTAINERS, *_TITLE, *_NEIGHBOURS)
MASKS = _MASKS
FEATURES = NUMBERS + MASKS


def _parent(node: Node) -> Node:
    """The element around ``node``, or ``node`` itself at the root."""
    return node.parent or node


def _last(marks: Sequence[int]) -> list[int]:
    """For each segment, the position of the nearest mark before it."""
    return [-_FAR, *accumulate([at if mark else -_FAR for at, mark in enumerate(marks)], max)][: len(marks)]


def _title_position(segments: Sequence[RawSegment], title: str) -> int | None:
    """Where the title stands: the h1 with its text, else any segment with its text, else the first h1."""
    found = first = None
    longest = 2 * len(title) + 20 if title else 0
    for position, segment in enumerate(segments):
        is_h1 = segment.tag == "h1"
        if is_h1 and first is None:
            first = position
        if len(segment.text) > longest or (found is not None and not is_h1) or segment.node.facts & HIDDEN:
            continue
        if may_be_in(segment.text, title) and segment.folded == title:
            if is_h1:
                return position
            found = position
    return first if found is None else found
