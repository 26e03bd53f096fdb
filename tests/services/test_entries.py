"""Entries as a service: what is logged, refused and suggested, without any command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary.field import NewName
from provenance.services.assessments import log_assessment
from provenance.services.component_lines import ComponentLines
from provenance.services.contracts.assessments import AssessmentRequest, WithdrawalRequest
from provenance.services.contracts.entries import (
    EntryRequest,
    FileRequest,
    LinesRequest,
    TemplateRequest,
)
from provenance.services.entries import EntryDraft, log_entry
from provenance.services.entry_files import log_file, write_empty_template
from provenance.services.withdrawals import withdraw_record
from provenance.services.workspace import Workspace
from tests.services.results import document


def logged(workspace: Workspace, kind: str, /, **texts: str) -> dict[str, Any]:
    """The row of an entry that is logged."""
    result = log_entry(workspace, EntryRequest(kind=kind, texts=texts))
    row: dict[str, Any] = document(result)["rows"][0]
    return row


def wreck(workspace: Workspace) -> str:
    """The reference of a Kh-101."""
    ref: str = logged(workspace, "recovery", weapon="Kh-101", used="2024-01-02")["ref"]
    return ref


class TestEntry:
    def test_a_recovery(self, field: Workspace) -> None:
        row = logged(field, "recovery", weapon="Kh-101", used="2024-01-02")
        assert row["ref"].startswith("R-")
        assert row | {"ref": ""} == {
            "kind": "recovery",
            "ref": "",
            "title": "Kh-101, 2024-01-02",
            "known": False,
            "notes": [],
            "candidates": [],
            "may_be": [],
        }

    def test_a_component_has_its_candidates(self, field: Workspace) -> None:
        row = logged(field, "component", recovery=wreck(field), marking="AD7606BSTZ // #2135")
        assert row["title"] == "AD7606BSTZ\n#2135"
        first = row["candidates"][0]
        assert (first["maker"], first["mpn"]) == ("Analog Devices", "AD7606BSTZ")

    def test_a_candidate_is_logged_by_its_number(self, field: Workspace) -> None:
        texts = {"recovery": wreck(field), "marking": "AD7606BSTZ // #2135"}
        request = EntryRequest(kind="component", texts=texts, candidate=1)
        assert log_entry(field, request).rows[0].candidates == ()
        with pytest.raises(UsageError, match="candidate 9: the marking has"):
            log_entry(field, request.model_copy(update={"candidate": 9}))

    def test_a_missing_field_is_named(self, field: Workspace) -> None:
        with pytest.raises(BadInput) as refused:
            logged(field, "component", marking="AD7606")
        assert refused.value.code == "recovery"

    def test_the_future_is_refused_unless_accepted(self, field: Workspace) -> None:
        request = EntryRequest(kind="recovery", texts={"weapon": "Kh-101", "used": "2024-06-13"})
        with pytest.raises(BadInput, match="used 2024-06-13 is in the future") as refused:
            log_entry(field, request)
        assert refused.value.code == "future"
        assert log_entry(field, request.model_copy(update={"accept_future": True})).rows
        # The same day tomorrow.
        later = replace(field, clock=lambda: field.clock().replace(day=13))
        assert log_entry(later, request).rows

    @pytest.mark.parametrize("kind", ["recovery", "seizure"])
    def test_an_entry_that_states_nothing_is_refused(self, field: Workspace, kind: str) -> None:
        with pytest.raises(UsageError, match=f"Nothing is stated about this {kind}"):
            logged(field, kind, **({"extent": "specimen"} if kind == "recovery" else {}))


class TestDraft:
    """What a form asks."""

    def test_defaults_are_the_last_entry_s(self, field: Workspace) -> None:
        ref = wreck(field)
        assert EntryDraft(field, "recovery").defaults({}) == {"weapon": "Kh-101", "used": "2024-01-02"}
        assert EntryDraft(field, "component").defaults({}) == {"recovery": ref}
        other = replace(field, actor="taras")
        assert EntryDraft(other, "recovery").defaults({}) == {}

    def test_units_are_those_of_the_recovery_in_question(self, field: Workspace) -> None:
        one, other = wreck(field), wreck(field)
        logged(field, "component", recovery=one, unit="Board 1", marking="X1")
        logged(field, "component", recovery=other, unit="Board 2", marking="X2")
        draft = EntryDraft(field, "component")
        draft.check("recovery", one)
        assert [each.text for each in draft.suggest("unit", "Bo")] == ["Board 1"]
        assert EntryDraft(field, "component").suggest("unit", "Bo") == []

    def test_a_name_that_no_record_has_is_new(self, field: Workspace) -> None:
        draft = EntryDraft(field, "seizure")
        assert draft.check("consignee", "Zwqx Trading").new_name is NewName.PARTY
        assert draft.check("consignee", "Analog Devices").new_name is None
        assert draft.check("consignee", "?").is_unknown
        near = draft.check("consignee", "Analog Devises").near
        assert "Analog Devices" in near

    def test_what_cannot_be_read_or_found_is_an_error(self, field: Workspace) -> None:
        draft = EntryDraft(field, "component")
        with pytest.raises(ValueError):
            draft.check("pieces", "0")
        with pytest.raises(NotFound):
            draft.check("recovery", "R-00000-00000")

    @pytest.mark.parametrize(
        ("name", "texts", "relevant"),
        [
            ("precision", {"place": "Куп'янськ"}, False),
            ("precision", {"place": "49.9, 36.2"}, True),
            ("precision", {"place": "37U CR 0149 4158"}, False),
            ("label", {}, True),
        ],
    )
    def test_only_relevant_fields_are_asked(
        self, field: Workspace, name: str, texts: dict[str, str], relevant: bool
    ) -> None:
        assert EntryDraft(field, "recovery").is_relevant(name, texts) is relevant

    def test_a_marking_makes_its_state_and_a_description_irrelevant(self, field: Workspace) -> None:
        draft = EntryDraft(field, "component")
        assert draft.is_relevant("description", {"marking": "?"})
        assert not draft.is_relevant("description", {"marking": "AD7606"})

    def test_what_needs_a_basis(self, field: Workspace) -> None:
        draft = EntryDraft(field, "component")
        assert draft.needs_basis({"authenticity": "suspect"})
        assert draft.needs_basis({"identification": "confirmed"})
        assert not draft.needs_basis({"identification": "tentative", "authenticity": "no_signs"})


class TestLines:
    def test_each_line_is_saved_and_undone(self, field: Workspace) -> None:
        lines = ComponentLines(field, LinesRequest(recovery=wreck(field), batch="list 1"))
        rows = [document(lines.log(text))["rows"][0] for text in ("U1 | AD7606 | 2", "undo", "undo")]
        assert [row["fate"] for row in rows] == ["logged", "undone", "nothing to undo"]
        assert (rows[0]["unit"], rows[0]["pieces"], rows[0]["best"]) == (
            "U1",
            2,
            "Analog Devices AD7606 (maker certain)",
        )
        with pytest.raises(BadInput):
            lines.log("U1 | X | 0")
        assert lines.rejected == 1


class TestFiles:
    def test_a_template_goes_out_and_comes_back(self, field: Workspace, tmp_path: Path) -> None:
        file = tmp_path / "components.csv"
        assert write_empty_template(TemplateRequest(kind="components", out=file)).kind == "component"
        ref = wreck(field)
        header = file.read_text("utf-8-sig").strip().split(",")
        line = [{"recovery": ref, "marking": "AD7606"}.get(name, "") for name in header]
        bad = [{"recovery": ref, "pieces": "0"}.get(name, "") for name in header]
        file.write_text("\n".join(map(",".join, (header, line, bad))) + "\n", "utf-8")
        refused = document(log_file(field, FileRequest(file=file)))["rows"][0]
        assert (refused["saved"], refused["new"], refused["rejected"]) == (False, 1, 1)
        assert refused["rejections"][0]["line"] == 3
        rejected = tmp_path / "rejected.csv"
        kept = document(log_file(field, FileRequest(file=file, rejected=rejected)))["rows"][0]
        assert (kept["saved"], kept["new"], [each["line"] for each in kept["logged"]]) == (True, 1, [2])
        assert rejected.read_text("utf-8").startswith("line,reason,")
        again = document(log_file(field, FileRequest(file=file, rejected=rejected)))["rows"][0]
        assert (again["new"], again["known"]) == (0, 1)


class TestAssessment:
    def test_before_and_after_with_null_for_not_assessed(self, field: Workspace) -> None:
        ref = logged(field, "component", recovery=wreck(field), marking="AD7606")["ref"]
        request = AssessmentRequest(ref=ref, basis="X-ray", aspects={"authenticity": "suspect"})
        (row,) = document(log_assessment(field, request))["rows"]
        assert (row["before"], row["after"], row["said_by"]) == (None, "suspect", "olena")
        back = AssessmentRequest(ref=ref, basis="mistake", aspects={"authenticity": "not-assessed"})
        (row,) = document(log_assessment(field, back))["rows"]
        assert (row["before"], row["after"]) == ("suspect", None)

    def test_it_needs_a_value_and_a_basis(self, field: Workspace) -> None:
        with pytest.raises(UsageError) as nothing:
            log_assessment(field, AssessmentRequest(ref="C-00000-00000"))
        with pytest.raises(UsageError) as groundless:
            log_assessment(field, AssessmentRequest(ref="C-00000-00000", aspects={"credibility": "2"}))
        assert (nothing.value.code, groundless.value.code) == ("assessment", "basis")

    def test_a_withdrawal_counts_components_once(self, field: Workspace) -> None:
        ref = wreck(field)
        for marking in ("AD1", "AD2"):
            logged(field, "component", recovery=ref, marking=marking)
        request = WithdrawalRequest(ref=ref, reason="exercise")
        assert [document(withdraw_record(field, request))["rows"][0]["components"] for _ in "ab"] == [2, 0]
