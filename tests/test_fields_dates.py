from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields.dates import date_notices, find_modified, find_published
from newsparse.fields.evidence import Found
from newsparse.fields.moments import Stamp, dates_in, parse_date
from newsparse.model import Certainty, DatePrecision, NoticeCode
from tests.test_fields_evidence import json_ld, meta, page_of

H1 = "<h1>Ferry leaves an hour late</h1>"
EAST = timezone(timedelta(hours=2))
DAY, MINUTE, SECOND = DatePrecision.DAY, DatePrecision.MINUTE, DatePrecision.SECOND
NO_URL = "https://www.dailyferry.example/late"


@pytest.mark.parametrize(
    ("text", "wanted", "precision"),
    [
        ("2024-05-03", datetime(2024, 5, 3), DAY),
        ("2024-5-3", datetime(2024, 5, 3), DAY),
        ("2024/05/03", datetime(2024, 5, 3), DAY),
        ("2024.05.03 10:15", datetime(2024, 5, 3, 10, 15), MINUTE),
        ("20240503", datetime(2024, 5, 3), DAY),
        ("20240503T101530Z", datetime(2024, 5, 3, 10, 15, 30, tzinfo=UTC), SECOND),
        ("2024-05-03T10:15Z", datetime(2024, 5, 3, 10, 15, tzinfo=UTC), MINUTE),
        ("2024-05-03T10:15:30", datetime(2024, 5, 3, 10, 15, 30), SECOND),
        ("2024-05-03 10:15:30+02:00", datetime(2024, 5, 3, 10, 15, 30, tzinfo=EAST), SECOND),
        ("2024-05-03T10:15:30.1234567+0200", datetime(2024, 5, 3, 10, 15, 30, 123456, tzinfo=EAST), SECOND),
        ("2024-05-03T10:15:30 +02", datetime(2024, 5, 3, 10, 15, 30, tzinfo=EAST), SECOND),
        ("2024-05-03 10:15 UTC", datetime(2024, 5, 3, 10, 15, tzinfo=UTC), MINUTE),
        ("2024-05-03T24:00:00Z", datetime(2024, 5, 4, tzinfo=UTC), SECOND),
        ("2024-05-03T23:59:60Z", datetime(2024, 5, 3, 23, 59, 59, tzinfo=UTC), SECOND),
        ("Fri, 03 May 2024 10:15:30 +0200", datetime(2024, 5, 3, 10, 15, 30, tzinfo=EAST), SECOND),
        ("Fri, 03 May 2024 10:15:30 GMT", datetime(2024, 5, 3, 10, 15, 30, tzinfo=UTC), SECOND),
        ("Fri May 03 2024 10:15:30 GMT+0200 (CEST)", datetime(2024, 5, 3, 10, 15, 30, tzinfo=EAST), SECOND),
        ("Fri May  3 10:15:30 2024", datetime(2024, 5, 3, 10, 15, 30), SECOND),
        ("May 3, 2024", datetime(2024, 5, 3), DAY),
        ("May 3rd, 2024 at 4:05 p.m.", datetime(2024, 5, 3, 16, 5), MINUTE),
        ("12:30 a.m.", None, None),
        ("3 Sept. 2024 12:05 am", datetime(2024, 9, 3, 0, 5), MINUTE),
        ("2024 May 3", datetime(2024, 5, 3), DAY),
        ("3.5.2024, 10:15", datetime(2024, 5, 3, 10, 15), MINUTE),
        ("03. 05. 2024", datetime(2024, 5, 3), DAY),
        ("2024年5月3日（金） 10時15分", datetime(2024, 5, 3, 10, 15), MINUTE),
        ("2024년 5월 3일", datetime(2024, 5, 3), DAY),
        ("25/12/2024", datetime(2024, 12, 25), DAY),
        ("12/25/2024", datetime(2024, 12, 25), DAY),
        ("05/03/2024", None, None),
        ("2024-02-30", None, None),
        ("2024-13-01", None, None),
        ("1980-05-03", datetime(1980, 5, 3), DAY),
        ("0001-01-01T00:00:00", None, None),
        ("1714723530", None, None),
        ("March", None, None),
        ("", None, None),
    ],
)
def test_parse_date(text: str, wanted: datetime | None, precision: DatePrecision | None) -> None:
    stamp = parse_date(text)
    assert (stamp.when if stamp else None) == wanted
    assert (stamp.precision if stamp else None) == precision
    if stamp and wanted:
        assert stamp.when.utcoffset() == wanted.utcoffset()


