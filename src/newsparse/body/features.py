"""What the labeller sees of each segment: its text, its place on the page, its containers, its neighbours, and what stands near it.

A feature vector is a tuple in the order of ``FEATURES``; masks hold one bit a fact or topic. The ``FIRST`` features are quickly made
and decide most segments; the ``FURTHER`` ones are made for the others alone. Features are made a column at a time, since a list is
filled far faster than as many tuples: each group of features is a table of names and the function below it. That counts what is
counted once a page, and gives a function that makes the columns in that order, of some segments at a time: the rows of all of a long
page would take more memory than all else.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from operator import mul, truediv

import attrs

from newsparse.body.boxes import headed
from newsparse.document.segments import ASIDE, DIALOG, EMPHASIS, FOOTER, HEADING, HIDDEN, NAV, QUOTE, STRONG, Node, RawSegment, Walked
from newsparse.text import may_be_in

# A segment is prose when it is long and hardly linked.
_PROSE_WORDS, _PROSE_LINKS = 10, 0.35
# Distances further than this are all the same to the model.
_FAR = 60
_NO_TITLE = -99
# Controls hold no body, and neither does link text of a few words, but for list items and headings among the article's text.
_CONTROLS = ("option", "button", "label")
_SHORT_LINK_WORDS = 8
_APART = NAV | ASIDE | HIDDEN
# Only in short text do the shares of digits and capitals say something.
_SHORT = 200
_DIGITS, _CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ENDS = frozenset('.!?…。！？।؟"”»’)')
# More words in one segment count as so many: beside a text as long as a book all others would be nothing.
_MOST_WORDS = 1000
# A text with longer words than this on average is in a script without spaces, or an address.
_LONGEST_WORD = 14
# The body's container is the deepest element with this share of the page's prose.
_MOST_PROSE = 0.6
_TAGS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div", "section", "article", "blockquote", "figcaption", "dt", "dd"),
    *("pre", "a", "span", "body", "caption", "summary", "center", "svg", "iframe", "textarea"),
)
TAG_BITS: Mapping[str, int] = {tag: 1 << position for position, tag in enumerate(_TAGS)}

# The values of one feature for some candidates.
_Column = Iterable[float]
# What gives the features of the candidates with the given numbers.
Rows = Callable[[Sequence[int]], list[tuple[float, ...]]]


@attrs.frozen
class Clues:
    """What the page says about itself outside its segments, as folded text."""

    title: str = ""
    description: str = ""
    data: str = ""
    subtitle: str = ""


def word_units(text: str) -> int:
    """The length of a text in words; in scripts without spaces, half its characters.

    >>> word_units("four words of text"), word_units("没有空格的句子也有长度吧")
    (4, 6)
    """
    count = text.count(" ") + 1
    if text.isascii() or len(text) <= _LONGEST_WORD * count or "://" in text:
        return count
    return len(text) // 2


def words_in(segments: Sequence[RawSegment], chosen: Iterable[int]) -> int:
    """How many words the segments with the ``chosen`` indices have together."""
    return sum([word_units(segments[index].text) for index in chosen])


def _is_candidate(segment: RawSegment, words: int, links: float, is_inside: bool) -> bool:
    """Whether a segment can be body at all; ``is_inside``: it stands in the element that holds most of the page's prose.

    On the development pages no body stood in a footer or dialog, and of the short links that were body all but a few stood inside.
    """
    facts = segment.node.facts
    if words < _SHORT_LINK_WORDS and links >= 0.9 and (not is_inside or facts & _APART):
        return False
    if facts & DIALOG or (facts & FOOTER and not facts & QUOTE):
        return False
    return segment.tag not in _CONTROLS


class Candidates:
    """The segments of a page that may be body, and what is counted once a page to see them by.

    Numbers that differ from segment to segment even where these are tiny stand in arrays: in a list each would be an object.

    ``phrases`` holds a bit mask for each segment: which kinds of phrases it matches. ``indices`` are the candidates' places in
    ``walked.segments``.
    """

    def __init__(self, walked: Walked, phrases: Sequence[int], clues: Clues) -> None:
        self.clues = clues
        self.walked = walked
        self.all_phrases = phrases
        # All lists go by position among the segments with text: ``places`` are those segments' indices, ``at`` the candidates' positions.
        self.places = array("l", [index for index, segment in enumerate(walked.segments) if segment.text])
        self.segments = segments = [walked.segments[index] for index in self.places]
        # For each segment of the walk, how many with text are before it: elements say by these which segments are in them.
        self.position = [0, *accumulate([1 if segment.text else 0 for segment in walked.segments])]
        self.phrases = [phrases[index] for index in self.places]
        self.total = len(segments)
        self.words = words = [min(word_units(segment.text), _MOST_WORDS) for segment in segments]
        self.links = links = [segment.link_chars / len(segment.text) if segment.link_chars else 0.0 for segment in segments]
        self.prose = [count if count >= _PROSE_WORDS and share < _PROSE_LINKS else 0 for count, share in zip(words, links, strict=True)]
        # Running sums: entry n is the sum over the first n segments.
        self.prose_sum = [0, *accumulate(self.prose)]
        self.page_prose = self.prose_sum[-1] or 1.0
        self.best = _best_container(self)
        first, end = self.position[self.best.first], self.position[self.best.end]
        inside = range(first, end)
        self.at = array("l", [at for at, segment in enumerate(segments) if _is_candidate(segment, words[at], links[at], at in inside)])
        self.indices = array("l", [self.places[at] for at in self.at])

    def first(self) -> Rows:
        """What gives the ``FIRST`` features."""
        return self._rows(_FIRST_GROUPS)

    def further(self) -> Rows:
        """What gives the ``FURTHER`` features."""
        return self._rows(_FURTHER_GROUPS)

    def all(self) -> list[tuple[float, ...]]:
        """All features of all candidates."""
        numbers = range(len(self.at))
        return [(*first, *further) for first, further in zip(self.first()(numbers), self.further()(numbers), strict=True)]

    def _rows(self, groups: Iterable[_Group]) -> Rows:
        made = [group(self) for group in groups]

        def rows(numbers: Sequence[int]) -> list[tuple[float, ...]]:
            at = [self.at[number] for number in numbers]
            return list(zip(*(column for columns in made for column in columns(at)), strict=True)) if at else []

        return rows

    def mass(self, node: Node) -> float:
        """How many words of prose are in an element."""
        return self.prose_sum[self.position[node.end]] - self.prose_sum[self.position[node.first]]


# What makes the columns of some features for the segments at the given positions, and what makes that for a page.
_Columns = Callable[[Sequence[int]], Iterable[_Column]]
_Group = Callable[[Candidates], _Columns]


# --- The first features


_TEXT = ("words", "chars_per_word", "link_share", "ends_sentence", "ends_colon")


def _text(page: Candidates) -> _Columns:
    def columns(at: Sequence[int]) -> Iterable[_Column]:
        texts = [page.segments[place].text for place in at]
        words = [page.words[place] for place in at]
        last = [text[-1] for text in texts]
        return (
            words,
            map(truediv, map(len, texts), words),
            [page.links[place] for place in at],
            [sign in ENDS for sign in last],
            [sign == ":" for sign in last],
        )

    return columns


# Nothing here counts all segments or phrases of the page: what stands elsewhere must not change what is said of this segment.
_PLACE = ("depth", "prose_before", "prose_after")


def _place(page: Candidates) -> _Columns:
    prose = page.prose_sum

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        return (
            [page.segments[place].node.depth for place in at],
            [prose[place] / page.page_prose for place in at],
            [(prose[-1] - prose[place + 1]) / page.page_prose for place in at],
        )

    return columns


_GROUP = ("group_size", "group_words", "group_links", "group_share")


def _group(page: Candidates) -> _Columns:
    """The segments whose elements have the same tags and classes: how many, their words, linked words and prose."""
    groups: dict[int, list[float]] = {page.segments[place].node.signature: [0, 0, 0, 0] for place in page.at}
    for place, segment in enumerate(page.segments):
        group = groups.get(segment.node.signature)
        if group is not None:
            words = page.words[place]
            group[0] += 1
            group[1] += words
            group[2] += words * page.links[place]
            group[3] += page.prose[place]

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        chosen = [groups[page.segments[place].node.signature] for place in at]
        return (
            [size for size, _, _, _ in chosen],
            [words / size for size, words, _, _ in chosen],
            [linked / (words or 1) for _, words, linked, _ in chosen],
            [prose / page.page_prose for _, _, _, prose in chosen],
        )

    return columns


_CONTAINERS = (
    *("node_share", "dense_own", "best_position", "parent_share", "grand_share", "great_share", "dense_share"),
    *("best_up", "best_down", "dense_up", "dense_down"),
)


def _containers(page: Candidates) -> _Columns:
    direct = _direct_prose(page)
    best = page.best
    dense = max(direct.values(), key=lambda item: item[0], default=(1.0, best))
    to_best, to_dense = _Way(best), _Way(dense[1])
    start = page.position[best.first]
    size = max(1, page.position[best.end] - start)
    nothing = (0.0, best)

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        nodes = [page.segments[place].node for place in at]
        # What the segments in one element share is computed once.
        shared = {
            index: (*_above(page, parent), direct.get(index, nothing)[0] / dense[0], *to_best.of(parent), *to_dense.of(parent))
            for index, parent in {parent.index: parent for parent in map(_parent, nodes)}.items()
        }
        return (
            [page.mass(node) / page.page_prose for node in nodes],
            [direct.get(node.index, nothing)[0] / dense[0] for node in nodes],
            [(place - start) / size for place in at],
            *zip(*[shared[_parent(node).index] for node in nodes], strict=True),
        )

    return columns


def _direct_prose(page: Candidates) -> dict[int, tuple[float, Node]]:
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


def _best_container(page: Candidates) -> Node:
    """The deepest element with most of the page's prose. With more than half of it, it holds the word in the middle."""
    if not page.prose_sum[-1]:
        return page.walked.nodes[0]
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


