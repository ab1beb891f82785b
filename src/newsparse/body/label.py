"""Segments to roles: which text is the article's body, and what everything else is.

Three steps, each of which can be read alone: what is known for sure (title, by-line, previous and next, phrases), what the model says
of the rest, and a name for what is neither.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from newsparse.body.boxes import Named, boxed, headed
from newsparse.body.features import Candidates, Clues, word_units
from newsparse.body.model import Model, chances
from newsparse.document import segments as facts
from newsparse.document.segments import RawSegment, Walked
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.text import fold, may_be_in

# Going from body to not-body or back between neighbours costs this much log-probability: isolated doubts follow their surroundings.
_SWITCH = 0.3
# Where nothing reaches a half, what comes near the likeliest segment is taken, if that is likely at all.
_FALLBACK_SHARE, _FALLBACK_LEAST = 0.6, 0.08
_BYLINE_WORDS, _LONGEST_BYLINE, _LONGEST_BIO = 25, 200, 800
_LONGEST_DATE_LINE, _DIGIT = 100, re.compile(r"\d")
_TEASER_WORDS = 3
_CELLS = frozenset(("td", "th"))
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


_BYLINE = Label(Role.BYLINE, None, "names the author")
_BIO = Label(Role.BOILERPLATE, Kind.AUTHOR_BIO, "begins with the author's name")


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


def label(walked: Walked, matches: Sequence[Match | None], known: Known, model: Model) -> list[Label]:
    """A label for each segment of the page, in order.

    ``matches`` holds each segment's phrase, if it is one; ``model`` scores the rest.
    """
    labels = _sure(walked.segments, matches, known)
    body = _body(walked, matches, known, labels, model)
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
    return Clues(fold(known.title or ""), fold(known.summary or ""), fold(known.data or ""), fold(known.subtitle or ""))


def _sure(segments: Sequence[RawSegment], matches: Sequence[Match | None], known: Known) -> dict[int, Label]:
    """What is known for sure, the surest last."""
    hidden = {index for index, segment in enumerate(segments) if segment.node.facts & facts.HIDDEN}
    # Whatever hidden text says, it is hidden text, unless the model takes it for body.
    labels = {index: found for index, found in _named(segments, known.authors) if index not in hidden}
    for index, match in enumerate(matches):
        # In the cells of a table, "Website" and "Comments" are names of columns.
        if match is not None and index not in hidden and segments[index].tag not in _CELLS and _says_all(segments[index], match):
            labels[index] = Label(*_phrase_role(match), f"the phrase '{match.phrase}'")
    for role, value in ((Role.SUBTITLE, known.subtitle), (Role.TITLE, known.title)):
        index = _first(segments, fold(value)) if value else -1
        if index >= 0:
            labels[index] = Label(role, None, f"the text of the {role}")
    labels.update((index, _TEXTLESS) for index, segment in enumerate(segments) if not segment.text)
    for index, direction in known.adjacent.items():
        labels[index] = Label(Role.BOILERPLATE, Kind.PREVIOUS_NEXT, f"names the {direction} article")
    labels.update((index, Label(Role.BOILERPLATE, Kind.DROPPED, reason)) for index, reason in known.dropped.items())
    labels.update((index, Label(Role.BODY, None, reason)) for index, reason in known.kept.items())
    return labels


def _says_all(segment: RawSegment, match: Match) -> bool:
    """Whether a phrase tells what its whole segment is: by being all of it, or the beginning of a notice, a dated line or a link."""
    if match.place is not Place.START:
        return match.place is Place.WHOLE
    if match.kind is Kind.BYLINE:
        return len(segment.text) < _LONGEST_DATE_LINE and _DIGIT.search(segment.text) is not None
    return match.kind in (Kind.COPYRIGHT, Kind.COOKIE, Kind.SUMMARY_PROMPT) or (match.kind is Kind.INLINE_TEASER and bool(segment.links))


def _phrase_role(match: Match) -> tuple[Role, Kind | None]:
    return (Role.BYLINE, None) if match.kind is Kind.BYLINE else (Role.BOILERPLATE, match.kind)


def _first(segments: Sequence[RawSegment], folded: str) -> int:
    """Where the text stands on the page: in the first h1, else first at all; -1 where it does not."""
    found = -1
    least, most = len(folded) * 4 // 5, 2 * len(folded) + 40  # folding drops signs, and may add letters: "ß" becomes "ss"
    for index, segment in enumerate(segments):
        text = segment.text
        if not least <= len(text) <= most or not folded or not may_be_in(text, folded):
            continue
        if segment.folded == folded and not segment.node.facts & facts.HIDDEN:
            if segment.tag == "h1":
                return index
            if found < 0:
                found = index
    return found


def _named(segments: Sequence[RawSegment], authors: Iterable[str]) -> Iterator[tuple[int, Label]]:
    """The segments that are an author's name, or a line around it, or begin with it as a note about the author does."""
    names = {folded: folded.split()[-1] for name in authors if (folded := fold(name))}
    for index, segment in enumerate(segments) if names else ():
        if len(segment.text) >= _LONGEST_BIO:
            continue
        text = segment.text[:_LONGEST_BYLINE].casefold()
        for name, word in names.items():
            if word in text and name in (folded := segment.folded):
                words = folded.count(" ") + 1
                if words <= name.count(" ") + 5 or (words <= _BYLINE_WORDS and folded.startswith("by ")):
                    yield index, _BYLINE
                elif name != word and folded.startswith(f"{name} ") and segment.text[len(name) : len(name) + 1] == " ":
                    yield index, _BIO
                break