@pytest.mark.parametrize("text", ["1714723530", "1714723530000", " 1714723530.5 "])
def test_epoch_is_read_where_it_is_allowed(text: str) -> None:
    stamp = parse_date(text, epoch=True)
    assert stamp is not None
    assert stamp.when == datetime(2024, 5, 3, 8, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(("month_first", "wanted"), [(True, datetime(2024, 5, 3)), (False, datetime(2024, 3, 5))])
def test_order_of_day_and_month(month_first: bool, wanted: datetime) -> None:
    stamp = parse_date("05/03/2024", month_first=month_first)
    assert stamp is not None
    assert stamp.when == wanted


def article(**dates: object) -> str:
    return json_ld({"@type": "NewsArticle", **dates})


@pytest.mark.parametrize(
    ("head", "body", "rule", "raw"),
    [
        (article(datePublished="2024-05-03") + meta(article__published_time="2024-05-04"), "", "json_ld.datePublished", "2024-05-03"),
        (article(datePublished=["2024-05-03"]), "", "json_ld.datePublished", "2024-05-03"),
        (article(datePublished=1714723530), "", "json_ld.datePublished", "1714723530"),
        (meta(article__published_time="2024-05-03T10:00:00Z"), "", "meta.article:published_time", "2024-05-03T10:00:00Z"),
        (meta(date="nonsense", pubdate="2024-05-03"), "", "meta.pubdate", "2024-05-03"),
        ('<meta name="x-published-date" content="2024-05-03">', "", "meta.x-published-date", "2024-05-03"),
        ("", "<time itemprop=datePublished datetime=2024-05-03>Friday</time>", "markup.time.published", "2024-05-03"),
        ("", f"{H1}<time datetime=2024-05-03>Friday</time>", "markup.time", "2024-05-03"),
        ("", f"{H1}<div>By Ann Lee | May 3, 2024</div>", "text.date", "By Ann Lee | May 3, 2024"),
        ("", f"{H1}{'<p>Text.</p>' * 40}<p>Published: 3 May 2024</p>", "text.published", "Published: 3 May 2024"),
        ("", f"{H1}{'<p>Text.</p>' * 40}<p>3 May 2024</p>", "text.only_date", "3 May 2024"),
    ],
)
def test_published(head: str, body: str, rule: str, raw: str) -> None:
    found = find_published(page_of(head, body, NO_URL))
    assert found is not None
    assert (found.evidence.rule, found.evidence.raw) == (rule, raw)
    assert found.value.when.date() == datetime(2024, 5, 3).date()


@pytest.mark.parametrize(
    "url", ["https://example.com/2024/05/03/late", "https://example.com/a/2024-05-03-late", "https://example.com/20240503/x"]
)
def test_date_of_the_url_is_a_guess(url: str) -> None:
    found = find_published(page_of("", H1, url))
    assert found is not None
    assert found.evidence.certainty is Certainty.GUESSED
    assert found.value.when == datetime(2024, 5, 3)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"{H1}<p>Updated May 3, 2024</p>"),
        ("", f"{H1}<figure><figcaption>The ferry on May 3, 2024</figcaption></figure>"),
        ("", f"{H1}<p>The ferry that left on May 3, 2024 was the first to carry more than a hundred cars at a time.</p>"),
        ("", f"{H1}<footer><time datetime=2024-05-03></time></footer>"),
        ("", f"{H1}<div itemprop=comment><time itemprop=uploadDate datetime=2024-05-03></time></div>"),
        (article(dateModified="2024-05-03"), H1),
        (meta(date="1714723530"), H1),
        ("", f"{H1}{'<p>Text.</p>' * 40}<p>3 May 2024</p><p>4 May 2024</p>"),
    ],
)
def test_no_date_is_invented(head: str, body: str) -> None:
    assert find_published(page_of(head, body, NO_URL)) is None


