"""An article as a small, complete HTML page: plain semantic elements, no script, style, class or event handler."""

from collections.abc import Iterator
from functools import singledispatch
from html import escape
from itertools import groupby

from newsparse.export.common import adjacent, dates, heading_level, nested, safe_url
from newsparse.model import (
    Article,
    Author,
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
    TableCell,
)


def to_html(article: Article) -> str:
    """The page: head, the article with its header and body, then the adjacent and related articles."""
    content = _lines(_element("head", _lines(*_head(article))), _element("body", _lines(*_main(article))))
    return f"<!doctype html>\n{_element('html', content, lang=article.language)}"


def _head(article: Article) -> Iterator[str]:
    yield _tag("meta", charset="utf-8")
    yield _element("title", escape(article.title or "", quote=False))
    if article.summary:
        yield _tag("meta", name="description", content=article.summary)
    for author in article.authors:
        yield _tag("meta", name="author", content=author.name)
    if url := safe_url(article.canonical_url):
        yield _tag("link", rel="canonical", href=url)


def _main(article: Article) -> Iterator[str]:
    header = tuple(_header(article))
    yield _element("article", _lines(_element("header", _lines(*header)) if header else "", *(_block(block) for block in article.body)))
    if links := adjacent(article):
        yield _element("nav", _lines(*(_element("p", f"{label}: {_link(link, rel)}") for label, rel, link in links)))
    if article.related:
        items = (_element("li", _link(link)) for link in article.related)
        yield _element("aside", _lines(_element("h2", "Related"), _element("ul", _lines(*items))))


def _header(article: Article) -> Iterator[str]:
    if article.title:
        yield _element("h1", _text(article.title))
    if article.subtitle:
        # The role that DPUB-ARIA has for it.
        yield _element("p", _text(article.subtitle), role="doc-subtitle")
    if article.authors:
        yield _element("address", "By " + ", ".join(map(_author, article.authors)))
    for label, moment in dates(article):
        yield _element("p", f"{label}: {_element('time', moment.replace('T', ' '), datetime=moment)}")


def _author(author: Author) -> str:
    url = safe_url(author.url)
    return _element("a", _text(author.name), rel="author", href=url) if url else _text(author.name)


def _link(link: Link, rel: str | None = None) -> str:
    url = safe_url(link.url)
    return _element("a", _text(link.title), rel=rel, href=url) if url else _text(link.title)


@singledispatch
def _block(block: Block) -> str:
    return _element("p", _text(block.text))


@_block.register
def _paragraph(block: Paragraph) -> str:
    return _element("p", _runs(block.runs))


@_block.register
def _heading(block: Heading) -> str:
    return _element(f"h{heading_level(block.level)}", _runs(block.runs))


@_block.register
def _list(block: ListBlock) -> str:
    tag = "ol" if block.ordered else "ul"
    html, level = "", -1
    for depth, _, item in nested(block.items):
        # A deeper list stands inside the item before it; otherwise that item ends, and every list deeper than this one.
        html += f"<{tag}>" if depth > level else f"</li></{tag}>" * (level - depth) + "</li>"
        html += f"\n<li>{_runs(item.runs)}"
        level = depth
    return html + f"</li></{tag}>" * (level + 1)


@_block.register
def _quote(block: Quote) -> str:
    footer = _element("footer", _element("cite", _text(block.attribution))) if block.attribution else ""
    return _element("blockquote", _lines(_element("p", _runs(block.runs)), footer))


@_block.register
def _table(block: Table) -> str:
    rows = (_element("tr", "".join(map(_cell, row))) for row in block.rows)
    return _element("table", _lines(*rows))


def _cell(cell: TableCell) -> str:
    return _element("th" if cell.header else "td", _runs(cell.runs))


@_block.register
def _figure(block: Figure) -> str:
    image = block.image
    url = safe_url(image.url)
    shown = _tag("img", src=url, alt=image.alt or "", width=image.width, height=image.height) if url else ""
    credit = _element("small", _text(image.credit)) if image.credit else ""
    caption = " ".join(part for part in (_text(image.caption or ""), credit) if part)
    return _element("figure", _lines(shown, _element("figcaption", caption) if caption else ""))


@_block.register
def _embed(block: Embed) -> str:
    url = safe_url(block.url)
    if block.text:
        return _element("blockquote", _lines(_element("p", _runs(block.runs))), cite=url)
    # The address is no text of the article; a caption is not either.
    return _element("figure", _lines(_element("figcaption", _element("a", _text(url), href=url)))) if url else ""


@_block.register
def _code(block: Code) -> str:
    return _element("pre", _element("code", escape(block.code, quote=False)))


def _runs(runs: tuple[Run, ...]) -> str:
    html = ""
    for url, group in groupby((run for run in runs if run.text), key=lambda run: safe_url(run.href)):
        text = "".join(map(_run, group))
        html += _element("a", text, href=url) if url else text
    return html


def _run(run: Run) -> str:
    html = _text(run.text)
    for tag, applies in (("code", run.code), ("em", run.emphasis), ("strong", run.strong)):
        html = _element(tag, html) if applies else html
    return html


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _element(tag: str, content: str, /, **attributes: str | int | None) -> str:
    return f"{_tag(tag, **attributes)}{content}</{tag}>"


def _tag(tag: str, /, **attributes: str | int | None) -> str:
    written = (f' {name}="{escape(str(value))}"' for name, value in attributes.items() if value is not None)
    return f"<{tag}{''.join(written)}>"


def _lines(*parts: str) -> str:
    """The parts one a line, so that white space only stands where it does not count: between blocks."""
    return "".join(f"\n{part}" for part in parts if part) + "\n"
