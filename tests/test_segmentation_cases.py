"""Segmentation in the small: a table of markup and the lines of text that a reader of the page sees in it.

The table is right for what a browser shows, never for what the code does. All text is kept, so what no reader sees is there too, in its
place, and known to be hidden. White space aside nothing is added: zero-width characters and soft hyphens stay, the quotation marks that a
browser puts around ``<q>`` do not appear.
"""

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import lxml.html
import pytest
from lxml import etree

from newsparse.document.segments import CODE, EMPHASIS, HIDDEN, STRONG, RawSegment, walk
from newsparse.document.tree import read_document
from tests.laws.oracle import markup_text, squeeze

Links = tuple[tuple[str, str], ...]
Pieces = tuple[tuple[str, int], ...]


@attrs.frozen
class Case:
    """A piece of markup and the segments that are right for it.

    Attributes:
        texts: of the segments, in order, but for links without text.
        hidden: those of them that no reader sees; ``""`` is a link without text.
        links: address and text of each, where the case is about links.
        pieces: text and style of each, where the case is about what a segment is made of.
        xhtml: whether an XML parser reads the same page from this markup.
    """

    name: str
    html: str
    texts: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    links: Links | None = None
    pieces: Pieces | None = None
    xhtml: bool = True


_SVG = 'xmlns="http://www.w3.org/2000/svg"'
_MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'
_DEEP = 300
_FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"

