"""Body segments to blocks: paragraphs, headings, lists, quotes, tables, figures, embeds and code."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import attrs

from newsparse.document.segments import CODE, EMPHASIS, FIGURE, LIST, PRE, QUOTE, STRONG, TABLE, Node, RawMedia, RawSegment, Walked
from newsparse.document.urls import Base, resolve
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import match_note
from newsparse.model import Block, Code, Embed, Figure, Heading, Image, ListBlock, ListItem, Paragraph, Quote, Run, Table, TableCell

_LISTS, _ITEMS, _CELLS = ("ul", "ol", "dl", "menu"), ("li", "dt", "dd"), ("td", "th")
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
    tables = _data_tables(segments, body)
    media = list(_media(walked, body, captions, base))
    blocks: list[Block] = []
    block_of: dict[int, int] = {}
    group: list[int] = []
    group_key: tuple[str, object] | None = None

    def close() -> None:
        if group and group_key is not None:
            block_of.update(dict.fromkeys(group, len(blocks)))
            blocks.append(_BUILDERS[group_key[0]]([segments[index] for index in group], base))
            group.clear()

    for index in body:
        while media and media[0][0] <= index:
            close()
            _, block, its_captions = media.pop(0)
            block_of.update(dict.fromkeys(its_captions, len(blocks)))
            blocks.append(block)
        key = _group(segments[index], tables)
        if group and (key != group_key or key[1] is None):
            close()
        group_key = key
        group.append(index)
    close()
    for _, block, its_captions in media:
        block_of.update(dict.fromkeys(its_captions, len(blocks)))
        blocks.append(block)
    return Body(tuple(blocks), block_of)


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
        if runs and (space or text[0].isspace()):
            words = f" {words}"
        space = text[-1].isspace()
        url = resolve(href, base) if href is not None else None
        run = Run(words, url, bool(style & STRONG), bool(style & EMPHASIS), bool(style & CODE))
        if runs and attrs.evolve(runs[-1], text="") == attrs.evolve(run, text=""):
            run = attrs.evolve(run, text=runs.pop().text + run.text)
        runs.append(run)
    return tuple(runs)


def _ancestors(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent


def _group(segment: RawSegment, tables: Collection[Node]) -> tuple[str, object]:
    """The kind of block that a segment makes, and what it shares with its neighbours in the same block (``None``: nothing)."""
    node = segment.node
    if node.facts & PRE:
        return "code", next(above for above in _ancestors(node) if above.tag == "pre")
    if segment.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "heading", None
    if node.facts & TABLE and (table := _outermost(node, ("table",))) in tables:
        return "table", table
    if node.facts & QUOTE:
        tokens = 0
        for above in _ancestors(node):
            tokens |= above.own
            if above.tag == "blockquote":
                break
        return ("embed", above) if tokens & _EMBED_TOPIC else ("quote", None)
    if node.facts & LIST and any(above.tag in _ITEMS for above in _ancestors(node)):
        return "list", _outermost(node, _LISTS)
    return "paragraph", None


def _outermost(node: Node, tags: Collection[str]) -> Node | None:
    found = None
    for above in _ancestors(node):
        if above.tag in tags:
            found = above
    return found


def _data_tables(segments: Sequence[RawSegment], body: Iterable[int]) -> frozenset[Node]:
    """The tables that hold data: at least two rows and two columns of short cells. The others only lay out text."""
    cells: dict[Node, list[RawSegment]] = {}
    for index in body:
        segment = segments[index]
        if segment.node.facts & TABLE and (table := _outermost(segment.node, ("table",))):
            cells.setdefault(table, []).append(segment)
    return frozenset(table for table, inside in cells.items() if _is_data(inside))


def _is_data(inside: Sequence[RawSegment]) -> bool:
    rows = [_row(segment) for segment in inside]
    wide = any(one is other for one, other in pairwise(rows))
    short = all(segment.tag in _CELLS and segment.text.count(" ") < _LONGEST_CELL for segment in inside)
    return short and wide and len({id(row) for row in rows}) > 1


def _row(segment: RawSegment) -> Node | None:
    return next((above for above in _ancestors(segment.node) if above.tag == "tr"), None)


def _heading(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Heading(runs_of(group[0], base), int(group[0].tag[1]))


def _paragraph(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Paragraph(runs_of(group[0], base), match_note(group[0].text))


def _quote(group: Sequence[RawSegment], base: Base | None) -> Block:
    return Quote(runs_of(group[0], base))


def _code(group: Sequence[RawSegment], base: Base | None) -> Block:
    del base
    return Code("\n".join("".join(piece.text for piece in segment.pieces).strip("\n") for segment in group))


def _embed(group: Sequence[RawSegment], base: Base | None) -> Block:
    links = [link.href for segment in group for link in segment.links]
    runs: list[Run] = []
    for segment in group:
        own = runs_of(segment, base)
        runs += (attrs.evolve(own[0], text=f" {own[0].text}"), *own[1:]) if runs else own
    return Embed(resolve(links[-1], base) if links else None, tuple(runs))


def _list(group: Sequence[RawSegment], base: Base | None) -> Block:
    items = tuple(ListItem(runs_of(segment, base), _list_depth(segment.node)) for segment in group)
    shallowest = min(item.depth for item in items)
    outer = _outermost(group[0].node, _LISTS)
    return ListBlock(tuple(attrs.evolve(item, depth=item.depth - shallowest) for item in items), outer is not None and outer.tag == "ol")


def _list_depth(node: Node) -> int:
    return sum(above.tag in _LISTS for above in _ancestors(node))


def _table(group: Sequence[RawSegment], base: Base | None) -> Block:
    rows: list[list[TableCell]] = []
    row: Node | None = None
    for segment in group:
        its_row = _row(segment)
        if not rows or its_row is not row:
            rows.append([])
            row = its_row
        rows[-1].append(TableCell(runs_of(segment, base), segment.tag == "th"))
    return Table(tuple(map(tuple, rows)))


_BUILDERS: Mapping[str, Callable[[Sequence[RawSegment], Base | None], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "quote": _quote,
    "code": _code,
    "embed": _embed,
    "list": _list,
    "table": _table,
}


def _media(walked: Walked, body: Sequence[int], captions: Collection[int], base: Base | None) -> Iterator[tuple[int, Block, list[int]]]:
    """The figures and embeds that stand among the body's segments: before which segment, the block, and its captions' indices."""
    if not body:
        return
    inside = _common(walked.segments[index].node for index in body if not walked.segments[index].node.facts & LIST)
    seen: set[str] = set()
    for item in walked.media:
        if not body[0] - 3 <= item.before <= body[-1] + 2 or not _is_content(item.node, inside):
            continue
        found = _image(item, walked, captions, base) if item.tag == "img" else _frame(item, base)
        if found is None:
            continue
        block, its_captions = found
        url = block.image.url if isinstance(block, Figure) else block.url
        if url and url not in seen:
            seen.add(url)
            yield item.before, block, its_captions


def _common(nodes: Iterable[Node]) -> Node | None:
    """The deepest element that holds all of ``nodes``."""
    shared: list[Node] | None = None
    for node in nodes:
        if shared is None:
            shared = list(_ancestors(node.parent or node))
            continue
        own = set(map(id, _ancestors(node)))
        while shared and id(shared[0]) not in own:
            shared.pop(0)
    return shared[0] if shared else None


def _is_content(node: Node, inside: Node | None) -> bool:
    for above in _ancestors(node):
        if above is inside:
            return True
        if above.own & _NOT_CONTENT or above.tag in ("nav", "aside", "footer"):
            return False
    return False


def _image(item: RawMedia, walked: Walked, captions: Collection[int], base: Base | None) -> tuple[Figure, list[int]] | None:
    get = item.attributes.get
    source = next((value for name in _IMAGE_SOURCES if (value := get(name, "")) and not value.startswith("data:")), None)
    url = resolve(source, base) if source else None
    width, height = _pixels(get("width")), _pixels(get("height"))
    if url is None or (width is not None and width < _SMALLEST_IMAGE) or (height is not None and height < _SMALLEST_IMAGE):
        return None
    figure = next((above for above in _ancestors(item.node) if above.tag == "figure"), None)
    own = [index for index in captions if figure is not None and _holds(figure, walked.segments[index].node)]
    caption = " ".join(walked.segments[index].text for index in own) or None
    return Figure(Image(url, caption, None, get("alt") or None, width, height)), own


def _holds(outer: Node, node: Node) -> bool:
    return bool(node.facts & FIGURE) and any(above is outer for above in _ancestors(node))


def _pixels(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 7 else None


def _frame(item: RawMedia, base: Base | None) -> tuple[Embed, list[int]] | None:
    source = item.attributes.get("src") or item.attributes.get("data-src") or ""
    url = resolve(source, base) if source else None
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        host = None
    return (Embed(url), []) if host and _EMBED_HOSTS.search(host) else None
