"""Measure the detectors of encodings that are installed, on pages that declare none.

    python -m benchmarks.encodings [--wrong] [--only NAME...]

A page is right where all of its text is. Each passage of ``encodings.toml`` is put into a page of ASCII markup at three lengths and in
each encoding that pages in its language are served in. Each detector sees all bytes of the page, and then again only the text, with
tags, scripts and styles taken out. ``newsparse`` is the whole of its decoding, which asks a detector only where it must.
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs
from lxml import etree

from newsparse.document.decode import decode
from newsparse.document.labels import codec_of

Detect = Callable[[bytes], str | None]

PASSAGES = Path(__file__).with_name("encodings.toml")
LENGTHS = (60, 300, 2_000)
# As much as newsparse looks at.
_BYTES = 65_536
_UNSPACED = {"ja", "th", "zh-Hans", "zh-Hant"}
_PLAIN = str.maketrans({**dict.fromkeys("„“”«»", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("–—", "-"), "\u200c": ""})
# windows-1258 writes the tones of Vietnamese as marks of their own.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NOT_TEXT = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_PAGE = """<!DOCTYPE html>
<html><head><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/css/main.css"><style>.nav{{display:flex}}.story p{{margin:0 0 1em}}</style>
<script>window.dataLayer=window.dataLayer||[];function track(e){{dataLayer.push({{event:e,time:Date.now()}})}}track("view");</script>
</head><body class="page article"><div id="header"><a href="/" class="logo"><img src="/static/logo.png" alt=""></a></div>
<div class="story" id="story-48121"><h1>{title}</h1>
{body}
</div><div id="footer"><a href="https://www.example.com/terms">Copyright</a></div>
<script src="/static/js/app.js" async></script></body></html>
"""


@attrs.frozen
class Page:
    """A page that declares no encoding.

    Attributes:
        length: of the text, in characters, at least.
        text: the page as it should be read.
    """

    language: str
    encoding: str
    length: int
    text: str
    data: bytes


@attrs.frozen
class Detector:
    """What guesses the encoding of bytes. ``load`` raises ImportError where it is not installed; ``module`` is what it imports."""

    name: str
    module: str
    load: Callable[[], Detect]


def undeclared_pages(lengths: Iterable[int] = LENGTHS) -> Iterator[Page]:
    """Each passage in each of its encodings and lengths."""
    lengths = tuple(lengths)
    for language, passage in tomllib.loads(PASSAGES.read_text(encoding="utf-8")).items():
        for encoding in passage["encodings"]:
            codec = codec_of(encoding) or encoding
            sentences = [spelled(sentence, codec) for sentence in passage["sentences"]]
            for length in lengths:
                text = page_of(sentences, length, "" if language in _UNSPACED else " ")
                yield Page(language, encoding, length, text, text.encode(codec))


def page_of(sentences: Sequence[str], length: int, space: str = " ") -> str:
    """A page with the first sentence as its headline, and paragraphs of two from the others, in turn, until it has the length."""
    title, *others = sentences
    told: list[str] = []
    while len(title) + sum(map(len, told)) < length:
        told.append(others[len(told) % len(others)])
    paragraphs = (f"<p>{space.join(told[start : start + 2])}</p>" for start in range(0, len(told), 2))
    return _PAGE.format(title=title, body="\n".join(paragraphs))


def spelled(text: str, codec: str) -> str:
    """The text as sites wrote it in an encoding that lacks some of its characters.

    >>> spelled("«Паром»", "koi8-r"), spelled("ế", "cp1258") == "ê\u0301"
    ('"Паром"', True)
    """
    return "".join(_spelled(character, codec) for character in text)


def _spelled(character: str, codec: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    for spelling in (character, character.translate(_PLAIN), letter + "".join(part for part in parts if part in _TONES)):
        try:
            spelling.encode(codec)
        except UnicodeEncodeError:
            continue
        return spelling
    raise ValueError(f"{codec} cannot spell {character!r}")


def _newsparse() -> Detect:
    # The evidence names the codec; what is timed is the decoding as well.
    return lambda data: getattr(decode(data).evidence, "raw", None)


def _chardet() -> Detect:
    detect = importlib.import_module("chardet").detect
    return lambda data: detect(data[:_BYTES])["encoding"]


def _charset_normalizer() -> Detect:
    from_bytes = importlib.import_module("charset_normalizer").from_bytes
    return lambda data: getattr(from_bytes(data[:_BYTES]).best(), "encoding", None)


def _charset_normalizer_of_the_web() -> Detect:
    from_bytes = importlib.import_module("charset_normalizer").from_bytes
    labels = importlib.import_module("newsparse.document.labels").CODECS.values()
    web = [codec.replace("-", "_") for codec in sorted(set(labels)) if not codec.startswith(("utf-16", "hz", "iso2022_kr"))]
    return lambda data: getattr(from_bytes(data[:_BYTES], cp_isolation=web).best(), "encoding", None)


def _chardetng() -> Detect:
    new = importlib.import_module("chardetng_py").EncodingDetector

    def detect(data: bytes) -> str:
        detector = new()
        detector.feed(data[:_BYTES], last=True)
        return str(detector.guess(tld=None, allow_utf8=True))

    return detect


def _cchardet() -> Detect:
    detect = importlib.import_module("cchardet").detect
    return lambda data: detect(data[:_BYTES])["encoding"]


def _resiliparse() -> Detect:
    detect = importlib.import_module("resiliparse.parse.encoding").detect_encoding
    return lambda data: detect(data, max_len=_BYTES)


def _lxml() -> Detect:
    return lambda data: etree.fromstring(data, etree.HTMLParser()).getroottree().docinfo.encoding


def _windows_1252() -> Detect:
    return lambda _: "windows-1252"


DETECTORS = (
    Detector("newsparse", "chardet", _newsparse),
    Detector("chardet", "chardet", _chardet),
    Detector("charset-normalizer", "charset_normalizer", _charset_normalizer),
    Detector("charset-normalizer, web's", "charset_normalizer", _charset_normalizer_of_the_web),
    Detector("chardetng-py", "chardetng_py", _chardetng),
    Detector("faust-cchardet", "cchardet", _cchardet),
    Detector("resiliparse", "resiliparse.parse.encoding", _resiliparse),
    Detector("lxml", "lxml.etree", _lxml),
    Detector("always windows-1252", "sys", _windows_1252),
)


def text_of(data: bytes) -> bytes:
    """The page without tags, scripts and styles."""
    return _NOT_TEXT.sub(b" ", data)


def is_right(page: Page, encoding: str | None) -> bool:
    """Whether the page reads as it should in an encoding."""
    codec = codec_of(encoding or "windows-1252")
    return codec is not None and page.data.decode(codec, "replace") == page.text


def measure(detect: Detect, pages: Sequence[Page]) -> tuple[list[Page], float]:
    """The pages that were read wrongly, and milliseconds of process time a page, once what is loaded at first use is loaded."""
    for page in pages:
        detect(page.data)
    start = time.process_time()
    found = [detect(page.data) for page in pages]
    spent = (time.process_time() - start) * 1_000 / len(pages)
    return [page for page, encoding in zip(pages, found, strict=True) if not is_right(page, encoding)], spent


def import_milliseconds(module: str) -> float:
    """What importing a module costs a fresh process, the least of five."""
    code = f"import time; start = time.perf_counter(); import {module}; print((time.perf_counter() - start) * 1000)"
    return min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in range(5))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="name what was read wrongly")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[detector.name for detector in DETECTORS], help="these detectors")
    options = parser.parse_args(arguments)
    pages = list(undeclared_pages())
    languages = len({page.language for page in pages})
    print(f"{len(pages)} pages: {languages} languages, {len(pages) // len(LENGTHS)} pairs of language and encoding\n")
    print(f"| detector | {' | '.join(f'{length:,}' for length in LENGTHS)} | all | text only | ms a page | import ms |")
    print(f"|---|{'---:|' * (len(LENGTHS) + 4)}")
    for detector in DETECTORS:
        if detector.name not in options.only:
            continue
        try:
            detect = detector.load()
        except ImportError:
            continue
        _print_row(detector, detect, pages, options.wrong)


def _print_row(detector: Detector, detect: Detect, pages: list[Page], name_wrong: bool) -> None:
    wrong, spent = measure(detect, pages)
    of_text, _ = measure(lambda data: detect(text_of(data)), pages)
    rates = [_rate([page for page in wrong if page.length == length], len(pages) // len(LENGTHS)) for length in LENGTHS]
    cells = (*rates, _rate(wrong, len(pages)), _rate(of_text, len(pages)), f"{spent:.2f}", f"{import_milliseconds(detector.module):.0f}")
    print(f"| {detector.name} | {' | '.join(cells)} |", flush=True)
    if name_wrong:
        print("  ", ", ".join(sorted({f"{page.language} {page.encoding}" for page in wrong})))


def _rate(wrong: list[Page], number: int) -> str:
    return f"{1 - len(wrong) / number:.1%}".replace("%", " %")


if __name__ == "__main__":
    main()
