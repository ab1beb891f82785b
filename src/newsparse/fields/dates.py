"""When the article was published and last changed, as exactly as the page states it, and in a zone only where it states one.

The sources in order: JSON-LD, ``<meta>``, microdata, ``<time>``, a date written out near the headline, and last the URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import attrs

from newsparse.document.metadata import TimeTag
from newsparse.document.segments import ARTICLE, ASIDE, CAPTION, FIGURE, FOOTER, HIDDEN, MAIN, NAV, Node, RawSegment
from newsparse.fields.evidence import Candidate, Found, Page, Rule, candidates, choose, find, meta_source, texts
from newsparse.fields.moments import Dated, Stamp, dates_in, parse_date, relative_date
from newsparse.lexicon import topic_bit
from newsparse.lexicon.dates import fold_date, month_of, pattern
from newsparse.model import Certainty, DatePrecision, EvidenceSource, Notice, NoticeCode
from newsparse.text import words

# Before this year a date is an archive's, or an error.
_OLD_YEAR = 1990

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

# Where English is written with the day first; elsewhere in English, the month is, but for Canada, where both are.
_DAY_FIRST_REGIONS = words("AU GB IE IN KE MY NG NZ PK SG UK ZA")
_EITHER_REGIONS = words("CA")
_DAY_FIRST_HOSTS = (".uk", ".au", ".ie", ".in", ".nz", ".za", ".sg", ".ng", ".ke", ".pk", ".my", ".eu")

_URL_DATE = re.compile(r"/(?P<year>(?:19|20)\d{2})(?P<separator>[/-]?)(?P<month>\d{2}|[a-z]{3,9})(?P=separator)(?P<day>\d{2})(?=\D|\Z)")
_TWO_NUMBERS = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?![\d/-])")
_PUBLISHED_HINT = re.compile(r"publish|pubdate|posted|entry-date|post-date|article-date|dateline|created|datum|fecha", re.IGNORECASE)
_MODIFIED_HINT = re.compile(r"updat|modif|chang|edit(?:ed|iert)|aktuali|actuali|mise-a-jour|aggiorn", re.IGNORECASE)
# One set of characters comes first, through which a search runs several times as fast: digits of any script are above the range's start.
_MAYBE_DATE = re.compile("[0-9\u0660-\U0010ffff](?:(?<=[年년])|(?<=\\d)\\d(?:\\d\\d|[./-]\\d\\d[./-]\\d\\d))")
_LONGEST_DATE_LINE = 160
# How much else an unlabelled line with a date may say: a name, a section, a reading time.
_MOST_BESIDE_DATE = 40
_PARTS = re.compile(r"[|·•●]")
_MOST_IN_PART = 12
_LABEL_REACH, _MOST_BESIDE_LABEL = 25, 8
_SHORTEST_DATE, _LONGEST_BARE_DATE = 6, 50
# A caption that is not marked as one.
_PICTURED = re.compile(r"(?:abbildung|beitragsbild|titelbild|bild|foto|photo|image|illustration|figure|credit)s?\s*[:：]", re.IGNORECASE)
# What stands before a date that is not the article's: an event's, a person's, an account's.
_OTHER_LABEL = re.compile(
    r"\b(?:joined|registered|founded|established|born|died|deadline|due|starts?|ends?|event|termin|beginn|ende|geboren|gegründet|mitglied"
    r"|registriert|inscrit|née?|registrado|nacido|nato|geboren op|lid sinds|since|seit|depuis|desde|dal)"
    r"(?:\s(?:date|since|on|seit|am|le|el|op))?\s?:?\s?\Z"
)
_LONGEST_RELATIVE, _FEW_LINES = 60, 8
# A page with more is a list; reading them all would cost what an attacker wants.
_MOST_TIMES = 50
# The farthest zones are not farther apart.
_ZONES_APART = timedelta(days=1)


def find_published(page: Page) -> Found[Stamp] | None:
    """When the article was published."""
    found = list(candidates(page, _PUBLISHED_RULES)) or list(candidates(page, _PUBLISHED_FALLBACKS))
    if shown := _shown_before(page, found):
        found.insert(0, shown)
    if finer := _finer(found):
        found.insert(0, finer)
    return _settle(page, choose("published", found))


def _finer(found: list[Candidate[Stamp]]) -> Candidate[Stamp] | None:
    """The first candidate that says the time of the day that the first one of all states alone."""
    if not found or found[0].value.precision is not DatePrecision.DAY:
        return None
    day = found[0].value.when.date()
    return next((other for other in found if other.value.precision is not DatePrecision.DAY and other.value.when.date() == day), None)


def find_modified(page: Page) -> Found[Stamp] | None:
    """When the article was last changed."""
    return _settle(page, find("modified", page, _MODIFIED_RULES))


def date_notices(published: Found[Stamp] | None, modified: Found[Stamp] | None, retrieved: datetime | None = None) -> tuple[Notice, ...]:
    """What is doubtful about the dates: an order of day and month that nothing tells, a date of long ago, one after the retrieval."""
    notices = []
    for field, found in (("published", published), ("modified", modified)):
        if found is None:
            continue
        stamp, raw = found.value, found.evidence.raw[:80]
        if stamp.swapped:
            message = f"{field}: {raw!r} may also mean {stamp.swapped.date()}; nothing on the page tells the order of day and month"
            notices.append(Notice(NoticeCode.DATE_AMBIGUOUS, message))
        if stamp.when.year < _OLD_YEAR:
            notices.append(Notice(NoticeCode.DATE_SUSPICIOUS, f"{field}: {raw!r} is before {_OLD_YEAR}"))
        elif retrieved and _naive(stamp.when) > _naive(retrieved) + _ZONES_APART:
            notices.append(Notice(NoticeCode.DATE_SUSPICIOUS, f"{field}: {raw!r} is after the page was retrieved"))
    return tuple(notices)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _shown_before(page: Page, found: list[Candidate[Stamp]]) -> Candidate[Stamp] | None:
    """The earlier date that the page shows under its headline, where its metadata state a later one.

    What a reader sees as the article's date was not written before the article. The metadata then give the day of the last change, of a
    move to another system, or of the last time that the whole site was published. A later date that is shown is that of a change: it
    does not count. A day's difference proves nothing: it may be the same moment in another zone. A ``<time>`` may belong to a related
    article, so it needs the metadata's own word that they mean the last change.
    """
    if not found or found[0].source not in (EvidenceSource.JSON_LD, EvidenceSource.META, EvidenceSource.OPEN_GRAPH):
        return None
    stated = found[0].value.when.date()
    is_changed = any(changed.value.when.date() <= stated for changed in candidates(page, _STATED_MODIFIED_RULES))
    rules = _SHOWN_RULES if is_changed else _SHOWN_RULES[:1]
    shown = [candidate for candidate in found if candidate.rule in rules]
    is_shown = any(abs((stated - candidate.value.when.date()).days) <= 1 for candidate in shown)
    return shown[0] if shown and not is_shown and shown[0].value.when.date() < stated else None


# --- The order of day and month


def _settle(page: Page, found: Found[Stamp] | None) -> Found[Stamp] | None:
    """What was found, with the order of its numbers settled by the page's language or by other dates on the page, if they can."""
    if found is None or (swapped := found.value.swapped) is None:
        return found
    stamp = found.value
    if _month_first(page)[1]:
        return attrs.evolve(found, value=attrs.evolve(stamp, swapped=None))
    both = {stamp.when.date(): stamp.when, swapped.date(): swapped}
    confirmed = both.keys() & _sure_days(page)
    if len(confirmed) == 1:
        return attrs.evolve(found, value=Stamp(both[confirmed.pop()], stamp.precision))
    orders = _orders(page)
    if len(orders) != 1:
        return found
    is_month_first = orders.pop()
    when = stamp.when if is_month_first == _month_first(page)[0] else swapped
    return attrs.evolve(found, value=Stamp(when, stamp.precision))


