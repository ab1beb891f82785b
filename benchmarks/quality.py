"""Score newsparse, and its peers beside it, on corpora with a known truth.

    python -m benchmarks.quality CORPUS... [--peers all] [--cv] [--steady] [--worst 10] [--save new.json] [--compare old.json]

A corpus is a folder with ``truth.jsonl`` and ``pages/<id>.html.gz``; without arguments, the folders are taken from the environment
variable NEWSPARSE_CORPORA. What the figures mean is in docs/quality.md. Below each figure is its 95 % interval, from a bootstrap over
pages.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from typing import Any, TypeVar

import attrs

from benchmarks import adapter, kinds
from benchmarks.corpus import FOLDS, BenchmarkError, Truth, find_corpora, fold_of, read_page, read_truths, visible_text
from benchmarks.links import with_links
from benchmarks.measures import FORMULAS, Change, Tallies, Tally, add, column, compare, interval, score, true_authors, value
from benchmarks.peers import PEERS, Extract, Output, find_peers
from newsparse import parse, parse_tree
from newsparse.body.line_model import LineModel, compile_line_model
from newsparse.body.model import Model, compile_model
from newsparse.document.tree import read_document
from newsparse.pipeline import parse_prepared, parse_prepared_text, prepare, prepare_text

T = TypeVar("T")

OURS, OUT_OF_FOLD = "newsparse", "newsparse --cv"
_SCHEMA = 1
_TABLES = {
    "Body": ("F1", "P", "R", "exact", "wF1", "with", "wout", "blocks"),
    "Fields": ("title", "subtitle", "authors", "date", "image", "kind", "prevnext", "related"),
    "More fields": ("tags P", "tags R", "images P", "images R", "+subtitle", "+authors", "+date"),
}
_COUNTED = ("prevnext", "related")
_STEADY = ("widgets", "names", "nav")
# What to show of a page where a figure is bad: the keys of the output, and how to read the truth for them.
_SHOWN: Mapping[str, tuple[tuple[str, ...], Callable[[Truth], Any]]] = {
    "title": (("title",), lambda truth: truth["title"]),
    "subtitle": (("subtitle",), lambda truth: truth["subtitle"]),
    "authors": (("authors",), true_authors),
    "date": (("date",), lambda truth: truth["date"]),
    "image": (("image",), lambda truth: truth["image"]),
    "kind": (("kind",), lambda truth: truth["kind"]),
    "prevnext": (("previous", "next"), lambda truth: {side: truth["links"][side] for side in ("previous", "next")}),
    "related": (("related",), lambda truth: {key: truth["links"][key] for key in ("related", "inline")}),
}
# The columns of a table are this wide, which an interval fits in.
_WIDTH = 10


@attrs.frozen
class Job:
    """A page to be read by some extractors, one after the other."""

    directory: Path
    truth: Truth
    systems: tuple[str, ...]
    as_text: bool = False
    steady: bool = False


@attrs.frozen
class Outcome:
    """What an extractor made of a page."""

    system: str
    corpus: str
    page: str
    url: str | None
    tallies: Tallies
    seconds: float
    error: str | None
    output: Output
    kind: str | None = None

    @property
    def name(self) -> str:
        """The page's name among all corpora."""
        return f"{self.corpus}/{self.page}"


# --- Running


# The data of the models that --cv has trained, by fold: set once in each process, since a process is told of them when it starts.
_fold_models: list[dict[str, Any]] = []


def _start(models: Sequence[dict[str, Any]], is_quiet: bool) -> None:
    _fold_models[:] = models
    _fold_model.cache_clear()
    _fold_line_model.cache_clear()
    if is_quiet:  # peers log what they think of pages, and warn of it
        logging.disable(logging.CRITICAL)
        warnings.simplefilter("ignore")


@cache
def _fold_model(fold: int) -> Model:
    return compile_model(_fold_models[fold])


@cache
def _fold_line_model(fold: int) -> LineModel:
    return compile_line_model(_fold_models[fold])


