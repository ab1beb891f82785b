"""Body segments to blocks: paragraphs, headings, lists, quotes, tables, figures, embeds and code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from urllib.parse import urlsplit

import attrs

from newsparse.document.segments import CODE, EMPHASIS, LIST, PRE, QUOTE, STRONG, TABLE, Node, RawMedia, RawSegment, Walked, last_inside
from newsparse.document.urls import Base, resolve
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import match_note
from newsparse.model import Block, Code, Embed, Figure, Heading, Image, ListBlock, ListItem, Paragraph, Quote, Run, Table, TableCell

_LISTS, _ITEMS, _CELLS, _ASIDES = ("ul", "ol", "dl", "menu"), ("li", "dt", "dd"), ("td", "th"), ("nav", "aside", "footer")
_EMBED_TOPIC = topic_bit("social_embed")
_NOT_CONTENT = (
    topic_bit("related") | topic_bit("author") | topic_bit("ad") | topic_bit("newsletter") | topic_bit("share") | topic_bit("comments")
)
# Hosts whose frames are part of an article rather than an advertisement or a widget of the site.
_EMBED_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com"
    r"|bsky\.app|threads\.net|t\.me|reddit\.com|spotify\.com|soundcloud\.com|podcasts\.apple\.com|acast\.com|datawrapper\.de|dwcdn\.net"
    r"|flourish\.studio|infogram\.com|documentcloud\.org|google\.com|openstreetmap\.org)$"
)
_IMAGE_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "src")
_SMALLEST_IMAGE = 100
# A cell with more words than this holds text that is laid out by a table, not data.
_LONGEST_CELL = 60


@attrs.frozen
class Body:
    """The blocks in reading order, and the block that each segment is part of, by the segment's index."""

    blocks: tuple[Block, ...]
    block_of: Mapping[int, int]


def build_blocks(walked: Walked, body: Sequence[int], captions: Collection[int], base: Base | None) -> Body:
    """Blocks of the body segments, with the figures and embeds between them. ``body`` and ``captions`` are indices, in order."""
    segments = walked.segments
    around = _Around(walked.nodes)
    tables = _data_tables(segments, body, around)
    media = deque(_media(walked, body, captions, around, base))
    blocks: list[Block] = []
    block_of: dict[int, int] = {}

    def add(block: Block, indices: Iterable[int]) -> None:
        block_of.update(dict.fromkeys(indices, len(blocks)))
        blocks.append(block)

    for (kind, _), group in _groups(segments, body, around, tables, [item[0] for item in media]):
        while media and media[0][0] <= group[0]:
            add(*media.popleft()[1:])
        add(_BUILDERS[kind]([segments[index] for index in group], around, base), group)
    for item in media:
        add(*item[1:])
    return Body(tuple(blocks), block_of)


