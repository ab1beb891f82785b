"""The command line: exit status, streams, formats, and what a terminal gets to see."""

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from rich.cells import cell_len

from newsparse.cli import main
from newsparse.cli.blocks import block_view
from newsparse.cli.layouts import Format, json_text
from newsparse.cli.output import one_line, visible
from newsparse.cli.render import pretty
from newsparse.model import (
    Article,
    Author,
    Block,
    BoilerplateKind,
    Code,
    DatePrecision,
    Embed,
    Figure,
    Heading,
    Image,
    Link,
    ListBlock,
    ListItem,
    Note,
    Notice,
    NoticeCode,
    PageKind,
    Paragraph,
    Quote,
    Relation,
    Role,
    Run,
    Segment,
    Table,
    TableCell,
)

PARAGRAPH = "The harbour office said on Monday that the ferry would sail again in June, once the pier has been repaired and tested."
TITLE = "Ferry sails again in June – “at last”"


def page(title: str = TITLE) -> str:
    body = "".join(f"<p>{PARAGRAPH} Part {number}.</p>" for number in range(4))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav><a href="/">Home</a> <a href="/city">City</a></nav><article><h1>{title}</h1>{body}</article></body></html>"""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    return path


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_bytes(b"%PDF-1.7\n")
    return path


def environment(**more: str) -> dict[str, str]:
    terminal = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "PYTHONUTF8", "PYTHONIOENCODING")
    return {name: value for name, value in os.environ.items() if name not in terminal} | more


def newsparse(
    *args: str | Path,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    data: bytes | None = None,
    stdin: int | None = None,
    stdout: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsparse", *map(str, args)]
    full = environment(**(env or {}))
    return subprocess.run(
        command, env=full, cwd=cwd, input=data, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False
    )


# Exit status and error lines.


def test_all_parsed(saved: Path) -> None:
    done = newsparse(saved, saved)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 2


def test_one_line_a_failure_and_the_others_still_done(saved: Path, binary: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    done = newsparse(missing, tmp_path, binary, saved, "--format", "text")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"newsparse: {missing}: No such file or directory",
        f"newsparse: {tmp_path}: Is a directory",
        f"newsparse: {binary}: a PDF document, not a page or text",
    ]
    assert done.stdout.decode().startswith(f"==> {saved} <==\n\n{TITLE}\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission(saved: Path) -> None:
    saved.chmod(0)
    done = newsparse(saved)
    assert (done.returncode, done.stderr.decode()) == (1, f"newsparse: {saved}: Permission denied\n")


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--no-such-option", "page.html"],
        ["--format", "pdf", "page.html"],
        ["--url", "https://a.example/", "one.html", "two.html"],
        ["--format", "html", "one.html", "two.html"],
        ["page.html", "--output", "no/such/folder/page.json"],
        ["page.html", "--output", "."],
        ["page.html", "--output", "./page.html"],
        ["schema", "page.html"],
    ],
)
def test_wrong_use(args: list[str], saved: Path) -> None:
    before = saved.read_bytes()
    done = newsparse(*args, cwd=saved.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Usage: newsparse" in done.stderr
    assert b"Traceback" not in done.stderr
    assert saved.read_bytes() == before


def test_a_failure_line_shows_no_control_characters(tmp_path: Path) -> None:
    done = newsparse(tmp_path / "a\x1b[2J\nb")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr


# Input.


def test_standard_input() -> None:
    done = newsparse("-", "--url", "https://harbour.example/ferry", data=gzip.compress(page().encode()))
    record = json.loads(done.stdout)
    assert (done.returncode, record["source"]) == (0, "-")
    assert (record["article"]["title"], record["article"]["url"]) == (TITLE, "https://harbour.example/ferry")


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor with the shell")
@pytest.mark.parametrize(("redirection", "status"), [("<&-", 1), (">&-", 2), ("2>&-", 0)])
def test_closed_streams(saved: Path, redirection: str, status: int) -> None:
    source = "-" if redirection == "<&-" else str(saved)
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m newsparse "$1" {redirection}', sys.executable, source], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


def test_gzip_and_mhtml(tmp_path: Path) -> None:
    packed, saved = tmp_path / "packed", tmp_path / "saved"
    packed.write_bytes(gzip.compress(page().encode()))
    headers = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://harbour.example/\r\n\r\n"
    saved.write_bytes((headers + page()).encode())
    records = [json.loads(line) for line in newsparse(packed, saved).stdout.splitlines()]
    assert [record["article"]["title"] for record in records] == [TITLE, TITLE]
    assert records[1]["article"]["url"] == "https://harbour.example/"


def test_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<title>Паром</title><h1>Паром</h1>".encode("koi8-r"))
    assert json.loads(newsparse(path, "--encoding", "koi8-r").stdout)["article"]["title"] == "Паром"


@pytest.mark.parametrize("args", [["./schema"], ["--", "schema"], ["parse", "schema"]])
def test_a_file_may_be_named_as_a_command(tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "schema").write_text(page(), encoding="utf-8")
    done = newsparse(*args, cwd=tmp_path)
    assert json.loads(done.stdout)["article"]["title"] == TITLE


# Output.


def test_json_lines_are_what_is_piped(saved: Path, binary: Path) -> None:
    done = newsparse(saved, binary)
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert first["source"] == str(saved)
    assert Article.from_dict(first["article"]).title == TITLE
    assert second == {"source": str(binary), "error": "a PDF document, not a page or text"}


def test_json_of_one_file_is_the_article(saved: Path) -> None:
    done = newsparse(saved, "--format", "json")
    assert Article.from_json(done.stdout).title == TITLE
    assert done.stdout.startswith(b"{\n  ")


def test_json_of_several_files_is_an_array(saved: Path, binary: Path) -> None:
    done = newsparse(binary, saved, "--format", "json")
    failed, parsed = json.loads(done.stdout)
    assert failed == {"source": str(binary), "error": "a PDF document, not a page or text"}
    assert parsed["source"] == str(saved)
    assert parsed["article"]["title"] == TITLE


def test_json_of_a_failure_is_nothing(binary: Path) -> None:
    done = newsparse(binary, "--format", "json")
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.parametrize("output_format", list(Format))
def test_every_format_ends_with_one_line_end(saved: Path, output_format: Format) -> None:
    done = newsparse(saved, "--format", output_format)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "harbour office" in done.stdout.decode()
    assert done.stdout.endswith(b"\n")
    assert not done.stdout.endswith(b"\n\n")


@pytest.mark.parametrize(("output_format", "between"), [("text", "\n==> "), ("markdown", "\n---\n\n"), ("pretty", "\n")])
def test_several_files_are_set_apart(saved: Path, output_format: str, between: str) -> None:
    assert between in newsparse(saved, saved, "--format", output_format).stdout.decode()


def test_output_is_written_to_a_file(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "articles.jsonl"
    done = newsparse(saved, saved, "--output", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert [json.loads(line)["source"] for line in target.read_text(encoding="utf-8").splitlines()] == [str(saved)] * 2


def test_a_dash_as_output_is_standard_output(saved: Path) -> None:
    done = newsparse(saved, "--output", "-", cwd=saved.parent)
    assert json.loads(done.stdout)["source"] == str(saved)
    assert [path.name for path in saved.parent.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
@pytest.mark.parametrize("output_format", list(Format))
def test_output_is_utf_8_whatever_the_locale(saved: Path, env: dict[str, str], output_format: Format) -> None:
    done = newsparse(saved, "--format", output_format, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "– “at last”" in done.stdout.decode("utf-8")


def test_main_writes_to_a_replaced_standard_output(saved: Path) -> None:
    with redirect_stdout(io.StringIO()) as stream:
        assert main([str(saved), "--format", "text"]) == 0
    assert stream.getvalue().startswith(TITLE)


def test_schema_is_a_json_schema() -> None:
    done = newsparse("schema")
    assert done.returncode == 0
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["parse", "--help"]])
def test_help_shows_options_commands_and_examples(args: list[str]) -> None:
    done = newsparse(*args)
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert text.startswith("Usage: newsparse [OPTIONS] FILE...")
    for word in ("--format", "--url", "--encoding", "--output", "--version", "newsparse schema", "Examples:"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 80


def test_version() -> None:
    assert re.fullmatch(r"newsparse, version \d+\.\d+\.\d+\S*\s+", newsparse("--version").stdout.decode())


# How it ends.


@pytest.mark.parametrize("args", [["page.html"], ["page.html"] * 50, ["--help"], ["schema"], ["page.html", "--format", "pretty"]])
def test_a_closed_pipe_ends_quietly(saved: Path, args: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = newsparse(*args, stdout=writer, cwd=saved.parent)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_pipe_closed_midway_ends_quietly(saved: Path) -> None:
    command = [sys.executable, "-m", "newsparse", *[str(saved)] * 300]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_closed_pipe_does_not_hide_a_failure(saved: Path, binary: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = newsparse(binary, saved, "--format", "text", stdout=writer)
    finally:
        os.close(writer)
    assert done.returncode == 1
    assert done.stderr.decode() == f"newsparse: {binary}: a PDF document, not a page or text\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("args", [["page.html"], ["--help"], ["schema"], ["page.html", "--output", "/dev/full"]])
def test_a_full_disk_is_one_line(saved: Path, args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = newsparse(*args, stdout=full.fileno(), cwd=saved.parent)
    assert (done.returncode, done.stderr) == (1, b"newsparse: cannot write: No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_an_interrupt_ends_quietly(saved: Path) -> None:
    # Tests started in the background may have inherited that interrupts are ignored.
    heed = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"import signal, sys; {heed}; from newsparse.cli import main; sys.exit(main(sys.argv[1:]))"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(saved), "-"], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""


# Without the extra.


@pytest.mark.parametrize("package", ["click", "rich"])
@pytest.mark.parametrize("args", [["page.html"], ["page.html", "--format", "pretty"], ["--help"]])
def test_without_the_extra(saved: Path, package: str, args: list[str]) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from newsparse.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, cwd=saved.parent, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'newsparse: the command line needs its extra: pip install "newsparse[cli]"\n'


def test_importing_the_command_line_loads_neither_click_nor_rich() -> None:
    code = "import sys, newsparse.cli; print([name for name in ('click', 'rich') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"


# On a terminal.


def on_terminal(*args: str | Path, env: dict[str, str]) -> str:
    """What a terminal receives."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    screen, device = pty.openpty()
    command = [sys.executable, "-m", "newsparse", *map(str, args)]
    with subprocess.Popen(command, stdin=device, stdout=device, env=environment(**{"TERM": "xterm-256color"} | env)):
        os.close(device)
        received = b"".join(iter(lambda: read_screen(screen), b""))
    os.close(screen)
    return received.decode().replace("\r\n", "\n")


