"""Any source to one tree that nothing changes afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from itertools import islice
from typing import Any

import attrs
from lxml import etree

from newsparse.document.attributes import MOST_ATTRIBUTES, may_have_many_attributes
from newsparse.document.decode import Decoded, decode
from newsparse.errors import LimitExceededError, UnsupportedInputError
from newsparse.model import Evidence, Notice
from newsparse.options import Limits

# The element names of the HTML standard (and its obsolete ones) that make a text a page. Names that people also put between
# angle brackets in plain text stand only with what a tag has: an attribute, a slash or the closing bracket right after the name.
_NAMES = (
    "a|abbr|acronym|address|amp-[a-z]+|area|article|aside|b|base|basefont|bdi|bdo|big|blockquote|body|br|button|caption|center|cite|code|col"
    "|data|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup"
    "|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr|noframes|noscript|object"
    "|ol|optgroup|option|output|p|param|picture|pre|progress|q|rb|rp|rt|ruby|s|samp|script|search|section|select|small|source|span|strike"
    "|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xmp"
)
# The bound on a quoted value keeps the search linear where quotes are opened and never closed.
_ATTRIBUTES = r"""(?:\s(?:[^<>"']++|"[^"]{0,4000}"|'[^']{0,4000}')*+)?"""
_MARKUP = re.compile(rf"<(?:!doctype\b|!--|/?(?:{_NAMES}){_ATTRIBUTES}/?>)", re.IGNORECASE)
_MARKUP_BYTES = re.compile(_MARKUP.pattern.encode(), re.IGNORECASE)
# libxml2 drops whatever follows </html>, and keeps outside of the body what follows </body>; the HTML standard puts both into the body.
# The cases of letters are spelled out, since a search that ignores case takes half as long again.
_END_TAG = rb"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])(?:[\s/][^<>]*)?>"
_END = re.compile(_END_TAG)
# The same tags, beside what may hold them as plain characters: comments, also bogus ones, and elements of raw text, to their end or the
# page's. An element that ends in its own start tag holds nothing for libxml2, whatever the standard says.
_END_OR_RAW = re.compile(
    rb"<(?:(?P<end>" + _END_TAG.removeprefix(b"<") + rb")|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))|(?:[!?]|/[^a-z>])[^>]*(?:>|\Z)"
    rb"|(?P<raw>textarea|title|xmp|script|style|iframe|noembed|noframes)(?=[\s/>])"
    rb"""(?!(?:[^<>"'/]++|/(?!>)|"[^"]{0,4000}"|'[^']{0,4000}')*+/>)(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+(?:</(?P=raw)[\s/>]|\Z))""",
    re.IGNORECASE | re.DOTALL,
)
# What browsers show nothing of, wherever it ends. libxml2 passes over its end tag within some open elements, and takes all that follows
# for a part of it.
_UNSHOWN = re.compile(rb"<(noscript|template)(?=[\s/>])", re.IGNORECASE)
_UNSHOWN_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])".encode(), re.IGNORECASE) for name in ("noscript", "template")}
_STRONG = frozenset(("div", "table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_STRONG_TAG = re.compile(rb"<(/?)(div|table|thead|tbody|tfoot|tr|td|th)(?=[\s/>])", re.IGNORECASE)
_FEW_ELEMENTS = 30
# What may stand in a head. An element beside these ends it, by the HTML standard; libxml2 knows that only of the elements of HTML 4.
_HEAD_ELEMENTS = frozenset(
    ("base", "basefont", "bgsound", "head", "link", "meta", "noframes", "noscript", "script", "style", "template", "title")
)
_NOTHING_MORE = re.compile(rb"(?:\s|" + _END_TAG + rb"|<!--(?!-?>)(?:[^-]++|-(?!-))*+-->)*+\Z", re.IGNORECASE)
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# libxml2 builds no deeper tree itself (HTML_PARSER_MAX_DEPTH is 2048 there).
_DEEP = 2_000
# Tags that may neither begin nor end an element. In pages that nest deeper than the parser goes, each of them costs as much as there are
# open elements, so that a page of a few megabytes could take hours; so many comparisons take about a second.
_MAYBE_IDLE = re.compile(rb"(</[^>]*>?|<body[^>]*>?)", re.IGNORECASE)
_MOST_COMPARISONS = 1_000_000_000
# An element takes at least this many bytes of source, so a small source needs no counting.
_BYTES_PER_ELEMENT = 3
# These come without bytes: html, head, body.
_IMPLIED = 3


@attrs.frozen
class Document:
    """A page as a tree, with what was learned while reading it."""

    root: etree._Element
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()


def has_markup(source: str | bytes) -> bool:
    """Whether a source is HTML rather than the saved text of a page; ``bytes`` are UTF-8.

    >>> has_markup("<p>one"), has_markup("5 < 7 and <unknown> words")
    (True, False)
    """
    return (_MARKUP if isinstance(source, str) else _MARKUP_BYTES).search(source) is not None  # type: ignore[arg-type]


def read_document(source: object, encoding: str | None = None, limits: Limits = Limits()) -> Document:
    """Read a ``str``, ``bytes``, lxml element or tree, or BeautifulSoup object, as HTML.

    Raises:
        UnsupportedInputError: the source is something else.
        LimitExceededError: the source is larger than ``limits``.
    """
    source = as_markup(source)
    if isinstance(source, (str, bytes)):
        check_size(source, limits)
        return read_decoded(decode(source, encoding), limits)
    if isinstance(source, etree._ElementTree):
        source = source.getroot()
    if isinstance(source, etree._Element) and isinstance(source.tag, str):
        _check_counts(source, limits)
        check_text(_number(_TEXT_LENGTH, source), limits)
        return Document(source)
    raise UnsupportedInputError(
        f"cannot read a {type(source).__name__}: give a str, bytes, an lxml element or tree, or a BeautifulSoup object"
        " (for a file, use newsparse.parse_file)"
    )


def read_decoded(decoded: Decoded, limits: Limits) -> Document:
    """The tree of a page whose bytes are decoded. Raises ``LimitExceededError``."""
    root = _parse(_within_body(decoded.data))
    size = len(decoded.data)
    if size >= _BYTES_PER_ELEMENT * (min(limits.nodes, limits.links, limits.depth) - _IMPLIED):
        _check_counts(root, limits)
    if size > limits.text:
        check_text(_number(_TEXT_LENGTH, root), limits)
    return Document(root, (decoded.evidence,) if decoded.evidence else (), decoded.notices)


def check_size(source: str | bytes, limits: Limits) -> None:
    """Raise ``LimitExceededError`` for a source longer than ``limits.bytes``."""
    if len(source) > limits.bytes:
        raise LimitExceededError(f"the source has {len(source):,} bytes; Options.limits.bytes allows {limits.bytes:,}")


def check_text(length: int, limits: Limits) -> None:
    """Raise ``LimitExceededError`` for a text of more than ``limits.text`` characters."""
    if length > limits.text:
        raise LimitExceededError(f"the page has {length:,} characters of text; Options.limits.text allows {limits.text:,}")


def as_markup(source: object) -> object:
    """A BeautifulSoup object as its markup; everything else as it is."""
    if type(source).__module__.partition(".")[0] != "bs4":
        return source  # without an import of bs4: who has a soup has imported it
    from bs4 import Tag

    return str(source) if isinstance(source, Tag) else source


def _with_ends(data: bytes) -> bytes:
    """The page with the end tags that ``noscript`` and ``template`` elements lack inside."""
    found = _UNSHOWN.search(data)
    if found is None:
        return data
    ends = dict(_UNSHOWN_ENDS)
    pieces, done = [], 0
    while found is not None:
        at, name = found.end(), found[1].lower().decode()
        if name in ends:
            end = ends[name].search(data, at)
            if end is None:
                del ends[name]  # looking again and again would take quadratic time
            else:
                at = end.start()
                if missing := _missing_ends(data[found.end() : at]):
                    pieces += [data[done:at], missing]
                    done = at
        found = _UNSHOWN.search(data, at) if ends else None
    return b"".join((*pieces, data[done:])) if pieces else data


def _missing_ends(markup: bytes) -> bytes:
    """The end tags of the elements that are left open, among those that no other end tag ends.

    >>> _missing_ends(b"<div><p><table><tr><td></table><DIV>")
    b'</div></div>'
    """
    opened: list[bytes] = []
    counts: Counter[bytes] = Counter()
    for closing, tag in _STRONG_TAG.findall(markup):
        name = tag.lower()
        if not closing:
            opened.append(name)
            counts[name] += 1
        while closing and counts[name]:
            last = opened.pop()
            counts[last] -= 1
            if last == name:
                break
    return b"".join(b"</%b>" % name for name in reversed(opened))


def _within_body(data: bytes) -> bytes:
    first = _END.search(data)
    if first is None or _NOTHING_MORE.match(data, first.end()):
        return data
    # A comment in its place keeps "<" before it and a letter behind it from becoming a tag.
    return _END_OR_RAW.sub(lambda match: b"<!---->" if match["end"] else match[0], data)


def _parse(data: bytes) -> etree._Element:
    root = _tree(data)
    if root is not None and any(map(_may_hold_too_much, root.iter(*_UNSHOWN_ENDS))) and (mended := _with_ends(data)) is not data:
        root = _tree(mended)
    if root is None:
        return etree.Element("html")
    _end_head(root)
    return root


def _may_hold_too_much(unshown: etree._Element) -> bool:
    """Whether an element that is not shown may have been left open by what is in it."""
    return any(number >= _FEW_ELEMENTS or inner.tag in _STRONG for number, inner in enumerate(unshown.iterdescendants()))


def _tree(data: bytes) -> etree._Element | None:
    root: etree._Element | None
    if may_have_many_attributes(data) and _needs_patience(data):
        root = _read_patiently(data)
    else:
        parser = _html_parser()
        root = _feed(data, parser)
        last = parser.error_log.last_error
        if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":
            # The parser stopped at its limit of depth and lost all that follows.
            root = _read_patiently(data)
    return root


def _end_head(root: etree._Element) -> None:
    """Move into the body what ends the head: a page that leaves out ``</head>`` and ``<body>`` may have all its text in there."""
    head = next(root.iterchildren("head"), None)
    first = None if head is None else next((child for child in head.iterchildren("*") if child.tag not in _HEAD_ELEMENTS), None)
    if head is None or first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.Element("body")
        head.addnext(body)
    moved = [first, *first.itersiblings()]
    if not body.text:
        body[:0] = moved
        return
    # The text has to come after what is moved; lxml sets no text with characters that XML does not have, but leaves what is there.
    rest = deepcopy(body)
    body.text = None
    body[:] = [*moved, rest]
    etree.strip_tags(body, "body")


def _html_parser(target: Any = None) -> Any:
    # The type stubs know only targets that take comments too.
    return etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)


def _feed(data: bytes, parser: Any) -> Any:
    """What the parser makes of the data; ``None`` where there is no element."""
    try:
        root: Any = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # what lxml raises for a page without an element, such as an empty one
        return None
    return root


class _PatienceNeededError(Exception):
    """Ends a survey."""


class _Survey:
    """Sees by the parser's events whether a page nests deeper than the parser itself goes, or an element has too many attributes."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        del tag
        self._depth += 1
        if self._depth > _DEEP or len(attributes) > MOST_ATTRIBUTES:
            raise _PatienceNeededError

    def end(self, tag: str) -> None:
        del tag
        self._depth -= 1

    def close(self) -> None:
        """Nothing is built."""


def _needs_patience(data: bytes) -> bool:
    try:
        _feed(data, _html_parser(_Survey()))
    except _PatienceNeededError:
        return True
    return False


def _read_patiently(data: bytes) -> etree._Element | None:
    """The tree of a page of any depth, in time that is linear but for idle tags. Raises ``LimitExceededError`` where those are too many.

    The parser compares an end tag with every open element, which ends the search soon where it ends something.
    """
    builder = _PatientBuilder()
    parser = _html_parser(builder)
    comparisons = 0
    for number, piece in enumerate(_MAYBE_IDLE.split(data)):
        started, ended = builder.started, builder.ended
        if piece:
            parser.feed(piece)
        if number % 2 and (builder.ended == ended or builder.started != started):
            comparisons += builder.depth
            if comparisons > _MOST_COMPARISONS:
                raise LimitExceededError(f"tags that end nothing, within {builder.depth:,} elements: too many for Options.limits.depth")
    try:
        root: etree._Element = parser.close()
    except etree.XMLSyntaxError:  # as for ``_feed``
        return None
    return root


class _PatientBuilder:
    """Builds a tree of any depth, and elements with any number of attributes, from the parser's events.

    lxml's own builder refuses names and characters that XML does not have, and elements that the page did not end. Here such a name
    loses what is wrong in it, such a character becomes U+FFFD, and open elements are ended. Of very many attributes the first are kept.

    Attributes:
        started, ended: how many elements.
    """

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._open: list[str] = []
        self.started = self.ended = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.started += 1
        name = _xml_name(tag)
        self._open.append(name)
        kept = islice(attributes.items(), MOST_ATTRIBUTES)
        self._builder.start(name, {_xml_name(key): _NOT_XML.sub("\ufffd", value) for key, value in kept})

    def end(self, tag: str) -> None:
        del tag  # the parser ends elements in order
        self.ended += 1
        if self._open:
            self._builder.end(self._open.pop())

    def data(self, data: str) -> None:
        self._builder.data(_NOT_XML.sub("\ufffd", data))

    def close(self) -> etree._Element | None:
        while self._open:
            self._builder.end(self._open.pop())
        root: etree._Element = self._builder.close()
        return root


def _xml_name(name: str) -> str:
    return f"_{plain}" if not (plain := _NOT_NAME.sub("_", name))[:1].isalpha() else plain


# Counted by libxml2, since lxml's own iteration takes time with the depth of each element.
_COUNT_NODES = etree.XPath("count(descendant-or-self::*)")
_COUNT_LINKS = etree.XPath(
    "count(descendant-or-self::a[@href]) + count(descendant-or-self::x:a[@href])", namespaces={"x": "http://www.w3.org/1999/xhtml"}
)
_TEXT_LENGTH = etree.XPath("string-length()")


def _check_counts(root: etree._Element, limits: Limits) -> None:
    nodes = _number(_COUNT_NODES, root)
    if nodes > limits.nodes:
        raise LimitExceededError(f"the page has {nodes:,} elements; Options.limits.nodes allows {limits.nodes:,}")
    links = _number(_COUNT_LINKS, root) if nodes > limits.links else 0
    if links > limits.links:
        raise LimitExceededError(f"the page has {links:,} links; Options.limits.links allows {limits.links:,}")
    depth = _depth(root) if nodes > limits.depth else 0
    if depth > limits.depth:
        raise LimitExceededError(f"the page nests {depth:,} elements; Options.limits.depth allows {limits.depth:,}")


def _number(count: etree.XPath, root: etree._Element) -> int:
    return int(float(count(root)))


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
