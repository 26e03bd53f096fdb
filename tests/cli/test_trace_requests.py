"""Requests and their clocks, as a tracer keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.chains import fill_world
from tests.support.commands import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def own(ready: str, run: Run, tmp_path: Path) -> str:
    """A small world of this test's own, on both backends."""
    fill_world(run, ready, tmp_path)
    return ready


def rows(done: Outcome) -> list[Any]:
    assert done.code == 0, done.err
    return done.rows


def ask(run: Run, own: str, *words: str | Path) -> Any:
    return rows(run(own, "trace", "request", "w1", "North Semi", *words, "--format", "json"))[0]


def due(run: Run, own: str, day: str, *words: str) -> list[Any]:
    return rows(run(own, "trace", "due", "--on", day, "--format", "json", *words))


def test_a_trace_is_opened_once(own: str, run: Run) -> None:
    first = rows(run(own, "trace", "open", "w1", "--format", "json"))[0]
    again = rows(run(own, "trace", "open", "w1", "--format", "json"))[0]
    assert (first["new"], again["new"], first["trace"]) == (True, False, again["trace"])
    assert run(own, "trace", "open", "nowhere").code == 4


def test_the_clock_of_28_days_runs_from_receipt(own: str, run: Run) -> None:
    ref = ask(run, own, "--sent", "2026-03-01")["ref"]
    (waiting,) = due(run, own, "2026-06-01")
    assert (waiting["state"], waiting["due"], waiting["days_late"]) == ("awaiting_receipt", None, None)
    assert waiting["days_since_sent"] == 92
    rows(run(own, "trace", "received", ref, "--on", "2026-03-03", "--format", "json"))
    assert [item["state"] for item in due(run, own, "2026-03-31")] == ["running"]
    (late,) = due(run, own, "2026-04-01")
    assert (late["state"], late["due"], late["days_late"]) == ("overdue", "2026-03-31", 1)


def test_the_tracer_sets_the_clock(own: str, run: Run) -> None:
    words = ("--sent", "2026-03-01", "--received", "2026-03-01", "--days", "14", "--kind", "right_of_reply")
    found = ask(run, own, *words)
    assert (found["kind"], found["due"]) == ("right_of_reply", "2026-03-15")


def test_a_draft_has_no_clock(own: str, run: Run) -> None:
    assert ask(run, own)["state"] == "drafted"


def test_no_reply_is_a_state_and_may_be_answered_yet(own: str, run: Run) -> None:
    ref = ask(run, own, "--sent", "2025-01-01", "--received", "2025-01-02")["ref"]
    assert rows(run(own, "trace", "answer", ref, "no_reply", "--format", "json"))[0]["state"] == "no_reply"
    assert due(run, own, "2026-01-01") == []
    rows(
        run(
            own,
            "trace",
            "answer",
            ref,
            "full",
            "--sold-to",
            "Alder AG",
            "--role",
            "maker",
            "--format",
            "json",
        )
    )
    assert [item["outcome"] for item in due(run, own, "2026-01-01", "--all")] == ["full"]
    shown = rows(run(own, "show", ref, "--format", "json"))[0]
    assert [(item["outcome"], item["current"]) for item in shown["answers"]] == [
        ("no_reply", False), ("full", True),
    ]  # fmt: skip
    assert run(own, "trace", "answer", ref, "no_reply").code == 2


@pytest.mark.parametrize("outcome", ["no_records", "not_ours", "refused", "counterfeit"])
def test_every_outcome_is_kept(own: str, run: Run, outcome: str) -> None:
    ref = ask(run, own, "--sent", "2025-01-01")["ref"]
    (found,) = rows(run(own, "trace", "answer", ref, outcome, "--said", "Sorry.", "--format", "json"))
    assert (found["outcome"], found["state"]) == (outcome, "answered")


def test_an_answer_adds_transfers_with_itself_as_their_source(own: str, run: Run) -> None:
    ref = ask(run, own, "--sent", "2025-01-01")["ref"]
    words = ("--sold-to", "Alder AG|authorised_distributor|DE", "--role", "maker", "--date", "2020-12-01")
    done = run(own, "trace", "answer", ref, "partial", *words, "--format", "json")
    (transfer,) = done.json["transfers"]
    shown = rows(run(own, "show", transfer, "--format", "json"))[0]
    (source,) = shown["sources"]
    assert source["publisher"] == "North Semi"
    assert source["source"].startswith(f"answer:{ref}:")
    (path, *_others) = rows(run(own, "trace", "path", "w1", "--format", "json"))
    assert path["steps"][0]["evidence_class"] == "item_document"


