"""`log photo`, `log photos`, `evidence`, `checklist`, `custody` and `label` as a user meets them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.evidence.photographs import satellites, scene, take
from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases, file_of
from tests.support.pdf import photographed, text_of

Run = Callable[..., Outcome]

CHIP, WRECK = "C-4C73T-9FW2Z", "R-TMRTN-7CDCX"
"""A component of the sample, and the missile that it is in."""


@pytest.fixture
def field(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a database with the sample, and no store yet."""
    import shutil

    address = sqlite_databases.filled(Level.SAMPLE)
    yield address
    shutil.rmtree(f"{file_of(address)}.evidence", ignore_errors=True)
    sqlite_databases.discard(address)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A card with four pictures and a note."""
    folder = tmp_path / "card" / "DCIM" / "100CANON"
    take(folder / f"IMG_0001_{CHIP.lower()}_top_scale.jpg", 1, "2024:05:03 10:00:00")
    take(folder / "IMG_0002.jpg", 2, "2024:05:03 10:02:00")
    take(folder / "IMG_0003.jpg", 3, "2024:05:03 10:30:00", label=WRECK)
    take(folder / "IMG_0004.png", 4)
    (folder / "notes.txt").write_text("found at the fence")
    return tmp_path / "card"


def logged(run: Run, field: str, *words: object) -> list[dict[str, object]]:
    """The rows of a command that logs pictures."""
    done = run(field, "log", *words, "--format", "json")
    assert done.code == 0, done.err
    rows: list[dict[str, object]] = done.json["rows"]
    return rows


class TestPhoto:
    def test_the_store_lies_beside_the_database(self, run: Run, field: str, tmp_path: Path) -> None:
        file = take(tmp_path / "a.jpg", 1, "2024:05:03 10:00:00")
        (row,) = logged(run, field, "photo", file, "--component", CHIP, "--face", "top", "--tlp", "green")
        digest = str(row["sha256"])
        kept = Path(f"{file_of(field)}.evidence") / "originals" / digest[:2] / digest
        assert kept.read_bytes() == file.read_bytes()
        assert (row["new"], row["shows"], row["tlp"]) == (True, [CHIP], "GREEN")
        assert row["taken"] == "2024-05-03 10:00:00"

    def test_the_store_can_lie_elsewhere(
        self, run: Run, field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = take(tmp_path / "a.jpg", 1)
        monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "said"))
        logged(run, field, "photo", file)
        assert (tmp_path / "said" / "originals").is_dir()
        logged(run, field, "photo", file, "--store", tmp_path / "given")
        assert (tmp_path / "given" / "originals").is_dir()

    def test_known_already_says_as_what_and_where(self, run: Run, field: str, tmp_path: Path) -> None:
        file = take(tmp_path / "a.jpg", 1)
        (first,) = logged(run, field, "photo", file, "--component", CHIP)
        file.rename(tmp_path / "copy.jpg")
        done = run(field, "log", "photo", tmp_path / "copy.jpg")
        assert f"copy.jpg: the same photo is logged as {first['photo']} (a.jpg), shows {CHIP}" in done.out

    def test_nearly_the_same_says_how_near_and_where(self, run: Run, field: str, tmp_path: Path) -> None:
        logged(run, field, "photo", take(tmp_path / "a.jpg", 1), "--component", CHIP)
        scene(1).resize((320, 240)).save(tmp_path / "small.jpg")
        done = run(field, "log", "photo", tmp_path / "small.jpg")
        assert re.search(
            rf"small.jpg: similar to H-\S+ \(a.jpg\), \d+ of 256 bits differ; that one shows {CHIP}", done.out
        )

    def test_a_wrong_clock_is_asked_about_and_mended_for_the_card(
        self, run: Run, field: str, tmp_path: Path
    ) -> None:
        file = take(tmp_path / "a.jpg", 1, "2024:05:03 10:11:00", gps=satellites("2024:05:03", 7, 0))
        (row,) = logged(run, field, "photo", file)
        assert "a clock offset of -00:11:00 would" in str(row["questions"])
        (row,) = logged(run, field, "photos", tmp_path, "--clock-offset", "-00:11:00")
        assert (row["new"], row["corrected"], row["questions"]) == (False, True, [])
        assert (row["camera_time"], row["taken"]) == ("2024-05-03 10:11:00", "2024-05-03 10:00:00")

    def test_a_label_that_says_otherwise_is_asked_about(self, run: Run, field: str, tmp_path: Path) -> None:
        file = take(tmp_path / "a.jpg", 1, label=WRECK)
        (row,) = logged(run, field, "photo", file, "--component", CHIP)
        assert (row["shows"], row["questions"]) == ([CHIP], [f"its label says {WRECK}"])

    def test_a_day_that_is_still_to_come_needs_a_yes(self, run: Run, field: str, tmp_path: Path) -> None:
        file = take(tmp_path / "a.jpg", 1)
        done = run(field, "log", "photo", file, "--taken", "2099")
        assert (done.code, done.out) == (3, "")
        assert "--yes" in done.err
        (row,) = logged(run, field, "photo", file, "--taken", "2099", "--yes")
        assert "in the future" in str(row["questions"])

    def test_a_broken_one_is_kept_and_said_to_be_unreadable(
        self, run: Run, field: str, tmp_path: Path
    ) -> None:
        file = take(tmp_path / "a.jpg", 1)
        file.write_bytes(file.read_bytes()[:4000])
        done = run(field, "log", "photo", file)
        assert done.code == 0
        assert "a.jpg: cannot be decoded" in done.out and "Traceback" not in done.err
        assert run(field, "evidence", "verify").code == 0

    def test_asked_line_by_line(self, run: Run, field: str, tmp_path: Path) -> None:
        file = take(tmp_path / "a picture.jpg", 1)
        files = f"\n'{file}\n{tmp_path / 'gone.jpg'}\n{file}\n"  # an open quotation mark; blanks as they are
        answers = (
            f"{files}C-00000-00000\n{CHIP}\ntop, roof\ntop, scale\nwhen it rained\n05.2024\n2024-05\n3\n\n"
        )
        done = run(field, "log", "photo", "--guided", "--language", "en", stdin=answers)
        assert done.code == 0, done.err
        assert done.err.count("Not understood") == 6
        (row,) = run(field, "evidence", "list", CHIP, "--format", "json").rows
        assert (row["views"], row["taken"], row["taken_basis"]) == (["scale", "top"], "2024-05", "stated")
        assert row["tlp"] == "AMBER"

    def test_a_form_that_is_answered_with_no_logs_nothing(self, run: Run, field: str, tmp_path: Path) -> None:
        answers = f"{take(tmp_path / 'a.jpg', 1)}\n?\n?\n?\n?\nні\n"
        done = run(field, "log", "photo", "--guided", "--language", "uk", stdin=answers)
        assert done.code != 0 and "Нічого не записано" in done.err
        assert run(field, "evidence", "unattached", "--format", "json").rows == []

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["gone.jpg"], 3),
            (["a.jpg", "--component", "C-00000-00000"], 4),
            (["a.jpg", "--component", WRECK], 2),
            (["a.jpg", "--recovery", "Kh-101"], 2),
            (["a.jpg", "--face", "inside"], 2),
            (["a.jpg", "--tlp", "PINK"], 2),
            (["a.jpg", "--clock-offset", "1h"], 2),
            (["a.jpg", "--taken", "when it rained"], 2),
            (["a.jpg", "empty.jpg"], 3),
            (["notes.txt"], 3),
            ([], 2),
        ],
    )
    def test_what_makes_no_sense_leaves_nothing(
        self,
        run: Run,
        field: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        words: list[str],
        code: int,
    ) -> None:
        take(tmp_path / "a.jpg", 1)
        (tmp_path / "empty.jpg").write_bytes(b"")
        (tmp_path / "notes.txt").write_text("found at the fence")
        monkeypatch.chdir(tmp_path)
        done = run(field, "log", "photo", *words)
        assert (done.code, done.out) == (code, ""), done.err
        assert run(field, "evidence", "unattached", "--format", "json").rows == []

    def test_a_database_on_a_server_needs_to_be_told_where(
        self, run: Run, ready: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PROVENANCE_STORE", raising=False)
        file = take(tmp_path / "a.jpg", 1)
        if ready.startswith("sqlite"):
            pytest.skip("this one has a folder of its own")
        done = run(ready, "log", "photo", file)
        assert done.code == 2
        assert "--store FOLDER" in done.err
        assert run(ready, "log", "photo", file, "--store", tmp_path / "store").code == 0


class TestCard:
    def test_what_is_attached_says_why_and_the_rest_waits(self, run: Run, field: str, card: Path) -> None:
        done = run(field, "log", "photos", card)
        assert done.code == 0
        assert f"IMG_0002.jpg to {CHIP}: taken 2:00 min after the label photo" in done.out
        assert f"IMG_0003.jpg to {WRECK}: QR code of {WRECK} in the photo" in done.out
        assert "notes.txt: not a photo by its name" in done.out
        counted = "new 4, already logged 0, attached 3, unattached 1, skipped 1, out of files 5"
        assert counted in " ".join(done.out.split())
        waiting = run(field, "evidence", "unattached", "--format", "json")
        assert [row["file"] for row in waiting.rows] == ["IMG_0004.png"]
        assert waiting.json["basis"]["counted"] == {"photos": 1}
        assert waiting.json["basis"]["out_of"] == {"photos": 4}

    def test_attach_and_detach_by_hand(self, run: Run, field: str, card: Path) -> None:
        run(field, "log", "photos", card)
        (photo,) = (row["photo"] for row in run(field, "evidence", "unattached", "--format", "json").rows)
        done = run(field, "evidence", "attach", photo, CHIP, "--face", "marking")
        assert done.code == 0 and f"shows АВТЕ16245 ({CHIP})" in done.out
        assert "already attached" in run(field, "evidence", "attach", photo, CHIP).out
        assert run(field, "evidence", "unattached", "--format", "json").rows == []
        listed = run(field, "evidence", "list", CHIP, "--format", "json")
        assert [(row["file"][:8], row["basis"], row["views"]) for row in listed.rows] == [
            ("IMG_0001", "label_in_name", ["scale", "top"]),
            ("IMG_0002", "after_label", []),
            ("IMG_0004", "stated", ["marking"]),
        ]
        assert run(field, "evidence", "detach", photo, CHIP, "--reason", "the chip beside it").code == 0
        shown = run(field, "show", photo, "--format", "json").rows[0]["shows"]
        withdrawn = [(row["current"], row["withdrawn_reason"]) for row in shown]
        assert withdrawn == [(False, "the chip beside it")]
        assert run(field, "evidence", "detach", photo, CHIP, "--reason", "again").code == 4

    def test_a_recovery_lists_what_is_in_it(self, run: Run, field: str, card: Path) -> None:
        run(field, "log", "photos", card)
        listed = run(field, "evidence", "list", WRECK, "--format", "json")
        assert [row["shows"] for row in listed.rows] == [CHIP, CHIP, WRECK]
        assert listed.json["basis"]["handling"] == {"tlp": "AMBER", "unmarked": 3}

    def test_what_is_marked_more_strictly_can_be_left_out(self, run: Run, field: str, tmp_path: Path) -> None:
        for seed, mark in enumerate(("GREEN", "RED")):
            file = take(tmp_path / f"{mark}.jpg", seed)
            run(field, "log", "photo", file, "--component", CHIP, "--tlp", mark)
        whole = run(field, "evidence", "list", CHIP, "--format", "json")
        assert whole.json["basis"]["handling"]["tlp"] == "RED"
        mild = run(field, "evidence", "list", CHIP, "--max-tlp", "amber", "--format", "json")
        assert [row["file"] for row in mild.rows] == ["GREEN.jpg"]
        # The missile itself has no mark, and counts as AMBER.
        assert mild.json["basis"]["handling"]["tlp"] == "AMBER"
        (left_out, *_others) = mild.json["basis"]["cautions"]
        assert left_out == "Left out: 1 photo stricter than TLP:AMBER."

    def test_show_has_photos_and_custody(self, run: Run, field: str, card: Path) -> None:
        run(field, "log", "photos", card)
        run(field, "log", "custody", CHIP, "--at", "2024-05-03", "--from", "Squad 7", "--to", "Lab")
        (row,) = run(field, "show", CHIP, "--format", "json").rows
        assert [each["attachment_basis"] for each in row["photos"]] == ["label_in_name", "after_label"]
        assert [(each["from_holder"], each["to_holder"]) for each in row["custody"]] == [("Squad 7", "Lab")]
        entry = row["custody"][0]["ref"]
        assert run(field, "show", entry, "--format", "json").rows[0]["about"] == CHIP

    def test_csv_and_its_basis_beside_it(self, run: Run, field: str, card: Path, tmp_path: Path) -> None:
        run(field, "log", "photos", card)
        out = tmp_path / "list.csv"
        assert run(field, "evidence", "list", WRECK, "--format", "csv", "--out", out).code == 0
        assert out.read_text("utf-8").startswith("photo,file,sha256,")
        assert '"tlp": "AMBER"' in (tmp_path / "list.csv.basis.json").read_text("utf-8")


class TestVerify:
    def test_damage_is_7_and_the_card_mends_it(self, run: Run, field: str, card: Path) -> None:
        run(field, "log", "photos", card)
        assert run(field, "evidence", "verify").code == 0
        store = Path(f"{file_of(field)}.evidence")
        first, second, *_ = sorted((store / "originals").glob("*/*"))
        first.chmod(0o644)
        first.write_bytes(b"x")
        second.unlink()
        done = run(field, "evidence", "verify", "--format", "json")
        assert done.code == 7
        assert sorted(row["fate"] for row in done.rows) == ["altered", "missing"]
        assert done.json["basis"]["counted"] == {"whole_files": 6}
        assert run(field, "log", "photos", card).code == 0
        assert run(field, "evidence", "verify").code == 0

    def test_another_store_holds_none_of_it(self, run: Run, field: str, card: Path, tmp_path: Path) -> None:
        run(field, "log", "photos", card)
        assert run(field, "evidence", "verify", "--store", tmp_path / "empty").code == 7


class TestCustody:
    def test_a_gap_and_an_overlap_are_rows_of_their_own(self, run: Run, field: str) -> None:
        for at, giver, taker in (
            ("2024-05-03 10:00+03:00", "Squad 7", "Lab"),
            ("2024-05-09", "Customs", "Museum"),
            ("2024-05-12", "Customs", "Lab"),
        ):
            done = run(field, "log", "custody", WRECK, "--at", at, "--from", giver, "--to", taker)
            assert done.code == 0, done.err
            assert re.search(r"Logged: K-\S{5}-\S{5}", done.err)
        found = run(field, "custody", WRECK, "--format", "json")
        assert [row["kind"] for row in found.rows] == ["entry", "gap", "entry", "overlap", "entry"]
        assert found.json["basis"]["counted"] == {"entries": 3, "gaps": 1, "overlaps": 1, "questions": 0}
        assert found.code == 0

    def test_an_entry_left_out_for_its_mark_is_not_shown_as_a_gap(self, run: Run, field: str) -> None:
        hands = (("2024-05-03", "Squad 7", "Lab", "GREEN"), ("2024-05-04", "Lab", "Agency", "RED"))
        for at, giver, taker, mark in (*hands, ("2024-05-05", "Customs", "Museum", "GREEN")):
            words = ("--at", at, "--from", giver, "--to", taker, "--tlp", mark)
            assert run(field, "log", "custody", WRECK, *words).code == 0
        found = run(field, "custody", WRECK, "--max-tlp", "AMBER", "--format", "json")
        assert [(row["kind"], row["to_holder"]) for row in found.rows] == [
            ("entry", "Lab"),
            ("entry", "Museum"),
        ]
        assert any("2 rows stricter than" in caution for caution in found.json["basis"]["cautions"])
        assert "Agency" not in found.out

    def test_nothing_known_is_said_so(self, run: Run, field: str) -> None:
        done = run(field, "custody", WRECK)
        assert done.code == 0
        assert "No entry: who has had it is unknown." in done.out

    def test_a_correction(self, run: Run, field: str) -> None:
        done = run(field, "log", "custody", WRECK, "--at", "2024-05-03", "--to", "Lba")
        entry = re.search(r"K-\S+", done.err)
        assert entry
        words = ("--at", "2024-05-03", "--to", "Lab", "--corrects", entry[0])
        assert run(field, "log", "custody", WRECK, *words).code == 0
        assert [row["to_holder"] for row in run(field, "custody", WRECK, "--format", "json").rows] == ["Lab"]
        assert run(field, "show", entry[0], "--format", "json").rows[0]["corrected_by"]

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ([WRECK, "--at", "2099-01-01", "--to", "Lab"], 3),
            ([WRECK, "--at", "2024-05-03"], 2),
            ([WRECK, "--at", "when it rained", "--to", "Lab"], 2),
            ([WRECK, "--to", "Lab"], 2),
            (["Kh-101", "--at", "2024-05-03", "--to", "Lab"], 2),
            (["R-00000-00000", "--at", "2024-05-03", "--to", "Lab"], 4),
        ],
    )
    def test_what_makes_no_sense(self, run: Run, field: str, words: list[str], code: int) -> None:
        done = run(field, "log", "custody", *words)
        assert (done.code, done.out) == (code, ""), done.err
        assert run(field, "custody", WRECK, "--format", "json").rows == []

    def test_asked_line_by_line_in_either_language(self, run: Run, field: str) -> None:
        answers = f"Kh-101\n{WRECK}\nwhen?\n2099\n?\n\nLab\n\n0041\n?\n?\nтак\nт\n"
        done = run(field, "log", "custody", "--guided", "--language", "uk", stdin=answers)
        assert done.code == 0, done.err
        assert "Не зрозуміло: ідентифікатор знахідки, блока чи компонента" in done.err
        assert "Не зрозуміло: дата або дата й час" in done.err
        (row,) = run(field, "custody", WRECK, "--format", "json").rows
        assert (row["at"], row["from_holder"], row["to_holder"], row["seal"], row["reason"]) == (
            "2099", None, "Lab", "0041", None,
        )  # fmt: skip

    def test_the_last_entry_is_what_enter_takes(self, run: Run, field: str) -> None:
        first = ("log", "custody", WRECK, "--at", "03.05.2024 14:20", "--to", "Olena", "--tlp", "GREEN")
        assert run(field, *first).code == 0
        answers = "\n2024-05-04\n\nLaboratory\n\n\n\n\n\n"
        done = run(field, "log", "custody", "--guided", "--language", "en", stdin=answers)
        assert done.code == 0, done.err
        rows = run(field, "custody", WRECK, "--format", "json").rows
        assert [(row["kind"], row["from_holder"], row["to_holder"], row["tlp"]) for row in rows] == [
            ("entry", None, "Olena", "GREEN"),
            ("entry", "Olena", "Laboratory", "GREEN"),
        ]


class TestChecklist:
    def test_by_what_is_there(self, run: Run, field: str, card: Path) -> None:
        run(field, "log", "photos", card)
        found = run(field, "checklist", CHIP, "--format", "json")
        there = {row["item"] for row in found.rows if row["met"]}
        assert there == {"top", "scale", "airframe_serial", "marking_state"}
        assert found.json["basis"]["counted"] == {"required_items_present": 4}
        assert found.json["basis"]["filters"]["list"].startswith("general (there is none for logic)")


class TestLabel:
    def test_a_label_printed_and_photographed_attaches(self, run: Run, field: str, tmp_path: Path) -> None:
        done = run(field, "label", CHIP, "--out", tmp_path / "l.pdf", "--size", "62x29", "--copies", "2")
        assert done.code == 0 and "2 labels" in done.err
        assert text_of((tmp_path / "l.pdf").read_bytes()).count("component · TLP:") == 2
        first, _second = photographed((tmp_path / "l.pdf").read_bytes(), tmp_path / "pages")
        (row,) = logged(run, field, "photo", first)
        assert row["shows"] == [CHIP]

    @pytest.mark.parametrize(
        ("words", "code"), [(["C-00000-00000"], 4), ([CHIP, "--size", "5x5"], 2), (["Kh-101"], 2)]
    )
    def test_what_makes_no_sense(
        self, run: Run, field: str, tmp_path: Path, words: list[str], code: int
    ) -> None:
        assert run(field, "label", *words, "--out", tmp_path / "l.pdf").code == code
        assert not (tmp_path / "l.pdf").exists()
