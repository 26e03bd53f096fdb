"""`provenance trace` as people use it, on a small world whose answers are known by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sources.lists import write_list
from tests.support.chains import ALDER, BIRCH, CEDAR, NORTH, fill_world, transfer
from tests.support.commands import Outcome
from tests.support.commands import run as run_command
from tests.support.databases import Level, SqliteDatabases

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def world(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small world; nobody writes to it."""
    address = sqlite_databases.filled(Level.REFERENCE)
    fill_world(run_command, address, tmp_path_factory.mktemp("world"))
    yield address
    sqlite_databases.discard(address)


@pytest.fixture
def own(fresh: str, run: Run, tmp_path: Path) -> str:
    """A small world of this test's own."""
    fill_world(run, fresh, tmp_path)
    return fresh


def answer(run: Run, address: str, *words: str | Path) -> Any:
    done = run(address, "trace", *words, "--format", "json")
    assert done.code == 0, done.err
    return done.json


def recovery_of(run: Run, address: str, component: str) -> str:
    ref: str = answer(run, address, "path", component)["components"][0]["recovery_ref"]
    return ref


class TestPath:
    def test_the_steps_are_in_order_with_the_gap_at_the_end(self, world: str, run: Run) -> None:
        (path,) = answer(run, world, "path", "w1")["rows"]
        assert [(step["kind"], step["sender"], step["recipient"]) for step in path["steps"]] == [
            ("transfer", "North Semi", "Alder AG"),
            ("transfer", "Alder AG", "Birch Ltd"),
            ("transfer", "Birch Ltd", "OOO Cedar"),
            ("gap", "OOO Cedar", "Kh-101 W1"),
        ]
        weakest = "trade_record_same_part"
        assert (path["gaps"], path["weakest_class"], path["date_order"]) == (1, weakest, "certain")
        assert path["diversion"]["kind"] == "last_authorised_holder"
        assert (path["diversion"]["last_authorised"], path["diversion"]["first_outside"]) == (
            "Alder AG", "Birch Ltd",
        )  # fmt: skip

    def test_it_is_said_in_words(self, world: str, run: Run) -> None:
        shown = " ".join(run(world, "trace", "path", "w1").out.split())
        assert "NORTH 1 (C-" in shown
        assert "3 recorded steps, 1 gap. Weakest evidence: trade record of the same part" in shown
        assert "Point of diversion: Alder AG, the last authorised holder, passed it to Birch Ltd." in shown
        assert "no record shows how it came into the weapon" in shown
        assert "This does not show who knew what they were selling." in shown

    def test_what_was_found_before_a_sale_did_not_come_by_it(self, world: str, run: Run) -> None:
        (path,) = answer(run, world, "path", "w2")["rows"]
        assert [step["recipient"] for step in path["steps"]] == ["Alder AG", "Birch Ltd", "Kh-101 W2"]

    def test_as_it_was_known_before_the_last_record_was_published(self, world: str, run: Run) -> None:
        (path,) = answer(run, world, "path", "w1", "--at", "2023-12-31")["rows"]
        assert [step["recipient"] for step in path["steps"]] == ["Alder AG", "Birch Ltd", "Kh-101 W1"]
        assert answer(run, world, "path", "w1", "--at", "2022")["rows"] == []

    def test_by_the_day_of_entry_nothing_was_known_before_today(self, world: str, run: Run) -> None:
        found = answer(run, world, "path", "w1", "--at", "2024-06", "--known-by", "entered")
        assert found["rows"] == []
        assert "not a clearance" in " ".join(found["basis"]["cautions"])

    def test_a_part_of_which_nothing_is_on_record(self, world: str, run: Run) -> None:
        done = run(world, "trace", "path", "w4")
        assert done.code == 0
        assert "every step is unknown" in done.out

    def test_a_firm_has_no_path(self, world: str, run: Run) -> None:
        ref = answer(run, world, "from", "Birch Ltd")["firm_ref"]
        done = run(world, "trace", "path", ref)
        assert done.code == 4
        assert "trace from FIRM" in done.err

    def test_pieces_of_one_item_are_separated_by_a_gap_in_the_order_of_their_dates(
        self, own: str, run: Run
    ) -> None:
        for sender, recipient, when in (
            ("Late|broker|AE", "Last|end_user|RU", "2022-05"),
            (ALDER, "Early|broker|HK", "2021-04"),
        ):
            said = (
                "--from",
                sender,
                "--to",
                recipient,
                "--date",
                when,
                "--component",
                "w4",
                "--source",
                "ours",
            )
            assert run(own, "log", "transfer", *said).code == 0
        (path,) = answer(run, own, "path", "w4")["rows"]
        assert [(step["kind"], step["recipient"]) for step in path["steps"]] == [
            ("gap", "Alder AG"), ("transfer", "Early"), ("gap", "Late"), ("transfer", "Last"),
            ("gap", "Kh-101 W1"),
        ]  # fmt: skip
        assert (path["gaps"], path["weakest_class"]) == (3, "item_document")

    def test_what_is_tentative_is_shown_and_not_relied_on(self, own: str, run: Run) -> None:
        logged = run(own, "log", "component", "--recovery", recovery_of(run, own, "w4"), "--marking", "N1",
                     "--maker", "North Semi", "--mpn", "NORTH-1", "--format", "json")  # fmt: skip
        ref = logged.rows[0]["ref"]
        shown = run(own, "trace", "path", ref).out
        assert "Tentative: North Semi, NORTH-1." in shown
        assert answer(run, own, "path", ref)["rows"] == []
        sure = ("--mpn", "NORTH-1", "--maker", "North Semi", "--identification", "confirmed")
        assert run(own, "log", "belief", ref, *sure, "--basis", "microscope").code == 0
        assert len(answer(run, own, "path", ref)["rows"]) == 1
        assert "Tentative:" not in run(own, "trace", "path", ref).out