def extract_out_of_fold(html: bytes, url: str | None, page: str, as_text: bool = False) -> Output:
    """Our article with the model that was trained without the pages of this page's site."""
    if as_text:
        return adapter.output_of(parse_prepared_text(prepare_text(html.decode(), url), _fold_line_model(fold_of(url, page))))
    return adapter.output_of(parse_prepared(prepare(read_document(html), url), _fold_model(fold_of(url, page))))


def work(job: Job) -> list[Outcome]:
    """The outcomes of a page, one an extractor."""
    page, url = job.truth["id"], job.truth.get("url")
    html = read_page(job.directory, page)
    if job.as_text:
        html = visible_text(html).encode()
    outcomes = []
    for system in job.systems:
        output, error, seconds = _attempt(_extractor(system, page, job.as_text), html, url)
        tallies = score(job.truth, output)
        if job.steady and system == OURS and error is None:
            tallies |= steady_tallies(html, url, page)
        outcomes.append(Outcome(system, job.directory.name, page, url, tallies, seconds, error, output, job.truth.get("kind")))
    return outcomes


def steady_tallies(html: bytes, url: str | None, page: str) -> Tallies:
    """Whether our article of a page stays the same, by what is changed around it."""
    from benchmarks.steadiness import steadiness

    found = steadiness(lambda root: parse(root, url=url), parse_tree(html), page)
    return {figure: (float(same), 1) for figure, same in found.items()}


def _extractor(system: str, page: str, as_text: bool) -> Extract:
    if system == OURS:
        return adapter.extract
    if system == OUT_OF_FOLD:
        return lambda html, url: extract_out_of_fold(html, url, page, as_text)
    return PEERS[system].extract


def _attempt(extract: Extract, html: bytes, url: str | None) -> tuple[Output, str | None, float]:
    """An extractor's output, its error, and the seconds of process time it took. One that fails has found an empty body."""
    start = time.process_time()
    try:
        output, error = extract(html, url), None
    except Exception as failure:  # noqa: BLE001 -- what an extractor raises is a result here
        output, error = {"body": ""}, f"{type(failure).__name__}: {failure}"
    return output, error, time.process_time() - start


def run(jobs: Sequence[Job], processes: int = 1, models: Sequence[dict[str, Any]] = ()) -> list[Outcome]:
    """The outcomes of all jobs, in order."""
    if processes == 1:
        _start(models, False)
        return [outcome for outcomes in progress(map(work, jobs), len(jobs), "pages") for outcome in outcomes]
    with Pool(processes, _start, (models, True)) as pool:
        return [outcome for outcomes in progress(pool.imap(work, jobs, 4), len(jobs), "pages") for outcome in outcomes]


def progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    try:
        from rich.console import Console
        from rich.progress import track
    except ImportError:
        for number, item in enumerate(items, 1):
            print(f"\r{number} of {total} {what}", end="\n" if number == total else "", file=sys.stderr, flush=True)
            yield item
    else:
        yield from track(items, what, total, console=Console(stderr=True), transient=True)


def train_folds(corpora: Sequence[Path], weights: Mapping[str, float], processes: int, as_text: bool = False) -> list[dict[str, Any]]:
    """The data of a model for each fold, trained on the pages of all other folds.

    Raises:
        BenchmarkError: what training needs is not installed, or there is nothing to learn from.
    """
    try:
        from benchmarks import train, train_text
    except ImportError as error:
        raise BenchmarkError(f"--cv trains models, which needs lightgbm and numpy: pip install lightgbm ({error})") from error
    if as_text:
        return train_text.text_folds(corpora, weights, processes)
    examples = train.read_examples(corpora, processes)
    folds = [[item for item in examples if item.fold != fold] for fold in range(FOLDS)]
    if not all(folds):
        raise BenchmarkError("--cv: the corpora have too few pages with a known body to train on")
    return [train.as_data(*train.boost(others, weights)) for others in progress(folds, FOLDS, "models")]


# --- Showing


Group = Mapping[tuple[str, str], list[Outcome]]


