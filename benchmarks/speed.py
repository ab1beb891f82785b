"""Time newsparse beside lxml's bare parse of the same bytes and the peers that are installed.

    python -m benchmarks.speed [CORPUS...] [--peers NAME...] [--pages 60] [--repeat 3]

Everything is process time of one process. In each round, each page is given to all extractors in turn, so that a busy machine slows
them alike; what counts is a page's best round. Between rounds all bounded caches are emptied, so that nobody profits from having seen
the page before. Without corpora (as arguments, or in NEWSPARSE_CORPORA) the project's own fixtures are timed.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import logging
import os
import platform
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from lxml import etree

from benchmarks.corpus import VARIABLE, BenchmarkError, find_corpora, read_page, read_truths
from benchmarks.peers import PEERS, find_peers
from benchmarks.quality import progress
from newsparse.body.features import Candidates
from newsparse.body.label import clues_of, label, phrase_masks
from newsparse.body.model import chances, load_model
from newsparse.document.decode import decode
from newsparse.document.metadata import read_metadata
from newsparse.document.segments import walk
from newsparse.document.tree import has_markup, read_document
from newsparse.lexicon.phrases import match_phrase
from newsparse.pipeline import parse, parse_prepared, prepare

Read = Callable[[bytes, str | None], object]
Times = dict[str, float]

BARE, OURS = "lxml, bare parse", "newsparse"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"
FACTORS = (1, 2, 4, 8)
# The bare parse of a page is a measure where it gives this share of the page's elements.
_READ_SHARE = 0.5
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)


@attrs.frozen
class Sample:
    """A page to be timed."""

    name: str
    url: str | None
    html: bytes


# --- Timing


def bare_parse(html: bytes, url: str | None = None) -> object:
    """What any extractor on lxml has to do first."""
    del url
    try:
        return etree.fromstring(html, etree.HTMLParser())
    except etree.XMLSyntaxError:  # what lxml raises for a page without an element
        return None


def is_comparable(sample: Sample) -> bool:
    """Whether the bare parse reads the page. On a page that declares a wrong encoding it stops early, and is no measure of anything."""
    root = bare_parse(sample.html)
    whole = sum(1 for _ in read_document(sample.html).root.iter())
    return isinstance(root, etree._Element) and sum(1 for _ in root.iter()) >= _READ_SHARE * whole


def timed(call: Callable[[], object]) -> float:
    """The seconds of process time that a call takes, with the time to free what it gives."""
    start = time.process_time_ns()
    call()
    return (time.process_time_ns() - start) / 1e9


def bounded_caches() -> list[Any]:
    """The caches of all libraries that forget on their own, in other words, that hold what was seen in pages."""
    caches = (item for item in gc.get_objects() if isinstance(item, functools._lru_cache_wrapper))
    return [cache for cache in caches if cache.cache_parameters()["maxsize"] is not None]


def best_times(samples: Sequence[Sample], measure: Callable[[Sample], Times], repeat: int, what: str) -> list[Times]:
    """Each page's times, each the best of ``repeat`` rounds over all pages."""
    for sample in samples[:1]:
        measure(sample)  # imports, tables and the model are loaded once a process
    caches = bounded_caches()
    gc.collect()
    gc.freeze()  # what is loaded by now is nobody's garbage
    best: list[Times] = [{} for _ in samples]
    rounds = ((at, sample) for _ in range(repeat) for at, sample in enumerate(samples))
    for at, sample in progress(rounds, repeat * len(samples), what):
        if at == 0:
            for cache in caches:
                cache.cache_clear()
        for name, seconds in measure(sample).items():
            best[at][name] = min(seconds, best[at].get(name, seconds))
    gc.unfreeze()
    return best


def time_extractors(samples: Sequence[Sample], peers: Sequence[str], repeat: int) -> list[Times]:
    """Each page's time with each extractor."""
    readers: dict[str, Read] = {BARE: bare_parse, OURS: lambda html, url: parse(html, url=url)}
    readers |= {name: PEERS[name].extract for name in peers}

    def measure(sample: Sample) -> Times:
        return {name: timed(lambda read=read: _attempt(read, sample)) for name, read in readers.items()}  # type: ignore[misc]

    return best_times(samples, measure, repeat, "pages")


def _attempt(read: Read, sample: Sample) -> None:
    try:
        read(sample.html, sample.url)
    except Exception:  # noqa: BLE001 -- an extractor that fails has taken its time, too
        return


# --- Stages


def time_stages(samples: Sequence[Sample], repeat: int) -> list[Times]:
    """Each page's time in each stage of ``newsparse.pipeline.parse``, in order.

    Stages without a function of their own are what is left of the whole that they are in. Wholes and parts are timed in rounds of
    their own, since the second of two calls finds the caches full.
    """
    wholes = best_times(samples, _wholes, repeat, "wholes")
    parts = best_times(samples, _parts, repeat, "stages")
    return [_stages(whole, part) for whole, part in zip(wholes, parts, strict=True)]


