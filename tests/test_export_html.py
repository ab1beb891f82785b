"""The HTML page, read by lxml: the article's texts stand in plain semantic elements, and nothing in it can run."""

from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.export.common import safe_url
from newsparse.export.html import to_html
from newsparse.model import (
    Article,
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Image,
    ListBlock,
    PageKind,
    Paragraph,
    Quote,
    Run,
    Table,
    TableCell,
)
from tests.record_strategies import FULL, articles, blocks_of, items, markup_text

ELEMENTS = {
    *("html", "head", "meta", "title", "link", "body", "article", "header", "address", "time", "nav", "aside"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ol", "ul", "li", "blockquote", "footer", "cite", "pre"),
    *("table", "tbody", "tr", "th", "td", "figure", "img", "figcaption", "small", "a", "code", "em", "strong", "br"),
}
ATTRIBUTES = {"lang", "charset", "name", "content", "rel", "href", "role", "datetime", "src", "alt", "width", "height", "cite"}
TARGETS = {"href", "src", "cite"}


def parsed(article: Article) -> Any:
    return lxml.html.document_fromstring(to_html(article))


def own_text(element: Any) -> str:
    """The element's text as it stands, a line break for each ``<br>``, without that of lists inside."""
    inside = (
        ("\n" if child.tag == "br" else "" if child.tag in ("ol", "ul") else own_text(child)) + (child.tail or "") for child in element
    )
    return (element.text or "") + "".join(inside)


def texts_of(block: Block) -> list[str]:
    match block:
        case ListBlock(parts):
            return [item.text for item in parts]
        case Table(rows):
            return [cell.text for row in rows for cell in row]
        case _:
            return [block.text]


@given(articles)
def test_nothing_but_plain_elements_and_attributes(article: Article) -> None:
    elements = list(parsed(article).iter())
    assert {str(element.tag) for element in elements} <= ELEMENTS
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES


@given(articles)
def test_only_safe_targets_are_linked(article: Article) -> None:
    targets = [value for element in parsed(article).iter() for name, value in element.attrib.items() if name in TARGETS]
    assert [target for target in targets if safe_url(target) is None] == []


@given(st.sampled_from(["javascript:", "data:", "vbscript:", "file:", "blob:"]), st.data())
def test_no_disguise_makes_a_target_safe(scheme: str, data: st.DataObject) -> None:
    noise = st.sampled_from(["", "", "", "\t", "\n", "\r", "\x01", "\x1f", " ", "\N{ZERO WIDTH SPACE}", "&Tab;", "&NewLine;", "&#9;"])
    spelled = st.sampled_from([str.lower, str.upper, lambda char: f"&#{ord(char)};", lambda char: f"&#x{ord(char):x};"])
    disguised = "".join(data.draw(noise) + data.draw(spelled)(char) for char in scheme)
    assert safe_url(f"{disguised}alert(1)") is None


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "HTTPS://example.com:8080/a:b", "mailto:desk@example.com", "/a", "a/b:c", "?a:b", "#a:b", "//example.com/"],
)
def test_ordinary_targets_are_safe(url: str) -> None:
    assert safe_url(url) == url


