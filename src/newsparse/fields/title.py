"""The headline, the standfirst, and the page's own summary.

The headline is taken as the page shows it where its ``<h1>`` is the article's, else as its metadata state it.

Metadata often carry another headline, made for search engines or social media, and the site's name with it; the visible one is what
an author and a reader call the title. But a page may have several ``<h1>``, and a site's name or a box's label may be the only one.
So an ``<h1>`` counts when it says what some other source says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

import attrs

from newsparse.document.segments import ASIDE, BUTTON, CAPTION, FIGURE, FORM, HEADING, HIDDEN, NAV, Node, RawSegment
from newsparse.document.urls import parts_of, resolve
from newsparse.fields.evidence import Candidate, Found, Page, choose, json_text, meta_text
from newsparse.fields.names import after_by, has_credential, looks_like_person
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import match_phrase
from newsparse.model import Certainty, EvidenceSource
from newsparse.text import SPACELESS, clean, fold, squash, visible

_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
_META_SECTIONS = ("article:section", "parsely-section")
_META_TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
    "title",
)

# What stands between a headline and the site's name. A hyphen, dash, slash or colon needs space beside it, since words contain
# them too; after a letter of a script that is written without spaces it needs none.
_SEPARATOR = re.compile(
    r"\s*[|｜ㅣ¦•»«]+\s*|\s+(?:[-–—−‑_~·∙/›‹<>]+|::)\s+|\s*(?:--|——|::)\s*|[:：]\s+|(?<=[\u3000-\u9fff\uac00-\ud7ff\uff00-\uffef])[-:：_]\s*"
)
_SIGN = re.compile(r"[|｜ㅣ¦•»«‑−–—_~·∙/›‹<>:：-]")
# A longer piece between separators is part of the headline even where it names the site.
_MOST_SITE_WORDS = 6
_MOST_SECTION_WORDS = 3
_SHORTEST_NAME = 4
# A word before a title that is no longer may be an article: "The", "Der", "Les".
_LONGEST_ARTICLE = 3
# What follows two or more of these in a script without spaces are a section and a site: "headline_section_site".
_TRAIL = re.compile(r"(?:_[^_\s]{1,10}){2,9}\Z|(?:--[^-\s]{1,10}){2,9}\Z")
# How much of the shorter of two titles' letter triples the other must have for both to be taken for the same headline's variants.
_ALIKE = 0.4
_LEAD = topic_bit("lead")
_SUMMARY = topic_bit("summary")
_NO_SENTENCE = topic_bit("author") | topic_bit("date") | topic_bit("caption")
_SENTENCE_TAGS = frozenset({"p", "div", "h2", "h3", "header", "hgroup", "section"})
_SENTENCE_ENDS = '.!?。！？…؟।"”“»'
_FEWEST_SUBTITLE_WORDS = 6
_MOST_LEAD_LINES = 4
_LONGEST_BYLINE = 60
# Few words with a year among them, are a date or a by-line.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED_WORDS, _FEWEST_MARKED_WORDS = 8, 3
_CARD = topic_bit("card") | topic_bit("related") | topic_bit("popular")
# A standfirst follows the headline; by-line, date, share buttons and the lead image may come between, the text may not.
_SUBTITLE_REACH, _UNMARKED_REACH = 18, 4
_LONG_PARAGRAPH = 120
# Pictures and boxes may stand between the first paragraphs.
_TEXT_REACH = 6
_SHORTEST_SUBTITLE, _LONGEST_SUBTITLE = 15, 600
_LONGEST_TITLE = 500
_MOST_HEADINGS = 50
# What is believed about the beginning of a headline before browsers' title, which is often shortened.
_WHOLE_RULES = ("json_ld.headline", "meta.og:title")
# What a link to the heading itself may show.
_ANCHORS = " ¶🔗"
_H1_STEP = re.compile(r".*?/h1\[\d+\]")


def find_title(page: Page) -> Found[str] | None:
    """The article's headline, without the site's name."""
    return choose("title", _candidates(page))


def find_subtitle(page: Page) -> Found[str] | None:
    """The standfirst: as structured data name it, else a line under the headline that is marked as one or that the metadata repeat."""
    return choose("subtitle", (found for found in _subtitles(page) if _is_subtitle(found.value, page)))


def find_summary(page: Page) -> Found[str] | None:
    """The article's summary as the page states it for those who link to it."""
    return choose("summary", _descriptions(page))


