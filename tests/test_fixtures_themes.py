"""One story in eight forms: the plain text of a scraped page, and pages of the widespread WordPress themes.

Every form gives the same title, the same five paragraphs and nothing else as body, and the adjacent articles.
"""

from datetime import date
from pathlib import Path

import attrs
import pytest

import newsparse
from newsparse import Article, BoilerplateKind, Link, PageKind, Paragraph, Relation, Role

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
TITLE = "Marenholt, Tosserwyk and Lindrameer agree on a sea heat network as the winter festival opens"
PARAGRAPHS = (
    "The councils of Marenholt, Tosserwyk and Lindrameer have signed an agreement to build a shared heat network that will draw its warmth"
    " from the Brael estuary, ending four years of talks about who should pay for the pipes. The three mayors put their names to the"
    " document on Tuesday in the old customs house, and described it as the largest public investment on this coast since the harbour"
    " railway closed.",
    "Under the plan two pumping stations will be finished by the autumn of 2027, and the first 2,400 homes are expected to be connected"
    " before the winter that follows. The regional energy agency said that the remaining 5,100 households in the valley would be reached in"
    " stages, street by street, and that the old coal boilers in Lindrameer would be kept in reserve for at least two heating seasons in"
    " case the estuary freezes over.",
    "On the same day Marenholt opened the twelfth edition of its Lantern Weeks, a winter festival that brings choirs and theatre companies"
    " from eleven towns to the warehouses of the fish market. The organisers have invited the Sandrell Puppet Theatre and the Vaskia"
    " Chamber Orchestra, whose conductor, Ilse Torvane, called the evenings by the water “a reason to look forward to the darkest month"
    " of the year”.",
    "Anselm Rook, the mayor of Marenholt, also proposed to lay a fibre line in the same trench as the pipes, so that the roads would have"
    " to be opened only once. Engineers in Tosserwyk have calculated that this would save about a fifth of the cost.",
    "Earlier this year the harbour authority reported that trade between the three towns had grown for the sixth year in a row, helped by"
    " the timber terminal and the reopened ferry to Great Skarn. Analysts at the Brael savings bank expect the heat network to support that"
    " growth, because steadier bills would leave small workshops and fish smokers with more money for new equipment.",
)
PREVIOUS_TITLE = "Tosserwyk Technical School Presents a Robot That Inspects Old Bridges"
NEXT_TITLE = "Singer Leonie Marsk to Headline the New Year’s Gala on Coast Radio"
# What stands around the article on every page of a theme: newsletter, cookie banner, comments and their form, share buttons, sidebar,
# related posts.
SURROUNDINGS = (
    "Get the most important stories of the coast",
    "We use cookies and similar techniques",
    "As somebody who has lived on the quay",
    "what happens when the estuary freezes?",
    "WhatsApp",
    "Harbour seals counted",
    "Lindrameer retires its last coal boiler",
)


SUBTITLE = "Two pumping stations on the Brael estuary are to warm 7,500 homes, and a fibre line may share the trench"


@attrs.frozen
class Theme:
    """A theme's page: where it was, where its previous and next articles are, and whether it shows a subtitle."""

    name: str
    url: str
    previous: str
    next: str
    has_subtitle: bool = False

    @property
    def page(self) -> str:
        """The page's HTML."""
        return (PAGES / f"theme-{self.name}.html").read_text(encoding="utf-8")

    def parse(self) -> Article:
        """The page as an article."""
        return newsparse.parse(self.page, url=self.url)


_SITE = "https://news.example"
THEMES = (
    Theme("foxiz", f"{_SITE}/energy/sea-heat-network/", f"{_SITE}/science/bridge-robot/", f"{_SITE}/culture/coast-radio-gala/"),
    Theme(
        "smartmag", f"{_SITE}/2026/01/13/sea-heat-network/", f"{_SITE}/2026/01/12/bridge-robot/", f"{_SITE}/2026/01/13/coast-radio-gala/"
    ),
    Theme("tagdiv", f"{_SITE}/sea-heat-network.html", f"{_SITE}/bridge-robot.html", f"{_SITE}/coast-radio-gala.html", True),
    Theme("jnews", f"{_SITE}/sea-heat-network/", f"{_SITE}/bridge-robot/", f"{_SITE}/coast-radio-gala/"),
    Theme(
        "jannah",
        f"{_SITE}/energy/2026/sea-heat-network/",
        f"{_SITE}/science/2026/bridge-robot/",
        f"{_SITE}/culture/2026/coast-radio-gala/",
        True,
    ),
    Theme("zox", f"{_SITE}/energy/sea-heat-network-agreed/", f"{_SITE}/science/bridge-robot/", f"{_SITE}/culture/coast-radio-gala/", True),
    Theme("generatepress", f"{_SITE}/sea-heat/", f"{_SITE}/bridge-robot/", f"{_SITE}/coast-radio-gala/"),
)
DUMP = PAGES / "dump-summary-prompt.txt"

