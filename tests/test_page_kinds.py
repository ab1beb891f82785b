"""What kind of page it is: walls and error messages in many languages, live blogs, galleries, videos, lists, and a second article."""

import pytest

import newsparse
from newsparse import Article, BoilerplateKind, PageKind, Relation, Role
from tests.timing import TIMES, assert_linear

URL = "https://brael.example/news/2026/05/ferry-leaves-an-hour-late"
STORY = "The ferry left the eastern pier an hour late on Tuesday because the crew had to break the ice by hand, the harbour office said."
ARTICLE = '<meta property="og:type" content="article">'

WALLS = [
    ("captcha", "en", "Please verify you are human to continue."),
    ("captcha", "de", "Bitte bestätigen Sie, dass Sie ein Mensch sind."),
    ("captcha", "fr", "Vérifiez que vous êtes humain."),
    ("captcha", "es", "Verifica que eres humano para seguir."),
    ("captcha", "it", "Verifica di essere umano."),
    ("captcha", "pt", "Confirme que é humano."),
    ("captcha", "nl", "Bevestig dat je een mens bent."),
    ("captcha", "pl", "Potwierdź, że jesteś człowiekiem."),
    ("captcha", "ru", "Подтвердите, что вы не робот."),
    ("captcha", "tr", "Ben robot değilim"),
    ("captcha", "ja", "私はロボットではありません"),
    ("script", "en", "Please enable JavaScript to view this page."),
    ("script", "de", "Bitte aktivieren Sie JavaScript."),
    ("script", "fr", "Veuillez activer JavaScript."),
    ("script", "es", "JavaScript está desactivado en su navegador."),
    ("script", "it", "Abilita JavaScript per continuare."),
    ("script", "pt", "Ative o JavaScript no seu navegador."),
    ("script", "nl", "Schakel JavaScript in."),
    ("script", "pl", "Włącz JavaScript w przeglądarce."),
    ("script", "ru", "Включите JavaScript в браузере."),
    ("script", "sv", "Aktivera JavaScript i webbläsaren."),
    ("login", "en", "Log in to continue to the Brael Courier."),
    ("login", "de", "Bitte melden Sie sich an."),
    ("login", "fr", "Connectez-vous pour continuer."),
    ("login", "es", "Inicia sesión para continuar."),
    ("login", "it", "Accedi per continuare."),
    ("login", "pt", "Inicie sessão para continuar."),
    ("login", "nl", "Log in om verder te gaan."),
    ("login", "pl", "Zaloguj się, aby kontynuować."),
    ("login", "ru", "Войдите, чтобы продолжить."),
    ("login", "ja", "続行するにはログインしてください"),
    ("region", "en", "This site is not available in your region."),
    ("region", "de", "Dieser Inhalt ist in Ihrem Land nicht verfügbar."),
    ("region", "fr", "Ce contenu n'est pas disponible dans votre pays."),
    ("region", "es", "Este contenido no está disponible en tu país."),
    ("region", "it", "Il contenuto non è disponibile nel tuo paese."),
    ("region", "pt", "O conteúdo não está disponível no seu país."),
    ("region", "nl", "Deze inhoud is niet beschikbaar in jouw land."),
    ("region", "pl", "Ta treść jest niedostępna w Twoim kraju."),
    ("region", "ru", "Материал недоступен в вашей стране."),
    ("region", "sv", "Innehållet är inte tillgängligt i ditt land: inte tillgänglig i ditt land."),
    ("consent", "en", "We value your privacy."),
    ("consent", "de", "Mit Werbung weiterlesen"),
    ("consent", "fr", "Nous et nos partenaires stockons des informations."),
    ("consent", "es", "Valoramos su privacidad."),
    ("consent", "it", "Noi e i nostri partner usiamo i cookie."),
    ("consent", "pt", "Valorizamos a sua privacidade."),
    ("consent", "nl", "Wij en onze partners gebruiken cookies."),
    ("consent", "pl", "Cenimy Twoją prywatność."),
    ("consent", "ru", "Мы используем файлы cookie."),
    ("consent", "ja", "当サイトはクッキーを使用しています"),
]


