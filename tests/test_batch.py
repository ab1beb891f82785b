"""Files and batches: what a file holds decides how it is read, and a source that fails is a result."""

import gzip
import itertools
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from newsparse.batch.files import parse_file, read_bounded
from newsparse.batch.many import Source, parse_many
from newsparse.batch.mhtml import is_mhtml, mhtml_page
from newsparse.errors import LimitExceededError, UnsupportedInputError
from newsparse.model import PageKind, Result
from newsparse.options import Limits, Options

PARAGRAPH = "The harbour office said on Monday that the ferry would sail again in June, once the pier has been repaired and tested."


def page(title: str = "Ferry sails again in June") -> str:
    body = "".join(f"<p>{PARAGRAPH} Part {number}.</p>" for number in range(4))
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def mhtml(
    part_headers: str = 'Content-Type: text/html; charset="utf-8"\nContent-Location: https://part.example/',
    content: str = page(),
    headers: str = "Snapshot-Content-Location: https://snapshot.example/",
    related: str = 'multipart/related; type="text/html"; boundary="--=b"',
    before: str = "",
) -> bytes:
    text = f"""\
From: <Saved by Blink>
{headers}
MIME-Version: 1.0
Content-Type: {related}

----=b
{before}{part_headers}

{content}
----=b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
----=b--
"""
    return text.replace("\n", "\r\n").encode()


# Files: what they hold.


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.gz", "page.pdf", "page"])
@pytest.mark.parametrize(
    "data",
    [
        page().encode(),
        gzip.compress(page().encode()),
        mhtml(),
        gzip.compress(mhtml()),
        page().encode("utf-16"),
        ("Ferry sails again in June\n\n" + "\n\n".join([PARAGRAPH] * 4)).encode(),
    ],
    ids=["html", "html.gz", "mhtml", "mhtml.gz", "utf-16", "text"],
)
def test_the_content_decides_and_not_the_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    article = parse_file(path)
    assert article.title == "Ferry sails again in June"
    assert article.text.count("harbour office") == 4


def test_a_path_is_a_str_or_a_path_object(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page())
    assert parse_file(str(path)) == parse_file(path)


def test_url_and_encoding_are_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page("Паром снова ходит").encode("koi8-r"))
    article = parse_file(path, url="https://harbour.example/ferry", encoding="koi8-r")
    assert (article.title, article.url) == ("Паром снова ходит", "https://harbour.example/ferry")


def test_an_empty_file_is_an_empty_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"")
    assert parse_file(path).kind is PageKind.EMPTY


# Files: what cannot be read.


