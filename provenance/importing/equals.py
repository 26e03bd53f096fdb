"""Records without a key of their own that are known by the same, on record and in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from provenance.domain.renewals import KnownRecord
from provenance.importing.contents import agreement, content_of


class Equals:
    """Those known by one key, told apart by a number; each is at most one row of the file.

    ``is_imported`` says of a component whether a row of this file has been found or made to be it.
    """

    def __init__(self, row_numbers: str | None, is_imported: Callable[[int], bool]) -> None:
        self._row_numbers = row_numbers
        self._is_imported = is_imported
        self._free: dict[int, KnownRecord] = {}
        self._by_content: dict[str, list[int]] = defaultdict(list)
        self._in_file: dict[str, int | None] = {}
        self._contents_in_file: set[str] = set()
        self._last = 0

    def put_on_record(self, number: int, there: KnownRecord) -> None:
        """Adds a record; numbers come in order."""
        self._last = max(self._last, number)
        if self._is_imported(there.component_id):
            self._note(there.raw_text, None)
            return
        self._free[number] = there
        self._by_content[content_of(there.raw_text, self._row_numbers)].append(number)

    @property
    def next_number(self) -> int:
        """The number of the next one that is added."""
        return self._last + 1

    @property
    def free(self) -> dict[int, KnownRecord]:
        """The records that no row of the file is so far, by number."""
        return self._free

    def same(self, raw: str) -> int | None:
        """The first free record that says the same as a row."""
        content = content_of(raw, self._row_numbers) if self._free else ""
        return next((number for number in self._by_content.get(content, ()) if number in self._free), None)

    def most_similar(self, raw: str, allowed: Callable[[KnownRecord], bool]) -> int | None:
        """The free and allowed record that agrees with a row in most cells, the first one among equals."""
        found = [
            (-agreement(there.raw_text, raw), number)
            for number, there in self._free.items()
            if allowed(there)
        ]
        return min(found)[1] if found else None

    def take(self, number: int, raw: str, line: int) -> KnownRecord:
        """Makes a free record that of a row of the file."""
        self._note(raw, line)
        return self._free.pop(number)

    def add(self, raw: str, line: int) -> int:
        """Adds a row as a component of its own; says its number."""
        self._note(raw, line)
        self._last += 1
        return self._last

    def is_repeated(self, raw: str, line: int) -> bool:
        """Whether the file has had this very row, its number included, in another line.

        A line may be several components.
        """
        return self._in_file.get(content_of(raw), line) != line

    def has_equal(self, raw: str) -> bool:
        """Whether the file has had a row of the same content."""
        return content_of(raw, self._row_numbers) in self._contents_in_file

    def _note(self, raw: str, line: int | None) -> None:
        self._in_file.setdefault(content_of(raw), line)
        self._contents_in_file.add(content_of(raw, self._row_numbers))