def test_an_answer_that_tells_of_nothing_adds_nothing(own: str, run: Run) -> None:
    ref = ask(run, own, "--sent", "2025-01-01")["ref"]
    assert run(own, "trace", "answer", ref, "refused", "--sold-to", "Alder AG").code == 2
    assert [item["state"] for item in due(run, own, "2025-01-02")] == ["awaiting_receipt"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--received", "2026-03-03"), 2),
        (("--sent", "2026-03-05", "--received", "2026-03-03"), 2),
        (("--sent", "soon"), 2),
        (("--letter", "letter.doc"), 2),
    ],
)
def test_dates_that_do_not_fit_are_refused(own: str, run: Run, words: tuple[str, ...], code: int) -> None:
    assert run(own, "trace", "request", "w1", "North Semi", *words).code == code
    assert due(run, own, "2026-03-03", "--all") == []


def test_the_letter_carries_what_is_needed_and_no_other_firm(own: str, run: Run, tmp_path: Path) -> None:
    markdown, page = tmp_path / "letter.md", tmp_path / "letter.html"
    found = ask(run, own, "--letter", markdown, "--letter", page, "--ask", "Who signed <for> it?")
    text = markdown.read_text(encoding="utf-8")
    for needed in (
        found["ref"],
        "NORTH 1",
        "NORTH-1",
        "L7",
        "Kh-101",
        "28 days",
        "not evidence of wrongdoing",
    ):
        assert needed in text
    for kept_out in ("Alder", "Birch", "Cedar", "7001", "W1"):
        assert kept_out not in text
    html = page.read_text(encoding="utf-8")
    assert "Who signed &lt;for&gt; it?" in html and "<for>" not in html


def test_closing_stops_the_clocks(own: str, run: Run) -> None:
    found = ask(run, own, "--sent", "2025-01-01", "--received", "2025-01-02")
    assert run(own, "trace", "close", found["trace_ref"], "--reason", "path complete").code == 0
    assert due(run, own, "2026-01-01") == []
    assert run(own, "trace", "close", found["trace_ref"], "--reason", "again").code == 2


def test_requests_about_stricter_components_are_left_out_and_counted(own: str, run: Run) -> None:
    wreck = run(own, "trace", "path", "w1", "--format", "json").json["components"][0]["recovery_ref"]
    log = ("log", "component", "--recovery", wreck, "--marking", "ZEBRA 1", "--tlp", "RED")
    (chip,) = rows(run(own, *log, "--format", "json"))
    for component in (chip["ref"], "w1"):
        asked = run(own, "trace", "request", component, "North Semi", "--sent", "2026-03-01")
        assert asked.code == 0, asked.err
    told = run(own, "trace", "due", "--on", "2026-03-02")
    assert "ZEBRA 1" in told.out and "TLP:RED" in told.out
    limited = run(own, "trace", "due", "--on", "2026-03-02", "--max-tlp", "AMBER")
    assert "ZEBRA" not in limited.out and "TLP:RED" not in limited.out
    assert "Left out: 1 request stricter than TLP:AMBER." in limited.out
    assert len(due(run, own, "2026-03-02", "--max-tlp", "AMBER")) == 1


def test_a_reference_that_is_none(own: str, run: Run) -> None:
    for words in (("received", "Y-1"), ("answer", "w1", "full"), ("close", "w1", "--reason", "x")):
        assert run(own, "trace", *words).code == 4


def test_an_answer_may_be_a_list(own: str, run: Run, tmp_path: Path) -> None:
    from tests.sources.lists import write_list
    from tests.support.chains import ALDER, BIRCH, transfer

    ref = ask(run, own, "--sent", "2025-01-01")["ref"]
    told = write_list(tmp_path / "told.csv", [transfer("x", ALDER, BIRCH, "2020", "D", component="w4")])
    done = run(own, "trace", "answer", ref, "partial", "--transfers", told, "--format", "json")
    assert len(done.json["transfers"]) == 1
    broken = write_list(tmp_path / "bad.csv", [transfer("x", ALDER, BIRCH, "soon", "D")])
    assert run(own, "trace", "answer", ref, "full", "--transfers", broken).code == 3
    assert [item["outcome"] for item in due(run, own, "2026-01-01", "--all")] == ["partial"]


def test_asking_for_a_known_firm_does_not_tell_that_it_was_named_in_confidence(own: str, run: Run) -> None:
    before = [run(own, *words, "--format", "json").json["rows"] for words in _about_birch()]
    ref = ask(run, own, "--sent", "2025-01-01")["ref"]
    words = ("--sold-to", "Birch Ltd", "--in-confidence", "Birch Ltd", "--role", "maker")
    assert run(own, "trace", "answer", ref, "full", *words).code == 0
    assert [run(own, *words, "--format", "json").json["rows"] for words in _about_birch()] == before


def _about_birch() -> tuple[tuple[str, ...], ...]:
    return (
        ("show", "Birch Ltd"),
        ("trace", "to", "Birch Ltd"),
        ("trace", "from", "Birch Ltd"),
        ("find", "Birch"),
    )
