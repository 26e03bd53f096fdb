"""Results as programs get them."""

from __future__ import annotations

import json
from typing import Any

from provenance.services.contracts.base import Result
from tests.support.json_schema import problems


def document(result: Result) -> dict[str, Any]:
    """A result as JSON, valid by its own schema."""
    found: dict[str, Any] = json.loads(json.dumps(result.document()))
    assert problems(found, result.document_schema()) == []
    return found