@pytest.mark.parametrize(
    ("head", "body", "rule"),
    [
        (article(dateModified="2024-05-03"), "", "json_ld.dateModified"),
        (meta(og__updated_time="1714723530"), "", "meta.og:updated_time"),
        ("", f"{H1}<time class=updated datetime=2024-05-03></time>", "markup.time.modified"),
        ("", f"{H1}<p>Published May 1, 2024, updated May 3, 2024</p>", "text.date"),
    ],
)
def test_modified(head: str, body: str, rule: str) -> None:
    found = find_modified(page_of(head, body, NO_URL))
    assert found is not None
    assert found.evidence.rule == rule
    assert found.value.when.date() == datetime(2024, 5, 3).date()


def test_a_republication_does_not_hide_the_date_that_the_page_shows() -> None:
    page = page_of(article(datePublished="2024-09-01", dateModified="2024-09-01"), f"{H1}<p>May 3, 2024</p>", NO_URL)
    found = find_published(page)
    assert found is not None
    assert found.value.when == datetime(2024, 5, 3)
    assert [loser.rule for loser in found.evidence.losers] == ["json_ld.datePublished"]


@pytest.mark.parametrize(
    ("lang", "url", "wanted"),
    [
        ("en-US", NO_URL, datetime(2024, 5, 3)),
        ("en-GB", NO_URL, datetime(2024, 3, 5)),
        ("en", "https://ferry.example.co.uk/late", datetime(2024, 3, 5)),
        ("fr", NO_URL, datetime(2024, 3, 5)),
    ],
)
def test_language_tells_the_order_of_day_and_month(lang: str, url: str, wanted: datetime) -> None:
    found = find_published(page_of("", f"{H1}<p>05/03/2024</p>", url, lang))
    assert found is not None
    assert found.value.when == wanted


@given(st.text() | st.text(alphabet="0123456789-/:. TZ+MayapmGC,", max_size=40))
def test_never_raises(text: str) -> None:
    parse_date(text, epoch=True, month_first=True)
    list(dates_in(text))


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.sampled_from([None, UTC, EAST]))
def test_iso_is_read_back(naive: datetime, zone: timezone | None) -> None:
    when = naive.replace(tzinfo=zone)
    stamp = parse_date(when.isoformat())
    assert stamp is not None
    assert stamp.when == when
    assert stamp.when.utcoffset() == when.utcoffset()


RETRIEVED = datetime(2024, 5, 6, 12, 30)


@pytest.mark.parametrize(
    ("lang", "rest", "wanted", "is_settled"),
    [
        ("en", "", datetime(2024, 5, 3), False),
        ("en-CA", "", datetime(2024, 5, 3), False),
        ("en-US", "", datetime(2024, 5, 3), True),
        ("de", "", datetime(2024, 3, 5), True),
        ("en", "<p>Older: 25/02/2024</p>", datetime(2024, 3, 5), True),
        ("en", "<p>Older: 02/25/2024</p>", datetime(2024, 5, 3), True),
        ("en", "<p>Older: 25/02/2024</p><p>02/26/2024</p>", datetime(2024, 5, 3), False),
        ("en", "<p>Also of 5 March 2024</p>", datetime(2024, 3, 5), True),
        ("en", "<time datetime=2024-05-03>Friday</time>", datetime(2024, 5, 3), True),
    ],
)
def test_order_is_settled_by_language_and_other_dates_or_said(lang: str, rest: str, wanted: datetime, is_settled: bool) -> None:
    page = page_of("", f"{H1}<time datetime='05/03/2024'></time>{rest}", NO_URL, lang)
    found = find_published(page)
    assert found is not None
    assert found.value.when == wanted
    codes = [notice.code for notice in date_notices(found, None)]
    assert codes == ([] if is_settled else [NoticeCode.DATE_AMBIGUOUS])


@pytest.mark.parametrize(
    ("published", "is_suspicious"),
    [("2024-05-06T20:00:00Z", False), ("2024-05-09", True), ("1987-05-03", True), ("1990-01-01", False)],
)
def test_suspicious_dates_are_said(published: str, is_suspicious: bool) -> None:
    found = find_published(page_of(article(datePublished=published), H1, NO_URL))
    assert found is not None
    codes = [notice.code for notice in date_notices(found, None, RETRIEVED)]
    assert codes == ([NoticeCode.DATE_SUSPICIOUS] if is_suspicious else [])


