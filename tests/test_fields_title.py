import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields.title import find_subtitle, find_summary, find_title, without_site
from tests.test_fields_evidence import json_ld, meta, page_of

LATE = "Ferry leaves an hour late"
SITE = meta(og__site_name="The Daily Ferry")
DEK = "The crew had to break the ice by hand before the first passengers could board."
texts = st.text(max_size=40) | st.text(alphabet="ab |-–:»", max_size=30)


@pytest.mark.parametrize(
    ("head", "body", "wanted", "rule"),
    [
        ("", f"<h1>{LATE}</h1>", LATE, "markup.h1"),
        ("", "<h1><div><span>Ferry</span> leaves</div> an hour <br>late</h1>", LATE, "markup.h1"),
        ("", "<h1>Thirty years of &lt;br&gt; tags</h1>", "Thirty years of <br> tags", "markup.h1"),
        ("", "<h1>Fähr\u00adschiff fährt spät</h1>", "Fährschiff fährt spät", "markup.h1"),
        (meta(og__title=LATE), "", LATE, "meta.og:title"),
        (json_ld({"@type": "NewsArticle", "headline": "Ferry &amp;amp; ice"}), "", "Ferry & ice", "json_ld.headline"),
        (f"<title>{LATE} | The Daily Ferry</title>", "", LATE, "markup.title"),
        (SITE + f"<title>The Daily Ferry: {LATE}</title>", "", LATE, "markup.title"),
        (SITE + f"<title>{LATE} - News | Daily Ferry</title>", "", LATE, "markup.title"),
        (SITE + "<title>Ferry leaves - an hour late - The Daily Ferry</title>", "", "Ferry leaves - an hour late", "markup.title"),
        (SITE + "<title>Ferry: an hour late | at last</title>", "", "Ferry: an hour late | at last", "markup.title"),
        # The visible spelling is preferred, whatever the site has at the end of its metadata.
        (f"<title>{LATE.upper()} » Harbour » example</title>", f"<h1>{LATE}</h1>", LATE, "markup.h1"),
        # Another headline for search engines does not displace the one that the reader sees.
        (meta(og__title="Why the ferry left an hour late"), f"<h1>{LATE}</h1>", LATE, "markup.h1"),
        # An article is part of a title, no kicker; a section and a site after "_", or after another source's title, are no part of it.
        (meta(og__title=LATE), f"<h1>The {LATE}</h1>", f"The {LATE}", "markup.h1"),
        ("<title>渡轮因冰延误一个小时_社会_港口日报</title>", "", "渡轮因冰延误一个小时", "markup.title"),
        ("<title>渡轮因冰延误一个小时--社会--港口日报</title>", "", "渡轮因冰延误一个小时", "markup.title"),
        ("<title>snake_case_names are late</title>", "", "snake_case_names are late", "markup.title"),
        (meta(og__title=f"{LATE} - Harbour", headline=LATE), "", LATE, "meta.og:title"),
        (meta(og__title=f"{LATE} - why it always does so", headline=LATE), "", f"{LATE} - why it always does so", "meta.og:title"),
        # The site's name, a box's label and a link home are no headlines.
        (SITE + meta(og__title=LATE), "<h1>The Daily Ferry</h1>", LATE, "meta.og:title"),
        (meta(og__title=LATE), "<h1>Most read</h1>", LATE, "meta.og:title"),
        (meta(og__title=LATE), f"<h1><a href=/>Ferry leaves</a></h1><h1>{LATE}</h1>", LATE, "markup.h1"),
        (
            "<title>An hour late, and then some - Harbour Notes</title>",
            "<h1>Harbour Notes</h1>",
            "An hour late, and then some",
            "markup.title",
        ),
        # A kicker before the headline.
        (meta(og__title=LATE), f"<h1><span>Harbour</span> {LATE}</h1>", LATE, "meta.og:title"),
        # A by-line within the heading.
        (meta(og__title=LATE), f"<h1>{LATE}<div>Posted on Friday by Ann</div></h1>", LATE, "markup.h1"),
        # Scripts that are written without spaces.
        (
            meta(og__site_name="港日報") + "<title>渡し船が一時間遅れて出航した：港日報</title>",
            "",
            "渡し船が一時間遅れて出航した",
            "markup.title",
        ),
        (
            meta(og__site_name="港日報") + "<title>渡し船が一時間遅れて出航した:港日報</title>",
            "",
            "渡し船が一時間遅れて出航した",
            "markup.title",
        ),
    ],
)
def test_title(head: str, body: str, wanted: str, rule: str) -> None:
    found = find_title(page_of(head, body))
    assert found is not None
    assert (found.value, found.evidence.rule) == (wanted, rule)


def test_no_title() -> None:
    assert find_title(page_of("<title> </title>", "<p>Text")) is None