class TestReach:
    def test_forward_by_date(self, world: str, run: Run) -> None:
        found = answer(run, world, "from", "Alder AG")
        assert [(row["firm"], row["steps"], row["date_order"]) for row in found["rows"]] == [
            ("Birch Ltd", 1, "certain"),
            ("OOO Cedar", 2, "certain"),
        ]
        assert [row["recovery"] for row in found["recoveries"]] == ["Kh-101 W1", "Kh-101 W2"]

    def test_back_by_date(self, world: str, run: Run) -> None:
        found = answer(run, world, "to", "Delta FZE")
        assert [row["firm"] for row in found["rows"]] == ["Birch Ltd"]

    def test_the_tree_of_the_terminal(self, world: str, run: Run) -> None:
        shown = run(world, "trace", "from", "North Semi").out
        assert "└── Alder AG  [one step, from 2021-01-10; same goods: NOR" in shown
        assert "        └── OOO Cedar" in shown

    def test_a_firm_without_transfers_is_no_clearance(self, world: str, run: Run) -> None:
        assert "not a clearance" in " ".join(answer(run, world, "from", "Murata")["basis"]["cautions"])


class TestSurveys:
    def test_coverage_first_then_ranks_and_what_rests_on_one_document_has_none(
        self, world: str, run: Run
    ) -> None:
        found = answer(run, world, "chokepoints")
        assert found["coverage"] == {
            "recoveries_with_path": 2, "recoveries": 2, "components_with_path": 2, "components": 3,
            "unranked": 1,
        }  # fmt: skip
        rows = [
            (row["rank"], row["firm"], row["reached_recoveries"], row["dependent_recoveries"])
            for row in found["rows"]
        ]
        assert rows == [(1, "Alder AG", 2, 2), (1, "Birch Ltd", 2, 2)]
        assert [row["documents"] for row in found["rows"]] == [2, 2]
        for row in found["rows"]:
            # The same hundred came and went: never two hundred.
            hundred = [{"amount": 100, "unit": "pcs"}]
            assert row["trade"]["received"]["quantities"] == row["trade"]["sent"]["quantities"] == hundred
            assert row["trade"]["received"]["unvalued"] == 1
        assert found["removals"][0]["recoveries_left"] == 0

    def test_the_table_begins_with_the_coverage(self, world: str, run: Run) -> None:
        assert run(world, "trace", "chokepoints").out.startswith(
            "Coverage: 2 of 2 recoveries with a known supply path (2 of 3 components)."
        )

    def test_by_country_firm_and_weapon(self, world: str, run: Run) -> None:
        (row,) = answer(run, world, "chokepoints", "--country", "HK")["rows"]
        assert row["firm"] == "Birch Ltd"
        assert answer(run, world, "chokepoints", "--firm", "South Semi")["rows"] == []
        assert answer(run, world, "chokepoints", "--weapon", "Kh-59")["coverage"]["recoveries"] == 0
        assert len(answer(run, world, "chokepoints", "--with-makers")["rows"]) == 2
        assert len(answer(run, world, "chokepoints", "--min-documents", "1")["rows"]) == 3

    def test_recurring_counts_no_recovery_in_two_classes(self, own: str, run: Run, tmp_path: Path) -> None:
        said = (
            "--from",
            BIRCH,
            "--to",
            CEDAR,
            "--component",
            "w1",
            "--class",
            "allegation",
            "--source",
            "court",
        )
        assert run(own, "log", "transfer", *said).code == 0
        rows = answer(run, own, "recurring", "--class", "any")["rows"]
        assert {row["firm"]: row["recoveries"] for row in rows} == {
            "Alder AG": 2,
            "Birch Ltd": 2,
            "OOO Cedar": 1,
        }
        for row in rows:
            assert sum(row["by_class"].values()) == row["recoveries"]
            assert row["by_class"]["allegation"] == 0

    def test_gaps_name_whom_to_ask_by_what_would_gain(self, world: str, run: Run) -> None:
        rows = [
            (row["firm"], row["question"], row["recoveries"]) for row in answer(run, world, "gaps")["rows"]
        ]
        assert sorted(rows) == [
            ("Birch Ltd", "next_recipient", 1),
            ("OOO Cedar", "next_recipient", 1),
            ("South Semi", "first_buyer", 1),
        ]
        shown = run(world, "trace", "gaps").out
        assert "Whom did it pass to?" in shown and "Who bought it first?" in shown

    @pytest.mark.parametrize("words", [("chokepoints",), ("recurring",), ("gaps",), ("graph",), ("due",)])
    def test_an_empty_database_is_no_error(self, fresh: str, run: Run, words: tuple[str, ...]) -> None:
        assert run(fresh, "trace", *words).code == 0

    def test_a_class_that_does_not_exist(self, world: str, run: Run) -> None:
        done = run(world, "trace", "chokepoints", "--class", "rumour")
        assert done.code == 2
        assert "item_document" in done.err


