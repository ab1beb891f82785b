"""What a labeller sees of each segment: numbers and bits about its text, its element, its containers and its neighbours.

A feature vector is a tuple in the order of ``FEATURES``; the masks in ``MASKS`` hold one bit a fact or topic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from newsparse.document.segments import HEADING, HIDDEN, STRONG, Node, RawSegment, Walked
from newsparse.text import fold

_SENTENCE_END = re.compile(r"[.!?…。！？।؟](?=[\s\"'”’»)\]]|$)|[。！？]")
_YOU = re.compile(r"\b(?:you|your|us|our|we|sie|ihre?|unsere?|vous|votre|nous|notre|usted|tu|nuestr[oa]s?)\b", re.IGNORECASE)
_ENDS = tuple(".!?…。！？।؟\"”»’)")
_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div", "section", "article", "blockquote", "figcaption", "dt", "dd", "pre", "a", "span", "body", "button", "label", "option", "caption", "summary", "center", "textarea", "svg", "iframe")
_TAG_BITS: Mapping[str, int] = {tag: 1 << n for n, tag in enumerate(_TAGS)}
# A segment is prose when it is long and hardly linked.
_PROSE_WORDS, _PROSE_LINKS = 10, 0.35
_FAR = 60

NUMBERS = (
    "words", "chars_per_word", "link_share", "links", "commas", "sentences", "ends_sentence", "starts_upper", "digit_share", "upper_share",
    "ends_colon", "starts_quote", "all_strong", "all_emphasis", "part_strong", "depth", "position", "prose_before", "same_element", "repeats",
    "group_size", "group_words", "group_links", "group_share", "group_position",
    "node_share", "parent_share", "grand_share", "great_share", "parent_segments", "parent_links", "parent_mean", "grand_segments", "grand_links", "grand_mean",
    "best_up", "best_down", "best_position", "dense_up", "dense_down", "dense_share", "dense_own",
    "title_distance", "is_title", "is_description", "in_title", "has_data", "in_data",
    "back1_words", "back1_links", "back2_words", "back2_links", "next1_words", "next1_links", "next2_words", "next2_links",
    "back1_same", "next1_same", "back1_heading", "next1_heading", "prose_back", "prose_next", "same_prose_back", "same_prose_next", "since_prose_same", "until_prose_same",
    "page_prose", "page_segments", "page_links", "back1_shape", "next1_shape", "link_title_words",
    "marks_before", "marks_after", "since_mark", "links_since_prose", "links_until_prose", "prose_after", "h2_before", "first_person_you",
)  # fmt: skip
MASKS = ("tag", "own", "near", "tokens", "facts", "phrase", "back1_phrase", "next1_phrase", "under_phrase")
FEATURES = NUMBERS + MASKS


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


def _best_container(nodes: Sequence[Node], mass: Sequence[float], share: float) -> Node:
    """The deepest element that holds ``share`` of the page's prose."""
    best = nodes[0]
    for node in nodes:
        if mass[node.index] >= share * mass[0] and node.depth >= best.depth:
            best = node
    return best


def _ups(node: Node | None) -> dict[int, int]:
    """How many levels above ``node`` each of its ancestors is, by the ancestor's index; ``node`` itself is 0."""
    levels = {}
    level = 0
    while node is not None and node.index >= 0:
        levels[node.index] = level
        node, level = node.parent, level + 1
    return levels


def is_candidate(segment: RawSegment, words: int) -> bool:
    """Whether a segment can be body at all: link text of a few words never is, nor are controls."""
    size = len(segment.text)
    return size > 0 and not (words < 8 and segment.link_chars >= 0.9 * size) and segment.tag not in ("option", "button", "label")


