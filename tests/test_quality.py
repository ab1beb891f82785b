"""The figures of ``benchmarks.quality``, computed by hand for a small corpus, and what its command says."""

import doctest
import io
import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from benchmarks import corpus, measures, peers, quality
from benchmarks.corpus import BenchmarkError, Truth, find_corpora, fold_of, read_corpus, site, write_corpus
from benchmarks.measures import Tallies, bootstrap, compare, interval, score, value
from benchmarks.peers import PEERS, Peer, find_peers
from benchmarks.quality import OUT_OF_FOLD, Job, Outcome, main, progress, run

from newsparse.body.features import FEATURES

PARAGRAPH = "The harbour office said on Monday that the ferry would sail again in June, once the pier has been repaired."
URL = "https://harbour.example/ferry"

# Three pages with what an extractor makes of them.
#   gull: of six words the last is wrong, so two of three shingles are right on both sides, and ten of twelve words in the bags.
#   tern: the body is right without the standfirst that its truth marks, and everything else is right, too.
#   auk: nothing is found.
TRUTHS: dict[str, Truth] = {
    "gull": {
        "id": "gull",
        "url": URL,
        "kind": "article",
        "body": "one two three four five six",
        "with": ["Two  three", "six"],
        "without": ["seven", "one two"],
        "title": "The “Gull”",
        "authors": ["Ada Holm", "Bo Rask"],
        "date": "2024-05-03",
        "image": "https://cdn.example/large/pier.jpg?w=800",
        "tags": ["ferries", "Ice", "Docks", "River"],
        "images": [{"versions": [{"url": "https://cdn.example/l/pier.jpg"}, {"url": "https://cdn.example/l/pier.webp"}]}],
        "subtitle": "A subtitle",
        "links": {"previous": "/a", "next": "/b", "related": ["/c", "/d"], "inline": ["/e"], "unsure": ["/f", "/g"]},
    },
    "tern": {
        "id": "tern",
        "url": URL,
        "kind": "other",
        "body": "Standfirst words here.\n\nA heading\n\nA first paragraph.",
        "blocks": [
            {"kind": "summary", "text": "Standfirst words here."},
            {"kind": "heading", "text": "A heading"},
            {"kind": "paragraph", "text": "A first paragraph."},
        ],
        "title": "Tern",
        "author_text": "Ada Holm and Bo Rask",
        "date": "2024-05-04",
        "subtitle": None,
        "links": {"previous": None, "next": None, "related": [], "inline": [], "unsure": []},
    },
    "auk": {"id": "auk", "kind": "article", "body": "one two three four", "title": "Auk"},
}
OUTPUTS: dict[str, dict[str, Any]] = {
    "gull": {
        "body": "one two three four five nine",
        "kind": "gallery",
        "title": 'the "GULL"',
        "authors": ["ada holm", "Cy Dahl"],
        "date": datetime(2024, 5, 2, 23, 30, tzinfo=timezone(timedelta(hours=-2))),
        "image": "https://cdn.example/small/Pier.jpg",
        "subtitle": None,
        "tags": ["Ferries", "ice!", "winter"],
        "images": ["https://cdn.example/s/pier.jpg", "/other.jpg"],
        "previous": "https://www.harbour.example/a/",
        "next": "/f",
        "related": ["/c", "/e#comments", "/g", "/x", None],
    },
    "tern": {
        "body": "A heading\n\nA first paragraph.",
        "blocks": ["A heading", "A first paragraph.", "Standfirst words here.", "More"],
        "kind": "listing",
        "title": "Tern",
        "authors": ["Bo Rask", "Ada Holm"],
        "date": "2024-05-04 10:00",
        "subtitle": "",
        "previous": None,
        "next": None,
        "related": [],
    },
    "auk": {"body": "", "title": None},
}
TALLIES: dict[str, Tallies] = {
    "gull": {
        "F1": (2 / 3, 1, 2 / 3, 1),
        "P": (2 / 3, 1),
        "R": (2 / 3, 1),
        "exact": (0, 1),
        "wF1": (10 / 12, 1),
        "with": (1 / 2, 1),
        "wout": (1 / 2, 1),
        "title": (1, 1),
        "subtitle": (0, 1),
        "authors": (1 / 2, 1),
        "date": (1, 1),
        "image": (1, 1),
        "kind": (1, 1),
        "tags P": (2, 3),
        "tags R": (2, 4),
        "images P": (1, 2),
        "images R": (1, 1),
        "prevnext": (1, 0, 1),
        "related": (2, 1, 1),
    },
    "tern": {
        "F1": (1, 1, 1, 1),
        "P": (1, 1),
        "R": (1, 1),
        "exact": (1, 1),
        "wF1": (1, 1),
        "blocks": (4 / 5, 1),
        "title": (1, 1),
        "subtitle": (1, 1),
        "+subtitle": (0, 1),
        "authors": (1, 1),
        "date": (1, 1),
        "kind": (1, 1),
        "prevnext": (0, 0, 0),
        "related": (0, 0, 0),
    },
    "auk": {"F1": (0, 0, 0, 1), "P": (0, 0), "R": (0, 1), "exact": (0, 1), "wF1": (0, 1), "title": (0, 1)},
}
# Over all three pages. P leaves out the page where nothing was found.
FIGURES = {
    "F1": 2 * (5 / 6) * (5 / 9) / (5 / 6 + 5 / 9),
    "P": 5 / 6,
    "R": 5 / 9,
    "exact": 1 / 3,
    "wF1": 11 / 18,
    "with": 1 / 2,
    "wout": 1 / 2,
    "blocks": 4 / 5,
    "title": 2 / 3,
    "subtitle": 1 / 2,
    "authors": 3 / 4,
    "date": 1.0,
    "image": 1.0,
    "tags P": 2 / 3,
    "tags R": 1 / 2,
    "images P": 1 / 2,
    "images R": 1.0,
    "+subtitle": 0.0,
    "kind": 1.0,
    "prevnext": 2 / 3,
    "related": 2 / 3,
}


