"""An article as a page for looking at its extraction: every segment with its role and why, every field with its evidence.

What comes from the parsed page stands in it as escaped text only: nothing of it becomes an element, a style or a target, and the
report itself has no script and loads nothing. Checkboxes and style rules do the filtering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import singledispatch
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

import attrs

from newsparse.export.common import caption, date_lines, iso_date
from newsparse.model import (
    Article,
    Author,
    AuthorType,
    Block,
    BoilerplateKind,
    Certainty,
    Code,
    Embed,
    Evidence,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Role,
    Segment,
    Table,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Shown elsewhere in the report, or with the date that they belong to.
_NO_FIELDS = frozenset({"kind", "body", "published_precision", "modified_precision", "segments", "evidence", "notices"})
_ADDRESSES = frozenset({"url", "canonical_url"})
_CERTAINTIES = {
    Certainty.STATED: "said by the page",
    Certainty.INFERRED: "told from its structure",
    Certainty.GUESSED: "guessed from its text",
}
# What a browser drops, obeys or cannot show: control characters get their picture, what has none and lone surrogates U+FFFD.
_VISIBLE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_VISIBLE |= {0x7F: 0x2421} | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_TAIL = 24  # characters of a path or an address that stay where the middle is cut; the style sheet knows it too
_BLOCK_NAMES: dict[type, str] = {Paragraph: "paragraph", ListBlock: "list", Quote: "quote", Table: "table"}
_BLOCK_NAMES |= {Figure: "figure", Embed: "embed", Code: "code"}
_EMPTY_WEIGHT = 8  # how many characters a segment without text counts for on the map


def to_inspection_html(article: Article, source: str) -> str:
    """The report on ``article``, a complete HTML page. ``source`` says what was parsed."""
    head = _element("head", _lines(*_head(article, source)))
    body = _element("body", _lines(_header(article, source), _notices(article), _fields(article), _controls(article), _segments(article)))
    return f"<!doctype html>\n{_element('html', _lines(head, body), lang='en')}\n"


def _head(article: Article, source: str) -> Iterator[str]:
    yield _tag("meta", charset="utf-8")
    yield _tag("meta", http_equiv="Content-Security-Policy", content=_POLICY)
    yield _tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield _tag("meta", name="color-scheme", content="light dark")
    yield _element("title", _text(f"{article.title or source} – newsparse inspect"))
    sheet = files("newsparse.export").joinpath("inspection.css").read_text(encoding="utf-8")
    yield _element("style", f"\n{sheet}{_filter_rules(article)}")


def _filter_rules(article: Article) -> str:
    """The rules behind the checkboxes: a role is hidden unless it is ticked, a kind where only other kinds are."""
    roles = (f"body:has(#show-{role}:not(:checked)) .segments > .role-{role}" for role in _roles(article))
    kinds = (f"body:has(.kinds :checked):not(:has(#only-{kind}:checked)) .segments > .kind-{kind}" for kind in _kinds(article))
    return "".join(f"{selector} {{ display: none }}\n" for selector in (*roles, *kinds))


# The header.


def _header(article: Article, source: str) -> str:
    where = (article.site_name, article.section, article.language)
    facts = [_chip(_words(article.kind), "kind"), *(_element("span", _text(word), dir="auto") for word in where if word)]
    byline = [", ".join(author.name for author in article.authors), *date_lines(article)]
    sizes = [
        _count(len(article.segments), "segment"),
        _count(len(article.body), "block"),
        f"{_count(len(article.text), 'character')} of body",
    ]
    return _element(
        "header",
        _lines(
            _element("p", " ".join(facts), class_="facts"),
            _element("h1", _text(article.title), dir="auto") if article.title else _element("h1", "No title", class_="missing"),
            _element("p", _text(article.subtitle), class_="subtitle", dir="auto") if article.subtitle else "",
            _element("p", " · ".join(_text(part) for part in byline if part), class_="byline", dir="auto") if any(byline) else "",
            _element("p", _element("code", _text(source)) + " · " + " · ".join(sizes), class_="source"),
            _jumps(article),
        ),
    )


def _jumps(article: Article) -> str:
    first = next((index for index, segment in enumerate(article.segments) if segment.role is Role.BODY), None)
    targets = [("Fields", "fields"), ("Segments", "segments")] + ([] if first is None else [("Start of the body", f"s{first}")])
    return _element("nav", " ".join(_element("a", name, href=f"#{target}") for name, target in targets))


def _notices(article: Article) -> str:
    items = (_element("li", _chip(_words(notice.code), "code") + _element("span", _text(notice.message))) for notice in article.notices)
    return _element("ul", _lines(*items), class_="notices") if article.notices else ""


# The fields and their evidence.


def _fields(article: Article) -> str:
    names = [field.name for field in attrs.fields(Article) if field.name not in _NO_FIELDS]
    others = dict.fromkeys(item.field for item in article.evidence if item.field not in names)
    found = [name for name in names if getattr(article, name) not in (None, ()) or article.evidence_for(name)]
    missing = [name for name in names if name not in found]
    rows = (_field(article, name) for name in (*found, *others))
    note = _element("p", f"Not found: {', '.join(_words(name) for name in missing)}.", class_="absent") if missing else ""
    summary = _element("summary", _element("h2", "Fields"))
    return _element("details", _lines(summary, *rows, note, _certainties(article)), id="fields", open="")


def _certainties(article: Article) -> str:
    """What the words for how sure a value is mean, of those that stand above."""
    used = {item.certainty for field in article.evidence for item in (field, *field.losers)}
    entries = (f"{_certainty(certainty)} {_text(meaning)}" for certainty, meaning in _CERTAINTIES.items() if certainty in used)
    return _element("p", " ".join(_element("span", entry) for entry in entries), class_="legend") if used else ""


def _certainty(certainty: Certainty) -> str:
    return _chip(certainty, f"certainty {certainty}")


def _field(article: Article, name: str) -> str:
    evidence = [item for item in article.evidence if item.field == name]
    value, plain = _field_value(article, name, evidence)
    return _element(
        "section",
        _lines(
            _element("h3", _text(_words(name))),
            _element("div", value or "–", class_="value", dir="auto"),
            _element("div", _lines(*(_evidence(item, plain) for item in evidence)), class_="evidence"),
        ),
        class_="field",
    )


def _field_value(article: Article, name: str, evidence: list[Evidence]) -> tuple[str, str]:
    """The value to show, and as the page would have it if it were taken as it stands."""
    if name == "body":
        return f"{_count(len(article.body), 'block')}, {_count(len(article.text), 'character')}", ""
    if name not in {field.name for field in attrs.fields(Article)}:
        # No field of the record, such as the encoding: its evidence is all that there is.
        return _text(evidence[0].raw), evidence[0].raw
    value = getattr(article, name)
    if isinstance(value, datetime):
        written = iso_date(value, getattr(article, f"{name}_precision"))
        return _text(written), written
    return _address(value) if name in _ADDRESSES else _value(value), _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    match value:
        case Link() | Image():
            return value.url or ""
        case Author():
            return value.name
        case _:
            return str(value)


@singledispatch
def _value(value: Any) -> str:
    return "" if value is None else _text(str(value))


@_value.register
def _truth(value: bool) -> str:
    return "yes" if value else "no"


@_value.register
def _several(value: tuple) -> str:  # type: ignore[type-arg]
    return _element("ul", _lines(*(_element("li", _value(item)) for item in value))) if value else ""


@_value.register
def _link_value(value: Link) -> str:
    return f"{_text(value.title)} {_address(value.url)}"


@_value.register
def _author_value(value: Author) -> str:
    note = " (organization)" if value.type is AuthorType.ORGANIZATION else ""
    return f"{_text(value.name)}{note} {_address(value.url)}"


@_value.register
def _image_value(value: Image) -> str:
    size = f"{value.width or '?'} × {value.height or '?'}" if value.width or value.height else ""
    words = (caption(value), f"alt: {value.alt}" if value.alt else "", size)
    return f"{_address(value.url)} {_element('small', _text(' · '.join(word for word in words if word)))}"


def _evidence(item: Evidence, shown: str = "") -> str:
    """Where a value is from; and the raw value, unless it is what is shown beside it."""
    raw = _element("q", _text(item.raw), class_="raw", dir="auto") if item.raw and item.raw != shown else ""
    facts = (
        _certainty(item.certainty),
        _element("span", _words(item.source)),
        _element("code", _text(item.rule)),
    )
    return _element("div", _lines(_element("p", " ".join(facts)), raw, _losers(item.losers)))


def _losers(losers: tuple[Evidence, ...]) -> str:
    if not losers:
        return ""
    items = (_element("li", _evidence(loser)) for loser in losers)
    return _element("details", _element("summary", f"{len(losers)} not taken") + _element("ol", _lines(*items)), class_="losers")


# The controls: a map of the page, and the legend, whose entries filter.


def _controls(article: Article) -> str:
    if not article.segments:
        return ""
    options = [
        _option("why", "reasons and paths", checked=True),
        _option("links", "links", checked=True),
        _option("empty", "segments without text", checked=True),
        _option("full", "long paths and addresses in full", checked=False),
    ]
    more = [
        _element("summary", "Kinds of boilerplate, and what to show"),
        _kind_filters(article),
        _element("fieldset", _lines(_element("legend", "Show"), *options)),
    ]
    reset = _element("button", "Show all", type="reset")
    roles = _element("div", _lines(*_role_filters(article), reset), class_="roles")
    return _element("form", _lines(_map(article), roles, _element("details", _lines(*more))), class_="controls", autocomplete="off")


def _map(article: Article) -> str:
    """The whole page as one bar: a piece for each stretch of segments of one role, as wide as its text is long."""
    pieces = []
    for role, group in groupby(enumerate(article.segments), key=lambda item: item[1].role):
        stretch = list(group)
        (first, _), (last, _) = stretch[0], stretch[-1]
        weight = sum(len(segment.text) or _EMPTY_WEIGHT for _, segment in stretch)
        title = f"{_words(role)}, {first}" + (f"–{last}" if last > first else "")
        pieces.append(_element("a", "", href=f"#s{first}", class_=f"role-{role}", style=f"flex-grow:{weight}", title=title, tabindex="-1"))
    return _element("div", "".join(pieces), class_="map", aria_hidden="true")


def _role_filters(article: Article) -> Iterator[str]:
    for role, segments in _roles(article).items():
        box = _tag("input", type="checkbox", id=f"show-{role}", checked="")
        label = f"{box}{_words(role)} {_element('b', str(len(segments)))}"
        yield _element("label", label, class_=f"toggle role-{role}", title=_sizes(segments))


def _kind_filters(article: Article) -> str:
    entries = []
    for kind, segments in sorted(_kinds(article).items(), key=lambda item: -len(item[1])):
        box = _tag("input", type="checkbox", id=f"only-{kind}")
        label = f"{box}{_words(kind)} {_element('b', str(len(segments)))}"
        entries.append(_element("label", label, class_="toggle", title=_sizes(segments)))
    legend = _element("legend", "Of the boilerplate, show only")
    return _element("fieldset", _lines(legend, *entries), class_="kinds") if entries else ""


def _option(name: str, label: str, *, checked: bool) -> str:
    box = _tag("input", type="checkbox", id=f"option-{name}", checked="" if checked else None)
    return _element("label", box + label, class_="toggle")


def _roles(article: Article) -> dict[Role, list[Segment]]:
    """The segments of each role that the page has, in the order of the roles."""
    return {role: segments for role in Role if (segments := [segment for segment in article.segments if segment.role is role])}


def _kinds(article: Article) -> dict[BoilerplateKind, list[Segment]]:
    """The segments of each kind that the page has."""
    return {kind: segments for kind in BoilerplateKind if (segments := [segment for segment in article.segments if segment.kind is kind])}


def _sizes(segments: list[Segment]) -> str:
    return f"{_count(len(segments), 'segment')}, {_count(sum(len(segment.text) for segment in segments), 'character')}"


# The segments.


def _segments(article: Article) -> str:
    language = article.language if article.language and _LANGUAGE.fullmatch(article.language) else None
    items = _element("ol", _lines(*_rows(article)), class_="segments", lang=language)
    heading = _element("h2", "Segments")
    nothing = _element("p", "The page has no text.", class_="absent") if not article.segments else ""
    return _element("main", _lines(heading, nothing, items), id="segments")


def _rows(article: Article) -> Iterator[str]:
    """Each segment, and each block that no segment is part of, such as a figure, between its neighbours in the body."""
    carried = {segment.block for segment in article.segments}
    alone = [index for index in range(len(article.body)) if index not in carried]
    ends = [index for index, segment in enumerate(article.segments) if segment.block is not None]
    last = ends[-1] if ends else len(article.segments) - 1
    for index, segment in enumerate(article.segments):
        while alone and segment.block is not None and alone[0] < segment.block:
            yield _lone_block(article, alone.pop(0))
        yield _segment(article, index, segment)
        while alone and index == last:
            yield _lone_block(article, alone.pop(0))
    yield from (_lone_block(article, index) for index in alone)


def _segment(article: Article, index: int, segment: Segment) -> str:
    block = article.body[segment.block] if segment.block is not None and 0 <= segment.block < len(article.body) else None
    classes = [f"role-{segment.role}", _block_class(block)]
    if segment.kind is not None:
        classes.append(f"kind-{segment.kind}")
    if not segment.text.strip():
        classes.append("empty")
    number = _element("a", str(index), class_="number", href=f"#s{index}", tabindex="-1")
    text = _element("p", _text(segment.text), dir="auto")
    content = _element("div", text + _links(segment), class_="text")
    return _element("li", number + content + _why(segment, block), id=f"s{index}", class_=" ".join(filter(None, classes)))


def _links(segment: Segment) -> str:
    items = (_element("li", _link(link, segment.text)) for link in segment.links)
    return _element("ul", "".join(items), class_="links") if segment.links else ""


def _link(link: Link, around: str) -> str:
    """A link: its relation, its title where it is not all the segment's text, and its address."""
    title = _element("span", _text(link.title), dir="auto") if link.title and link.title != around else ""
    return _chip(_words(link.relation), "relation") + title + _address(link.url)