def _above(page: Candidates, parent: Node) -> tuple[float, float, float]:
    """The shares of the page's prose in an element and the two around it."""
    grand = _parent(parent)
    return page.mass(parent) / page.page_prose, page.mass(grand) / page.page_prose, page.mass(_parent(grand)) / page.page_prose


_MASKS = ("tag", "own", "near", "tokens", "facts", "phrase")


def _masks(page: Candidates) -> _Columns:
    def columns(at: Sequence[int]) -> Iterable[_Column]:
        nodes = [page.segments[place].node for place in at]
        parents = [_parent(node) for node in nodes]
        return (
            [TAG_BITS.get(page.segments[place].tag, 0) for place in at],
            [node.own for node in nodes],
            [parent.own | _parent(parent).own for parent in parents],
            [node.tokens for node in nodes],
            [node.facts for node in nodes],
            [page.phrases[place] for place in at],
        )

    return columns


# --- The further features


_STYLE = ("digit_share", "upper_share", "all_emphasis", "part_strong")


def _style(page: Candidates) -> _Columns:
    def columns(at: Sequence[int]) -> Iterable[_Column]:
        segments = [page.segments[place] for place in at]
        shares = [_character_shares(segment.text) if len(segment.text) < _SHORT else _NO_SHARES for segment in segments]
        styles = [_styles(segment) if segment.pieces else _UNSTYLED for segment in segments]
        return (*zip(*shares, strict=True), *zip(*styles, strict=True))

    return columns


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


