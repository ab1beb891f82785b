"""What kind of page it is: an article, or one in a special form, or a list, a wall, an error message, something else.

What is sure goes first: no text at all, an error message, a wall. Whether the rest is an article is learnt: a sum of weighted facts
about the page (``kind.json``), so that the facts that weigh most are its reason.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import attrs

from newsparse.body.features import word_units
from newsparse.body.label import Label
from newsparse.body.live import is_time, with_entries
from newsparse.document.metadata import Metadata
from newsparse.document.segments import FOOTER, HEADER, HEADING, HIDDEN, NAV, RawSegment
from newsparse.document.urls import parts_of
from newsparse.lexicon import topic_bit
from newsparse.lexicon.notices import Texts
from newsparse.model import BoilerplateKind, PageKind, Role
from newsparse.text import fold, words

# Pages with more body than this are no wall and no error message, whatever they say.
_MOST_WALL_WORDS, _MOST_ERROR_WORDS = 80, 60
# A wall's or error's text is short, and near the page's beginning.
_LONGEST_NOTICE, _MOST_NOTICES = 400, 400
_LEAST_ARTICLE_WORDS = 25
# With more words than this, an article that says twice that it is one is one.
_SURE_WORDS = 150
# What a paywall says, it says beside a body of so many words at most.
_MOST_TEASER_WORDS = 350
_PARAGRAPH_WORDS, _PARAGRAPH_LINKS = 15, 0.3
_SHORT_LINE, _LINE_WORDS = 80, 8
_CARD_WORDS = 4
_MOST_OBJECTS = 200
# A list of articles has so many cards, and so much less text of its own than a page with a list beside its text.
_LEAST_CARDS, _WORDS_A_CARD = 8, 12
# The texts of a card, and how many cards alike make a list.
_CARD_TEXTS, _LEAST_TEASERS = 2, 4
_LEAST_ENTRIES = 4
_LEAST_PICTURES, _WORDS_A_PICTURE = 5, 60
_MOST_VIDEO_WORDS = 120
_CAPTION_WORDS = 6

# Pages of these kinds have no body: what they say stands in their segments.
NO_BODY = frozenset((PageKind.WALL, PageKind.ERROR))
# Cookie notices and prompts to log in stand on all kinds of pages: they are the page where there is hardly more on it.
_LARGE_WALLS = ("captcha", "region")
_WALLS = (*_LARGE_WALLS, "script", "login", "consent")
_NOTICES = {
    PageKind.WALL: Label(Role.BOILERPLATE, BoilerplateKind.COOKIE, "the page is a wall"),
    PageKind.ERROR: Label(Role.BOILERPLATE, BoilerplateKind.OTHER, "the page is an error message"),
}
_NO_ARTICLE = Label(Role.BOILERPLATE, BoilerplateKind.RELATED, "the page is a list of others")
_GALLERY_TEXT = Label(Role.BODY, None, "the caption of a picture in a gallery")

_PRICE = re.compile(r"(?:[$€£¥₹₽₺₩]|\b(?:USD|EUR|GBP|kr|zł|Kč|CHF)\b)\s?\d|\d\s?(?:[€£₽₺]|(?:USD|EUR|zł|Kč|kr)\b)")
_DIGITS = frozenset("0123456789")
_DATED_PATH = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?\d|1[0-2]|[a-z]{3})(?=[/-])|(?:19|20)\d\d-?[01]\d-?[0-3]\d")
_WORD = re.compile(r"[^\W_]{3,}")
_ASKING = re.compile(
    r"(?:how|what|why|when|where|who|should|can|wie|was|warum|wer|comment|pourquoi|quoi|cómo|qué|por qué|come|perché|\d+)\b"
)
# Who speaks, and of whom: words that are counted in the text.
_WHO: Mapping[str, frozenset[str]] = {
    "we": frozenset(
        [
            "we",
            "our",
            "us",
            "wir",
            "unser",
            "unsere",
            "unseren",
            "unserem",
            "unserer",
            "nous",
            "notre",
            "nos",
            "nosotros",
            "nuestro",
            "nuestra",
            "nuestros",
            "nuestras",
            "noi",
            "nostro",
            "nostra",
            "nosso",
            "nossa",
            "мы",
            "наш",
            "наша",
            "наши",
        ]
    ),
    "you": frozenset(
        ["you", "your", "ihr", "ihre", "ihren", "ihrem", "ihrer", "vous", "votre", "vos", "usted", "вы", "ваш", "ваша", "ваши"]
    ),
    "me": frozenset(["i", "my", "me", "ich", "mein", "meine", "meinen", "je", "mon", "ma", "yo", "mi", "я", "мой", "моя"]),
    "said": frozenset(["said", "says", "told", "sagte", "sagt", "dit", "dijo", "disse", "сказал", "сказала", "according"]),
}
_SPEAKERS = frozenset().union(*_WHO.values())

_MOST_OF_PAGE = 0.5
_FORUM_TYPES = frozenset(("discussionforumposting", "qapage"))

# The fields that help to tell an article from other pages.
TELLING_FIELDS = ("published", "authors", "section", "image")
# The facts that are weighed, with what each is called in a reason.
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "tag_pre": "blocks of code",
        "tag_dt": "terms of definition lists",
        "tag_option": "options to choose from",
        "form": "parts of forms",
        "body_links": "links in the text",
        "paragraphs": "paragraphs of prose",
        "captions": "pictures with captions",
        "prices": "prices",
        "offers": "calls to buy or to get in touch",
        "we": "we and our, in a hundred words",
        "you": "you and your, in a hundred words",
        "me": "I and my, in a hundred words",
        "said": "said and told, in a hundred words",
        "spread": "text in one piece",
        "body_heads": "headings in the text",
        "bylines": "lines with an author or date",
        "body_share": "share of the page's words in the text",
        "children": "links to pages below this one's address",
        "beside": "share of links to pages beside this one",
        "shares": "buttons to share it",
        "type_article": "JSON-LD of an article",
        "type_product": "JSON-LD of a product",
        "type_forum": "JSON-LD of a forum",
        "type_any": "JSON-LD",
        "og_article": "og:type article",
        "og_product": "og:type product",
        "og_website": "og:type website",
        "og_none": "page without og:type",
        "meta_author": "author in a meta element",
        "meta_section": "section or tags in meta elements",
        "meta_price": "price in a meta element",
        "times": "time elements",
        "title_words": "words in the title",
        "title_asks": "title that asks or counts",
        "title_colon": "colon in the title",
        "path_article": "word for articles in the address",
        "path_forum": "word for forums in the address",
        "path_product": "word for products in the address",
        "path_service": "word for services in the address",
        "host_blog": "host called a blog or news",
        "host_forum": "host called a forum",
        "host_docs": "host called documentation",
        "path_date": "date in the address",
        "root": "front page",
        "slug": "hyphens in the address",
        "slug_title": "words of the title in the address",
        "found_published": "date of publication",
        "found_authors": "named author",
        "found_section": "section",
        "found_image": "lead image",
    }
)


@attrs.frozen
class Kind:
    """What kind of page it is.

    Attributes:
        kind: the kind.
        rule: which rule decided, as in evidence.
        reason: why, in words.
        is_stated: whether the page itself says so.
    """

    kind: PageKind
    rule: str
    reason: str
    is_stated: bool = False


@attrs.frozen
class Facts:
    """What is known of a page when its kind is asked.

    Attributes:
        segments, labels: its text, and what each piece of it is.
        metadata: what its markup says.
        url, title: of the page.
        found: the names of the fields that were found.
        words: how many words its body has.
    """

    segments: Sequence[RawSegment]
    labels: Sequence[Label]
    metadata: Metadata
    url: str | None
    title: str | None
    found: Collection[str]
    words: int


def page_kind(page: Facts) -> Kind:
    """What kind of page it is, and why."""
    if not any(segment.text for segment in page.segments):
        return Kind(PageKind.EMPTY, "kind.text", "the page has no text", is_stated=True)
    types = _types(page.metadata)
    if page.words <= _MOST_WALL_WORDS and (notice := _notice(page, types)) is not None:
        return notice
    if page.url is None and not page.metadata.meta and not page.metadata.objects:
        return _by_words(page)  # markup that says no more than text would
    return _special(page, types) or _article_or_not(page, types)


def _article_or_not(page: Facts, types: Collection[str]) -> Kind:
    if (
        page.words >= _SURE_WORDS
        and "article" in (page.metadata.first("og:type") or "").lower()
        and any(map(_words()["type"]["stated"].search, types))
        and _FORUM_TYPES.isdisjoint(types)
    ):
        return Kind(PageKind.ARTICLE, "kind.stated", "its JSON-LD and og:type say so", is_stated=True)
    values = page_facts(page)
    score, reasons = _weigh(values)
    # Where a page states nothing of itself, that says nothing either: what little it has is weighed by its text alone.
    if not page.metadata.meta and not page.metadata.objects and values["body_share"] >= _MOST_OF_PAGE:
        return _by_words(page)
    if score > 0 and page.words >= _LEAST_ARTICLE_WORDS:
        return Kind(PageKind.ARTICLE, "kind.facts", reasons)
    if values["cards"] >= _LEAST_CARDS and page.words < _WORDS_A_CARD * values["cards"]:
        return Kind(PageKind.LISTING, "kind.cards", f"{values['cards']:.0f} links to other pages, {page.words} words of its own")
    return Kind(PageKind.OTHER, "kind.facts", reasons)


def text_kind(page: Facts) -> Kind:
    """The kind of a page that is text alone: it has nothing but its words to tell it by."""
    if not any(segment.text for segment in page.segments):
        return Kind(PageKind.EMPTY, "kind.text", "the page has no text", is_stated=True)
    if page.words <= _MOST_WALL_WORDS and (notice := _notice(page, ())) is not None:
        return notice
    return _by_words(page)


def _by_words(page: Facts) -> Kind:
    is_article = page.words >= _LEAST_ARTICLE_WORDS
    return Kind(PageKind.ARTICLE if is_article else PageKind.OTHER, "kind.words", f"{page.words} words of body")


def for_kind(kind: Kind, segments: Sequence[RawSegment], labels: Sequence[Label]) -> list[Label]:
    """The labels as a page of this kind has them.

    A wall, an error message or a list has no body; the entries of a live blog are its body, and the captions of a gallery.
    """
    if kind.kind is PageKind.LISTING:
        cards = _teasers(segments, labels)
        return [_NO_ARTICLE if _is_of_list(item, index in cards) else item for index, item in enumerate(labels)]
    if kind.kind in NO_BODY:
        return [_NOTICES[kind.kind] if item.role in (Role.BODY, Role.CAPTION) else item for item in labels]
    if kind.kind is PageKind.LIVE_BLOG:
        return with_entries(segments, labels)
    if kind.kind is PageKind.GALLERY:
        return [
            _GALLERY_TEXT if _is_caption(segment) and (item.role is _CAPTION or item.kind is BoilerplateKind.MEDIA_CHROME) else item
            for segment, item in zip(segments, labels, strict=True)
        ]
    return list(labels)


def _is_caption(segment: RawSegment) -> bool:
    """Whether a segment stands below a picture by its element, or by its class words and length: credits have these class words too."""
    is_called_one = segment.node.own & _CAPTION_CLASS
    if (not is_called_one and segment.tag != "figcaption") or segment.node.facts & _NO_CARDS or 2 * segment.link_chars > len(segment.text):
        return False
    return bool(segment.text) if segment.tag == "figcaption" else word_units(segment.text) >= _CAPTION_WORDS


def _is_of_list(item: Label, is_card: bool) -> bool:
    """Whether a segment of a list says something of another page: there is no article that others could be related to."""
    return (is_card and item.role is Role.BODY) or item.role is Role.RELATED or item.kind is BoilerplateKind.INLINE_TEASER


def _teasers(segments: Sequence[RawSegment], labels: Sequence[Label]) -> set[int]:
    """The body segments that are what a list says of other pages: alike, and each alone in an element of its own."""
    alone: dict[int, list[int]] = {}
    parents = Counter(id(segment.node.parent) for segment, item in zip(segments, labels, strict=True) if item.role is Role.BODY)
    for index, item in enumerate(labels):
        node = segments[index].node
        if item.role is Role.BODY and parents[id(node.parent)] <= _CARD_TEXTS:
            alone.setdefault(node.signature, []).append(index)
    titles = {index for index, segment in enumerate(segments) if segment.links and segment.link_chars == len(segment.text)}
    return titles | {index for alike in alone.values() if len(alike) >= _LEAST_TEASERS for index in alike}


def paywall(segments: Sequence[RawSegment], words: int) -> str | None:
    """The phrase by which a page with little body says that the rest must be paid for."""
    return _shown(segments).find("paywall", "stated") if words <= _MOST_TEASER_WORDS else None


def _notice(page: Facts, types: Collection[str]) -> Kind | None:
    """An error message or a wall, where the page says that it is one and no article."""
    is_article = any(name.endswith("article") for name in types) or "article" in (page.metadata.first("og:type") or "")
    is_small = not is_article and _is_small(page)
    first = page.segments[:_MOST_NOTICES]
    title, shown = Texts([fold(page.metadata.title_tag or "")]), _shown(first)
    if page.words <= _MOST_ERROR_WORDS and not is_article:
        headings = shown if is_small else _shown([segment for segment in first if segment.tag == "h1"])
        for name in ("missing", "server"):
            if phrase := title.find("error", name) or headings.find("error", name):
                return Kind(PageKind.ERROR, f"kind.error.{name}", f"it says '{phrase}'", is_stated=True)
    for name in _WALLS if is_small else _LARGE_WALLS:
        if phrase := title.find("wall", name) or shown.find("wall", name):
            return Kind(PageKind.WALL, f"kind.wall.{name}", f"it says '{phrase}'", is_stated=True)
    return None


def _is_small(page: Facts) -> bool:
    """Whether there is hardly more on the page than the wall: cookie notices stand on all kinds of pages."""
    return sum(len(segment.links) for segment in page.segments) < 60 and not any(
        segment.tag == "h2" and segment.links for segment in page.segments
    )


def _shown(segments: Sequence[RawSegment]) -> Texts:
    """The texts that may be notices, being short."""
    return Texts([segment.folded for segment in segments if 3 < len(segment.text) <= _LONGEST_NOTICE and not segment.node.facts & HIDDEN])


def _special(page: Facts, types: Collection[str]) -> Kind | None:
    """A live blog, gallery or video, by what the page says of itself and how it is made."""
    # What a page is called is asked first: of the rest all segments are asked.
    if "liveblogposting" in types and _entries(page):
        return Kind(PageKind.LIVE_BLOG, "kind.json_ld", "its JSON-LD is a LiveBlogPosting", is_stated=True)
    called = _called(page)
    if page.words >= _LEAST_ARTICLE_WORDS and "live" in called and (entries := _entries(page)) >= _LEAST_ENTRIES:
        return Kind(PageKind.LIVE_BLOG, "kind.entries", f"{entries} entries with their times, and it is called live")
    is_stated = not _GALLERIES.isdisjoint(types)
    if is_stated or "gallery" in called:
        # The model takes long captions for text.
        pictures = sum([item.role is _CAPTION or _is_caption(segment) for segment, item in zip(page.segments, page.labels, strict=True)])
        if pictures >= _LEAST_PICTURES and (is_stated or page.words < _WORDS_A_PICTURE * pictures):
            return Kind(PageKind.GALLERY, "kind.pictures", f"{pictures} pictures with captions, and it is called a gallery")
    if (
        page.words < _MOST_VIDEO_WORDS
        and ("videoobject" in types or "video" in (page.metadata.first("og:type") or ""))
        and "video" in called
    ):
        return Kind(PageKind.VIDEO, "kind.video", "it describes a video and has little text", is_stated=True)
    return None


_GALLERIES = frozenset(("imagegallery", "mediagallery"))
# By which words in its address or title a page is called one.
_CALLED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "live": words("live liveblog liveticker ticker minute directo"),
        "gallery": words("gallery galleries photos pictures slideshow fotostrecke galerie fotos bildergalerie diaporama galeria galleria"),
        "video": words("video videos watch clip"),
    }
)


def _called(page: Facts) -> list[str]:
    """What the address or the title call the page."""
    text = f"{parts_of(page.url).path} {page.title or ''} {page.metadata.title_tag or ''}".lower()
    said = frozenset(re.findall(r"[^\W_]+", text))
    return [name for name, names in _CALLED.items() if not names.isdisjoint(said)]


def _entries(page: Facts) -> int:
    """How many short lines are clock times within the article: those of a live blog's entries."""
    return max(Counter([segment.node.signature for segment in page.segments if is_time(segment)]).values(), default=0)


