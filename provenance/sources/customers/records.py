"""What a customer file yields: one name to screen, with what distinguishes it from others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from provenance.text.registration_numbers import RegistrationNumber, UnreadNumber


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What a file says of the goods in a customer's row, as written; None where it does not."""

    order: str | None = None
    part: str | None = None
    quantity: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One name to screen; ``day`` is the day as of which, None for the newest versions.

    ``fault`` says why the row cannot be screened; such a row is counted and never clear. ``undated`` is a row
    without a day in a file in which others have one. ``role`` is the column of the name where a file has
    several. ``firm`` is what the database itself knows the customer by. ``no_numbers`` is what stands where a
    number is expected and is none. ``further_names`` are those of a cell that names several parties: each is
    looked for, and whose the numbers are is unknown.
    """

    row: int
    name: str
    id: str | None = None
    addresses: tuple[str, ...] = ()
    country: str | None = None
    identifiers: tuple[RegistrationNumber, ...] = ()
    day: date | None = None
    fault: str | None = None
    undated: bool = False
    role: str | None = None
    order: OrderLine | None = None
    firm: str | None = None
    remark: str | None = field(default=None, compare=False)
    no_numbers: tuple[UnreadNumber, ...] = field(default=(), compare=False)
    further_names: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether the row says anything of this customer."""
        return bool(self.name or self.addresses or self.identifiers or self.no_numbers)


def input_digest(customers: Iterable[Customer]) -> str:
    """One digest over what is screened, by which a run is recognised as a repetition."""
    digest = hashlib.sha256()
    for customer in customers:
        digest.update(json.dumps(asdict(customer), ensure_ascii=False, default=str).encode() + b"\n")
    return digest.hexdigest()
