"""A whole card: what a label tells is attached and says why, everything else waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.evidence.attachments import attachments_of, detach
from provenance.evidence.card import Card, files_of, receive_card
from provenance.evidence.listing import unattached_photos
from provenance.evidence.subjects import Subject
from provenance.schema.evidence import PhotoView
from provenance.schema.session import session_scope, writing
from tests.evidence.conftest import Hangar
from tests.evidence.photographs import SONY, take
from tests.support.tables import table


def received(hangar: Hangar, **said: Any) -> Card:
    """The hangar's card after its intake."""
    return receive_card(hangar.database, hangar.intake(), files_of(hangar.card), **said)


def attached(hangar: Hangar, card: Card) -> dict[str, list[tuple[str, str]]]:
    """What each photo is attached to, and on what basis."""
    with session_scope(hangar.engine) as session:
        return {
            done.file.name: [
                (said.attachment_basis, each.ref) for said, each in attachments_of(session, done.photo.id)
            ]
            for done in card.outcomes
        }


def at(minute: int, second: int = 0) -> str:
    """A moment of one morning."""
    return f"2024:05:03 10:{minute:02d}:{second:02d}"


class TestLabels:
    def test_in_the_name_with_the_sides_it_shows(self, hangar: Hangar) -> None:
        plain = hangar.chip.ref.replace("-", "").lower()
        take(hangar.card / f"IMG_1_{plain}_top_scale.jpg", 1)
        card = received(hangar)
        assert attached(hangar, card) == {
            f"IMG_1_{plain}_top_scale.jpg": [("label_in_name", hangar.chip.ref)]
        }
        with session_scope(hangar.engine) as session:
            views = session.execute(select(PhotoView.view).order_by("view")).scalars().all()
        assert views == ["scale", "top"]

    def test_in_the_picture(self, hangar: Hangar) -> None:
        take(hangar.card / "a.jpg", 1, label=hangar.board.ref)
        card = received(hangar)
        assert attached(hangar, card) == {"a.jpg": [("label_in_picture", hangar.board.ref)]}

    def test_two_in_one_picture_show_both(self, hangar: Hangar) -> None:
        take(hangar.card / "a.jpg", 1, label=f"{hangar.chip.ref}\n{hangar.other_chip.ref}")
        card = received(hangar)
        assert attached(hangar, card)["a.jpg"] == [
            ("label_in_picture", hangar.chip.ref),
            ("label_in_picture", hangar.other_chip.ref),
        ]

    def test_the_name_goes_before_the_picture_and_a_contradiction_is_asked_about(
        self, hangar: Hangar
    ) -> None:
        file = take(hangar.card / f"{hangar.chip.ref}.jpg", 1, label=hangar.other_chip.ref)
        card = received(hangar)
        assert attached(hangar, card)[file.name] == [("label_in_name", hangar.chip.ref)]
        assert "contradicts the label" in card.questions[file][0]

    def test_one_with_a_slip_and_one_of_nothing_known_attach_nothing_and_are_asked_about(
        self, hangar: Hangar
    ) -> None:
        last = "0" if hangar.chip.ref[-1] != "0" else "1"
        slip = take(hangar.card / f"{hangar.chip.ref[:-1]}{last}.jpg", 1)
        nobody = take(hangar.card / "R-00000-00000.jpg", 2)
        card = received(hangar)
        assert list(attached(hangar, card).values()) == [[], []]
        assert "misspelt" in card.questions[slip][0]
        assert "not a reference of any record" in card.questions[nobody][0]


class TestTime:
    """A picture goes with the label picture before it, where nothing speaks against it."""

    def test_within_minutes_by_the_same_camera(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, at(1, 30))
        take(hangar.card / "3.jpg", 3, at(5))
        take(hangar.card / "4.jpg", 4, at(5, 1))
        card = received(hangar)
        by_time = [("after_label", hangar.chip.ref)]
        assert attached(hangar, card) == {
            "1.jpg": [("label_in_picture", hangar.chip.ref)], "2.jpg": by_time, "3.jpg": by_time, "4.jpg": [],
        }  # fmt: skip
        with session_scope(hangar.engine) as session:
            (said, _subject), *_ = attachments_of(session, card.outcomes[1].photo.id)
        assert said.reason == "taken 1:30 min after the label photo 1.jpg, same camera"

    def test_the_nearest_label_before_counts_and_none_after(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0))
        take(hangar.card / "2.jpg", 2, at(1), label=hangar.chip.ref)
        take(hangar.card / "3.jpg", 3, at(2), label=hangar.other_chip.ref)
        take(hangar.card / "4.jpg", 4, at(3))
        found = attached(hangar, received(hangar))
        assert found["1.jpg"] == []
        assert found["4.jpg"] == [("after_label", hangar.other_chip.ref)]

    def test_within_a_second_the_camera_s_numbering_is_the_order(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0))
        take(hangar.card / "2.jpg", 2, at(0), label=hangar.chip.ref)
        take(hangar.card / "3.jpg", 3, at(0))
        found = attached(hangar, received(hangar))
        assert (found["1.jpg"], found["3.jpg"]) == ([], [("after_label", hangar.chip.ref)])

    def test_a_label_that_leads_nowhere_ends_the_run(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, at(1), label="C-00000-00000")
        take(hangar.card / "3.jpg", 3, at(2))
        assert attached(hangar, received(hangar))["3.jpg"] == []

    def test_not_after_a_picture_of_two(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=f"{hangar.chip.ref} {hangar.other_chip.ref}")
        take(hangar.card / "2.jpg", 2, at(1))
        assert attached(hangar, received(hangar))["2.jpg"] == []

    @pytest.mark.parametrize(
        "said", [{"camera": SONY}, {"camera": None}, {"clock": None}], ids=["other", "unknown", "no clock"]
    )
    def test_not_by_another_camera_nor_without_a_clock(self, hangar: Hangar, said: dict[str, Any]) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, **({"clock": at(1)} | said))
        assert attached(hangar, received(hangar))["2.jpg"] == []

    def test_it_can_be_turned_off(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, at(1))
        assert attached(hangar, received(hangar, window=timedelta(0)))["2.jpg"] == []