def html(name: str) -> bytes:
    body = "".join(f"<p>{PARAGRAPH} Part {number} of the {name}.</p>" for number in range(4))
    head = f"<head><meta charset=utf-8><title>{name}</title></head>"
    return f"<!doctype html><html>{head}<body><nav><a href=/>Home</a></nav><h1>{name}</h1>{body}</body></html>".encode()


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """The corpus of the three pages."""
    write_corpus(tmp_path / "birds", ((truth, html(name)) for name, truth in TRUTHS.items()))
    return tmp_path / "birds"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> str:
    """A peer that gives the outputs above."""

    def extract(page: bytes, url: str | None) -> dict[str, Any]:
        return next(output for name, output in OUTPUTS.items() if f"<h1>{name}</h1>".encode() in page)

    monkeypatch.setitem(PEERS, "fake", Peer("pytest", "pytest", extract))
    return "fake"


@pytest.mark.parametrize("module", [measures, corpus, quality], ids=lambda module: module.__name__)
def test_the_examples_in_the_modules_are_true(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


# --- Formulas


@pytest.mark.parametrize("name", TRUTHS)
def test_a_page_has_the_tallies_counted_by_hand(name: str) -> None:
    found = score(TRUTHS[name], OUTPUTS[name])
    assert found.keys() == TALLIES[name].keys()
    for figure, tally in found.items():
        assert tally == pytest.approx(TALLIES[name][figure]), figure


@pytest.mark.parametrize("figure", FIGURES)
def test_a_corpus_has_the_figures_counted_by_hand(figure: str) -> None:
    assert value(figure, measures.column(figure, TALLIES.values())) == pytest.approx(FIGURES[figure])


def test_every_figure_is_shown_in_a_table() -> None:
    assert {*quality._STEADY, *(figure for figures in quality._TABLES.values() for figure in figures)} == measures.FORMULAS.keys()


@pytest.mark.parametrize("name", TRUTHS)
def test_what_an_extractor_leaves_out_is_not_scored(name: str) -> None:
    assert score(TRUTHS[name], {}) == {}


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ("2024-05-03T23:30:00-05:00", "2024-05-04", True),
        ("2024-05-03T23:30:00-05:00", "2024-05-03", True),
        ("2024-05-03T23:30:00-05:00", "2024-05-05", False),
        ("2024-05-03T23:30:00Z", "2024-05-03T00:00:00", True),
        ("2024-05-03 at noon", "2024-05-03", True),
        ("May", "2024-05-03", False),
        (None, "2024-05-03", False),
    ],
)
def test_a_date_is_right_on_its_calendar_day_where_it_was_stated_or_in_utc(found: str | None, wanted: str, same: bool) -> None:
    assert score({"id": "1", "date": wanted}, {"date": found}) == {"date": (float(same), 1)}