def _sure_days(page: Page) -> set[date]:
    """The days that the page and its URL state in a form that has one reading."""
    days = {found.when.date() for tag in page.metadata.times[:_MOST_TIMES] if (found := parse_date(tag.datetime)) and not found.swapped}
    for segment in page.segments:
        if _may_hold_date(segment, page):
            days |= {dated.stamp.when.date() for dated in dates_in(segment.text, False) if not dated.stamp.swapped}
    return days | {candidate.value.when.date() for candidate in _url(page)}


def _orders(page: Page) -> set[bool]:
    """Whether the numbers of other dates on the page, that have one reading, stand with the month first, with the day first, or both."""
    orders = set()
    for segment in page.segments:
        if len(segment.text) <= _LONGEST_DATE_LINE:
            for first, other in _TWO_NUMBERS.findall(segment.text):
                if (int(first) > 12) != (int(other) > 12):
                    orders.add(int(other) > 12)
    return orders


def _month_first(page: Page) -> tuple[bool, bool]:
    """Whether the page's language writes the month before the day, and whether it is sure of that."""
    raw = page.metadata.lang or page.metadata.first("og:locale") or ""
    language, _, region = raw.replace("_", "-").partition("-")
    if language.lower() not in ("en", ""):
        return False, True
    if region:
        country = region.upper()[-2:]
        return country not in _DAY_FIRST_REGIONS, country not in _EITHER_REGIONS
    if page.base is not None and page.base.host.endswith(_DAY_FIRST_HOSTS):
        return False, True
    return language != "", False


