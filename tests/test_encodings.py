"""Every encoding of the web: each way to declare it gives the article of the str, and pages that declare none, or a wrong one, are read."""

import codecs
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial

import attrs
import pytest
from benchmarks.encodings import Page, page_of, undeclared_pages
from hypothesis import given, settings
from hypothesis import strategies as st

import newsparse
from newsparse import Article
from newsparse.document.decode import Decoded, decode
from newsparse.document.labels import CODECS, codec_of
from newsparse.model import Certainty, NoticeCode
from tests.timing import assert_linear

JAPANESE = "あいうえおかきくけこアイウエオ新聞記事東京政治経済"
CHINESE = "新闻报道北京上海经济政治文化体育"
KOREAN = "가나다라마바사아자차카타파하신문기사경제정치"
HAN = "新聞報導臺北經濟政治文化體育"
ANY = "aéßжя東한กعש𝔘"


def letters(codec: str) -> str:
    """What an encoding of one byte a character has beyond ASCII."""
    return "".join(character for character in bytes(range(0x80, 0x100)).decode(codec, "ignore") if character.isalpha())


# A label of https://encoding.spec.whatwg.org/#names-and-labels, and letters that the encoding has.
ALPHABETS = {
    **{f"windows-{page}": letters(f"cp{page}") for page in range(1250, 1259)},
    **{f"iso-8859-{part}": letters(f"iso8859-{part}") for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{label: letters(codec_of(label) or "") for label in ("koi8-r", "koi8-u", "ibm866", "windows-874", "macintosh", "x-mac-cyrillic")},
    **{"utf-8": ANY, "gb18030": ANY, "gbk": CHINESE, "gb2312": CHINESE, "big5": HAN, "big5-hkscs": HAN},
    **{"shift_jis": JAPANESE + "①髙", "euc-jp": JAPANESE, "iso-2022-jp": JAPANESE, "euc-kr": KOREAN, "ks_c_5601-1987": KOREAN + "똠"},
}
HEADS = (
    '<html><head><meta charset="{}">',
    "<HTML><HEAD><META CHARSET={}/>",
    '<html><head><meta content="text/html;charset={}" http-equiv=content-type>',
    '<html><head><meta charset="text/html; charset={}">',
    '<?xml version="1.0" encoding="{}"?><html><head>',
    "<!-- <meta charset=utf-7> --><html data-x='<meta charset=utf-7>'><head><meta charset=no-such><meta name=x charset='{}'>",
)
HEADERS = ("{}", ' "{}" ', "text/html; charset={}", 'text/html;Charset="{}"; q=1', "{}; q=1")
RUSSIAN = next(page for page in undeclared_pages([300]) if page.encoding == "windows-1251")
CHINESE_PAGE = next(page for page in undeclared_pages([300]) if page.encoding == "gb18030")


def but_for_encoding(article: Article) -> Article:
    return attrs.evolve(article, evidence=tuple(item for item in article.evidence if item.field != "encoding"))


def rule(decoded: Decoded) -> tuple[str, str]:
    assert decoded.evidence is not None
    return decoded.evidence.rule, decoded.evidence.raw


def codes(decoded: Decoded) -> list[NoticeCode]:
    return [notice.code for notice in decoded.notices]


def declared(page: Page, label: str) -> tuple[str, bytes]:
    """The page with a declaration, and its bytes in its own encoding."""
    text = page.text.replace("<head>", f'<head><meta charset="{label}">')
    return text, text.encode(codec_of(page.encoding) or "")


def stories(alphabet: str) -> st.SearchStrategy[str]:
    words = st.text(st.sampled_from(alphabet + "abc"), min_size=1, max_size=8)
    paragraphs = st.lists(words, min_size=10, max_size=20).map(" ".join)
    # All letters apart are no UTF-8, whatever the others happen to be.
    return st.lists(paragraphs, max_size=3).map(lambda found: "".join(f"<p>{text}</p>" for text in [" ".join(alphabet), *found]))


@pytest.mark.parametrize("label", ALPHABETS)
@settings(max_examples=15)
@given(data=st.data())
def test_a_declared_encoding_gives_the_article_of_the_str(label: str, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(HEADS)).format(label) + f"<body>{data.draw(stories(ALPHABETS[label]))}"
    found = newsparse.parse(page.encode(codec_of(label) or ""))
    assert but_for_encoding(found) == but_for_encoding(newsparse.parse(page))
    assert found.notices == ()


@pytest.mark.parametrize("label", ALPHABETS)
@settings(max_examples=15)
@given(data=st.data())
def test_an_encoding_of_a_header_gives_the_article_of_the_str(label: str, data: st.DataObject) -> None:
    page = f"<html><body>{data.draw(stories(ALPHABETS[label]))}"
    found = newsparse.parse(page.encode(codec_of(label) or ""), encoding=data.draw(st.sampled_from(HEADERS)).format(label))
    assert but_for_encoding(found) == but_for_encoding(newsparse.parse(page))
    assert found.notices == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@given(story=stories(ANY), mark=st.booleans(), label=st.sampled_from((None, "utf-8", "utf-16", "koi8-r")))
def test_utf_16_gives_the_article_of_the_str_with_a_mark_and_without(codec: str, story: str, mark: bool, label: str | None) -> None:
    page = f"<!doctype html><html><head>{f'<meta charset={label}>' if label else ''}<title>The ferry</title></head><body>{story}"
    data = (codecs.BOM_UTF16_LE if codec == "utf-16-le" else codecs.BOM_UTF16_BE) * mark + page.encode(codec)
    found = newsparse.parse(data)
    assert but_for_encoding(found) == but_for_encoding(newsparse.parse(page))
    assert rule(decode(data)) == ("byte_order_mark" if mark else "zeros", codec)


@pytest.mark.parametrize("source", [b"a\0b", b"\0" * 40, b"<p>one\0two\0\0three" * 9, b"\0a" * 3])
def test_stray_zeros_are_no_utf_16(source: bytes) -> None:
    assert rule(decode(source)) == ("valid_utf_8", "utf-8")


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_utf_32_is_known_by_its_mark(codec: str) -> None:
    mark = codecs.BOM_UTF32_LE if codec == "utf-32-le" else codecs.BOM_UTF32_BE
    assert decode(mark + "<p>лёд".encode(codec)).data.decode() == "<p>лёд"


@pytest.mark.parametrize("page", list(undeclared_pages()), ids=lambda page: f"{page.language} {page.encoding} {page.length}")
def test_an_undeclared_page_is_read(page: Page) -> None:
    found = decode(page.data)
    assert found.data.decode() == page.text
    assert found.notices == ()


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        *(("latin1", "cp1252"), ("x-user-defined", "cp1252"), ("iso-8859-9", "cp1254"), ("tis-620", "cp874"), ("x-cp1251", "cp1251")),
        *(("iso-8859-8-i", "iso8859-8"), ("logical", "iso8859-8"), ("windows-949", "cp949"), ("ks_c_5601-1987", "cp949")),
        *(("x-sjis", "cp932"), ("windows-31j", "cp932"), ("x-gbk", "gb18030"), ("gb_2312-80", "gb18030"), ("cn-big5", "big5hkscs")),
        *(("x-x-big5", "big5hkscs"), ("utf-16", "utf-16-le"), ("unicode", "utf-16-le"), ("koi8-ru", "koi8-u"), ("cp866", "cp866")),
        *(("x-mac-cyrillic", "mac-cyrillic"), ("hz-gb-2312", "hz"), ("unicode-1-1-utf-8", "utf-8"), ("iso-2022-kr", "iso2022_kr")),
        # What the standard does not have, but Python or pages do.
        *(("win-1251", "cp1251"), ("windows1251", "cp1251"), ("CP-1251", "cp1251"), ("latin_1", "cp1252"), ("euc_kr", "cp949")),
        *(("utf8", "utf-8"), ("u8", "utf-8"), ("cp437", "cp437"), ("mac_greek", "mac-greek")),
        *((label, None) for label in ("", "klingon", "utf-7", "idna", "punycode", "unicode_escape", "rot13", "iso-2022-cn", "a\0b", "лёд")),
    ],
)
def test_labels_are_those_of_the_standard(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec_of(f"\n {label.upper()}\t") == codec


def test_every_label_has_a_codec_and_every_codec_keeps_its_name() -> None:
    for label, codec in CODECS.items():
        assert codecs.lookup(codec).name == codec
        assert codec_of(label) == codec_of(codec) == codec, label


@pytest.mark.parametrize("label", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "rot13"])
@pytest.mark.parametrize("data", [b"\xff\xe9", b"xn--a\xff", b"\\x", b"+ADw-p+AD4-"])
def test_a_codec_that_is_no_encoding_of_pages_is_not_used(label: str, data: bytes) -> None:
    plain = decode(data)
    for found in (decode(f"<meta charset={label}>".encode() + data), decode(data, label)):
        assert rule(found) == rule(plain)
        assert found.data.endswith(plain.data)
    assert codes(decode(data, label)) == [NoticeCode.ENCODING_UNKNOWN]


