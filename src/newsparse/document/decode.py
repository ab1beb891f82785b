"""Bytes or characters to clean UTF-8 bytes, and the word on which encoding was used.

The order of sources: a byte-order mark, what the caller says, the zeros of UTF-16, what the page declares; then, for pages that declare
nothing, ISO-2022-JP by its escapes, UTF-8 where it is valid but for little damage, else a detector. That is the order of
https://html.spec.whatwg.org/multipage/parsing.html#encoding-sniffing-algorithm. What the caller or the page says is passed over where
the page is plainly UTF-8, or plainly not what is said.
"""

import codecs
import re
from collections.abc import Iterator

import attrs

from newsparse.document.labels import codec_of
from newsparse.model import Certainty, Evidence, EvidenceSource, Notice, NoticeCode

_SURROGATE = re.compile("[\ud800-\udfff]")
# UTF-32 goes first: its little-endian mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A declaration stands before the body. Browsers look for it in the first 1,024 bytes at least. Where scripts come first it is later;
# that matters only for a page that is not UTF-8.
_HEAD_BYTES, _LONG_HEAD_BYTES = 4_096, 65_536
_DECLARATION = re.compile(
    rb"""<(?:
      !(?=--).*?(?:-->|\Z)
    | meta(?=[\s/])(?P<meta>(?:[^<>=]|=\s*+(?:"[^"]*"|'[^']*')?)*+)
    | \?xml\s(?P<xml>[^<>]*)
    | (?P<body>body\b)
    )""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s/>="']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)

# In UTF-16 every other byte of markup is zero, and the start of a page is mostly markup. Fewer zeros may be strays.
_PIECE = 8_192
_ZEROS_BYTES, _ZEROS_LEAST = 1_024, 4
_JAPANESE = re.compile(rb"\x1b\$[@B]")
# Text of another encoding may hold a valid UTF-8 sequence by chance, but not this many continuation bytes without an invalid one.
_PLAIN_CONTINUATIONS = 8
# Text in the stated encoding may be damaged, but not in this many places that are more than the sound characters.
_PLAIN_ERRORS = 8
_VALID, _NEARLY_VALID = "valid_utf_8", "nearly_valid_utf_8"
# Undeclared bytes with so many valid UTF-8 characters to each error are damaged UTF-8, as where a page was cut within a character.
_SOUND_PER_ERROR = 10

# A detector's verdict settles within some tens of kilobytes; reading more of a page only costs time.
_DETECTOR_BYTES = 65_536
_CONTEXT_BYTES = 1_000
_TAG = re.compile(rb"<[^<>]*>")
# What undeclared pages come in. Each further encoding is taken for one of these more often than it is met. The supersets cp932 and
# cp949 stand beside shift_jis and euc-kr because the detector rules out an encoding that lacks a character.
_DETECTABLE = (
    *("windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257"),
    *("windows-1258", "windows-874", "iso-8859-2", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "koi8-r", "koi8-u", "ibm866"),
    *("gb18030", "big5", "euc-jp", "shift_jis", "cp932", "euc-kr", "cp949"),
)

# A Python codec and why it is taken.
_Choice = tuple[str, Evidence]


@attrs.frozen
class Decoded:
    """A page's characters as valid UTF-8 without NUL, with the evidence for its encoding (``None`` for a ``str``)."""

    data: bytes
    evidence: Evidence | None = None
    notices: tuple[Notice, ...] = ()


def decode(source: str | bytes, encoding: str | None = None) -> Decoded:
    """Normalise a page's characters: lone surrogates and NUL become U+FFFD, undecodable bytes too.

    ``encoding`` is a label of the WHATWG encoding standard, the name of a Python codec, or a whole Content-Type header; an unknown one
    is ignored with a notice.
    """
    if isinstance(source, str):
        return Decoded(_encode(source.removeprefix("\ufeff")))
    notices = []
    label = _label(encoding) if encoding else None
    if label is not None and codec_of(label) is None:
        notices.append(Notice(NoticeCode.ENCODING_UNKNOWN, f"the encoding {encoding!r} is not known; the page's own was used"))
    body = _without_mark(source)
    for name, evidence in _choices(source, encoding):
        if name == "utf-8" and b"\0" not in body and (body.isascii() or _is_utf_8(body)):
            return Decoded(body, evidence, tuple(notices))
        text, error = _read(body, name)
        if error is None or not _is_hopeless(text, evidence):
            break
        if evidence.certainty is Certainty.STATED:
            message = f"byte {error} and most others beyond ASCII are not {name}, which is stated; another encoding was looked for"
            notices.append(Notice(NoticeCode.ENCODING_ERRORS, message))
    if error is not None:
        notices.append(Notice(NoticeCode.ENCODING_ERRORS, f"byte {error} is not {name}; such bytes were replaced by U+FFFD"))
    return Decoded(_encode(text), evidence, tuple(notices))


def _encode(text: str) -> bytes:
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _is_utf_8(body: bytes) -> bool:
    """Whether all bytes are UTF-8; read in pieces, which takes half as long as to make one text of them."""
    read = codecs.getincrementaldecoder("utf-8")().decode
    try:
        for start in range(0, len(body), _PIECE):
            read(body[start : start + _PIECE])
        read(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _read(body: bytes, name: str) -> tuple[str, int | None]:
    """The text, and the place of the first byte that is not of the encoding."""
    try:
        return body.decode(name), None
    except UnicodeDecodeError as error:
        return body.decode(name, "replace"), error.start


def _choices(source: bytes, encoding: str | None) -> Iterator[_Choice]:
    """The encodings to try, each looked for only where those before it do not fit. The last is taken whether it fits or not."""
    if mark := _byte_order_mark(source):
        yield mark
        return
    given = _given(source, encoding) if encoding else None
    if given:
        yield given
    if zeros := _zeros(source):
        yield zeros
        return
    declared = _declared(source, _HEAD_BYTES)
    if declared and (given is None or declared[0] != given[0]):
        yield declared
    if source.isascii() and _JAPANESE.search(source):
        yield _choice("iso2022_jp", EvidenceSource.BYTES, "escapes", Certainty.INFERRED)
        return
    for rule in (_VALID, _NEARLY_VALID):
        yield _choice("utf-8", EvidenceSource.BYTES, rule, Certainty.INFERRED)
    if not declared and (declared := _declared(source, _LONG_HEAD_BYTES)):
        yield declared
    yield _detected(source)


def _is_hopeless(text: str, evidence: Evidence) -> bool:
    """Whether a text in which bytes were replaced is better read in another encoding."""
    wrong = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - wrong
    if evidence.source in (EvidenceSource.ARGUMENT, EvidenceSource.META):
        return wrong >= _PLAIN_ERRORS and wrong > sound
    return evidence.rule == _VALID or (evidence.rule == _NEARLY_VALID and wrong * _SOUND_PER_ERROR > sound)


def _choice(name: str, source: EvidenceSource, rule: str, certainty: Certainty, raw: str | None = None) -> _Choice:
    return name, Evidence("encoding", source, rule, name if raw is None else raw, certainty)


def _byte_order_mark(source: bytes) -> _Choice | None:
    """A mark goes before all else, as in https://encoding.spec.whatwg.org/#decode."""
    for mark, name in _BOMS:
        if source.startswith(mark):
            return _choice(name, EvidenceSource.BYTES, "byte_order_mark", Certainty.STATED)
    return None


def _without_mark(source: bytes) -> bytes:
    for mark, _ in _BOMS:
        if source.startswith(mark):
            return source[len(mark) :]
    return source


def _label(value: str) -> str | None:
    """The label in what stands for one: a label, perhaps in quotes, or a Content-Type. ``None`` for a Content-Type without one.

    >>> _label('"KOI8-R"'), _label('text/html; charset="KOI8-R"'), _label("text/html")
    ('KOI8-R', 'KOI8-R', None)
    """
    if match := _CHARSET.search(value):
        return match[1]
    label = re.split("[;,]", value, maxsplit=1)[0].strip(" \t\r\n\"'/")
    return None if "/" in label else label


def _codec_in(value: str) -> str | None:
    return codec_of(_label(value) or "")


def _given(source: bytes, encoding: str) -> _Choice | None:
    name = _codec_in(encoding)
    if name is None:
        return None
    return _plainly_utf_8(source, "given", name) or _choice(name, EvidenceSource.ARGUMENT, "encoding", Certainty.STATED, encoding)


def _zeros(source: bytes) -> _Choice | None:
    """UTF-16 without a mark."""
    head = source[:_ZEROS_BYTES]
    if b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros >= max(_ZEROS_LEAST, len(head) // 8) and zeros >= 4 * others:
            return _choice(name, EvidenceSource.BYTES, "zeros", Certainty.INFERRED)
    return None


def _declared(source: bytes, within: int) -> _Choice | None:
    name = _declared_codec(source[:within].lower())
    if name is None:
        return None
    if "<".encode(name) != b"<":
        # The declaration was read as ASCII, so it cannot be true; the HTML standard takes UTF-8 in place of UTF-16.
        name = "utf-8"
    return _plainly_utf_8(source, "declared", name) or _choice(name, EvidenceSource.META, "declared", Certainty.STATED)


def _plainly_utf_8(source: bytes, how: str, name: str) -> _Choice | None:
    """UTF-8 whatever is stated, as pages are that were saved anew: valid, with more than chance sequences in it."""
    if name == "utf-8":
        return None
    try:
        continuations = len(source) - len(source.decode())
    except UnicodeDecodeError:
        return None
    if continuations < _PLAIN_CONTINUATIONS:
        return None
    return _choice("utf-8", EvidenceSource.BYTES, f"valid_utf_8_{how}_{name}", Certainty.INFERRED)


def _declared_codec(head: bytes) -> str | None:
    """What the first meta element with a known label says, else the XML declaration.

    https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
    """
    if b"charset" not in head and not head.startswith(b"<?xml"):
        return None
    xml = None
    for match in _DECLARATION.finditer(head):
        if match["body"]:
            break
        if match["meta"] and (name := _codec_in(_of_meta(_attributes(match["meta"])))):
            return name
        if match["xml"]:
            xml = xml or _codec_in(_attributes(match["xml"]).get("encoding", ""))
    return xml


def _of_meta(attributes: dict[str, str]) -> str:
    if "charset" in attributes:
        return attributes["charset"]
    return attributes.get("content", "") if attributes.get("http-equiv", "").strip().lower() == "content-type" else ""


def _attributes(tag: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag.decode("latin-1")):
        found.setdefault(name.lower(), "".join(values))
    return found


def _detected(source: bytes) -> _Choice:
    from chardet import detect

    name = codec_of(detect(_telling(source), include_encodings=_DETECTABLE)["encoding"] or "")
    return _choice(name or "cp1252", EvidenceSource.BYTES, "detector", Certainty.GUESSED)


def _telling(source: bytes) -> bytes:
    """What tells the encoding: from the first byte that is not UTF-8 on, the pieces between tags that are not ASCII alone."""
    _, error = _read(source, "utf-8")
    first = error or 0
    first = max(source.rfind(b">", 0, first) + 1, first - _CONTEXT_BYTES)
    part = source[first : first + _DETECTOR_BYTES]
    return b"\n".join(piece for piece in _TAG.split(part) if not piece.isascii()) or part
