"""One picture at a time: taken in once, known again, corrected, put back, warned about."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from provenance.core.errors import BadInput
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import View
from provenance.evidence.attachments import attachments_of
from provenance.evidence.card import stated_attachments
from provenance.evidence.intake import IntakeOutcome
from provenance.evidence.store import FileFate, Shelf
from provenance.schema.session import session_scope
from provenance.text.partial_dates import parse_partial_date
from tests.evidence.conftest import Hangar
from tests.evidence.photographs import satellites, scene, take
from tests.support.tables import table


def counted(hangar: Hangar, name: str) -> int:
    """How many rows a table has."""
    with session_scope(hangar.engine) as session:
        return int(session.execute(select(func.count()).select_from(table(name))).scalar_one())


def shows(hangar: Hangar, done: IntakeOutcome) -> list[str]:
    """What a picture is held to show."""
    with session_scope(hangar.engine) as session:
        return [subject.ref for _said, subject in attachments_of(session, done.photo.id)]


def test_what_is_written_down(hangar: Hangar) -> None:
    file = take(hangar.card / "a.jpg", 1, "2024:05:03 10:00:00", gps=satellites("2024:05:03", 7, 0))
    done = hangar.intake(tlp=Tlp.GREEN).receive(file)
    photo = done.photo
    assert done.new
    assert (photo.file_name, photo.byte_size, photo.tlp) == ("a.jpg", file.stat().st_size, "GREEN")
    assert (photo.camera_make, photo.camera_model, photo.camera_serial) == ("Canon", "EOS 90D", "0123")
    assert (photo.taken_at, photo.taken_earliest) == (datetime(2024, 5, 3, 10), date(2024, 5, 3))
    assert photo.position_latitude == pytest.approx(49.9935)
    assert hangar.store.fate(Shelf.ORIGINALS, photo.sha256) is FileFate.WHOLE
    assert hangar.store.fate(Shelf.WORKING, photo.working_sha256) is FileFate.WHOLE
    assert hangar.store.path(Shelf.ORIGINALS, photo.sha256).read_bytes() == file.read_bytes()


def test_again_under_another_name_changes_nothing(hangar: Hangar) -> None:
    file = take(hangar.card / "a.jpg", 1, "2024:05:03 10:00:00")
    first = hangar.intake().receive(file, stated_attachments([hangar.chip], [View.TOP], "tester"))
    before = {name: counted(hangar, name) for name in ("photo", "photo_subject", "photo_view", "audit_entry")}
    shutil.copyfile(file, hangar.card / "b.jpg")
    again = hangar.intake().receive(
        hangar.card / "b.jpg", stated_attachments([hangar.chip], [View.TOP], "tester")
    )
    assert (again.new, again.changed, again.photo.uid) == (False, False, first.photo.uid)
    assert {name: counted(hangar, name) for name in before} == before
    assert before == {"photo": 1, "photo_subject": 1, "photo_view": 1, "audit_entry": 2}


def test_an_offset_said_later_corrects_and_keeps_the_camera_s_own_time(hangar: Hangar) -> None:
    file = take(hangar.card / "a.jpg", 1, "2024:05:02 23:30:00")
    hangar.intake().receive(file)
    done = hangar.intake(clock_offset=3600).receive(file)
    assert (done.new, done.changed) == (False, True)
    assert done.photo.camera_time == datetime(2024, 5, 2, 23, 30)
    assert (done.photo.taken_at, done.photo.taken_earliest) == (datetime(2024, 5, 3, 0, 30), date(2024, 5, 3))
    assert done.photo.clock_offset_seconds == 3600
    # Not said again, it stays.
    assert not hangar.intake().receive(file).changed
    assert counted(hangar, "audit_entry") == 2


def test_what_a_person_states_of_the_day_survives_a_later_offset(hangar: Hangar) -> None:
    file = take(hangar.card / "a.jpg", 1, "2001:01:01 00:00:00")
    hangar.intake(stated=parse_partial_date("2024-05")).receive(file)
    done = hangar.intake(clock_offset=60).receive(file)
    assert (done.photo.taken_earliest, done.photo.taken_latest) == (date(2024, 5, 1), date(2024, 5, 31))


def test_a_file_lost_from_the_store_is_put_back(hangar: Hangar) -> None:
    file = take(hangar.card / "a.jpg", 1)
    photo = hangar.intake().receive(file).photo
    hangar.store.path(Shelf.ORIGINALS, photo.sha256).unlink()
    hangar.store.path(Shelf.WORKING, photo.working_sha256).unlink()
    assert hangar.intake().receive(file).restored
    assert hangar.store.fate(Shelf.ORIGINALS, photo.sha256) is FileFate.WHOLE
    assert hangar.store.fate(Shelf.WORKING, photo.working_sha256) is FileFate.WHOLE


def test_nearly_the_same_is_warned_about_and_taken_in_all_the_same(hangar: Hangar) -> None:
    intake = hangar.intake()
    first = intake.receive(take(hangar.card / "a.jpg", 1))
    scene(1).resize((320, 240)).save(hangar.card / "b.jpg")
    near = intake.receive(hangar.card / "b.jpg")
    other = intake.receive(take(hangar.card / "c.jpg", 2))
    assert (first.near, other.near) == (None, None)
    assert near.new
    assert near.near is not None and near.near[0] == first.photo.id and near.near[1] <= 20
    # Known before this command began, too.
    scene(1).resize((900, 675)).save(hangar.card / "d.jpg")
    assert hangar.intake().receive(hangar.card / "d.jpg").near is not None


def test_what_is_no_picture_is_refused_and_nothing_kept(hangar: Hangar) -> None:
    (hangar.card / "notes.txt").write_text("found at the fence")
    with pytest.raises(BadInput, match=r"notes\.txt: is text, not a photo"):
        hangar.intake().receive(hangar.card / "notes.txt")
    assert counted(hangar, "photo") == 0
    assert list(hangar.store.names(Shelf.ORIGINALS)) == []


def test_two_laptops_give_a_picture_the_same_identity(hangar: Hangar) -> None:
    from provenance.core.identity import natural_uid

    photo = hangar.intake().receive(take(hangar.card / "a.jpg", 1)).photo
    assert photo.uid == natural_uid("photo", photo.sha256)
