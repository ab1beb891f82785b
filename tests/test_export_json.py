"""The JSON form: reading what was written gives an equal article, and anything else is refused with the field that is wrong."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newsparse.errors import InvalidRecordError
from newsparse.export.json import from_dict, from_json, to_dict, to_json
from newsparse.export.schema import json_schema
from newsparse.model import (
    Article,
    Author,
    Block,
    DatePrecision,
    Heading,
    Image,
    Link,
    PageKind,
    Paragraph,
    Quote,
    Run,
)
from tests.record_strategies import articles

VALIDATOR = Draft202012Validator(json_schema())
ARTICLE = PageKind.ARTICLE
MINIMAL: dict[str, Any] = {"schema": 1, "kind": "article"}


@given(articles)
def test_from_json_inverts_to_json(article: Article) -> None:
    assert from_json(to_json(article)) == article
    assert from_json(to_json(article, indent=2).encode()) == article


@given(articles)
def test_from_dict_inverts_to_dict_and_leaves_it_alone(article: Article) -> None:
    data = to_dict(article)
    before = copy.deepcopy(data)
    assert from_dict(data) == article
    assert data == before


@given(articles)
def test_equal_articles_have_equal_json(article: Article) -> None:
    text = to_json(article)
    assert to_json(from_json(text)) == text
    assert json.loads(text) == to_dict(article)


@given(articles)
def test_dictionaries_hold_json_types_only(article: Article) -> None:
    assert {type(value) for value in _values(to_dict(article))} <= {dict, list, str, int, bool, type(None)}


@given(articles)
def test_what_is_written_follows_the_schema(article: Article) -> None:
    VALIDATOR.validate(to_dict(article))


def _values(data: Any) -> Iterator[Any]:
    yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _values(value)


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in ``data`` with each of its keys or indices."""
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from _places(data[key])


REPLACEMENTS: tuple[Any, ...] = (
    None,
    True,
    0,
    7,
    1.5,
    "",
    "day",
    "article",
    "2024-05-03",
    [],
    ["x"],
    {},
    {"text": "x"},
    {"type": "code", "code": "x"},
)


@given(articles, st.data())
def test_the_reader_accepts_exactly_what_the_schema_allows(article: Article, data: st.DataObject) -> None:
    broken = to_dict(article)
    container, key = data.draw(st.sampled_from(list(_places(broken))))
    container[key] = copy.deepcopy(data.draw(st.sampled_from(REPLACEMENTS)))
    assert _is_read(broken) == VALIDATOR.is_valid(broken)


@given(articles, st.data())
def test_unknown_fields_are_refused_everywhere(article: Article, data: st.DataObject) -> None:
    broken = to_dict(article)
    record = data.draw(st.sampled_from([value for value in _values(broken) if isinstance(value, dict)]))
    record["surprise"] = None
    with pytest.raises(InvalidRecordError, match="unknown field 'surprise' @ article"):
        from_dict(broken)
    assert not VALIDATOR.is_valid(broken)


def _is_read(data: Any) -> bool:
    try:
        from_dict(data)
    except InvalidRecordError:
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_schema_describes_every_field_and_every_kind_of_block() -> None:
    schema = json_schema()
    assert [name for name, field in schema["properties"].items() if "description" not in field] == []
    assert schema["properties"]["language"]["description"] == "a BCP 47 tag."
    tags = {
        name: definition["properties"]["type"] for name, definition in schema["$defs"].items() if "type" in definition.get("required", ())
    }
    assert tags == {
        "Paragraph": {"const": "paragraph"},
        "Heading": {"const": "heading"},
        "ListBlock": {"const": "list_block"},
        "Quote": {"const": "quote"},
        "Table": {"const": "table"},
        "Figure": {"const": "figure"},
        "Embed": {"const": "embed"},
        "Code": {"const": "code"},
    }
    assert set(tags) == {block.__name__ for block in get_args(Block)}


