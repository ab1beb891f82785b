"""What the page says about itself: language, site, section, tags, breadcrumbs, canonical URL, access and next page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs

from newsparse.document.metadata import JsonObject
from newsparse.document.segments import ASIDE, FOOTER, HIDDEN, NAV, RawLink, RawSegment
from newsparse.document.urls import is_page_link, resolve
from newsparse.fields.evidence import (
    Candidate,
    Found,
    Page,
    Rule,
    candidates,
    choose,
    find,
    json_text,
    kinds,
    meta_source,
    meta_text,
    texts,
)
from newsparse.lexicon import topic_bit
from newsparse.model import Certainty, EvidenceSource, Link, Relation
from newsparse.text import SPACELESS, clean, fold, squash

_LANGUAGE_NAMES = ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage")
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SECTION_NAMES = ("article:section", "parsely-section", "cxenseparse:category", "section", "dc.subject.section")
_TAG_NAMES = ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords", "dc.subject")
_SITE_TYPES = ("website", "newsmediaorganization")
# A section front's path, and what stands for "no page".
_PAGE_NUMBER = re.compile(r"(?:[/_,-]|page|seite|pagina|p)?[/=-]?\d{1,3}(?:\.\w+|/)?\Z", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?(?:[-_.@]\w+)*+\Z", re.IGNORECASE
)
# Codes that say that there is no language, or that the page's maker did not know its code.
# How many letters tell the script, and how much of the longest text is looked at.
_LEAST_SCRIPT, _SCRIPT_SAMPLE = 40, 1_000
# The letters of all scripts but Latin begin there.
_OTHER_SIGNS = re.compile("[\u0370-\U0010ffff]+")
_SCRIPTS = {
    name: re.compile(f"[{letters}]+")
    for name, letters in {
        "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "greek": "\u0370-\u03ff\u1f00-\u1fff",
        "cyrillic": "\u0400-\u052f",
        "hebrew": "\u05d0-\u05ea",
        "arabic": "\u0620-\u06ff",
        "devanagari": "\u0904-\u0939",
        "bengali": "\u0985-\u09b9",
        "tamil": "\u0b85-\u0bb9",
        "thai": "\u0e01-\u0e2e",
        "georgian": "\u10d0-\u10ff",
        "armenian": "\u0531-\u0587",
        "kana": "\u3040-\u30ff",
        "hangul": "\uac00-\ud7af",
        "han": "\u4e00-\u9fff",
    }.items()
}
# Which scripts a language is written in, where it is not Latin alone; languages that are not here and may be written in others are rare.
_WRITTEN = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "ky", "tg", "tt"), ("cyrillic",)),
    **dict.fromkeys(("sr", "kk", "uz", "bs", "mn", "az", "ro", "sh", "cnr", "tk"), ("cyrillic", "latin")),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug", "ckb"), ("arabic",)),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), ("devanagari",)),
    **dict.fromkeys(("he", "yi"), ("hebrew",)),
    **{
        "el": ("greek",),
        "ja": ("kana", "han"),
        "ko": ("hangul",),
        "zh": ("han",),
        "th": ("thai",),
        "ka": ("georgian",),
        "hy": ("armenian",),
    },
    **{"bn": ("bengali",), "as": ("bengali",), "ta": ("tamil",), "ku": ("latin", "arabic"), "pa": ("arabic",), "yue": ("han",)},
    **{language: tuple(_SCRIPTS) for language in ("te", "ml", "kn", "gu", "or", "si", "my", "km", "lo", "am", "ti", "bo", "dz", "dv")},
}
# Where a script tells the language. Cyrillic, Arabic and Latin letters do not.
_ONLY_LANGUAGE = {
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "georgian": "ka",
    "armenian": "hy",
    "kana": "ja",
    "hangul": "ko",
    "han": "zh",
    "tamil": "ta",
}
_NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis", "xx", "xxx", "utf"})
# Country codes in wide use for a language's code, and codes that were replaced (https://www.iana.org/assignments/language-subtag-registry).
_REPLACED = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "mo": "ro",
    "jp": "ja",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "kr": "ko",
    "ua": "uk",
    "cn": "zh",
    "se": "sv",
}
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
# The page of a tag, in the paths of common systems.
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|keywords?|thema|themen|themes?|tema|temas|temi|etiquetas?|etiquette|mots?-cles?|motscles|schlagwort(?:e|er)?"
    r"|onderwerp(?:en)?|amne|emne|emner|aihe|asiasanat|tagi|tag[oa]|etiket(?:ler)?|konu|stitky|stitek|hashtags?)(?:/|=|\?|-page/)[^/]"
)
_LONGEST_TAG_LINK, _TAGS_APART = 60, 2
# More are a menu of topics.
_MOST_SHOWN_TAGS = 15
_LONGEST_TAG, _MOST_TAGS = 100, 200
_MOST_CRUMBS, _MOST_OBJECTS = 30, 200
_CRUMB_TOPIC = topic_bit("breadcrumb")
_LONGEST_CRUMB, _CRUMBS_BEFORE_TITLE = 60, 12
# A box that has more is a menu, whatever its name.
_MOST_SHOWN_CRUMBS = 10
# The number of an article's page in its address, and what leads to the next one.
_STATED_PAGE = re.compile(
    r"(?:(?<![a-z])(?:page|paged|pagina|pag|seite|pg|p|sivu|sida|side|strona|stranica|oldal|sayfa|halaman|trang)[=/_-]?|/|,)(\d{1,2})(?:\.\w{3,5}|/)?\Z",
    re.IGNORECASE,
)
_PAGE_ENDING = 8  # how long what it ends with can be, from the number on
_NEXT = re.compile(
    r"\b(?:next|nächste|weiter|suivante?|siguiente|próxima|seguinte|successiva|volgende|nästa|næste|neste|seuraava|następna|další|ďalšia|következő"
    r"|următoarea|sonraki|berikutnya|selanjutnya|следующая|далее|наступна|tiếp|επόμενη)\b"
    r"|下一页|下一頁|次のページ|次へ|다음|التالي|الصفحة التالية|הבא|ถัดไป|अगला|[»›→]\Z",
    re.IGNORECASE,
)


def find_language(page: Page) -> Found[str] | None:
    """The page's language as a BCP 47 tag such as ``en-US``: the first that is declared and is written in the script of the page's text.

    Where none is, the script tells, if one language alone is written in it.
    """
    declared = list(candidates(page, _LANGUAGE_RULES))
    text = max([segment.text for segment in page.segments], key=len, default="")[:_SCRIPT_SAMPLE]
    script = _script(text)
    if script is None:
        return choose("language", declared)
    fitting = [found for found in declared if _fits(found.value, script)]
    if not fitting and (language := _ONLY_LANGUAGE.get(script)):
        return choose("language", [Candidate(language, EvidenceSource.TEXT, "text.script", text[:80], Certainty.INFERRED), *declared])
    return choose("language", [*fitting, *declared])


def find_site_name(page: Page) -> Found[str] | None:
    """The site's name."""
    return find("site_name", page, _SITE_RULES)


