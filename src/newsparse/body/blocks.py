"""Body segments to blocks: paragraphs, headings, lists, quotes, tables, figures, embeds and code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import attrs

from newsparse.document.images import picture_key, source_and_width, split_credit
from newsparse.document.segments import CODE, EMPHASIS, HEADING_TAGS, LIST, PRE, QUOTE, STRONG, TABLE, Node, RawMedia, RawSegment, Walked
from newsparse.document.urls import Base, parts_of, resolve
from newsparse.lexicon import token_mask, topic_bit
from newsparse.lexicon.phrases import match_note, match_phrase
from newsparse.model import (
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Table,
    TableCell,
    draft_of,
)
from newsparse.text import fold

_LISTS, _ITEMS, _CELLS, _ASIDES = ("ul", "ol", "dl", "menu"), ("li", "dt", "dd"), ("td", "th"), ("nav", "aside", "footer")
_EMBED_TOPIC = topic_bit("social_embed")
_NOT_CONTENT = (
    topic_bit("related") | topic_bit("author") | topic_bit("ad") | topic_bit("newsletter") | topic_bit("share") | topic_bit("comments")
)
_PICTURES = ("img", "noscript")
_FIGURE_LEVELS, _MOST_CAPTIONS, _SHORTEST_CAPTION = 12, 3, 20
# Without a caption, a drawing is an icon, and so is what says that it is one, is part of the site's design, or shows who wrote the article.
_NO_PHOTO = re.compile(r"\.(?:svgz?|ico)(?:\Z|[?#])|[/.-](?:gr|bl)?avatars?[/.]|/themes?/", re.IGNORECASE)
_NO_PICTURES = ("logo", "icon", "avatar")
# The same, but for those in the text whose size is stated.
_SIGN = re.compile(r"[/_.-](?:logos?|icons?|favicons?)(?=[/_.-])", re.IGNORECASE)
_AUTHOR = topic_bit("author")
# Lines of a caption that say nothing: the number of a picture, and a label whose credit is elsewhere.
_NUMBER, _LABEL = re.compile(r"\d{1,3}(?: ?/ ?\d{1,3})?\Z"), re.compile(r"[^\W\d_]{4,10} ?:\Z")
# The address of a site, which a script that knows none of a picture leaves.
_SITE = re.compile(r"https?://[^/]*/?\Z")
# Hosts whose frames are part of an article rather than an advertisement or a widget of the site.
_EMBED_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com"
    r"|bsky\.app|threads\.net|t\.me|reddit\.com|spotify\.com|soundcloud\.com|podcasts\.apple\.com|acast\.com|datawrapper\.de|dwcdn\.net"
    r"|flourish\.studio|infogram\.com|documentcloud\.org|google\.com|openstreetmap\.org)$"
)
# Where a frame has its address, which a script may put in later, or only where the reader agrees.
_FRAME_SOURCES = ("src", "data-src", "data-lazy-src", "data-cookieblock-src", "data-url", "data")
_SMALLEST_IMAGE = 100
# How many segments before the body, or before the headline, its first picture stands; and the last lines of the head that count.
_REACH, _MOST_HEAD = 3, 4
# Far more than pages nest that were written for readers; to climb further would take quadratic time on pages that were not.
_MOST_LEVELS = 256
# Who is quoted is named in so many words at most, after a dash.
_LONGEST_SPEAKER, _DASHES = 14, "—–- "
# A list item with so many paragraphs and headings lays out the page, where it holds more than half of the body.
_LAYOUT_PARAGRAPHS = 3
_PARAGRAPHS = frozenset(("p", "blockquote")) | HEADING_TAGS
# A cell with more words than this holds text that is laid out by a table, not data.
_LONGEST_CELL = 60


@attrs.frozen
class Body:
    """The blocks in reading order, which block each segment is part of, which segments say who is quoted, and which are captions.

    All by index; ``captions`` are those that were not known as such.
    """

    blocks: tuple[Block, ...]
    block_of: Mapping[int, int]
    speakers: frozenset[int] = frozenset()
    captions: frozenset[int] = frozenset()


@attrs.frozen
class Around:
    """What stands around the body, by index, in order: headline and standfirst, and what belongs to other articles or to the site.

    ``names`` are the authors', folded: so their portraits are described. ``chrome`` is what belongs to pictures and players.
    """

    head: Sequence[int] = ()
    foreign: Sequence[int] = ()
    names: Collection[str] = ()
    chrome: Collection[int] = ()


def build_blocks(walked: Walked, body: Sequence[int], captions: Sequence[int], base: Base | None, around: Around = Around()) -> Body:
    """Blocks of the body segments, with the figures and embeds between them. ``body`` and ``captions`` are indices, in order."""
    segments = walked.segments
    tables = _data_tables(segments, body)
    layout = _layout_item(segments, body)
    media = deque(_media(walked, body, captions, base, around))
    blocks: list[Block] = []
    block_of: dict[int, int] = {}
    speakers: set[int] = set()

    def add(block: Block, indices: Iterable[int]) -> None:
        for index in indices:
            block_of[index] = len(blocks)
        blocks.append(block)

    for (kind, _), group in _groups(segments, body, tables, layout, [item[0] for item in media]):
        while media and media[0][0] <= group[0]:
            add(*media.popleft()[1:])
        if kind == "quote" and blocks and isinstance(blocks[-1], Quote) and _names_speaker(segments, group[0]):
            blocks[-1] = attrs.evolve(blocks[-1], attribution=segments[group[0]].text.lstrip(_DASHES))
            block_of[group[0]] = len(blocks) - 1
            speakers.add(group[0])
            continue
        add(_BUILDERS[kind]([segments[index] for index in group], base), group)
    for item in media:
        add(*item[1:])
    return Body(tuple(blocks), block_of, frozenset(speakers), frozenset(block_of).difference(body, captions))


def _names_speaker(segments: Sequence[RawSegment], index: int) -> bool:
    """Whether a segment in a quotation says who is quoted: its footer, or a short line after a dash, below a line of the same quotation."""
    segment, before = segments[index], segments[index - 1]
    quote = _nearest(segment.node, "blockquote")
    if quote is None or _nearest(before.node, "blockquote") is not quote or segment.text.count(" ") > _LONGEST_SPEAKER:
        return False
    return segment.tag == "footer" or segment.text[0] in _DASHES[:2]


def _nearest(node: Node, *tags: str) -> Node | None:
    """The innermost element of one of the ``tags`` around ``node``, or ``node`` itself."""
    return next((here for here in _upward(node) if here.tag in tags), None)


def _outermost(node: Node, *tags: str) -> Node | None:
    """The outermost element of one of the ``tags`` around ``node``, or ``node`` itself."""
    return next((here for here in reversed(list(_upward(node))) if here.tag in tags), None)


def _upward(node: Node) -> Iterator[Node]:
    """``node`` and the elements around it, as far as a page's markup reaches that was written for readers."""
    here: Node | None = node
    for _ in range(_MOST_LEVELS):
        if here is None:
            return
        yield here
        here = here.parent


