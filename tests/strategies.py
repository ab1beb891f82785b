"""Hypothesis strategies for sources: pages from a grammar of HTML as it is found, and arbitrary text and bytes.

The grammar knows what breaks parsers: tags that are not closed or closed in the wrong order, raw text elements, attributes with
angle brackets, references that mean nothing, links that are no URLs, text before and after the body. It knows nothing of what
newsparse makes of a page.
"""

import codecs

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


# Sentences are long enough that four of them read as a paragraph of a news story.
SENTENCES = (
    "The ferry left the eastern pier an hour late because the crew had to break the ice by hand.",
    "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it.",
    "“We have waited for eleven years,” said the harbour master, “and we can wait for one more winter.”",
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down.",
    "A spokeswoman for the agency called the figures (2,400 homes, 14.5 million crowns) a cautious estimate.",
    "Паром вышел из гавани с опозданием на час, потому что команде пришлось колоть лёд вручную.",
    "Городской совет не назвал стоимость нового моста и срок, к которому его достроят.",
    "غادرت العبّارة الرصيف الشرقي متأخرة ساعة كاملة لأن الطاقم اضطر إلى كسر الجليد بيديه.",
    "渡し船は氷を手で割らなければならなかったため、予定より一時間遅れて東の桟橋を出た。",
    "由于船员不得不用手敲碎冰块，渡轮晚了一个小时才离开东码头，市政厅没有说明费用由谁承担。",
    "เรือข้ามฟากออกจากท่าเรือช้าไปหนึ่งชั่วโมงเพราะลูกเรือต้องทุบน้ำแข็งด้วยมือ",
    "선원들이 손으로 얼음을 깨야 했기 때문에 여객선은 한 시간 늦게 동쪽 부두를 떠났다.",
)
# Short texts that pages put around an article.
LABELS = (
    "No time to read?",
    "Get a summary",
    "Previous Article",
    "Next Article",
    "Read more:",
    "Related posts",
    "By Ann Veldt",
    "13 January 2026",
    "3 min read",
    "Share",
    "Advertisement",
    "Sign up for our newsletter",
    "Leave a reply",
    "Photo: P. Halloway",
    "© 2026 Brael Courier. All rights reserved.",
    "Home",
    "Читайте также",
    "一覧",
    "x",
)
# Characters and references that are white space, invisible, forbidden or markup, or only look like one of these.
ODDITIES = (
    "\u00a0",
    "\u200b",
    "\u200d",
    "\u00ad",
    "\ufeff",
    "\u202e",
    "\u2028",
    "\u3000",
    "\t",
    "\r\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x01",
    "\x1f",
    "\x7f",
    "\x85",
    "\0",
    "\ud800",
    "\udfff",
    "\ufffe",
    "e\u0301",
    "𝔘",
    "👩\u200d👧",
    "&nbsp;",
    "&amp;",
    "&amp;nbsp;",
    "&lt;p&gt;",
    "&#8203;",
    "&#0;",
    "&#xd800;",
    "&#x110000;",
    "&#128;",
    "&#",
    "&#x;",
    "&bogus;",
    "&amp",
    "&notit;",
    "&",
    "<",
    ">",
    "</",
    "<3",
    "a < b",
    "]]>",
    "-->",
)
BLOCKS = _names(
    "address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h6 header hgroup"
    " legend li main nav ol p pre section summary table tbody td th tr ul"
)
INLINES = _names("a abbr b bdi big button cite code del em font i ins kbd label mark q s small span strong sub sup time tt u var")
# Elements with rules of their own in some parser, and names that are in no standard.
PECULIAR = _names(
    "audio body canvas caption col frameset head html iframe math meter noembed noframes noscript object optgroup option picture"
    " ruby rt select svg template textarea title video xmp my-widget o:p p< x|y foo"
)
VOIDS = _names("area base br col embed frame hr img input link meta param source track wbr")
# What these hold is text to the parser, whatever it looks like.
RAW = _names("script style textarea title iframe noembed noframes xmp noscript template")
RAW_TEXTS = (
    "",
    "x",
    "var a = '<p>one</p>';",
    "</p><div>",
    "<b>bold",
    "<!-- c",
    "</body>",
    "a</html>b",
    "]]>",
    "&lt;&amp;",
    'if (1 < 2 && "</" + "div>") {}',
    '{"@type": "NewsArticle"}',
)
HREFS = (
    "",
    "#",
    "#top",
    "/",
    "/culture/gala/",
    "../a b/",
    "?page=2",
    "//cdn.example/x",
    "http://[x",
    "http://[::1]:99999/",
    "https://news.example:port/",
    "https://news.example/a?b=c&amp;d=%zz#e",
    "HTTP://NEWS.EXAMPLE/",
    "http://",
    "http:///x",
    "javascript:void(0)",
    "mailto:desk@news.example",
    "tel:+1",
    "data:text/html,<p>x</p>",
    "https://xn--/",
    "https://例え.example/道",
    "https://www.facebook.com/sharer.php?u=x",
    "\\\\host\\x",
    " /spaced ",
    "/nul\0",
    "/\ud800",
    "::",
)
ATTRIBUTES = (
    "hidden",
    'hidden=""',
    'style="display:none"',
    "style='DISPLAY : none ;color:red'",
    'style="visibility:hidden"',
    'aria-hidden="true"',
    'class="entry-content"',
    'class="post-content article-body"',
    'class="related-posts"',
    'class="nav-previous"',
    'class="newsletter comments share"',
    'class="sr-only"',
    "class=plain",
    "class",
    'class="a" class="b"',
    'id="content"',
    'id="comments"',
    'role="navigation"',
    'itemprop="articleBody"',
    'itemprop="headline"',
    'rel="prev"',
    "rel=next",
    'lang="ar" dir=rtl',
    'title="a < b > c"',
    'alt="<p>not a paragraph</p>"',
    "data-x='</div>'",
    'data-y="</body>"',
    'datetime="2026-01-13T09:40:00+02:00"',
    'datetime="yesterday"',
    'content="x"',
    'onclick="if (a<b) go()"',
    'xml:lang="en"',
    'xmlns:o="urn:x"',
    "=",
    '"',
    "<",
    "/",
)
HEADS = (
    "<title>The ferry left late - Brael Courier</title>",
    "<title>",
    '<meta charset="utf-8">',
    '<meta property="og:title" content="The ferry left late">',
    '<meta property="og:description" content="A sentence that stands in the metadata only.">',
    '<meta name="author" content="Ann Veldt">',
    '<meta property="article:published_time" content="2026-01-13T09:40:00+02:00">',
    '<meta property="article:published_time" content="31 February">',
    '<meta name="robots" content="noindex"',
    '<link rel="canonical" href="http://[x">',
    '<link rel="next" href="/page/2/">',
    '<base href="https://news.example/base/">',
    '<base href="http://[x">',
    "<style>p { color: red }</style>",
    "<script>document.write('<p>written</p>')</script>",
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry left late", "author": {"name": "Ann"}}</script>',
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": [1, null], "datePublished": {}, "author": 3}</script>',
    '<script type="application/ld+json">{"@graph": [[], {"@type": ["NewsArticle", 5]}], "headline": </script>',
    "<noscript><p>Switch on scripts</p></noscript>",
    "stray text in the head",
)
STARTS = (
    "",
    "",
    "<!DOCTYPE html>",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>',
    '<?xml version="1.0" encoding="utf-16"?>',
    "<!-- saved from url=(0030)https://news.example/ -->",
    "\ufeff<!doctype html>",
    "text before everything ",
    "\n\n",
)
ENDS = (
    "",
    "",
    "</body></html>",
    "</html>",
    "</body></html>\n<!-- cached -->",
    "</body>text after the body</html> and after the page<p>x</p>",
)
# The pieces that arbitrary text is made of when it is to look like markup.
_SCRAPS = (
    "<",
    ">",
    "</",
    "/>",
    "<!",
    "<!--",
    "-->",
    "<?",
    "&",
    ";",
    "#",
    '"',
    "'",
    "=",
    " ",
    "\n",
    "\0",
    "\ud800",
    "p",
    "div",
    "a",
    "br",
    "1",
    "é",
)


