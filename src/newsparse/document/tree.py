"""Any source to one tree that nothing changes afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs
from lxml import etree

from newsparse.document.decode import decode
from newsparse.errors import LimitExceededError, UnsupportedInputError
from newsparse.model import Evidence, Notice
from newsparse.options import Limits

if TYPE_CHECKING:
    from bs4 import Tag

# The element names of the HTML standard (and its obsolete ones) that make a text a page. Names that people also put between
# angle brackets in plain text stand only with what a tag has: an attribute, a slash or the closing bracket right after the name.
_NAMES = (
    "a|abbr|address|amp-[a-z]+|article|aside|b|base|basefont|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|details"
    "|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input"
    "|ins|kbd|label|legend|li|link|main|map|mark|math|meta|nav|noscript|object|ol|optgroup|option|p|picture|pre|q|s|samp|script|section"
    "|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt"
    "|u|ul|var|video"
)
# The bound on a quoted value keeps the search linear where quotes are opened and never closed.
_ATTRIBUTES = r"""(?:\s(?:[^<>"']++|"[^"]{0,4000}"|'[^']{0,4000}')*+)?"""
_MARKUP = re.compile(rf"<(?:!doctype\b|!--|/?(?:{_NAMES}){_ATTRIBUTES}/?>)", re.IGNORECASE)
_MARKUP_BYTES = re.compile(_MARKUP.pattern.encode(), re.IGNORECASE)
# libxml2 drops whatever follows </html>, and keeps outside of the body what follows </body>; the HTML standard puts both into the body.
_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_NOTHING_MORE = re.compile(rb"(?:\s|</(?:body|html)\s*>)*\Z", re.IGNORECASE)
# An element takes at least this many bytes of source, so a small source needs no counting.
_BYTES_PER_ELEMENT = 3


@attrs.frozen
class Document:
    """A page as a tree, with what was learned while reading it."""

    root: etree._Element
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()


def has_markup(source: str | bytes) -> bool:
    """Whether a source is HTML rather than the saved text of a page.

    >>> has_markup("<p>one"), has_markup("5 < 7 and <unknown> words")
    (True, False)
    """
    if isinstance(source, str):
        return _MARKUP.search(source) is not None
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _MARKUP.search(source.decode("utf-16", "replace")) is not None
    return _MARKUP_BYTES.search(source) is not None


def read_document(source: object, encoding: str | None = None, limits: Limits = Limits()) -> Document:
    """Read a ``str``, ``bytes``, lxml element or tree, or BeautifulSoup object.

    Raises:
        UnsupportedInputError: the source is something else.
        LimitExceededError: the source is larger than ``limits``.
    """
    if isinstance(source, (str, bytes)):
        return _read_markup(source, encoding, limits)
    if isinstance(source, etree._ElementTree):
        source = source.getroot()
    if isinstance(source, etree._Element):
        _check_counts(source, limits)
        return Document(source)
    soup = _as_soup(source)
    if soup is not None:
        return _read_markup(str(soup), None, limits)
    raise UnsupportedInputError(
        f"cannot read a {type(source).__name__}: give a str, bytes, an lxml element or tree, or a BeautifulSoup object"
        " (for a file, use newsparse.parse_file)"
    )


def check_size(source: str | bytes, limits: Limits) -> None:
    """Raise ``LimitExceededError`` for a source longer than ``limits.bytes``."""
    if len(source) > limits.bytes:
        raise LimitExceededError(f"the source has {len(source):,} bytes; Options.limits.bytes allows {limits.bytes:,}")


def _as_soup(source: object) -> Tag | None:
    if type(source).__module__.partition(".")[0] != "bs4":
        return None  # without an import of bs4: who has a soup has imported it
    from bs4 import Tag

    return source if isinstance(source, Tag) else None


def _read_markup(source: str | bytes, encoding: str | None, limits: Limits) -> Document:
    check_size(source, limits)
    decoded = decode(source, encoding)
    root = _parse(_within_body(decoded.data))
    if len(decoded.data) > _BYTES_PER_ELEMENT * min(limits.nodes, limits.links, limits.depth):
        _check_counts(root, limits)
    return Document(root, (decoded.evidence,) if decoded.evidence else (), decoded.notices)


def _within_body(data: bytes) -> bytes:
    first = _END.search(data)
    if first is None or _NOTHING_MORE.match(data, first.end()):
        return data
    return _END.sub(b"", data)


def _parse(data: bytes) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = _feed(data, parser)
    last = parser.error_log.last_error
    if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":
        # The parser stopped at its limit of depth and lost all that follows; building the tree from its events has no such limit.
        root = _feed(data, etree.HTMLParser(target=etree.TreeBuilder(), encoding="utf-8", huge_tree=True))
    return etree.Element("html") if root is None else root


def _feed(data: bytes, parser: Any) -> etree._Element | None:
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # what lxml raises for a page without an element, such as an empty one
        return None
    return root


def _check_counts(root: etree._Element, limits: Limits) -> None:
    nodes = sum(1 for _ in root.iter())
    if nodes > limits.nodes:
        raise LimitExceededError(f"the page has {nodes:,} nodes; Options.limits.nodes allows {limits.nodes:,}")
    links = sum(1 for _ in root.iter("a"))
    if links > limits.links:
        raise LimitExceededError(f"the page has {links:,} links; Options.limits.links allows {limits.links:,}")
    depth = _depth(root)
    if depth > limits.depth:
        raise LimitExceededError(f"the page nests {depth:,} elements; Options.limits.depth allows {limits.depth:,}")


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
