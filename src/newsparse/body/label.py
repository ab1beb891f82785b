"""Segments to roles: which text is the article's body, and what everything else is.

Three steps, each of which can be read alone: what is known for sure (title, by-line, previous and next, phrases), what the model says
of the rest, and a name for what is neither.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from newsparse.body.boxes import Named, boxed, headed
from newsparse.body.features import Clues, vectors, word_units
from newsparse.body.model import Score, probability
from newsparse.document import segments as facts
from newsparse.document.segments import RawSegment, Walked
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.text import fold

# Going from body to not-body or back between neighbours costs this much log-probability: isolated doubts follow their surroundings.
_SWITCH = 0.3
# Where nothing reaches a half, what comes near the likeliest segment is taken, if that is likely at all.
_FALLBACK_SHARE, _FALLBACK_LEAST = 0.6, 0.08
_BYLINE_WORDS = 25
_TEASER_WORDS = 3
# What the model gives at least this chance, and has at least this many spaces, shows where the article is.
_SURE, _SURE_WORDS = 0.9, 10
# What a phrase inside a box makes of all of the box.
_BOX_KINDS = frozenset(
    (Kind.NEWSLETTER, Kind.COMMENTS, Kind.AUTHOR_BIO, Kind.RELATED, Kind.MOST_READ, Kind.DONATION, Kind.APP_PROMO, Kind.FOLLOW, Kind.COOKIE)
)
_KIND_BITS = {kind: 1 << position for position, kind in enumerate(Kind)}


@attrs.frozen
class Label:
    """What a segment is: its role, for boilerplate its kind, and the rule that decided."""

    role: Role
    kind: Kind | None
    reason: str


@attrs.frozen
class Known:
    """What the fields have found out before the body is looked for.

    Attributes:
        title, subtitle, summary: as found in the metadata or headings.
        authors: the authors' names.
        data: the body as JSON-LD states it.
        adjacent: the segments that previous and next were read from, with the direction.
        kept, dropped: the segments that the caller's own rules keep as body or drop, with the rule in words.
    """

    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    data: str | None = None
    adjacent: Mapping[int, str] = attrs.field(factory=dict)
    kept: Mapping[int, str] = attrs.field(factory=dict)
    dropped: Mapping[int, str] = attrs.field(factory=dict)


def label(walked: Walked, matches: Sequence[Match | None], known: Known, score: Score) -> list[Label]:
    """A label for each segment of the page, in order.

    ``matches`` holds each segment's phrase, if it is one; ``score`` is the model.
    """
    labels: dict[int, Label] = dict(_sure(walked.segments, matches, known))
    body = _body(walked, matches, known, labels, score)
    labels.update(body)
    inside = _span(body, walked.segments)
    under = headed(walked.segments, [index for index, match in enumerate(matches) if match is not None and match.place is Place.HEADING])
    for index, segment in enumerate(walked.segments):
        if index not in labels:
            heading = under.get(index)
            labels[index] = _rest(segment, matches[index], None if heading is None else matches[heading], index in inside)
    return [labels[index] for index in range(len(walked.segments))]


def phrase_masks(matches: Sequence[Match | None]) -> list[int]:
    """The phrases as the model sees them: a bit for each kind."""
    return [_KIND_BITS[match.kind] if match is not None else 0 for match in matches]


def clues_of(known: Known) -> Clues:
    """What the page says about itself, as the model sees it."""
    return Clues(fold(known.title or ""), fold(known.summary or ""), fold(known.data or ""))


def _sure(segments: Sequence[RawSegment], matches: Sequence[Match | None], known: Known) -> Iterable[tuple[int, Label]]:
    title, subtitle = fold(known.title or ""), fold(known.subtitle or "")
    names = [folded for name in known.authors if (folded := fold(name))]
    titled = bool(title) and _first(segments, title)
    standfirst = bool(subtitle) and _first(segments, subtitle)
    for index, segment in enumerate(segments):
        match = matches[index]
        if index in known.kept:
            yield index, Label(Role.BODY, None, known.kept[index])
        elif index in known.dropped:
            yield index, Label(Role.BOILERPLATE, Kind.DROPPED, known.dropped[index])
        elif index in known.adjacent:
            yield index, Label(Role.BOILERPLATE, Kind.PREVIOUS_NEXT, f"names the {known.adjacent[index]} article")
        elif not segment.text:
            yield index, Label(Role.BOILERPLATE, Kind.MEDIA_CHROME, "a link without text")
        elif title and index == titled:
            yield index, Label(Role.TITLE, None, "the text of the title")
        elif subtitle and index == standfirst:
            yield index, Label(Role.SUBTITLE, None, "the text of the subtitle")
        elif segment.node.facts & facts.HIDDEN:
            continue  # whatever it says, it is hidden text, unless the model takes it for body
        elif match is not None and match.place is Place.WHOLE:
            yield index, Label(*_phrase_role(match), f"the phrase '{match.phrase}'")
        elif names and len(segment.text) < 200 and _is_byline(segment, names):
            yield index, Label(Role.BYLINE, None, "names the author")


def _phrase_role(match: Match) -> tuple[Role, Kind | None]:
    return (Role.BYLINE, None) if match.kind is Kind.BYLINE else (Role.BOILERPLATE, match.kind)


def _first(segments: Sequence[RawSegment], folded: str) -> int:
    """Where the text stands on the page: in the first h1, else first at all; -1 where it does not."""
    found = -1
    least, most = len(folded) * 4 // 5, 2 * len(folded) + 40  # folding drops signs, and may add letters: "ß" becomes "ss"
    for index, segment in enumerate(segments):
        if not least <= len(segment.text) <= most or segment.node.facts & facts.HIDDEN or segment.folded != folded:
            continue
        if segment.tag == "h1":
            return index
        if found < 0:
            found = index
    return found


def _is_byline(segment: RawSegment, names: Collection[str]) -> bool:
    folded = segment.folded
    for name in names:
        if name in folded:
            words = folded.count(" ") + 1
            return words <= name.count(" ") + 5 or (words <= _BYLINE_WORDS and folded.startswith("by "))
    return False


def _body(walked: Walked, matches: Sequence[Match | None], known: Known, sure: Mapping[int, Label], score: Score) -> dict[int, Label]:
    candidates, rows = vectors(walked, phrase_masks(matches), clues_of(known))
    fixed = [
        0.0 if index in sure and sure[index].role is not Role.BODY else probability(score(*row))
        for index, row in zip(candidates, rows, strict=True)
    ]
    chosen = _smooth(fixed)
    best = max(fixed, default=0.0)
    if not any(chosen) and best >= _FALLBACK_LEAST:
        chosen = [chance >= _FALLBACK_SHARE * best for chance in fixed]
    labels = {}
    scored = {}
    for index, chance, is_body in zip(candidates, fixed, chosen, strict=True):
        if not is_body or index in sure:
            continue
        scored[index] = chance
        if walked.segments[index].node.facts & facts.CAPTION:
            labels[index] = Label(Role.CAPTION, None, "in a <figcaption>")
        else:
            labels[index] = Label(Role.BODY, None, f"the model: {chance:.2f}")
    return labels | _boxed(walked, matches, scored, sure)


def _boxed(walked: Walked, matches: Sequence[Match | None], chances: Mapping[int, float], sure: Mapping[int, Label]) -> dict[int, Label]:
    """Text that reads like an article but stands in a box apart from the surely chosen text, where something says what the box is."""
    segments = walked.segments
    core = [segments[index].node for index, chance in chances.items() if chance >= _SURE and segments[index].text.count(" ") >= _SURE_WORDS]
    if not core or len(core) == len(chances):
        return {}
    named: list[tuple[facts.Node, Named]] = [
        (segments[index].node, (match.kind, f"the phrase '{match.phrase}'"))
        for index, match in enumerate(matches)
        if match is not None and match.kind in _BOX_KINDS
    ]
    named += [(segments[index].node, (Kind.AUTHOR_BIO, "the author's name")) for index, item in sure.items() if item.role is Role.BYLINE]
    boxes = boxed(walked.nodes, core, named, [(index, segments[index].node) for index in chances])
    return {index: Label(Role.BOILERPLATE, kind, f"in a box with {reason}") for index, (kind, reason) in boxes.items()}


def _smooth(chances: Sequence[float]) -> list[bool]:
    """The likeliest sequence of body and not-body (Viterbi, two states)."""
    off, on = 0.0, 0.0
    steps = []
    for chance in chances:
        bounded = min(max(chance, 1e-4), 1 - 1e-4)
        from_on_to_off, from_off_to_on = on - _SWITCH > off, off - _SWITCH > on
        steps.append((from_on_to_off, not from_off_to_on))
        off, on = (
            (on - _SWITCH if from_on_to_off else off) + math.log(1 - bounded),
            (off - _SWITCH if from_off_to_on else on) + math.log(bounded),
        )
    state = on > off
    states = []
    for to_off, to_on in reversed(steps):
        states.append(state)
        state = to_on if state else to_off
    return states[::-1]


def _span(body: Mapping[int, Label], segments: Sequence[RawSegment]) -> range:
    """From the first to a little after the last body segment: captions and read-also links are looked for only here."""
    chosen = [index for index, found in body.items() if found.role is Role.BODY]
    return range(max(0, min(chosen) - 8), min(len(segments), max(chosen) + 3)) if chosen else range(0)


# What an element's place says of text that is no body, the surest first: facts about elements, then words in classes and ids.
_BY_FACT: tuple[tuple[int, Kind, str], ...] = (
    (facts.HIDDEN, Kind.HIDDEN, "in a hidden element"),
    (facts.DIALOG, Kind.COOKIE, "in a dialog"),
    (facts.NAV, Kind.NAVIGATION, "in a navigation element"),
)
_BY_TOPIC: tuple[tuple[str, Kind], ...] = (
    ("cookie", Kind.COOKIE),
    ("comments", Kind.COMMENTS),
    ("newsletter", Kind.NEWSLETTER),
    ("paywall", Kind.PAYWALL),
    ("related", Kind.RELATED),
    ("popular", Kind.MOST_READ),
    ("share", Kind.SHARE),
    ("breadcrumb", Kind.BREADCRUMBS),
    ("pager", Kind.PAGINATION),
    ("author", Kind.AUTHOR_BIO),
    ("tags", Kind.TAGS),
    ("caption", Kind.MEDIA_CHROME),
    ("ad", Kind.ADVERTISEMENT),
    ("nav", Kind.NAVIGATION),
    ("footer", Kind.FOOTER),
    ("sidebar", Kind.SIDEBAR),
    ("date", Kind.BYLINE),
    ("form", Kind.FORM),
    ("media", Kind.MEDIA_CHROME),
    ("header", Kind.NAVIGATION),
    ("card", Kind.RELATED),
)
_TOPIC_BITS = tuple((topic_bit(topic), topic, kind) for topic, kind in _BY_TOPIC)
_BY_LAST_FACT: tuple[tuple[int, Kind, str], ...] = (
    (facts.FOOTER, Kind.FOOTER, "in a footer element"),
    (facts.FORM, Kind.FORM, "in a form"),
    (facts.BUTTON, Kind.FORM, "a button"),
    (facts.FIGURE, Kind.MEDIA_CHROME, "in a figure"),
    (facts.ASIDE, Kind.SIDEBAR, "in an aside"),
    (facts.HEADER, Kind.NAVIGATION, "in a header element"),
)


def _rest(segment: RawSegment, match: Match | None, under: Match | None, inside: bool) -> Label:
    """What a segment is that is no body."""
    node = segment.node
    for bit, kind, reason in _BY_FACT:
        if node.facts & bit:
            return Label(Role.BOILERPLATE, kind, reason)
    if inside and node.facts & (facts.CAPTION | facts.FIGURE):
        return Label(Role.CAPTION, None, "in a figure of the body")
    if match is not None:
        return Label(*_phrase_role(match), f"the phrase '{match.phrase}'")
    if segment.text.startswith("©"):
        return Label(Role.BOILERPLATE, Kind.COPYRIGHT, "begins with the copyright sign")
    if under is not None:
        role = Role.RELATED if under.kind is Kind.RELATED and _is_teaser(segment) else Role.BOILERPLATE
        return Label(role, None if role is Role.RELATED else under.kind, f"under the heading '{under.phrase}'")
    return _by_place(segment, inside)


# Addresses that share a page on another site, as share buttons have them.
_SHARERS = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share|home\?status)|linkedin\.com/(?:share|cws|sharing)|wa\.me/\?"
    r"|whatsapp(?:\.com/|://)send|t\.me/share|pinterest\.[a-z.]+/pin/create|reddit\.com/submit|bsky\.app/intent|vk\.com/share"
    r"|getpocket\.com|tumblr\.com/(?:share|widgets)|^mailto:\?"
)


def _by_place(segment: RawSegment, inside: bool) -> Label:
    """What a segment is by its links, its class words and its element."""
    if any(_SHARERS.search(link.href) for link in segment.links):
        return Label(Role.BOILERPLATE, Kind.SHARE, "links that share the page")
    if (found := _by_class(segment.node)) is not None:
        _, topic, kind = found
        is_related = topic == "related" and _is_teaser(segment)
        return Label(Role.RELATED if is_related else Role.BOILERPLATE, None if is_related else kind, f"class words: {topic}")
    for bit, kind, reason in _BY_LAST_FACT:
        if segment.node.facts & bit:
            return Label(Role.BOILERPLATE, kind, reason)
    if segment.link_chars <= 0.8 * len(segment.text):
        return Label(Role.BOILERPLATE, Kind.OTHER, "the model: not body, and no rule names its kind")
    if inside and len(segment.links) == 1:
        return Label(Role.BOILERPLATE, Kind.INLINE_TEASER, "a line of the body's place that is nothing but a link")
    return Label(Role.BOILERPLATE, Kind.NAVIGATION, "nothing but links")


def _is_teaser(segment: RawSegment) -> bool:
    """Whether a segment is the linked title of an article, rather than the link to a section or a button."""
    return segment.link_chars > 0.5 * len(segment.text) and word_units(segment.text) >= _TEASER_WORDS


def _by_class(node: facts.Node) -> tuple[int, str, Kind] | None:
    """The nearest element whose class words name a kind; in one element, the surest topic."""
    here: facts.Node | None = node
    for _ in range(6):
        if here is None or here.tag in ("body", "html", "main"):
            return None
        if here.own:
            for item in _TOPIC_BITS:
                if here.own & item[0]:
                    return item
        here = here.parent
    return None
