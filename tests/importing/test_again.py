"""The same list again, a dry run, and lists that have changed in the meantime."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from provenance.core.identity import new_uid
from provenance.schema.engines import writing_engine
from provenance.schema.recoveries import MakerAttribution
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.sources.formats import raw_text
from tests.importing.scrape import IMPORT, KH_101, LAST_PAGE, ROWS, SCRAPE, changed, write_scrape
from tests.importing.state import (
    assert_chain_holds,
    assert_facts_are_current,
    content,
    difference,
    number_of_rows,
    rows_of,
)
from tests.sources.lists import Row, gur_row, write_list
from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases, file_of

Run = Callable[..., Outcome]
Import = Callable[..., Any]

NAMES = ("read", "new", "known", "changed", "repeated", "rejected")


@pytest.fixture
def take(ready: str, run: Run, tmp_path: Path) -> Import:
    """Imports rows into the database of this test and gives the six figures, or the whole summary."""

    def take(rows: tuple[Row, ...], *options: str, whole: bool = False) -> Any:
        done = run(ready, *IMPORT, write_scrape(tmp_path, rows), "--format", "json", *options)
        assert done.code == 0, done.err
        summary = done.json["rows"][0]
        return summary if whole else [summary[name] for name in NAMES]

    return take


class TestTheSameFile:
    def test_a_second_run_changes_nothing_and_says_so(
        self, ready: str, run: Run, tmp_path: Path, take: Import
    ) -> None:
        assert take(SCRAPE) == [18, 12, 0, 0, 6, 0]
        before = content(ready)
        again = run(ready, *IMPORT, write_scrape(tmp_path))
        assert again.code == 0
        assert "read 18 = new 0 + known 12 + changed 0 + repeated 6 + rejected 0" in again.out
        assert "Nothing changed." in again.out
        assert difference(before, content(ready)) == {}
        assert_facts_are_current(ready)

    def test_a_second_run_adds_nothing_to_the_audit_trail(self, ready: str, take: Import) -> None:
        take(SCRAPE)
        entries = len(rows_of(ready, "audit_entry"))
        take(SCRAPE)
        assert len(rows_of(ready, "audit_entry")) == entries

    def test_a_list_that_has_grown_brings_in_what_is_new(self, take: Import) -> None:
        take(ROWS[:7])
        assert take(SCRAPE) == [18, 5, 7, 0, 6, 0]

    def test_what_is_no_longer_in_the_list_stays(self, ready: str, take: Import) -> None:
        take(SCRAPE)
        assert take(ROWS[:3]) == [3, 0, 3, 0, 0, 0]
        assert len(rows_of(ready, "component")) == 12

    def test_a_list_with_nothing_in_it_is_read_and_changes_nothing(self, ready: str, take: Import) -> None:
        before = content(ready)
        assert take(()) == [0, 0, 0, 0, 0, 0]
        gone = difference(before, content(ready))
        assert set(gone) <= {"source"}, "a publication may be noted; no row of it may"


class TestADryRun:
    def test_it_shows_the_same_summary_and_leaves_every_table_as_it_was(
        self, ready: str, take: Import
    ) -> None:
        before, rows = content(ready), number_of_rows(ready)
        dry = take(SCRAPE, "--dry-run", whole=True)
        assert difference(before, content(ready)) == {}
        assert number_of_rows(ready) == rows
        assert dry == take(SCRAPE, whole=True) | {"dry_run": True}

    def test_it_leaves_a_file_as_it_was_byte_for_byte(
        self, sqlite_databases: SqliteDatabases, program: Run, tmp_path: Path
    ) -> None:
        """In a process of its own, which leaves nothing behind in a journal."""
        address = sqlite_databases.filled(Level.REFERENCE)
        before = file_of(address).read_bytes()
        assert program(address, *IMPORT, write_scrape(tmp_path), "--dry-run").code == 0
        assert file_of(address).read_bytes() == before
        assert program(address, *IMPORT, write_scrape(tmp_path)).code == 0
        assert file_of(address).read_bytes() != before
        sqlite_databases.discard(address)

    def test_it_tells_of_changes_before_they_are_made(self, ready: str, take: Import) -> None:
        take(SCRAPE)
        before = content(ready)
        assert take(changed(101, name_marking="Amplifier AD8574A"), "--dry-run") == [12, 0, 11, 1, 0, 0]
        assert difference(before, content(ready)) == {}

    def test_it_says_would_make(self, ready: str, run: Run, tmp_path: Path) -> None:
        told = run(ready, *IMPORT, write_scrape(tmp_path), "--dry-run")
        assert "Would make: citation 18, component 12," in told.out


class TestAChangedRow:
    @pytest.fixture(autouse=True)
    def _first(self, take: Import) -> None:
        take(SCRAPE)

    def component(self, run: Run, ready: str, number: int = 101) -> Any:
        return run(ready, "show", f"gur-{number}", "--format", "json").json["rows"][0]

    def test_the_citation_is_renewed_and_the_old_text_kept(self, ready: str, run: Run, take: Import) -> None:
        new = changed(101, name_marking="Amplifier AD8574A", last_verified="2026-07-01")
        assert take(new) == [12, 0, 11, 1, 0, 0]
        found = self.component(run, ready)
        assert found["marking"] == "Amplifier AD8574A"
        (source,) = found["sources"]
        assert (source["text"], source["earlier_texts"]) == (raw_text(new[0]), [raw_text(ROWS[0])])
        assert source["retrieved"] == "2026-07-01"
        assert run(ready, "find", "AD8572A").code == 4, "the old marking is no longer the component's"
        assert run(ready, "find", "AD8574A").code == 0

    def test_the_maker_statement_is_superseded_not_overwritten(
        self, ready: str, run: Run, take: Import
    ) -> None:
        take(changed(101, manufacturer="Texas Instruments"))
        said = [(item["as_written"], item["current"]) for item in self.component(run, ready)["makers"]]
        assert said == [("Analog Devices", False), ("Texas Instruments", True)]
        assert_facts_are_current(ready)

    def test_a_maker_taken_back_stands_no_longer(self, ready: str, run: Run, take: Import) -> None:
        take(changed(101, manufacturer="", manufacturer_country="UNK"))
        said = [(item["as_written"], item["current"]) for item in self.component(run, ready)["makers"]]
        assert said == [("Analog Devices", False)]
        assert_facts_are_current(ready)

    def test_a_component_moved_to_another_entry_is_counted_there(
        self, ready: str, run: Run, take: Import
    ) -> None:
        elsewhere = gur_row(
            101, "Amplifier AD8572A", "Analog Devices", "US", "Missile Kh-59", category="analog"
        )
        take((elsewhere,))
        assert self.component(run, ready)["recovery"]["name"] == "Missile Kh-59"
        left = run(ready, "show", "entry:missile-kh-101-7701700000001-used-on-02-01-2024", "--format", "json")
        assert len(left.json["rows"][0]["components"]) == 3
        assert_facts_are_current(ready)

    def test_it_may_change_back_and_each_text_is_kept(self, ready: str, run: Run, take: Import) -> None:
        assert take(changed(101, manufacturer="Texas Instruments")) == [12, 0, 11, 1, 0, 0]
        assert take(ROWS) == [12, 0, 11, 1, 0, 0]
        assert take(ROWS) == [12, 0, 12, 0, 0, 0]
        found = self.component(run, ready)
        said = [(item["as_written"], item["current"]) for item in found["makers"]]
        assert said == [("Analog Devices", False), ("Texas Instruments", False), ("Analog Devices", True)]
        (source,) = found["sources"]
        assert len(source["earlier_texts"]) == 2
        assert_facts_are_current(ready)
        assert_chain_holds(ready)

    def test_a_change_is_in_the_audit_trail_with_before_and_after(self, ready: str, take: Import) -> None:
        take(changed(101, name_marking="Amplifier AD8574A"))
        (entry,) = [row for row in rows_of(ready, "audit_entry") if row.action == "source changed"]
        assert '"marking": "Amplifier AD8572A"' in entry.before
        assert '"marking": "Amplifier AD8574A"' in entry.after
        assert_chain_holds(ready)

    def test_a_transfer_that_is_no_longer_named_is_withdrawn_and_may_come_back(
        self, ready: str, run: Run, take: Import
    ) -> None:
        def parties() -> list[str]:
            shown = self.component(run, ready, 106)["transfers"]
            return [party["name"] for line in shown for party in line["parties"]]

        assert parties() == ["JSC CHIP AND SALSA"]
        take(changed(106, manufacturer="Murata"))
        assert parties() == []
        assert rows_of(ready, "transfer")[0].withdrawn_at is not None
        assert run(ready, "exposure", "JSC Chip and Salsa", "--format", "json").json["transfers"] == []
        take(changed(106, manufacturer="Murata Suppliers JSC OTHER SHOP"))
        assert parties() == ["JSC OTHER SHOP"]
        take(ROWS)
        assert parties() == ["JSC CHIP AND SALSA"]
        assert len(rows_of(ready, "transfer")) == 3, "two of the first import, and the other shop's"


class TestARepeatInOneFile:
    def test_a_row_of_the_same_key_that_says_something_else_is_refused(
        self, ready: str, run: Run, tmp_path: Path
    ) -> None:
        other = ROWS[0] | {"manufacturer": "Texas Instruments"}
        file = write_scrape(tmp_path, (*ROWS, other, ROWS[0]))
        refused = run(ready, *IMPORT, file)
        assert refused.code == 3
        assert "scrape.csv:14: this file has gur-101 for something else" in refused.err
        assert "manufacturer 'Analog Devices' and 'Texas Instruments'" in refused.err
        assert rows_of(ready, "component") == []
        summary = run(ready, *IMPORT, file, "--rejected", tmp_path / "bad.csv", "--format", "json").json
        assert [summary["rows"][0][name] for name in NAMES] == [14, 12, 0, 0, 1, 1]
        (said,) = run(ready, "show", "gur-101", "--format", "json").json["rows"][0]["makers"]
        assert said["as_written"] == "Analog Devices"

    def test_repeats_that_are_alike_need_no_review(self, take: Import) -> None:
        summary = take((*ROWS[:1], *ROWS[:1]), whole=True)
        assert (summary["repeated"], summary["review"]) == (1, [])

    def test_a_row_that_changes_twice_in_one_file_is_refused(
        self, ready: str, run: Run, take: Import, tmp_path: Path
    ) -> None:
        take(ROWS)
        second, third = (changed(101, name_marking=f"AD857{digit}")[0] for digit in "46")
        file = write_scrape(tmp_path, (second, third))
        for once_or_twice in ([2, 0, 0, 1, 0, 1], [2, 0, 1, 0, 0, 1]):
            summary = run(ready, *IMPORT, file, "--rejected", tmp_path / "bad.csv", "--format", "json").json
            assert [summary["rows"][0][name] for name in NAMES] == once_or_twice
        found = run(ready, "show", "gur-101", "--format", "json").json["rows"][0]
        assert found["marking"] == "AD8574"

    def test_a_key_that_comes_again_for_another_item_of_another_wreck_is_refused(
        self, ready: str, run: Run, take: Import, tmp_path: Path
    ) -> None:
        take(ROWS)
        other = gur_row(101, "XC3S250E", "Xilinx", "US", "Missile Kh-101 №7701700000002")
        refused = run(ready, *IMPORT, write_scrape(tmp_path, (other,)))
        assert refused.code == 3
        assert "scrape.csv:2: gur-101 is on record for another item" in refused.err
        for version in ("'Amplifier AD8572A'", "'XC3S250E'"):
            assert version in refused.err
        assert run(ready, "show", "gur-101", "--format", "json").json["rows"][0]["marking"] == (
            "Amplifier AD8572A"
        )

    def test_repeats_over_batches_are_still_repeats(
        self, monkeypatch: pytest.MonkeyPatch, take: Import
    ) -> None:
        monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", 4)
        monkeypatch.setattr("provenance.importing.run.CHECKPOINT_BATCHES", 1)
        assert take((*ROWS, *LAST_PAGE, *ROWS)) == [27, 12, 0, 0, 15, 0]


def test_what_an_entry_says_later_is_taken_over(ready: str, run: Run, take: Import) -> None:
    """The portal keeps an entry's address and mends its name: a serial and a date turn up."""
    slug = {"found_in_drones": '["missile-kh-101"]'}
    first = gur_row(1, "AD8572", "Analog Devices", "US", "Missile Kh-101") | slug
    take((first,))
    take((gur_row(1, "AD8572", "Analog Devices", "US", KH_101) | slug,))
    found = run(ready, "show", "entry:missile-kh-101", "--format", "json").json["rows"][0]
    assert found["title"] == KH_101
    assert found["extent"] == "specimen"
    assert [item["number"] for item in found["numbers"]] == ["7701700000001"]
    assert [item["date"] for item in found["dates"]] == ["2024-01-02"]


