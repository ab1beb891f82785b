"""A file → an article. What the file holds decides, never its name: a page, saved text or MHTML, any of them gzipped."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from newsparse.batch.mhtml import is_mhtml, mhtml_page
from newsparse.errors import LimitExceededError, UnsupportedInputError
from newsparse.model import Article
from newsparse.options import Options
from newsparse.pipeline import parse

_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b\x08"

# (offset, magic bytes, what such a file is). Each is long or odd enough that no page or text begins so.
_FORMATS = (
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (0, b"PK\x03\x04", "a ZIP archive or a document in one, such as .docx or .epub"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, _GZIP, "gzip data inside gzip data"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (4, b"1AY&SY", "bzip2 data"),
    (0, b"\xfd7zXZ\x00", "xz data"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (257, b"ustar", "a tar archive"),
    (0, b"bplist00", "a binary property list, such as a Safari web archive"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBPVP8", "a WebP image"),
    (4, b"ftyp", "an MP4 video or a relative of it"),
    (0, b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (0, b"OggS\x00", "an Ogg recording"),
    (0, b"ID3\x03", "an MP3 recording"),
    (0, b"ID3\x04", "an MP3 recording"),
    (0, b"\x7fELF", "a program"),
)

# Control characters that no text encoding uses. Tab, line and page breaks are text; so are shift out, shift in and
# escape, which the ISO 2022 encodings switch with.
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r\x0e\x0f\x1b"})
_SAMPLE = 64 * 1024
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


def parse_file(
    path: str | os.PathLike[str],
    *,
    url: str | None = None,
    encoding: str | None = None,
    options: Options = Options(),
) -> Article:
    """Parse a saved page, text or MHTML file, gzipped or not.

    Args:
        path: the file. Its name decides nothing.
        url: where the page is from; an MHTML file that states it needs none.
        encoding: how the page is encoded, where that is known; an MHTML file states it.
        options: how to parse.

    Raises:
        OSError: the file is missing, unreadable or a directory.
        UnsupportedInputError: the file is binary, damaged, or holds no page.
        LimitExceededError: the file, or what it unpacks to, is larger than ``options.limits`` allows.
    """
    with _open(path) as stream:
        data = read_bounded(stream, options.limits.bytes)
    return parse_data(data, url=url, encoding=encoding, options=options)


def parse_data(data: bytes, *, url: str | None, encoding: str | None, options: Options) -> Article:
    """Parse what a file holds; see ``parse_file``, whose errors it raises, but for ``OSError``."""
    data = _unpacked(data, options.limits.bytes)
    if is_mhtml(data):
        page = mhtml_page(data)
        return parse(page.content, url=url or page.url, encoding=encoding or page.encoding, options=options)
    _reject_binary(data, encoding)
    return parse(data, url=url, encoding=encoding, options=options)


def read_bounded(stream: Readable, limit: int) -> bytes:
    """All of ``stream``. Stops and raises ``LimitExceededError`` as soon as it turns out to be longer than ``limit`` bytes."""
    chunks = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise LimitExceededError(f"larger than {limit:,} bytes, the limit that Options.limits sets")
        chunks.append(chunk)
    return b"".join(chunks)


def _open(path: str | os.PathLike[str]) -> BinaryIO:
    # open() would take a number for a file descriptor.
    if not isinstance(path, str | os.PathLike):
        raise UnsupportedInputError(f"a path is a str or an os.PathLike, not {type(path).__name__}")
    try:
        return open(path, "rb")
    except ValueError as error:
        raise UnsupportedInputError(f"no file can have this name: {error}") from error


def _unpacked(data: bytes, limit: int) -> bytes:
    """``data``, out of its gzip packing where it has one."""
    if not data.startswith(_GZIP):
        return data
    import gzip
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return read_bounded(stream, limit)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnsupportedInputError("damaged gzip data") from error


def _reject_binary(data: bytes, encoding: str | None) -> None:
    for offset, magic, name in _FORMATS:
        if data.startswith(magic, offset):
            raise UnsupportedInputError(f"{name}, not a page or text")
    # A caller who names the encoding knows that this is text, and of an encoding that may well look binary.
    if encoding is None and _looks_binary(data[:_SAMPLE]):
        raise UnsupportedInputError("binary data, not a page or text")


def _looks_binary(sample: bytes) -> bool:
    """Whether a twentieth is control characters: of packed or random data it is a tenth, of text a few strays."""
    if sample.startswith(_UTF_16_MARKS):
        return False
    return all(_controls(text) > max(1, len(text) // 20) for text in _readings(sample))


def _readings(sample: bytes) -> Iterator[bytes]:
    """The sample as it stands and, where every other byte is zero as in UTF-16 without a mark, its ASCII part."""
    yield sample
    for low, high in ((sample[::2], sample[1::2]), (sample[1::2], sample[::2])):
        if high.count(0) * 2 > len(high):
            yield bytes(byte for byte, upper in zip(low, high, strict=False) if upper == 0)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))
