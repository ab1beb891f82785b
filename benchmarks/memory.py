"""How much memory a page takes, in bytes of the page, and whether many pages in one process take more and more.

    python -m benchmarks.memory [--sizes 0.1 1 10] [--fixtures 5] [--cases] [--pages 5000]

Each page is parsed in a process of its own, and what counts is by how much the process's resident memory grows at its peak, after a
small page and the beginning of this one have loaded all tables: only that sees what libxml2 allocates. Linux tells it, and can be
told to forget an earlier peak (proc(5), ``VmHWM`` and ``clear_refs``). With ``--cases`` the worst cases of ``benchmarks.worst_pages``
are measured too.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
from lxml import etree

import newsparse
from benchmarks.worst_pages import CASES, plain_page

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"
MEGABYTE = 1_000_000
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_CHILD = "import sys; from benchmarks.memory import print_growth; print_growth(sys.argv[1], sys.argv[2])"


@attrs.frozen
class Growth:
    """By how many bytes a process grew at its peak, over a page of so many bytes.

    Attributes:
        page: bytes of the page.
        bare: of lxml's tree alone, with all that is needed for it.
        whole: of the article, with all that is needed for it.
    """

    page: int
    bare: int
    whole: int


def memory(name: str = "VmHWM") -> int:
    """The most bytes of memory that this process has had since ``forget_peak``; ``VmRSS`` is what it has now."""
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def forget_peak() -> None:
    """Begin anew with the memory that the process uses now, without what it keeps for later use (malloc_trim(3))."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    _FORGET.write_text("5", encoding="ascii")


def page_of(name: str) -> str | bytes:
    """The worst case of that name, the file of that path, or a plain page of so many bytes."""
    if name.isdecimal():
        return plain_page(int(name))
    return next((case.full() for case in CASES if case.name == name), None) or Path(name).read_bytes()


def print_growth(name: str, how: str) -> None:
    """Print the bytes of a page and by how many the peak grows over parsing it. Runs in a process of its own."""
    page = page_of(name)
    data = page if isinstance(page, bytes) else page.encode(errors="replace")
    del page
    # Loads the tables, and what only the page's language, encoding or kind needs; of a small page, all of it tells which.
    newsparse.parse(plain_page(20_000))
    newsparse.parse(data[:200_000])
    forget_peak()
    before = memory()
    kept = newsparse.parse(data) if how == "whole" else etree.fromstring(data, etree.HTMLParser(huge_tree=True))
    print(len(data), memory() - before)
    del kept


def growth_of(name: str) -> Growth:
    """The growth over one page, measured in fresh processes."""
    page, bare = _child(name, "bare")
    _, whole = _child(name, "whole")
    return Growth(page, bare, whole)


def _child(name: str, how: str) -> tuple[int, int]:
    command = [sys.executable, "-c", _CHILD, name, how]
    # Python's own allocator keeps free memory that nothing else can use, which would hide a growth of some megabytes.
    environment = os.environ | {"PYTHONMALLOC": "malloc"}
    done = subprocess.run(command, env=environment, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, encoding="ascii", check=True)
    page, grown = map(int, done.stdout.split())
    return page, grown


def peaks_over(pages: int, steps: int = 10) -> Iterator[tuple[int, int]]:
    """The peak of this process after more and more parses of the fixture pages, each as often as the others."""
    sources = [path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.suffix in {".html", ".txt"}]
    for number in range(pages):
        if number * steps // pages != (number - 1) * steps // pages:
            yield number, memory()
        newsparse.parse(sources[number % len(sources)])
    yield pages, memory()


def show(name: str, growth: Growth) -> str:
    """A line of the table: the page's size, and both growths in bytes of the page."""
    return f"{name:<36}{growth.page / MEGABYTE:>9.2f}{growth.bare / growth.page:>9.1f}{growth.whole / growth.page:>9.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.memory", description=__doc__, formatter_class=raw)
    parser.add_argument("--sizes", nargs="*", type=float, default=[0.1, 0.3, 1, 3, 10], metavar="MB", help="plain pages of these sizes")
    parser.add_argument("--fixtures", type=int, default=5, metavar="N", help="the largest fixture pages (default: 5)")
    parser.add_argument("--pages", type=int, default=5_000, metavar="N", help="parses in one process; 0 for none (default: 5000)")
    parser.add_argument("--cases", action="store_true", help="the worst cases too")
    chosen = parser.parse_args(arguments)
    print(f"{'Growth at the peak, by page':<36}{'MB':>9}{'lxml':>9}{'ours':>9}")
    for size in chosen.sizes:
        print(show("plain page", growth_of(str(round(size * MEGABYTE)))), flush=True)
    for path in sorted(FIXTURES.glob("*.html"), key=lambda path: -path.stat().st_size)[: chosen.fixtures]:
        print(show(path.name, growth_of(str(path))), flush=True)
    for case in CASES if chosen.cases else ():
        print(show(case.name, growth_of(case.name)), flush=True)
    if chosen.pages:
        print(f"\n{'Parses in one process':<36}{'peak MB':>9}")
        for number, most in peaks_over(chosen.pages):
            print(f"{number:<36,}{most / MEGABYTE:>9.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