def _groups(
    segments: Sequence[RawSegment], body: Iterable[int], tables: Collection[Node], layout: Node | None, breaks: Sequence[int]
) -> Iterator[tuple[tuple[str, object], list[int]]]:
    """The body segments that make a block together, with the kind of block; media that stand between two segments part them."""
    group: list[int] = []
    key: tuple[str, object] = ("", None)
    for index in body:
        own = _group(segments[index], tables, layout)
        if group and (own != key or own[1] is None or _any_between(breaks, group[-1], index)):
            yield key, group
            group = []
        key = own
        group.append(index)
    if group:
        yield key, group


def runs_of(segment: RawSegment, base: Base | None) -> tuple[Run, ...]:
    """The segment's text by style, white space folded; the runs' texts together are the segment's text."""
    if not segment.pieces:
        return (_run(segment.text),)
    runs: list[Run] = []
    space = False
    for text, link, style in segment.pieces:
        words = " ".join(text.split())
        if not words:
            space = True
            continue
        url = resolve(link.href, base) if link is not None else None
        look = (url, bool(style & STRONG), bool(style & EMPHASIS), bool(style & CODE))
        if runs and (space or text[0].isspace()):
            # The space between two runs belongs to the one without a link or style, else to the first.
            if look == _PLAIN and _look(runs[-1]) != _PLAIN:
                words = f" {words}"
            else:
                last = runs.pop()
                runs.append(_run(f"{last.text} ", *_look(last)))
        space = text[-1].isspace()
        if runs and _look(runs[-1]) == look:
            words = runs.pop().text + words
        runs.append(_run(words, *look))
    return tuple(runs)


