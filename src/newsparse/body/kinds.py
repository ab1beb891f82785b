"""What text is that is no body: a role or kind for each segment, by what it says, where it leads, what its elements are called, and
where it stands.

``RULES`` are asked in order, and the first that has an answer decides. Elements that hold the article's text say nothing about the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

import attrs

from newsparse.body.features import word_units
from newsparse.body.places import (
    AFTER,
    BEFORE,
    BOXES,
    BUTTON,
    DIALOG,
    FOOTER,
    FORM,
    HEADER,
    HEADING_TAGS,
    INSIDE,
    LISTS,
    LONGEST_RIGHTS,
    MORE_MATCH,
    NAV,
    NOWHERE,
    POINTERS,
    SIDE,
    WORDS,
    Page,
    Place,
    place_of,
    stands_at,
)
from newsparse.document import segments as facts
from newsparse.document.segments import Node, RawSegment
from newsparse.lexicon import any_line_term, kind_terms, kind_words
from newsparse.lexicon.phrases import Match
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role


@attrs.frozen
class Label:
    """What a segment is: its role, for boilerplate its kind, the rule that decided, and for body how likely it was found to be that."""

    role: Role
    kind: Kind | None
    reason: str
    chance: float = attrs.field(default=0.0, eq=False)


# Addresses that share a page on another site, as share buttons have them.
_SHARERS = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent|share|home\?status)|x\.com/(?:intent|share|home\?status)"
    r"|linkedin\.com/(?:share|cws|sharing)|wa\.me/\?|whatsapp(?:\.com/|://)send|t\.me/share|pinterest\.[a-z.]+/pin/create|reddit\.com/submit"
    r"|bsky\.app/intent|vk\.com/share|getpocket\.com|tumblr\.com/(?:share|widgets)|mailto:\?"
)
# Services on which a site has pages of its own.
_PROFILE_HOSTS = frozenset(
    (
        *("facebook.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "linkedin.com", "tiktok.com", "pinterest.com", "t.me"),
        *("threads.net", "threads.com", "bsky.app", "whatsapp.com", "twitch.tv", "snapchat.com", "flipboard.com", "vk.com", "ok.ru"),
        *("tumblr.com", "mastodon.social", "telegram.me", "discord.gg", "discord.com", "weibo.com", "xing.com"),
    )
)
_PROFILE_PATHS = frozenset((("news.google.com", "publications"), ("www.google.com", "preferences"), ("google.com", "preferences")))
_PROFILE_STEPS = frozenset(step for _, step in _PROFILE_PATHS)
_PROFILE_WORDS = 6
# What a part of a link's address says: its host, a step of its path, or, with the sign, its fragment.
_LEADS: Mapping[str, Kind] = MappingProxyType(
    {
        part: kind
        for kind, parts in (
            (Kind.COMMENTS, "#comments #comment #respond #disqus_thread #kommentare #kommentar #reply #coral_thread #newcomment"),
            (Kind.APP_PROMO, "apps.apple.com itunes.apple.com play.google.com appgallery.huawei.com"),
            (Kind.DONATION, "donate donation donations spende spenden doneren faire-un-don donar sostieni apoia wesprzyj support-us"),
            (
                Kind.NEWSLETTER,
                "newsletter newsletters newsletter-signup nyhetsbrev nieuwsbrief nieuwsbrieven infolettre mailing-list #newsletter",
            ),
            (
                Kind.PAYWALL,
                "subscribe subscription subscriptions abo abos abonnement abonnements abonneren abonnez-vous suscripciones suscribete"
                " suscripcion membership assinatura abbonamenti prenumerera",
            ),
            (Kind.TAGS, "tag tags topic topics thema themen tema temas keyword keywords hashtag etiqueta etiquetas sujet sujets onderwerp"),
            (Kind.TAGS, "etiket argomenti"),
        )
        for part in parts.split()
    }
)
_LEADING = frozenset(_LEADS)
_LED_WORDS = 14
_TAG_WORDS = 4
_CONSENT = re.compile(r"didomi|consent|cookie|cmp\b|onetrust|privacy|gdpr", re.IGNORECASE)
_RIGHTS = re.compile(r"[©ⓒ℗]|\(c\) ?(?:19|20)\d\d|\bcopyright\b.{0,12}(?:19|20)\d\d", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that are about the article only as near to its title.
_NEAR, _HEADLINE = frozenset(("category", "byline", "listen", "tags")), 15
_TARGETS = re.compile(
    r"#[\w-]*?(?:conten|jump|mw-|main|nav|menu|footer|search|skip|article|primary|story|body|inhalt|haupt|corpo|cuerpo|sitemap|pictures|top\b)",
    re.IGNORECASE,
)
_SKIP_WORDS, _SKIP_FIRST, _SKIP_IN_MENU = 7, 15, 6
_TEASER_WORDS, _LONGEST_CAPTION = 3, 400
# A pointer to another article between paragraphs has fewer segments than this: a label, a title, a date, a section.
_POINTER = 7
# Of menus and the foot of a page these keep their kind; what else stands there is one of the site's pages, whatever it is called.
_KEPT_IN_MENUS = frozenset((Kind.SKIP_LINK, Kind.COPYRIGHT, Kind.FOLLOW, Kind.SHARE, Kind.DONATION, Kind.PREVIOUS_NEXT, Kind.PAGINATION))
# Without a link it is no menu's entry, but does something.
_DOES = frozenset((Kind.COOKIE, Kind.NEWSLETTER, Kind.PAYWALL, Kind.APP_PROMO, Kind.ADVERTISEMENT, Kind.COMMENTS))
_TOLD_IN_MENUS = _DOES | {Kind.AUTHOR_BIO}
_NAMED_IN_MENUS = frozenset(
    ("skip_link", "copyright", "follow", "social", "donation", "previous_next", "pagination", "breadcrumbs", "comments")
)
# Phrases that say little ("Email", "Accept", "Close"), where the box around them has a kind.
_VAGUE = frozenset(
    (Kind.FOLLOW, Kind.NAVIGATION, Kind.COMMENTS, Kind.NEWSLETTER, Kind.COOKIE, Kind.PAGINATION, Kind.PAYWALL, Kind.SHARE, Kind.BYLINE)
)
_TELLING = frozenset(
    (
        *(Kind.COMMENTS, Kind.NEWSLETTER, Kind.COOKIE, Kind.PAYWALL, Kind.APP_PROMO, Kind.DONATION, Kind.FOLLOW, Kind.SHARE, Kind.LISTEN),
        *(Kind.FORM, Kind.PREVIOUS_NEXT, Kind.MEDIA_CHROME, Kind.SUMMARY_PROMPT, Kind.AUTHOR_BIO),
    )
)
_VAGUE_SPACES = 2
_ALIKE = tuple(frozenset((kind, *others)) for kind, *others in ((Kind.FOLLOW, Kind.SHARE), *((kind,) for kind in _TELLING)))
_NOT_IN_FIGURES = frozenset((Kind.TAGS, Kind.SHARE, Kind.ADVERTISEMENT, Kind.FORM))
_SUBSCRIBES = frozenset((Kind.NEWSLETTER, Kind.PAYWALL))


@attrs.define(eq=False)
class Seen:
    """A segment as the rules see it. ``number`` is its index, ``under`` the phrase of the heading above it."""

    number: int
    segment: RawSegment
    match: Match | None
    under: Match | None
    stands: int
    place: Place
    page: Page


# A kind, or a role, and the reason in words.
Named = tuple[Kind | Role, str]
Rule = Callable[[Seen], Named | None]


# Text with at least so many spaces is the article's, and such a line of at most so many may be a widget's; so near to the text it stands.
_PROSE_SPACES, _WIDGET_SPACES, _WIDGET_SEGMENTS = 14, 11, 10
DOUBLED = Label(Role.BOILERPLATE, Kind.OTHER, "the same short line above and below the text")


def doubled(segments: Sequence[RawSegment], body: Sequence[int]) -> list[int]:
    """Short lines of the body that stand above its prose and again below it, as no sentence of an article does."""
    prose = [index for index in body if segments[index].text.count(" ") >= _PROSE_SPACES]
    if len(prose) < _LEAST_PROSE:
        return []
    above = range(max(0, prose[0] - _WIDGET_SEGMENTS), prose[0])
    below = range(prose[-1] + 1, min(len(segments), prose[-1] + 1 + _WIDGET_SEGMENTS))
    lines = [{segments[index].text for index in part if segments[index].text.count(" ") <= _WIDGET_SPACES} for part in (above, below)]
    twice = lines[0] & lines[1]
    return [index for index in body if not prose[0] <= index <= prose[-1] and segments[index].text in twice]


_LEAST_PROSE = 2


def name_kind(page: Page, index: int, rules: Sequence[Rule] | None = None) -> Label:
    """What a segment is that is no body, by the first of the rules that has an answer."""
    stands = stands_at(page, index)
    return _by_rules(page, index, stands, place_of(page, page.segments[index].node, stands), RULES if rules is None else rules)


def name_all(page: Page, labels: Mapping[int, Label], pending: Collection[Label]) -> list[Label]:
    """The labels of all segments: those known, and those that ``name_kind`` gives where there is none, or a ``pending`` one.

    Nearly all that a page holds besides its article are entries of menus, one beside the other: they are named at one look.
    """
    named = []
    pending_ids = {id(label) for label in pending}
    last_place, entry = NOWHERE, _entry_of(NOWHERE)
    segments, matches, headings, known = page.segments, page.matches, page.headings, labels.get
    first, last = (page.body[0], page.body[-1]) if page.body else (len(segments), -1)
    for index, segment in enumerate(segments):
        found = known(index)
        if found is not None and id(found) not in pending_ids:
            named.append(found)
            continue
        node = segment.node
        if node.facts & facts.HIDDEN:
            named.append(_IS_HIDDEN)
            continue
        stands = AFTER if index > last >= 0 else BEFORE if index < first and last >= 0 else stands_at(page, index)
        place = page.places[stands].get(node.index) or place_of(page, node, stands)
        if place is not last_place:
            last_place, entry = place, _entry_of(place)
        is_entry = entry is not None and (index not in headings or (entry is _MENU and not node.facts & facts.ARTICLE))
        if entry is not None and is_entry and _is_entry(segment, matches[index]):
            named.append(entry)
        else:
            named.append(_by_rules(page, index, stands, place, RULES))
    return named


def _entry_of(place: Place) -> Label | None:
    """What the entries of a menu are that is in a place; nothing where class words may tell more of them."""
    if place.kind in _TOLD_IN_MENUS or place.word in _NAMED_IN_MENUS:
        return None
    return _FOOTED if place.zone & FOOTER else _MENU if place.zone & NAV else None


def _by_rules(page: Page, index: int, stands: int, place: Place, rules: Sequence[Rule]) -> Label:
    heading = page.headings.get(index)
    under = None if heading is None else page.matches[heading]
    seen = Seen(index, page.segments[index], page.matches[index], under, stands, place, page)
    for rule in _asked(_marks(seen)) if rules is RULES else rules:
        found = rule(seen)
        if found is not None:
            return label_of(*found)
    return _UNNAMED


def _marks(seen: Seen) -> int:
    """The bits by which is known which rules can have an answer."""
    segment, place = seen.segment, seen.place
    links, text = segment.links, segment.text
    marks = place.zone | segment.node.facts & (_SHOWN_OTHERWISE | facts.LIST) | _STANDING[seen.stands]
    if links:
        marks |= _LINKED
        for link in links:
            href = link.href
            if "?" in href or "/shar" in href:
                marks |= _ASKING
            if "#" in href:
                marks |= _JUMPING
        href = links[0].href
        if href[:1] != "/" or href[1:2] == "/":
            marks |= _PROFILED if leads_to_profile(href) else _SCRIPTED if href[:1] in "jJ" else 0
    if seen.match is not None:
        marks |= _SAID
    if seen.under is not None:
        marks |= _HEADED
    if place.kind is not None:
        marks |= _CALLED
    if text[:1] == "#":
        marks |= _TAGGED
    return marks | _CLAIMING if _may_claim(text) else marks


@lru_cache(maxsize=4_096)
def _asked(marks: int) -> tuple[Rule, ...]:
    """The rules that can have an answer for a segment with such marks."""
    return tuple([rule for rule, one, other, never in _ROWS if marks & one and marks & other and not marks & never])


def _is_entry(segment: RawSegment, match: Match | None) -> bool:
    """Whether a segment of a menu or the page's foot is nothing but a link within the site, or plain text, as nearly all of them are."""
    links, text = segment.links, segment.text
    if segment.node.facts & _SHOWN_OTHERWISE or text[0] == "#" or _may_claim(text):
        return False
    if not links:
        # A line of a few words may say what it is.
        return match is None and text.count(" ") < _MENU_WORDS
    if len(links) > 1 or (match is not None and (match.kind in _KEPT_IN_MENUS or match.kind in _DOES)):
        return False
    href = links[0].href
    leads_away = leads_to_profile(href) if href[:4] == "http" or href[:2] == "//" else href[:1] != "/"
    return not leads_away and "/shar" not in href and ("?" not in href or _SHARERS.search(href) is None)


