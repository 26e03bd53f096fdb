"""The registration numbers of the parties to a transfer belong to the firm, as their list states them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from provenance.schema.organizations import Organization, OrganizationIdentifier
from provenance.schema.sources import Citation
from tests.importing.state import reading
from tests.intake.desk import Desk, csv_text

INN, OTHER_INN = "7707083893", "7736207543"
"""Two numbers whose check digits hold."""


def numbers(desk: Desk) -> list[tuple[str, str, str]]:
    """Every number on record, with the firm's name and the scheme."""
    columns = Organization.label, OrganizationIdentifier.scheme, OrganizationIdentifier.value
    joined = select(*columns).join(Organization, Organization.id == OrganizationIdentifier.organization_id)
    with reading(desk.address) as session:
        return [tuple(row) for row in session.execute(joined.order_by(OrganizationIdentifier.id))]


@pytest.mark.parametrize(
    ("header", "number", "scheme"),
    [
        ("ИНН получателя", INN, "INN"), ("Consignee INN", INN, "INN"), ("consignee_inn", INN, "INN"),
        ("INN of consignee", INN, "INN"), ("Код ЄДРПОУ одержувача", "00032129", "EDRPOU"),
        ("收货人统一社会信用代码", "91110000802100433B", "USCC"), ("Importer VAT No.", "CZ25123891", "VAT"),
        ("Buyer tax ID", "4810563472", "TAX"),
    ],
)  # fmt: skip
def test_a_column_of_numbers_is_the_partys(desk: Desk, header: str, number: str, scheme: str) -> None:
    rows = [["Shipper", "Consignee", header, "MPN"], ["Sample A LLC", "Sample B LLC", number, "AD7606BSTZ"]]
    answer = desk.take(csv_text(rows), kind="transfers")
    assert answer.row["columns"][header] == "consignee_numbers", answer.told
    assert numbers(desk) == [("Sample B LLC", scheme, number)]
    assert desk.take(csv_text(rows), kind="transfers").accounted == {"read": 1, "known": 1}
    assert len(numbers(desk)) == 1


def test_both_sides_have_their_own(desk: Desk) -> None:
    header = ["Отправитель", "ИНН отправителя", "Получатель", "ИНН/КПП получателя", "Описание товара"]
    row = ["ООО Альфа", OTHER_INN, "ООО Бета", f"{INN}/773601001", "Микросхемы"]
    desk.take(csv_text([header, row]), kind="transfers")
    assert numbers(desk) == [
        ("ООО Альфа", "INN", OTHER_INN), ("ООО Бета", "INN", INN), ("ООО Бета", "KPP", "773601001"),
    ]  # fmt: skip


def test_a_number_of_another_firm_is_said_and_one_that_contradicts_is_asked_about(desk: Desk) -> None:
    header = ["Shipper", "Consignee", "Consignee INN", "MPN"]
    rows = [
        ["Sample A LLC", "Sample B LLC", INN, "AD7606BSTZ"],
        ["Sample A LLC", "Sample B LLC", OTHER_INN, "XC3S250E"],
        ["Sample A LLC", "Sample C LLC", INN, "LM2596S"],
    ]
    answer = desk.take(csv_text([header, *rows]), kind="transfers")
    assert numbers(desk) == [("Sample B LLC", "INN", INN)]
    reviewed = {one["text"] for one in answer.row["review"] if "number" in one["reason"]}
    assert reviewed == {
        f"Sample B LLC: INN {OTHER_INN}, on record INN {INN}",
        f"Sample C LLC: INN {INN}, which is Sample B LLC's",
    }


@pytest.mark.parametrize("cell", ["7.70708E+09", "n/a", "#N/A", "-"])
def test_what_is_no_number_is_not_stored(desk: Desk, cell: str) -> None:
    rows = [["Shipper", "Consignee", "Consignee INN", "MPN"], ["Sample A", "Sample B", cell, "AD7606BSTZ"]]
    answer = desk.take(csv_text(rows), kind="transfers")
    assert answer.accounted == {"read": 1, "new": 1}
    assert numbers(desk) == []


def test_a_number_beside_two_parties_is_neithers(desk: Desk) -> None:
    header = ["Shipper", "Consignee", "Consignee INN", "MPN"]
    answer = desk.take(csv_text([header, ["Sample A", "B LLC; C LLC", INN, "AD7606BSTZ"]]), kind="transfers")
    assert numbers(desk) == []
    assert answer.cells == {(2, "Consignee INN")}


def test_the_address_and_number_of_a_party_named_in_confidence_are_shown_to_nobody(desk: Desk) -> None:
    header = ["Shipper", "Consignee", "Consignee INN", "Consignee address", "MPN", "In confidence"]
    row = ["Sample A LLC", "Hidden B LLC", INN, "5 Quiet Lane, Riga", "AD7606BSTZ", "to"]
    desk.take(csv_text([header, row]), kind="transfers")
    assert numbers(desk) == []
    with reading(desk.address) as session:
        (raw,) = session.execute(select(Citation.raw_text).where(Citation.transfer_id.is_not(None))).scalars()
    assert not any(secret in raw for secret in ("Hidden", INN, "Quiet"))
    assert "Sample A LLC" in raw
