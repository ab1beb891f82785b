"""Who wrote the article: persons, and where the page names only those, agencies, desks or the site itself.

A source that names a person is believed before one that names the site, wherever they stand in the order of rules, since many
sites put their own name into one of their metadata and the author's into another, or only into the visible by-line. And a line that
says "By" is believed before data that name somebody else: those name who has put the article into the system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any

import attrs

from newsparse.document.metadata import JsonObject
from newsparse.document.segments import NAV, RawLink, RawSegment
from newsparse.document.urls import is_page_link, resolve
from newsparse.fields.evidence import Candidate, Found, Page, Rule, candidates, choose, kinds, meta_source, texts
from newsparse.fields.moments import dates_in
from newsparse.fields.names import (
    LONGEST_NAME,
    after_by,
    as_author,
    clean_names,
    clean_organization,
    has_credential,
    has_label_word,
    inverted,
    is_account,
    is_by,
    is_named_as_organization,
    is_role,
    looks_like_desk,
    looks_like_name,
    looks_like_person,
    name_part,
    without_by,
)
from newsparse.lexicon import topic_bit
from newsparse.model import Author, AuthorType, Certainty, EvidenceSource
from newsparse.text import fold, squash

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

# Within a line that begins with a date, as in "3 May 2024 by Ann Lee".
_BY_INSIDE = re.compile(
    r"(?:.{0,25}?\d.{0,40}?[\s·•|,–-]|.{0,60}[·•|]\s?)(?:by|von|par|por|di|door|av|af|oleh)\s+(?=[^\W\d_])", re.IGNORECASE
)
# After those who reviewed it, or the time that reading takes.
_WRITTEN_BY = re.compile(r"\b(?:written|authored|words|story) by:?\s+(?=[^\W\d_])", re.IGNORECASE)
# "Reporter" follows the name.
_KOREAN = re.compile(r"(?<![가-힣])([가-힣]{2,4})\s?(?:기자|특파원)(?![가-힣])")
# Without one of these within so many characters, no by-line follows a date or sign.
_DATE_OR_SIGN, _LONGEST_DATE = re.compile(r"[\d·•|]"), 64
# Whose names follow in a by-line, but are no author's.
_OTHERS = re.compile(
    r"\b(?:(?:medically |clinically |expert )?reviewed|research(?:ed)?|fact[- ]?checked|(?:copy[- ]?)?edited|translated"
    r"|illustrat(?:ed|ions?)|photos?|photograph(?:s|y|ed)|contact|posted in|filed under|geprüft|übersetzt|fotos?|relu|traduit"
    r"|photographies|traducido|revisado|powered|theme)\b"
    r"(?:\s+(?:by|von|par|por|di))?\s*[:：]?",
    re.IGNORECASE,
)
# The beginning of a line below the article.
_SIGNED = re.compile(
    r"(?:(?:this (?:post|article|story|blog) was )?(?:written|posted|published|authored|reported|text|words) by|about the authors?"
    r"|(?:view )?all (?:posts|articles|stories) (?:by|from)|authors?|autor(?:in|en|innen|es|as)?(?:/autor)?"
    r"|auteur|autore|text|texte|texto|tekst|текст|автор"
    r"|geschrieben von|écrit par|escrito por|scritto da|geschreven door|yazan)\s*:?\s+",
    re.IGNORECASE,
)
_SIGNED_INITIALS = frozenset("ATWPVGEÉSYRТАatwpvgeésyrта")
# After a name: a date, how long ago, or how long it takes to read.
_DATED = re.compile(
    r"(?:\s*[|•·,–—-]\s*.*?|\s+)(?<!\d)(?:19|20)\d\d(?!\d)|\s*[|•·,–—-]?\s*(?:published|updated|posted"
    r"|veröffentlicht|aktualisiert|zuletzt geändert"
    r"|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato)\b.*\d"
    r"|\s*[|•·,–—-]?\s*\d{1,3}\s?(?:min\b|minutes?\b|minuten\b)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"(?:[^\W\d_]{2,9}[.,]?\s+){1,2}\d{1,2}(?!\d)")
_MARKS, _BESIDE_DATE = " ,;·•|–—-", 16
_PROFILE_PATH = re.compile(
    r"/(?:authors?|editors?|staff|people|persons?|profiles?|by|contributors?|writers?|team|journalists?|reporters?|users?|members?|columnists?"
    r"|autor(?:es|en|in|zy)?|redaktion|redaktoren|redakteure?|redaction|auteurs?|firmas?|perfil|profil|autori|person(?:en)?|skribent(?:er)?"
    r"|forfattere?|journalistes?|journalister|redactor(?:es)?|periodistas?|colaborador(?:es)?|columnistas?|giornalist[ai]|firme|medewerkers?"
    r"|toimittajat?|kirjoittajat?|yazar(?:lar)?|penulis|eksperci|experts?|bloggers?|mitarbeiter(?:innen)?|analysts|scholars)[/=?]|/@|[?&]author="
)
# A site beside its name, as in "The Ferry (www.ferry.example)".
_SITE = re.compile(r"\(\s*(?:https?://|www\.)\S+\s*\)")
# Who has put the article into the system, for the site.
_SYSTEM_PATH = re.compile(r"/(?:admin(?:istrator)?|webmaster|editor|root)\d*/?\Z", re.IGNORECASE)
# An address has one; a by-line does not.
_POST_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_AUTHOR_TOPIC = topic_bit("author")
_REL = attrgetter("rel")
_TOLD_RULES = ("text.byline", "text.author")
_DESK = re.compile(r"\b(?:team|staff|editors|newsdesk|desk|redaktion|rédaction|redacción|redazione|redactie)\Z", re.IGNORECASE)
# What a note about a person says after the name.
_TELLS = re.compile(r"\s(?:is|was|has|writes|works|covers|joined|ist|war|arbeitet|schreibt|est|es|è|é|jest|är|er)\s")
_LONGEST_BYLINE, _LONGEST_PERSON, _LONGEST_PARTICLE, _ROLE_REACH = 250, 40, 3, 80
_LONGEST_SIGNATURE = 160
_SHORT_LINE = 60
_RIGHT_AFTER_TITLE, _CLOSE_TO_TITLE = 5, 20
_MOST_AUTHORS, _MOST_LISTED = 60, 12
_FEWEST_TEXT = 60
_LONGEST_PARAGRAPH = 120


def find_authors(page: Page) -> Found[tuple[Author, ...]] | None:
    """The article's authors in page order."""
    found = _typed_all(page, _RULES)
    if not found or all(_only_organizations(candidate.value) for candidate in found):
        found += _typed_all(page, _FALLBACKS)
    best = choose("authors", _ranked(found))
    return attrs.evolve(best, value=_with_urls(_in_ordinary_case(best.value, page), page)) if best else None


