"""What the labeller learns from: truths aligned to segments, features as columns, and a model that scores as its trainer does."""

import gzip
import itertools
import json
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.adapter import extract
from benchmarks.align import Place, _best_chain, align
from benchmarks.augment import boxes, planted, spare_texts
from benchmarks.corpus import fold_of, read_corpus, site, write_corpus
from benchmarks.made_boxes import Texts, made_box
from hypothesis import given
from hypothesis import strategies as st

import newsparse
from newsparse.body.features import FEATURES, FIRST, MASKS, Candidates
from newsparse.body.label import clues_of, phrase_masks
from newsparse.body.model import compile_model
from newsparse.document.tree import read_document
from newsparse.lexicon.phrases import match_phrase
from newsparse.model import BoilerplateKind as Kind
from newsparse.pipeline import parse_prepared, prepare

SENTENCES = (
    "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand.",
    "Nobody in the town hall would say how much the new bridge is going to cost, or who will pay for it.",
    "The choir sang in the warehouse of the fish market until the lanterns on the quay had burned down.",
    "A timber ship from the north waited outside the harbour for three days until the wind had turned.",
)
LABELS = ("Share", "News", "Most read", "Leave a comment", "Sign up for our newsletter", "Related articles")


def chosen(truth: str, texts: list[str], bonus: list[float] | None = None) -> list[int]:
    return sorted(align(truth, texts, bonus or [0.0] * len(texts)))


@pytest.mark.parametrize(
    ("truth", "texts", "wanted"),
    [
        pytest.param(
            "One two three four. Five six!", ["News", "one two three four", "Share", "five six"], [1, 3], id="in order, case aside"
        ),
        pytest.param("yes", ["yes"], [0], id="one word"),
        pytest.param("one two three", ["four five six", "one"], [1], id="a part of the truth"),
        pytest.param("no no no", ["no", "no", "yes", "no"], [0, 1, 3], id="as often as it is repeated"),
        pytest.param("no no", ["no", "no", "no"], [0, 1], id="no more often than it is repeated"),
        pytest.param("a b c d e f g h i j", ["a b c d e f x g h i j"], [0], id="a word more"),
        pytest.param("a b c d e f g h i j", ["a b c d e g h i j"], [0], id="a word less"),
        pytest.param("a b c d e f g h i j", ["a b c d v w x y z"], [], id="most words are others"),
        pytest.param("a b c", ["a b d"], [], id="short texts must be there exactly"),
        pytest.param("a b c d. e f", ["e f", "a b c d"], [1], id="the worthier one where the order is another"),
        pytest.param(
            "intro here. body text now", ["body text now", "intro here", "body text now"], [1, 2], id="a repeated text where it is in order"
        ),
        pytest.param("", ["one"], [], id="no truth"),
        pytest.param("one", [], [], id="no texts"),
        pytest.param("one … two", ["…", "one", "!", "two"], [1, 3], id="texts without words"),
    ],
)
def test_truth_is_aligned_to_texts(truth: str, texts: list[str], wanted: list[int]) -> None:
    assert chosen(truth, texts) == wanted


def test_bonus_decides_between_equal_texts() -> None:
    texts = ["one two three", "Share", "one two three"]
    assert chosen("one two three", texts, [0.1, 0, 0]) == [0]
    assert chosen("one two three", texts, [0, 0, 0.1]) == [2]


def test_places_tell_where_in_the_truth() -> None:
    found = align("one two three. four five", ["four five", "one two three", "four five"], [0, 0, 0])
    assert {index: (place.start, place.end) for index, place in found.items()} == {1: (0, 3), 2: (3, 5)}


@given(st.lists(st.lists(st.sampled_from(("ferry", "ice", "pier", "choir", "late")), min_size=1, max_size=6), max_size=6))
def test_whole_truth_is_found_among_its_own_lines(lines: list[list[str]]) -> None:
    texts = [" ".join(words) for words in lines]
    assert chosen("\n".join(texts), texts) == list(range(len(texts)))


PLACES = st.lists(
    st.builds(lambda start, size, segment, gain: Place(start, start + size, segment, gain), *[st.integers(0, 6)] * 3, st.integers(1, 9)),
    max_size=7,
)


@given(PLACES)
def test_best_chain_is_worth_what_the_best_of_all_chains_is(places: list[Place]) -> None:
    def is_chain(chain: tuple[Place, ...]) -> bool:
        return all(one.segment < other.segment and one.end <= other.start for one, other in itertools.pairwise(chain))

    ordered = sorted(places, key=lambda place: place.segment)
    chains = [chain for size in range(len(places) + 1) for chain in itertools.combinations(ordered, size) if is_chain(chain)]
    found = tuple(_best_chain(places))
    assert is_chain(found)
    assert sum(place.gain for place in found) == max(sum(place.gain for place in chain) for chain in chains)