_SURROUNDINGS = (
    *("h2_before", "repeats", "under_phrase"),
    *("parent_segments", "parent_links", "parent_mean", "grand_segments", "grand_links", "grand_mean"),
)


def _surroundings(page: Candidates) -> _Columns:
    segments, phrases = page.segments, page.all_phrases
    headings = _sums([segment.tag in ("h2", "h3") for segment in segments])
    repeats = Counter([segment.text for segment in segments])
    prose = [index for index, words in zip(page.places, page.prose, strict=True) if words]
    under = headed(page.walked.segments, [index for index, mask in enumerate(phrases) if mask], prose)
    words_sum = _sums(page.words)
    linked_sum = array("d", accumulate(map(mul, page.words, page.links), initial=0.0))

    def inside(node: Node) -> tuple[float, float, float]:
        """How many segments are in an element, the linked share of their words, and their mean length."""
        first, end = page.position[node.first], page.position[node.end]
        words = words_sum[end] - words_sum[first]
        return end - first, (linked_sum[end] - linked_sum[first]) / (words or 1), words / (end - first or 1)

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        heads = [under.get(page.places[place]) for place in at]
        parents = [_parent(segments[place].node) for place in at]
        return (
            [headings[place] for place in at],
            [repeats[segments[place].text] for place in at],
            [0 if head is None else phrases[head] for head in heads],
            *zip(*map(inside, parents), strict=True),
            *zip(*map(inside, map(_parent, parents)), strict=True),
        )

    return columns


