"""What a firm traded: each transfer once, received and sent apart, unknown units by themselves."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from provenance.schema.session import Session
from provenance.text.confidence import HIDDEN
from provenance.tracing.ledger import load_ledger
from provenance.tracing.party_profiles import (
    Money,
    PartyName,
    Quantity,
    countries_of,
    party_names,
    trade_totals,
    traded,
)
from provenance.tracing.statements import AsOf
from tests.tracing.records import Records


def row(**known: Any) -> Any:
    return SimpleNamespace(
        **{"quantity": None, "quantity_unit": None, "value": None, "currency": None, **known}
    )


def test_each_unit_and_each_currency_by_itself_and_the_unstated_counted() -> None:
    found = traded(
        [
            row(quantity=100, quantity_unit="pcs", value=10, currency="USD"),
            row(quantity=50, quantity_unit="pcs", value=5, currency="CNY"),
            row(quantity=2, quantity_unit="kg"),
            row(quantity=7),
            row(value=1),
            row(),
        ]
    )
    assert found.quantities == (Quantity(2, "kg"), Quantity(150, "pcs"), Quantity(7, None))
    assert found.values == (Money(5, "CNY"), Money(10, "USD"), Money(1, None))
    assert (found.unquantified, found.unvalued) == (2, 3)


def test_nothing_traded_is_nothing() -> None:
    assert traded([]).quantities == ()


def test_received_and_sent_dates_roles_and_countries(scratch: Session) -> None:
    records = Records(scratch)
    birch = records.firm("Birch Ltd")
    bought = records.transfer(
        "A", None, on=date(2021, 3, 1), quantity=100, quantity_unit="pcs", origin_country="DE"
    )
    records.party(bought, "to", birch, role="broker", country="HK")
    sold = records.transfer(None, "C", on=date(2021, 9, 1), quantity=60, quantity_unit="pcs")
    records.party(sold, "from", birch, role="broker")
    undated = records.transfer(birch, None)
    records.party(undated, "to", "D", country="RU")
    found = trade_totals(scratch, birch, [bought, sold, undated])
    assert (found.transfers, found.undated, found.first, found.last) == (
        3, 1, date(2021, 3, 1), date(2021, 9, 1),
    )  # fmt: skip
    assert found.received.quantities == (Quantity(100, "pcs"),)
    assert (found.sent.quantities, found.sent.unquantified) == ((Quantity(60, "pcs"),), 1)
    assert (found.roles, found.countries, found.partner_countries) == (("broker",), ("HK",), ("DE", "RU"))


def test_firms_recorded_as_the_same_trade_as_one(scratch: Session) -> None:
    records = Records(scratch)
    one, other = records.firm("Birch Ltd"), records.firm("Birch Limited")
    records.same("organization", one, other)
    numbers = [records.transfer(one, "B", quantity=1), records.transfer(other, "B", quantity=2)]
    found = trade_totals(scratch, min(one, other), numbers)
    assert found.sent.quantities == (Quantity(3, None),)


def test_who_was_named_in_confidence_adds_no_role_or_country(scratch: Session) -> None:
    records = Records(scratch)
    birch = records.firm("Birch Ltd")
    number = records.transfer(None, "C")
    records.party(number, "from", birch, role="broker", country="LI", confidential=True)
    records.party(number, "to", "D", country="AT", confidential=True)
    found = trade_totals(scratch, birch, [number])
    assert (found.roles, found.countries, found.partner_countries) == ((), (), ())
    assert countries_of(scratch, [birch]) == {}


def test_countries_of_seats_and_of_transfers(scratch: Session) -> None:
    records = Records(scratch)
    birch = records.firm("Birch Ltd")
    records.rows.add("organization_seat", organization_id=birch, country="HK")
    number = records.transfer(None, "C")
    records.party(number, "from", birch, country="AE")
    assert countries_of(scratch, [birch, birch]) == {birch: {"HK", "AE"}}


def test_names_of_every_kind_of_party(scratch: Session) -> None:
    records = Records(scratch)
    birch = records.firm("Birch Ltd")
    records.transfer(birch, "Acme Trading")
    hidden = records.transfer(None, None)
    records.party(hidden, "from", "Geheim", confidential=True)
    ledger = load_ledger(scratch, AsOf())
    names = party_names(scratch, ledger, range(ledger.nodes))
    kinds = {ledger.parties[node][0]: name for node, name in names.items()}
    assert kinds["firm"].name == "Birch Ltd" and kinds["firm"].ref is not None
    assert kinds["name"].ref is None and "geheim" not in str(names).casefold()
    assert kinds["confidential"] == PartyName(HIDDEN, None)
    assert kinds["unknown"] == PartyName(None, None)