def _read(page: Page, raw: str, *, epoch: bool = False) -> Stamp | None:
    return parse_date(raw, epoch=epoch, month_first=_month_first(page)[0], language=_language(page))


def _language(page: Page) -> str:
    return (page.metadata.lang or "")[:2].lower()


# --- Rules


def _json_ld(page: Page, keys: Iterable[str]) -> Iterator[Candidate[Stamp]]:
    for key in keys:
        for article in page.articles:
            for raw in _json_dates(article.get(key)):
                if stamp := _read(page, raw, epoch=True):
                    yield Candidate(stamp, EvidenceSource.JSON_LD, f"json_ld.{key}", raw)


def _json_dates(value: Any) -> list[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(int(value))] if abs(value) < 1e15 else []
    return texts(value)


def _meta(page: Page, names: Iterable[str]) -> Iterator[Candidate[Stamp]]:
    for name in names:
        for raw in page.metadata.meta.get(name, ())[:1]:
            if stamp := _read(page, raw, epoch=name in _EPOCH_NAMES):
                yield Candidate(stamp, meta_source(name), f"meta.{name}", raw)


def _other_meta(page: Page) -> Iterator[Candidate[Stamp]]:
    yield from _meta(page, [name for name in page.metadata.meta if _PUBLISHED_NAME.search(name)])


def _microdata(page: Page, name: str) -> Iterator[Candidate[Stamp]]:
    for item in page.metadata.properties:
        if item.name == name.lower() and item.scope == 0 and (stamp := _read(page, item.value, epoch=True)):
            yield Candidate(stamp, EvidenceSource.MICRODATA, f"microdata.{name}", item.value)


def _times(page: Page, wanted: str) -> Iterator[Candidate[Stamp]]:
    for tag in page.metadata.times[:_MOST_TIMES]:
        if _purpose(tag) == wanted and (found := _time_stamp(tag, page)):
            stamp, raw = found
            yield Candidate(
                stamp, EvidenceSource.MARKUP, f"markup.time.{wanted}", raw, Certainty.STATED if tag.itemprop else Certainty.INFERRED
            )


def _purpose(tag: TimeTag) -> str:
    """What a ``<time>`` dates: the article's publication or change, or what it does not say."""
    if tag.within == "comments":
        return "other"
    if tag.itemprop:
        return {"datepublished": "published", "datecreated": "published", "datemodified": "modified"}.get(tag.itemprop, "other")
    if tag.within in ("aside", "footer", "article footer"):
        return "other"
    if _MODIFIED_HINT.search(tag.hint) and not _PUBLISHED_HINT.search(tag.hint):
        return "modified"
    if _PUBLISHED_HINT.search(tag.hint):
        return "published"
    return "unsaid" if tag.after_title or tag.within else "other"


def _time_stamp(tag: TimeTag, page: Page) -> tuple[Stamp, str] | None:
    for raw in (tag.datetime, tag.text):
        if stamp := _read(page, raw, epoch=raw is tag.datetime):
            return stamp, raw
    return None


def _first_time(page: Page) -> Iterator[Candidate[Stamp]]:
    """The first ``<time>`` in an article or after the headline, else the first in a header before it."""
    for tag in sorted(page.metadata.times[:_MOST_TIMES], key=lambda tag: not tag.after_title and tag.within != "article"):
        if _purpose(tag) == "unsaid" and (found := _time_stamp(tag, page)):
            yield Candidate(found[0], EvidenceSource.MARKUP, "markup.time", found[1], Certainty.INFERRED)
            return


