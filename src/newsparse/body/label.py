"""Segments to roles: which text is the article's body, and what everything else is.

Three steps, each of which can be read alone: what is known for sure (title, by-line, previous and next, phrases), what the model says
of the rest, and a name for what is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress
from math import log

import attrs

from newsparse.body.asides import asides
from newsparse.body.boxes import Named, boxed
from newsparse.body.closings import closing_notes
from newsparse.body.features import Candidates, Clues, words_in
from newsparse.body.kinds import DOUBLED, Label, doubled, name_all, name_kind, settle, settle_known
from newsparse.body.model import Model, chances
from newsparse.body.namer import load_namer, rename
from newsparse.body.places import Page, see
from newsparse.body.whole import missed_headings, missed_quotes, repeated
from newsparse.document import segments as facts
from newsparse.document.images import ends_in_credit
from newsparse.document.segments import RawSegment, Walked
from newsparse.lexicon import topic_bit
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Role
from newsparse.text import fold, may_be_in

__all__ = ["Known", "Label", "clues_of", "label", "phrase_masks"]

# Going from body to not-body or back between neighbours costs this much log-probability: isolated doubts follow their surroundings.
_SWITCH, _LEAST_CHANCE = 0.15, 1e-4
# Against a chance below this, the price of two changes is small.
_UNLIKELY = 0.4
# Where nothing reaches a half, what comes near the likeliest segment is taken, if that is likely at all.
_FALLBACK_SHARE, _FALLBACK_LEAST = 0.6, 0.08
# Where the body has fewer words than this, what has this chance is taken as well.
_SHORT_BODY, _SHORT_LEAST = 60, 0.3
_BYLINE_WORDS, _LONGEST_BYLINE, _LONGEST_BIO = 25, 200, 800
_LONGEST_DATE_LINE, _DIGIT = 100, re.compile(r"\d")
_CELLS = frozenset(("td", "th"))
# A caption that is a paragraph below its picture has so many spaces at most.
_CAPTION_WORDS = 60
_PARAGRAPHS, _NEAR_SUBTITLE = frozenset(("p", "div")), 12
_LEAD = topic_bit("lead")
# A subtitle is how the text begins where the model is this sure of it; of one that is a heading it has to be surer.
_SURELY_TEXT = 0.7
# What the model gives at least this chance, and has at least this many spaces, shows where the article is.
_SURE, _SURE_WORDS = 0.9, 10
# What a phrase inside a box makes of all of the box.
_BOX_KINDS = frozenset(
    (
        *(Kind.NEWSLETTER, Kind.COMMENTS, Kind.AUTHOR_BIO, Kind.RELATED, Kind.MOST_READ, Kind.DONATION, Kind.APP_PROMO, Kind.FOLLOW),
        *(Kind.COOKIE, Kind.PAYWALL),
    )
)
# Looked up once: many segments are asked for them.
_BODY, _TITLE, _BYLINE_ROLE, _AUTHOR_KIND = Role.BODY, Role.TITLE, Role.BYLINE, Kind.AUTHOR_BIO
_KIND_BITS = {kind: 1 << position for position, kind in enumerate(Kind)}


_BYLINE = Label(Role.BYLINE, None, "names the author")
_BIO = Label(Role.BOILERPLATE, Kind.AUTHOR_BIO, "begins with the author's name")
# A short line that begins as these do is one, as a sentence of an article rarely does.
_LONGEST_PROMPT = 80
_PROMPTS = frozenset(
    (Kind.PAYWALL, Kind.NEWSLETTER, Kind.MEDIA_CHROME, Kind.LISTEN, Kind.APP_PROMO, Kind.FOLLOW, Kind.ADVERTISEMENT, Kind.SHARE)
)
_TEXTLESS = Label(Role.BOILERPLATE, Kind.MEDIA_CHROME, "a link without text")
# A known phrase is no body; what it is depends on where it stands with respect to the body.
_PHRASE = Label(Role.BOILERPLATE, Kind.OTHER, "a phrase")
_DATED = Label(Role.BYLINE, None, "a phrase")
_REPEATED = Label(Role.BOILERPLATE, Kind.OTHER, "repeats the text, set apart from it")


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
    page, labels = label_by_rules(walked, matches, known, model)
    rename(page, labels, load_namer())
    return labels


def label_by_rules(walked: Walked, matches: Sequence[Match | None], known: Known, model: Model) -> tuple[Page, list[Label]]:
    """The labels as the rules alone give them, and the page as they see it."""
    candidates = Candidates(walked, phrase_masks(matches), clues_of(known))
    indices, scores = candidates.indices, chances(model, candidates)
    del candidates  # which holds more of a long page than all that follows
    return label_scored(walked, matches, known, indices, scores)


def label_scored(
    walked: Walked, matches: Sequence[Match | None], known: Known, indices: Sequence[int], scores: Sequence[float]
) -> tuple[Page, list[Label]]:
    """The same, where ``indices`` are the segments that may be body, and ``scores`` how likely each of them is."""
    labels = _sure(walked.segments, matches, known, indices)
    body = _shown(walked.segments, _body(walked, matches, labels, indices, scores))
    labels.update(body)
    twice = doubled(walked.segments, sorted(index for index, found in body.items() if found.role is _BODY))
    labels.update(dict.fromkeys(twice, DOUBLED))
    body_order = _body_of(labels)
    title = next((index for index, found in labels.items() if found.role is _TITLE), body_order[0] if body_order else 0)
    page = see(walked, matches, title, body_order)
    finals = name_all(page, labels, (_PHRASE, _DATED))
    for index, found in labels.items():
        if found is DOUBLED:
            other = name_kind(page, index)
            finals[index] = found if other.kind is Kind.OTHER or other.role is not Role.BOILERPLATE else other
        elif found is _BYLINE or found.kind is _AUTHOR_KIND:
            finals[index] = settle_known(page, index, found)
    settle(page, finals)
    return page, finals


def phrase_masks(matches: Sequence[Match | None]) -> list[int]:
    """The phrases as the model sees them: a bit for each kind."""
    return [_KIND_BITS[match.kind] if match is not None else 0 for match in matches]


def clues_of(known: Known) -> Clues:
    """What the page says about itself, as the model sees it."""
    return Clues(fold(known.title or ""), fold(known.summary or ""), fold(known.data or ""), fold(known.subtitle or ""))


def _sure(segments: Sequence[RawSegment], matches: Sequence[Match | None], known: Known, asked: Iterable[int]) -> dict[int, Label]:
    """What is known for sure, the surest last. What is no body anyway is not looked at as closely as what is ``asked`` of the model."""
    # Whatever hidden text says, it is hidden text, unless the model takes it for body.
    labels = {index: found for index, found in _named(segments, known.authors) if not segments[index].node.facts & facts.HIDDEN}
    for index, match in enumerate(matches):
        if match is None or segments[index].node.facts & facts.HIDDEN:
            continue
        # In the cells of a table, "Website" and "Comments" are names of columns.
        if segments[index].tag not in _CELLS and _says_all(segments[index], match):
            labels[index] = _DATED if match.kind is Kind.BYLINE else _PHRASE
    labels.update((index, _PHRASE) for index in asides(segments, matches, asked) if index not in labels)
    for role, value in ((Role.SUBTITLE, known.subtitle), (Role.TITLE, known.title)):
        index = _first(segments, fold(value)) if value else -1
        if index >= 0:
            labels[index] = Label(role, None, f"the text of the {role}")
    labels.update((index, _TEXTLESS) for index, segment in enumerate(segments) if not segment.text)
    for index, direction in known.adjacent.items():
        labels[index] = Label(Role.BOILERPLATE, Kind.PREVIOUS_NEXT, f"names the {direction} article")
    labels.update((index, Label(Role.BOILERPLATE, Kind.DROPPED, reason)) for index, reason in known.dropped.items())
    labels.update((index, Label(Role.BODY, None, reason, 1.0)) for index, reason in known.kept.items())
    return labels


def _says_all(segment: RawSegment, match: Match) -> bool:
    """Whether a phrase tells what its whole segment is: by being all of it, or the beginning of a notice, a dated line or a link."""
    if match.place is not Place.START:
        return match.place is Place.WHOLE
    if match.kind is Kind.BYLINE:
        return len(segment.text) < _LONGEST_DATE_LINE and _DIGIT.search(segment.text) is not None
    if match.kind in _PROMPTS:
        return len(segment.text) < _LONGEST_PROMPT
    return match.kind in (Kind.COPYRIGHT, Kind.COOKIE, Kind.SUMMARY_PROMPT) or (match.kind is Kind.INLINE_TEASER and bool(segment.links))


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
    shortest, longest = min(map(len, names), default=0) * 4 // 5, max(map(len, names), default=0)  # folding may add letters
    for index, segment in enumerate(segments) if names else ():
        if not shortest <= len(segment.text) < _LONGEST_BIO:
            continue
        # A longer text is no by-line, but may begin with the name.
        text = segment.text[: _LONGEST_BYLINE if len(segment.text) <= 2 * _LONGEST_BYLINE else longest].casefold()
        for name, word in names.items():
            if word in text and name in (folded := segment.folded):
                words = folded.count(" ") + 1
                if words <= name.count(" ") + 5 or (words <= _BYLINE_WORDS and folded.startswith("by ")):
                    yield index, _BYLINE
                elif name != word and folded.startswith(f"{name} ") and segment.text[len(name) : len(name) + 1] == " ":
                    yield index, _BIO
                break


def _body(
    walked: Walked, matches: Sequence[Match | None], sure: Mapping[int, Label], indices: Sequence[int], scores: Sequence[float]
) -> dict[int, Label]:
    of_sure = {index: chance for index, chance in zip(indices, scores, strict=True) if index in sure}
    settled = {index for index, item in sure.items() if not _is_open(walked.segments, index, item, of_sure.get(index, 0.0))}
    fixed = [
        0.0 if index in settled and sure[index].role is not Role.BODY else chance for index, chance in zip(indices, scores, strict=True)
    ]
    chosen = _smooth(fixed)
    best = max(fixed, default=0.0)
    if not any(chosen) and best >= _FALLBACK_LEAST:
        chosen = [chance >= _FALLBACK_SHARE * best for chance in fixed]
    if words_in(walked.segments, compress(indices, chosen)) < _SHORT_BODY:
        chosen = [is_body or chance >= _SHORT_LEAST for is_body, chance in zip(chosen, fixed, strict=True)]
    pictures = {item.before for item in walked.media if item.tag == "img"}
    labels = {}
    scored = {}
    for index, chance, is_body in zip(indices, fixed, chosen, strict=True):
        if not is_body or index in settled:
            continue
        scored[index] = chance
        caption = _caption(walked.segments[index], index in pictures)
        labels[index] = Label(Role.CAPTION, None, caption) if caption else _by_model(round(chance, 2))
    labels |= _boxed(walked, matches, scored, sure)
    asked = {index: chance for index, chance in zip(indices, fixed, strict=True) if index not in settled}
    return _without_last_headings(walked.segments, labels | _as_a_whole(walked.segments, labels, asked))


def _as_a_whole(segments: Sequence[RawSegment], labels: Mapping[int, Label], chances: Mapping[int, float]) -> dict[int, Label]:
    """What the chosen body as a whole says otherwise of some segments than the model has said of each."""
    body = _body_of(labels)
    changed = closing_notes(segments, body)
    changed.update(dict.fromkeys(repeated(segments, chances, body), _REPEATED))
    for missed, reason in ((missed_headings, "heads text of the body"), (missed_quotes, "a quotation within the body")):
        for index in missed(segments, chances, body):
            if index not in labels:
                changed[index] = Label(Role.BODY, None, f"{reason}; the model: {chances[index]:.2f}", chances[index])
    return changed


def _body_of(labels: Mapping[int, Label]) -> list[int]:
    return sorted([index for index, item in labels.items() if item.role is _BODY])


def _is_open(segments: Sequence[RawSegment], index: int, item: Label, chance: float) -> bool:
    """Whether the model may decide in spite of what is known: of a subtitle, of a heading that has the author's name in it."""
    if item is _BYLINE:
        return segments[index].tag in facts.HEADING_TAGS
    if item.role is not Role.SUBTITLE:
        return False
    return chance >= (_SURE if segments[index].tag in facts.HEADING_TAGS else _SURELY_TEXT) or _begins_text(segments, index)


