import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsparse.fields.media import find_image
from newsparse.model import Image
from tests.test_fields_evidence import json_ld, meta, page_of

ICE = "https://www.dailyferry.example/ice.jpg"


def article(image: object) -> str:
    return json_ld({"@type": "NewsArticle", "image": image})


@pytest.mark.parametrize(
    ("head", "wanted", "rule"),
    [
        (meta(og__image="/ice.jpg", twitter__image="/other.jpg"), Image(ICE), "meta.og:image"),
        (
            meta(og__image="/ice.jpg", og__image__width="1200px", og__image__height="630", og__image__alt="Ice &amp;amp; ferry"),
            Image(ICE, alt="Ice & ferry", width=1200, height=630),
            "meta.og:image",
        ),
        (meta(og__image="data:image/png;base64,xx", og__image__url="/ice.jpg"), Image(ICE), "meta.og:image:url"),
        (article("/ice.jpg"), Image(ICE), "json_ld.image"),
        (
            article([{"@type": "ImageObject", "url": "/ice.jpg", "width": {"value": 800}, "height": "nope"}]),
            Image(ICE, width=800),
            "json_ld.image",
        ),
        (article({"contentUrl": "/ice.jpg", "caption": "The  ice"}), Image(ICE, caption="The ice"), "json_ld.image"),
        (
            json_ld({"@graph": [{"@type": "Article", "image": {"@id": "#i"}}, {"@id": "#i", "url": "/ice.jpg"}]}),
            Image(ICE),
            "json_ld.image",
        ),
        (meta(twitter__image__src="/ice.jpg", twitter__image__alt="Ice"), Image(ICE, alt="Ice"), "meta.twitter:image:src"),
        ("<link rel=image_src href=/ice.jpg>", Image(ICE), "link.image_src"),
    ],
)
def test_image(head: str, wanted: Image, rule: str) -> None:
    found = find_image(page_of(head))
    assert found is not None
    assert (found.value, found.evidence.rule) == (wanted, rule)


@pytest.mark.parametrize("head", ["", meta(og__image=""), meta(og__image="http://[x"), article({"width": 1}), article(7)])
def test_no_image(head: str) -> None:
    assert find_image(page_of(head)) is None


def test_without_a_base_only_absolute_images_are_known() -> None:
    assert find_image(page_of(meta(og__image="/ice.jpg"), url=None)) is None
    assert find_image(page_of(meta(og__image=ICE), url=None)) is not None


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "width", "value", "caption"]), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_any_json_image_is_survived(image: object) -> None:
    find_image(page_of(article(image)))