def grouped(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], list[Outcome]]:
    """The outcomes by corpus and extractor."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.corpus, outcome.system), []).append(outcome)
    return groups


def report(outcomes: Sequence[Outcome]) -> str:
    """All figures as tables: the body's, the fields', the links' counts, how steady they are, and the times."""
    groups = grouped(outcomes)
    parts = [_figures(title, figures, groups) for title, figures in _TABLES.items()]
    return "\n\n".join(part for part in (*parts, _counts(groups), _kinds(groups), _steady(groups), _times(groups)) if part)


def _figures(title: str, figures: Sequence[str], groups: Group) -> str:
    """A line for each corpus and extractor that has one of the figures, and a line of intervals below it."""
    shown = [figure for figure in figures if any(figure in outcome.tallies for group in groups.values() for outcome in group)]
    lines = [_line(title, ["pages", *shown])]
    for (corpus, system), group in groups.items():
        columns = {figure: column(figure, (outcome.tallies for outcome in group)) for figure in shown}
        if not any(columns.values()):
            continue
        cells = [_number(value(figure, tallies)) for figure, tallies in columns.items()]
        ranges = [_range(figure, tallies) for figure, tallies in columns.items()]
        lines += [_line(f"{corpus:<12} {system}", [str(len(group)), *cells]), _line("", ["", *ranges])]
    return "\n".join(lines) if shown else ""


def _counts(groups: Group) -> str:
    """How many links were found, are wrong and were missed."""
    heads = [f"{figure} {count}" for figure in _COUNTED for count in ("found", "wrong", "missed")]
    lines = []
    for (corpus, system), group in groups.items():
        columns = [column(figure, (outcome.tallies for outcome in group)) for figure in _COUNTED]
        if any(columns):
            numbers = [str(round(number)) for tallies in columns for number in add(tallies)]
            lines.append(_line(f"{corpus:<12} {system}", [str(len(columns[0])), *numbers], 16))
    return "\n".join([_line("Links", ["pages", *heads], 16), *lines]) if lines else ""


def _kinds(groups: Group) -> str:
    """How many pages of each kind, as the truth has it, are told to be of which kind."""
    lines = []
    for (corpus, system), group in groups.items():
        found = Counter((outcome.kind, str(outcome.output["kind"])) for outcome in group if outcome.kind and outcome.output.get("kind"))
        for wanted in sorted({wanted for wanted, _ in found}):
            told = ", ".join(f"{number} {kind}" for (true, kind), number in found.most_common() if true == wanted)
            lines.append(f"{corpus:<12} {system:<12} {wanted}: {told}")
    return "\n".join(["Kinds", *lines]) if lines else ""


def _steady(groups: Group) -> str:
    """The shares of pages that stay the same, each with the number of pages that there was something to change on."""
    lines = []
    for (corpus, system), group in groups.items():
        columns = {figure: column(figure, (outcome.tallies for outcome in group)) for figure in _STEADY}
        if any(columns.values()):
            cells = [(str(len(tallies)), _number(value(figure, tallies))) for figure, tallies in columns.items()]
            ranges = [("", _range(figure, tallies)) for figure, tallies in columns.items()]
            lines += [_line(f"{corpus:<12} {system}", chain(*cells)), _line("", chain(*ranges))]
    return "\n".join([_line("Steady", chain(*(("pages", figure) for figure in _STEADY))), *lines]) if lines else ""


def _times(groups: Group) -> str:
    """Process time, which in parallel on a busy machine is a rough guide only; ``benchmarks.speed`` compares."""
    lines = [_line("Run", ["pages", "failed", "ms a page", "worst ms"])]
    for (corpus, system), group in groups.items():
        times = [1000 * outcome.seconds for outcome in group]
        failed = sum(outcome.error is not None for outcome in group)
        cells = [str(len(group)), str(failed), f"{sum(times) / len(times):.1f}", f"{max(times):.0f}"]
        lines.append(_line(f"{corpus:<12} {system}", cells))
    return "\n".join(lines)


def _line(name: str, cells: Iterable[str], width: int = _WIDTH) -> str:
    first, *others = cells
    return (f"{name:<27}{first:>6}" + "".join(f"{cell:>{width}}" for cell in others)).rstrip()


def _number(number: float | None) -> str:
    return "-" if number is None else f"{number:.3f}"