def _body(walked: Walked, matches: Sequence[Match | None], known: Known, sure: Mapping[int, Label], model: Model) -> dict[int, Label]:
    candidates = Candidates(walked, phrase_masks(matches), clues_of(known))
    # A subtitle that is also how the text begins belongs to the body: the model tells.
    settled = {index for index, item in sure.items() if item.role is not Role.SUBTITLE}
    fixed = [
        0.0 if index in settled and sure[index].role is not Role.BODY else chance
        for index, chance in zip(candidates.indices, chances(model, candidates), strict=True)
    ]
    chosen = _smooth(fixed)
    best = max(fixed, default=0.0)
    if not any(chosen) and best >= _FALLBACK_LEAST:
        chosen = [chance >= _FALLBACK_SHARE * best for chance in fixed]
    labels = {}
    scored = {}
    for index, chance, is_body in zip(candidates.indices, fixed, chosen, strict=True):
        if not is_body or index in settled:
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
_BY_FACT = (
    (facts.HIDDEN, Label(Role.BOILERPLATE, Kind.HIDDEN, "in a hidden element")),
    (facts.DIALOG, Label(Role.BOILERPLATE, Kind.COOKIE, "in a dialog")),
    (facts.NAV, Label(Role.BOILERPLATE, Kind.NAVIGATION, "in a navigation element")),
)
_FACTS = sum(bit for bit, _ in _BY_FACT)
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
_TOPIC_BITS = tuple((topic_bit(topic), Label(Role.BOILERPLATE, kind, f"class words: {topic}")) for topic, kind in _BY_TOPIC)
_TOPICS = sum(bit for bit, _ in _TOPIC_BITS)
_RELATED_WORDS = dict(_TOPIC_BITS)[topic_bit("related")]
_CLASS_LEVELS = 6
_BY_LAST_FACT = (
    (facts.FOOTER, Label(Role.BOILERPLATE, Kind.FOOTER, "in a footer element")),
    (facts.FORM, Label(Role.BOILERPLATE, Kind.FORM, "in a form")),
    (facts.BUTTON, Label(Role.BOILERPLATE, Kind.FORM, "a button")),
    (facts.FIGURE, Label(Role.BOILERPLATE, Kind.MEDIA_CHROME, "in a figure")),
    (facts.ASIDE, Label(Role.BOILERPLATE, Kind.SIDEBAR, "in an aside")),
    (facts.HEADER, Label(Role.BOILERPLATE, Kind.NAVIGATION, "in a header element")),
)
_IN_FIGURE = Label(Role.CAPTION, None, "in a figure of the body")
_COPYRIGHT = Label(Role.BOILERPLATE, Kind.COPYRIGHT, "begins with the copyright sign")
_SHARING = Label(Role.BOILERPLATE, Kind.SHARE, "links that share the page")
_TEXTLESS = Label(Role.BOILERPLATE, Kind.MEDIA_CHROME, "a link without text")
_UNNAMED = Label(Role.BOILERPLATE, Kind.OTHER, "the model: not body, and no rule names its kind")
_LINK_LINE = Label(Role.BOILERPLATE, Kind.INLINE_TEASER, "a line of the body's place that is nothing but a link")
_LINKS = Label(Role.BOILERPLATE, Kind.NAVIGATION, "nothing but links")


def _rest(segment: RawSegment, match: Match | None, under: Match | None, inside: bool) -> Label:
    """What a segment is that is no body."""
    node = segment.node
    if node.facts & _FACTS:
        return next(found for bit, found in _BY_FACT if node.facts & bit)
    if inside and node.facts & (facts.CAPTION | facts.FIGURE):
        return _IN_FIGURE
    if match is not None:
        return Label(*_phrase_role(match), f"the phrase '{match.phrase}'")
    if segment.text[0] == "©":
        return _COPYRIGHT
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
    if segment.links and any(_is_sharer(link.href) for link in segment.links):
        return _SHARING
    if (found := _by_class(segment.node)) is not None:
        # Cards are also of sections, products and other pages; they are no related articles by that alone.
        return Label(Role.RELATED, None, found.reason) if found is _RELATED_WORDS and _is_teaser(segment) else found
    for bit, found in _BY_LAST_FACT:
        if segment.node.facts & bit:
            return found
    if segment.link_chars <= 0.8 * len(segment.text):
        return _UNNAMED
    return _LINK_LINE if inside and len(segment.links) == 1 else _LINKS


def _is_sharer(href: str) -> bool:
    """Whether an address shares the page; quick to say no, as nearly all are others."""
    return ("?" in href or "/shar" in href) and _SHARERS.search(href) is not None


def _is_teaser(segment: RawSegment) -> bool:
    """Whether a segment is the linked title of an article, rather than the link to a section or a button."""
    return segment.link_chars > 0.5 * len(segment.text) and word_units(segment.text) >= _TEASER_WORDS


def _by_class(node: facts.Node) -> Label | None:
    """What the nearest element is whose class words name a kind; in one element, the surest topic."""
    here: facts.Node | None = node
    for _ in range(_CLASS_LEVELS):
        if here is None or here.tag in ("body", "html", "main"):
            return None
        if here.own & _TOPICS:
            return next(found for bit, found in _TOPIC_BITS if here.own & bit)
        here = here.parent
    return None
