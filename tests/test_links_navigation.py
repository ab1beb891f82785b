"""Previous and next where pages make it hard, and what only looks like them."""

import pytest

import newsparse

URL = "https://brael.example/news/ferry/"
STORY = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
CHOIR, FISH = "Choir sings until the lanterns burn down", "Fish market opens its warehouse"
A, B = "https://brael.example/a/", "https://brael.example/b/"


def navigation(markup: str, before: str = "") -> tuple[tuple[str | None, str] | None, ...]:
    page = f"{before}<h1>Ferry leaves an hour late</h1><article><p>{STORY}</p><p>{STORY} Twice.</p></article>{markup}"
    article = newsparse.parse(page, url=URL)
    return tuple((link.url, link.title) if link else None for link in (article.previous, article.next))


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        pytest.param(
            f"<p><a rel=next href=/a/>Previous article: {CHOIR}</a></p><p><a rel=prev href=/b/>Next article: {FISH}</a></p>",
            ((A, CHOIR), (B, FISH)),
            id="the labels go before a swapped rel",
        ),
        pytest.param("<p><a rel=prev href=/a/>«</a> <a rel=next href=/b/>»</a></p>", ((A, ""), (B, "")), id="arrows only"),
        pytest.param(
            "<div><a href=/a/>Older Post</a> <a href=/>Home</a> <a href=/b/>Newer Post</a></div>",
            ((A, ""), (B, "")),
            id="labels in one line",
        ),
        pytest.param("<div><a href=/a/>Prev Post</a><a href=/b/>Next Post</a></div>", ((A, ""), (B, "")), id="labels without a space"),
        pytest.param(
            f"<div>Previous Article</div><h4><a href=/a/>{CHOIR}</a></h4><div>Next Article</div><h4><a href=/b/>{FISH}</a></h4>"
            f"<nav class=post-nav><a rel=prev href=/a/>{CHOIR}</a> <a rel=next href=/b/>{FISH}</a></nav>",
            ((A, CHOIR), (B, FISH)),
            id="two navigations of one page",
        ),
    ],
)
def test_navigation(markup: str, wanted: object) -> None:
    assert navigation(markup) == wanted


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<div class=carousel><button class=prev>Previous</button><button class=next>Next</button></div>", id="a carousel's buttons"
        ),
        pytest.param("<a class=next href='#slide-2'>Next</a>", id="a gallery's next picture"),
        pytest.param("<nav><a rel=prev href='?cpage=1#comments'>Older comments</a></nav>", id="comments"),
        pytest.param("<nav class=pagination><a rel=next href='/news/page/2/'>Next</a></nav>", id="pages of a list"),
        pytest.param(f"<a rel=next href='{URL}2/'>Next page</a>", id="the article's next page"),
        pytest.param(f"<div id=__next><div><p><a href=/plus/>{CHOIR}</a></p></div>{'<p>x</p>' * 30}</div>", id="an application's root"),
    ],
)
def test_no_navigation(markup: str) -> None:
    assert navigation(markup) == (None, None)


def test_a_section_may_be_called_next() -> None:
    assert navigation("", "<header><nav><ul><li><a href=/sport/>Sport</a><li><a href=/next/>Next</a></ul></nav></header>") == (None, None)
