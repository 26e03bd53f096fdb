"""A letter in paragraphs gives its entries: all of them, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from provenance.sources.formats import ReadOptions
from provenance.sources.registry import WATCHLISTS
from provenance.sources.watchlists.records import ListEntry
from tests.support.commands import CHECKOUT
from tests.support.days import TODAY

NUMBERED = [
    "Dear Compliance Officer:",
    "BIS has identified the following foreign parties:",
    "Hong Kong",
    "(1) Obsidian Helix Ltd, Rm 201-13, 2/F, 133 Cedar Road, Mong Kok",
    "a.k.a. Helix Commodities",
    "(2) Zircon Bay Limited, Flat 5, 7 Oak Road, Hong Kong; and Flat 6, 8 Oak Road, Hong Kong",
    "Latvia",
    "(1) Marble Reef SIA",
    "5 Quarry Lane, Riga, Latvia",
    "Sincerely,",
    "Office of Export Enforcement",
]
PLAIN = [
    "Obsidian Helix Ltd, 133 Cedar Road, Riga, Latvia",
    "Zircon Bay Shipping",
    "This letter does not say that these parties have done anything that the law forbids.",
    "Granit Vektor",
    "Yours sincerely,",
    "Boris Delta",
]


def letter(file: Path, *paragraphs: str, style: str | None = None) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text, style=style)
    document.save(str(file))
    return file


def read(file: Path) -> tuple[list[ListEntry], list[str]]:
    options = ReadOptions(TODAY)
    return list(WATCHLISTS.named("docx").read(file, options)), options.notes


def test_numbered_paragraphs_are_the_entries(tmp_path: Path) -> None:
    (helix, bay, reef), notes = read(letter(tmp_path / "letter.docx", *NUMBERED))
    assert [name.name for name in helix.names] == ["Obsidian Helix Ltd", "Helix Commodities"]
    assert [(place.text, place.country) for place in helix.addresses] == [
        ("Rm 201-13, 2/F, 133 Cedar Road, Mong Kok", "HK")
    ]
    assert (bay.label, len(bay.addresses)) == ("Zircon Bay Limited", 2)
    assert [(place.text, place.country) for place in reef.addresses] == [
        ("5 Quarry Lane, Riga, Latvia", "LV")
    ]
    (note,) = notes
    assert note.startswith("Paragraphs that are no entries: 6 (")
    assert "'Sincerely,'" in note or "1 more" in note


def test_without_numbers_every_paragraph_counts_but_greetings_and_sentences(tmp_path: Path) -> None:
    entries, notes = read(letter(tmp_path / "letter.docx", *PLAIN))
    assert [entry.label for entry in entries] == [
        "Obsidian Helix Ltd",
        "Zircon Bay Shipping",
        "Granit Vektor",
    ]
    assert "no entries: 3" in notes[0]


def test_the_first_paragraph_is_not_a_header(tmp_path: Path) -> None:
    entries, _notes = read(letter(tmp_path / "letter.docx", "Zircon Bay Shipping", "Granit Vektor"))
    assert [(entry.line, entry.label) for entry in entries] == [
        (1, "Zircon Bay Shipping"), (2, "Granit Vektor"),
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["List Number", "List Bullet"])
def test_a_list_that_the_program_numbers(tmp_path: Path, style: str) -> None:
    file = letter(tmp_path / "letter.docx", "Zircon Bay Shipping", "Granit Vektor", style=style)
    document = docx.Document(str(file))
    document.add_paragraph("Office of Export Enforcement")
    document.save(str(file))
    entries, notes = read(file)
    assert [entry.label for entry in entries] == ["Zircon Bay Shipping", "Granit Vektor"]
    assert "Office of Export Enforcement" in notes[0]


def test_the_letter_reads_like_its_workbook() -> None:
    """Runs where PROVENANCE_REAL_DATA names the folder of the cases."""
    folder = Path(os.environ.get("PROVENANCE_REAL_DATA") or CHECKOUT / "absent") / "cases" / "lists"
    if not folder.is_dir():
        pytest.skip(f"the cases are not at {folder}; PROVENANCE_REAL_DATA names the folder of the data")
    paragraphs, _notes = read(folder / "letter_par.docx")
    rows = list(WATCHLISTS.named("xlsx").read(folder / "letter.xlsx", ReadOptions(TODAY)))
    assert len(paragraphs) == len(rows) == 620
    assert sum(len(entry.addresses) for entry in paragraphs) == 686
    assert sum(len(entry.names) for entry in paragraphs) == sum(len(entry.names) for entry in rows)
