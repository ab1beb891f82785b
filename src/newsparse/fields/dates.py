"""When the article was published and last changed, as exactly as the page states it, and in a zone only where it states one.

The sources in order: JSON-LD, ``<meta>``, microdata, ``<time>``, a date written out near the headline, and last the URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs

from newsparse.document.metadata import TimeTag
from newsparse.document.segments import ASIDE, CAPTION, FIGURE, FOOTER, HIDDEN, NAV, RawSegment
from newsparse.fields.evidence import Candidate, Found, Page, Rule, candidates, choose, find, meta_source, texts
from newsparse.model import Certainty, DatePrecision, EvidenceSource
from newsparse.text import clean, words

FIRST_YEAR, LAST_YEAR = 1990, 2100

_PUBLISHED_KEYS = ("datePublished", "dateCreated")
_MODIFIED_KEYS = ("dateModified",)
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "article:post_date",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.available",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.date",
    "dcterms.date",
    "citation_online_date",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "originalpublicationdate",
    "article_date_original",
    "iso-8601-publish-date",
    "mediator_published_time",
    "rnews:datepublished",
    "article.published",
    "article.created",
    "article.origdate",
    "bt:pubdate",
    "prism.publicationdate",
    "displaydate",
    "date",
    "created",
    "timestamp",
)
_MODIFIED_NAMES = (
    "article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "article:modified",
    "article:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "last-modified",
    "lastmodified",
    "last_modified",
    "lastmod",
    "article.updated",
    "last-updated",
    "lastupdated",
    "modified",
    "revised",
    "date.modified",
    "utime",
)
# Only these are known to carry seconds since 1970; elsewhere a bare number is an identifier more often than a date.
_EPOCH_NAMES = words(
    "article:modified_time article:published_time datecreated datemodified datepublished og:updated_time publish_date published_date"
    " timestamp utime"
)
# Names that sites make up: "w-published-date", "article-publishtime", "published".
_PUBLISHED_NAME = re.compile(r"(?:^|[._:-])(?:date|time)?[._-]?(?:pub|published|publish|publication)[._-]?(?:date|time|on|at)?$")

_YMD = r"(?P<year>\d{4})(?P<separator>[-/.])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})"
_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"\s*(?P<zone>(?:UTC|GMT)?[+-]\d{2}:?\d{2}(?::?\d{2})?|(?:UTC|GMT)?[+-]\d{1,2}\b|Z\b|UTC\b|GMT\b)?"
_TIME = rf"(?:(?:\s*,?\s*(?:T|t|at|@|-|\|)?\s*){_CLOCK}{_ZONE})?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = re.compile(rf"\s*{_YMD}(?!\d){_TIME}")
_COMPACT = re.compile(
    r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*\Z"
)
# "Fri, 03 May 2024 10:00:00 +0200", "3 May 2024", "3rd of May, 2024"; and then
# "Fri May 03 2024 10:00:00 GMT+0200 (CEST)", "May 3, 2024 at 4:05 PM".
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?:of\s+)?{_MONTH_NAME}[\s,-]+(?P<year>\d{{4}})(?!\d){_TIME}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d){_TIME}", re.IGNORECASE)
# "Fri May 03 10:00:00 2024", as C's asctime writes it.
_YEAR_LAST = re.compile(
    rf"\b{_MONTH_NAME}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})(?P<zone>\s[A-Z]{{3}})?\s+(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
# Dots stand between day, month and year in this order wherever they are used.
_DOTTED = re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}})(?![\d.]){_TIME}")
_YEAR_FIRST = re.compile(rf"\b(?P<year>\d{{4}})\s+{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?!\d)", re.IGNORECASE)
_IDEOGRAPHIC = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
    r"(?:\s*[(（][^()（）]{1,3}[)）])?(?:\s*(?P<hour>\d{1,2})\s?[:時时시]\s?(?P<minute>\d{2}))?"
)
# Day and month in an order that only the numbers or the page's language can tell.
_SLASHED = re.compile(
    rf"(?<![\d/])(?P<first>\d{{1,2}})(?P<mark>[/-])(?P<other>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d{{2}})(?![\d/]){_TIME}"
)
_PATTERNS = (_ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _YEAR_LAST, _DOTTED, _IDEOGRAPHIC, _SLASHED)
_VISIBLE_PATTERNS = (
    re.compile(rf"(?<![\d./-]){_YMD}(?!\d){_TIME}"),
    _DAY_FIRST,
    _MONTH_FIRST,
    _YEAR_FIRST,
    _DOTTED,
    _IDEOGRAPHIC,
    _SLASHED,
)
# Where English is written with the day first; elsewhere in English, the month is.
_DAY_FIRST_REGIONS = words("AU GB IE IN KE MY NG NZ PK SG UK ZA")
_DAY_FIRST_HOSTS = (".uk", ".au", ".ie", ".in", ".nz", ".za", ".sg", ".ng", ".ke", ".pk", ".my", ".eu")
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d+)?\s*\Z")
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")

_URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d{2})(?P<separator>[/-]?)(?P<month>\d{2})(?P=separator)(?P<day>\d{2})(?=\D|\Z)")
_PUBLISHED_HINT = re.compile(r"publish|pubdate|posted|entry-date|post-date|article-date|dateline|created|datum|fecha", re.IGNORECASE)
_MODIFIED_HINT = re.compile(r"updat|modif|chang|edit(?:ed|iert)|aktuali|actuali|mise-a-jour|aggiorn", re.IGNORECASE)
_UPDATED_TEXT = re.compile(
    r"\b(?:updated|modified|edited|revised|reviewed|aktualisiert|actualizado|actualisé|mis à jour|aggiornato|bijgewerkt|oppdatert"
    r"|uppdaterad|обновлено)\b",
    re.IGNORECASE,
)
_PUBLISHED_TEXT = re.compile(
    r"\b(?:published|posted|created|date|datum|fecha|veröffentlicht|publicado|publié|pubblicato|gepubliceerd|publisert|publicerad|опубликовано)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_DATE = 200
_LONGEST_DATE_LINE = 160
# How much else an unlabelled line with a date may say: a name, a section, a reading time.
_MOST_BESIDE_DATE = 40
_LABEL_REACH = 25
_LONGEST_BARE_DATE = 50


@attrs.frozen
class Stamp:
    """A moment, and how exactly the page states it."""

    when: datetime
    precision: DatePrecision


def find_published(page: Page) -> Found[Stamp] | None:
    """When the article was published."""
    found = list(candidates(page, _PUBLISHED_RULES)) or list(candidates(page, _PUBLISHED_FALLBACKS))
    shown = _shown_before(page, found)
    return choose("published", [shown, *found] if shown else found)


def _shown_before(page: Page, found: list[Candidate[Stamp]]) -> Candidate[Stamp] | None:
    """The earlier date that the page shows, where its metadata give the day of the last change for that of publication.

    A day's difference proves nothing: it may be the same moment in another zone.
    """
    if not found or found[0].source not in (EvidenceSource.JSON_LD, EvidenceSource.META, EvidenceSource.OPEN_GRAPH):
        return None
    stated = found[0].value.when.date()
    if not any(changed.value.when.date() == stated for changed in candidates(page, _STATED_MODIFIED_RULES)):
        return None
    shown = next((candidate for candidate in found if candidate.rule == "text.date"), None)
    return shown if shown and (stated - shown.value.when.date()).days > 1 else None


def find_modified(page: Page) -> Found[Stamp] | None:
    """When the article was last changed."""
    return find("modified", page, _MODIFIED_RULES)


# --- Rules


def _json_ld(page: Page, keys: Iterable[str]) -> Iterator[Candidate[Stamp]]:
    for key in keys:
        for article in page.articles:
            for raw in _json_dates(article.get(key)):
                if stamp := parse_date(raw, epoch=True, month_first=_month_first(page)):
                    yield Candidate(stamp, EvidenceSource.JSON_LD, f"json_ld.{key}", raw)


def _json_dates(value: Any) -> list[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(int(value))] if abs(value) < 1e15 else []
    return texts(value)


def _meta(page: Page, names: Iterable[str]) -> Iterator[Candidate[Stamp]]:
    for name in names:
        for raw in page.metadata.meta.get(name, ())[:1]:
            if stamp := parse_date(raw, epoch=name in _EPOCH_NAMES, month_first=_month_first(page)):
                yield Candidate(stamp, meta_source(name), f"meta.{name}", raw)


def _other_meta(page: Page) -> Iterator[Candidate[Stamp]]:
    yield from _meta(page, [name for name in page.metadata.meta if _PUBLISHED_NAME.search(name)])


def _microdata(page: Page, name: str) -> Iterator[Candidate[Stamp]]:
    for item in page.metadata.properties:
        if item.name == name.lower() and item.scope == 0 and (stamp := parse_date(item.value, epoch=True, month_first=_month_first(page))):
            yield Candidate(stamp, EvidenceSource.MICRODATA, f"microdata.{name}", item.value)


def _times(page: Page, wanted: str) -> Iterator[Candidate[Stamp]]:
    for tag in page.metadata.times:
        if _purpose(tag) == wanted and (found := _time_stamp(tag, page)):
            stamp, raw = found
            yield Candidate(stamp, EvidenceSource.MARKUP, "markup.time", raw, Certainty.STATED if tag.itemprop else Certainty.INFERRED)


def _purpose(tag: TimeTag) -> str:
    """What a ``<time>`` dates: the article's publication or change, or what it does not say."""
    if tag.itemprop:
        return {"datepublished": "published", "datecreated": "published", "datemodified": "modified"}.get(tag.itemprop, "other")
    if tag.within in ("aside", "footer"):
        return "other"
    if _MODIFIED_HINT.search(tag.hint) and not _PUBLISHED_HINT.search(tag.hint):
        return "modified"
    if _PUBLISHED_HINT.search(tag.hint):
        return "published"
    return "unsaid" if tag.after_title or tag.within else "other"