def read_screen(screen: int) -> bytes:
    try:
        return os.read(screen, 65536)
    except OSError:  # how Linux says that nobody writes to it any more
        return b""


STYLED = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])(?:;[0-9;]*)?m")


def test_a_terminal_gets_the_pretty_format(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page().replace("</p><p>", "</p><h2>What it <i>cost</i></h2><p>", 1), encoding="utf-8")
    shown = on_terminal(path, env={"COLUMNS": "80"})
    assert STYLED.search(shown)
    assert COLOUR.search(shown)
    assert "Removed:" in shown
    assert not COLOUR.search(on_terminal(path, env={"COLUMNS": "80", "NO_COLOR": "1"}))
    assert "\x1b" not in on_terminal(path, env={"COLUMNS": "80", "TERM": "dumb"})


EVIL = "\x1b]0;evil\x07\x1b[2J\x9b31m\x7f\r\x08"


@pytest.mark.parametrize("output_format", list(Format))
def test_a_page_gives_no_orders_to_a_terminal(tmp_path: Path, output_format: Format) -> None:
    path = tmp_path / "page.html"
    evil = "&#27;]0;evil&#7;&#27;[2J\x9b31m\x7f"
    path.write_text(page(f"Title {evil}").replace("Part 2", f"Part {evil} 2 <pre>a {evil}</pre>"), encoding="utf-8")
    shown = on_terminal(path, "--format", output_format, env={"COLUMNS": "80"})
    ours = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ours.sub("", shown))