def _may_claim(text: str) -> bool:
    """Whether it is worth to look for a claim of rights; quick to say no."""
    if "opyright" in text or "OPYRIGHT" in text or ("(" in text and ("(c)" in text or "(C)" in text)):
        return True
    return not text.isascii() and ("©" in text or "ⓒ" in text or "℗" in text)


# A role and a kind of the same name are equal, since they are strings: their types tell them apart.
@lru_cache(maxsize=4_096, typed=True)
def label_of(named: Kind | Role, reason: str) -> Label:
    """A label of boilerplate of a kind, or of a role."""
    return Label(named, None, reason) if isinstance(named, Role) else Label(Role.BOILERPLATE, named, reason)


# --- The rules, in their order


def _hidden(seen: Seen) -> Named | None:
    return (Kind.HIDDEN, "in a hidden element") if seen.segment.node.facts & facts.HIDDEN else None


def _jumps(seen: Seen) -> Named | None:
    """A link at the top of the page that leads down in it, or one that says that it skips something."""
    segment = seen.segment
    href = segment.links[-1].href if segment.links else ""
    if "#" not in href:
        return None
    if "#skip" in href.lower():
        return Kind.SKIP_LINK, "a link that skips a part of the page"
    first = _SKIP_IN_MENU if seen.place.zone & NAV else _SKIP_FIRST
    if seen.number >= first or seen.stands != BEFORE or segment.text.count(" ") >= _SKIP_WORDS:
        return None
    jumps = _TARGETS.match(href) is not None and segment.link_chars >= len(segment.text) - len(segment.links)
    return (Kind.SKIP_LINK, "a link at the top to a place on the page") if jumps else None


