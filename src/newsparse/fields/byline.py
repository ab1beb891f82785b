"""Who wrote the article: persons, and where the page names only those, agencies, desks or the site itself.

A source that names a person is believed before one that names the site, wherever they stand in the order of rules, since many
sites put their own name into one of their metadata and the author's into another, or only into the visible by-line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import attrs

from newsparse.document.segments import RawLink, RawSegment
from newsparse.document.urls import is_page_link, resolve
from newsparse.fields.evidence import Candidate, Found, Page, Rule, candidates, choose, kinds, meta_source, texts
from newsparse.lexicon import topic_bit
from newsparse.model import Author, AuthorType, Certainty, EvidenceSource
from newsparse.text import clean, fold, fold_space, squash, words

_JSON_KEYS = ("author", "creator")
_META_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "og:article:author",
    "article:author_name",
    "news:author",
    "creator",
    "dc.creator.author",
)
# Where several contents are several persons, each written "Family, Given".
_INVERTED = frozenset({"dc.creator", "dcterms.creator", "citation_author", "parsely-author"})

# What introduces a name: a by-line begins with one of these, or is one of them.
_BY_WORDS = (
    "by|written by|posted by|reported by|words by|story by|text by|published by|authored by|article by|interview by|recommended by"
    "|staff report by|special to|authors?|byline|contributors|text|autor(?:in|en|es|a|as|i)?|ein artikel von|geschrieben von|verfasst von"
    "|auteurs?|écrit par|publié par|escrito por|publicado por|redacción por|a cura di|scritto da|pubblicato da|autore|geschreven door"
    "|skrevet a[fv]|skriven av|text av|tekst|kirjoittanut|teksti|autor tekstu|opracowała?|przez|napsala?|írta|szerző|scris de"
    "|автор|авторы|автори|текст|yazan|yazar|haber|oleh|penulis|tác giả|bởi|γράφει [οη]"
    "|بقلم|كتب|כתב|מאת|लेखक|文|記者|著者|筆者|取材・文|作者|기자|글"
)
# These are also the beginnings of family names.
_PARTICLES = "von|par|por|di|de|da|door|av|af|от|του|της"
_BY = re.compile(rf"(?:{_BY_WORDS})(?:\s*[:：/／]\s*|\s+)(?=\S)|(?:written |posted |published )?by(?-i:(?=[A-Z][a-z]))", re.IGNORECASE)
_PARTICLE = re.compile(rf"(?P<particle>{_PARTICLES})(?:\s*:\s*|\s+)(?P<first>\S)\S*\s+\S", re.IGNORECASE)
_BY_ALONE = re.compile(rf"(?:{_BY_WORDS}|{_PARTICLES})\s*[:：]?", re.IGNORECASE)
# Within a line that begins with a date, as in "3 May 2024 by Ann Lee".
_BY_INSIDE = re.compile(
    r"(?:.{0,25}?\d.{0,40}?[\s·•|,–-]|.{0,60}[·•|]\s?)(?:by|von|par|por|di|door|av|af|oleh)\s+(?=[^\W\d_])", re.IGNORECASE
)
# Without one of these within so many characters, no by-line follows a date or sign.
_DATE_OR_SIGN, _LONGEST_DATE = re.compile(r"[\d·•|]"), 64
# The whole of a line below the article.
_SIGNED = re.compile(
    r"(?:(?:this (?:post|article|story) was )?(?:written|posted|published|authored) by|about the author|author"
    r"|geschrieben von|écrit par|escrito por)\s*:?\s+",
    re.IGNORECASE,
)
_SIGNED_INITIALS = frozenset("AEGPTWÉaegptwé")
# "And" between names. The second group also stands inside names ("Ortega y Gasset") and needs a full name on either side.
_AND = re.compile(r"\s+(?:and|und|et|og|och|ja|и|та|й|ve|και|&|\+|with|mit|avec)\s+|\s*[;|•·／、，،؛]\s*|\s+/\s+|\n", re.IGNORECASE)
_DOUBTFUL_AND = re.compile(r"\s+(?:y|e|i|en|dan|și|a|és|in|con|com)\s+")
_NOT_A_NAME = re.compile(r"https?:|www\.|\.(?:com|html?|php)/|^@|\d{3,}|[{}<>=_?!]", re.IGNORECASE)
_EMAIL = re.compile(r"(?<!\S)[^\s@]+@\S+")
_PARENTHESIS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]?")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+\Z")
_ACCOUNT = frozenset(
    {"admin", "administrator", "editor", "webmaster", "root", "user", "guest", "author", "unknown", "none", "null", "undefined", "n/a"}
)
_CREDENTIAL = re.compile(
    r"(?:[A-Z]{2,}[a-z]?(?:[-/ ][A-Z0-9]+)*[®™]?"
    r"|Ph\.?\s?D\.?|M\.?D\.?|Psy\.?D\.?|J\.?D\.?|Ed\.?D\.?|M\.?[AS]c?\.?|B\.?[AS]c?\.?|Esq\.?|[JS]r\.?|DPhil|CEPF®)\Z"
)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|producer|photographer|director|manager|analyst|expert"
    r"|dietitian|nutritionist|head|chief|founder|ceo|redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|autor(?:in)?|journaliste?"
    r"|periodista|redactora?|giornalista|corresponsal|envoyée?|enviad[oa]|special|political|senior|journalist|tidning|updated|published"
    r"|korrespondent|basın|muhabir|specialist|coach|author|freelance)\b",
    re.IGNORECASE,
)
_ROLE_SUFFIX = re.compile(r"\s*(?:記者|기자|특파원|編集委員|通讯员|記す)(?:\s*외\s*\d+\s*명)?\Z|\s+외\s*\d+\s*명\Z")
_ORGANIZATION = re.compile(
    r"\b(?:gmbh|inc|ltd|llc|ag|news|redaktion|redaction|rédaction|redacción|redazione|redactie|toimitus|staff|team|desk|agency|agentur"
    r"|agence|agencia|press|media|magazine|newsroom|editors|editorial|university|institute|association|foundation|department|center"
    r"|centre|council|company|group|reuters|afp|dpa|apa|sda|sid|ansa|efe|pti|tass|bloomberg|times|post|online|tv|radio)\b|[a-z]\.[a-z]{2,3}\Z",
    re.IGNORECASE,
)
# What ends the names in a by-line: a separator, a date, a place.
_AFTER_NAME = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]\s+|\s*\d|\s*:|\s+(?:für|for|in|at|am|on|le|el|updated|published|posted|aktualisiert)\b"
    r"|(?:\A|[,\s])\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|okt|dez|ene|abr|ago|dic|mai|mär|janv|févr)[a-zéû]*\.?\s+\d",
    re.IGNORECASE,
)
_DATED = re.compile(r"\s*[|•·,–—-]\s*.*?(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_LINE = re.compile(r"(?:\w+\.?\s)?\w*\d[\w\s.,/-]{0,20}?(?:19|20)\d\d(?!\d)")
_PROFILE_PATH = re.compile(
    r"/(?:authors?|editors?|staff|people|persons?|profiles?|by|contributors?|writers?|team|journalists?|reporters?|users?|members?|columnists?"
    r"|autor(?:es|en|in)?|redaktion|redaktoren|redakteure?|redaction|auteurs?|firmas?|perfil|profil|autori|person(?:en)?|skribent|forfatter)[/=]|/@|[?&]author="
)
# Words of labels and buttons that are written with capitals, as names are.
_LABEL_WORDS = words(
    "a about ad all an and app article articles avatar blog book buy click comment comments contact contents copied copy"
    " cookie download email"
    " events facebook faculty featured follow for free from get help hide home how in instagram join latest link linkedin listen login"
    " meet menu min more my newsletter now of on our page photo photos policy popular post posts print privacy program read register"
    " related report reviews save search see send share show sign skip story subscribe summary table tags team terms the this tiktok to"
    " top topics twitter us video view watch what whatsapp why with user you your youtube"
)
_AUTHOR_TOPIC = topic_bit("author")
_MOST_WORDS = 6
_MOST_ORGANIZATION_WORDS = 9
_LONGEST_NAME = 80
_LONGEST_BYLINE = 250
_RIGHT_AFTER_TITLE = 5
_MOST_AUTHORS = 60


def find_authors(page: Page) -> Found[tuple[Author, ...]] | None:
    """The article's authors in page order."""
    found = _typed_all(page, _RULES)
    if not found or all(_only_organizations(candidate.value) for candidate in found):
        found += _typed_all(page, _FALLBACKS)
    best = choose("authors", _ranked(found))
    return attrs.evolve(best, value=_with_urls(best.value, page)) if best else None