def _only_time(page: Page) -> Iterator[Candidate[Stamp]]:
    """The ``<time>`` of a page on which all that are not those of comments are of one day."""
    tags = [tag for tag in page.metadata.times[:_MOST_TIMES] if tag.within not in ("comments", "aside", "footer") and not tag.itemprop]
    found = [stamp for tag in tags if not _MODIFIED_HINT.search(tag.hint) and (stamp := _time_stamp(tag, page))]
    if len({stamp.when.date() for stamp, _ in found}) == 1:
        yield Candidate(found[0][0], EvidenceSource.MARKUP, "markup.only_time", found[0][1], Certainty.GUESSED)


def _visible(page: Page, modified: bool) -> Iterator[Candidate[Stamp]]:
    """A date in a short line near the headline that says little else, and in no caption or comment."""
    month_first, language = _month_first(page)[0], _language(page)
    before: RawSegment | None = None
    for segment in page.near_title:
        if _may_hold_date(segment, page) and not _is_aside(segment, page):
            for dated in dates_in(segment.text, month_first, language):
                label = _label(dated) or _label_above(before, dated)
                most_beside = _MOST_BESIDE_DATE + _links_beside(segment)
                is_plain = dated.stamp.when.year >= _OLD_YEAR and _is_apart(dated, most_beside, _MOST_IN_PART) and not _is_of_another(dated)
                if (label == "updated") == modified and (label or is_plain):
                    yield Candidate(dated.stamp, EvidenceSource.TEXT, "text.date", segment.text, Certainty.INFERRED)
        before = segment


def _links_beside(segment: RawSegment) -> int:
    """How long the links in a line of facts are: names, sections and tags. A line that is a link as a whole is a teaser."""
    return segment.link_chars if segment.link_chars < len(segment.text) - _SHORTEST_DATE else 0


def _is_of_another(dated: Dated) -> bool:
    """Whether the words before a date say that it is of an event, a person or an account."""
    return _OTHER_LABEL.search(dated.before) is not None


def _label_above(before: RawSegment | None, dated: Dated) -> str | None:
    """What the line before a date says, where it is nothing but a label and the date is the next line's beginning."""
    if before is None or len(before.text) > _LABEL_REACH or dated.before.strip():
        return None
    text = fold_date(before.text)
    match = _labels().search(text)
    return match.lastgroup if match and len(text) - len(match[0]) <= _MOST_BESIDE_LABEL else None


def _is_apart(dated: Dated, most_beside: int, most_in_part: int) -> bool:
    """Whether little stands beside a date: in its line up to the next label, or between the bars and dots that part a line of facts."""
    label = _labels().search(dated.after)
    rest = len(dated.after) - label.start() if label else 0
    if dated.rest - rest <= most_beside:
        return True
    before, after = _PARTS.split(dated.before), _PARTS.split(dated.after[: label.start() if label else None])
    return len(before) + len(after) > 2 and len(before[-1].strip()) + len(after[0].strip()) <= most_in_part


def _may_hold_date(segment: RawSegment, page: Page) -> bool:
    if len(segment.text) > _LONGEST_DATE_LINE or _MAYBE_DATE.search(segment.text) is None:
        return False
    return _PICTURED.match(segment.text) is None and not _is_in_comments(segment.node, page)


def _is_in_comments(node: Node, page: Page) -> bool:
    """Whether a block around a line is named as comments are. One that holds the headline too, such as ``no-comments``, says nothing.

    Nor does the line's own name: a line of facts may be named after the number of comments in it.
    """
    topic, place = topic_bit("comments"), page.title_place
    if not node.tokens & topic:
        return False
    above = node.parent
    while above is not None and not (place is not None and above.first <= place < above.end):
        if above.own & topic:
            return True
        above = above.parent
    return False


def _labelled(page: Page) -> Iterator[Candidate[Stamp]]:
    """The first date on the page that a word such as "published" introduces."""
    for before, segment in pairwise((None, *page.segments)):
        if segment and _may_hold_date(segment, page):
            for dated in dates_in(segment.text, _month_first(page)[0], _language(page)):
                if (_label(dated) or _label_above(before, dated)) == "published":
                    yield Candidate(dated.stamp, EvidenceSource.TEXT, "text.published", segment.text, Certainty.INFERRED)
                    return


