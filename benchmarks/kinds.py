"""How well the kinds of what is taken away are told apart, and what leaks: the labels of ``kinds.jsonl`` and the corpora's snippets.

A label is a segment of a page, by its path, with the kind that a reader gave it; docs/boilerplate.md has the conventions. The segments'
texts are not kept, only a short hash, so that a label whose page or path has changed is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs

import newsparse
from benchmarks.corpus import Truth, read_page, read_truths
from newsparse import Article, Role, Segment
from newsparse.body.kinds import name_kind
from newsparse.body.places import see
from newsparse.document.tree import read_document
from newsparse.pipeline import label_prepared, prepare
from newsparse.text import fold

LABELS = Path(__file__).with_name("kinds.jsonl")
FIXTURES = Path(__file__).parents[1] / "fixtures"
# Fewer labels of a kind say nothing about it, and are left out of the average.
LEAST = 5
_HASH_LETTERS = 8
# A removed segment of at least so many words that stands in the truth's body was taken from it.
_LOST_WORDS = 8
_KIND_OF_ROLE = {Role.RELATED: "related", Role.BYLINE: "byline", Role.CAPTION: "media_chrome"}


@attrs.frozen
class Label:
    """A segment with the kind that a reader gave it. ``part`` is "fresh" where no rule was written with its site in view."""

    corpus: str
    page: str
    path: str
    text: str
    kind: str
    part: str


class Judged(NamedTuple):
    """A label and what the library says: the kind, or the role of what is not removed."""

    label: Label
    found: str


@attrs.frozen
class Leaks:
    """Pages by kind: on how many some text of the kind is known, in the body nevertheless, and body text was lost to the kind."""

    pages: int
    known: Mapping[str, int]
    leaked: Mapping[str, int]
    lost: Mapping[str, int]


def read_labels(path: Path = LABELS) -> list[Label]:
    """The labels of a file, in order."""
    with path.open(encoding="utf-8") as lines:
        return [Label(**json.loads(line)) for line in lines]


def hash_of(text: str) -> str:
    """What is kept of a segment's text."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:_HASH_LETTERS]


def kind_of(segment: Segment) -> str:
    """A segment's kind, where roles count as the kind that they are apart from: captions as ``media_chrome``."""
    return str(segment.kind) if segment.kind is not None else _KIND_OF_ROLE.get(segment.role, str(segment.role))


def judge(article: Article, labels: Iterable[Label]) -> list[Judged]:
    """What the library says of a page's labelled segments; one that is no longer there is found as ``gone``."""
    found = {(segment.path, hash_of(segment.text)): kind_of(segment) for segment in reversed(article.segments)}
    return [Judged(label, found.get((label.path, label.text), "gone")) for label in labels]


def f1_by_kind(judged: Sequence[Judged]) -> dict[str, tuple[float, int]]:
    """F1 and the number of labels of each kind that has labels."""
    wanted = Counter(item.label.kind for item in judged)
    found = Counter(item.found for item in judged)
    right = Counter(item.found for item in judged if item.found == item.label.kind)
    return {kind: (2 * right[kind] / (number + found[kind]), number) for kind, number in sorted(wanted.items())}


def macro_f1(judged: Sequence[Judged], least: int = LEAST) -> float | None:
    """The mean F1 of the kinds with at least ``least`` labels."""
    values = [value for value, number in f1_by_kind(judged).values() if number >= least]
    return sum(values) / len(values) if values else None


def measure(corpora: Sequence[Path], fixtures: Path = FIXTURES) -> str:
    """The report on all corpora, and on the pages of the project's own that say which of their texts are no body."""
    labels: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in read_labels():
        labels[label.corpus, label.page].append(label)
    judged: list[Judged] = []
    leaks = _Counting()
    for folder in corpora:
        for truth in read_truths(folder):
            own = labels.get((folder.name, truth["id"]), [])
            if own or truth.get("without") or truth.get("body"):
                page = read_page(folder, truth["id"])
                article = newsparse.parse(page, url=truth.get("url"))
                found = judge(article, own)
                judged += found
                leaks.add(page, article, truth, found)
    for expected in sorted(fixtures.glob("expected/*.json")):
        for source in fixtures.glob(f"pages/{expected.stem}.html"):
            told = json.loads(expected.read_text("utf-8"))
            leaks.add_own(newsparse.parse(source.read_bytes(), url=told["url"]), told["boilerplate"])
    return f"{report(judged)}\n\n{leak_report(leaks.result())}"