def _caption(segment: RawSegment, is_below_picture: bool) -> str | None:
    """Why a segment is the caption of a picture, if it is one."""
    if segment.node.facts & facts.CAPTION:
        return "in a <figcaption>"
    if segment.tag == "figure":
        return "in a <figure> itself"
    if segment.tag in _CELLS or segment.text.count(" ") >= _CAPTION_WORDS or not ends_in_credit(segment.text, is_below_picture):
        return None
    return "ends in a picture's credit"


def _without_last_headings(segments: Sequence[RawSegment], labels: dict[int, Label]) -> dict[int, Label]:
    """The labels without the headings that end the body: what they head is no body."""
    body = _body_of(labels)
    last = len(body)
    while last > 1 and segments[body[last - 1]].tag in facts.HEADING_TAGS:
        last -= 1
    ending = set(body[last:])
    return {index: item for index, item in labels.items() if index not in ending}


def _shown(segments: Sequence[RawSegment], body: dict[int, Label]) -> dict[int, Label]:
    """The body without what the page hides; all of it where most is hidden, as on pages that a script uncovers."""
    hidden = {index for index in body if segments[index].node.facts & facts.HIDDEN}
    if not hidden or 2 * sum(len(segments[index].text) for index in hidden) > sum(len(segments[index].text) for index in body):
        return body
    return {index: found for index, found in body.items() if index not in hidden}


