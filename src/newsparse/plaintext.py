"""The saved text of a page: a line a segment, with the same roles and the same phrases as HTML."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from newsparse.body.features import ENDS, word_units
from newsparse.body.label import Label
from newsparse.document.segments import Node, RawSegment, Walked
from newsparse.fields.evidence import Found
from newsparse.lexicon.phrases import Match
from newsparse.model import BoilerplateKind as Kind
from newsparse.model import Certainty, Evidence, EvidenceSource, Role

# A line of this many words is taken as a paragraph; what stands between paragraphs costs as much as this many words.
_PROSE_WORDS = 15
_GAP = 7
# A line of this many words is a paragraph even where it does not end as a sentence does.
_LONG_WORDS = 40
# How many lines above the first paragraph the title is looked for.
_TITLE_LINES = 12
_TITLE_WORDS = 18


def read_lines(text: str) -> Walked:
    """The text's segments: its lines that are not blank. ``path`` is ``line:N``, counted from 1."""
    root = Node(0, None, 0, "body", "", 0, 0, 0, 0)
    segments = []
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        if words:
            segments.append(RawSegment(words, "line", f"line:{number}", root))
    root.end = len(segments)
    return Walked(segments, [root], [])


@attrs.frozen
class Lines:
    """Where the body and the title stand among the lines; ``title`` is an index."""

    body: range
    title: int | None


def find_body(segments: Sequence[RawSegment], matches: Sequence[Match | None], used: Collection[int]) -> Lines:
    """The stretch of lines that holds most prose at the least interruption, and the headline above it."""
    best_worth, best = 0, range(0)
    worth, start = 0, 0
    for index, segment in enumerate(segments):
        words = word_units(segment.text)
        is_prose = matches[index] is None and index not in used and _is_prose(segment.text, words)
        if is_prose and worth <= 0:
            worth, start = 0, index
        worth += words if is_prose else -_GAP
        if is_prose and worth > best_worth:
            best_worth, best = worth, range(start, index + 1)
    return Lines(best, _title_line(segments, matches, best.start if best else len(segments), used))


def _is_prose(text: str, words: int) -> bool:
    """Whether a line is a paragraph: long, and a sentence, which a headline of the same length is not."""
    return words >= _PROSE_WORDS and (text[-1] in ENDS or words >= _LONG_WORDS)


def find_title(segments: Sequence[RawSegment], lines: Lines) -> Found[str] | None:
    """The headline, as a guess."""
    if lines.title is None:
        return None
    text = segments[lines.title].text
    return Found(text, Evidence("title", EvidenceSource.TEXT, "plaintext.headline", text, Certainty.GUESSED))


def label_lines(
    segments: Sequence[RawSegment],
    matches: Sequence[Match | None],
    lines: Lines,
    adjacent: Mapping[int, str],
    kept: Mapping[int, str],
    dropped: Mapping[int, str],
) -> list[Label]:
    """A label for each line."""
    labels = [_label(index, matches[index], lines, adjacent) for index in range(len(segments))]
    for index, reason in kept.items():
        labels[index] = Label(Role.BODY, None, reason)
    for index, reason in dropped.items():
        labels[index] = Label(Role.BOILERPLATE, Kind.DROPPED, reason)
    return labels


def _title_line(segments: Sequence[RawSegment], matches: Sequence[Match | None], first: int, used: Collection[int]) -> int | None:
    """Above the first paragraph, the longest line that is no phrase, the first of several."""
    above = [index for index in range(max(0, first - _TITLE_LINES), first) if matches[index] is None and index not in used]
    return max(above, key=lambda index: (min(word_units(segments[index].text), _TITLE_WORDS), -index), default=None)


def _label(index: int, match: Match | None, lines: Lines, adjacent: Mapping[int, str]) -> Label:
    if index in adjacent:
        return Label(Role.BOILERPLATE, Kind.PREVIOUS_NEXT, f"names the {adjacent[index]} article")
    if index == lines.title:
        return Label(Role.TITLE, None, "the headline above the first paragraph")
    if match is not None and match.kind is Kind.BYLINE:
        return Label(Role.BYLINE, None, f"the phrase '{match.phrase}'")
    if match is not None:
        return Label(Role.BOILERPLATE, match.kind, f"the phrase '{match.phrase}'")
    if index in lines.body:
        return Label(Role.BODY, None, "in the stretch of lines with most prose")
    return Label(Role.BOILERPLATE, Kind.OTHER, "outside the stretch of lines with most prose")
