"""Which questions a form asks for each kind of entry, and which it need not ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from provenance.cli.asking import questions as said
from provenance.cli.asking.form import Form, Texts
from provenance.core.errors import BadInput, NotFound

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.fields.entries import Kind
    from provenance.importing.marking_reader import MarkingDesk
    from provenance.schema.session import Session

Found = TypeVar("Found")


class HeldAs(StrEnum):
    """How firmly a chosen candidate is held."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"


class Guide:
    """Asks what an entry still lacks; ``reading`` is an engine that cannot write."""

    def __init__(self, form: Form, reading: Engine, desk: MarkingDesk | None = None) -> None:
        self._form = form
        self._reading = reading
        self._desk = desk

    def ask(self, kind: Kind, given: Mapping[str, str]) -> Texts:
        """The cells of an entry: those given, and the answers to what was asked.

        Raises:
            Abort: the person breaks off or does not want it logged.
        """
        from provenance.fields.entries import CELLS, cell

        texts: Texts = dict(given)
        self._form.begin(kind)
        for name in said.ASKED[kind]:
            if name not in texts and self._needed(name, texts):
                texts[name] = self._form.ask_cell(cell(kind, name), self._check(name))
            if name == "marking" and not {"maker", "mpn", "identification"} & texts.keys():
                texts |= self._candidates(texts)
        if self._basis_needed(texts):
            texts["basis"] = self._form.ask_cell(replace(cell(kind, "basis"), required=True))
        self._form.save(CELLS[kind], texts)
        return texts

    def _needed(self, name: str, texts: Texts) -> bool:
        """Whether an answer to this could say anything, after what was said."""
        from provenance.core.vocabulary import SUSPECT_AUTHENTICITY

        if name == "precision":
            return self._is_position_without_precision(texts)
        if name in ("marking_state", "description"):
            return texts.get("marking", "?") == "?"
        if name == "counterfeit_kind":
            return texts.get("authenticity") in SUSPECT_AUTHENTICITY
        if name in ("publisher", "title"):
            return not self._source_known(texts.get("source", ""))
        return True

    def _is_position_without_precision(self, texts: Texts) -> bool:
        from provenance.fields.places import Position
        from provenance.fields.values import place, position

        found = position(texts["position"]) if "position" in texts else place(texts.get("place", ""))
        return isinstance(found, Position) and found.precision_m is None

    def _basis_needed(self, texts: Texts) -> bool:
        from provenance.core.vocabulary import SUSPECT_AUTHENTICITY
        from provenance.core.vocabulary.field import IdentificationState

        doubted = texts.get("authenticity") in SUSPECT_AUTHENTICITY
        confirmed = texts.get("identification") == IdentificationState.CONFIRMED
        return "basis" not in texts and (doubted or confirmed)

    def _check(self, name: str) -> Callable[[str], object] | None:
        from provenance.domain.names import recovery_called
        from provenance.queries.names import organization_named, row_of_reference, weapons_named

        def reported(session: Session, text: str) -> object:
            if row_of_reference(session, text) is None:
                raise BadInput(f"{text} is no reference")
            return None

        checks: dict[str, Callable[[str], object]] = {
            "recovery": lambda text: self._looked_up(recovery_called, text),
            "ref": lambda text: self._looked_up(reported, text),
            "weapon": lambda text: self._known_or_new(
                lambda session, name: weapons_named(session, [name]), text
            ),
        }
        for party in ("authority", "consignor", "consignee"):
            checks[party] = lambda text: self._known_or_new(organization_named, text)
        return checks.get(name)

    def _looked_up(self, look: Callable[[Session, str], Found], text: str) -> Found:
        from provenance.schema.session import session_scope

        with session_scope(self._reading) as session:
            return look(session, text)

    def _known_or_new(self, look: Callable[[Session, str], object], text: str) -> None:
        """A name that nobody has is one to be asked about: a slip makes a firm that does not exist."""
        from provenance.core.errors import Ambiguous

        try:
            self._looked_up(look, text)
        except Ambiguous:
            return
        except NotFound as error:
            say = self._form.speech
            if error.near:
                self._form.asker.tell(say(said.NEAR, names="; ".join(error.near)))
            if not self._form.confirm(say(said.NEW_NAME, text=text), default=False):
                raise BadInput(text) from None

    def _source_known(self, key: str) -> bool:
        from sqlalchemy import select

        def look(session: Session, text: str) -> object:
            from provenance.schema.sources import Source

            return session.execute(select(Source.id).where(Source.key == text)).scalar()

        return self._looked_up(look, key) is not None

    def _candidates(self, texts: Texts) -> Texts:
        """What the marking may be, offered by number; what is left open stays unidentified."""
        from provenance.core.vocabulary.field import IdentificationState
        from provenance.fields.values import marking

        form, text = self._form, marking(texts.get("marking", ""))
        if text is None or self._desk is None:
            return {}
        offered = self._desk.read(text).offered
        if not offered:
            form.asker.tell(form.speech(said.NO_CANDIDATES))
            return {}
        form.asker.tell(form.speech(said.CANDIDATES))
        for number, each in enumerate(offered, start=1):
            form.asker.tell(f"  {number}  {each.words}: {each.candidate.reason}")
        chosen = form.number(form.speech(said.WHICH), len(offered))
        if chosen is None:
            return {"identification": IdentificationState.UNIDENTIFIED}
        held = offered[chosen - 1]
        sure = form.choose(form.speech(said.HOW_SURE), HeldAs, default=HeldAs.TENTATIVE)
        mpn = {"mpn": held.candidate.mpn} if held.candidate.mpn else {}
        return {
            "maker": held.maker_ref,
            **mpn,
            "identification": HeldAs.TENTATIVE if sure == "?" else sure,
        }
