"""References in names of files: in any case, with hyphens or none, and nothing that only looks like one."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.identity import read_reference, reference
from provenance.core.vocabulary.evidence import RequirementSubject, View
from provenance.evidence.references import records_named, views_named

CHIP = reference("component", "00000000-0000-7000-8000-00000000beef")


@given(
    st.uuids(version=4),
    st.sampled_from(RequirementSubject),
    st.sampled_from(["{0}-{1}-{2}", "{0}{1}{2}", "{0}_{1}_{2}", "{0} {1} {2}", "{0}-{1}{2}"]),
    st.booleans(),
    st.sampled_from(["{}.jpg", "IMG_0001_{}_top.JPG", "{} (2).heic", "зверху {}.jpg"]),
)
def test_every_way_of_writing_a_reference(
    uid: uuid.UUID, kind: RequirementSubject, shape: str, small: bool, name: str
) -> None:
    ref = reference(kind, str(uid))
    written = shape.format(*ref.split("-"))
    found = records_named(name.format(written.lower() if small else written)).references
    assert [read_reference(each) for each in found] == [read_reference(ref)]


CAMERAS_OWN = [
    "IMG_0001.JPG",
    "DSC01234.ARW",
    "20240503_101112.jpg",
    "PXL_20240503_101112345.jpg",
    "C-HOUSE-TABLE.jpg",
    "Screenshot 2024-05-03 at 10.11.12.png",
    "WhatsApp Image 2024-05-03 at 10.11.12.jpeg",
]


@pytest.mark.parametrize("name", CAMERAS_OWN)
def test_a_camera_s_own_name_is_no_reference(name: str) -> None:
    found = records_named(name)
    assert (found.references, found.misspelt) == ((), ())


@given(
    st.integers(2, 12).filter(lambda place: CHIP[place] != "-"),
    st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
)
def test_a_slip_of_one_sign_is_told(place: int, sign: str) -> None:
    slipped = CHIP[:place] + sign + CHIP[place + 1 :]
    found = records_named(f"{slipped}.jpg")
    if slipped == CHIP:
        assert found.references == (CHIP,)
    else:
        assert (found.references, found.misspelt) == ((), (slipped,))


def test_several_in_one_name_each_once() -> None:
    other = reference("recovery", "00000000-0000-7000-8000-00000000cafe")
    assert records_named(f"{CHIP} {other} {CHIP.lower()}").references == (CHIP, other)


@pytest.mark.parametrize(
    ("name", "views"),
    [
        (f"{CHIP}_top.jpg", [View.TOP]),
        (f"{CHIP}-scale-bottom.jpg", [View.BOTTOM, View.SCALE]),
        (f"in-place {CHIP}.jpg", [View.IN_PLACE]),
        (f"{CHIP} зверху, масштаб.jpg", [View.TOP, View.SCALE]),
        (f"{CHIP}_на_місці.jpg", [View.IN_PLACE]),
        (f"{CHIP}_stopped.jpg", []),
        ("IMG_0001.jpg", []),
    ],
)
def test_words_in_a_name_are_views(name: str, views: list[View]) -> None:
    assert list(views_named(name)) == views
