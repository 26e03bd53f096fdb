"""Texts of every sort: kept as typed, printed so that nothing of them acts."""

from __future__ import annotations

import csv
import random
import unicodedata
from pathlib import Path

from tests.importing.state import rows_of
from tests.support.field_log import recovery, say

CHOSEN = [
    "[red]x[/red]", "[/]", '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)",
    "\x1b[31mred\x1b[0m", "a\x07b\x08c", "\u202eevil\u202c", "שלום", "مرحبا", "Ґанок, їжак ’ʼ",
    "\u2066a\u2069", "a\x85b", "a\u2028b", "a\r\nb", "😀", "%s {x} {0}", "'; DROP TABLE x;--",
    "a|b;c\td", "00123", "e\u0301", "\u200bx", "x" * 100_000,
]  # fmt: skip
_SIGNS = [*"=+-@[]/|;,\"'\t\x1b\x07{}%", "\u202e", "\u2066", *"abc", *"їґé"]
_ACTING = {"Cc", "Cf", "Zl", "Zp"}


def odd_texts() -> list[str]:
    """The chosen ones and three hundred thrown together."""
    thrown = random.Random(20240503)
    made = ["x" + "".join(thrown.choices(_SIGNS, k=thrown.randrange(1, 14))) + "x" for _ in range(300)]
    return [*CHOSEN, *made]


def test_every_text_is_kept_as_typed_and_acts_nowhere(fresh: str, tmp_path: Path) -> None:
    texts, ref, file = odd_texts(), recovery(fresh), tmp_path / "odd.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["component_row", "recovery", "description", "note"])
        rows.writerows([number, ref, f"part {number}", text] for number, text in enumerate(texts))
    done = say(fresh, "log", "file", file, "--format", "json")
    assert done.code == 0, done.err
    assert [row.note for row in rows_of(fresh, "component")] == texts
    logged = done.json["rows"][0]["logged"]
    for row in [*logged[: len(CHOSEN)], *logged[len(CHOSEN) :: 30]]:
        shown = say(fresh, "show", row["ref"])
        assert shown.code == 0
        acting = {char for char in shown.out if unicodedata.category(char) in _ACTING} - {"\n"}
        assert acting == set()
