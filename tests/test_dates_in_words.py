"""Dates as pages show them: 30 languages and more, in at least eight forms each. All are of 3 May 2024, those with a time of 17:04."""

# The table has a language a line.
# ruff: noqa: E501

from datetime import datetime, timedelta

import pytest

from newsparse.fields.moments import dates_in, parse_date, relative_date
from newsparse.lexicon.dates import fold_date, month_of
from newsparse.model import DatePrecision

FORMS = {
    "en": "May 3, 2024|3 May 2024|May 3rd, 2024 at 5:04 pm|Friday, 3rd of May 2024|Published: May 3, 2024, 5:04 p.m. EDT|03 May 2024 17:04 GMT|17:04, 3 May 2024|Fri May 03 2024|2024-05-03 17:04|5:04 PM on 3 May 2024",
    "de": "3. Mai 2024|03.05.2024, 17:04 Uhr|Freitag, 3. Mai 2024, 17.04 Uhr|Veröffentlicht am 3. Mai 2024 um 17:04 Uhr|03.05.24, 17:04 Uhr|3.5.2024|3. Mai 2024 | 17:04|Stand: 03.05.2024 17:04 Uhr|3.Mai 2024",
    "fr": "3 mai 2024|vendredi 3 mai 2024|Publié le 3 mai 2024 à 17h04|03/05/2024 à 17:04|Le 3 mai 2024 à 17 h 04|3 MAI 2024|Publié le 03/05/2024 à 17h04|3 mai 2024 - 17:04|Mis à jour le 3 mai 2024",
    "es": "3 de mayo de 2024|3 mayo, 2024|viernes, 3 de mayo de 2024|3 de mayo de 2024 a las 17:04|03/05/2024 17:04h|3 may 2024 - 17:04 h|Publicado el 3 de mayo del 2024|mayo 3, 2024|3 MAY 2024",
    "pt": "3 de maio de 2024|03/05/2024 às 17h04|sexta-feira, 3 de maio de 2024|3 mai. 2024, 17:04|Publicado em 3 de maio de 2024 às 17h04|03/05/2024 17h04|3 mai 2024|03.05.2024 | 17h04",
    "it": "3 maggio 2024|venerdì 3 maggio 2024|3 maggio 2024 alle 17:04|03/05/2024 ore 17:04|Pubblicato il 3 maggio 2024|3 mag 2024|03.05.2024|3 Maggio 2024, ore 17.04|Aggiornato il 03/05/2024 alle ore 17:04",
    "nl": "3 mei 2024|vrijdag 3 mei 2024|3 mei 2024 om 17:04|03-05-2024 17:04|3 mei 2024, 17.04 uur|Gepubliceerd op 3 mei 2024|03 mei 2024 - 17:04|03/05/2024",
    "sv": "3 maj 2024|fredag 3 maj 2024|3 maj 2024 kl. 17.04|2024-05-03 17:04|Publicerad 3 maj 2024|den 3 maj 2024 klockan 17.04|3 maj, 2024|Uppdaterad 2024-05-03 kl 17:04",
    "no": "3. mai 2024|fredag 3. mai 2024|3. mai 2024 kl. 17.04|03.05.2024 17:04|Publisert 3. mai 2024|Publisert: 03.05.2024 kl. 17:04|3 mai 2024|3. mai 2024, klokken 17.04",
    "da": "3. maj 2024|fredag d. 3. maj 2024|3. maj 2024 kl. 17.04|03.05.2024 kl. 17:04|3. maj 2024 klokken 17:04|03-05-2024|Opdateret 3. maj 2024|den 3. maj 2024",
    "fi": "3. toukokuuta 2024|3.5.2024|3.5.2024 klo 17.04|pe 3.5.2024 klo 17:04|Julkaistu 3.5.2024|perjantai 3. toukokuuta 2024|3.5.2024 17:04|03.05.2024 kello 17.04",
    "pl": "3 maja 2024|3 maja 2024 r.|piątek, 3 maja 2024|3 maja 2024, 17:04|03.05.2024 17:04|3 maja 2024 r. o godz. 17:04|3 maja 2024 o 17:04|Opublikowano 3 maja 2024|3 maj 2024",
    "cs": "3. května 2024|3. 5. 2024|pátek 3. května 2024|3. května 2024 v 17:04|3. 5. 2024 17:04|03.05.2024|Publikováno: 3. 5. 2024|3. kvě 2024|3. května 2024, 17:04",
    "ru": "3 мая 2024|3 мая 2024 г.|3 мая 2024 года|03.05.2024 17:04|3 мая 2024, 17:04|17:04, 3 мая 2024|3 мая 2024 в 17:04|пятница, 3 мая 2024 г., 17:04|Опубликовано 03.05.2024|3 Май 2024",
    "uk": "3 травня 2024|3 травня 2024 р.|3 травня 2024 року|03.05.2024, 17:04|3 травня 2024, 17:04|17:04, 3 травня 2024|3 травня 2024 о 17:04|п'ятниця, 3 травня 2024|3 Трав 2024",
    "tr": "3 Mayıs 2024|3 MAYIS 2024|3 Mayıs 2024 Cuma|3 Mayıs 2024, 17:04|03.05.2024 17:04|03.05.2024 - 17:04|3 Mayıs 2024 saat 17:04|Yayınlanma: 03.05.2024|Güncelleme: 3 Mayıs 2024",
    "el": "3 Μαΐου 2024|3 ΜΑΪΟΥ 2024|Παρασκευή, 3 Μαΐου 2024|3 Μαΐου 2024, 17:04|03/05/2024 17:04|3 Μαΐου 2024 στις 17:04|03.05.2024|3 Μάιος 2024|Δημοσιεύτηκε: 3 Μαΐου 2024",
    "ar": "3 مايو 2024|٣ مايو ٢٠٢٤|الجمعة، 3 مايو 2024|3 مايو، 2024|3 أيار 2024|3 أيار/مايو 2024|03/05/2024|3 مايو 2024 الساعة 17:04|3 ماي 2024|نشر في 3 مايو 2024",
    "he": "3 במאי 2024|3 מאי 2024|יום שישי, 3 במאי 2024|3 במאי 2024, 17:04|03.05.2024|03/05/2024 17:04|3 במאי 2024 בשעה 17:04|פורסם ב-3 במאי 2024",
    "fa": "۱۴ اردیبهشت ۱۴۰۳|14 اردیبهشت 1403|جمعه ۱۴ اردیبهشت ۱۴۰۳|۱۴ اردیبهشت ۱۴۰۳ - ۱۷:۰۴|۱۴۰۳/۰۲/۱۴|1403/02/14 17:04|۱۴ اردیبهشت ۱۴۰۳ ساعت ۱۷:۰۴|۳ مه ۲۰۲۴|تاریخ انتشار: ۱۴ اردیبهشت ۱۴۰۳",
    "hi": "3 मई 2024|03 मई 2024|शुक्रवार, 3 मई 2024|3 मई 2024, 17:04|३ मई २०२४|03 May 2024 05:04 PM IST|मई 3, 2024|प्रकाशित: 3 मई 2024|03/05/2024",
    "id": "3 Mei 2024|Jumat, 3 Mei 2024|3 Mei 2024, 17:04 WIB|Jumat, 03 Mei 2024 17:04 WIB|03/05/2024|3 Mei 2024 pukul 17.04|03 Mei 2024 | 17:04|Diterbitkan 3 Mei 2024|3 Mei 2024 jam 17.04 WIB",
    "vi": "3 tháng 5 năm 2024|ngày 3 tháng 5 năm 2024|3 tháng 5, 2024|03/05/2024 17:04|Thứ sáu, 03/05/2024, 17:04 (GMT+7)|3/5/2024|Thứ Sáu, ngày 3 tháng 5, 2024|17:04 03/05/2024|03-05-2024",
    "ja": "2024年5月3日|2024年05月03日 17:04|２０２４年５月３日|2024年5月3日（金）17時04分|2024/05/03 17:04|2024.05.03|令和6年5月3日|2024年5月3日 午後5時4分|公開日：2024年5月3日",
    "zh": "2024年5月3日|2024年05月03日 17:04|2024-05-03 17:04|2024/05/03|2024 年 5 月 3 日|2024年5月3日 下午5:04|民國113年5月3日|发布时间：2024-05-03 17:04|２０２４年５月３日",
    "ko": "2024년 5월 3일|2024년 05월 03일 17:04|2024.05.03 17:04|2024. 5. 3.|2024.05.03.|입력 2024.05.03 17:04|2024-05-03 17:04|2024년 5월 3일 오후 5시 4분|2024. 5. 3. 오후 5:04",
    "hu": "2024. május 3.|2024. május 3. 17:04|2024. 05. 03.|2024.05.03. 17:04|2024. máj. 3.|2024. május 3., péntek|2024 május 3|2024.05.03|2024. MÁJUS 3.",
    "ro": "3 mai 2024|vineri, 3 mai 2024|3 mai 2024, 17:04|03.05.2024, 17:04|03.05.2024|3 mai 2024 ora 17:04|Publicat: 3 mai 2024|3 Mai 2024|Actualizat la 03.05.2024",
    "bg": "3 май 2024|3 май 2024 г.|03.05.2024|03.05.2024 г.|3 май 2024, 17:04|петък, 3 май 2024|17:04, 3 май 2024|3 май 2024 г. в 17:04",
    "sk": "3. mája 2024|3. 5. 2024|piatok 3. mája 2024|3. mája 2024 o 17:04|03.05.2024 17:04|3. máj 2024|3. 5. 2024, 17:04|3.5.2024",
    "hr": "3. svibnja 2024.|3. svibnja 2024. u 17:04|03.05.2024.|03.05.2024. 17:04|petak, 3. svibnja 2024.|3. svi 2024.|3.5.2024.|Objavljeno: 3. svibnja 2024.",
    "sr": "3. maj 2024.|3. мај 2024.|03.05.2024.|3. maja 2024. u 17:04|03.05.2024. 17:04|petak, 3. maj 2024|3. maj 2024, 17:04|3.5.2024",
    "lt": "2024 m. gegužės 3 d.|2024-05-03 17:04|2024 m. gegužės 3 d. 17:04|2024.05.03|2024 gegužės 3|2024-05-03|2024-05-03, 17:04|Paskelbta: 2024 m. gegužės 3 d.",
    "lv": "2024. gada 3. maijs|3. maijs 2024|2024. gada 3. maijs plkst. 17:04|03.05.2024|03.05.2024 17:04|3. maijs, 2024|piektdiena, 2024. gada 3. maijs|2024. gada 3. maijs, 17:04",
    "th": "3 พฤษภาคม 2567|3 พ.ค. 2567|๓ พฤษภาคม ๒๕๖๗|3 พ.ค. 2567 เวลา 17:04 น.|วันที่ 3 พฤษภาคม 2567|03/05/2567|3 พฤษภาคม 2024|3 พ.ค. 2567 17:04|3 พฤษภาคม พ.ศ. 2567",
    "ca": "3 de maig de 2024|3 de maig del 2024|divendres, 3 de maig de 2024|3 maig 2024|03/05/2024 17:04|3 de maig de 2024 a les 17:04|03.05.2024|3 maig, 2024",
}  # fmt: skip
CASES = [(language, form) for language, forms in FORMS.items() for form in forms.split("|")]
CASES = [(language, form.strip()) for language, form in CASES if len(form.strip()) > 6]


