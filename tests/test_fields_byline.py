import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields.byline import find_authors
from newsparse.fields.names import clean_names
from newsparse.model import Author, AuthorType
from tests.test_fields_evidence import json_ld, meta, page_of

H1 = "<h1>Ferry leaves an hour late</h1>"
ANN, BOB = "Ann Lee", "Bob Dow"
DESK = AuthorType.ORGANIZATION
TEAM = Author("The Ferry Team", "https://www.dailyferry.example/author/x", DESK)
LONG = "The ferry left an hour late because of ice on the quay, and the crew said that nobody had been hurt. " * 2
LONG_PAGE = "<p>A long text. </p>" * 40


def article(author: object, **more: object) -> str:
    return json_ld({"@type": "NewsArticle", "author": author, **more})


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Ann Lee", [ANN]),
        ("By Ann Lee", [ANN]),
        ("By: Ann Lee and Bob Dow", [ANN, BOB]),
        ("von Ann Lee und Bob Dow", [ANN, BOB]),
        ("Ann Lee, Bob Dow & Cy Fox", [ANN, BOB, "Cy Fox"]),
        ("Ann Lee et Bob Dow", [ANN, BOB]),
        ("Ann Lee y Bob Dow", [ANN, BOB]),
        ("Анна Ли и Борис Доу", ["Анна Ли", "Борис Доу"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Maria de la Cruz", ["Maria de la Cruz"]),
        ("Di Canio, Political Editor", ["Di Canio"]),
        ("Von Miller", ["Von Miller"]),
        ("Ann Lee, MD, PhD", [ANN]),
        ("Ann Lee, Senior Reporter", [ANN]),
        ("Ann Lee (Paris)", [ANN]),
        ("Ann Lee - Daily Ferry", [ANN]),
        ("ann.lee@example.com Ann Lee", [ANN]),
        ("https://example.com/authors/ann", []),
        ("@annlee", []),
        ("ann-lee", []),
        ("admin", []),
        ("12345", []),
        ("", []),
        ("松岡大地 記者", ["松岡大地"]),
        ("李明记者", ["李明"]),
        # Capitals are no credentials where the first name has them too.
        ("ANN LEE, BOB DOW and CY FOX", ["ANN LEE", "BOB DOW", "CY FOX"]),
        ("Byby Ann Lee", [ANN]),
        ("Ann Lee/Bob Dow", [ANN, BOB]),
        ("Ann Lee, Head of Islands and Small Ports", [ANN]),
        ("Prof. Ann Lee", ["Prof. Ann Lee"]),
        ("So late. It’s", []),
        ("Ann Lee, Co-Founder & COO", [ANN]),
        ("Ann Lee and AP", [ANN, "AP"]),
        ("Von DPA", ["DPA"]),
        ("content: Ferry, code: Bob Dow", []),
        ("annlee7vkpg2ma0ci", []),
        ("Written by", []),
    ],
)
def test_clean_names(raw: str, wanted: list[str]) -> None:
    assert clean_names(raw) == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted", "rule"),
    [
        (article("Ann Lee"), "", (Author(ANN),), "json_ld.author"),
        (article({"name": ANN, "url": "/ann"}), "", (Author(ANN, "https://www.dailyferry.example/ann"),), "json_ld.author"),
        (
            article([{"name": ANN}, {"@type": "Organization", "name": "Reuters"}]),
            "",
            (Author(ANN), Author("Reuters", type=DESK)),
            "json_ld.author",
        ),
        (article([[{"name": ANN}], "Bob Dow"]), "", (Author(ANN), Author(BOB)), "json_ld.author"),
        (
            json_ld({"@graph": [{"@type": "Article", "author": {"@id": "#a"}}, {"@id": "#a", "name": ANN}]}),
            "",
            (Author(ANN),),
            "json_ld.author",
        ),
        (meta(author=ANN), "", (Author(ANN),), "meta.author"),
        (meta(article__author="https://facebook.example/ferry", author=ANN), "", (Author(ANN),), "meta.author"),
        (meta(dc__creator="x").replace("dc:creator", "dc.creator").replace('"x"', '"Lee, Ann"'), "", (Author(ANN),), "meta.dc.creator"),
        ("", f"{H1}<a rel=author href=/ann>Ann Lee</a>", (Author(ANN, "https://www.dailyferry.example/ann"),), "link.author"),
        ("", f"{H1}<div>By Ann Lee and Bob Dow | 3 May 2024</div>", (Author(ANN), Author(BOB)), "text.byline"),
        ("", f"{H1}<div>Published May 3, 2024 by Ann Lee</div>", (Author(ANN),), "text.byline"),
        ("", f"{H1}<div class=byline>Ann Lee</div>", (Author(ANN),), "text.author"),
        ("", f"{H1}<div>By</div><div>Ann Lee</div>", (Author(ANN),), "text.byline"),
        ("", f"{H1}<p><a href=/authors/ann>Ann Lee</a>", (Author(ANN, "https://www.dailyferry.example/authors/ann"),), "text.author"),
        ("", f"{H1}<p>Ann Lee</p><p>May 3, 2024</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}<p>Text</p><p>Written by Ann Lee</p>", (Author(ANN),), "text.byline"),
        ("", f"{H1}{'<p>A long text. </p>' * 40}<p>Written by Ann Lee</p>", (Author(ANN),), "text.signature"),
        # The site is no author where a person is named, wherever that is.
        (
            article({"@type": "Person", "name": "The Daily Ferry"}) + meta(og__site_name="The Daily Ferry", author=ANN),
            "",
            (Author(ANN),),
            "meta.author",
        ),
        (article("Daily Ferry"), f"{H1}<div>By Ann Lee</div>", (Author(ANN),), "text.byline"),
        (article("Daily Ferry"), "", (Author("Daily Ferry", type=DESK),), "json_ld.author"),
        # A person whom two sources name goes before one whom one names.
        (meta(author="Cy Fox", article__author=ANN), f"{H1}<div>By Ann Lee</div>", (Author(ANN),), "meta.article:author"),
        # A line that says "By" is believed before data that name another person, but not where it names fewer, or an account.
        (article("Cy Fox"), f"{H1}<div>By Ann Lee</div>", (Author(ANN),), "text.byline"),
        (article(ANN), f"{H1}<div>By Ann Lee and Bob Dow</div>", (Author(ANN), Author(BOB)), "text.byline"),
        (article([ANN, BOB]), f"{H1}<div>By Ann Lee</div>", (Author(ANN), Author(BOB)), "json_ld.author"),
        (article(ANN), f"{H1}<div>By FerryAnn</div>", (Author(ANN),), "json_ld.author"),
        (article(ANN), f"{H1}<div class=author>Ann Lee, Bob Dow</div>", (Author(ANN), Author(BOB)), "text.author"),
        (article("ferryann"), f"{H1}<div class=author>Ann Lee</div>", (Author(ANN),), "text.author"),
        # Who reviews, edits or takes photos writes nothing; sections follow, and portraits stand before.
        ("", f"{H1}<div>By Ann Lee, MD. Reviewed by Bob Dow, MD</div>", (Author(ANN),), "text.byline"),
        (
            "",
            f"{H1}<div>By Ann Lee In <a href=/trips>Day Trips</a>, <a href=/islands>Small Islands</a></div>",
            (Author(ANN),),
            "text.byline",
        ),
        (
            "",
            f"{H1}<div class=author><a href=/a><img alt='Portrait of Ann Lee'></a></div><div>By Ann Lee</div>",
            (Author(ANN),),
            "text.byline",
        ),
        ("", f"{H1}<div>Published by</div><div><a href=/author/x>The Ferry Team</a></div>", (TEAM,), "text.byline"),
        (
            "",
            f"{H1}<div><a href=/author/ferry-team>Ferry Team</a></div>",
            (Author("Ferry Team", "https://www.dailyferry.example/author/ferry-team", DESK),),
            "text.author",
        ),
        ("", f"{H1}<p>Ferry Team</p><p>{LONG}</p>", (Author("Ferry Team", type=DESK),), "text.desk"),
        # Halves of a name; a company's name is one, with its "and".
        (article([{"givenName": "Ann", "familyName": "Lee"}]), "", (Author(ANN),), "json_ld.author"),
        (article({"@type": "Organization", "name": "Lee & Dow"}), "", (Author("Lee & Dow", type=DESK),), "json_ld.author"),
        # The account that put the article into the system.
        (
            article({"name": "Ferry D", "url": "/author/admin/"}),
            f"{H1}<p>ANN LEE</p><p>{LONG}</p>",
            (Author("ANN LEE"),),
            "text.name",
        ),
        # Capitals, where the page writes the name elsewhere, and where not.
        ("", f"{H1}<p>By ANN LEE</p><p>{LONG}</p><p>Ann Lee is our harbour reporter.</p>", (Author(ANN),), "text.byline"),
        # What stands beside a bare name.
        ("", f"{H1}<p>Ann Lee</p><p>{LONG}</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}<p>Ann Lee</p><p>Harbour Correspondent</p><p>May</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}{'<a href=#><i></i></a>' * 9}<p>Ann Lee/Bob Dow</p><p>{LONG}</p>", (Author(ANN), Author(BOB)), "text.name"),
        ("", f"{H1}<div>Ann Lee, MD</div><p>{LONG}</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}<div>Ann Lee • May 3, 2024</div><p>{LONG}</p>", (Author(ANN),), "text.name"),
        ("", f"{H1}{LONG_PAGE}<p>This story was written by Ann Lee, Head of Islands</p>", (Author(ANN),), "text.signature"),
        ("", f"{H1}{LONG_PAGE}<p>View all posts by <a href=/author/ann>Ann Lee</a></p>", (Author(ANN),), "text.signature"),
        ("", f"{H1}{LONG_PAGE}<li>Autorin/Autor Ann Lee</li>", (Author(ANN),), "text.signature"),
        # By-words and names of other scripts.
        ("", f"{H1}<div>โดย พิมพ์ใจ แสงทอง 8 มี.ค. 2569 10:15 น.</div>", (Author("พิมพ์ใจ แสงทอง"),), "text.byline"),
        ("", f"{H1}<div>بقلم: ليلى عبد الرحمن</div>", (Author("ليلى عبد الرحمن"),), "text.byline"),
        ("", f"{H1}<div>लेखक: अनुराधा वर्मा</div>", (Author("अनुराधा वर्मा"),), "text.byline"),
        ("", f"{H1}<div>作者：李明</div>", (Author("李明"),), "text.byline"),
        # No heading at all.
        (
            "<title>Ferry leaves an hour late</title>",
            "<div>Ferry leaves an hour late</div><div>By Ann Lee</div>",
            (Author(ANN),),
            "text.byline",
        ),
        # The profile of a name that the by-line links.
        (
            article(ANN),
            f"{H1}<div>By <a href=/ann>Ann Lee</a></div>",
            (Author(ANN, "https://www.dailyferry.example/ann"),),
            "json_ld.author",
        ),
    ],
)
def test_authors(head: str, body: str, wanted: tuple[Author, ...], rule: str) -> None:
    found = find_authors(page_of(head, body))
    assert found is not None
    assert (found.value, found.evidence.rule) == (wanted, rule)