def _wholes(sample: Sample) -> Times:
    times = {"document": timed(lambda: read_document(sample.html))}
    document = read_document(sample.html)
    times["prepare"] = timed(lambda: prepare(document, sample.url))
    prepared = prepare(document, sample.url)
    times["article"] = timed(lambda: parse_prepared(prepared))
    return times


def _parts(sample: Sample) -> Times:
    document, model = read_document(sample.html), load_model()
    times = {"decode": timed(lambda: decode(sample.html)), "metadata": timed(lambda: read_metadata(document.root))}
    times["walk"] = timed(lambda: walk(document.root))
    texts = [segment.text for segment in walk(document.root).segments if segment.text]
    times["phrases"] = timed(lambda: [match_phrase(text) for text in texts])
    # Segments remember their folded text, so the whole and its parts each get segments of their own.
    prepared = prepare(document, sample.url)
    times["features"] = timed(lambda: Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known)))
    candidates = Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known))
    times["model"] = timed(lambda: chances(model, candidates))
    fresh = prepare(document, sample.url)
    times["label"] = timed(lambda: label(fresh.walked, fresh.matches, fresh.known, model))
    return times


def _stages(whole: Times, part: Times) -> Times:
    return {
        "decode": part["decode"],
        "parse": whole["document"] - part["decode"],
        "metadata": part["metadata"],
        "walk": part["walk"],
        "phrases": part["phrases"],
        "fields": whole["prepare"] - part["metadata"] - part["walk"] - part["phrases"],
        "label: first features": part["features"],
        "label: model, other features": part["model"],
        "label: the rest": part["label"] - part["features"] - part["model"],
        "blocks and records": whole["article"] - part["label"],
    }


# --- Growth


def grown(html: bytes, factor: int) -> bytes:
    """The page with all that is in its body ``factor`` times.

    >>> grown(b"<body><p>a</body></html>", 2)
    b'<body><p>a<p>a</body></html>'
    """
    start = opened.end() if (opened := _BODY.search(html)) else 0
    end = max((found.start() for found in _BODY_END.finditer(html, start)), default=len(html))
    return html[:start] + html[start:end] * factor + html[end:]


def time_growth(samples: Sequence[Sample], repeat: int) -> list[Times]:
    """Each page's time for each factor, bare and with newsparse."""

    def measure(sample: Sample) -> Times:
        times = {}
        for factor in FACTORS:
            html = grown(sample.html, factor)
            times[f"{BARE} {factor}"] = timed(lambda html=html: bare_parse(html))  # type: ignore[misc]
            times[f"{OURS} {factor}"] = timed(lambda html=html: parse(html, url=sample.url))  # type: ignore[misc]
        return times

    return best_times(samples, measure, repeat, "growth")


# --- Showing


def total(times: Iterable[Times], name: str) -> float:
    """The seconds that all pages take together."""
    return sum(page[name] for page in times)


def ratios(times: Sequence[Times], name: str) -> list[float]:
    """Each page's time in bare parses of that page."""
    return [page[name] / page[BARE] for page in times]


