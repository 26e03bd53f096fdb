"""Names of parties with what people write behind them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from provenance.schema.organizations import Organization
from provenance.schema.transfers import TransferParty
from tests.importing.state import reading
from tests.intake.desk import Desk, csv_text


def test_a_country_behind_a_legal_form_makes_no_other_firm(desk: Desk) -> None:
    header = ["Shipper", "Consignee", "MPN"]
    names = ["Sample A LLC", "Sample A LLC, Hong Kong", "Sample A LLC - China"]
    desk.take(csv_text([header, *([name, "Sample B LTD", "AD7606BSTZ"] for name in names)]), kind="transfers")
    with reading(desk.address) as session:
        found = session.execute(
            select(TransferParty.as_written, Organization.label)
            .join(Organization, Organization.id == TransferParty.organization_id)
            .where(TransferParty.side == "from")
            .order_by(TransferParty.id)
        )
        assert [tuple(row) for row in found] == [(name, "Sample A LLC") for name in names]


@pytest.mark.parametrize("name", ["individual", "физлицо", "Китай", "Sample A LLC?"])
def test_what_names_no_firm_is_kept_as_written_and_makes_none(desk: Desk, name: str) -> None:
    desk.take(csv_text([["Shipper", "Consignee", "MPN"], [name, "Sample B LTD", "AD7606"]]), kind="transfers")
    with reading(desk.address) as session:
        found = session.execute(
            select(TransferParty.as_written, TransferParty.organization_id).where(
                TransferParty.side == "from"
            )
        )
        assert found.one() == (name, None)