@pytest.mark.parametrize(
    "body",
    [
        "",
        f"{H1}<p>By adapting to the ice, the crew of the ferry saved an hour.</p>",
        f"{H1}<p>Share Article</p><p>May 3, 2024</p>",
        f"{H1}<p>Table of Contents</p>",
        f"{H1}<div class=author>Forgot Password?</div>",
        f"{H1}<div class=author>Full Bio</div>",
        f"{H1}<div class=author>Written By</div>",
        f"{H1}<div class=author>Harbour City, Me. 04101</div>",
        f"{H1}<div class=author><a href=/topics/7>Small Islands</a></div><p>All about small islands.</p>",
        f"{H1}<div>Text Size</div>",
        f"{H1}<div>Contact: Ann Lee</div>",
        f"{H1}<div class=author>Photo: Ann Lee</div>",
        f"{H1}<div class=author>Reviewed by</div><div class=author>Ann Lee</div>",
        f"{H1}<div><a href=/staff>Meet Our Staff</a></div>",
        f"{H1}<div>منوعات</div><div>2026-01-08</div>",
        f"{H1}<p>Key Takeaways</p><p>{LONG}</p><p>These are the takeaways.</p>",
        f"{H1}<p><a href=/style>Design Style</a></p><p>May 3, 2024</p>",
        f"{H1}<p>{LONG}</p><div class=related><a href=/b>Bob Dow on the new ferry</a></div>",
        f"{H1}{LONG_PAGE}<p>Posted by: Bob at May 3</p><p>Posted by: Bob Dow at May 4</p>",
        f"{H1}{LONG_PAGE}<div class=comment>By Bob Dow</div>",
        f"{H1}{'<p>A long text. </p>' * 40}<div><a rel=author href=/a>Ann Lee</a></div><div><a rel=author href=/b>Bob Dow</a></div>",
    ],
)
def test_no_author_is_invented(body: str) -> None:
    assert find_authors(page_of("", body)) is None


