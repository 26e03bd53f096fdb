"""`provenance screen` as a user meets it: what is found, when it was listed, what was not screened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from provenance.schema.watchlists import ListedRecord, ScreeningIndex, Watchlist
from tests.support.commands import Outcome
from tests.support.json_schema import problems
from tests.support.rows import Rows
from tests.watchlists import lists

Run = Callable[..., Outcome]

HIT_KEYS = (
    "list version key party score matched reason asks listed_from listed_to party_uid entry_digest"
    " judgement number only_today addresses countries numbers"
)


@pytest.fixture
def listed(run: Run, ready: str, tmp_path: Path) -> Iterator[str]:
    """A database with a list in two versions: Lantern Meadow leaves, Zircon Bay comes."""
    versions = {
        "2024-01-01": [{"id": "A0", "name": "Lantern Meadow OOO"}],
        "2024-03-01": [{"id": "A2", "name": "Zircon Bay Shipping", "country": "MT"}],
    }
    always = [
        {"id": "A1", "name": "Obsidian Helix LLC", "aliases": "Helix Commodities; Обсидиан Хеликс",
         "address": "Room 1318-19, 610 Cedar Road, Riga", "country": "Latvia",
         "identifiers": "INN 7709998889"},
        {"id": "A3", "name": "Marble Reef GmbH", "country": "DE"},
    ]  # fmt: skip
    for day, rows in versions.items():
        file = tmp_path / f"{day}.csv"
        file.write_text(lists.own(*always, *rows), encoding="utf-8")
        imported = run(
            ready, "watchlist", "import", "csv", file, "--name", "ours", "--as-of", day,
            "--asks", "voluntary",
        )  # fmt: skip
        assert imported.code == 0, imported.err
    yield ready


def screened(run: Run, address: str, *words: str | Path, code: int | None = None) -> list[Any]:
    told = run(address, "screen", *words, "--format", "json")
    found = any(row["hits"] or row["listed_since"] for row in told.rows)
    wanted = (6 if found else 0) if code is None else code
    assert told.code == wanted, told.err
    return told.rows


def test_a_hit_has_its_shape_and_exit_code_6(run: Run, listed: str) -> None:
    (row,) = screened(run, listed, "ООО «Обсидиан Хеликс»", code=6)
    assert list(row)[:4] == ["row", "id", "name", "hits"]
    (hit,) = row["hits"]
    assert " ".join(hit) == HIT_KEYS
    assert (hit["list"], hit["version"], hit["key"], hit["party"]) == (
        "ours", "2024-03-01", "A1", "Obsidian Helix LLC",
    )  # fmt: skip
    assert (hit["listed_from"], hit["listed_to"], hit["asks"]) == ("..2024-01-01", None, "voluntary")
    assert hit["matched"] == "Обсидиан Хеликс"
    assert "an alias of the entry" in hit["reason"]


def test_init_packs_anew_what_another_program_packed(run: Run, listed: str) -> None:
    engine = writing_engine(listed)

    def layouts() -> set[str]:
        with session_scope(engine) as session:
            return set(session.execute(select(ScreeningIndex.layout)).scalars())

    packed = layouts()
    with session_scope(engine) as session:
        session.execute(update(ScreeningIndex).values(layout="another program's", payload=b""))
    # Slower, and never wrong: the tables are read.
    assert screened(run, listed, "Marble Reef", code=6)[0]["hits"][0]["key"] == "A3"
    assert run(listed, "init").code == 0
    assert layouts() == packed
    engine.dispose()


def test_nothing_found_is_exit_code_0_and_not_a_clearance(run: Run, listed: str) -> None:
    told = run(listed, "screen", "Quartz Inn")
    assert (told.code, "No hit is not a clearance" in told.out) == (0, True)
    assert "STALE: ours" in told.out


def test_that_owners_were_not_screened_is_said_with_the_rules_about_them(run: Run, listed: str) -> None:
    (note,) = run(listed, "screen", "Nobody Whosoever", "--format", "json").json["basis"]["notes"]
    assert "`provenance trace owners`" in note
    assert "Affiliates rule of the Bureau of Industry and Security (50 % or more): " in note


def test_jsonl_has_one_row_a_name_in_order(run: Run, listed: str) -> None:
    told = run(listed, "screen", "Quartz Inn", "Marble Reef", "Co., Ltd.", "--format", "jsonl")
    assert [(row["row"], row["name"], len(row["hits"])) for row in told.lines] == [
        (1, "Quartz Inn", 0), (2, "Marble Reef", 1), (3, "Co., Ltd.", 0),
    ]  # fmt: skip
    assert told.lines[2]["not_screened"] == "the name is only a legal form"
    assert "NOT SCREENED: 1 row, which is not clear." in told.err


def test_a_name_that_could_not_be_screened_is_never_exit_code_0(run: Run, listed: str) -> None:
    told = run(listed, "screen", "Quartz Inn", "Co., Ltd.")
    assert told.code == 3
    assert "NOT SCREENED: 1 row, which is not clear." in told.out
    assert "1 row could not be screened: that is no clearance" in told.err


class TestNumbersAndPlaces:
    """Numbers decide; country and address lower, raise and say why."""

    def test_an_equal_number_decides_whatever_the_name(self, run: Run, listed: str) -> None:
        (row,) = screened(run, listed, "Quartz Inn", "--identifier", "INN 7709998889")
        assert (row["hits"][0]["key"], row["hits"][0]["score"]) == ("A1", 1.0)

    def test_another_number_sets_a_like_name_aside_where_it_is_seen(self, run: Run, listed: str) -> None:
        (row,) = screened(run, listed, "Obsidian Helix", "--identifier", "INN 7705034202", code=0)
        assert (row["hits"], len(row["set_aside"])) == ([], 1)
        assert "INN differs" in row["set_aside"][0]["reason"]

    def test_country_moves_the_score_and_hides_nothing(self, run: Run, listed: str) -> None:
        scores = {
            country: screened(run, listed, "Zircon Bay", "--country", country)[0]["hits"][0]["score"]
            for country in ("MT", "JP")
        }
        assert scores["MT"] > scores["JP"]

    def test_the_unit_in_a_tower_tells_one_firm_from_a_thousand(self, run: Run, listed: str) -> None:
        same = screened(run, listed, "Quartz Inn", "--address", "Rm 1318-19, 610 Cedar Rd., Riga")
        other = screened(run, listed, "Quartz Inn", "--address", "Rm 1105, 610 Cedar Rd., Riga")
        assert "same unit" in same[0]["hits"][0]["reason"]
        assert other[0]["hits"] == []

    def test_an_address_alone_can_be_screened(self, run: Run, listed: str) -> None:
        (row,) = screened(run, listed, "--address", "Room 1318-20, 610 Cedar Road, Riga")
        assert "overlapping units" in row["hits"][0]["reason"]


class TestFiles:
    """Customer files: every row is answered, as of its day."""

    HEADER = ("Customer no", "Customer", "Shipped", "Land")
    ROWS = (
        {"Customer no": "C-9", "Customer": "Lantern Meadow", "Shipped": "2024-01-01"},
        {"Customer no": "C-7", "Customer": "Lantern Meadow", "Shipped": "2024-05-02"},
        {"Customer no": "C-8", "Customer": "Zircon Bay Shipping", "Shipped": "2023-12-24", "Land": "MT"},
        {"Customer no": "C-5", "Customer": "LLC", "Shipped": "2024-05-02"},
        {"Customer no": "C-4", "Customer": "Quartz Inn", "Shipped": "soon"},
        {"Customer no": "C-3", "Customer": "Quartz Inn", "Shipped": "2024"},
    )
    WORDS = ("--id-column", "Customer no", "--date-column", "Shipped", "--country-column", "Land")

    def file(self, folder: Path) -> Path:
        path = folder / "customers.csv"
        path.write_text(lists.table(self.HEADER, self.ROWS), encoding="utf-8")
        return path

    def test_each_row_as_of_its_day(self, run: Run, listed: str, tmp_path: Path) -> None:
        rows = screened(run, listed, "--file", self.file(tmp_path), *self.WORDS)
        assert [(row["row"], row["id"]) for row in rows] == [
            (2, "C-9"), (3, "C-7"), (4, "C-8"), (5, "C-5"), (6, "C-4"), (7, "C-3"),
        ]  # fmt: skip
        assert [len(row["hits"]) for row in rows] == [1, 0, 0, 0, 0, 0]
        assert rows[0]["hits"][0]["listed_to"] == "2024-01-01..2024-02-29"
        gone = rows[1]["other_times"][0]
        assert "no longer listed on 2024-05-02" in gone["reason"]
        assert [row["not_screened"] is not None for row in rows] == [False, False, False, True, True, False]
        assert "soon" in rows[4]["not_screened"]

    def test_clean_when_shipped_listed_today(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "c.csv"
        path.write_text("name,shipped\nZircon Bay Shipping,2023-12-24\n", encoding="utf-8")
        (row,) = screened(run, listed, "--file", path, "--date-column", "shipped", code=6)
        assert row["hits"] == []
        (later,) = row["listed_since"]
        assert (later["listed_from"], "listed today, not on 2023-12-24" in later["reason"]) == (
            "2024-01-02..2024-03-01", True,
        )  # fmt: skip
        told = run(listed, "screen", "--file", path, "--date-column", "shipped")
        assert (told.code, "Zircon Bay Shipping: listed today, not on 2023-12-24" in told.out) == (6, True)
        assert "listed today but not then 1" in told.out

    def test_a_row_without_a_date_is_screened_as_of_today_and_says_so(
        self, run: Run, listed: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "c.csv"
        path.write_text(
            "name,shipped\nZircon Bay Shipping,\nZircon Bay Shipping,n/a\nMarble Reef,03.04.2024\n", "utf-8"
        )
        rows = screened(run, listed, "--file", path, "--date-column", "shipped", code=6)
        assert [(len(row["hits"]), row["undated"], row["not_screened"]) for row in rows] == [
            (1, True, None), (1, True, None), (1, False, None),
        ]  # fmt: skip
        assert rows[2]["as_of"] == "2024-04-03"
        told = run(listed, "screen", "--file", path, "--date-column", "shipped")
        assert "No date: 2 rows, screened as of today." in told.out
        stated = screened(
            run, listed, "--file", path, "--date-column", "shipped", "--as-of", "2024-01-01", code=6
        )
        assert [(row["as_of"], row["undated"]) for row in stated[:2]] == [("2024-01-01", False)] * 2

    def test_a_workbook_reads_like_the_csv(self, run: Run, listed: str, tmp_path: Path) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        for line in [self.HEADER, *([row.get(name, "") for name in self.HEADER] for row in self.ROWS)]:
            book.active.append(line)
        book.save(tmp_path / "c.xlsx")
        from_book = screened(run, listed, "--file", tmp_path / "c.xlsx", *self.WORDS)
        assert from_book == screened(run, listed, "--file", self.file(tmp_path), *self.WORDS)

    def test_a_row_of_another_width_is_not_screened(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "c.csv"
        path.write_text("name,id\nMarble Reef,1\nQuartz Inn\n", encoding="utf-8")
        rows = screened(run, listed, "--file", path)
        assert [row["not_screened"] for row in rows] == [
            None,
            "the line breaks off: 1 cell where the header has 2",
        ]

    def test_a_file_without_names_is_refused(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "c.csv"
        path.write_text("weather,colour\nwet,blue\n", encoding="utf-8")
        told = run(listed, "screen", "--file", path)
        assert (told.code, "--names-from" in told.err) == (3, True)


class TestSeveralNames:
    """Order lines name several parties; each is screened with what the file says of it."""

    FILE = (
        "Order No,Customer,Bill-to name,Ship-to name,Ship-to address,Ship-to country,End user,Part No,Qty\n"
        "1001,Quartz Inn,Quartz Inn,Zircon Bay Shipping,1 Quay,MT,Helix Commodities,LM358,100\n"
        "1002,Quartz Inn,,,,,,LM358,5\n"
    )

    def test_each_name_with_its_own_place(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "orders.csv"
        path.write_text(self.FILE, encoding="utf-8")
        rows = screened(run, listed, "--file", path)
        assert [(row["row"], row["role"], [hit["key"] for hit in row["hits"]]) for row in rows] == [
            (2, "Customer", []), (2, "Bill-to name", []), (2, "Ship-to name", ["A2"]),
            (2, "End user", ["A1"]), (3, "Customer", []),
        ]  # fmt: skip
        assert [row["country"] for row in rows] == [None, None, "MT", None, None]
        assert rows[2]["order"] == {"order": "1001", "part": "LM358", "quantity": "100", "value": None}
        told = run(listed, "screen", "--file", path)
        assert "out of rows 2, names 5" in " ".join(told.out.split())

    def test_only_the_names_asked_for(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "orders.csv"
        path.write_text(self.FILE, encoding="utf-8")
        rows = screened(run, listed, "--file", path, "--names-from", "End user")
        assert [(row["row"], row["role"], row["name"]) for row in rows] == [
            (2, None, "Helix Commodities"), (3, None, None),
        ]  # fmt: skip

    def test_the_number_of_another_firm_in_the_row_sets_nothing_aside(
        self, run: Run, listed: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "orders.csv"
        path.write_text("Customer,INN,Ship-to\nQuartz Inn,7705034202,Obsidian Helix LLC\n", encoding="utf-8")
        rows = screened(run, listed, "--file", path)
        assert [(row["role"], len(row["hits"]), row["set_aside"]) for row in rows] == [
            ("Customer", 0, []), ("Ship-to", 1, []),
        ]  # fmt: skip

    def test_best_hits_first_and_all_when_asked(self, run: Run, listed: str, tmp_path: Path) -> None:
        path = tmp_path / "c.csv"
        names = ["Quartz Inn", *["Marble Reef Handels AG"] * 60, "Obsidian Helix LLC", "LLC"]
        path.write_text("\n".join(["name", *names]) + "\n", encoding="utf-8")
        told = run(listed, "screen", "--file", path)
        assert told.out.startswith("row 63: Obsidian Helix LLC")
        assert "… and 11 more rows: --all shows them" in told.out
        assert "NOT SCREENED: 1 row. This is not a clearance.\nrow 64: LLC: the name is only" in told.out
        whole = run(listed, "screen", "--file", path, "--all")
        assert (whole.out.count("Marble Reef Handels AG\n"), "--all shows" in whole.out) == (60, False)


def test_persons_can_be_left_out_and_are_counted(run: Run, listed: str) -> None:
    engine = writing_engine(listed)
    with session_scope(engine) as session:
        for key, kind in (("A3", "person"), ("A1", "entity")):
            session.execute(update(ListedRecord).where(ListedRecord.own_id == key).values(kind=kind))
    engine.dispose()
    (row,) = screened(run, listed, "Marble Reef", "--only", "entity", code=0)
    assert (row["hits"], [hit["key"] for hit in row["other_kinds"]]) == ([], ["A3"])
    assert len(screened(run, listed, "Marble Reef", "--only", "person", code=6)[0]["hits"]) == 1
    # What a list does not call one or the other stays.
    assert len(screened(run, listed, "Zircon Bay Shipping", "--only", "person", code=6)[0]["hits"]) == 1
    told = run(listed, "screen", "Marble Reef", "--only", "vessel")
    assert (told.code, "entity or person" in told.err) == (2, True)


def test_words_without_quotes_are_screened_as_one_name_too(run: Run, listed: str) -> None:
    rows = screened(run, listed, "Marble", "Reef", code=6)
    assert [(row["name"], len(row["hits"])) for row in rows] == [
        ("Marble", 0), ("Reef", 0), ("Marble Reef", 1),
    ]  # fmt: skip


class TestFind:
    """`find` searches the lists, too."""

    def test_by_part_of_any_name_in_any_script(self, run: Run, listed: str) -> None:
        told = run(listed, "find", "обсидиан", "--format", "json")
        (hit,) = [row for row in told.rows if row["kind"] == "listed_party"]
        assert hit == {
            "kind": "listed_party", "ref": "A1", "name": "Obsidian Helix LLC", "matched": "Обсидиан Хеликс",
            "detail": "ours", "same_as": [], "withdrawn": False,
        }  # fmt: skip
        shown = run(listed, "find", "helix")
        assert ("listed party (1)" in shown.out, "provenance watchlist show KEY" in shown.out) == (True, True)

    def test_a_party_that_left_the_list_is_found_and_each_party_once(self, run: Run, listed: str) -> None:
        for name, key in (("Lantern", "A0"), ("Marble", "A3")):
            told = run(listed, "find", name, "--format", "json")
            assert [row["ref"] for row in told.rows if row["kind"] == "listed_party"] == [key]

    @pytest.mark.parametrize(("mark", "shown"), [("RED", 0), ("AMBER", 0), (None, 0), ("GREEN", 1)])
    def test_a_list_marked_more_strictly_is_left_out_and_counted(
        self, run: Run, listed: str, mark: str | None, shown: int
    ) -> None:
        engine = writing_engine(listed)
        with session_scope(engine) as session:
            session.execute(update(Watchlist).values(tlp=mark))
        engine.dispose()
        told = run(listed, "find", "helix", "--max-tlp", "GREEN", "--format", "json")
        if shown:
            assert told.json["totals"] == {"listed_party": 1}
        else:
            assert (told.code, "left out: 1 record" in told.err) == (4, True)


class TestRuns:
    """Runs are kept, shown, compared and come out the same again."""

    def test_the_same_question_gives_the_same_result(self, run: Run, listed: str) -> None:
        refs = [run(listed, "screen", "Marble Reef", "--format", "json").json["run"] for _time in range(2)]
        first, second = (run(listed, "screen", "show", ref, "--format", "json").json for ref in refs)
        for name in ("result_sha256", "input_sha256", "versions"):
            assert first["run"][name] == second["run"][name]
        assert first["rows"][0]["hits"][0]["key"] == "A3"

    def test_only_what_is_new_since_a_run(self, run: Run, listed: str) -> None:
        assert run(listed, "screen", "Marble Reef").code == 6
        rows = screened(run, listed, "Marble Reef", "Zircon Bay Shipping", "--new-since", "last")
        assert [len(row["hits"]) for row in rows] == [0, 1]
        assert run(listed, "screen", "Marble Reef", "--new-since", "last", "--no-keep").code == 0

    def test_no_such_run(self, run: Run, listed: str) -> None:
        assert run(listed, "screen", "show", "last").code == 4
        assert run(listed, "screen", "Marble Reef", "--new-since", "N-00000-00000").code == 4


def test_without_a_list_nothing_is_said_to_be_clear(run: Run, ready: str) -> None:
    told = run(ready, "screen", "Marble Reef")
    assert (told.code, "watchlist import" in told.err) == (4, True)


@pytest.mark.parametrize("words", [(), ("--transfers", "--all-organizations"), ("X", "--file", "c.csv")])
def test_one_question_at_a_time(run: Run, listed: str, words: tuple[str, ...]) -> None:
    assert run(listed, "screen", *words).code == 2


def test_own_organizations_are_screened_by_all_their_names(run: Run, listed: str) -> None:
    engine = writing_engine(listed)
    with session_scope(engine) as session:
        rows = Rows(session)
        firm = rows.add("organization", label="Reef")
        rows.add("organization_name", organization_id=firm, name="MARBLE REEF Handels GmbH")
    engine.dispose()
    found = [row for row in screened(run, listed, "--all-organizations", "--list", "ours") if row["hits"]]
    assert [row["hits"][0]["key"] for row in found if "MARBLE" in row["name"]] == ["A3"]


class TestKnownChains:
    """Firms on known chains are a list of their own."""

    @pytest.fixture
    def chained(self, listed: str) -> str:
        engine = writing_engine(listed)
        with session_scope(engine) as session:
            rows = Rows(session)
            firm = rows.add("organization", label="Cedar Parts Limited")
            rows.add("organization_name", organization_id=firm, name="Cedar Parts Limited")
            for _recovery in range(3):
                component = rows.add("component", recovery_id=rows.add("recovery"))
                transfer = rows.add("transfer", component_id=component, latest=date(2022, 5, 6))
                rows.add(
                    "transfer_party", transfer_id=transfer, organization_id=firm, side="from",
                    role="supplier", as_written="Cedar Parts Ltd",
                )  # fmt: skip
                rows.add(
                    "transfer_party", transfer_id=transfer, side="to", role="maker", as_written="Quartz Inn"
                )
        engine.dispose()
        return listed

    def test_a_customer_that_shipped_to_a_firm_on_a_supply_path(self, run: Run, chained: str) -> None:
        told = run(chained, "screen", "CEDAR PARTS CO., LIMITED")
        assert (told.code, "Not screened against: known-chains (1 firm" in " ".join(told.out.split())) == (
            0,
            True,
        )
        (row,) = screened(run, chained, "CEDAR PARTS CO., LIMITED", "--known-chains")
        (hit,) = row["hits"]
        assert (hit["list"], "on the supply path of 3 recoveries" in hit["reason"]) == ("known-chains", True)
        assert "as supplier in 3 transfers" in hit["reason"]

    def test_makers_are_left_out(self, run: Run, chained: str) -> None:
        assert screened(run, chained, "Quartz Inn", "--known-chains")[0]["hits"] == []

    def test_no_party_is_found_in_the_transfers_that_name_it(self, run: Run, chained: str) -> None:
        for words in ("--transfers", "--all-organizations"):
            told = run(chained, "screen", words, "--known-chains", "--format", "json")
            itself = [row["hits"] for row in told.rows if "Cedar" in (row["name"] or "")]
            assert itself and not any(itself)

    def test_the_parties_of_transfers_are_screened_as_of_their_day(self, run: Run, chained: str) -> None:
        rows = screened(run, chained, "--transfers", "--list", "ours", code=0)
        assert len(rows) == 6
        assert all(row["id"].startswith("T-") for row in rows)


def test_what_is_printed_is_what_the_schemas_say(run: Run, listed: str) -> None:
    from provenance.services.contracts.judgements import JudgementListResult, JudgeResult
    from provenance.services.contracts.screening import ScreenResult, ScreenRunResult
    from provenance.services.contracts.watchlists import ListEntryResult, ListStatusResult

    for result, words in (
        (ScreenResult, ("screen", "Marble Reef", "LLC")),
        (ScreenRunResult, ("screen", "show", "last")),
        (JudgeResult, ("judge", "hit", "last", "1", "A3", "unsure", "--reason", "asked")),
        (JudgementListResult, ("judge", "list")),
        (ListStatusResult, ("watchlist", "status")),
        (ListEntryResult, ("watchlist", "show", "A1")),
    ):
        told = run(listed, *words, "--format", "json")
        assert problems(told.json, result.document_schema()) == [], words
