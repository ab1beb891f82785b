"""Train the labeller's model on corpora with a known body.

    python -m benchmarks.train CORPUS... --output src/newsparse/body/model.json

A corpus is a folder with ``truth.jsonl`` (one page a line, with ``id``, ``url`` and ``body``, or snippets ``with`` and ``without``
that must and must not be in the body) and ``pages/<id>.html.gz``.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Any

import attrs
import lightgbm
import numpy as np
import numpy.typing as npt
from lxml import etree

from benchmarks.align import WORD, align
from benchmarks.augment import boxes, planted, spare_texts
from benchmarks.changes import with_other_names, without_navigation
from benchmarks.corpus import fold_of, read_corpus
from benchmarks.made_boxes import Texts, made_box
from newsparse.body.features import FEATURES, FIRST, MASKS, TAG_BITS, Candidates
from newsparse.body.label import clues_of, phrase_masks
from newsparse.document.segments import FACTS, HIDDEN, NAV, RawSegment
from newsparse.document.tree import read_document
from newsparse.lexicon import topics
from newsparse.model import BoilerplateKind
from newsparse.pipeline import Prepared, prepare

_BITS = {
    "tag": len(TAG_BITS),
    "own": len(topics()),
    "near": len(topics()),
    "tokens": len(topics()),
    "facts": FACTS,
    "phrase": len(BoilerplateKind),
    "under_phrase": len(BoilerplateKind),
}
# A column for each number, and for each bit of a mask.
COLUMNS = tuple(column for name in FEATURES for column in ([f"{name}:{bit}" for bit in range(_BITS[name])] if name in MASKS else [name]))
FIRST_COLUMNS = [number for number, column in enumerate(COLUMNS) if column.partition(":")[0] in FIRST]
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 8,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "deterministic": True,
    "num_threads": 1,
    "force_row_wise": True,
    "max_bin": 63,
    "verbose": -1,
}
# The first trees go far, so that most segments are decided by them and the others need not be asked. Several models, which see
# different parts of the pages and features, are averaged: one alone changes its mind about doubtful segments with every training.
_FIRST_ROUNDS, _FIRST_RATE, _FIRST_SEEDS = 12, 0.22, (1, 2)
# For one of the further ones a page counts little more the more segments it has; for the other each segment counts the same. They err on
# different pages.
_FURTHER_ROUNDS, _FURTHER_RATE, _BY_PAGE_SEEDS, _BY_SEGMENT_SEEDS = 80, 0.1, (1, 3), (2, 4)
# So many copies of a page have boxes of other pages in them, and each counts so much beside the page itself.
_COPIES, _COPY_WEIGHT = 2, 0.5
# So many boxes cut out of other pages, and as many made ones, are there to choose from.
_POOL = 12
# Made boxes are made of a few texts of so many pages.
_MOST_TEXTS = 4
# A segment that holds a snippet counts as much as a few of a page whose every segment is known.
SNIPPET_WEIGHT = 3.0


@attrs.define
class Example:
    """A page to learn from: its candidate segments' features, which of them are body, and what each counts."""

    corpus: str
    page: str
    fold: int
    features: npt.NDArray[np.float32]
    labels: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


def expand(rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float32]:
    """Feature vectors as columns: the masks a column a bit."""
    if not rows:
        return np.zeros((0, len(COLUMNS)), np.float32)
    columns = []
    for name, values in zip(FEATURES, zip(*rows, strict=True), strict=True):
        if name in MASKS:
            # Masks may hold further bits, which other parts of the library use.
            known = (1 << _BITS[name]) - 1
            bits = np.array([int(value) & known for value in values], np.int64)[:, None] >> np.arange(_BITS[name])
            columns.append((bits & 1).astype(np.float32))
        else:
            columns.append(np.array(values, np.float32)[:, None])
    return np.hstack(columns)


