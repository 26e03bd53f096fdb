"""The seed itself: CSV files that people edit, held to what the program and its users count on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from provenance.core import vocabulary as vocab
from provenance.core.identity import natural_uid
from provenance.domain.weapons import designation_key
from provenance.seeding.files import SeedFile, SeedRow, seed_path
from provenance.seeding.load import REFERENCE_FILES
from provenance.seeding.sample import SAMPLE_FILES
from provenance.text.firm_names import name_key
from provenance.text.folding import script_of
from tests.support.seeds import REFERENCES

ALL_FILES = (*REFERENCE_FILES, *SAMPLE_FILES)
KEYED = ("source", "organization", "weapon_system", "unit_type", "control_date", "date_code_format")


def rows(name: str) -> list[SeedRow]:
    """The rows of a seed file."""
    return SeedFile(f"{name}.csv").rows


def keys(name: str) -> set[str]:
    """The keys of a seed file."""
    return {row["key"] for row in rows(name)}


def where(row: SeedRow) -> str:
    """How a failure names a row."""
    return f"{row.file}:{row.line}"


def shared(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What has more than one owner, of (thing, owner) pairs."""
    owners: dict[str, set[str]] = defaultdict(set)
    for thing, owner in pairs:
        owners[thing].add(owner)
    return {thing: found for thing, found in owners.items() if len(found) > 1}


class TestEveryFile:
    """Whatever a file is about."""

    @pytest.mark.parametrize("name", ALL_FILES)
    def test_every_cell_is_trimmed_and_in_its_column(self, name: str) -> None:
        for row in SeedFile(name).rows:
            assert None not in row.cells, f"{where(row)} has more cells than the header"
            assert None not in row.cells.values(), f"{where(row)} has fewer cells than the header"
            assert [cell for cell in row.cells.values() if cell != cell.strip()] == [], where(row)

    @pytest.mark.parametrize("name", ALL_FILES)
    def test_no_row_stands_twice(self, name: str) -> None:
        counted = Counter(tuple(row.cells.values()) for row in SeedFile(name).rows)
        assert [row for row, times in counted.items() if times > 1] == []

    @pytest.mark.parametrize("name", [*KEYED, "sample_recovery", "sample_component"])
    def test_a_key_means_one_row(self, name: str) -> None:
        assert [key for key, times in Counter(row["key"] for row in rows(name)).items() if times > 1] == []

    @pytest.mark.parametrize("name", [name for name in REFERENCE_FILES if name != "source.csv"])
    def test_every_row_has_its_source(self, name: str) -> None:
        known = keys("source")
        for row in SeedFile(name).rows:
            assert row["source"] in known, where(row)
            if "further_sources" in row.cells:
                assert set(row.values("further_sources")) <= known, where(row)

    @pytest.mark.parametrize("name", REFERENCE_FILES)
    def test_every_key_of_another_row_leads_somewhere(self, name: str) -> None:
        known = {kind: keys(kind) for kind in set(REFERENCES.values())}
        for row in SeedFile(name).rows:
            for column, kind in REFERENCES.items():
                if column in row.cells and row.get(column):
                    assert row[column] in known[kind], f"{where(row)}: {column}"

    def test_a_source_says_who_published_what(self) -> None:
        for row in rows("source"):
            assert row["publisher"] and row["title"] and row["origin_group"], where(row)
            assert re.fullmatch(r"https?://\S+", row.get("address") or "https://none"), where(row)

    def test_nothing_is_verified_from_memory(self) -> None:
        memory = "editors-memory"
        boasting = [
            where(row)
            for name in REFERENCE_FILES
            for row in SeedFile(name).rows
            if row.cells.get("verification") == "verified" and row.cells.get("source") == memory
        ]
        assert boasting == []

    def test_no_path_of_a_machine_is_in_it(self) -> None:
        for path in seed_path().glob("*.csv"):
            assert not re.search(r"(?<![\w/:.])/(?:work|tmp|home|root|Users)/", path.read_text("utf-8")), (
                path.name
            )


class TestNames:
    """A name leads to one thing."""

    def test_no_name_belongs_to_two_organizations(self) -> None:
        named = ((name_key(row["name"]), row["organization"]) for row in rows("organization_name"))
        assert shared(named) == {}

    def test_no_alias_belongs_to_two_weapons(self) -> None:
        named = ((designation_key(row["alias"]), row["weapon_system"]) for row in rows("weapon_alias"))
        assert shared(named) == {}

    def test_no_alias_belongs_to_two_units(self) -> None:
        named = ((designation_key(row["alias"]), row["unit_type"]) for row in rows("unit_type_alias"))
        assert shared(named) == {}

    def test_no_alias_belongs_to_a_weapon_and_to_a_unit(self) -> None:
        weapons = {designation_key(row["alias"]) for row in rows("weapon_alias")}
        assert weapons & {designation_key(row["alias"]) for row in rows("unit_type_alias")} == set()

    @pytest.mark.parametrize(
        ("things", "aliases", "column", "label"),
        [
            ("organization", "organization_name", "name", "label"),
            ("weapon_system", "weapon_alias", "alias", "designation"),
            ("unit_type", "unit_type_alias", "alias", "designation"),
        ],
    )
    def test_everything_is_found_by_what_it_is_called_here(
        self, things: str, aliases: str, column: str, label: str
    ) -> None:
        key_of = name_key if things == "organization" else designation_key
        known = {(row[things], key_of(row[column])) for row in rows(aliases)}
        for row in rows(things):
            # What a label has in parentheses may only tell its reader more.
            called = (row[label], re.sub(r" \([^()]*\)$", "", row[label]))
            assert any((row["key"], key_of(name)) in known for name in called), where(row)

    def test_russian_weapons_in_the_air_are_known_in_both_scripts(self) -> None:
        scripts: dict[str, set[str]] = defaultdict(set)
        for alias in rows("weapon_alias"):
            scripts[alias["weapon_system"]].add(script_of(alias["alias"]))
        russian = {
            row["key"]
            for row in rows("weapon_system")
            if row.get("kind") in vocab.WEAPONS_IN_THE_AIR and row.get("design_country") == "RU"
        }
        # A designation may be written in one script only ("ZALA 421"); most are not.
        both = {key for key in russian if {"latin", "cyrillic"} <= scripts[key]}
        assert len(both) >= 0.9 * len(russian) > 0


