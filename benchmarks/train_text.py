"""Train the model of plain text on the same corpora, as a scraper saves their pages.

    python -m benchmarks.train_text CORPORA... --output src/newsparse/body/text_model.json --weight aeb=2 fundus=2

First it is learned how likely each line is body by itself, then which one is the title, then the body once more, with the title and the
neighbours' chances known. What a later step sees of an earlier one comes from a model that has not seen the site, as it will on other
pages. Where a page's body is not known, what the library reads in its HTML is taken for it. Each page is also learned from as an excerpt,
as a text of a few lines, and with lines of other pages planted between its own.
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
from benchmarks.train import PARAMETERS, SNIPPET_WEIGHT, Ensemble, read_arguments, write_model
from newsparse import parse
from newsparse.body.lines import FEATURES, FIRST_FEATURES, MASKS, TITLE_FEATURES, Lines
from newsparse.body.model import probability
from newsparse.fields.title import slug_of
from newsparse.model import BoilerplateKind
from newsparse.pipeline import prepare_text
from newsparse.plaintext import MARK, TITLE_WORDS, shown
from newsparse.text import fold

_TITLE_PARAMETERS = {**PARAMETERS, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 20, "learning_rate": 0.1}
_BODY_PARAMETERS = {**PARAMETERS, "learning_rate": 0.12, "max_bin": 63}
_FIRST_ROUNDS, _TITLE_ROUNDS, _BODY_ROUNDS = 60, 110, 90
# The last two models are the means of models that see different parts of the pages and features.
_FIRST_SEEDS, _SEEDS = (1,), (1, 2)
# One page in so many is learned from without its address, which callers may not know.
_WITHOUT_ADDRESS = 4
_LONG_LINE = 40
# An excerpt counts this much beside the whole page. It has less than so many lines before the title and after the body.
_EXCERPT_WEIGHT, _MOST_BEFORE, _MOST_AFTER = 0.4, 8, 6
# A text of a few lines has at most so many paragraphs, and so many lines before and after them.
_FEW_WEIGHT, _FEW_PARAGRAPHS, _FEW_OTHERS = 0.4, 4, 3
# So much a body counts that was read in the HTML, and so much a page that lines were planted in.
_READ_WEIGHT, _LEAST_READ, _PLANTED_WEIGHT = 0.6, 200, 0.8
# At most so many times so many lines are planted, and a page gets other lines before or after its article once in two times.
_MOST_PLANTS, _MOST_PLANTED, _ANOTHER_HEAD, _ANOTHER_TAIL = 4, 8, 10, 150
_MOST_LINES = 900
# Of the lines that are further from the body, one in so many is learned from, and counts for them all.
_BEFORE_BODY, _AFTER_BODY, _FAR_LINES, _FAR_TITLES = 30, 40, 10, 3

Rows = npt.NDArray[np.float32]


@attrs.define
class TextExample:
    """A page to learn from: its lines, which of them are title and body, and what each counts."""

    corpus: str
    page: str
    fold: int
    truth: Mapping[str, Any]
    is_whole: bool
    lines: Lines
    features: Rows
    may_be_title: npt.NDArray[np.bool_]
    is_title: Rows
    is_body: Rows
    weights: Rows


def columns(names: Sequence[str]) -> list[str]:
    """A column for each number, and for each bit of a mask."""
    return [column for name in names for column in ([f"{name}:{bit}" for bit in range(len(BoilerplateKind))] if name in MASKS else [name])]


def expand(rows: Sequence[Sequence[float]], names: Sequence[str]) -> Rows:
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
    """A page as text, and parts of it. Without a stated title or body, they are what the library reads in the HTML."""
    if not truth.get("title") or not truth.get("body"):
        article = parse(html, url=truth.get("url"))
        read = article.text if len(article.text) > _LEAST_READ else ""
        truth = {"title": article.title or "", "read": read, **{key: value for key, value in truth.items() if value}}
    return page_examples(corpus, truth, visible_text(html))


def page_examples(corpus: str, truth: Mapping[str, Any], text: str) -> list[TextExample]:
    """A page's text, what of it a careful reader would have saved, and a text of a few of its lines."""
    page = _example(corpus, truth, text, 1.0)
    if page is None or not page.is_body.any() or not (truth.get("body") or truth.get("read")):
        return [] if page is None else [page]
    random = Random(page.page)
    parts = ((_excerpt(page, random), _EXCERPT_WEIGHT), (_few_lines(page, random), _FEW_WEIGHT))
    found = [_example(corpus, truth, "\n".join(lines), weight) for lines, weight in parts]
    return [page, *(part for part in found if part is not None)]