@given(markup_text, st.lists(st.one_of(*blocks_of(markup_text).values()), max_size=4))
def test_texts_come_out_as_they_are(title: str, blocks: list[Block]) -> None:
    page = parsed(Article(PageKind.ARTICLE, title, body=tuple(blocks)))
    body = (own_text(element) for element in page.iter("p", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre"))
    assert [text for text in body if text.strip()] == [text for block in blocks for text in texts_of(block) if text.strip()]
    assert [own_text(heading) for heading in page.iter("h1")] == [title] * bool(title)
    assert page.findtext("head/title") == title


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (
            Paragraph((Run("a "), Run("b ", strong=True), Run("c", emphasis=True, code=True))),
            "<p>a <strong>b </strong><em><code>c</code></em></p>",
        ),
        (
            Paragraph((Run("a", "/x?a=1&b=2"), Run("b", "/x?a=1&b=2", strong=True), Run("c", "/y"))),
            '<p><a href="/x?a=1&amp;b=2">a<strong>b</strong></a><a href="/y">c</a></p>',
        ),
        (Paragraph((Run("a", "javascript:alert(1)"), Run('<b> & "c"\nd'))), '<p>a&lt;b&gt; &amp; "c"<br>d</p>'),
        (Heading((Run("a"),), 1), "<h2>a</h2>"),
        (Heading((Run("a"),), 6), "<h6>a</h6>"),
        (
            ListBlock(items(("a", 0), ("b", 1), ("c", 2), ("d", 0))),
            "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li></ul></li></ul></li>\n<li>d</li></ul>",
        ),
        (ListBlock(items(("a", 3), ("", 0), ("b", 0)), ordered=True), "<ol>\n<li>a</li>\n<li>b</li></ol>"),
        (ListBlock(()), ""),
        (Quote((Run("a"),), "Hamlet"), "<blockquote>\n<p>a</p>\n<footer><cite>Hamlet</cite></footer>\n</blockquote>"),
        (
            Table(((TableCell((Run("a"),), header=True), TableCell((Run("b"),))),)),
            "<table>\n<tr><th>a</th><td>b</td></tr>\n</table>",
        ),
        (
            Figure(Image("/a.jpg", "A cat", "AP", 'a "cat"', 640)),
            '<figure>\n<img src="/a.jpg" alt="a &quot;cat&quot;" width="640">\n<figcaption>A cat <small>AP</small></figcaption>\n</figure>',
        ),
        (Figure(Image("data:image/png;base64,AAAA", credit="AP")), "<figure>\n<figcaption><small>AP</small></figcaption>\n</figure>"),
        (Embed("/post", (Run("a"),)), '<blockquote cite="/post">\n<p>a</p>\n</blockquote>'),
        (Embed("javascript:alert(1)", (Run("a"),)), "<blockquote>\n<p>a</p>\n</blockquote>"),
        (Embed("/post"), '<figure>\n<figcaption><a href="/post">/post</a></figcaption>\n</figure>'),
        (Embed("javascript:alert(1)"), ""),
        (Code("\n  a\n\n<b>"), "<pre><code>\n  a\n\n&lt;b&gt;</code></pre>"),
    ],
)
def test_blocks(block: Block, expected: str) -> None:
    page = to_html(Article(PageKind.ARTICLE, "T", body=(block,)))
    assert page.split("</header>\n")[1].split("</article>")[0].rstrip("\n") == expected


def test_a_whole_article() -> None:
    assert (
        FULL.to_html()
        == """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ferry stuck in the ice</title>
<meta name="description" content="The crew broke the ice by hand.">
<meta name="author" content="Ann Veldt">
<meta name="author" content="Reuters">
<link rel="canonical" href="http://example.com/1">
</head>
<body>
<article>
<header>
<h1>Ferry stuck in the ice</h1>
<p role="doc-subtitle">An hour late</p>
<address>By <a rel="author" href="http://example.com/ann">Ann Veldt</a>, Reuters</address>
<p>Published: <time datetime="2024-05-03T10:20+02:00">2024-05-03 10:20+02:00</time></p>
<p>Updated: <time datetime="2024-05-04">2024-05-04</time></p>
</header>
<p>The ferry was <strong>late</strong>.</p>
<h2>Why</h2>
</article>
<nav>
<p>Previous: <a rel="prev" href="http://example.com/0">Bridge opens</a></p>
<p>Next: Choir sings</p>
</nav>
<aside>
<h2>Related</h2>
<ul>
<li><a href="http://example.com/7">More ice</a></li>
<li>Less ice</li>
</ul>
</aside>
</body>
</html>"""
    )


def test_an_article_of_nothing() -> None:
    assert (
        to_html(Article(PageKind.EMPTY))
        == """\
<!doctype html>
<html>
<head>
<meta charset="utf-8">
<title></title>
</head>
<body>
<article>
</article>
</body>
</html>"""
    )
