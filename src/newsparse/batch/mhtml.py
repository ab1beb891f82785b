"""MHTML, the one-file form in which browsers save a page with its images: finds the page in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from newsparse.errors import UnsupportedInputError

if TYPE_CHECKING:
    from email.message import Message

_PAGE_TYPES = ("text/html", "application/xhtml+xml")

# What browsers write before the first blank line, with room for long URLs and titles.
_HEADERS_SIZE = 64 * 1024
_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")

# Decoding a header takes quadratic time; no address that leads anywhere is so long.
_LOCATION_SIZE = 8192

# A Content-Type header with its continuation lines; any of the three line ends starts a line in a message.
_CONTENT_TYPE = re.compile(rb"(?<![^\r\n])content-type:[ \t]*([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)", re.IGNORECASE)
_CONTENT_TYPE_SIZE = 4096
_CONTAINERS = (b"multipart/", b"message/")
_CONTAINERS_COUNT = 50


@attrs.frozen
class MhtmlPage:
    """The page of an MHTML file.

    Attributes:
        content: the page's bytes.
        url: where it was saved from; ``None`` unless that is a web address.
        encoding: the encoding that the file states for it.
    """

    content: bytes
    url: str | None
    encoding: str | None


def is_mhtml(data: bytes) -> bool:
    """Whether ``data`` begins with the headers of a MIME message."""
    headers = _HEADERS.match(data.lstrip()[:_HEADERS_SIZE])
    block = b"\n" + headers[0].lower() if headers else b""
    return b"\nmime-version:" in block and b"\ncontent-type:" in block


def mhtml_page(data: bytes) -> MhtmlPage:
    """The page of an MHTML file. Raises ``UnsupportedInputError`` where there is none."""
    from email import message_from_bytes

    _reject_costly(data)
    message = message_from_bytes(data.lstrip())
    part = _root_part(message)
    content = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(content, bytes):
        raise UnsupportedInputError("an MHTML file without a page in it")
    return MhtmlPage(content, _url(part, message), part.get_content_charset())


def _reject_costly(data: bytes) -> None:
    """The email package takes quadratic time for a long Content-Type, and recurses into parts within parts."""
    containers = 0
    for header in _CONTENT_TYPE.finditer(data):
        containers += header[1].lower().lstrip().startswith(_CONTAINERS)
        if containers > _CONTAINERS_COUNT or len(header[1]) > _CONTENT_TYPE_SIZE:
            raise UnsupportedInputError("a MIME message, but too contorted for a saved page")


def _root_part(message: Message) -> Message | None:
    """The part that the message says to start with, else the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGE_TYPES]
    start = message.get_param("start")
    named = (part for part in pages if start is not None and part["Content-ID"] == start)
    return next(named, pages[0] if pages else None)


def _url(part: Message, message: Message) -> str | None:
    headers = (part["Content-Location"], message["Snapshot-Content-Location"], message["Content-Location"])
    locations = (str(header) for header in headers if header is not None)
    urls = ("".join(_decoded(location).split()) for location in locations if len(location) <= _LOCATION_SIZE)
    # Not cid: (a name inside the file) nor file: (a place on the disk of whoever saved it).
    return next((url for url in urls if url.lower().startswith(("http://", "https://"))), None)


def _decoded(header: str) -> str:
    """A header's text; long or non-ASCII addresses are written as encoded words."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(header)))
    except (MessageError, LookupError, ValueError):
        return header
