"""Where an ``<img>`` has its picture, and what its caption says: the URL behind lazy loading and ``srcset``, and the credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import itemgetter
from urllib.parse import unquote

from lxml import etree

# The picture itself comes last where a script puts it in later.
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "src")
_SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WIDE = re.compile(r"(\d{1,6})w(?:,|\Z)")
_DATA_NAME = re.compile(r"data-[\w-]*(?:src|image|img|original|url)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
# A picture that another address scales, and what names of pictures say of size and format.
_WITHIN = re.compile(r"[?&](?:url|src|image)=(?P<url>(?:https?:|%2f|/)[^&]+)", re.IGNORECASE)
_FORMAT = re.compile(r"(?:\.(?:jpe?g|png|gif|webp|avif))+\Z")
_SIZE = re.compile(r"\A\d{2,4}x\d{2,4}[_-]|[_-](?:\d{2,4}x\d{2,4}|[wh]_?\d{2,4}|\d{2,4}[wp]|scaled)(?=[_-]|\Z)")
# A shorter name, such as "1", or one that tells nothing, may be that of many pictures.
_SHORTEST_NAME = 6
_NO_NAME = re.compile(
    r"\A(?:default|original|image|picture|photo|thumb(?:nail)?|large|medium|small|full|poster|download|getimage)\Z|\.[a-z]{2,5}\Z"
)
# What stands in for the picture until a script has put it in.
_PLACEHOLDER = re.compile(
    r"(?:\A|[/_.-])(?:(?:placeholder|spacer|transparent|1x1)[\w-]{0,24}"
    r"|(?:blank|pixel|trans|clear|lazy|load(?:ing|er)|gr[ea]y|empty|dummy)"
    r"(?:[._-]?(?:[\da-f]{6,}|\d+(?:x\d+)?|image|img|picture|pic|bg|default|load(?:ing|er)?|spinner|pixel))*+)"
    r"\.(?:gif|png|svg|jpe?g|webp)(?:\Z|[?#])"
    # A blur that a script replaces, and a pattern that a script fills in.
    r"|[?&](?:w|width)=\d{1,2}(?=&|\Z)|\*\*|[{}]|%7[bd]",
    re.IGNORECASE,
)
# A URL, which may have commas in it, and how wide or dense the picture is.
_ENTRY = re.compile(
    r"(?:\s|%20)*+(?P<url>[^\s,]\S*?)(?:(?<!%20)(?:\s|%20)++(?P<size>\d{1,6}(?:\.\d{1,3})?)[wx])?\s*(?:,(?=\s|%20|https?:|//|/)|\Z)"
)
# Where none begins, a word is passed over: each of its letters would be tried, and each reads on to the end of a long word.
_ENTRY_OR_WORD = re.compile(rf"{_ENTRY.pattern}|[\s,]+|\S+")
_MOST_ENTRIES, _CLIMB = 40, 12
_LONGEST_SET = 4_000
_LONGEST_CAPTION = 2_000

_CREDIT = re.compile(
    r"(?:\A|[\s(\[|•·/–—.)!?»”\"-])(?P<label>(?:photo(?:graph)?s?|image|picture|video|foto(?:s|ğraf|graf(?:ie|ia|ía|o|in)?)?|bild(?:er|quelle|rechte)?"
    r"|crédits?|crédito|isithombe"
    r"|credits?|quelle|source|fuente|fonte|fot\.?"
    r"|фото|источник|джерело|תצלום|צילום|تصوير|写真|撮影|사진(?: ?출처)?)(?:[ -](?:credits?|crédit|photo|by|by:|courtesy|von|par|por|di))?)"
    r"(?:\s*[:：=]\s*|(?<=by)\s+|(?<=courtesy)\s+(?:of\s+)?)(?:-\s*/\s*)?(?P<credit>[^.:：]\S(?:.{0,90}\S)?)\Z",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?P<label>(?:(?<![^\s.)|])(?:[bB]ild|[fF]oto|[pP]hoto|[iI]mage)\s*)?(?:©|\([cC]\)|[cC]opyright:?))\s*(?P<credit>\S.{1,80})\Z"
)
_AGENCIES = (
    r"(?:AP|AFP|APA|EFE|EPA|SIPA|Reuters|REUTERS|Getty|Shutterstock|dpa|DPA|Alamy|iStock|Imago|IMAGO|Bloomberg|Keystone|KEYSTONE"
    r"|ANSA|Xinhua|PA|Press)"
)
# What the endings have that these expressions find, in lower case.
_CREDIT_SIGNS, _COPYRIGHT_SIGNS = (":", "by", "=", "：", "courtesy"), ("©", "(c)", "copyright")
_IN_BRACKETS = re.compile(rf"[(\[](?P<credit>[^()\[\]]{{0,60}}\b{_AGENCIES}\b[^()\[\]]{{0,40}})[)\]]\.?\Z")
# A name and what it works for, in brackets.
_NAME_IN_BRACKETS = re.compile(r"[(\[](?P<credit>[^\W\d_a-z][^()\[\]/]{2,40}/ ?[^\W\d_a-z][^()\[\]]{1,40})[)\]]\.?\Z")
# A line that is a credit without saying so: a name and an agency.
_BARE = re.compile(rf"(?!Press\Z)(?P<credit>(?:[^.!?/|]{{2,60}}/ ?)?{_AGENCIES}(?: Images| News| Photo)?(?: (?:via|/) [^.!?]{{2,40}})?)\Z")
_AGENCY = re.compile(rf"\b{_AGENCIES}\b")
_TWO_NAMES = re.compile(r"[^\W\d_a-z][^/.]{1,40} ?/ ?[^\W\d_a-z][^/]{1,40}\Z")
_LAST_WORDS = re.compile(r"[.!?»”\"|](?<!\s[A-Z]\.)\s*(?P<credit>[^\s.!?|»”](?:[^.!?|»”]|\.(?=\w)){1,60})\Z")
_BEFORE_CREDIT = " \t([|•·/–—-"
# What a credit says it is of, where it says more than a source. It names somebody, in a few words that are no sentence.
_PICTURE_WORDS = ("photo", "foto", "image", "picture", "bild", "©", "фото", "תצלום", "צילום", "تصوير", "写真", "撮影", "사진")
_PICTURED = re.compile("|".join(_PICTURE_WORDS), re.IGNORECASE)
# No credit is longer, with what is before it.
_LONGEST_ENDING = 200
_CREDIT_WORDS, _SENTENCE = 8, re.compile(r"[!?]|\.\s")


def image_source(element: etree._Element) -> str | None:
    """The address of the picture that an ``<img>`` shows, as the page writes it; ``None`` where it has none but a placeholder."""
    return source_and_width(element)[0]


def source_and_width(element: etree._Element) -> tuple[str | None, int | None]:
    """The address as ``image_source`` gives it, and how wide that picture is where the page says so with the address."""
    for name in _SOURCE_SETS:
        if (written := element.get(name)) and (wide := _widest(written)):
            return wide
    plain = next((value for name in _SOURCES if (value := (element.get(name) or "").strip()) and not _stands_in(value)), None)
    if plain:
        match = _ENTRY.match(plain[:_LONGEST_SET]) if "w," in plain else None
        return match["url"] if match else plain, None
    return next((url for written in _sets(element) if (url := largest(written))), None) or _in_data(element), None


def _in_data(element: etree._Element) -> str | None:
    """The first address in an attribute for a script of the page, whose name says that it is a picture's; it may be JSON."""
    for name, value in element.attrib.items():
        if _DATA_NAME.match(str(name)) and (match := _ADDRESS.search(str(value)[:_LONGEST_SET])) and not _stands_in(match[0]):
            return match[0]
    return None