@pytest.mark.parametrize(("name", "language", "text"), WALLS)
def test_walls(name: str, language: str, text: str) -> None:
    article = newsparse.parse(f"<html lang={language}><body><h1>Brael Courier</h1><div><p>{text}</p><button>OK</button></div>", url=URL)
    assert article.kind is PageKind.WALL
    evidence = article.evidence_for("kind")
    assert evidence is not None
    assert evidence.rule == f"kind.wall.{name}"
    assert article.body == ()
    assert any(segment.text == text for segment in article.segments)


@pytest.mark.parametrize(("_", "language", "text"), WALLS)
def test_an_article_may_say_what_walls_say(_: str, language: str, text: str) -> None:
    body = f"<p>{STORY}</p>" * 5
    page = f"<html lang={language}><head>{ARTICLE}</head><body><article><h1>Ferry leaves late</h1>{body}</article><p>{text}</p>"
    article = newsparse.parse(page, url=URL)
    assert article.kind is PageKind.ARTICLE
    assert STORY in article.text


@pytest.mark.parametrize(
    "text",
    [
        "404 Page not found",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina non trovata",
        "Página não encontrada",
        "Pagina niet gevonden",
        "Strona nie została znaleziona",
        "Страница не найдена",
        "ページが見つかりません",
        "503 Service Unavailable",
    ],
)
def test_errors(text: str) -> None:
    article = newsparse.parse(f"<title>{text}</title><body><h1>{text}</h1><p><a href=/>Brael Courier</a>", url=URL)
    assert (article.kind, article.body) == (PageKind.ERROR, ())
    assert any(segment.text == text for segment in article.segments)


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to continue reading",
        "Bereits Abonnent? Jetzt weiterlesen",
        "Article réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "Contenuto riservato agli abbonati",
        "Exclusivo para assinantes",
        "Alleen voor abonnees",
        "Tylko dla prenumeratorów",
        "Только для подписчиков",
        "この記事は有料会員限定です",
    ],
)
def test_beginning_of_a_paid_article(text: str) -> None:
    story = f"<article><h1>Ferry leaves late</h1><p>{STORY}</p><p>{STORY} Twice.</p></article>"
    page = f"<head>{ARTICLE}</head>{story}<div class=wall><p>{text}</p></div>"
    article = newsparse.parse(page, url=URL)
    assert (article.kind, article.is_free) == (PageKind.ARTICLE, False)
    assert article.text.startswith(STORY)


def test_a_paywall_phrase_in_a_whole_article_says_nothing() -> None:
    body = "".join(f"<p>{STORY} {number}.</p>" for number in range(20))
    assert newsparse.parse(f"<article><h1>Ferry</h1>{body}</article><p>Already a subscriber?</p>", url=URL).is_free is None


def test_list_of_articles() -> None:
    cards = "".join(
        f"<div class=card><h3><a href=/news/{number}/a-long-title-of-an-article>Title {number} of a story from the harbour</a></h3></div>"
        for number in range(20)
    )
    article = newsparse.parse(f"<body><h1>Harbour news</h1>{cards}", url="https://brael.example/news/")
    assert (article.kind, article.body) == (PageKind.LISTING, ())
    assert len(article.links) == 20


def appended(headline: str) -> Article:
    story = "".join(f"<p>{STORY} {number}.</p>" for number in range(4))
    other = f"<p>A choir of forty sang on the frozen quay until the lanterns burned down, and nobody went home before midnight.</p>{story}"
    return newsparse.parse(
        f"<head>{ARTICLE}</head><main><article><h1>Ferry leaves an hour late</h1><p class=byline>By Ada Holm</p>{story}</article>"
        f"<article>{headline}<p class=byline>By Bo Rask</p>{other}</article></main>",
        url=URL,
    )


def test_second_article() -> None:
    article = appended("<h1><a href=/news/choir/>Choir sings until the lanterns burn down</a></h1>")
    used = [segment for segment in article.segments if segment.kind is BoilerplateKind.APPENDED_ARTICLE]
    assert [link for segment in used for link in segment.links] == [
        newsparse.Link("https://brael.example/news/choir/", "Choir sings until the lanterns burn down", Relation.RELATED)
    ]
    assert "choir" not in article.text.lower()
    assert article.text.count(STORY) == 4
    assert article.related == ()