def _only_date(page: Page) -> Iterator[Candidate[Stamp]]:
    """The date that fills a line of its own, where the page's text has no line with another one."""
    found = []
    for before, segment in pairwise((None, *page.segments)):
        if (
            segment
            and len(segment.text) <= _LONGEST_BARE_DATE
            and _may_hold_date(segment, page)
            and not segment.links
            and not segment.node.facts & (NAV | ASIDE | FOOTER | HIDDEN)
        ):
            dates = dates_in(segment.text, _month_first(page)[0], _language(page))
            bare = (dated for dated in dates if _is_apart(dated, 3, 3) and (_label(dated) or _label_above(before, dated)) != "updated")
            found += [(dated.stamp, segment.text) for dated in bare]
    if len({stamp.when.date() for stamp, _ in found}) == 1 and found[0][0].when.year >= _OLD_YEAR:
        yield Candidate(found[0][0], EvidenceSource.TEXT, "text.only_date", found[0][1], Certainty.GUESSED)


def _label(dated: Dated) -> str | None:
    """Whether the words beside a date say that it is of the publication or of an update; ``None`` where they say neither."""
    opening = _labels().match(dated.before)
    last = opening.lastgroup if opening else None
    for match in _labels().finditer(dated.before[-_LABEL_REACH:]):
        last = match.lastgroup
    after = _labels_after().match(dated.after) if "\u3040" <= dated.after[:1] <= "\u9fff" else None
    return last or (after.lastgroup if after else None)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(f"(?P<updated>{pattern('updated')})|(?P<published>{pattern('published')})")


@cache
def _labels_after() -> re.Pattern[str]:
    """The labels that Japanese and Chinese write onto a date's end."""
    return re.compile(f"(?:{_labels().pattern})(?!\\w|[:：])")


def _relative(page: Page) -> Iterator[Candidate[Stamp]]:
    """A moment seen from when the page was fetched, in a short line near the headline or in a ``<time>``."""
    if page.retrieved is None:
        return
    lines = [
        segment.text for segment in page.near_title[:_FEW_LINES] if not (_is_aside(segment, page) or _is_in_comments(segment.node, page))
    ]
    lines += [tag.text for tag in page.metadata.times[:_MOST_TIMES] if _purpose(tag) in ("published", "unsaid")]
    for line in lines:
        if len(line) <= _LONGEST_RELATIVE and (stamp := relative_date(line, page.retrieved)):
            yield Candidate(stamp, EvidenceSource.TEXT, "text.relative", line, Certainty.INFERRED)


def _is_aside(segment: RawSegment, page: Page) -> bool:
    """Whether a line near the headline is in a picture's caption, hidden, or in a box that stands before what the headline is in.

    A page that hides all of its text until a script has run has its by-line hidden too; and a by-line may be an aside of its own.
    """
    around = 0 if page.title_place is None else page.segments[page.title_place].node.facts
    facts = segment.node.facts & ~around
    if facts & (FIGURE | CAPTION | HIDDEN):
        return True
    is_before = segment.node.first < (page.title_place or 0)
    return is_before and bool(facts & (NAV | ASIDE)) and not segment.node.facts & (around & (ARTICLE | MAIN) or ARTICLE | MAIN)


def _url(page: Page) -> Iterator[Candidate[Stamp]]:
    match = _URL_DATE.search((page.url or "").lower())
    if not match:
        return
    month = match["month"]
    number = int(month) if month.isdecimal() else month_of(month, "en") or 0
    if stamp := parse_date(f"{match['year']}-{number:02}-{int(match['day']):02}"):
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
_PUBLISHED_FALLBACKS: tuple[Rule[Stamp], ...] = (_relative, _labelled, _only_time, _only_date, _url)
# What the reader sees near the headline.
_SHOWN_RULES = ("text.date", "markup.time.published")
_STATED_MODIFIED_RULES: tuple[Rule[Stamp], ...] = (lambda page: _json_ld(page, _MODIFIED_KEYS), lambda page: _meta(page, _MODIFIED_NAMES))
_MODIFIED_RULES: tuple[Rule[Stamp], ...] = (
    *_STATED_MODIFIED_RULES,
    lambda page: _microdata(page, "dateModified"),
    lambda page: _times(page, "modified"),
    lambda page: _visible(page, modified=True),
)
