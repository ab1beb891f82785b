"""Where the page leads: the previous and the next article in each of the shapes that pages offer them in, and the related ones."""

from collections.abc import Callable

import pytest
from hypothesis import given

import newsparse
from newsparse import Article, BoilerplateKind, Certainty, EvidenceSource, Link, Relation, Role
from newsparse.document.segments import walk
from newsparse.document.tree import read_document
from newsparse.document.urls import base_of
from newsparse.fields.links import Adjacent, find_adjacent, related_links
from newsparse.lexicon.phrases import match_phrase
from tests.strategies import pages
from tests.timing import assert_linear

URL = "https://brael.example/news/ferry/"
BASE = base_of(URL)
STORY = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
CHOIR, FISH = "Choir sings until the lanterns burn down", "Fish market opens its warehouse"
PREVIOUS, NEXT = ("https://brael.example/a/", CHOIR), ("https://brael.example/b/", FISH)


def article_with(markup: str, url: str | None = URL) -> Article:
    return newsparse.parse(f"<h1>Ferry leaves an hour late</h1><article><p>{STORY}</p><p>{STORY} Twice.</p></article>{markup}", url=url)


def read(link: Link | None) -> tuple[str | None, str] | None:
    return (link.url, link.title) if link else None


def adjacent_in(markup: str) -> tuple[tuple[str | None, str] | None, tuple[str | None, str] | None]:
    article = article_with(markup)
    return read(article.previous), read(article.next)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<p><a href=/a/><span>Previous article</span><span>{0}</span></a></p><p><a href=/b/><i>Next article</i><b>{1}</b></a></p>",
            id="label and title in one link",
        ),
        pytest.param(
            "<div><span>Previous article</span> <a href=/a/>{0}</a></div><div><span>Next article</span> <a href=/b/>{1}</a></div>",
            id="label beside the link in one line",
        ),
        pytest.param("<p>Previous: <a href=/a/>{0}</a></p><p>Next: <a href=/b/>{1}</a></p>", id="label with a colon"),
        pytest.param("<p><a href=/a/>Previous post: {0}</a></p><p><a href=/b/>Next post: {1}</a></p>", id="label in the link's text"),
        pytest.param(
            "<div><p>Previous Article</p><h4><a href=/a/>{0}</a></h4></div><div><p>Next Article</p><h4><a href=/b/>{1}</a></h4></div>",
            id="label in a block of its own",
        ),
        pytest.param(
            "<div><a href=/a/><p>Previous Article</p><h4>{0}</h4></a></div><div><a href=/b/><p>Next Article</p><h4>{1}</h4></a></div>",
            id="blocks in one link",
        ),
        pytest.param(
            "<div><p><a href=/a/>Previous post</a></p><h4>{0}</h4></div><div><p><a href=/b/>Next post</a></p><h4>{1}</h4></div>",
            id="the label is the link and the title is beside it",
        ),
        pytest.param(
            "<div>Previous</div><a href=/a/><img src=i></a><p>3 May</p><a href=/a/>{0}</a><div>Next</div><a href=/b/>{1}</a><p>4 May</p>",
            id="an image and a date between label and title",
        ),
        pytest.param(
            "<p>Следующая статья</p><p><a href=/b/>{1}</a></p><p>Vorheriger Artikel</p><p><a href=/a/>{0}</a></p>", id="other languages"
        ),
        pytest.param("<p><a rel=prev href=/a/>{0}</a></p><p><a rel=next href=/b/>{1}</a></p>", id="rel"),
        pytest.param("<a rel=prev href=/a/>{0}</a> <a rel=next href=/b/>{1}</a>", id="rel in one line"),
        pytest.param("<p><a rel='nofollow Previous' href=/a/>{0}</a><p><a rel='NEXT x' href=/b/>{1}</a>", id="rel among others"),
        pytest.param("<p><a rel=prev href=/a/>« {0}</a></p><p><a rel=next href=/b/>{1} →</a></p>", id="arrows beside the title"),
        pytest.param(
            "<p><a rel=prev href=/a/><img src=i alt='{0}'></a></p><p><a rel=next href=/b/>»</a></p><p><a href=/b/>{1}</a></p>",
            id="an image or an arrow has the rel",
        ),
        pytest.param(
            "<nav class=post-nav><div class=nav-previous><a href=/a/>{0}</a></div><div class=nav-next><a href=/b/>{1}</a></div></nav>",
            id="class words",
        ),
        pytest.param(
            "<nav class=post-navigation><p class=nav-next><a href=/b/>{1}</a></p><p class=nav-previous><a href=/a/>{0}</a></p></nav>",
            id="class words, next first",
        ),
        pytest.param(
            "<div class='prev-next-posts'><div><a href=/a/>{0}</a></div><div><span>Up next</span><h4><a href=/b/>{1}</a></h4></div></div>",
            id="one of two is labelled",
        ),
        pytest.param(
            "<div class=prev-next-posts><div>Older<h4><a href=/a/>{0}</a></h4></div><div>Tomorrow<h4><a href=/b/>{1}</a></h4></div></div>",
            id="one of two is labelled, the other says something else",
        ),
    ],
)
def test_previous_and_next(markup: str) -> None:
    assert adjacent_in(markup.format(CHOIR, FISH)) == (PREVIOUS, NEXT)