@pytest.mark.parametrize("value", ["text/html", "application/xhtml+xml; q=1", ""])
def test_a_header_without_an_encoding_says_nothing(value: str) -> None:
    assert decode(RUSSIAN.data, value) == decode(RUSSIAN.data)


def test_a_declaration_after_many_scripts_is_found_where_the_page_is_not_utf_8() -> None:
    page = f"<head><script>{'x' * 9_000}</script><meta charset=koi8-r></head><body>ой"
    assert rule(decode(page.encode("koi8-r"))) == ("declared", "koi8-r")
    assert rule(decode(page.encode())) == ("valid_utf_8", "utf-8")


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<?xml version='1.0' encoding='iso-8859-5'?><meta charset=koi8-r>", "koi8-r"),
        ("<body><meta charset=koi8-r>", None),
        ("<!--><meta charset=koi8-r>-->", "koi8-r"),
        ('<meta name="description" content="charset=koi8-r">', None),
        ("<metadata charset=koi8-r>", None),
        ("<meta http-equiv=refresh content='5; charset=koi8-r'>", None),
        ("<meta charset=''><meta charset=koi8-r>", "koi8-r"),
        ("<meta charset='koi8-r", None),
    ],
)
def test_what_is_a_declaration(head: str, codec: str | None) -> None:
    found = decode(head.encode() + b"<p>plain")
    assert rule(found) == (("declared", codec) if codec else ("valid_utf_8", "utf-8"))