def _typed_all(page: Page, rules: Iterable[Rule[tuple[Author, ...]]]) -> list[Candidate[tuple[Author, ...]]]:
    return [typed for candidate in candidates(page, rules) if (typed := _typed(candidate, page.site_names)).value]


def _ranked(found: Sequence[Candidate[tuple[Author, ...]]]) -> list[Candidate[tuple[Author, ...]]]:
    """The candidates with persons first, then those that another source supports, else in the order of the rules."""
    names = [frozenset(fold(author.name) for author in candidate.value) for candidate in found]
    supported = [sum(other <= own for other in names) > 1 for own in names]
    order = sorted(range(len(found)), key=lambda index: (_only_organizations(found[index].value), not supported[index]))
    return [found[index] for index in order]


def _only_organizations(authors: Iterable[Author]) -> bool:
    return all(author.type is AuthorType.ORGANIZATION for author in authors)


def _typed(candidate: Candidate[tuple[Author, ...]], sites: frozenset[str]) -> Candidate[tuple[Author, ...]]:
    """The candidate with the site's own names marked as organizations, and left out beside other authors.

    A company beside a person is a co-author (an agency, say) only where structured data list it among the authors.
    """
    authors = [attrs.evolve(author, type=AuthorType.ORGANIZATION) if _is_site(author.name, sites) else author for author in candidate.value]
    others = [author for author in authors if not _is_site(author.name, sites)]
    if candidate.source is not EvidenceSource.JSON_LD:
        others = [author for author in others if author.type is AuthorType.PERSON] or others
    unique = {fold(author.name): author for author in reversed(others or authors)}
    return attrs.evolve(candidate, value=tuple(reversed(unique.values()))[:_MOST_AUTHORS])