def page_facts(page: Facts) -> dict[str, float]:
    """The facts that the weights are for, and ``cards``, the number of linked titles of other pages."""
    values: dict[str, float] = {**_text_facts(page), **_link_facts(page)}
    values.update(_markup_facts(page.metadata), **_address_facts(page.url, page.title or ""))
    values.update((f"found_{name}", float(name in page.found)) for name in TELLING_FIELDS)
    return values


# Looked up once: each segment is asked for them.
_BODY, _CAPTION, _MENUS, _COUNTED_TAGS = Role.BODY, Role.CAPTION, NAV | FOOTER, frozenset(("pre", "dt", "option"))
_BYLINE, _BYLINE_KIND = Role.BYLINE, BoilerplateKind.BYLINE
_SHARE = BoilerplateKind.SHARE
_NO_CARDS, _CAPTION_CLASS = NAV | HEADER | FOOTER | HIDDEN, topic_bit("caption")


def _text_facts(page: Facts) -> dict[str, float]:
    """How much body there is and how it reads, and what the short lines are."""
    form, offer = topic_bit("form"), _words()["line"]["offer"]
    tags: list[str] = []
    words = body = forms = links = paragraphs = captions = heads = bylines = 0
    places: list[int] = []
    lines: list[str] = []
    spoken: list[str] = []
    for place, (segment, item) in enumerate(zip(page.segments, page.labels, strict=True)):
        node, text = segment.node, segment.text
        if node.facts & HIDDEN or not text:
            continue
        length = word_units(text)
        words += length
        if node.tag in _COUNTED_TAGS:
            tags.append(node.tag)
        if node.tokens & form:
            forms += 1
        if item.role is _BODY:
            body += length
            places.append(place)
            links += len(segment.links)
            heads += bool(node.facts & HEADING)
            paragraphs += node.tag == "p" and length >= _PARAGRAPH_WORDS and segment.link_chars < _PARAGRAPH_LINKS * len(text)
            spoken += filter(_SPEAKERS.__contains__, text.lower().split())
        elif item.role is _CAPTION:
            captions += 1
        elif item.role is _BYLINE or item.kind is _BYLINE_KIND:
            bylines += 1
        if not node.facts & _MENUS and length <= _LINE_WORDS and len(text) < _SHORT_LINE:
            lines.append(_line(text, offer))
    return {
        **{f"tag_{tag}": float(tags.count(tag)) for tag in _COUNTED_TAGS},
        **{name: 100 * sum([word in found for word in spoken]) / max(40, body) for name, found in _WHO.items()},
        "form": float(forms),
        "body_links": float(links),
        "paragraphs": float(paragraphs),
        "captions": float(captions),
        "prices": float(lines.count("prices")),
        "offers": float(lines.count("offers")),
        "bylines": float(bylines),
        "body_heads": heads / max(1, len(places)),
        "spread": len(places) / (places[-1] - places[0] + 1) if places else 0.0,
        "body_share": body / max(1, words),
    }