def example(corpus: str, truth: Mapping[str, Any], html: bytes) -> Example:
    """A page with its labels: from the whole body where the truth has it, else from snippets that must or must not be in the body."""
    return _example(corpus, truth, prepare(read_document(html), truth.get("url")))


def planted_example(corpus: str, truth: Mapping[str, Any], html: bytes, pool: Sequence[str], copy: int) -> Example | None:
    """A page with boxes of the ``pool`` between its paragraphs, as its ``copy``; ``None`` where there is no room for them.

    One of a page's copies has names without meaning, as on sites whose names say nothing, and some copies have no navigation.
    """
    root = read_document(html).root
    walked = prepare(read_document(root), truth.get("url")).walked
    page = f"{truth['id']} {copy}"
    changed = planted(root, walked, _whole_body(truth, walked.segments)[0], pool, page)
    if changed is None:
        return None
    found = _example(corpus, truth, prepare(read_document(_less(changed, truth["id"], copy)), truth.get("url")))
    return attrs.evolve(found, weights=found.weights * np.float32(_COPY_WEIGHT))


def _less(root: etree._Element, page: str, copy: int) -> etree._Element:
    """A copy of a page without some of what may tell its text from the rest.

    One of a page's copies has names without meaning, as on sites whose names say nothing; half of its second ones have no navigation.
    """
    number = sum(page.encode())
    if number % _COPIES == copy:
        root = _or_else(with_other_names(root, f"{page} {copy}"), root)
    return _or_else(without_navigation(root), root) if copy and number // _COPIES % 2 else root


def _or_else(changed: etree._Element | None, root: etree._Element) -> etree._Element:
    return root if changed is None else changed


def _example(corpus: str, truth: Mapping[str, Any], prepared: Prepared) -> Example:
    candidates = Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known))
    indices = candidates.indices
    segments = prepared.walked.segments
    labels, weights = _whole_body(truth, segments) if truth.get("body") else _snippets(truth, segments)
    return Example(
        corpus,
        truth["id"],
        fold_of(truth.get("url"), truth["id"]),
        expand(candidates.all()),
        np.array([labels[index] for index in indices], np.float32),
        np.array([weights[index] for index in indices], np.float32) / math.sqrt(max(1, len(indices))),
    )


def _whole_body(truth: Mapping[str, Any], segments: Sequence[RawSegment]) -> tuple[list[float], list[float]]:
    """Labels and weights of all segments. A standfirst, which truths count differently, has no weight."""
    places = align(truth["body"], [segment.text for segment in segments], [_bonus(segment) for segment in segments])
    standfirst = _standfirst(truth)
    optional = {index for index, place in places.items() if any(start <= place.start < end for start, end in standfirst)}
    return [float(index in places) for index in range(len(segments))], [float(index not in optional) for index in range(len(segments))]


def _snippets(truth: Mapping[str, Any], segments: Sequence[RawSegment]) -> tuple[list[float], list[float]]:
    """Labels and weights of all segments; those that hold no snippet have no weight."""
    wanted, unwanted = ([" ".join(snippet.lower().split()) for snippet in truth.get(key) or ()] for key in ("with", "without"))
    labels, weights = [], []
    for segment in segments:
        text = segment.text.lower()
        is_wanted, is_unwanted = (any(snippet in text for snippet in snippets) for snippets in (wanted, unwanted))
        labels.append(float(is_wanted))
        weights.append(float(is_wanted != is_unwanted) * SNIPPET_WEIGHT)
    return labels, weights


def _bonus(segment: RawSegment) -> float:
    """Of several segments with the same text, which the truth more likely means."""
    bonus = 0.1 if segment.tag in ("p", "li", "h2", "h3", "blockquote") else 0.0
    if segment.node.facts & (HIDDEN | NAV):
        bonus -= 0.3
    if segment.text and segment.link_chars > 0.6 * len(segment.text):
        bonus -= 0.2
    return bonus - 0.1 if segment.tag in ("h1", "title", "option", "button") else bonus