def test_what_only_one_row_of_a_wreck_says_is_kept_wherever_it_stands(
    sqlite_databases: SqliteDatabases, run: Run, tmp_path: Path
) -> None:
    """People fill in a wreck's date once, in one of its rows."""
    dated = {"recovery": "W1", "weapon": "Kh-101", "recovered": "2024-05-01", "marking": "ZQ-1"}
    bare = {"recovery": "W1", "weapon": "Kh-101", "recovered": "", "marking": "ZQ-2"}
    file = write_list(tmp_path / "finds.csv", [bare, dated])
    address = sqlite_databases.filled(Level.REFERENCE)
    assert run(address, "import", "components", "--no-read", file, "--source", "ours").code == 0
    found = run(address, "show", "recovery:W1", "--format", "json").json["rows"][0]
    sqlite_databases.discard(address)
    assert [item["date"] for item in found["dates"]] == ["2024-05-01"]


class TestARecoverysOwnRecord:
    """The facts of an entry itself: what its rows say together, renewed with them."""

    FIRST = gur_row(1, "AD8572", "Analog Devices", "US", KH_101) | {"found_in_drones": '["missile-kh-101"]'}
    SECOND = gur_row(2, "AD8573", "Analog Devices", "US", KH_101) | {"found_in_drones": '["missile-kh-101"]'}

    def shown(self, run: Run, ready: str) -> Any:
        return run(ready, "show", "entry:missile-kh-101", "--format", "json").json["rows"][0]

    def renamed(self, row: Row, entry: str) -> Row:
        return row | {"notes": f"Linked weapon as published by GUR: {entry}"}

    def test_a_date_that_the_source_took_back_is_gone_and_its_text_kept(
        self, ready: str, run: Run, take: Import
    ) -> None:
        take((self.FIRST, self.SECOND))
        assert [item["date"] for item in self.shown(run, ready)["dates"]] == ["2024-01-02"]
        entry = "Missile Kh-101 №7701700000001"
        summary = take((self.renamed(self.FIRST, entry), self.renamed(self.SECOND, entry)), whole=True)
        assert (summary["changed"], summary["renewed"]) == (2, 1)
        found = self.shown(run, ready)
        assert (found["title"], found["dates"]) == (entry, [])
        (source,) = found["sources"]
        assert KH_101 in source["earlier_texts"][0]
        (audited,) = [
            row
            for row in rows_of(ready, "audit_entry")
            if (row.action, row.record_table) == ("source changed", "recovery")
        ]
        assert "02.01.2024" in audited.before
        assert "02.01.2024" not in audited.after
        assert_facts_are_current(ready)
        assert_chain_holds(ready)

    def test_a_list_with_some_of_its_rows_takes_nothing_away(
        self, ready: str, run: Run, take: Import
    ) -> None:
        take((self.FIRST, self.SECOND))
        take((self.renamed(self.FIRST, "Missile Kh-101 №7701700000001"),))
        assert [item["date"] for item in self.shown(run, ready)["dates"]] == ["2024-01-02"]

    def test_rows_that_contradict_each_other_are_listed(self, ready: str, run: Run, take: Import) -> None:
        other = self.renamed(self.SECOND, "Missile Kh-101 №7701700000001 (used on 03.01.2024)")
        summary = take((self.FIRST, other), whole=True)
        assert [
            item["text"]
            for item in summary["review"]
            if item["reason"] == "rows of one recovery contradict each other; the first statement is kept"
        ] == [
            "entry:missile-kh-101, label: Missile Kh-101 №7701700000001 (used on 03.01.2024)",
            "entry:missile-kh-101, used: used on 03.01.2024",
        ]
        found = self.shown(run, ready)
        assert found["title"] == KH_101
        assert [item["date"] for item in found["dates"]] == ["2024-01-02", "2024-01-03"]

    def test_contradicting_rows_in_another_order_change_nothing(
        self, ready: str, run: Run, take: Import
    ) -> None:
        other = self.renamed(self.SECOND, "Missile Kh-101 №7701700000001 (used on 03.01.2024)")
        take((self.FIRST, other))
        before = content(ready)
        summary = take((other, self.FIRST), whole=True)
        assert (summary["known"], summary["renewed"]) == (2, 0)
        assert difference(before, content(ready)) == {}


