"""What the form for a correction needs of the database: the record as it stands, and what would change."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.core.errors import BadInput, NotFound
from provenance.core.messages import Message
from provenance.domain.amendments.amend import new_oddities, preview
from provenance.domain.amendments.present import present
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.fields.entries import Faults
from provenance.fields.values import words
from provenance.services.amendments import located
from provenance.services.entries import EntryDraft
from provenance.services.forms import BLANK, CheckedAnswer, FormField
from provenance.services.workspace import Workspace

REASON = "why"
"""The question for the reason, among those for the fields."""


class AmendDraft(EntryDraft):
    """A correction of one record that is being prepared."""

    def __init__(self, workspace: Workspace, ref: str) -> None:
        """Looks the record up.

        Raises:
            NotFound: it does not exist.
            UsageError: it is of a kind that cannot be amended.
            BadInput: it is withdrawn.
        """
        with workspace.reading() as session:
            self._target = located(session, ref)
            refuse_withdrawn(session, *self._target)
            record = present(session, *self._target)
        super().__init__(workspace, record.kind)
        self.ref = record.ref
        self.present = dict(record.entry.texts)
        """The fields of the record as texts; those that are not known are not among them."""
        self.names = tuple(each.name for each in self.fields)
        self.fields = (*self.fields, FormField(REASON, words, required=True))
        self._recovery = self.present.get("recovery")

    @property
    def title(self) -> str:
        """What the record is called, with its reference."""
        named = (self.present.get(name) for name in ("label", "marking", "description"))
        return f"{next(filter(None, named), self.kind)} ({self.ref})"

    def check(self, name: str, text: str) -> CheckedAnswer:
        """As for a new entry; what the record says already is never asked about."""
        if text == self.present.get(name):
            return CheckedAnswer()
        return super().check(name, text)

    def changes(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The fields whose answer is another than what the record says; blank where one is emptied."""
        given = {name: "" if text in BLANK else text for name, text in texts.items() if name in self.names}
        return {name: text for name, text in given.items() if text != self.present.get(name, "")}

    def odd_changes(self, changes: Mapping[str, str]) -> tuple[Message, ...]:
        """What is hardly true of the record once it is amended, and was not before."""
        try:
            with self._workspace.reading() as session:
                return tuple(new_oddities(session, *preview(session, self._target, changes)))
        except (Faults, BadInput, NotFound):
            return ()  # Reported when it is amended.