def _beginning(page: TextExample) -> int:
    """The title, or else the first line of the body."""
    start = int(np.flatnonzero(page.is_body)[0])
    titles = np.flatnonzero(page.is_title[:start])
    return int(titles[-1]) if len(titles) else start


def _excerpt(page: TextExample, random: Random) -> list[str]:
    """From the title, or a little above it, to a little after the body."""
    before = random.randrange(_MOST_BEFORE) if random.random() < 0.5 else 0
    last = int(np.flatnonzero(page.is_body)[-1])
    return page.lines.texts[max(0, _beginning(page) - before) : last + 1 + random.randrange(_MOST_AFTER)]


def _few_lines(page: TextExample, random: Random) -> list[str]:
    """Some paragraphs, mostly the first ones, with or without title and a few other lines; or the article alone."""
    texts, body = page.lines.texts, np.flatnonzero(page.is_body)
    beginning = _beginning(page)
    way = random.random()
    if way < 0.2:
        return [texts[at] for at in range(beginning, len(texts)) if at == beginning or page.is_body[at]]
    first = random.randrange(len(body)) if way < 0.4 else 0
    last = min(first + random.randint(1, _FEW_PARAGRAPHS), len(body)) - 1
    head = [] if way < 0.4 else texts[max(0, beginning - random.randint(0, _FEW_OTHERS)) : beginning + 1]
    between = texts[beginning + 1 : body[0]][: random.randint(0, _FEW_OTHERS)] if way >= 0.4 and beginning < body[0] else []
    tail = texts[body[-1] + 1 :][: random.randint(0, _FEW_OTHERS)]
    return [*head, *between, *texts[max(body[first], beginning + len(head[:1])) : body[last] + 1], *tail]


