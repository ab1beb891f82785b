"""Pages made to cost as much as they can or to hide what they hold, of any size: for ``benchmarks.worst_cases`` and the tests.

Each is an article of known text with a nasty part in or around it, so that beside the cost it can be told whether the article is still
found and whether anything is lost. All of the text is generated here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from itertools import islice
from random import Random

import attrs

TITLE = "The ferry left the eastern pier an hour late"
URL = "https://harbour.example/news/2026/ferry-left-late"
# A word that stands nowhere else, in the innermost or last place of the nasty part.
MARK = "Zwqxmark"
_ABOUT = ("The ferry", "A trawler", "The harbour office", "The old crane", "One of the pilots", "The lighthouse", "The new tug", "A barge")
_DID = ("waited for", "passed", "was painted for", "reported", "asked about", "made way for", "was older than", "lay beside", "paid for")
_WHAT = (
    "the morning fog",
    "a broken buoy",
    "the customs house",
    "two loads of timber",
    "the winter ice",
    "the fish market",
    "a late train",
)
_WHEN = ("before noon", "on Monday", "for the third time this year", "as the crew had expected", "without a word", "in the first light")
_SENTENCES_A_PARAGRAPH = 5


def paragraphs() -> Iterator[str]:
    """Paragraphs of five plain sentences without an end; the first three thousand sentences are all different."""
    at = 0
    while True:
        texts = []
        for _ in range(_SENTENCES_A_PARAGRAPH):
            words = (_ABOUT[at % 8], _DID[at % 9], _WHAT[at % 7], _WHEN[(at + at // 504) % 6])
            texts.append(f"{' '.join(words)}, and nobody minded.")
            at += 1
        yield " ".join(texts)


BEFORE, AFTER = (tuple(islice(paragraphs(), start, start + 3)) for start in (0, 3))


def plain_page(size: int) -> str:
    """A plain article of about ``size`` bytes, to compare with."""
    parts = []
    for paragraph in paragraphs():
        parts.append(f"<p>{paragraph}</p>\n")
        size -= len(parts[-1])
        if size <= 0:
            return _page("".join(parts))
    raise AssertionError


def _page(body: str, head: str = "") -> str:
    return (
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>{TITLE}</title>{head}</head>\n"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )


def _around(nasty: str, head: str = "") -> str:
    before, after = ("".join(f"<p>{text}</p>\n" for text in texts) for texts in (BEFORE, AFTER))
    return _page(f"{before}{nasty}\n{after}", head)


@attrs.frozen
class WorstCase:
    """A kind of nasty page.

    Attributes:
        name: what is nasty.
        build: the page, for a number of repeats of what is nasty.
        size: the number of repeats of the full case.
        is_marked: whether ``MARK`` is text of the page.
        is_parted: whether the nasty part is a long text of its own, so that what follows it need not be the body of the article.
    """

    name: str
    build: Callable[[int], str | bytes]
    size: int
    is_marked: bool = True
    is_parted: bool = False

    def full(self) -> str | bytes:
        """The page at its full size."""
        return self.build(self.size)


def _within(name: str, size: int, nasty: Callable[[int], str], *, is_parted: bool = False) -> WorstCase:
    return WorstCase(name, lambda times: _around(nasty(times)), size, is_parted=is_parted)


def _in_head(name: str, size: int, nasty: Callable[[int], str]) -> WorstCase:
    return WorstCase(name, lambda times: _around("", nasty(times)), size, is_marked=False)


# --- The nasty parts


def _nested(opening: str, closing: str = "") -> Callable[[int], str]:
    return lambda times: f"{opening * times}<p>{MARK}</p>{closing * times}"


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda times: f"{piece * times}<p>{MARK}</p>"


def _numbered(piece: str) -> Callable[[int], str]:
    """``piece`` so many times, with its number for each ``{}``."""
    return lambda times: "".join(piece.replace("{}", str(number)) for number in range(times)) + f"<p>{MARK}</p>"


def _one(opening: str, piece: str, closing: str) -> Callable[[int], str]:
    """One element with so many of ``piece`` in it, with its number for each ``{}``."""
    return lambda times: opening + "".join(piece.replace("{}", str(number)) for number in range(times)) + closing


def _long(opening: str, piece: str, closing: str) -> Callable[[int], str]:
    return lambda times: opening + piece * times + closing


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def _articles(times: int) -> str:
    described = {"@type": "NewsArticle", "headline": "Bridge opens", "author": [{"@id": "#a"}], "datePublished": "2026-01-13", "@id": "#b"}
    return _json_ld(json.dumps({"@graph": [described | {"@id": f"#{number}"} for number in range(times)]}))


def _mixed(times: int) -> bytes:
    """UTF-8 as declared, with stretches of Windows-1252, UTF-16 and Shift-JIS, as pages put together from several sources have."""
    strange = ("Fähre für Öl".encode("cp1252"), "Fähre".encode("utf-16-le"), "渡し船".encode("shift_jis"), "паром".encode())
    head, _, tail = _around(MARK).encode().partition(MARK.encode())
    return head + b"".join(b"<p>" + text + b"</p>" for text in strange) * times + f"<p>{MARK}</p>".encode() + tail


def _undeclared(times: int) -> bytes:
    """Noise in a page that does not say its encoding."""
    noise = Random(times).randbytes(times).translate(None, b"<>&\0")
    return _around("<p>%</p>").replace("<meta charset=utf-8>", "").encode().replace(b"%", noise + f" {MARK}".encode())


def _prologs(times: int) -> str:
    entity = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
    return f"<?xml version='1.0' encoding='utf-16' standalone='yes'?>\n{entity}" * times + _around(f"<p>&b;{MARK}</p>")


def _frameset(times: int) -> str:
    frames = "<frameset cols='50%,50%'><frame src='http://[x'><frame src=a>" * times
    inside = f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in (*BEFORE, MARK, *AFTER))
    return f"<html><head><title>{TITLE}</title></head>{frames}<noframes>{inside}</noframes></frameset></html>"


def _plaintext(times: int) -> str:
    before = "".join(f"<p>{text}</p>" for text in BEFORE)
    return (
        f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{before}<plaintext>" + "</plaintext><p>" * times + f"{MARK} {' '.join(AFTER)}"
    )


def _titles(times: int) -> str:
    """A page whose stated titles go on and on after the separators of sites."""
    title = f"{TITLE} » " + "The ferry left » City: news | " * times
    head = f'<meta property="og:title" content="{title}">' + _json_ld(json.dumps({"@type": "NewsArticle", "headline": title}))
    return _around(f"<p>{MARK}</p>", head).replace(f"<title>{TITLE}<", f"<title>{title}<")


def _cut_off(end: str) -> Callable[[int], str]:
    """A page that ends in the middle of something."""
    return lambda times: _around(f"<p>{MARK}</p>").removesuffix("</article></body></html>") + end * times


# --- Traps for regular expressions


# What a regular expression may try to read again and again. None has two spaces in a row: texts are folded before they are read.
PUMPS = (
    "a", "A", "1", "-", "|", ":", "/", "(", "[", "{", "<", ">", "&", ";", ",", ".", "#", "?", "=", "@", "_", "'", "\"", "\\", "%2", "é",
    "ß", "İ", "文", "के", "\u200b", "«", "»", "a ", "A ", "1 ", "- ", " | ", "| ", ", ", ". ", "Aa", "aA", "a-", "a.", "_a", "-a", "a@",
    "1.", "1:", "12:30 ", "2026-", "2026 ", "3 May ", "Jan ", "A. ", "by ", "By A", "von ", "and A ", "(a) ", "[a", "\\\"", "\"\\", "\\u",
    "&amp;", "&#38", "&#0", "<b", "<b>", "</", "<a ", "<!--", "/*", "*/", "//", "[{", "]}", ":[", "?page=1", "/page/1", "/h1[1]", "«»",
    "/2026/01", "display:", "none ", "x=", "='", "=\"", "xn--", "%20",
)  # fmt: skip


def trapped(pump: str) -> WorstCase:
    """A page with ``pump`` again and again wherever a regular expression may read it."""
    return WorstCase(f"trap {pump}", lambda times: _trapped(pump * times), 3_000 // len(pump), is_parted=True)


def _trapped(trap: str) -> str:
    text, value = escape(f"{trap}!", quote=False), escape(f"{trap}!")
    names = "headline description datePublished dateModified articleSection keywords inLanguage url image articleBody alternativeHeadline"
    data = {
        "@type": "NewsArticle",
        **dict.fromkeys(names.split(), f"{trap}!"),
        "author": {"@type": "Person", "name": f"By {trap}!", "url": f"/{trap}!"},
        "publisher": {"@type": "Organization", "name": f"{trap}!"},
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": [{"position": f"{trap}!", "name": f"{trap}!", "item": f"{trap}!"}]},
    }
    names = "author description og:site_name keywords article:published_time og:image og:url dc.creator date x-published-date twitter:data1"
    head = "".join(f'<meta name="{name}" content="{value}">' for name in names.split())
    head += f'<meta property="og:title" content="{value}"><meta property="og:locale" content="en{value}">'
    head += f'<meta name="{value}" content=x>'
    head += f'<link rel=canonical href="{value}"><link rel="{value}" href="/x"><base href="/{value}">{_json_ld(json.dumps(data))}'
    head += _json_ld(trap.replace("<", "")) + _json_ld('{"a": "' + trap.replace("<", ""))
    body = (
        f"<p class=byline>{text}</p><p class=byline>By {text}</p><p>Published {text} 2026</p><p>3 May 2026 {text}</p><p>{text}: {text}</p>"
        f'<div class="{value}" id="{value}" style="{value}" role="{value}"><h2>x {text}</h2>{text}</div>'
        f'<time datetime="{value}">{text}</time>'
        f'<p><a href="{value}" rel="{value}" title="{value}">{text}</a></p><a rel=author href="/author/{value}">{text}</a>'
        f'<a rel=next href="/x">x {text}</a><a rel=prev href="{value}"><img alt="{value}"></a><p>Next: <a href="/{value}">{text}</a></p>'
        f'<div class="post-nav next"><a href="/y">x{text}</a></div><img src="{value}" width="{value}"><iframe src="{value}"></iframe>'
        f"<pre>{text}</pre><p>written by {text}</p><p>{MARK}</p>"
    )
    return _around(body, head).replace("<html lang=en>", f'<html lang="en{value}">')


# --- The cases

_BAD_URLS = "".join(
    f"<a href='{url}' rel='next author'>Story</a><img src='{url}' width=300><iframe src='{url}'></iframe>"
    for url in ("http://[x", "http://a:b:c/", "//[::1", "https://harbour.example:port/", "javascript:alert(1)", "http://%zz/\t\n")
)
_LINKS = _one("", "<li><a href='/story/{}/'>Another story that is worth reading today {}</a></li>", "")
CASES: tuple[WorstCase, ...] = (
    _within("tiny paragraphs", 20_000, _repeated("<p>x</p>"), is_parted=True),
    _within("links", 100_000, _numbered('<a href="/story/{}/">Story {}</a> ')),
    _within(
        "links in paragraphs",
        20_000,
        _numbered('<p><a href="/story/{}/">Another story that is worth reading today</a></p>'),
        is_parted=True,
    ),
    _within("a list of links", 20_000, lambda times: f"<ul>{_LINKS(times)}</ul><p>{MARK}</p>", is_parted=True),
    _within("nested elements", 3_000, _nested("<div>", "</div>")),
    _within("nested elements, many", 100_000, _nested("<div>", "</div>")),
    _within("nested inline elements", 100_000, _nested("<b>", "</b>")),
    _within("nested elements with classes", 20_000, _nested("<div class='post body' id=x style='color:red'>", "</div>")),
    _within("a paragraph", 2_000_000, _long("<p>", "the ferry ", f"{MARK}</p>")),
    _within("attributes", 115_000, _one("<p", " a{}=x", f">{MARK}</p>")),
    _within("attributes with tags in them", 60_000, _one("<p", " a{}='<b>'", f">{MARK}</p>")),
    _within("an attribute", 1_000_000, _long("<p title='", "x", f"'>{MARK}</p>")),
    _within("classes", 10_000, _one("<p class='", "post-{} ", f"'>{MARK}</p>")),
    _within("styles", 20_000, _long("<p style='", "display : ", f"'>{MARK}</p>")),
    WorstCase("titles of many parts", _titles, 5_000),
    _in_head("nested JSON-LD", 100_000, lambda times: _json_ld('{"a":[' * times + "]}" * times)),
    _in_head("JSON-LD articles", 20_000, _articles),
    _in_head("JSON-LD never closed", 100_000, lambda times: _json_ld('{"a": "' + '\\" "' * times)),
    _in_head("JavaScript never closed", 50_000, lambda times: _json_ld("{type: 'NewsArticle', " + "headline: 'One, " * times)),
    _in_head("JSON-LD text", 100_000, lambda times: _json_ld(json.dumps({"@type": "NewsArticle", "articleBody": "<p> </p>" * times}))),
    _in_head("JSON-LD scripts", 10_000, lambda times: _json_ld('{"@type": "NewsArticle", "headline": "One", }') * times),
    _in_head(
        "meta elements", 20_000, lambda times: "<meta property='article:tag' content='one, two'><meta name=author content='A B'>" * times
    ),
    _within("entities", 1_000_000, _long("<p>", "&amp;", f"{MARK}</p>")),
    _within("odd entities", 100_000, _long("<p>", "&bogus;&#x1F600;&#0;&#xD800;&#99999999;&lt&nbsp", f"{MARK}</p>")),
    _within("NUL bytes", 100_000, _long("<p>", "a\0", f"{MARK}</p>")),
    _within("lone surrogates", 100_000, _long("<p>", "a\ud800\udc00\udfff", f"{MARK}</p>")),
    WorstCase("mixed encodings", _mixed, 5_000, is_parted=True),
    WorstCase("undeclared bytes", _undeclared, 100_000, is_parted=True),
    WorstCase("cut off in a link", _cut_off('<a href="'), 50_000),
    WorstCase("cut off in comments", _cut_off("<!-- "), 50_000),
    WorstCase("cut off in entities", _cut_off("&am"), 50_000),
    WorstCase("cut off in scripts", _cut_off("<script>"), 50_000),
    WorstCase("cut off in tags", _cut_off("<p "), 50_000),
    WorstCase("XML prologs", _prologs, 2_000),
    WorstCase("framesets", _frameset, 2_000),
    _within("templates", 10_000, _repeated("<template><p>no</p><template>no</template></template>")),
    _within("nested templates", 10_000, lambda times: "<template>" * times + "no" + "</template>" * times + f"<p>{MARK}</p>"),
    _within("SVG", 10_000, _repeated("<svg viewBox='0 0 9 9'><defs><style>a{}</style></defs><path d='M0 0h9'/><text>x</text></svg>")),
    _within("nested SVG", 5_000, _nested("<svg><g>", "</g></svg>")),
    _within("MathML", 10_000, _repeated("<math><mrow><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow></math>")),
    _within("comments in scripts", 10_000, _repeated("<script><!-- document.write('<p>no</p><!-- no -->'); //--></script>")),
    _within("comments", 50_000, _repeated("x<!-- <p>no</p> -->")),
    _within("unclosed tags", 10_000, _nested("<div><span>x<b>y<i>")),
    _within("unclosed paragraphs", 10_000, _nested("<p>x<ul><li>y")),
    _within("end tags without a beginning", 50_000, _repeated("</div></b></p>")),
    _within("nested forms", 5_000, _nested("<form><fieldset>", "</fieldset></form>")),
    _within("nested tables", 5_000, _nested("<table><tr><td>", "</td></tr></table>")),
    _within("nested lists", 5_000, _nested("<ul><li>x", "</ul>")),
    _within("nested quotes", 5_000, _nested("<blockquote>x", "</blockquote>")),
    _within("table cells", 20_000, lambda times: f"<table>{'<tr><td>1<td>2' * times}<tr><td>{MARK}</table>"),
    WorstCase("plaintext", _plaintext, 20_000),
    _within("invalid URLs", 1_000, _repeated(_BAD_URLS), is_parted=True),
    _within("a line without spaces", 10_000_000, _long("<p>", "x", f"{MARK}</p>")),
    _within("a line of Chinese", 1_000_000, _long("<p>", "渡", f"{MARK}</p>")),
    _within("line breaks", 20_000, _repeated("<br>x")),
    _within("headings", 10_000, _repeated("<h1>The ferry left late</h1><h2>Read more</h2>")),
    _within("images", 20_000, _numbered("<figure><img src='/{}.jpg' alt=x><figcaption>Caption {}</figcaption></figure>")),
    _within("times", 20_000, _repeated("<time datetime='2026-01-13'>13 January 2026</time>")),
    _within("microdata", 10_000, _repeated("<div itemscope itemtype='x/Article'><span itemprop='author headline'>A B</span></div>")),
    _within(
        "labels of next articles",
        5_000,
        _numbered("<div class='post-nav prev next'><p>Next article</p><a href='/{}'>The bridge {}</a></div>"),
    ),
    _within("by-lines", 10_000, _numbered("<p class=byline>By Ann Veldt{} and <a rel=author href='/author/{}'>Bob Dow</a></p>")),
    _within("new element names", 20_000, _numbered("<x-{}>y</x-{}>")),
    _within("hidden text", 20_000, _repeated("<p hidden>x</p><span style='display:none'>y</span>"), is_parted=True),
    _within("controls", 10_000, _repeated("<select><option>x</select><textarea></p></textarea><button>y</button>")),
)