# The pretty format, from records.

LONG = "Officials said that the works on the quay are slated to finish in spring, and that the market moves back by then. " * 3


def removed(text: str, kind: BoilerplateKind, reason: str) -> Segment:
    return Segment(text, Role.BOILERPLATE, kind, reason, "/html/body/div")


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def row(*texts: str, header: bool = False) -> tuple[TableCell, ...]:
    return tuple(TableCell(runs(text), header) for text in texts)


ARTICLE = Article(
    kind=PageKind.LIVE_BLOG,
    title="Harbour town opens its tram line",
    subtitle="The first cars ran at dawn",
    authors=(Author("Ada Lovelace"), Author("Jörg Müller")),
    published=datetime(2024, 5, 3, 14, 5, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    published_precision=DatePrecision.MINUTE,
    modified=datetime(2024, 5, 4, tzinfo=UTC),
    modified_precision=DatePrecision.DAY,
    language="en",
    site_name="The Harbour Times",
    section="City",
    tags=("trams", "transport"),
    url="https://harbour.example/tram",
    is_free=False,
    body=(
        Paragraph((Run(LONG), Run("a link", "https://harbour.example/x"), Run("strong", strong=True), Run("code()", code=True))),
        Heading(runs("What it cost"), 2),
        ListBlock((ListItem(runs("one")), ListItem(runs("inner"), 1), ListItem(runs("inner two"), 1), ListItem(runs("two"))), ordered=True),
        ListBlock((ListItem(runs("a bullet " + LONG)),)),
        Quote(runs(LONG), "The mayor"),
        Table((row("Year", "Cost", header=True), row("2013", "12 million"), row("2024"))),
        Table((row(*"abcdefghijkl"),)),
        Figure(Image("https://harbour.example/i.jpg", "A tram", "J. Doe/AP")),
        Figure(Image("https://harbour.example/j.jpg")),
        Embed("https://social.example/1", runs("What a day!")),
        Embed(None),
        Code("def f():\n    return 1"),
        Paragraph(runs("An earlier version misstated the year."), Note.CORRECTION),
    ),
    previous=Link("https://harbour.example/a", "Ferry timetable", Relation.PREVIOUS),
    next=Link(None, "Council votes", Relation.NEXT),
    next_page=Link("https://harbour.example/tram/2", "2", Relation.NEXT_PAGE),
    related=tuple(Link(f"https://harbour.example/{number}", f"Related {number}", Relation.RELATED) for number in range(12)),
    segments=(
        Segment("Harbour town opens its tram line", Role.TITLE, None, "the only h1", "/html/body/h1"),
        removed("Home News City", BoilerplateKind.NAVIGATION, "in a nav element"),
        removed("No time to read?", BoilerplateKind.SUMMARY_PROMPT, "a summary prompt"),
        removed("Get a summary", BoilerplateKind.SUMMARY_PROMPT, "a summary prompt"),
        removed("We use cookies " * 30, BoilerplateKind.COOKIE, "a cookie banner"),
    ),
    notices=(Notice(NoticeCode.METADATA_UNREADABLE, "the page states two titles"),),
)


def test_pretty_shows_everything_worth_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = pretty(ARTICLE)
    for words in (
        "The Harbour Times · City · en · live blog · for subscribers",
        "Harbour town opens its tram line",
        "The first cars ran at dawn",
        "Ada Lovelace, Jörg Müller · 3 May 2024, 14:05 UTC-03:30 · updated 4 May 2024",
        "1. one\n   1. inner\n   2. inner two\n2. two\n",
        "• a bullet",
        "│ Officials",
        "│ — The mayor",
        "Year   Cost",
        "a │ b │ c",
        "▪ Image: A tram · J. Doe/AP",
        "▏ What a day!",
        "    def f():\n        return 1",
        "Correction\n┆ An earlier",
        "Previous   Ferry timetable\n           https://harbour.example/a",
        "Next       Council votes\n",
        "and 2 more",
        "trams, transport",
        "Removed: 4 pieces, 100 words",
        "! the page states two titles",
    ):
        assert words in shown


def test_pretty_groups_what_was_removed_largest_first() -> None:
    _, _, table = pretty(ARTICLE).partition("Removed:")
    assert re.findall(r"^(cookie|navigation|summary prompt) +(\d+) +(\d+) ", table, re.MULTILINE) == [
        ("cookie", "1", "90"),
        ("summary prompt", "2", "7"),
        ("navigation", "1", "3"),
    ]
    assert "a summary prompt" in table


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_pretty_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = pretty(ARTICLE, name="page.html").split("\n")
    assert max(map(cell_len, lines)) <= min(columns, 88)
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in "\n".join(lines)


@pytest.mark.parametrize("kind", list(PageKind))
def test_pretty_shows_an_article_without_anything(kind: PageKind) -> None:
    shown = pretty(Article(kind=kind))
    assert "Untitled" in shown
    assert "No body was found." in shown
    assert "Removed: 0 pieces, 0 words" in shown


@pytest.mark.parametrize("block", get_args(Block))
def test_every_block_has_a_view(block: type[Block]) -> None:
    example = next(item for item in ARTICLE.body if isinstance(item, block))
    assert block_view(example)


def poisoned(value: Any) -> Any:
    """``value`` with something evil in every text."""
    if attrs.has(type(value)):
        return attrs.evolve(value, **{field.name: poisoned(getattr(value, field.name)) for field in attrs.fields(type(value))})
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    return value + EVIL if type(value) is str else value


@pytest.mark.parametrize("styled", [True, False])
def test_pretty_passes_no_control_characters_on(monkeypatch: pytest.MonkeyPatch, styled: bool) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = pretty(poisoned(ARTICLE), name="page" + EVIL, terminal=styled)
    assert "evil" in shown
    ours = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\") if styled else re.compile("$^")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ours.sub("", shown))


def test_only_web_addresses_become_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    body = (Paragraph((Run("a", "javascript:alert(1)"), Run("b", "file:///etc/passwd"), Run("c", "HTTPS://harbour.example/"))),)
    shown = pretty(Article(PageKind.ARTICLE, body=body), terminal=True)
    assert "javascript" not in shown
    assert "passwd" not in shown
    assert "HTTPS://harbour.example/" in shown


# Helpers.


@pytest.mark.parametrize("text", ["", "plain", "tab\tand\nline", "é 中 🙂", EVIL])
def test_visible_is_idempotent_and_as_long(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert len(visible(text)) == len(text)


def test_one_line_is_one_line() -> None:
    assert one_line(" a\n\tb\u2028c \x85 d") == "a b c d"


def test_json_text_is_lossless_and_one_line() -> None:
    data = {"text": EVIL + "\x85\u2028\u2029\n", "é": 1}
    text = json_text(data)
    assert json.loads(text) == data
    assert len(text.splitlines()) == 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", text)