def test_found_titles_are_boilerplate_and_have_their_relation() -> None:
    article = article_with(f"<div>Previous Article</div><h4><a href=/a/>{CHOIR}</a></h4><p><a rel=next href=/b/>{FISH}</a></p>")
    used = [segment for segment in article.segments if segment.kind is BoilerplateKind.PREVIOUS_NEXT]
    assert [segment.text for segment in used] == ["Previous Article", CHOIR, FISH]
    assert {segment.role for segment in used} == {Role.BOILERPLATE}
    assert [link.relation for segment in used for link in segment.links] == [Relation.PREVIOUS, Relation.NEXT]
    assert article.previous is not None
    assert article.previous.relation is Relation.PREVIOUS
    assert article.next is not None
    assert article.next.relation is Relation.NEXT


@pytest.mark.parametrize(
    ("markup", "source", "rule", "raw", "certainty"),
    [
        (f"<p>Next: <a href=/b/>{FISH}</a>", EvidenceSource.TEXT, "links.label", "/b/", Certainty.STATED),
        (f"<p><a rel=next href=/b/>{FISH}</a>", EvidenceSource.MARKUP, "links.rel", "/b/", Certainty.STATED),
        (f"<p class=nav-next><a href=/b/>{FISH}</a>", EvidenceSource.MARKUP, "links.class", "/b/", Certainty.INFERRED),
    ],
)
def test_evidence_names_the_rule(markup: str, source: EvidenceSource, rule: str, raw: str, certainty: Certainty) -> None:
    evidence = article_with(markup).evidence_for("next")
    assert evidence is not None
    assert (evidence.source, evidence.rule, evidence.raw, evidence.certainty) == (source, rule, raw, certainty)
    assert article_with(markup).evidence_for("previous") is None


def test_evidence_of_the_link_beside_a_labelled_one_is_inferred() -> None:
    article = article_with(
        f"<div class=prev-next><div><a href=/a/>{CHOIR}</a></div><div>Up next<h4><a href=/b/>{FISH}</a></h4></div></div>"
    )
    found = {item.field: (item.rule, item.certainty) for item in article.evidence if item.field in ("previous", "next")}
    assert found == {"next": ("links.label", Certainty.STATED), "previous": ("links.opposite", Certainty.INFERRED)}


@pytest.mark.parametrize(
    "markup", ["<p><a href=/b/>Next article</a></p>", "<p><a rel=next href=/b/>»</a></p>", "<p><a rel=next href=/b/><img src=i></a></p>"]
)
def test_link_without_a_title_has_none(markup: str) -> None:
    assert adjacent_in(markup) == (None, ("https://brael.example/b/", ""))


def test_title_of_another_link_to_the_same_page_is_taken() -> None:
    assert adjacent_in(f"<p><a href=/b/>Next article</a></p><p>x</p><p>x</p><p>x</p><p>x</p><p><a rel=next href=/b/>{FISH}</a></p>") == (
        None,
        NEXT,
    )


def test_label_goes_before_rel_and_the_first_before_others() -> None:
    assert adjacent_in(f"<p><a rel=next href=/c/>{CHOIR}</a></p><div>Next article</div><p><a href=/b/>{FISH}</a></p>") == (None, NEXT)
    assert adjacent_in(f"<p>Next: <a href=/b/>{FISH}</a></p><p>Next: <a href=/c/>{CHOIR}</a></p>") == (None, NEXT)