def test_losers_are_kept() -> None:
    found = find_title(page_of(meta(og__title="Why the ferry left late"), f"<h1>{LATE}</h1>"))
    assert found is not None
    assert [(loser.rule, loser.raw) for loser in found.evidence.losers] == [("meta.og:title", "Why the ferry left late")]


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("", f"<h1>{LATE}</h1><p class=standfirst>{DEK}</p>", DEK),
        (
            "",
            f"<h1>{LATE}</h1><div>By Ann Lee</div><figure><figcaption class=summary>{DEK}.</figcaption></figure><h2 class=dek>{DEK}</h2>",
            DEK,
        ),
        (meta(description=DEK), f"<h1>{LATE}</h1><p>{DEK}</p>", DEK),
        # A sentence in the headline's own header, marked or not; a summary is one where nothing else is.
        ("", f"<header><h1>{LATE}</h1><div>{DEK}</div><div>Ann Lee, 3 May 2024</div></header><p>Text.", DEK),
        ("", f"<h1>{LATE}</h1><div class=summary>{DEK} More of it.</div><h2 class=dek>{DEK}</h2>", DEK),
        ("", f"<h1>{LATE}</h1><div class=summary>{DEK}</div>", DEK),
        ("", f"<header><h1>{LATE}</h1></header><p>{DEK}</p>", None),
        ("", f"<header><h1>{LATE}</h1><p>By Ann Lee, who has worked on the quay for the better part of her life.</p></header>", None),
        ("", f"<header><h1>{LATE}</h1><p>Ann Lee</p><p>Ann Lee has written about ferries and ice since 2009.</p></header>", None),
        ("", f"<header><h1>{LATE}</h1><p class=caption>The quay, which was covered with ice on Monday.</p></header>", None),
        ("", f"<h1>{LATE}</h1><p class=summary>Daily Ferry May 3, 2024 GMT</p>", None),
        ("", f"<h1>{LATE}</h1><p class=lead>Ann Lee, MD, PhD</p>", None),
        ("", f"<h1>{LATE}</h1><div class=description>" + f"<p>{DEK}</p>" * 9 + "</div>", None),
        ("", f"<h1>{LATE}</h1><h2 class=lead>Harbour: {LATE} today</h2>", None),
        (json_ld({"@type": "Article", "alternativeHeadline": DEK}), f"<h1>{LATE}</h1><p>{DEK}</p>", DEK),
        # A headline for another place, the description of the page, the text and the title are none.
        (json_ld({"@type": "Article", "alternativeHeadline": "Late ferry"}), f"<h1>{LATE}</h1><p>{DEK}</p>", None),
        (meta(description=DEK), f"<h1>{LATE}</h1><p>Another first sentence of the story.</p>", None),
        ("", f"<h1>{LATE}</h1><p>{DEK * 3}</p><p class=lead>{DEK}</p>", None),
        ("", f"<h1>{LATE}</h1><p class=lead>{LATE}</p>", None),
        (meta(description=DEK), f"<p>{DEK}</p>", None),
    ],
)
def test_subtitle(head: str, body: str, wanted: str | None) -> None:
    found = find_subtitle(page_of(head, body))
    assert (found.value if found else None) == wanted


def test_summary_is_as_stated() -> None:
    found = find_summary(page_of(meta(description="Of the page", og__description="Of the  article")))
    assert found is not None
    assert (found.value, found.evidence.rule) == ("Of the article", "meta.og:description")
    assert find_summary(page_of()) is None


@given(texts, texts, texts)
def test_never_raises(one: str, two: str, three: str) -> None:
    page = page_of(json_ld({"@type": "Article", "headline": one, "alternativeHeadline": two}), "<h1>x</h1><p class=lead>y")
    for find in (find_title, find_subtitle, find_summary):
        find(page)
    without_site(one, frozenset({two}), frozenset({three}))


@given(texts, st.frozensets(texts, max_size=3))
def test_removing_the_site_adds_nothing(title: str, names: frozenset[str]) -> None:
    assert without_site(title, names) in title


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        # A year is no kicker, and a shortened browser's title does not tell one.
        (
            json_ld({"@type": "Article", "headline": "Price guide for ferries and boats"}),
            "<h1>2025 Price guide for ferries and boats</h1>",
            1,
        ),
        (
            "<title>Best ferries for the islands</title><meta property=og:title content='What’s the Best ferries for the islands'>",
            "<h1>What’s the Best ferries for the islands</h1>",
            1,
        ),
        ("", "<h1>Ferry leaves an hour late<a href='#ferry'>¶</a></h1>", "Ferry leaves an hour late"),
    ],
)
def test_the_beginning_and_the_end_of_a_shown_headline(head: str, body: str, wanted: str | int) -> None:
    shown = body.removeprefix("<h1>").removesuffix("</h1>")
    found = find_title(page_of(head, body))
    assert found is not None
    assert found.value == (shown if wanted == 1 else wanted)


def test_a_headline_that_is_no_heading_goes_before_a_heading_about_something_else() -> None:
    head = "<meta property=og:title content='Ferry leaves an hour late'>"
    page = page_of(head, "<h1>A message from the founders of this site</h1><div>Ferry leaves an hour late</div><p>By Ann Lee</p>")
    assert page.title_place is not None
    assert page.segments[page.title_place].text == "Ferry leaves an hour late"
