"""Any source becomes one tree, whole: what is a page at all, how deep and how large it may be, and what raises."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from lxml import etree, html

import newsparse
from newsparse import LimitExceededError, Limits, NewsparseError, Options, UnsupportedInputError
from newsparse.document.tree import check_size, has_markup, read_document
from newsparse.model import EvidenceSource
from tests.strategies import plain_texts

IMPOSSIBLE = "http://[x"
EMPTY_TREE = etree.ElementTree()  # type: ignore[call-overload]  # what the stubs leave out is what is tested
STORY = "The ferry left the eastern pier an hour late because the crew had to break the ice by hand. " * 2


def text_of(root: etree._Element) -> str:
    return "".join(root.itertext())


def serialized(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    "source",
    [
        "<p>",
        "text before <b>bold</b>",
        "</div>",
        "<br/>",
        "<br />",
        "<P CLASS=x>",
        "<div\n\tclass=x>",
        "x<i>y",
        "<h1>",
        "<!DOCTYPE html>",
        "<!doctype\nhtml>",
        "<!-- only a comment -->",
        "<!-- a comment that is not closed",
        '<a href="x<y">',
        "<a title='a < b > c'>",
        '<a title="it\'s <here>" href=/x>',
        "<p title=''>",
        "<amp-img src=a>",
        "<svg viewBox='0 0 1 1'>",
        "5 < 7 <br> 9 > 8",
        "<<p>>",
    ],
)
def test_markup_is_a_page(source: str) -> None:
    assert has_markup(source)
    assert has_markup(source.encode())


@pytest.mark.parametrize(
    "source",
    [
        "",
        "words",
        "a < b",
        "a <b",
        "x <b y",
        "a<b and b",
        "I <3 you",
        "<unknown>",
        "<unknown class='x'>",
        "<ann@veldt.example>",
        "<https://veldt.example>",
        "< p>",
        "<h7>",
        "<price>",
        "<p",
        "<p class=x",
        '<a href="x>',
        "<div <",
        "&lt;p&gt; &amp; &nbsp;",
        "-->",
        "<![CDATA[x]]>",
        "a -> b <- c",
        "»<«",
    ],
)
def test_text_without_a_known_tag_is_no_page(source: str) -> None:
    assert not has_markup(source)
    assert not has_markup(source.encode())
    assert not has_markup(source.encode("utf-16"))


def test_search_for_markup_is_linear_where_quotes_stay_open() -> None:
    assert not has_markup('<a href="' * 20_000)
    assert not has_markup("<p x='\"" * 20_000)
    assert not has_markup("<a " * 20_000)


@pytest.mark.parametrize(
    ("levels", "tag"), [(300, "div"), (300, "b"), (300, "ul"), (3_000, "div"), (3_000, "b"), (3_000, "ul"), (30_000, "div")]
)
def test_nothing_is_lost_in_and_after_a_deep_page(levels: int, tag: str) -> None:
    source = f"<p>before</p>{f'<{tag}>' * levels}inside{f'</{tag}>' * levels}<p>after</p>"
    root = read_document(source).root
    assert text_of(root) == "beforeinsideafter"
    assert sum(1 for _ in root.iter(tag)) == levels


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        pytest.param(
            "<title>T</title><main>a</main>b<p>c",
            "<html><head><title>T</title></head><body><main>a</main>b<p>c</p></body></html>",
            id="no tag of head or body",
        ),
        pytest.param(
            "<script></script><my-page>a</my-page><meta>",
            "<html><head><script/></head><body><my-page>a</my-page><meta/></body></html>",
            id="no body",
        ),
        pytest.param(
            "<head><input><meta></head><body class=x>a<p>b",
            '<html><head/><body class="x"><input/><meta/>a<p>b</p></body></html>',
            id="a body of its own",
        ),
        pytest.param(
            "<head><title>T</title><template><main>a</main></template></head><p>b",
            "<html><head><title>T</title><template><main>a</main></template></head><body><p>b</p></body></html>",
            id="what may stand in a head",
        ),
    ],
)
def test_an_element_that_may_not_stand_in_the_head_ends_it(source: str, tree: str) -> None:
    assert serialized(read_document(source).root) == tree


@pytest.mark.parametrize("levels", [300, 3_000, 30_000])
def test_nothing_is_lost_in_a_deep_page_that_is_cut_off(levels: int) -> None:
    assert text_of(read_document("<div>" * levels + "inside").root) == "inside"


@pytest.mark.parametrize(
    "odd", ["<o:p>one</o:p>", '<a"b>one</a"b>', "<p xml:lang=en>one", "<p @click=x>one", "<svg><use xlink:href='#i'/></svg>one", '<p ">one']
)
def test_nothing_is_lost_in_a_deep_page_with_an_odd_name(odd: str) -> None:
    shallow, deep = (text_of(read_document(odd + "<div>" * levels + "two").root) for levels in (1, 2_100))
    assert deep == shallow == "onetwo"


def test_deep_page_has_the_same_tree_as_one_that_is_not() -> None:
    shallow = "<!doctype html><title>T</title><p class=a id='b'>one<br>two<!-- c --><script>x < y</script></p>tail"
    deep = shallow + "<div>" * 300
    assert serialized(read_document(deep).root).startswith(serialized(read_document(shallow).root).removesuffix("</body></html>"))


def test_text_node_of_twelve_megabytes_is_kept() -> None:
    text = "lantern " * 1_500_000
    assert text_of(read_document(f"<p>before</p><p>{text}</p><p>after</p>").root) == f"before{text}after"


@pytest.mark.parametrize(
    "source", ["", " \n", "<!-- c -->", "<!doctype html>", "</body>", "</p>", b"", b"\xef\xbb\xbf", "<?xml version='1.0'?>"]
)
def test_source_without_an_element_is_a_tree_without_text(source: str | bytes) -> None:
    root = read_document(source).root
    assert root.tag == "html"
    assert text_of(root) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "klingon"])
def test_xml_declaration_of_a_str_is_dropped(encoding: str) -> None:
    root = read_document(f"<?xml version='1.0' encoding='{encoding}'?>\n<p>лёд é").root
    assert serialized(root) == "<html><body><p>лёд é</p></body></html>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<body><p>in</p></body>after the body</html>after the page", "inafter the bodyafter the page"),
        ("<html><body><p>in</p></body></html><p>a second paragraph</p>", "ina second paragraph"),
        ("<body>one</BODY >two</html\n>three<div>four</div>", "onetwothreefour"),
        ("</body></html>text", "text"),
        ("<html><p>one</html><html><p>two</html>", "onetwo"),
    ],
)
def test_text_after_the_end_of_the_body_is_in_the_body(source: str, text: str) -> None:
    root = read_document(source).root
    body = root.find("body")
    assert body is not None
    assert text_of(body) == text_of(root) == text


def test_characters_that_no_tree_can_hold_are_replaced() -> None:
    assert text_of(read_document("<p>a\0b\ud800c").root) == "a\ufffdb\ufffdc"


def test_bytes_bring_the_evidence_of_their_encoding() -> None:
    found = read_document("<p>лёд".encode("koi8-r"), "koi8-r")
    assert text_of(found.root) == "лёд"
    assert [(item.field, item.source, item.raw) for item in found.evidence] == [("encoding", EvidenceSource.ARGUMENT, "koi8-r")]
    assert read_document("<p>лёд").evidence == ()


def test_tree_is_read_as_given_and_left_untouched() -> None:
    root = html.fromstring(f"<html><body><h1>Ferry late</h1><!-- c --><p class=a>{STORY}<br>tail</p></body></html>")
    before = serialized(root)
    assert read_document(root).root is root
    assert read_document(root.getroottree()).root is root
    assert newsparse.parse_tree(root) is root
    assert newsparse.parse(root) == newsparse.parse(root.getroottree()) == newsparse.parse(before)
    assert serialized(root) == before


def test_element_of_a_larger_tree_is_a_page_of_its_own() -> None:
    root = html.fromstring(f"<html><body><p>outside</p><div id=d><p>{STORY}</p>inside</div>tail</body></html>")
    before = serialized(root)
    article = newsparse.parse(root.get_element_by_id("d"))
    assert [segment.text for segment in article.segments] == [STORY.strip(), "inside"]
    for segment in article.segments:
        found: Any = root.xpath(segment.path)
        assert [" ".join((element.text or "").split()) for element in found] in ([segment.text], [""])
    assert serialized(root) == before


def test_soup_is_read_as_its_markup() -> None:
    source = f"<html><head><title>Ferry late</title></head><body><div><p>{STORY}</p></div><p>Share</p></body></html>"
    soup = BeautifulSoup(source, "html.parser")
    assert soup.div is not None
    assert newsparse.parse(soup) == newsparse.parse(str(soup))
    assert newsparse.parse(soup.div) == newsparse.parse(str(soup.div))
    assert str(soup) == source


def test_string_of_a_soup_is_a_str() -> None:
    soup = BeautifulSoup(f"<p>{STORY}</p>", "html.parser")
    assert soup.p is not None
    assert newsparse.parse(soup.p.string) == newsparse.parse(STORY)


@pytest.mark.parametrize(
    "source", [None, 3, object(), ["<p>x"], ("<p>x",), bytearray(b"<p>x"), memoryview(b"<p>x"), Path("page.html"), EMPTY_TREE, str]
)
def test_other_types_are_unsupported(source: object) -> None:
    for function in (read_document, newsparse.parse, newsparse.parse_tree):
        with pytest.raises(UnsupportedInputError, match="cannot read a") as caught:
            function(source)
        assert isinstance(caught.value, TypeError)
        assert isinstance(caught.value, NewsparseError)
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("source", [etree.Comment("x"), etree.ProcessingInstruction("x")])
def test_comment_alone_is_unsupported(source: object) -> None:
    with pytest.raises(UnsupportedInputError):
        newsparse.parse(source)


# The smallest limits that the page is within, and how each is named where it is exceeded by one.
LIMITED = '<div><p>one <a href="/a">two</a> <a href="/b">three</a></p></div><!-- a comment long enough to make counting worthwhile -->'
EXACT = Limits(bytes=len(LIMITED), nodes=6, depth=5, links=2)


def within(**changes: int) -> Options:
    counts = {"bytes": EXACT.bytes, "nodes": EXACT.nodes, "depth": EXACT.depth, "links": EXACT.links} | changes
    return Options(limits=Limits(**counts))


def test_page_within_the_limits_is_read() -> None:
    assert [segment.text for segment in newsparse.parse(LIMITED, options=within()).segments] == ["one two three"]


@pytest.mark.parametrize("limit", ["bytes", "nodes", "depth", "links"])
def test_each_limit_raises(limit: str) -> None:
    options = within(**{limit: getattr(EXACT, limit) - 1})
    sources: list[object] = [LIMITED, LIMITED.encode(), BeautifulSoup(LIMITED, "html.parser")]
    if limit != "bytes":
        sources.append(read_document(LIMITED).root)
    for source in sources:
        with pytest.raises(LimitExceededError, match=rf"Options\.limits\.{limit} allows {getattr(EXACT, limit) - 1:,}"):
            newsparse.parse(source, options=options)


def test_size_of_plain_text_is_limited_too() -> None:
    with pytest.raises(LimitExceededError, match="has 11 bytes"):
        newsparse.parse("saved words", options=Options(limits=Limits(bytes=10)))
    with pytest.raises(LimitExceededError, match="has 11 bytes"):
        newsparse.parse_text("saved words", options=Options(limits=Limits(bytes=10)))
    check_size("saved words", Limits(bytes=11))


def test_implied_elements_count() -> None:
    assert sum(1 for _ in read_document("<p>a<p>b<p>c").root.iter()) == 5
    with pytest.raises(LimitExceededError):
        newsparse.parse("<p>a<p>b<p>c", options=Options(limits=Limits(nodes=4)))


def test_anchors_are_no_links() -> None:
    newsparse.parse("<p>one <a name=x>two</a> <a name=y>three</a>", options=Options(limits=Limits(links=1)))


def test_impossible_urls_everywhere_are_no_urls() -> None:
    author = f'{{"name": "Ann Veldt", "url": "{IMPOSSIBLE}"}}'
    data = f'{{"@type": "NewsArticle", "url": "{IMPOSSIBLE}", "image": "{IMPOSSIBLE}", "author": {author}}}'
    source = (
        f'<head><base href="{IMPOSSIBLE}"><link rel=canonical href="{IMPOSSIBLE}"><link rel=next href="{IMPOSSIBLE}">'
        f'<meta property="og:image" content="{IMPOSSIBLE}"><meta property="og:url" content="{IMPOSSIBLE}">'
        f'<script type="application/ld+json">{data}</script></head>'
        f'<nav class=breadcrumb><a href="{IMPOSSIBLE}">Home</a></nav><h1>Ferry leaves an hour late</h1>'
        f'<p>{STORY}<a href="{IMPOSSIBLE}">a link in it</a></p><figure><img src="{IMPOSSIBLE}" width=300></figure>'
        f'<iframe src="{IMPOSSIBLE}"></iframe><p>{STORY}</p><a rel=next href="{IMPOSSIBLE}">Harbour gets a new bridge</a>'
        f'<h3>Related articles</h3><ul><li><a href="{IMPOSSIBLE}">Choir sings in the fish market</a></ul>'
    )
    article = newsparse.parse(source, url=IMPOSSIBLE)
    assert [author.name for author in article.authors] == ["Ann Veldt"]
    assert STORY.strip() in article.text
    assert {link.url for link in article.links} == {None}
    found = (article.canonical_url, article.image, article.next, article.next_page, *(author.url for author in article.authors))
    assert found == (None,) * 5
    assert article.images == ()
    assert article.related == ()


def test_xhtml_without_a_namespace_is_read_like_html() -> None:
    source = f"<html><head><title>Ferry late</title></head><body><p>{STORY}<b>bold</b></p><script>x</script></body></html>"
    assert newsparse.parse(etree.fromstring(source)).text == newsparse.parse(source).text


def test_xhtml_tree_is_read_like_html() -> None:
    source = f"<html{{}}><head><title>Ferry late</title></head><body><p>{STORY}<b>bold</b></p><script>x</script></body></html>"
    namespaced = newsparse.parse(etree.fromstring(source.format(' xmlns="http://www.w3.org/1999/xhtml"')))
    assert [segment.text for segment in namespaced.segments] == [segment.text for segment in newsparse.parse(source.format("")).segments]


@given(plain_texts())
def test_markup_inside_any_text_makes_it_a_page(text: str) -> None:
    assert has_markup(f"{text}<p>{text}")
    assert has_markup(f"{text}<p>{text}".encode(errors="replace"))