each_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


def _assert_two_prompts(article: Article) -> None:
    prompts = [segment for segment in article.segments if segment.kind is BoilerplateKind.SUMMARY_PROMPT]
    assert " ".join(segment.text for segment in prompts) == "No time to read? Get a summary No time to read? Get a summary"
    assert all(segment.role is Role.BOILERPLATE for segment in prompts)


def test_every_theme_page_is_tested() -> None:
    assert {path.name for path in PAGES.glob("theme-*.html")} == {f"theme-{theme.name}.html" for theme in THEMES}


@each_theme
def test_theme_title(theme: Theme) -> None:
    article = theme.parse()
    assert article.title == TITLE
    assert article.kind is PageKind.ARTICLE


@each_theme
def test_theme_subtitle_author_and_date(theme: Theme) -> None:
    article = theme.parse()
    assert article.subtitle == (SUBTITLE if theme.has_subtitle else None)
    assert [author.name for author in article.authors] == ["Dorit Almquest"]
    assert article.published is not None
    assert article.published.date() == date(2026, 1, 13)


@each_theme
def test_theme_body_is_the_five_paragraphs(theme: Theme) -> None:
    article = theme.parse()
    assert article.text == "\n\n".join(PARAGRAPHS)
    # A figure may stand in the body; its caption is no text.
    assert [block.text for block in article.body if isinstance(block, Paragraph)] == list(PARAGRAPHS)


@each_theme
def test_theme_previous_and_next(theme: Theme) -> None:
    article = theme.parse()
    assert article.previous == Link(theme.previous, PREVIOUS_TITLE, Relation.PREVIOUS)
    assert article.next == Link(theme.next, NEXT_TITLE, Relation.NEXT)


@each_theme
def test_theme_prompts_are_boilerplate(theme: Theme) -> None:
    _assert_two_prompts(theme.parse())


@each_theme
@pytest.mark.parametrize("words", SURROUNDINGS)
def test_theme_surroundings_are_no_part_of_the_article(theme: Theme, words: str) -> None:
    found = [segment for segment in theme.parse().segments if words in segment.text]
    assert found
    assert {segment.role for segment in found} <= {Role.BOILERPLATE, Role.RELATED}


@each_theme
def test_theme_bytes_equal_str(theme: Theme) -> None:
    assert _but_for_encoding(newsparse.parse(theme.page.encode(), url=theme.url)) == theme.parse()


def test_text_title_and_body() -> None:
    article = newsparse.parse_text(DUMP.read_text(encoding="utf-8"))
    assert article.kind is PageKind.ARTICLE
    assert article.title == TITLE
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert [type(block) for block in article.body] == [Paragraph] * 5


def test_text_previous_and_next_have_no_url() -> None:
    article = newsparse.parse_text(DUMP.read_text(encoding="utf-8"), url="https://news.example/sea-heat/")
    assert article.previous == Link(None, PREVIOUS_TITLE, Relation.PREVIOUS)
    assert article.next == Link(None, NEXT_TITLE, Relation.NEXT)


def test_text_prompts_are_boilerplate() -> None:
    _assert_two_prompts(newsparse.parse_text(DUMP.read_text(encoding="utf-8")))


def test_text_is_read_as_text_by_parse_and_parse_file() -> None:
    text = DUMP.read_text(encoding="utf-8")
    expected = newsparse.parse_text(text)
    assert newsparse.parse(text) == expected
    assert _but_for_encoding(newsparse.parse(text.encode())) == expected
    assert _but_for_encoding(newsparse.parse(text.encode("utf-16"))) == expected
    assert _but_for_encoding(newsparse.parse_file(DUMP)) == expected


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_text_with_other_line_ends_is_the_same_article(end: str) -> None:
    text = DUMP.read_text(encoding="utf-8")
    article, expected = newsparse.parse_text(text.replace("\n", end)), newsparse.parse_text(text)
    assert (article.title, article.body, article.previous, article.next) == (
        expected.title,
        expected.body,
        expected.previous,
        expected.next,
    )


def _but_for_encoding(article: Article) -> Article:
    return attrs.evolve(article, evidence=tuple(item for item in article.evidence if item.field != "encoding"))