# Corpora.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.brael.example/a", "https://www.brael.example/b?c"),
        ("https://brael.example:8080/a", "HTTP://BRAEL.EXAMPLE"),
        ("https://www.brael.co.uk/a", "https://brael.co.uk/b"),
    ],
)
def test_pages_of_a_site_are_in_one_fold(one: str, other: str) -> None:
    assert site(one, "1") == site(other, "2")
    assert fold_of(one, "1") == fold_of(other, "2")


@pytest.mark.parametrize(
    ("one", "other"), [("https://brael.example/", "https://tosser.example/"), ("https://brael.co.uk/", "https://tosser.co.uk/"), (None, "")]
)
def test_pages_of_two_sites_need_not_be_in_one_fold(one: str | None, other: str) -> None:
    assert site(one, "1") != site(other, "2")


def test_folds_are_of_about_equal_size_and_stay_the_same() -> None:
    folds = [fold_of(f"https://site{number}.example/", "") for number in range(1_000)]
    assert sorted(set(folds)) == [0, 1, 2, 3, 4]
    assert all(150 < folds.count(fold) < 250 for fold in range(5))
    assert folds[:8] == [fold_of(f"https://site{number}.example/", "other") for number in range(8)]
    assert {fold_of(f"https://site{number}.example/", "", 2) for number in range(20)} == {0, 1}


def test_corpus_is_read_in_the_order_of_its_truths(tmp_path: Path) -> None:
    pages = {"b": "<p>Лёд".encode("koi8-r"), "a": b"<p>\xff\0"}
    (tmp_path / "pages").mkdir()
    for name, page in pages.items():
        (tmp_path / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(page))
    truths: list[dict[str, Any]] = [{"id": "b", "url": "https://brael.example/", "body": "Лёд"}, {"id": "a", "url": None, "with": ["x"]}]
    (tmp_path / "truth.jsonl").write_text("".join(json.dumps(truth) + "\n" for truth in truths), encoding="utf-8")
    assert list(read_corpus(tmp_path)) == [(truths[0], pages["b"]), (truths[1], pages["a"])]


def test_adapter_only_renames() -> None:
    story = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<h1>Ferry leaves an hour late</h1>{story}<p>Next: <a href=/b/>Fish market opens</a></p>"
    found, article = extract(page.encode(), "https://brael.example/a/"), newsparse.parse(page, url="https://brael.example/a/")
    assert found["body"] == article.text == "\n\n".join(SENTENCES)
    assert found["blocks"] == [block.text for block in article.body]
    assert (found["title"], found["next"], found["previous"]) == ("Ferry leaves an hour late", "https://brael.example/b/", None)
    assert (found["kind"], found["authors"], found["date"], found["image"], found["related"]) == ("article", [], None, None, [])


# Training. lightgbm is no dependency of the tests: where it is missing, these are skipped.


@pytest.fixture(scope="module")
def train() -> Any:
    pytest.importorskip("lightgbm", reason="lightgbm, which trains the model, is not installed")
    return import_module("benchmarks.train")


