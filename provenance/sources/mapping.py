"""Column mappings: which column of a table is which field; guessed from headers, shown, overridden, saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.headers import Fields, header_key, understood

IGNORED = "-"
"""The value for a header that is left out."""

_SHORTEST_MISSPELT = 5
_MISSPELT = 84
"""Likeness in percent: one letter of six may be wrong ("Weapn", "Manufactuer", "Mesto")."""


class TwoColumns(ValueError):
    """Two columns of a file mean one field; ``columns`` names them."""

    def __init__(self, field: str, columns: Sequence[str]) -> None:
        super().__init__(f"{len(columns)} columns mean {field}: {', '.join(columns)}")
        self.field = field
        self.columns = tuple(columns)


def guess_mapping(header: Sequence[str], fields: Fields) -> dict[str, str]:
    """Header to field, for each header that is understood.

    The columns of the surest rank have a field. Several of them are joined, if the field is one that is.

    Raises:
        TwoColumns: they cannot be joined.
    """
    meanings = {name: dict(understood(name, fields)) for name in header}
    mapping: dict[str, str] = {}
    for field, words in fields.items():
        free = {
            name: meant[field] for name, meant in meanings.items() if field in meant and name not in mapping
        }
        if not free:
            continue
        surest = min(free.values())
        chosen = [name for name, rank in free.items() if words.all_ranks or rank == surest]
        if len(chosen) > 1 and not (words.joined or words.several):
            raise TwoColumns(field, chosen)
        mapping |= dict.fromkeys(chosen, field)
    return {name: mapping[name] for name in header if name in mapping}


def fields_guessed(header: Sequence[str], fields: Fields) -> set[str]:
    """The fields that a header has, whether or not two columns contradict each other."""
    try:
        return set(guess_mapping(header, fields).values())
    except TwoColumns:
        return {field for name in header for field, _rank in understood(name, fields)[:1]}


def columns_of(mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """The other way round: each field with its columns, in the order of the file."""
    found: dict[str, list[str]] = {}
    for name, field in mapping.items():
        found.setdefault(field, []).append(name)
    return found


def joined(texts: Sequence[str], between: str) -> str:
    """The texts of several columns as one; what another one has already is not said twice."""
    kept: list[str] = []
    for text in filter(None, texts):
        if not any(text.casefold() in other.casefold() for other in kept):
            kept = [other for other in kept if other.casefold() not in text.casefold()]
            kept.append(text)
    return between.join(kept)


def resembling(header: Sequence[str], mapping: Mapping[str, str], fields: Fields) -> dict[str, str]:
    """Columns that were not read, but look like a misspelt word for a field that no column was read as."""
    # Needed for unread columns only: the library takes long to import.
    from rapidfuzz import fuzz, process

    words = {
        header_key(word): field
        for field, known in fields.items()
        if field not in mapping.values()
        for word in (field, *(word for rank in known.ranks for word in rank))
        if len(header_key(word)) >= _SHORTEST_MISSPELT
    }
    found = {}
    for name in header:
        key = header_key(name)
        if name in mapping or len(key) < _SHORTEST_MISSPELT or understood(name, fields):
            continue
        if match := process.extractOne(key, list(words), scorer=fuzz.ratio, score_cutoff=_MISSPELT):
            found[name] = words[match[0]]
    return found


def is_list_of_parties(fields: AbstractSet[str]) -> bool:
    """Whether the recognised columns make a list of parties: a name alone may mean anything."""
    return "name" in fields and len(fields) > 1


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
        TwoColumns: two columns that the user has not mapped mean one field.
    """
    for field in overrides.values():
        _field(field, fields)
    strangers = [name for name in overrides if name not in header]
    if strangers:
        raise UsageError(
            f"The file has no column {', '.join(strangers)}", hint=f"It has: {', '.join(header)}"
        )
    stated = {name: field for name, field in {**saved, **overrides}.items() if name in header}
    left_over = {field: words for field, words in fields.items() if field not in stated.values()}
    unstated = [name for name in header if name not in stated]
    settled = {**guess_mapping(unstated, left_over), **stated}
    mapping = {name: settled[name] for name in header if settled.get(name, IGNORED) != IGNORED}
    for field, columns in columns_of(mapping).items():
        if len(columns) > 1 and not (fields[field].joined or fields[field].several):
            raise UsageError(f"Two columns are mapped to {field}: {', '.join(columns)}")
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