def _shares(seen: Seen) -> Named | None:
    for link in seen.segment.links:
        href = link.href
        # Nearly all are others, and quickly told.
        if ("?" in href or "/shar" in href) and _SHARERS.search(href):
            return Kind.SHARE, "links that share the page"
    return None


def _in_figure(seen: Seen) -> Named | None:
    node = seen.segment.node
    if not node.facts & (facts.CAPTION | facts.FIGURE) or seen.place.kind in _NOT_IN_FIGURES:
        return None
    if seen.number in seen.page.span:
        is_list = seen.place.kind in LISTS or (_is_teaser(seen.segment) and word_units(seen.segment.text) >= _SECTION_WORDS)
        return None if is_list else (Role.CAPTION, "in a figure of the body")
    if seen.place.zone & (NAV | FOOTER) or seen.place.kind in BOXES or _is_teaser(seen.segment):
        return None
    return Kind.MEDIA_CHROME, "in a figure"


def _pictured(seen: Seen) -> Named | None:
    """Text in the place of the body that has an element to itself with a picture."""
    segment, page = seen.segment, seen.page
    node = segment.node
    if seen.number not in page.span or seen.number <= page.title or segment.links or len(segment.text) > _LONGEST_CAPTION:
        return None
    near = node.index in page.pictured or (node.parent is not None and node.parent.index in page.pictured)
    return (Kind.MEDIA_CHROME, "beside a picture that has an element to itself") if near else None


def _claims(seen: Seen) -> Named | None:
    """A line with the sign of copyright or the word and a year; above and among the text only where it begins with the sign."""
    text = seen.segment.text
    if len(text) > LONGEST_RIGHTS or not _may_claim(text) or _RIGHTS.search(text) is None:
        return None
    if text[0] != "©" and seen.match is None and (seen.stands != AFTER or len(seen.segment.links) > 1):
        return None
    dated = _YEAR.search(text) is not None
    of_picture = (seen.place.kind is Kind.MEDIA_CHROME and not (dated and seen.stands == AFTER)) or (
        seen.stands == INSIDE and seen.page.body and not dated
    )
    return (Kind.MEDIA_CHROME, "the rights in a picture") if of_picture else (Kind.COPYRIGHT, "claims rights")


def _opens(seen: Seen) -> Named | None:
    """A link that opens the site's consent dialog."""
    links = seen.segment.links
    found = len(links) == 1 and links[0].href[:11].lower() == "javascript:" and _CONSENT.search(links[0].href)
    return (Kind.COOKIE, "opens the consent dialog") if found else None


def _follows(seen: Seen) -> Named | None:
    """Links to the site's own pages on other services."""
    segment = seen.segment
    if not segment.links or segment.text.count(" ") >= _PROFILE_WORDS or seen.place.kind in _OF_PERSONS:
        return None
    if segment.node.facts & _QUOTED:
        return None
    for link in segment.links:
        if not leads_to_profile(link.href):
            return None
    return Kind.FOLLOW, "links to profiles on other services"


# Profiles there are those of persons, and here of whom is told.
_OF_PERSONS, _QUOTED = frozenset((Kind.AUTHOR_BIO, Kind.COMMENTS, Kind.BYLINE)), facts.QUOTE | facts.FIGURE


def leads_to_profile(href: str) -> bool:
    """Whether a link leads to a page on another service, as of a site or a person."""
    parts = href.split("/", 4)
    if len(parts) < _PARTS_OF_ADDRESS or parts[1] or not parts[3]:
        return False
    return _has_profiles(parts[2]) or (parts[3] in _PROFILE_STEPS and (parts[2].lower(), parts[3]) in _PROFILE_PATHS)


@lru_cache(maxsize=1_024)
def _has_profiles(host: str) -> bool:
    host = host.lower()
    return host[host.rfind(".", 0, host.rfind(".")) + 1 :] in _PROFILE_HOSTS


_PARTS_OF_ADDRESS = 4  # the scheme, nothing, the host, a path


