"""Learn to name the pieces that rules only guess: ``python -m benchmarks.train_kinds CORPUS... --output src/newsparse/body/kinds.json``.

A linear model of the facts of ``newsparse.body.namer`` with a weight for each kind, from the hand labels of ``kinds.jsonl``. The figures
that are printed are out of fold by site: of the rules alone, and with the model where it is asked.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import newsparse
from benchmarks.corpus import FOLDS, fold_of, read_corpus
from benchmarks.kinds import FIXTURES, Judged, Label, hash_of, macro_f1, read_labels
from newsparse.body.label import label_by_rules
from newsparse.body.model import load_model
from newsparse.body.namer import SURE, Seen, facts_of, family, kind_name
from newsparse.document.decode import decode
from newsparse.document.tree import read_decoded
from newsparse.options import Limits
from newsparse.pipeline import prepare

# Parts whose sites no rule was written for: their labels show how far the rules' answers are to be trusted, and count more.
_UNSEEN = frozenset(("newer", "newest", "wide", "guessed"))
_UNSEEN_WEIGHT = 1.5
# Pieces of invented pages are learned from, too, but no figure counts them.
_OWN = "own"
# A fact that fewer labels have says nothing of other pages.
_LEAST_LABELS = 4
_PENALTY, _BIAS_PENALTY, _STEPS = 4.0, 0.01, 150
# Smaller weights change nothing.
_LEAST_WEIGHT = 0.02
Array = NDArray[np.float64]


@attrs.frozen
class _Row:
    label: Label
    fold: int
    found: str
    facts: frozenset[str]
    is_guess: bool


@attrs.frozen
class _Model:
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    weights: Array  # a row for each fact, and one for the bias

    def chances(self, rows: Sequence[_Row]) -> Array:
        return _softmax(_matrix(rows, self.facts) @ self.weights)

    def judge(self, rows: Sequence[_Row]) -> list[Judged]:
        """What each row is named: by the model where the rules guess and it is sure."""
        judged = []
        for row, chances in zip(rows, self.chances(rows), strict=True):
            best = int(chances.argmax())
            judged.append(Judged(row.label, self.kinds[best] if row.is_guess and chances[best] >= SURE else row.found))
        return judged


def read_rows(corpora: Sequence[Path]) -> list[_Row]:
    """The labelled segments that are still on their pages, with what the rules say of them."""
    labels: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in read_labels():
        labels[label.corpus, label.page].append(label)
    rows = []
    for corpus in corpora:
        for truth, html in read_corpus(corpus):
            own = labels.get((corpus.name, truth["id"]))
            if own:
                rows += _rows_of(html, truth.get("url"), truth["id"], own)
    return rows


def read_own_rows(fixtures: Path = FIXTURES) -> list[_Row]:
    """The pieces of the project's own pages whose kind is stated there, by how they begin."""
    rows = []
    for expected in sorted(fixtures.glob("expected/*.json")):
        told = json.loads(expected.read_text("utf-8"))
        for source in fixtures.glob(f"pages/{expected.stem}.html"):
            html = source.read_bytes()
            found = newsparse.parse(html, url=told["url"]).segments
            own = [
                Label("own", expected.stem, segment.path, hash_of(segment.text), kind, _OWN)
                for text, kind in told["boilerplate"].items()
                if (segment := next((item for item in found if item.text.startswith(text)), None)) is not None
            ]
            rows += _rows_of(html, told["url"], expected.stem, own)
    return rows


def _rows_of(html: bytes, url: str | None, page_id: str, own: Sequence[Label]) -> list[_Row]:
    prepared = prepare(read_decoded(decode(html), Limits()), url)
    page, named = label_by_rules(prepared.walked, prepared.matches, prepared.known, load_model())
    seen = Seen(page, named)
    at = {(segment.path, hash_of(segment.text)): index for index, segment in reversed(list(enumerate(page.segments)))}
    rows = []
    for label in own:
        index = at.get((label.path, label.text))
        if index is not None:
            found = named[index]
            is_guess = family(found.reason) is not None
            rows.append(_Row(label, fold_of(url, page_id), kind_name(found), frozenset(facts_of(seen, index)), is_guess))
    return rows


def _matrix(rows: Sequence[_Row], facts: Sequence[str]) -> Array:
    return np.array([[*(name in row.facts for name in facts), True] for row in rows], float)


def _softmax(sums: Array) -> Array:
    powers = np.exp(sums - sums.max(1, keepdims=True))
    shares: Array = powers / powers.sum(1, keepdims=True)
    return shares


def train(rows: Sequence[_Row]) -> _Model:
    """The model that fits the rows best, with small weights."""
    numbers = Counter(name for row in rows for name in row.facts)
    facts = tuple(sorted(name for name, number in numbers.items() if number >= _LEAST_LABELS))
    kinds = tuple(sorted({row.label.kind for row in rows}))
    inputs = _matrix(rows, facts)
    wanted = np.array([[row.label.kind == kind for kind in kinds] for row in rows], float)
    counted = np.array([[_UNSEEN_WEIGHT if row.label.part in _UNSEEN else 1.0] for row in rows])
    penalty = np.array([[_PENALTY]] * len(facts) + [[_BIAS_PENALTY]])
    shape = (len(facts) + 1, len(kinds))

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape)
        chances = _softmax(inputs @ weights)
        value = -(counted * wanted * np.log(chances + 1e-12)).sum() + (penalty * weights**2).sum() / 2
        return float(value), (inputs.T @ (counted * (chances - wanted)) + penalty * weights).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return _Model(kinds, facts, found.x.reshape(shape))


def out_of_fold(rows: Sequence[_Row]) -> list[Judged]:
    """What each row is named by a model from other sites."""
    judged = []
    for fold in range(FOLDS):
        held = [row for row in rows if row.fold == fold]
        if held:
            judged += train([row for row in rows if row.fold != fold]).judge(held)
    return judged


def _counts(label: Label, unseen: bool) -> bool:
    return label.part != _OWN and (label.part in _UNSEEN) is unseen


def _figures(judged: Sequence[Judged]) -> str:
    right = sum(item.found == item.label.kind for item in judged) / max(1, len(judged))
    return f"{len(judged)} labels, macro-F1 {macro_f1(judged) or 0:.3f}, right {right:.3f}"


def write(model: _Model, output: Path) -> None:
    """Write the weights, a fact a line."""
    rows = {name: [_short(weight) for weight in row] for name, row in zip((*model.facts, "bias"), model.weights, strict=True)}
    bias = rows.pop("bias")
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in rows.items() if any(row))
    head = f'{{\n "kinds": {json.dumps(model.kinds)},\n "bias": {json.dumps(bias)},\n "facts": {{\n'
    output.write_text(f"{head}{lines}\n }}\n}}\n", encoding="utf-8")


def _short(weight: float) -> float:
    return 0 if abs(weight) < _LEAST_WEIGHT else round(float(weight), 2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    rows = [*read_rows(chosen.corpora), *read_own_rows()]
    judged = out_of_fold(rows)
    for name, unseen in (("sites that rules were written for", False), ("other sites", True)):
        before = [Judged(row.label, row.found) for row in rows if _counts(row.label, unseen)]
        print(f"{name}: rules {_figures(before)}; out of fold {_figures([item for item in judged if _counts(item.label, unseen)])}")
    write(train(rows), chosen.output)


if __name__ == "__main__":
    main()
