"""What a user or a format states about a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from provenance.sources.tables.file_kinds import FileKind
from provenance.sources.tables.problems import CellProblems

_LONGEST_WORD = 40
"""Characters of the longest known header without a digit; other cells need not be looked up."""

_DIGIT = re.compile(r"\d")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a user or a format states about a table; None leaves it to the program.

    ``sheet`` is a spreadsheet's sheet (None: the first with data whose header is known), ``header_row`` the
    number of the header's row (None: the row with the most known headers), ``encoding`` that of text (None:
    UTF-8, or a guess that is reported), ``kind`` the required kind of file; XLSX stands for any spreadsheet.

    ``strict`` is for what publishers write: a null character is an error; without ``guess_encoding`` text
    that is not UTF-8 is one too. ``of_names`` says that rows name parties: none is left out as a sum or a
    note for the word that it begins with. ``first_of_repeated``: of columns with one name the first has it,
    the others get a number. ``known`` are the keys (`header_key`) of the headers that the format knows.
    ``problems`` takes up the cells that hold no value, ``notes`` what else a user should know.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    kind: FileKind | None = None
    strict: bool = False
    of_names: bool = False
    guess_encoding: bool = True
    first_of_repeated: bool = False
    known: frozenset[str] = frozenset()
    problems: CellProblems = field(default_factory=CellProblems, compare=False)
    notes: list[str] = field(default_factory=list, compare=False)

    def knows(self, header: str) -> bool:
        """Whether a header is one that the format knows."""
        from provenance.sources.headers import is_known

        return bool(self.known) and is_known(header, self.known)

    def knows_as_it_is(self, header: str) -> bool:
        """As `knows`, of a header to which nothing was added: quick, for every row of a file."""
        from provenance.sources.headers import header_key

        if len(header) > _LONGEST_WORD or _DIGIT.search(header):
            return False
        key = _NO_LETTER.sub("", header.casefold()) if header.isascii() else header_key(header)
        return key in self.known

    def note(self, text: str) -> None:
        """Notes what a user should know, once."""
        if text not in self.notes:
            self.notes.append(text)
