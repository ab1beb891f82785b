"""Train the model of plain text on the same corpora, as a scraper saves their pages.

    python -m benchmarks.train_text CORPORA... --output src/newsparse/body/text_model.json --weight aeb=2 fundus=2

The title is learned first, then the body, for which each page's title is guessed by a model that has not seen its site, as it will be
guessed on other pages. Where a page's body is not known, what the library reads in its HTML is taken for it. Each page is also learned from
as an excerpt, and with lines of other pages planted between its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from random import Random
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

_TITLE_PARAMETERS = {**PARAMETERS, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 20, "learning_rate": 0.1}
_BODY_PARAMETERS = {**PARAMETERS, "learning_rate": 0.12, "max_bin": 63}
_TITLE_ROUNDS, _BODY_ROUNDS = 110, 90
# Pages whose names are so long, or twice, are learned from without their address, which callers may not know: all of wcxb's.
_WITHOUT_ADDRESS = 4
_LONG_LINE = 40
# An excerpt counts this much beside the whole page, and goes on for less than so many lines after the body.
_EXCERPT_WEIGHT, _MOST_AFTER = 0.4, 6
# So much a body counts that was read in the HTML, and so much a page that lines were planted in.
_READ_WEIGHT, _LEAST_READ, _PLANTED_WEIGHT = 0.6, 200, 0.8
# At most so many times so many lines are planted, and a page gets other lines before or after its article once in two times.
_MOST_PLANTS, _MOST_PLANTED, _ANOTHER_HEAD, _ANOTHER_TAIL = 4, 8, 10, 150
_MOST_LINES = 900
# Of the lines that are further from the body, one in so many is learned from, and counts for them all.
_BEFORE_BODY, _AFTER_BODY, _FAR_LINES = 30, 40, 10


# The address tells the title only. Which pages have one tells their corpus, so that the body must not be learned from it.
_OF_ADDRESS = frozenset(("slug_share", "slug_words"))


@attrs.define
class TextExample:
    """A page to learn from: its lines, which of them are title and body, and what each counts."""

    corpus: str
    page: str
    fold: int
    truth: Mapping[str, Any]
    is_planted: bool
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

    Without a stated title or body, they are what the library reads in the HTML.
    """
    if not truth.get("title") or not truth.get("body"):
        article = parse(html, url=truth.get("url"))
        read = article.text if len(article.text) > _LEAST_READ else ""
        truth = {"title": article.title or "", "read": read, **{key: value for key, value in truth.items() if value}}
    page = _example(corpus, truth, visible_text(html), 1.0)
    if page is None or not page.is_body.any() or not (truth.get("body") or truth.get("read")):
        return [] if page is None else [page]
    chosen = np.flatnonzero(page.is_body)
    titles = np.flatnonzero(page.is_title[: chosen[0]])
    first = int(titles[-1]) if len(titles) else int(chosen[0])
    excerpt = "\n".join(page.lines.texts[first : chosen[-1] + 1 + len(truth["id"]) % _MOST_AFTER])
    saved = _example(corpus, truth, excerpt, _EXCERPT_WEIGHT)
    return [page] if saved is None else [page, saved]