def test_the_table_is_wide() -> None:
    assert len(FORMS) >= 25
    assert min(sum(1 for language, _ in CASES if language == wanted) for wanted in FORMS) >= 8


@pytest.mark.parametrize(("language", "form"), CASES)
def test_visible_date(language: str, form: str) -> None:
    stamp = parse_date(form, month_first=False, language=language)
    assert stamp is not None
    assert stamp.when.replace(tzinfo=None, hour=0, minute=0) == datetime(2024, 5, 3)
    has_time = stamp.precision is not DatePrecision.DAY
    assert not has_time or (stamp.when.hour, stamp.when.minute) == (17, 4)
    assert has_time == any(mark in fold_date(form) for mark in ("17", "5:04", "5時4", "5시 4"))


RETRIEVED = datetime(2024, 5, 6, 12, 30)
AGO = {
    timedelta(hours=3): [
        "3 hours ago", "3h ago", "vor 3 Stunden", "il y a 3 heures", "hace 3 horas", "há 3 horas", "3 ore fa", "3 uur geleden", "för 3 timmar sedan",
        "for 3 timer siden", "3 tuntia sitten", "3 godziny temu", "před 3 hodinami", "3 часа назад", "3 години тому", "3 saat önce",
        "πριν από 3 ώρες", "منذ 3 ساعات", "לפני 3 שעות", "۳ ساعت پیش", "3 घंटे पहले", "3 jam yang lalu", "3 giờ trước", "3時間前", "3小时前",
        "3시간 전", "3 ชั่วโมงที่แล้ว", "acum 3 ore", "преди 3 часа", "prije 3 sata",
    ],
    timedelta(days=1): ["yesterday", "gestern", "hier", "ayer", "ontem", "ieri", "gisteren", "igår", "i går", "eilen", "wczoraj", "včera", "вчера", "dün", "χθες", "أمس", "אתמול", "昨日", "昨天", "어제"],
    timedelta(days=3): ["3 days ago", "vor 3 Tagen", "il y a 3 jours", "hace 3 días", "3 giorni fa", "3 dagen geleden", "3 дня назад", "3 dni temu", "3 gün önce", "3日前", "3天前", "3일 전"],
}  # fmt: skip


