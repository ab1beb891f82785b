"""The blocks of a body, as rich shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from newsparse.cli.output import one_line, visible
from newsparse.model import Block, Code, Embed, Figure, Heading, ListBlock, Note, Paragraph, Quote, Run, Table, TableCell

BOLD = Style(bold=True)
DIM = Style(dim=True)
ITALIC = Style(italic=True)
ACCENT = Style(bold=True, color="magenta")  # legible on dark and on light ground

_NOTES = {Note.CORRECTION: "Correction", Note.EDITORS_NOTE: "Editor’s note"}
_MAX_COLUMNS = 8  # more do not fit side by side
_WEB = ("http://", "https://")


@attrs.frozen
class Hanging:
    """Content with a marker before its first line and another before the lines that follow."""

    first: str
    rest: str
    content: RenderableType
    style: Style = DIM

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, as rich asks for them."""
        width = max(1, options.max_width - max(len(self.first), len(self.rest)))
        lines = console.render_lines(self.content, options.update(width=width), pad=False)
        for marker, line in zip(chain([self.first], repeat(self.rest)), lines, strict=False):
            yield Segment(marker, self.style)
            yield from line
            yield Segment.line()


def block_view(block: Block) -> RenderableType:
    """``block`` as rich shows it."""
    view: RenderableType
    match block:
        case Paragraph():
            view = _paragraph(block)
        case Heading():
            view = Text(visible(block.text), ACCENT)
        case ListBlock():
            view = Group(*_items(block))
        case Quote():
            view = _quote(block)
        case Table():
            view = _table(block)
        case Figure():
            view = _figure(block)
        case Embed():
            view = _embed(block)
        case Code():
            view = Hanging("    ", "    ", Text(visible(block.code), overflow="fold"))
    return view


def runs_view(runs: tuple[Run, ...]) -> Text:
    """Runs as styled text."""
    text = Text()
    for run in runs:
        text.append(visible(run.text), _run_style(run))
    return text


def link_style(url: str | None) -> Style:
    """A style that makes text a link, where the terminal can do that and ``url`` is a web address."""
    return Style(link=one_line(url)) if url and url.lower().startswith(_WEB) else Style.null()


def _run_style(run: Run) -> Style:
    style = Style(
        bold=run.strong or None,
        italic=run.emphasis or None,
        underline=run.href is not None or None,
        color="magenta" if run.code else None,
    )
    return style + link_style(run.href)


def _paragraph(block: Paragraph) -> RenderableType:
    text = runs_view(block.runs)
    return Group(Text(_NOTES[block.note], DIM), Hanging("┆ ", "┆ ", text)) if block.note else text


def _items(block: ListBlock) -> Iterator[RenderableType]:
    """The items, each with its bullet or number; numbers start again in each list within the list."""
    numbers: list[int] = []
    for item in block.items:
        numbers = [*numbers, *repeat(0, item.depth + 1 - len(numbers))][: item.depth + 1]
        numbers[-1] += 1
        marker = ("   " * item.depth + f"{numbers[-1]}. ") if block.ordered else ("  " * item.depth + "• ")
        yield Hanging(marker, " " * len(marker), runs_view(item.runs))


def _quote(block: Quote) -> RenderableType:
    text = runs_view(block.runs)
    text.stylize(ITALIC)
    lines = [text, Text(f"— {one_line(block.attribution)}", DIM)] if block.attribution else [text]
    return Hanging("│ ", "│ ", Group(*lines))


def _table(block: Table) -> RenderableType:
    if any(len(row) > _MAX_COLUMNS for row in block.rows):
        return Group(*(Hanging("• ", "  ", Text(" │ ").join(map(_cell, row))) for row in block.rows))
    rows = list(block.rows)
    header = rows.pop(0) if rows and all(cell.header for cell in rows[0]) else ()
    grid = Grid(box=SIMPLE_HEAD, show_header=bool(header), header_style=BOLD, border_style=DIM, pad_edge=False, show_edge=False)
    for cell in header:
        grid.add_column(_cell(cell))
    for row in rows:
        grid.add_row(*map(_cell, row))
    return grid


def _cell(cell: TableCell) -> Text:
    text = runs_view(cell.runs)
    if cell.header:
        text.stylize(BOLD)
    return text


def _figure(block: Figure) -> RenderableType:
    image = block.image
    words = [one_line(word) for word in (image.caption or image.alt, image.credit) if word]
    label = Text("Image", link_style(image.url) + DIM)
    return Hanging("▪ ", "  ", Text(": ", DIM).join([label, Text(" · ".join(words), DIM)]) if words else label)


def _embed(block: Embed) -> RenderableType:
    address = Text(one_line(block.url), link_style(block.url) + DIM, overflow="fold") if block.url else Text("Embedded", DIM)
    return Hanging("▏ ", "▏ ", Group(runs_view(block.runs), address) if block.runs else address)