def _says(seen: Seen) -> Named | None:
    """What a known phrase is, unless it is a menu's entry, or the box around it tells more."""
    match, place = seen.match, seen.place
    if match is None:
        return None
    kind = match.kind
    is_entry = (
        place.zone & (NAV | FOOTER)
        and (kind not in _KEPT_IN_MENUS or (kind is _COPYRIGHT and _leads(seen.segment)))
        and not (kind in _DOES and not _leads(seen.segment) and not _is_column(seen, match))
    )
    if is_entry and kind in LISTS and seen.stands == AFTER and not place.zone & FOOTER:
        is_entry = bool(seen.segment.links) or seen.segment.tag not in HEADING_TAGS
    is_vague = kind in _VAGUE and place.kind in _TELLING and {kind, place.kind} not in _ALIKE and match.phrase.count(" ") < _VAGUE_SPACES
    if kind is _NAVIGATION and place.kind is Kind.PAYWALL:
        is_vague = False  # logging in
    # "Name" and "Website" stand in forms of all kinds.
    is_field = kind is Kind.COMMENTS and place.zone & FORM and place.kind is None and _COMMENT_TERMS.search(match.phrase) is None
    is_more = kind in _MORE_OF_LISTS and _in_list(seen) and _leads(seen.segment)
    return None if is_entry or is_vague or is_field or is_more else _by_phrase(seen, kind, f"the phrase '{match.phrase}'")


_COMMENT_TERMS = dict(kind_terms("line"))["comments"]


def _in_list(seen: Seen) -> bool:
    """Whether a heading or class words say that a segment stands in a list of other articles."""
    return seen.place.kind in LISTS or (seen.under is not None and seen.under.kind in LISTS)


# Links that lead on to an article of a list, or to more of them, have the list's kind.
_MORE_OF_LISTS = frozenset((Kind.PAGINATION, Kind.INLINE_TEASER))


def _is_column(seen: Seen, match: Match) -> bool:
    """Whether a phrase of one word is a menu's entry without a page of its own, or names a column of links in the page's foot."""
    if " " in match.phrase:
        return False
    is_foot, is_linked = seen.place.zone & FOOTER != 0, bool(seen.segment.links)
    return (match.kind is Kind.PAYWALL and (is_foot or is_linked)) or (match.kind is Kind.NEWSLETTER and is_linked)


def _by_phrase(seen: Seen, kind: Kind, reason: str) -> Named | None:
    if kind is _BYLINE and seen.segment.node.facts & _QUOTED:
        return Kind.MEDIA_CHROME, f"{reason}, in a quotation or figure"
    if kind is _BYLINE:
        elsewhere = seen.under is not None or (seen.stands == AFTER and seen.place.kind is not None)
        return None if elsewhere else (Role.BYLINE, reason)
    if kind in POINTERS and seen.page.body and not seen.segment.links:
        return _pointing(seen, kind, reason)
    if kind is _PREVIOUS_NEXT and seen.place.kind in _NUMBERED and _numbered(seen):
        return Kind.PAGINATION, f"{reason}, beside a number"
    led = _leads_in(seen) if kind is _NAVIGATION and seen.segment.links else _leads_to(seen) if kind in _SUBSCRIBES else None
    return led or (kind, reason)


# Looked up once: Python 3.11 takes long to.
_BYLINE, _PREVIOUS_NEXT, _NAVIGATION, _COPYRIGHT = Kind.BYLINE, Kind.PREVIOUS_NEXT, Kind.NAVIGATION, Kind.COPYRIGHT


def _pointing(seen: Seen, kind: Kind, reason: str) -> Named:
    """What a label such as "Read also" is by what follows: one link among the text, or a list of them."""
    one = _one_follows(seen, seen.number)
    if kind is Kind.INLINE_TEASER and not one:
        return Kind.RELATED, f"{reason}, above several links"
    if kind is Kind.RELATED and one and seen.stands == INSIDE:
        return Kind.INLINE_TEASER, f"{reason}, above one link"
    return kind, reason


_NUMBERED = frozenset((None, Kind.PAGINATION))


def _numbered(seen: Seen) -> bool:
    """Whether a number stands beside a segment, as that of a page does."""
    around = seen.page.segments[max(0, seen.number - 2) : seen.number + 3]
    return any(segment.text.isdigit() for segment in around)


def _leads(segment: RawSegment) -> bool:
    """Whether a segment is mostly links that lead to another page, rather than doing something on this one."""
    return 2 * segment.link_chars > len(segment.text) and not all(link.href.startswith(("#", "javascript:")) for link in segment.links)


def _one_follows(seen: Seen, label: int) -> bool:
    """Whether just one link stands between a label and the next text of the body."""
    body = seen.page.body
    after = bisect_left(body, label)
    until = body[after] if after < len(body) else label + _POINTER
    between = seen.page.segments[label + 1 : min(until, label + _POINTER)]
    links = {link.href for segment in between for link in segment.links if word_units(link.text) >= _TEASER_WORDS}
    return len(links) <= 1 and until - label <= _POINTER


def _leads_to(seen: Seen) -> Named | None:
    """What the addresses of a short line's links say, unless it is a menu's entry."""
    segment, place = seen.segment, seen.place
    if not segment.links or place.zone & (NAV | FOOTER) or segment.text.count(" ") >= _LED_WORDS:
        return None
    kind = lead_of(segment.links[0].href)
    if kind is None or any(lead_of(link.href) is not kind for link in segment.links[1:]):
        return None
    # A date and the number of comments are a by-line.
    if kind is Kind.COMMENTS and seen.stands == BEFORE and _DATED.search(segment.text):
        return None
    if kind is Kind.TAGS and (place.kind in BOXES or seen.stands != AFTER or word_units(segment.links[0].text) > _TAG_WORDS):
        return None
    return kind, f"its address leads to {kind.replace('_', ' ')}"


def lead_of(href: str) -> Kind | None:
    """What kind of page a link leads to, by a part of its address."""
    parts = href.lower().replace("?", "/?").replace("#", "/#").split("/")
    if _LEADING.isdisjoint(parts):
        return None
    return next((kind for part in parts if (kind := _LEADS.get(part)) is not None), None)


def _hashtags(seen: Seen) -> Named | None:
    text = seen.segment.text
    found = text[0] == "#" and text[1:2].isalpha() and seen.segment.tag not in HEADING_TAGS and all(word[0] == "#" for word in text.split())
    return (Kind.TAGS, "hashtags") if found else None