@lru_cache(maxsize=128)
def _by_model(chance: float) -> Label:
    return Label(Role.BODY, None, f"the model: {chance:.2f}", chance)


def _begins_text(segments: Sequence[RawSegment], index: int) -> bool:
    """Whether a subtitle stands among the paragraphs and is not called one: then the model tells whether it is how the text begins."""
    segment = segments[index]
    if segment.tag not in _PARAGRAPHS or segment.node.own & _LEAD:
        return False
    return any(
        other.tag == segment.tag and other.node.parent is segment.node.parent and other.text.count(" ") >= _SURE_WORDS
        for other in segments[index + 1 : index + 1 + _NEAR_SUBTITLE]
    )


def _boxed(walked: Walked, matches: Sequence[Match | None], chances: Mapping[int, float], sure: Mapping[int, Label]) -> dict[int, Label]:
    """Text that reads like an article but stands in a box apart from the surely chosen text, where something says what the box is."""
    segments = walked.segments
    core = [segments[index].node for index, chance in chances.items() if chance >= _SURE and segments[index].text.count(" ") >= _SURE_WORDS]
    if not core or len(core) == len(chances):
        return {}
    named: list[tuple[facts.Node, Named]] = [
        (segments[index].node, (match.kind, f"the phrase '{match.phrase}'"))
        for index, match in enumerate(matches)
        if match is not None and match.kind in _BOX_KINDS and _tells_of_box(segments[index], match)
    ]
    named += [(segments[index].node, (Kind.AUTHOR_BIO, "the author's name")) for index, item in sure.items() if item.role is _BYLINE_ROLE]
    boxes = boxed(walked.nodes, core, named, [(index, segments[index].node) for index in chances])
    # A widget stands among the paragraphs of a small part of the text: they are in elements as others of the text are.
    others = {segments[index].node.signature for index in chances if index not in boxes}
    boxes = {index: name for index, name in boxes.items() if matches[index] is not None or segments[index].node.signature not in others}
    return {index: Label(Role.BOILERPLATE, kind, f"in a box with {reason}") for index, (kind, reason) in boxes.items()}


