"""Column mappings: which column of a table is which field; guessed from headers, shown, overridden, saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.headers import Fields, header_key

IGNORED = "-"
"""The value for a header that is left out."""


def guess_mapping(header: Sequence[str], fields: Fields) -> dict[str, str]:
    """Header to field, for each header that is understood; the first that fits a field has it."""
    columns: dict[str, list[str]] = {}
    for name in header:
        columns.setdefault(header_key(name), []).append(name)
    mapping: dict[str, str] = {}
    for field, words in fields.items():
        named = (name for word in (field, *words) for name in columns.get(header_key(word), ()))
        free = next((name for name in named if name not in mapping), None)
        if free is not None:
            mapping[free] = field
    return {name: mapping[name] for name in header if name in mapping}


def is_list_of_parties(mapping: Mapping[str, str]) -> bool:
    """Whether the recognised columns make a list of parties: a name alone may mean anything."""
    return "name" in mapping.values() and len(mapping) > 1


def parse_overrides(pairs: Sequence[str], fields: Fields) -> dict[str, str]:
    """What a user wrote as ``HEADER=FIELD``; ``HEADER=-`` leaves a column out.

    Raises:
        UsageError: it does not have that form, or the field does not exist.
    """
    overrides: dict[str, str] = {}
    for pair in pairs:
        header, equals, field = pair.rpartition("=")
        if not equals or not header:
            raise UsageError(f"{pair!r} is not of the form HEADER=FIELD")
        overrides[header.strip()] = _field(field.strip(), fields)
    return overrides


def _field(name: str, fields: Fields) -> str:
    if name != IGNORED and name not in fields:
        raise UsageError(
            f"There is no field {name!r}", hint=f"Fields: {', '.join(fields)}; - leaves the column out."
        )
    return name


def settle_mapping(
    header: Sequence[str],
    saved: Mapping[str, str],
    overrides: Mapping[str, str],
    fields: Fields,
) -> dict[str, str]:
    """The mapping to use: stated fields take precedence over saved ones, and those over guessed ones.

    Raises:
        UsageError: a header that the file does not have, an unknown field, or two headers for one field.
    """
    for field in overrides.values():
        _field(field, fields)
    strangers = [name for name in overrides if name not in header]
    if strangers:
        raise UsageError(
            f"The file has no column {', '.join(strangers)}", hint=f"It has: {', '.join(header)}"
        )
    stated = {name: field for name, field in {**saved, **overrides}.items() if name in header}
    taken = set(stated.values())
    guessed = {name: field for name, field in guess_mapping(header, fields).items() if field not in taken}
    settled = {**guessed, **stated}
    mapping = {name: settled[name] for name in header if settled.get(name, IGNORED) != IGNORED}
    twice = sorted({field for field in mapping.values() if list(mapping.values()).count(field) > 1})
    if twice:
        raise UsageError(f"Two columns are mapped to {', '.join(twice)}")
    return mapping


def load_mapping(file: Path, fields: Fields) -> dict[str, str]:
    """A mapping saved by `save_mapping`.

    Raises:
        BadInput: it is not such a file.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"not a column mapping: {error}", file=file.name) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BadInput('a column mapping is {"HEADER": "field", …}', file=file.name)
    return {str(header): _field(field, fields) for header, field in found.items()}


def save_mapping(file: Path, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Saves a mapping for the next file of the same kind, with the columns that are left out.

    Raises:
        BadInput: the file cannot be written.
    """
    whole = {name: mapping.get(name, IGNORED) for name in header if name}
    try:
        file.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
