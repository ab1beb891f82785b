"""What the labeller sees of a line of text that has no markup: its words, its place, the prose around it, and what the story is about.

Where HTML has containers, text has stretches: lines of prose with few others between them. The stretch with most prose is most likely
the article, and its words tell which of the short lines belong to it: its headline shares words with it, the headlines of other
articles hardly do. All features of a line are made for all lines at once, a column a feature, in the order of ``FEATURES``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate

import attrs

from newsparse.body.features import ENDS, word_units
from newsparse.document.segments import RawSegment
from newsparse.lexicon.phrases import Match, Place
from newsparse.model import BoilerplateKind

# A line of this many words is taken as a paragraph; what stands between paragraphs costs as much as this many words.
_PROSE_WORDS = 15
_GAP = 7
# A line of this many words is a paragraph even where it does not end as a sentence does.
_LONG_WORDS = 40
# A line of so few words is short, as those of a menu are.
_SHORT_WORDS = 6
# Distances further than this, and counts of lines higher than this, are all the same to the model.
_FAR, _FAR_PAGE = 40, 200
# How far a phrase is seen, and how far a heading names the lines below it.
_NEAR, _HEADING_REACH = 4, 25
# Only words of this length tell what a text is about; in scripts without spaces, pairs of characters do.
_SHORTEST_WORD = 4
# Of a longer line, the beginning tells enough.
_MOST_CHARACTERS = 4000
_STEM = 6
_WORD = re.compile(r"[\w\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u0e00-\u0e7f]+")
_EAST_ASIAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_YEAR_OR_TIME = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}:\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)")
_MOMENT = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d).{1,12}\d:\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d")
_SENTENCE_END = re.compile(r"[.!?。！？।؟…](?=[\s\"”»’)]|$)|[。！？]")
_SIGNS = str.maketrans("", "", "|›»«‹/·•*→←>#[]()_=+©&@")
_ADDRESS = re.compile(r"https?://|www\.|@\w")
_STOPS = (".", "!", "?", "。", "！", "？", "।", "؟", ".”", '."', ".»", "!”", "?”", '?"', '!"', ".’", ".)")
_QUOTES = frozenset("\"“”„«»'‘’「『")
_KIND_BITS = {kind: 1 << position for position, kind in enumerate(BoilerplateKind)}
_NO_TITLE = -99
_TOPICS = 15
# A line of fewer words says nothing by standing in another one too.
_LEAST_HELD = 3
_SPACE = re.compile(r"[\s|/›»:]+")
# Who owns a picture: what a caption ends with.
CREDIT = re.compile(
    r"©|\b(?:AFP|AP|Reuters|Getty|dpa|EPA|EFE|ANSA|imago|Shutterstock|iStock|Alamy|Xinhua|Anadolu|[Pp]hotos?|[Pp]hotograph(?:er|y)?|Fotos?|[Ii]mages?|[Pp]ictured?"
    r"|Bild(?:er)?|Credit|Crédit|Quelle|PHOTO|FOTO|CREDIT)\b"
)
_CREDIT_REACH = 45
# Neighbours that may be the title instead; the fewest words of a headline; how much of a line's beginning makes it like another.
_RIVALS, _TITLE_LEAST, _ALIKE = 8, 4, 9

_TEXT = (
    *("words", "chars_per_word", "ends_sentence", "ends_stop", "ends_colon", "ends_dots", "starts_lower", "starts_quote"),
    *("digit_share", "capital_share", "capital_words", "short_words", "sentences", "commas", "signs", "addresses", "dated", "repeats"),
)
_PLACE = (
    *("position", "line", "line_from_end", "prose_before", "prose_after", "marks_before", "marks_after", "since_mark", "until_mark"),
    *("under", "since_heading"),
)
_PHRASES = ("phrase", "phrase_place", "under_phrase", "near_before", "near_after")
_NEIGHBOURS = (
    *("back1_words", "back2_words", "back3_words", "next1_words", "next2_words", "next3_words"),
    *("back1_stop", "back2_stop", "next1_stop", "next2_stop", "back1_overlap", "next1_overlap"),
    *("around_3", "around_10", "prose_back", "prose_next", "since_prose", "until_prose", "dates_back", "dates_next"),
)
_STRETCH = ("stretch_share", "main_share", "since_main", "until_main", "main_position", "since_main_end", "main_lines")
_ABOUT = (
    *("overlap", "overlap_words", "overlap_back", "overlap_next", "overlap_best", "topics", "opening", "opening_words"),
    *("holds_line", "in_lines"),
)
_COMPARED = ("overlap_lead", "overlap_rival", "short_overlap", "lines_to_main")
_LOOKS = (
    *("credit", "next1_credit", "back1_credit", "typical_words", "ends_bracket", "page_prose", "page_stops", "since_alike", "until_alike"),
)
_RUNS = ("seen", "since_dated", "until_dated", "short_run", "short_before", "short_after", "asks", "quotes")
# What is seen of a line without knowing more than the text.
FIRST_FEATURES = (*_TEXT, *_PLACE, *_PHRASES, *_NEIGHBOURS, *_STRETCH, *_ABOUT, *_COMPARED, *_LOOKS, *_RUNS)
# What is seen once each line has a first chance to be body.
_CHANCES = (
    *("chance", "chance_back1", "chance_back2", "chance_back3", "chance_next1", "chance_next2", "chance_next3"),
    *("chance_near", "chance_around", "likely_before", "likely_after", "since_first", "until_last", "since_likely", "until_likely"),
    *("likely_share", "likely_words", "likely_best"),
)
_ADDRESS_WORDS = ("slug_share", "slug_words", "slug_both", "slug_lead")
_TITLE = ("since_title", "title_overlap", "in_title")
# The address tells the title only: which pages have one says nothing of their text.
TITLE_FEATURES = (*FIRST_FEATURES, *_CHANCES, *_ADDRESS_WORDS)
FEATURES = (*FIRST_FEATURES, *_CHANCES, *_TITLE)
MASKS = frozenset(("phrase", "under_phrase", "near_before", "near_after", "seen"))


class Lines:
    """The lines of a page, and what is counted once a page to see them by.

    Attributes:
        main: the stretch with most prose.
        rows: for each line, its ``FIRST_FEATURES``.
    """

    def __init__(self, segments: Sequence[RawSegment], matches: Sequence[Match | None], slug: str = "") -> None:
        self._slug = slug
        self.segments = segments
        self.texts = texts = [segment.text for segment in segments]
        self.words = words = [word_units(text) for text in texts]
        self.stops = [text.endswith(_STOPS) for text in texts]
        self.masks = [0 if match is None else _KIND_BITS[match.kind] for match in matches]
        self.prose = prose = [
            count if not mask and _is_prose(text, count) else 0 for text, count, mask in zip(texts, words, self.masks, strict=True)
        ]
        stretches = _stretches(prose)
        self.main = max(stretches, key=lambda item: item.worth, default=_Stretch(range(0), 0))
        self._stretches = stretches
        self._bags = [_bag(text) for text in texts]
        self._columns = [
            *self._text(),
            *self._place(matches),
            *self._phrases(matches),
            *self._neighbours(),
            *self._stretch(),
            *self._about(),
            *self._compared(),
            *self._looks(),
            *self._runs(),
        ]
        self.rows = list(zip(*self._columns, strict=True)) if texts else []

    def may_be_title(self, at: int, most_words: int) -> bool:
        """Whether a line can be the title at all: no phrase, no paragraph, no line with a date and time, and not too long."""
        return (
            not self.masks[at]
            and not self.prose[at]
            and self.words[at] <= most_words
            and not _MOMENT.search(self.texts[at][:_MOST_CHARACTERS])
        )

    def with_chances(self, chances: Sequence[float]) -> list[tuple[float, ...]]:
        """What else is seen of each line once all have a first chance to be body."""
        return list(zip(*self._chances(chances), strict=True))

    def title_rows(self, likely: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
        """For each line, the ``TITLE_FEATURES``."""
        return [(*row, *more, *slug) for row, more, slug in zip(self.rows, likely, zip(*self._slugged(), strict=True), strict=True)]

    def body_rows(self, likely: Sequence[tuple[float, ...]], title: int | None) -> list[tuple[float, ...]]:
        """For each line, all ``FEATURES``, given which line is the title."""
        return [(*row, *more, *own) for row, more, own in zip(self.rows, likely, self._beside_title(title), strict=True)]

    def _beside_title(self, title: int | None) -> Iterable[tuple[float, ...]]:
        if title is None:
            return [(_NO_TITLE, -1.0, 0)] * len(self.texts)
        bag, text = self._bags[title], self.segments[title].folded
        return [
            (
                _bounded(index - title),
                len(bag & own) / len(own) if own else -1.0,
                len(segment.text) <= len(text) + 20 and segment.folded in text,
            )
            for index, (own, segment) in enumerate(zip(self._bags, self.segments, strict=True))
        ]

    def _slugged(self) -> Sequence[Sequence[float]]:
        """How much of the address's words each line has, how much of the line's words are there, and how far it is ahead of others."""
        slug = _slug_words(self._slug)
        if not slug:
            return [[-1.0] * len(self.texts)] * 4
        short = [words <= _LONG_WORDS and not prose for words, prose in zip(self.words, self.prose, strict=True)]
        own = [_slug_words(text) if is_short else frozenset[str]() for text, is_short in zip(self.texts, short, strict=True)]
        shares = [len(slug & line) / len(slug) for line in own]
        back = [len(slug & line) / len(line) if line else -1.0 for line in own]
        best = max(shares, default=0.0)
        second = max((share for share in shares if share < best), default=best)
        return (
            shares,
            back,
            [share * max(0.0, other) for share, other in zip(shares, back, strict=True)],
            [share - (second if share == best else best) for share in shares],
        )

    def _chances(self, chances: Sequence[float]) -> Iterable[Iterable[float]]:
        size = len(chances)
        padded = [0.0, 0.0, 0.0, *chances, 0.0, 0.0, 0.0]
        sums = [0.0, *accumulate(chances)]
        read = [0.0, *accumulate(chance * min(words, _LONG_WORDS) for chance, words in zip(chances, self.words, strict=True))]
        total = read[-1] or 1.0
        is_likely = [chance > 0.5 for chance in chances]
        run = _best_run([(min(words, _LONG_WORDS) + 3) * (chance - 0.5) for chance, words in zip(chances, self.words, strict=True)])
        shares, numbers = self._shared([index for index, likely in enumerate(is_likely) if likely and self.words[index] >= _PROSE_WORDS])
        best = max((number for number, words in zip(numbers, self.words, strict=True) if words <= _LONG_WORDS), default=0.0) or 1.0

        def mean(index: int, reach: int) -> float:
            low, high = max(0, index - reach), min(size, index + reach + 1)
            return (sums[high] - sums[low] - chances[index]) / (high - low - 1 or 1)

        return (
            chances,
            *(padded[3 - step : 3 - step + size] for step in (1, 2, 3)),
            *(padded[3 + step : 3 + step + size] for step in (1, 2, 3)),
            [mean(index, 3) for index in range(size)],
            [mean(index, 10) for index in range(size)],
            [before / total for before in read[:-1]],
            [1 - after / total for after in read[1:]],
            [_bounded(index - run.start) for index in range(size)],
            [_bounded(run.stop - 1 - index) for index in range(size)],
            _since(is_likely),
            _until(is_likely),
            shares,
            numbers,
            [number / best for number in numbers],
        )

    def _text(self) -> Iterable[Iterable[float]]:
        texts, words = self.texts, self.words
        repeats = Counter(texts)
        return (
            words,
            [len(text) / count for text, count in zip(texts, words, strict=True)],
            [text[-1] in ENDS for text in texts],
            self.stops,
            [text[-1] in ":：" for text in texts],
            [text.endswith(("…", "...", "[…]", "[...]")) for text in texts],
            [text[0].islower() for text in texts],
            [text[0] in _QUOTES for text in texts],
            *zip(*map(_shares, texts), strict=True),
            [repeats[text] for text in texts],
        )

    def _place(self, matches: Sequence[Match | None]) -> Iterable[Iterable[float]]:
        size = len(self.texts)
        prose = [0, *accumulate(self.prose)]
        total = prose[-1] or 1
        marks = [0, *accumulate(mask != 0 for mask in self.masks)]
        headings = _since([match is not None and match.place is Place.HEADING for match in matches])
        since, until = _since(self.masks), _until(self.masks)
        last = 0
        under = []
        for index, distance in enumerate(headings):
            last = self.masks[index] if distance == 0 else last
            under.append(distance <= _HEADING_REACH and not prose[index] - prose[index - distance])
        self._under = under
        return (
            [index / size for index in range(size)],
            [min(index, _FAR_PAGE) for index in range(size)],
            [min(size - index, _FAR_PAGE) for index in range(size)],
            [prose[index] / total for index in range(size)],
            [(prose[-1] - prose[index + 1]) / total for index in range(size)],
            marks[:-1],
            [marks[-1] - marks[index + 1] for index in range(size)],
            since,
            until,
            under,
            headings,
        )

    def _phrases(self, matches: Sequence[Match | None]) -> Iterable[Iterable[float]]:
        masks = self.masks
        places = [0 if match is None else _PLACES[match.place] for match in matches]
        heading = 0
        under = []
        for match, mask, is_under in zip(matches, masks, self._under, strict=True):
            if match is not None and match.place is Place.HEADING:
                heading = mask
            under.append(heading if is_under else 0)
        padded = [0] * _NEAR + masks + [0] * _NEAR
        before = [0] * len(masks)
        after = [0] * len(masks)
        for step in range(_NEAR):
            before = [mask | other for mask, other in zip(before, padded[step:], strict=False)]
            after = [mask | other for mask, other in zip(after, padded[step + _NEAR + 1 :], strict=False)]
        return masks, places, under, before, after

    def _neighbours(self) -> Iterable[Iterable[float]]:
        size = len(self.texts)
        words = [0, 0, 0, *self.words, 0, 0, 0]
        stops = [False, False, *self.stops, False, False]
        capped = [0, *accumulate(min(count, 60) for count in self.words)]
        prose = [0, *accumulate(self.prose)]
        dated = [0, *accumulate(self._dated)]
        self._overlaps = self._overlap()
        overlap = [0.0, *self._overlaps[0], 0.0]

        def around(sums: Sequence[float], before: int, after: int) -> list[float]:
            return [sums[min(size, index + after + 1)] - sums[max(0, index - before)] for index in range(size)]

        return (
            *(words[3 - step : 3 - step + size] for step in (1, 2, 3)),
            *(words[3 + step : 3 + step + size] for step in (1, 2, 3)),
            *(stops[2 - step : 2 - step + size] for step in (1, 2)),
            *(stops[2 + step : 2 + step + size] for step in (1, 2)),
            overlap[:-2],
            overlap[2:],
            around(capped, 3, 3),
            around(capped, 10, 10),
            around(prose, 6, -1),
            around(prose, -1, 6),
            _since(self.prose),
            _until(self.prose),
            around(dated, 6, -1),
            around(dated, -1, 6),
        )

    @property
    def _dated(self) -> list[bool]:
        return [len(text) < 200 and _YEAR_OR_TIME.search(text) is not None for text in self.texts]

    def _stretch(self) -> Iterable[Iterable[float]]:
        size = len(self.texts)
        main = self.main.lines
        worth = self.main.worth or 1
        shares = [0.0] * size
        for stretch in self._stretches:
            share = stretch.worth / worth
            for index in stretch.lines:
                shares[index] = share
        inside = sum(self.prose[index] for index in main) / (sum(self.prose) or 1)
        length = len(main) or 1
        return (
            shares,
            [inside] * size,
            [_bounded(index - main.start) for index in range(size)],
            [_bounded(main.stop - 1 - index) for index in range(size)],
            [max(-1.0, min(2.0, (index - main.start) / length)) for index in range(size)],
            [max(0, min(_FAR, index - main.stop + 1)) for index in range(size)],
            [len(main)] * size,
        )

    def _overlap(self) -> tuple[list[float], list[float]]:
        """How many of each line's words the other lines of the main stretch's prose have: the share, and the number."""
        inside = [index for index in self.main.lines if self.prose[index]]
        self._openers = inside[:2]
        self._counts = counts = Counter[str]()
        for index in inside:
            counts.update(self._bags[index])
        return self._shared(inside, counts)

    def _shared(self, inside: Collection[int], counts: Counter[str] | None = None) -> tuple[list[float], list[float]]:
        """How many of each line's words the other lines of some have: the share, and the number."""
        if counts is None:
            counts = Counter()
            for index in inside:
                counts.update(self._bags[index])
        own = frozenset(inside)
        shares, numbers = [], []
        for index, bag in enumerate(self._bags):
            number = sum([counts[word] > (index in own) for word in bag])
            shares.append(number / len(bag) if bag else -1.0)
            numbers.append(float(min(number, 30)))
        return shares, numbers

    def _about(self) -> Iterable[Iterable[float]]:
        shares, numbers = self._overlaps
        size = len(shares)
        sums = [0.0, *accumulate(map(float, numbers))]
        best = max((number for number, words in zip(numbers, self.words, strict=True) if words <= _LONG_WORDS), default=0.0) or 1.0
        topics = frozenset(_commonest(self._counts, _TOPICS))
        opening = frozenset(word for index in self._openers for word in self._bags[index])
        holds, held = self._containment()
        return (
            shares,
            numbers,
            [sums[index] - sums[max(0, index - 4)] for index in range(size)],
            [sums[min(size, index + 5)] - sums[index + 1] for index in range(size)],
            [number / best for number in numbers],
            [len(topics & bag) for bag in self._bags],
            [len(opening & bag) / len(bag) if bag else -1.0 for bag in self._bags],
            [min(30, len(opening & bag)) for bag in self._bags],
            holds,
            held,
        )

    def _compared(self) -> Iterable[Iterable[float]]:
        """How a line compares with those around it: as what the story is about, as its language, and as the last headline before it."""
        numbers = self._overlaps[1]
        size = len(numbers)
        short = [number if words <= _LONG_WORDS else 0.0 for number, words in zip(numbers, self.words, strict=True)]
        padded = [0.0] * _RIVALS + short + [0.0] * _RIVALS
        before = [max(padded[index : index + _RIVALS]) for index in range(size)]
        after = [max(padded[index + _RIVALS + 1 : index + 2 * _RIVALS + 1]) for index in range(size)]
        inside = {index for index in self.main.lines if self.prose[index]}
        common = Counter[str]()
        bags = [frozenset([word for word in text[:_SHORT].casefold().split() if len(word) < _SHORTEST_WORD]) for text in self.texts]
        for index in inside:
            common.update(bags[index])
        least = max(1, len(inside) // 5)
        usual = frozenset(word for word, count in common.items() if count > least)
        long = [0, *accumulate(words >= _TITLE_LEAST and not mask for words, mask in zip(self.words, self.masks, strict=True))]
        start = self.main.lines.start
        return (
            [number - max(one, other) for number, one, other in zip(short, before, after, strict=True)],
            [number - other for number, other in zip(short, after, strict=True)],
            [len(usual & bag) / len(bag) if bag else -1.0 for bag in bags],
            [max(-_FAR, min(_FAR, long[start] - long[index + 1])) if index < start else -_FAR for index in range(size)],
        )

    def _looks(self) -> Iterable[Iterable[float]]:
        """What tells captions, and lines that are unlike the story's paragraphs."""
        size = len(self.texts)
        credited = [
            words < _LONG_WORDS * 2 and CREDIT.search(text[-_CREDIT_REACH:]) is not None
            for text, words in zip(self.texts, self.words, strict=True)
        ]
        short = [is_credit and words <= _PROSE_WORDS for is_credit, words in zip(credited, self.words, strict=True)]
        lengths = sorted(self.words[index] for index in self.main.lines if self.prose[index])
        typical = lengths[len(lengths) // 2] if lengths else _PROSE_WORDS
        prose = [words > 0 for words in self.prose]
        stops = sum(stop for stop, is_prose in zip(self.stops, prose, strict=True) if is_prose)
        # Lines of the same beginning are entries of a list.
        starts = [text[:_ALIKE].casefold() for text in self.texts]
        last: dict[str, int] = {}
        since, until = [_FAR] * size, [_FAR] * size
        for index, start in enumerate(starts):
            if start in last:
                since[index] = min(_FAR, index - last[start])
                until[last[start]] = since[index]
            last[start] = index
        return (
            credited,
            [*short[1:], False] if size else [],
            [False, *short[:-1]] if size else [],
            [min(3.0, words / typical) for words in self.words],
            [text[-1] in ")]" for text in self.texts],
            [min(60, sum(prose))] * size,
            [stops / (sum(prose) or 1)] * size,
            since,
            until,
        )

    def _runs(self) -> Iterable[Iterable[float]]:
        """What the lines since the story's beginning were, and how long the runs of short lines are."""
        dated = self._dated
        seen, mask = [], 0
        for index, own in enumerate(self.masks):
            mask = own | (mask if index > self.main.lines.start else 0)
            seen.append(mask if index >= self.main.lines.start else 0)
        short = [words <= _SHORT_WORDS and not stop for words, stop in zip(self.words, self.stops, strict=True)]
        before = _since([not is_short for is_short in short])
        after = _until([not is_short for is_short in short])
        return (
            seen,
            _since(dated),
            _until(dated),
            [min(_FAR, one + other - 1) if one else 0 for one, other in zip(before, after, strict=True)],
            [0, *before[:-1]] if before else [],
            [*after[1:], 0] if after else [],
            [text[-1] in "?？؟" for text in self.texts],
            [sum([sign in _QUOTES for sign in text]) if len(text) < _SHORT else 0 for text in self.texts],
        )

    def _containment(self) -> tuple[list[int], list[int]]:
        """For each line, how many words of it are another line at its end or beginning, and how many lines have it there."""
        known = {text: index for index, text in reversed(list(enumerate(self.texts))) if _LEAST_HELD <= self.words[index] <= _LONG_WORDS}
        holds, held = [0] * len(self.texts), [0] * len(self.texts)
        for index, (text, words) in enumerate(zip(self.texts, self.words, strict=True)):
            if not _LEAST_HELD < words <= _LONG_WORDS:
                continue
            for match in _SPACE.finditer(text):
                for part in (text[match.end() :], text[: match.start()], text[match.start() + 1 :].lstrip("|/›»:-–— ")):
                    if part in known:
                        holds[index] = max(holds[index], word_units(part))
                        held[known[part]] += 1
        return holds, [held[known.get(text, index)] for index, text in enumerate(self.texts)]


def _commonest(counts: Mapping[str, int], most: int) -> list[str]:
    """The words that occur more than once, the most frequent first, and of equal ones always the same."""
    return [word for word, count in nsmallest(most, counts.items(), key=lambda item: (-item[1], item[0])) if count > 1]


_PLACES: Mapping[Place, int] = {Place.START: 1, Place.HEADING: 2, Place.WHOLE: 3}


@attrs.frozen
class _Stretch:
    """Lines that hold prose at little interruption, and what they are worth: their prose less what stands between."""

    lines: range
    worth: int


def _best_run(gains: Sequence[float]) -> range:
    """The lines that together are worth most."""
    best, run, start, worth = 0.0, range(0), 0, 0.0
    for index, gain in enumerate(gains):
        if worth <= 0:
            start, worth = index, 0.0
        worth += gain
        if worth > best:
            best, run = worth, range(start, index + 1)
    return run


def _is_prose(text: str, words: int) -> bool:
    """Whether a line is a paragraph: long, and a sentence, which a headline of the same length is not."""
    return words >= _PROSE_WORDS and (text[-1] in ENDS or words >= _LONG_WORDS)


def _stretches(prose: Sequence[int]) -> list[_Stretch]:
    """The stretches of prose, in order; each ends with its last paragraph before what follows has cost all it was worth."""
    found: list[_Stretch] = []
    worth = start = best = end = 0
    for index, words in enumerate(prose):
        if words and worth <= 0:
            if best:
                found.append(_Stretch(range(start, end), best))
            worth = best = 0
            start = index
        worth += words or -_GAP
        if words and worth > best:
            best, end = worth, index + 1
    return [*found, _Stretch(range(start, end), best)] if best else found


def _bag(text: str) -> frozenset[str]:
    """What a line is about: the beginnings of its longer words, which inflection leaves alone, and pairs of signs of East Asian words."""
    folded = text[:_MOST_CHARACTERS].casefold()
    words = _WORD.findall(folded)
    stems = frozenset([word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD])
    if folded.isascii() or not _EAST_ASIAN.search(folded):
        return stems
    return frozenset([word[at : at + 2] for word in words for at in range(len(word) - 1)])


def _slug_words(text: str) -> frozenset[str]:
    """The words of an address's part or of a line, without accents: addresses write both "ä" and "ae" for it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)).replace("_", " "))
    return frozenset([word.replace("ae", "a").replace("oe", "o").replace("ue", "u") for word in words if len(word) > 2])


def _shares(text: str) -> tuple[float, ...]:
    """Digits, capitals, words with capitals, short words, sentences, commas, signs, addresses, and whether there is a year or time."""
    text = text[:_MOST_CHARACTERS]
    size = len(text)
    parts = text.split()
    return (
        sum(map(str.isdigit, text)) / size if size < _SHORT else 0.0,
        sum(map(str.isupper, text)) / size if size < _SHORT else 0.0,
        sum([part[0].isupper() for part in parts]) / len(parts),
        sum([len(part) < _SHORTEST_WORD for part in parts]) / len(parts),
        len(_SENTENCE_END.findall(text)),
        text.count(",") + text.count("，") + text.count("、") + text.count("،"),
        (size - len(text.translate(_SIGNS))) / size,
        _ADDRESS.search(text) is not None,
        size < _SHORT and _YEAR_OR_TIME.search(text) is not None,
    )


# Only in short lines do the shares of digits and capitals say something.
_SHORT = 300


def _bounded(distance: int) -> int:
    return max(-_FAR, min(_FAR, distance))


def _since(marks: Sequence[object]) -> list[int]:
    """How many lines ago the nearest mark was: 0 at a mark."""
    distances = []
    distance = _FAR
    for mark in marks:
        distance = 0 if mark else min(_FAR, distance + 1)
        distances.append(distance)
    return distances


def _until(marks: Sequence[object]) -> list[int]:
    return _since(marks[::-1])[::-1]
