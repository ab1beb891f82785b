import json

import pytest

from newsparse.document.metadata import read_metadata
from newsparse.document.segments import walk
from newsparse.document.tree import read_document
from newsparse.fields.evidence import Candidate, Page, choose, kinds, read_page, texts
from newsparse.model import Certainty, EvidenceSource

URL = "https://www.dailyferry.example/news/2024/05/03/ferry-leaves-an-hour-late"


def page_of(head: str = "", body: str = "", url: str | None = URL, lang: str = "en") -> Page:
    """A page as the pipeline hands it to the fields."""
    root = read_document(f"<!doctype html><html lang={lang}><head>{head}</head><body>{body}</body></html>").root
    return read_page(read_metadata(root), walk(root).segments, url)


def json_ld(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in objects)


def meta(**contents: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{content}">' for name, content in contents.items())


def test_choose_keeps_the_losers_that_say_something_else() -> None:
    found = choose(
        "title",
        [
            Candidate("A", EvidenceSource.JSON_LD, "one", " A "),
            Candidate("A", EvidenceSource.META, "two", "A"),
            Candidate("B", EvidenceSource.META, "three", "B", Certainty.INFERRED),
            Candidate("B", EvidenceSource.META, "four", "B"),
        ],
    )
    assert found is not None
    assert found.value == "A"
    assert (found.evidence.field, found.evidence.rule, found.evidence.raw) == ("title", "one", " A ")
    assert [(loser.rule, loser.certainty) for loser in found.evidence.losers] == [("three", Certainty.INFERRED)]
    assert choose("title", []) is None


def test_articles_come_before_the_page_around_them() -> None:
    page = page_of(
        json_ld(
            {"@type": "WebPage", "name": "1"},
            {"@type": ["Thing", "http://schema.org/NewsArticle"], "name": "2"},
            {"@type": "Person", "name": "3"},
        )
    )
    assert [article["name"] for article in page.articles] == ["2", "1"]


def test_title_place_is_the_heading_that_metadata_repeat() -> None:
    body = "<h1>The Daily Ferry and more</h1><h2>Ferry leaves an hour late</h2><p>Text</p>"
    page = page_of("<title>Ferry leaves an hour late | The Daily Ferry</title>", body)
    assert page.title_place is not None
    assert page.segments[page.title_place].text == "Ferry leaves an hour late"
    assert page_of("<title>x</title>", body).title_place == 0
    assert page_of("", "<p>Text").title_place is None


def test_site_names_are_stated_or_the_host() -> None:
    page = page_of(meta(og__site_name="The Ferry!") + json_ld({"@type": "Organization", "name": "Ferry Media"}))
    assert page.site_names == {"theferry", "ferrymedia", "dailyferryexample", "dailyferry"}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("a", ["a"]), (["a", 1, {"name": "b"}, {"@value": "c"}, None], ["a", "b", "c"]), ({"name": ["x"]}, []), (None, []), (1, [])],
)
def test_texts(value: object, wanted: list[str]) -> None:
    assert texts(value) == wanted


def test_kinds() -> None:
    assert kinds({"@type": ["https://schema.org/NewsArticle", "schema:Thing", 5]}) == ("newsarticle", "thing")
    assert kinds({}) == ()