@pytest.mark.parametrize(
    ("line", "wanted"), [("3 hours ago", datetime(2024, 5, 6)), ("Gestern, 17:04 Uhr", datetime(2024, 5, 5, 17, 4)), ("By Ann Lee", None)]
)
def test_relative_dates_need_the_time_of_retrieval(line: str, wanted: datetime | None) -> None:
    page = page_of("", f"{H1}<div>{line}</div>", NO_URL)
    assert find_published(page) is None
    found = find_published(attrs.evolve(page, retrieved=RETRIEVED))
    assert (found.value.when if found else None) == wanted


@pytest.mark.parametrize(
    "body",
    [
        f"{H1}<p>Text.</p><div class=comments><div>Bo Rask, May 3, 2024 at 2:06 PM</div></div>",
        f"{H1}<div id=comment-7><time datetime=2024-05-03>Friday</time></div>",
        f"{H1}<div>Date: 16-19 March 2026</div>",
        f"{H1}<div>The old pier, May 3, 1911</div>",
    ],
)
def test_dates_of_comments_events_and_history_are_not_the_articles(body: str) -> None:
    assert find_published(page_of("", body, NO_URL)) is None


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        (article(datePublished="2024-09-01"), "<p>May 3, 2024</p>", datetime(2024, 5, 3)),
        (
            article(datePublished="2024-09-02", dateModified="2024-09-01"),
            "<time class=published datetime=2024-05-03></time>",
            datetime(2024, 5, 3),
        ),
        (article(datePublished="2024-05-03"), "<p>September 1, 2024</p>", datetime(2024, 5, 3)),
        (article(datePublished="2024-05-04"), "<p>May 3, 2024</p>", datetime(2024, 5, 4)),
        (article(datePublished="2024-05-03"), "<p>3 May 2024, 17:04</p>", datetime(2024, 5, 3, 17, 4)),
        (article(datePublished="2024-05-03"), "<p>4 May 2024, 17:04</p>", datetime(2024, 5, 3)),
        ("", "<p>By Ann Lee of the Harbour Desk | 3 May 2024, 17:04 | 1,872 views | 3 comments</p>", datetime(2024, 5, 3, 17, 4)),
        ("", "<p>2019年3月15日公表 2024年5月3日更新</p>", datetime(2019, 3, 15)),
        ("", "<article><p>Text.</p><footer><time datetime=2024-05-03></time></footer></article>", datetime(2024, 5, 3)),
        ("", "<div>Written by Ann Lee in the Harbour Desk for readers everywhere on 3 May 2024. 51 Comments</div>", datetime(2024, 5, 3)),
    ],
)
def test_which_of_several_dates(head: str, body: str, wanted: datetime) -> None:
    found = find_published(page_of(head, H1 + body, NO_URL))
    assert found is not None
    assert found.value.when == wanted


def test_month_names_in_the_url_are_read() -> None:
    found = find_published(page_of("", H1, "https://example.com/2024/may/03/late"))
    assert found is not None
    assert found.value.when == datetime(2024, 5, 3)


