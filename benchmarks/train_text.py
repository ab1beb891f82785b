"""Train the model of plain text on the same corpora, as a scraper saves their pages.

    python -m benchmarks.train_text CORPORA... --output src/newsparse/body/text_model.json --weight aeb=2 fundus=2

The title is learned first, then the body, for which each page's title is guessed by a model that has not seen its site, as it will be
guessed on other pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import attrs
import lightgbm
import numpy as np
import numpy.typing as npt

from benchmarks.align import align
from benchmarks.corpus import FOLDS, fold_of, read_corpus, visible_text
from benchmarks.train import PARAMETERS, SNIPPET_WEIGHT, read_arguments, tree_of, write_model
from newsparse import parse
from newsparse.body.lines import FEATURES, MASKS, TITLE_FEATURES, Lines
from newsparse.fields.title import slug_of
from newsparse.model import BoilerplateKind
from newsparse.pipeline import prepare_text
from newsparse.plaintext import MARK, TITLE_WORDS, shown
from newsparse.text import fold

_TITLE_PARAMETERS = {**PARAMETERS, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 20}
_ROUNDS, _RATE = 110, 0.1
# Every so many pages are learned from without their address, which callers may not know.
_WITHOUT_ADDRESS = 4
_LONG_LINE = 40
# An excerpt counts this much beside the whole page, and goes on for less than so many lines after the body.
_EXCERPT_WEIGHT, _MOST_AFTER = 0.4, 6


@attrs.define
class TextExample:
    """A page to learn from: its lines, which of them are title and body, and what each counts."""

    corpus: str
    page: str
    fold: int
    lines: Lines
    features: npt.NDArray[np.float32]
    may_be_title: npt.NDArray[np.bool_]
    is_title: npt.NDArray[np.float32]
    is_body: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


def columns(names: Sequence[str]) -> list[str]:
    """A column for each number, and for each bit of a mask."""
    return [column for name in names for column in ([f"{name}:{bit}" for bit in range(len(BoilerplateKind))] if name in MASKS else [name])]


def expand(rows: Sequence[Sequence[float]], names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Feature vectors as columns: the masks a column a bit."""
    made = []
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        if name in MASKS:
            bits = np.array([int(value) for value in values], np.int64)[:, None] >> np.arange(len(BoilerplateKind))
            made.append((bits & 1).astype(np.float32))
        else:
            made.append(np.array(values, np.float32)[:, None])
    return np.hstack(made)


def text_examples(corpus: str, truth: Mapping[str, Any], html: bytes) -> list[TextExample]:
    """A page as text, and what of it a careful reader would have saved: from its title to a little after its body.

    Without a stated title, the title is what the library reads in the HTML.
    """
    title = fold(truth.get("title") or parse(html, url=truth.get("url")).title or "")
    page = _example(corpus, truth, title, visible_text(html), 1.0)
    if page is None or not truth.get("body") or not page.is_body.any():
        return [] if page is None else [page]
    chosen = np.flatnonzero(page.is_body)
    titles = np.flatnonzero(page.is_title[: chosen[0]])
    first = int(titles[-1]) if len(titles) else int(chosen[0])
    excerpt = "\n".join(page.lines.texts[first : chosen[-1] + 1 + len(truth["id"]) % _MOST_AFTER])
    saved = _example(corpus, truth, title, excerpt, _EXCERPT_WEIGHT)
    return [page] if saved is None else [page, saved]


def _example(corpus: str, truth: Mapping[str, Any], title: str, text: str, weight: float) -> TextExample | None:
    url = truth.get("url")
    prepared = prepare_text(text, url)
    places = [index for index, segment in enumerate(prepared.walked.segments) if segment.tag != MARK]
    if not places:
        return None
    segments = [shown(prepared.walked.segments[index]) for index in places]
    known = len(truth["id"]) % _WITHOUT_ADDRESS
    lines = Lines(segments, [prepared.matches[index] for index in places], slug_of(url) if known else "")
    body, weights = _body(truth, [segment.text for segment in segments])
    return TextExample(
        corpus,
        truth["id"],
        fold_of(url, truth["id"]),
        lines,
        expand(lines.rows, TITLE_FEATURES),
        np.array([lines.may_be_title(at, TITLE_WORDS) for at in range(len(places))], np.bool_),
        np.array([bool(title) and segment.folded == title for segment in segments], np.float32),
        np.array(body, np.float32),
        np.array(weights, np.float32) * weight / math.sqrt(len(places)),
    )