class TestTheWholeCard:
    def test_what_no_label_tells_is_the_recovery_s(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, at(30))
        stray = take(hangar.card / "3.jpg", 3, at(40), label=hangar.other_wreck.ref)
        card = received(hangar, belongs_to=hangar.wreck)
        assert attached(hangar, card) == {
            "1.jpg": [("label_in_picture", hangar.chip.ref)],
            "2.jpg": [("stated", hangar.wreck.ref)],
            "3.jpg": [("label_in_picture", hangar.other_wreck.ref)],
        }
        assert "is not part of" in card.questions[stray][0]

    def test_the_same_card_again_changes_nothing(self, hangar: Hangar) -> None:
        take(hangar.card / "DCIM" / "100CANON" / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "DCIM" / "100CANON" / "2.jpg", 2, at(1))
        take(hangar.card / "DCIM" / "101CANON" / "1.jpg", 3, at(59))
        received(hangar, belongs_to=hangar.wreck)
        before = rows_of(hangar)
        again = received(hangar, belongs_to=hangar.wreck)
        assert not any(done.new or done.changed or done.attached for done in again.outcomes)
        assert rows_of(hangar) == before

    def test_what_was_detached_stays_detached(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1, at(0), label=hangar.chip.ref)
        take(hangar.card / "2.jpg", 2, at(1))
        card = received(hangar)
        with writing(hangar.engine) as session:
            detach(session, card.outcomes[1].photo, hangar.chip, reason="the chip beside it", actor="tester")
        assert attached(hangar, received(hangar))["2.jpg"] == []

    def test_records_logged_after_the_card_get_their_pictures_when_it_is_read_again(
        self, hangar: Hangar
    ) -> None:
        """Two hundred pictures come off a card before any record exists."""
        from provenance.core.identity import reference
        from tests.support.rows import Rows

        uid = "00000000-0000-7000-8000-0000000000aa"
        take(hangar.card / f"{reference('component', uid)}.jpg", 1, at(0))
        take(hangar.card / "2.jpg", 2, at(1))
        assert list(attached(hangar, received(hangar)).values()) == [[], []]
        with writing(hangar.engine) as session:
            Rows(session).add("component", uid=uid, recovery_id=hangar.wreck.id)
        found = attached(hangar, received(hangar))
        assert [basis for said in found.values() for basis, _ref in said] == ["after_label", "label_in_name"]

    def test_what_is_no_picture_is_left_alone_and_named(self, hangar: Hangar) -> None:
        take(hangar.card / "1.jpg", 1)
        (hangar.card / "empty.jpg").write_bytes(b"")
        (hangar.card / "MVI_1.MOV").write_bytes(b"film")
        (hangar.card / "._1.jpg").write_bytes(b"left by a file system")
        card = received(hangar)
        assert [done.file.name for done in card.outcomes] == ["1.jpg"]
        assert [(file.name, reason) for file, reason in card.skipped] == [
            ("MVI_1.MOV", "not a photo by its name"),
            ("empty.jpg", "the file is empty"),
        ]

    def test_two_hundred_before_any_record(self, hangar: Hangar) -> None:
        first = take(hangar.card / "0.jpg", 0)
        content = first.read_bytes()
        for number in range(1, 200):
            # Two hundred contents without the time to draw two hundred scenes: a comment after the end.
            (hangar.card / f"{number}.jpg").write_bytes(content + str(number).encode())
        seen: list[tuple[int, int]] = []
        card = received(hangar, on_progress=lambda done, whole: seen.append((done, whole)))
        assert len(card.outcomes) == 200 and all(done.new for done in card.outcomes)
        assert seen[0] == (1, 200) and seen[-1] == (200, 200)
        with session_scope(hangar.engine) as session:
            assert unattached_photos(session).photos == 200

    def test_no_folder(self, hangar: Hangar) -> None:
        with pytest.raises(BadInput, match="is not a folder"):
            files_of(hangar.card / "gone")


def rows_of(hangar: Hangar) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of evidence and audit."""
    with session_scope(hangar.engine) as session:
        return {
            name: [
                tuple(row) for row in session.execute(select(table(name)).order_by(*table(name).primary_key))
            ]
            for name in ("photo", "photo_subject", "photo_view", "audit_entry")
        }


def test_subjects_are_of_the_recovery_they_are_in(hangar: Hangar) -> None:
    within: list[Subject] = [hangar.wreck, hangar.board, hangar.chip]
    assert {each.recovery_id for each in within} == {hangar.wreck.id}
    assert hangar.other_wreck.recovery_id != hangar.wreck.id
