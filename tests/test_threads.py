"""Many threads: the same articles as one thread gives, from a process in which nothing was loaded before."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import newsparse
from tests.laws.oracle import PAGES

ROUNDS, THREADS = 3, 8

# The threads start together, so that they race for what is loaded once a process: tables, phrases, the model, lazy imports.
CODE = """
import json, random, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import newsparse

paths, seed, threads, rounds = json.loads(sys.argv[1])
sys.setswitchinterval(1e-5)
work = [path for path in paths for _ in range(rounds)]
random.Random(seed).shuffle(work)
barrier = Barrier(threads)

def run(own):
    barrier.wait()
    return [(path, newsparse.parse_file(path).to_json()) for path in own]

with ThreadPoolExecutor(threads) as pool:
    done = list(pool.map(run, [work[start::threads] for start in range(threads)]))
print(json.dumps([item for items in done for item in items]))
"""


def parsed_by_threads(paths: list[str], seed: int, code: str = CODE) -> list[tuple[str, str]]:
    arguments = json.dumps([paths, seed, THREADS, ROUNDS])
    done = subprocess.run([sys.executable, "-c", code, arguments], capture_output=True, encoding="utf-8", timeout=300, check=True)
    return [(path, article) for path, article in json.loads(done.stdout)]


def check_threads(found: list[tuple[str, str]], expected: dict[str, str]) -> None:
    assert sorted(path for path, _ in found) == sorted(list(expected) * ROUNDS)
    assert [Path(path).name for path, article in found if article != expected[path]] == []


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    return {str(path): newsparse.parse_file(path).to_json() for path in PAGES}


@pytest.mark.parametrize("seed", range(3))
def test_threads_of_a_fresh_process_give_what_one_thread_gives(expected: dict[str, str], seed: int) -> None:
    check_threads(parsed_by_threads(list(expected), seed), expected)


# Which page is parsed is kept in one place for all threads.
SHARED = """
import newsparse
shared, parse_file = {}, newsparse.parse_file

def through_shared(path):
    shared["path"] = path
    parse_file(path)
    return parse_file(shared["path"])

newsparse.parse_file = through_shared
"""


def test_check_finds_state_that_threads_share() -> None:
    paths = [str(path) for path in PAGES[:8]]
    with pytest.raises(AssertionError):
        check_threads(parsed_by_threads(paths, 0, SHARED + CODE), {path: newsparse.parse_file(path).to_json() for path in paths})