class TestAmbiguousNames:
    """Short names that may mean several firms."""

    def test_each_says_which_and_is_no_firm_s_own(self) -> None:
        sources, known = keys("source"), {name_key(row["name"]) for row in rows("organization_name")}
        ambiguous = rows("ambiguous_name")
        assert len({name_key(row["name"]) for row in ambiguous}) == len(ambiguous)
        for row in ambiguous:
            assert row["note"] and row["verification"] == "unverified", where(row)
            assert row["source"] in sources, where(row)
            assert name_key(row["name"]) not in known, where(row)


class TestOwnership:
    """Who owned whom."""

    def test_two_rows_tell_of_two_things(self) -> None:
        columns = ("owned", "owner", "scope", "product_line", "since", "status")
        made = Counter(natural_uid(*(row.get(name) or "" for name in columns)) for row in rows("ownership"))
        assert max(made.values()) == 1

    def test_a_product_line_is_named_and_a_whole_firm_is_not(self) -> None:
        for row in rows("ownership"):
            assert (row["scope"] == "product_line") == (row.get("product_line") is not None), where(row)

    def test_what_was_only_announced_is_no_deal_that_is_done(self) -> None:
        statuses = Counter(row["status"] for row in rows("ownership"))
        assert statuses["announced"] and statuses["lapsed"] and statuses["completed"]

    def test_an_owner_lets_go_after_he_bought(self) -> None:
        for row in rows("ownership"):
            since, until = row.span("since"), row.span("until")
            if since.earliest and until.latest:
                assert since.earliest <= until.latest, where(row)


class TestControls:
    """What was controlled from when on, by whom."""

    def test_the_first_date_that_people_ask_for_is_there(self) -> None:
        dates = {row["date"] for row in rows("control_date")}
        assert "2022-02-24" in dates
        after_invasion = min(day for day in dates if day >= "2022")
        assert after_invasion == "2022-02-24"

    def test_every_date_says_who_controlled_what(self) -> None:
        for row in rows("control_date"):
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"]), where(row)
            assert row["jurisdiction"] and row["measure"] and row["controlled"], where(row)

    def test_customs_codes_came_in_waves(self) -> None:
        assert len({row["date"] for row in rows("control_date") if row.get("hs_headings")}) > 1

    def test_the_common_high_priority_list_is_whole(self) -> None:
        tiers = Counter(row["tier"] for row in rows("hs_code"))
        assert tiers == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}
        assert len({row["hs6"] for row in rows("hs_code")}) == 50
        assert [row["hs6"] for row in rows("hs_code") if not re.fullmatch(r"\d{6}", row["hs6"])] == []

    def test_the_coalition_has_its_members(self) -> None:
        members = {row["country"] for row in rows("coalition_member")}
        assert {"US", "GB", "JP", "DE", "TW", "KR", "CH", "UA"} & members >= {"US", "GB", "JP", "DE"}
        assert {"RU", "BY", "CN", "IR", "KP"} & members == set()

    def test_every_date_code_format_reads_its_own_example(self) -> None:
        for row in rows("date_code_format"):
            if row["reading"] != vocab.DateReading.NONE:
                assert re.search(row["pattern"], row["example"]), where(row)


class TestSample:
    """A small, honest piece of what is published."""

    def test_is_small(self) -> None:
        assert 0 < len(rows("sample_component")) <= 400
        assert 12 <= len(rows("sample_recovery")) <= 14

    def test_every_component_has_the_address_of_its_record(self) -> None:
        addresses = [row["address"] for row in rows("sample_component")]
        assert len(set(addresses)) == len(addresses)
        for row in rows("sample_component"):
            number = row["key"].removeprefix("gur-")
            assert re.fullmatch(rf"https://war-sanctions\.gur\.gov\.ua/\S*\b{number}", row["address"]), where(
                row
            )

    def test_every_component_is_of_a_recovery_and_every_recovery_has_some(self) -> None:
        assert {row["recovery"] for row in rows("sample_component")} == keys("sample_recovery")

    def test_it_spans_missiles_and_drones(self) -> None:
        kinds = {row["key"]: row.get("kind") for row in rows("weapon_system")}
        alias = {designation_key(row["alias"]): row["weapon_system"] for row in rows("weapon_alias")}
        found = {
            kinds[alias[designation_key(weapon)]]
            for row in rows("sample_recovery")
            if (weapon := row.get("weapon"))
        }
        assert {"missile", "drone"} <= found