def _time_stamp(tag: TimeTag, page: Page) -> tuple[Stamp, str] | None:
    for raw in (tag.datetime, tag.text):
        if stamp := parse_date(raw, epoch=raw is tag.datetime, month_first=_month_first(page)):
            return stamp, raw
    return None


def _first_time(page: Page) -> Iterator[Candidate[Stamp]]:
    for tag in page.metadata.times:
        if _purpose(tag) == "unsaid" and (found := _time_stamp(tag, page)):
            yield Candidate(found[0], EvidenceSource.MARKUP, "markup.time", found[1], Certainty.INFERRED)
            return


def _visible(page: Page, modified: bool) -> Iterator[Candidate[Stamp]]:
    """A date in a short line near the headline that says little else, and in no caption."""
    month_first = _month_first(page)
    for segment in page.near_title:
        if _may_hold_date(segment) and not segment.node.facts & (FIGURE | CAPTION | HIDDEN):
            for stamp, before, rest in dates_in(segment.text, month_first):
                if _is_update(before) == modified and (_is_labelled(before) or rest <= _MOST_BESIDE_DATE):
                    yield Candidate(stamp, EvidenceSource.TEXT, "text.date", segment.text, Certainty.INFERRED)


def _may_hold_date(segment: RawSegment) -> bool:
    return len(segment.text) <= _LONGEST_DATE_LINE and _YEAR.search(segment.text) is not None


