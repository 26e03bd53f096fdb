"""Watchlists as a service: each answer is what its schema says, and every figure is counted by hand."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.services import watchlists
from provenance.services.contracts.watchlists import (
    ListDiffRequest,
    ListEntryRequest,
    ListImportRequest,
    ListImportRow,
    VersionChoice,
)
from provenance.services.workspace import Workspace
from tests.support.json_schema import checked
from tests.watchlists.lists import DPL, own

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)
REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}
BAY = {"id": "A3", "name": "Zircon Bay Shipping", "identifiers": "IMO 9074729"}


@pytest.fixture
def workspace(ready: str) -> Workspace:
    """A database without lists, at noon of 12 June 2024."""
    return Workspace(ready, "tester", clock=lambda: NOON)


def add(workspace: Workspace, folder: Path, day: str, *entries: dict[str, str], **more: Any) -> ListImportRow:
    file = folder / f"{day}.csv"
    file.write_text(own(*entries), encoding="utf-8")
    given = {"format": "csv", "file": file, "as_of": date.fromisoformat(day), "name": "ours"}
    result = watchlists.import_version(workspace, ListImportRequest(**given | more))
    checked(result)
    return result.rows[0]


def test_the_formats_are_answered_without_a_database() -> None:
    rows = checked(watchlists.formats())["rows"]
    assert {
        name: value for name, value in next(row for row in rows if row["format"] == "csv").items()
        if name != "reads"
    } == {"format": "csv", "list": None}  # fmt: skip


def test_an_import_accounts_for_every_entry(workspace: Workspace, tmp_path: Path) -> None:
    first = add(workspace, tmp_path, "2024-01-01", REEF, BAY, REEF)
    assert (first.read, first.new, first.repeated, first.parties, first.before) == (3, 2, 1, 2, None)
    later = add(workspace, tmp_path, "2024-02-01", BAY | {"country": "MT"}, accept_shrink=True)
    assert (later.read, later.new, later.known, later.changed) == (1, 0, 0, 1)
    assert (later.listed, later.delisted, later.before) == (0, 1, date(2024, 1, 1))
    assert add(workspace, tmp_path, "2024-02-01", BAY | {"country": "MT"}).unchanged


def test_errors_have_a_code_for_the_user_interface(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, tmp_path, "2024-01-01", REEF, BAY)
    with pytest.raises(UsageError) as no_name:
        add(workspace, tmp_path, "2024-02-01", REEF, name=None)
    with pytest.raises(UsageError) as same_day:
        add(workspace, tmp_path, "2024-01-01", REEF)
    with pytest.raises(BadInput) as shrank:
        add(workspace, tmp_path, "2024-02-01", REEF)
    codes = [one.value.code for one in (no_name, same_day, shrank)]
    assert codes == ["no_list_named", "two_versions_of_a_day", "list_shrank"]
    assert "--" not in "".join(one.value.message + one.value.hint for one in (no_name, same_day, shrank))


def test_the_status_of_no_list_and_of_one(workspace: Workspace, tmp_path: Path) -> None:
    nothing = watchlists.status(workspace)
    assert checked(nothing)["rows"] == []
    add(workspace, tmp_path, "2024-01-01", REEF, BAY)
    add(workspace, tmp_path, "2024-02-01", BAY, accept_shrink=True)
    found = watchlists.status(workspace)
    checked(found)
    (row,) = found.rows
    assert (row.newest, row.oldest, row.age_days, row.parties) == (date(2024, 2, 1), date(2024, 1, 1), 132, 1)
    assert row.stale
    assert found.basis is not None
    assert found.basis.counted == {"lists": 1, "stale": 1}
    assert found.basis.unknown == ["STALE: ours; parties listed since then are missing."]


def test_what_changed_between_two_versions(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, tmp_path, "2024-01-01", REEF, BAY)
    quartz = {"id": "A4", "name": "Quartz Inn"}
    add(workspace, tmp_path, "2024-02-01", BAY | {"aliases": "Zircon"}, quartz)
    request = ListDiffRequest(
        older=VersionChoice(list="ours", day="2024-01-01"), newer=VersionChoice(list="ours")
    )
    result = watchlists.diff(workspace, request)
    assert [(row.change, row.key, row.what) for row in result.rows] == [
        ("listed", "A4", None), ("delisted", "A2", None), ("changed", "A3", "+name Zircon"),
    ]  # fmt: skip
    assert checked(result)["totals"] == {"listed": 1, "delisted": 1, "changed": 1}


def test_one_entry_with_its_history(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, tmp_path, "2024-01-01", REEF, BAY)
    add(workspace, tmp_path, "2024-02-01", REEF | {"country": ""}, accept_shrink=True)
    (entry,) = watchlists.show_entry(workspace, ListEntryRequest(text="marble reef gmbh")).rows
    assert [record.versions for record in entry.records] == [(date(2024, 1, 1),), (date(2024, 2, 1),)]
    assert [place.country for place in entry.records[0].addresses] == ["DE"]
    assert (entry.listed[0].from_earliest, entry.listed[0].to_latest) == (None, None)
    result = watchlists.show_entry(workspace, ListEntryRequest(text="9074729", list="ours"))
    (period,) = checked(result)["rows"][0]["listed"]
    assert period == {
        "from_earliest": None, "from_latest": "2024-01-01", "from_basis": "versions",
        "to_earliest": "2024-01-02", "to_latest": "2024-02-01", "to_basis": "versions",
    }  # fmt: skip


def test_an_entry_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        watchlists.show_entry(workspace, ListEntryRequest(text="nobody"))


@pytest.mark.parametrize("packed", [False, True])
def test_a_format_that_does_not_exist_is_answered_with_what_the_file_looks_like(
    workspace: Workspace, tmp_path: Path, packed: bool
) -> None:
    file = tmp_path / "dpl.txt"
    file.write_text(DPL, encoding="utf-8")
    if packed:
        file = file.with_suffix(".gz")
        file.write_bytes(gzip.compress(DPL.encode()))
    with pytest.raises(UsageError) as refused:
        watchlists.import_version(
            workspace, ListImportRequest(format="denied-persons", file=file, as_of=NOON.date())
        )
    assert "The file looks like bis-dpl. Known formats: " in refused.value.hint


def test_what_is_stored_is_counted_and_told(workspace: Workspace, tmp_path: Path) -> None:
    helix = {"id": "A1", "name": "Obsidian Helix", "aliases": "Helix; OH", "address": "1 A Rd; 2 B Rd"}
    row = add(workspace, tmp_path, "2024-01-01", helix, BAY, helix)
    assert (row.parties, row.names, row.addresses, row.identifiers) == (2, 4, 2, 1)


def test_a_listing_begins_on_the_day_that_the_user_states(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, tmp_path, "2024-02-01", REEF, since=date(2024, 1, 20))
    ((listed,),) = (row.listed for row in watchlists.show_entry(workspace, ListEntryRequest(text="A2")).rows)
    assert (listed.from_earliest, listed.from_latest, listed.from_basis) == (
        date(2024, 1, 20), date(2024, 1, 20), "stated",
    )  # fmt: skip
