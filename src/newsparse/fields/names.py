"""What a name is: the words that introduce it, what stands beside it, and how it is told from labels, roles and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsparse.model import Author, AuthorType
from newsparse.text import clean, fold_space, squash, words

# What introduces a name: a by-line begins with one of these, or is one of them.
_BY_WORDS = (
    "by|byby|written by|posted by|reported by|words by|story by|text by|published by|authored by|article by|interview by|recommended by"
    "|staff report by|special to|authors?|byline|contributors|text|autor(?:in|en|es|a|as|i)?|geschrieben von|verfasst von"
    "|(?:an? )?(?:analysis|opinion|column|commentary|essay|feature|guest post|review) by|propos recueillis par"
    "|(?:eine? )?(?:artikel|analyse|bericht|kommentar|gastbeitrag|gastkommentar|reportage"
    "|interview|essay|kolumne|rezension|beitrag|porträt) von"
    "|(?:une? )?(?:analyse|chronique|tribune|enquête|reportage|entretien|critique|billet|article) (?:de|par)"
    "|(?:una? )?(?:análisis|artículo|reportaje|crónica|columna|entrevista) (?:de|por)|(?:un )?(?:articolo|analisi|reportage|intervista) di"
    "|auteurs?|écrit par|publié par|escrito por|publicado por|redacción por|a cura di|scritto da|pubblicato da|autore|geschreven door"
    "|skrevet a[fv]|skriven av|text av|tekst|kirjoittanut|teksti|autor tekstu|opracowała?|przez|napsala?|írta|szerző|scris de"
    "|автор|авторы|автори|текст|yazan|yazar|haber|oleh|penulis|tác giả|bởi|γράφει [οη]"
    "|โดย|เขียนโดย|เรื่องโดย|เรื่อง|द्वारा|লেখক|بقلم|كتبت?|نویسنده|به قلم|تحریر|כתב|מאת|लेखक"
    "|文|(?:本報|本报)?(?:記者|记者)|著者|筆者|取材・文|作者|撰文|撰稿|기자|글"
)
# These are also the beginnings of family names.
_PARTICLES = "von|par|por|di|de|da|door|av|af|от|του|της"
_BY = re.compile(rf"(?:{_BY_WORDS})(?:\s*[:：/／]\s*|\s+)(?=\S)|(?:written |posted |published )?by(?-i:(?=[A-Z][a-z]))", re.IGNORECASE)
_PARTICLE = re.compile(rf"(?P<particle>{_PARTICLES})(?:\s*:\s*|\s+)(?P<first>\S)\S*\s+\S", re.IGNORECASE)
# "Von DPA" is no name either.
_FROM_AGENCY = re.compile(rf"(?:{_PARTICLES})\s+(?=(?-i:[A-Z]{{2,5}})\Z)", re.IGNORECASE)
# How the words that introduce a name begin, which few texts do: two characters, or a word of one.
_BEGINNINGS = frozenset(word[:2] for word in re.split(r"[|()?:]+", f"{_BY_WORDS}|{_PARTICLES}") if word.strip())
_BY_ALONE = re.compile(rf"(?:{_BY_WORDS}|{_PARTICLES})\s*[:：]?", re.IGNORECASE)
# "And" between names. The second group also stands inside names ("Ortega y Gasset") and needs a full name on either side.
_AND = re.compile(
    r"\s+(?:and|und|et|og|och|ja|и|та|й|ve|και|&|\+|with|mit|avec)\s+|\s*[;|•·／、，،؛]\s*|\s+/\s+|(?<=\w)/(?=(?-i:[A-Z]))|\n",
    re.IGNORECASE,
)
_DOUBTFUL_AND = re.compile(r"\s+(?:y|e|i|en|dan|și|a|és|in|con|com)\s+")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|\.(?:com|html?|php)/|^@|\d{3,}|[{}<>=_?!]|:\s|\w:\w|(?<![a-z])(?!prof|capt|lieut|dipl)[a-z]{4,}\.\s|’s\Z", re.IGNORECASE
)
_EMAIL = re.compile(r"(?<!\S)[^\s@]+@\S+")
_PARENTHESIS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]?")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+\Z")
# A name that a system made up: letters and digits in one word, long.
_MADE_UP = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}\Z")
_ACCOUNT = frozenset(
    {
        *(
            "admin",
            "administrator",
            "editor",
            "webmaster",
            "root",
            "user",
            "guest",
            "author",
            "unknown",
            "none",
            "null",
            "undefined",
            "n/a",
        ),
        *("no author", "super user", "site admin", "web admin", "guest author", "default"),
    }
)
_CREDENTIAL = re.compile(
    r"(?:[A-Z]{2,}[a-z]?(?:[-/ ][A-Z0-9]+)*[®™]?"
    r"|Ph\.?\s?D\.?|M\.?D\.?|Psy\.?D\.?|J\.?D\.?|Ed\.?D\.?|M\.?[AS]c?\.?|B\.?[AS]c?\.?|Esq\.?|[JS]r\.?|DPhil|CEPF®)\Z"
)
_COMPANY = re.compile(r"(?:Co|Cie|Partners?|Sons|Söhne)\b")
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|producer|photographer|director|manager|analyst|expert"
    r"|dietitian|nutritionist|head|chief|founder|ceo|redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|autor(?:in)?|journaliste?"
    r"|periodista|redactora?|giornalista|corresponsal|envoyée?|enviad[oa]|special|political|senior|journalist|tidning|updated|published"
    r"|principal|partner|officer|consultant|engineer|attorney|researcher|scientist|strategist|advis[eo]r|physician|therapist|grader|trainer|marketer|blogger|professional"
    r"|korrespondent|basın|muhabir|specialist|coach|author|freelance)\b",
    re.IGNORECASE,
)
_ROLE_OF = re.compile(r",[^,]*\b(?:of|for)\b[^,]*\Z")
_ROLE_SUFFIX = re.compile(r"\s*(?:記者|记者|기자|특파원|編集委員|通讯员|記す)(?:\s*외\s*\d+\s*명)?\Z|\s+외\s*\d+\s*명\Z")
_ORGANIZATION = re.compile(
    r"\b(?:gmbh|inc|ltd|llc|ag|news|redaktion|redaction|rédaction|redacción|redazione|redactie|toimitus|staff|team|desk|bureau|writers|newsdesk|agency|agentur"
    r"|agence|agencia|press|media|magazine|newsroom|editors|editorial|university|institute|association|foundation|department|center"
    r"|centre|council|company|group|stiftung|institut|ministerium|ministry|ministère|ministerio|verband|verein|landesanstalt|bundesamt|behörde"
    r"|admin|reuters|afp|dpa|apa|sda|sid|ansa|efe|pti|tass|bloomberg|times|post|online|tv|radio|belga|anp|ntb|ritzau|keystone|xinhua|yonhap|kyodo|interfax|ians"
    r"|(?-i:AP|UPI|KNA|EPD|PAP|CNA|ANI|AA|DHA|TT|STT))\b|(?:新聞|新闻|通訊|通讯|通信|新华|新華)社\Z|[a-z]\.[a-z]{2,3}\Z",
    re.IGNORECASE,
)
# What ends the names in a by-line: a separator, a date, a place.
AFTER_NAME = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]\s+|\s*\d|\s*:|\s+(?:für|for|in|at|am|on|le|el|vom|beim|(?:last )?(?:updated|modified)|published|posted"
    r"|(?:zuletzt )?(?:aktualisiert|geändert)|veröffentlicht|publié|publicado|actualizado|atualizado|pubblicato|aggiornato|on behalf)\b"
    r"|(?:\A|[,\s])\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|okt|dez|ene|abr|ago|dic|mai|mär|janv|févr)[a-zéû]*\.?\s+\d",
    re.IGNORECASE,
)
# Words of labels and buttons that are written with capitals, as names are.
_LABEL_WORDS = words(
    "a about ad all an and app article articles avatar bio blog book buy click comment comments contact contents copied copy"
    " cookie download email"
    " events facebook faculty featured follow for free from full get help hide home how in instagram join latest link linkedin listen login"
    " meet menu min more my newsletter now of on our page photo photos policy popular post posts print privacy program read register"
    " related report reviews save search see send share show sign size skip story subscribe summary table tags team terms the this tiktok"
    " at by from is nach or powered released bei beim für im mit und vom zum zur avec con para pour sur"
    " monday tuesday wednesday thursday friday saturday sunday last offline online update"
    " to top topics twitter us video view views watch what whatsapp why with written user you your youtube"
)
# Words of labels that names of desks have too.
_DESK_WORDS = frozenset({"the", "team", "and", "for", "program", "blog", "search", "video", "online", "und", "für"})
_MOST_WORDS = 6
_MOST_ORGANIZATION_WORDS = 9
_MOST_DESK_WORDS = 5
LONGEST_NAME = 80
# Words of labels in such scripts.
_SPACELESS_LABEL = re.compile(
    "記事|この|一覧|関連|人気|最新|登録|検索|ログイン|ニュース|プロフィール|로그인|구독|기사|더보기|登录|注册|相关|更多|分享"
)
# In scripts without capitals, where a name is one word or several.
_LONGEST_SPACELESS_NAME, _LONGEST_SPACED_NAME = 12, 30


# The same few names stand in data, in meta elements and in the by-line.
@lru_cache(maxsize=256)
def is_named_as_organization(name: str) -> bool:
    """Whether a word of the name is one that organizations have, and persons do not."""
    return _ORGANIZATION.search(name) is not None


def as_author(name: str, url: str | None = None, is_organization: bool = False) -> Author:
    """The author of that name, whose type it may tell."""
    organization = is_organization or is_named_as_organization(name)
    return Author(name, url, AuthorType.ORGANIZATION if organization else AuthorType.PERSON)


def clean_names(raw: str) -> list[str]:
    """The names in a by-line or a metadata value, without "By", roles, credentials, addresses and account names.

    >>> clean_names("By Ann Lee, Political Editor, and Bob Dow (Paris)")
    ['Ann Lee', 'Bob Dow']
    >>> clean_names("https://example.com/authors/ann-lee"), clean_names("@annlee"), clean_names("Ann Lee, MD, PhD")
    ([], [], ['Ann Lee'])
    """
    return list(_kept_names(raw) if len(raw) <= _LONGEST_KEPT else _clean_names(raw))


def _clean_names(raw: str) -> tuple[str, ...]:
    text = fold_space(_EMAIL.sub(" ", _PARENTHESIS.sub("", clean(raw))))
    text = without_by(text.strip())
    parts = [text] if _is_one_organization(text) else _AND.split(text)
    # "Head of Islands and Small Ports" is one role.
    parts = parts[:1] + [part for before, part in pairwise(parts) if not (is_role(before) and _ROLE_OF.search(before))]
    names = [name for part in parts for name in _comma_separated(part)]
    if names and not names[0].isupper():
        names = [names[0], *(name for name in names[1:] if not _CREDENTIAL.match(name) or is_named_as_organization(name))]
    return tuple(dict.fromkeys(name for part in names for name in _doubtful_and(part)))


_LONGEST_KEPT = 200
_kept_names = lru_cache(maxsize=256)(_clean_names)


def _is_one_organization(text: str) -> bool:
    """Whether "and" stands inside the name of an office or company, as in "Centre for Tides and Research" or "Lee GmbH & Co. KG"."""
    parts = [part.strip() for part in _AND.split(text)]
    if len(parts) != 2 or "," in text or not parts[0] or not is_named_as_organization(text):
        return False
    return _COMPANY.match(parts[1]) is not None or (
        len(parts[0].split()) >= 3 and len(parts[1].split()) == 1 and not is_named_as_organization(parts[1])
    )


def clean_organization(raw: str) -> list[str]:
    """The name of an organization, which may have commas and "and" in it.

    >>> clean_organization("Lee & Dow")
    ['Lee & Dow']
    """
    name = fold_space(clean(raw))
    return [name] if name and len(name) <= LONGEST_NAME and not _NOT_A_NAME.search(name) else []


def _comma_separated(text: str) -> Iterator[str]:
    """The names between commas. What follows a name and is a role, credential or place is none."""
    parts = [part for part in (_name(part) for part in text.split(",")) if part]
    capitals = bool(parts) and parts[0].isupper()
    for position, part in enumerate(parts):
        if position == 0 or not ((_CREDENTIAL.match(part) and not capitals) or is_role(part) or (len(part.split()) < 2 and part.isascii())):
            yield part


def _doubtful_and(name: str) -> list[str]:
    parts = _DOUBTFUL_AND.split(name)
    return parts if len(parts) > 1 and all(len(part.split()) >= 2 for part in parts) else [name]


def _name(text: str) -> str | None:
    text = _ROLE_SUFFIX.sub("", without_by(text.strip(" \t\n-–—•·:*.\u00a0")))
    text = re.split(r"\s+[-–—]\s+", text, maxsplit=1)[0].strip(" ,;:-–—/")
    words = len(text.split())
    if not text or len(text) > LONGEST_NAME or _NOT_A_NAME.search(text) or not any(char.isalpha() for char in text):
        return None
    if (_SLUG.match(text) and not is_named_as_organization(text)) or _MADE_UP.match(text) or text.lower() in _ACCOUNT:
        return None
    if is_by(text) or (len(text) == 1 and text.isascii()):  # the letter that stands for a missing picture
        return None
    return text if words <= (_MOST_ORGANIZATION_WORDS if is_named_as_organization(text) else _MOST_WORDS) else None


def inverted(raw: str) -> list[str]:
    """The name in a bibliographic record, where "Family, Given" is usual."""
    parts = [part.strip() for part in clean(raw).split(",")]
    if len(parts) == 2 and all(parts) and all(len(part.split()) <= 3 for part in parts) and not _CREDENTIAL.match(parts[1]):
        return clean_names(f"{parts[1]} {parts[0]}")
    return clean_names(raw)


def looks_like_desk(name: str) -> bool:
    """A name such as "The Ferry editors": what a desk, a team or an agency is called."""
    parts = name.lower().split()
    if not parts or len(parts) > _MOST_DESK_WORDS or (name[0].islower() and parts[0] != "the") or any(map(str.isdigit, name)):
        return False
    return _LABEL_WORDS.isdisjoint(set(parts) - _DESK_WORDS) and is_named_as_organization(name)


def has_credential(text: str, name: str) -> bool:
    """Whether a degree or title follows the name in the text, as in "Ann Lee, MD"."""
    following = text[len(name) :].lstrip(" ,").split(",", 1)[0].strip(" .;")
    return text[len(name) : len(name) + 1] == "," and _CREDENTIAL.match(following) is not None


def is_account(name: str) -> bool:
    """Whether a name is one word in letters that have case: an account's, or a person's half."""
    return len(name.split()) == 1 and (name.lower() != name.upper())


def name_part(text: str) -> str:
    """The beginning of a text, up to what ends the names in a by-line."""
    return AFTER_NAME.split(text, maxsplit=1)[0]


def looks_like_name(name: str) -> bool:
    """Up to four words that begin like a name, in a place where a name is due."""
    short = 1 <= len(name.split()) <= 4 and len(name) <= 30
    return short and not name[0].islower() and not any(map(str.isdigit, name)) and not has_label_word(name) and not is_role(name)


def has_label_word(name: str) -> bool:
    """Whether a word of labels and buttons is among the words."""
    return not _LABEL_WORDS.isdisjoint(name.lower().split())


def without_by(text: str) -> str:
    """``text`` without the words that introduce a name."""
    return text[after_by(text) :]


def is_by(text: str) -> bool:
    """Whether a text is nothing but the words that introduce a name."""
    return _may_begin_with_by(text) and _BY_ALONE.fullmatch(text) is not None


def _may_begin_with_by(text: str) -> bool:
    return text[:2].casefold() in _BEGINNINGS or text[:1] in _BEGINNINGS


def after_by(text: str, *, visible: bool = False) -> int:
    """Where the name begins after words such as "By"; 0 where there are none.

    "Di Canio" and "Von Miller" are names: a particle is a by-word only before two words with capitals, and in a value that is meant
    to be a name only in lower case.
    """
    if not _may_begin_with_by(text):
        return 0
    end = 0
    while match := _BY.match(text, end):
        end = match.end()
    if agency := _FROM_AGENCY.match(text, end):
        return agency.end()
    particle = _PARTICLE.match(text, end)
    if particle and not particle["first"].islower() and (visible or particle["particle"].islower()):
        return particle.start("first")
    return end


def looks_like_person(name: str) -> bool:
    """Two to four words that begin with capitals, or a short word of a script without capitals; no role and no digits."""
    words = name.split()
    if not words or len(words) > 5 or any(map(str.isdigit, name)) or has_label_word(name):
        return False
    if not any(char.isupper() or char.islower() for char in name):
        longest = _LONGEST_SPACED_NAME if 2 <= len(words) <= 4 else _LONGEST_SPACELESS_NAME
        fits = 2 <= len(squash(name)) <= longest and _SPACELESS_LABEL.search(name) is None
    else:
        fits = len(name) <= 40 and words[0][0].isupper() and any(word[0].isupper() for word in words[1:])
    return fits and not is_role(name)


def is_role(text: str) -> bool:
    """Whether a text names a person's work."""
    return _ROLE.search(text) is not None
