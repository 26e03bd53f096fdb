"""The checker of JSON Schemas finds what it is there to find."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from provenance.services.contracts.base import REGISTRY, Contract, Result
from tests.support.json_schema import problems


class Row(Contract):
    """A row."""

    name: str | None
    count: int
    pair: tuple[str, float]


class Answer(Result):
    """An answer of a test."""

    schema_id: ClassVar[str] = "provenance.test/1"
    settings: dict[str, str | float]
    rows: tuple[Row, ...]


# It is not one of the program's, whose schemas are published.
del REGISTRY[Answer.schema_id]

VALID: dict[str, Any] = {
    "schema": "provenance.test/1",
    "basis": None,
    "settings": {"a": 1.5},
    "rows": [{"name": None, "count": 1, "pair": ["x", 2]}],
}


def test_a_document_of_its_own_model_is_valid() -> None:
    answer = Answer(settings={"a": 1.5}, rows=(Row(name=None, count=1, pair=("x", 2.0)),))
    assert problems(answer.document() | {"rows": VALID["rows"]}, Answer.document_schema()) == []
    assert problems(VALID, Answer.document_schema()) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"schema": "provenance.test/2"}, "is not 'provenance.test/1'"),
        ({"settings": {"a": None}}, "$.settings.a"),
        ({"more": 1}, "more is not declared"),
        ({"rows": [{"count": 1, "pair": ["x", 2]}]}, "name is missing"),
        ({"rows": [{"name": "", "count": "1", "pair": ["x", 2]}]}, "$.rows[0].count"),
        ({"rows": [{"name": "", "count": True, "pair": ["x", 2]}]}, "$.rows[0].count"),
        ({"rows": [{"name": "", "count": 1, "pair": ["x", "2"]}]}, "$.rows[0].pair[1]"),
    ],
)
def test_what_a_schema_does_not_allow_is_found(change: dict[str, Any], problem: str) -> None:
    (found,) = problems(VALID | change, Answer.document_schema())
    assert problem in found
