"""What a request refuses is said in plain words, never in those of the library that checks it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import provenance.services.contracts as contracts
from provenance.core.errors import UsageError
from provenance.services.contracts.base import Request
from provenance.services.contracts.ranking import TopRequest
from provenance.services.contracts.trace_requests import WriteTraceRequest
from provenance.sources import records
from provenance.text.validation import faults_in_words

WRONG: tuple[Any, ...] = ("no such thing", "", -1, 0, 10**9, 1.5, object(), [object()], {"x": object()}, None)
JARGON = (
    "input should", "value error", "pydantic", "validation", "type=", "field required", "extra inputs",
    " tuple", " dict", "instance", "_",
)  # fmt: skip
FROM_FILES = (records.RecoveryRecord, records.PartRecord, records.ShipmentRecord)


def _requests() -> list[type[Request]]:
    for module in pkgutil.iter_modules(contracts.__path__):
        importlib.import_module(f"{contracts.__name__}.{module.name}")
    return sorted(_below(Request), key=lambda each: each.__name__)


def _below(kind: type[Request]) -> Iterator[type[Request]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _refusals(kind: type[BaseModel]) -> Iterator[str]:
    """What is said of every field with every wrong value, alone and in the whole, and of an unknown field."""
    cases = [(name, value) for name in kind.model_fields for value in WRONG]
    for name, value in [("no_such_field", 1), *cases]:
        yield from _said(lambda name=name, value=value: kind.model_validate({name: value}))
    for name, value in cases:
        field = kind.model_fields[name]
        annotated = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        alone: TypeAdapter[Any] = TypeAdapter(annotated)
        yield from _said(lambda alone=alone, value=value: alone.validate_python(value))


def _said(read: Callable[[], object]) -> list[str]:
    try:
        read()
    except UsageError as error:
        return [error.message]
    except ValidationError as error:
        return [faults_in_words([fault]) for fault in error.errors()]
    return []


@pytest.mark.parametrize("kind", _requests(), ids=lambda kind: kind.__name__)
def test_every_field_of_every_request_is_refused_in_plain_words(kind: type[Request]) -> None:
    refusals = list(_refusals(kind))
    assert refusals
    for message in refusals:
        assert not [word for word in JARGON if word in _without_values(message)], message


@pytest.mark.parametrize(
    "kind",
    [records.RecoveryRecord, records.PartRecord, records.ShipmentRecord],
    ids=lambda kind: kind.__name__,
)
def test_so_is_every_field_of_a_record_from_a_file(kind: type[BaseModel]) -> None:
    for message in _refusals(kind):
        assert not [word for word in JARGON if word in _without_values(message)], message


def _without_values(message: str) -> str:
    """The message without words of vocabularies, which have underscores."""
    return "; ".join(part.split("is not one of ")[0] for part in message.casefold().split("; "))


def test_a_number_out_of_range_is_named_with_the_range() -> None:
    with pytest.raises(UsageError, match=r"^min recoveries: must be at least 1 \(it is 0\)$"):
        TopRequest(min_recoveries=0)
    with pytest.raises(UsageError, match=r"^days: must be at most 366 \(it is 1000\)$"):
        WriteTraceRequest(trace="Q-1", firm="Acme", days=1000)


def test_several_faults_are_separated_and_at_most_three_are_named() -> None:
    faults = [
        {"type": "missing", "loc": ("parties", 0, "as_written"), "msg": "", "input": {}},
        {"type": "enum", "loc": ("side",), "msg": "", "input": "up", "ctx": {"expected": "'from' or 'to'"}},
        {"type": "value_error", "loc": (), "msg": "", "input": 1, "ctx": {"error": ValueError("no party")}},
        {"type": "missing", "loc": ("key",), "msg": "", "input": {}},
    ]
    assert faults_in_words(faults) == (
        "parties 1, as written: is missing; side: is not one of from, to (it is 'up'); no party"
    )
