"""Whether an answer is what its JSON Schema says."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from provenance.services.contracts.base import Result


def problems(document: Any, schema: dict[str, Any]) -> list[str]:
    """What in a document its schema does not allow, each with its path; empty where it is valid."""
    found = Draft202012Validator(schema).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


def checked(result: Result) -> dict[str, Any]:
    """An answer as JSON, found valid by its own schema."""
    document: dict[str, Any] = json.loads(json.dumps(result.document()))
    assert problems(document, result.document_schema()) == []
    return document