def _standfirst(truth: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The stretches of the truth's words that are its standfirst."""
    stretches, at = [], 0
    for block in truth.get("blocks") or ():
        size = len(WORD.findall(block["text"]))
        if block["kind"] == "summary":
            stretches.append((at, at + size))
        at += size
    return stretches


_LANG = re.compile(rb"""<html[^>]*\slang=["']?([a-zA-Z]{2})""")
_Job = tuple[str, dict[str, Any], bytes]


@attrs.define
class _Pool:
    """What the pages of a fold lend to each other: boxes cut out of them, and texts to make boxes of."""

    boxes: list[str] = attrs.Factory(list)
    headlines: list[str] = attrs.Factory(list)
    blurbs: list[str] = attrs.Factory(list)

    def add(self, other: _Pool) -> None:
        """Add what another page lends."""
        self.boxes += other.boxes
        self.headlines += other.headlines
        self.blurbs += other.blurbs

    def choose(self, seed: str, language: str) -> list[str]:
        """A few boxes to choose from."""
        random = Random(seed)
        cut = random.sample(self.boxes, min(_POOL, len(self.boxes)))
        if not self.headlines:
            return cut
        texts = Texts(*(random.sample(pool, min(_POOL, len(pool))) for pool in (self.headlines, self.blurbs)))
        return cut + [made_box(random, language, texts) for _ in range(_POOL)]


def _read(corpus: str, truth: Mapping[str, Any], html: bytes) -> tuple[Example, _Pool]:
    """A page as an example, and what it lends to others."""
    document = read_document(html)
    prepared = prepare(document, truth.get("url"))
    lent = _Pool()
    if truth.get("body"):
        labels = _whole_body(truth, prepared.walked.segments)[0]
        headlines, blurbs = spare_texts(prepared.walked.segments, labels)
        random = Random(truth["id"])
        few = [random.sample(texts, min(_MOST_TEXTS, len(texts))) for texts in (headlines, blurbs)]
        lent = _Pool(boxes(document.root, prepared.walked, labels), *few)
    return _example(corpus, truth, prepared), lent


def read_examples(corpora: Iterable[Path], processes: int = 2) -> list[Example]:
    """The pages of the corpora that have a body to learn from, and those of a whole body also with boxes planted into them.

    Boxes come from pages of the same fold, so that a model that is to know nothing of a fold learns nothing of it by them.
    """
    jobs: list[_Job] = [
        (folder.name, truth, html) for folder in corpora for truth, html in read_corpus(folder) if truth.get("body") or truth.get("with")
    ]
    with Pool(processes) as pool:
        read = pool.starmap(_read, jobs, chunksize=8)
        pools: dict[int, _Pool] = {}
        for item, lent in read:
            pools.setdefault(item.fold, _Pool()).add(lent)
        copies = [
            (*job, pools[item.fold].choose(f"{item.page} {copy}", _language(job[2])), copy)
            for copy in range(_COPIES)
            for job, (item, _) in zip(jobs, read, strict=True)
            if job[1].get("body")
        ]
        more = pool.starmap(planted_example, copies, chunksize=8)
    return [item for item in (*(item for item, _ in read), *more) if item is not None and len(item.labels)]


def _language(html: bytes) -> str:
    """The language that a page states, or English."""
    found = _LANG.search(html, 0, 4000)
    return found[1].decode().lower() if found else "en"


@attrs.frozen
class Ensemble:
    """Models whose mean is taken."""

    boosters: tuple[lightgbm.Booster, ...]

    def predict(self, columns: npt.NDArray[np.float32], rounds: int | None = None) -> npt.NDArray[np.float64]:
        """The log-odds after so many ``rounds`` of each model, or all."""
        sums = [booster.predict(columns, raw_score=True, num_iteration=rounds) for booster in self.boosters]
        mean: npt.NDArray[np.float64] = np.mean(sums, axis=0)
        return mean

    def trees(self, columns: Sequence[str]) -> list[Any]:
        """The trees as data, a round of all models after another."""
        share = 1 / len(self.boosters)
        dumped = [booster.dump_model()["tree_info"] for booster in self.boosters]
        return [tree_of(item["tree_structure"], columns, share) for round_ in zip(*dumped, strict=True) for item in round_]


def boost(examples: Sequence[Example], weights: Mapping[str, float]) -> tuple[Ensemble, Ensemble]:
    """The first trees, which see the first features, and the further ones, which see all and add to the sums of the first.

    ``weights`` is each corpus's weight a page (1 where not given).
    """
    each = np.concatenate([item.weights * weights.get(item.corpus, 1.0) for item in examples])
    known = each > 0
    columns = np.vstack([item.features for item in examples])[known]
    labels = np.concatenate([item.labels for item in examples])[known]
    few = columns[:, FIRST_COLUMNS]
    data = lightgbm.Dataset(few, labels, weight=each[known], params=PARAMETERS).construct()
    first = Ensemble(tuple(_grow(data, seed, _FIRST_RATE, _FIRST_ROUNDS) for seed in _FIRST_SEEDS))
    data = lightgbm.Dataset(columns, labels, weight=each[known], init_score=first.predict(few), params=PARAMETERS).construct()
    by_page = [_grow(data, seed, _FURTHER_RATE, _FURTHER_ROUNDS) for seed in _BY_PAGE_SEEDS]
    data.set_weight(np.concatenate([np.minimum(item.weights * math.sqrt(len(item.labels)), 1.0) for item in examples])[known])
    by_segment = [_grow(data, seed, _FURTHER_RATE, _FURTHER_ROUNDS) for seed in _BY_SEGMENT_SEEDS]
    return first, Ensemble((*by_page, *by_segment))


def _grow(data: lightgbm.Dataset, seed: int, rate: float, rounds: int) -> lightgbm.Booster:
    return lightgbm.train({**PARAMETERS, "seed": seed, "learning_rate": rate}, data, rounds)


def as_data(first: Ensemble, further: Ensemble) -> dict[str, Any]:
    """The model in the form that the library ships; see ``newsparse.body.model``."""
    few = [COLUMNS[number] for number in FIRST_COLUMNS]
    return {"features": list(FEATURES), "first": first.trees(few), "further": further.trees(COLUMNS)}


def tree_of(node: Mapping[str, Any], columns: Sequence[str], share: float) -> Any:
    """A tree of lightgbm as the library ships it, its leaves multiplied by ``share``."""
    if "leaf_value" in node:
        return float(f"{node['leaf_value'] * share:.4g}")
    name = columns[node["split_feature"]]
    threshold = 0 if ":" in name else float(f"{node['threshold']:.7g}")
    return [name, threshold, tree_of(node["left_child"], columns, share), tree_of(node["right_child"], columns, share)]


def read_arguments(description: str | None) -> tuple[list[Path], Path, dict[str, float]]:
    """What a command that trains a model is told: the corpora, where to write the model, and each corpus's weight a page."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path, help="folders with truth.jsonl and pages/")
    parser.add_argument("--output", type=Path, required=True, help="where to write the model")
    parser.add_argument("--weight", nargs="*", default=[], metavar="CORPUS=NUMBER", help="the weight of a corpus's pages")
    arguments = parser.parse_args()
    weights = {name: float(number) for name, _, number in (item.partition("=") for item in arguments.weight)}
    return arguments.corpora, arguments.output, weights


def write_model(data: Mapping[str, Any], output: Path) -> None:
    """A model as the library ships it: JSON in one line."""
    output.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """The command."""
    corpora, output, weights = read_arguments(__doc__)
    examples = read_examples(corpora)
    data = as_data(*boost(examples, weights))
    write_model(data, output)
    trees = len(data["first"]) + len(data["further"])
    print(f"{len(examples)} pages, {sum(len(item.labels) for item in examples)} segments, {trees} trees -> {output}")


if __name__ == "__main__":
    main()
