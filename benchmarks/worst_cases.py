"""Time the worst cases beside a plain page of the same size and lxml's bare parse of the same bytes.

    python -m benchmarks.worst_cases [NAME...] [--traps] [--repeat 2] [--save FILE]

A line for each case of ``benchmarks.worst_pages``: its bytes, the milliseconds of process time that newsparse takes, the ratio of that to
a plain article of as many bytes, the ratio to lxml's bare parse of the case, and the growth: what twice the case takes, in times of what
the case takes. Linear work grows by 2, quadratic by 4. Where lxml gives a page up, as it does with deep ones, its ratio says nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
from lxml import etree

import newsparse
from benchmarks.speed import timed
from benchmarks.worst_pages import CASES, PUMPS, URL, WorstCase, plain_page, trapped
from newsparse import Limits, Options

# What takes so many seconds is not measured again: lxml itself takes minutes for a megabyte of attributes.
_LONG = 3
# Twice a case may be more than the limits allow.
_ALL = Options(limits=Limits(bytes=10**9, nodes=10**8, depth=10**6, links=10**8, text=10**9))


@attrs.frozen
class Cost:
    """What a case costs.

    Attributes:
        name: of the case.
        size: bytes of the page.
        seconds: process time of the parse.
        plain: the same of a plain page of that size.
        bare: the same of lxml's parse of the page.
        double: the same of the case with twice as many repeats.
    """

    name: str
    size: int
    seconds: float
    plain: float
    bare: float
    double: float


def cost_of(case: WorstCase, repeat: int = 1) -> Cost:
    """The cost of a case, each time the best of so many."""
    page, double = case.full(), case.build(2 * case.size)
    data = page if isinstance(page, bytes) else page.encode(errors="replace")
    plain = plain_page(len(data))
    return Cost(
        case.name,
        len(data),
        _best(lambda: newsparse.parse(page, url=URL, options=_ALL), repeat),
        _best(lambda: newsparse.parse(plain, url=URL, options=_ALL), repeat),
        _best(lambda: etree.fromstring(data, etree.HTMLParser(huge_tree=True)), repeat),
        _best(lambda: newsparse.parse(double, url=URL, options=_ALL), repeat),
    )


def _best(call: Callable[[], object], repeat: int) -> float:
    # A collection in the middle would count what others have left.
    gc.collect()
    gc.disable()
    seconds = timed(call)
    for _ in range(repeat - 1):
        if seconds < _LONG:
            seconds = min(seconds, timed(call))
    gc.enable()
    return seconds


HEAD = f"{'Case':<36}{'bytes':>12}{'ms':>9}{'by plain':>10}{'by lxml':>9}{'growth':>8}"


def show(cost: Cost) -> str:
    """A line of the table."""
    ratios = f"{cost.seconds / cost.plain:>10.2f}{cost.seconds / cost.bare:>9.1f}{cost.double / cost.seconds:>8.2f}"
    return f"{cost.name:<36}{cost.size:>12,}{1000 * cost.seconds:>9.1f}{ratios}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Its result is the exit code: 2 for a name that no case has."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.worst_cases", description=__doc__, formatter_class=raw)
    parser.add_argument("names", nargs="*", metavar="NAME", help="cases whose names contain one of these (default: all)")
    parser.add_argument("--traps", action="store_true", help="the traps for regular expressions too")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="measurements, of which the best counts (default: 2)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the costs as JSON")
    chosen = parser.parse_args(arguments)
    cases = [*CASES, *(map(trapped, PUMPS) if chosen.traps else ())]
    picked = [case for case in cases if not chosen.names or any(name in case.name for name in chosen.names)]
    if not picked:
        print(f"no case has a name with {' or '.join(map(repr, chosen.names))} in it", file=sys.stderr)
        return 2
    newsparse.parse(plain_page(20_000))  # loads the tables
    print(HEAD)
    costs = []
    for case in picked:
        costs.append(cost_of(case, chosen.repeat))
        print(show(costs[-1]), flush=True)
    if chosen.save:
        chosen.save.write_text(json.dumps([attrs.asdict(cost) for cost in costs], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