def _body(truth: Mapping[str, Any], texts: Sequence[str]) -> tuple[list[bool], list[float]]:
    """Which lines are body, and what each counts: all of them where the whole body is known, else those that hold snippets."""
    if truth.get("body"):
        chosen = align(truth["body"], texts, [0.1 * (len(text) > _LONG_LINE) for text in texts])
        return [at in chosen for at in range(len(texts))], [1.0] * len(texts)
    wanted, unwanted = ([" ".join(snippet.lower().split()) for snippet in truth.get(key) or ()] for key in ("with", "without"))
    is_wanted = [any(snippet in text.lower() for snippet in wanted) for text in texts]
    is_unwanted = [any(snippet in text.lower() for snippet in unwanted) for text in texts]
    return is_wanted, [SNIPPET_WEIGHT * (one != other) for one, other in zip(is_wanted, is_unwanted, strict=True)]


def _work(job: tuple[str, dict[str, Any], bytes]) -> list[TextExample]:
    return text_examples(*job)


def read_text_examples(corpora: Iterable[Path], processes: int = 1) -> list[TextExample]:
    """The pages of the corpora as text."""
    jobs = [(folder.name, truth, html) for folder in corpora for truth, html in read_corpus(folder)]
    with Pool(processes) as pool:
        return [found for both in pool.map(_work, jobs, chunksize=8) for found in both]


def grow_title(examples: Sequence[TextExample], weights: Mapping[str, float]) -> lightgbm.Booster:
    """The trees that tell how likely a line is the title, from the pages whose title is one of the lines."""
    chosen = [item for item in examples if (item.is_title * item.may_be_title).any()]
    each = [np.full(int(item.may_be_title.sum()), weights.get(item.corpus, 1.0)) for item in chosen]
    data = lightgbm.Dataset(
        np.vstack([item.features[item.may_be_title] for item in chosen]),
        np.concatenate([item.is_title[item.may_be_title] for item in chosen]),
        weight=np.concatenate(each),
    )
    return lightgbm.train({**_TITLE_PARAMETERS, "seed": 1, "learning_rate": _RATE}, data, _ROUNDS)


def guess_title(booster: lightgbm.Booster, item: TextExample) -> int | None:
    """The line that is the likeliest title."""
    if not item.may_be_title.any():
        return None
    worth = np.where(item.may_be_title, booster.predict(item.features, raw_score=True), -np.inf)
    return int(worth.argmax())


def with_titles(examples: Sequence[TextExample], weights: Mapping[str, float]) -> list[npt.NDArray[np.float32]]:
    """All features of each page, its title guessed by a model that has not seen its site."""
    models = [grow_title([item for item in examples if item.fold != fold_number], weights) for fold_number in range(FOLDS)]
    return [expand(item.lines.with_title(guess_title(models[item.fold], item)), FEATURES) for item in examples]


def grow_body(
    examples: Sequence[TextExample], features: Sequence[npt.NDArray[np.float32]], weights: Mapping[str, float]
) -> lightgbm.Booster:
    """The trees that tell how likely a line is body, from the pages whose body is known."""
    chosen = [number for number, item in enumerate(examples) if item.weights.any()]
    data = lightgbm.Dataset(
        np.vstack([features[number] for number in chosen]),
        np.concatenate([examples[number].is_body for number in chosen]),
        weight=np.concatenate([examples[number].weights * weights.get(examples[number].corpus, 1.0) for number in chosen]),
    )
    return lightgbm.train({**PARAMETERS, "seed": 1, "learning_rate": _RATE}, data, _ROUNDS)


def as_text_data(title: lightgbm.Booster, body: lightgbm.Booster) -> dict[str, Any]:
    """The model in the form that the library ships; see ``newsparse.body.line_model``."""

    def trees(booster: lightgbm.Booster, names: Sequence[str]) -> list[Any]:
        return [tree_of(item["tree_structure"], columns(names), 1.0) for item in booster.dump_model()["tree_info"]]

    return {"features": list(FEATURES), "title": trees(title, TITLE_FEATURES), "body": trees(body, FEATURES)}


def text_model(examples: Sequence[TextExample], weights: Mapping[str, float]) -> dict[str, Any]:
    """The model of all the examples."""
    return as_text_data(grow_title(examples, weights), grow_body(examples, with_titles(examples, weights), weights))


def text_folds(corpora: Iterable[Path], weights: Mapping[str, float], processes: int = 1) -> list[dict[str, Any]]:
    """A model for each fold, which has not seen the fold's sites."""
    examples = read_text_examples(corpora, processes)
    features = with_titles(examples, weights)
    models = []
    for fold_number in range(FOLDS):
        seen = [number for number, item in enumerate(examples) if item.fold != fold_number]
        others = [examples[number] for number in seen]
        models.append(as_text_data(grow_title(others, weights), grow_body(others, [features[number] for number in seen], weights)))
    return models


def main() -> None:
    """The command."""
    corpora, output, weights = read_arguments(__doc__)
    examples = read_text_examples(corpora)
    write_model(text_model(examples, weights), output)
    print(f"{len(examples)} pages -> {output}")


if __name__ == "__main__":
    main()