def _typed_all(page: Page, rules: Iterable[Rule[tuple[Author, ...]]]) -> list[Candidate[tuple[Author, ...]]]:
    return [typed for candidate in candidates(page, rules) if (typed := _typed(candidate, page.site_names)).value]


def _ranked(found: Sequence[Candidate[tuple[Author, ...]]]) -> list[Candidate[tuple[Author, ...]]]:
    """The candidates with persons first, then whom a line says it is "by", then those that another source supports."""
    names = [frozenset(fold(author.name) for author in candidate.value) for candidate in found]
    supported = [sum(other <= own for other in names) > 1 for own in names]

    def rank(index: int) -> tuple[bool, bool, bool, bool]:
        authors = found[index].value
        accounts = all(is_account(author.name) for author in authors)
        return _only_organizations(authors), accounts, not _is_told(found[index], names[index], found, names), not supported[index]

    return [found[index] for index in sorted(range(len(found)), key=rank)]


def _is_told(
    candidate: Candidate[tuple[Author, ...]],
    own: frozenset[str],
    found: Sequence[Candidate[tuple[Author, ...]]],
    names: Sequence[frozenset[str]],
) -> bool:
    """Whether a visible by-line names others, or more, than the data do. Where it names fewer, or the same, the data say it better."""
    if candidate.rule not in _TOLD_RULES or any(is_account(author.name) for author in candidate.value):
        return False
    others = [other for item, other in zip(found, names, strict=True) if _is_own(item)]
    if candidate.rule == "text.byline":
        return not any(own <= other for other in others)
    return any(other < own for other in others)


