"""Logging by flags, as a script or a person in a hurry does: what is written, refused, asked and audited."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path

import pytest

from tests.importing.state import assert_chain_holds, assert_facts_are_current, rows_of
from tests.support.field_log import component, only, recovery, ref_of, say, standing


class TestRecovery:
    """One wreck."""

    def test_keeps_what_was_said_and_leaves_the_rest_unknown(self, ready: str) -> None:
        words = ["--serial", "3152638829015", "--place", "Куп'янськ", "--position", "37U CR 0149 4158"]
        ref = recovery(ready, *words, "--tlp", "green", "--credibility", "2")
        row = only(ready, "recovery")
        assert ref.startswith("R-")
        assert uuid.UUID(row.uid).version == 7
        assert (row.kind, row.extent, row.place, row.tlp) == ("battlefield", "specimen", "Куп'янськ", "GREEN")
        assert (row.country, row.variant, row.note) == (None, None, None)
        assert only(ready, "recovery_serial").value == "3152638829015"
        dated = only(ready, "recovery_date")
        assert (dated.kind, str(dated.earliest), dated.as_written) == ("used", "2024-01-02", "2024-01-02")
        lies = only(ready, "recovery_position")
        assert (round(lies.latitude, 3), round(lies.longitude, 3), lies.precision_m) == (49.994, 36.230, 10)
        assert lies.as_written == "37U CR 0149 4158"

    def test_has_a_source_a_citation_and_a_link_of_the_chain(self, ready: str) -> None:
        recovery(ready, "--credibility", "2")
        row, cited = only(ready, "recovery"), rows_of(ready, "citation")[-1]
        source = next(each for each in rows_of(ready, "source") if each.id == cited.source_id)
        assert (cited.recovery_id, cited.credibility) == (row.id, 2)
        assert (source.publisher, source.title) == ("olena", "Field log")
        assert json.loads(cited.raw_text)["weapon"] == "Kh-101"
        link = rows_of(ready, "audit_entry")[-1]
        assert (link.actor, link.action, link.record_uid) == ("olena", "log recovery", row.uid)
        assert_chain_holds(ready)
        assert_facts_are_current(ready)

    def test_a_weapon_by_any_of_its_names_is_the_known_one(self, ready: str) -> None:
        for name in ("Герань-2", "Geran-2"):
            say(ready, "log", "recovery", "--weapon", name)
        assert len({row.weapon_system_id for row in rows_of(ready, "recovery")}) == 1

    def test_a_weapon_that_nobody_knows_is_new_and_said_to_be(self, ready: str) -> None:
        words = ("log", "recovery", "--weapon", "Xy-99 Zap", "--weapon-kind", "drone")
        assert say(ready, *words).code == 4
        said = say(ready, *words, "--new-weapon")
        assert "no known weapon is called Xy-99 Zap" in said.err
        made = next(row for row in rows_of(ready, "weapon_system") if row.designation == "Xy-99 Zap")
        assert (made.kind, made.verification) == ("drone", "unverified")

    def test_a_position_off_the_globe_is_refused_and_nothing_is_kept(self, ready: str) -> None:
        said = say(ready, "log", "recovery", "--weapon", "Kh-101", "--place", "95.0, 36.2")
        assert said.code == 3
        assert "off the globe" in said.err
        assert rows_of(ready, "recovery") == []

    def test_a_date_in_the_future_is_questioned(self, ready: str) -> None:
        words = ["log", "recovery", "--weapon", "Kh-101", "--used", "2094-01-02"]
        said = say(ready, *words)
        assert said.code == 3
        assert "is in the future" in said.err
        assert "--yes" in said.err
        assert say(ready, *words, "--yes").code == 0

    def test_a_seizure_has_a_form_of_its_own(self, ready: str) -> None:
        said = say(ready, "log", "recovery", "--weapon", "Kh-101", "--kind", "seizure")
        assert "provenance log seizure" in said.err

    def test_without_a_word_it_asks_nobody_where_nobody_sits(self, ready: str) -> None:
        said = say(ready, "log", "component")
        assert said.code == 3
        assert "--recovery" in said.err
        for kind in ("recovery", "seizure"):
            said = say(ready, "log", kind)
            assert (said.code, said.out) == (2, "")
            assert "--guided" in said.err
        assert rows_of(ready, "recovery") == []
        assert say(ready, "log", "recovery", "--note", "a crater").code == 0

    def test_what_is_not_utf_8_is_refused_before_anything_is_written(self, fresh: str) -> None:
        typed = os.fsdecode(b"\xd0")  # half a Ukrainian letter
        ref = recovery(fresh)
        for words in (["component", "--recovery", ref, "--note", typed], ["recovery", "--weapon", typed]):
            said = say(fresh, "log", *words)
            assert (said.code, said.out) == (3, ""), said.err
            assert "not UTF-8" in said.err
        said = say(fresh, "log", "custody", ref, "--at", "2024-05-03", "--to", typed)
        assert (said.code, "not UTF-8" in said.err, "Traceback" in said.err) == (3, True, False)
        assert rows_of(fresh, "component") == rows_of(fresh, "custody_event") == []


class TestComponent:
    """One chip."""

    def test_left_open_it_is_read_tentatively_and_the_candidates_are_offered(self, ready: str) -> None:
        ref = recovery(ready)
        said = say(ready, "log", "component", "--recovery", ref, "--marking", "AD7606BSTZ // #2135")
        assert "Analog Devices AD7606BSTZ" in said.err
        assert "not findings" in said.err
        row = only(ready, "component")
        assert (row.marking, row.marking_state, row.pieces) == ("AD7606BSTZ\n#2135", "present", None)
        (part,), (maker,) = rows_of(ready, "identification"), rows_of(ready, "maker_attribution")
        assert {(part.status, part.said_by), (maker.status, maker.said_by)} == {("tentative", None)}
        assert (str(row.made_earliest), row.category) == ("2021-08-30", "analog")

    def test_a_candidate_is_taken_by_its_number_tentatively(self, ready: str) -> None:
        component(ready, recovery(ready), "--marking", "AD7606BSTZ // #2135", "--candidate", "1")
        (part,), (maker,) = standing(ready, "identification"), standing(ready, "maker_attribution")
        assert (part.as_written, part.status, part.said_by) == ("AD7606BSTZ", "tentative", "olena")
        assert (maker.status, maker.said_by) == ("tentative", "olena")

    def test_confirmed_needs_a_basis_and_then_counts(self, ready: str) -> None:
        ref = recovery(ready)
        words = ["--maker", "Analog Devices", "--mpn", "AD7606BSTZ", "--identification", "confirmed"]
        said = say(ready, "log", "component", "--recovery", ref, *words)
        assert said.code == 3
        assert "basis" in said.err
        component(ready, ref, *words, "--basis", "logo and number under a microscope", "--said-by", "Lab 4")
        (part,) = standing(ready, "identification")
        assert (part.status, part.method, part.said_by) == (
            "confirmed",
            "logo and number under a microscope",
            "Lab 4",
        )
        top = say(ready, "top", "--min-recoveries", "1", "--format", "json").rows
        assert [(row["firm"], row["recoveries"], row["components"]) for row in top] == [
            ("Analog Devices", 1, 1)
        ]
        assert_facts_are_current(ready)

    def test_a_candidate_that_is_not_there(self, ready: str) -> None:
        words = ["--marking", "Zz", "--candidate", "9"]
        said = say(ready, "log", "component", "--recovery", recovery(ready), *words)
        assert said.code == 2
        assert rows_of(ready, "component") == []

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--authenticity", "suspect"], "basis"),
            (["--counterfeit-kind", "cloned"], "authenticity"),
            (["--marking-state", "obliterated"], "marking_state"),
            (["--identification", "unidentified", "--mpn", "LT1086"], "identification"),
            (["--identification", "confirmed", "--basis", "seen"], "identification"),
            (["--pieces", "0"], "pieces"),
            (["--tlp", "purple"], "tlp"),
        ],
    )
    def test_cells_that_contradict_each_other_are_refused(
        self, fresh: str, words: list[str], told: str
    ) -> None:
        ref = recovery(fresh)
        said = say(fresh, "log", "component", "--recovery", ref, "--marking", "LT1086", *words)
        assert said.code == 3
        assert told in said.err
        assert rows_of(fresh, "component") == []

    def test_a_doubt_has_its_kind_its_author_and_its_basis(self, ready: str) -> None:
        words = ["--authenticity", "suspect", "--counterfeit-kind", "remarked", "--basis", "ghost marking"]
        component(ready, recovery(ready), "--marking", "LT1086", *words, "--laboratory", "KNDISE")
        said = only(ready, "assessment")
        assert (said.aspect, said.value, said.counterfeit_kind) == ("authenticity", "suspect", "remarked")
        assert (said.said_by, said.basis, said.actor) == ("KNDISE", "ghost marking", "olena")
        assert only(ready, "component").authenticity == "suspect"

    def test_a_unit_named_in_passing_is_one_unit(self, ready: str) -> None:
        ref = recovery(ready)
        for marking in ("LT1086", "AD7606"):
            component(ready, ref, "--marking", marking, "--unit", "Board 1")
        unit = only(ready, "unit")
        assert {row.unit_id for row in rows_of(ready, "component")} == {unit.id}
        told = say(ready, "log", "unit", "--recovery", ref, "--label", "Board 1", "--serial", "0417")
        assert "already logged" in told.out
        assert only(ready, "unit").serial == "0417"

    def test_a_recovery_that_is_not_there(self, fresh: str) -> None:
        said = say(fresh, "log", "component", "--recovery", "R-00000-00000", "--marking", "LT1086")
        assert said.code == 4
        other = component(fresh, recovery(fresh), "--marking", "LT1086")
        assert say(fresh, "log", "component", "--recovery", other, "--marking", "X1").code == 4

    def test_a_marking_that_would_act_is_printed_as_it_is(self, fresh: str) -> None:
        ref = recovery(fresh)
        said = say(fresh, "log", "component", "--recovery", ref, "--marking", "\x1b[31m[red]=1+1[/red]")
        assert "\\x1b[31m[red]=1+1[/red]" in said.out


class TestCitation:
    """A publication that reports what was logged."""

    def test_a_known_source_needs_only_its_key(self, ready: str) -> None:
        ref = component(ready, recovery(ready), "--marking", "LT1086")
        words = ["log", "citation", ref, "--source", "gur-war-sanctions", "--record", "4711"]
        said = say(ready, *words, "--credibility", "2", "--published", "2024-03")
        assert said.code in (0, 3)
        new = ["--publisher", "GUR", "--title", "War and Sanctions"] if said.code else []
        assert say(ready, *words, *new, "--credibility", "2").code == 0
        cited = [row for row in rows_of(ready, "citation") if row.record_key == "4711"]
        assert [row.credibility for row in cited] == [2]
        assert "already logged" in say(ready, *words).out

    def test_a_new_source_says_whose_it_is(self, ready: str) -> None:
        ref = recovery(ready)
        words = ["log", "citation", ref, "--source", "defence-blog", "--address", "https://example.org/7"]
        said = say(ready, *words)
        assert said.code == 3
        assert "--publisher" in said.err
        named = [*words, "--publisher", "Defence Blog", "--title", "Wrecks", "--reliability", "C"]
        assert ref_of(say(ready, *named, "--format", "jsonl")).startswith("S-")
        source = next(row for row in rows_of(ready, "source") if row.key == "defence-blog")
        assert (source.reliability, source.origin_group) == ("C", "Defence Blog")
        judged_anew = say(ready, *words, "--reliability", "B")
        assert judged_anew.code == 3
        assert "log belief defence-blog --reliability B --basis TEXT" in " ".join(judged_anew.err.split())

    def test_a_record_reports_one_thing(self, ready: str) -> None:
        one, other = recovery(ready), recovery(ready)
        words = ["--source", "blog", "--record", "1", "--publisher", "P", "--title", "T"]
        assert say(ready, "log", "citation", one, *words).code == 0
        again = say(ready, "log", "citation", other, *words)
        assert again.code == 3
        assert "--record KEY" in again.err


class TestFile:
    """A filled-in template."""

    def test_a_date_in_the_future_is_accepted_on_request(self, ready: str, tmp_path: Path) -> None:
        file = tmp_path / "recoveries.csv"
        file.write_text("recovery_row,weapon,used\n1,Kh-101,2094-01-02\n", "utf-8")
        said = say(ready, "log", "file", file)
        assert said.code == 3
        assert "used 2094-01-02 is in the future" in said.err
        assert "add --yes" in said.err
        assert say(ready, "log", "file", file, "--yes").code == 0

    def test_without_row_ids_its_kind_is_stated(self, ready: str, tmp_path: Path) -> None:
        file = tmp_path / "recoveries.csv"
        file.write_text("weapon,used\nKh-101,2024-01-02\n", "utf-8")
        said = say(ready, "log", "file", file)
        assert said.code == 2
        assert "--kind components" in said.err
        assert say(ready, "log", "file", file, "--kind", "recoveries").code == 0


class TestWithdraw:
    """What was logged by mistake."""

    def test_stays_on_record_and_is_counted_nowhere(self, ready: str) -> None:
        ref = recovery(ready)
        words = ["--maker", "Analog Devices", "--identification", "confirmed", "--basis", "logo"]
        kept, gone = (component(ready, ref, "--marking", marking, *words) for marking in ("AD1", "AD2"))
        said = say(ready, "log", "withdraw", gone, "--reason", "logged twice")
        on_record = "It stays on record and is not counted."
        assert said.out.strip() == f"{gone}: the component is withdrawn. {on_record}"
        for by in ("firm", "weapon"):
            top = say(
                ready, "top", "--by", by, "--country", "any", "--min-recoveries", "1", "--format", "json"
            )
            assert [row["components"] for row in top.rows] == [1], by
        assert [row.withdrawn_at is not None for row in rows_of(ready, "component")] == [False, True]
        assert "withdrawn" in say(ready, "show", gone).out
        assert "withdrawn" not in say(ready, "show", kept).out
        again = say(ready, "log", "withdraw", gone, "--reason", "logged twice")
        assert again.out.strip() == f"{gone}: the component was already withdrawn. {on_record}"
        assert_chain_holds(ready)
        assert_facts_are_current(ready)

    def test_a_recovery_goes_with_its_components(self, ready: str) -> None:
        ref = recovery(ready)
        for marking in ("AD1", "AD2"):
            component(ready, ref, "--marking", marking)
        said = say(ready, "log", "withdraw", ref, "--reason", "exercise")
        assert said.out.startswith(f"{ref}: the recovery is withdrawn, with 2 components. ")
        assert say(ready, "log", "component", "--recovery", ref, "--marking", "AD3").code == 3

    def test_what_is_published_too_is_not_withdrawn(self, ready: str) -> None:
        ref = component(ready, recovery(ready), "--marking", "AD1")
        words = ["--source", "blog", "--record", "1", "--publisher", "P", "--title", "T"]
        say(ready, "log", "citation", ref, *words)
        said = say(ready, "log", "withdraw", ref, "--reason", "no")
        assert said.code == 3
        assert "log belief" in said.err


class TestWhatItIsCalled:
    """A component is called by its marking, or by why it has none; a maker by its name."""

    @pytest.mark.parametrize(
        ("words", "title"),
        [
            (("--marking-state", "illegible"), "illegible marking"),
            (("--marking", "нечитабельне"), "illegible marking"),
            (("--marking-state", "obliterated"), "obliterated marking"),
            (("--marking", "none"), "no marking on it"),
            (("--note", "loose on the board"), "marking not recorded"),
        ],
    )
    def test_a_component_without_a_marking(self, ready: str, words: tuple[str, ...], title: str) -> None:
        said = say(ready, "log", "component", "--recovery", recovery(ready), *words)
        assert said.out.split(maxsplit=1)[1].strip() == title

    def test_the_maker_read_from_a_marking_is_named_and_not_the_marking(self, ready: str) -> None:
        ref = component(ready, recovery(ready), "--marking", "TPS5430DDA TI 2231")
        words = ("--maker", "Analog Devices", "--identification", "confirmed", "--basis", "X-ray")
        said = say(ready, "log", "belief", ref, *words, "--format", "json")
        before = {row["aspect"]: row["before"] for row in said.rows}
        assert before["maker"] == "Texas Instruments (tentative)"
