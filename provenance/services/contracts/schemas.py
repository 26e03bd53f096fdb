"""The JSON Schemas of all results, for documents and for programs that check what they are given."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import provenance.services.contracts as contracts
from provenance.services.contracts.base import REGISTRY


def json_schemas() -> dict[str, dict[str, Any]]:
    """Every result's JSON Schema by its schema id, such as ``provenance.top/2``, in order."""
    for module in pkgutil.iter_modules(contracts.__path__):
        import_module(f"{contracts.__name__}.{module.name}")
    return {name: REGISTRY[name].document_schema() for name in sorted(REGISTRY)}


def file_name(schema_id: str) -> str:
    """The file in ``docs/json`` that describes a schema: ``provenance.top/2`` is ``top.json``."""
    return f"{schema_id.removeprefix('provenance.').split('/')[0]}.json"