_PLAIN = (None, False, False, False)
_RunDraft = draft_of(Run)


def _run(text: str, href: str | None = None, strong: bool = False, emphasis: bool = False, code: bool = False) -> Run:
    draft: Run = _RunDraft(text, href, strong, emphasis, code)
    draft.__class__ = Run
    return draft


def _look(run: Run) -> tuple[str | None, bool, bool, bool]:
    return run.href, run.strong, run.emphasis, run.code


def _any_between(breaks: Sequence[int], after: int, upto: int) -> bool:
    at = bisect_right(breaks, after)
    return at < len(breaks) and breaks[at] <= upto


def _group(segment: RawSegment, tables: Collection[Node], layout: Node | None) -> tuple[str, object]:
    """The kind of block that a segment makes, and what it shares with its neighbours in the same block (``None``: nothing)."""
    node = segment.node
    if node.facts & PRE:
        return "code", _nearest(node, "pre")
    if segment.tag in HEADING_TAGS:
        return "heading", None
    if node.facts & TABLE and (table := _outermost(node, "table")) in tables:
        return "table", table
    if node.facts & QUOTE:
        quote = _nearest(node, "blockquote")
        return ("embed", quote) if quote is not None and _is_post(quote, node) else ("quote", None)
    if node.facts & LIST and (item := _nearest(node, *_ITEMS)) is not None and item is not layout:
        return "list", _outermost_list(node, layout)
    return "paragraph", None


def _is_post(quote: Node, node: Node) -> bool:
    """Whether a quotation is a post of another site: its own class words say so, or those of an element around nothing else."""
    around = quote.parent
    is_alone = around is not None and (around.first, around.end) == (quote.first, quote.end)
    return bool((quote.own | node.own | (around.own if around is not None and is_alone else 0)) & _EMBED_TOPIC)


def _outermost_list(node: Node, layout: Node | None) -> Node | None:
    """The outermost list around ``node``, within the item that lays out the page where there is one."""
    found = None
    for here in _upward(node):
        if here is layout:
            break
        if here.tag in _LISTS:
            found = here
    return found


def _layout_item(segments: Sequence[RawSegment], body: Sequence[int]) -> Node | None:
    """The list item that the article as a whole stands in, as on pages that are laid out by lists."""
    inside: dict[Node, list[RawSegment]] = {}
    for index in body:
        segment = segments[index]
        if segment.node.facts & LIST and (item := _outermost(segment.node, *_ITEMS)) is not None:
            inside.setdefault(item, []).append(segment)
    item = max(inside, key=lambda node: sum(len(segment.text) for segment in inside[node]), default=None)
    if item is None or sum(segment.tag in _PARAGRAPHS for segment in inside[item]) < _LAYOUT_PARAGRAPHS:
        return None
    own, whole = sum(len(segment.text) for segment in inside[item]), sum(len(segments[index].text) for index in body)
    return item if own > whole / 2 else None


def _data_tables(segments: Sequence[RawSegment], body: Iterable[int]) -> frozenset[Node]:
    """The tables that hold data: at least two rows and two columns of short cells. The others only lay out text."""
    cells: dict[Node | None, list[RawSegment]] = {}
    for index in body:
        segment = segments[index]
        if segment.node.facts & TABLE:
            cells.setdefault(_outermost(segment.node, "table"), []).append(segment)
    return frozenset(table for table, inside in cells.items() if table is not None and _is_data(inside))


def _is_data(inside: Sequence[RawSegment]) -> bool:
    rows = [_nearest(segment.node, "tr") for segment in inside]
    wide = any(one is other for one, other in pairwise(rows))
    short = all(segment.tag in _CELLS and segment.text.count(" ") < _LONGEST_CELL for segment in inside)
    return short and wide and len(set(rows)) > 1