def _range(figure: str, tallies: Sequence[Tally]) -> str:
    found = interval(figure, tallies)
    return f"{_short(found[0])}-{_short(found[1])}" if found else ""


def _short(number: float) -> str:
    return "1" if number > 0.9995 else f"{number:.3f}".removeprefix("0")


def worst(outcomes: Sequence[Outcome], truths: Mapping[str, Truth], number: int, by: str | None) -> str:
    """The pages of each corpus that are worst in a figure: ``by``, or the corpus's first."""
    lines = []
    for (corpus, system), group in grouped(outcomes).items():
        figure = by or next((name for name in FORMULAS if any(name in outcome.tallies for outcome in group)), None)
        marked = [(mark, item) for item in group if figure in item.tallies and (mark := value(figure, [item.tallies[figure]])) is not None]
        if not marked or figure is None:
            continue
        lines.append(f"\n{corpus}, {system}: the pages with the lowest {figure}")
        for mark, outcome in sorted(marked, key=lambda pair: pair[0])[:number]:
            lines.append(f"  {mark:.3f} {outcome.page} {outcome.url or ''} {outcome.error or ''}".rstrip())
            lines += _found_and_wanted(figure, outcome, truths[outcome.name])
    return "\n".join(lines)


def _found_and_wanted(figure: str, outcome: Outcome, truth: Truth) -> list[str]:
    if figure not in _SHOWN:
        precision, recall = (value(part, column(part, [outcome.tallies])) for part in ("P", "R"))
        return [] if figure != "F1" else [f"        P {_number(precision)}  R {_number(recall)}"]
    keys, wanted = _SHOWN[figure]
    found = {key: outcome.output.get(key) for key in keys}
    return [f"        found {found[keys[0]] if len(keys) == 1 else found!r}", f"        wanted {wanted(truth)}"]


# --- Keeping and comparing


def to_json(outcomes: Iterable[Outcome], settings: Mapping[str, Any]) -> str:
    """What ``--save`` writes and ``--compare`` reads."""
    data = {"schema": _SCHEMA, "settings": dict(settings), "outcomes": [attrs.asdict(outcome) for outcome in outcomes]}
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(item: object) -> str:
    return item.isoformat() if isinstance(item, datetime) else str(item)


