"""Text to moments: dates as pages write them, in numbers and in the words of many languages, with the time beside them.

A date's calendar is told by its year: 1403 is Jalali, 2567 Buddhist. Order of the numbers is told by their size and by the language;
where neither tells, the other reading is kept as ``swapped`` for those who know more of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache

import attrs

from newsparse.lexicon.dates import doubles, fold_date, is_in, month_of, pattern, second_names, spans
from newsparse.model import DatePrecision
from newsparse.text import MARKS, clean

FIRST_YEAR, LAST_YEAR = 1800, 2100
LONGEST_DATE = 200

_LETTER = r"[^\W\d_]"
_NAME = rf"(?P<name>{_LETTER}(?:{_LETTER}|[{MARKS}]|[.’'](?={_LETTER})){{1,20}}(?:[\s/]{second_names()}|/{_LETTER}{{2,12}})?)"
_JOINTS = pattern("joints")
_BETWEEN = rf"[\s.,،/–-]{{0,3}}(?:{_JOINTS}[\s.,]{{0,2}}){{0,2}}"
_ORDINAL = r"(?:\.|\s?-?(?:st|nd|rd|th|er|re|ere|eme|e|a|o|ro|го|и|е|η)(?!\w))?"
_YEAR = r"['’]?(?P<year>\d{4})(?!\d)"
_DAY = rf"(?<![\d.:/])(?P<day>\d{{1,2}}){_ORDINAL}"
# "3 May 2024", "3 de mayo de 2024", "3พฤษภาคม 2567"; "May 3rd, 2024"; "2024. május 3.", "2024 m. gegužės 3 d."; "2024. gada 3. maijs".
_DAY_FIRST = re.compile(rf"{_DAY}{_BETWEEN}{_NAME}\.?{_BETWEEN}{_YEAR}")
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_]){_NAME}\.?\s{{1,2}}(?P<day>\d{{1,2}})(?!\d){_ORDINAL}(?:[\s.,،]{{1,3}}|(?<=\.)){_JOINTS}?\s?{_YEAR}"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})(?:[\s.,]|e?ko(?!\w)|m\.|г\.)*{_NAME}[\s.]+(?P<day>\d{{1,2}})(?!\d)(?:\s?d\.|-?[ae]n(?!\w)|a(?!\w))?"
)
_LATVIAN = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.?\s?gada\s(?P<day>\d{{1,2}})\.?\s{_NAME}")
# "ngày 3 tháng 5 năm 2024" and "tháng 5 3, 2024", folded: Vietnamese months are numbers.
_VIETNAMESE = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s?(?:thang|thg|th)\.?\s?(?P<month>\d{1,2})[\s,/-]*(?:nam\s?)?(?P<year>\d{4})(?!\d)")
_VIETNAMESE_US = re.compile(r"\bthang\s(?P<month>\d{1,2})\s(?P<day>\d{1,2}),\s(?P<year>\d{4})(?!\d)")
_IDEOGRAPHIC = re.compile(
    r"(?:(?P<era>令和|平成|昭和|民國|民国)\s?(?P<count>\d{1,3}|元)|(?<!\d)(?P<year>\d{4}))\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]?"
)
# "2024-05-03", "2024. 5. 3.", "2024/05/03"; "3.5.2024", "3. 5. 2024"; day and month in an order that only the language can tell.
_ISO = re.compile(r"(?<![\d./-])(?P<year>\d{4})\s?(?P<mark>[-/.–])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})(?!\d)\.?")
_DOTTED = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?![\d.]*\d)")
_SLASHED = re.compile(r"(?<![\d/-])(?P<first>\d{1,2})\s?(?P<mark>[/-])\s?(?P<other>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4})(?![\d/])")
# Years of two digits are read only where all three numbers have two.
_SHORT = re.compile(r"(?<![\w./:-])(?P<first>\d{2})(?P<mark>[./-])(?P<other>\d{2})(?P=mark)(?P<short>\d{2})(?![\d./%-]|:?\d)")
# What a form needs is quicker sought than the form. One that stands here twice may be found twice, of which the second counts nothing.
_WORDED = ((_DAY_FIRST, ""), (_MONTH_FIRST, " "), (_YEAR_FIRST, ""), (_LATVIAN, "gada"), (_VIETNAMESE, "th"), (_VIETNAMESE_US, "thang"))
_NUMBERED = ((_ISO, ""), (_IDEOGRAPHIC, "月"), (_IDEOGRAPHIC, "월"), (_DOTTED, "."), (_SLASHED, "/"), (_SLASHED, "-"), (_SHORT, ""))
# What most data have, and nothing beside it.
_EXACT = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)t(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
    r"(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?)?(?P<zone>z|[+-]\d\d:?\d\d)?\Z"
)
_ASCTIME = re.compile(
    rf"{_NAME}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})(?P<zone>\s[a-z]{{3}})?\s+(?P<year>\d{{4}})\b"
)
_COMPACT = re.compile(
    r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[t ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z|[+-]\d{2}:?\d{2})?)?\s*\Z"
)
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d+)?\s*\Z")
_DASHES = frozenset(("-", "–", "—", "~", "to", "bis", "until", "au", "al"))
_RANGE = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)?\s?(?:[-–—]|to|bis|au|al|a|–)\s?\Z")

_HALF = rf"(?:[ap]\.?\s?m(?!\w)\.?|{pattern('am', 'pm')}\.?)"
_CLOCK_END = pattern("clock_end")
_ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0),
    **dict.fromkeys(("cet", "mez", "west"), 60),
    **dict.fromkeys(("cest", "mesz", "eet", "sast"), 120),
    **dict.fromkeys(("eest", "msk"), 180),
    "wib": 420,
    **dict.fromkeys(("wita", "hkt", "awst"), 480),
    **dict.fromkeys(("jst", "kst", "wit"), 540),
    **{"aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780},
    **{"edt": -240, "mdt": -360, "pdt": -420, "akdt": -480},
}
_ZONE = (
    r"(?:\s?\(?(?P<zone>(?:utc|gmt)?\s?[+−-]\d{2}:?\d{2}(?::?\d{2})?|(?:utc|gmt)?[+−-]\d{1,2}(?![\d.:/])"
    rf"|(?:{'|'.join(_ZONES)})(?!\w)))?"
)
_NUMBERS = (
    r"(?P<hour>\d{1,2})(?:(?:(?P<mark>[:.]|\s?(?:h(?![^\W\d])|uhr(?!\w)|[時时시點点])\s?)(?P<minute>\d{1,2})?)"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?\s?(?:[分분]|min(?!\w))?(?!\d)"
)
_TIME = rf"(?P<before>{_HALF}\s?)?{_NUMBERS}(?:\s?(?P<half>{_HALF}))?(?P<end>\s?{_CLOCK_END}\.?)?{_ZONE}"
_PUNCTUATION = r"[\s,;|·•●∙⋅–—/()،_-]*"
_YEAR_END = r"(?:\s?(?:г|год|года|р|року|r|roku|god|godine|d|da)(?!\w)\.?)?"
_WEEKDAY = rf"(?:\s?\((?:{_LETTER}|[{MARKS}]){{1,12}}\.?\))?"
_TIME_AFTER = re.compile(
    rf"\.?{_WEEKDAY}{_YEAR_END}{_PUNCTUATION}(?:t(?=\d))?(?P<clock>(?:{pattern('clock')}[\s.:]{{0,2}}){{1,2}}|@\s?)?{_TIME}"
)
_TIME_BEFORE = re.compile(rf"(?<![\d.:/]){_TIME}{_PUNCTUATION}(?:{_LETTER}(?:{_LETTER}|[{MARKS}])*[,.]?\s+){{0,2}}\Z")
_ENDS_TIME = re.compile(r"\s*(?:\Z|[|,;·•)(–—-])")
_REACH_BEFORE = 40

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_JALALI_YEARS, _BUDDHIST_YEARS = range(1300, 1450), range(2433, 2644)
_BUDDHIST = 543
_OFFSET = re.compile(r"(?P<sign>[+−-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")
# What systems write that know no date.
_DEFAULTS = frozenset({(1970, 1, 1), (1900, 1, 1), (1969, 12, 31)})


@attrs.frozen
class Stamp:
    """A moment, and how exactly the page states it.

    Attributes:
        when: aware exactly where a zone is stated.
        precision: how exactly.
        swapped: the moment if the day's number is the month's, where both readings are possible.
    """

    when: datetime
    precision: DatePrecision
    swapped: datetime | None = attrs.field(default=None, eq=False)


def parse_date(text: str, *, epoch: bool = False, month_first: bool | None = None, language: str = "") -> Stamp | None:
    """The moment in ``text``, in any form of ISO 8601, RFC 2822, written out in words, or in numbers such as ``3.5.2024``.

    ``epoch`` allows seconds or milliseconds since 1970; ``month_first`` tells how to read ``3/5/2024``, which else is not read.
    The result is aware exactly when ``text`` states a zone, and ``None`` where there is no moment between 1800 and 2100. Never raises.

    >>> parse_date("2024-05-03T10:15+0200").when.isoformat()
    '2024-05-03T10:15:00+02:00'
    >>> parse_date("3 de mayo de 2024").precision
    <DatePrecision.DAY: 'day'>
    """
    return _parse_date(text[:LONGEST_DATE], epoch, month_first, language)


# A page states its dates again and again: in JSON-LD, in meta elements, in <time>.
@lru_cache(maxsize=256)
def _parse_date(text: str, epoch: bool, month_first: bool | None, language: str) -> Stamp | None:
    if not text:
        return None
    text = fold_date(clean(text))
    if epoch and (match := _EPOCH.match(text)):
        return _from_epoch(match[1])
    for find in (_EXACT.match, _COMPACT.search, _ASCTIME.search):
        if (match := find(text)) and (day := _day(match, month_first, language)):
            return _stamp(day, match.groupdict())
    return next((found.stamp for found in _dates_in(text, month_first, language)), None)


@attrs.frozen
class Dated:
    """A date in a line.

    Attributes:
        stamp: what it means.
        before, after: the folded text from the date before it, and to the end.
        rest: how long the line is without it.
    """

    stamp: Stamp
    before: str
    after: str
    rest: int


@lru_cache(maxsize=256)
def dates_in(text: str, month_first: bool | None = None, language: str = "") -> tuple[Dated, ...]:
    """The dates written out in a line. They are kept, since one line is read for several fields."""
    return tuple(_dates_in(fold_date(text), month_first, language))


def _dates_in(text: str, month_first: bool | None, language: str) -> Iterator[Dated]:
    """The dates in a folded text. Two with nothing but a dash between them are when something lasts, and no dates of their own."""
    found = list(_single_dates(text, month_first, language))
    spans = [index for index, dated in enumerate(found) if index and dated.before.strip() in _DASHES]
    yield from (dated for index, dated in enumerate(found) if index not in spans and index + 1 not in spans)


def _single_dates(text: str, month_first: bool | None, language: str) -> Iterator[Dated]:
    forms = _NUMBERED if not any(map(str.isalpha, text)) else (*_NUMBERED, *_WORDED)
    matches = [match for form, sign in forms if sign in text for match in form.finditer(text)]
    found = sorted(((match.start(), -match.end(), match) for match in matches), key=lambda item: item[:2])
    end = 0
    for start, stop, match in found:
        if start < end or _RANGE.search(text, max(end, start - 8), start):
            continue
        if day := _day(match, month_first, language):
            before = text[end:start]
            parts, length, end = _time_beside(text, before, -stop)
            if stamp := _stamp(day, parts):
                yield Dated(stamp, before, text[end:], len(text) - (-stop - start) - length)


def _time_beside(text: str, before: str, end: int) -> tuple[dict[str, str | None], int, int]:
    """The time after a date, else before it, how long it is, and where date and time end."""
    if (match := _TIME_AFTER.match(text, end)) and _is_time(match, text):
        return match.groupdict(), match.end() - end, match.end()
    if (match := _TIME_BEFORE.search(before, max(0, len(before) - _REACH_BEFORE))) and match["mark"] != "." and _is_time(match, before):
        return match.groupdict(), len(before) - match.start(), end
    return {}, 0, end


def _is_time(match: re.Match[str], text: str) -> bool:
    """Whether numbers are a time of day: a colon tells, a dot only with a word beside it or at the end, an hour alone with "h" or "pm"."""
    parts = match.groupdict()
    if int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:
        return False
    if match["mark"] and match["mark"].strip() in (":", "."):
        is_told = match["mark"] == ":" or parts.get("clock") or match["end"] or match["half"] or _ENDS_TIME.match(text, match.end())
        return len(match["minute"] or "") == 2 and bool(is_told)
    return bool(match["mark"] or match["half"] or match["before"] or (match["end"] and int(match["hour"]) <= 24))


# --- The day


Day = tuple[int, int, int, bool]


def _day(match: re.Match[str], month_first: bool | None, language: str) -> Day | None:
    """Year, month and day as a date of our calendar, and whether day and month may be the other way round."""
    parts = match.groupdict()
    order = _day_and_month(parts, month_first, language)
    if order is None:
        return None
    day, month, is_ambiguous = order
    year = _year(parts)
    if month > 100 or year in _JALALI_YEARS:
        return _from_jalali(year, month % 100, day) if year in _JALALI_YEARS else None
    year -= _BUDDHIST if year in _BUDDHIST_YEARS else 0
    try:
        datetime(year, month, day)
    except ValueError:
        return None
    return (year, month, day, is_ambiguous) if FIRST_YEAR <= year <= LAST_YEAR and (year, month, day) not in _DEFAULTS else None


def _year(parts: dict[str, str | None]) -> int:
    if era := parts.get("era"):
        return _ERAS[era] + (1 if parts["count"] == "元" else int(parts["count"] or 0))
    return 2000 + int(parts["short"] or 0) if parts.get("short") else int(parts["year"] or 0)


def _day_and_month(parts: dict[str, str | None], month_first: bool | None, language: str) -> tuple[int, int, bool] | None:
    if name := parts.get("name"):
        month = month_of(name.replace("/", " ").split(" ")[0] if "/" in name else name, language)
        return (int(parts["day"] or 0), month, False) if month else None
    if parts.get("first") is None:
        return int(parts["day"] or 0), int(parts["month"] or 0), False
    first, other = int(parts["first"] or 0), int(parts["other"] or 0)
    if first > 12 or other > 12 or first == other:
        return (other, first, False) if other > 12 else (first, other, False)
    if parts["mark"] == ".":  # dots stand between day, month and year in this order wherever they are used
        return first, other, False
    return None if month_first is None else (other, first, True) if month_first else (first, other, True)


def _from_jalali(year: int, month: int, day: int) -> Day | None:
    """The day of our calendar for one of the Iranian solar calendar, by its cycle of 33 years."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    since = year + 1595
    days = -355_668 + 365 * since + since // 33 * 8 + (since % 33 + 3) // 4 + day
    days += (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    moment = datetime(1, 1, 1) + timedelta(days=days - 366)
    return moment.year, moment.month, moment.day, False


# --- The time


def _stamp(day: Day, parts: dict[str, str | None]) -> Stamp | None:
    year, month, number, is_ambiguous = day
    hour = _hour(parts)
    try:
        swapped = _at(datetime(year, number, month), hour, parts) if is_ambiguous else None
        when = _at(datetime(year, month, number), hour, parts)
    except (ValueError, OverflowError):
        return None
    return Stamp(
        when, DatePrecision.DAY if hour is None else DatePrecision.SECOND if parts.get("second") else DatePrecision.MINUTE, swapped
    )


def _at(day: datetime, hour: int | None, parts: dict[str, str | None]) -> datetime:
    if hour is None:
        return day
    second = min(int(parts.get("second") or 0), 59)  # a leap second
    fraction = parts.get("fraction")
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    moment = day.replace(hour=hour % 24, minute=int(parts.get("minute") or 0), second=second, microsecond=micro)
    return (moment + timedelta(days=hour // 24)).replace(tzinfo=_zone(parts.get("zone")))


def _hour(parts: dict[str, str | None]) -> int | None:
    """The hour of 24, or ``None`` where there is no time of day."""
    if not parts.get("hour"):
        return None
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or parts.get("before") or "").strip().replace(".", "").replace(" ", "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" or half in _afternoons() else 0)
    return hour if hour <= 24 else None


@cache
def _afternoons() -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in is_in("pm"))


def _zone(text: str | None) -> timezone | None:
    """The zone of an offset, or of letters that mean one offset only: "IST" and "EST" are several."""
    if not text:
        return None
    if offset := _OFFSET.search(text):
        delta = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(delta if offset["sign"] == "+" else -delta)
    minutes = _ZONES.get(text.strip())
    return None if minutes is None else timezone(timedelta(minutes=minutes)) if minutes else UTC


def _from_epoch(digits: str) -> Stamp | None:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(digits.ljust(13, "0")))
    return Stamp(when, DatePrecision.SECOND) if FIRST_YEAR <= when.year <= LAST_YEAR and when.year > 1970 else None


