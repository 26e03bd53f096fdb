"""Customers are recognised again, and a digest changes when what is known about them does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from provenance.screening.identity import customer_digest, customer_key
from provenance.sources.customers import Customer
from provenance.text.registration_numbers import RegistrationNumber, read_numbers

REEF = Customer(
    row=2,
    name="Marble Reef GmbH",
    id="C-2",
    addresses=("5 Quarry Lane, Riga",),
    country="DE",
    identifiers=(*read_numbers("INN 7709998887").numbers, RegistrationNumber("123")),
)


def test_the_digest_is_the_one_that_stored_judgements_have() -> None:
    """Another digest would reopen every judgement in every database."""
    assert customer_digest(REEF) == "763df2b1d9eddc71"


@pytest.mark.parametrize("change", [{"row": 9}, {"id": None}, {"day": date(2024, 1, 1)}, {"remark": "x"}])
def test_neither_row_nor_id_nor_day_is_part_of_it(change: dict[str, Any]) -> None:
    assert customer_digest(replace(REEF, **change)) == customer_digest(REEF)


@pytest.mark.parametrize(
    "change", [{"name": "Marble Reef"}, {"addresses": ()}, {"country": None}, {"identifiers": ()}]
)
def test_all_that_is_screened_is_part_of_it(change: dict[str, Any]) -> None:
    assert customer_digest(replace(REEF, **change)) != customer_digest(REEF)


def test_a_customer_is_its_id_or_its_name_or_all_that_is_known() -> None:
    assert customer_key("C-2", "Marble Reef", "d") == "id C-2"
    assert customer_key(None, "Marble Reef GmbH", "d") == customer_key("", "MARBLE REEF GMBH", "e")
    assert customer_key(None, None, "d") == customer_key(None, " ", "d") == "row d"