def _why(segment: Segment, block: Block | None) -> str:
    role = _words(segment.role)
    if segment.role is Role.BOILERPLATE and segment.kind is not None:
        label = _chip(_words(segment.kind), "role", title=role)
    else:
        label = _chip(role, "role") + (_chip(_words(segment.kind), "role") if segment.kind is not None else "")
    part = "" if segment.block is None else _element("span", _text(_block_label(segment.block, block)), class_="part")
    reason = _element("span", _text(segment.reason), class_="reason")
    return _element("div", label + part + reason + _middle(segment.path, title=segment.path), class_="why")


def _lone_block(article: Article, index: int) -> str:
    block = article.body[index]
    content = _element("div", _block_content(block), class_="text", dir="auto")
    part = _element("span", _text(_block_label(index, block)), class_="part")
    note = _element("span", "no segment is part of it", class_="reason")
    why = _element("div", _chip("body", "role") + part + note, class_="why")
    return _element("li", _element("span", "", class_="number") + content + why, class_=f"role-body alone {_block_class(block)}".rstrip())


def _block_content(block: Block) -> str:
    match block:
        case Figure():
            return _element("p", _value(block.image))
        case Embed():
            return _element("p", f"{_text(block.text)} {_address(block.url)}")
        case _:
            return _element("p", _text(block.text))


