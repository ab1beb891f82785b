"""Body segments to blocks: each kind from its markup, in reading order, and nothing of the text lost or moved on the way."""

from collections.abc import Callable

import pytest
from hypothesis import given

import newsparse
from newsparse.body.blocks import Body, build_blocks, runs_of
from newsparse.document.segments import CAPTION, PRE, Walked, walk
from newsparse.document.tree import read_document
from newsparse.document.urls import base_of
from newsparse.model import (
    Block,
    Code,
    Embed,
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Role,
    Run,
    Table,
    TableCell,
)
from tests.strategies import pages
from tests.timing import assert_linear

BASE = base_of("https://brael.example/news/ferry/")
STORY = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
ONE, TWO = Paragraph((Run("one"),)), Paragraph((Run("two"),))


def read(markup: str) -> tuple[Walked, list[int], list[int]]:
    """A page, its body segments (all that have text), and its captions (those in a <figcaption>)."""
    walked = walk(read_document(markup).root)
    captions = [index for index, segment in enumerate(walked.segments) if segment.node.facts & CAPTION]
    body = [index for index, segment in enumerate(walked.segments) if segment.text and index not in captions]
    return walked, body, captions


def build(markup: str) -> Body:
    return build_blocks(*read(markup), BASE)


def blocks_of(markup: str) -> list[Block]:
    return list(build(markup).blocks)


def item(text: str, depth: int = 0) -> ListItem:
    return ListItem((Run(text),), depth)


def cell(text: str, header: bool = False) -> TableCell:
    return TableCell((Run(text),), header)


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<p>one</p><p>two</p>", [ONE, TWO]),
        ("<p>one<br>two</p>", [ONE, TWO]),
        ("<div>one<div>two</div></div>", [ONE, TWO]),
        ("<h2>one</h2><h5>two <em>three</em></h5>", [Heading((Run("one"),), 2), Heading((Run("two "), Run("three", emphasis=True)), 5)]),
        ("<ul><li>one<li>two</ul>", [ListBlock((item("one"), item("two")))]),
        ("<ul><li>one</ul><ul><li>two</ul>", [ListBlock((item("one"),)), ListBlock((item("two"),))]),
        ("<ol><li>one</ol><p>two", [ListBlock((item("one"),), ordered=True), TWO]),
        ("<dl><dt>one<dd>two</dl>", [ListBlock((item("one"), item("two")))]),
        (
            "<ol><li>one<ul><li>a<ul><li>deep</ul><li>b</ul><li>two</ol>",
            [ListBlock((item("one"), item("a", 1), item("deep", 2), item("b", 1), item("two")), ordered=True)],
        ),
        ("<ul><ul><li>one</ul></ul>", [ListBlock((item("one"),))]),
        # An article in an item of a list that lays out the page is no list; lists in it are.
        (
            f"<ul><li><h2>one</h2><p>one</p><p>{STORY}</p><ol><li>two</ol><li>one</ul>",
            [
                Heading((Run("one"),), 2),
                ONE,
                Paragraph((Run(STORY),)),
                ListBlock((item("two"),), ordered=True),
                ListBlock((item("one"),)),
            ],
        ),
        (f"<ul><li><p>one</p><p>two</p><li>{STORY}</ul>", [ListBlock((item("one"), item("two"), item(STORY)))]),
        ("<blockquote><p>one</p><p>two</p></blockquote>", [Quote((Run("one"),)), Quote((Run("two"),))]),
        ("<blockquote><p>one</p><footer>— Ann Veldt</footer></blockquote>", [Quote((Run("one"),), "Ann Veldt")]),
        ("<blockquote><p>one</p><p>– Ann Veldt, <cite>Log</cite></p></blockquote>", [Quote((Run("one"),), "Ann Veldt, Log")]),
        ("<blockquote>one</blockquote><blockquote>— two</blockquote>", [Quote((Run("one"),)), Quote((Run("— two"),))]),
        (f"<blockquote><p>one</p><p>— {STORY}</p></blockquote>", [Quote((Run("one"),)), Quote((Run(f"— {STORY}"),))]),
        ("<blockquote><ul><li>one</ul></blockquote>", [Quote((Run("one"),))]),
        ("<pre>one\n  two\n</pre>", [Code("one\n  two")]),
        ("<pre><code>\none\n\ntwo</code></pre><pre>three</pre>", [Code("one\n\ntwo"), Code("three")]),
        ("<p>see <code>one</code>", [Paragraph((Run("see "), Run("one", code=True)))]),
        (
            "<table><tr><th>Year<th>Ships<tr><td>2020<td>5</table>",
            [Table(((cell("Year", True), cell("Ships", True)), (cell("2020"), cell("5"))))],
        ),
        (
            "<table><tbody><tr><td>a<td><b>b</b><tr><td>c<td></table><p>one",
            [Table(((cell("a"), TableCell((Run("b", strong=True),))), (cell("c"),))), ONE],
        ),
        # Tables that only lay out text: one column, one row, paragraphs in a cell, or a cell with a story.
        ("<table><tr><td>one<tr><td>two</table>", [ONE, TWO]),
        ("<table><tr><td>one<td>two</table>", [ONE, TWO]),
        ("<table><tr><td><p>one</p></td><td>two<tr><td>one<td>two</table>", [ONE, TWO, ONE, TWO]),
        (f"<table><tr><td>one<td>two<tr><td>one<td>{STORY * 3}</table>", [ONE, TWO, ONE, Paragraph((Run(STORY * 3),))]),
        ("<table><tr><td><h2>one</h2><p>two</p></table>", [Heading((Run("one"),), 2), TWO]),
    ],
)
def test_markup_makes_blocks(markup: str, wanted: list[Block]) -> None:
    assert blocks_of(markup) == wanted