def _is_own(candidate: Candidate[tuple[Author, ...]]) -> bool:
    """Whether a source names the article's authors only; microdata may be those of comments."""
    return candidate.source not in (EvidenceSource.TEXT, EvidenceSource.MICRODATA)


def _only_organizations(authors: Iterable[Author]) -> bool:
    return all(author.type is AuthorType.ORGANIZATION for author in authors)


def _typed(candidate: Candidate[tuple[Author, ...]], sites: frozenset[str]) -> Candidate[tuple[Author, ...]]:
    """The candidate with the site's own names marked as organizations, and left out beside other authors.

    A company beside a person is a co-author (an agency, say) only where structured data list it among the authors.
    """
    mixed = any(not author.name.isupper() for author in candidate.value)
    authors = [
        attrs.evolve(author, type=AuthorType.ORGANIZATION) if _is_site(author.name, sites) or (mixed and author.name.isupper()) else author
        for author in candidate.value
    ]
    others = [author for author in authors if not _is_site(author.name, sites)]
    if candidate.source is not EvidenceSource.JSON_LD:
        others = [author for author in others if author.type is AuthorType.PERSON] or others
    unique = {fold(author.name): author for author in reversed(others or authors)}
    return attrs.evolve(candidate, value=tuple(reversed(unique.values()))[:_MOST_AUTHORS])


def _is_site(name: str, sites: frozenset[str]) -> bool:
    return squash(name) in sites


def _in_ordinary_case(authors: tuple[Author, ...], page: Page) -> tuple[Author, ...]:
    """Names that stand in capitals as the page writes them elsewhere, where it does."""
    return tuple(attrs.evolve(author, name=_ordinary(author.name, page)) if author.name.isupper() else author for author in authors)


def _ordinary(name: str, page: Page) -> str:
    parts = name.split()
    if len(parts) < 2:
        return name
    spelled = re.compile(r"\s".join(re.escape(part[0]) + f"(?i:{re.escape(part[1:])})" for part in parts) + r"(?!\w)")
    written = (match[0] for segment in page.segments for match in spelled.finditer(segment.text))
    return next((text for text in written if not any(part.isupper() and len(part) > 1 for part in text.split())), name)


# --- Rules: metadata


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
            yield from (as_author(name) for name in clean_names(item))
        elif isinstance(item, dict):
            yield from _json_author(item, page)


def _json_author(item: JsonObject, page: Page) -> Iterator[Author]:
    kind = kinds(item)
    href = next(iter(texts(item.get("url"))), None)
    url = _profile(href, page)
    is_organization = any(name.endswith("organization") for name in kind) and "person" not in kind
    is_organization = is_organization or any(_SYSTEM_PATH.search(text) for text in (href or "", *texts(item.get("@id"))))
    names = [name for text in _json_names(item) for name in (clean_organization(text) if is_organization else clean_names(text))]
    for name in names:
        yield as_author(name, url if len(names) == 1 else None, is_organization)


def _json_names(item: JsonObject) -> list[str]:
    """The name, or the given name and the family's."""
    halves = [text for key in ("givenName", "familyName") for text in texts(item.get(key))[:1]]
    return texts(item.get("name")) or ([" ".join(halves)] if halves else [])


