"""An article as Markdown (CommonMark, with GitHub's tables).

The text always comes out as it is: whatever could be read as markup is escaped, and emphasis that Markdown
cannot express at its place, such as bold quotation marks in the middle of a word, is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import groupby, zip_longest

import attrs

from newsparse.export.common import adjacent, caption, date_lines, heading_level, nested, safe_url
from newsparse.model import Article, Block, Code, Embed, Figure, Heading, Link, ListBlock, Paragraph, Quote, Run, Table, TableCell

# Beside emphasis, code and links: "&" begins an entity, "~" GitHub's strikethrough, "|" separates its table cells.
_INLINE_SPECIAL = re.compile(r"[\\`*_\[\]<|~]|&(?!\s)")
# A number before the dot or parenthesis of a list item, or the place before any other mark that begins a block.
_LINE_SPECIAL = re.compile(r"[0-9]{1,9}(?=[.)](?:\s|$))|(?=[#>]|[-+](?:[\s:-]|$)|:-|=+\s*$)")
_NOT_IN_TARGET = re.compile(r"[\x00-\x20\x7f<>\\`|]")
_SPECIAL_IN_TARGET = re.compile(r"[()]|&(?=#?\w+;)")
_BACKTICKS = re.compile(r"`+")
_SEPARATORS = frozenset({"Zs", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"})
_HARD_BREAK = "\\\n"


def to_markdown(article: Article) -> str:
    """The title as heading, subtitle, by-line, dates and body, then the previous, next and related articles."""
    parts = (*_head(article), *_body(article.body), *_tail(article))
    return "\n\n".join(part for part in parts if part)


def _head(article: Article) -> Iterator[str]:
    yield _headline((Run(article.title or ""),), 1)
    yield _lines((Run(article.subtitle or "", emphasis=True),))
    authors = [_one_line((Run(author.name, href=author.url),)) for author in article.authors]
    yield "By " + ", ".join(authors) if authors else ""
    yield _HARD_BREAK.join(date_lines(article))


def _tail(article: Article) -> Iterator[str]:
    if article.previous or article.next or article.related:
        yield "---"
    yield _HARD_BREAK.join(f"{label}: {_link(link)}" for label, _, link in adjacent(article))
    if article.related:
        yield "## Related"
        yield "\n".join(f"- {_escape_line(_link(link))}" for link in article.related)


def _link(link: Link) -> str:
    return _one_line((Run(link.title, href=link.url),))


def _body(blocks: tuple[Block, ...]) -> Iterator[str]:
    after_list = alternate = False
    for block in blocks:
        is_list = isinstance(block, ListBlock)
        # Two lists in a row would become one unless the second is marked differently.
        marked = is_list and after_list and not alternate
        if text := _list(block, marked) if isinstance(block, ListBlock) else _block(block):
            after_list, alternate = is_list, marked
            yield text


def _list(block: ListBlock, alternate: bool) -> str:
    widths: list[int] = []
    lines = []
    for depth, number, item in nested(block.items):
        marker = _marker(block.ordered, number, alternate)
        indent = " " * sum(widths[:depth])
        widths[depth:] = [len(marker)]
        text = _lines(item.runs).replace("\n", "\n" + indent + " " * len(marker))
        lines.append(f"{indent}{marker}{text}".rstrip())
    return "\n".join(lines)


def _marker(ordered: bool, number: int, alternate: bool) -> str:
    if ordered:
        return f"{number}) " if alternate else f"{number}. "
    return "* " if alternate else "- "


@singledispatch
def _block(block: Block) -> str:
    return _lines((Run(block.text),))


@_block.register
def _paragraph(block: Paragraph) -> str:
    return _lines(block.runs)


@_block.register
def _heading(block: Heading) -> str:
    return _headline(block.runs, heading_level(block.level))


def _headline(runs: tuple[Run, ...], level: int) -> str:
    text = _one_line(runs)
    # Number signs at the end would close the heading and be no part of it.
    text = f"{text[:-1]}\\#" if text.endswith("#") else text
    return f"{'#' * level} {text}" if text else ""


@_block.register
def _quote(block: Quote) -> str:
    return _quoted(_lines(block.runs), block.attribution and _lines((Run(f"— {block.attribution}"),)))


@_block.register
def _embed(block: Embed) -> str:
    return _quoted(_lines(block.runs), block.url and _lines((Run(block.url, href=block.url),)))


def _quoted(*parts: str | None) -> str:
    text = "\n\n".join(part for part in parts if part)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


@_block.register
def _table(block: Table) -> str:
    rows = [row for row in block.rows if row]
    if not rows:
        return ""
    width = max(map(len, rows))
    # The first row of a Markdown table is always its header: left empty where the page has none.
    header = rows.pop(0) if rows[0][0].header else ()
    return "\n".join([_row(header, width), "|" + " --- |" * width, *(_row(row, width) for row in rows)])


def _row(cells: tuple[TableCell, ...], width: int) -> str:
    texts = [_cell(cell) for cell in cells] + [""] * (width - len(cells))
    return f"| {' | '.join(texts)} |"


def _cell(cell: TableCell) -> str:
    # In a table "|" separates cells even inside code, where it cannot be escaped.
    return _one_line(tuple(_uncoded(cell.runs, "|")))


@_block.register
def _figure(block: Figure) -> str:
    image = block.image
    url = safe_url(image.url)
    shown = f"![{_one_line((Run(image.alt or ''),))}]({_target(url)})" if url else ""
    return _HARD_BREAK.join(part for part in (shown, _lines((Run(caption(image)),))) if part)


@_block.register
def _code(block: Code) -> str:
    fence = "`" * max(3, _longest_backticks(block.code) + 1)
    return f"{fence}\n{block.code}\n{fence}"


def _lines(runs: tuple[Run, ...]) -> str:
    lines = _inline(runs).strip().split("\n")
    return _HARD_BREAK.join(_escape_line(line.strip(" \t")) for line in lines)


def _one_line(runs: tuple[Run, ...]) -> str:
    return _inline(runs).replace("\n", " ").strip()


def _escape_line(line: str) -> str:
    match = _LINE_SPECIAL.match(line)
    return f"{match[0]}\\{line[match.end() :]}" if match else line


def _inline(runs: tuple[Run, ...]) -> str:
    out = ""
    for url, group in groupby((run for run in runs if run.text), key=lambda run: safe_url(run.href)):
        members = tuple(group)
        # A line that begins with "[" and has "]:" later, even inside code, would define a link and be no text.
        text = _styled(_uncoded(members, "]") if url else members)
        if url and text.strip():
            # After "!" the link would be an image.
            out = f"{out[:-1]}\\!" if out.endswith("!") else out
            text = f"[{text}]({_target(url)})"
        out += text
    return out


def _uncoded(runs: Iterable[Run], char: str) -> Iterator[Run]:
    """The runs, those with ``char`` no longer marked as code, so that it is escaped."""
    return (attrs.evolve(run, code=run.code and char not in run.text) for run in runs)


def _target(url: str) -> str:
    encoded = _NOT_IN_TARGET.sub(lambda match: f"%{ord(match[0]):02X}", url.strip())
    return _SPECIAL_IN_TARGET.sub(r"\\\g<0>", encoded)


@attrs.frozen
class _Piece:
    """Text in one style, the white space around it apart: emphasis cannot begin or end with white space."""

    lead: str
    mark: str
    core: str
    trail: str


def _styled(runs: Iterable[Run]) -> str:
    pieces = [_piece("".join(run.text for run in group), *style) for style, group in groupby(runs, key=_style)]
    out = ""
    for piece, following in zip_longest(pieces, pieces[1:]):
        out += piece.lead
        after = piece.trail or (following.lead + following.core if following else "")
        mark = piece.mark if _can_open(out[-1:], piece.core) and _can_close(piece.core, after[:1]) else ""
        out += f"{mark}{piece.core}{mark}{piece.trail}"
    return out


def _style(run: Run) -> tuple[str, bool]:
    # Code is not emphasised, so that neighbouring code always is one span: the backticks of two spans in a row would mix.
    return ("", True) if run.code else ("*" * (2 * run.strong + run.emphasis), False)


def _piece(text: str, mark: str, code: bool) -> _Piece:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    core = text.strip()
    if not core:
        return _Piece(text, "", "", "")
    lead, _, trail = text.partition(core)
    return _Piece(lead, mark, _code_span(core) if code else _INLINE_SPECIAL.sub(r"\\\g<0>", core), trail)


def _can_open(before: str, core: str) -> bool:
    """Whether ``*`` between ``before`` and ``core`` opens emphasis: a little stricter than CommonMark's left-flanking."""
    return before != "*" and (core[:1].isalnum() or _separates(before))


def _can_close(core: str, after: str) -> bool:
    """Whether ``*`` between ``core`` and ``after`` closes emphasis: a little stricter than CommonMark's right-flanking."""
    return core[-1:].isalnum() or _separates(after)


def _separates(char: str) -> bool:
    return char in ("", "\n", "\t") or unicodedata.category(char) in _SEPARATORS


def _code_span(text: str) -> str:
    fence = "`" * (_longest_backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text.replace(chr(10), ' ')}{pad}{fence}"


def _longest_backticks(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)
