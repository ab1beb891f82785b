"""An article as a page to read on a terminal: the article, where it leads, and what was removed and why."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from newsparse.cli.blocks import ACCENT, BOLD, DIM, ITALIC, Hanging, block_view, link_style
from newsparse.cli.output import one_line, visible
from newsparse.model import Article, DatePrecision, Link, PageKind, Segment

_WIDTH = 88  # a comfortable line; narrower terminals keep their own width
_RELATED = 10  # more make a wall of links


def pretty(article: Article, *, name: str | None = None, terminal: bool = False) -> str:
    """``article`` to read, at most 88 columns wide.

    Args:
        article: what to show.
        name: a heading above it, for one of several.
        terminal: whether to write styles and colours, as far as the environment allows them.
    """
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal or None, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDTH)
    if name is not None:
        console.print(_rule(one_line(name)))
    for part in _parts(article):
        console.print(part)
        console.print()
    lines = (line.rstrip() for line in stream.getvalue().split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def _parts(article: Article) -> Iterator[RenderableType]:
    yield _head(article)
    yield from map(block_view, article.body)
    if not article.body:
        yield Text("No body was found.", ITALIC)
    yield from _leads(article)
    yield from _removed(article.boilerplate)
    yield from _notices(article)


def _rule(title: str) -> Rule:
    return Rule(Text(title, DIM), style=DIM, align="left")


def _head(article: Article) -> RenderableType:
    title = Text(one_line(article.title), BOLD) if article.title else Text("Untitled", ITALIC)
    url = article.canonical_url or article.url
    lines = [
        Text(_where(article), DIM),
        title,
        Text(one_line(article.subtitle or ""), ITALIC),
        Text(_byline(article)),
        Text(one_line(url or ""), link_style(url) + DIM, overflow="fold"),
    ]
    return Group(*(line for line in lines if line))


def _where(article: Article) -> str:
    """Such as ``Example Times · Economy · en · live blog``."""
    kind = None if article.kind is PageKind.ARTICLE else article.kind.replace("_", " ")
    paid = "for subscribers" if article.is_free is False else None
    return _joined(article.site_name, article.section, article.language, kind, paid)


def _byline(article: Article) -> str:
    """Such as ``Ada Lovelace, Alan Turing · 3 May 2024, 14:05 UTC · updated 4 May 2024``."""
    authors = ", ".join(author.name for author in article.authors)
    published = _date(article.published, article.published_precision)
    modified = _date(article.modified, article.modified_precision)
    return _joined(authors, published, f"updated {modified}" if modified and modified != published else None)


def _joined(*words: str | None) -> str:
    return " · ".join(one_line(word) for word in words if word)


def _date(moment: datetime | None, precision: DatePrecision | None) -> str | None:
    if moment is None:
        return None
    day = f"{moment.day} {moment:%B} {moment.year}"
    return day if precision is DatePrecision.DAY else f"{day}, {moment:%H:%M}{_zone(moment.utcoffset())}"


def _zone(offset: timedelta | None) -> str:
    """Such as `` UTC+02:00``; nothing where the page states no zone."""
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return " UTC" + (f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "")


def _leads(article: Article) -> Iterator[RenderableType]:
    """The links that lead on from the article."""
    rows = (("Previous", article.previous), ("Next", article.next), ("Next page", article.next_page))
    grid = Grid.grid(padding=(0, 2))
    for label, link in rows:
        if link is not None:
            grid.add_row(Text(label, ACCENT), _link(link))
    if article.related:
        grid.add_row(Text("Related", ACCENT), Group(*_related(article.related)))
    if article.tags:
        grid.add_row(Text("Tags", ACCENT), Text(", ".join(map(one_line, article.tags))))
    if grid.rows:
        yield _rule("Links")
        yield grid


def _related(links: tuple[Link, ...]) -> Iterator[RenderableType]:
    yield from map(_link, links[:_RELATED])
    if len(links) > _RELATED:
        yield Text(f"and {len(links) - _RELATED} more", DIM)


def _link(link: Link) -> RenderableType:
    title = Text(one_line(link.title), link_style(link.url))
    return Group(title, Text(one_line(link.url), DIM, overflow="fold")) if link.url else title


def _removed(boilerplate: tuple[Segment, ...]) -> Iterator[RenderableType]:
    """What is no part of the article, a row a kind, the largest first."""
    kinds: dict[str, list[Segment]] = {}
    for segment in boilerplate:
        kinds.setdefault(segment.kind or "other", []).append(segment)
    grid = Grid(box=SIMPLE_HEAD, header_style=DIM, border_style=DIM, pad_edge=False, show_edge=False, expand=True)
    grid.add_column("Kind")
    grid.add_column("Pieces", justify="right")
    grid.add_column("Words", justify="right")
    grid.add_column("Such as, and why", ratio=1)
    for kind, segments in sorted(kinds.items(), key=lambda item: -_words(item[1])):
        grid.add_row(Text(kind.replace("_", " ")), str(len(segments)), str(_words(segments)), _example(segments))
    yield _rule(f"Removed: {_count(len(boilerplate), 'piece')}, {_count(_words(boilerplate), 'word')}")
    if kinds:
        yield grid


def _example(segments: list[Segment]) -> RenderableType:
    """The first piece that went for the commonest reason, on one line, and the reason. Pieces with text go first."""
    shown = [segment for segment in segments if segment.text] or segments
    reason = Counter(segment.reason for segment in shown).most_common(1)[0][0]
    sample = next(segment for segment in shown if segment.reason == reason)
    return Group(Text(one_line(sample.text), no_wrap=True, overflow="ellipsis"), Text(one_line(reason), DIM))


def _words(segments: list[Segment] | tuple[Segment, ...]) -> int:
    return sum(len(segment.text.split()) for segment in segments)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _notices(article: Article) -> Iterator[RenderableType]:
    if article.notices:
        yield Group(*(Hanging("! ", "  ", Text(visible(notice.message)), ACCENT) for notice in article.notices))