def test_what_somebody_has_decided_stands_when_the_source_changes(ready: str, run: Run, take: Import) -> None:
    """The source's new word is kept beside it, superseded, and listed."""
    take(SCRAPE)
    engine = writing_engine(ready)
    with Session(engine) as session:
        cited = select(Citation.component_id).where(Citation.record_key == "gur-101")
        old = session.execute(select(MakerAttribution).where(MakerAttribution.component_id.in_(cited))).one()
        session.execute(
            update(MakerAttribution).where(MakerAttribution.id == old.id).values(superseded_by=old.id)
        )
        values = {**old._mapping, "uid": new_uid(), "status": "confirmed", "citation_id": None}
        del values["id"]
        decided = insert_row(session, MakerAttribution(**values))
        session.execute(
            update(MakerAttribution).where(MakerAttribution.id == old.id).values(superseded_by=decided)
        )
        session.commit()
    engine.dispose()
    summary = take(changed(101, manufacturer="Texas Instruments"), whole=True)
    assert [item["text"] for item in summary["review"] if "decision is kept" in item["reason"]] == ["gur-101"]
    shown = run(ready, "show", "gur-101", "--format", "json").json["rows"][0]["makers"]
    assert [(item["as_written"], item["current"]) for item in shown] == [
        ("Analog Devices", False),
        ("Analog Devices", True),
        ("Texas Instruments", False),
    ]
    assert_facts_are_current(ready)
