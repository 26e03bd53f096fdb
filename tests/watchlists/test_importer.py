"""A file becomes a version: once, whole or not at all, in any order."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from provenance.core.clock import system_clock
from provenance.core.errors import BadInput, UsageError
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database, session_scope
from provenance.schema.watchlists import ListedParty, ListingInterval, WatchlistVersion
from provenance.sources.registry import WATCHLISTS
from provenance.watchlists.importer import LIST_SHRANK, ListImport, ListSummary, import_list
from provenance.watchlists.status import list_statuses
from provenance.watchlists.versions import differences, find_version
from tests.importing.state import assert_chain_holds
from tests.support.tables import table
from tests.watchlists import lists

JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
NAMES = [f"Obsidian {word} LLC" for word in ("Helix", "Grain", "Quarry", "Harbour", "Lantern", "Meadow")]


def some(tmp_path: Path, *names: str, **cells: str) -> Path:
    file = tmp_path / f"{abs(hash((names, tuple(cells.items())))):x}.csv"
    file.write_text(
        lists.own(*({"id": name[-9:], "name": name, **cells} for name in names)), encoding="utf-8"
    )
    return file


def take(address: str, file: Path, as_of: date = JAN, **more: Any) -> ListSummary:
    engine = writing_engine(address)
    request = ListImport(
        **{
            "format": WATCHLISTS.named("csv"),
            "file": file,
            "as_of": as_of,
            "watchlist": "ours",
        }
        | more
    )
    try:
        return import_list(Database(engine, "tester", system_clock), request)
    finally:
        engine.dispose()


def intervals(address: str) -> list[tuple[Any, ...]]:
    engine = writing_engine(address)
    columns = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    with session_scope(engine) as session:
        rows = session.execute(
            select(ListedParty.key, *(ListingInterval.__table__.c[name] for name in columns))
            .join(ListingInterval, ListingInterval.party_id == ListedParty.id)
            .order_by(ListedParty.key, ListingInterval.began_latest)
        ).all()
    engine.dispose()
    return [tuple(row) for row in rows]


def count(address: str, name: str) -> int:
    engine = writing_engine(address)
    with session_scope(engine) as session:
        found: int = session.execute(select(func.count()).select_from(table(name))).scalar_one()
    engine.dispose()
    return found


def test_every_entry_is_accounted_for(migrated_with_installation: str, tmp_path: Path) -> None:
    file = some(tmp_path, *NAMES[:3], NAMES[0])
    summary = take(migrated_with_installation, file)
    assert (summary.read, summary.new, summary.repeated, summary.parties) == (4, 3, 1, 3)
    assert summary.read == summary.new + summary.known + summary.changed + summary.repeated


def test_the_same_version_again_changes_nothing(migrated_with_installation: str, tmp_path: Path) -> None:
    address, file = migrated_with_installation, some(tmp_path, *NAMES)
    take(address, file)
    before = intervals(address), count(address, "audit_entry"), count(address, "listed_name")
    again = take(address, file)
    assert (again.unchanged, again.known, again.new) == (True, 6, 0)
    assert (intervals(address), count(address, "audit_entry"), count(address, "listed_name")) == before


def test_the_order_of_imports_does_not_matter(
    databases: Any, migrated_with_installation: str, tmp_path: Path
) -> None:
    versions = {JAN: NAMES[:5], FEB: NAMES[:4], MAR: [*NAMES[:4], NAMES[5]]}
    told = set()
    for order in itertools.permutations(versions):
        address = databases.copy(migrated_with_installation)
        for day in order:
            take(address, some(tmp_path, *versions[day]), day)
        told.add(tuple(intervals(address)))
        databases.discard(address)
    (found,) = told
    lantern = next(row for key, *row in found if "ntern" in key)
    assert lantern == [None, JAN, date(2024, 1, 2), FEB]
    meadow = next(row for key, *row in found if "eadow" in key)
    assert meadow == [date(2024, 2, 2), MAR, None, None]


def test_a_fall_of_more_than_a_fifth_is_refused(migrated_with_installation: str, tmp_path: Path) -> None:
    address = migrated_with_installation
    take(address, some(tmp_path, *NAMES))
    with pytest.raises(BadInput, match="a fall of 33%") as refused:
        take(address, some(tmp_path, *NAMES[:4]), FEB)
    assert refused.value.code == LIST_SHRANK
    assert count(address, "watchlist_version") == 1
    assert take(address, some(tmp_path, *NAMES[:4]), FEB, accept_shrink=True).delisted == 2


def test_a_fall_of_a_fifth_is_taken(migrated_with_installation: str, tmp_path: Path) -> None:
    take(migrated_with_installation, some(tmp_path, *NAMES[:5]))
    assert take(migrated_with_installation, some(tmp_path, *NAMES[:4]), FEB).delisted == 1


def test_a_partial_version_adds_and_never_delists(migrated_with_installation: str, tmp_path: Path) -> None:
    address = migrated_with_installation
    take(address, some(tmp_path, *NAMES[:5]))
    summary = take(address, some(tmp_path, NAMES[5]), FEB, partial=True)
    assert (summary.new, summary.delisted) == (1, 0)
    assert [row[4] for row in intervals(address)] == [None] * 6


def test_a_cut_file_leaves_nothing_and_as_an_extract_what_is_whole(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    file = some(tmp_path, *NAMES[:3])
    file.write_text(file.read_text("utf-8")[:-30], encoding="utf-8")
    with pytest.raises(BadInput):
        take(migrated_with_installation, file)
    assert count(migrated_with_installation, "watchlist") == 0
    summary = take(migrated_with_installation, file, partial=True)
    assert summary.new == 2
    assert "breaks off" in summary.notes[0]


def test_two_versions_of_one_day_are_refused(migrated_with_installation: str, tmp_path: Path) -> None:
    take(migrated_with_installation, some(tmp_path, *NAMES))
    with pytest.raises(UsageError, match="another version"):
        take(migrated_with_installation, some(tmp_path, *NAMES[:5]))


def test_a_version_takes_the_place_of_another_of_its_day(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    address = migrated_with_installation
    take(address, some(tmp_path, *NAMES))
    take(address, some(tmp_path, *NAMES), FEB)
    summary = take(address, some(tmp_path, *NAMES[:5]), FEB, replace=True)
    assert (summary.known, summary.delisted, summary.new) == (5, 1, 0)
    assert "replaces the version of 2024-02-01 with 6 parties" in summary.notes[-1]
    assert count(address, "watchlist_version") == 2
    assert [row[4] for row in intervals(address)].count(FEB) == 1


def test_what_only_the_replaced_version_said_is_gone_and_the_rest_stays(
    databases: Any, migrated_with_installation: str, tmp_path: Path
) -> None:
    replaced, alone = migrated_with_installation, databases.copy(migrated_with_installation)
    take(replaced, some(tmp_path, *NAMES))
    take(replaced, some(tmp_path, *NAMES[:4]), replace=True)
    take(alone, some(tmp_path, *NAMES[:4]))
    tables = ("listed_party", "listed_record", "listed_name", "listed_presence", "listing_interval")
    assert [count(replaced, name) for name in tables] == [count(alone, name) for name in tables]
    assert intervals(replaced) == intervals(alone)


def test_replacing_a_version_by_itself_changes_nothing(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    take(migrated_with_installation, some(tmp_path, *NAMES))
    assert take(migrated_with_installation, some(tmp_path, *NAMES), replace=True).unchanged


def test_the_same_file_read_otherwise_by_an_older_program_is_called_so(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    address, file = migrated_with_installation, some(tmp_path, *NAMES)
    take(address, file)
    engine = writing_engine(address)
    with session_scope(engine) as session:
        session.execute(update(WatchlistVersion).values(content_digest="0" * 64, program_version="0.0.9"))
    engine.dispose()
    with pytest.raises(UsageError, match=r"version 0\.0\.9 of the program read the same file otherwise"):
        take(address, file)
    assert take(address, file, replace=True).known == len(NAMES)
    assert take(address, file).unchanged


def test_a_count_that_does_not_fit_the_letter_is_refused(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="letter states 7"):
        take(migrated_with_installation, some(tmp_path, *NAMES), expected=7)


def test_a_version_of_tomorrow_is_refused(migrated_with_installation: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="future"):
        take(migrated_with_installation, some(tmp_path, *NAMES), date(2999, 1, 1))


def test_a_dry_run_writes_nothing(migrated_with_installation: str, tmp_path: Path) -> None:
    assert take(migrated_with_installation, some(tmp_path, *NAMES), dry_run=True).new == 6
    assert count(migrated_with_installation, "watchlist") == 0


def test_what_changed_between_two_versions(migrated_with_installation: str, tmp_path: Path) -> None:
    address = migrated_with_installation
    take(address, some(tmp_path, *NAMES[:5]))
    changed = some(tmp_path, *NAMES[1:5], country="LV")
    take(address, changed, FEB)
    engine = writing_engine(address)
    with session_scope(engine) as session:
        found = differences(
            session, find_version(session, "ours", "2024-01-01"), find_version(session, "ours", None)
        )
        (status,) = list_statuses(session, date(2024, 6, 1))
    engine.dispose()
    assert [one.change for one in found] == ["delisted", *["changed"] * 4]
    assert found[0].party == NAMES[0]
    assert (status.newest, status.age_days, status.stale, status.parties) == (FEB, 121, True, 4)


def test_every_import_is_in_the_chain(migrated_with_installation: str, tmp_path: Path) -> None:
    take(migrated_with_installation, some(tmp_path, *NAMES))
    assert_chain_holds(migrated_with_installation)


def test_a_list_may_say_when_it_starts(migrated_with_installation: str, tmp_path: Path) -> None:
    address = migrated_with_installation
    summary = take(address, some(tmp_path, *NAMES[:2]), FEB, since=date(2024, 1, 20))
    assert summary.new == 2
    assert [row[1:3] for row in intervals(address)] == [(date(2024, 1, 20), date(2024, 1, 20))] * 2
    with pytest.raises(UsageError, match="begins after"):
        take(address, some(tmp_path, *NAMES[:2]), MAR, since=date(2024, 3, 2))


def test_a_version_without_one_of_its_sections_is_refused(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    address = migrated_with_installation
    entities = [{"source": lists.ENTITY_LIST, "name": f"Obsidian {place}"} for place in range(20)]
    banned = [{"source": "Nonproliferation Sanctions (ISN) - State", "name": "Zircon Bay"}]
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    whole.write_text(lists.csl(*entities, *banned), encoding="utf-8")
    cut.write_text(lists.csl(*entities), encoding="utf-8")
    take(address, whole, format=WATCHLISTS.named("csl"), watchlist=None)
    with pytest.raises(BadInput, match="ISN: 0 parties instead of 1") as refused:
        take(address, cut, FEB, format=WATCHLISTS.named("csl"), watchlist=None)
    assert refused.value.code == LIST_SHRANK
    assert take(address, cut, FEB, format=WATCHLISTS.named("csl"), watchlist=None, accept_shrink=True)


def test_an_amendment_adds_to_the_list_of_its_regulation(
    migrated_with_installation: str, tmp_path: Path
) -> None:
    address, annex, amendment = migrated_with_installation, tmp_path / "annex.csv", tmp_path / "more.csv"
    annex.write_text(lists.EU, encoding="utf-8")
    header = ["amendedCelex", "amendmentCelex", *lists.EU_HEADER[1:]]
    row = {"amendedCelex": "32099R0001", "amendmentCelex": "32100R0002", "annex": "IV"}
    rows = [
        row | {"recordId": "7", "name": "JSC Granit-Vektor", "alias": "GV"},
        row | {"recordId": "8", "name": "JSC Quartz"},
    ]
    amendment.write_text(lists.table(header, rows), encoding="utf-8")
    eu = WATCHLISTS.named("eu")
    first = take(address, annex, format=eu, watchlist=None)
    second = take(address, amendment, FEB, format=eu, watchlist=None)
    assert (first.watchlist, second.watchlist) == ("eu-1-2099", "eu-1-2099")
    assert (second.partial, second.new, second.changed, second.delisted) == (True, 1, 1, 0)
    assert second.notes == ["an amendment: it adds parties to its list and removes none"]
