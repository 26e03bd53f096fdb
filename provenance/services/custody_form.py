"""What the form for a handover needs of the database."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.core.errors import BadInput, ProvenanceError, UsageError
from provenance.core.vocabulary import Tlp
from provenance.domain.journal import last_recovery
from provenance.evidence.custody import chain, current_entries, last_entry_by, parse_moment
from provenance.evidence.subjects import standing_subject, subject_named
from provenance.fields import values
from provenance.schema.session import Session
from provenance.services.custody import is_future
from provenance.services.forms import CheckedAnswer, FormField, FormSupport


class HandoverDraft(FormSupport):
    """A handover that is being entered."""

    fields = (
        FormField("subject", values.text, completes="item", required=True),
        FormField("at", parse_moment, required=True),
        FormField("from_holder", values.text, completes="holder"),
        FormField("to_holder", values.text, completes="holder"),
        FormField("reason", values.words),
        FormField("seal", values.words),
        FormField("state", values.words),
        FormField("tlp", values.one_of(Tlp), Tlp),
    )

    def defaults(self) -> dict[str, str]:
        """The subject and mark of the user's last entry, or the recovery in which he or she logged last."""
        actor = self._workspace.actor
        with self._workspace.reading() as session:
            last = last_entry_by(session, actor)
            if last is not None:
                return {"subject": last.ref} | ({"tlp": last.tlp} if last.tlp else {})
            recovery = last_recovery(session, actor)
        return {"subject": recovery} if recovery is not None else {}

    def holder(self, ref: str) -> dict[str, str]:
        """The current holder of a record, as the default for who hands it over."""
        with self._workspace.reading() as session:
            try:
                links = chain(current_entries(session, subject_named(session, ref)))
            except ProvenanceError:
                return {}  # An option named it; what is wrong with it is reported when it is logged.
        entries = [link for link in links if link.ref is not None]
        holder = entries[-1].to_holder if entries else None
        return {"from_holder": holder} if holder else {}

    def future_dates(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The moment, if it is in the future."""
        text = texts.get("at", "?")
        return {"at": text} if text != "?" and is_future(self._workspace, parse_moment(text)) else {}

    def _look_up(self, session: Session, name: str, text: str) -> CheckedAnswer:
        if name == "subject":
            try:
                standing_subject(session, text)
            except UsageError as error:
                raise BadInput(error.message) from None
        return CheckedAnswer()
