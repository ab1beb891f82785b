"""The output formats: what is written for one result, and how those of several sources stand in one output."""

from __future__ import annotations

import json
import textwrap
from enum import StrEnum
from typing import Any

import attrs

from newsparse.cli.output import one_line, visible
from newsparse.model import Article, Result

# Lossless, since JSON has these characters only in strings. Terminals obey some of them, and some programs that read
# line by line take the last two for line ends.
_JSON_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}


class Format(StrEnum):
    """The output formats."""

    PRETTY = "pretty"
    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@attrs.frozen
class Frame:
    """What stands before, between and after the documents of several sources."""

    before: str = ""
    between: str = ""
    after: str = ""


def frame(output_format: Format, *, several: bool) -> Frame:
    """The frame around one document or several."""
    match output_format:
        case Format.JSON if several:
            return Frame("[\n", ",\n", "\n]\n")
        case Format.MARKDOWN:
            return Frame(between="\n---\n\n")
        case Format.PRETTY | Format.TEXT:
            return Frame(between="\n")
        case _:
            return Frame()


def document(result: Result, output_format: Format, *, several: bool, terminal: bool) -> str | None:
    """What is written for ``result``: ``None`` where it is an error and the format has no place for that."""
    if output_format is Format.JSONL:
        return json_text(_record(result)) + "\n"
    if output_format is Format.JSON and several:
        return textwrap.indent(json_text(_record(result), indent=2), "  ")
    if result.article is None:
        return None
    name = result.source if several else None
    return _of_article(result.article, output_format, name, terminal)


def json_text(data: dict[str, Any], indent: int | None = None) -> str:
    """``data`` as JSON that is safe on a terminal and in files read line by line."""
    return json.dumps(data, ensure_ascii=False, indent=indent).translate(_JSON_ESCAPES)


def _record(result: Result) -> dict[str, Any]:
    if result.article is None:
        return {"source": result.source, "error": result.error}
    return {"source": result.source, "article": result.article.to_dict()}


def _of_article(article: Article, output_format: Format, name: str | None, terminal: bool) -> str:
    match output_format:
        case Format.PRETTY:
            from newsparse.cli.render import pretty

            return pretty(article, name=name, terminal=terminal)
        case Format.TEXT:
            heading = f"==> {one_line(name)} <==\n\n" if name else ""
            return heading + _lines(article.to_text(), terminal)
        case Format.MARKDOWN:
            return _lines(article.to_markdown(), terminal)
        case Format.HTML:
            return _lines(article.to_html(), terminal)
        case _:
            return json_text(article.to_dict(), indent=2) + "\n"


def _lines(text: str, terminal: bool) -> str:
    """``text`` with one line end at its end."""
    return (visible(text) if terminal else text).rstrip("\n") + "\n"