def _block_class(block: Block | None) -> str:
    return f"block-{_block_name(block).split()[-1]}" if isinstance(block, Heading | ListBlock | Quote | Code | Figure | Embed) else ""


def _block_label(index: int, block: Block | None) -> str:
    return f"block {index}" + (f", {_block_name(block)}" if block else "")


def _block_name(block: Block) -> str:
    match block:
        case Paragraph(note=note) if note is not None:
            return _words(note)
        case Heading():
            return f"level {block.level} heading"
        case ListBlock(ordered=True):
            return "ordered list"
        case _:
            return _BLOCK_NAMES[type(block)]


# Small parts.


def _address(url: str | None) -> str:
    """An address as text to read and copy, never as a link."""
    return _middle(url) if url else ""


def _middle(text: str, title: str | None = None) -> str:
    """``text``, whole, but cut in the middle by the style sheet where there is no room for it."""
    head, tail = text[:-_TAIL], text[-_TAIL:]
    parts = _element("span", _text(head)) + _element("span", _text(tail)) if head else _element("span", _text(tail), class_="short")
    return _element("code", parts, class_="cut", title=title)


def _chip(label: str, classes: str, title: str | None = None) -> str:
    return _element("span", _text(label), class_=f"chip {classes}", title=title)


def _words(name: str) -> str:
    """A value of an enumeration, or the name of a field, as words.

    >>> _words("live_blog")
    'live blog'
    """
    return name.replace("_", " ")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _text(text: str) -> str:
    return escape(text.translate(_VISIBLE))


def _element(tag: str, content: str, /, **attributes: str | None) -> str:
    return f"{_tag(tag, **attributes)}{content}</{tag}>"


def _tag(tag: str, /, **attributes: str | None) -> str:
    """A start tag; an underscore in an attribute's name stands for a hyphen, or for nothing at its end."""
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    written = (f' {name}="{_text(value)}"' for name, value in named)
    return f"<{tag}{''.join(written)}>"


def _lines(*parts: str) -> str:
    return "".join(f"\n{part}" for part in parts if part) + "\n"