# --- Relative to when the page was fetched


@cache
def _ago() -> re.Pattern[str]:
    count = rf"(?P<count>\d{{1,3}}|{pattern('one')})\s?"
    unit = pattern("minute", "hour", "day", "week")
    double = pattern(*(f"two_{name}s" for name in ("hour", "day")))
    before, after = pattern("before"), pattern("after")
    return re.compile(
        rf"{before}\s(?:{count}(?P<unit>{unit})|(?P<double>{double})|(?P<single>{unit}))"
        rf"|(?<!\d)(?P<count2>\d{{1,3}}|{pattern('one')})\s?(?P<unit2>(?:{unit}|{_span_letters()}))\s?{after}"
    )


def _span_letters() -> str:
    """The spans whose count is written onto them, so that no boundary parts the two ("3h ago")."""
    return "|".join(sorted((re.escape(word) for word in spans() if word.isascii()), key=len, reverse=True))


@cache
def _near_days() -> re.Pattern[str]:
    return re.compile(rf"(?P<today>{pattern('today')})|(?P<yesterday>{pattern('yesterday')})")


def relative_date(text: str, retrieved: datetime) -> Stamp | None:
    """The moment that a line such as "3 hours ago" or "yesterday, 17:04" means, seen from when the page was fetched.

    Minutes are known to the minute, hours and days to the day.

    >>> relative_date("vor 3 Tagen", datetime(2024, 5, 6, 12)).when.isoformat()
    '2024-05-03T00:00:00'
    """
    text = fold_date(clean(text[:LONGEST_DATE]))
    if match := _ago().search(text):
        parts = match.groupdict()
        if double := parts["double"]:
            return _earlier(retrieved, doubles()[double], 0)
        unit = parts["unit"] or parts["unit2"] or parts["single"] or ""
        count = parts["count"] or parts["count2"] or "1"
        seconds = spans().get(unit)
        return _earlier(retrieved, seconds * (int(count) if count.isdecimal() else 1), seconds) if seconds else None
    if match := _near_days().search(text):
        day = retrieved.replace(tzinfo=None) - timedelta(days=0 if match["today"] else 1)
        parts, _, _ = _time_beside(text, text[: match.start()], match.end())
        return _stamp((day.year, day.month, day.day, False), parts)
    return None


def _earlier(retrieved: datetime, seconds: int, unit: int) -> Stamp:
    moment = retrieved - timedelta(seconds=seconds)
    if unit == 60:
        return Stamp(moment.replace(second=0, microsecond=0), DatePrecision.MINUTE)
    return Stamp(moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None), DatePrecision.DAY)