@given(st.text(max_size=60) | st.text(alphabet="Ab ,.&|@-()yeByby:", max_size=40))
def test_cleaning_is_idempotent_and_never_raises(text: str) -> None:
    names = clean_names(text)
    for name in names:
        assert clean_names(name) in ([name], [])


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries({"name": inner, "url": inner}),
        max_leaves=8,
    )
)
def test_any_json_author_is_survived(author: object) -> None:
    find_authors(page_of(article(author), H1))


TIME_LINE = "<p>The ferry left the harbour an hour late on Tuesday, after the crew had broken the ice by hand.</p>" * 3


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<div>By Ann Lee | Fact-checked by <a href='/author/bob'>Bob Dow</a></div>", ["Ann Lee"]),
        ("<div>Medically reviewed by Bob Dow, MD — Written by Ann Lee</div>", ["Ann Lee"]),
        ("<dl><dt>By</dt><dd><a href='/author/1'>Ann Lee</a></dd><dd><a href='/author/2'>Bob Dow</a></dd></dl>", ["Ann Lee", "Bob Dow"]),
        (
            "<ul class=authors><li><a href='/author/1'>Ann Lee</a>, PhD,</li><li><a href='/author/2'>Bob Dow</a>, PhD</li></ul>",
            ["Ann Lee", "Bob Dow"],
        ),
        ("<div>Written by</div><p><b>Ann Lee</b></p><div>Researched by</div><p><b>Bob Dow</b></p>", ["Ann Lee"]),
        ("<div>Dec. 19, 2025 · Ann Lee on behalf of the crew</div>", ["Ann Lee"]),
        ("<div>1. Februar 2022 , Ann Lee</div>", ["Ann Lee"]),
        ("<div>Ann Lee|Published 4 months ago</div>", ["Ann Lee"]),
        ("<div>Ann Lee 2 minutes read</div>", ["Ann Lee"]),
        ("<div>Ann Lee</div><div>Updated: 11.04.2020, 10:27</div>", ["Ann Lee"]),
        ("<div>11 Jan 2019</div><div>|</div><div>Ann Lee</div>", ["Ann Lee"]),
        ("<p>Ann Lee, Bob M. Dow, Cid Eng</p>", ["Ann Lee", "Bob M. Dow", "Cid Eng"]),
        ("<p>by annlee</p>", ["annlee"]),
        ("<div>Eine Analyse von Ann Lee</div>", ["Ann Lee"]),
        ("<div>Propos recueillis par Ann Lee</div>", ["Ann Lee"]),
        ("<div>Von Ann Lee Vom 3. Februar 2022</div>", ["Ann Lee"]),
        ("<p>김철수 기자</p>", ["김철수"]),
        ("<div>本报记者 李明</div>", ["李明"]),
        (TIME_LINE + "<p>Authors: Ann Lee and Bob Dow, harbour educators</p>", ["Ann Lee", "Bob Dow"]),
        (TIME_LINE + "<div>Posted by Ann at December 16, 2025</div>", ["Ann"]),
        (TIME_LINE + "<h3>Ann Lee</h3><p>Ann is a reporter on the islands and has written about ferries since 2001.</p>", ["Ann Lee"]),
    ],
)
def test_more_ways_in_which_pages_name_authors(body: str, wanted: list[str]) -> None:
    found = find_authors(page_of("", f"<article><h1>Ferry leaves an hour late</h1>{body}{TIME_LINE}</article>"))
    assert found is not None
    assert [author.name for author in found.value] == wanted