_TITLE = ("title_distance", "in_title", "is_description", "is_subtitle", "has_data", "in_data")


def _title(page: Candidates) -> _Columns:
    clues = page.clues
    title = _title_position(page.segments, clues.title)
    has_data = bool(clues.data)
    longest_title, longest_description = len(clues.title) + 20 if clues.title else 0, 2 * len(clues.description)

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        segments = [page.segments[place] for place in at]
        return (
            [_NO_TITLE if title is None else max(-_FAR, min(_FAR, place - title)) for place in at],
            [len(segment.text) < longest_title and segment.folded in clues.title for segment in segments],
            [20 < len(segment.text) < longest_description and segment.folded == clues.description for segment in segments],
            [bool(clues.subtitle) and segment.folded == clues.subtitle for segment in segments],
            [has_data] * len(at),
            [has_data and segment.folded in clues.data for segment in segments],
        )

    return columns


_NEIGHBOURS = (
    *("back1_words", "back1_links", "back1_heading", "next1_words", "next1_links", "next2_words", "next2_links"),
    *("prose_back", "prose_next", "since_prose", "until_prose", "links_since_prose", "links_until_prose"),
)


def _neighbours(page: Candidates) -> _Columns:
    final = page.total - 1
    words, links = [-1, *page.words, -1, -1], [-1.0, *page.links, -1.0, -1.0]
    linked = _sums([share > 0.5 for share in page.links])
    # Beyond the ends of the page there is no prose.
    prose = [*[0] * 5, *page.prose_sum, *[page.prose_sum[-1]] * 5]
    last, following = _last(page.prose), array("l", [final - place for place in reversed(_last(page.prose[::-1]))])

    def columns(at: Sequence[int]) -> Iterable[_Column]:
        return (
            [words[place] for place in at],
            [links[place] for place in at],
            [place > 0 and page.segments[place - 1].node.facts & HEADING > 0 for place in at],
            [words[place + 2] for place in at],
            [links[place + 2] for place in at],
            [words[place + 3] for place in at],
            [links[place + 3] for place in at],
            [prose[place + 5] - prose[place] for place in at],
            [prose[place + 11] - prose[place + 6] for place in at],
            [min(_FAR, place - last[place]) for place in at],
            [min(_FAR, following[place] - place) for place in at],
            [linked[place] - linked[max(0, last[place])] for place in at],
            [linked[min(page.total, following[place])] - linked[place] for place in at],
        )

    return columns


_FIRST_GROUPS: tuple[_Group, ...] = (_text, _place, _group, _containers, _masks)
_FURTHER_GROUPS: tuple[_Group, ...] = (_style, _surroundings, _title, _neighbours)
MASKS = frozenset((*_MASKS, "under_phrase"))
FIRST = (*_TEXT, *_PLACE, *_GROUP, *_CONTAINERS, *_MASKS)
FURTHER = (*_STYLE, *_SURROUNDINGS, *_TITLE, *_NEIGHBOURS)
FEATURES = FIRST + FURTHER
# What of these is a whole number, and what is true or false: so the model asks for it, since numbers of two types are compared slowly.
COUNTS = frozenset(
    (
        *("words", "depth", "group_size", "best_up", "best_down", "dense_up", "dense_down", "h2_before", "repeats"),
        *("parent_segments", "grand_segments", "title_distance", "back1_words", "next1_words", "next2_words", "prose_back", "prose_next"),
        *("since_prose", "until_prose", "links_since_prose", "links_until_prose"),
    )
)
FLAGS = frozenset(
    (
        *("ends_sentence", "ends_colon", "all_emphasis", "part_strong", "in_title", "is_description", "is_subtitle", "has_data"),
        *("in_data", "back1_heading"),
    )
)


def _parent(node: Node) -> Node:
    """The element around ``node``, or ``node`` itself at the root."""
    return node.parent or node


def _sums(counts: Iterable[int]) -> array[int]:
    """Running sums: entry n is the sum over the first n segments."""
    return array("l", accumulate(counts, initial=0))


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