class _Around:
    """Which elements each element is in, by ``Node.index``; each list is made in one pass, when it is first asked for."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes

    def _outermost(self, *tags: str) -> list[Node | None]:
        found: list[Node | None] = []
        for node in self._nodes:  # an element comes after the one around it
            outer = found[node.parent.index] if node.parent is not None and node.parent.index >= 0 else None
            found.append(outer or (node if node.tag in tags else None))
        return found

    def _innermost(self, *tags: str) -> list[Node | None]:
        found: list[Node | None] = []
        for node in self._nodes:
            outer = found[node.parent.index] if node.parent is not None and node.parent.index >= 0 else None
            found.append(node if node.tag in tags else outer)
        return found

    @cached_property
    def outer_list(self) -> list[Node | None]:
        return self._outermost(*_LISTS)

    @cached_property
    def item(self) -> list[Node | None]:
        return self._innermost(*_ITEMS)

    @cached_property
    def table(self) -> list[Node | None]:
        return self._outermost("table")

    @cached_property
    def row(self) -> list[Node | None]:
        return self._innermost("tr")

    @cached_property
    def quote(self) -> list[Node | None]:
        return self._innermost("blockquote")

    @cached_property
    def pre(self) -> list[Node | None]:
        return self._innermost("pre")

    @cached_property
    def figure(self) -> list[Node | None]:
        return self._innermost("figure")

    @cached_property
    def list_depth(self) -> list[int]:
        depths: list[int] = []
        for node in self._nodes:
            outer = depths[node.parent.index] if node.parent is not None and node.parent.index >= 0 else 0
            depths.append(outer + (node.tag in _LISTS))
        return depths

    def content(self, inside: Node) -> list[bool]:
        """Whether each element is in ``inside`` with nothing between them that is a box of its own."""
        found: list[bool] = []
        for node in self._nodes:
            outer = node.parent is not None and node.parent.index >= 0 and found[node.parent.index]
            found.append(node is inside or (outer and not node.own & _NOT_CONTENT and node.tag not in _ASIDES))
        return found


def _groups(
    segments: Sequence[RawSegment], body: Iterable[int], around: _Around, tables: Collection[Node], breaks: Sequence[int]
) -> Iterator[tuple[tuple[str, object], list[int]]]:
    """The body segments that make a block together, with the kind of block; media that stand between two segments part them."""
    group: list[int] = []
    key: tuple[str, object] = ("", None)
    for index in body:
        own = _group(segments[index], around, tables)
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
        return (Run(segment.text),)
    runs: list[Run] = []
    space = False
    for text, href, style in segment.pieces:
        words = " ".join(text.split())
        if not words:
            space = True
            continue
        url = resolve(href, base) if href is not None else None
        look = (url, bool(style & STRONG), bool(style & EMPHASIS), bool(style & CODE))
        if runs and (space or text[0].isspace()):
            # The space between two runs belongs to the one without a link or style, else to the first.
            if look == _PLAIN and _look(runs[-1]) != _PLAIN:
                words = f" {words}"
            else:
                runs.append(attrs.evolve(last := runs.pop(), text=f"{last.text} "))
        space = text[-1].isspace()
        if runs and _look(runs[-1]) == look:
            words = runs.pop().text + words
        runs.append(Run(words, *look))
    return tuple(runs)


_PLAIN = (None, False, False, False)


def _look(run: Run) -> tuple[str | None, bool, bool, bool]:
    return run.href, run.strong, run.emphasis, run.code


def _any_between(breaks: Sequence[int], after: int, upto: int) -> bool:
    at = bisect_right(breaks, after)
    return at < len(breaks) and breaks[at] <= upto


def _group(segment: RawSegment, around: _Around, tables: Collection[Node]) -> tuple[str, object]:
    """The kind of block that a segment makes, and what it shares with its neighbours in the same block (``None``: nothing)."""
    node = segment.node
    at = node.index
    if node.facts & PRE:
        return "code", around.pre[at]
    if segment.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "heading", None
    if node.facts & TABLE and around.table[at] in tables:
        return "table", around.table[at]
    if node.facts & QUOTE:
        quote = around.quote[at]
        is_embed = quote is not None and (quote.own | node.own) & _EMBED_TOPIC
        return ("embed", quote) if is_embed else ("quote", None)
    if node.facts & LIST and around.item[at] is not None:
        return "list", around.outer_list[at]
    return "paragraph", None


def _data_tables(segments: Sequence[RawSegment], body: Iterable[int], around: _Around) -> frozenset[Node]:
    """The tables that hold data: at least two rows and two columns of short cells. The others only lay out text."""
    cells: dict[Node | None, list[RawSegment]] = {}
    for index in body:
        segment = segments[index]
        if segment.node.facts & TABLE:
            cells.setdefault(around.table[segment.node.index], []).append(segment)
    return frozenset(table for table, inside in cells.items() if table is not None and _is_data(inside, around))


def _is_data(inside: Sequence[RawSegment], around: _Around) -> bool:
    rows = [around.row[segment.node.index] for segment in inside]
    wide = any(one is other for one, other in pairwise(rows))
    short = all(segment.tag in _CELLS and segment.text.count(" ") < _LONGEST_CELL for segment in inside)
    return short and wide and len(set(rows)) > 1


def _heading(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    del around
    return Heading(runs_of(group[0], base), int(group[0].tag[1]))


def _paragraph(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    del around
    return Paragraph(runs_of(group[0], base), match_note(group[0].text))


def _quote(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    del around
    return Quote(runs_of(group[0], base))


def _code(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    del around, base
    return Code("\n".join("".join(piece.text for piece in segment.pieces).strip("\n") for segment in group))


def _embed(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    del around
    links = [link.href for segment in group for link in segment.links]
    runs: list[Run] = []
    for segment in group:
        own = runs_of(segment, base)
        runs += (attrs.evolve(own[0], text=f" {own[0].text}"), *own[1:]) if runs else own
    return Embed(resolve(links[-1], base) if links else None, tuple(runs))


def _list(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    depths = [around.list_depth[segment.node.index] for segment in group]
    shallowest = min(depths)
    items = tuple(ListItem(runs_of(segment, base), depth - shallowest) for segment, depth in zip(group, depths, strict=True))
    outer = around.outer_list[group[0].node.index]
    return ListBlock(items, outer is not None and outer.tag == "ol")


def _table(group: Sequence[RawSegment], around: _Around, base: Base | None) -> Block:
    rows = groupby(group, key=lambda segment: around.row[segment.node.index])
    return Table(tuple(tuple(TableCell(runs_of(segment, base), segment.tag == "th") for segment in row) for _, row in rows))


_BUILDERS: Mapping[str, Callable[[Sequence[RawSegment], _Around, Base | None], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quote": _quote,
    "code": _code,
    "embed": _embed,
    "list": _list,
    "table": _table,
}


def _media(
    walked: Walked, body: Sequence[int], captions: Collection[int], around: _Around, base: Base | None
) -> Iterator[tuple[int, Block, list[int]]]:
    """The figures and embeds that stand among the body's segments: before which segment, the block, and its captions' indices."""
    nodes = [walked.segments[index].node for index in body]
    container = _common([node for node in nodes if not node.facts & LIST] or nodes, walked.nodes)
    if container is None:
        return
    content = around.content(container)
    captions_of: dict[Node | None, list[int]] = {}
    for index in captions:
        captions_of.setdefault(around.figure[walked.segments[index].node.index], []).append(index)
    seen: set[str] = set()
    for item in walked.media:
        if not body[0] - 3 <= item.before <= body[-1] + 2 or not content[item.node.index]:
            continue
        figure = around.figure[item.node.index]
        own = captions_of.pop(figure, []) if figure is not None and item.tag == "img" else []
        block: Figure | Embed | None
        block = _image(item, " ".join(walked.segments[index].text for index in own), base) if item.tag == "img" else _frame(item, base)
        if block is None:
            continue
        url = block.image.url if isinstance(block, Figure) else block.url
        if url and url not in seen:
            seen.add(url)
            yield item.before, block, own


def _common(chosen: Sequence[Node], nodes: Sequence[Node]) -> Node | None:
    """The deepest element around all of the ``chosen``."""
    if not chosen:
        return None
    first, final = min(node.index for node in chosen), max(node.index for node in chosen)
    last = last_inside(nodes)
    here = chosen[0].parent
    while here is not None and here.index >= 0 and not here.index <= first <= final <= last[here.index]:
        here = here.parent
    return here


def _image(item: RawMedia, caption: str, base: Base | None) -> Figure | None:
    get = item.attributes.get
    source = next((value for name in _IMAGE_SOURCES if (value := get(name, "")) and not value.startswith("data:")), None)
    url = resolve(source, base) if source else None
    width, height = _pixels(get("width")), _pixels(get("height"))
    if url is None or (width is not None and width < _SMALLEST_IMAGE) or (height is not None and height < _SMALLEST_IMAGE):
        return None
    return Figure(Image(url, caption or None, None, get("alt") or None, width, height))


def _pixels(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 7 else None


def _frame(item: RawMedia, base: Base | None) -> Embed | None:
    source = item.attributes.get("src", "")
    if not source or source.startswith("about:"):
        source = item.attributes.get("data-src", "")
    url = resolve(source, base) if source else None
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        host = None
    return Embed(url) if host and _EMBED_HOSTS.search(host) else None
