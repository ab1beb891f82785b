"""The public strategies: what they say of a page is true of it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from newsparse.model import BoilerplateKind
from newsparse.testing import NewsPage, news_pages, paragraphs, rearranged, widgets

bounded = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def squeezed(source: str) -> str:
    return "".join("".join(html.document_fromstring(source).itertext()).split())


@bounded
@given(news_pages())
def test_title_and_body_stand_on_the_page_in_order(page: NewsPage) -> None:
    text = squeezed(page.html)
    assert "".join(page.truth.title.split()) in text
    at = 0
    for block in page.truth.blocks:
        for line in filter(None, ("".join(line.split()) for line in block.text.replace("\t", "\n").split("\n"))):
            at = text.index(line, at) + len(line)


@bounded
@given(news_pages())
def test_text_of_a_kind_is_no_body(page: NewsPage) -> None:
    body = {line for block in page.truth.blocks for line in block.text.split("\n")}
    assert all(isinstance(kind, BoilerplateKind) for kind in page.truth.kinds.values())
    assert not body & set(page.truth.kinds)


@bounded
@given(st.data(), news_pages())
def test_rearranged_page_has_the_same_article(data: st.DataObject, page: NewsPage) -> None:
    other = data.draw(rearranged(page))
    assert (other.truth.title, other.truth.blocks, other.url) == (page.truth.title, page.truth.blocks, page.url)


def test_strategies_reach_every_kind_and_many_pages() -> None:
    kinds: set[BoilerplateKind] = set()
    pages: set[str] = set()

    @settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(news_pages())
    def collect(page: NewsPage) -> None:
        kinds.update(page.truth.kinds.values())
        pages.add(page.html)

    collect()
    assert len(pages) > 80
    assert len(kinds) >= 18


@bounded
@given(paragraphs())
def test_paragraphs_are_no_single_words(text: str) -> None:
    assert len(text) > 20


@bounded
@given(widgets())
def test_widgets_are_of_a_kind(widget: object) -> None:
    assert isinstance(getattr(widget, "kind"), BoilerplateKind)  # noqa: B009
