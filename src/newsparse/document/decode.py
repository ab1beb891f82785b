"""Bytes or characters to clean UTF-8 bytes, and the word on which encoding was used.

The order of sources: what the caller says, a byte-order mark, what the page declares (unless it is plainly UTF-8); then, for pages
that declare nothing, UTF-8 where it is valid, else a detector.
"""

import codecs
import re

import attrs

from newsparse.model import Certainty, Evidence, EvidenceSource, Notice, NoticeCode

_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A detector's verdict settles within some tens of kilobytes; reading more of a page only costs time.
_DETECTOR_BYTES = 65_536
# The codecs of the WHATWG encoding standard, https://encoding.spec.whatwg.org/#names-and-labels. A page is in no other.
_WEB_CODECS = (
    *("utf_8", "cp866", "iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_10"),
    *("iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic", "cp874"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"),
)
# Text of another encoding may hold a valid UTF-8 sequence by chance, but not this many continuation bytes without an invalid one.
_PLAIN_CONTINUATIONS = 8


@attrs.frozen
class Decoded:
    """A page's characters as valid UTF-8 without NUL, with the evidence for its encoding (``None`` for a ``str``)."""

    data: bytes
    evidence: Evidence | None = None
    notices: tuple[Notice, ...] = ()


def decode(source: str | bytes, encoding: str | None = None) -> Decoded:
    """Normalise a page's characters: lone surrogates and NUL become U+FFFD, undecodable bytes too.

    ``encoding`` is any label of the WHATWG encoding standard, or a Python codec's name; an unknown one is ignored with a notice.
    """
    if isinstance(source, str):
        return Decoded(_encode(source.removeprefix("\ufeff")))
    notices = []
    found = _given(encoding)
    if encoding and found is None:
        notices.append(Notice(NoticeCode.ENCODING_UNKNOWN, f"the encoding {encoding!r} is not known; the page's own was used"))
    name, evidence = found or _byte_order_mark(source) or _declared(source) or _detected(source)
    body = _without_mark(source, name)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        text = body.decode(name, "replace")
        notices.append(Notice(NoticeCode.ENCODING_ERRORS, f"byte {error.start} is not {name}; such bytes were replaced by U+FFFD"))
    data = body if name == "utf-8" and not notices and b"\0" not in body else _encode(text)
    return Decoded(data, evidence, tuple(notices))


def _encode(text: str) -> bytes:
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _evidence(source: EvidenceSource, rule: str, raw: str, certainty: Certainty) -> Evidence:
    return Evidence("encoding", source, rule, raw, certainty)


def _codec(label: str) -> str | None:
    """The Python codec for a label. w3lib knows the labels of https://encoding.spec.whatwg.org/."""
    from w3lib.encoding import resolve_encoding

    name = resolve_encoding(label.strip())
    if name is None:
        return None
    try:
        "".encode(name)  # labels such as "rot13" or "zip" name codecs that are no text encodings
    except (LookupError, UnicodeError):
        return None
    return name


def _given(encoding: str | None) -> tuple[str, Evidence] | None:
    name = _codec(encoding) if encoding else None
    if encoding is None or name is None:
        return None
    return name, _evidence(EvidenceSource.ARGUMENT, "encoding", encoding, Certainty.STATED)


def _byte_order_mark(source: bytes) -> tuple[str, Evidence] | None:
    for mark, name in _BOMS:
        if source.startswith(mark):
            return name, _evidence(EvidenceSource.BYTES, "byte_order_mark", name, Certainty.STATED)
    return None


def _without_mark(source: bytes, name: str) -> bytes:
    for mark, marked in _BOMS:
        if source.startswith(mark) and name in (marked, "utf-16"):
            return source[len(mark) :] if name == marked else source
    return source


def _declared(source: bytes) -> tuple[str, Evidence] | None:
    from w3lib.encoding import html_body_declared_encoding

    name = html_body_declared_encoding(source)
    if name is None or _codec(name) is None:
        return None
    if name != "utf-8" and _is_plainly_utf_8(source):
        return "utf-8", _evidence(EvidenceSource.BYTES, f"valid_utf_8_declared_{name}", "utf-8", Certainty.INFERRED)
    if name.startswith("utf-16"):
        # The declaration was read as ASCII, so it cannot be true; the HTML standard takes UTF-8 here.
        name = "utf-8"
    return name, _evidence(EvidenceSource.META, "declared", name, Certainty.STATED)


def _is_plainly_utf_8(source: bytes) -> bool:
    """Whether a page is UTF-8 whatever it declares, as pages are that were saved anew: valid, with more than chance sequences in it."""
    try:
        return len(source) - len(source.decode()) >= _PLAIN_CONTINUATIONS
    except UnicodeDecodeError:
        return False


def _detected(source: bytes) -> tuple[str, Evidence]:
    try:
        source.decode()
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", _evidence(EvidenceSource.BYTES, "valid_utf_8", "utf-8", Certainty.INFERRED)
    from charset_normalizer import from_bytes

    best = from_bytes(source[:_DETECTOR_BYTES], cp_isolation=list(_WEB_CODECS)).best()
    name = best.encoding if best else "cp1252"
    return name, _evidence(EvidenceSource.BYTES, "detector", name, Certainty.GUESSED)
