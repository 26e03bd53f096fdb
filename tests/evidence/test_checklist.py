"""The checklist: what this kind of part calls for, and what is there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from provenance.core.vocabulary import ComponentCategory
from provenance.core.vocabulary.evidence import AttachmentBasis, View
from provenance.evidence.attachments import Attachment, attach, detach
from provenance.evidence.checklist import Checklist, fetch_checklist
from provenance.evidence.subjects import Subject, subject
from provenance.schema.evidence import Photo
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from tests.support.rows import Rows


def checked(session: Session, name: str, number: int) -> Checklist:
    """The checklist of a record."""
    return fetch_checklist(session, subject(session, name, number))


def met(found: Checklist) -> set[str]:
    """What is there."""
    return {item.item for item in found.items if item.met}


def required(found: Checklist) -> set[str]:
    """What is required."""
    return {item.item for item in found.items if item.need == "required"}


def picture(session: Session, of: Subject, *views: View) -> int:
    """A picture that shows a record from some sides."""
    number = Rows(session).add("photo", sha256=f"{len(views)}{of.id}".rjust(64, "0"), byte_size=1)
    row = session.execute(select(Photo).where(Photo.id == number)).one()
    attach(session, row, Attachment(of, AttachmentBasis.STATED, "stated", views), actor="tester")
    return number


@pytest.fixture
def chip(reference: Session) -> Subject:
    """A chip of no known category on a board in a missile."""
    rows = Rows(reference)
    wreck = rows.add("recovery", label="Kh-101")
    board = rows.add("unit", recovery_id=wreck, label="Baget")
    number = rows.add("component", recovery_id=wreck, unit_id=board)
    return subject(reference, "component", number)


def test_an_unknown_kind_gets_the_general_list(reference: Session, chip: Subject) -> None:
    found = checked(reference, "component", chip.id)
    assert (found.category, found.category_has_its_own) == (None, False)
    assert required(found) == {
        "in_place", "host_board", "marking", "top", "bottom", "scale", "unit",
        "airframe_serial", "host_unit", "marking_state",
    }  # fmt: skip
    assert met(found) == {"host_unit"}
    assert found.missing == 9


def test_an_engine_is_photographed_from_all_sides(reference: Session, chip: Subject) -> None:
    general = required(checked(reference, "component", chip.id))
    engine = Rows(reference).add("component", recovery_id=chip.recovery_id, category="engine")
    found = checked(reference, "component", engine)
    assert found.category_has_its_own
    assert required(found) - general == {"front", "back", "left", "right", "data_plate"}
    assert len([item for item in found.items if item.item == "front"]) == 1


@pytest.mark.parametrize("category", ComponentCategory)
def test_every_category_asks_for_faces_scale_board_unit_serial_and_before_removal(
    reference: Session, chip: Subject, category: ComponentCategory
) -> None:
    number = Rows(reference).add("component", recovery_id=chip.recovery_id, category=category)
    asked = required(checked(reference, "component", number))
    assert {"top", "bottom", "scale", "host_board", "unit", "airframe_serial", "in_place"} <= asked


def test_pictures_and_facts_tick_it_off(reference: Session, chip: Subject) -> None:
    rows = Rows(reference)
    picture(reference, chip, View.TOP, View.SCALE)
    rows.add("recovery_serial", recovery_id=chip.recovery_id, kind="serial", value="315")
    rows.add("custody_event", component_id=chip.id, to_holder="Lab")
    found = checked(reference, "component", chip.id)
    assert met(found) == {"top", "scale", "host_unit", "airframe_serial", "custody"}
    assert (found.photos, found.photos_without_view) == (1, 0)
    by = {item.item: item.by for item in found.items}
    assert by["airframe_serial"] == ("315",)
    assert by["top"] == by["scale"]


def test_the_examiner_s_sample_number_is_no_airframe_serial(reference: Session, chip: Subject) -> None:
    Rows(reference).add("recovery_serial", recovery_id=chip.recovery_id, kind="sample", value="7")
    assert "airframe_serial" not in met(checked(reference, "component", chip.id))


def test_a_picture_of_the_unit_shows_the_unit_but_not_the_chip_s_faces(
    reference: Session, chip: Subject
) -> None:
    unit_id = reference.execute(select(Component).where(Component.id == chip.id)).one().unit_id
    picture(reference, subject(reference, "unit", unit_id), View.TOP, View.HOST_BOARD)
    found = checked(reference, "component", chip.id)
    assert met(found) == {"unit", "host_board", "host_unit"}
    assert found.photos == 0
    assert "top" in met(checked(reference, "unit", unit_id))


def test_a_picture_that_does_not_say_its_side_is_counted_apart(reference: Session, chip: Subject) -> None:
    picture(reference, chip)
    found = checked(reference, "component", chip.id)
    assert (found.photos, found.photos_without_view) == (1, 1)
    assert met(found) == {"host_unit"}


def test_a_withdrawn_picture_ticks_nothing_off(reference: Session, chip: Subject) -> None:
    number = picture(reference, chip, View.TOP)
    row = reference.execute(select(Photo).where(Photo.id == number)).one()
    detach(reference, row, chip, reason="the chip beside it", actor="tester")
    assert "top" not in met(checked(reference, "component", chip.id))


def test_every_requirement_says_on_whose_word(reference: Session, chip: Subject) -> None:
    for name in ("recovery", "component"):
        number = chip.recovery_id if name == "recovery" else chip.id
        for item in checked(reference, name, number).items:
            assert item.source and item.verification in ("partly", "unverified"), item


def test_a_recovery_asks_for_day_place_serial_and_custody(reference: Session, chip: Subject) -> None:
    rows = Rows(reference)
    wreck = rows.add("recovery", place="Kharkiv")
    rows.add("recovery_date", recovery_id=wreck, kind="published")
    assert met(checked(reference, "recovery", wreck)) == {"place"}
    rows.add("recovery_date", recovery_id=wreck, kind="recovered")
    rows.add("custody_event", component_id=None, recovery_id=wreck, to_holder="Lab")
    assert met(checked(reference, "recovery", wreck)) == {"place", "recovery_date", "custody"}