def test_a_missing_file_and_a_directory_raise_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parse_file(tmp_path / "missing.html")
    with pytest.raises((IsADirectoryError, PermissionError)):
        parse_file(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_raises_oserror(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page())
    path.chmod(0)
    with pytest.raises(PermissionError):
        parse_file(path)


@pytest.mark.parametrize("path", [0, b"page.html", None, "a\0b", "\ud800"])
def test_what_is_no_path_raises_unsupported_input(path: object) -> None:
    with pytest.raises((UnsupportedInputError, FileNotFoundError)):
        parse_file(cast("str", path))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "JPEG"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"BZh91AY&SY\x00", "bzip2"),
        (b"\xfd7zXZ\x00\x00", "xz"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"bplist00\xd1\x01", "property list"),
        (b"page.html".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (gzip.compress(gzip.compress(b"<p>page</p>")), "inside gzip"),
        (bytes(1000), "binary"),
        (random.Random(1).randbytes(5000), "binary"),
        (b"\x01\x02\x03\x00\x10\x11\x12", "binary"),
    ],
)
def test_a_binary_file_raises_unsupported_input(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(UnsupportedInputError, match=word):
        parse_file(path)


@pytest.mark.parametrize(
    "data",
    [
        page("港の渡し船").encode("iso2022_jp"),
        page("港の渡し船").encode("shift_jis"),
        page("港口渡轮").encode("gb18030"),
        page("Паром").encode("cp1251"),
        page().replace("ferry", "fer\0ry").encode(),
        page().encode("utf-16-le"),
        page().encode("utf-16-be"),
        b"<p>a\0b</p>",
    ],
)
def test_text_in_any_encoding_is_not_binary(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    assert parse_file(path).segments


def test_a_named_encoding_says_that_it_is_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("\x01\x02\x03\x04\x05\x06".encode("utf-16-le") * 50)
    with pytest.raises(UnsupportedInputError):
        parse_file(path)
    assert parse_file(path, encoding="utf-16-le").segments


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(page().encode())[:-12],
        gzip.compress(page().encode())[:40],
        gzip.compress(page().encode()) + b"more",
        gzip.compress(page().encode())[:20] + b"\xff" * 100,
    ],
)
def test_damaged_gzip_data_raises_unsupported_input(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(data)
    with pytest.raises(UnsupportedInputError, match="damaged gzip"):
        parse_file(path)


# Files: limits.


class Endless:
    """A stream without an end, that counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int, /) -> bytes:
        self.taken += size
        return bytes(size)


def test_reading_stops_at_the_limit() -> None:
    stream = Endless()
    with pytest.raises(LimitExceededError, match="larger than 100,000 bytes"):
        read_bounded(stream, 100_000)
    assert stream.taken <= 2 * 1024 * 1024


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    path.write_bytes(gzip.compress(bytes(10_000_000)) * 2000)  # 20 GB, unpacked
    started = time.process_time()
    with pytest.raises(LimitExceededError):
        parse_file(path, options=Options(limits=Limits(bytes=25_000_000)))
    assert time.process_time() - started < 5


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    data = page().encode()
    plain, packed = tmp_path / "page.html", tmp_path / "page.html.gz"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    for path in (plain, packed):
        assert parse_file(path, options=Options(limits=Limits(bytes=len(data)))).title
        with pytest.raises(LimitExceededError):
            parse_file(path, options=Options(limits=Limits(bytes=len(data) - 1)))


# MHTML.


def test_the_part_states_url_and_encoding() -> None:
    found = mhtml_page(mhtml())
    assert (found.url, found.encoding) == ("https://part.example/", "utf-8")
    assert found.content.decode().replace("\r\n", "") == page()


def test_an_argument_goes_before_what_the_file_states(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(mhtml('Content-Type: text/html; charset="windows-1251"', page("Паром")))
    article = parse_file(path, url="https://argument.example/", encoding="utf-8")
    assert (article.title, article.url) == ("Паром", "https://argument.example/")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/long\n /path", "https://a.example/long/path"),
        ("=?utf-8?Q?https://a.example/caf=C3=A9?=", "https://a.example/café"),
        ("=?no-such?Q?x?=", "https://snapshot.example/"),
        ("=?utf-\0?Q?x?=", "https://snapshot.example/"),
        ("cid:frame-1@mhtml.blink", "https://snapshot.example/"),
        ("file:///C:/page.html", "https://snapshot.example/"),
        ("https://a.example/" + "a" * 10_000, "https://snapshot.example/"),
    ],
)
def test_the_url_is_the_first_web_address(location: str, url: str) -> None:
    assert mhtml_page(mhtml(f"Content-Type: text/html\nContent-Location: {location}")).url == url


def test_no_web_address_is_no_url() -> None:
    assert mhtml_page(mhtml("Content-Type: text/html", headers="X: y")).url is None


@pytest.mark.parametrize(
    ("encoding", "content"),
    [("quoted-printable", "<p>caf=C3=A9</=\np>"), ("base64", "PHA+Y2Fmw6k8L3A+"), ("8bit", "<p>café</p>"), ("binary", "<p>café</p>")],
)
def test_transfer_encodings(encoding: str, content: str) -> None:
    found = mhtml_page(mhtml(f"Content-Type: text/html\nContent-Transfer-Encoding: {encoding}", content))
    assert found.content.strip() == "<p>café</p>".encode()


FRAME = "Content-Type: text/html\nContent-ID: <frame>\n\n<p>a frame</p>\n----=b\n"


def test_the_start_parameter_names_the_page() -> None:
    named = 'multipart/related; start="<root>"; boundary="--=b"'
    found = mhtml_page(mhtml("Content-Type: text/html\nContent-ID: <root>", "<p>the page</p>", related=named, before=FRAME))
    assert found.content == b"<p>the page</p>"


@pytest.mark.parametrize("start", ['; start="<missing>"', ""])
def test_else_the_first_page_is_taken(start: str) -> None:
    found = mhtml_page(mhtml(related=f'multipart/related{start}; boundary="--=b"', before=FRAME))
    assert found.content == b"<p>a frame</p>"


def test_a_single_part_is_a_page_too() -> None:
    data = b"\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>page</p>"
    assert is_mhtml(data)
    assert mhtml_page(data).content == b"<p>page</p>"
    assert mhtml_page(data).encoding == "koi8-r"


def nested(levels: int) -> bytes:
    headers = (f"Content-Type: multipart/related; boundary=b{level}\n\n--b{level}\n" for level in range(levels))
    return ("MIME-Version: 1.0\n" + "".join(headers) + "Content-Type: text/html\n\n<p>page</p>\n").encode()


@pytest.mark.parametrize(
    "data",
    [
        mhtml("Content-Type: text/css"),
        mhtml(related="multipart/related"),
        nested(2000),
        nested(2000).replace(b"\n", b"\r"),
        mhtml("Content-Type: text/html" + ";a" * 500_000),
        mhtml("Content-Type: text/html" + ";\n a" * 500_000),
    ],
    ids=["no page", "no boundary", "nested", "nested, old line ends", "long header", "long header, folded"],
)
def test_mhtml_without_a_page_to_find_raises_unsupported_input(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(UnsupportedInputError):
        mhtml_page(data)
    assert time.process_time() - started < 5


def test_nested_parts_are_found() -> None:
    assert mhtml_page(nested(3)).content.strip() == b"<p>page</p>"


@pytest.mark.parametrize("data", [page().encode(), b"", b"Title: a page\n\nText.", b"MIME-Version: 1.0 is a header.\n\nText."])
def test_pages_and_texts_are_not_mhtml(data: bytes) -> None:
    assert not is_mhtml(data)


# Batches.


@pytest.fixture
def mixed(tmp_path: Path) -> list[Source]:
    """A page, a file, a pair with a URL, a missing file, a binary file, a wrong type, bytes."""
    good, binary = tmp_path / "good.html", tmp_path / "binary.html"
    good.write_text(page("From a file"))
    binary.write_bytes(bytes(100))
    return [
        page("First"),
        good,
        (good, "https://harbour.example/"),
        tmp_path / "missing.html",
        binary,
        cast("str", 7),
        page("Last").encode(),
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_is_a_result(mixed: list[Source], tmp_path: Path, workers: int) -> None:
    results = list(parse_many(mixed, workers=workers))
    good, missing, binary = (str(tmp_path / f"{name}.html") for name in ("good", "missing", "binary"))
    assert [result.source for result in results] == ["0", good, good, missing, binary, "5", "6"]
    titles = [result.article.title if result.article else None for result in results]
    assert titles == ["First", "From a file", "From a file", None, None, None, "Last"]
    errors = [result.error for result in results]
    assert [bool(error) for error in errors] == [False, False, False, True, True, True, False]
    assert errors[3] == "No such file or directory"
    assert "binary data" in (errors[4] or "")
    assert "a source is a page" in (errors[5] or "")
    assert results[2].article is not None
    assert results[2].article.url == "https://harbour.example/"


def test_workers_do_not_change_results(mixed: list[Source]) -> None:
    alone = list(parse_many(mixed))
    assert list(parse_many(mixed, workers=2)) == alone
    unordered = list(parse_many(mixed, workers=2, ordered=False))
    assert len(unordered) == len(alone)
    assert set(unordered) == set(alone)


@pytest.mark.parametrize("workers", [0, -1])
def test_no_worker_raises_at_once(workers: int) -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        parse_many([], workers=workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_in_nothing_out(workers: int) -> None:
    assert list(parse_many([], workers=workers)) == []


class Counted:
    """An endless iterable of pages that counts how many were taken."""

    def __init__(self) -> None:
        self.taken = 0

    def __iter__(self) -> Iterator[Source]:
        for number in itertools.count():
            self.taken += 1
            yield page(f"Page {number}")


@pytest.mark.parametrize(("workers", "ordered", "ahead"), [(1, True, 0), (2, True, 8), (2, False, 8)])
def test_sources_are_taken_lazily(workers: int, ordered: bool, ahead: int) -> None:
    sources = Counted()
    results = parse_many(sources, workers=workers, ordered=ordered)
    assert sources.taken == 0
    assert len(list(itertools.islice(results, 10))) == 10
    assert 10 <= sources.taken <= 10 + ahead


def test_closing_ends_the_workers() -> None:
    with closing(cast("Generator[Result]", parse_many(Counted(), workers=2))) as results:
        next(results)
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


class Crash(str):
    """A URL that ends the process which receives it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


@pytest.mark.parametrize("ordered", [True, False])
def test_a_crash_costs_only_the_source_that_crashed(ordered: bool) -> None:
    sources: list[Source] = [page(f"Page {number}") for number in range(30)]
    sources[4] = (page("Page 4"), Crash("https://harbour.example/"))
    sources[21] = (page("Page 21"), Crash("https://harbour.example/"))
    results = sorted(parse_many(sources, workers=2, ordered=ordered), key=lambda result: int(result.source))
    assert [result.source for result in results] == [str(number) for number in range(30)]
    crashed = {result.source: result.error for result in results if result.article is None}
    assert crashed == dict.fromkeys(["4", "21"], "the process that parsed it crashed")


def run_script(path: Path, code: str) -> subprocess.CompletedProcess[str]:
    path.write_text(textwrap.dedent(code))
    return subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=120, check=False)


