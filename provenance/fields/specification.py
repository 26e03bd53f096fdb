"""The declaration of a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from provenance.fields import values
from provenance.text.column_styles import Style

if TYPE_CHECKING:
    from provenance.schema.base import Mapped, TableModel

Table = TypeVar("Table", bound="TableModel")


@dataclass(frozen=True, slots=True)
class FieldSpec(Generic[Table]):
    """One field of a record: everything that forms, templates, lists, options and answers need to know of it.

    - ``name`` is the cell of an entry, the column of a template, the option (with hyphens) and the JSON key;
      a list's header may always be the name.
    - ``about`` explains it, as the option's help and in a template; it ends without a full stop.
    - ``read`` turns a text into a value, None for the unknown, and raises ValueError.
    - ``choices`` are all permitted values, ``completes`` names what a form offers to complete.
    - ``also`` is another field that the text may say something of, where that one is silent.
    - ``column`` is the column of the record's table that keeps the value as it is read, asked of the table
      (``lambda table: table.note``), since forms and help do not load the tables; None where the value is
      kept in a way of its own (as a statement, as an interval).
    - ``headers`` are the headers of lists that mean it, in any language.
    - ``asked`` means that a form asks for it, with ``question``, which is translated in `provenance/locale`.
    """

    name: str
    about: str
    read: Callable[[str], Any] = values.text
    choices: type[StrEnum] | None = None
    completes: str = ""
    required: bool = False
    also: tuple[str, Callable[[str], Any]] | None = None
    column: Callable[[type[Table]], Mapped[Any]] | None = None
    headers: tuple[str, ...] = ()
    asked: bool = False
    question: str = ""

    def value(self, text: str, style: Style | None = None) -> Any:
        """The value of a text, in a column of this style; None for the unknown.

        Raises:
            ValueError: it cannot be read.
        """
        if style is not None and isinstance(self.read, values.StyledReader):
            return self.read.styled(text, style)
        return self.read(text)


def chosen(
    name: str,
    about: str,
    choices: type[StrEnum],
    *,
    column: Callable[[type[Table]], Mapped[Any]] | None = None,
    asked: bool = False,
    question: str = "",
) -> FieldSpec[Table]:
    """A field that holds a member of a vocabulary."""
    return FieldSpec(
        name, about, values.one_of(choices), choices, column=column, asked=asked, question=question
    )