def _candidates(page: Page) -> Iterator[Candidate[str]]:
    headings = headings_of(page)
    tails = {squash(heading) for heading in headings if _is_tail(heading, page.metadata.title_tag or "")}
    names = page.site_names | tails
    headings = [heading for heading in headings if squash(heading) not in names]
    stated = list(_stated_without_site(page, headings, names))
    agreements = _agreements(headings, stated, page)
    ranked = sorted(headings, key=lambda heading: -agreements[heading])
    if ranked and (not stated or agreements[ranked[0]] >= _ALIKE):
        yield _visible(without_site(ranked[0], names), stated)
    yield from stated
    yield from (Candidate(heading, EvidenceSource.MARKUP, "markup.h1", heading, Certainty.INFERRED) for heading in ranked)


def _stated_without_site(page: Page, headings: list[str], names: frozenset[str]) -> Iterator[Candidate[str]]:
    sections = _sections(page)
    wanted = frozenset(fold(heading) for heading in headings if _is_title(heading))
    wanted |= _shorter({fold(found.value): found.value for found in _stated(page)})
    values: dict[str, str] = {}  # many sources state the very same
    for found in _stated(page):
        if len(found.value) <= _LONGEST_TITLE:
            value = values.get(found.value)
            if value is None:
                value = values[found.value] = without_site(found.value, names, wanted, sections)
            if squash(value) not in names:
                yield found if value == found.value else attrs.evolve(found, value=value)


def _shorter(stated: Mapping[str, str]) -> frozenset[str]:
    """The stated titles (folded) that another one repeats with a few words more after a separator: a section's, a site's."""
    cut = set()
    for title in stated.values():
        for part in _cuts(title):
            head = fold(title[: part.start()])
            if head in stated and _is_title(head) and len(title[part.end() :].split()) <= _MOST_SECTION_WORDS:
                cut.add(head)
    return frozenset(cut)


def _visible(heading: str, stated: list[Candidate[str]]) -> Candidate[str]:
    """The heading, unless metadata tell its parts apart: then what comes before the title is a kicker."""
    folded, squashed = fold(heading), squash(heading)
    is_whole = any(found.rule in _WHOLE_RULES and fold(found.value) == folded for found in stated)
    for found in stated:
        before = folded.removesuffix(" " + fold(found.value))
        is_kicker = len(before) > _LONGEST_ARTICLE and not before.isdecimal() and not (is_whole and found.rule == "markup.title")
        if before != folded and is_kicker and _is_title(found.value):
            return found
        if squash(found.value) == squashed and len(found.value.split()) > len(heading.split()):
            return found
    return Candidate(heading, EvidenceSource.MARKUP, "markup.h1", heading)


def _is_title(text: str) -> bool:
    return len(text.split()) >= 4 or len(text) >= 20


def _stated(page: Page) -> Iterator[Candidate[str]]:
    yield from json_text(page, "headline")
    yield from meta_text(page, _META_TITLES)
    for item in page.metadata.properties:
        if item.name == "headline" and item.scope == 0 and item.value:
            yield Candidate(item.value, EvidenceSource.MICRODATA, "microdata.headline", item.value)
    raw = page.metadata.title_tag
    if raw and (value := clean(raw)):
        yield Candidate(value, EvidenceSource.MARKUP, "markup.title", raw)


def headings_of(page: Page) -> list[str]:
    """The texts of the ``<h1>`` elements, each whole and, where it has several segments, also by segment."""
    parts: dict[str, list[str]] = {}
    for segment in page.headings:
        if "/h1[" in segment.path and not _leads_home(segment, page):
            match = _H1_STEP.match(segment.path)
            parts.setdefault(match[0] if match else segment.path, []).append(visible(segment.text).rstrip(_ANCHORS))
    whole = [" ".join(texts) for texts in parts.values()]
    return list(dict.fromkeys(whole + [text for texts in parts.values() for text in texts if _is_title(text)]))[:_MOST_HEADINGS]


def _leads_home(segment: RawSegment, page: Page) -> bool:
    """Whether the heading is a link to the site's front page: then it is the site's name."""
    for link in segment.links:
        url = resolve(link.href, page.base)
        if url and page.base and url.rstrip("/") == page.base.origin and len(link.text) >= len(segment.text):
            return True
    return False


def _sections(page: Page) -> frozenset[str]:
    """The names of the sections that the article may be in: as stated, and as its URL has them."""
    stated = [found.value for found in (*meta_text(page, _META_SECTIONS), *json_text(page, "articleSection"))]
    path = page.base.url.split("?")[0].split("/")[3:-1] if page.base else []
    return frozenset(filter(None, map(squash, (*stated, *path))))


