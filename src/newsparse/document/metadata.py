"""What a page's markup says about the page: ``<meta>``, ``<link>``, ``<title>``, ``<time>``, JSON-LD and microdata.

One pass over the tree collects it; nothing is judged here. Which of several sources is right is the business of ``newsparse.fields``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

import attrs
from lxml import etree

from newsparse.lexicon import token_mask, topic_bit
from newsparse.model import Notice, NoticeCode
from newsparse.text import fold_space, unescape

JsonObject = Mapping[str, Any]

_META_KEYS = frozenset(("name", "property", "itemprop", "http-equiv"))
# The microdata properties that a field uses; other ones, such as articleBody, would cost time and memory.
_PROPERTIES = frozenset(
    {"alternativeheadline", "articlesection", "author", "datemodified", "datepublished", "description", "headline", "image", "inlanguage"}
)
_ITEMPROP = etree.XPath("descendant::*/@itemprop/..")
# Climbing further up for each of many elements in a deep tree would take quadratic time.
_CLIMB = 40
# A page that marks up more is a list of other articles; a longer text is no name, date or headline.
_MOST_PROPERTIES = 64
_MOST_EVENTS = 200
_LONGEST_TEXT = 1_000
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@attrs.frozen
class TimeTag:
    """A ``<time>`` element.

    Attributes:
        datetime: its attribute, or an empty string.
        text: what a reader sees.
        itemprop, hint: its property in lower case; its class and id.
        within: ``comments`` if it is among them, else ``article``, ``header``, ``footer``, ``article footer`` or ``aside``, whichever is
            the nearest around it, or an empty string.
        after_title: whether an ``<h1>`` stands before it.
    """

    datetime: str
    text: str
    itemprop: str
    hint: str
    within: str
    after_title: bool


@attrs.frozen
class Property:
    """A microdata property of an article.

    Attributes:
        name: in lower case.
        value: its content, date or text; for an item, the item's name.
        href: where it links to, or an empty string.
        scope: counts the items of the page, so that the properties of one article can be told from those of another.
    """

    name: str
    value: str
    href: str
    scope: int


@attrs.frozen
class Metadata:
    """All that a page's markup says about the page, as it stands there.

    Attributes:
        meta: contents by name, property, itemprop or http-equiv in lower case.
        links: hrefs of ``<link>`` by rel token in lower case.
        objects: the JSON-LD objects in page order, lists and ``@graph`` taken apart.
        described: the JSON-LD objects that have an ``@id`` and say something about it.
        title_tag, lang, base_href: ``<title>``, the root's language, and ``<base href>``.
        times: the ``<time>`` elements.
        properties: microdata, read only where no JSON-LD describes an article.
        notices: on JSON-LD that could not be read.
    """

    meta: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    objects: tuple[JsonObject, ...] = ()
    described: Mapping[str, JsonObject] = MappingProxyType({})
    title_tag: str | None = None
    lang: str | None = None
    base_href: str | None = None
    times: tuple[TimeTag, ...] = ()
    properties: tuple[Property, ...] = ()
    notices: tuple[Notice, ...] = ()

    def first(self, name: str) -> str | None:
        """The first content of a meta name."""
        contents = self.meta.get(name)
        return contents[0] if contents else None

    def resolve(self, value: Any) -> Any:
        """``value``, or the object elsewhere on the page that it refers to by ``@id``; the same for each value of a list."""
        if isinstance(value, list):
            return [self.resolve(item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, dict) and len(value) <= 2 and isinstance(name := value.get("@id"), str):
            return self.described.get(name, value)
        return value


def read_metadata(root: etree._Element) -> Metadata:
    """Collect what the markup of a page says about it. The tree is not changed. Never raises."""
    meta: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    scripts: list[str] = []
    times: list[TimeTag] = []
    title = base_href = None
    after_title = False
    for element in root.iter("meta", "link", "script", "time", "title", "base", "h1"):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, meta)
        elif tag == "link":
            _read_link(element, links)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                scripts.append(element.text)
        elif tag == "time":
            times.append(_read_time(element, after_title))
        elif tag == "h1":
            after_title = True
        elif tag == "title":
            title = title or _page_title(element)
        else:
            base_href = base_href or element.get("href")
    objects, described, notices = _read_scripts(scripts)
    return Metadata(
        meta=MappingProxyType({name: tuple(contents) for name, contents in meta.items()}),
        links=MappingProxyType({rel: tuple(hrefs) for rel, hrefs in links.items()}),
        objects=objects,
        described=described,
        title_tag=title,
        lang=root.get("lang") or root.get("xml:lang") or root.get(_XML_LANG),
        base_href=base_href,
        times=tuple(times),
        properties=() if any("headline" in item for item in objects) else tuple(_read_properties(root)),
        notices=notices,
    )


def _read_meta(element: etree._Element, meta: dict[str, list[str]]) -> None:
    content, names = "", []
    for key, value in element.items():
        if key in _META_KEYS:
            names.append(value)
        elif key == "content":
            content = value.strip() or content
        elif key == "value":
            content = content or value.strip()
    for name in names if content else ():
        contents = meta.setdefault(name.strip().lower(), [])
        if content not in contents[-1:]:
            contents.append(content)


def _read_link(element: etree._Element, links: dict[str, list[str]]) -> None:
    rel, href = element.get("rel"), element.get("href")
    if rel and href:
        for token in rel.lower().split():
            links.setdefault(token, []).append(href.strip())


def _page_title(element: etree._Element) -> str | None:
    parent = element.getparent()
    return None if parent is not None and parent.tag in ("svg", "symbol", "g", "path") else fold_space(element.text or "") or None


def _read_time(element: etree._Element, after_title: bool) -> TimeTag:
    return TimeTag(
        datetime=(element.get("datetime") or element.get("content") or "").strip(),
        text=_short_text(element),
        itemprop=(element.get("itemprop") or "").lower(),
        hint=f"{element.get('class') or ''} {element.get('id') or ''}".strip(),
        within=_within(element),
        after_title=after_title,
    )


def _within(element: etree._Element) -> str:
    """The nearest sectioning element; ``comments`` where an element around it is named so."""
    nearest = ""
    comments = topic_bit("comments")
    for above in islice(element.iterancestors(), _CLIMB):
        names = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag in ("body", "main"):
            break
        if token_mask(names) & comments:
            return "comments"
        if not nearest and above.tag in ("article", "header", "footer", "aside"):
            nearest = str(above.tag)
        elif nearest == "footer" and above.tag == "article":
            nearest = "article footer"
    return nearest


def _short_text(element: etree._Element) -> str:
    """The element's text, not more than a name, date or headline can have.

    The walk is cut short: elements nested in elements of their own kind would else be read again and again.
    """
    parts = []
    for event, inner in islice(etree.iterwalk(element, events=("start", "end", "comment", "pi")), _MOST_EVENTS):
        part = inner.text if event == "start" else inner.tail if inner is not element else None
        if part:
            parts.append(part)
    return fold_space("".join(parts))[:_LONGEST_TEXT]


# --- JSON-LD


# Strings are matched first, and whole, so that nothing inside them is taken for a comment or comma.
# A string that is never closed runs to the end: looking for its end again from each later quote would take quadratic time.
_STRAY = (
    r"|/\*.*?(?:\*/|\Z)|//(?!\s*+(?:<!|\]\]|-->))[^\n{]*+(?=\n|\Z)|,(?=\s*+[}\],])"
    r"|(?P<empty>:)(?=\s*+[,}\]])|(?P<undefined>\bundefined\b)"
)
_REPAIRED = re.compile(r'(?P<string>"(?:[^"\\]|\\.)*+(?:"|\\?\Z))' + _STRAY, re.DOTALL)
# The same where a string may hold quotation marks of its own: the one that ends it stands before a comma, colon or bracket.
_REPAIRED_QUOTES = re.compile(r'(?P<string>"(?:[^"\\]|\\.|"(?!\s*+(?:[,:}\]]|\Z)))*+(?:"|\\?\Z))' + _STRAY, re.DOTALL)
# What a script's objects may have: names without quotation marks, and strings in single ones.
_LITERAL = re.compile(
    r""""(?:[^"\\]|\\.)*+(?:"|\\?\Z)|(?<=[:,\[{(\s])'(?P<single>(?:[^'\\]|\\.|'(?!\s*+[:,}\]]))*+)(?:'|\Z)|(?<=[{,\s])(?P<name>[A-Za-z_$@][\w$@]*+)(?=\s*+:)""",
    re.DOTALL,
)
_WRONG_ESCAPE = re.compile(r'\\(?:(?P<right>["\\/bfnrt]|u[0-9a-fA-F]{4})|(?P<wrong>.?))', re.DOTALL)
_BARE_QUOTE = re.compile(r'\\.|"', re.DOTALL)
# What may stand around and between values: white space, stray separators, and the marks of comments and CDATA sections.
_BETWEEN = re.compile(r"(?:\]\]>|[\s;,\ufeff}\]]|//|/\*|\*/|<!--|-->|<!\[CDATA\[)*+")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
# Far more than real pages nest, and far less than Python's own limit, which would depend on how deep the caller is.
_DEEPEST = 200
_DECODER = json.JSONDecoder(strict=False)