def find_section(page: Page) -> Found[str] | None:
    """The section of the site that the article is in."""
    return find("section", page, _SECTION_RULES)


def find_tags(page: Page) -> Found[tuple[str, ...]] | None:
    """The article's keywords."""
    return choose("tags", _own_tags(page, _TAG_RULES)) or choose("tags", _own_tags(page, _TAG_FALLBACKS))


def find_breadcrumbs(page: Page) -> Found[tuple[Link, ...]] | None:
    """Where the article is filed, from the site's front page down."""
    return find("breadcrumbs", page, _BREADCRUMB_RULES, _BREADCRUMB_FALLBACKS)


def find_canonical_url(page: Page) -> Found[str] | None:
    """The URL under which the page wants to be known."""
    return find("canonical_url", page, _CANONICAL_RULES)


def find_is_free(page: Page) -> Found[bool] | None:
    """Whether the page says that it can be read without payment."""
    return find("is_free", page, _FREE_RULES)


def find_next_page(page: Page) -> Found[Link] | None:
    """The next page of the same article."""
    return find("next_page", page, _NEXT_PAGE_RULES, _NEXT_PAGE_FALLBACKS)


# --- Language


def language_tag(text: str) -> str | None:
    """A language code as a BCP 47 tag, or ``None`` where it is none.

    >>> language_tag("en_us"), language_tag("zh-hant-TW"), language_tag("english")
    ('en-US', 'zh-Hant-TW', None)
    """
    match = _LANGUAGE.match(text.strip())
    if not match:
        return None
    language = match["language"].lower()
    if language in _NO_LANGUAGE:
        return None
    parts = [_REPLACED.get(language, language)]
    parts += [match["script"].title()] if match["script"] else []
    parts += [match["region"].upper()] if match["region"] else []
    return "-".join(parts)


