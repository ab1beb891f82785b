"""Law 5, same page, same article: a ``str`` and its bytes in any declared encoding are equal but for the encoding's evidence;
a tree is read as given and left untouched; a soup equals ``parse(str(soup))``.
"""

import codecs
from pathlib import Path
from typing import Any

import attrs
import lxml.html
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import newsparse
from newsparse import Article
from tests.laws.oracle import PAGES, Parse, find_counterexample, squeeze, text_of, tree_text
from tests.strategies import fragments, pages, texts_of

URL = "https://news.example/region/ferry/"
_LATIN = "abcdefgh ABC,.;:!?()’“”€"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЁё abc,.!?«»№"
_POLISH = "aąbcćdeęłńóśźżŁŻěščřžýáíéůßäöü ,.!?"
_JAPANESE = "あいうえおかきくけこアイウエオ新聞記事東京政治経済、。「」・ー abc"
_CHINESE = "新闻报道北京上海经济政治文化体育，。《》“” abc"
_KOREAN = "가나다라마바사아자차카타파하신문기사경제정치 abc,.!?"
_ANY = "aéßжя新東한กعש\u200b€“”𝔘👩"
# An encoding's label on a page, the Python codec that has the same characters for it, and the letters that it can carry.
# https://encoding.spec.whatwg.org/#names-and-labels reads shift_jis as cp932, euc-kr as cp949, big5 with the Hong Kong supplement and
# gb2312 as gbk, of which gb18030 is a superset.
ENCODINGS = (
    ("utf-8", "utf-8", _ANY),
    ("gb18030", "gb18030", _ANY),
    ("windows-1252", "cp1252", "éèçñäöüßøåæ" + _LATIN),
    ("windows-1251", "cp1251", _RUSSIAN),
    ("koi8-r", "koi8-r", "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЁё abc"),
    ("iso-8859-2", "iso8859-2", _POLISH),
    ("shift_jis", "cp932", _JAPANESE),
    ("euc-jp", "euc-jp", _JAPANESE),
    ("gb2312", "gb18030", _CHINESE),
    ("big5", "big5hkscs", "新聞報導臺北經濟政治文化體育，。 abc"),
    ("euc-kr", "cp949", _KOREAN),
)
MARKED = (
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
)
DECLARATIONS = ('<meta charset="{}">', "<META CHARSET={}>", '<meta http-equiv="Content-Type" content="text/html; charset={}">')


@attrs.frozen
class Encoded:
    """A page and its bytes, with the label that is true of them."""

    page: str
    data: bytes
    label: str


def _encoded(declare: bool) -> st.SearchStrategy[Encoded]:
    def page(encoding: tuple[str, str, str]) -> st.SearchStrategy[Encoded]:
        label, codec, alphabet = encoding
        texts = texts_of(alphabet)

        def build(declaration: str, title: str, body: list[str], story: list[str]) -> Encoded:
            meta = declaration.format(label) if declare else ""
            paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
            # The grammar's links and attributes hold characters that not every encoding has.
            markup = "".join(body).encode(codec, "ignore").decode(codec)
            source = f"<!DOCTYPE html><html><head>{meta}<title>{title}</title></head><body>{markup}{paragraphs}</body></html>"
            source = source.replace("\0", "")
            return Encoded(source, source.encode(codec), label)

        stories = st.lists(st.lists(texts, min_size=8, max_size=10).map(" ".join), max_size=3)
        return st.builds(build, st.sampled_from(DECLARATIONS), texts, st.lists(fragments(texts), max_size=3), stories)

    return st.sampled_from(ENCODINGS).flatmap(page)


def check_law5_declared(parse: Parse, encoded: Encoded) -> None:
    """The page declares its encoding itself."""
    assert _but_for_encoding(parse(encoded.data, url=URL)) == _but_for_encoding(parse(encoded.page, url=URL))


def check_law5_given(parse: Parse, encoded: Encoded) -> None:
    """The caller gives the encoding, in any spelling."""
    expected = _but_for_encoding(parse(encoded.page))
    for label in (encoded.label, encoded.label.upper(), f" {encoded.label} "):
        assert _but_for_encoding(parse(encoded.data, encoding=label)) == expected