def planted(page: TextExample, others: Sequence[TextExample]) -> TextExample | None:
    """The page as it would be with lines of the others between its own, and with what stands around their articles."""
    random = Random(page.page)
    texts = page.lines.texts
    body = np.flatnonzero(page.is_body)
    spots = random.sample(list(body[1:]), min(random.randint(1, _MOST_PLANTS), len(body) - 1))
    plants = {spot: _between(random.choice(others), random) for spot in spots}
    titles = np.flatnonzero(page.is_title[: body[0]])
    first = max(0, int(titles[-1] if len(titles) else body[0]) - random.randint(0, _BEFORE_BODY // 6))
    last = min(len(texts), int(body[-1]) + 1 + random.randint(0, _MOST_PLANTED))
    made = [text for at in range(first, last) for text in (*plants.get(at, ()), texts[at])]
    one, other = random.choice(others), random.choice(others)
    start, end = int(np.flatnonzero(one.is_body)[0]), int(np.flatnonzero(other.is_body)[-1])
    head = one.lines.texts[: max(0, start - _ANOTHER_HEAD)] if random.random() < 0.5 else texts[:first]
    tail = other.lines.texts[end + _MOST_AFTER : end + _ANOTHER_TAIL] if random.random() < 0.5 else texts[last:]
    return _example(page.corpus, page.truth, "\n".join((*head, *made, *tail)), _PLANTED_WEIGHT)


def _between(page: TextExample, random: Random) -> list[str]:
    """Some lines that stand together after the beginning of the page's body, and are none of it."""
    start = int(np.flatnonzero(page.is_body)[0])
    spots = start + np.flatnonzero(page.is_body[start:] == 0)
    if not len(spots):
        return []
    at = int(random.choice(list(spots)))
    rest = page.is_body[at : at + random.randint(1, _MOST_PLANTED)]
    return page.lines.texts[at : at + (int(rest.argmax()) if rest.any() else len(rest))]


def _example(corpus: str, truth: Mapping[str, Any], text: str, weight: float) -> TextExample | None:
    url, title = truth.get("url"), fold(truth["title"])
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
        truth,
        weight == _PLANTED_WEIGHT,
        lines,
        expand(lines.rows, TITLE_FEATURES),
        np.array([lines.may_be_title(at, TITLE_WORDS) for at in range(len(places))], np.bool_),
        np.array([bool(title) and segment.folded == title for segment in segments], np.float32),
        np.array(body, np.float32),
        np.array(weights, np.float32) * weight / math.sqrt(len(places)),
    )


def _body(truth: Mapping[str, Any], texts: Sequence[str]) -> tuple[list[bool], list[float]]:
    """Which lines are body, and what each counts: all of them where a whole body is known or was read, else those that hold snippets."""
    if truth.get("body"):
        return _aligned(truth["body"], texts), [1.0] * len(texts)
    wanted, unwanted = ([" ".join(snippet.lower().split()) for snippet in truth.get(key) or ()] for key in ("with", "without"))
    is_wanted = [any(snippet in text.lower() for snippet in wanted) for text in texts]
    is_unwanted = [any(snippet in text.lower() for snippet in unwanted) for text in texts]
    is_told = [one != other for one, other in zip(is_wanted, is_unwanted, strict=True)]
    if not truth.get("read"):
        return is_wanted, [SNIPPET_WEIGHT * told for told in is_told]
    read = _aligned(truth["read"], texts)
    return [known if told else guess for known, told, guess in zip(is_wanted, is_told, read, strict=True)], [_READ_WEIGHT] * len(texts)


def _aligned(body: str, texts: Sequence[str]) -> list[bool]:
    chosen = align(body, texts, [0.1 * (len(text) > _LONG_LINE) for text in texts])
    return [at in chosen for at in range(len(texts))]


def _work(job: tuple[str, dict[str, Any], bytes]) -> list[TextExample]:
    return text_examples(*job)


def _plant(job: tuple[TextExample, list[TextExample]]) -> TextExample | None:
    return planted(*job)


def read_text_examples(corpora: Iterable[Path], processes: int = 1) -> list[TextExample]:
    """The pages of the corpora as text; lines are planted only between pages of the same fold."""
    jobs = [(folder.name, truth, html) for folder in corpora for truth, html in read_corpus(folder)]
    with Pool(processes) as pool:
        pages = pool.map(_work, jobs, chunksize=8)
        whole = [found[0] for found in pages if len(found) > 1 and len(found[0].lines.texts) <= _MOST_LINES]
        folds = [[page for page in whole if page.fold == number] for number in range(FOLDS)]
        plants = [(page, Random(page.page).choices(folds[page.fold], k=_MOST_PLANTED)) for page in whole[::2]]
        grown = pool.map(_plant, plants, chunksize=8)
    return [*(page for found in pages for page in found), *(page for page in grown if page is not None)]


def _near_body(page: TextExample) -> npt.NDArray[np.bool_]:
    body = np.flatnonzero(page.is_body)
    near = np.zeros(len(page.is_body), np.bool_)
    if len(body):
        near[max(0, body[0] - _BEFORE_BODY) : body[-1] + _AFTER_BODY] = True
    return near


def _sampled(kept: npt.NDArray[np.bool_], one_in: int) -> npt.NDArray[np.float32]:
    """What each line of a page counts in training: of those that are not kept, some count for all the others."""
    chosen = np.random.default_rng(len(kept)).random(len(kept)) < 1 / one_in
    return np.where(kept, 1, one_in * chosen).astype(np.float32)


def _grow(
    parameters: Mapping[str, Any],
    rounds: int,
    features: Sequence[npt.NDArray[np.float32]],
    labels: Sequence[npt.NDArray[np.float32]],
    counts: Sequence[npt.NDArray[np.float32]],
) -> lightgbm.Booster:
    """The trees for the lines of some pages that count."""
    chosen = [count > 0 for count in counts]
    data = lightgbm.Dataset(
        np.vstack([own[at] for own, at in zip(features, chosen, strict=True)]),
        np.concatenate([own[at] for own, at in zip(labels, chosen, strict=True)]),
        weight=np.concatenate([own[at] for own, at in zip(counts, chosen, strict=True)]),
    )
    return lightgbm.train({**parameters, "seed": 1}, data, rounds)


def grow_title(examples: Sequence[TextExample], weights: Mapping[str, float]) -> lightgbm.Booster:
    """The trees that tell how likely a line is the title, from the pages whose title is one of the lines."""
    chosen = [item for item in examples if (item.is_title * item.may_be_title).any() and not item.is_planted]
    counts = [(item.may_be_title * weights.get(item.corpus, 1.0)).astype(np.float32) for item in chosen]
    return _grow(_TITLE_PARAMETERS, _TITLE_ROUNDS, [item.features for item in chosen], [item.is_title for item in chosen], counts)


def guess_title(booster: lightgbm.Booster, item: TextExample) -> int | None:
    """The line that is the likeliest title."""
    if not item.may_be_title.any():
        return None
    worth = np.where(item.may_be_title, booster.predict(item.features, raw_score=True), -np.inf)
    return int(worth.argmax())


def with_titles(examples: Sequence[TextExample], weights: Mapping[str, float]) -> list[npt.NDArray[np.float32]]:
    """The body's features of each page, its title guessed by a model that has not seen its site."""
    models = [grow_title([item for item in examples if item.fold != fold_number], weights) for fold_number in range(FOLDS)]
    kept = [at for at, name in enumerate(columns(FEATURES)) if name not in _OF_ADDRESS]
    return [expand(item.lines.with_title(guess_title(models[item.fold], item)), FEATURES)[:, kept] for item in examples]


def grow_body(
    examples: Sequence[TextExample], features: Sequence[npt.NDArray[np.float32]], weights: Mapping[str, float]
) -> lightgbm.Booster:
    """The trees that tell how likely a line is body, from the pages whose body is known."""
    counts = [_sampled(_near_body(item), _FAR_LINES) * item.weights * weights.get(item.corpus, 1.0) for item in examples]
    return _grow(_BODY_PARAMETERS, _BODY_ROUNDS, features, [item.is_body for item in examples], counts)


def as_text_data(title: lightgbm.Booster, body: lightgbm.Booster) -> dict[str, Any]:
    """The model in the form that the library ships; see ``newsparse.body.line_model``."""

    def trees(booster: lightgbm.Booster, names: Sequence[str]) -> list[Any]:
        return [tree_of(item["tree_structure"], names, 1.0) for item in booster.dump_model()["tree_info"]]

    body_columns = [name for name in columns(FEATURES) if name not in _OF_ADDRESS]
    return {"features": list(FEATURES), "title": trees(title, columns(TITLE_FEATURES)), "body": trees(body, body_columns)}


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
