import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields import about
from newsparse.model import Link, Relation
from tests.test_fields_evidence import json_ld, meta, page_of

SITE = "https://www.dailyferry.example"
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@id", "@type", "name", "item", "position", "url"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("en", "en"),
        (" EN_us ", "en-US"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("de-DE.UTF-8", "de-DE"),
        ("iw", "he"),
        ("es-419", "es-419"),
        ("english", None),
        ("und", None),
        ("e", None),
        ("", None),
        ("<%= lang %>", None),
    ],
)
def test_language_tag(text: str, wanted: str | None) -> None:
    assert about.language_tag(text) == wanted


@given(st.text(max_size=20) | st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z]{2,4}){0,2}", fullmatch=True))
def test_language_tag_is_idempotent_and_never_raises(text: str) -> None:
    tag = about.language_tag(text)
    assert tag is None or about.language_tag(tag) == tag


@pytest.mark.parametrize(
    ("head", "lang", "wanted", "rule"),
    [
        ("", "de", "de", "markup.html.lang"),
        (meta(og__locale="de_AT"), "xx", "de-AT", "meta.og:locale"),
        (json_ld({"@type": "Article", "inLanguage": {"@type": "Language", "name": "fr-CA"}}), "nonsense", "fr-CA", "json_ld.inLanguage"),
    ],
)
def test_language(head: str, lang: str, wanted: str, rule: str) -> None:
    found = about.find_language(page_of(head, lang=lang))
    assert found is not None
    assert (found.value, found.evidence.rule) == (wanted, rule)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (meta(og__site_name="The Daily Ferry", application_name="App").replace("application_name", "application-name"), "The Daily Ferry"),
        (json_ld({"@type": "NewsArticle", "publisher": {"name": "The Daily Ferry"}}), "The Daily Ferry"),
        (json_ld({"@type": "WebSite", "name": "The Daily Ferry"}), "The Daily Ferry"),
        ("", None),
    ],
)
def test_site_name(head: str, wanted: str | None) -> None:
    found = about.find_site_name(page_of(head))
    assert (found.value if found else None) == wanted


def test_section() -> None:
    found = about.find_section(page_of(json_ld({"@type": "Article", "articleSection": ["Harbour", "Ice"]})))
    assert found is not None
    assert found.value == "Harbour"


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (meta(article__tag="Ice") + meta(article__tag="Harbour") + meta(keywords="a, b"), ("Ice", "Harbour")),
        (meta(keywords="Ice, harbour,ICE,, #winter"), ("Ice", "harbour", "winter")),
        (meta(keywords="Ice; New York, N.Y.; Harbour".replace(",", "")), ("Ice", "New York N.Y.", "Harbour")),
        (json_ld({"@type": "Article", "keywords": ["Ice", "Harbour, winter"]}), ("Ice", "Harbour", "winter")),
    ],
)
def test_tags(head: str, wanted: tuple[str, ...]) -> None:
    found = about.find_tags(page_of(head))
    assert found is not None
    assert found.value == wanted


def test_breadcrumbs_are_in_the_order_of_their_positions() -> None:
    crumbs = [
        {"@type": "ListItem", "position": "2", "item": {"@id": "/harbour", "name": "Harbour &amp; ice"}},
        {"@type": "ListItem", "position": 1, "name": "News", "item": "https://www.dailyferry.example/news"},
        {"@type": "ListItem", "name": "Here"},
        {"@type": "ListItem", "item": "/nameless"},
        "nothing",
    ]
    found = about.find_breadcrumbs(page_of(json_ld({"@type": "BreadcrumbList", "itemListElement": crumbs})))
    assert found is not None
    assert found.value == (
        Link(f"{SITE}/news", "News", Relation.BREADCRUMB),
        Link(f"{SITE}/harbour", "Harbour & ice", Relation.BREADCRUMB),
        Link(None, "Here", Relation.BREADCRUMB),
    )


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("<link rel=canonical href=/late>" + meta(og__url="https://example.org/"), f"{SITE}/late"),
        (meta(og__url="https://example.org/late"), "https://example.org/late"),
        ("<link rel=canonical href='javascript:1'>", None),
        ("<link rel=canonical href='http://[x'>", None),
    ],
)
def test_canonical_url(head: str, wanted: str | None) -> None:
    found = about.find_canonical_url(page_of(head))
    assert (found.value if found else None) == wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (json_ld({"@type": "Article", "isAccessibleForFree": False}), False),
        (json_ld({"@type": "Article", "isAccessibleForFree": "True"}), True),
        (json_ld({"@type": "Article", "isAccessibleForFree": "http://schema.org/False"}), False),
        (json_ld({"@type": "Article", "isAccessibleForFree": "perhaps"}), None),
        (meta(isAccessibleForFree="false"), False),
        (meta(article__content_tier="locked"), False),
        (meta(article__content_tier="metered"), None),
        ("", None),
    ],
)
def test_is_free(head: str, wanted: bool | None) -> None:
    found = about.find_is_free(page_of(head))
    assert (found.value if found else None) == wanted


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("/late?page=2", True),
        ("/late/2", True),
        ("/late-2.html", True),
        ("/late/page/2/", True),
        ("/another", False),
        ("/late", False),
        ("https://example.org/late/2", False),
        ("/", False),
    ],
)
def test_next_page_is_of_the_same_article(href: str, wanted: bool) -> None:
    found = about.find_next_page(page_of(f"<link rel=next href='{href}'>", url=f"{SITE}/late"))
    assert (found is not None) == wanted