@pytest.mark.parametrize(
    "href",
    [
        "?page=2",
        "/news/?paged=3",
        "/news/ferry/page/2/",
        "/news/page-2",
        "/a/comment-page-2/#comments",
        "?cpage=2",
        URL,
        "/news/ferry",
        "/news/ferry/#comments",
        "#top",
        "",
        "javascript:void(0)",
        "mailto:desk@brael.example",
        "http://[x",
    ],
)
@pytest.mark.parametrize(
    "markup", ["<p><a rel=next href='{0}'>{1}</a></p>", "<p>Next: <a href='{0}'>{1}</a></p>", "<p class=nav-next><a href='{0}'>{1}</a></p>"]
)
def test_pages_of_the_same_article_and_what_is_no_page_are_not_taken(markup: str, href: str) -> None:
    article = article_with(markup.format(href, FISH))
    assert (article.previous, article.next) == (None, None)
    assert article.evidence_for("next") is None


def test_page_of_the_article_below_its_url_is_not_taken() -> None:
    assert adjacent_in("<p><a rel=next href=/news/ferry/2/>Next</a></p>") == (None, None)


def test_plain_address_of_an_article_is_taken() -> None:
    assert adjacent_in(f"<p><a rel=next href='/?p=1742'>{FISH}</a></p>") == (None, ("https://brael.example/?p=1742", FISH))


def test_same_target_for_both_is_neither() -> None:
    markup = f"<div>Previous article</div><h4><a href=/a/>{CHOIR}</a></h4><div>Next article</div><h4><a href=/a/>{CHOIR}</a></h4>"
    article = article_with(markup)
    assert (article.previous, article.next) == (None, None)
    assert [item for item in article.evidence if item.field in ("previous", "next")] == []


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>Next article</div><p>x</p><p>x</p><p>x</p><p>x</p><p><a href=/b/>{FISH}</a></p>",
        f"<div>Next article</div><p>{FISH}</p>",
        f"<p>The next article is <a href=/b/>{FISH}</a></p>",
        f"<p>Nextdoor: <a href=/b/>{FISH}</a></p>",
        f"<p class=nextdoor><a href=/b/>{FISH}</a></p><p class=prev-next><a href=/c/>{CHOIR}</a></p>",
        f"<nav class=prev-next><p><a href=/a/>{CHOIR}</a></p><p><a href=/b/>{FISH}</a></p></nav>",
        f"<h3>Related articles</h3><p><a href=/b/>{FISH}</a></p>",
    ],
)
def test_other_links_are_not_taken(markup: str) -> None:
    assert adjacent_in(markup) == (None, None)


def test_hidden_label_is_ignored() -> None:
    assert adjacent_in(f"<div hidden><div>Next article</div><p><a href=/b/>{FISH}</a></p></div>") == (None, None)
    assert adjacent_in(f"<div style='display:none'>Next: <a href=/b/>{FISH}</a></div>") == (None, None)


@pytest.mark.parametrize("markup", [f"<p><a rel=next href=/b/>{FISH}</a></p>", f"<p class=nav-next><a href=/b/>{FISH}</a></p>"])
def test_hidden_link_is_ignored(markup: str) -> None:
    assert adjacent_in(f"<div hidden>{markup}</div>") == (None, None)


def test_heading_of_the_next_box_is_no_title() -> None:
    article = article_with(f"<p><a href=/b/>Next post</a></p><h3>Related articles</h3><ul><li><a href=/c/>{CHOIR}</a></ul>")
    assert read(article.next) == ("https://brael.example/b/", "")
    assert "Related articles" in [segment.text for segment in article.segments if segment.kind is BoilerplateKind.RELATED]


@pytest.mark.parametrize("text", [f"» {FISH}", f"{FISH} «", f"» <span>{FISH}</span>"])
def test_arrow_on_the_other_side_is_no_part_of_the_title(text: str) -> None:
    assert adjacent_in(f"<p><a rel=next href=/b/>{text}</a></p>") == (None, NEXT)


def test_label_that_is_a_link_leads_where_it_leads() -> None:
    markup = f"<nav class=pager><div><a href=/a/>Older</a></div><div><a href=/b/>{FISH}</a></div><div><a href=/c/>{CHOIR}</a></div></nav>"
    assert adjacent_in(markup)[0] == ("https://brael.example/a/", "")


@pytest.mark.parametrize("label", ["Nächster Artikel", "Artículo siguiente", "Следующая статья"])
def test_relation_of_a_label_in_another_language(label: str) -> None:
    [link] = article_with(f"<p><a href='?page=3'>{label}</a></p>").links
    assert link.relation is Relation.NEXT


def test_links_stay_as_they_are_without_a_base() -> None:
    assert read(article_with(f"<p>Next: <a href=/b/>{FISH}</a></p>", None).next) == ("/b/", FISH)