def _line(text: str, offer: re.Pattern[str]) -> str:
    """What a short line is: a price, a call to buy or to get in touch, or neither."""
    if not _DIGITS.isdisjoint(text) and _PRICE.search(text):
        return "prices"
    return "offers" if offer.match(text) else "others"


def _link_facts(page: Facts) -> dict[str, float]:
    """Where the page's links go: below its own address, beside it, to pages with long names, to networks that share it."""
    here = parts_of(page.url).path.strip("/")
    above = here.rpartition("/")[0]
    below_it, beside_it = f"{here}/", f"{above}/"
    children, beside, cards = set(), set(), set()
    count = shares = 0
    for segment, item in zip(page.segments, page.labels, strict=True):
        if not segment.links:
            continue
        is_card = (item.role is not _BODY or segment.link_chars == len(segment.text)) and not segment.node.facts & _NO_CARDS
        for link in segment.links:
            path = _path(link.href)
            if not path:
                continue
            count += 1
            if here and path.startswith(below_it):
                children.add(path)
            elif above and path.startswith(beside_it) and not segment.node.facts & FOOTER:
                beside.add(path)
            if is_card and word_units(link.text) >= _CARD_WORDS:
                cards.add(path)
        shares += item.kind is _SHARE
    return {"children": len(children), "beside": len(beside) / max(1, count), "shares": shares, "cards": len(cards)}