def test_the_schema_names_the_defaults_of_what_is_left_out() -> None:
    run = json_schema()["$defs"]["Run"]
    assert run["required"] == ["text"]
    assert {name: field["default"] for name, field in run["properties"].items() if name != "text"} == {
        "href": None,
        "strong": False,
        "emphasis": False,
        "code": False,
    }


def test_every_field_of_an_article_is_written() -> None:
    assert list(to_dict(Article(PageKind.EMPTY))) == ["schema", *(field.name for field in attrs.fields(Article))]


@pytest.mark.parametrize(
    ("article", "field", "written"),
    [
        (Article(ARTICLE, body=(Paragraph((Run("a"),)),)), "body", {"type": "paragraph", "runs": [{"text": "a"}]}),
        (Article(ARTICLE, body=(Heading((), 2),)), "body", {"type": "heading", "runs": [], "level": 2}),
        (Article(ARTICLE, body=(Quote((Run("a", code=True),)),)), "body", {"type": "quote", "runs": [{"text": "a", "code": True}]}),
        (Article(ARTICLE, related=(Link(None, "a"),)), "related", {"url": None, "title": "a"}),
        (Article(ARTICLE, authors=(Author("a"),)), "authors", {"name": "a"}),
        (Article(ARTICLE, images=(Image("a", width=3),)), "images", {"url": "a", "width": 3}),
    ],
)
def test_defaults_inside_are_left_out(article: Article, field: str, written: dict[str, Any]) -> None:
    assert to_dict(article)[field] == [written]


OFFSET = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("moment", "precision", "written"),
    [
        (datetime(2024, 5, 3), DatePrecision.DAY, "2024-05-03"),
        (datetime(2024, 5, 3), DatePrecision.MINUTE, "2024-05-03T00:00"),
        (datetime(2024, 5, 3), DatePrecision.SECOND, "2024-05-03T00:00:00"),
        (datetime(2024, 5, 3), None, "2024-05-03T00:00:00"),
        (datetime(2024, 5, 3, 10, 20), DatePrecision.MINUTE, "2024-05-03T10:20"),
        (datetime(2024, 5, 3, 10, 20, tzinfo=OFFSET), DatePrecision.MINUTE, "2024-05-03T10:20+05:30"),
        (datetime(2024, 5, 3, 10, 20, 30, tzinfo=OFFSET), DatePrecision.SECOND, "2024-05-03T10:20:30+05:30"),
        # Nothing is lost where the precision says less than the moment.
        (datetime(2024, 5, 3, 10, 20, 30), DatePrecision.MINUTE, "2024-05-03T10:20:30"),
        (datetime(2024, 5, 3, tzinfo=OFFSET), DatePrecision.DAY, "2024-05-03T00:00:00+05:30"),
    ],
)
def test_dates_are_written_as_exactly_as_they_are_known(moment: datetime, precision: DatePrecision | None, written: str) -> None:
    article = Article(ARTICLE, published=moment, published_precision=precision, modified=moment, modified_precision=precision)
    data = to_dict(article)
    assert (data["published"], data["modified"]) == (written, written)
    read = from_dict(data)
    assert read == article
    assert (read.published and read.published.utcoffset()) == moment.utcoffset()


def test_each_date_has_its_own_precision() -> None:
    midnight = datetime(2024, 5, 3)
    article = Article(
        ARTICLE, published=midnight, published_precision=DatePrecision.DAY, modified=midnight, modified_precision=DatePrecision.MINUTE
    )
    data = to_dict(article)
    assert (data["published"], data["modified"]) == ("2024-05-03", "2024-05-03T00:00")


def test_text_is_written_as_it_is() -> None:
    assert '"title":"Zoë 渡し船 \N{REPLACEMENT CHARACTER}"' in to_json(Article(ARTICLE, "Zoë 渡し船 \N{REPLACEMENT CHARACTER}"))