def _under(seen: Seen) -> Named | None:
    """What stands in the box of a heading that is a known phrase."""
    under, place = seen.under, seen.place
    if (
        under is None
        or (place.zone & NAV and not _in_own_menu(seen))
        or (place.zone & FOOTER and under.kind in LISTS and not _is_title(seen.segment))
    ):
        return None
    if place.kind is not None and under.kind in LISTS and place.kind not in LISTS and place.kind is not Kind.BREADCRUMBS:
        return None
    if under.kind is Kind.RELATED and seen.stands == INSIDE and _one_follows(seen, seen.page.headings[seen.number]):
        return Kind.INLINE_TEASER, f"the only link under the heading '{under.phrase}'"
    if under.kind is Kind.RELATED and under is not MORE_MATCH and _is_teaser(seen.segment):
        return Role.RELATED, f"under the heading '{under.phrase}'"
    return under.kind, f"under the heading '{under.phrase}'"


def _is_title(segment: RawSegment) -> bool:
    """Whether a link has so many words as titles of articles have, but menus' entries do not."""
    return _is_teaser(segment) and word_units(segment.text) > _SECTION_WORDS


def _in_own_menu(seen: Seen) -> bool:
    """Whether a menu is the article's own: below its text, in the element that is the article."""
    return seen.stands == AFTER and seen.segment.node.facts & facts.ARTICLE != 0


def _called(seen: Seen) -> Named | None:
    """What the class words of the elements around it name."""
    kind, word, zone = seen.place
    if kind is None or _means_other(seen, kind):
        return None
    if word == "social" and zone & FOOTER:
        return Kind.FOLLOW, "class words: social"
    if kind is Kind.AUTHOR_BIO and _above_text(seen):
        return Role.BYLINE, "class words: author_bio, above the text"
    if word == "breadcrumbs" and not seen.segment.links and _is_date(seen.segment.text):
        return Role.BYLINE, "a date beside breadcrumbs"
    return (Role.RELATED, "class words: related") if word == "related" and _is_teaser(seen.segment) else _BY_WORDS[word]


def _is_date(text: str) -> bool:
    """Whether a text is a date or a time, rather than a title with a year in it."""
    return _DATED.search(text) is not None and 4 * sum(map(str.isdigit, text)) > len(text)


def _above_text(seen: Seen) -> bool:
    """Whether a short line stands between the title and the text."""
    page = seen.page
    return bool(page.body) and seen.stands == BEFORE and page.title < seen.number and len(seen.segment.text) < _LONGEST_DATED


_BY_WORDS: Mapping[str, Named] = {
    name: (Role.BYLINE if kind is Kind.BYLINE else kind, f"class words: {name}") for _, name, kind, _ in WORDS
}


def _means_other(seen: Seen, kind: Kind) -> bool:
    """Whether class words that name a kind mean something else where they stand."""
    segment, word = seen.segment, seen.place.word
    if word in _NEAR and seen.number < seen.page.title - _HEADLINE:
        return True
    if kind is Kind.PAGINATION and word_units(segment.text) > _PAGE_WORDS:
        return True
    # Forms of all kinds ask for consent.
    if kind is Kind.COOKIE and seen.place.zone & FORM and not seen.place.zone & DIALOG and seen.stands != BEFORE and _in_form(seen):
        return True
    if (word == "copyright" or (word == "skip_link" and seen.number >= _SKIP_FIRST)) and _leads(segment):
        return True
    if seen.place.zone & (NAV | FOOTER) and word not in _NAMED_IN_MENUS:
        subscribes = kind in _SUBSCRIBES and segment.links and segment.text.count(" ") < _MENU_WORDS
        if subscribes or kind not in _TOLD_IN_MENUS or _leads(segment):
            return True
    # A link that leads elsewhere shares nothing, and a long one is no tag.
    return (word == "social" or (kind is Kind.TAGS and word_units(segment.text) > _SECTION_WORDS)) and _leads(segment)


_PAGE_WORDS = 6


def _in_form(seen: Seen) -> bool:
    """Whether the class words stand within the form, rather than around it."""
    here: Node | None = seen.segment.node
    while here is not None and here.facts & FORM:
        if here.own & _COOKIE_BIT:
            return True
        here = here.parent
    return False


_COOKIE_BIT = kind_words()["cookie"]


def _speaks_of(seen: Seen) -> Named | None:
    """A short line that nothing else names, by the words in it; a link also has to lead there."""
    # A page without an article is a wall or a list: all of it speaks of something.
    if not seen.page.body:
        return None
    segment = seen.segment
    spaces = segment.text.count(" ")
    if spaces >= _SPEAKING_WORDS or (seen.place.zone & (NAV | FOOTER) and (spaces < _MENU_WORDS or _leads(segment))):
        return None
    text = segment.text.lower()
    if any_line_term().search(text) is None:
        return None
    leads = _leads(segment)
    if seen.stands == BEFORE and (_DATED.search(text) or (seen.place.zone & HEADER and segment.links)):
        return None
    for kind, pattern in kind_terms("line"):
        found = pattern.search(text)
        if found is not None and not (leads and pattern.search(segment.links[0].href.lower()) is None):
            is_dated = seen.stands == BEFORE and _DATED.search(text)
            is_column = kind in _COLUMNS and segment.tag in HEADING_TAGS and seen.place.zone & FOOTER
            return None if is_dated or is_column else (Kind(kind), f"speaks of '{found[0]}'")
    return None


_SPEAKING_WORDS, _MENU_WORDS = 22, 2
# What a heading in the foot of the page has links to, rather than that it asks for it.
_COLUMNS = frozenset(("donation", "paywall", "advertisement", "copyright"))
_IN_DIALOG = "in a dialog"
_ZONE_KINDS: tuple[tuple[int, Kind, str], ...] = (
    (FOOTER, Kind.FOOTER, "in the foot of the page"),
    (NAV, Kind.NAVIGATION, "in a navigation element"),
    (DIALOG, Kind.NAVIGATION, _IN_DIALOG),
)


def _stands_in(seen: Seen) -> Named | None:
    zone = seen.place.zone
    for bit, kind, reason in _ZONE_KINDS:
        if zone & bit:
            return kind, reason
    return None


