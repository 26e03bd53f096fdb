"""Entering a transfer: read by the same rules as an imported list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provenance.core.errors import NotFound, UsageError
from provenance.core.vocabulary import EvidenceClass, PartyRole, Side, Tlp
from provenance.core.vocabulary.tracing import DocumentKind
from provenance.services.contracts.transfers import LogTransfer, StatedParty, StatedTransfer
from provenance.services.transfers import log_transfer, stated_record
from provenance.services.workspace import Workspace
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import TRANSFERS
from tests.sources.lists import write_list
from tests.support.chains import ALDER, BIRCH, transfer
from tests.support.days import TODAY
from tests.support.json_schema import problems

SENDER, RECIPIENT = StatedParty(name="Alder AG", role=PartyRole.BROKER), StatedParty(name="Birch Ltd")


def test_partial_dates_countries_and_numbers_are_read() -> None:
    found = stated_record(
        StatedTransfer(
            senders=(SENDER,), recipients=(RECIPIENT,), mpn="NORTH-1", date="2020-10..2022-02",
            origin="Germany", transit=("Hong Kong", "AE"),
            quantity="1 000", currency="usd", value="12.5", credibility=2,
            document="7", document_kind=DocumentKind.INVOICE, tlp=Tlp.GREEN,
        )
    )  # fmt: skip
    assert (found.earliest, found.latest) == (date(2020, 10, 1), date(2022, 2, 28))
    assert (found.origin_country, found.transit) == ("DE", ("HK", "AE"))
    assert (found.quantity, found.value, found.currency, found.credibility) == (1000, 12.5, "USD", 2)
    assert found.document is not None and found.document.title == "invoice 7"
    assert [(party.side, party.as_written) for party in found.parties] == [
        (Side.FROM, "Alder AG"), (Side.TO, "Birch Ltd"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "evidence"),
    [
        ({"component": "w1"}, EvidenceClass.ITEM_DOCUMENT),
        ({"lot": "L7", "mpn": "NORTH-1"}, EvidenceClass.ITEM_DOCUMENT),
        ({"mpn": "NORTH-1", "hs6": "854231"}, EvidenceClass.TRADE_RECORD_SAME_PART),
        ({"hs6": "854231"}, EvidenceClass.TRADE_RECORD_SAME_HS),
    ],
)
def test_without_a_class_it_follows_from_what_moved(moved: dict[str, str], evidence: EvidenceClass) -> None:
    assert stated_record(StatedTransfer(senders=(SENDER,), **moved)).evidence_class == evidence


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        (StatedTransfer(mpn="X"), "no party"),
        (StatedTransfer(senders=(SENDER,), goods="chips"), "what moved"),
        (StatedTransfer(senders=(SENDER,), mpn="X", date="soon"), "soon"),
        (StatedTransfer(senders=(SENDER,), mpn="X", currency="dollars"), "currency"),
    ],
)
def test_what_cannot_be_read_is_named(stated: StatedTransfer, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        stated_record(stated)


def test_the_same_as_a_row_of_an_imported_list(tmp_path: Path) -> None:
    row = transfer("a", ALDER, BIRCH, "2021-03-10", "INV-2", published="2023-01-01")
    (imported,) = TRANSFERS.named("transfers").read(
        write_list(tmp_path / "list.csv", [row]), ReadOptions(TODAY)
    )
    entered = stated_record(
        StatedTransfer(
            senders=(StatedParty(name="Alder AG", role=PartyRole.AUTHORISED_DISTRIBUTOR, country="DE"),),
            recipients=(StatedParty(name="Birch Ltd", role=PartyRole.INDEPENDENT_DISTRIBUTOR, country="HK"),),
            mpn="NORTH-1", maker="North Semi", quantity="100", quantity_unit="pcs", date="2021-03-10",
            document="INV-2", document_kind=DocumentKind.INVOICE, published="2023-01-01",
        )
    )  # fmt: skip
    own = {"key", "raw", "line", "words_may_decide"}
    assert entered.model_dump(exclude=own) == imported.model_dump(exclude=own)


class TestStoring:
    def test_names_given_in_confidence_are_not_shown(self, ready: str) -> None:
        hidden = StatedParty(name="Geheim GmbH", confidential=True)
        stated = StatedTransfer(senders=(SENDER,), recipients=(hidden,), mpn="NORTH-1")
        result = log_transfer(Workspace(ready, "tester"), LogTransfer(transfer=stated, source="ours"))
        (row,) = result.rows
        assert (row.senders, row.recipients) == (("Alder AG",), ("[named in confidence]",))
        assert "Geheim" not in str(result.document())
        assert problems(result.document(), type(result).document_schema()) == []

    def test_an_unknown_side_is_none(self, ready: str) -> None:
        stated = StatedTransfer(recipients=(RECIPIENT,), mpn="NORTH-1")
        (row,) = log_transfer(Workspace(ready, "tester"), LogTransfer(transfer=stated, source="ours")).rows
        assert (row.senders, row.recipients, row.tlp) == (None, ("Birch Ltd",), None)

    def test_a_component_that_is_not_on_record(self, ready: str) -> None:
        stated = StatedTransfer(senders=(SENDER,), component="nowhere-1")
        with pytest.raises(NotFound):
            log_transfer(Workspace(ready, "tester"), LogTransfer(transfer=stated, source="ours"))
