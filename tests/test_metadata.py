import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsparse.document.metadata import Metadata, TimeTag, read_json, read_metadata
from newsparse.model import NoticeCode

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["@graph", "@id"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def read(page: str) -> Metadata:
    root = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    return read_metadata(root)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_meta_is_keyed_by_name_property_itemprop_and_http_equiv_in_page_order() -> None:
    found = read(
        "<html><head><meta name=Author content=' Ann Lee '><meta property=og:Title content=One><meta property=og:title content=Two>"
        "<meta http-equiv=Content-Language content=en><meta itemprop=datePublished content=2024-05-03><meta name=empty content=''>"
    )
    assert dict(found.meta) == {
        "author": ("Ann Lee",),
        "og:title": ("One", "Two"),
        "content-language": ("en",),
        "datepublished": ("2024-05-03",),
    }
    assert found.first("og:title") == "One"
    assert found.first("og:image") is None


def test_links_are_keyed_by_rel_token() -> None:
    found = read("<link rel='Canonical alternate' href=' /a '><link rel=next href=/b><link rel=canonical><link href=/c>")
    assert dict(found.links) == {"canonical": ("/a",), "alternate": ("/a",), "next": ("/b",)}


def test_title_language_and_base() -> None:
    found = read("<html lang=de><head><base href=/x/><title> A \n b </title></head><body><svg><title>icon</title></svg>")
    assert (found.title_tag, found.lang, found.base_href) == ("A b", "de", "/x/")
    assert read("<html xml:lang=fr><body><svg><title>icon</title></svg>").title_tag is None


def test_times_know_where_they_stand() -> None:
    found = read(
        "<body><time datetime=2024-01-01>New Year</time><article><h1>One</h1><header>"
        "<time class='date published' itemprop=datePublished datetime=2024-05-03>3 <b>May</b></time></header></article>"
    )
    assert found.times == (
        TimeTag("2024-01-01", "New Year", "", "", "", after_title=False),
        TimeTag("2024-05-03", "3 May", "datepublished", "date published", "header", after_title=True),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/*<![CDATA[*/ {"a": 1} /*]]>*/', [{"a": 1}]),
        ('{"a": [1, 2, ], }', [{"a": [1, 2]}]),
        ('{"a": "b,}"}', [{"a": "b,}"}]),
        ('{"a": "line\nbreak\tand tab"}', [{"a": "line\nbreak\tand tab"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('{"a": 1}\n{"b": 2};', [{"a": 1}, {"b": 2}]),
        ('{"a": 1}, {"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": /* a comment, } */ 1}', [{"a": 1}]),
        (r'{"a": "it\'s, \u00e9"}', [{"a": "it's, é"}]),
        ('\ufeff{"a": 1}', [{"a": 1}]),
        ("", []),
        (" \n ", []),
        ('{"a": 1,\n// a comment\n"b": 2}', [{"a": 1, "b": 2}]),
        ('{"a": "http://x//y", "b": 2,}', [{"a": "http://x//y", "b": 2}]),
        ('{"a": 1,, "b": ,"c": undefined}', [{"a": 1, "b": None, "c": None}]),
        ("{&#34;a&#34;: 1}", [{"a": 1}]),
        ('window.data = {"a": 1};', [{"a": 1}]),
        ('{"a": 1}}', [{"a": 1}]),
        ('{"a": "The "late" ferry", "b": 2}', [{"a": 'The "late" ferry', "b": 2}]),
        ('{"a": 1, "b": {"c": "Ann"}', [{"a": 1, "b": {"c": "Ann"}}]),
        ('{"a": 1, "b": "it breaks o', [{"a": 1, "b": "it breaks o"}]),
        ('[{"a": 1}, ', [[{"a": 1}]]),
    ],
)
def test_broken_json_is_read(text: str, wanted: list[object]) -> None:
    assert read_json(text) == (wanted, None)


@pytest.mark.parametrize("text", ["{", '{"a" 1}', "nothing", '{"a": 1} {"b"', "[" * 100_000, '{"a":' * 100_000, '"' + '\\"' * 1000])
def test_unreadable_json_is_told(text: str) -> None:
    values, problem = read_json(text)
    assert problem
    assert values in ([], [{"a": 1}])
    notices = read(script(text)).notices
    assert [notice.code for notice in notices] == [NoticeCode.METADATA_UNREADABLE]


def test_objects_are_taken_out_of_lists_and_graphs_in_page_order() -> None:
    page = script('[{"n": 1}, [{"n": 2}]]') + script('{"@context": "x", "@graph": [{"n": 3}, {"@graph": {"n": 4}}], "n": 0}')
    assert [item["n"] for item in read(page).objects] == [1, 2, 0, 3, 4]


def test_references_are_resolved() -> None:
    page = script(
        '{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#ann"}, "publisher": {"@id": "#none"}},'
        ' {"@id": "#site", "founder": {"@id": "#ann", "@type": "Person", "name": "Ann Lee"}}]}'
    )
    found = read(page)
    assert found.resolve(found.objects[0]["author"]) == {"@id": "#ann", "@type": "Person", "name": "Ann Lee"}
    assert found.resolve(found.objects[0]["publisher"]) == {"@id": "#none"}
    assert found.resolve("text") == "text"


def test_microdata_of_articles_is_read() -> None:
    found = read(
        "<div itemscope itemtype=https://schema.org/NewsArticle><h1 itemprop='name headline'>One <i>two</i></h1>"
        "<span itemprop=author itemscope itemtype=Person><a itemprop=url href=/ann><b itemprop=name>Ann Lee</b></a></span>"
        "<span itemprop=datePublished content=2024-05-03>Friday</span><div itemprop=articleBody>Text</div>"
        "<div itemprop=comment itemscope itemtype=https://schema.org/Comment><i itemprop=author>Troll</i></div></div>"
        "<div itemscope itemtype=http://schema.org/Article><i itemprop=headline>Other</i></div>"
    )
    assert [(item.name, item.value, item.href, item.scope) for item in found.properties] == [
        ("headline", "One two", "", 0),
        ("author", "Ann Lee", "/ann", 0),
        ("datepublished", "2024-05-03", "", 0),
        ("headline", "Other", "", 1),
    ]


def test_microdata_is_not_read_where_json_ld_describes_an_article() -> None:
    page = "<div itemscope itemtype=https://schema.org/Article><i itemprop=headline>One</i></div>"
    assert read(page).properties
    assert not read(script('{"headline": "One"}') + page).properties


@given(st.text())
def test_read_json_never_raises(text: str) -> None:
    read_json(text)


@given(st.text(alphabet='{}[]",:\\a1 \n/*<!->;&quot', max_size=60))
def test_read_json_never_raises_on_what_looks_like_json(text: str) -> None:
    read_json(text)


@given(json_values)
def test_valid_json_is_read_as_it_is(value: object) -> None:
    assert read_json(json.dumps(value)) == ([value], None)


@given(json_values)
def test_any_json_ld_gives_metadata(value: object) -> None:
    read(script(json.dumps(value).replace("<", "\\u003c")))


@given(st.text(alphabet=st.characters(exclude_characters="\0\r", codec="utf-8")))
def test_any_page_gives_metadata(text: str) -> None:
    root = etree.fromstring(f"<html>{text}</html>".encode(), etree.HTMLParser(encoding="utf-8"))
    assert read_metadata(root) == read_metadata(root)


@pytest.mark.parametrize(
    "unit",
    [
        '<script type="application/ld+json">{"a": "\\"</script>',
        "<div itemscope itemtype=Article><b itemprop=author>",
        "<time>",
        "<article><header><time datetime=2024>",
        "<meta name=a content=b>",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        root = etree.fromstring(f"<html><body>{unit * times}".encode(), parser)
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            read_metadata(root)
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(100), seconds(800)
    assert large < 0.02 or large < 8 * 4 * small


def test_an_article_that_a_page_is_about_is_found() -> None:
    page = script('{"@type": "WebPage", "n": 1, "mainEntity": {"@type": "NewsArticle", "n": 2}}')
    assert [item["n"] for item in read(page).objects] == [1, 2]


def test_references_in_a_list_are_resolved() -> None:
    found = read(script('[{"publisher": [{"@id": "#p"}]}, {"@id": "#p", "@type": "Organization", "name": "Daily"}]'))
    assert found.resolve(found.objects[0]["publisher"]) == [{"@id": "#p", "@type": "Organization", "name": "Daily"}]


@pytest.mark.parametrize(
    ("around", "within"), [("<div class=comment-list>", "comments"), ("<article><footer>", "article footer"), ("<aside>", "aside")]
)
def test_where_a_time_stands(around: str, within: str) -> None:
    assert [tag.within for tag in read(f"<body>{around}<time datetime=2024-05-03></time>").times] == [within]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"{'@type': 'News', 'headline': 'It\'s late',}", {"@type": "News", "headline": "It's late"}),
        ("{'name': 'Ann O'Hara', 'n': 3}", {"name": "Ann O'Hara", "n": 3}),
        (
            "var x = {type: 'News', // a note\n url: 'https://a.example/x', ok: true};",
            {"type": "News", "url": "https://a.example/x", "ok": True},
        ),
        ("{a: {b: [{c: 'd'}]}}", {"a": {"b": [{"c": "d"}]}}),
        ("{'a': 'it breaks off", {"a": "it breaks off"}),
    ],
)
def test_objects_as_scripts_write_them_are_read(text: str, wanted: object) -> None:
    assert read_json(text) == ([wanted], None)