def _is_site(name: str, sites: frozenset[str]) -> bool:
    return squash(name) in sites


# --- Rules


def _json_ld(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for article in page.articles:
        for key in _JSON_KEYS:
            authors = tuple(_json_authors(article.get(key), page))
            if authors:
                yield Candidate(authors, EvidenceSource.JSON_LD, f"json_ld.{key}", "; ".join(author.name for author in authors))


def _json_authors(value: Any, page: Page) -> Iterator[Author]:
    stack = [value]
    steps = 0
    while stack and steps < 1000:
        steps += 1
        item = page.metadata.resolve(stack.pop())
        if isinstance(item, list):
            stack += item[::-1]
        elif isinstance(item, str):
            yield from (_author(name) for name in clean_names(item))
        elif isinstance(item, dict):
            kind = kinds(item)
            url = _profile(next(iter(texts(item.get("url"))), None), page)
            names = [name for text in texts(item.get("name")) for name in clean_names(text)]
            is_organization = any(name.endswith("organization") for name in kind) and "person" not in kind
            for name in names:
                yield _author(name, url if len(names) == 1 else None, is_organization)


def _meta(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for key in _META_NAMES:
        contents = page.metadata.meta.get(key, ())
        names = [name for raw in contents for name in (_inverted(raw) if key in _INVERTED else clean_names(raw))]
        if names:
            yield Candidate(tuple(map(_author, names)), meta_source(key), f"meta.{key}", "; ".join(contents))


def _labelled(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """``twitter:data1`` holds an author where its label says so, in whatever language: by being no time and no number."""
    raw = page.metadata.first("twitter:data1")
    if raw and not re.search(r"\d", raw) and (names := clean_names(raw)):
        yield Candidate(tuple(map(_author, names)), EvidenceSource.META, "meta.twitter:data1", raw)


def _microdata(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    found = [item for item in page.metadata.properties if item.name == "author" and item.scope == 0]
    authors = tuple(_author(name, _profile(item.href, page)) for item in found for name in clean_names(item.value))
    if authors:
        yield Candidate(authors, EvidenceSource.MICRODATA, "microdata.author", "; ".join(item.value for item in found))


def _author_links(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for segment in page.near_title:
        authors = tuple(_linked_authors(segment, page))
        if authors:
            yield Candidate(authors, EvidenceSource.LINK, "link.author", segment.text)
            return


def _linked_authors(segment: RawSegment, page: Page) -> Iterator[Author]:
    for link in segment.links:
        if link.rel and link.text and "author" in link.rel.lower().split():
            yield from (_author(name, _profile(link.href, page)) for name in clean_names(link.text) if not _is_role(name))


def _by_line(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    announced = False
    for segment in page.near_title:
        if len(segment.text) <= _LONGEST_BYLINE and (authors := tuple(_visible_authors(segment, page, announced))):
            yield Candidate(authors, EvidenceSource.TEXT, "text.byline", segment.text, Certainty.INFERRED)
            return
        announced = _BY_ALONE.fullmatch(segment.text) is not None


def _bare_name(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """A line between headline and text that is a person's name, with a date in or after it, or a note about the person below."""
    place = page.title_place
    if place is None:
        return
    lines = page.segments[place + 1 : place + 2 + _RIGHT_AFTER_TITLE]
    for segment, following in pairwise(lines):
        name = _name_part(segment.text).strip(" ,")
        if len(segment.text) < _LONGEST_NAME and _looks_like_person(name) and not _ORGANIZATION.search(name):
            alone = len(name) == len(segment.text)
            dated = _DATED.match(segment.text, len(name)) or (alone and _DATE_LINE.match(following.text))
            if dated or (alone and any(_is_about(other.text, name) for other in page.segments[place:])):
                yield Candidate((_author(name),), EvidenceSource.TEXT, "text.name", segment.text, Certainty.GUESSED)
                return


def _is_about(text: str, name: str) -> bool:
    return len(text) > 60 and text.startswith(name + " ")


def _signature(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """The name below the article, or linked as its author's, where the whole page names only one."""
    for rule, found in (("link.author", _all_linked(page)), ("text.signature", _all_signed(page))):
        if len({fold(author.name) for author, _ in found}) == 1:
            author, raw = found[0]
            yield Candidate((author,), EvidenceSource.TEXT, rule, raw, Certainty.INFERRED)


def _all_linked(page: Page) -> list[tuple[Author, str]]:
    linked = (segment for segment in page.segments if any(link.rel for link in segment.links))
    return [(author, segment.text) for segment in linked for author in _linked_authors(segment, page)]


def _all_signed(page: Page) -> list[tuple[Author, str]]:
    found = []
    for segment in page.segments:
        if segment.text[:1] in _SIGNED_INITIALS and len(segment.text) < _LONGEST_NAME and (match := _SIGNED.match(segment.text)):
            names = clean_names(_AFTER_NAME.split(segment.text[match.end() :], maxsplit=1)[0])
            found += [(_author(name), segment.text) for name in names[:1] if _looks_like_person(name)]
    return found


_RULES: tuple[Rule[tuple[Author, ...]], ...] = (_json_ld, _meta, _microdata, _author_links, _by_line, _labelled)
_FALLBACKS: tuple[Rule[tuple[Author, ...]], ...] = (_bare_name, _signature)


# --- The visible by-line


def _visible_authors(segment: RawSegment, page: Page, announced: bool) -> Iterator[Author]:
    node = segment.node
    marked = announced or bool(node.own & _AUTHOR_TOPIC or (node.parent is not None and node.parent.own & _AUTHOR_TOPIC))
    start = _after_by(segment.text, visible=True) or _after_by_inside(segment.text)
    linked = [link for link in segment.links if _is_author_link(link, marked or start > 0)]
    if linked:
        yield from (_author(name, _profile(link.href, page)) for link in linked for name in clean_names(_name_part(link.text)))
    elif marked or start:
        for name in clean_names(_name_part(segment.text[start:])):
            if _looks_like_person(name) or ((start or announced) and _looks_like_name(name)):
                yield _author(name)


def _after_by_inside(text: str) -> int:
    match = _BY_INSIDE.match(text) if _DATE_OR_SIGN.search(text, 0, _LONGEST_DATE) else None
    return match.end() if match else 0


def _is_author_link(link: RawLink, expected: bool) -> bool:
    """Whether a link names an author: a person's name in a by-line, or any name that leads to a page about a person."""
    is_profile = _PROFILE_PATH.search(link.href) is not None
    if not (is_profile or expected) or not is_page_link(link.href):
        return False
    name = _name_part(_without_by(link.text))
    return _looks_like_person(name) or (is_profile and expected and _looks_like_name(name))


def _name_part(text: str) -> str:
    return _AFTER_NAME.split(text, maxsplit=1)[0]


def _looks_like_name(name: str) -> bool:
    short = 1 <= len(name.split()) <= 4 and len(name) <= 30
    return short and not name[0].islower() and not _is_role(name) and not any(char.isdigit() for char in name) and not _has_label_word(name)


def _has_label_word(name: str) -> bool:
    return not _LABEL_WORDS.isdisjoint(name.lower().split())


def _without_by(text: str) -> str:
    return text[_after_by(text) :]


def _after_by(text: str, *, visible: bool = False) -> int:
    """Where the name begins after words such as "By"; 0 where there are none.

    "Di Canio" and "Von Miller" are names: a particle is a by-word only before two words with capitals, and in a value that is meant
    to be a name only in lower case.
    """
    end = 0
    while match := _BY.match(text, end):
        end = match.end()
    particle = _PARTICLE.match(text, end)
    if particle and not particle["first"].islower() and (visible or particle["particle"].islower()):
        return particle.start("first")
    return end


def _looks_like_person(name: str) -> bool:
    """Two to four words that begin with capitals, or a short word of a script without capitals; no role and no digits."""
    words = name.split()
    if not words or len(words) > 5 or _is_role(name) or _has_label_word(name) or any(char.isdigit() for char in name):
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 2 <= len(squash(name)) <= 12
    capitals = [word for word in words if word[0].isupper()]
    return len(words) >= 2 and len(capitals) >= 2 and words[0][0].isupper() and len(name) <= 40


def _is_role(text: str) -> bool:
    return _ROLE.search(text) is not None


# --- Names


def _author(name: str, url: str | None = None, is_organization: bool = False) -> Author:
    organization = is_organization or _ORGANIZATION.search(name) is not None
    return Author(name, url, AuthorType.ORGANIZATION if organization else AuthorType.PERSON)


def clean_names(raw: str) -> list[str]:
    """The names in a by-line or a metadata value, without "By", roles, credentials, addresses and account names.

    >>> clean_names("By Ann Lee, Political Editor, and Bob Dow (Paris)")
    ['Ann Lee', 'Bob Dow']
    >>> clean_names("https://example.com/authors/ann-lee"), clean_names("@annlee"), clean_names("Ann Lee, MD, PhD")
    ([], [], ['Ann Lee'])
    """
    text = fold_space(_EMAIL.sub(" ", _PARENTHESIS.sub("", clean(raw))))
    names = [name for part in _AND.split(_without_by(text.strip())) for name in _comma_separated(part)]
    return list(dict.fromkeys(name for part in names for name in _doubtful_and(part)))


def _comma_separated(text: str) -> Iterator[str]:
    """The names between commas. What follows a name and is a role, credential or place is none."""
    parts = [part for part in (_name(part) for part in text.split(",")) if part]
    for position, part in enumerate(parts):
        if position == 0 or not (_CREDENTIAL.match(part) or _is_role(part) or (len(part.split()) < 2 and part.isascii())):
            yield part


def _doubtful_and(name: str) -> list[str]:
    parts = _DOUBTFUL_AND.split(name)
    return parts if len(parts) > 1 and all(len(part.split()) >= 2 for part in parts) else [name]


def _name(text: str) -> str | None:
    text = _ROLE_SUFFIX.sub("", _without_by(text.strip(" \t\n-–—•·:*.\u00a0")))
    text = re.split(r"\s+[-–—]\s+", text, maxsplit=1)[0].strip(" ,;:-–—/")
    words = len(text.split())
    if not text or len(text) > _LONGEST_NAME or _NOT_A_NAME.search(text) or not any(char.isalpha() for char in text):
        return None
    if (_SLUG.match(text) and not _ORGANIZATION.search(text)) or text.lower() in _ACCOUNT:
        return None
    return text if words <= (_MOST_ORGANIZATION_WORDS if _ORGANIZATION.search(text) else _MOST_WORDS) else None


def _inverted(raw: str) -> list[str]:
    """The name in a bibliographic record, where "Family, Given" is usual."""
    parts = [part.strip() for part in clean(raw).split(",")]
    if len(parts) == 2 and all(parts) and all(len(part.split()) <= 3 for part in parts) and not _CREDENTIAL.match(parts[1]):
        return clean_names(f"{parts[1]} {parts[0]}")
    return clean_names(raw)


# --- Profiles


def _profile(href: str | None, page: Page) -> str | None:
    return resolve(href, page.base) if href and is_page_link(href) else None


def _with_urls(authors: tuple[Author, ...], page: Page) -> tuple[Author, ...]:
    """The authors, with the pages that by-lines near the headline link their names to."""
    if all(author.url for author in authors):
        return authors
    links = {fold(_without_by(link.text)): link.href for segment in page.near_title for link in segment.links if link.text}
    return tuple(author if author.url else attrs.evolve(author, url=_profile(links.get(fold(author.name)), page)) for author in authors)
