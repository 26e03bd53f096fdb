"""Imports as a service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import UsageError
from provenance.services.contracts.imports import ColumnMapping, ImportRequest, SourceStatement
from provenance.services.imports import import_list, list_formats, read_markings
from provenance.services.workspace import Workspace
from tests.services.results import document
from tests.sources.lists import write_list

ROWS = [
    {"Зброя": "Kh-101", "serial number": "7001", "Маркування": "AD7606BSTZ", "colour": "black"},
    {"Зброя": "Kh-101", "serial number": "7001", "Маркування": "ZQ-2", "colour": "red"},
]
MAPPING = ColumnMapping(overrides=("Зброя=weapon", "Маркування=marking"))


@pytest.fixture
def request_(tmp_path: Path) -> ImportRequest:
    """A list of two components."""
    file = write_list(tmp_path / "finds.csv", ROWS)
    return ImportRequest(format="components", file=file, source=SourceStatement(key="ours"), mapping=MAPPING)


def imported(workspace: Workspace, request: ImportRequest) -> dict[str, Any]:
    """The row of an import."""
    row: dict[str, Any] = document(import_list(workspace, request))["rows"][0]
    return row


def test_a_dry_run_an_import_and_the_same_again(field: Workspace, request_: ImportRequest) -> None:
    rows = [
        imported(field, request_.model_copy(update={"dry_run": dry_run})) for dry_run in (True, False, False)
    ]
    assert [(row["read"], row["new"], row["known"]) for row in rows] == [(2, 2, 0), (2, 2, 0), (2, 0, 2)]
    assert rows[0]["made"]["component"] == 2
    assert rows[0]["columns"] == {"Зброя": "weapon", "serial number": "serial", "Маркування": "marking"}
    assert rows[0]["unread_columns"] == ["colour"]
    assert rows[1]["readings"]["read"] == 2


def test_a_format_with_fixed_columns_takes_no_mapping(field: Workspace, request_: ImportRequest) -> None:
    with pytest.raises(UsageError, match="The columns of gur-components are fixed"):
        imported(field, request_.model_copy(update={"format": "gur-components"}))


def test_every_format_has_a_title() -> None:
    rows = document(list_formats())["rows"]
    assert {"gur-components", "components", "parts", "transfers"} <= {row["format"] for row in rows}
    assert all(row["reads"] for row in rows)


def test_markings_are_read_again(field: Workspace, request_: ImportRequest) -> None:
    imported(field, request_.model_copy(update={"read_markings": False}))
    (row,) = document(read_markings(field))["rows"]
    assert (row["read"], row["parts"]) == (2, 1)
