"""Stored runs: found again, with the rows that tell something, the same for the same question."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import func, select, update

from provenance.core.errors import NotFound
from provenance.core.vocabulary.watched import ScreeningKind, Verdict
from provenance.schema.session import Session
from provenance.schema.watchlists import ScreenedRow, ScreeningRun
from provenance.screening.hits import known_hits
from provenance.screening.judgements import Decision, save_judgements
from provenance.screening.runs import (
    RunTerms,
    data_version,
    find_run,
    list_versions,
    rows_of_run,
    save_run,
)
from provenance.sources.customers import Customer
from tests.support.imported_lists import ACTOR, Lists

CUSTOMERS = (Customer(1, "Marble Reef", id="C-1"), Customer(2, "Quartz Inn"), Customer(3, "LLC"))


@pytest.fixture
def ours(lists: Lists) -> Lists:
    """One list with one party."""
    lists.add("2024-01-01", {"id": "A2", "name": "Marble Reef GmbH"})
    return lists


def stored(lists: Lists, settings: Mapping[str, str | float] | None = None) -> str:
    screening = lists.screening(*CUSTOMERS)
    terms = RunTerms(ScreeningKind.FILE, dict(settings or {}), ACTOR, "c.csv", "0" * 64)
    return save_run(lists.session, terms, CUSTOMERS, screening.answers)


def test_a_run_is_found_by_its_reference_and_as_the_last(ours: Lists) -> None:
    first, last = stored(ours), stored(ours)
    assert first != last
    for text, ref in ((first, first), (last, last), ("last", last), (first.lower(), first)):
        assert find_run(ours.session, text)[1].ref == ref


def test_its_figures_counted_by_hand(ours: Lists) -> None:
    stored(ours, {"threshold": 0.5})
    _number, run = find_run(ours.session, "last")
    assert (run.rows_screened, run.rows_not_screened, run.rows_with_hits, run.hits) == (2, 1, 1, 1)
    assert (run.kind, run.actor, run.file_name, run.settings) == ("file", ACTOR, "c.csv", {"threshold": 0.5})
    assert run.at == ours.session.moment
    assert [version.split()[0] for version in run.versions] == ["ours@2024-01-01"]


def test_rows_with_nothing_to_report_are_counted_and_not_stored(ours: Lists) -> None:
    stored(ours)
    number, _run = find_run(ours.session, "last")
    assert [(row.row, len(row.hits)) for row in rows_of_run(ours.session, number)] == [(1, 1), (3, 0)]
    assert ours.session.execute(select(func.count(ScreenedRow.id))).scalar_one() == 2
    (uid,) = [hit.party_uid for row in rows_of_run(ours.session, number) for hit in row.hits]
    assert known_hits(rows_of_run(ours.session, number)) == {("C-1", None, "ours", uid)}


def test_the_same_question_has_the_same_digests_whatever_was_judged_in_between(ours: Lists) -> None:
    stored(ours)
    number, before = find_run(ours.session, "last")
    row = rows_of_run(ours.session, number)[0]
    save_judgements(
        ours.session, [Decision(number, row, row.hits[0], Verdict.NEGATIVE, "another firm")], actor=ACTOR
    )
    stored(ours)
    _number, after = find_run(ours.session, "last")
    assert (before.hits, after.hits) == (1, 0)
    assert (before.result_sha256, before.input_sha256) == (after.result_sha256, after.input_sha256)


def test_another_version_of_the_list_is_other_data(ours: Lists) -> None:
    before = data_version(ours.session)
    ours.add("2024-02-01", {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"})
    assert data_version(ours.session) != before
    assert [version.split()[0] for version in list_versions(ours.session)] == [
        "ours@2024-01-01", "ours@2024-02-01",
    ]  # fmt: skip


def test_settings_of_older_versions_are_read_with_the_names_of_today(ours: Lists) -> None:
    stored(ours)
    ours.session.execute(update(ScreeningRun).values(settings='{"as of": "2024-01-01", "threshold": 0.5}'))
    _number, run = find_run(ours.session, "last")
    assert run.settings == {"as_of": "2024-01-01", "threshold": 0.5}


@pytest.mark.parametrize("text", ["last", "N-00000-00000", "N-0000", "nonsense"])
def test_a_run_that_is_not_there(scratch: Session, text: str) -> None:
    with pytest.raises(NotFound):
        find_run(scratch, text)
