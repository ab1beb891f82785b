import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newsparse.document.images import image_source, largest, picture_name, split_credit


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<img src=/ice.jpg>", "/ice.jpg"),
        ("<img src=/ice.jpg srcset='/ice-2x.jpg 2x'>", "/ice.jpg"),
        ("<img src=/blank.gif data-src=/ice.jpg>", "/ice.jpg"),
        ("<img src=/assets/placeholder-16x9.png srcset='/a.jpg 320w, /b.jpg 1280w'>", "/b.jpg"),
        ("<img src='data:image/gif;base64,R0' data-srcset='/a.jpg, /b.jpg 1.5x'>", "/b.jpg"),
        ("<img srcset='/pass,1.jpg 1x,/pass,2.jpg 2x'>", "/pass,2.jpg"),
        ("<picture><source srcset='/a.webp 400w, /b.webp 900w'><img src='data:x'></picture>", "/b.webp"),
        ("<picture><source data-srcset=/a.webp><img></picture>", "/a.webp"),
        # A set in the place of a source.
        ("<img src='/ice.jpg 3500w, /ice-s.jpg 768w'>", "/ice.jpg"),
        ("<img src='/ice.jpg%203500w,%20/ice-s.jpg%20768w'>", "/ice.jpg"),
        ("<img src=/blank.gif>", None),
        ("<img src=/carte-blanche.jpg>", "/carte-blanche.jpg"),
        ("<img src=/pixel-art.jpg>", "/pixel-art.jpg"),
        ("<img src=/clear-water-32.jpg>", "/clear-water-32.jpg"),
        ("<img src=/ice_trans_NvBQzQNjv4BqNWA1ff-HUnjKpnYX41kadDww.jpeg>", "/ice_trans_NvBQzQNjv4BqNWA1ff-HUnjKpnYX41kadDww.jpeg"),
        ("<img src=/img/grey-pixel.png>", None),
        ("<img src=/img/pixel_1x1.gif>", None),
        ("<img src=/img/lazy-picture-placeholder-01c4ee.png>", None),
        # A pattern that a script fills in.
        ("<img data-src=/ice-**width**.jpg src=/ice.jpg>", "/ice.jpg"),
        ("<img data-src=/ice-{width}.jpg data-srcset='/ice-320.jpg 320w'>", "/ice-320.jpg"),
        # What a browser shows rather than the source: the sizes that the page offers.
        ("<img src=/ice.jpg srcset='/ice-640.jpg 640w, /ice-1920.jpg 1920w'>", "/ice-1920.jpg"),
        ("<img src=/ice.jpg data-srcset='/ice-640.jpg 640w'>", "/ice-640.jpg"),
        ("<img srcset='/a,1.jpg 640w,/b,2.jpg 1920w,/c.jpg 320w'>", "/b,2.jpg"),
        # In what only the page's own script can read.
        ('<img src="data:x" data-srcs=\'{"https://cdn.example/ice": {"type": "jpeg"}}\'>', "https://cdn.example/ice"),
        ("<img src=data:x data-note='https://cdn.example/ice'>", None),
        ("<img>", None),
    ],
)
def test_image_source(markup: str, wanted: str | None) -> None:
    (image,) = html.fromstring(f"<div>{markup}</div>").iter("img")
    assert image_source(image) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://cdn.example/a/Ice-Quay.jpg?w=3#top", "ice-quay"),
        ("/a/ice-quay.jpg.webp", "ice-quay"),
        ("/1200x675_ice_quay_98.jpg", "ice_quay_98"),
        ("/ice-quay-1024x768.jpg", "ice-quay"),
        ("/ice-quay-scaled.jpg", "ice-quay"),
        ("/ice-quay_w1280_r1.77.jpg", "ice-quay_r1.77"),
        ("/ice-quay-2025.jpg", "ice-quay-2025"),
        ("/_next/image?url=%2Fa%2Fice-quay.jpg&w=64", "ice-quay"),
        ("https://proxy.example/?src=https://cdn.example/ice-quay.png&h=9", "ice-quay"),
        # Many pictures have these names.
        ("/a/1.jpg", ""),
        ("/a/default.jpg", ""),
        ("/show/image.php?id=4", ""),
        ("", ""),
    ],
)
def test_picture_name_is_the_same_in_every_size_and_format(url: str, wanted: str) -> None:
    assert picture_name(url) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ice on the quay. Photo: Ann Lee", ("Ice on the quay.", "Ann Lee")),
        ("Ice on the quay. (Photo by Ann Lee/Ferry News)", ("Ice on the quay.", "Ann Lee/Ferry News")),
        ("Eis am Kai. Foto: Ann Lee/dpa", ("Eis am Kai.", "Ann Lee/dpa")),
        ("Eis am Kai (Foto: Ann Lee)", ("Eis am Kai", "Ann Lee")),
        ("Eis am Kai | Bildquelle: Fährpost", ("Eis am Kai", "Fährpost")),
        ("De la glace. Crédit photo : Ann Lee", ("De la glace.", "Ann Lee")),
        ("Ice on the quay © Ann Lee", ("Ice on the quay", "Ann Lee")),
        ("Ice on the quay (AP Photo/Ann Lee)", ("Ice on the quay", "AP Photo/Ann Lee")),
        ("Ice on the quay. [Reuters]", ("Ice on the quay.", "Reuters")),
        ("Photo: Ann Lee", ("", "Ann Lee")),
        ("埠頭の氷 写真：李明", ("埠頭の氷", "李明")),
        ("Ice on the quay.Credit: Ann Lee", ("Ice on the quay.", "Ann Lee")),
        ("Eis am Kai. Foto: Ann Lee (Keystone)", ("Eis am Kai.", "Ann Lee (Keystone)")),
        ("Eis am Kai. Bild © Ann Lee (hr)", ("Eis am Kai.", "Ann Lee (hr)")),
        ("Ice on the quay (Ann Lee/Ferry News)", ("Ice on the quay", "Ann Lee/Ferry News")),
        ("Ice on the quay. Photo by - /AFP via Getty Images", ("Ice on the quay.", "AFP via Getty Images")),
        ("Image: Getty Images", ("", "Getty Images")),
        ("[사진 출처 = 이민수]", ("", "이민수")),
        # The last words, where they are a source.
        ("Ice on the quay. Imago/Ferry-News.de", ("Ice on the quay.", "Imago/Ferry-News.de")),
        ("Ice on the quay.Getty Images", ("Ice on the quay.", "Getty Images")),
        ("Ice on the quay | Ann Lee/PA Images via Getty Images", ("Ice on the quay", "Ann Lee/PA Images via Getty Images")),
        ("Ice on the quay. Ann B. Lee/Getty Images", None),
        # Words that are none.
        ("Ice on the quay. It was late.", None),
        ("Ice on the quay (left/right)", None),
        ("Image: The ferry has left without those who wait for it on the quay", None),
        ("The photo that won the prize", ("The photo that won the prize", None)),
        ("A source of joy: the ice on the quay, as seen by those who had to wait for it", None),
        ("The quay (left) and the ferry (right)", ("The quay (left) and the ferry (right)", None)),
        ("", ("", None)),
    ],
)
def test_split_credit(text: str, wanted: tuple[str, str | None] | None) -> None:
    assert split_credit(text) == (wanted or (text, None))


@given(st.text(max_size=80) | st.text(alphabet="ab, /%20wx1.", max_size=80))
def test_no_caption_or_set_is_too_strange(text: str) -> None:
    caption, credit = split_credit(text)
    assert caption in text
    assert credit is None or credit in text
    assert (largest(text) or "") in text


def test_no_address_takes_long() -> None:
    address = "/pixel" + "1" * 50_000
    (image,) = html.fromstring(f"<div><img src='{address}!' srcset='{address}, {address} 3w'></div>").iter("img")
    assert image_source(image) is not None
    assert split_credit("Photo. " * 250 + "(Ann/")[1] is None