def _read_scripts(scripts: list[str]) -> tuple[tuple[JsonObject, ...], Mapping[str, JsonObject], tuple[Notice, ...]]:
    objects: list[JsonObject] = []
    described: dict[str, JsonObject] = {}
    notices = []
    for script in scripts:
        values, problem = read_json(script)
        if problem:
            notices.append(Notice(NoticeCode.METADATA_UNREADABLE, f"JSON-LD could not be read: {problem}"))
        objects += _taken_apart(values)
        if '"@id"' in script:
            _describe(values, described)
    return tuple(objects), MappingProxyType(described), tuple(notices)


def read_json(text: str) -> tuple[list[Any], str | None]:
    """The JSON values in a script, one after another, and what kept the rest from being read.

    Read are also comments and CDATA marks, raw control characters, trailing and doubled commas, missing values, several values in a row,
    values that a script assigns, wrong escapes, quotation marks inside strings or written as HTML entities, values that break off, and
    names without quotation marks and strings in single ones, where nothing else can be read.

    >>> read_json('<!-- {"a": 1,};[2,] -->')
    ([{'a': 1}, [2]], None)
    """
    if text.count("{") + text.count("[") > _DEEPEST and _depth(text) > _DEEPEST:
        return [], "it is nested too deeply"
    try:
        return [_DECODER.decode(text)], None
    except ValueError:
        return _read_broken_json(text)