def vectors(walked: Walked, phrases: Sequence[int], clues: Clues) -> tuple[list[int], list[tuple[float, ...]]]:  # noqa: PLR0912, PLR0915, C901
    """The candidates' indices in ``walked.segments`` and their feature vectors.

    ``phrases`` holds a bit mask for each segment: which kinds of phrases it matches.
    """
    nodes = walked.nodes
    indices = [index for index, segment in enumerate(walked.segments) if segment.text]
    segments = [walked.segments[index] for index in indices]
    total = len(segments)
    words = [word_units(segment.text) for segment in segments]
    shares = [segment.link_chars / len(segment.text) for segment in segments]
    prose = [count if count >= _PROSE_WORDS and share < _PROSE_LINKS else 0 for count, share in zip(words, shares, strict=True)]
    size = len(nodes)
    mass, count_in, words_in, linked_in, direct = [0.0] * size, [0] * size, [0.0] * size, [0.0] * size, [0.0] * size
    groups: dict[int, list[float]] = {}
    seen: dict[str, int] = {}
    for position, segment in enumerate(segments):
        node = segment.node
        at = node.index
        count = words[position]
        mass[at] += prose[position]
        count_in[at] += 1
        words_in[at] += count
        linked_in[at] += count * shares[position]
        above = node.parent if node.parent is not None and node.parent.index >= 0 else node
        direct[above.index] += prose[position]
        if above is not node:
            direct[at] += prose[position] * 0.5
        group = groups.get(node.signature)
        if group is None:
            groups[node.signature] = [1, count, count * shares[position], prose[position], position]
        else:
            group[0] += 1
            group[1] += count
            group[2] += count * shares[position]
            group[3] += prose[position]
        seen[segment.text] = seen.get(segment.text, 0) + 1
    for at in range(size - 1, 0, -1):
        above_index = nodes[at].parent.index  # type: ignore[union-attr]  # only the root has no parent
        mass[above_index] += mass[at]
        count_in[above_index] += count_in[at]
        words_in[above_index] += words_in[at]
        linked_in[above_index] += linked_in[at]
    page = mass[0] or 1.0
    all_words = words_in[0] or 1.0
    page_links = linked_in[0] / all_words
    best = _best_container(nodes, mass, 0.6) if total else nodes[0]
    dense = max(nodes, key=lambda node: direct[node.index])
    best_ups, dense_ups = _ups(best), _ups(dense)
    dense_mass = direct[dense.index] or 1.0
    first_in_best = next((i for i, s in enumerate(segments) if s.node.index >= best.index), 0)
    span = max(1, count_in[best.index])
    title = _title_position(segments, clues.title)
    folded_data = clues.data
    has_data = float(bool(folded_data))
    # Running sums and nearest prose, once a page.
    before = [0.0] * (total + 1)
    for position in range(total):
        before[position + 1] = before[position] + prose[position]
    last_prose, next_prose = _nearest(segments, prose)
    shapes = [0 if prose[i] else 1 if shares[i] > 0.5 else 2 if segments[i].node.facts & HEADING else 3 for i in range(total)]
    marks, under = _marks(segments, phrases, indices)
    linked_before = [0] * (total + 1)
    headings = [0] * (total + 1)
    for position in range(total):
        linked_before[position + 1] = linked_before[position] + (shares[position] > 0.5)
        headings[position + 1] = headings[position] + (segments[position].tag in ("h2", "h3"))
    rows: list[tuple[float, ...]] = []
    candidates: list[int] = []
    for position, segment in enumerate(segments):
        count = words[position]
        if not is_candidate(segment, count):
            continue
        candidates.append(indices[position])
        text = segment.text
        length = len(text)
        node = segment.node
        parent = node.parent if node.parent is not None and node.parent.index >= 0 else node
        grand = parent.parent if parent.parent is not None and parent.parent.index >= 0 else parent
        great = grand.parent if grand.parent is not None and grand.parent.index >= 0 else grand
        group = groups[node.signature]
        folded = fold(text)
        strong = [piece for piece in segment.pieces if piece.style & STRONG]
        emphasis = [piece for piece in segment.pieces if piece.style & 2]
        best_up, best_down = _distance(node, best_ups)
        dense_up, dense_down = _distance(node, dense_ups)
        b1, b2, n1, n2 = position - 1, position - 2, position + 1, position + 2
        rows.append((
            count, length / count, shares[position], len(segment.links), text.count(",") + text.count("、") + text.count("，") + text.count("،"),
            len(_SENTENCE_END.findall(text)), float(text.endswith(_ENDS)), float(text[0].isupper()),
            sum(map(text.count, "0123456789")) / length if length < 200 else 0.0,
            sum(map(str.isupper, text)) / length if length < 200 else 0.0,
            float(text[-1] == ":"), float(text[0] in "\"“„«‘'—–-"),
            float(bool(strong) and sum(len(p.text) for p in strong) >= 0.9 * length), float(bool(emphasis) and sum(len(p.text) for p in emphasis) >= 0.9 * length), float(bool(strong)),
            node.depth, position / total, before[position] / page, float(position > 0 and segments[b1].path == segment.path) + float(n1 < total and segments[n1].path == segment.path),
            seen[text],
            group[0], group[1] / group[0], group[2] / (group[1] or 1), group[3] / page, (position - group[4]) / total,
            mass[node.index] / page, mass[parent.index] / page, mass[grand.index] / page, mass[great.index] / page,
            count_in[parent.index], linked_in[parent.index] / (words_in[parent.index] or 1), words_in[parent.index] / (count_in[parent.index] or 1),
            count_in[grand.index], linked_in[grand.index] / (words_in[grand.index] or 1), words_in[grand.index] / (count_in[grand.index] or 1),
            best_up, best_down, (position - first_in_best) / span, dense_up, dense_down, direct[parent.index] / dense_mass, direct[node.index] / dense_mass,
            max(-_FAR, min(_FAR, position - title)) if title is not None else -99.0,
            float(folded == clues.title), float(len(folded) > 20 and folded == clues.description), float(bool(clues.title) and folded in clues.title),
            has_data, float(bool(folded_data) and folded in folded_data),
            words[b1] if b1 >= 0 else -1, shares[b1] if b1 >= 0 else -1.0, words[b2] if b2 >= 0 else -1, shares[b2] if b2 >= 0 else -1.0,
            words[n1] if n1 < total else -1, shares[n1] if n1 < total else -1.0, words[n2] if n2 < total else -1, shares[n2] if n2 < total else -1.0,
            float(b1 >= 0 and segments[b1].node.signature == node.signature), float(n1 < total and segments[n1].node.signature == node.signature),
            float(b1 >= 0 and bool(segments[b1].node.facts & HEADING)), float(n1 < total and bool(segments[n1].node.facts & HEADING)),
            before[position] - before[max(0, position - 5)], before[min(total, position + 6)] - before[n1],
            min(_FAR, position - last_prose[position]), min(_FAR, next_prose[position] - position),
            _since(segments, prose, position, -1, node), _since(segments, prose, position, 1, node),
            page, total, page_links, shapes[b1] if b1 >= 0 else -1, shapes[n1] if n1 < total else -1,
            max([word_units(link.text) for link in segment.links], default=0),
            marks[position], marks[total] - marks[n1], _since_mark(marks, position),
            linked_before[position] - linked_before[max(0, last_prose[position])], linked_before[min(total, next_prose[position])] - linked_before[position],
            (before[total] - before[n1]) / page, headings[position], float(bool(_YOU.search(text[:300]))),
            _TAG_BITS.get(segment.tag, 0), node.own, parent.own | grand.own, node.tokens, node.facts, phrases[indices[position]], phrases[indices[b1]] if b1 >= 0 else 0,
            phrases[indices[n1]] if n1 < total else 0, under[position],
        ))  # fmt: skip
    return candidates, rows


