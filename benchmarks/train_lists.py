"""Learn which boxes of links are related ones: ``python -m benchmarks.train_lists CORPUS... --output src/newsparse/body/lists.json``.

The pages are those whose links were read by hand: in the corpora's truth, and in ``links.jsonl`` beside this module. A few boosted trees
over the facts about a box; the counts that are printed are out of fold by site.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import read_corpus, site
from benchmarks.links import truths_with_links
from benchmarks.measures import page_key
from benchmarks.train import write_model
from newsparse.body.appended import mark_appended
from newsparse.body.lists import bonus, find_boxes, together
from newsparse.document.decode import decode
from newsparse.document.tree import read_decoded
from newsparse.document.urls import resolve
from newsparse.options import Limits
from newsparse.pipeline import label_prepared, prepare

_FOLDS = 10
# A fact that fewer boxes have says nothing of other pages.
_LEAST_BOXES = 6
_TREES = 90
_SEEDS = (1, 2, 3)
_SETTINGS = {
    "objective": "cross_entropy",
    "num_leaves": 8,
    "learning_rate": 0.1,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
}
# More of these facts never makes a box less likely to be related, or more likely.
_FOR = frozenset(
    {"under_related", "heading_like", "heading_same", "heading_more", "heading_read", "says_inline_teaser", "topic", "topics", "same_shape"}
    | {"same_host", "heading_topic", "heading_known", "known", "class_related", "says_related"}
)
_AGAINST = frozenset(
    {"under_most_read", "heading_latest", "heading_most", "heading_paid", "no_article", "outer", "class_popular", "far", "far_before"}
    | {"numbered", "in_footer", "in_nav", "rank", "class_ad", "query", "front", "says_otherwise"}
)
Key = tuple[str, str, str]
Array = NDArray[np.float64]


@attrs.frozen
class _Page:
    fold: int
    wanted: frozenset[Key]
    unsure: frozenset[Key]
    boxes: tuple[tuple[Mapping[str, float], frozenset[Key]], ...]


def read_pages(corpora: Sequence[Path]) -> list[_Page]:
    """The boxes of the pages whose links are known."""
    pages = []
    for corpus in corpora:
        known = truths_with_links(corpus)
        for truth, html in read_corpus(corpus):
            if truth["id"] in known:
                pages.append(_read(known[truth["id"]], html))
    return pages


def _read(truth: Mapping[str, Any], html: bytes) -> _Page:
    url, links = truth.get("url"), truth["links"]
    prepared = prepare(read_decoded(decode(html), Limits()), url)
    segments, base = prepared.walked.segments, prepared.page.base
    title = prepared.fields.title.value if prepared.fields.title else None
    found = []
    labels = mark_appended(segments, label_prepared(prepared))
    for box in find_boxes(segments, prepared.matches, labels, url, title):
        if not box.facts:
            continue
        found.append((box.facts, frozenset(page_key(resolve(link.href, base) or "", url) for link in box.links(segments))))
    wanted = frozenset(page_key(href, url) for href in (*links["related"], *links["inline"]))
    unsure = frozenset(page_key(href, url) for href in links["unsure"]) - wanted
    fold = int(hashlib.sha256(site(url, truth["id"]).encode()).hexdigest(), 16) % _FOLDS
    return _Page(fold, wanted, unsure, tuple(found))


def train(pages: Sequence[_Page]) -> tuple[list[str], list[lightgbm.Booster]]:
    """The facts that are asked for, and the models, which differ by chance."""
    rows = [(facts, keys - page.unsure, page.wanted) for page in pages for facts, keys in page.boxes if keys - page.unsure]
    names = sorted({name for facts, _, _ in rows for name in facts})
    names = [name for name in names if name != "leads_to_articles" and sum(facts.get(name, 0) != 0 for facts, _, _ in rows) >= _LEAST_BOXES]
    shares = np.array([len(keys & wanted) / len(keys) for _, keys, wanted in rows])
    weights = np.sqrt([len(keys) for _, keys, _ in rows])
    signs = [1 if name in _FOR else -1 if name in _AGAINST else 0 for name in names]
    data = lightgbm.Dataset(_matrix([facts for facts, _, _ in rows], names), shares, weight=weights)
    settings = {**_SETTINGS, "monotone_constraints": signs}
    return names, [lightgbm.train({**settings, "seed": seed}, data, num_boost_round=_TREES) for seed in _SEEDS]


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    return np.array([[facts.get(name, 0.0) for name in names] for facts in rows])


def counts(pages: Sequence[_Page]) -> tuple[int, int, int]:
    """How many related links are found, how many found are wrong, and how many are missed by trees from other sites."""
    total = np.zeros(3, int)
    for fold in range(_FOLDS):
        names, models = train([page for page in pages if page.fold != fold])
        for page in (page for page in pages if page.fold == fold):
            found: set[Key] = set()
            if page.boxes:
                rows = _matrix([facts for facts, _ in page.boxes], names)
                sums = zip(*(model.predict(rows, raw_score=True) for model in models), strict=True)
                scores = [together(each) + bonus(facts) for each, (facts, _) in zip(sums, page.boxes, strict=True)]
                found = set().union(*(keys for (_, keys), score in zip(page.boxes, scores, strict=True) if score > 0))
            found -= page.unsure
            total += (len(found & page.wanted), len(found - page.wanted), len(page.wanted - found))
    return int(total[0]), int(total[1]), int(total[2])


def _tree(node: Mapping[str, Any], names: Sequence[str]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    return [names[node["split_feature"]], round(node["threshold"], 4), _tree(node["left_child"], names), _tree(node["right_child"], names)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the trees."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    pages = read_pages(chosen.corpora)
    found, wrong, missed = counts(pages)
    f1 = 2 * found / (2 * found + wrong + missed)
    print(f"{len(pages)} pages; related out of fold: {found} found, {wrong} wrong, {missed} missed, F1 {f1:.3f}")
    names, models = train(pages)
    written = [[_tree(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]] for model in models]
    write_model({"models": written}, chosen.output)


if __name__ == "__main__":
    main()