def planted(page: TextExample, others: Sequence[TextExample]) -> TextExample | None:
    """The page as it would be with lines of the others between its own, and with what stands around their articles."""
    random = Random(page.page)
    texts = page.lines.texts
    body = np.flatnonzero(page.is_body)
    spots = random.sample(list(body[1:]), min(random.randint(1, _MOST_PLANTS), len(body) - 1))
    plants = {spot: _between(random.choice(others), random) for spot in spots}
    first = max(0, _beginning(page) - random.randint(0, _BEFORE_BODY // 6))
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
    is_known = Random(f"{truth['id']} address").randrange(_WITHOUT_ADDRESS)
    lines = Lines(segments, [prepared.matches[index] for index in places], slug_of(url) if is_known else "")
    body, weights = _body(truth, [segment.text for segment in segments])
    return TextExample(
        corpus,
        truth["id"],
        fold_of(url, truth["id"]),
        truth,
        weight == 1.0,
        lines,
        expand(lines.rows, FIRST_FEATURES),
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


def _near_title(page: TextExample) -> npt.NDArray[np.bool_]:
    near = page.is_title > 0
    body = np.flatnonzero(page.is_body)
    if len(body):
        near[max(0, body[0] - _BEFORE_BODY) : body[0] + _MOST_BEFORE] = True
    return near


def _sampled(kept: npt.NDArray[np.bool_], one_in: int) -> Rows:
    """What each line of a page counts in training: of those that are not kept, some count for all the others."""
    chosen = np.random.default_rng(len(kept)).random(len(kept)) < 1 / one_in
    return np.where(kept, 1, one_in * chosen).astype(np.float32)


def _grow(
    parameters: Mapping[str, Any],
    rounds: int,
    seeds: Sequence[int],
    features: Sequence[Rows],
    labels: Sequence[Rows],
    counts: Sequence[Rows],
) -> Ensemble:
    """The trees for the lines of some pages that count."""
    chosen = [count > 0 for count in counts]
    data = lightgbm.Dataset(
        np.vstack([own[at] for own, at in zip(features, chosen, strict=True)]),
        np.concatenate([own[at] for own, at in zip(labels, chosen, strict=True)]),
        weight=np.concatenate([own[at] for own, at in zip(counts, chosen, strict=True)]),
        params=dict(parameters),
    )
    return Ensemble(tuple(lightgbm.train({**parameters, "seed": seed}, data, rounds) for seed in seeds))


def grow_title(examples: Sequence[TextExample], features: Sequence[Rows], weights: Mapping[str, float]) -> Ensemble:
    """The trees that tell how likely a line is the title, from the pages whose title is one of the lines."""
    chosen = [at for at, item in enumerate(examples) if (item.is_title * item.may_be_title).any()]
    items = [examples[at] for at in chosen]
    counts = [item.may_be_title * _sampled(_near_title(item), _FAR_TITLES) * np.float32(weights.get(item.corpus, 1.0)) for item in items]
    return _grow(_TITLE_PARAMETERS, _TITLE_ROUNDS, _SEEDS, [features[at] for at in chosen], [item.is_title for item in items], counts)


def guess_title(model: Ensemble, item: TextExample, features: Rows) -> int | None:
    """The line that is the likeliest title."""
    if not item.may_be_title.any():
        return None
    worth = np.where(item.may_be_title, model.predict(features), -np.inf)
    return int(worth.argmax())


def grow_first(examples: Sequence[TextExample], features: Sequence[Rows], weights: Mapping[str, float]) -> Ensemble:
    """The trees that tell how likely a line is body, from the pages whose body is known."""
    return _grow_body(examples, features, weights, _FIRST_ROUNDS, _FIRST_SEEDS)


def grow_body(examples: Sequence[TextExample], features: Sequence[Rows], weights: Mapping[str, float]) -> Ensemble:
    """The same with all that is seen once the title and the neighbours' chances are known."""
    return _grow_body(examples, features, weights, _BODY_ROUNDS, _SEEDS)


def _grow_body(
    examples: Sequence[TextExample], features: Sequence[Rows], weights: Mapping[str, float], rounds: int, seeds: Sequence[int]
) -> Ensemble:
    counts = [_sampled(_near_body(item), _FAR_LINES) * item.weights * weights.get(item.corpus, 1.0) for item in examples]
    return _grow(_BODY_PARAMETERS, rounds, seeds, features, [item.is_body for item in examples], counts)


@attrs.frozen
class Steps:
    """What each line of the examples shows to the later two models, and the first two models by the fold that they have not seen."""

    examples: Sequence[TextExample]
    weights: Mapping[str, float]
    title_rows: Sequence[Rows]
    body_rows: Sequence[Rows]
    firsts: Mapping[int, Ensemble]
    titles: Mapping[int, Ensemble]

    @classmethod
    def of(cls, examples: Sequence[TextExample], weights: Mapping[str, float]) -> Steps:
        """What a step sees of the ones before comes from models that have not seen the site."""
        rows = [item.features for item in examples]
        firsts = {fold: grow_first(*_unseen(fold, examples, rows), weights) for fold in range(FOLDS)}
        likely = [item.lines.with_chances(_chances(firsts[item.fold], item.features)) for item in examples]
        title_rows = [expand(item.lines.title_rows(seen), TITLE_FEATURES) for item, seen in zip(examples, likely, strict=True)]
        titles = {fold: grow_title(*_unseen(fold, examples, title_rows), weights) for fold in range(FOLDS)}
        body_rows = [
            expand(item.lines.body_rows(seen, guess_title(titles[item.fold], item, own)), FEATURES)
            for item, seen, own in zip(examples, likely, title_rows, strict=True)
        ]
        return cls(examples, weights, title_rows, body_rows, firsts, titles)

    def model(self, unseen: int | None = None) -> dict[str, Any]:
        """The model of all examples, or of those of all folds but one, in the form that the library ships; see ``line_model``."""
        if unseen is None:
            first = grow_first(self.examples, [item.features for item in self.examples], self.weights)
            title = grow_title(self.examples, self.title_rows, self.weights)
        else:
            first, title = self.firsts[unseen], self.titles[unseen]
        body = grow_body(*_unseen(unseen, self.examples, self.body_rows), self.weights)
        return {
            "features": {"first": list(FIRST_FEATURES), "title": list(TITLE_FEATURES), "body": list(FEATURES)},
            "first": first.trees(columns(FIRST_FEATURES)),
            "title": title.trees(columns(TITLE_FEATURES)),
            "body": body.trees(columns(FEATURES)),
        }


def _unseen(fold: int | None, examples: Sequence[TextExample], features: Sequence[Rows]) -> tuple[list[TextExample], list[Rows]]:
    """The examples, and what their lines show, of all folds but one."""
    chosen = [at for at, item in enumerate(examples) if item.fold != fold]
    return [examples[at] for at in chosen], [features[at] for at in chosen]


def _chances(model: Ensemble, features: Rows) -> list[float]:
    return [probability(log_odds) for log_odds in model.predict(features)]


def text_folds(corpora: Iterable[Path], weights: Mapping[str, float], processes: int = 1) -> list[dict[str, Any]]:
    """A model for each fold, which has not seen the fold's sites."""
    steps = Steps.of(read_text_examples(corpora, processes), weights)
    return [steps.model(fold) for fold in range(FOLDS)]


def main() -> None:
    """The command."""
    corpora, output, weights = read_arguments(__doc__)
    examples = read_text_examples(corpora)
    write_model(Steps.of(examples, weights).model(), output)
    print(f"{len(examples)} pages -> {output}")


if __name__ == "__main__":
    main()
