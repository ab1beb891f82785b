import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields.byline import clean_names, find_authors
from newsparse.model import Author, AuthorType
from tests.test_fields_evidence import json_ld, meta, page_of

H1 = "<h1>Ferry leaves an hour late</h1>"
ANN, BOB = "Ann Lee", "Bob Dow"
DESK = AuthorType.ORGANIZATION


def article(author: object, **more: object) -> str:
    return json_ld({"@type": "NewsArticle", "author": author, **more})


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ann Lee", [ANN]),
        ("By Ann Lee", [ANN]),
        ("By: Ann Lee and Bob Dow", [ANN, BOB]),
        ("von Ann Lee und Bob Dow", [ANN, BOB]),
        ("Ann Lee, Bob Dow & Cy Fox", [ANN, BOB, "Cy Fox"]),
        ("Ann Lee et Bob Dow", [ANN, BOB]),
        ("Ann Lee y Bob Dow", [ANN, BOB]),
        ("Анна Ли и Борис Доу", ["Анна Ли", "Борис Доу"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Maria de la Cruz", ["Maria de la Cruz"]),
        ("Di Canio, Political Editor", ["Di Canio"]),
        ("Von Miller", ["Von Miller"]),
        ("Ann Lee, MD, PhD", [ANN]),
        ("Ann Lee, Senior Reporter", [ANN]),
        ("Ann Lee (Paris)", [ANN]),
        ("Ann Lee - Daily Ferry", [ANN]),
        ("ann.lee@example.com Ann Lee", [ANN]),
        ("https://example.com/authors/ann", []),
        ("@annlee", []),
        ("ann-lee", []),
        ("admin", []),
        ("12345", []),
        ("", []),
        ("松岡大地 記者", ["松岡大地"]),
    ],
)
def test_clean_names(raw: str, wanted: list[str]) -> None:
    assert clean_names(raw) == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted", "rule"),
    [
        (article("Ann Lee"), "", (Author(ANN),), "json_ld.author"),
        (article({"name": ANN, "url": "/ann"}), "", (Author(ANN, "https://www.dailyferry.example/ann"),), "json_ld.author"),
        (
            article([{"name": ANN}, {"@type": "Organization", "name": "Reuters"}]),
            "",
            (Author(ANN), Author("Reuters", type=DESK)),
            "json_ld.author",
        ),
        (article([[{"name": ANN}], "Bob Dow"]), "", (Author(ANN), Author(BOB)), "json_ld.author"),
        (
            json_ld({"@graph": [{"@type": "Article", "author": {"@id": "#a"}}, {"@id": "#a", "name": ANN}]}),
            "",
            (Author(ANN),),
            "json_ld.author",
        ),
        (meta(author=ANN), "", (Author(ANN),), "meta.author"),
        (meta(article__author="https://facebook.example/ferry", author=ANN), "", (Author(ANN),), "meta.author"),
        (meta(dc__creator="x").replace("dc:creator", "dc.creator").replace('"x"', '"Lee, Ann"'), "", (Author(ANN),), "meta.dc.creator"),
        ("", f"{H1}<a rel=author href=/ann>Ann Lee</a>", (Author(ANN, "https://www.dailyferry.example/ann"),), "link.author"),
        ("", f"{H1}<div>By Ann Lee and Bob Dow | 3 May 2024</div>", (Author(ANN), Author(BOB)), "text.byline"),
        ("", f"{H1}<div>Published May 3, 2024 by Ann Lee</div>", (Author(ANN),), "text.byline"),
        ("", f"{H1}<div class=byline>Ann Lee</div>", (Author(ANN),), "text.byline"),
        ("", f"{H1}<div>By</div><div>Ann Lee</div>", (Author(ANN),), "text.byline"),
        ("", f"{H1}<p><a href=/authors/ann>Ann Lee</a>", (Author(ANN, "https://www.dailyferry.example/authors/ann"),), "text.byline"),
        ("", f"{H1}<p>Ann Lee</p><p>May 3, 2024</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}<p>Text</p><p>Written by Ann Lee</p>", (Author(ANN),), "text.byline"),
        ("", f"{H1}{'<p>A long text. </p>' * 40}<p>Written by Ann Lee</p>", (Author(ANN),), "text.signature"),
        # The site is no author where a person is named, wherever that is.
        (
            article({"@type": "Person", "name": "The Daily Ferry"}) + meta(og__site_name="The Daily Ferry", author=ANN),
            "",
            (Author(ANN),),
            "meta.author",
        ),
        (article("Daily Ferry"), f"{H1}<div>By Ann Lee</div>", (Author(ANN),), "text.byline"),
        (article("Daily Ferry"), "", (Author("Daily Ferry", type=DESK),), "json_ld.author"),
        # A person whom two sources name goes before one whom one names.
        (meta(author="Cy Fox", article__author=ANN), f"{H1}<div>By Ann Lee</div>", (Author(ANN),), "meta.article:author"),
        # The profile of a name that the by-line links.
        (
            article(ANN),
            f"{H1}<div>By <a href=/ann>Ann Lee</a></div>",
            (Author(ANN, "https://www.dailyferry.example/ann"),),
            "json_ld.author",
        ),
    ],
)
def test_authors(head: str, body: str, wanted: tuple[Author, ...], rule: str) -> None:
    found = find_authors(page_of(head, body))
    assert found is not None
    assert (found.value, found.evidence.rule) == (wanted, rule)


@pytest.mark.parametrize(
    "body",
    [
        "",
        f"{H1}<p>By adapting to the ice, the crew of the ferry saved an hour.</p>",
        f"{H1}<p>Share Article</p><p>May 3, 2024</p>",
        f"{H1}<p>Table of Contents</p>",
        f"{H1}<div class=author>Forgot Password?</div>",
        f"{H1}{'<p>A long text. </p>' * 40}<div><a rel=author href=/a>Ann Lee</a></div><div><a rel=author href=/b>Bob Dow</a></div>",
    ],
)
def test_no_author_is_invented(body: str) -> None:
    assert find_authors(page_of("", body)) is None


@given(st.text(max_size=60) | st.text(alphabet="Ab ,.&|@-()yeByby:", max_size=40))
def test_cleaning_is_idempotent_and_never_raises(text: str) -> None:
    names = clean_names(text)
    for name in names:
        assert clean_names(name) in ([name], [])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries({"name": inner, "url": inner}),
        max_leaves=8,
    )
)
def test_any_json_author_is_survived(author: object) -> None:
    find_authors(page_of(article(author), H1))
