"""What a form knows before it asks: defaults from this actor's last entry, suggestions from the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from provenance.cli.asking.asker import Suggestion, asker
from provenance.cli.asking.form import Form
from provenance.cli.asking.speech import speech

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.fields.entries import Kind
    from provenance.schema.session import Session

_CARRIED = {
    "recovery": ("weapon", "used", "recovered", "place", "country", "tlp"),
    "seizure": ("authority", "seized", "border_point", "movement", "from_country", "to_country", "tlp"),
    "unit": (),
    "component": ("unit", "tlp"),
    "citation": ("ref", "source"),
}
"""What the next entry of a kind often has in common with the one before."""


def form_for(reading: Engine, actor: str, kind: Kind, language: str | None, given: Mapping[str, str]) -> Form:
    """A form in the person's language, with this actor's last entry as defaults."""
    from provenance.schema.session import session_scope

    with session_scope(reading) as session:
        defaults = _defaults(session, actor, kind, given)

    return open_form(reading, language, defaults, given.get("recovery") or defaults.get("recovery"))


def open_form(
    reading: Engine, language: str | None, defaults: Mapping[str, str], recovery: str | None = None
) -> Form:
    """A form in the person's language that completes from the database; units are those of ``recovery``."""
    from provenance.schema.session import session_scope

    def suggestions(what: str, begun: str) -> list[Suggestion]:
        from provenance.domain.names import recovery_called
        from provenance.queries.suggestions import fetch_suggestions

        with session_scope(reading) as session:
            within = recovery_called(session, recovery) if recovery and what == "unit" else None
            found = fetch_suggestions(session, what, begun, within)
        return [Suggestion(each.text, each.shown) for each in found]

    return Form(asker(), speech(language), suggestions, defaults)


def _defaults(session: Session, actor: str, kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    from provenance.domain.journal import last_recovery, last_texts
    from provenance.fields.values import place

    last = last_texts(session, actor, [kind])
    found = {name: last[name] for name in _CARRIED[kind] if last.get(name, "?") != "?"}
    if "place" in found and not isinstance(place(found["place"]), str):
        # The next wreck lies somewhere else.
        del found["place"]
    latest = last_recovery(session, actor)
    if kind in ("unit", "component") and latest is not None:
        found["recovery"] = latest
        if given.get("recovery", latest) != last.get("recovery", latest):
            found.pop("unit", None)
    return found