def _heads(seen: Seen) -> Named | None:
    return (Kind.NAVIGATION, "in the head of the page") if seen.place.zone & HEADER and seen.stands == BEFORE else None


_SECTION_BEFORE, _SECTION_WORDS = 6, 5
_DATED = re.compile(r"\d{1,2}[:.hH]\d\d|(?:19|20)\d\d|(?<!\d)\d{1,4} min\b")
_LONGEST_DATED, _LONGEST_PATH = 80, 160
_PATH = re.compile(r"\S [›»>/→] ?\S")


def _leads_in(seen: Seen) -> Named | None:
    """Short links right above the title are the article's section; a line with a date or time between title and text is a by-line."""
    segment, title, body = seen.segment, seen.page.title, seen.page.body
    if not body or seen.stands != BEFORE or seen.place.zone & (NAV | HEADER | BUTTON):
        return None
    if title - _SECTION_BEFORE <= seen.number < title:
        if _PATH.search(segment.text) and len(segment.text) < _LONGEST_PATH:
            return Kind.BREADCRUMBS, "a path right above the title"
        linked = segment.link_chars > 0.8 * len(segment.text) and word_units(segment.text) < _SECTION_WORDS
        return (Kind.BREADCRUMBS, "a link right above the title") if linked else None
    if title < seen.number and len(segment.text) < _LONGEST_DATED and (segment.tag == "address" or _DATED.search(segment.text)):
        return Role.BYLINE, "a date, time or <address> between title and text"
    return None


_IN_FORM = "in a form"


def _asks(seen: Seen) -> Named | None:
    zone = seen.place.zone
    if zone & FORM:
        return Kind.FORM, _IN_FORM
    return (Kind.NAVIGATION, "a button") if zone & BUTTON else None


def _contents(seen: Seen) -> Named | None:
    """An item of a list of links to places on the page."""
    segment = seen.segment
    if not segment.node.facts & facts.LIST or 2 * segment.link_chars < len(segment.text):
        return None
    for link in segment.links:
        if link.href[:1] != "#" or len(link.href) < _LEAST_PLACE or lead_of(link.href) is not None:
            return None
    return Kind.NAVIGATION, "leads to a place on the page"


_LEAST_PLACE = 3


def _points(seen: Seen) -> Named | None:
    """A line among the article's text that is nothing but a link."""
    segment = seen.segment
    if not seen.page.body or seen.stands != INSIDE or not 0 < len(segment.links) < 3 or segment.link_chars <= 0.6 * len(segment.text):
        return None
    if segment.node.facts & facts.LIST and _is_item(segment.node):
        return (Kind.RELATED, "a list among the article's text that is nothing but links") if _is_teaser(segment) else None
    if word_units(segment.links[0].text) < _TEASER_WORDS or segment.tag == "h1" or _in_own_article(seen):
        return None
    return Kind.INLINE_TEASER, "a line of the body's place that is nothing but a link"


def _in_own_article(seen: Seen) -> bool:
    """Whether an <article> is around a segment that holds none of the body, as around each teaser of a list."""
    here: Node | None = seen.segment.node
    while here is not None and here.index not in seen.page.around:
        if here.tag == "article":
            return True
        here = here.parent
    return False


def _is_item(node: Node) -> bool:
    """Whether an element is, or is in, an item of a list of several."""
    here: Node | None = node
    for _ in range(_ITEM_LEVELS):
        if here is None or here.tag in ("ul", "ol"):
            break
        here = here.parent
    return here is not None and here.tag in ("ul", "ol") and here.end - here.first > 1


_ITEM_LEVELS = 5


def _aside(seen: Seen) -> Named | None:
    """What stands beside the article; among its paragraphs, a small box with one link points to another article."""
    if not seen.place.zone & SIDE:
        return None
    if _points_aside(seen):
        return Kind.INLINE_TEASER, "a small box among the text, with one link"
    return (Kind.MOST_READ, "a list of titles beside the article") if _is_listed(seen, _is_title) else (Kind.SIDEBAR, "beside the article")


def _is_listed(seen: Seen, is_one: Callable[[RawSegment], bool]) -> bool:
    """Whether a linked title has others of its make near it."""
    if not is_one(seen.segment):
        return False
    signature = seen.segment.node.signature
    near = seen.page.segments[max(0, seen.number - _APART) : seen.number + _APART + 1]
    alike = (other for other in near if other.node.signature == signature and is_one(other))
    return len(list(islice(alike, _LEAST_LISTED))) == _LEAST_LISTED


_APART, _LEAST_LISTED = 12, 3


def _points_aside(seen: Seen) -> bool:
    here: Node | None = seen.segment.node
    while here is not None and here.tag != "aside":
        here = here.parent
    if here is None or not seen.page.body or seen.stands != INSIDE or here.end - here.first > _POINTER:
        return False
    inside = seen.page.segments[here.first : here.end]
    return len({link.href for segment in inside for link in segment.links}) == 1 and any(
        word_units(segment.text) >= _TEASER_WORDS for segment in inside
    )


_ONLY_LINKS = "nothing but links"


def _lists(seen: Seen) -> Named | None:
    """Links that nothing names: above the text they lead around the site, below it to other articles or pages."""
    segment = seen.segment
    if segment.link_chars <= 0.8 * len(segment.text):
        return None
    if seen.stands == AFTER and _is_teaser(segment) and not all(_leads_up(link.href) for link in segment.links):
        if _is_title(segment) or any(_is_slug(link.href) for link in segment.links) or _is_listed(seen, _is_teaser):
            return Kind.MOST_READ, "a linked title after the article"
        return Kind.SIDEBAR, "a link after the article"
    return Kind.NAVIGATION, _ONLY_LINKS


def _is_slug(href: str) -> bool:
    """Whether an address ends in words, as those of articles do."""
    return href.partition("?")[0].rstrip("/").rpartition("/")[2].count("-") >= _SLUG_HYPHENS


_SLUG_HYPHENS = 3


def _leads_up(href: str) -> bool:
    """Whether a link leads to the top of the page or to the site's front page."""
    return href[:1] == "#" or href.split("?", 1)[0].rstrip("/").count("/") == (2 if "://" in href else 0)


