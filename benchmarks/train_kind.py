"""Learn which facts about a page make it an article: ``python -m benchmarks.train_kind CORPUS... --output src/newsparse/body/kind.json``.

A logistic regression on the logarithms of the facts. Corpora whose truth has ``kind`` teach it; the balanced accuracy that is printed is
out of fold by site.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import FOLDS, fold_of, read_corpus
from newsparse.body.kind import FACTS, page_facts
from newsparse.document.decode import decode
from newsparse.document.tree import read_decoded
from newsparse.options import Limits
from newsparse.pipeline import facts_of, label_prepared, prepare

_PENALTY = 30.0
_STEPS = 30
Array = NDArray[np.float64]


def read_facts(corpora: Sequence[Path]) -> tuple[Array, Array, Array]:
    """A row of facts for each page, whether it is an article, and its fold."""
    rows, articles, folds = [], [], []
    for corpus in corpora:
        for truth, html in read_corpus(corpus):
            prepared = prepare(read_decoded(decode(html), Limits()), truth.get("url"))
            values = page_facts(facts_of(prepared, label_prepared(prepared)))
            rows.append([np.log1p(values.get(name, 0.0)) for name in FACTS])
            articles.append(truth["kind"] == "article")
            folds.append(fold_of(truth.get("url"), truth["id"]))
    return np.array(rows), np.array(articles, float), np.array(folds)


def fit(rows: Array, articles: Array) -> tuple[float, Array, Array]:
    """The bias, the weights, and each fact's mean; both classes count the same."""
    means, widths = rows.mean(0), rows.std(0) + 1e-6
    inputs = np.c_[(rows - means) / widths, np.ones(len(rows))]
    weights = np.where(articles > 0, 1.0, articles.sum() / max(1.0, (1 - articles).sum()))
    penalty = np.eye(inputs.shape[1]) * _PENALTY
    penalty[-1, -1] = 0
    found = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (articles - chances)) - penalty @ found
        curve = (inputs.T * (weights * chances * (1 - chances))) @ inputs + penalty
        found = found + np.linalg.solve(curve, slope)
    return float(found[-1]), found[:-1] / widths, means


def accuracy(rows: Array, articles: Array, folds: Array) -> float:
    """The mean of the shares of articles and of other pages that are told rightly by weights from other sites."""
    right = np.zeros(len(articles))
    for fold in range(FOLDS):
        bias, weights, means = fit(rows[folds != fold], articles[folds != fold])
        held = folds == fold
        right[held] = (((rows[held] - means) @ weights + bias) > 0) == (articles[held] > 0)
    return float((right[articles > 0].mean() + right[articles == 0].mean()) / 2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    rows, articles, folds = read_facts(chosen.corpora)
    print(f"{len(rows)} pages, balanced accuracy out of fold {accuracy(rows, articles, folds):.3f}")
    bias, weights, means = fit(rows, articles)
    facts = {name: [round(float(weight), 3), round(float(mean), 3)] for name, weight, mean in zip(FACTS, weights, means, strict=True)}
    chosen.output.write_text(json.dumps({"bias": round(bias, 3), "facts": facts}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