def page_of(number: int) -> tuple[dict[str, Any], bytes]:
    """A page with a story of its own length, and its truth."""
    story = [f"{SENTENCES[(number + at) % 4]} {SENTENCES[at % 4]}" for at in range(4 + number % 5)]
    around = "".join(
        f"<li><a href=/{at}/>{LABELS[at % 6]}</a> {SENTENCES[at % 4] if at % 3 == 0 else 'Words'}" for at in range(8 + number % 3)
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    page = (
        f"<title>Story {number}</title><ul class=menu>{around}</ul><article><h1>Story</h1>{body}</article><footer><p>Imprint</p></footer>"
    )
    return {"id": str(number), "url": f"https://site{number}.example/", "body": "\n".join(story)}, page.encode()


def candidates_of(page: bytes) -> Candidates:
    prepared = prepare(read_document(page))
    return Candidates(prepared.walked, phrase_masks(prepared.matches), clues_of(prepared.known))


def rows_of(page: bytes) -> list[tuple[float, ...]]:
    candidates = candidates_of(page)
    return candidates.all()


def test_columns_are_the_numbers_and_the_bits_of_the_masks(train: Any) -> None:
    rows = rows_of(page_of(3)[1])
    columns = train.expand(rows)
    assert columns.shape == (len(rows), len(train.COLUMNS))
    numbers = [name for name in FEATURES if name not in MASKS]
    assert [column for column in train.COLUMNS if ":" not in column] == numbers
    for row, line in zip(rows, columns.tolist(), strict=True):
        values = dict(zip(FEATURES, row, strict=True))
        found = dict(zip(train.COLUMNS, line, strict=True))
        assert [found[name] for name in numbers] == pytest.approx([float(values[name]) for name in numbers], rel=1e-6)
        for mask in MASKS:
            bits = {int(name.partition(":")[2]): bit for name, bit in found.items() if name.startswith(f"{mask}:")}
            assert sum(int(bit) << place for place, bit in bits.items()) == int(values[mask]) & (1 << len(bits)) - 1


def test_bits_that_the_model_does_not_know_are_passed_over(train: Any) -> None:
    [row] = rows_of(page_of(1)[1])[:1]
    more = tuple(int(value) | 1 << 70 if name in MASKS else value for name, value in zip(FEATURES, row, strict=True))
    assert train.expand([more]).tolist() == train.expand([row]).tolist()


def test_no_rows_no_columns_of_them(train: Any) -> None:
    assert train.expand([]).shape == (0, len(train.COLUMNS))


def test_labels_of_an_example_are_its_true_body(train: Any) -> None:
    truth, page = page_of(2)
    found = train.example("own", truth, page)
    prepared = prepare(read_document(page))
    texts = [prepared.walked.segments[index].text for index in candidates_of(page).indices]
    assert [text for text, is_body in zip(texts, found.labels, strict=True) if is_body] == truth["body"].split("\n")
    assert (found.corpus, found.page, found.fold) == ("own", "2", fold_of(truth["url"], "2"))
    assert len(found.features) == len(found.labels) == len(found.weights) == len(texts)


def test_snippets_count_where_they_are_found(train: Any) -> None:
    truth, page = page_of(2)
    found = train.example("own", {"id": "2", "with": [truth["body"][:40]], "without": ["Imprint"]}, page)
    counted = [(bool(label), weight > 0) for label, weight in zip(found.labels, found.weights, strict=True)]
    assert counted.count((True, True)) >= 1
    assert counted.count((False, True)) <= 1
    assert (True, False) not in counted


def test_trained_model_scores_as_its_trainer_does(train: Any) -> None:
    corpus = [page_of(number) for number in range(12)]
    first, further = train.boost([train.example("own", truth, page) for truth, page in corpus], {"own": 2.0})
    data = json.loads(json.dumps(train.as_data(first, further)))
    assert tuple(data["features"]) == FEATURES
    model = compile_model(data)
    rows = [row for _, page in corpus for row in rows_of(page)]
    columns = train.expand(rows)
    reached = first.predict(columns[:, train.FIRST_COLUMNS])
    assert [model.first(*row[: len(FIRST)]) for row in rows] == pytest.approx(reached, abs=1e-2)
    # The compiled model may leave off once a sum is decided, but only after a number of trees.
    models = len(further.boosters)
    rounds = len(data["further"]) // models
    wanted = [(reached + further.predict(columns, stop)).tolist() for stop in (*range(12 // models, rounds, 12 // models), rounds)]
    for number, row in enumerate(rows):
        found = model.further(model.first(*row[: len(FIRST)]), *row)
        scores = [sums[number] for sums in wanted]
        assert min(abs(found - other) for other in scores) < 1e-2
        assert (found > 0) == (scores[-1] > 0)
    assert max(wanted[-1]) > 1 > -1 > min(wanted[-1])


# Boxes of other pages between the paragraphs.

BOX_PAGE = """<nav><ul><li>Menu of the day</ul></nav><div><p>one</p><div id=box><h3>Two words</h3><a href=/x/>and a link</a></div>
<p>two</p><p>short</p><ul><li>an item of four</ul><div hidden>seven hidden words</div></div><footer>imprint and contact</footer>"""
BODY_OF_BOX_PAGE = ("one", "two", "short")


def labelled(root: Any, body: tuple[str, ...]) -> tuple[Any, list[float]]:
    walked = prepare(read_document(root)).walked
    return walked, [float(segment.text in body) for segment in walked.segments]


def test_boxes_are_the_outermost_elements_without_body() -> None:
    root = read_document(BOX_PAGE).root
    found = boxes(root, *labelled(root, BODY_OF_BOX_PAGE))
    assert found == ['<div id="box"><h3>Two words</h3><a href="/x/">and a link</a></div>', "<ul><li>an item of four</li></ul>"]


def test_boxes_are_planted_before_the_elements_of_the_body_but_the_first() -> None:
    root = read_document(BOX_PAGE).root
    walked, labels = labelled(root, BODY_OF_BOX_PAGE)
    changed = planted(root, walked, labels, ["<i class=planted>box</i>"], "seed")
    assert changed is not None
    assert changed.xpath("//i/following-sibling::*[1]/text()") == ["two", "short"]
    assert not list(root.iter("i"))
    again = planted(root, walked, labels, ["<i class=planted>box</i>"], "seed")
    assert again is not None
    assert again.xpath("//i/following-sibling::*[1]/text()") == ["two", "short"]
    assert planted(root, walked, labels, [], "seed") is None
    assert planted(root, walked, [0.0] * len(labels), ["<i>box</i>"], "seed") is None


def test_planted_pages_are_examples_beside_the_pages(train: Any, tmp_path: Path) -> None:
    pages = [page_of(number) for number in range(6)]
    extra = b"<article><p>" + SENTENCES[0].encode() + b"</p><div><h3>More of it</h3><p>Words of a box</p></div></article>"
    pages.append(({"id": "box", "url": "https://site0.example/", "body": SENTENCES[0]}, extra))
    write_corpus(tmp_path / "own", pages)
    examples = train.read_examples([tmp_path / "own"], 1)
    folds = {fold_of(truth["url"], truth["id"]) for truth, _ in pages if truth["id"] == "box"}
    copied = {item.page for item in examples if sum(other.page == item.page for other in examples) == 3}
    assert copied == {item.page for item in examples if item.fold in folds and item.page != "box"}
    for page in copied:
        plain, *more = (item for item in examples if item.page == page)
        assert all(len(copy.labels) > len(plain.labels) for copy in more)
        assert all(copy.labels.sum() == plain.labels.sum() for copy in more)


def test_made_boxes_speak_the_lexicon_and_link_to_the_given_headlines() -> None:
    texts = Texts(["Harbour wall repaired at last"], ["Every morning the news of the bay."])
    made = [made_box(Random(seed), "de", texts) for seed in range(200)]
    assert made == [made_box(Random(seed), "de", texts) for seed in range(200)]
    read = [[segment.text for segment in prepare(read_document(f"<p>x</p>{box}")).walked.segments[1:]] for box in made]
    assert all(read)
    found = [match.kind for lines in read for line in lines if (match := match_phrase(line)) is not None]
    assert {Kind.NEWSLETTER, Kind.RELATED, Kind.INLINE_TEASER, Kind.LISTEN, Kind.ADVERTISEMENT} <= set(found)
    assert sum("Harbour wall" in line for lines in read for line in lines) > len(made) / 2


def test_texts_for_boxes_stand_beside_the_body() -> None:
    root = read_document(
        "<p>The body has a sentence of its own, which is long enough.</p><ul><li><a href=/1>Harbour wall repaired at last</a></ul>"
        "<p>Every morning the news of the bay, by post.</p><div hidden><p>Nobody sees the words of this sentence.</p></div>"
    ).root
    segments = prepare(read_document(root)).walked.segments
    assert spare_texts(segments, [1.0] + [0.0] * (len(segments) - 1)) == (
        ["Harbour wall repaired at last"],
        ["Every morning the news of the bay, by post."],
    )


def test_own_pages_are_trained_on_with_one_command(train: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's own pages, on which the body is what the shipped model would leave out: the legal notice below the story."""
    pages = []
    for number in range(30):
        truth, page = page_of(number)
        notice = [
            f"This notice is given under section {number + at} of the harbour act, and it binds all who moor here." for at in range(3)
        ]
        markup = "".join(f"<p class=legal>{line}</p>" for line in notice).encode()
        pages.append((truth | {"body": "\n".join(notice)}, page.replace(b"<article>", b"<div>").replace(b"</article>", b"</div>" + markup)))
    write_corpus(tmp_path / "notices", pages)
    output = tmp_path / "model.json"
    monkeypatch.setattr("sys.argv", ["train", str(tmp_path / "notices"), "--output", str(output), "--weight", "notices=2"])
    train.main()
    model = compile_model(json.loads(output.read_text()))
    for truth, page in pages[:8]:
        assert parse_prepared(prepare(read_document(page)), model).text.split("\n\n") == truth["body"].split("\n")


def test_pages_that_state_no_field_are_many_and_known_to_their_corpus(tmp_path: Path) -> None:
    rows = [
        json.loads(line) for line in (Path(__file__).parents[1] / "benchmarks" / "unstated.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for field in ("authors", "date", "subtitle"):
        assert sum(field in row["unstated"] for row in rows) >= 40
    row = rows[0]
    write_corpus(tmp_path / row["corpus"], [({"id": row["page"]}, b"<p>Text</p>"), ({"id": "another"}, b"<p>Text</p>")])
    truths = [truth for truth, _ in read_corpus(tmp_path / row["corpus"])]
    assert [truth.get("unstated") for truth in truths] == [row["unstated"], None]