def _marks(segments: Sequence[RawSegment], phrases: Sequence[int], indices: Sequence[int]) -> tuple[list[int], list[int]]:
    """How many phrases of boilerplate stand before each segment, and which phrase heads the box that it is in."""
    counts, under = [0], []
    heading, container = 0, None
    for segment, index in zip(segments, indices, strict=True):
        mask = phrases[index]
        counts.append(counts[-1] + bool(mask))
        node: Node | None = segment.node
        while container is not None and node is not None and node is not container:
            node = node.parent
        if node is not container:
            heading, container = 0, None
        under.append(heading)
        if mask and (segment.node.facts & HEADING or len(segment.text) < 40):
            heading, container = mask, segment.node.parent
    return counts, under


def _since_mark(marks: Sequence[int], position: int) -> int:
    for distance in range(1, 20):
        if position - distance < 0:
            return 20
        if marks[position] != marks[position - distance]:
            return distance
    return 20


def _distance(node: Node, ups: Mapping[int, int]) -> tuple[int, int]:
    """Levels from ``node`` up to where it meets the path above a container, and from there down to that container."""
    level = 0
    here: Node | None = node
    while here is not None:
        down = ups.get(here.index)
        if down is not None:
            return level, down
        here, level = here.parent, level + 1
    return level, _FAR


def _title_position(segments: Sequence[RawSegment], title: str) -> int | None:
    found = None
    for position, segment in enumerate(segments):
        if not title or len(segment.text) > 3 * len(title) + 20 or fold(segment.text) != title or segment.node.facts & HIDDEN:
            continue
        if segment.tag == "h1":
            return position
        if found is None:
            found = position
    if found is None:
        found = next((position for position, segment in enumerate(segments) if segment.tag == "h1"), None)
    return found


def _nearest(segments: Sequence[RawSegment], prose: Sequence[float]) -> tuple[list[int], list[int]]:
    """For each segment, where the nearest prose before and after it is."""
    total = len(segments)
    last, following = [-_FAR] * total, [total + _FAR] * total
    at = -_FAR
    for position in range(total):
        last[position] = at
        if prose[position]:
            at = position
    at = total + _FAR
    for position in range(total - 1, -1, -1):
        following[position] = at
        if prose[position]:
            at = position
    return last, following


def _since(segments: Sequence[RawSegment], prose: Sequence[float], position: int, step: int, node: Node) -> int:
    """How many segments away the nearest prose with the same signature is, looking at most twelve away."""
    parent = node.parent
    for distance in range(1, 13):
        at = position + step * distance
        if not 0 <= at < len(segments):
            return 14
        if prose[at] and segments[at].node.parent is parent:
            return distance
    return 13