@pytest.mark.parametrize(("ago", "form"), [(ago, form) for ago, forms in AGO.items() for form in forms])
def test_relative_date(ago: timedelta, form: str) -> None:
    stamp = relative_date(form, RETRIEVED)
    assert stamp is not None
    assert stamp.when.date() == (RETRIEVED - ago).date()
    assert stamp.precision is DatePrecision.DAY


@pytest.mark.parametrize("form", ["5 min read", "3 hours", "Page 3", "vor dem Haus", "2 Kommentare", "", "a day in the life"])
def test_what_is_no_relative_date(form: str) -> None:
    assert relative_date(form, RETRIEVED) is None


@pytest.mark.parametrize(
    "form",
    ["16-19 March 2026", "Version 3.10.2024.1", "Tel. 030/05/2024/7", "1970-01-01", "Win 3 of 2024", "3 people 2024", "2024", "May 2024"],
)
def test_what_is_no_date(form: str) -> None:
    assert [dated.stamp for dated in dates_in(form, False)] == []


def test_a_month_that_languages_share_is_of_the_pages_language() -> None:
    assert (month_of("listopad", "hr"), month_of("listopad", "cs")) == (10, 11)


@pytest.mark.parametrize(
    ("jalali", "wanted"),
    [("1 فروردین 1403", (2024, 3, 20)), ("30 اسفند 1403", (2025, 3, 20)), ("1400/10/11", (2022, 1, 1)), ("1405/01/01", (2026, 3, 21))],
)
def test_jalali(jalali: str, wanted: tuple[int, int, int]) -> None:
    stamp = parse_date(jalali)
    assert stamp is not None
    assert stamp.when == datetime(*wanted)