def test_a_section_with_a_linked_heading_is_no_second_article() -> None:
    story = "".join(f"<p>{STORY} {number}.</p>" for number in range(4))
    page = f"<article><h1>Walks</h1><p>By Ada Holm</p>{story}<section><h2><a href=/walk/>The long walk</a></h2>{story}</section></article>"
    article = newsparse.parse(page, url=URL)
    assert all(segment.kind is not BoilerplateKind.APPENDED_ARTICLE for segment in article.segments)


def test_a_section_with_an_h1_of_its_own_is_no_second_article() -> None:
    story = "".join(f"<p>{STORY} {number}.</p>" for number in range(4))
    dated = f"<section><h1>What the winter of 2024 was like</h1><p>It was 2024.</p>{story}</section>"
    article = newsparse.parse(f"<article><h1>Walks</h1><p>By Ada Holm</p>{story}{dated}</article>", url=URL)
    assert article.text.count(STORY) == 8


def test_a_related_list_is_known_by_its_heading_in_many_languages() -> None:
    for heading in ("Related articles", "Mehr zum Thema", "À lire aussi", "También te puede interesar", "Читайте также", "関連記事"):
        items = "".join(
            f"<li><a href=/news/story-of-the-choir-{number}>The choir sings a story number {number}</a></li>" for number in range(3)
        )
        body = f"<p>{STORY}</p>" * 4
        page = f"<article><h1>Ferry leaves an hour late</h1>{body}</article><aside><h3>{heading}</h3><ul>{items}</ul></aside>"
        article = newsparse.parse(page, url=URL)
        assert len(article.related) == 3, heading
        assert {link.relation for link in article.related} == {Relation.RELATED}
        assert sum(segment.role is Role.RELATED for segment in article.segments) == 3


@pytest.mark.parametrize("heading", ["Most read", "Latest news", "Meistgelesen", "Les plus lus", "Más leídas"])
def test_lists_of_the_site_are_not_related(heading: str) -> None:
    items = "".join(
        f"<li><a href=/news/story-of-the-choir-{number}>The choir sings a story number {number}</a></li>" for number in range(5)
    )
    page = f"<article><h1>Ferry leaves an hour late</h1>{f'<p>{STORY}</p>' * 4}</article><aside><h3>{heading}</h3><ol>{items}</ol></aside>"
    assert newsparse.parse(page, url=URL).related == ()


# --- Entries of a live blog are blocks with their times

ENTRIES = (("17:58", "The lamps are lit"), ("17:21", ""), ("16:40", "Ice at the bridge"), ("15:55", ""))


def entry(time: str, heading: str, *, is_wrapped: bool) -> str:
    parts = f"<p class=when>{time}</p>{f'<h2>{heading}</h2>' if heading else ''}<p>{STORY} That was at {time}.</p>"
    return f"<div class=entry>{parts}</div>" if is_wrapped else parts


@pytest.mark.parametrize("is_wrapped", [True, False])
def test_entries_of_a_live_blog_are_blocks_with_their_times(is_wrapped: bool) -> None:
    entries = "".join(entry(*item, is_wrapped=is_wrapped) for item in ENTRIES)
    page = f"<head>{ARTICLE}</head><article><h1>Live: the ferry and the ice</h1><div class=entries>{entries}</div></article>"
    article = newsparse.parse(page, url="https://brael.example/live/ferry-and-ice")
    assert article.kind is PageKind.LIVE_BLOG
    expected = [text for time, heading in ENTRIES for text in (time, heading, f"{STORY} That was at {time}.") if text]
    assert [block.text for block in article.body] == expected
    assert [block.text for block in article.body if isinstance(block, newsparse.Heading)] == ["The lamps are lit", "Ice at the bridge"]


def test_captions_of_a_gallery_are_its_body() -> None:
    captions = [f"Picture {number} shows the ferry among the ice, with the crew on deck." for number in range(6)]
    figures = "".join(f"<figure><img src=/{number}.jpg><figcaption>{text}</figcaption></figure>" for number, text in enumerate(captions))
    page = f"<head>{ARTICLE}</head><article><h1>Pictures of the frozen harbour</h1><p>{STORY}</p>{figures}</article>"
    article = newsparse.parse(page, url="https://brael.example/gallery/frozen-harbour")
    assert article.kind is PageKind.GALLERY
    assert all(text in article.text for text in captions)


