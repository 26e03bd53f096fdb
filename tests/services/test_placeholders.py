"""Words for the unknown through every door that names or identifies something."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from provenance.core.errors import UsageError
from provenance.core.vocabulary.field import Aspect
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.services.assessments import log_assessment
from provenance.services.contracts.assessments import AssessmentRequest
from provenance.services.contracts.entries import EntryRequest
from provenance.services.contracts.transfers import StatedParty, StatedTransfer
from provenance.services.entries import log_entry
from provenance.services.transfers import stated_record
from provenance.services.workspace import Workspace
from provenance.sources.customers import Columns, read_customers
from provenance.sources.formats import ReadOptions
from provenance.sources.watchlists.base import address, named
from tests.support.days import TODAY

WORDS = ("unknown", "N/A", "-", "н/д", "невідомо", "неизвестно", "不详", "xxx", "TBD", "?")


@pytest.mark.parametrize("word", WORDS)
def test_a_transfer_of_unknown_parties_has_none(word: str) -> None:
    party = StatedParty(name=word)
    with pytest.raises(UsageError, match="no party"):
        stated_record(StatedTransfer(senders=(party,), recipients=(party,), mpn="LM358"))


@pytest.mark.parametrize("word", WORDS)
def test_a_list_has_no_such_alias_or_address(word: str) -> None:
    assert [name.name for name in named("Acme Ltd", aliases=[word, "Acme Trading"])] == [
        "Acme Ltd",
        "Acme Trading",
    ]
    assert address(word) is None


@pytest.mark.parametrize("word", WORDS)
def test_a_customer_has_no_such_name_id_or_address(word: str, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(f"id,name,address\n{word},{word},{word}\n", encoding="utf-8")
    (row,) = read_customers(file, Columns(), ReadOptions(TODAY))
    assert (row.name, row.id, row.addresses) == ("", None, ())


def test_what_was_read_from_a_marking_goes_when_it_turns_out_to_be_illegible(field: Workspace) -> None:
    (wreck,) = log_entry(field, EntryRequest(kind="recovery", texts={"label": "wreck"})).rows
    cells = {"recovery": wreck.ref, "marking": "AD7606BSTZ // #2135"}
    (chip,) = log_entry(field, EntryRequest(kind="component", texts=cells)).rows
    request = AssessmentRequest(
        ref=chip.ref, aspects={Aspect.MARKING_STATE: "illegible"}, basis="second look under the microscope"
    )
    log_assessment(field, request)
    with field.reading() as session:
        row = session.execute(select(Component).order_by(Component.id.desc()).limit(1)).one()
        current = [
            session.execute(
                select(noun.id).where(noun.component_id == row.id, noun.superseded_by.is_(None))
            ).all()
            for noun in (MakerAttribution, Identification)
        ]
    assert (row.marking_state, row.made_basis, row.category) == ("illegible", None, None)
    assert current == [[], []], "its marking said who made it; now nothing does"