def _tells_of_box(segment: RawSegment, match: Match) -> bool:
    """Whether a phrase says what all of its box is: a cell of a table says nothing, nor does the mere name of a service or of a field.

    Offers to subscribe are also links in menus and products' own pages; what is paid for is said in a line without one.
    """
    if segment.tag in _CELLS or (match.kind is Kind.PAYWALL and segment.links):
        return False
    if match.place is not Place.WHOLE or " " in match.phrase:
        return True
    return bool(segment.links) if match.kind is Kind.FOLLOW else match.kind is not Kind.COMMENTS or bool(segment.node.facts & facts.FORM)


def _smooth(chances: Sequence[float]) -> list[bool]:
    """The likeliest sequence of body and not-body (Viterbi, two states)."""
    doubtful = [at for at, chance in enumerate(chances) if chance >= _UNLIKELY]
    if not doubtful:
        return [False] * len(chances)
    # Beyond these nothing is body, whatever stands beside it; one on each side is asked, since a change to it has its price.
    first, end = max(0, doubtful[0] - 1), doubtful[-1] + 2
    off, on = 0.0, 0.0
    steps = []
    for chance in chances[first:end]:
        bounded = chance if _LEAST_CHANCE < chance < 1 - _LEAST_CHANCE else _LEAST_CHANCE if chance < 0.5 else 1 - _LEAST_CHANCE
        turned_off, turned_on = on - _SWITCH, off - _SWITCH
        steps.append((turned_off > off, turned_on <= on))
        off, on = (
            (turned_off if turned_off > off else off) + log(1 - bounded),
            (turned_on if turned_on > on else on) + log(bounded),
        )
    state = on > off
    states = []
    for to_off, to_on in reversed(steps):
        states.append(state)
        state = to_on if state else to_off
    return [*[False] * first, *reversed(states), *[False] * (len(chances) - end)]