@pytest.mark.parametrize("page", [RUSSIAN, CHINESE_PAGE], ids=lambda page: page.encoding)
@pytest.mark.parametrize("label", ["utf-8", "iso-2022-jp"])
def test_what_is_plainly_not_as_declared_is_detected_with_a_notice(page: Page, label: str) -> None:
    text, data = declared(page, label)
    found = decode(data)
    assert found.data.decode() == text
    assert rule(found) == ("detector", codec_of(page.encoding))
    assert found.evidence is not None
    assert found.evidence.certainty is Certainty.GUESSED
    assert codes(found) == [NoticeCode.ENCODING_ERRORS]
    assert f"{codec_of(label)}, which is stated" in found.notices[0].message


def test_a_header_that_is_plainly_not_true_leaves_the_word_to_the_page() -> None:
    text, data = declared(RUSSIAN, "windows-1251")
    found = decode(data, "text/html; charset=utf-8")
    assert found.data.decode() == text
    assert rule(found) == ("declared", "cp1251")
    assert codes(found) == [NoticeCode.ENCODING_ERRORS]


def test_a_wrong_encoding_that_both_state_is_noticed_once() -> None:
    text, data = declared(RUSSIAN, "utf-8")
    found = decode(data, "utf-8")
    assert found.data.decode() == text
    assert codes(found) == [NoticeCode.ENCODING_ERRORS]


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "text/html; charset=koi8-r"])
def test_a_header_does_not_hide_plain_utf_8(label: str) -> None:
    found = decode(RUSSIAN.text.encode(), label)
    assert found.data.decode() == RUSSIAN.text
    assert found.evidence is not None
    assert found.evidence.rule.startswith("valid_utf_8_given_")
    assert found.notices == ()


@pytest.mark.parametrize("declare", [True, False])
@pytest.mark.parametrize("damage", [b"\xff", b"\xd0", b"\xed\xa0\x80"])
def test_utf_8_with_little_damage_is_still_utf_8(declare: bool, damage: bytes) -> None:
    text = declared(RUSSIAN, "utf-8")[0] if declare else RUSSIAN.text
    data = text.encode() + damage
    found = decode(data)
    assert found.data.decode() == text + damage.decode(errors="replace")
    assert rule(found) == ("declared" if declare else "nearly_valid_utf_8", "utf-8")
    assert codes(found) == [NoticeCode.ENCODING_ERRORS]


def test_the_detector_passes_over_what_is_ascii() -> None:
    page = f"<html><head><script>{'var menu = 0; ' * 20_000}</script></head><body>{RUSSIAN.text}"
    assert decode(page.encode("windows-1251")).data.decode() == page


def test_the_detector_reads_a_bounded_part() -> None:
    russian = "<p>Паром вышел из гавани с опозданием, капитан ждал." * 2_000
    greek = "<p>Το πλοίο έφυγε από το λιμάνι με καθυστέρηση.".encode("windows-1253") * 2_000
    assert rule(decode(russian.encode("windows-1251") + greek)) == ("detector", "cp1251")


@given(st.binary(max_size=40), st.sampled_from([*sorted(CODECS), "text/html; charset=hz", "x"]), st.booleans())
def test_any_bytes_are_read_as_any_encoding(data: bytes, label: str, declare: bool) -> None:
    found = decode(f"<meta charset={label}>".encode() + data) if declare else decode(data, label)
    assert "\0" not in found.data.decode()


@pytest.mark.parametrize("piece", [b"<", b"<meta ", b"<!--", b"<a ", b'<meta x="', b"<meta x='\"", b"<?xml ", b"="])
def test_hostile_heads_take_linear_time(piece: bytes) -> None:
    def work(size: int) -> Callable[[], object]:
        return partial(decode, b"\xff\xfd\xff" + piece * size + b" charset")

    assert_linear(work, 8_000)


def test_only_an_undeclared_page_loads_the_detector_and_no_other_is_asked() -> None:
    code = (
        "import json, sys, newsparse; newsparse.parse('<p>é'.encode()); newsparse.parse(b'<meta charset=koi8-r><p>\\xe9')\n"
        "before = sorted(sys.modules); newsparse.parse(b'<p>\\xe9')\n"
        "print(json.dumps([before, sorted(sys.modules)]))"
    )
    before, after = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    assert {"chardet", "charset_normalizer", "cchardet"} & set(before) == set()
    assert {"chardet", "charset_normalizer", "cchardet"} & set(after) == {"chardet"}


def test_a_page_of_the_benchmark_has_the_length() -> None:
    page = page_of(["Head.", "One.", "Two.", "Three."], 20)
    assert "<title>Head.</title>" in page
    assert "<p>One. Two.</p>\n<p>Three. One.</p>" in page
