"""The letter that asks a maker or distributor where an item went, or offers a right of reply.

It contains what the addressee needs to look the item up, and nothing else: no other firm of a supply path,
no name given in confidence, no place or serial number of the recovery.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.tlp import ceiling
from provenance.core.vocabulary import RecoveryKind, StatementStatus, Tlp
from provenance.core.vocabulary.evidence import EvidenceKind
from provenance.core.vocabulary.tracing import RequestKind
from provenance.domain.made_dates import made_text
from provenance.schema.evidence import Photo, PhotoSubject
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery
from provenance.schema.reference import Part, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.traces import Trace, TraceRequest
from provenance.text.plurals import many

_UNKNOWN = "unknown"

_FOUND = {
    RecoveryKind.BATTLEFIELD: "was found in a weapon",
    RecoveryKind.SEIZURE: "was seized by an authority",
    RecoveryKind.INTERCEPTION: "was found in an intercepted shipment",
}
_PHOTO_LIMIT = Tlp.AMBER
"""Photos marked more strictly may not leave the organization of those who work on the case."""


@dataclass(frozen=True, slots=True)
class TraceLetter:
    """A letter in parts: heading, opening paragraphs, facts about the item, questions, closing paragraphs."""

    heading: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    closing: tuple[str, ...]

    def markdown(self) -> str:
        """The letter as Markdown; text from the data is escaped and stays text."""
        lines = [f"# {_escaped(self.heading)}", "", *_paragraphs(self.opening)]
        lines += [f"- **{name}:** {_escaped(value)}" for name, value in self.facts]
        lines += ["", *[f"{number}. {_escaped(text)}" for number, text in enumerate(self.questions, 1)], ""]
        return "\n".join([*lines, *_paragraphs(self.closing)]).rstrip() + "\n"

    def html(self) -> str:
        """The letter as one self-contained HTML file."""
        body = [f"<h1>{escape(self.heading)}</h1>"]
        body += [f"<p>{escape(text)}</p>" for text in self.opening]
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(value).replace(chr(10), '<br>')}</td></tr>"
            for name, value in self.facts
        )
        body += [f"<table>{rows}</table>", "<ol>", *(f"<li>{escape(text)}</li>" for text in self.questions)]
        body += ["</ol>", *(f"<p>{escape(text)}</p>" for text in self.closing)]
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f"<title>{escape(self.heading)}</title><style>{_STYLE}</style></head><body>\n"
            + "\n".join(body)
            + "\n</body></html>\n"
        )


_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:44em;margin:3em auto;padding:0 1em}"
    "th{text-align:left;vertical-align:top;padding-right:1.5em}"
)


def _escaped(text: str) -> str:
    """A text in one line, without effect as Markdown."""
    one_line = " / ".join(text.splitlines())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#+!|" else char for char in one_line)


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in (_escaped(text), "")]


def draft_letter(session: Session, request_id: int) -> TraceLetter:
    """The letter of a request (by row number), from what is on record of its component."""
    row = session.execute(
        select(
            Component,
            Recovery.kind.label("recovery_kind"),
            WeaponSystem.designation,
            TraceRequest.uid.label("request_uid"),
            TraceRequest.kind,
            TraceRequest.asked,
            TraceRequest.days,
            Organization.label.label("firm"),
        )
        .join(Recovery, Recovery.id == Component.recovery_id)
        .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
        .join(Trace, Trace.component_id == Component.id)
        .join(TraceRequest, TraceRequest.trace_id == Trace.id)
        .join(Organization, Organization.id == TraceRequest.organization_id)
        .where(TraceRequest.id == request_id)
    ).one()
    ref, reply = reference("trace_request", row.request_uid), row.kind == RequestKind.RIGHT_OF_REPLY
    return TraceLetter(
        heading=f"{'Right of reply' if reply else 'Request to trace an item'} {ref}",
        opening=(row.firm, _opening(reply, RecoveryKind(row.recovery_kind))),
        facts=_facts(session, row, ref),
        questions=_questions(reply, row.asked),
        closing=_closing(row.days),
    )


def _facts(session: Session, row: Any, ref: str) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Our reference", ref),
        ("Item", reference("component", row.uid)),
        ("Description", row.description or _UNKNOWN),
        ("Marking, line by line", row.marking or "none legible or published"),
        ("Part number", _part_number(session, row.id)),
        ("Brand", _brand(session, row.id)),
        *([("Serial number of the item", row.component_serial)] if row.component_serial else []),
        ("Lot", row.lot or _UNKNOWN),
        ("Date code", row.date_code or _UNKNOWN),
        ("Manufactured", made_text(row) or _UNKNOWN),
        ("Pieces", str(row.pieces) if row.pieces else _UNKNOWN),
    ]
    if row.recovery_kind == RecoveryKind.BATTLEFIELD:
        facts.append(("Found in", row.designation or "a weapon of unknown type"))
    return (*facts, ("Photos", _photos(session, row.id)))


def _opening(reply: bool, kind: RecoveryKind) -> str:
    if reply:
        return (
            "We are preparing an account of how the item described below may have moved, and it names your"
            " firm. We are asking for your comment before anything is published."
        )
    return (
        f"The item described below {_FOUND[kind]}. We are asking for your help in tracing it. The brand on an"
        " item, or the fact that a firm handled it, is not evidence of wrongdoing by anyone."
    )


def _questions(reply: bool, asked: str | None) -> tuple[str, ...]:
    extra = (asked,) if asked else ()
    if reply:
        return ("Is the account correct as far as it concerns you, and what should be corrected?", *extra)
    return (
        "Did you manufacture this item? If you believe it is counterfeit, what indicates that?",
        "When was it manufactured, and in which lot?",
        "To whom did you sell or supply this item, or this lot, and when? Which document shows this?",
        "Was the buyer one of your authorised distributors on that date?",
        *extra,
    )


def _closing(days: int) -> tuple[str, ...]:
    return (
        f"Please reply within {many(days, 'day')} of receiving this letter. It also helps us to know if you"
        " have no records, or if the item is not yours.",
        "If you give us names in confidence, please say which they are. We will mark them as confidential and"
        " leave them out of our letters to others and of everything that we publish.",
    )


def _part_number(session: Session, component_id: int) -> str:
    row = session.execute(
        select(Part.mpn, Identification.status)
        .join(Identification, Identification.part_id == Part.id)
        .where(Identification.component_id == component_id, Identification.superseded_by.is_(None))
        .order_by(Identification.status == StatementStatus.TENTATIVE, Identification.id)
    ).first()
    if row is None:
        return _UNKNOWN
    tentative = row.status == StatementStatus.TENTATIVE
    return f"{row.mpn} (read from the marking, tentative)" if tentative else str(row.mpn)


def _brand(session: Session, component_id: int) -> str:
    label: str | None = session.execute(
        select(Organization.label)
        .join(MakerAttribution, MakerAttribution.organization_id == Organization.id)
        .where(
            MakerAttribution.component_id == component_id,
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != StatementStatus.TENTATIVE,
        )
        .order_by(MakerAttribution.id)
    ).scalar()
    return label or "not identified"


def _photos(session: Session, component_id: int) -> str:
    """The photos of the item that may be sent along, by reference and digest."""
    rows = session.execute(
        select(Photo.uid, Photo.tlp, Photo.sha256)
        .join(PhotoSubject, PhotoSubject.photo_id == Photo.id)
        .where(PhotoSubject.component_id == component_id, Photo.evidence_kind == EvidenceKind.PHOTO)
        .order_by(Photo.id)
    ).all()
    allowed = ceiling(_PHOTO_LIMIT)
    sent = [f"{reference('photo', row.uid)} (SHA-256 {row.sha256})" for row in rows if allowed(row.tlp)]
    return f"{'; '.join(sent)}; attached" if sent else "none attached"
