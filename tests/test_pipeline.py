"""``parse`` from end to end: which page is what, where the body comes from, and why each field has its value."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import given

import newsparse
from newsparse import (
    Article,
    Author,
    BoilerplateKind,
    Certainty,
    DatePrecision,
    Evidence,
    EvidenceSource,
    Image,
    Link,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Relation,
    Role,
    Run,
)
from newsparse.body.features import FEATURES
from newsparse.body.model import compile_model
from newsparse.document.tree import read_document
from newsparse.pipeline import parse_prepared, prepare
from tests.strategies import pages

URL = "https://brael.example/news/ferry/"
TITLE = "Ferry leaves an hour late after a night of ice"
ONE = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
TWO = "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it once the long winter is over."
THREE = (
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down and the very last guests went home."
)
CHINESE = "由于船员不得不用手敲碎冰块，渡轮晚了一个小时才离开东码头，市政厅没有说明新桥的费用由谁承担，也没有说明何时完工。"


def json_ld(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def codes(article: Article) -> list[NoticeCode]:
    return [notice.code for notice in article.notices]


# The body of a page that shows little of it.


@pytest.mark.parametrize(
    "shown", ["", "<p>Please subscribe to read on.</p>", f"<p>{ONE[:60]}…</p>", "<div id=app><noscript>Scripts, please</noscript></div>"]
)
def test_body_is_that_of_the_data_where_the_page_shows_little(shown: str) -> None:
    stated = f"{ONE}\n\n{TWO}\n  {THREE}  \n"
    article = newsparse.parse(f"{json_ld(articleBody=stated)}<h1>{TITLE}</h1>{shown}")
    assert article.body == (Paragraph((Run(ONE),)), Paragraph((Run(TWO),)), Paragraph((Run(THREE),)))
    assert article.kind is PageKind.ARTICLE
    assert codes(article) == [NoticeCode.BODY_FROM_DATA]
    evidence = article.evidence_for("body")
    assert evidence is not None
    assert (evidence.source, evidence.rule, evidence.certainty) == (EvidenceSource.JSON_LD, "json_ld.articleBody", Certainty.STATED)
    assert evidence.raw.split() == stated.split()
    assert {segment.block for segment in article.segments} == {None}


def test_longest_of_several_bodies_in_the_data_is_taken() -> None:
    article = newsparse.parse(
        f"{json_ld(articleBody=ONE)}{json_ld(articleBody=f'{ONE} {TWO} {THREE}')}{json_ld(articleBody='')}<h1>{TITLE}</h1>"
    )
    assert article.text == f"{ONE} {TWO} {THREE}"


def test_body_of_the_data_is_not_taken_where_the_page_shows_it() -> None:
    article = newsparse.parse(f"{json_ld(articleBody=f'{ONE} {TWO} {THREE}')}<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>")
    assert article.text == f"{ONE}\n\n{TWO}"
    assert article.notices == ()
    evidence = article.evidence_for("body")
    assert evidence is not None
    assert (evidence.source, evidence.certainty) == (EvidenceSource.MODEL, Certainty.INFERRED)


@pytest.mark.parametrize("stated", [ONE, "", None, 3, [], {"@value": ""}])
def test_few_words_in_the_data_are_no_body(stated: Any) -> None:
    article = newsparse.parse(f"{json_ld(articleBody=stated)}<h1>{TITLE}</h1>")
    assert article.body == ()
    assert codes(article) == [NoticeCode.NO_BODY]


def test_page_that_shows_nothing_of_the_body_in_its_data_is_an_article() -> None:
    article = newsparse.parse(f"{json_ld(articleBody=f'{ONE} {TWO} {THREE}')}<div id=app></div>")
    assert article.text == f"{ONE} {TWO} {THREE}"
    assert article.kind is PageKind.ARTICLE


def test_markup_in_the_data_is_no_text() -> None:
    article = newsparse.parse(f"{json_ld(articleBody=f'<p>{ONE}</p><p>{TWO} &amp; {THREE}</p>')}<h1>{TITLE}</h1>")
    assert article.text.split() == f"{ONE} {TWO} & {THREE}".split()


# What kind of page it is.


@pytest.mark.parametrize(
    ("source", "kind", "notices"),
    [
        ("", PageKind.EMPTY, []),
        ("<p></p>", PageKind.EMPTY, []),
        ("<!doctype html><title>Only a title</title><body><script>x</script><!-- c -->", PageKind.EMPTY, []),
        (b"", PageKind.EMPTY, []),
        (f"<h1>{TITLE}</h1>", PageKind.OTHER, [NoticeCode.NO_BODY]),
        ("<nav><a href=/a>News</a> <a href=/b>Sport</a></nav>", PageKind.OTHER, [NoticeCode.NO_BODY]),
        ("<footer>© 2026 Brael Courier</footer>", PageKind.OTHER, [NoticeCode.NO_BODY]),
        (f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>", PageKind.ARTICLE, []),
        (f"<h1>{TITLE}</h1><p>The ferry was late.</p>", PageKind.OTHER, None),
        (f"<h1>渡轮</h1><p>{CHINESE}</p><p>{CHINESE}</p>", PageKind.ARTICLE, None),
        ("<h1>渡轮</h1><p>渡轮晚了一个小时才离开东码头。</p>", PageKind.OTHER, None),
    ],
)
def test_kinds_of_pages(source: str | bytes, kind: PageKind, notices: list[NoticeCode] | None) -> None:
    article = newsparse.parse(source)
    assert article.kind is kind
    if notices is not None:
        assert codes(article) == notices


def test_notices_of_the_encoding_come_with_the_article() -> None:
    article = newsparse.parse(f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>".encode() + b"\xff", encoding="klingon")
    assert codes(article)[0] is NoticeCode.ENCODING_UNKNOWN
    assert newsparse.parse(b"<p>a\xffb", encoding="utf-8").notices == (
        Notice(NoticeCode.ENCODING_ERRORS, "byte 4 is not utf-8; such bytes were replaced by U+FFFD"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "koi8-r", "iso-8859-5"])
def test_encoded_page_is_the_same_article_but_for_the_encodings_evidence(encoding: str) -> None:
    page = f"<h1>Паром вышел из гавани поздно</h1><p>{ONE}</p><p>{TWO}</p><p>Лёд</p>".replace("ё", "е").replace("’", "'")
    plain, encoded = newsparse.parse(page), newsparse.parse(page.encode(encoding), encoding=encoding)
    evidence = encoded.evidence_for("encoding")
    assert evidence is not None
    # Python writes UTF-16 with a mark, which goes before what is said.
    assert evidence.source is (EvidenceSource.BYTES if encoding == "utf-16" else EvidenceSource.ARGUMENT)
    assert attrs.evolve(encoded, evidence=tuple(item for item in encoded.evidence if item.field != "encoding")) == plain


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_page_in_utf_16_without_a_mark_is_a_page(encoding: str) -> None:
    assert newsparse.parse("<p>one</p>".encode(encoding), encoding=encoding).segments[0].text == "one"


# Each field and its evidence.

CRUMB = {"@type": "ListItem", "position": 1, "name": "Harbour", "item": "/harbour/"}
CRUMBS = json_ld(**{"@type": "BreadcrumbList", "itemListElement": [CRUMB]})
FULL = f"""<!doctype html><html lang="en"><head>
<title>{TITLE} | Brael Courier</title>
<link rel="canonical" href="/news/ferry/"><link rel="next" href="/news/ferry/?page=2">
<meta property="og:site_name" content="Brael Courier"><meta property="og:description" content="The crew had to break the ice by hand.">
<meta property="og:image" content="/lead.jpg"><meta property="article:section" content="Harbour">
<meta property="article:tag" content="ferry"><meta property="article:tag" content="ice">
{
    json_ld(
        headline=TITLE,
        datePublished="2026-01-13T09:40:00+02:00",
        dateModified="2026-01-14",
        isAccessibleForFree=True,
        author={"@type": "Person", "name": "Ann Veldt"},
    )
}
{CRUMBS}</head><body>
<article><h1>{TITLE}</h1><h2 class="subtitle">The harbour master asks the town for a stronger boat</h2>
<p>By <a rel="author" href="/by/ann/">Ann Veldt</a></p>
<p>{ONE}</p><figure><img src="/pier.jpg"><figcaption>The pier on Tuesday</figcaption></figure><p>{TWO}</p><img src="/lead.jpg"><p>{
    THREE
}</p>
</article>
<p>Previous: <a href="/a/">Choir sings until the lanterns burn down</a></p><p>Next: <a href="/b/">Fish market opens its warehouse</a></p>
<section><h3>Related articles</h3><ul><li><a href="/c/">Bridge is built in one night</a></li></ul></section>
</body></html>"""
WITHOUT_EVIDENCE = {"url", "images", "related", "segments", "evidence", "notices", "published_precision", "modified_precision"}


def test_fields_of_a_full_page() -> None:
    article = newsparse.parse(FULL, url=URL)
    assert article.kind is PageKind.ARTICLE
    assert article.title == TITLE
    assert article.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert [author.name for author in article.authors] == ["Ann Veldt"]
    assert (article.published, article.published_precision) == (
        datetime(2026, 1, 13, 9, 40, tzinfo=timezone(timedelta(hours=2))),
        DatePrecision.SECOND,
    )
    assert article.language == "en"
    assert article.site_name == "Brael Courier"
    assert article.section == "Harbour"
    assert article.tags == ("ferry", "ice")
    assert (article.url, article.canonical_url) == (URL, URL)
    assert [(link.title, link.url) for link in article.breadcrumbs] == [("Harbour", "https://brael.example/harbour/")]
    assert article.previous == Link("https://brael.example/a/", "Choir sings until the lanterns burn down", Relation.PREVIOUS)
    assert article.next == Link("https://brael.example/b/", "Fish market opens its warehouse", Relation.NEXT)
    assert article.related == (Link("https://brael.example/c/", "Bridge is built in one night", Relation.RELATED),)
    assert article.next_page is not None
    assert article.next_page.url == f"{URL}?page=2"
    assert article.is_free is True
    assert article.notices == ()


def test_every_field_that_is_set_has_evidence_and_no_other() -> None:
    for source in (
        FULL,
        FULL.replace('"datePublished"', '"x"').replace("og:image", "x"),
        f"<p>{ONE}</p><p>{TWO}</p>",
        "<nav>Home</nav>",
        "<p>",
    ):
        article = newsparse.parse(source, url=URL)
        fields = {field.name for field in attrs.fields(Article)} - WITHOUT_EVIDENCE
        filled = {name for name in fields if getattr(article, name) not in (None, ())}
        assert {item.field for item in article.evidence} == filled
        assert len(article.evidence) == len(filled)
    assert {"title", "published", "previous", "next", "image", "next_page", "is_free"} <= {
        item.field for item in newsparse.parse(FULL, url=URL).evidence
    }


def test_evidence_for_a_field() -> None:
    article = newsparse.parse(FULL, url=URL)
    assert article.evidence_for("published") == Evidence(
        "published", EvidenceSource.JSON_LD, "json_ld.datePublished", "2026-01-13T09:40:00+02:00", Certainty.STATED
    )
    assert article.evidence_for("nothing") is None


@pytest.mark.parametrize(
    ("stated", "when", "precision"),
    [
        ("2026-01-13", datetime(2026, 1, 13), DatePrecision.DAY),
        ("2026-01-13T09:40", datetime(2026, 1, 13, 9, 40), DatePrecision.MINUTE),
        ("2026-01-13T09:40:05", datetime(2026, 1, 13, 9, 40, 5), DatePrecision.SECOND),
        ("2026-01-13T09:40:05Z", datetime(2026, 1, 13, 9, 40, 5, tzinfo=UTC), DatePrecision.SECOND),
        ("2026-01-13T09:40+02:00", datetime(2026, 1, 13, 9, 40, tzinfo=timezone(timedelta(hours=2))), DatePrecision.MINUTE),
    ],
)
def test_dates_have_the_precision_that_the_page_states(stated: str, when: datetime, precision: DatePrecision) -> None:
    article = newsparse.parse(f"{json_ld(datePublished=stated, dateModified=stated)}<p>{ONE}</p>")
    for found, how in ((article.published, article.published_precision), (article.modified, article.modified_precision)):
        assert found is not None
        assert (found, found.tzinfo is None, how) == (when, when.tzinfo is None, precision)


def test_precision_goes_with_the_date() -> None:
    article = newsparse.parse(f"<p>{ONE}</p>")
    assert (article.published, article.published_precision, article.modified, article.modified_precision) == (None,) * 4


def test_images_are_the_lead_and_those_of_the_body_each_once() -> None:
    article = newsparse.parse(FULL, url=URL)
    lead = Image("https://brael.example/lead.jpg")
    assert article.image == lead
    assert article.images == (lead, Image("https://brael.example/pier.jpg", "The pier on Tuesday"))
    without = newsparse.parse(FULL.replace("og:image", "x"), url=URL)
    assert without.image == without.images[0]
    assert [image.url for image in without.images] == ["https://brael.example/pier.jpg", "https://brael.example/lead.jpg"]


def test_the_lead_image_has_the_caption_that_it_has_in_the_body() -> None:
    shown = "<figure><img src=/pictures/harbour-lead.jpg?w=300 alt='A quay'><figcaption>The quay. Photo: Ann Veldt</figcaption></figure>"
    page = f"<meta property=og:image content=/pictures/harbour-lead.jpg><h1>{TITLE}</h1><article><p>{ONE}</p>{shown}<p>{TWO}</p></article>"
    article = newsparse.parse(page, url=URL)
    assert article.image == Image("https://brael.example/pictures/harbour-lead.jpg", "The quay.", "Ann Veldt", "A quay")
    assert article.images == (article.image,)


def images_of(head: str, text: str, meta: str = "") -> list[str]:
    """The file names of the images of a page with something between headline and text, and something in the text."""
    page = f"{meta}<main><article><header><h1>{TITLE}</h1>{head}</header><div><p>{ONE}</p>{text}<p>{TWO}</p></div></article></main>"
    return [image.url.rpartition("/")[2] for image in newsparse.parse(page, url=URL).images]


@pytest.mark.parametrize(
    ("head", "text", "wanted"),
    [
        # The picture above the text, whatever box it is in, and its size there.
        ("<div><figure><img src=/pier.jpg></figure></div>", "", ["pier.jpg"]),
        ("<figure><img src=/pier.jpg srcset='/pier-s.jpg 320w, /pier-l.jpg 1280w'></figure>", "", ["pier-l.jpg"]),
        ("<figure><img src=data:x><noscript><img src=/pier.jpg></noscript></figure>", "", ["pier.jpg"]),
        ("<figure><img data-src=/pier.jpg><noscript><img src=/other.jpg></noscript></figure>", "", ["pier.jpg"]),
        # Portraits, icons and signs are none.
        ("<div>By <a href=/author/ann>Ann Veldt</a><img src=/ann.jpg alt='Ann Veldt'></div>", "", []),
        ("<img class=author-photo src=/ann.jpg>", "", []),
        ("<img src=/ann.jpg sizes=32px>", "", []),
        ("<img src=/zoom.svg><img src=/brael-logo.png><img src=/themes/brael/top.png><img src=https://brael.example/>", "", []),
        # A teaser's picture belongs to the teaser, and one beside the text to what is beside it.
        ("", "<aside><img src=/side.jpg></aside>", []),
        ("", "<div class=box-author><img src=/ann.jpg></div>", []),
        ("", "<figure><div class=has-author><img src=/pier.jpg></div><figcaption>The pier</figcaption></figure>", ["pier.jpg"]),
        (
            "",
            "<div><img src=/ice.jpg></div><div><img src=/a/ice-640x480.jpg><img src=/a/ice.jpg></div>",
            ["ice.jpg", "ice-640x480.jpg", "ice.jpg"],
        ),
        (
            "",
            "<div><img src=/a/harbour-640x480.jpg><img src=/a/harbour.jpg><img src=/b/harbour.jpg></div>",
            ["harbour-640x480.jpg", "harbour.jpg"],
        ),
    ],
)
def test_images_are_the_pictures_that_the_page_shows_with_the_article(head: str, text: str, wanted: list[str]) -> None:
    assert images_of(head, text) == wanted


def test_a_teaser_among_the_paragraphs_keeps_its_picture() -> None:
    teaser = (
        "<div class=teaser><div><img src=/other.jpg></div><a href=/news/other-ferry>Read more: The other ferry is late as well</a></div>"
    )
    assert images_of("", f"{teaser}<figure><img src=/pier.jpg></figure>") == ["pier.jpg"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Nothing is shown: the stated one. It is shown in another size, or as another file: what is shown.
        ("", ["social-1200x630.jpg"]),
        ("<img src=/b/pier.jpg><img src=/a/social-640x480.jpg>", ["social-640x480.jpg", "pier.jpg"]),
        ("<img src=/b/pier.jpg>", ["pier.jpg"]),
    ],
)
def test_images_have_the_lead_in_the_version_that_is_shown(text: str, wanted: list[str]) -> None:
    assert images_of("", text, "<meta property=og:image content=/a/social-1200x630.jpg>") == wanted


def test_a_sentence_alone_with_a_picture_is_its_caption() -> None:
    caption = "The pier of Brael on a winter morning, with ice. Photo: Ann Veldt"
    page = f"<h1>{TITLE}</h1><article><p>{ONE}</p><div><div><img src=/pier.jpg></div><span>{caption}</span></div><p>{TWO}</p></article>"
    article = newsparse.parse(page, url=URL)
    assert article.images[0] == Image("https://brael.example/pier.jpg", "The pier of Brael on a winter morning, with ice.", "Ann Veldt")
    (segment,) = [segment for segment in article.segments if segment.text == caption]
    assert segment.role is Role.CAPTION
    assert segment.block is not None
    assert caption not in article.text


def test_the_lead_image_of_a_page_without_data_is_the_one_that_the_headline_describes() -> None:
    images = f"<img src=/logo.png alt='Brael Post'><img data-src=/banner.jpg src=/blank.gif alt='{TITLE}'>"
    article = newsparse.parse(f"{images}<h1>{TITLE}</h1><article><p>{ONE}</p><p>{TWO}</p></article>", url=URL)
    assert article.image == Image("https://brael.example/banner.jpg", alt=TITLE)
    evidence = article.evidence_for("image")
    assert evidence is not None
    assert evidence.rule == "markup.img.alt"


def test_links_have_the_relation_of_their_segment() -> None:
    article = newsparse.parse(
        f"<nav><a href=/news/>News</a></nav><h1>{TITLE}</h1><p>By <a rel=author href=/by/ann/>Ann Veldt</a></p>"
        f"<article><p>{ONE} <a href=/ice/>Ice</a></p><p>{TWO}</p></article><div class=share-buttons><a href=/s/>Send</a></div>"
        "<div id=comments class=comments><a href=/c/>Write one</a></div><div class=tags><a href=/t/>Harbour</a></div><p><a href='http://[x'>x</a></p>",
        url=URL,
    )
    assert {link.title: link.relation for link in article.links} == {
        "News": Relation.NAVIGATION,
        "Ann Veldt": Relation.AUTHOR,
        "Ice": Relation.BODY,
        "Send": Relation.SHARE,
        "Write one": Relation.COMMENTS,
        "Harbour": Relation.TAG,
        "x": Relation.NAVIGATION,
    }
    assert [link.url for link in article.links][-2:] == ["https://brael.example/t/", None]


def test_base_of_the_page_goes_before_its_url() -> None:
    page = f"<head><base href=/archive/></head><article><p>{ONE} <a href=x.html>Ice</a></p><p>{TWO}</p></article>"
    assert newsparse.parse(page, url=URL).links[0].url == "https://brael.example/archive/x.html"
    assert newsparse.parse(page).links[0].url == "x.html"


def test_author_of_the_data_is_the_byline_on_the_page() -> None:
    article = newsparse.parse(FULL, url=URL)
    assert article.authors[0].name == Author("Ann Veldt").name
    assert [segment.text for segment in article.segments if segment.role is Role.BYLINE] == ["By Ann Veldt"]
    assert [segment.text for segment in article.segments if segment.role is Role.TITLE] == [TITLE]


def test_prepared_page_can_be_parsed_with_another_model() -> None:
    prepared = prepare(read_document(FULL), URL)
    nothing = compile_model({"features": list(FEATURES), "further": [], "first": [-9]})
    assert parse_prepared(prepared) == newsparse.parse(FULL, url=URL)
    assert parse_prepared(prepared, nothing).body == ()
    assert parse_prepared(prepared, nothing).title == TITLE


@given(pages())
def test_boilerplate_and_roles_are_the_whole_page(page: str) -> None:
    article = newsparse.parse(page, url=URL)
    assert article.boilerplate == tuple(segment for segment in article.segments if segment.kind is not None)
    assert sum(len(segment.links) for segment in article.segments) == len(article.links)
    assert all(isinstance(segment.kind, BoilerplateKind) for segment in article.boilerplate)
    assert (article.kind is PageKind.EMPTY) == (not any(segment.text for segment in article.segments))
    assert (NoticeCode.NO_BODY in codes(article)) == (not article.body and article.kind is not PageKind.EMPTY)