def _path(href: str) -> str:
    href = href.partition("#")[0].partition("?")[0].rstrip("/")
    return href.partition("://")[2].partition("/")[2] if "://" in href else href.lstrip("/.")


def _types(metadata: Metadata) -> set[str]:
    """The types of the page's JSON-LD objects, in lower case."""
    names: set[str] = set()
    for item in metadata.objects[:_MOST_OBJECTS]:
        value: Any = item.get("@type")
        names.update(name.rsplit("/", 1)[-1].lower() for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))
    return names


def _markup_facts(metadata: Metadata) -> dict[str, float]:
    types = _types(metadata)
    kind = (metadata.first("og:type") or "").lower()
    values = {f"type_{name}": any(pattern.search(found) for found in types) for name, pattern in _words()["type"].items()}
    if values["type_forum"] and not any(found.endswith("article") for found in types):
        values["type_article"] = False  # a posting in a forum
    values |= {
        "type_any": bool(types),
        "og_article": "article" in kind or "news" in kind,
        "og_product": "product" in kind,
        "og_website": kind == "website",
        "og_none": not kind,
        "meta_author": not metadata.meta.keys().isdisjoint(("author", "article:author", "parsely-author", "dc.creator")),
        "meta_section": not metadata.meta.keys().isdisjoint(("article:section", "article:tag", "news_keywords")),
        "meta_price": any("price" in name for name in metadata.meta),
    }
    return {**{name: float(value) for name, value in values.items()}, "times": float(len(metadata.times))}


