"""The figures: pure functions from a page's truth and an extractor's output to numbers.

A page gives each of its figures a *tally*, a few numbers that add up over pages; a formula makes the figure of the sums. So one page, a
corpus and a bootstrap sample are all measured by the same code. ``docs/quality.md`` says what each figure means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import attrs

T = TypeVar("T")
Tally = tuple[float, ...]
Tallies = dict[str, Tally]
Formula = Callable[[Tally], float | None]
Range = tuple[float, float]

WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"\W+")
_BETWEEN_NAMES = re.compile(r",|;| and | & |\|")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHINGLE = 4
# Kinds of pages whose text is an article's.
_ARTICLES = frozenset(("article", "live_blog", "gallery", "video"))
_DRAWS = 1000
_SEED = 1


def mean(sums: Tally) -> float | None:
    """Of a sum and how many values are in it."""
    total, count = sums
    return total / count if count else None


def f1_of_means(sums: Tally) -> float | None:
    """F1 of the mean precision and the mean recall, each a sum and a count."""
    precision, recall = mean(sums[:2]), mean(sums[2:])
    if precision is None and recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def f1_of_counts(sums: Tally) -> float | None:
    """F1 of how many were found, how many found are wrong, and how many were missed."""
    found, wrong, missed = sums
    return 2 * found / (2 * found + wrong + missed) if any(sums) else None


# Every figure, in the order in which they are shown.
FORMULAS: Mapping[str, Formula] = {
    "F1": f1_of_means,
    "P": mean,
    "R": mean,
    "exact": mean,
    "wF1": mean,
    "with": mean,
    "wout": mean,
    "blocks": mean,
    "title": mean,
    "subtitle": mean,
    "authors": mean,
    "date": mean,
    "image": mean,
    "kind": mean,
    "tags P": mean,
    "tags R": mean,
    "images P": mean,
    "images R": mean,
    "+subtitle": mean,
    "+authors": mean,
    "+date": mean,
    "prevnext": f1_of_counts,
    "related": f1_of_counts,
    "widgets": mean,
    "names": mean,
    "nav": mean,
}


def fold(text: object) -> str:
    """A text for comparison: without differences of case, quotes, punctuation, spaces and compatible characters.

    >>> fold("“Ｎo”,  he SAID")
    'no he said'
    """
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", str(text or "")).casefold()).strip()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The text's runs of four words, counted; a shorter text is one run.

    >>> sorted(shingles("one two three four five"))
    [('one', 'two', 'three', 'four'), ('two', 'three', 'four', 'five')]
    """
    words = WORD.findall(text)
    if len(words) <= _SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))


def precision_and_recall(found: str, wanted: str) -> tuple[float | None, float | None]:
    """Which share of the shingles found is wanted, and which share of those wanted is found; ``None`` where there are none to share."""
    has, needs = shingles(found), shingles(wanted)
    common = (has & needs).total()
    return (common / has.total() if has else None), (common / needs.total() if needs else None)


def overlap(has: Counter[Any], needs: Counter[Any]) -> float:
    """F1 of two bags.

    >>> overlap(Counter("abc"), Counter("abd")) == 2 / 3
    True
    """
    size = has.total() + needs.total()
    return 2 * (has & needs).total() / size if size else 1.0


def word_f1(found: str, wanted: str) -> float:
    """F1 of two texts as bags of words."""
    return overlap(Counter(WORD.findall(found.lower())), Counter(WORD.findall(wanted.lower())))


def author_f1(found: Iterable[str], wanted: Iterable[str]) -> float:
    """F1 of two sets of names.

    >>> author_f1(["Ada HOLM"], ["Ada Holm", "Bo Rask"]) == 2 / 3
    True
    """
    has, needs = (Counter({folded for name in names if (folded := fold(name))}) for names in (found, wanted))
    return overlap(has, needs)


def possible_days(value: object) -> set[str]:
    """The calendar days that a date may mean: in the zone it states, and in UTC.

    >>> sorted(possible_days("2024-05-03T23:30:00-05:00"))
    ['2024-05-03', '2024-05-04']
    """
    if value is None:
        return set()
    if not isinstance(value, datetime):
        text = str(value).strip()
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            day = _DAY.match(text)
            return {day[0] if day else text}
    zones = (value, value.astimezone(UTC)) if value.tzinfo else (value,)
    return {moment.date().isoformat() for moment in zones}


def file_name(url: object) -> str:
    """The last step of a URL's path: an image is the same in every size that a site serves it in.

    >>> file_name("https://cdn.example/w_800/Pier.jpg?crop=1")
    'pier.jpg'
    """
    return urlsplit(str(url or "")).path.rstrip("/").rpartition("/")[2].casefold()