@pytest.mark.parametrize(
    "body",
    [
        "<div class=author><span>R</span></div>",
        "<div class=author>Pediatricians by Specialty or Service</div>",
        "<p>Released Wednesday, March 2, 2022</p>",
        "<p>Last Update Posted: May 3, 2024</p>",
        "<footer>Theme: Tide | Powered by WordPress</footer>",
        "<meta name=author content='Super User'>",
        "<div>Harbour opens its Gates</div><div>3 May 2024</div>",
        "<div>07.12.2022 Wissenschaft Atmosphäre Klima</div>",
        "<div class=author>この記事を書いた人</div>",
        TIME_LINE + "<h2>Theft Protection</h2><p>Theft Protection is what you need when you leave your bicycle on the quay for a day.</p>",
    ],
)
def test_labels_and_accounts_are_no_authors(body: str) -> None:
    assert find_authors(page_of("", f"<article><h1>Ferry leaves an hour late</h1>{body}{TIME_LINE}</article>")) is None


def test_an_office_with_and_in_its_name_is_one_author() -> None:
    found = find_authors(page_of(meta(author="Center for Tide Evaluation and Research")))
    assert found is not None
    assert [(author.name, author.type) for author in found.value] == [("Center for Tide Evaluation and Research", AuthorType.ORGANIZATION)]