@given(ANY)
def test_any_json_ld_is_survived(value: object) -> None:
    keys = ("inLanguage", "publisher", "articleSection", "keywords", "isAccessibleForFree", "breadcrumb", "itemListElement")
    head = json_ld(
        {"@type": "Article", **dict.fromkeys(keys, value)},
        {"@type": "BreadcrumbList", "itemListElement": [value, {"name": "x", "position": value}]},
    )
    page = page_of(head.replace("NaN", "0").replace("Infinity", "0"))
    for name in ("language", "site_name", "section", "tags", "breadcrumbs", "canonical_url", "is_free", "next_page"):
        getattr(about, f"find_{name}")(page)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "<nav class='breadcrumbs'><a href='/'>Home</a> › <a href='/islands/'>Islands</a> › Late</nav><h1>Ferry is late</h1>",
            ["Home", "Islands"],
        ),
        ("<ol class=breadcrumb><li><a href='/'>Home</a></li><li><a href='/islands/'>Islands</a></li></ol>", ["Home", "Islands"]),
        (
            "<nav><ol><li><a href='/'>Home</a></li><li><a href='/news/'>Year</a></li></ol></nav><h1>Ferry leaves late</h1>",
            ["Home", "Year"],
        ),
        ("<ul class=breadcrumb><li><a href='/'>Home</a></li></ul>", []),
        ("<nav><a href='/'>Home</a><a href='/sport/'>Sport</a><a href='/money/'>Money</a></nav><h1>Ferry leaves an hour late</h1>", []),
    ],
)
def test_shown_breadcrumbs(body: str, wanted: list[str]) -> None:
    found = about.find_breadcrumbs(page_of("", body))
    assert [link.title for link in found.value] == wanted if found else wanted == []


@pytest.mark.parametrize(
    ("here", "href", "text", "is_next"),
    [
        ("/a/walk", "/a/walk?page=2", "2", True),
        ("/a/walk?page=2", "/a/walk?page=3", "Nächste Seite", True),
        ("/a/walk.html", "/a/walk,2.html", "Page suivante", True),
        ("/a/walk/", "/a/walk/page/2/", "Next »", True),
        ("/a/walk", "/a/walk?page=3", "3", False),
        ("/a/walk", "/a/walk?page=2", "More", False),
        ("/a/walk", "/a/boat?page=2", "2", False),
        ("/a/walk", "/a/walk/comment-page-2", "Next", False),
        ("/a/walk-101", "/a/walk-102", "Next", False),
    ],
)
def test_the_next_page_by_its_number(here: str, href: str, text: str, is_next: bool) -> None:
    page = page_of(
        "", f"<h1>Ferry leaves an hour late</h1><p>Text</p><div><a href='{href}'>{text}</a></div>", url=f"https://a.example{here}"
    )
    assert (about.find_next_page(page) is not None) == is_next


def test_tags_are_not_the_sites_name_nor_a_menu_of_topics() -> None:
    head = "<meta property=og:site_name content='Daily Ferry'>" + meta(keywords="Daily Ferry, Ports, Ice")
    found = about.find_tags(page_of(head))
    assert found is not None
    assert found.value == ("Ports", "Ice")
    menu = "".join(f"<a href='/topic/{n}'>Topic {n}</a> " for n in range(20))
    body = f"<h1>Ferry is late</h1><p>Text</p><div>{menu}</div><p>Text</p><p>Text</p><p>Text</p><div><a href='/topic/ice'>Ice</a></div>"
    found = about.find_tags(page_of("", body))
    assert found is not None
    assert found.value == ("Ice",)


def test_chinese_and_japanese_lists_of_tags_may_be_parted_by_spaces() -> None:
    assert about.split_tags(["港口 冰 渡轮"]) == ("港口", "冰", "渡轮")
