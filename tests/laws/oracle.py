"""What the laws compare with: the text of a page, by an independent reading that shares no code with the library.

*Page text* is what stands below ``body``, in order, outside of script, style, template and noscript, whatever CSS says; attribute
values are no page text. White space is removed before texts are compared, so that nothing depends on how it is folded.

Two kinds of page need a word more. What follows ``</body>`` or ``</html>`` is put into the body by browsers, so it counts. A page of
frames has no body; what its frameset holds for browsers without frames is all the text it has, so it counts too. In short: everything
outside of the head, which ends at the first element that may not stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy
from lxml import etree

from newsparse import Article

# Any implementation of ``newsparse.parse``: the library's, or one that is broken on purpose.
Parse = Callable[..., Article]

PAGES = sorted(path for path in (Path(__file__).parents[2] / "fixtures" / "pages").iterdir() if path.suffix in {".html", ".txt"})

# The pages that are not UTF-8, as they declare themselves.
_ENCODINGS = {"cyrillic-windows-1251": "windows-1251", "gb2312-meta": "gb18030", "table-layout": "windows-1252"}


def text_of(path: Path) -> str:
    """The characters of a fixture."""
    return path.read_text(encoding=_ENCODINGS.get(path.stem, "utf-8"))


NO_PAGE_TEXT = frozenset({"script", "style", "template", "noscript"})
HEAD_ONLY = NO_PAGE_TEXT | {"base", "basefont", "bgsound", "head", "link", "meta", "noframes", "title"}
# lxml cannot read these from a str, and the library documents that they become U+FFFD.
_REPLACED = re.compile("[\0\ud800-\udfff]")
# Nobody can doubt that a source is a page where one of these stands, nor that it is plain text where nothing that looks like the
# beginning of a tag does. What is between, such as "<p" or "</foo>", may be read either way.
_SURELY_MARKUP = re.compile(
    r"<!doctype\s|<!--.*?-->|<(html|head|body|title|div|p|span|a|b|i|h1|ul|li|table|td|br|img|section)(\s[^<>]*)?>", re.I | re.S
)
_MAYBE_MARKUP = re.compile(r"<[a-z/!?]", re.IGNORECASE)


def squeeze(text: str) -> str:
    """``text`` without any white space."""
    return "".join(text.split())


def normalised(source: str) -> str:
    """``source`` after the replacements that the library documents. A byte-order mark is no text."""
    return _REPLACED.sub("\ufffd", source).removeprefix("\ufeff")


class _PageText:
    """Collects the text from the parser's events, so that no limit of depth cuts it off and no tree is needed.

    The parser opens ``body`` for any text, and for the elements of HTML 4 that do not belong into the head; others, such as ``main``, it
    leaves there. A head after that is a second page's, and browsers take it for part of the body.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._within_head = False
        self._had_body = False
        self._skipped = 0

    def start(self, tag: str, attributes: Any) -> None:
        if not self._skipped and tag not in HEAD_ONLY and tag != "html":
            self._had_body, self._within_head = True, False
        self._within_head |= tag == "head" and not self._had_body
        self._skipped += tag in NO_PAGE_TEXT

    def end(self, tag: str) -> None:
        self._within_head &= tag != "head"
        self._skipped -= tag in NO_PAGE_TEXT

    def data(self, data: str) -> None:
        if not self._within_head and not self._skipped:
            self._texts.append(data)

    def comment(self, text: str) -> None:
        """Comments are no page text."""

    def close(self) -> str:
        return squeeze("".join(self._texts))


# In browsers no end tag inside noscript (which they read as plain characters) or template ends the page. The parser used here lets
# it; so pages with such a tag may be read either way. What is left open inside noscript goes on behind it there, and not in browsers.
_NOSCRIPT = re.compile(r"<(noscript|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def markup_texts(source: str) -> frozenset[str]:
    """The page texts that HTML may be said to have."""
    texts = {markup_text(source)}
    if _NOSCRIPT.search(source):
        texts.add(markup_text(_NOSCRIPT.sub(lambda match: f"<{match[1]}></{match[1]}>", source)))
        texts |= {markup_text(_NOSCRIPT.sub(lambda match: _PAGE_END.sub("", match[0]), source)), markup_text(_PAGE_END.sub("", source))}
    return frozenset(texts)


def markup_text(source: str) -> str:
    """The page text of HTML as the parser reads it."""
    target: Any = _PageText()
    text: Any = etree.fromstring(normalised(source).encode(), etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True))
    return str(text)


def page_texts(source: str) -> frozenset[str]:
    """The page texts that a source may be said to have: one, or two where it is open whether it is markup."""
    plain = squeeze(normalised(source))
    if not _MAYBE_MARKUP.search(source):
        return frozenset({plain})
    if _SURELY_MARKUP.search(source):
        return markup_texts(source)
    return frozenset({plain}) | markup_texts(source)


def is_surely_markup(source: str) -> bool:
    """Whether a source is HTML beyond doubt."""
    return _SURELY_MARKUP.search(source) is not None


def tree_text(element: etree._Element) -> str:
    """The page text of a tree, or of an element that is not itself within one that holds no page text."""
    nodes: Any = element.xpath(
        "descendant::text()[not(ancestor::head or ancestor::script or ancestor::style or ancestor::template or ancestor::noscript)]"
    )
    return squeeze("".join(nodes))


def find_counterexample(law: Callable[[Any], None], strategy: SearchStrategy[Any]) -> None:
    """Search for an example on which ``law`` fails, as the law's own test does. Raises its ``AssertionError`` when there is one."""

    @settings(max_examples=150, derandomize=True, database=None, report_multiple_bugs=False, phases=[Phase.generate])
    @given(strategy)
    def search(example: Any) -> None:
        law(example)

    search()
