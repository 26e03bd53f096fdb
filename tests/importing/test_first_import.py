"""A published list comes in for the first time: every figure counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from provenance.domain.audit import rows_digest
from provenance.sources.formats import raw_text
from tests.importing.scrape import BAGET, KH_101, NEW_WEAPON, ROWS, SHAHED, Scraped
from tests.importing.state import assert_chain_holds, assert_facts_are_current, rows_of
from tests.support.commands import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def summary(scraped: Scraped) -> Any:
    """What the first import of the scrape says of itself."""
    assert (scraped.outcome.code, scraped.outcome.err) == (0, "")
    return scraped.outcome.json["rows"][0]


@pytest.fixture
def done(scraped: Scraped) -> str:
    """The address of the database after it."""
    return scraped.address


def test_eighteen_rows_are_twelve_components_and_six_repeats(summary: Any) -> None:
    figures = [summary[name] for name in ("read", "new", "known", "changed", "repeated", "rejected")]
    assert figures == [18, 12, 0, 0, 6, 0]


def test_what_was_made_is_told_table_by_table(summary: Any) -> None:
    assert summary["made"] == {
        "component": 12,
        "recovery": 4,
        "recovery_serial": 2,
        "recovery_date": 1,
        "maker_attribution": 12,
        # Rotorwin, TESTEK and Quuxtronics as makers; SALSA, AJAX, BOREI and ORIENT as parties.
        "organization": 7,
        "transfer": 2,
        "transfer_party": 4,
        "weapon_system": 1,
        # Twelve components, four recoveries, two transfers.
        "citation": 18,
    }


def test_what_could_not_be_settled_is_listed_for_review(summary: Any) -> None:
    listed = {(item["reason"].split(";")[0], item["text"], item["components"]) for item in summary["review"]}
    no_firm, no_weapon = "no known organization has this name", "no known weapon or unit has this name"
    assert listed == {
        (
            "parenthesis is neither a known owner nor a known name of the brand",
            "International Rectifier (Acme Widgets)",
            1,
        ),
        (no_firm, "Rotorwin", 1),
        (no_firm, "TESTEK CONTROLS CO., LTD", 1),
        (no_firm, "Quuxtronics", 1),
        (no_firm, "JSC CHIP AND SALSA", 1),
        (no_firm, "LLC AJAX IMPORT", 1),
        (no_firm, "BOREI JSC", 1),
        (no_firm, "ORIENT TRADING CO., LTD", 1),
        (no_weapon, "Vympel-77", 2),
    }


class TestWhatIsInTheDatabase:
    def shown(self, run: Run, done: str, ref: str) -> Any:
        return run(done, "show", ref, "--format", "json").json["rows"][0]

    def maker(self, run: Run, done: str, number: int) -> str | None:
        (said,) = self.shown(run, done, f"gur-{number}")["makers"]
        assert said["as_written"] == ROWS[number - 101]["manufacturer"]
        assert said["current"]
        return said["maker"]["name"] if said["maker"] else None

    def test_makers_are_found_by_any_of_their_names(self, run: Run, done: str) -> None:
        assert [
            self.maker(run, done, number) for number in (101, 103, 104, 105, 106, 107, 108, 109, 110, 112)
        ] == [
            "Analog Devices",
            "Linear Technology",
            "Texas Instruments",
            "International Rectifier",
            "Murata Manufacturing",
            "Rotorwin",
            None,
            "TESTEK CONTROLS CO., LTD",
            "Texas Instruments",
            "Analog Devices",
        ]

    def test_an_unknown_maker_is_an_unverified_organization_of_that_source(self, done: str) -> None:
        made = {row.label: row for row in rows_of(done, "organization") if not row.from_seed}
        assert set(made) == {
            "Rotorwin",
            "TESTEK CONTROLS CO., LTD",
            "Quuxtronics",
            "JSC CHIP AND SALSA",
            "LLC AJAX IMPORT",
            "BOREI JSC",
            "ORIENT TRADING CO., LTD",
        }
        assert {(row.verification, row.kind) for row in made.values()} == {("unverified", "unknown")}

    def test_an_owner_that_is_not_known_is_not_made_up(self, run: Run, done: str) -> None:
        assert run(done, "exposure", "Acme Widgets").code == 4
        assert all("Acme" not in row.label for row in rows_of(done, "organization"))

    def test_the_specimen_keeps_its_number_and_the_day_it_was_used(self, run: Run, done: str) -> None:
        found = self.shown(run, done, "entry:missile-kh-101-7701700000001-used-on-02-01-2024")
        assert found["title"] == KH_101
        assert found["extent"] == "specimen"
        assert found["numbers"] == [{"kind": "serial", "number": "7701700000001"}]
        assert found["dates"] == [{"event": "used", "date": "2024-01-02", "as_written": "used on 02.01.2024"}]
        assert len(found["components"]) == 4

    def test_a_unit_out_of_a_weapon_is_counted_for_the_weapon_and_is_no_specimen(self, done: str) -> None:
        found = {row.label: row for row in rows_of(done, "recovery")}
        weapons = {row.id: row.designation for row in rows_of(done, "weapon_system")}
        units = {row.id: row.designation for row in rows_of(done, "unit_type")}
        assert found[BAGET].extent == "unit"
        assert weapons[found[BAGET].weapon_system_id] == weapons[found[KH_101].weapon_system_id] == "Kh-101"
        assert units[found[BAGET].unit_type_id] == "Baget-62-037"
        assert found[SHAHED].extent == "specimen"

    def test_an_unknown_weapon_is_made_unverified_with_the_kind_that_its_entry_says(self, done: str) -> None:
        (made,) = [row for row in rows_of(done, "weapon_system") if not row.from_seed]
        assert (made.designation, made.kind, made.verification) == ("Vympel-77", "drone", "unverified")
        (found,) = [row for row in rows_of(done, "recovery") if row.label == NEW_WEAPON]
        assert (found.weapon_system_id, found.extent) == (made.id, "model")

    def test_parties_of_transfers_stand_on_their_sides_and_are_no_part_of_a_maker(self, done: str) -> None:
        parties = [(row.side, row.role, row.as_written) for row in rows_of(done, "transfer_party")]
        assert parties == [
            ("from", "supplier", "JSC CHIP AND SALSA"),
            ("to", "importer", "LLC AJAX IMPORT"),
            ("to", "importer", "BOREI JSC"),
            ("from", "supplier", "ORIENT TRADING CO., LTD"),
        ]
        assert {row.evidence_class for row in rows_of(done, "transfer")} == {"named_by_publisher"}

    def test_a_party_can_be_asked_about(self, run: Run, done: str) -> None:
        found = run(done, "exposure", "Orient Trading", "--format", "json").json
        assert found["figures"] is None
        (transfer,) = found["transfers"]
        assert [party["name"] for party in transfer["parties"] if party["side"] == "to"] == [
            "LLC AJAX IMPORT",
            "BOREI JSC",
        ]

    def test_a_look_alike_is_kept_as_written_and_found_either_way(self, run: Run, done: str) -> None:
        latin = run(done, "find", "C8051F120", "--format", "json").json["rows"]
        assert [hit["name"] for hit in latin] == ["Microcontroller С8051F120"]
        assert run(done, "find", "С8051F120", "--format", "json").json["rows"] == latin

    def test_raw_text_is_kept_and_nothing_is_graded(self, done: str) -> None:
        citations = {row.record_key: row for row in rows_of(done, "citation")}
        for row in ROWS:
            kept = citations[row["component_id"]]
            assert kept.raw_text == raw_text(row)
            assert (kept.credibility, kept.published_latest, kept.retrieved) == (
                None,
                None,
                date(2026, 6, 13),
            )
        source = {row.key: row for row in rows_of(done, "source")}["gur-war-sanctions"]
        assert source.reliability is None

    def test_nothing_is_known_that_was_not_said(self, done: str) -> None:
        for row in rows_of(done, "component"):
            assert (row.pieces, row.made_earliest, row.authenticity, row.hs6) == (None, None, None, None)
        for row in rows_of(done, "recovery"):
            assert (row.place, row.country, row.kind) == (None, None, "battlefield")
        assert Counter(row.category for row in rows_of(done, "component"))[None] == 6

    def test_the_import_is_in_the_audit_trail_with_a_digest_of_its_rows(self, done: str) -> None:
        last = rows_of(done, "audit_entry")[-1]
        assert (last.action, last.actor, last.record_table) == ("import", "olena", "import_run")
        assert rows_digest(raw_text(row) for row in ROWS) in last.after
        (made,) = rows_of(done, "import_run")
        assert (made.uid, made.status, made.rows_read, made.rows_repeated) == (last.record_uid, "done", 18, 6)
        assert_chain_holds(done)

    def test_counts_are_ready(self, done: str) -> None:
        assert_facts_are_current(done)