def _script(text: str) -> str | None:
    """The script that most of a text's letters are of, or ``None`` where it says too little."""
    if text.isascii():
        return "latin" if len(text) >= _LEAST_SCRIPT else None
    others = "".join(_OTHER_SIGNS.findall(text))
    latin = sum(map(len, _SCRIPTS["latin"].findall(text)))
    if latin >= max(_LEAST_SCRIPT, 0.6 * (latin + len(others))):
        return "latin"
    counts = {name: latin if name == "latin" else sum(map(len, pattern.findall(others))) for name, pattern in _SCRIPTS.items()}
    if counts["kana"] > 0.1 * counts["han"] and counts["kana"]:  # Japanese is written in both
        counts["kana"] += counts.pop("han")
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] >= max(_LEAST_SCRIPT, 0.6 * sum(counts.values())) else None


def _fits(tag: str, script: str) -> bool:
    language, _, rest = tag.partition("-")
    if rest.startswith("Latn"):
        return script == "latin"
    return script in _WRITTEN.get(language, ("latin",))


def _html_language(page: Page) -> Iterator[Candidate[str]]:
    raw = page.metadata.lang
    if raw and (tag := language_tag(raw)):
        yield Candidate(tag, EvidenceSource.MARKUP, "markup.html.lang", raw)


def _meta_language(page: Page) -> Iterator[Candidate[str]]:
    for name in _LANGUAGE_NAMES:
        raw = page.metadata.first(name)
        if raw and (tag := language_tag(raw)):
            yield Candidate(tag, meta_source(name), f"meta.{name}", raw)


def _json_language(page: Page) -> Iterator[Candidate[str]]:
    for found in json_text(page, "inLanguage"):
        if tag := language_tag(found.value):
            yield Candidate(tag, found.source, found.rule, found.raw)


# --- Site and section


def _publisher(page: Page) -> Iterator[Candidate[str]]:
    for article in page.articles:
        yield from _names(page.metadata.resolve(article.get("publisher")), "json_ld.publisher.name")


def _web_site(page: Page) -> Iterator[Candidate[str]]:
    for item in page.metadata.objects[:_MOST_OBJECTS]:
        if any(kind in _SITE_TYPES for kind in kinds(item)):
            yield from _names(item, f"json_ld.{kinds(item)[0]}.name")


def _names(item: Any, rule: str) -> Iterator[Candidate[str]]:
    for raw in texts(item)[:1]:
        if value := clean(raw):
            yield Candidate(value, EvidenceSource.JSON_LD, rule, raw)


# --- Tags


def _own_tags(page: Page, rules: Iterable[Rule[tuple[str, ...]]]) -> Iterator[Candidate[tuple[str, ...]]]:
    """What the rules find, without the site's own name, which says nothing of an article."""
    for found in candidates(page, rules):
        if tags := tuple(tag for tag in found.value if squash(tag) not in page.site_names):
            yield found if tags == found.value else attrs.evolve(found, value=tags)