LINES_WITHOUT_A_DATE = (
    "The ferry that left on May 3, 2024 was the first to carry more than a hundred cars at a time.",
    "Le bac qui est parti le 3 mai 2024 était le premier à prendre plus de cent voitures à bord en une fois.",
    "Die Fähre, die am 3. Mai 2024 ablegte, war die erste, die mehr als hundert Wagen auf einmal mitnahm.",
    "El barco que salió el 3 de mayo de 2024 fue el primero que llevó más de cien coches a bord de una vez.",
    "Паром, вышедший 3 мая 2024 года, первым взял на борт больше ста машин за один раз, рассказали в порту.",
    "Date: 16-19 March 2026",
    "From 8 to 11 December 2026",
    "8–11 December 2026",
    "2026-12-08 - 2026-12-11",
    "8 December 2026 to 11 December 2026",
    "Effective: 6/2/2025",
    "Last active December 20, 2025 13:58",
    "Vom 8. bis 11. Dezember 2026",
    "du 8 au 11 décembre 2026",
    "The old pier, May 3, 1911",
    "Built 3 May 1895",
    "Harbour Prize 2024",
    "May 2024",
    "Spring 2024",
    "Saison 2024/25",
    "Version 3.10.2024.1",
    "Call 030/5512/2024",
    "Tel. 2024-555-0199",
    "Ref. 20240503-17",
    "10:15",
    "5 min read",
    "By Ann Lee",
    "Ann Lee, 34",
    "1,872 views",
    "3 comments",
    "Updated May 3, 2024",
    "Aktualisiert: 03.05.2024",
    "Mis à jour le 3 mai 2024 à 17h04",
    "Actualizado el 3 de mayo de 2024",
    "Обновлено 3 мая 2024",
    "最終更新日：2024年5月3日",
    "2024年5月3日更新",
    "최종수정 2024.05.03 17:04",
    "Güncelleme: 03.05.2024",
    "3 hours ago",
    "$3.05 2024",
    "Ice 3 - Pier 5",
    "© 2024 Daily Ferry",
    "1970-01-01",
)


@pytest.mark.parametrize(
    "place",
    [
        "<div>{}</div>",
        "<p>{}</p>",
        "<div class=comments><div>{}</div></div>",
        "<footer><div>{}</div></footer>",
        "<figure><figcaption>{}</figcaption></figure>",
    ],
)
def test_hardly_any_date_is_invented(place: str) -> None:
    pages = [page_of("", f"{H1}{place.format(line)}<p>Text of the article.</p>", NO_URL) for line in LINES_WITHOUT_A_DATE]
    invented = [line for line, page in zip(LINES_WITHOUT_A_DATE, pages, strict=True) if find_published(page)]
    assert len(LINES_WITHOUT_A_DATE) >= 40
    assert len(invented) <= 0.03 * len(pages), invented


def when(found: Found[Stamp] | None) -> datetime | None:
    return None if found is None else found.value.when


def test_an_earlier_shown_date_does_not_win_where_the_stated_one_is_shown_too() -> None:
    head = "<meta name=dc.date content=2024-05-03>"
    body = f"<p>Draft of 4 April 2024</p>{H1}<p>Published 3 May 2024</p>"
    assert when(find_published(page_of(head + body))) == datetime(2024, 5, 3)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='post has-comments'>{H1}<div>3 May 2024</div></div>",
        f"{H1}<div class='comments-link'>3 May 2024 <a href='#c'>3 comments</a></div>",
        f"<div style='display:none'>{H1}<p>3 May 2024</p></div>",
        f"{H1}<p>3 May 2024 <a href='/a'>Ann Lee</a> <a href='/1'>Ports and harbours</a>, <a href='/2'>Islands of the north</a></p>",
        f"{H1}<dl><dt>Published</dt><dd>3 May 2024</dd><dt>Updated</dt><dd>5 May 2024</dd></dl>",
        f"<article><aside>3 May 2024</aside>{H1}</article>",
    ],
)
def test_the_line_with_the_date_is_told_by_what_is_around_it_and_not_around_the_headline(body: str) -> None:
    assert when(find_published(page_of(body))) == datetime(2024, 5, 3)


def test_a_label_may_be_a_line_of_its_own() -> None:
    page = page_of(f"{H1}<dl><dt>Last updated</dt><dd>5 May 2024</dd></dl>", url=NO_URL)
    assert find_published(page) is None
    assert when(find_modified(page)) == datetime(2024, 5, 5)


@pytest.mark.parametrize(
    "body",
    [
        f"{H1}<p>Ann Lee, joined: 3 May 2019</p>",
        f"{H1}<p>Termin: 3. Mai 2019</p>",
        f"<aside><div>Another ferry</div><div>3 May 2019</div></aside><main>{H1}</main>",
        f"{H1}<ul class='comments'><li><div>Bob</div><div>3 May 2019</div></li><li>4 May 2019</li></ul>",
    ],
)
def test_no_date_is_taken_from_what_is_not_about_the_article(body: str) -> None:
    assert find_published(page_of(body, url=NO_URL)) is None