def _read_broken_json(text: str) -> tuple[list[Any], str | None]:
    if "&" in text and text.count('"') < 2:
        text = unescape(text)
    values, problem = _values(_REPAIRED.sub(_repair, text))
    if problem:
        others, other_problem = _values(_closed(_REPAIRED_QUOTES.sub(_repair, text)))
        is_more = len(others) > len(values) or not other_problem
        if is_more and any(item and isinstance(item, (dict, list)) for item in others):
            return others, other_problem
        if not values:
            others, other_problem = _values(_closed(_REPAIRED.sub(_repair, _LITERAL.sub(_as_json, text))))
            return (others, other_problem) if any(others) else (values, problem)
    return values, problem


def _as_json(match: re.Match[str]) -> str:
    """A part of an object as a script writes it, in the way of JSON: names and strings stand in double quotation marks."""
    if (name := match["name"]) is not None:
        return f'"{name}"'
    inner = match["single"]
    return match[0] if inner is None else json.dumps(inner.replace("\\'", "'"), ensure_ascii=False).replace("\\\\", "\\")


def _values(text: str) -> tuple[list[Any], str | None]:
    values: list[Any] = []
    position = _after_separators(text, 0)
    while position < len(text):
        start = text.find("{", position) if text[position] not in '{["' else position
        try:
            value, position = _DECODER.raw_decode(text, max(start, position))
        except ValueError as error:
            return values, str(error)
        values.append(value)
        position = _after_separators(text, position)
    return values, None