def test_menus_of_long_names_make_no_list() -> None:
    menu = "".join(f"<li><a href=/shop/{number}/>All kinds of ropes and sails {number}</a></li>" for number in range(40))
    page = f"<body><nav><ul>{menu}</ul></nav><main><h1>Our ropes</h1><p>{STORY}</p><p>Get in touch</p></main>"
    assert newsparse.parse(f"<head><meta name=a content=b></head>{page}", url="https://brael.example/ropes/").kind is not PageKind.LISTING


@pytest.mark.parametrize(
    ("types", "rule"), [("NewsArticle", True), ("BlogPosting", True), ("DiscussionForumPosting", False), ("Review", False)]
)
def test_what_says_twice_that_it_is_an_article(types: str, rule: bool) -> None:
    data = f'<script type="application/ld+json">{{"@type": "{types}", "headline": "Ferry"}}</script>'
    page = f"<head>{ARTICLE}{data}</head><article><h1>Ferry</h1>{f'<p>{STORY}</p>' * 9}</article>"
    evidence = newsparse.parse(page, url=URL).evidence_for("kind")
    assert evidence is not None
    assert (evidence.rule == "kind.stated") is rule


# --- Boxes of links


def beside(box: str) -> Article:
    return newsparse.parse(
        f"<head>{ARTICLE}</head><article><h1>Ferry leaves an hour late</h1>{f'<p>{STORY}</p>' * 5}</article>{box}", url=URL
    )


def test_cards_under_an_empty_link_have_their_headings_as_titles() -> None:
    cards = "".join(
        f"<article><div><h2>The choir sings on the quay {number}</h2><p>In <a href=/music>Music</a></p></div>"
        f"<a class=stretched-link href=/news/choir-sings-on-the-quay-{number}></a></article>"
        for number in range(3)
    )
    found = beside(f"<section class=related><h3>Related articles</h3>{cards}</section>").related
    assert found == tuple(
        newsparse.Link(
            f"https://brael.example/news/choir-sings-on-the-quay-{number}", f"The choir sings on the quay {number}", Relation.RELATED
        )
        for number in range(3)
    )


def test_teasers_with_a_date_are_no_second_article() -> None:
    teasers = "".join(
        f"<div class=post><h1><a href=/news/choir-{number}/>The choir sings on the quay {number}</a></h1><p>By Bo Rask, 3 May 2026</p>"
        f"<p>{STORY}</p></div>"
        for number in range(3)
    )
    article = beside(f"<div class=related-posts><h4>Related posts</h4>{teasers}</div>")
    assert all(segment.kind is not BoilerplateKind.APPENDED_ARTICLE for segment in article.segments)
    assert [link.title for link in article.related] == [f"The choir sings on the quay {number}" for number in range(3)]


def test_every_link_has_a_relation_and_thousands_are_read_in_linear_time() -> None:
    story = f"<article><h1>Ferry leaves an hour late</h1>{f'<p>{STORY}</p>' * 5}</article>"

    def page(size: int) -> str:
        links = [f"<li><a href=/news/choir-sings-{number}>The choir sings on the quay {number}</a></li>" for number in range(size)]
        lists = "".join(f"<div><h3>Heading {start}</h3><ul>{''.join(links[start : start + 20])}</ul></div>" for start in range(0, size, 20))
        return f"<head>{ARTICLE}</head><nav><a href=/a>A</a> <a href=/b>B</a></nav>{story}{lists}<footer><a href=/c>About us</a></footer>"

    links = newsparse.parse(page(4000), url=URL).links
    assert len(links) == 4003
    assert {link.relation for link in links[:2]} == {links[-1].relation} == {Relation.NAVIGATION}
    texts = {size: page(size) for size in (500, 500 * TIMES)}
    assert_linear(lambda size: lambda: newsparse.parse(texts[size], url=URL).links, 500)
