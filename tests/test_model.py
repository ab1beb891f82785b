"""The records are values: equal by content, hashable, unchangeable, and the same after pickling or copying."""

import copy
import pickle
from datetime import datetime
from typing import Any, assert_type, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.model import (
    Article,
    Author,
    Block,
    BoilerplateKind,
    Certainty,
    Code,
    Embed,
    Evidence,
    EvidenceSource,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Quote,
    Relation,
    Result,
    Role,
    Run,
    Segment,
    Table,
    TableCell,
)
from tests.record_strategies import articles, blocks_of, texts

EXAMPLES: tuple[Any, ...] = (
    Run("text", strong=True),
    Link("http://example.com/", "title", Relation.NEXT),
    Author("Ann Veldt"),
    Image("http://example.com/a.jpg", width=3),
    ListItem((Run("item"),), 1),
    TableCell((Run("cell"),), header=True),
    Paragraph((Run("text"),)),
    Heading((Run("heading"),), 2),
    ListBlock((ListItem((Run("item"),)),)),
    Quote((Run("quoted"),), "Hamlet"),
    Table(((TableCell((Run("cell"),)),),)),
    Figure(Image("http://example.com/a.jpg")),
    Embed("http://example.com/post", (Run("post"),)),
    Code("x = 1"),
    Segment("Share", Role.BOILERPLATE, BoilerplateKind.SHARE, "phrase", "/html/body/p", (Link(None, "Share", Relation.SHARE),)),
    Evidence("title", EvidenceSource.META, "og:title", "Title", Certainty.STATED),
    Notice(NoticeCode.NO_BODY, "no body"),
    Article(PageKind.ARTICLE, "Title"),
    Result("page.html", error="no such file"),
)
each_record = pytest.mark.parametrize("record", EXAMPLES, ids=lambda record: type(record).__name__)


@given(articles)
def test_articles_are_values(article: Article) -> None:
    for same in (pickle.loads(pickle.dumps(article)), copy.deepcopy(article), attrs.evolve(article)):
        assert same == article
        assert hash(same) == hash(article)


@each_record
def test_records_cannot_be_changed(record: Any) -> None:
    name = attrs.fields(type(record))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(record, name, getattr(record, name))


@each_record
def test_records_have_no_room_for_other_attributes(record: Any) -> None:
    assert not hasattr(record, "__dict__")


@each_record
def test_records_differ_when_a_field_differs(record: Any) -> None:
    name = attrs.fields(type(record))[0].name
    other = attrs.evolve(record, **{name: "something else"})
    assert other != record


def test_records_of_different_classes_differ() -> None:
    runs = (Run("text"),)
    assert len({Paragraph(runs), Quote(runs), TableCell(runs), ListItem(runs)}) == 4


@given(st.tuples(*blocks_of(texts).values()))
def test_text_is_the_texts_of_the_blocks(body: tuple[Block, ...]) -> None:
    assert {type(block) for block in body} == set(get_args(Block))
    parts = [block.text for block in body if block.text]
    assert Article(PageKind.ARTICLE, body=body).text == "\n\n".join(parts)


def test_text_of_blocks_has_no_bullets_or_captions() -> None:
    items = ListBlock((ListItem((Run("one "), Run("two", strong=True))), ListItem((Run("three"),), 1)), ordered=True)
    table = Table(((TableCell((Run("a"),)), TableCell((Run("b"),))), (TableCell((Run("c"),)),)))
    assert items.text == "one two\nthree"
    assert table.text == "a\tb\nc"
    assert Figure(Image("http://example.com/a.jpg", caption="A cat")).text == ""


def test_boilerplate_and_links_are_views_of_the_segments() -> None:
    body_link, share_link = Link("http://example.com/", "body", Relation.BODY), Link(None, "share", Relation.SHARE)
    body = Segment("text", Role.BODY, None, "long", "/html/body/p[1]", (body_link,), 0)
    share = Segment("share", Role.BOILERPLATE, BoilerplateKind.SHARE, "phrase", "/html/body/p[2]", (share_link,))
    article = Article(PageKind.ARTICLE, segments=(body, share))
    assert article.boilerplate == (share,)
    assert article.links == (body_link, share_link)


def test_evidence_is_found_by_field() -> None:
    title = Evidence("title", EvidenceSource.META, "og:title", "Title", Certainty.STATED)
    article = Article(PageKind.ARTICLE, evidence=(title,))
    assert article.evidence_for("title") is title
    assert article.evidence_for("published") is None


def test_types_of_the_public_surface() -> None:
    article = Article(PageKind.ARTICLE, "Title", published=datetime(2024, 5, 3), body=(Paragraph((Run("text"),)),))
    assert_type(article.title, str | None)
    assert_type(article.published, datetime | None)
    assert_type(article.body, tuple[Block, ...])
    assert_type(article.links, tuple[Link, ...])
    assert_type(article.evidence_for("title"), Evidence | None)
    assert_type(article.to_dict(), dict[str, Any])
    assert_type(Article.from_json(article.to_json()), Article)


def test_wrong_uses_do_not_type_check() -> None:
    # The comments are checked: mypy reports one that it does not need.
    article = Article(PageKind.ARTICLE)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        article.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Article()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        article.headline  # type: ignore[attr-defined]  # noqa: B018