def test_a_short_body_is_one_shingle() -> None:
    assert score({"id": "1", "body": "two words"}, {"body": "two words"})["F1"] == (1, 1, 1, 1)
    assert score({"id": "1", "body": "two words"}, {"body": "two"})["F1"] == (0, 1, 0, 1)


# --- Intervals and changes


def test_an_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    tallies = [(number / 40, 1.0) for number in range(40)]
    found = interval("exact", tallies)
    mean = value("exact", tallies)
    assert found is not None
    assert mean is not None
    assert found[0] < mean < found[1]
    assert interval("exact", tallies) == found


def test_an_interval_narrows_with_more_pages() -> None:
    widths = []
    for pages in (10, 100, 1000):
        found = bootstrap([0.0, 1.0] * pages, lambda sample: sum(sample) / len(sample), draws=200)
        assert found is not None
        widths.append(found[1] - found[0])
    assert all(wide > narrow for wide, narrow in pairwise(widths))


def test_an_interval_of_a_large_sample_is_the_normal_one() -> None:
    found = bootstrap([0.0, 1.0] * 200, lambda sample: sum(sample) / len(sample), draws=4000)
    assert found == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.006)


def test_nothing_has_no_interval() -> None:
    assert interval("exact", []) is None
    assert value("exact", []) is None
    assert interval("prevnext", [(0, 0, 0)]) is None


def test_a_comparison_names_the_pages_that_changed() -> None:
    old: dict[str, Tallies] = {"a": {"exact": (0, 1)}, "b": {"exact": (1, 1)}, "c": {"exact": (1, 1)}, "gone": {"exact": (1, 1)}}
    new: dict[str, Tallies] = {"a": {"exact": (1, 1)}, "b": {"exact": (0.5, 1)}, "c": {"exact": (1, 1)}, "added": {"exact": (0, 1)}}
    found = compare("exact", old, new)
    assert found is not None
    assert [(change.page, change.gain) for change in found.changes] == [("a", 1), ("b", -0.5)]
    assert found.pages == 3
    assert (found.old, found.new) == pytest.approx((2 / 3, 2.5 / 3))
    assert found.range is not None
    assert found.range[0] <= found.new - found.old <= found.range[1]


def test_equal_runs_have_no_changes() -> None:
    for figure in FIGURES:
        found = compare(figure, TALLIES, TALLIES)
        assert found is not None
        assert (found.changes, found.range) == ((), (0, 0))


def test_pages_without_the_figure_are_not_compared() -> None:
    assert compare("exact", {"a": {"P": (1, 1)}}, {"a": {"exact": (1, 1)}}) is None


# --- Corpora and peers


def test_a_corpus_is_read_as_it_was_written(birds: Path) -> None:
    assert list(read_corpus(birds)) == [(truth, html(name)) for name, truth in TRUTHS.items()]


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.harbour.example/a", "harbour.example"),
        ("http://HARBOUR.example:8080/b", "harbour.example"),
        ("https://news.harbour.co.uk/", "harbour.co.uk"),
        ("localhost", "page"),
        (None, "page"),
    ],
)
def test_pages_of_a_site_are_in_one_fold(url: str | None, domain: str) -> None:
    assert site(url, "page") == domain
    assert fold_of(url, "page") == fold_of(f"https://{domain}/", domain)
    assert fold_of(url, "page") in range(corpus.FOLDS)


def test_corpora_come_from_the_arguments_or_the_environment(birds: Path) -> None:
    assert find_corpora([birds], {"NEWSPARSE_CORPORA": "elsewhere"}) == [birds]
    assert find_corpora([], {"NEWSPARSE_CORPORA": str(birds)}) == [birds]