def check_law5_tree(parse: Parse, root: etree._Element) -> None:
    """A tree is read as given, and is afterwards what it was before."""
    before = _everything(root)
    article = parse(root)
    assert _everything(root) == before
    assert squeeze("".join(segment.text for segment in article.segments)) == tree_text(root)


def check_law5_soup(parse: Parse, soup: BeautifulSoup) -> None:
    """A soup is read as the markup that it stands for."""
    before = str(soup)
    article = parse(soup, url=URL)
    assert str(soup) == before
    assert article == parse(before, url=URL)


def _but_for_encoding(article: Article) -> Article:
    return attrs.evolve(article, evidence=tuple(item for item in article.evidence if item.field != "encoding"))


def _everything(root: etree._Element) -> bytes:
    whole = root.getroottree()
    return etree.tostring(whole, encoding="utf-8") + etree.tostring(root, encoding="utf-8", with_tail=True)


def _tree(page: str) -> etree._Element:
    readable = page.encode("utf-8", "replace").decode().replace("\0", "")
    return lxml.html.document_fromstring(f"<html>{readable}".encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))


@given(_encoded(declare=True))
def test_bytes_with_a_declared_encoding_equal_the_str(encoded: Encoded) -> None:
    check_law5_declared(newsparse.parse, encoded)


@given(_encoded(declare=False))
def test_bytes_with_a_given_encoding_equal_the_str(encoded: Encoded) -> None:
    check_law5_given(newsparse.parse, encoded)


@given(_encoded(declare=True))
def test_a_given_encoding_wins_over_a_declared_one(encoded: Encoded) -> None:
    data = encoded.page.encode("utf-8")
    assert _but_for_encoding(newsparse.parse(data, encoding="utf-8")) == _but_for_encoding(newsparse.parse(encoded.page))


@given(pages(texts_of(_ANY)), st.sampled_from(MARKED), st.booleans())
def test_bytes_with_a_byte_order_mark_equal_the_str(page: str, marked: tuple[str, bytes], declared: bool) -> None:
    codec, mark = marked
    page = f"<!doctype html>{'<meta charset=windows-1252>' if declared else ''}{page}".encode("utf-8", "replace").decode()
    assert _but_for_encoding(newsparse.parse(mark + page.encode(codec))) == _but_for_encoding(newsparse.parse(page))


@pytest.mark.parametrize(("label", "codec", "alphabet"), ENCODINGS, ids=[label for label, _, _ in ENCODINGS])
def test_bytes_of_a_plain_text_equal_the_str(label: str, codec: str, alphabet: str) -> None:
    lines = [alphabet, "", alphabet[::-1] * 8, "", "No time to read?", alphabet * 8]
    text = "\n".join(lines)
    expected = newsparse.parse(text)
    assert [segment.path for segment in expected.segments][:1] == ["line:1"]
    assert _but_for_encoding(newsparse.parse(text.encode(codec), encoding=label)) == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_bytes_of_a_fixture_equal_the_str(path: Path) -> None:
    text = text_of(path)
    expected = newsparse.parse(text, url=URL)
    for data, encoding in (
        (path.read_bytes(), None),
        (text.encode(), "utf-8"),
        (text.encode("utf-16"), None),
        (codecs.BOM_UTF8 + text.encode(), None),
    ):
        assert _but_for_encoding(newsparse.parse(data, url=URL, encoding=encoding)) == expected


@given(pages())
def test_a_tree_is_read_as_given_and_left_untouched(page: str) -> None:
    root = _tree(page)
    check_law5_tree(newsparse.parse, root)
    assert newsparse.parse(root.getroottree()) == newsparse.parse(root)