def read_saved(path: Path) -> dict[str, dict[str, Tallies]]:
    """The tallies of a saved run, by extractor and page.

    Raises:
        BenchmarkError: the file is not one that ``--save`` has written.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != _SCHEMA:
            raise BenchmarkError(f"{path} was saved in another form ({data['schema']}); this is {_SCHEMA}")
        saved: dict[str, dict[str, Tallies]] = {}
        for item in data["outcomes"]:
            tallies = {figure: tuple(tally) for figure, tally in item["tallies"].items()}
            saved.setdefault(item["system"], {})[f"{item['corpus']}/{item['page']}"] = tallies
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, BenchmarkError):
            raise
        raise BenchmarkError(f"cannot compare with {path}: {type(error).__name__}: {error}") from error
    return saved


def comparison(old: Mapping[str, Mapping[str, Tallies]], outcomes: Iterable[Outcome], number: int) -> str:
    """What became better or worse, by corpus, extractor and figure, with the pages that changed most."""
    lines = [f"{'Change':<36}{'pages':>6}{'old':>8}{'new':>8}{'change':>9}{'95 % interval':>18}{'better':>8}{'worse':>7}"]
    common = 0
    for (corpus, system), group in grouped(outcomes).items():
        new = {outcome.name: outcome.tallies for outcome in group}
        before = old.get(system, {})
        common += len(before.keys() & new.keys())
        for figure in FORMULAS:
            found = compare(figure, before, new)
            if found is None or not found.changes:
                continue
            better = [change for change in found.changes if change.gain > 0]
            worse = [change for change in found.changes if change.gain < 0]
            span = f"{found.range[0]:+.3f} to {found.range[1]:+.3f}" if found.range else ""
            name = f"{corpus:<12} {system:<15} {figure}"
            numbers = f"{found.pages:>6}{found.old:>8.3f}{found.new:>8.3f}{found.new - found.old:>+9.3f}{span:>18}"
            lines.append(f"{name:<36}{numbers}{len(better):>8}{len(worse):>7}")
            lines += [_changed(change) for change in (*better[:number], *worse[:number])]
    if not common:
        raise BenchmarkError("nothing to compare: the saved run has no page and extractor of this run")
    if len(lines) == 1:
        return f"No figure of the {common} pages that both runs have is another."
    return "\n".join(lines)


def _changed(change: Change) -> str:
    return f"    {change.gain:+.3f}  {change.old:.3f} -> {change.new:.3f}  {change.page}"


# --- The command


def _weight(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    return name, float(number)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS", help="a folder with truth.jsonl and pages/")
    parser.add_argument("--peers", nargs="+", default=[], metavar="NAME", help=f"other extractors: {', '.join(PEERS)}, or all")
    parser.add_argument("--cv", action="store_true", help="also score each page with a model that has not seen its site")
    parser.add_argument("--train", nargs="+", type=Path, metavar="CORPUS", help="what --cv trains on (default: the corpora)")
    parser.add_argument(
        "--weight", nargs="+", type=_weight, default=[], metavar="CORPUS=NUMBER", help="what a corpus's pages count in training"
    )
    parser.add_argument("--as-text", action="store_true", help="give the extractors the page's visible text instead of the page")
    parser.add_argument("--steady", action="store_true", help="also say whether articles stay the same when what is around them changes")
    parser.add_argument("--kinds", action="store_true", help="also say how well kinds of boilerplate are told apart, and what leaks")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list each corpus's N worst pages")
    parser.add_argument("--by", choices=FORMULAS, metavar="FIGURE", help="the figure that --worst goes by: %(choices)s")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write every page's figures and outputs as JSON")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="say what changed since a saved run")
    parser.add_argument("--changes", type=int, default=5, metavar="N", help="how many pages --compare lists a figure (default: 5 each way)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N pages of each corpus")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: 2)")
    chosen = parser.parse_args(arguments)
    if chosen.steady and chosen.as_text:
        parser.error("--steady and --as-text: saved text has no elements to change")
    if chosen.steady and find_spec("hypothesis") is None:
        parser.error("--steady makes widgets, which needs hypothesis: pip install 'newsparse[testing]'")
    if chosen.jobs < 1:
        parser.error("--jobs: at least 1")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Its result is the exit code: 2 where something has to be put right first."""
    chosen = _arguments(arguments)
    try:
        return _measure(chosen)
    except BenchmarkError as error:
        print(f"benchmarks.quality: {error}", file=sys.stderr)
        return 2


def _measure(chosen: argparse.Namespace) -> int:
    corpora = find_corpora(chosen.corpora, os.environ)
    systems = [OURS, *([OUT_OF_FOLD] if chosen.cv else []), *find_peers(chosen.peers)]
    old = read_saved(chosen.compare) if chosen.compare else None
    models = train_folds(find_corpora(chosen.train or corpora, {}), dict(chosen.weight), chosen.jobs, chosen.as_text) if chosen.cv else []
    jobs = [
        Job(folder, truth, tuple(systems), chosen.as_text, chosen.steady)
        for folder in corpora
        for truth in with_links(folder, read_truths(folder))[: chosen.limit]
    ]
    outcomes = run(jobs, chosen.jobs, models)
    if chosen.save:
        versions = {name: PEERS[name].version for name in systems if name in PEERS}
        settings = {"as_text": chosen.as_text, "limit": chosen.limit, "peers": versions}
        chosen.save.write_text(to_json(outcomes, settings), encoding="utf-8")
    print(report(outcomes))
    if chosen.kinds:
        print(f"\n{kinds.measure(corpora)}")
    ours = [outcome for outcome in outcomes if outcome.system == (OUT_OF_FOLD if chosen.cv else OURS)]
    if chosen.worst:
        truths = {f"{job.directory.name}/{job.truth['id']}": job.truth for job in jobs}
        print(worst(ours, truths, chosen.worst, chosen.by))
    if old is not None:
        print(f"\n{comparison(old, outcomes, chosen.changes)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
