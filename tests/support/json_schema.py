"""Checks a JSON document against a JSON Schema, as far as the schemas of results go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_KINDS: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}
_KNOWN = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description", "enum",
    "format", "items", "maxItems", "minItems", "prefixItems", "properties", "required", "title", "type",
}  # fmt: skip


def problems(document: Any, schema: dict[str, Any]) -> list[str]:
    """What in a document its schema does not allow, each with its path; empty where it is valid."""
    return list(_problems(document, schema, schema, "$"))


def _problems(value: Any, rule: dict[str, Any], whole: dict[str, Any], path: str) -> Iterator[str]:
    if unknown := rule.keys() - _KNOWN:
        yield f"{path}: this checker does not know {sorted(unknown)}"
    if "$ref" in rule:
        name = rule["$ref"].removeprefix("#/$defs/")
        yield from _problems(value, whole["$defs"][name], whole, path)
        return
    if "anyOf" in rule:
        found = [list(_problems(value, choice, whole, path)) for choice in rule["anyOf"]]
        if all(found):
            yield min(found, key=len)[0]
        return
    if "const" in rule and value != rule["const"]:
        yield f"{path}: {value!r} is not {rule['const']!r}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{path}: {value!r} is not one of {rule['enum']}"
    kind = rule.get("type")
    is_number = kind in ("integer", "number") and isinstance(value, bool)
    if kind and (is_number or not isinstance(value, _KINDS[kind])):
        yield f"{path}: {value!r} is not of type {kind}"
    elif kind == "object":
        yield from _object_problems(value, rule, whole, path)
    elif kind == "array":
        first = rule.get("prefixItems", [])
        for place, item in enumerate(value):
            inner = first[place] if place < len(first) else rule.get("items", {})
            yield from _problems(item, inner, whole, f"{path}[{place}]")


def _object_problems(
    value: dict[str, Any], rule: dict[str, Any], whole: dict[str, Any], path: str
) -> Iterator[str]:
    properties, others = rule.get("properties", {}), rule.get("additionalProperties", True)
    for name in rule.get("required", ()):
        if name not in value:
            yield f"{path}: {name} is missing"
    for name, item in value.items():
        if name in properties:
            yield from _problems(item, properties[name], whole, f"{path}.{name}")
        elif others is False:
            yield f"{path}: {name} is not declared"
        elif isinstance(others, dict):
            yield from _problems(item, others, whole, f"{path}.{name}")
