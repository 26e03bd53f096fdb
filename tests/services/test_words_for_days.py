"""What a person types, read as lists are: days, numbers of pieces, and words for the unknown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.fields.entries import Kind
from provenance.schema.recoveries import Component, Recovery, RecoveryDate
from provenance.services.contracts.entries import EntryRequest
from provenance.services.entries import log_entry
from provenance.services.workspace import Workspace


def logged(workspace: Workspace, kind: Kind, **texts: str) -> str:
    (row,) = log_entry(workspace, EntryRequest(kind=kind, texts=texts)).rows
    return row.ref


@pytest.mark.parametrize(
    ("word", "days_ago"), [("вчора", 1), ("yesterday", 1), ("today", 0), ("позавчера", 2)]
)
def test_a_word_for_a_day_is_kept_as_the_day(field: Workspace, word: str, days_ago: int) -> None:
    logged(field, Kind.RECOVERY, label=f"wreck {word}", recovered=word)
    with field.reading() as session:
        row = session.execute(select(RecoveryDate).order_by(RecoveryDate.id.desc()).limit(1)).one()
    day = field.today - timedelta(days=days_ago)
    assert (row.earliest, row.latest, row.as_written) == (day, day, day.isoformat())


def test_a_date_that_can_be_two_days_is_refused(field: Workspace) -> None:
    with pytest.raises(BadInput, match="2024-12-05 if the day comes first, 2024-05-12 if the month does"):
        logged(field, Kind.RECOVERY, label="wreck", recovered="05/12/2024")


@pytest.mark.parametrize("kind", [Kind.RECOVERY, Kind.SEIZURE])
def test_an_entry_of_nothing_but_unknowns_is_refused(field: Workspace, kind: Kind) -> None:
    with pytest.raises(BadInput, match="nothing is known"):
        logged(field, kind, weapon="?", label="-", place="н/д")


def test_a_component_of_nothing_but_unknowns_is_refused(field: Workspace) -> None:
    recovery = logged(field, Kind.RECOVERY, label="wreck")
    with pytest.raises(BadInput, match="nothing is known about this component"):
        logged(field, Kind.COMPONENT, recovery=recovery, marking="//", description="-", pieces="б/н")


def test_a_component_in_the_words_of_lists(field: Workspace) -> None:
    recovery = logged(field, Kind.RECOVERY, label="wreck", serial="n/a")
    cells = {"marking": "AD7606BSTZ | #2135", "pieces": "2 шт", "condition": "unknown", "hs": "8542.39.90 10"}
    logged(field, Kind.COMPONENT, recovery=recovery, **cells)
    with field.reading() as session:
        row = session.execute(select(Component).order_by(Component.id.desc()).limit(1)).one()
        label = session.execute(select(Recovery.label).order_by(Recovery.id.desc()).limit(1)).scalar_one()
    assert (row.marking, row.pieces, row.condition, row.hs6) == ("AD7606BSTZ\n#2135", 2, None, "854239")
    assert label == "wreck"