CASES = (
    # Words across inline elements.
    Case("bold in a word", "<p>un<b>break</b>able</p>", ("unbreakable",)),
    Case("space inside the element", "<p>one<b> two </b>three</p>", ("one two three",)),
    Case("space between elements", "<p><b>one</b> <i>two</i></p>", ("one two",)),
    Case("space in an element between elements", "<p><b>one</b><span> </span><i>two</i></p>", ("one two",)),
    Case("space before an element in an element", "<p><b>one</b><span> <i>two</i></span></p>", ("one two",)),
    Case("punctuation beside an element", "<p>“<i>It</i>”, <b>she</b>’<b>s</b> <em>said</em>.</p>", ("“It”, she’s said.",)),
    Case(
        "capital in the middle of a word",
        "<p><b>Mac</b><i>Donald</i> left</p>",
        ("MacDonald left",),
    ),
    Case("font", "<p><font color='red'>The</font> fer<font size='2'>ry</font></p>", ("The ferry",)),
    Case("subscript", "<p>CO<sub>2</sub> tax</p>", ("CO2 tax",)),
    Case("note in superscript", "<p>late<sup><a href='#n1'>1</a></sup> again</p>", ("late1 again",), links=(("#n1", "1"),)),
    Case("quotation", "<p>She said <q>yes</q>, then <q>no</q>.</p>", ("She said yes, then no.",)),
    Case("time", "<p>at <time datetime='09:30'>half past <b>nine</b></time>.</p>", ("at half past nine.",)),
    Case(
        "code in a sentence",
        "<p>use <code>ls</code>, <kbd>q</kbd></p>",
        ("use ls, q",),
        pieces=(("use ", 0), ("ls", CODE), (", ", 0), ("q", CODE)),
    ),
    Case("direction override", "<p>one <bdo dir='rtl'>two</bdo> <bdi>three</bdi></p>", ("one two three",)),
    Case("anchor in a word", "<p>fer<a name='here'></a>ry</p>", ("ferry",), links=()),
    Case("deep elements in a word", f"<p>un{'<span>' * _DEEP}break{'</span>' * _DEEP}able</p>", ("unbreakable",)),
    Case("element with a colon in its name", "<p>one<o:p></o:p> two</p>", ("one two",), xhtml=False),
    Case(
        "unknown element in a sentence",
        "<p>The <my-term>ferry</my-term> left.</p>",
        ("The ferry left.",),
    ),
    Case("ruby", "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>だ</p>", ("漢(kan)字(ji)だ",)),
    # Drop caps.
    Case("drop cap", "<p><span class='dropcap'>T</span>he ferry</p>", ("The ferry",)),
    Case("drop cap that floats", "<p><span style='float: left; font-size: 3em'>T</span>he ferry</p>", ("The ferry",)),
    Case("drop cap with its quotation mark", "<p><span class='dropcap'>“<b>T</b></span>he ferry”</p>", ("“The ferry”",)),
    # Breaks.
    Case("line break", "<p>one<br/>two</p>", ("one", "two")),
    Case("two line breaks", "<p>one<br/><br/>two</p>", ("one", "two")),
    Case(
        "line break in bold", "<p><b>one<br/>two</b> three</p>", ("one", "two three"), pieces=(("one", 1), ("two", STRONG), (" three", 0))
    ),
    Case("line break in a link", "<p><a href='/x'>one<br/>two</a></p>", ("one", "two"), links=(("/x", "one"), ("/x", "two"))),
    Case("line break in a heading", "<h1>The ferry<br/>left late</h1>", ("The ferry", "left late")),
    Case(
        "line break that is hidden",
        "<h1>The ferry<br style='display: none'/> left late</h1>",
        ("The ferry left late",),
    ),
    Case("word break", "<p>super<wbr/>long</p>", ("superlong",)),
    # Characters that take no room.
    Case("soft hyphen", "<p>Fähr&#173;schiff</p>", ("Fähr\u00adschiff",)),
    Case("zero-width space", "<p>news&#8203;parse &#8203;one</p>", ("news\u200bparse \u200bone",)),
    Case("zero-width no-break space", "<p>&#65279;one two&#65279;three</p>", ("\ufeffone two\ufeffthree",)),
    Case("non-joiner in Persian", "<p>می&#8204;خواهم</p>", ("می\u200cخواهم",)),
    Case("non-joiner between elements", "<p><b>می</b>&#8204;<i>خواهم</i></p>", ("می\u200cخواهم",)),
    Case("joiner in Hindi", "<p>क्&#8205;ष</p>", ("क्\u200dष",)),
    Case("vowel sign after an element", "<p><b>क</b>ि और <i>स्त</i>े</p>", ("कि और स्ते",)),
    Case("emoji of several", f"<p>The {_FAMILY}s</p>", (f"The {_FAMILY}s",)),
    Case("emoji joined across elements", "<p><b>\U0001f469</b>&#8205;<b>\U0001f467</b></p>", ("\U0001f469\u200d\U0001f467",)),
    Case("emoji with selector, skin and flag", "<p>❤&#65039;👍🏽🇳🇴1&#65039;&#8419;</p>", ("❤\ufe0f👍🏽🇳🇴1\ufe0f\u20e3",)),
    Case("direction marks", "<p>&#8207;שלום&#8206; &#8235;one&#8236;</p>", ("\u200fשלום\u200e \u202bone\u202c",)),
    # White space.
    Case("no-break space", "<p>one&nbsp;two &nbsp; three</p>", ("one two three",), xhtml=False),
    Case("wide space", "<p>\u3000東京\u3000大阪</p>", ("東京 大阪",)),
    Case("line feed between words", "<p>one\n  two\r\nthree</p>", ("one two three",)),
    Case("line feed in Korean", "<p>서울은\n맑음</p>", ("서울은 맑음",)),
    Case(
        "line feed in Japanese",
        "<p>東京は\n晴れ</p>",
        ("東京は晴れ",),
    ),
    # Entities, comments and what else is no text.
    Case("entities", "<p>R&amp;D &lt;b&gt; It&#8217;s &#x2014; 5 &gt; 3</p>", ("R&D <b> It’s — 5 > 3",)),
    Case("named entities", "<p>caf&eacute; &hellip; &copy; &zwnj;</p>", ("café … © \u200c",), xhtml=False),
    Case("comment in a word", "<p>fer<!-- no -->ry</p>", ("ferry",)),
    Case("comment beside elements", "<p>fer<!-- no --><b>ry</b><!-- no -->boat</p>", ("ferryboat",)),
    Case("instruction in a word", "<p>fer<?php no ?>ry</p>", ("ferry",)),
    Case("script in a word", "<p>fer<script>no()</script>ry</p>", ("ferry",)),
    Case("script and style between words", "<p>one <script>no()</script><style>no {}</style> two</p>", ("one two",)),
    Case("noscript and template with blocks", "<noscript><p>no</p></noscript>one<template><p>no</p></template> two", ("one two",)),
    Case(
        "metadata in a sentence",
        "<p>By <meta itemprop='url' content='/ann'/>Ann <link itemprop='image' href='/ann.jpg'/>Reed</p>",
        ("By Ann Reed",),
    ),
    # Blocks.
    Case("text beside blocks", "one <b>two</b><p>three</p>four<div>five</div>six", ("one two", "three", "four", "five", "six")),
    Case("blocks in a link", "<a href='/x'><h3>one</h3><p>two</p></a>", ("one", "two"), links=(("/x", "one"), ("/x", "two"))),
    Case("block in an inline element", "<div>one <span>two<div>three</div>four</span> five</div>", ("one two", "three", "four five")),
    Case(
        "block in emphasis",
        "<em>one<span><div>two</div></span>three</em>",
        ("one", "two", "three"),
        pieces=(("one", EMPHASIS), ("two", EMPHASIS), ("three", EMPHASIS)),
    ),
    Case(
        "definition list",
        "<dl><dt>one</dt><dt>two</dt><dd>three <b>four</b></dd><dd><p>five</p></dd></dl>",
        ("one", "two", "three four", "five"),
    ),
    Case(
        "table in a table",
        "<table><tr><td><table><tr><td>one</td><td>two</td></tr></table></td><td><p>three</p>four</td></tr></table>",
        ("one", "two", "three", "four"),
    ),
    Case("details", "<details><summary>one <i>two</i></summary>three<p>four</p></details>", ("one two", "three", "four")),
    Case(
        "inline by style",
        "<div>one <div style='display: inline'>two</div> three</div>",
        ("one two three",),
    ),
    Case(
        "block by style",
        "<div><span style='display: block'>ferry late</span><span style='display: block'>since monday</span></div>",
        ("ferry late", "since monday"),
    ),
    # Preformatted text.
    Case("preformatted", "<pre>one\n  two</pre>", ("one two",), pieces=(("one\n  two", CODE),)),
    Case(
        "preformatted with elements",
        "<pre>a\n<i>b</i>\n c</pre>",
        ("a b c",),
        pieces=(("a\n", CODE), ("b", CODE | EMPHASIS), ("\n c", CODE)),
    ),
    Case(
        "preformatted that begins indented",
        "<pre>  <b>if</b> one:\n    two</pre>",
        ("if one: two",),
        pieces=(("  ", CODE), ("if", CODE | STRONG), (" one:\n    two", CODE)),
    ),
    # Controls.
    Case("button in a sentence", "<p>Press <button>OK</button> now</p>", ("Press", "OK", "now")),
    Case("buttons side by side", "<div><button>Share</button><button>print</button></div>", ("Share", "print")),
    Case(
        "links side by side as buttons",
        "<p><a href='/s' style='display: inline-block'>share</a><a href='/p' style='display: inline-block'>print</a></p>",
        ("share print",),
        links=(("/s", "share"), ("/p", "print")),
    ),
    Case(
        "blocks side by side as buttons", "<div style='display: inline-block'>a</div><div style='display: inline-block'>b</div>", ("a", "b")
    ),
    Case("label", "<p><label>Your <b>name</b>: <input value='no'/></label> please</p>", ("Your name: please",)),
    Case("options", "<select><optgroup label='no'><option>one</option><option>two</option></optgroup></select>", ("one", "two")),
    Case("text area", "<p>one</p><textarea>two\nthree</textarea>", ("one", "two three")),
    Case(
        "suggestions",
        "<p>one</p><datalist><option>two</option></datalist>",
        ("one", "two"),
        hidden=("two",),
    ),
    # Images, drawings, formulas, frames.
    Case("image between words", "<p>one <img src='i' alt='no'/> two</p>", ("one two",)),
    Case(
        "image right between words",
        "<p>one<img src='i' alt='no'/>two</p>",
        ("one two",),
    ),
    Case("icon between words", f"<p>one <svg {_SVG}><path d='M0'/></svg> two</p>", ("one two",)),
    Case("title of a drawing", "<p>one</p><svg><title>two</title><path d='M0'/></svg><p>three</p>", ("one", "two", "three")),
    Case(
        "part of a line in a drawing",
        "<svg><text>The <tspan>ferry</tspan> left</text></svg>",
        ("The ferry left",),
    ),
    Case(
        "formula in a sentence",
        f"<p>If <math {_MATH}><mi>x</mi><mo>=</mo><msup><mi>y</mi><mn>2</mn></msup></math>, then</p>",
        ("If x=y2, then",),
    ),
    Case(
        "styled formula in a sentence",
        "<p>If <math><mstyle><mi>x</mi><mo>=</mo><mn>2</mn></mstyle></math>, then</p>",
        ("If x=2, then",),
    ),
    Case(
        "source of a formula",
        "<p>If <math><semantics><mi>y</mi><annotation>\\gamma</annotation></semantics></math>, then</p>",
        ("If y", "\\gamma", ", then"),
        hidden=("\\gamma",),
    ),
    Case(
        "fraction",
        "<p>Over <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it</p>",
        ("Over 1 2 of it",),
    ),
    Case("frame", "<p>one</p><iframe src='f'>two</iframe>three", ("one", "two", "three")),
    Case("player", "<div>one <video src='v'>No <b>video</b></video> two</div>", ("one", "No video", "two")),
    # Links.
    Case("links side by side", "<p><a href='/a'>one</a><a href='/b'>two</a></p>", ("one two",), links=(("/a", "one"), ("/b", "two"))),
    Case(
        "link in a link",
        "<p><a href='/a'>one <a href='/b'>two</a> three</a></p>",
        ("one two three",),
        links=(("/a", "one"), ("/b", "two")),
        xhtml=False,
    ),
    Case(
        "link of an image",
        "<p>one <a href='/x'><img src='i' alt='The  pier'/></a> two</p>",
        ("one two",),
        links=(("/x", "The pier"),),
    ),
    Case("link of an image with text", "<p><a href='/x'><img src='i' alt='no'/> one</a> two</p>", ("one two",), links=(("/x", "one"),)),
    Case("link of an icon and a space", "<p>one <a href='/x' title='Pier'> <i></i></a>two</p>", ("one two",), links=(("/x", "Pier"),)),
    Case(
        "link of a space and a block without text",
        "<div>one <a href='/x' title='Pier'> <div><i></i></div></a></div>",
        ("one",),
        links=(("/x", "Pier"),),
    ),
    # What is hidden.
    Case("hidden by attribute", "<p hidden=''>one <b>two</b></p><p>three</p>", ("one two", "three"), hidden=("one two",)),
    Case(
        "hidden by display", "<div style='color: red; DISPLAY : None !important'>one<p>two</p></div>", ("one", "two"), hidden=("one", "two")
    ),
    Case("hidden by visibility", "<p>one <b style='visibility:hidden'>two</b> three</p>", ("one", "two", "three"), hidden=("two",)),
    Case("hidden by content visibility", "<div style='content-visibility: hidden'>one</div>", ("one",), hidden=("one",)),
    Case("hidden in a word", "<p>un<span hidden=''>br<i>e</i>ak</span>able</p>", ("un", "break", "able"), hidden=("break",)),
    Case("hidden link", "<p>one <a href='/x' style='display:none'>two</a></p>", ("one", "two"), hidden=("two",), links=(("/x", "two"),)),
    Case(
        "hidden link without text",
        "<p>one</p><p><a href='/trap' style='display:none'></a></p>",
        ("one",),
        hidden=("",),
        links=(("/trap", ""),),
    ),
    Case(
        "hidden drawing", "<svg style='display:none'><symbol><title>one</title></symbol></svg><p>two</p>", ("one", "two"), hidden=("one",)
    ),
    Case(
        "hidden image in a sentence",
        "<p>The ferry <img src='pixel' style='display:none'/>left</p>",
        ("The ferry left",),
    ),
    Case(
        "hidden empty block in a sentence",
        "<div>The ferry <div style='display:none'></div>left</div>",
        ("The ferry left",),
    ),
    Case("hidden from screen readers only", "<p>one <span aria-hidden='true'>→</span> two</p>", ("one → two",)),
    Case("shown once a script has run", "<p style='opacity: 0'>one</p>", ("one",)),
    Case(
        "back side hidden",
        "<p>un<span style='-webkit-backface-visibility: hidden'>break</span>able</p>",
        ("unbreakable",),
    ),
    Case(
        "visible in what is hidden",
        "<div style='visibility:hidden'>one <p style='visibility:visible'>two</p></div>",
        ("one", "two"),
        hidden=("one",),
    ),
    Case(
        "shown by a later declaration",
        "<p style='display:none; display:block'>one</p>",
        ("one",),
    ),
    Case(
        "shown in spite of the attribute",
        "<p hidden='' style='display:block'>one</p>",
        ("one",),
    ),
)


