"""What ``import newsparse`` costs and does, each looked at in a fresh process: little, and nothing to anybody else."""

import json
import subprocess
import sys
from typing import Any

import pytest

# What only some uses need is loaded by those uses.
HEAVY = (
    *("bs4", "cattrs", "dateparser", "chardet", "cssselect", "multiprocessing", "concurrent.futures", "email"),
    *("click", "rich", "asyncio", "socket", "urllib.request", "http.client", "ssl", "tempfile", "subprocess"),
)
# The times of the two imports are measured side by side, the least of so many, with this much for what is noise.
ROUNDS, NOISE_SECONDS = 7, 0.01


def run(code: str) -> Any:
    """The JSON that ``code`` prints in a fresh process, which prints nothing else."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_import_loads_nothing_heavy() -> None:
    loaded = run("import sys, newsparse, json; print(json.dumps(sorted(sys.modules)))")
    assert "newsparse.model" in loaded
    assert sorted(set(HEAVY) & set(loaded)) == []


def test_import_of_a_function_loads_no_extra() -> None:
    loaded = run("import sys, json; from newsparse import parse, parse_file; parse('<p>x'); print(json.dumps(sorted(sys.modules)))")
    assert sorted({"bs4", "cattrs", "click", "rich", "multiprocessing", "dateparser"} & set(loaded)) == []


def test_import_costs_little_more_than_that_of_lxml_and_attrs() -> None:
    seconds: dict[str, list[float]] = {"lxml.html, attrs": [], "newsparse": []}
    for _ in range(ROUNDS):
        for modules, measured in seconds.items():
            measured.append(run(f"import time; a = time.perf_counter(); import {modules}; print(time.perf_counter() - a)"))
    known, own = min(seconds["lxml.html, attrs"]), min(seconds["newsparse"])
    assert own <= 1.5 * known + NOISE_SECONDS, f"{own * 1000:.0f} ms, against {known * 1000:.0f} ms for lxml.html and attrs"


STATE = """
import json, locale, logging, os, random, signal, sys, threading, time, warnings
def state():
    root = logging.getLogger()
    return [
        [repr(handler) for handler in root.handlers], root.level, root.disabled, logging.raiseExceptions, logging.root.manager.disable,
        warnings.filters[:].__repr__(), locale.setlocale(locale.LC_ALL), dict(os.environ), os.getcwd(), repr(sys.excepthook),
        sys.getrecursionlimit(), threading.active_count(), repr(signal.getsignal(signal.SIGINT)), time.tzname, hash(random.getstate()),
    ]
before = state()
"""


@pytest.mark.parametrize("use", ["import newsparse", "import newsparse; newsparse.parse('<p>one</p>'); newsparse.parse(b'caf\\xe9')"])
def test_no_side_effect_on_logging_or_anything_else_of_the_process(use: str) -> None:
    before, after = run(f"{STATE}{use}\nprint(json.dumps([before, state()]))")
    assert after == before


def test_parse_logs_nothing_where_logging_is_not_configured() -> None:
    use = "import logging, newsparse; newsparse.parse(b'<p>a\\xff\\0<script type=application/ld+json>{</script>', encoding='klingon')"
    assert run(f"{use}; print('1')") == 1


def test_public_names_are_there_and_listed() -> None:
    code = "import json, newsparse; print(json.dumps([[n for n in newsparse.__all__ if not hasattr(newsparse, n)], dir(newsparse)]))"
    missing, listed = run(code)
    assert missing == []
    import newsparse

    assert set(newsparse.__all__) <= set(listed)
    with pytest.raises(AttributeError, match="has no attribute 'parse_url'"):
        getattr(newsparse, next(iter(["parse_url"])))