def test_workers_may_be_spawned(tmp_path: Path) -> None:
    done = run_script(
        tmp_path / "script.py",
        """
        import multiprocessing
        from newsparse.batch.many import parse_many

        if __name__ == "__main__":
            multiprocessing.set_start_method("spawn")
            results = parse_many(["<h1>One</h1><p>Text.</p>", b"<h1>Two</h1><p>Text.</p>"], workers=2)
            print([(result.source, result.article.title) for result in results])
        """,
    )
    assert (done.stdout, done.stderr) == ("[('0', 'One'), ('1', 'Two')]\n", "")


def test_workers_that_cannot_start_raise(tmp_path: Path) -> None:
    done = run_script(
        tmp_path / "script.py",
        """
        import multiprocessing
        from newsparse.batch.many import parse_many

        multiprocessing.set_start_method("spawn", force=True)
        print(list(parse_many(["<p>One</p>"] * 1000, workers=2)))
        """,
    )
    assert done.returncode == 1
    assert "BrokenProcessPool" in done.stderr
    assert not done.stdout


@pytest.mark.skipif(os.name != "posix", reason="sends a signal to a group of processes")
def test_an_interrupt_ends_the_workers_too(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            """
            import itertools, signal
            from newsparse.batch.many import parse_many

            if __name__ == "__main__":
                signal.signal(signal.SIGINT, signal.default_int_handler)
                for result in parse_many(("<p>page</p>" for _ in itertools.count()), workers=2):
                    print(result.source, flush=True)
            """
        )
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, script], stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        error = process.stderr.read()
        process.wait(60)
    assert error.count("Traceback") == 1
    assert error.endswith("KeyboardInterrupt\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_importing_loads_no_worker_machinery() -> None:
    code = "import sys, newsparse.batch.many; print([n for n in ('multiprocessing', 'concurrent.futures') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