def _document(html: str, attributes: str = "") -> str:
    return f"<html{attributes}><head><title>no</title></head><body>{html}</body></html>"


def _as_bytes(html: str) -> object:
    return _document(html).encode()


def _as_lxml_html(html: str) -> object:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml.html.document_fromstring(_document(html).encode(), parser=parser)


def _as_xhtml(html: str) -> object:
    return etree.fromstring(_document(html, ' xmlns="http://www.w3.org/1999/xhtml"').encode(), etree.XMLParser(huge_tree=True))


FORMS: dict[str, Callable[[str], object]] = {"bytes": _as_bytes, "lxml.html": _as_lxml_html, "xhtml": _as_xhtml}


def _segments(source: object) -> list[RawSegment]:
    return walk(read_document(source).root).segments


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_segments_are_what_a_reader_sees(case: Case) -> None:
    segments = _segments(_document(case.html))
    assert tuple(segment.text for segment in segments if segment.text) == case.texts
    assert tuple(segment.text for segment in segments if segment.node.facts & HIDDEN) == case.hidden
    if case.links is not None:
        assert tuple((link.href, link.text) for segment in segments for link in segment.links) == case.links
    if case.pieces is not None:
        assert tuple((text, style) for segment in segments for text, _, style in segment.pieces) == case.pieces


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_table_loses_and_adds_no_text(case: Case) -> None:
    assert squeeze("".join(case.texts)) == markup_text(_document(case.html))
    assert set(case.hidden) <= {*case.texts, ""}