@given(pages(), st.randoms(use_true_random=False))
def test_an_element_is_read_without_what_is_around_it(page: str, random: Any) -> None:
    nowhere: Any = etree.XPath("boolean(ancestor-or-self::*[contains(' script style template noscript ', name())])")
    body = _tree(page).find("body")
    elements = [] if body is None else [element for element in body.iter("*") if not nowhere(element)]
    if elements:
        check_law5_tree(newsparse.parse, random.choice(elements))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_tree_of_a_fixture_equals_its_str(path: Path) -> None:
    # In the broken page text follows </body>, which lxml alone keeps out of the body.
    if path.suffix == ".html" and path.stem != "broken-markup":
        text = text_of(path)
        parser = lxml.html.HTMLParser(encoding="utf-8")
        expected = newsparse.parse(text, url=URL)
        assert newsparse.parse(lxml.html.document_fromstring(text.encode(), parser=parser), url=URL) == expected
        assert newsparse.parse(etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8")), url=URL) == expected


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning", "ignore::bs4.MarkupResemblesLocatorWarning")
@given(pages(), st.sampled_from(("html.parser", "lxml")))
def test_a_soup_equals_its_markup(page: str, features: str) -> None:
    # bs4 has no way to keep these characters: lxml refuses them.
    check_law5_soup(newsparse.parse, BeautifulSoup(page.encode("utf-8", "replace").decode().replace("\0", ""), features))


@given(pages(texts_of(_ANY)))
def test_a_tag_of_a_soup_equals_its_markup(page: str) -> None:
    tag = BeautifulSoup(f"<article><h1>The ferry left late</h1>{page}</article>".replace("\0", ""), "html.parser").article
    assert tag is not None
    assert newsparse.parse(tag) == newsparse.parse(str(tag))


def _always_utf_8(source: Any, *, encoding: str | None = None, **arguments: Any) -> Article:
    return newsparse.parse(source.decode("utf-8", "replace") if isinstance(source, bytes) else source, **arguments)


def _always_latin_1(source: Any, *, encoding: str | None = None, **arguments: Any) -> Article:
    return newsparse.parse(source.decode("latin-1") if isinstance(source, bytes) else source, **arguments)


def _python_codec(source: Any, *, encoding: str | None = None, **arguments: Any) -> Article:
    # Python's shift_jis and euc_kr lack characters that pages with these labels use.
    return newsparse.parse(source.decode(encoding.strip(), "replace") if encoding else source, **arguments)


@pytest.mark.parametrize("broken", [_always_utf_8, _always_latin_1])
def test_search_finds_what_decodes_by_guess(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda encoded: check_law5_declared(broken, encoded), _encoded(declare=True))
    with pytest.raises(AssertionError):
        find_counterexample(lambda encoded: check_law5_given(broken, encoded), _encoded(declare=False))


def test_example_finds_what_takes_labels_for_python_codecs() -> None:
    page = "<p>①②③ ㈱ 똠방각하"
    with pytest.raises(AssertionError):
        check_law5_given(_python_codec, Encoded(page.replace("똠방각하", ""), page.encode("cp932", "ignore"), "shift_jis"))
    check_law5_given(newsparse.parse, Encoded(page.replace("똠방각하", ""), page.encode("cp932", "ignore"), "shift_jis"))


def _cleans_the_tree(source: Any, **arguments: Any) -> Article:
    etree.strip_elements(source, "script", "style", with_tail=False)
    return newsparse.parse(source, **arguments)


def _marks_the_tree(source: Any, **arguments: Any) -> Article:
    source.set("data-seen", "")
    return newsparse.parse(source, **arguments)


def _reads_the_whole_page(source: Any, **arguments: Any) -> Article:
    return newsparse.parse(source.getroottree(), **arguments)


@pytest.mark.parametrize("broken", [_cleans_the_tree, _marks_the_tree])
def test_search_finds_what_changes_a_tree(broken: Parse) -> None:
    with pytest.raises(AssertionError):
        find_counterexample(lambda page: check_law5_tree(broken, _tree(page)), pages())


def test_example_finds_what_reads_more_than_the_element() -> None:
    element = _tree("<p>before<article><p>one</article>after").find(".//article")
    assert element is not None
    with pytest.raises(AssertionError):
        check_law5_tree(_reads_the_whole_page, element)
    check_law5_tree(newsparse.parse, element)


def _reads_the_text_of_a_soup(source: Any, **arguments: Any) -> Article:
    return newsparse.parse(source.get_text("\n") if isinstance(source, BeautifulSoup) else source, **arguments)


def test_search_finds_what_reads_a_soup_otherwise() -> None:
    with pytest.raises(AssertionError):
        find_counterexample(
            lambda page: check_law5_soup(_reads_the_text_of_a_soup, BeautifulSoup(page, "html.parser")), pages(texts_of(_ANY))
        )