class TestConfidence:
    def test_a_name_given_in_confidence_is_in_no_answer_and_no_graph(
        self, own: str, run: Run, tmp_path: Path
    ) -> None:
        run(own, "trace", "request", "w1", "North Semi", "--sent", "2026-01-05", "--received", "2026-01-06")
        (request,) = answer(run, own, "due")["rows"]
        told = run(
            own, "trace", "answer", request["ref"], "full", "--on", "2026-01-20", "--role", "maker",
            "--sold-to", "Geheim GmbH|authorised_distributor|DE", "--in-confidence", "Geheim GmbH",
            "--said", "Sold to geheim  gmbh in 2020.", "--date", "2020",
        )  # fmt: skip
        assert told.code == 0, told.err
        graph_file = tmp_path / "chain.svg"
        letter = tmp_path / "letter.md"
        asked = [
            run(own, "trace", "path", "w1"),
            run(own, "trace", "from", "North Semi", "--class", "any"),
            run(own, "trace", "gaps", "--limit", "0"),
            run(own, "trace", "recurring", "--class", "any"),
            run(own, "trace", "graph", "--out", graph_file),
            run(own, "trace", "graph"),
            run(own, "trace", "request", "w1", "Alder AG", "--letter", letter),
            run(own, "show", request["ref"]),
            run(own, "show", "w1"),
            run(own, "exposure", "North Semi"),
        ]
        for done in asked:
            assert done.code == 0, done.err
            assert "geheim" not in done.out.casefold()
        assert "geheim" not in graph_file.read_text(encoding="utf-8").casefold()
        assert "geheim" not in letter.read_text(encoding="utf-8").casefold()
        assert "[named in confidence]" in asked[0].out
        assert run(own, "find", "Geheim").code == 4
        shown = run(own, "trace", "path", "w1", "--show-confidential").out
        assert "Geheim GmbH (in confidence)" in shown

    def test_the_country_of_who_was_named_in_confidence_is_shown_nowhere(
        self, own: str, run: Run, tmp_path: Path
    ) -> None:
        # Nobody else of the small world is of Liechtenstein, so that its code can only be its.
        hidden = "Geheim GmbH|broker|LI"
        for sender, recipient in (("Alder AG", hidden), (hidden, "OOO Cedar")):
            logged = run(
                own, "log", "transfer", "--from", sender, "--to", recipient, "--in-confidence", "Geheim GmbH",
                "--component", "w1", "--date", "2021", "--source", "ours",
            )  # fmt: skip
            assert logged.code == 0, logged.err
        figures = [
            row
            for question in (("chokepoints", "--min-documents", "1"), ("recurring",))
            for row in answer(run, own, *question, "--class", "any", "--with-makers")["rows"]
        ]
        assert {"OOO Cedar"} <= {row["firm"] for row in figures}
        assert not [
            row for row in figures if "LI" in row["trade"]["countries"] + row["trade"]["partner_countries"]
        ]
        assert not answer(run, own, "recurring", "--class", "any", "--country", "LI")["rows"]
        for ending in ("svg", "dot", "graphml", "gexf", "html"):
            graph_file = tmp_path / f"chain.{ending}"
            assert run(own, "trace", "graph", "w1", "--class", "any", "--out", graph_file).code == 0
            drawn = graph_file.read_text(encoding="utf-8")
            assert "geheim" not in drawn.casefold()
            assert not re.search(r"\bLI\b", drawn)

    def test_asking_for_a_country_does_not_tell_which_known_firm_was_named_in_confidence(
        self, own: str, run: Run
    ) -> None:
        logged = run(
            own, "log", "transfer", "--from", "OOO Cedar|broker|LI", "--in-confidence", "OOO Cedar",
            "--to", "Fir Ltd", "--component", "w1", "--date", "2021", "--source", "ours",
        )  # fmt: skip
        assert logged.code == 0, logged.err
        assert "OOO Cedar" in [row["firm"] for row in answer(run, own, "recurring", "--class", "any")["rows"]]
        for question in (("chokepoints", "--min-documents", "1"), ("recurring",)):
            assert not answer(run, own, *question, "--class", "any", "--country", "LI")["rows"]