def test_cases_have_names_of_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def _cases_in_forms() -> Iterator[Any]:
    for case in CASES:
        for form in FORMS:
            if form != "xhtml" or case.xhtml:
                yield pytest.param(case, form, id=f"{case.name}-{form}")


@pytest.mark.parametrize(("case", "form"), list(_cases_in_forms()))
def test_form_of_the_source_makes_no_difference(case: Case, form: str) -> None:
    def facts(segment: RawSegment) -> tuple[object, ...]:
        # Names with a namespace need other paths.
        path = "" if form == "xhtml" else segment.path
        return segment.text, segment.tag, path, segment.links, segment.link_chars, segment.pieces, segment.node.facts, segment.node.depth

    source = FORMS[form](case.html)
    assert [facts(segment) for segment in _segments(source)] == [facts(segment) for segment in _segments(_document(case.html))]


def test_images_of_an_xhtml_tree_have_plain_tags() -> None:
    html = "<p>one <img src='i' alt='two'/></p><iframe src='f'></iframe>"
    media = walk(read_document(_as_xhtml(html)).root).media
    assert [(item.before, item.tag) for item in media] == [(1, "img"), (1, "iframe")]


def test_unresolved_entities_of_a_tree_are_text() -> None:
    source = '<!DOCTYPE html [<!ENTITY nbsp "&#160;"><!ENTITY eacute "&#233;">]>' + _document("<p>one&nbsp;caf&eacute;s</p>")
    tree = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
    assert [segment.text for segment in _segments(tree)] == ["one cafés"]
