"""What is remembered of a hit, and by what a customer is known again; no database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from provenance.sources.customers import Customer
from provenance.text.firm_names import name_key

DIGEST_LENGTH = 16
"""Hexadecimal digits of the digests by which a change is noticed."""

_OF_THE_CUSTOMER = ("name", "addresses", "country", "identifiers")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on a hit: who held what of it, when (ISO, UTC) and why.

    ``reopened`` says what has changed since; the judgement is shown then and decides nothing.
    """

    ref: str
    verdict: str
    actor: str
    at: str
    reason: str
    reopened: str | None = None


def customer_key(id_: str | None, name: str, digest: str) -> str:
    """By what a customer is the same in another run: its own id, else its name, else all of it."""
    if id_:
        return f"id {id_}"
    return f"name {name_key(name)}" if name.strip() else f"row {digest}"


def digest_of(customer: Customer) -> str:
    """A digest over what is screened of a customer; neither its row nor the day is part of it."""
    told = {name: value for name, value in asdict(customer).items() if name in _OF_THE_CUSTOMER}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
