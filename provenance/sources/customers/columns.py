"""Which columns of a customer file belong to which of its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.sources.headers import Fields, understood

_NAME = "_name"
_OF_A_NAME = ("address", "country", "identifiers")
"""What distinguishes a party besides its name; a column of it may belong to one of several names."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a customer file by field; None, or none at all, where it is left to the header."""

    name: tuple[str, ...] = ()
    id: str | None = None
    date: str | None = None
    address: str | None = None
    country: str | None = None
    identifiers: str | None = None

    def mapping(self, fields: Fields) -> dict[str, str]:
        """The columns that are named, each with its field: a column of names that its header calls those of a
        role has the field of that.
        """
        stated = {
            "id": self.id,
            "date": self.date,
            "address": self.address,
            "country": self.country,
            "identifiers": self.identifiers,
        }
        names = {column: _name_field(column, fields) for column in self.name}
        return names | {column: field for field, column in stated.items() if column is not None}


def _name_field(column: str, fields: Fields) -> str:
    return next((field for field, _rank in understood(column, fields) if is_name(field)), "name")


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A name of each row: its role in words, None where it is the only one, and what else tells who it is.

    ``mapping`` leads from headers to the fields of a customer; the columns of each of ``more_addresses`` are
    another address.
    """

    role: str | None
    mapping: dict[str, str]
    more_addresses: tuple[tuple[str, ...], ...] = ()


def is_name(field: str) -> bool:
    """Whether a field is a name to screen, be it that of a role ("ship_to_name")."""
    return field == "name" or field.endswith(_NAME)


def without_strangers(mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping without the country and the numbers of roles that no column names: whose they are is unknown.

    An address of such a role stays: it may be a listed one, whoever is there.
    """
    roles = {field.removesuffix(_NAME) for field in mapping.values() if is_name(field)}
    return {
        header: field
        for header, field in mapping.items()
        if _role_of(field) is None or _role_of(field) in roles or field.endswith("_address")
    }


def name_columns(mapping: Mapping[str, str]) -> list[NameColumn]:
    """The names of a file in the order of its columns; one without a name where it has addresses only.

    What belongs to no role belongs to the column called the name, or else to the first; if there are several
    columns called a name, an address belongs to each, a country and numbers to the first alone: a number of
    another firm would clear.
    """
    names = [header for header, field in mapping.items() if is_name(field)]
    plain = [header for header in names if mapping[header] == "name"]
    of_all = {
        header: field for header, field in mapping.items() if _role_of(field) is None and field != "name"
    }
    if not names:
        return [NameColumn(None, of_all, _orphans(mapping, set()))]
    first = (plain or names)[0]
    found = []
    for header in names:
        role = _role_of(mapping[header])
        own = {
            other: field.removeprefix(f"{role}_")
            for other, field in mapping.items()
            if role is not None and _role_of(field) == role
        }
        shared = of_all if header == first else _shared(of_all, with_address=header in plain)
        more: tuple[tuple[str, ...], ...] = ()
        if header == first:
            more = _orphans(mapping, {_role_of(mapping[name]) for name in names})
            if "address" in own.values():
                more = (*more, *filter(None, [_of_field(shared, "address")]))
            shared = {other: field for other, field in shared.items() if field not in own.values()}
        found.append(NameColumn(header if len(names) > 1 else None, {**shared, **own, header: "name"}, more))
    return found


def _shared(of_all: Mapping[str, str], *, with_address: bool) -> dict[str, str]:
    """What every name of a row has: its id, its date and the goods."""
    left_out = set(_OF_A_NAME) - ({"address"} if with_address else set())
    return {header: field for header, field in of_all.items() if field not in left_out}


def _orphans(mapping: Mapping[str, str], roles: set[str | None]) -> tuple[tuple[str, ...], ...]:
    """The columns of addresses of roles that have no name, a role each."""
    found: dict[str, list[str]] = {}
    for header, field in mapping.items():
        role = _role_of(field)
        if role is not None and role not in roles and field.endswith("_address"):
            found.setdefault(role, []).append(header)
    return tuple(map(tuple, found.values()))


def _of_field(mapping: Mapping[str, str], wanted: str) -> tuple[str, ...]:
    return tuple(header for header, field in mapping.items() if field == wanted)


def _role_of(field: str) -> str | None:
    """The role of a field such as "ship_to_address"; None for a field of no role."""
    role, _between, last = field.rpartition("_")
    return role if role and last in ("name", *_OF_A_NAME) else None