class TestGraph:
    @pytest.mark.parametrize("ending", ["svg", "dot", "graphml", "gexf", "html"])
    def test_every_kind_of_file_has_its_basis_beside_it(
        self, world: str, run: Run, tmp_path: Path, ending: str
    ) -> None:
        file = tmp_path / f"chain.{ending}"
        assert run(world, "trace", "graph", "--out", file).code == 0
        assert "Birch Ltd" in file.read_text(encoding="utf-8")
        basis = json.loads((tmp_path / f"chain.{ending}.basis.json").read_text(encoding="utf-8"))
        assert basis["basis"]["counted"] == {"components": 2, "recoveries": 2}

    def test_a_payment_for_goods_of_the_same_customs_code_documents_no_path(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        payment = {"part number": "", "maker": "", "hs": "854231", "evidence": "bank_record"}
        fill_world(run, fresh, tmp_path, (transfer("p", CEDAR, "Plant 9", "2022-01-10", "7", **payment),))
        finds = write_list(
            tmp_path / "more.csv",
            ({"id": "w9", "recovery": "C1", "weapon": "Kh-101", "serial": "7009", "maker": "East Semi",
              "mpn": "EAST-1", "hs6": "854231", "recovered": "2023-03-01"},),
        )  # fmt: skip
        assert run(fresh, "import", "components", "--no-read", finds, "--source", "more").code == 0
        shown = " ".join(run(fresh, "trace", "graph", "w9").out.split())
        assert "1 transfer, 100 pcs, not documented" in shown
        assert "only a customs code connects to the recovered item" in shown
        around = " ".join(run(fresh, "trace", "graph", "--around", "OOO Cedar").out.split())
        assert "1 transfer, 100 pcs, documented" in around

    def test_the_tree_goes_from_maker_to_weapon(self, world: str, run: Run) -> None:
        shown = run(world, "trace", "graph", "w1").out
        assert shown.index("North Semi") < shown.index("Birch Ltd") < shown.index("Kh-101: 1 recovery")
        assert "gap: no record shows this step" in shown

    def test_around_a_firm(self, world: str, run: Run) -> None:
        assert "OOO Cedar" in run(world, "trace", "graph", "--around", "Alder AG").out

    def test_another_ending_is_refused(self, world: str, run: Run, tmp_path: Path) -> None:
        done = run(world, "trace", "graph", "--out", tmp_path / "chain.jpg")
        assert done.code == 2
        assert ".svg" in done.err

    def test_what_cannot_be_written_is_said(self, world: str, run: Run, tmp_path: Path) -> None:
        assert run(world, "trace", "graph", "--out", tmp_path / "gone" / "chain.svg").code == 3


class TestLogTransfer:
    def test_a_transfer_needs_source_parties_and_goods(self, fresh: str, run: Run) -> None:
        assert run(fresh, "log", "transfer", "--from", "A", "--part", "X").code == 2
        assert "no party" in run(fresh, "log", "transfer", "--part", "X", "--source", "s").err
        assert "nothing says what moved" in run(fresh, "log", "transfer", "--from", "A", "--source", "s").err
        assert run(fresh, "log", "transfer", "--from", "A|boss", "--part", "X", "--source", "s").code == 2

    def test_it_is_shown_and_sealed(self, fresh: str, run: Run) -> None:
        done = run(
            fresh, "log", "transfer", "--from", NORTH, "--part", "NORTH-1", "--source", "s",
            "--format", "json",
        )  # fmt: skip
        ref = done.json["rows"][0]["ref"]
        assert run(fresh, "show", ref).code == 0

    def test_a_component_that_is_not_on_record(self, fresh: str, run: Run) -> None:
        said = ("--from", "A", "--component", "nowhere-1", "--source", "s")
        assert run(fresh, "log", "transfer", *said).code == 4


def test_a_transfer_to_oneself_and_a_cycle_do_no_harm(fresh: str, run: Run, tmp_path: Path) -> None:
    rows = (
        transfer("a", NORTH, ALDER, "2021-01-10", "1"), transfer("b", ALDER, ALDER, "2021-01-11", "2"),
        transfer("c", ALDER, BIRCH, "2021-01-12", "3"), transfer("d", BIRCH, ALDER, "2021-01-13", "4"),
        transfer("e", ALDER, CEDAR, "2021-01-14", "5"),
    )  # fmt: skip
    fill_world(run, fresh, tmp_path, rows)
    (path,) = answer(run, fresh, "path", "w1")["rows"]
    assert [step["recipient"] for step in path["steps"]] == ["Alder AG", "OOO Cedar", "Kh-101 W1"]
    found = answer(run, fresh, "chokepoints")
    assert "Transfers from a firm to itself are on no path: 1." in found["basis"]["notes"]


class TestHandling:
    def test_an_answer_is_as_strict_as_the_strictest_transfer(self, own: str, run: Run) -> None:
        assert answer(run, own, "path", "w1")["basis"]["handling"]["tlp"] == "AMBER"
        said = ("--from", BIRCH, "--to", CEDAR, "--component", "w1", "--source", "ours", "--tlp", "RED")
        assert run(own, "log", "transfer", *said).code == 0
        for words in (("path", "w1"), ("chokepoints",), ("gaps",), ("from", "Birch Ltd")):
            assert answer(run, own, *words)["basis"]["handling"]["tlp"] == "RED", words

    def test_what_is_marked_more_strictly_stays_out(self, own: str, run: Run) -> None:
        said = (
            "--from",
            CEDAR,
            "--to",
            "Red Ltd",
            "--part",
            "NORTH-1",
            "--maker",
            "North Semi",
            "--date",
            "2022",
        )
        assert run(own, "log", "transfer", *said, "--source", "ours", "--tlp", "RED").code == 0
        for words in (("path", "w1"), ("from", "Birch Ltd"), ("graph",)):
            assert "Red Ltd" in run(own, "trace", *words).out
            assert "Red Ltd" not in run(own, "trace", *words, "--max-tlp", "AMBER").out
        assert answer(run, own, "chokepoints", "--max-tlp", "GREEN")["rows"] == []