def odd_texts() -> SearchStrategy[str]:
    """Text in several scripts, with prose and labels, and with what is odd between them."""
    parts = st.one_of(st.sampled_from(LABELS), st.sampled_from(SENTENCES), st.sampled_from(ODDITIES))
    return st.lists(parts, min_size=1, max_size=4).map("".join)


def texts_of(alphabet: str) -> SearchStrategy[str]:
    """Text that any encoding with the letters of ``alphabet`` can carry."""
    word = st.text(alphabet, min_size=1, max_size=8)
    english = st.sampled_from([label for label in LABELS if label.isascii()])
    return st.lists(st.one_of(word, english, st.sampled_from(("&nbsp;", "&amp;", "&#8203;"))), min_size=1, max_size=6).map(" ".join)


def prose() -> SearchStrategy[str]:
    """A paragraph long enough to be taken for part of a story."""
    return st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4).map(" ".join)


def _attributes() -> SearchStrategy[str]:
    return st.lists(st.sampled_from(ATTRIBUTES), max_size=2).map(lambda found: "".join(f" {attribute}" for attribute in found))


def _links(texts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.builds('<a href="{}"{}>{}</a>'.format, st.sampled_from(HREFS), _attributes(), texts)


def _leaves(texts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(
        texts,
        _links(texts),
        st.builds("<{}{}>".format, st.sampled_from(VOIDS), _attributes()),
        st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(RAW), _attributes(), st.sampled_from(RAW_TEXTS)),
        st.builds("<!--{}-->".format, texts),
        st.sampled_from(("<![CDATA[x]]>", "<!x>", "<?php echo 1 ?>", "<!-->", "<br/>", "</br>", "</p>", "<p/>")),
    )


def _element(children: SearchStrategy[str]) -> SearchStrategy[str]:
    tags = st.one_of(st.sampled_from(BLOCKS), st.sampled_from(INLINES), st.sampled_from(PECULIAR))
    return st.builds("<{0}{1}>{2}</{0}>".format, tags, _attributes(), st.lists(children, max_size=4).map("".join))


def fragments(texts: SearchStrategy[str] | None = None) -> SearchStrategy[str]:
    """Markup for a body: nested as it should be, or a run of tags that open and close as they please."""
    texts = odd_texts() if texts is None else texts
    leaves = _leaves(texts)
    tag = st.sampled_from(BLOCKS + INLINES + PECULIAR)
    nested = st.recursive(leaves, _element, max_leaves=8)
    tangled = st.lists(
        st.one_of(texts, leaves, st.builds("<{}{}>".format, tag, _attributes()), st.builds("</{}>".format, tag)), max_size=12
    ).map("".join)
    return st.one_of(nested, tangled)


def pages(texts: SearchStrategy[str] | None = None) -> SearchStrategy[str]:
    """Whole pages: a head or none, fragments with paragraphs of a story between them, and an end or none."""
    story = st.builds("<p>{}</p>".format, prose() if texts is None else st.lists(texts, min_size=8, max_size=12).map(" ".join))
    body = st.lists(st.one_of(fragments(texts), story, story), max_size=8).map("".join)
    head = st.lists(st.sampled_from(HEADS), max_size=3).map("".join)
    shapes = ("{0}{1}", "<html><head>{0}</head><body>{1}", "<html lang=en><head>{0}<body class='single post'>{1}", "<body>{1}")
    return st.builds(
        lambda start, shape, head, body, end: start + shape.format(head, body) + end,
        st.sampled_from(STARTS),
        st.sampled_from(shapes),
        head,
        body,
        st.sampled_from(ENDS),
    )


def plain_texts() -> SearchStrategy[str]:
    """The saved text of a page: lines of prose and labels, without anything that could be a tag."""
    safe = [oddity for oddity in ODDITIES if "<" not in oddity]
    line = st.one_of(prose(), st.sampled_from(LABELS), st.sampled_from(SENTENCES), st.just(""), st.sampled_from(safe), st.just("1 < 2 > 0"))
    return st.lists(line, min_size=2, max_size=12).map("\n".join)


def any_str() -> SearchStrategy[str]:
    """Any ``str`` at all, lone surrogates included, and more often than by chance one that is nearly markup."""
    return st.one_of(
        st.text(st.characters(), max_size=60),
        st.lists(st.sampled_from(_SCRAPS), max_size=30).map("".join),
        st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(st.characters(), max_size=4)), max_size=20).map("".join),
    )


def any_bytes() -> SearchStrategy[bytes]:
    """Any ``bytes`` at all, and more often than by chance some that begin like text or are a page cut off within a character."""
    marks = (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, b"\x1f\x8b", b"<meta charset=shift_jis>")
    encodings = st.sampled_from(("utf-8", "utf-16", "utf-16-be", "gb18030", "utf-7"))
    encoded = st.builds(lambda page, encoding: page.encode(encoding, "replace"), pages(), encodings)
    cut = st.builds(lambda page, end: page[: max(0, len(page) - end)], encoded, st.integers(0, 40))
    return st.one_of(st.binary(max_size=80), st.builds(bytes.__add__, st.sampled_from(marks), st.binary(max_size=40)), cut)


def sources() -> SearchStrategy[str | bytes]:
    """Whatever ``parse`` may be given as text or bytes."""
    return st.one_of(pages(), any_str(), plain_texts(), any_bytes())