def without_site(title: str, names: frozenset[str], wanted: frozenset[str] = frozenset(), sections: frozenset[str] = frozenset()) -> str:
    """``title`` without the site's name and sections at its ends, and without what a wanted title (folded) does not have there.

    >>> without_site("Bridge opens - at last | City News | The Daily Post", frozenset({"thedailypost"}))
    'Bridge opens - at last | City News'
    >>> without_site("Bridge opens - at last | City News | The Daily Post", frozenset(), frozenset({"bridge opens at last"}))
    'Bridge opens - at last'
    """
    if len(title) <= _LONGEST_TITLE and SPACELESS.search(title) and (trail := _TRAIL.search(title)) and trail.start() > 0:
        title = title[: trail.start()]
    cuts = _cuts(title)
    if not cuts or fold(title) in wanted:
        return title
    for cut in reversed(cuts):
        if fold(title[: cut.start()]) in wanted:
            return title[: cut.start()]
    for cut in cuts:
        if fold(title[cut.end() :]) in wanted:
            return title[cut.end() :]
    while cuts and cuts[-1].start() > 0 and _is_site(title[cuts[-1].end() :], names, sections):
        title = title[: cuts.pop().start()]
    if cuts and squash(title[: cuts[0].start()]) in names and cuts[0].end() < len(title):
        title = title[cuts[0].end() :]
    return title


def _cuts(title: str) -> list[re.Match[str]]:
    """What may separate the parts of a title. Most titles have none of the signs, which is quickly seen.

    A text too long for a title has no parts: each would be compared, and with all others.
    """
    return list(_SEPARATOR.finditer(title)) if len(title) <= _LONGEST_TITLE and _SIGN.search(title) else []


def _is_site(part: str, names: frozenset[str], sections: frozenset[str]) -> bool:
    squashed = squash(part)
    if squashed in names or squashed in sections:
        return True
    if len(squashed) < _SHORTEST_NAME or len(part.split()) > _MOST_SITE_WORDS:
        return False
    return any(_contains(squashed, name) or _contains(name, squashed) for name in names)


def _contains(long: str, short: str) -> bool:
    return len(short) >= _SHORTEST_NAME and (long.startswith(short) or long.endswith(short))


def _agreements(headings: Iterable[str], stated: Iterable[Candidate[str]], page: Page) -> dict[str, float]:
    """How much of each heading and the likest other title is the same (0 to 1, a little more for the very same)."""
    others = {fold(text): text for text in (*(found.value for found in stated), slug_of(page.url)) if text}
    triples: list[frozenset[str]] = []
    agreements = {}
    for heading in headings:
        if fold(heading) in others:
            agreements[heading] = 1.01
        else:
            triples = triples or [_triples(text) for text in others]
            own = _triples(heading)
            agreements[heading] = max((_overlap(own, other) for other in triples), default=0.0)
    return agreements


def _is_tail(heading: str, title: str) -> bool:
    """Whether the heading is what browsers' titles end with, after something longer: the site's name."""
    cuts = _cuts(title)
    return bool(cuts) and cuts[-1].start() > len(heading) and fold(title[cuts[-1].end() :]) == fold(heading)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter title that the longer one has, where they are not too different in length."""
    if not one or not other:
        return 0.0
    return len(one & other) / max(min(len(one), len(other)), 0.4 * max(len(one), len(other)))


def _triples(text: str) -> frozenset[str]:
    squashed = squash(text)
    return frozenset(squashed[i : i + 3] for i in range(max(1, len(squashed) - 2))) if squashed else frozenset()


def slug_of(url: str | None) -> str:
    """The words in the URL's path, of its last part that has some."""
    return max(unquote(parts_of(url).path).split("/"), key=lambda part: part.count("-") + part.count("_"), default="")


# --- Standfirst and summary