def test_two_corpora_of_one_name_are_refused(birds: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "more" / "birds", [])
    with pytest.raises(BenchmarkError, match="must differ: birds, birds"):
        find_corpora([birds, tmp_path / "more" / "birds"], {})


def test_a_peer_that_is_unknown_or_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PEERS, "missing", Peer("missing-package", "missing_module", lambda page, url: {}))
    assert "missing" not in find_peers(["all"])
    with pytest.raises(BenchmarkError, match="pip install 'missing-package'"):
        find_peers(["missing"])
    with pytest.raises(BenchmarkError, match="no adapter for 'nobody'"):
        find_peers(["nobody"])


@pytest.mark.parametrize("name", PEERS)
def test_an_adapter_finds_the_article(name: str) -> None:
    if not PEERS[name].is_installed:
        pytest.skip(f"{name} is not installed")
    found = PEERS[name].extract(html("gull"), URL)
    assert "Part 2 of the gull." in found["body"]
    assert len(found.get("blocks", "1234")) >= 4
    assert peers.PEERS[name].version


# --- Running


def test_an_extractor_that_fails_has_found_an_empty_body(birds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: bytes, url: str | None) -> dict[str, Any]:
        raise RuntimeError("no")

    monkeypatch.setitem(PEERS, "fake", Peer("pytest", "pytest", fail))
    (outcome,) = run([Job(birds, TRUTHS["auk"], ("fake",))])
    assert outcome.error == "RuntimeError: no"
    assert outcome.tallies == {figure: tally for figure, tally in TALLIES["auk"].items() if figure != "title"}


def constant_model(log_odds: float) -> dict[str, Any]:
    return {"features": list(FEATURES), "further": [], "first": [log_odds]}


def test_out_of_fold_a_page_is_scored_with_the_model_of_its_own_fold(birds: Path) -> None:
    jobs = [Job(birds, truth, (OUT_OF_FOLD,)) for truth in TRUTHS.values()]
    fold = fold_of(URL, "gull")
    models = [constant_model(6.0 if number == fold else -6.0) for number in range(corpus.FOLDS)]
    bodies = {outcome.page: outcome.output["body"] for outcome in run(jobs, 1, models)}
    assert PARAGRAPH in bodies["gull"]
    assert (bodies["auk"] == "") == (fold_of(None, "auk") != fold)


def test_processes_give_the_same_outcomes(birds: Path) -> None:
    jobs = [Job(birds, truth, ("newsparse",)) for truth in TRUTHS.values()]

    def without_times(outcomes: list[Outcome]) -> list[tuple[str, Tallies, Mapping[str, Any]]]:
        return [(outcome.name, outcome.tallies, outcome.output) for outcome in outcomes]

    assert without_times(run(jobs, 2)) == without_times(run(jobs, 1))


def test_folds_are_trained_without_their_pages(tmp_path: Path) -> None:
    pytest.importorskip("lightgbm", reason="training needs it")
    pytest.importorskip("numpy", reason="training needs it")
    pages = [({"id": f"p{number}", "url": f"https://site{number}.example/", "body": PARAGRAPH}, html(f"p{number}")) for number in range(8)]
    write_corpus(tmp_path / "sites", pages)
    models = quality.train_folds([tmp_path / "sites"], {"sites": 2.0}, 1)
    assert [model["features"] for model in models] == [list(FEATURES)] * corpus.FOLDS


# --- The command