def page_key(url: str, base: str | None) -> tuple[str, str, str]:
    """What tells pages apart by their URLs: host without ``www.``, path and query, but neither scheme nor fragment."""
    parts = urlsplit(urljoin(base or "", url.strip()))
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def score(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Tallies:
    """The tallies of a page, for each figure that its truth and its output have what it takes."""
    return {figure: tally for part in (_body, _blocks, _fields, _sets, _invented, _links) for figure, tally in part(truth, output)}


def _body(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    if "body" not in output:
        return
    body: str = output["body"] or ""
    if truth.get("body") is not None:
        wanted = max(_true_bodies(truth), key=lambda text: word_f1(body, text))
        precision, recall = precision_and_recall(body, wanted)
        parts = {"P": _optional(precision), "R": _optional(recall)}
        yield "F1", parts["P"] + parts["R"]
        yield from parts.items()
        yield "exact", _one(WORD.findall(body) == WORD.findall(wanted))
        yield "wF1", _one(word_f1(body, wanted))
    text = _folded_space(body)
    for figure, key in (("with", "with"), ("wout", "without")):
        snippets = truth.get(key)
        if snippets:
            yield figure, _one(sum((_folded_space(snippet) in text) == (key == "with") for snippet in snippets) / len(snippets))


def _true_bodies(truth: Mapping[str, Any]) -> list[str]:
    """The body with its standfirst and, where the truth marks one, without it: both are right."""
    blocks = truth.get("blocks") or ()
    rest = [block["text"] for block in blocks if block["kind"] != "summary"]
    return [truth["body"], "\n\n".join(rest)] if 0 < len(rest) < len(blocks) else [truth["body"]]


def _blocks(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    if not truth.get("blocks") or output.get("blocks") is None:
        return
    standfirst = _bag(block["text"] for block in truth["blocks"] if block["kind"] == "summary")
    wanted = _bag(block["text"] for block in truth["blocks"] if block["kind"] != "summary")
    found = _bag(output["blocks"]) - standfirst
    yield "blocks", _one(overlap(found, wanted) if found or wanted else 0.0)


def _fields(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    if truth.get("title") and "title" in output:
        yield "title", _one(fold(output["title"]) == fold(truth["title"]))
    # A truth without the key does not know; one with an empty value knows that the page has no subtitle.
    if "subtitle" in truth and "subtitle" in output:
        yield "subtitle", _one(fold(output["subtitle"]) == fold(truth["subtitle"]))
    names = true_authors(truth)
    if names is not None and "authors" in output:
        yield "authors", _one(author_f1(output["authors"] or (), names))
    if truth.get("date") and "date" in output:
        yield "date", _one(not possible_days(truth["date"]).isdisjoint(possible_days(output["date"])))
    if truth.get("image") and "image" in output:
        yield "image", _one(file_name(output["image"]) == file_name(truth["image"]))
    if truth.get("kind") and output.get("kind"):
        yield "kind", _one((output["kind"] in _ARTICLES) == (truth["kind"] == "article"))


def _sets(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    """Precision and recall of the tags and of the images, those of all pages together."""
    if truth.get("tags") and "tags" in output:
        has, wanted = ({folded for tag in tags or () if (folded := fold(tag))} for tags in (output["tags"], truth["tags"]))
        yield "tags P", (len(has & wanted), len(has))
        yield "tags R", (len(has & wanted), len(wanted))
    if truth.get("images") and "images" in output:
        found = {file_name(url) for url in output["images"] or ()}
        versions = [_file_names(image) for image in truth["images"]]
        yield "images P", (len(found & set().union(*versions)), len(found))
        yield "images R", (sum(not names.isdisjoint(found) for names in versions), len(versions))


def _file_names(image: str | Mapping[str, Any]) -> set[str]:
    """The file names of an image, which the truth may know in several versions."""
    return {file_name(image)} if isinstance(image, str) else {file_name(version["url"]) for version in image["versions"]}


def _invented(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    """Whether a page got what its truth knows that it does not state."""
    for field in ("subtitle", "authors", "date"):
        is_unstated = (field in truth and not truth[field]) or field in truth.get("unstated", ())
        if is_unstated and field in output:
            yield f"+{field}", _one(bool(output[field]))


def true_authors(truth: Mapping[str, Any]) -> list[str] | None:
    """The authors' names, or ``None`` where the truth does not know them."""
    names: list[str] | None = truth.get("authors")
    if names is None and truth.get("author_text"):
        return _BETWEEN_NAMES.split(truth["author_text"])
    return names


def _links(truth: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[tuple[str, Tally]]:
    links = truth.get("links")
    if not links or "related" not in output:
        return

    def keys(urls: Iterable[str | None]) -> set[tuple[str, str, str]]:
        return {page_key(url, truth.get("url")) for url in urls if url}

    def adjacent(of: Mapping[str, Any]) -> set[tuple[str, tuple[str, str, str]]]:
        return {(side, key) for side in ("previous", "next") for key in keys([of.get(side)])}

    unsure = keys(links["unsure"])
    offered = {(side, key) for side, key in adjacent(output) if key not in unsure}
    yield "prevnext", _counts(offered, adjacent(links))
    wanted = keys(links["related"]) | keys(links["inline"])
    yield "related", _counts(keys(output["related"] or ()) - (unsure - wanted), wanted)


def _counts(found: set[Any], wanted: set[Any]) -> Tally:
    return len(found & wanted), len(found - wanted), len(wanted - found)


def _one(value: float) -> Tally:
    return float(value), 1


def _optional(value: float | None) -> Tally:
    return (0.0, 0) if value is None else (value, 1)


def _bag(texts: Iterable[str]) -> Counter[Hashable]:
    return Counter(folded for text in texts if (folded := fold(text)))


def _folded_space(text: str) -> str:
    return _SPACE.sub(" ", text).lower()


def add(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies of one figure.

    >>> add([(0.5, 1), (1.0, 1)])
    (1.5, 2)
    """
    return tuple(map(sum, zip(*tallies, strict=True)))


def value(figure: str, tallies: Sequence[Tally]) -> float | None:
    """A figure over pages, each given by its tally; ``None`` where they say nothing of it."""
    return FORMULAS[figure](add(tallies)) if tallies else None


def column(figure: str, pages: Iterable[Tallies]) -> list[Tally]:
    """The tallies of the pages that have the figure."""
    return [page[figure] for page in pages if figure in page]


def bootstrap(items: Sequence[T], statistic: Callable[[Sequence[T]], float | None], draws: int = _DRAWS, seed: int = _SEED) -> Range | None:
    """The 95 % interval of a statistic, from samples of the items with replacement; the same on every call.

    >>> bootstrap([0.5, 0.5, 0.5], lambda sample: sum(sample) / len(sample))
    (0.5, 0.5)
    """
    random = Random(seed)
    drawn = (statistic(random.choices(items, k=len(items))) for _ in range(draws if items else 0))
    values = sorted(item for item in drawn if item is not None)
    if not values:
        return None
    edge = int(0.025 * len(values))
    return values[edge], values[-1 - edge]


def interval(figure: str, tallies: Sequence[Tally]) -> Range | None:
    """The 95 % interval of a figure over pages."""
    return bootstrap(tallies, lambda sample: value(figure, sample))


@attrs.frozen
class Change:
    """What a figure was on a page, and what it is now."""

    page: str
    old: float
    new: float

    @property
    def gain(self) -> float:
        """How much better it is now."""
        return self.new - self.old


@attrs.frozen
class Comparison:
    """A figure over the pages that were measured twice.

    Attributes:
        pages: how many have the figure both times.
        old, new: the figure over them.
        range: the 95 % interval of the difference; each page is drawn with both its values.
        changes: the pages that changed, the largest change first.
    """

    pages: int
    old: float
    new: float
    range: Range | None
    changes: tuple[Change, ...]


def compare(figure: str, old: Mapping[str, Tallies], new: Mapping[str, Tallies]) -> Comparison | None:
    """A figure then and now, over the pages (by name) that have it both times; ``None`` where there are none."""
    both = {page: (old[page][figure], new[page][figure]) for page in new if figure in new[page] and figure in old.get(page, {})}
    then, now = (value(figure, [pair[at] for pair in both.values()]) for at in (0, 1))
    if then is None or now is None:
        return None
    changes = []
    for page, pair in both.items():
        before, after = (value(figure, [tally]) for tally in pair)
        # A page without any link in truth and output has no value of its own, and nothing to lose.
        change = Change(page, 1.0 if before is None else before, 1.0 if after is None else after)
        if abs(change.gain) > 1e-9:
            changes.append(change)
    changes.sort(key=lambda change: (-abs(change.gain), change.page))
    return Comparison(len(both), then, now, bootstrap(list(both.values()), lambda sample: _difference(figure, sample)), tuple(changes))


def _difference(figure: str, pairs: Sequence[tuple[Tally, Tally]]) -> float | None:
    old, new = (value(figure, [pair[at] for pair in pairs]) for at in (0, 1))
    return None if old is None or new is None else new - old
