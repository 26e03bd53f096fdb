"""The service that identifies markings: what it answers, in what shape, on what knowledge."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from provenance.cli.render import Section
from provenance.cli.views.identification import identification_view
from provenance.services.contracts.identification import IdentifyRequest, IdentifyResult, KnowledgeState
from provenance.services.identification import identify
from provenance.services.workspace import Workspace


@pytest.fixture
def workspace(ready: str) -> Workspace:
    """A workspace in 2026 on a database with the reference data."""
    return Workspace(ready, "tester", clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))


def test_every_marking_is_answered_in_order_and_counted_as_it_is(workspace: Workspace) -> None:
    counted: list[int] = []
    markings = ("ADM3202 ARNZ #2135", "", "zzqq", "ADM3202 ARNZ #2135")
    result = identify(workspace, IdentifyRequest(markings=markings), counted.append)
    assert [row.marking for row in result.rows] == list(markings)
    assert counted == [1, 2, 3, 4]
    assert result.rows[0] == result.rows[3]
    assert result.rows[1].candidates == result.rows[2].candidates == ()
    first = result.rows[0].candidates[0]
    assert (first.maker, first.mpn, first.owner) == ("Analog Devices", "ADM3202ARNZ", None)


def test_the_document_has_the_contracts_keys_and_null_for_the_unknown(workspace: Workspace) -> None:
    document = identify(workspace, IdentifyRequest(markings=("XC6SLX16 #2135|x",))).document()
    assert document["schema"] == "provenance.identify/1"
    assert document["knowledge"] == {"learned_pairs": 0, "marked_components": 0, "is_learned": False}
    (row,) = document["rows"]
    assert list(row) == ["marking", "candidates", "dates", "lot", "lines", "as_read"]
    assert (row["lot"], row["lines"]) == (None, ["XC6SLX16 #2135", "x"])
    assert list(row["dates"][0]) == ["from", "to", "reading", "reason"]
    first = row["candidates"][0]
    assert {"maker", "mpn", "base_part", "confidence", "score", "reason"} <= set(first)
    assert (first["suffix"], first["package"], first["reel"]) == (None, None, None)


def test_no_date_is_later_than_the_day_or_than_the_part_was_made(workspace: Workspace) -> None:
    """#906 is week 6 of 1989, 1999, 2009 or 2019."""

    def latest(made_by: date | None) -> date | None:
        result = identify(workspace, IdentifyRequest(markings=("ADXL345 #906",), made_by=made_by))
        return max(each.to for each in result.rows[0].dates if each.to)

    assert latest(None) == date(2019, 2, 10)
    assert latest(date(2012, 1, 1)) == date(2009, 2, 8)


class TestView:
    """What people read."""

    def sections(self, *markings: str, workspace: Workspace) -> list[Section]:
        return identification_view(identify(workspace, IdentifyRequest(markings=markings)))

    def test_lines_of_a_marking_are_separated_by_a_slash(self, workspace: Workspace) -> None:
        marked, blank, _based = self.sections("ADM3202|ARNZ|#2135", "", workspace=workspace)
        assert (marked.title, blank.title) == ("ADM3202 / ARNZ / #2135", "(blank)")
        assert blank.lines == ["No maker, part or date was recognised in this marking."]

    def test_it_says_what_the_answers_are_based_on(self) -> None:
        state = KnowledgeState(learned_pairs=1, marked_components=5, is_learned=False)
        (based,) = identification_view(IdentifyResult(knowledge=state, rows=()))
        told = " ".join(based.lines)
        assert "1 marking of known makers" in told and "candidates, not findings" in told
        assert "run provenance read-markings" in told
