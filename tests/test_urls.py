from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.document.urls import Base, base_of, is_page_link, resolve

BASE = base_of("https://example.com/news/2024/one.html?a=b#c")

urls = st.one_of(
    st.text(), st.text(alphabet="htps:/.[]?#@%a1 \t\n\\é", max_size=30), st.from_regex(r"(?:https?:)?//?[a-z\[\]./?#é-]{0,30}")
)


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        (" /a/b ", "https://example.com/a/b"),
        ("/a/../b", "https://example.com/b"),
        ("/a?q=./x", "https://example.com/a?q=./x"),
        ("two.html", "https://example.com/news/2024/two.html"),
        ("../x", "https://example.com/news/x"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("?page=2", "https://example.com/news/2024/one.html?page=2"),
        ("#top", "https://example.com/news/2024/one.html?a=b#top"),
        ("http://example.org/", "http://example.org/"),
        ("https://example.org/a\n/b", "https://example.org/a/b"),
        ("HTTPS://example.org/a", "https://example.org/a"),
        ("/straße", "https://example.com/straße"),
        ("mailto:me@example.com", "mailto:me@example.com"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("http://[x", None),
        ("//[x/", None),
        ("", "https://example.com/news/2024/one.html?a=b#c"),
    ],
)
def test_resolve(href: str, wanted: str | None) -> None:
    assert resolve(href, BASE) == wanted


@pytest.mark.parametrize("href", ["/a", "b/c", "https://example.org/x", "#d", "mailto:me@example.com"])
def test_without_a_base_links_stay_as_they_are(href: str) -> None:
    assert resolve(href, None) == href


@pytest.mark.parametrize(
    ("url", "base_href", "wanted"),
    [
        ("https://example.com/a", None, "https://example.com/a"),
        ("https://example.com/a", "/static/", "https://example.com/static/"),
        ("https://example.com/a", "https://example.org/b/", "https://example.org/b/"),
        (None, "https://example.org/b/", "https://example.org/b/"),
        ("https://example.com/a", "http://[", "https://example.com/a"),
        ("https://example.com/a", "javascript:1", "https://example.com/a"),
        ("example.com/a", None, None),
        ("file:///tmp/a.html", None, None),
        ("http://[x", None, None),
        (None, None, None),
    ],
)
def test_base(url: str | None, base_href: str | None, wanted: str | None) -> None:
    base = base_of(url, base_href)
    assert (base.url if base else None) == wanted


def test_base_has_origin_and_host() -> None:
    url = "https://Example.com:8080/a/b#top"
    assert base_of(url) == Base(url, "https://Example.com:8080/a/b", "https://Example.com:8080", "example.com")


@given(urls, urls)
def test_never_raises(href: str, url: str) -> None:
    base = base_of(url, href)
    resolve(href, base)
    resolve(href, None)
    is_page_link(href)


@given(st.from_regex(r"/[a-zA-Z0-9_/.?=&%,~-]{0,40}", fullmatch=True))
def test_fast_path_agrees_with_urljoin(href: str) -> None:
    assert BASE is not None
    assert resolve(href, BASE) == urljoin(BASE.url, href)


@given(urls)
def test_resolved_link_resolves_to_itself(href: str) -> None:
    once = resolve(href, BASE)
    if once is not None and once.startswith(("http://", "https://")):
        assert resolve(once, BASE) == once