def _subtitles(page: Page) -> Iterator[Candidate[str]]:
    """The lines under the headline that may be the standfirst. A line that is marked as a summary is one where no other line is."""
    place = page.title_place
    if place is None:
        return
    stated = {fold(found.value): found for found in (*_alternative_headlines(page), *_descriptions(page))}
    header = _header(page.segments[place].node)
    summaries = []
    for distance, segment in enumerate(page.segments[place + 1 : place + 1 + _SUBTITLE_REACH]):
        if segment.link_chars > len(segment.text) / 2 or segment.node.facts & (HIDDEN | FIGURE | CAPTION | ASIDE | NAV | BUTTON | FORM):
            continue
        found = stated.get(segment.folded) if distance < _UNMARKED_REACH else None
        if _is_marked(segment):
            marked = Candidate(segment.text, EvidenceSource.MARKUP, "markup.standfirst", segment.text, Certainty.INFERRED)
            if segment.node.own & _SUMMARY and not segment.node.facts & HEADING:
                summaries.append(marked)
            else:
                yield marked
        elif found and not _begins_text(page.segments, place + 1 + distance):
            yield attrs.evolve(found, value=segment.text, certainty=Certainty.INFERRED)
        elif header and header.first <= place + 1 + distance < header.end and _is_sentence(segment):
            yield Candidate(segment.text, EvidenceSource.MARKUP, "markup.header", segment.text, Certainty.GUESSED)
        elif segment.tag == "p" and len(segment.text) > _LONG_PARAGRAPH:
            break
    yield from summaries


def _begins_text(segments: Sequence[RawSegment], place: int) -> bool:
    """Whether a line is the first of several paragraphs in the same element, or of several long ones: then it is the text's."""
    segment = segments[place]
    near = (other for other in segments[place + 1 : place + 1 + _TEXT_REACH] if not other.node.facts & HEADING)
    following = [other for other in near if len(other.text) >= _SHORTEST_SUBTITLE][:2]
    if segment.tag != "p" or len(following) < 2 or any(other.tag != "p" for other in following):
        return False
    return all(other.node.parent is segment.node.parent or len(other.text) > _LONG_PARAGRAPH for other in following)


def _header(node: Node) -> Node | None:
    """The nearest ``<header>`` or ``<hgroup>`` around a node."""
    above: Node | None = node
    while above is not None and above.tag not in ("header", "hgroup"):
        above = above.parent
    return above


def _is_sentence(segment: RawSegment) -> bool:
    """Whether a line in the headline's header reads as a sentence, not as a by-line, date or label."""
    text = segment.text
    topics = segment.node.own | (segment.node.parent.own if segment.node.parent else 0)
    if segment.tag not in _SENTENCE_TAGS or segment.links or topics & _NO_SENTENCE:
        return False
    return len(text.split()) >= _FEWEST_SUBTITLE_WORDS and text[-1] in _SENTENCE_ENDS and not after_by(text, visible=True)


def _is_marked(segment: RawSegment) -> bool:
    parent = segment.node.parent
    if segment.node.own & _LEAD or parent is None:
        return bool(segment.node.own & _LEAD)
    is_small = parent.end - parent.first <= _MOST_LEAD_LINES  # else it holds the whole text
    return bool(parent.own & _LEAD and not parent.own & _CARD and is_small)


def _alternative_headlines(page: Page) -> Iterator[Candidate[str]]:
    """An alternative headline is a standfirst where the page shows it as one; as often it is a headline for another place."""
    yield from json_text(page, "alternativeHeadline")
    for item in page.metadata.properties:
        if item.name == "alternativeheadline" and item.scope == 0:
            yield Candidate(clean(item.value), EvidenceSource.MICRODATA, "microdata.alternativeHeadline", item.value)


def _is_subtitle(text: str, page: Page) -> bool:
    if not _SHORTEST_SUBTITLE <= len(text) <= _LONGEST_SUBTITLE:
        return False
    words = len(text.split())
    if (words < _FEWEST_MARKED_WORDS and text.isascii()) or (
        words <= _DATED_WORDS and _YEAR.search(text) and text[-1] not in _SENTENCE_ENDS
    ):
        return False
    if has_credential(text, text.split(",", 1)[0]) or _is_about_author(text, page):
        return False
    if text[0] == "©" or match_phrase(text) is not None:  # a credit, or a prompt in a place that is styled as one
        return False
    folded = fold(text)
    titles = [fold(title) for title in (*(found.value for found in _stated(page)), *headings_of(page))]
    return not any(folded in title or (_is_title(title) and title in folded) for title in titles)


def _is_about_author(text: str, page: Page) -> bool:
    """Whether a text begins with a name that is a line of its own, or ends one, near the headline: then it is about the author."""
    name = " ".join(text.split(maxsplit=2)[:2])
    return looks_like_person(name) and any(
        other.text.endswith(name) and len(other.text) <= _LONGEST_BYLINE and other.text != text for other in page.near_title
    )


def _descriptions(page: Page) -> Iterator[Candidate[str]]:
    yield from meta_text(page, _DESCRIPTIONS[:1])
    yield from json_text(page, "description")
    yield from meta_text(page, _DESCRIPTIONS[1:])
