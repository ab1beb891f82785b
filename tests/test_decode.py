"""Bytes to characters: the sources of the encoding are asked in order, and nothing that follows can raise on the result."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.document.decode import Decoded, decode
from newsparse.model import Certainty, EvidenceSource, NoticeCode

CZECH = "Přívoz vyplul o hodinu později, protože námořníci museli rozbít led holýma rukama a kapitán čekal na poslední cestující."
RUSSIAN = "Паром вышел из гавани с опозданием, потому что команде пришлось колоть лёд вручную, а капитан ждал последних пассажиров."

# Each of WHATWG's names for Windows-1252, and for what browsers read as it.
WINDOWS_1252 = ("windows-1252", "iso-8859-1", "ISO-8859-1", "latin1", "ascii", " us-ascii ")


def raw(decoded: Decoded) -> tuple[EvidenceSource, str, str]:
    assert decoded.evidence is not None
    assert decoded.evidence.field == "encoding"
    return decoded.evidence.source, decoded.evidence.rule, decoded.evidence.raw


def codes(decoded: Decoded) -> list[NoticeCode]:
    return [notice.code for notice in decoded.notices]


@pytest.mark.parametrize(
    ("source", "encoding", "text", "evidence"),
    [
        pytest.param(
            "<meta charset=koi8-r>é".encode("latin-1"),
            "latin-1",
            "<meta charset=koi8-r>é",
            (EvidenceSource.ARGUMENT, "encoding", "latin-1"),
            id="the argument goes before the declaration",
        ),
        pytest.param(
            codecs.BOM_UTF8 + "<meta charset=koi8-r>é".encode(),
            "latin-1",
            "<meta charset=koi8-r>é",
            (EvidenceSource.BYTES, "byte_order_mark", "utf-8"),
            id="a byte-order mark goes before the argument, as in https://encoding.spec.whatwg.org/#decode",
        ),
        pytest.param(
            codecs.BOM_UTF8 + "<meta charset=koi8-r>é".encode(),
            None,
            "<meta charset=koi8-r>é",
            (EvidenceSource.BYTES, "byte_order_mark", "utf-8"),
            id="a byte-order mark goes before the declaration",
        ),
        pytest.param(
            "<meta charset=koi8-r><p>лёд".encode("koi8-r"),
            None,
            "<meta charset=koi8-r><p>лёд",
            (EvidenceSource.META, "declared", "koi8-r"),
            id="a declaration goes before the detector",
        ),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>лёд'.encode("cp1251"),
            None,
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>лёд',
            (EvidenceSource.META, "declared", "cp1251"),
            id="a declaration in http-equiv",
        ),
        pytest.param(
            "<?xml version='1.0' encoding='iso-8859-2'?><p>čekal".encode("iso-8859-2"),
            None,
            "<?xml version='1.0' encoding='iso-8859-2'?><p>čekal",
            (EvidenceSource.META, "declared", "iso8859-2"),
            id="a declaration in XML",
        ),
        pytest.param(
            f"<meta charset=windows-1252><p>{CZECH}".encode(),
            None,
            f"<meta charset=windows-1252><p>{CZECH}",
            (EvidenceSource.BYTES, "valid_utf_8_declared_cp1252", "utf-8"),
            id="what is plainly UTF-8 is UTF-8 whatever is declared",
        ),
        pytest.param(
            b"<meta charset=windows-1252><p>\xc3\xa9",
            None,
            "<meta charset=windows-1252><p>Ã©",
            (EvidenceSource.META, "declared", "cp1252"),
            id="a single sequence may be UTF-8 by chance",
        ),
        pytest.param(CZECH.encode(), None, CZECH, (EvidenceSource.BYTES, "valid_utf_8", "utf-8"), id="UTF-8 needs no declaration"),
        pytest.param(b"", None, "", (EvidenceSource.BYTES, "valid_utf_8", "utf-8"), id="nothing"),
        pytest.param(CZECH.encode("cp1250"), None, CZECH, (EvidenceSource.BYTES, "detector", "cp1250"), id="detected: Czech"),
        pytest.param(RUSSIAN.encode("cp1251"), None, RUSSIAN, (EvidenceSource.BYTES, "detector", "cp1251"), id="detected: Russian"),
        pytest.param(
            f"<meta charset=klingon><p>{CZECH}".encode(),
            None,
            f"<meta charset=klingon><p>{CZECH}",
            (EvidenceSource.BYTES, "valid_utf_8", "utf-8"),
            id="an unknown declaration is none",
        ),
    ],
)
def test_sources_are_asked_in_order(source: bytes, encoding: str | None, text: str, evidence: tuple[EvidenceSource, str, str]) -> None:
    found = decode(source, encoding)
    assert found.data.decode() == text
    assert raw(found) == evidence
    assert found.notices == ()


@pytest.mark.parametrize(
    ("source", "encoding", "certainty"),
    [
        (b"x", "utf-8", Certainty.STATED),
        (codecs.BOM_UTF8, None, Certainty.STATED),
        (b"<meta charset=koi8-r>", None, Certainty.STATED),
        (b"x", None, Certainty.INFERRED),
        (f"<meta charset=koi8-r>{CZECH}".encode(), None, Certainty.INFERRED),
        (RUSSIAN.encode("cp1251"), None, Certainty.GUESSED),
    ],
)
def test_evidence_says_how_sure_it_is(source: bytes, encoding: str | None, certainty: Certainty) -> None:
    evidence = decode(source, encoding).evidence
    assert evidence is not None
    assert evidence.certainty is certainty


@pytest.mark.parametrize("label", WINDOWS_1252)
def test_labels_are_those_of_the_web(label: str) -> None:
    found = decode(b"\x93ice\x94", label)
    assert found.data.decode() == "“ice”"
    assert raw(found) == (EvidenceSource.ARGUMENT, "encoding", label)


def test_label_may_be_a_python_codec() -> None:
    assert decode("лёд".encode("mac_cyrillic"), "mac_cyrillic").data.decode() == "лёд"


def test_gb2312_is_read_as_gb18030() -> None:
    # This letter of a prime minister's name is in GBK and GB18030 only; pages that hold it still declare gb2312.
    page = b"<meta charset=gb2312><p>\xe9F"
    found = decode(page)
    assert found.data.decode() == "<meta charset=gb2312><p>镕"
    assert raw(found) == (EvidenceSource.META, "declared", "gb18030")
    assert decode(b"\xe9F", "gb2312").data.decode() == "镕"


@pytest.mark.parametrize("label", ["klingon", "rot13", "zip", "hex", "undefined", " ", "q=1", "\0"])
def test_unknown_label_gives_a_notice_and_the_pages_own_encoding(label: str) -> None:
    found = decode("<meta charset=koi8-r>лёд".encode("koi8-r"), label)
    assert found.data.decode() == "<meta charset=koi8-r>лёд"
    assert raw(found) == (EvidenceSource.META, "declared", "koi8-r")
    assert codes(found) == [NoticeCode.ENCODING_UNKNOWN]
    assert repr(label) in found.notices[0].message


@pytest.mark.parametrize(
    ("source", "encoding", "text", "at"),
    [
        (b"a\xffb", "utf-8", "a\ufffdb", 1),
        (b"<meta charset=utf-8>a\xffb", None, "<meta charset=utf-8>a\ufffdb", 21),
        (b"ab\x81", "shift_jis", "ab\ufffd", 2),
        (codecs.BOM_UTF16_LE + b"a\0b", None, "a\ufffd", 2),
        (codecs.BOM_UTF16_LE + b"a\0\0\xd8b\0", None, "a\ufffdb", 2),
        (b"a\xed\xa0\x80b", "utf-8", "a\ufffd\ufffd\ufffdb", 1),
    ],
)
def test_undecodable_bytes_are_replaced_with_a_notice(source: bytes, encoding: str | None, text: str, at: int) -> None:
    found = decode(source, encoding)
    assert found.data.decode() == text
    assert codes(found) == [NoticeCode.ENCODING_ERRORS]
    assert f"byte {at} " in found.notices[0].message


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        (codecs.BOM_UTF16_LE + "<p>лёд".encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + "<p>лёд".encode("utf-16-be"), None),
        (codecs.BOM_UTF16_LE + "<p>лёд".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "<p>лёд".encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF16_LE + "<p>лёд".encode("utf-16-le"), "utf-16le"),
        ("<p>лёд".encode("utf-16-le"), "utf-16-le"),
        ("<p>лёд".encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF8 + "<p>лёд".encode(), "utf-8"),
    ],
)
def test_byte_order_mark_is_no_character_of_the_page(source: bytes, encoding: str | None) -> None:
    found = decode(source, encoding)
    assert found.data.decode() == "<p>лёд"
    assert found.notices == ()


def test_declared_utf_16_is_utf_8_since_the_declaration_could_be_read() -> None:
    found = decode("<meta charset=utf-16><p>é".encode())
    assert found.data.decode() == "<meta charset=utf-16><p>é"
    assert raw(found) == (EvidenceSource.META, "declared", "utf-8")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\0b", "a\ufffdb"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("\udc80\0", "\ufffd\ufffd"),
        ("𝔘\U0010ffff", "𝔘\U0010ffff"),
    ],
)
def test_nul_and_lone_surrogates_of_a_str_are_replaced(source: str, text: str) -> None:
    assert decode(source).data.decode() == text


@pytest.mark.parametrize(("source", "encoding"), [(b"a\0b", None), (b"a\0b", "koi8-r"), ("a\0b".encode("utf-16"), None)])
def test_nul_bytes_are_replaced(source: bytes, encoding: str | None) -> None:
    assert decode(source, encoding).data.decode() == "a\ufffdb"


def test_str_has_no_encoding_and_no_evidence() -> None:
    page = "<meta charset=koi8-r><p>лёд"
    assert decode(page, "klingon") == Decoded(page.encode())


@given(st.one_of(st.binary(max_size=60), st.text(st.characters(), max_size=30)), st.none() | st.sampled_from(("utf-8", "gbk", "x", "hz")))
def test_result_is_always_utf_8_without_nul(source: str | bytes, encoding: str | None) -> None:
    text = decode(source, encoding).data.decode()
    assert "\0" not in text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_clean_text_is_unchanged(text: str) -> None:
    assert decode(text).data.decode() == text
    assert decode(text.encode(), "utf-8").data.decode() == text.removeprefix("\ufeff")


# The encodings of https://encoding.spec.whatwg.org/#names-and-labels that Python has.
WEB = {
    codecs.lookup(name).name
    for name in (
        *("cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13"),
        *("iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "cp874", "cp1250", "cp1251", "cp1252", "cp1253"),
        *("cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "mac-cyrillic", "gbk", "gb18030", "big5", "big5hkscs", "cp950", "euc_jp"),
        *("iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949", "utf-8"),
    )
}


@pytest.mark.parametrize("source", [b"Gr\xf6\xdfe", b"\xe9", b"<p>caf\xe9</p>"])
def test_detector_chooses_an_encoding_of_the_web(source: bytes) -> None:
    found = decode(source)
    assert raw(found)[:2] == (EvidenceSource.BYTES, "detector")
    assert codecs.lookup(raw(found)[2]).name in WEB