def _meta(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for key in _META_NAMES:
        contents = page.metadata.meta.get(key, ())
        names = [name for raw in contents for name in (inverted(raw) if key in _INVERTED else clean_names(raw))]
        if names:
            is_site = any(_SITE.search(raw) for raw in contents)
            authors = tuple(as_author(name, is_organization=is_site) for name in names)
            yield Candidate(authors, meta_source(key), f"meta.{key}", "; ".join(contents))


def _labelled(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """``twitter:data1`` holds an author where its label says so, in whatever language: by being no time and no number."""
    raw = page.metadata.first("twitter:data1")
    if raw and not re.search(r"\d", raw) and (names := clean_names(raw)):
        yield Candidate(tuple(map(as_author, names)), EvidenceSource.META, "meta.twitter:data1", raw)


def _microdata(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    found = [item for item in page.metadata.properties if item.name == "author" and item.scope == 0]
    authors = tuple(as_author(name, _profile(item.href, page)) for item in found for name in clean_names(item.value))
    if authors:
        yield Candidate(authors, EvidenceSource.MICRODATA, "microdata.author", "; ".join(item.value for item in found))


# --- Rules: what the page shows


def _author_links(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for segment in page.near_title:
        authors = tuple(_linked_authors(segment, page))
        if authors:
            yield Candidate(authors, EvidenceSource.LINK, "link.author", segment.text)
            return


def _linked_authors(segment: RawSegment, page: Page) -> Iterator[Author]:
    for link in segment.links:
        if link.rel and link.text and "author" in link.rel.lower().split():
            names = (name for name in clean_names(link.text) if looks_like_desk(name) or not (is_role(name) or has_label_word(name)))
            yield from (_linked(name, link.href, page) for name in names)


def _told(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """The line near the headline that says "By"."""
    label = ""
    for place, segment in enumerate(page.near_title):
        if len(segment.text) <= _LONGEST_BYLINE and (authors := tuple(_told_authors(segment, page, label))):
            authors += tuple(_listed_authors(page.near_title[place:], page))
            yield Candidate(authors, EvidenceSource.TEXT, "text.byline", segment.text, Certainty.INFERRED)
            return
        label = segment.text


def _marked(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """A name near the headline that is marked as an author's by its class, or by leading to a page about a person."""
    label = ""
    for place, segment in enumerate(page.near_title):
        may_name = (segment.links or _is_marked(segment)) and len(segment.text) <= _LONGEST_BYLINE
        is_own = may_name and not _OTHERS.match(segment.text) and not _OTHERS.fullmatch(label)
        if is_own and (authors := tuple(_marked_authors(segment, page))):
            authors += tuple(_listed_authors(page.near_title[place:], page))
            yield Candidate(authors, EvidenceSource.TEXT, "text.author", segment.text, Certainty.INFERRED)
            return
        label = segment.text


def _listed_authors(lines: Sequence[RawSegment], page: Page) -> Iterator[Author]:
    """The names in the lines after the first that are elements of the same kind, as in a list of authors."""
    first, apart = lines[0], 0
    for before, segment in pairwise(lines[: _MOST_LISTED * 2]):
        is_like = segment.node.signature == first.node.signature and len(segment.text) <= _SHORT_LINE
        if is_like and not _OTHERS.match(segment.text) and not _OTHERS.match(before.text):
            name = name_part(segment.text).split(",", 1)[0].strip()
            is_told = (
                name.lower() != name.upper() or _KOREAN.search(segment.text) or any(_is_whole(link, segment) for link in segment.links)
            )
            if not (is_told and _is_person(name, page)):  # in a script without capitals any label looks like a name
                return
            yield from (_linked(part, next((link.href for link in segment.links), ""), page) for part in clean_names(name))
            apart = 0
        else:
            apart += 1
            if apart > 1:  # a role or an account may stand below each name
                return


def _bare_name(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """A line between headline and text that is a person's name, where something beside it says so.

    That is a date in or after it, a degree, a note about the person below, or the first paragraph right after it.
    """
    place = page.title_place
    if place is None:
        return
    lines = _lines_after(page, place, _RIGHT_AFTER_TITLE + 1)
    for before, segment, following in zip((None, *lines), lines, lines[1:], strict=False):
        if segment.tag == "p" and len(segment.text) > _LONGEST_PARAGRAPH:
            return
        if authors := tuple(map(as_author, _bare_names(page, place, before, segment, following))):
            yield Candidate(authors, EvidenceSource.TEXT, "text.name", segment.text, Certainty.GUESSED)
            return


def _bare_names(page: Page, place: int, before: RawSegment | None, segment: RawSegment, following: RawSegment) -> list[str]:
    """The names in a line, if they are signed: after its date, before its comma, or between its commas."""
    if len(segment.text) >= LONGEST_NAME:
        return []
    if (dated := _after_date(segment.text)) and _is_bare(name := name_part(dated).split(",", 1)[0].strip()):
        return [] if is_common(name, page) or _leads_elsewhere(segment) else clean_names(name)
    listed = [part.strip() for part in segment.text.split(",")]
    if len(listed) > 1 and all(map(_is_bare, listed)):
        return [] if any(is_common(name, page) for name in listed) or _leads_elsewhere(segment) else listed
    name = name_part(segment.text).split(",", 1)[0].strip()
    return clean_names(name) if _is_bare(name) and _is_signed(page, place, before, segment, following, name) else []


def _is_bare(name: str) -> bool:
    """Whether a text may be a person's name where only its place says so: in a script without capitals any word looks like one."""
    particles = (word for word in name.split() if word.islower())
    is_name = looks_like_person(name) and all(len(word) <= _LONGEST_PARTICLE for word in particles)
    return is_name and not is_named_as_organization(name) and name.lower() != name.upper()


def _after_date(text: str) -> str | None:
    """What follows the date, or dates, at the beginning of a line: anything after a sign, else two words, since tags may follow too."""
    found = list(dates_in(text, False)) if text[:1].isdigit() or _MONTH_DAY.match(text) else []
    if not found or found[0].before:
        return None
    rest = text[len(text) - len(found[-1].after) :].strip()
    name = rest.lstrip(_MARKS)
    return name if name != rest or len(name_part(name).split()) == 2 else None


def _is_date_line(segment: RawSegment | None) -> bool:
    """Whether a short line begins with a date, or has little beside it, such as "Updated"."""
    text = segment.text if segment else ""
    if len(text) > _SHORT_LINE or not _DATE_OR_SIGN.search(text):
        return False
    return any(dated.rest <= _BESIDE_DATE or not dated.before.strip() for dated in dates_in(text, False))


def _lines_after(page: Page, place: int, most: int) -> list[RawSegment]:
    """The first lines below the headline that have text; icons stand between them."""
    return [segment for segment in page.segments[place + 1 : place + 1 + _CLOSE_TO_TITLE] if len(segment.text) > 1][:most]


def _desk(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """A line between headline and text that is a team's or a desk's name."""
    place = page.title_place
    if place is None:
        return
    for segment in _lines_after(page, place, _RIGHT_AFTER_TITLE):
        if segment.tag == "p" and len(segment.text) > _LONGEST_PARAGRAPH:
            return
        is_desk = len(segment.text) <= _SHORT_LINE and _DESK.search(segment.text) and looks_like_desk(segment.text)
        if is_desk and not _leads_elsewhere(segment):
            yield Candidate((as_author(segment.text),), EvidenceSource.TEXT, "text.desk", segment.text, Certainty.GUESSED)
            return


def _is_signed(page: Page, place: int, before: RawSegment | None, segment: RawSegment, following: RawSegment, name: str) -> bool:
    """Whether something beside a line with a name says that it is the author's."""
    if _DATED.match(segment.text, len(name)) or has_credential(segment.text, name):
        return not _leads_elsewhere(segment)
    if len(name) != len(segment.text) or is_common(name, page):
        return False
    if any(_is_about(other.text, name) for other in page.segments[place:] if other.text.startswith(name)):
        return True
    begins_text = segment.tag == "p" and following.tag == "p" and len(following.text) > _LONGEST_PARAGRAPH
    is_titled = len(following.text) <= _SHORT_LINE and is_role(following.text)
    return (begins_text or is_titled or _is_date_line(following) or _is_date_line(before)) and not _leads_elsewhere(segment)


def _leads_elsewhere(segment: RawSegment) -> bool:
    """Whether the line is a link that leads to no page about a person: then it is a section's name, say."""
    return any(is_page_link(link.href) and not _PROFILE_PATH.search(link.href) for link in segment.links)


def is_common(name: str, page: Page) -> bool:
    """Whether the page also has the last word of the name, or all of them, in small letters: then it is no name."""
    parts = [part.lower() for part in name.split() if part.lower() != part]
    if not parts:
        return False
    found = set()
    for segment in page.segments:
        found.update([part for part in parts if part in segment.text and _has_word(segment.text, part)])
        if parts[-1] in found or found.issuperset(parts):
            return True
    return False


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _is_about(text: str, name: str) -> bool:
    """Whether a text tells the work of a person: "Ann Lee is a writer"."""
    told = _TELLS.match(text, len(name)) if len(text) > _FEWEST_TEXT and text.startswith(name) else None
    return told is not None and is_role(text[told.end() : told.end() + _ROLE_REACH])


def _signature(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    """The name below the article, or linked as its author's, where the whole page names only one."""
    for rule, found in (("link.author", _all_linked(page)), ("text.signature", _all_signed(page)), ("text.bio", _all_described(page))):
        if len({fold(raw) for raw, _, _ in found}) == 1:
            _, authors, raw = found[0]
            if authors:
                yield Candidate(authors, EvidenceSource.TEXT, rule, raw, Certainty.INFERRED)


def _all_linked(page: Page) -> list[tuple[str, tuple[Author, ...], str]]:
    linked = (segment for segment in page.segments if segment.links and any(map(_REL, segment.links)))
    return [(author.name, (author,), segment.text) for segment in linked for author in _linked_authors(segment, page)]


def _all_signed(page: Page) -> list[tuple[str, tuple[Author, ...], str]]:
    """All that sign, persons or not: where a page has several signatures, they may be those of comments or other articles."""
    found = []
    for segment in page.segments:
        if segment.text[:1] in _SIGNED_INITIALS and len(segment.text) < _LONGEST_SIGNATURE and (match := _SIGNED.match(segment.text)):
            signed = clean_names(name_part(segment.text[match.end() :]))
            if signed and (looks_like_name(signed[0]) or looks_like_person(signed[0])):
                is_told = match[0].lower().rstrip().endswith("by") and len(signed) == 1  # so that half a name will do
                authors = tuple(as_author(name) for name in signed if (is_told or _is_person(name, page)) and not looks_like_desk(name))
                found.append((signed[0], authors, segment.text))
    return found


def _all_described(page: Page) -> list[tuple[str, tuple[Author, ...], str]]:
    """The names in lines of their own, below the headline, that the next line says something about: "Ann Lee" above "Ann is a writer"."""
    found = []
    for segment, following in pairwise(page.segments[page.title_place or 0 :]):
        name = segment.text
        is_name = len(name) <= _LONGEST_PERSON and len(following.text) > _FEWEST_TEXT and _is_bare(name) and not segment.node.facts & NAV
        if is_name and any(_is_about(following.text, part) for part in (name, *name.split())) and not is_common(name, page):
            found.append((name, tuple(map(as_author, clean_names(name))), following.text))
    return found


_RULES: tuple[Rule[tuple[Author, ...]], ...] = (_json_ld, _meta, _microdata, _author_links, _told, _marked, _labelled)
_FALLBACKS: tuple[Rule[tuple[Author, ...]], ...] = (_bare_name, _signature, _desk)


# --- The visible by-line


def _told_authors(segment: RawSegment, page: Page, label: str) -> Iterator[Author]:
    """The authors in a line with words such as "By" in it, or below a line that is nothing but these words."""
    start = after_by(segment.text, visible=True) or _after_by_inside(segment.text)
    if not start and not is_by(label):
        yield from (as_author(name) for name in _KOREAN.findall(segment.text) if len(segment.text) <= _SHORT_LINE)
        return
    text = _OTHERS.split(segment.text[start:], maxsplit=1)[0]
    linked = _told_links(segment, text)
    for link in linked:
        yield from (_linked(name, link.href, page) for name in clean_names(name_part(link.text)))
    if not linked:
        is_line = len(segment.text) <= _SHORT_LINE
        for name in clean_names(name_part(text)):
            if looks_like_person(name) or looks_like_name(name) or (is_line and (looks_like_desk(name) or _is_account_line(segment, name))):
                yield as_author(name)


def _is_account_line(segment: RawSegment, name: str) -> bool:
    """Whether a line is nothing but "by" and an account's name: "by annlee"."""
    return is_account(name) and segment.text.lower() == f"by {name.lower()}" and not has_label_word(name)


def _told_links(segment: RawSegment, text: str) -> list[RawLink]:
    """The links that are names. Where some lead to persons' pages, others are sections; one may begin the text, or all are sections."""
    linked = [link for link in segment.links if link.text and link.text in text and _is_author_link(link, expected=True)]
    profiles = [link for link in linked if _PROFILE_PATH.search(link.href)]
    return profiles or (linked if linked and text.startswith(linked[0].text) else [])


def _marked_authors(segment: RawSegment, page: Page) -> Iterator[Author]:
    marked = _is_marked(segment)
    if _POST_CODE.search(segment.text):
        return
    text = _OTHERS.split(segment.text, maxsplit=1)[0]
    linked = [link for link in segment.links if link.text and link.text in text]
    named = [link for link in linked if _is_author_link(link, marked) or _is_whole(link, segment)]
    for link in named:
        is_profile = _PROFILE_PATH.search(link.href) is not None
        for name in clean_names(name_part(link.text)):
            if is_profile or (name.lower() != name.upper() and _is_person(name, page)):
                yield _linked(name, link.href, page)
    if marked and not named and not _leads_elsewhere(segment):
        yield from (as_author(name) for name in clean_names(name_part(text)) if _is_person(name, page))


def _is_marked(segment: RawSegment) -> bool:
    node = segment.node
    return bool(node.own & _AUTHOR_TOPIC or (node.parent is not None and node.parent.own & _AUTHOR_TOPIC))


def _is_person(name: str, page: Page) -> bool:
    return looks_like_person(name) and not is_common(name, page)


def _is_whole(link: RawLink, segment: RawSegment) -> bool:
    """Whether a line is nothing but a link to the page about a desk or a person, as its path says."""
    if link.text != segment.text or _PROFILE_PATH.search(link.href) is None or not is_page_link(link.href):
        return False
    name = name_part(without_by(link.text))
    return looks_like_desk(name) or looks_like_person(name)


def _after_by_inside(text: str) -> int:
    match = _BY_INSIDE.match(text) if _DATE_OR_SIGN.search(text, 0, _LONGEST_DATE) else None
    match = match or (_WRITTEN_BY.search(text) if "by" in text.lower() else None)
    return match.end() if match else 0


def _is_author_link(link: RawLink, expected: bool) -> bool:
    """Whether a link names an author: a person's name in a by-line, or any name that leads to a page about a person."""
    is_profile = _PROFILE_PATH.search(link.href) is not None
    if not (is_profile or expected) or not is_page_link(link.href):
        return False
    name = name_part(without_by(link.text))
    return looks_like_person(name) or (is_profile and expected and (looks_like_name(name) or looks_like_desk(name)))


# --- Profiles


def _linked(name: str, href: str, page: Page) -> Author:
    return as_author(name, _profile(href, page), is_organization=_SYSTEM_PATH.search(href) is not None)


def _profile(href: str | None, page: Page) -> str | None:
    return resolve(href, page.base) if href and is_page_link(href) else None


def _with_urls(authors: tuple[Author, ...], page: Page) -> tuple[Author, ...]:
    """The authors, with the pages that by-lines near the headline link their names to."""
    names = {folded: folded.split()[-1] for author in authors if not author.url and (folded := fold(author.name))}
    if not names:
        return authors
    links: dict[str, str] = {}
    for link in [link for segment in page.near_title for link in segment.links]:
        text = link.text.casefold()
        # Nearly all are others, and quickly told.
        if any(word in text for word in names.values()):
            links[fold(without_by(link.text))] = link.href
    return tuple(author if author.url else attrs.evolve(author, url=_profile(links.get(fold(author.name)), page)) for author in authors)