@pytest.mark.parametrize(
    ("text", "previous", "following"),
    [
        (f"Previous Article\n\n{CHOIR}\n\nNext Article\n\n{FISH}\n", CHOIR, FISH),
        (f"Previous Article\n{CHOIR}\nNext Article\n{FISH}", CHOIR, FISH),
        (f"NEXT ARTICLE\n{FISH}\nShare", None, FISH),
        ("Previous Article\nNext Article", None, None),
        ("Next Article\n\n3\n\n42", None, None),
        (f"The next article is about this:\n{FISH}", None, None),
    ],
)
def test_previous_and_next_in_plain_text(text: str, previous: str | None, following: str | None) -> None:
    article = newsparse.parse(f"Ferry leaves an hour late\n\n{STORY}\n\n{STORY} Twice.\n\n{text}", url=URL)
    assert article.previous == (Link(None, previous, Relation.PREVIOUS) if previous else None)
    assert article.next == (Link(None, following, Relation.NEXT) if following else None)
    assert STORY in article.text


def test_label_and_title_in_one_line_of_plain_text() -> None:
    article = newsparse.parse(f"Ferry leaves an hour late\n\n{STORY}\n\nNext article: {FISH}")
    assert article.next == Link(None, FISH, Relation.NEXT)


@given(pages())
def test_nothing_is_found_that_is_not_on_the_page(page: str) -> None:
    root = read_document(page).root
    segments = walk(root).segments
    found = find_adjacent(segments, [match_phrase(segment.text) for segment in segments], BASE, URL)
    hrefs = {link.href for segment in segments for link in segment.links}
    for item in found.evidence:
        assert item.raw in hrefs
    assert set(found.used) <= set(range(len(segments)))
    assert set(found.used.values()) <= {"previous", "next"}
    assert found == find_adjacent(segments, [match_phrase(segment.text) for segment in segments], BASE, URL)


def test_page_without_segments_leads_nowhere() -> None:
    assert find_adjacent([], [], None, None) == Adjacent()


# Related articles.


def test_related_links_are_one_a_target_with_the_longest_text_in_page_order() -> None:
    segments = walk(
        read_document(
            f"<ul><li><a href=/a/><img src=i alt=Choir></a><li><a href=/b/>{FISH}</a><li><a href=/a/>{CHOIR}</a><li><a href=/a/>Choir</a>"
            "<li><a href=/c/><img src=i></a><li><a href='#x'>More</a><li><a href='http://[x'>Other</a><li>None</ul>"
        ).root
    ).segments
    found = related_links(segments, dict.fromkeys(range(len(segments)), Relation.RELATED), BASE)
    assert found == (Link(PREVIOUS[0], CHOIR, Relation.RELATED), Link(NEXT[0], FISH, Relation.RELATED))
    assert related_links(segments, {}, BASE) == ()


def test_related_articles_of_a_page() -> None:
    article = article_with(
        f"<section><h3>Related articles</h3><ul><li><a href=/a/><img src=i></a><h4><a href=/a/>{CHOIR}</a></h4>"
        f"<li><h4><a href=/b/>{FISH}</a></h4></ul></section><section><h3>Most read</h3><a href=/c/>Bridge is built</a></section>"
    )
    assert article.related == (Link(PREVIOUS[0], CHOIR, Relation.RELATED), Link(NEXT[0], FISH, Relation.RELATED))
    relations = {link.title: link.relation for link in article.links if link.title}
    assert relations == {CHOIR: Relation.RELATED, FISH: Relation.RELATED, "Bridge is built": Relation.MOST_READ}


def check_linear(markup: Callable[[int], str], size: int) -> None:
    def work(times: int) -> Callable[[], object]:
        segments = walk(read_document(markup(times)).root).segments
        matches = [match_phrase(segment.text) for segment in segments]
        return lambda: find_adjacent(segments, matches, BASE, URL)

    assert_linear(work, size)


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        pytest.param(lambda n: f"<p><a href=/a/>{CHOIR}</a></p>" * n, 500, id="links"),
        pytest.param(lambda n: f"<p><a rel=next href=/a/>{CHOIR}</a></p>" * n, 200, id="rel"),
        pytest.param(lambda n: f"<p class=nav-next><a href=/a/>{CHOIR}</a></p>" * n, 200, id="class words"),
        pytest.param(
            lambda n: f"<div>Next article</div><p><a href=/a/>{CHOIR}</a></p>" * n,
            500,
            id="labels",
        ),
        pytest.param(
            lambda n: "<nav class='pager prev next'>" + f"<p><a href=/a/>Next article</a><p><a href=/b/>{FISH}</a>" * n,
            12,
            id="labels in one navigation",
        ),
    ],
)
def test_work_is_linear(markup: Callable[[int], str], size: int) -> None:
    check_linear(markup, size)