def show_extractors(samples: Sequence[Sample], times: Sequence[Times]) -> str:
    """A line for each extractor: its time in bare parses and in newsparse's time."""
    heads = f"{'total':>8}{'median':>8}{'p90':>8}{'worst':>8}{'by ours':>9}{'ms a page':>11}"
    lines = [f"{'In bare parses of the same page':<32}{heads}  worst page"]
    for name in times[0]:
        each = ratios(times, name)
        most = max(range(len(each)), key=each.__getitem__)
        against = total(times, name) / total(times, OURS)
        numbers = (total(times, name) / total(times, BARE), statistics.median(each), percentile(each, 0.9), each[most])
        shown = "".join(f"{number:>8.2f}" for number in numbers)
        lines.append(f"{name:<32}{shown}{against:>9.2f}{1000 * total(times, name) / len(times):>11.2f}  {samples[most].name}")
    return "\n".join(lines)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that at least ``share`` of the values do not exceed.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 0.5)
    2.0
    """
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]


def show_stages(stages: Sequence[Times], times: Sequence[Times]) -> str:
    """A line for each stage: its time in bare parses, its share of the whole."""
    whole, bare = sum(total(stages, name) for name in stages[0]), total(times, BARE)
    lines = [f"{'Stages of newsparse':<32}{'total':>8}{'share':>8}{'ms a page':>19}"]
    for name in stages[0]:
        seconds = total(stages, name)
        lines.append(f"{name:<32}{seconds / bare:>8.2f}{seconds / whole:>8.1%}{1000 * seconds / len(stages):>19.3f}")
    lines.append(f"{'sum':<32}{whole / bare:>8.2f}{1:>8.1%}{1000 * whole / len(stages):>19.3f}")
    return "\n".join(lines)


def show_growth(samples: Sequence[Sample], growth: Sequence[Times]) -> str:
    """A line for each factor: the time of all pages, and what a doubling has cost."""
    heads = f"{'bare ms':>8}{'ours ms':>8}{'bare':>8}{'ours':>8}{'worst':>8}"
    lines = [f"{'Growth, ' + str(len(samples)) + ' pages':<32}{heads}   (the last three: times the line above)"]
    for factor, before in zip(FACTORS, (None, *FACTORS), strict=False):
        bare, ours = (1000 * total(growth, f"{name} {factor}") for name in (BARE, OURS))
        line = f"{'body times ' + str(factor):<32}{bare:>8.1f}{ours:>8.1f}"
        if before is not None:
            steps = [total(growth, f"{name} {factor}") / total(growth, f"{name} {before}") for name in (BARE, OURS)]
            most = max(page[f"{OURS} {factor}"] / page[f"{OURS} {before}"] for page in growth)
            line += f"{steps[0]:>8.2f}{steps[1]:>8.2f}{most:>8.2f}"
        lines.append(line)
    return "\n".join(lines)


# --- The command


def spread(items: Sequence[Any], number: int) -> list[Any]:
    """So many of the items, evenly spread.

    >>> spread("abcdefgh", 3)
    ['a', 'c', 'f']
    """
    count = min(number, len(items))
    return [items[at * len(items) // count] for at in range(count)]


def read_samples(corpora: Sequence[Path], number: int) -> list[Sample]:
    """So many pages of each corpus, or of the fixtures where there are no corpora."""
    if not corpora:
        return [Sample(path.name, None, path.read_bytes()) for path in spread(sorted(FIXTURES.glob("*.html")), number)]
    samples = []
    for folder in corpora:
        for truth in spread(read_truths(folder), number):
            html = read_page(folder, truth["id"])
            if has_markup(html):
                samples.append(Sample(f"{folder.name}/{truth['id']}", truth.get("url"), html))
    return samples


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.speed", description=__doc__, formatter_class=raw)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS", help="a folder with truth.jsonl and pages/")
    parser.add_argument("--peers", nargs="+", default=["all"], metavar="NAME", help=f"{', '.join(PEERS)}, none, or all (default: all)")
    parser.add_argument("--pages", type=_positive, default=60, metavar="N", help="pages of each corpus, evenly spread (default: 60)")
    parser.add_argument("--repeat", type=_positive, default=3, metavar="N", help="rounds, of which the best counts (default: 3)")
    parser.add_argument("--growing", type=_positive, default=5, metavar="N", help="pages to double (default: 5)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write every page's times as JSON")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Its result is the exit code: 2 where something has to be put right first."""
    chosen = _arguments(arguments)
    try:
        peers = [] if chosen.peers == ["none"] else find_peers(chosen.peers)
        corpora = find_corpora(chosen.corpora, os.environ) if chosen.corpora or os.environ.get(VARIABLE) else []
        found = read_samples(corpora, chosen.pages)
        samples = [sample for sample in found if is_comparable(sample)]
        if not samples:
            raise BenchmarkError("no pages to time")
    except BenchmarkError as error:
        print(f"benchmarks.speed: {error}", file=sys.stderr)
        return 2
    left_out = [sample.name for sample in found if sample not in samples]
    if left_out:
        print(f"Left out, since lxml's bare parse loses most of the page: {', '.join(left_out)}")
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # peers log what they think of pages, and warn of it
    try:
        with warnings.catch_warnings(action="ignore"):
            _measure(chosen, peers, samples)
    finally:
        logging.disable(level)
    return 0


def _measure(chosen: argparse.Namespace, peers: Sequence[str], samples: Sequence[Sample]) -> None:
    size = sum(len(sample.html) for sample in samples) / len(samples) / 1000
    versions = {"python": platform.python_version(), "lxml": etree.__version__} | {name: PEERS[name].version for name in peers}
    print(f"{len(samples)} pages of {size:.0f} KB on average, best of {chosen.repeat}; {', '.join(map(' '.join, versions.items()))}\n")
    times = time_extractors(samples, peers, chosen.repeat)
    print(show_extractors(samples, times), flush=True)
    stages = time_stages(samples, chosen.repeat)
    print(f"\n{show_stages(stages, times)}", flush=True)
    growing = spread(sorted(samples, key=lambda sample: len(sample.html)), chosen.growing)
    growth = time_growth(growing, chosen.repeat)
    print(f"\n{show_growth(growing, growth)}")
    if chosen.save:
        chosen.save.write_text(json.dumps(_data(versions, samples, times, stages, growing, growth), indent=1) + "\n", encoding="utf-8")


def _data(
    versions: Mapping[str, str],
    samples: Sequence[Sample],
    times: Sequence[Times],
    stages: Sequence[Times],
    growing: Sequence[Sample],
    growth: Sequence[Times],
) -> dict[str, Any]:
    pages = [
        {"page": sample.name, "bytes": len(sample.html), "seconds": page, "stages": parts}
        for sample, page, parts in zip(samples, times, stages, strict=True)
    ]
    doubled = [{"page": sample.name, "seconds": page} for sample, page in zip(growing, growth, strict=True)]
    return {"schema": 1, "versions": dict(versions), "pages": pages, "growth": doubled}


if __name__ == "__main__":
    sys.exit(main())