def _meta_tags(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    for name in _TAG_NAMES:
        contents = page.metadata.meta.get(name, ())
        if tags := split_tags(contents):
            yield Candidate(tags, meta_source(name), f"meta.{name}", "; ".join(contents))


def _json_tags(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    for article in page.articles:
        raw = texts(article.get("keywords"))
        if tags := split_tags(raw):
            yield Candidate(tags, EvidenceSource.JSON_LD, "json_ld.keywords", "; ".join(raw))


def _shown_tags(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    """The texts of links to the pages of tags, where they stand close together: elsewhere they are a menu, or belong to other articles."""
    runs: list[list[str]] = [[]]
    last = None
    for place, segment in enumerate(page.segments[page.title_place or 0 :]):
        links = [] if segment.node.facts & (NAV | ASIDE | FOOTER | HIDDEN) else [link.text for link in segment.links if _is_tag(link)]
        if links:
            if last is not None and place - last > _TAGS_APART:
                runs.append([])
            last = place
            runs[-1] += links
    found = max((run for run in runs if len(run) <= _MOST_SHOWN_TAGS), key=len, default=[])
    if tags := split_tags(found):
        yield Candidate(tags, EvidenceSource.MARKUP, "markup.tag_links", "; ".join(found), Certainty.INFERRED)


def _is_tag(link: RawLink) -> bool:
    is_short = 0 < len(link.text) <= _LONGEST_TAG_LINK
    return is_short and ("tag" in link.rel.lower().split() or _TAG_PATH.search(link.href.lower()) is not None)


def split_tags(contents: Iterable[str]) -> tuple[str, ...]:
    """The tags in some lists of them, each once, as first spelled. Lists are separated by commas, or by semicolons where there is no comma.

    >>> split_tags(["Rivers, Bridges", "bridges"])
    ('Rivers', 'Bridges')
    """
    unique: dict[str, str] = {}
    for content in contents:
        text = clean(content)
        comma = "[,،、，]" if re.search("[,،、，]", text) else r"[;|\s]" if SPACELESS.search(text) else "[;|]"
        for part in re.split(comma, text):
            tag = part.strip().strip("#").strip()
            if tag and len(tag) <= _LONGEST_TAG:
                unique.setdefault(fold(tag) or tag, tag)
    return tuple(unique.values())[:_MOST_TAGS]


# --- Breadcrumbs


def _breadcrumbs(page: Page) -> Iterator[Candidate[tuple[Link, ...]]]:
    for item in _crumb_lists(page):
        elements = item.get("itemListElement")
        listed = elements[:_MOST_CRUMBS] if isinstance(elements, list) else [elements]
        crumbs = [crumb for element in listed if (crumb := _crumb(element, page))]
        links = tuple(link for _, link in sorted(crumbs, key=lambda crumb: crumb[0]))
        if links:
            yield Candidate(links, EvidenceSource.JSON_LD, "json_ld.BreadcrumbList", " > ".join(link.title for link in links))


def _shown_breadcrumbs(page: Page) -> Iterator[Candidate[tuple[Link, ...]]]:
    """The links of the first box that is named as breadcrumbs are, else of lines before the headline that lead down to this page."""
    box = next((segment.node for segment in page.segments if segment.node.tokens & _CRUMB_TOPIC), None)
    if box is not None:
        while box.parent is not None and box.parent.tokens & _CRUMB_TOPIC:
            box = box.parent
        links = [link for segment in page.segments[box.first : box.end] for link in _crumb_links(segment, page)]
        links = [link for link in links if link.url != page.url]
        if 1 < len(links) <= _MOST_SHOWN_CRUMBS or (len(links) == 1 and not _is_home(links[0], page)):
            yield _as_crumbs(links, "markup.breadcrumbs")
            return
    links = _leading_links(page)
    if len(links) > 1 and _is_home(links[0], page):
        yield _as_crumbs(links, "markup.leading_links")


def _as_crumbs(links: list[Link], rule: str) -> Candidate[tuple[Link, ...]]:
    unique = {(link.url, link.title): link for link in links}
    crumbs = tuple(unique.values())[:_MOST_CRUMBS]
    return Candidate(crumbs, EvidenceSource.MARKUP, rule, " > ".join(link.title for link in crumbs), Certainty.INFERRED)


def _crumb_links(segment: RawSegment, page: Page) -> Iterator[Link]:
    for link in segment.links:
        if 0 < len(link.text) <= _LONGEST_CRUMB and is_page_link(link.href):
            yield Link(resolve(link.href, page.base), link.text, Relation.BREADCRUMB)


def _leading_links(page: Page) -> list[Link]:
    """The links right before the headline whose addresses this page's address goes on from, each from the one before it."""
    place = page.title_place or 0
    links: list[Link] = []
    for segment in page.segments[max(0, place - _CRUMBS_BEFORE_TITLE) : place]:
        for link in _crumb_links(segment, page):
            if link.url and page.url and page.url.startswith(link.url) and len(link.url) > len(links[-1].url or "" if links else ""):
                links.append(link)
            else:
                links = [link] if _is_home(link, page) else []
    return links


def _is_home(link: Link, page: Page) -> bool:
    return bool(page.base and link.url and link.url.rstrip("/") == page.base.origin)


def _crumb_lists(page: Page) -> Iterator[JsonObject]:
    for item in page.metadata.objects[:_MOST_OBJECTS]:
        if "breadcrumblist" in kinds(item):
            yield item
        nested = page.metadata.resolve(item.get("breadcrumb"))
        if isinstance(nested, dict) and "breadcrumblist" in kinds(nested):
            yield nested


def _crumb(element: Any, page: Page) -> tuple[float, Link] | None:
    if not isinstance(element, dict):
        return None
    item = element.get("item")
    inner = item if isinstance(item, dict) else {}
    title = next((value for raw in (*texts(element.get("name")), *texts(inner.get("name"))) if (value := clean(raw))), None)
    if title is None:
        return None
    href = next(
        (raw for raw in (item, inner.get("@id"), inner.get("url"), element.get("url")) if isinstance(raw, str) and is_page_link(raw)), None
    )
    return _position(element.get("position")), Link(resolve(href, page.base) if href else None, title, Relation.BREADCRUMB)


def _position(value: Any) -> float:
    """Where the crumb stands; those that do not say so keep their place at the end."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9:
        return float(value)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9 else 1e9


# --- URLs


def _link_canonical(page: Page) -> Iterator[Candidate[str]]:
    yield from _urls(page, page.metadata.links.get("canonical", ()), EvidenceSource.LINK, "link.canonical")


def _meta_canonical(page: Page) -> Iterator[Candidate[str]]:
    yield from _urls(page, page.metadata.meta.get("og:url", ()), EvidenceSource.OPEN_GRAPH, "meta.og:url")


def _urls(page: Page, hrefs: Iterable[str], source: EvidenceSource, rule: str) -> Iterator[Candidate[str]]:
    for href in hrefs:
        url = resolve(href, page.base) if is_page_link(href) else None
        if url and url.startswith(("http://", "https://")):
            yield Candidate(url, source, rule, href)


def _next_page(page: Page) -> Iterator[Candidate[Link]]:
    for found in _urls(page, page.metadata.links.get("next", ()), EvidenceSource.LINK, "link.next"):
        if page.url and is_page_of(found.value, page.url):
            yield Candidate(Link(found.value, "", Relation.NEXT_PAGE), found.source, found.rule, found.raw)


def _shown_next_page(page: Page) -> Iterator[Candidate[Link]]:
    """A link that says "2" or "next page", and leads to this page's address with the next number of a page."""
    if not page.url:
        return
    number = _number_of(page.url) + 1
    digits = str(number)
    for segment in page.segments[(page.title_place or 0) + 1 :]:
        for link in segment.links:
            if digits not in link.href or digits not in link.href.rstrip().partition("#")[0][-_PAGE_ENDING:]:
                continue
            is_next = link.text == digits or (len(link.text) <= _LONGEST_CRUMB and _NEXT.search(link.text) is not None)
            url = resolve(link.href, page.base) if is_next and is_page_link(link.href) else None
            if url and _number_of(url) == number and is_page_of(url, page.url):
                found = Link(url, link.text, Relation.NEXT_PAGE)
                yield Candidate(found, EvidenceSource.LINK, "link.page_number", link.href, Certainty.INFERRED)
                return


def _number_of(url: str) -> int:
    """Which page of an article an address is of; the first where it does not say so.

    >>> _number_of("https://example.com/a/long-walk?page=2"), _number_of("https://example.com/a/long-walk-2024")
    (2, 1)
    """
    match = _STATED_PAGE.search(url.split("#", 1)[0])
    return int(match[1]) if match else 1


def is_page_of(url: str, other: str) -> bool:
    """Whether two URLs differ in no more than a page's number.

    >>> is_page_of("https://example.com/a/long-walk?page=2", "https://example.com/a/long-walk")
    True
    >>> is_page_of("https://example.com/a/short-walk", "https://example.com/a/long-walk")
    False
    """
    try:
        one, two = urlsplit(url), urlsplit(other)
    except ValueError:
        return False
    if one.netloc.lower() != two.netloc.lower() or (one.path, one.query) == (two.path, two.query):
        return False
    return _without_number(one.path) == _without_number(two.path) and (
        one.path != two.path or _without_number(one.query) == _without_number(two.query)
    )


def _without_number(part: str) -> str:
    return _PAGE_NUMBER.sub("", part).removesuffix(".html").rstrip("/")


# --- Access


def _json_free(page: Page) -> Iterator[Candidate[bool]]:
    for article in page.articles:
        raw = article.get("isAccessibleForFree")
        value = _truth(raw)
        if value is not None:
            yield Candidate(value, EvidenceSource.JSON_LD, "json_ld.isAccessibleForFree", str(raw))


def _meta_free(page: Page) -> Iterator[Candidate[bool]]:
    raw = page.metadata.first("isaccessibleforfree")
    value = _truth(raw)
    if raw and value is not None:
        yield Candidate(value, EvidenceSource.META, "meta.isaccessibleforfree", raw)
    tier = page.metadata.first("article:content_tier")
    if tier and squash(tier) in ("free", "locked"):
        yield Candidate(squash(tier) == "free", EvidenceSource.OPEN_GRAPH, "meta.article:content_tier", tier, Certainty.STATED)


def _truth(value: Any) -> bool | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower().rsplit("/", 1)[-1] if isinstance(value, (str, int)) else ""
    return True if word in _TRUE else False if word in _FALSE else None


# --- The order of the sources

_LANGUAGE_RULES: tuple[Rule[str], ...] = (_html_language, _meta_language, _json_language)
_SITE_RULES: tuple[Rule[str], ...] = (
    lambda page: meta_text(page, _SITE_NAMES[:1]),
    _publisher,
    _web_site,
    lambda page: meta_text(page, _SITE_NAMES[1:]),
)
_SECTION_RULES: tuple[Rule[str], ...] = (lambda page: meta_text(page, _SECTION_NAMES), lambda page: json_text(page, "articleSection"))
_TAG_RULES: tuple[Rule[tuple[str, ...]], ...] = (_meta_tags, _json_tags)
_TAG_FALLBACKS: tuple[Rule[tuple[str, ...]], ...] = (_shown_tags,)
_BREADCRUMB_RULES: tuple[Rule[tuple[Link, ...]], ...] = (_breadcrumbs,)
_BREADCRUMB_FALLBACKS: tuple[Rule[tuple[Link, ...]], ...] = (_shown_breadcrumbs,)
_CANONICAL_RULES: tuple[Rule[str], ...] = (_link_canonical, _meta_canonical)
_FREE_RULES: tuple[Rule[bool], ...] = (_json_free, _meta_free)
_NEXT_PAGE_RULES: tuple[Rule[Link], ...] = (_next_page,)
_NEXT_PAGE_FALLBACKS: tuple[Rule[Link], ...] = (_shown_next_page,)