def _address_facts(url: str | None, title: str) -> dict[str, float]:
    title = title.lower()
    values: dict[str, float] = {
        "title_words": word_units(title),
        "title_asks": _ASKING.match(title) is not None,
        "title_colon": ":" in title,
    }
    if not url:
        return values
    parts = parts_of(url)
    path = parts.path.lower()
    steps = [step for step in path.split("/") if step]
    slug = steps[-1] if steps else ""
    for place, text in (("path", path), ("host", parts.netloc.lower())):
        values.update((f"{place}_{name}", pattern.search(text) is not None) for name, pattern in _words()[place].items())
    values["path_date"] = _DATED_PATH.search(path) is not None
    values["root"] = not steps
    values["slug"] = slug.count("-") + slug.count("_")
    values["slug_title"] = len(set(_WORD.findall(slug)) & set(_WORD.findall(title)))
    return values


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The table of words, by where they are looked for."""
    around = {"path": (r"(?:^|[/._-])(?:", r")(?=[/._?-]|$)"), "host": ("(?:", ")"), "type": ("(?:", ")$"), "line": ("(?:", r")\Z")}
    table: dict[str, dict[str, str]] = tomllib.loads((files("newsparse.lexicon") / "page_words.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            place: {name: re.compile(around[place][0] + words + around[place][1], re.IGNORECASE) for name, words in names.items()}
            for place, names in table.items()
            if place in around
        }
    )


@cache
def _model() -> tuple[float, Mapping[str, tuple[float, float]]]:
    data: dict[str, Any] = json.loads((files(__package__) / "kind.json").read_text("utf-8"))
    return data["bias"], MappingProxyType({name: (weight, usual) for name, (weight, usual) in data["facts"].items()})


def _weigh(values: Mapping[str, float]) -> tuple[float, str]:
    """The log-odds of being an article, and the three facts that weigh most for what they make it."""
    score, facts = _model()
    parts = []
    for name, (weight, usual) in facts.items():
        if name not in values:  # without the page's address nothing is known of it
            continue
        value = values[name]
        part = weight * (math.log1p(value) - usual)
        score += part
        parts.append((part, FACTS[name], value))
    sign = 1 if score > 0 else -1
    parts.sort(key=lambda item: -sign * item[0])
    return score, "; ".join(_told(words, value) for part, words, value in parts[:3] if sign * part > 0)


def _told(words: str, value: float) -> str:
    return f"no {words}" if not value else words if value == 1 else f"{words} ({value:.3g})"