def _heading(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Heading(runs_of(group[0], base), int(group[0].tag[1]))


def _paragraph(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Paragraph(runs_of(group[0], base), match_note(group[0].text))


def _quote(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Quote(runs_of(group[0], base))


def _code(group: Sequence[RawSegment], base: Base | None) -> Block:
    del base
    return Code("\n".join("".join(text for text, _, _ in segment.pieces).strip("\n") for segment in group))


def _embed(group: Sequence[RawSegment], base: Base | None) -> Block:
    links = [link.href for segment in group for link in segment.links]
    runs: list[Run] = []
    for segment in group:
        own = runs_of(segment, base)
        runs += (attrs.evolve(own[0], text=f" {own[0].text}"), *own[1:]) if runs else own
    return Embed(resolve(links[-1], base) if links else None, tuple(runs))


def _list(group: Sequence[RawSegment], base: Base | None) -> Block:
    depths = [sum(node.tag in _LISTS for node in _upward(segment.node)) for segment in group]
    shallowest = min(depths)
    items = tuple(ListItem(runs_of(segment, base), depth - shallowest) for segment, depth in zip(group, depths, strict=True))
    outer = _nearest(group[depths.index(shallowest)].node, *_LISTS)
    return ListBlock(items, outer is not None and outer.tag == "ol")


def _table(group: Sequence[RawSegment], base: Base | None) -> Block:
    rows = groupby(group, key=lambda segment: _nearest(segment.node, "tr"))
    return Table(tuple(tuple(TableCell(runs_of(segment, base), segment.tag == "th") for segment in row) for _, row in rows))


_BUILDERS: Mapping[str, Callable[[Sequence[RawSegment], Base | None], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quote": _quote,
    "code": _code,
    "embed": _embed,
    "list": _list,
    "table": _table,
}


def _media(
    walked: Walked, body: Sequence[int], captions: Sequence[int], base: Base | None, around: Around
) -> Iterator[tuple[int, Block, list[int]]]:
    """The figures and embeds that stand among the body's segments: before which segment, the block, and its captions' indices."""
    segments = walked.segments
    nodes = [segments[index].node for index in body]
    container = _common([node for node in nodes if not node.facts & LIST] or nodes)
    if container is None:
        return
    head = [index for index in around.head if index < body[0]][-_MOST_HEAD:]
    top = _top(container, [segments[index].node for index in head] + nodes)
    start = min([body[0], *head, top.first + _REACH if top.tag == "article" else body[0]]) - _REACH
    own_text = sorted({*body, *captions, *head})
    captions_of: dict[Node | int, list[int]] = {}
    for index in captions:  # those that are in no figure stand right below their picture
        captions_of.setdefault(_nearest(segments[index].node, "figure") or index, []).append(index)
    seen: set[str] = set()
    tag_at: dict[tuple[int, Node], str] = {}
    taken: set[int] = set()
    for item in walked.media:
        if not start <= item.before <= body[-1] + 2:
            continue
        is_picture = item.tag in _PICTURES
        is_top = is_picture and item.before <= body[0]
        if not _is_content(item.node, top if is_top else container, own_text, around.foreign if is_picture else ()):
            continue
        if not is_picture:
            if (embed := _frame(item, base)) and embed.url and embed.url not in seen:
                seen.add(embed.url)
                yield item.before, embed, []
            continue
        around_it = _figure(item.node)
        place = item.before, around_it or item.node
        if tag_at.get(place, item.tag) != item.tag:  # the same picture, for readers with and without scripts
            continue
        own = captions_of.get(around_it or item.before, [])
        if not own:
            own = _caption_in_box(item.node, segments, around.chrome, taken)
        figure = _image(item, [segments[index] for index in own], base, is_top)
        if figure is None or (is_top and fold(figure.image.alt or "") in around.names):
            continue
        key = picture_key(figure.image.url)
        if key not in seen:
            seen.add(key)
            tag_at[place] = item.tag
            taken.update(own)
            captions_of.pop(around_it or item.before, None)
            yield item.before, figure, own


def _figure(node: Node) -> Node | None:
    """The ``<figure>`` around a picture."""
    here: Node | None = node
    for _ in range(_FIGURE_LEVELS):
        if here is None or here.tag == "figure":
            return here
        here = here.parent
    return None


def _top(container: Node, head: Sequence[Node]) -> Node:
    """The element that the article's headline, first picture and text are in, as far as can be told."""
    article = _nearest(container, "article")
    common = _common(head) or container
    return article if article is not None and article.depth < common.depth else common


def _is_content(node: Node, container: Node, own: Sequence[int], foreign: Sequence[int]) -> bool:
    """Whether ``node`` is in ``container``, and the innermost box around it with a say in it is the article's.

    A box has a say where it has some of the article's ``own`` text or of a ``foreign`` one, or is called something else than content.
    """
    says = 0
    for here in _upward(node):
        if here is container:
            return not says
        if here.tag == "figure":  # what the elements in it are called is about the figure
            says = 0
        if here.first < here.end and _any_within(own, here):
            return not says and _is_in(here, container)
        if here.tag in _ASIDES or (here.tag != "figure" and here.first < here.end and _any_within(foreign, here)):
            return False
        says |= here.own & _NOT_CONTENT
    return False


def _is_in(node: Node, container: Node) -> bool:
    return any(here is container for here in _upward(node))


def _any_within(indices: Sequence[int], node: Node) -> bool:
    at = bisect_left(indices, node.first)
    return at < len(indices) and indices[at] < node.end


def _common(chosen: Sequence[Node]) -> Node | None:
    """The deepest element around all of the ``chosen``, and not one of them."""
    if not chosen:
        return None
    first, end = min(node.first for node in chosen), max(node.end for node in chosen)
    here = chosen[0].parent
    while here is not None and not here.first <= first <= end <= here.end:
        here = here.parent
    return here


def _caption_in_box(node: Node, segments: Sequence[RawSegment], chrome: Collection[int], taken: Collection[int]) -> list[int]:
    """The sentences in the innermost box around a picture that holds little more: its caption, though nothing says so."""
    box = next((here for here in _upward(node) if here.first < here.end), node)
    inside = range(box.first, box.end)
    if len(inside) > _MOST_CAPTIONS or any(index not in chrome or index in taken for index in inside):
        return []
    lines = [index for index in inside if not segments[index].links and segments[index].tag != "button"]
    return lines if any(_is_caption(segments[index].text) for index in lines) else []


def _is_caption(text: str) -> bool:
    return len(text) >= _SHORTEST_CAPTION and match_phrase(text) is None


def _image(item: RawMedia, captions: Iterable[RawSegment], base: Base | None, is_top: bool) -> Figure | None:
    get = item.element.get
    source, wide = source_and_width(item.element)
    url = resolve(source, base) if source else None
    width, height = _pixels(get("width")), _pixels(get("height"))
    if (
        url is None
        or _SITE.match(url)
        or _is_small(width)
        or _is_small(height)
        or _is_small(_pixels((get("sizes") or "").removesuffix("px")))
    ):
        return None
    text, credit = _caption(captions)
    alt = get("alt") or None
    if not text and (
        _NO_PHOTO.search(url)
        or ((is_top or width is None) and _SIGN.search(url))
        or (alt and alt.casefold() in _NO_PICTURES)
        or token_mask(get("class", "")) & _AUTHOR
    ):
        return None
    if wide and wide != width:  # the size that the markup states is that of another version
        width, height = wide, round(height * wide / width) if height and width else None
    return Figure(Image(url, text or None, credit, alt, width, height))


def _is_small(side: int | None) -> bool:
    return side is not None and side < _SMALLEST_IMAGE


def _caption(captions: Iterable[RawSegment]) -> tuple[str, str | None]:
    """What the lines of a caption say together, and its credit, which may be a line of its own; a button or number is no part of it."""
    parts = [split_credit(segment.text) for segment in captions if segment.tag != "button" and not _NUMBER.match(segment.text)]
    credit = next((found for _, found in parts if found), None)
    if credit:
        return " ".join(text for text, _ in parts if text and not _LABEL.match(text)), credit
    return split_credit(" ".join(text for text, _ in parts))


def _pixels(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 7 else None


def _frame(item: RawMedia, base: Base | None) -> Embed | None:
    get = item.element.get
    source = next((value for name in _FRAME_SOURCES if (value := get(name, "")) and not value.startswith("about:")), None)
    url = resolve(source, base) if source else None
    host = parts_of(url).hostname
    return Embed(url) if host and _EMBED_HOSTS.search(host) else None