def output(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """The printed lines as cells, by their first words."""
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    return {" ".join(cells[:2]): cells[2:] for cells in lines}


def test_the_command_prints_the_figures(birds: Path, fake: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(birds), "--peers", fake, "--jobs", "1"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    body, fields, more, links, kinds, times = printed.out.split("\n\n")
    assert kinds.startswith("Kinds\n")
    heads = [(part.splitlines()[0].split(), part) for part in (body, fields)]
    assert more.startswith("More fields")
    for (_, _, *figures), part in heads:
        (row,) = (line.split() for line in part.splitlines() if " fake " in line)
        assert row[:3] == ["birds", "fake", "3"]
        assert row[3:] == [f"{FIGURES[figure]:.3f}" for figure in figures]
    assert [line.split()[1:] for line in links.splitlines() if " fake " in line] == [["fake", "2", "1", "0", "1", "2", "1", "1"]]
    assert [line.split()[:4] for line in times.splitlines() if " fake " in line] == [["birds", "fake", "3", "0"]]
    assert "newsparse" in body


def test_the_command_lists_the_worst_pages(birds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(birds), "--worst", "1", "--jobs", "1"]) == 0
    assert "the pages with the lowest F1" in capsys.readouterr().out
    assert main([str(birds), "--worst", "2", "--by", "title", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    assert "lowest title" in out
    assert "found 'gull'\n        wanted The “Gull”" in out


def test_a_saved_run_can_be_compared(birds: Path, fake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "saved.json"
    command = [str(birds), "--peers", fake, "--jobs", "1"]
    assert main([*command, "--save", str(saved)]) == 0
    assert json.loads(saved.read_text())["outcomes"][1]["output"]["title"] == 'the "GULL"'
    capsys.readouterr()
    assert main([*command, "--compare", str(saved)]) == 0
    assert "No figure of the 6 pages that both runs have is another." in capsys.readouterr().out
    data = json.loads(saved.read_text())
    data["outcomes"][1]["tallies"]["date"] = [0, 1]
    data["outcomes"][1]["tallies"]["authors"] = [1, 1]
    saved.write_text(json.dumps(data))
    assert main([*command, "--compare", str(saved)]) == 0
    lines = capsys.readouterr().out.partition("Change")[2].splitlines()[1:]
    assert [line.split()[:7] for line in lines] == [
        ["birds", "fake", "authors", "2", "1.000", "0.750", "-0.250"],
        ["-0.500", "1.000", "->", "0.500", "birds/gull"],
        ["birds", "fake", "date", "2", "0.500", "1.000", "+0.500"],
        ["+1.000", "0.000", "->", "1.000", "birds/gull"],
    ]


def test_a_page_can_be_given_as_text(birds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(birds), "--as-text", "--limit", "1", "--jobs", "1"]) == 0
    assert output(capsys)["birds newsparse"][0] == "1"
    (outcome,) = run([Job(birds, TRUTHS["gull"], ("newsparse",), as_text=True)])
    assert outcome.output["body"].startswith(PARAGRAPH)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "no corpora: name folders"),
        (["{tmp}"], "is no corpus: it has no truth.jsonl"),
        (["{birds}", "--peers", "nobody"], "no adapter for 'nobody'"),
        (["{birds}", "--compare", "{tmp}/missing.json"], "cannot compare with"),
        (["{birds}", "--compare", "{birds}/truth.jsonl"], "cannot compare with"),
    ],
)
def test_what_is_missing_is_said_in_a_word(
    arguments: list[str], word: str, birds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSPARSE_CORPORA", raising=False)
    assert main([part.format(birds=birds, tmp=tmp_path) for part in arguments]) == 2
    printed = capsys.readouterr()
    assert word in printed.err
    assert printed.out == ""


def test_training_without_its_libraries_is_said_in_a_word(
    birds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "benchmarks.train", raising=False)
    monkeypatch.delattr("benchmarks.train", raising=False)
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    assert main([str(birds), "--cv"]) == 2
    assert "pip install lightgbm" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("has_rich", [True, False])
def test_progress_is_shown_on_a_terminal_only(has_rich: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if has_rich:
        pytest.importorskip("rich")
    else:
        monkeypatch.setitem(sys.modules, "rich.progress", None)
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(progress("abc", 3, "pages")) == ["a", "b", "c"]
        assert ("pages" in stream.getvalue()) == stream.isatty()


def test_what_a_page_is_known_not_to_state_is_invented() -> None:
    truth = {"id": "a", "url": None, "kind": "article", "unstated": ["authors", "date"]}
    output = {"body": "", "blocks": [], "kind": "article", "title": None, "subtitle": "A line", "authors": ["Ann Lee"], "date": None}
    assert {name: tally for name, tally in score(truth, output).items() if name[0] == "+"} == {"+authors": (1.0, 1), "+date": (0.0, 1)}