def _closed(text: str) -> str:
    """``text`` with the string and the brackets closed that it breaks off in."""
    stack = []
    for match in _BRACKETS.finditer(text):
        if match[0] in "[{":
            stack.append("]" if match[0] == "[" else "}")
        elif match[0] in "]}":
            if stack:
                stack.pop()
        elif len(match[0]) == 1 or not match[0].endswith('"'):
            text += '"'
    return f"{text.rstrip().rstrip(',:')}{''.join(reversed(stack))}" if stack else text


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _repair(match: re.Match[str]) -> str:
    string = match["string"]
    if match["empty"] or match["undefined"]:
        return ":null" if match["empty"] else "null"
    if string and '"' in string[1:-1]:
        string = f'"{_BARE_QUOTE.sub(_escaped, string[1:-1])}"'
    return _WRONG_ESCAPE.sub(_repair_escape, string) if string and "\\" in string else string or ""


def _escaped(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) > 1 else '\\"'


def _repair_escape(match: re.Match[str]) -> str:
    return match[0] if match["right"] else match["wrong"]


def _after_separators(text: str, position: int) -> int:
    match = _BETWEEN.match(text, position)
    return match.end() if match else position


def _taken_apart(values: list[Any]) -> Iterator[JsonObject]:
    """The objects among ``values`` and in the lists, ``@graph`` and ``mainEntity`` of them, in page order."""
    stack = values[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value[::-1]
        elif isinstance(value, dict):
            graph = value.get("@graph")
            if len(value) > 2 or graph is None:
                yield value
            stack += [inner for key in ("mainEntity", "@graph") if isinstance(inner := value.get(key), (list, dict))]


def _describe(values: list[Any], described: dict[str, JsonObject]) -> None:
    """Collect the objects, at any depth, that have an ``@id`` and more than a type beside it. The fullest description wins."""
    stack = values[::-1]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value[::-1]
        elif isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > max(len(described.get(name, ())), 1):
                described[name] = value
            stack += [item for item in reversed(value.values()) if isinstance(item, (list, dict))]


# --- Microdata


def _read_properties(root: etree._Element) -> Iterator[Property]:
    scopes: dict[etree._Element, int] = {}
    found = 0
    for element in _ITEMPROP(root):
        names = _PROPERTIES.intersection((element.get("itemprop") or "").lower().split())
        if not names:
            continue
        found += 1
        if found > _MOST_PROPERTIES:
            return
        scope = _article_scope(element)
        if scope is not None:
            value, href = _property_value(element)
            number = scopes.setdefault(scope, len(scopes))
            for name in sorted(names):
                yield Property(name, value, href, number)


def _article_scope(element: etree._Element) -> etree._Element | None:
    """The item that the property belongs to, if that is an article."""
    for above in islice(element.iterancestors(), _CLIMB):
        if above.get("itemscope") is not None or above.get("itemtype"):
            kind = (above.get("itemtype") or "").lower()
            return above if kind.endswith(("article", "posting", "creativework", "review", "report", "webpage")) else None
    return None


def _property_value(element: etree._Element) -> tuple[str, str]:
    href = element.get("href") or element.get("src") or ""
    if element.get("itemscope") is None:
        value = element.get("content") or element.get("datetime") or _short_text(element)
        if not href and (link := element.find(".//a[@href]")) is not None:
            href = link.get("href") or ""
        return fold_space(value), href
    value = ""
    for inner in islice(element.iterdescendants(), _MOST_EVENTS):
        name = inner.get("itemprop")
        if name == "name":
            value = value or inner.get("content") or _short_text(inner)
        elif name in ("url", "sameAs"):
            href = href or inner.get("href") or inner.get("content") or ""
    return fold_space(value or element.get("content") or _short_text(element)), href
