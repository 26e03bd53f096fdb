"""What every request and every result has in common."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator

from provenance.core.basis import Basis
from provenance.core.errors import UsageError
from provenance.text.validation import faults_in_words

REGISTRY: dict[str, type[Result]] = {}
"""Every result class by its schema, filled as the contracts are loaded; `docs/generate.py` documents them."""


class Contract(BaseModel):
    """Frozen, with snake_case keys; None is the unknown, and a key that is not declared is an error."""

    # Built when first used: a command loads the contracts of its whole group and needs two of them.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False, defer_build=True)


class Request(Contract):
    """What a user asks for, as parsed values, never as the text of an option.

    A value that it cannot hold is a `UsageError` in plain words.
    """

    @model_validator(mode="wrap")
    @classmethod
    def _refused_in_words(cls, values: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(values)
        except ValidationError as error:
            raise UsageError(faults_in_words(error.errors())) from None


class Result(Contract):
    """What a service answers; ``schema_id`` is ``provenance.<command>/<version>``.

    A result that counts has a ``basis``; ``rows`` are what csv and jsonl print.
    """

    schema_id: ClassVar[str]
    basis: Basis | None = None
    rows: tuple[Any, ...] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Registers the schema."""
        super().__pydantic_init_subclass__(**kwargs)
        if "schema_id" in cls.__dict__:
            REGISTRY[cls.schema_id] = cls

    def document(self) -> dict[str, Any]:
        """The result as JSON has it: schema, basis, the result's own fields, rows last."""
        whole = self.model_dump(mode="json")
        basis, rows = whole.pop("basis"), whole.pop("rows")
        return {"schema": self.schema_id, "basis": basis, **whole, "rows": rows}

    @classmethod
    def document_schema(cls) -> dict[str, Any]:
        """The JSON Schema (2020-12) of `document`."""
        whole = cls.model_json_schema(mode="serialization")
        properties = {"schema": {"const": cls.schema_id}, **whole.pop("properties")}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": cls.schema_id,
            "description": whole.pop("description", ""),
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
            "$defs": whole.pop("$defs", {}),
        }
