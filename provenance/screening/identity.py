"""How a customer is recognised in a later run, and how a change of what is known about it is noticed.

The keys and digests are stored with judgements: a change of their form would reopen every judgement.
"""

from __future__ import annotations

import hashlib
import json

from provenance.sources.customers import Customer
from provenance.text.firm_names import name_key

DIGEST_LENGTH = 16
"""Hexadecimal digits of the digests of customers and list entries."""


def customer_key(id_: str | None, name: str | None, digest: str, role: str | None = None) -> str:
    """What identifies a customer in every run: its own id, or its name, or all that is known of it.

    In a file with several names a row, the id is that of the row: with the role it is that of one name.
    """
    if id_:
        return f"id {id_} {role}" if role else f"id {id_}"
    return f"name {name_key(name)}" if name and name.strip() else f"row {digest}"


def customer_digest(customer: Customer) -> str:
    """A digest of what is screened of a customer; its row and the date asked about are not part of it."""
    screened = {
        "name": customer.name,
        "addresses": customer.addresses,
        "country": customer.country,
        "identifiers": [{"value": one.value, "scheme": one.scheme} for one in customer.identifiers],
    }
    text = json.dumps(screened, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