def test_runs_have_styles_and_absolute_links() -> None:
    [paragraph] = blocks_of(
        "<p>one <b>two <i>three</i></b> <a href='/x'>four</a>, <a href='http://[x'><code>five</code></a> <b>six</b><b>seven</b>"
    )
    assert paragraph == Paragraph(
        (
            Run("one "),
            Run("two ", strong=True),
            Run("three ", strong=True, emphasis=True),
            Run("four", "https://brael.example/x"),
            Run(", "),
            Run("five ", code=True),
            Run("sixseven", strong=True),
        )
    )


def test_links_stay_relative_without_a_base() -> None:
    [paragraph] = build_blocks(*read("<p><a href=/x>one</a>"), None).blocks
    assert paragraph == Paragraph((Run("one", "/x"),))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Correction: the ferry was not late.", Note.CORRECTION),
        ("Editor's note: the ferry has left since.", Note.EDITORS_NOTE),
        ("The correction of the course took an hour.", None),
    ],
)
def test_editorial_paragraphs_are_marked(text: str, note: Note | None) -> None:
    assert blocks_of(f"<p>{text}</p>") == [Paragraph((Run(text),), note)]


TWEET = "<p>Ice on the pier <a href=https://t.co/x>picture</a></p>&mdash; Ann (@ann) <a href=https://twitter.com/ann/status/1>3 May</a>"


def test_quoted_post_is_an_embed_with_its_own_address() -> None:
    [before, embed, after] = blocks_of(f"<p>one</p><blockquote class=twitter-tweet>{TWEET}</blockquote><p>two</p>")
    assert (before, after) == (ONE, TWO)
    assert isinstance(embed, Embed)
    assert embed.url == "https://twitter.com/ann/status/1"
    assert embed.text == "Ice on the pier picture — Ann (@ann) 3 May"


def test_same_quotation_without_the_class_is_a_quotation() -> None:
    [quote] = blocks_of(f"<blockquote class=wide>{TWEET}</blockquote>")
    assert isinstance(quote, Quote)
    assert (quote.text, quote.attribution) == ("Ice on the pier picture", "Ann (@ann) 3 May")


def test_two_posts_one_after_the_other_are_two_embeds() -> None:
    found = blocks_of("<blockquote class=instagram-media>one</blockquote><blockquote class=instagram-media>two</blockquote>")
    assert found == [Embed(None, (Run("one"),)), Embed(None, (Run("two"),))]


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("src='https://www.youtube.com/embed/x'", "https://www.youtube.com/embed/x"),
        ("src='//player.vimeo.com/video/1'", "https://player.vimeo.com/video/1"),
        ("data-src='https://datawrapper.dwcdn.net/x/1/'", "https://datawrapper.dwcdn.net/x/1/"),
        ("src='HTTPS://YouTube.com/embed/x'", "https://YouTube.com/embed/x"),
        ("src='https://ads.example/x'", None),
        ("src='https://youtube.com.example/x'", None),
        ("src='https://notyoutube.com/x'", None),
        ("src='https://ads.example/?u=youtube.com'", None),
        ("src='http://[x'", None),
        ("src='about:blank'", None),
        ("src=''", None),
        ("", None),
    ],
)
def test_frames_of_known_hosts_are_embeds(source: str, url: str | None) -> None:
    assert blocks_of(f"<p>one</p><iframe {source}></iframe><p>two</p>") == ([ONE, Embed(url), TWO] if url else [ONE, TWO])


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='about:blank' data-src='https://www.youtube.com/embed/x'></iframe>",
        "<iframe data-lazy-src='https://www.youtube.com/embed/x'></iframe>",
        "<iframe data-cookieblock-src='https://www.youtube.com/embed/x'></iframe>",
        "<object data='https://www.youtube.com/embed/x'></object>",
    ],
)
def test_frame_that_is_loaded_late_is_an_embed(frame: str) -> None:
    found = blocks_of(f"<p>one</p>{frame}<p>two</p>")
    assert found == [ONE, Embed("https://www.youtube.com/embed/x"), TWO]