def test_a_lone_surrogate_is_still_written_as_utf_8() -> None:
    article = Article(ARTICLE, "a\ud800b")
    assert from_json(to_json(article).encode("utf-8")) == article


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schema": 2}, "expected 1, not 2 @ article.schema"),
        ({"schema": True}, "expected 1, not True @ article.schema"),
        ({"schema": None}, "expected 1, not None @ article.schema"),
        (
            {"kind": "novel"},
            "expected one of article, live_blog, gallery, video, listing, wall, error, other, empty, not 'novel' @ article.kind",
        ),
        ({"kind": "ARTICLE"}, "not 'ARTICLE' @ article.kind"),
        ({"title": 3}, "expected a string, not 3 @ article.title"),
        ({"is_free": 0}, "expected true or false, not 0 @ article.is_free"),
        ({"tags": "abc"}, "expected a list, not 'abc' @ article.tags"),
        ({"tags": {"a": 1}}, "expected a list, not {'a': 1} @ article.tags"),
        ({"image": []}, "expected an object, not [] @ article.image"),
        ({"image": {"url": "a", "width": True}}, "expected an integer, not True @ article.image.width"),
        ({"image": {"url": "a", "width": 1.0}}, "expected an integer, not 1.0 @ article.image.width"),
        ({"body": [{"type": "poem"}]}, "not 'poem' @ article.body[0]"),
        ({"body": [{"runs": []}]}, 'expected "type" to be one of paragraph, heading, list_block'),
        ({"body": [{"type": []}]}, "not [] @ article.body[0]"),
        ({"body": [{"type": "quote", "runs": []}, {"type": "heading", "runs": []}]}, "a required field is missing @ article.body[1].level"),
        ({"related": [{"url": None}]}, "a required field is missing @ article.related[0].title"),
        (
            {"published": "3 May 2024"},
            "expected a date such as '2024-05-03' or '2024-05-03T10:20+02:00', not '3 May 2024' @ article.published",
        ),
        ({"published": "2024-05-03\n"}, "@ article.published"),
        ({"published": "2024-02-30"}, "day is out of range for month @ article.published"),
        ({"modified": 1714694400}, "expected a date, not 1714694400 @ article.modified"),
        ({"byline": "By Ann"}, "unknown field 'byline' @ article"),
        ({1: 2}, "unknown field 1 @ article"),
    ],
)
def test_errors_name_the_field_and_what_was_expected(changes: dict[Any, Any], message: str) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        from_dict({**MINIMAL, **changes})
    assert message in str(caught.value)


def test_several_errors_are_told_together_but_not_all() -> None:
    with pytest.raises(InvalidRecordError) as caught:
        from_dict({**MINIMAL, "tags": list(range(9))})
    assert str(caught.value).count("expected a string") == 5
    assert str(caught.value).endswith("; and 4 more")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        ("1" * 5_000, "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "expected an object, not []"),
        ("null", "expected an object, not None"),
        ("{}", "expected 1, but it is missing @ article.schema"),
        ('{"schema": 1}', "a required field is missing @ article.kind"),
        ('{"schema": 1, "kind": "article", "is_free": NaN}', "expected true or false, not nan @ article.is_free"),
    ],
)
def test_texts_that_are_no_article_are_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        from_json(text)
    assert message in str(caught.value)


def test_deep_evidence_is_refused_not_crashed_on() -> None:
    losers: list[Any] = []
    for _ in range(100_000):
        losers = [{"losers": losers}]
    with pytest.raises(InvalidRecordError):
        from_dict({**MINIMAL, "evidence": losers})


def test_fields_that_are_left_out_have_their_defaults() -> None:
    assert from_dict(MINIMAL) == Article(ARTICLE)


def test_the_methods_of_article_are_these_functions() -> None:
    article = Article(ARTICLE, "Title")
    assert article.to_json(indent=1) == to_json(article, indent=1)
    assert Article.from_json(article.to_json()) == Article.from_dict(article.to_dict()) == article


def test_only_the_json_form_loads_cattrs() -> None:
    program = """
import sys
import newsparse.export.html, newsparse.export.markdown, newsparse.export.schema, newsparse.export.schema_org, newsparse.export.text
from newsparse.model import Article, PageKind
assert "cattrs" not in sys.modules
Article(PageKind.ARTICLE).to_json()
assert "cattrs" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
