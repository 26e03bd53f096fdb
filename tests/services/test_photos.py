"""Photos, custody, checklists and labels as services."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import View
from provenance.evidence.custody import parse_moment
from provenance.services.checklists import show_checklist
from provenance.services.contracts.custody import (
    ChecklistRequest,
    CustodyRequest,
    HandoverRequest,
    LabelRequest,
)
from provenance.services.contracts.photos import (
    AttachmentRequest,
    CardRequest,
    DetachmentRequest,
    PhotoListRequest,
    PhotoRequest,
    PhotoStatements,
)
from provenance.services.custody import log_handover, show_custody
from provenance.services.custody_form import HandoverDraft
from provenance.services.labels import print_labels
from provenance.services.photo_form import PhotoDraft, read_paths
from provenance.services.photos import (
    attach_photo,
    detach_photo,
    list_photos,
    list_unattached,
    log_card,
    log_photos,
    verify_store,
)
from provenance.services.workspace import Workspace
from provenance.text.partial_dates import parse_partial_date
from tests.evidence.photographs import take
from tests.services.results import document
from tests.support.databases import file_of

CHIP, WRECK = "C-4C73T-9FW2Z", "R-TMRTN-7CDCX"
"""A component of the sample, and the missile that it is in."""


def handover(workspace: Workspace, at: str, from_: str | None, to: str | None, tlp: Tlp | None = None) -> str:
    """The reference of a logged handover of the missile."""
    request = HandoverRequest(
        ref=WRECK, at=parse_moment(at), from_holder=from_, to_holder=to, tlp=tlp, accept_future=True
    )
    ref: str = document(log_handover(workspace, request))["logged"]
    return ref


class TestPhotos:
    def test_log_attach_list_detach(self, sample: Workspace, tmp_path: Path) -> None:
        file = take(tmp_path / "a.jpg", 1, "2024:05:03 10:00:00")
        logged = document(log_photos(sample, PhotoRequest(files=(file,))))
        (row,) = logged["rows"]
        assert (row["new"], row["shows"], row["near_duplicate"]) == (True, [], None)
        assert logged["basis"]["counted"] == {
            "new": 1, "already_logged": 0, "attached": 0, "unattached": 1, "skipped": 0,
        }  # fmt: skip
        assert len(document(list_unattached(sample))["rows"]) == 1
        wanted = AttachmentRequest(photo=row["photo"], ref=CHIP, views=(View.TOP,))
        changes = [document(attach_photo(sample, wanted))["rows"][0]["changed"] for _ in "ab"]
        assert changes == [True, False]
        (shown,) = document(list_photos(sample, PhotoListRequest(ref=WRECK)))["rows"]
        assert (shown["shows"], shown["views"], shown["basis"]) == (CHIP, ["top"], "stated")
        detached = DetachmentRequest(photo=row["photo"], ref=CHIP, reason="the chip beside it")
        assert document(detach_photo(sample, detached))["rows"][0]["changed"]
        assert document(list_photos(sample, PhotoListRequest(ref=WRECK)))["rows"] == []

    def test_clearance_leaves_out_and_says_so(self, sample: Workspace, tmp_path: Path) -> None:
        for seed, mark in enumerate((Tlp.GREEN, Tlp.RED)):
            file = take(tmp_path / f"{mark}.jpg", seed)
            request = PhotoRequest(files=(file,), component=CHIP, statements=PhotoStatements(tlp=mark))
            log_photos(sample, request)
        cleared = replace(sample, clearance=Tlp.AMBER)
        found = document(list_photos(cleared, PhotoListRequest(ref=CHIP)))
        assert [row["file"] for row in found["rows"]] == ["GREEN.jpg"]
        assert found["basis"]["filters"] == {"max_tlp": "AMBER"}
        assert found["basis"]["cautions"][0] == "Left out: 1 photo stricter than TLP:AMBER."

    def test_a_card_says_what_it_skipped(self, sample: Workspace, tmp_path: Path) -> None:
        card = tmp_path / "card"
        take(card / f"{CHIP}.jpg", 1, "2024:05:03 10:00:00")
        take(card / "2.jpg", 2, "2024:05:03 10:04:00")
        (card / "notes.txt").write_text("found at the fence")
        found = document(log_card(sample, CardRequest(folder=card, window=timedelta(minutes=3))))
        assert {row["file"]: row["shows"] for row in found["rows"]} == {f"{CHIP}.jpg": [CHIP], "2.jpg": []}
        (skipped,) = found["skipped"]
        assert (Path(skipped["file"]).name, skipped["reason"]) == ("notes.txt", "not a photo by its name")

    def test_the_store_defaults_to_a_folder_beside_the_database(
        self, sample: Workspace, tmp_path: Path
    ) -> None:
        beside = replace(sample, store=None)
        log_photos(beside, PhotoRequest(files=(take(tmp_path / "a.jpg", 1),)))
        assert Path(f"{file_of(sample.database)}.evidence").is_dir()
        found = document(verify_store(beside))
        assert (found["rows"], found["basis"]["counted"]) == ([], {"whole_files": 2})
        elsewhere = document(verify_store(sample))
        assert [row["fate"] for row in elsewhere["rows"]] == ["missing", "missing"]

    def test_a_database_on_a_server_needs_a_store(self, tmp_path: Path) -> None:
        server = Workspace("postgresql+psycopg://nowhere/none", "olena")
        with pytest.raises(UsageError) as refused:
            verify_store(server)
        assert refused.value.code == "store"

    def test_a_stated_day_in_the_future(self, sample: Workspace, tmp_path: Path) -> None:
        stated = PhotoStatements(taken=parse_partial_date("2024-06-14"))
        request = PhotoRequest(files=(take(tmp_path / "a.jpg", 1),), statements=stated)
        with pytest.raises(BadInput) as refused:
            log_photos(sample, request)
        assert refused.value.code == "future"
        # It is 12 June; the 13th has begun in the east.
        today = PhotoStatements(taken=parse_partial_date("2024-06-13"))
        assert log_photos(sample, request.model_copy(update={"statements": today})).rows


class TestCustody:
    def test_a_gap_between_two_entries_has_the_stricter_mark(self, sample: Workspace) -> None:
        handover(sample, "2024-05-03", None, "Squad 7", Tlp.GREEN)
        handover(sample, "2024-05-09", "Customs", "Lab", Tlp.RED)
        found = document(show_custody(sample, CustodyRequest(ref=WRECK)))
        assert [(row["kind"], row["from_holder"], row["to_holder"], row["tlp"]) for row in found["rows"]] == [
            ("entry", None, "Squad 7", "GREEN"),
            ("gap", None, None, "RED"),
            ("entry", "Customs", "Lab", "RED"),
        ]
        assert found["rows"][1]["finding"].startswith("with Squad 7 since 2024-05-03")
        mild = document(show_custody(replace(sample, clearance=Tlp.AMBER), CustodyRequest(ref=WRECK)))
        assert len(mild["rows"]) == 1
        assert mild["basis"]["cautions"] == ["Left out: 2 rows stricter than TLP:AMBER."]

    def test_the_form_offers_the_last_item_and_its_holder(self, sample: Workspace) -> None:
        draft = HandoverDraft(sample)
        assert draft.defaults() == {}
        handover(sample, "2024-05-03", None, "Squad 7", Tlp.GREEN)
        assert draft.defaults() == {"subject": WRECK, "tlp": "GREEN"}
        assert draft.holder(WRECK) == {"from_holder": "Squad 7"}
        assert draft.holder("nothing") == {}
        with pytest.raises(BadInput):
            draft.check("subject", "Kh-101")
        assert draft.future_dates({"at": "2024-06-13"}) == {"at": "2024-06-13"}

    def test_a_moment_in_the_future(self, sample: Workspace) -> None:
        request = HandoverRequest(ref=WRECK, at=parse_moment("2024-06-13"), to_holder="Lab")
        with pytest.raises(BadInput) as refused:
            log_handover(sample, request)
        assert refused.value.code == "future"


class TestForm:
    def test_files_and_views_are_checked_as_they_are_typed(self, sample: Workspace, tmp_path: Path) -> None:
        draft = PhotoDraft(sample)
        file = take(tmp_path / "a picture.jpg", 1)
        assert read_paths(f"'{file}'") == read_paths(str(file)) == (file,)
        for name, text in (("files", str(tmp_path / "gone.jpg")), ("views", "roof"), ("shows", "Kh-101")):
            with pytest.raises((ValueError, BadInput)):
                draft.check(name, text)
        assert not draft.check("views", "top, scale").is_unknown


class TestChecklistAndLabels:
    def test_what_is_there_is_counted(self, sample: Workspace, tmp_path: Path) -> None:
        files = (take(tmp_path / "a.jpg", 1),)
        log_photos(sample, PhotoRequest(files=files, component=CHIP, views=(View.TOP,)))
        found = document(show_checklist(sample, ChecklistRequest(ref=CHIP)))
        met = {row["item"] for row in found["rows"] if row["met"] and row["need"] == "required"}
        assert met == {"top", "airframe_serial", "marking_state"}
        assert found["basis"]["counted"] == {"required_items_present": 3}
        assert found["missing"] == found["basis"]["out_of"]["required_items"] - 3

    def test_labels(self, sample: Workspace, tmp_path: Path) -> None:
        out = tmp_path / "labels.pdf"
        asked = LabelRequest(refs=(CHIP, WRECK), out=out, copies=2, only_named=True)
        found = document(print_labels(sample, asked))
        assert found["labels"] == 4
        assert [row["kind"] for row in found["rows"]] == ["component", "recovery"]
        assert out.read_bytes().startswith(b"%PDF")
        with pytest.raises(BadInput, match="cannot be written"):
            print_labels(sample, LabelRequest(refs=(CHIP,), out=tmp_path / "gone" / "labels.pdf"))
