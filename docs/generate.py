"""Writes the generated documents: the CLI reference from `--help`, the schema from the models.

`python docs/generate.py` writes them, `--check` only says whether they are stale (exit 1).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Column, Table

from provenance.cli.main import app
from provenance.schema import everything as models
from provenance.schema.base import metadata
from provenance.services.contracts.schemas import file_name, json_schemas

HERE = Path(__file__).parent
WIDTH = 100


def cli_reference() -> str:
    """Every command's help, as the program prints it."""
    group: Any = typer.main.get_command(app)
    parts = [
        "# Command-line reference",
        "Generated from `--help` by `make docs`; a test fails when it is stale.",
        _help("provenance", group, None),
    ]
    parts += _commands(group, "provenance", _context(group, "provenance", None))
    return "\n\n".join(parts) + "\n"


def _commands(group: Any, words: str, context: Any) -> list[str]:
    """The help of each command of a group and, below each, of its own commands."""
    parts = []
    for name in sorted(group.list_commands(context)):
        command, full = group.get_command(context, name), f"{words} {name}"
        parts += [f"{'#' * len(full.split())} {full}", _help(name, command, context)]
        if hasattr(command, "list_commands"):
            parts += _commands(command, full, _context(command, name, context))
    return parts


def _context(command: Any, name: str, parent: Any) -> Any:
    return command.context_class(
        command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH
    )


def _help(name: str, command: Any, parent: Any) -> str:
    text = command.get_help(_context(command, name, parent))
    return "```text\n" + "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n```"


def schema_reference() -> str:
    """Every table with what it is, its columns and what holds them."""
    classes = {
        getattr(models, name).__tablename__: getattr(models, name)
        for name in models.__all__
        if name != "metadata"
    }
    parts = ["# Tables", "Generated from the models by `make docs`; a test fails when it is stale."]
    for name in sorted(metadata.tables):
        table = metadata.tables[name]
        parts.append(f"## {name}")
        parts.append(_docstring(classes[name]))
        parts.append(
            "\n".join(
                ["| column | type | |", "|---|---|---|", *(_column(column) for column in table.columns)]
            )
        )
        unique = _unique(table)
        if unique:
            parts.append("Unique: " + "; ".join(unique) + ".")
    return "\n\n".join(parts) + "\n"


def _docstring(model: Any) -> str:
    return "\n".join(line.strip() for line in (model.__doc__ or "").strip().splitlines())


def _column(column: Column[Any]) -> str:
    notes = []
    if column.primary_key:
        notes.append("primary key")
    if column.foreign_keys:
        notes.append("→ " + ", ".join(sorted(key.target_fullname for key in column.foreign_keys)))
    if not column.nullable and not column.primary_key:
        notes.append("never unknown")
    kind = str(column.type).split("(")[0].lower().replace("varchar", "text").replace("autostring", "text")
    return f"| {column.name} | {kind} | {', '.join(notes)} |"


def _unique(table: Table) -> list[str]:
    from sqlalchemy import UniqueConstraint

    found = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    return sorted(" + ".join(column.name for column in item.columns) for item in found)


def json_references() -> dict[str, str]:
    """The JSON Schema of every result, by file, and an index of them."""
    schemas = json_schemas()
    files = {
        f"json/{file_name(name)}": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }
    lines = [
        "# JSON",
        "Generated from the contracts by `make docs`; a test fails when it is stale. Every answer with"
        " `--format json` is one object that its schema here describes; with `jsonl` each line is one of its"
        " `rows`. Keys are snake_case, and null is the unknown.",
        "| schema | describes |\n|---|---|",
    ]
    rows = [
        f"| [`{name}`]({file_name(name)}) | {schema['description'].split(chr(10))[0]} |"
        for name, schema in schemas.items()
    ]
    index = "\n\n".join(lines[:2]) + "\n\n" + "\n".join([lines[2], *rows]) + "\n"
    return {**files, "json/README.md": index}


def documents() -> dict[str, str]:
    """Every generated document by its file."""
    return {"cli.md": cli_reference(), "schema.md": schema_reference(), **json_references()}


def main() -> int:
    """Writes or checks; the exit code says whether all is well."""
    made = documents()
    there = {f"json/{file.name}" for file in (HERE / "json").glob("*")}
    stale = sorted(there - set(made))
    for name, text in made.items():
        file = HERE / name
        if "--check" in sys.argv[1:]:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
    if "--check" not in sys.argv[1:]:
        for name in stale:
            (HERE / name).unlink()
        return 0
    if stale:
        print(f"Stale: {', '.join(stale)}. Run: make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