def picture_name(url: str) -> str:
    """What names the picture in a URL, whatever size, crop or format of it the URL asks for; empty where many pictures have that name.

    >>> picture_name("https://cdn.example/w_800/Ice-on-quay-1024x768.jpg?crop=1"), picture_name("/320x180_ice_on_quay_w320.webp")
    ('ice-on-quay', 'ice_on_quay')
    >>> picture_name("/_next/image?url=https%3A%2F%2Fcdn.example%2Fice-on-quay.jpg%3Fw%3D4&w=640"), picture_name("/image.php?id=4")
    ('ice-on-quay', '')
    """
    return _folder_and_name(url)[1]


def picture_key(url: str) -> str:
    """What tells one picture of a page from another: its folder and name, else the whole URL.

    >>> picture_key("/a/ice-on-quay-1024x768.jpg?crop=1"), picture_key("/b/ice-on-quay.jpg"), picture_key("/image.php?id=4")
    ('/a/ice-on-quay', '/b/ice-on-quay', '/image.php?id=4')
    """
    folder, name = _folder_and_name(url)
    return f"{folder}/{name}" if name else url


def _folder_and_name(url: str) -> tuple[str, str]:
    if "?" in url:
        match = _WITHIN.search(url)
        url = unquote(match["url"]).split("?", 1)[0] if match else url.split("?", 1)[0]
    folder, _, name = url.split("#", 1)[0].rstrip("/").rpartition("/")
    name = _SIZE.sub("", _FORMAT.sub("", name.casefold()))
    return folder, "" if len(name) < _SHORTEST_NAME or _NO_NAME.search(name) else name


def _stands_in(source: str) -> bool:
    return source.startswith("data:") or _PLACEHOLDER.search(source) is not None