class _Counting:
    def __init__(self) -> None:
        self.pages = 0
        self.known: Counter[str] = Counter()
        self.leaked: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def add(self, page: bytes, article: Article, truth: Truth, judged: Iterable[Judged]) -> None:
        self.pages += 1
        known = {item.label.kind for item in judged}
        leaked = {item.label.kind for item in judged if item.found == Role.BODY}
        kept: list[Segment] = []
        for snippet in truth.get("without") or ():
            holding = [segment for segment in article.segments if fold(snippet) in fold(segment.text)]
            known |= {kind_of(segment) for segment in holding if segment.role is Role.BOILERPLATE or segment.role in _KIND_OF_ROLE}
            if all(segment.role is Role.BODY for segment in holding):
                kept += holding
        named = kinds_of_kept(page, truth.get("url"), kept)
        body = fold(truth.get("body") or "")
        removed = [
            segment for segment in article.segments if segment.role is Role.BOILERPLATE and segment.text.count(" ") >= _LOST_WORDS - 1
        ]
        shown = {fold(segment.text) for segment in article.segments if segment.role is Role.BODY}
        lost = {kind_of(segment) for segment in removed if body and (text := fold(segment.text)) in body and text not in shown}
        self.known.update(known | named)
        self.leaked.update(leaked | named)
        self.lost.update(lost)

    def add_own(self, article: Article, boilerplate: Mapping[str, str]) -> None:
        """A page that says of some texts what they are, by how they begin."""
        self.pages += 1
        body = [fold(segment.text) for segment in article.segments if segment.role is Role.BODY]
        self.known.update(set(boilerplate.values()))
        self.leaked.update({kind for text, kind in boilerplate.items() if any(segment.startswith(fold(text)) for segment in body)})

    def result(self) -> Leaks:
        return Leaks(self.pages, dict(self.known), dict(self.leaked), dict(self.lost))


def kinds_of_kept(page: bytes, url: str | None, kept: Sequence[Segment]) -> set[str]:
    """What segments would be called that are in the body and should not be. Nobody has named them, so it is what the rules say."""
    if not kept:
        return set()
    prepared = prepare(read_document(page), url)
    labels = label_prepared(prepared)
    wrong = {(segment.path, segment.text) for segment in kept}
    segments = prepared.walked.segments
    body = [
        index for index, item in enumerate(labels) if item.role is Role.BODY and (segments[index].path, segments[index].text) not in wrong
    ]
    title = next((index for index, item in enumerate(labels) if item.role is Role.TITLE), body[0] if body else 0)
    seen = see(prepared.walked, prepared.matches, title, body)
    named = [name_kind(seen, index) for index, segment in enumerate(segments) if (segment.path, segment.text) in wrong]
    return {str(item.kind) if item.kind is not None else _KIND_OF_ROLE.get(item.role, str(item.role)) for item in named}


def report(judged: Sequence[Judged]) -> str:
    """Macro-F1 of all labels and of the fresh ones, F1 by kind, and the confusions."""
    lines = []
    for name, items in (("all", judged), ("fresh", [item for item in judged if item.label.part == "fresh"])):
        mean = macro_f1(items)
        if mean is not None:
            right = sum(item.found == item.label.kind for item in items)
            lines.append(
                f"Kinds, {name}: {len(items)} labels, macro-F1 {mean:.3f} (kinds with {LEAST} or more), right {right / len(items):.3f}"
            )
    lines += [f"{kind:<16}{number:>4}  F1 {value:.2f}  {_confusions(judged, kind)}" for kind, (value, number) in f1_by_kind(judged).items()]
    return "\n".join(lines)


def _confusions(judged: Iterable[Judged], kind: str) -> str:
    """What the labels of a kind were found as: a row of the confusion matrix without its zeros."""
    found = Counter(item.found for item in judged if item.label.kind == kind)
    return ", ".join(f"{name} {number}" for name, number in found.most_common())


def leak_report(leaks: Leaks) -> str:
    """For each kind the pages whose body holds some of it, of those where some is known, and the pages that lost body text to it."""
    lines = [f"{'Leaks':<16}{'known':>7}{'in body':>9}{'share':>8}{'body lost':>11}{'share':>8}"]
    for kind in sorted({*leaks.known, *leaks.lost}):
        known, leaked, lost = (counts.get(kind, 0) for counts in (leaks.known, leaks.leaked, leaks.lost))
        share = f"{leaked / known:.3f}" if known else "-"
        lines.append(f"{kind:<16}{known:>7}{leaked:>9}{share:>8}{lost:>11}{lost / leaks.pages:>8.3f}")
    return "\n".join(lines)