@pytest.mark.parametrize(
    ("markup", "is_embed"),
    [
        ("<blockquote class=tweet><p>Ice!</p></blockquote>", True),
        ("<div class=wp-block-embed><blockquote><p>Ice!</p></blockquote></div>", True),
        ("<div class=wp-block-embed><blockquote><p>Ice!</p></blockquote><p>two</p></div>", False),
        ("<blockquote><p>Ice!</p></blockquote>", False),
    ],
)
def test_quotation_that_is_a_post_of_another_site_is_an_embed(markup: str, is_embed: bool) -> None:
    found = blocks_of(f"<p>one</p>{markup}<p>two</p>")[1]
    assert isinstance(found, Embed) == is_embed
    assert found.text == "Ice!"


def test_figure_has_its_caption_and_stands_in_its_place() -> None:
    found = build(
        "<p>one</p><figure><img src=/pier.jpg width=640 height=480 alt='The pier'><figcaption>Ice <i>on</i> it</figcaption></figure><p>two"
    )
    assert found.blocks == (ONE, Figure(Image("https://brael.example/pier.jpg", "Ice on it", None, "The pier", 640, 480)), TWO)
    assert dict(found.block_of) == {0: 0, 1: 1, 2: 2}


def test_caption_before_its_image_and_in_parts() -> None:
    found = build("<p>one</p><figure><figcaption><p>Ice</p><p>on it</p></figcaption><img src=/pier.jpg></figure><p>two")
    assert found.blocks == (ONE, Figure(Image("https://brael.example/pier.jpg", "Ice on it")), TWO)
    assert dict(found.block_of) == {0: 0, 1: 1, 2: 1, 3: 2}


def test_caption_without_a_figure_is_of_the_image_right_above_it() -> None:
    found = blocks_of("<img src=a.jpg><p>one</p><img src=b.jpg><figcaption>Ice</figcaption><p>two</p><img src=c.jpg>")
    images = [block.image for block in found if isinstance(block, Figure)]
    assert images == [Image(f"https://brael.example/news/ferry/{name}.jpg", "Ice" if name == "b" else None) for name in "abc"]
    assert [type(block) for block in found] == [Figure, Paragraph, Figure, Paragraph, Figure]


@pytest.mark.parametrize(
    ("inside", "caption", "credit"),
    [
        ("<p>Ice on the quay. Photo: Ann Veldt</p>", "Ice on the quay.", "Ann Veldt"),
        ("<p>Ice on the quay</p><p>Photo: Ann Veldt</p>", "Ice on the quay", "Ann Veldt"),
        ("<p>Photo: Ann Veldt</p><p>Ice on the quay</p>", "Ice on the quay", "Ann Veldt"),
        ("<p>Ice on the quay</p><p>Ann Veldt/Getty Images</p>", "Ice on the quay", "Ann Veldt/Getty Images"),
        ("<p>Ice on the quay</p><button>Enlarge</button>", "Ice on the quay", None),
        ("<p>Photo:</p><p>Ann Veldt</p>", None, "Ann Veldt"),
    ],
)
def test_credit_is_apart_from_the_caption(inside: str, caption: str | None, credit: str | None) -> None:
    found = blocks_of(f"<p>one</p><figure><img src=/pier.jpg><figcaption>{inside}</figcaption></figure><p>two</p>")
    assert found == [ONE, Figure(Image("https://brael.example/pier.jpg", caption, credit)), TWO]


@pytest.mark.parametrize(
    "image",
    [
        "<img src=/s.gif width=1 height=1>",
        "<img src=/s.jpg width=99>",
        "<img src=/s.jpg height=99 width=500>",
        "<img src='data:image/gif;base64,R0lGOD'>",
        "<img src='http://[x'>",
        "<img src=''>",
        "<img>",
        "<div class=related><img src=/s.jpg></div>",
        "<div class=author-box><p><img src=/s.jpg></p></div>",
        "<aside><img src=/s.jpg></aside>",
        "<nav><img src=/s.jpg></nav>",
        "<video src=/v.mp4></video>",
    ],
)
def test_small_and_foreign_images_are_left_out(image: str) -> None:
    assert blocks_of(f"<article><p>one</p>{image}<p>two</p></article>") == [ONE, TWO]