def _sets(element: etree._Element) -> Iterator[str]:
    # The parser lets <source> hold what follows it, so <picture> may be far above.
    picture = next((above for above in islice(element.iterancestors(), _CLIMB) if above.tag == "picture"), None)
    around = picture.iter("source") if picture is not None else ()
    for holder in (element, *islice(around, _MOST_ENTRIES)):
        for name in _SOURCE_SETS:
            if written := holder.get(name):
                yield written


def largest(written: str) -> str | None:
    """The URL of the largest picture in a ``srcset``.

    >>> largest("/ice-320.jpg 320w, /ice-1280.jpg 1280w,/ice,late.jpg 2x"), largest("/ice.jpg%20320w,%20/quay.jpg%20640w")
    ('/ice-1280.jpg', '/quay.jpg')
    """
    best = _largest(written)
    return best["url"] if best else None


def _widest(written: str) -> tuple[str, int] | None:
    """The URL and width of the widest picture in a ``srcset`` that states widths."""
    entries = []
    for url, then in pairwise(written[:_LONGEST_SET].split()):
        width = _WIDE.match(then)
        if width is not None:  # the width before may stand right before the URL
            entries.append((url.partition("w,")[2] if _WIDE.match(url) else url, int(width[1])))
    if len(entries) > 1:
        entries.sort(key=itemgetter(1), reverse=True)
    return next((entry for entry in entries if not _stands_in(entry[0])), None)


def _largest(written: str) -> re.Match[str] | None:
    found = _ENTRY_OR_WORD.finditer(written[:_LONGEST_SET])
    entries = list(islice((entry for entry in found if entry["url"]), _MOST_ENTRIES))
    entries.sort(key=lambda entry: -float(entry["size"] or 1))
    return next((entry for entry in entries if not _stands_in(entry["url"])), None)


def ends_in_credit(text: str, is_below_picture: bool) -> bool:
    """Whether a paragraph ends as captions do: by who took the picture. Right below a picture, a source will do.

    >>> ends_in_credit("Ice on the quay. Photo: Ann Lee", False), ends_in_credit("Take photos by looking for ice.", True)
    (True, False)
    >>> ends_in_credit("Source: Harbour office", False), ends_in_credit("Source: Harbour office", True)
    (False, True)
    """
    end = max(0, len(text) - _LONGEST_ENDING)
    ending = text[end:].lower()
    if not is_below_picture and not any(map(ending.__contains__, _PICTURE_WORDS)):
        return False
    # Each expression is asked only where what it cannot do without is there, which is quickly seen.
    match = _CREDIT.search(text, end) if any(map(ending.__contains__, _CREDIT_SIGNS)) else None
    match = match or (_COPYRIGHT.search(text, end) if any(map(ending.__contains__, _COPYRIGHT_SIGNS)) else None)
    if match is None:
        return is_below_picture and (")" in ending or "]" in ending) and _IN_BRACKETS.search(text, end) is not None
    credit = match["credit"]
    return _is_name(credit) and (is_below_picture or _PICTURED.match(match["label"]) is not None)


def _is_name(credit: str) -> bool:
    return not credit[0].islower() and credit.count(" ") < _CREDIT_WORDS and _SENTENCE.search(credit) is None


def _names_source(text: str) -> bool:
    """Whether a few words are a source: they name an agency, or somebody and whom they work for, with a slash."""
    return _is_name(text) and (_AGENCY.search(text) is not None or _TWO_NAMES.match(text) is not None)


def split_credit(text: str) -> tuple[str, str | None]:
    """A caption without its credit, and the credit: who took the picture, or gave it.

    >>> split_credit("Ice on the quay. Photo: Ann Lee / Ferry News")
    ('Ice on the quay.', 'Ann Lee / Ferry News')
    >>> split_credit("Ice on the quay (AP Photo/Ann Lee)"), split_credit("The photo that won the prize")
    (('Ice on the quay', 'AP Photo/Ann Lee'), ('The photo that won the prize', None))
    >>> split_credit("Ann Lee/Getty Images"), split_credit("Press")
    (('', 'Ann Lee/Getty Images'), ('Press', None))
    """
    if len(text) > _LONGEST_CAPTION:
        return text, None
    if match := _BARE.match(text):
        return "", match["credit"]
    for pattern in (_COPYRIGHT, _CREDIT, _IN_BRACKETS, _NAME_IN_BRACKETS):
        if (match := pattern.search(text)) and (match.start() or _is_name(match["credit"])):
            start = match.start("label") if "label" in pattern.groupindex else match.start()
            credit = match["credit"].rstrip(" .")
            return text[:start].rstrip(_BEFORE_CREDIT), credit if "(" in credit or "[" in credit else credit.rstrip(" )].")
    match = _LAST_WORDS.search(text)
    if match and _names_source(match["credit"]):
        return text[: match.start("credit")].rstrip(_BEFORE_CREDIT), match["credit"]
    return text, None
