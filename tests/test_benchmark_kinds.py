"""How kinds are compared with labels made by hand, and what is counted as leaked or lost."""

import json
from pathlib import Path

from benchmarks import kinds
from benchmarks.corpus import write_corpus
from benchmarks.kinds import Judged, Label, f1_by_kind, hash_of, judge, macro_f1, read_labels

import newsparse

TEXT = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
PAGE = f"<h1>Ferry late</h1><p>{TEXT}</p><p>{TEXT} Again.</p><p>Share this article</p><div class=poll><p>Vumpa</p></div>"


def label_of(text: str, kind: str, path: str = "/html/body/p[3]", part: str = "first") -> Label:
    return Label("own", "one", path, hash_of(text), kind, part)


def judged(*pairs: tuple[str, str]) -> list[Judged]:
    return [Judged(label_of("x", wanted), found) for wanted, found in pairs]


def test_labels_are_compared_by_path_and_text() -> None:
    article = newsparse.parse(PAGE)
    share = next(segment for segment in article.segments if segment.text.startswith("Share"))
    right, changed = label_of(share.text, "share", share.path), label_of("Other words", "share", share.path)
    assert [item.found for item in judge(article, [right, changed])] == ["share", "gone"]


def test_macro_f1_is_the_mean_of_the_kinds_with_enough_labels() -> None:
    items = judged(*[("share", "share")] * 3, ("share", "follow"), ("follow", "follow"), ("tags", "share"))
    assert f1_by_kind(items) == {"follow": (2 / 3, 1), "share": (6 / 8, 4), "tags": (0.0, 1)}
    assert macro_f1(items, 4) == 6 / 8
    assert macro_f1(items, 5) is None


def test_report_counts_leaks_and_lost_text(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    truth = {"id": "one", "url": None, "body": f"{TEXT}\n{TEXT} Again.", "without": ["Share this article", "by hand, the harbour"]}
    write_corpus(folder, [(truth, PAGE.encode())])
    fixtures = tmp_path / "fixtures"
    for part, name, text in (
        ("pages", "two.html", PAGE.replace("Share this article", "By hand the ice was broken, and the harbour office wrote that down.")),
        ("expected", "two.json", json.dumps({"url": None, "boilerplate": {"By hand the ice": "footer", "Vumpa": "form"}})),
    ):
        (fixtures / part).mkdir(parents=True, exist_ok=True)
        (fixtures / part / name).write_text(text, "utf-8")
    report = kinds.measure([folder], fixtures)
    lines = {line[:16].strip(): line.split() for line in report.splitlines() if line[:1].islower()}
    assert lines["share"][1:] == ["1", "0", "0.000", "0", "0.000"]
    # What is kept of the snippets has the kind that the rules would give it, and nobody lost text to a kind on the project's own pages.
    assert lines["other"][1:4] == ["1", "1", "1.000"]
    assert lines["footer"][1:4] == ["1", "1", "1.000"]
    assert lines["form"][1:4] == ["1", "0", "0.000"]


def test_own_labels_are_well_formed() -> None:
    labels = read_labels()
    assert len(labels) >= 400
    assert len({(label.corpus, label.page) for label in labels}) >= 80
    assert {label.kind for label in labels} <= {str(kind) for kind in newsparse.BoilerplateKind}
    assert {label.part for label in labels} == {"first", "fresh", "second", "third", "last", "newer", "newest", "wide", "guessed"}
    keys = {key for line in kinds.LABELS.read_text("utf-8").splitlines() for key in json.loads(line)}
    assert keys == {"corpus", "page", "path", "text", "kind", "part"}
