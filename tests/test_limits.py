"""Limits are counts, each with its error, whatever the source; and no input makes the library fetch, expand or run anything."""

import gzip
import io
import re
import socket
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from bs4 import BeautifulSoup
from lxml import etree, html

import newsparse
from newsparse import LimitExceededError, Limits, Options
from newsparse.batch.files import parse_data, read_bounded
from newsparse.export.inspection import to_inspection_html

STORY = "The ferry left the eastern pier an hour late because the crew had to break the ice by hand, and nobody was told. " * 3
PAGE = f"<html><head><title>Ferry late</title></head><body><p>{STORY}<a href='/a'>one</a></p><p>{STORY}</p></body></html>"
XHTML = PAGE.replace("<html>", "<html xmlns='http://www.w3.org/1999/xhtml'>")
LENGTH = len("Ferry late") + 2 * len(STORY) + len("one")
EXACT = Limits(bytes=len(PAGE), nodes=7, depth=4, links=1, text=LENGTH)
SOURCES = {
    "str": PAGE,
    "bytes": PAGE.encode(),
    "element": html.fromstring(PAGE),
    "tree": html.fromstring(PAGE).getroottree(),
    "xml": etree.fromstring(PAGE),
    "xhtml": etree.fromstring(XHTML),
    "soup": BeautifulSoup(PAGE.replace("'", '"'), "html.parser"),
}
sources = pytest.mark.parametrize("kind", SOURCES)


def within(limits: Limits) -> Options:
    return Options(limits=limits)


@sources
def test_page_of_exactly_the_limits_is_read(kind: str) -> None:
    assert newsparse.parse(SOURCES[kind], options=within(EXACT)).text.count("ferry") == 6


@sources
@pytest.mark.parametrize("limit", ["bytes", "nodes", "depth", "links", "text"])
def test_each_limit_raises_for_each_source(kind: str, limit: str) -> None:
    if limit == "bytes" and kind in ("element", "tree", "xml", "xhtml"):
        pytest.skip("a tree has no bytes")
    allowed = getattr(EXACT, limit) - 1
    with pytest.raises(LimitExceededError, match=rf"Options\.limits\.{limit} allows {allowed:,}$"):
        newsparse.parse(SOURCES[kind], options=within(attrs.evolve(EXACT, **{limit: allowed})))


@pytest.mark.parametrize("parse", [newsparse.parse, newsparse.parse_text])
def test_plain_text_is_limited_in_characters(parse: Any) -> None:
    text = "лёд\n" * 25
    assert len(parse(text, options=within(Limits(text=100))).segments) == 25
    with pytest.raises(LimitExceededError, match=r"has 100 characters of text; Options\.limits\.text allows 99$"):
        parse(text, options=within(Limits(text=99)))


def test_entities_and_scripts_count_as_the_characters_that_they_are() -> None:
    page = "<p>&amp;&eacute;x<script>ab</script><!-- a comment of many words that is no text -->"
    assert newsparse.parse(page, options=within(Limits(text=5))).segments
    with pytest.raises(LimitExceededError):
        newsparse.parse(page, options=within(Limits(text=4)))


def test_defaults_allow_the_largest_pages_that_are_tested() -> None:
    limits = Limits()
    assert limits.bytes >= limits.text >= 20_000_000
    assert limits.depth >= 100_000
    assert limits.links >= 100_000


# Files