# Marks of segments beside their zone and how they are shown: what they have, what is in the addresses of their links, where they stand.
_LINKED, _ASKING, _JUMPING, _PROFILED, _SCRIPTED, _SAID, _HEADED, _CALLED, _TAGGED, _CLAIMING, *_STANDING = (
    1 << bit for bit in range(facts.FACTS, facts.FACTS + 13)
)
_ANY, _NONE = -1, 0
# The rules in their order. A rule has an answer only for segments with one of the marks that follow it, one of the next, none of the last.
_ROWS: tuple[tuple[Rule, int, int, int], ...] = (
    (_hidden, facts.HIDDEN, _ANY, _NONE),
    (_jumps, _JUMPING, _ANY, _NONE),
    (_shares, _ASKING, _ANY, _NONE),
    (_in_figure, facts.CAPTION | facts.FIGURE, _ANY, _NONE),
    (_claims, _CLAIMING, _ANY, _NONE),
    (_opens, _SCRIPTED, _ANY, _NONE),
    (_follows, _PROFILED, _ANY, _NONE),
    (_says, _SAID, _ANY, _NONE),
    (_hashtags, _TAGGED, _ANY, _NONE),
    (_leads_to, _LINKED, _ANY, NAV | FOOTER),
    (_under, _HEADED, _ANY, _NONE),
    (_called, _CALLED, _ANY, _NONE),
    (_speaks_of, _ANY, _ANY, _NONE),
    (_stands_in, FOOTER | NAV | DIALOG, _ANY, _NONE),
    (_heads, HEADER, _STANDING[BEFORE], _NONE),
    (_leads_in, _STANDING[BEFORE], _ANY, NAV | HEADER | BUTTON),
    (_asks, FORM | BUTTON, _ANY, _NONE),
    (_contents, _JUMPING, facts.LIST, _NONE),
    (_points, _LINKED, _STANDING[INSIDE], _NONE),
    (_aside, SIDE, _ANY, _NONE),
    (_pictured, _ANY, _ANY, _LINKED),
    (_lists, _LINKED, _ANY, _NONE),
)
RULES: tuple[Rule, ...] = tuple(rule for rule, *_ in _ROWS)
_BESIDE_LEVELS, _BESIDE_SEGMENTS, _SIDE_SEGMENTS = 4, 40, 12
# What a box of is; other kinds are those of single lines.
_WALLS = frozenset((Kind.COOKIE, Kind.PAYWALL))
_PASSED_ON = frozenset(
    (
        *(Kind.NEWSLETTER, Kind.COMMENTS, Kind.RELATED, Kind.MOST_READ, Kind.AUTHOR_BIO, Kind.ADVERTISEMENT, Kind.PAYWALL, Kind.COOKIE),
        *(Kind.DONATION, Kind.APP_PROMO, Kind.FORM, Kind.FOOTER, Kind.PREVIOUS_NEXT),
    )
)
# Where a page asks for money in one place, what is further off may be anything.
_OF_SMALL_BOXES = frozenset((Kind.PAYWALL, Kind.DONATION))
_SHOWN_OTHERWISE = facts.HIDDEN | facts.FIGURE | facts.CAPTION
_MENU = Label(Role.BOILERPLATE, Kind.NAVIGATION, "in a navigation element")
_FOOTED = Label(Role.BOILERPLATE, Kind.FOOTER, "in the foot of the page")
_IS_HIDDEN = Label(Role.BOILERPLATE, Kind.HIDDEN, "in a hidden element")
_UNNAMED = Label(Role.BOILERPLATE, Kind.OTHER, "the model: not body, and no rule names its kind")


def _is_teaser(segment: RawSegment) -> bool:
    """Whether a segment is the linked title of an article, rather than the link to a section or a button. Saved text has no links."""
    is_linked = segment.link_chars > 0.5 * len(segment.text) or segment.tag == "line"
    return is_linked and word_units(segment.text) >= _TEASER_WORDS


def settle(page: Page, labels: list[Label]) -> None:
    """Name what no rule has named as its neighbours in the same box: the date of a teaser, the heading of a list in unknown words."""
    wall = None if page.body else _wall(labels)
    for prompt in [index for index, found in enumerate(labels) if found.kind is _PROMPT]:
        for index in _summarised(page, labels, prompt):
            labels[index] = _SUMMARY
    for index, found in enumerate(labels):
        kind = found.kind
        if kind is _SIDEBAR or found is _UNNAMED or found.reason in _BY_PLACE:
            is_weak = kind is _SIDEBAR or found.reason is _ONLY_LINKS
            other = _beside(page, labels, index, _SIDE_SEGMENTS if is_weak else _BESIDE_SEGMENTS)
            if (found.reason is _ONLY_LINKS and other not in LISTS) or (found.reason is _IN_FORM and other not in _FORMS):
                continue
            if other is not None:
                above = other is Kind.AUTHOR_BIO and page.body and index < page.body[0]
                labels[index] = label_of(Role.BYLINE if above else other, f"beside {other.replace('_', ' ')}")
            elif found is _UNNAMED and wall is not None:
                labels[index] = label_of(wall, "on a page without an article, beside others of the kind")
            elif found is _UNNAMED and (placed := _outside(page, index)) is not None:
                labels[index] = placed
        elif kind is _FOOT_KIND and not page.segments[index].links and _introduces(page, labels, index):
            labels[index] = label_of(Kind.FOLLOW, "above links to profiles on other services")


def _summarised(page: Page, labels: Sequence[Label], prompt: int) -> list[int]:
    """The sentences in the box of a summary prompt, which are the summary that it promises; none where the box holds more than that."""
    here: Node | None = page.segments[prompt].node
    if here is not None and here.facts & facts.LIST:
        return []
    for _ in range(_BESIDE_LEVELS):
        if here is None or here.end - here.first > _SUMMARY_SEGMENTS or here.first <= page.title < here.end:
            break
        inside = [index for index in range(here.first, here.end) if page.segments[index].text.count(" ") >= _SENTENCE_SPACES]
        held = bisect_left(page.body, here.end) - bisect_left(page.body, here.first)
        if inside and 4 * held <= len(page.body):
            plain = (Role.BODY, Role.BOILERPLATE)
            # Sentences in elements such as those of the text elsewhere are the text's: the prompt stands among its paragraphs.
            others = {page.segments[index].node.signature for index in page.body if not here.first <= index < here.end}
            return [
                index
                for index in inside
                if labels[index].role in plain
                and labels[index].kind in (None, Kind.OTHER, Kind.SIDEBAR)
                and page.segments[index].node.signature not in others
            ]
        here = here.parent
    return []