def _labelled(page: Page) -> Iterator[Candidate[Stamp]]:
    """The first date on the page that a word such as "published" introduces."""
    for segment in page.segments:
        if _may_hold_date(segment) and _PUBLISHED_TEXT.search(segment.text):
            for stamp, before, _ in dates_in(segment.text, _month_first(page)):
                if _is_labelled(before) and not _is_update(before):
                    yield Candidate(stamp, EvidenceSource.TEXT, "text.published", segment.text, Certainty.INFERRED)
                    return


def _only_date(page: Page) -> Iterator[Candidate[Stamp]]:
    """The date that fills a line of its own, where the page's text has no line with another one."""
    found = []
    for segment in page.segments:
        if (
            len(segment.text) <= _LONGEST_BARE_DATE
            and _may_hold_date(segment)
            and not segment.links
            and not segment.node.facts & (NAV | ASIDE | FOOTER | HIDDEN)
        ):
            found += [(stamp, segment.text) for stamp, _, rest in dates_in(segment.text, _month_first(page)) if rest <= 3]
    if len({stamp.when.date() for stamp, _ in found}) == 1:
        yield Candidate(found[0][0], EvidenceSource.TEXT, "text.only_date", found[0][1], Certainty.GUESSED)


def _is_update(before: str) -> bool:
    updated = max((match.end() for match in _UPDATED_TEXT.finditer(before)), default=-1)
    return updated > max((match.end() for match in _PUBLISHED_TEXT.finditer(before)), default=-1)


def _is_labelled(before: str) -> bool:
    """Whether the words right before a date say what it dates."""
    return bool(_UPDATED_TEXT.search(before[-_LABEL_REACH:]) or _PUBLISHED_TEXT.search(before[-_LABEL_REACH:]))


def _url(page: Page) -> Iterator[Candidate[Stamp]]:
    match = _URL_DATE.search(page.url or "")
    if match and (stamp := _stamp(match)):
        yield Candidate(stamp, EvidenceSource.URL, "url.date", match[0], Certainty.GUESSED)


_PUBLISHED_RULES: tuple[Rule[Stamp], ...] = (
    lambda page: _json_ld(page, _PUBLISHED_KEYS),
    lambda page: _meta(page, _PUBLISHED_NAMES),
    lambda page: _microdata(page, "datePublished"),
    lambda page: _times(page, "published"),
    _first_time,
    _other_meta,
    lambda page: _visible(page, modified=False),
)
_PUBLISHED_FALLBACKS: tuple[Rule[Stamp], ...] = (_labelled, _only_date, _url)
_STATED_MODIFIED_RULES: tuple[Rule[Stamp], ...] = (lambda page: _json_ld(page, _MODIFIED_KEYS), lambda page: _meta(page, _MODIFIED_NAMES))
_MODIFIED_RULES: tuple[Rule[Stamp], ...] = (
    *_STATED_MODIFIED_RULES,
    lambda page: _microdata(page, "dateModified"),
    lambda page: _times(page, "modified"),
    lambda page: _visible(page, modified=True),
)