class Counted(io.BytesIO):
    """A stream that counts what was taken from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def bomb(members: int) -> bytes:
    return gzip.compress(bytes(10_000_000)) * members


def test_a_gzip_bomb_is_left_as_soon_as_it_is_too_large() -> None:
    packed = Counted(bomb(100))  # 1 GB in 1 MB
    with gzip.GzipFile(fileobj=packed) as stream, pytest.raises(LimitExceededError, match="larger than 5,000,000 bytes"):
        read_bounded(stream, 5_000_000)
    assert packed.taken < 100_000


def test_a_gzip_bomb_takes_no_more_memory_than_the_limit() -> None:
    packed = bomb(100)
    tracemalloc.start()
    try:
        with pytest.raises(LimitExceededError):
            parse_data(packed, url=None, encoding=None, options=within(Limits(bytes=5_000_000)))
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("limit", ["bytes", "text", "nodes"])
def test_what_a_file_unpacks_to_is_limited(tmp_path: Path, limit: str) -> None:
    path = tmp_path / "page"
    path.write_bytes(gzip.compress(PAGE.encode()))
    assert newsparse.parse_file(path, options=within(EXACT)).title == "Ferry late"
    with pytest.raises(LimitExceededError):
        newsparse.parse_file(path, options=within(attrs.evolve(EXACT, **{limit: getattr(EXACT, limit) - 1})))


# Nothing is fetched, expanded or run.


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that must not be asked for anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("form", ["str", "bytes", "text", "xml", "soup", "file"])
def test_nothing_that_a_page_names_is_fetched(tmp_path: Path, listener: socket.socket, form: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Zwqxsecret", encoding="utf-8")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    page = f"""<?xml version="1.0"?><?xml-stylesheet href="{address}/a.xsl" type="text/xsl"?>
<!DOCTYPE html [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY web SYSTEM "{address}/b"><!ENTITY % dtd SYSTEM "{address}/c.dtd">]>
<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><base href="{address}/"/><link rel="stylesheet" href="{address}/d.css"/>
<meta http-equiv="refresh" content="0;url={address}/e"/><script src="{address}/f.js"></script></head>
<body><p>{STORY}&file;&web;</p><xi:include href="{secret.as_uri()}" parse="text"/><iframe src="{secret.as_uri()}"></iframe>
<img src="{address}/g.png"/><object data="{address}/h"></object><embed src="{address}/i"/><p>{STORY}</p></body></html>"""
    source: Any = page
    if form == "bytes":
        source = page.encode()
    elif form == "xml":
        source = etree.fromstring(page.encode(), etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    elif form == "soup":
        source = BeautifulSoup(page, "html.parser")
    elif form == "file":
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
    if form == "file":
        article = newsparse.parse_file(tmp_path / "page.html", url=f"{address}/page")
    else:
        article = (newsparse.parse_text if form == "text" else newsparse.parse)(source, url=f"{address}/page")
    assert "The ferry left" in article.to_json()
    assert "Zwqxsecret" not in article.to_json()


def test_entities_of_a_document_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY a{level + 1} "{f"&a{level};" * 10}">' for level in range(4))
    page = f'<!DOCTYPE html [<!ENTITY a0 "ferry">{levels}]><html><body><p>{STORY}&a4;</p><p>{STORY}</p></body></html>'
    unresolved = etree.fromstring(page, etree.XMLParser(resolve_entities=False, huge_tree=False))
    for source in (page, page.encode(), unresolved):
        article = newsparse.parse(source)
        assert len(article.to_json()) < 20_000
        assert article.text.count("ferry") == 6


def test_addresses_and_paths_as_sources_are_not_opened(tmp_path: Path, listener: socket.socket) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>Zwqxsecret", encoding="utf-8")
    for source in (str(secret), secret.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/"):
        for data in (source, source.encode()):
            assert "Zwqxsecret" not in newsparse.parse(data).text


# What is written from a hostile page.

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript&colon;alert(1)",
    "&amp;#106;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "</textarea></pre></code><svg onload=alert(1)>",
    "x;background:url(http://evil.example/)",
    "@import 'http://evil.example/'",
    "expression(alert(1))",
    'http://evil.example/" onload="alert(1)',
)


def hostile_page(payload: str) -> str:
    value = payload.replace("&", "&amp;").replace('"', "&quot;")
    text = payload.replace("&", "&amp;").replace("<", "&lt;")
    data = re.sub(r"[\"\\\t<]", lambda found: f"\\u{ord(found[0]):04x}", payload)
    names = "author description og:title og:site_name og:image og:url keywords article:section og:locale date"
    head = "".join(f'<meta name="{name}" content="{value}">' for name in names.split())
    objects = f'{{"@type":"NewsArticle","headline":"{data}","url":"{data}","author":{{"name":"{data}","url":"{data}"}},"image":"{data}"}}'
    return (
        f'<html lang="{value}"><head><title>{text}</title>{head}<link rel=canonical href="{value}">'
        f'<base href="{value}">'
        f'<script type="application/ld+json">{objects}</script></head><body><h1>{text}</h1><p class=byline>By <a rel=author href="{value}">'
        f'Ann {text}</a></p><p>{STORY}<a href="{value}">{text}</a></p><ul><li>{STORY}{text}</ul><pre>{text}\n{STORY}</pre>'
        f'<figure><img src="{value}" alt="{value}" width=300><figcaption>{text}</figcaption></figure><iframe src="{value}"></iframe>'
        f'<blockquote cite="{value}">{STORY}{text}</blockquote><table><tr><td>{text}<td>2<tr><td>3<td>4</table><p>{STORY}</p>'
        f'<p>Next: <a rel=next href="{value}">{text} and more</a></p>'
        f'<h3>Related</h3><ul><li><a href="{value}">{text} and more words</a></ul>'
    )


def check_harmless(page: str, allowed_styles: str) -> None:
    """No script, no handler, no address that runs something, no style that loads anything."""
    elements = [element for element in html.document_fromstring(page).iter() if isinstance(element.tag, str)]
    assert not {element.tag for element in elements} & {"script", "iframe", "object", "embed", "svg", "math", "base", "applet", "frame"}
    for element in elements:
        for name, value in element.attrib.items():
            assert not name.startswith(("on", "srcdoc", "formaction", "xlink"))
            # What a browser makes of an address: https://url.spec.whatwg.org/#concept-basic-url-parser
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value).lower())
            assert name not in ("href", "src", "cite", "action") or scheme is None or scheme[1] in ("http", "https", "mailto")
            assert name != "style" or re.fullmatch(allowed_styles, value)
            assert (name, value.lower()) != ("http-equiv", "refresh")
        if element.tag == "style":
            assert not re.search(r"@import|url\(|image-set\(|expression|behavior|-moz-binding", element.text or "", re.IGNORECASE)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_of_a_hostile_page_is_harmless(payload: str) -> None:
    article = newsparse.parse(hostile_page(payload), url="https://harbour.example/a")
    assert len(article.body) >= 4
    check_harmless(article.to_html(), "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_inspection_of_a_hostile_page_is_harmless(payload: str) -> None:
    article = newsparse.parse(hostile_page(payload), url=payload)
    report = to_inspection_html(article, payload)
    check_harmless(report, r"flex-grow:\d+")
    tree = html.document_fromstring(report)
    assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    links = {element.get("href") for element in tree.iter("a", "link")}
    assert all(link is not None and link.startswith("#") for link in links)


@pytest.mark.parametrize("payload", PAYLOADS[:6])
def test_check_finds_what_is_not_harmless(payload: str) -> None:
    broken = f"<p>{payload}</p><a href=\"{payload}\">x</a><p title='{payload}'>" + (f"<a href='{payload}'>" if "'" not in payload else "")
    if "&amp;" in payload:
        pytest.skip("text that stays text")
    with pytest.raises(AssertionError):
        check_harmless(broken, "")


def test_check_finds_styles_that_load() -> None:
    for style in ("<style>@import 'x'</style>", "<style>a{background:URL(x)}</style>", "<p style='background:url(x)'>"):
        with pytest.raises(AssertionError):
            check_harmless(style, r"flex-grow:\d+")