_SUMMARY_SEGMENTS = 9
_SUMMARY = Label(Role.SUMMARY, None, "in the box of a summary prompt")


_FORMS = frozenset((Kind.NEWSLETTER, Kind.COMMENTS))
# What stands there is what its neighbours are, where they say it.
_BY_PLACE = frozenset((_IN_DIALOG, _IN_FORM, _ONLY_LINKS))
# Looked up once: each segment is asked for them.
_PROMPT, _SIDEBAR, _FOOT_KIND = Kind.SUMMARY_PROMPT, Kind.SIDEBAR, Kind.FOOTER


def _wall(labels: Sequence[Label]) -> Kind | None:
    """What most of a page is that has no body, if it asks for consent or money."""
    kinds = Counter(found.kind for found in labels if found.kind in _WALLS)
    return kinds.most_common(1)[0][0] if kinds else None


def _outside(page: Page, index: int) -> Label | None:
    """What is named by nothing but that it stands outside the element of the article's text."""
    if not page.body or page.article is None:
        return None
    if index >= page.article.end:
        return _BELOW
    if index >= min(page.article.first, page.title):
        return None
    return _ABOVE if page.segments[index].links else _ABOVE_UNLINKED


_BELOW = Label(Role.BOILERPLATE, Kind.SIDEBAR, "in a box of its own below the article")
_ABOVE_UNLINKED = Label(Role.BOILERPLATE, Kind.SIDEBAR, "in a box of its own above the article")
_ABOVE = Label(Role.BOILERPLATE, Kind.NAVIGATION, "links above the article and its title")


def _introduces(page: Page, labels: Sequence[Label], index: int) -> bool:
    """Whether a short line stands in a box of its own with links to profiles that follow it, and with few others."""
    segment = page.segments[index]
    if segment.text.count(" ") >= _PROFILE_WORDS or segment.node.facts & (FORM | BUTTON) or segment.text[-1].isdigit():
        return False
    here: Node | None = segment.node
    while here is not None and here.end <= index + 1:
        here = here.parent
    if here is None or here.end - here.first > _SIDE_SEGMENTS:
        return False
    others = range(index + 1, here.end)
    return 2 * sum(_is_of_profile(page.segments[other], labels[other]) for other in others) > len(others)


def _is_of_profile(segment: RawSegment, found: Label) -> bool:
    return found.kind is Kind.FOLLOW or (not segment.text and leads_to_profile(segment.links[0].href))


def _beside(page: Page, labels: Sequence[Label], index: int, most: int) -> Kind | None:
    here: Node | None = page.segments[index].node
    is_short = page.segments[index].text.count(" ") < _LED_WORDS
    first, end = index, index + 1
    for _ in range(_BESIDE_LEVELS):
        if here is None or here.end - here.first > most or here.index in page.around:
            return None
        # What an element holds has said nothing where the one around it is asked.
        others = (*range(here.first, first), *range(end, here.end))
        if is_short and here.end - here.first <= _POINTER and any(labels[other].kind is Kind.INLINE_TEASER for other in others):
            return Kind.INLINE_TEASER
        is_large = here.end - here.first > _SIDE_SEGMENTS
        named = [other for other in others if (kind := _kind_of(labels[other])) is not None and not (is_large and kind in _OF_SMALL_BOXES)]
        if named:
            return _kind_of(labels[min(named, key=lambda other: (abs(other - index), -other))])
        first, end, here = here.first, here.end, here.parent
    return None


def _kind_of(label: Label) -> Kind | None:
    """The kind that a label passes on to its neighbours."""
    if label.kind is None:
        return _PASSED_BY_ROLE.get(label.role)
    return label.kind if label.kind in _PASSED_ON else None


_PASSED_BY_ROLE = {Role.RELATED: Kind.RELATED, Role.BYLINE: Kind.AUTHOR_BIO}


def _tells_of_author(page: Page, index: int) -> bool:
    """Whether a line that names the author stands in a small box with a sentence, as above a note about the author."""
    here: Node | None = page.segments[index].node
    for _ in range(_BESIDE_LEVELS):
        if here is None or here.end - here.first > _AUTHOR_SEGMENTS or here.index in page.around:
            return False
        others = (page.segments[other] for other in range(here.first, here.end) if other != index)
        if any(other.text.count(" ") >= _SENTENCE_SPACES and 2 * other.link_chars < len(other.text) for other in others):
            return True
        here = here.parent
    return False


_AUTHOR_SEGMENTS, _SENTENCE_SPACES = 8, 6


def settle_known(page: Page, index: int, found: Label) -> Label:
    """A label that a name or box gave before it was known where the body is: by-lines stand above it, and notes about authors below."""
    body = page.body
    if not body:
        return found
    if index > body[-1]:
        if found.role is Role.BYLINE and _tells_of_author(page, index):
            return Label(Role.BOILERPLATE, Kind.AUTHOR_BIO, found.reason)
        other = name_kind(
            page,
            index,
            (_in_figure, _claims, _under, _called, _stands_in) if found.role is Role.BYLINE else (_in_figure, _claims, _stands_in),
        )
        return other if other.role is Role.CAPTION or other.kind in _OTHERS else found
    if found.role is Role.BYLINE:
        rules: tuple[Rule, ...] = (_in_figure, _pictured) if index > body[0] else (_stands_in,) if index < page.title else ()
        other = name_kind(page, index, (_in_figure, _heads, _stands_in) if index < page.title - _SECTION_BEFORE else rules)
        return found if other is _UNNAMED else other
    if found.kind is Kind.AUTHOR_BIO and index < body[0] and len(page.segments[index].text) < _LONGEST_DATED:
        return Label(Role.BYLINE, None, found.reason)
    other = name_kind(page, index, (_in_figure, _pictured))
    return found if other is _UNNAMED else other


_OTHERS = frozenset(
    (
        *(Kind.AUTHOR_BIO, Kind.RELATED, Kind.MOST_READ, Kind.COMMENTS, Kind.PREVIOUS_NEXT, Kind.NEWSLETTER),
        *(Kind.MEDIA_CHROME, Kind.COPYRIGHT, Kind.FOOTER),
    )
)
