"""The walk: where the text of a page is cut into segments, what each knows of its links, style and place, and that the work is linear."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from lxml import etree

from newsparse.document.segments import (
    ARTICLE,
    ARTICLE_BODY,
    ASIDE,
    CAPTION,
    CODE,
    DIALOG,
    EMPHASIS,
    FIGURE,
    FORM,
    HEADING,
    HIDDEN,
    LIST,
    NAV,
    PRE,
    QUOTE,
    STRONG,
    TABLE,
    RawLink,
    Walked,
    walk,
)
from newsparse.document.tree import read_document
from newsparse.lexicon import topic_bit
from tests.strategies import pages
from tests.timing import assert_linear


class Shape(NamedTuple):
    text: str
    tag: str
    path: str


def root_of(source: str) -> etree._Element:
    return read_document(source).root


def walked(source: str) -> Walked:
    return walk(root_of(source))


def shapes(source: str) -> list[Shape]:
    """The segments, their paths as in the body and without the "[1]" of only children."""
    return [
        Shape(segment.text, segment.tag, segment.path.removeprefix("/html/body[1]").replace("[1]", "").lstrip("/"))
        for segment in walked(source).segments
    ]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        # Inline elements flow; only what separates words in the source separates them here.
        ("<p>one <b>two</b> <i>three</i>", [("one two three", "p", "p")]),
        ("<p><b>D</b>ear reader", [("Dear reader", "p", "p")]),
        ("<p>H<sub>2</sub>O, E=mc<sup>2</sup>", [("H2O, E=mc2", "p", "p")]),
        ("<p>un<b>break</b>able <span>sp<span>lit</span></span>", [("unbreakable split", "p", "p")]),
        ("<p>a&nbsp;b\u3000c \n\t d", [("a b c d", "p", "p")]),
        ("<p>super<wbr>long, <ruby>漢<rt>kan</rt></ruby>", [("superlong, 漢kan", "p", "p")]),
        ("<p>one<!-- c -->two<?php x ?>three", [("onetwothree", "p", "p")]),
        ("<p>one<!-- c --> <!-- d -->two", [("one two", "p", "p")]),
        ("text<!-- c -->", [("text", "body", "")]),
        # Two inline elements side by side are set apart where a style sheet would do so.
        ("<p><span>Previous article</span><span>Ferry late</span>", [("Previous article Ferry late", "p", "p")]),
        ("<p><span><b>label</b></span><span><i>Title</i></span>", [("label Title", "p", "p")]),
        ("<p><a href=/a>one</a><a href=/b>two</a>", [("one two", "p", "p")]),
        ("<p><a href=/a>3</a><a href=/b>4</a>", [("3 4", "p", "p")]),
        ("<p><a href=/a>one</a>, <a href=/b>two</a>.", [("one, two.", "p", "p")]),
        ("<p><i>It</i><b>aly</b> <span>1</span><span>2</span>", [("Italy 12", "p", "p")]),
        ("<p><code>foo</code><code>Bar</code>", [("fooBar", "p", "p")]),
        ("<p><b>It</b>’<b>s</b>", [("It’s", "p", "p")]),
        # Everything else ends the line.
        ("<p>one<br>two<br><br>three</p>", [("one", "p", "p"), ("two", "p", "p"), ("three", "p", "p")]),
        ("<p>one<p>two", [("one", "p", "p"), ("two", "p", "p[2]")]),
        ("<div>one<p>two</p>three</div>", [("one", "div", "div"), ("two", "p", "div/p"), ("three", "div", "div")]),
        ("<ul><li>one<ul><li>two</ul>three</ul>", [("one", "li", "ul/li"), ("two", "li", "ul/li/ul/li"), ("three", "li", "ul/li")]),
        ("<table><tr><td>1<th>2<tr><td>3</table>", [("1", "td", "table/tr/td"), ("2", "th", "table/tr/th"), ("3", "td", "table/tr[2]/td")]),
        ("<dl><dt>t<dd>d</dl>", [("t", "dt", "dl/dt"), ("d", "dd", "dl/dd")]),
        ("<details><summary>S</summary>D</details>", [("S", "summary", "details/summary"), ("D", "details", "details")]),
        ("<p>one<hr>two", [("one", "p", "p"), ("two", "body", "")]),
        ("<my-widget>one</my-widget><my-widget>two</my-widget>", [("one", "my-widget", "my-widget"), ("two", "my-widget", "my-widget[2]")]),
        ("<button>Go</button><label>Name</label>", [("Go", "button", "button"), ("Name", "body", "")]),
        ("<svg><a href=/q><text>drawn</text></a></svg>", [("drawn", "text", "svg/a/text")]),
        # A block in an inline element ends its line too; the inline element's style and link go on in it.
        ("<em><p>one</p></em>", [("one", "p", "em/p")]),
        ("<a href=/x><h3>one</h3><p>two</p></a>", [("one", "h3", "a/h3"), ("two", "p", "a/p")]),
        ("<a href=/x><div>one <b>two</b></div>three</a> four", [("one two", "div", "a/div"), ("three four", "body", "")]),
        # What is drawn without text is no boundary; what has text is one.
        ("<p>one<svg><path d='M0'/></svg>two", [("onetwo", "p", "p")]),
        ("<p>one<svg><title>two</title></svg>three", [("one", "p", "p"), ("two", "title", "p/svg/title"), ("three", "p", "p")]),
        ("<p>one <img src=a alt=alternative> <input value=typed> two", [("one two", "p", "p")]),
        # Hidden text is kept apart from the visible text around it.
        ("<p>a<span style='display:none'>hid</span>b", [("a", "p", "p"), ("hid", "span", "p/span"), ("b", "p", "p")]),
        ("<p>a<b style='color:red; VISIBILITY : hidden'>h<i>i</i>d</b>b", [("a", "p", "p"), ("hid", "b", "p/b"), ("b", "p", "p")]),
        ("<p>a <span style='display:inline-block'>shown</span> b", [("a shown b", "p", "p")]),
        # Text that only a machine reads is no text of the page.
        ("<p>one<script>x</script>two<style>y</style>three", [("onetwothree", "p", "p")]),
        ("<noscript><p>n</p></noscript><template><p>t</p></template><p>one", [("one", "p", "p")]),
        ("<noscript>n</noscript>tail", [("tail", "body", "")]),
        ("<p>one<noscript><div></noscript> more<p>two", [("one more", "p", "p"), ("two", "p", "p[2]")]),
        ("<p>one<NoScript><table><tr><td>n</NoScript > more<p>two", [("one more", "p", "p"), ("two", "p", "p[2]")]),
        ("<p>one<template><div><table><div></table></template> more", [("one more", "p", "p")]),
        ("<p>one<noscript><b><i><div></b></div></i></noscript> more", [("one more", "p", "p")]),
        ("<div>one<noscript></div></noscript>two</div>", [("one", "div", "div"), ("two", "body", "")]),
        ("<head><title>T</title><style>s</style></head><p>one", [("one", "p", "p")]),
        # What a browser may show, or would where it cannot show what is around it, is text.
        ("<iframe>one <b>two</b></iframe>", [("one <b>two</b>", "iframe", "iframe")]),
        ("<textarea> one\ntwo</textarea>", [("one two", "textarea", "textarea")]),
        ("<select><option>one<option>two</select>", [("one", "option", "select/option"), ("two", "option", "select/option[2]")]),
        ("<video src=v>one</video><canvas>two</canvas>", [("one", "video", "video"), ("two", "canvas", "canvas")]),
        ("<pre>one\n  two</pre>", [("one two", "pre", "pre")]),
    ],
)
def test_text_is_cut_at_blocks(source: str, wanted: list[tuple[str, str, str]]) -> None:
    assert shapes(source) == wanted


@pytest.mark.parametrize("tag", ["span", "a", "b"])
def test_inline_element_with_the_hidden_attribute_is_kept_apart(tag: str) -> None:
    assert [segment.text for segment in walked(f"<p>one <{tag} hidden>two</{tag}> three").segments] == ["one", "two", "three"]


ODD_NAMES = (
    "<o:p>one</o:p><p>two</p>",
    '<p>zero</p><a"b>one</a"b><a"b>two</a"b>',
    "<a'b>one</a'b><a'b><p>two</p></a'b>",
    "<foo'\"bar>one</foo'\"bar><x|y>two</x|y>",
    "<v:shape><v:textbox><p>one</p></v:textbox></v:shape>",
    "<été>one</été><p>two",
    "<my_tag.x>one</my_tag.x><my-tag>two</my-tag>",
    "<text>one</text><node>two</node><comment>three</comment>",
    "<div><div>one</div><p>two</p><div>three</div></div><div>four</div>",
    "<b>one</b><b><p>two</p></b><b>three</b>",
)


@pytest.mark.parametrize("source", ODD_NAMES)
def test_paths_find_elements_with_odd_names(source: str) -> None:
    root = root_of(source)
    segments = walk(root).segments
    assert segments
    for segment in segments:
        found: Any = root.xpath(segment.path)
        assert len(found) == 1
        assert segment.text in "".join(found[0].itertext())


def test_path_and_tag_are_of_the_same_element() -> None:
    root = root_of("<p><a href=/x>one <span>two</span><div>three</div></a>")
    for segment in walk(root).segments:
        found: Any = root.xpath(segment.path)
        assert found[0].tag == segment.tag


def test_paths_begin_at_the_document_of_a_sub_element() -> None:
    root = root_of("<div>zero</div><div><p>one<p>two</div>")
    inner = root.find("body/div[2]")
    assert inner is not None
    segments = walk(inner).segments
    assert [segment.text for segment in segments] == ["one", "two"]
    paths: list[Any] = [root.xpath(segment.path) for segment in segments]
    assert [path[0].text for path in paths] == ["one", "two"]


@pytest.mark.parametrize("tag", ["div", "b", "o:p", 'a"b'])
def test_paths_of_a_deep_page_stay_short_and_find_their_element(tag: str) -> None:
    levels = 1_900  # what is deeper than 2,048 is parsed in another way, which test_tree tests
    source = "".join(f"<{tag}>{f'<p>level {level}</p>' if level % 100 == 0 else ''}" for level in range(levels))
    root = root_of(f"<p>before</p><{tag}></{tag}>{source}")
    segments = walk(root).segments
    assert [segment.text for segment in segments] == ["before", *(f"level {level}" for level in range(0, levels, 100))]
    for segment in segments:
        found: Any = root.xpath(segment.path)
        assert [element.text for element in found] == [segment.text]
        assert len(segment.path) < 64 * len("/*[name()='xxxx'][1]") + 100


@pytest.mark.parametrize(
    ("source", "links", "link_chars"),
    [
        ("<p>one", [], 0),
        ("<p><a name=x>one</a>", [], 0),
        ("<p>read <a href=/a>this <b>bold</b>\n link</a> now", [RawLink("/a", "this bold link", "")], 14),
        ("<p><a href=/a rel='next  nofollow'>one</a>", [RawLink("/a", "one", "next  nofollow")], 3),
        ("<p><a href=/a>one</a><a href=/b>two</a>", [RawLink("/a", "one", ""), RawLink("/b", "two", "")], 6),
        ("<p><a href=/a>one</a><a href=/a>two</a>", [RawLink("/a", "one", ""), RawLink("/a", "two", "")], 6),
        ("<p><a href='http://[x'>one</a>", [RawLink("http://[x", "one", "")], 3),
        ("<p><a href=' /a\n'>one</a>", [RawLink(" /a\n", "one", "")], 3),
        ("<p><a href=''>one</a>", [RawLink("", "one", "")], 3),
        ("<p>x <a href=/a>  one  </a> y", [RawLink("/a", "one", "")], 3),
        ("<p><b><a href=/a>one</a></b>", [RawLink("/a", "one", "")], 3),
        ("<p>one <a href=/a><img src=i alt=picture> two</a>", [RawLink("/a", "two", "")], 3),
    ],
)
def test_links_of_a_segment(source: str, links: list[RawLink], link_chars: int) -> None:
    [segment] = walked(source).segments
    assert list(segment.links) == links
    assert segment.link_chars == link_chars


def test_link_around_blocks_is_a_link_of_each() -> None:
    segments = walked("<a href=/x rel=prev><h3>one</h3><div>two <i>three</i></div></a>").segments
    assert [segment.links for segment in segments] == [(RawLink("/x", "one", "prev"),), (RawLink("/x", "two three", "prev"),)]
    assert [segment.link_chars for segment in segments] == [3, 9]


def test_link_begun_before_a_block_and_ended_after_it() -> None:
    segments = walked("<p><a href=/x>one <div>two</div> three</a> four").segments
    assert [(segment.text, [link.text for link in segment.links], segment.link_chars) for segment in segments] == [
        ("one", ["one"], 3),
        ("two", ["two"], 3),
        ("three four", ["three"], 5),
    ]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<a href=/i><img src=i alt=' The  pier '></a>", "The pier"),
        ("<a href=/i><span><img src=i alt='The pier'></span></a>", "The pier"),
        ("<a href=/i><h3><img src=i alt='The pier'></h3></a>", "The pier"),
        ("<a href=/i><svg><path/></svg></a>", ""),
        ("<a href=/i aria-label='Next story' title=t></a>", "Next story"),
        ("<a href=/i title='Next story'></a>", "Next story"),
        ("<a href=/i aria-label='Next story'><img src=i alt=''></a>", "Next story"),
        ("<a href=/i>  </a>", ""),
    ],
)
def test_link_without_text_is_a_segment_of_its_own(source: str, title: str) -> None:
    root = root_of(f"<p>{source}</p>")
    [segment] = walk(root).segments
    assert (segment.text, segment.tag, segment.link_chars) == ("", "a", 0)
    assert segment.links == (RawLink("/i", title, ""),)
    found: Any = root.xpath(segment.path)
    assert [element.get("href") for element in found] == ["/i"]


def test_link_without_text_among_text() -> None:
    segments = walked("<p>one <a href=/i rel=next><img src=i alt=picture></a> two <a href=/t>three</a>").segments
    assert sorted((segment.text, [link.href for link in segment.links]) for segment in segments) == [
        ("", ["/i"]),
        ("one two three", ["/t"]),
    ]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("<p>one", []),
        ("<p><span>one</span> two", []),
        ("<p><b>one</b>", [("one", None, STRONG)]),
        ("<p>one <b>two</b>", [("one ", None, 0), ("two", None, STRONG)]),
        ("<p><em>one <strong>two</strong></em>", [("one ", None, EMPHASIS), ("two", None, EMPHASIS | STRONG)]),
        ("<em><p>one</p></em>", [("one", None, EMPHASIS)]),
        ("<p>the <code>x</code>", [("the ", None, 0), ("x", None, CODE)]),
        ("<p><a href=/a>one</a> two", [("one", "/a", 0), (" two", None, 0)]),
        ("<p><a href=/a><b>one</b></a>", [("one", "/a", STRONG)]),
        ("<pre>one\n\n  two</pre>", [("one\n\n  two", None, CODE)]),
        ("<pre>\none\n<b>two</b>\n</pre>", [("\none\n", None, CODE), ("two", None, CODE | STRONG), ("\n", None, CODE)]),
        ("<pre><code>one\ntwo\n</code></pre>", [("one\ntwo\n", None, CODE)]),
    ],
)
def test_pieces_keep_style_links_and_the_line_breaks_of_pre(source: str, pieces: list[tuple[str, str | None, int]]) -> None:
    [segment] = walked(source).segments
    assert [(text, link and link.href, style) for text, link, style in segment.pieces] == pieces


@given(pages())
def test_pieces_together_are_the_text(source: str) -> None:
    for segment in walked(source).segments:
        assert " ".join(segment.text.split()) == segment.text
        assert 0 <= segment.link_chars <= len(segment.text)
        if segment.pieces:
            assert " ".join("".join(text for text, _, _ in segment.pieces).split()) == segment.text
        elif segment.text:
            assert segment.links == ()


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<img src=a>", [(0, "img")]),
        ("<p>one</p><img src=a><p>two</p>", [(1, "img")]),
        ("<p>one <img src=a> two</p><p>three", [(1, "img")]),
        ("<p>one</p><p><img src=a>two</p>", [(1, "img")]),
        ("<p>one</p><p>two</p><iframe src=f></iframe><video src=v></video><p>three", [(2, "iframe"), (2, "video")]),
        ("<figure><img src=a><figcaption>one</figcaption></figure><audio src=s></audio>", [(0, "img"), (1, "audio")]),
        ("<p>one<noscript><img src=a></noscript><template><img src=a></template>", [(1, "noscript")]),
    ],
)
def test_media_know_how_many_segments_are_before_them(source: str, wanted: list[tuple[int, str]]) -> None:
    assert [(item.before, item.tag) for item in walked(source).media] == wanted


def test_media_have_their_attributes_and_place() -> None:
    [item] = walked("<figure class=wide><p><img src=a.jpg data-src='b.jpg' alt=x></p></figure>").media
    assert dict(item.element.attrib) == {"src": "a.jpg", "data-src": "b.jpg", "alt": "x"}
    assert item.node.tag == "p"
    assert item.node.parent is not None
    assert item.node.parent.tag == "figure"


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        ("<p>x", 0),
        ("<article><p>x", ARTICLE),
        ("<nav><ul><li>x", NAV | LIST),
        ("<div role=navigation>x", NAV),
        ("<aside><figure><figcaption>x", ASIDE | FIGURE | CAPTION),
        ("<blockquote><p>x", QUOTE),
        ("<table><tr><td>x", TABLE),
        ("<h2>x", HEADING),
        ("<div role=heading>x", HEADING),
        ("<form><p>x", FORM),
        ("<div role=dialog><p>x", DIALOG),
        ("<div itemprop=articleBody><p>x", ARTICLE_BODY),
        ("<div itemprop=description><p>x", 0),
        ("<pre>x", PRE),
        ("<div hidden><p>x", HIDDEN),
        ("<div style='display: none'><p>x", HIDDEN),
        ("<div style='display: block'><p>x", 0),
        ("<p><span style='display:none'>x", HIDDEN),
    ],
)
def test_facts_are_those_of_the_element_and_all_around_it(source: str, facts: int) -> None:
    [segment] = walked(source).segments
    assert segment.node.facts == facts


def test_class_words_of_the_element_and_all_around_it() -> None:
    [segment] = walked("<div class=related><div id=share><p class='newsletter'>x").segments
    assert segment.node.own & topic_bit("newsletter")
    assert not segment.node.own & (topic_bit("related") | topic_bit("share"))
    assert segment.node.tokens & (topic_bit("related") | topic_bit("share")) == topic_bit("related") | topic_bit("share")


def test_nodes_are_in_document_order_each_after_its_parent() -> None:
    nodes = walked("<div><p>a</p><ul><li>b<li>c</ul></div><section>d</section>").nodes
    assert [node.index for node in nodes] == list(range(len(nodes)))
    assert [node.tag for node in nodes] == ["html", "body", "div", "p", "ul", "li", "li", "section"]
    for node in nodes[1:]:
        assert node.parent is not None
        assert node.parent.index < node.index
        assert node.parent.depth + 1 == node.depth


def test_signature_is_shared_by_elements_with_the_same_tags_and_classes_around() -> None:
    one, two, other_class, other_place = walked("<ul><li class=a>1<li class=a>2<li class=b>3</ul><ol><li class=a>4</ol>").segments
    assert one.node.signature == two.node.signature
    assert len({one.node.signature, other_class.node.signature, other_place.node.signature}) == 3


@given(pages())
def test_walk_changes_nothing_and_repeats_itself(source: str) -> None:
    root = root_of(source)
    before = etree.tostring(root)
    first, second = walk(root), walk(root)
    assert etree.tostring(root) == before
    assert [(s.text, s.path, s.links, s.pieces) for s in first.segments] == [(s.text, s.path, s.links, s.pieces) for s in second.segments]


def check_linear(page: Callable[[int], str], size: int) -> None:
    def work(times: int) -> Callable[[], object]:
        root = root_of(page(times))
        return lambda: walk(root)

    assert_linear(work, size)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        pytest.param(lambda n: "<p>one <b>two</b></p>" * n, 1_000, id="blocks"),
        pytest.param(lambda n: "<p>" + "<b>x</b>" * n, 2_000, id="inline"),
        pytest.param(lambda n: "<p>" + "<a href=/a>x</a> " * n, 1_000, id="links"),
        pytest.param(lambda n: "<p>" + "<a href=/a></a>" * n, 1_000, id="links without text"),
        pytest.param(lambda n: "<p>" + "x<i style='display:none'>y</i>" * n, 500, id="hidden inline"),
        pytest.param(lambda n: "<div>x " * n, 3_000, id="deep"),
        pytest.param(lambda n: "<svg><text>x</text></svg>" * n, 500, id="drawings"),
        pytest.param(lambda n: "x<br>" * n, 2_000, id="lines"),
        pytest.param(lambda n: "x<!-- c -->" * n, 2_000, id="comments"),
        pytest.param(
            lambda n: "<div>" * 254 + "<p>x<b><i>y</i></b></p>" * n,
            500,
            id="beside each other at the depth where paths begin anew",
        ),
        pytest.param(
            lambda n: "<svg>" * n + "x",
            500,
            id="drawings in drawings",
        ),
        pytest.param(
            lambda n: "<p>" + "x<a href=/a><i></i></a>" * n,
            500,
            id="links without text between text",
        ),
    ],
)
def test_work_is_linear(page: Callable[[int], str], size: int) -> None:
    check_linear(page, size)