@pytest.mark.parametrize(
    ("attributes", "image"),
    [
        ("src=/a.jpg width=100 height=100", Image("https://brael.example/a.jpg", width=100, height=100)),
        ("src=/a.jpg width='100%' height=auto", Image("https://brael.example/a.jpg")),
        ("src=/a.jpg width=٣٣٣ height=9999999", Image("https://brael.example/a.jpg")),
        ("src='data:image/gif;base64,R0lGOD' data-src=/late.jpg", Image("https://brael.example/late.jpg")),
        ("src=/small.jpg data-lazy-src=/late.jpg alt=''", Image("https://brael.example/late.jpg")),
    ],
)
def test_images_and_what_the_markup_says_of_them(attributes: str, image: Image) -> None:
    assert blocks_of(f"<p>one</p><img {attributes}><p>two</p>") == [ONE, Figure(image), TWO]


def test_same_image_is_shown_once() -> None:
    found = blocks_of("<p>one</p><img src=/a.jpg><img src=/a.jpg><p>two</p><img src=/a.jpg>")
    assert found == [ONE, Figure(Image("https://brael.example/a.jpg")), TWO]


def test_images_far_from_the_body_are_left_out() -> None:
    walked, _, captions = read("<img src=/top.jpg><p>x</p><p>x</p><p>x</p><p>x</p><p>one</p><p>x</p><p>x</p><p>x</p><img src=/end.jpg>")
    assert build_blocks(walked, [4], captions, BASE).blocks == (ONE,)


def test_no_body_no_blocks() -> None:
    assert build_blocks(*read("<figure><img src=/a.jpg><figcaption>Ice</figcaption></figure>"), BASE) == Body((), {})


@given(pages())
def test_runs_join_to_the_text(page: str) -> None:
    for segment in walk(read_document(page).root).segments:
        if segment.text:
            runs = runs_of(segment, BASE)
            assert "".join(run.text for run in runs) == segment.text
            assert all(run.text for run in runs)


@given(pages())
def test_blocks_together_are_the_body(page: str) -> None:
    walked, body, captions = read(page)
    found = build_blocks(walked, body, captions, BASE)
    assert squeeze("".join(block.text for block in found.blocks)) == squeeze("".join(walked.segments[index].text for index in body))
    assert set(body) <= set(found.block_of) <= set(body) | set(captions)
    places = [found.block_of[index] for index in body]
    assert places == sorted(places)
    for index in body:
        block = found.blocks[found.block_of[index]]
        assert squeeze(walked.segments[index].text) in squeeze(block.text)
        assert isinstance(block, Code) == bool(walked.segments[index].node.facts & PRE)


def check_indices(article: newsparse.Article) -> None:
    for segment in article.segments:
        if segment.role is Role.BODY:
            assert segment.block is not None
            assert squeeze(segment.text) in squeeze(article.body[segment.block].text)
        elif segment.role is Role.CAPTION and segment.block is not None:
            figure = article.body[segment.block]
            assert isinstance(figure, Figure)
            assert segment.text in (figure.image.caption or "")
        else:
            assert segment.block is None
    shown = {segment.block for segment in article.segments if segment.block is not None}
    assert [block for index, block in enumerate(article.body) if index not in shown and block.text] == []


@given(pages())
def test_segments_of_an_article_know_their_block(page: str) -> None:
    check_indices(newsparse.parse(page))


def test_segments_of_a_page_with_every_kind_of_block_know_theirs() -> None:
    parts = (
        f"<h1>Ferry leaves an hour late</h1><p>{STORY}</p><img src=/a.jpg>",
        f"<ul><li>{STORY}<li>{STORY} Twice.</ul><p>{STORY}</p>",
        f"<blockquote>Nobody in the town hall would say what the new bridge will cost, or who is to pay for it.</blockquote><p>{STORY}</p>",
        f"<figure><img src=/b.jpg><figcaption>The pier in winter</figcaption></figure><p>{STORY}</p>",
        f"<iframe src='https://www.youtube.com/embed/x'></iframe><p>{STORY}</p>",
    )
    article = newsparse.parse(f"<article>{''.join(parts)}</article>", url="https://brael.example/")
    kinds = [type(block) for block in article.body]
    assert kinds == [Paragraph, Figure, ListBlock, Paragraph, Quote, Paragraph, Figure, Paragraph, Embed, Paragraph]
    check_indices(article)
    [caption] = [segment for segment in article.segments if segment.role is Role.CAPTION]
    assert caption.block == 6


def test_work_is_linear_in_figures_with_captions() -> None:
    def work(figures: int) -> Callable[[], object]:
        page = "".join(f"<figure><img src=/{n}.jpg><figcaption>Ice</figcaption></figure><p>one</p>" for n in range(figures))
        walked, body, captions = read(page)
        return lambda: build_blocks(walked, body, captions, BASE)

    assert_linear(work, 150)