# --- Parsing


def parse_date(text: str, *, epoch: bool = False, month_first: bool | None = None) -> Stamp | None:
    """The moment in ``text``, in any form of ISO 8601, RFC 2822, written-out English, or numbers such as ``3.5.2024``.

    ``epoch`` allows seconds or milliseconds since 1970; ``month_first`` tells how to read ``3/5/2024``, which else is not read.
    The result is aware exactly when ``text`` states a zone, and ``None`` where there is no moment between 1990 and 2100. Never raises.

    >>> parse_date("2024-05-03T10:15+0200").when.isoformat()
    '2024-05-03T10:15:00+02:00'
    >>> parse_date("May 3, 2024").precision
    <DatePrecision.DAY: 'day'>
    """
    text = clean(text[:_LONGEST_DATE])
    if epoch and (match := _EPOCH.match(text)):
        return _from_epoch(match[1])
    for pattern in _PATTERNS:
        if (match := pattern.search(text)) and (stamp := _stamp(match, month_first)):
            return stamp
    return None


def dates_in(text: str, month_first: bool | None = None) -> Iterator[tuple[Stamp, str, int]]:
    """The dates written out in a line, each with what stands before it, and how long the line is without it."""
    found = sorted(
        ((match.start(), match.end(), match) for pattern in _VISIBLE_PATTERNS for match in pattern.finditer(text)),
        key=lambda item: item[:2],
    )
    end = 0
    for start, stop, match in found:
        if start >= end and (stamp := _stamp(match, month_first)):
            yield stamp, text[end:start], len(text) - (stop - start)
            end = stop


def _month_first(page: Page) -> bool | None:
    """Whether the page's language writes the month before the day; ``None`` for English of an unknown country."""
    raw = page.metadata.lang or page.metadata.first("og:locale") or ""
    language, _, region = raw.replace("_", "-").partition("-")
    if language.lower() not in ("en", ""):
        return False
    if region:
        return region.upper()[-2:] not in _DAY_FIRST_REGIONS
    if page.base is None or page.base.host.endswith(_DAY_FIRST_HOSTS):
        return False if page.base else None
    return True if language else None


def _from_epoch(digits: str) -> Stamp | None:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(digits.ljust(13, "0")))
    return Stamp(when, DatePrecision.SECOND) if FIRST_YEAR <= when.year <= LAST_YEAR else None


def _stamp(match: re.Match[str], month_first: bool | None = None) -> Stamp | None:
    parts = match.groupdict()
    day_and_month = _day_and_month(parts, month_first)
    hour = _hour(parts)
    if day_and_month is None:
        return None
    try:
        when = datetime(int(parts["year"]), day_and_month[1], day_and_month[0])
        if hour is not None:
            second = min(int(parts.get("second") or 0), 59)  # a leap second
            when = when.replace(hour=hour % 24, minute=int(parts["minute"]), second=second, microsecond=_micro(parts.get("fraction")))
            when = (when + timedelta(days=hour // 24)).replace(tzinfo=_zone(parts.get("zone")))
    except (ValueError, OverflowError):
        return None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        return None
    return Stamp(when, DatePrecision.DAY if hour is None else DatePrecision.SECOND if parts.get("second") else DatePrecision.MINUTE)


def _day_and_month(parts: dict[str, str | None], month_first: bool | None) -> tuple[int, int] | None:
    if name := parts.get("name"):
        return int(parts["day"] or 0), _MONTHS.index(name[:3].lower()) + 1
    if parts.get("first") is None:
        return int(parts["day"] or 0), int(parts["month"] or 0)
    first, other = int(parts["first"] or 0), int(parts["other"] or 0)
    if first > 12 or other > 12:
        return (first, other) if first > 12 else (other, first)
    if first == other:
        return first, other
    return None if month_first is None else (other, first) if month_first else (first, other)


def _hour(parts: dict[str, str | None]) -> int | None:
    """The hour of 24, or ``None`` where there is no time of day, which is written with minutes."""
    if not parts.get("hour") or not parts.get("minute"):
        return None
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "")[:1].lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour if hour <= 24 else None


def _micro(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


def _zone(text: str | None) -> timezone | None:
    """The zone of an offset. A zone's letters other than UTC are not unique, so they say nothing."""
    if not text:
        return None
    offset = _OFFSET.search(text)
    if offset:
        delta = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(-delta if offset["sign"] == "-" else delta)
    return UTC if text.strip().upper() in ("Z", "UTC", "GMT") else None
