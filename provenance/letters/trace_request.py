"""The letter that asks a maker or distributor where an item went, or offers a right of reply.

It carries what the addressee needs to look the item up, and nothing else: no other firm of the chain, no
name given in confidence, no place of the find beyond its country.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary.tracing import RequestKind
from provenance.schema.evidence import Photo, PhotoSubject
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery
from provenance.schema.reference import Part, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.traces import Trace, TraceRequest
from provenance.text.partial_dates import DateSpan, format_span
from provenance.tracing.requests import Request

_UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class TraceLetter:
    """A letter in its parts: a heading, paragraphs, and facts about the item under it."""

    heading: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    closing: tuple[str, ...]

    def markdown(self) -> str:
        """The letter as Markdown; what the data says is escaped and stays words."""
        lines = [f"# {_plain(self.heading)}", "", *_paragraphs(self.opening)]
        lines += [f"- **{name}:** {_plain(value)}" for name, value in self.facts]
        lines += ["", *[f"{number}. {_plain(text)}" for number, text in enumerate(self.questions, 1)], ""]
        return "\n".join([*lines, *_paragraphs(self.closing)]).rstrip() + "\n"

    def html(self) -> str:
        """The letter as one HTML file without anything from elsewhere."""
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


def _plain(text: str) -> str:
    one_line = " / ".join(text.splitlines())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#+!|" else char for char in one_line)


def _paragraphs(texts: tuple[str, ...]) -> list[str]:
    return [line for text in texts for line in (_plain(text), "")]


def draft_letter(session: Session, request: Request, asked: str | None) -> TraceLetter:
    """The letter of a request, out of what is on record of its component."""
    row = session.execute(
        select(Component, Recovery.country, Recovery.kind, WeaponSystem.designation, TraceRequest.days)
        .join(Recovery, Recovery.id == Component.recovery_id)
        .outerjoin(WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id)
        .join(Trace, Trace.component_id == Component.id)
        .join(TraceRequest, TraceRequest.trace_id == Trace.id)
        .where(TraceRequest.id == request.number)
    ).one()
    facts = (
        ("Our reference", request.ref),
        ("Item", reference("component", row.uid)),
        ("Description", row.description or _UNKNOWN),
        ("Marking, line by line", row.marking or "none legible or published"),
        ("Part number", _part_number(session, row.id)),
        ("Brand", _brand(session, row.id)),
        ("Lot", row.lot or _UNKNOWN),
        ("Date code", row.date_code or _UNKNOWN),
        ("Made", format_span(DateSpan(row.made_earliest, row.made_latest)) or _UNKNOWN),
        ("Pieces", str(row.pieces) if row.pieces else "not counted"),
        ("Found in", row.designation or "a system that the source does not name"),
        ("Photographs", _photographs(session, row.id)),
    )
    reply = request.kind == RequestKind.RIGHT_OF_REPLY
    return TraceLetter(
        heading=f"{'Right of reply' if reply else 'Request to trace an item'} {request.ref}",
        opening=(request.firm, _opening(reply)),
        facts=facts,
        questions=_questions(reply, asked),
        closing=_closing(row.days, reply),
    )


def _opening(reply: bool) -> str:
    if reply:
        return (
            "We are about to describe how the item below may have moved, and your firm is named in that"
            " account. Before anything is said we ask for your comment."
        )
    return (
        "The item below was found in a weapon. We ask for your help in tracing it. That it bears a brand, or"
        " passed through a firm, is no evidence of wrongdoing by anybody."
    )


def _questions(reply: bool, asked: str | None) -> tuple[str, ...]:
    extra = (asked,) if asked else ()
    if reply:
        return ("Is the account right as far as it concerns you, and what should be corrected?", *extra)
    return (
        "Is the item yours, or do you hold it to be an imitation, and by what do you tell?",
        "When was it made, and in which lot?",
        "To whom did you sell or pass on this item, or this lot, and when? Which document shows it?",
        "Was the buyer an authorised distributor of yours on that date?",
        *extra,
    )


def _closing(days: int, reply: bool) -> tuple[str, ...]:
    return (
        f"Please {'reply' if reply else 'answer'} within {days} days of receiving this letter. An answer that"
        " you hold no records, or that the item is not yours, helps as well.",
        "Names that you give in confidence are marked as such, and stay out of what we write to others and"
        " publish. Please say which these are.",
    )


def _part_number(session: Session, component_id: int) -> str:
    row = session.execute(
        select(Part.mpn, Identification.status)
        .join(Identification, Identification.part_id == Part.id)
        .where(Identification.component_id == component_id, Identification.superseded_by.is_(None))
        .order_by(Identification.status == "tentative", Identification.id)
    ).first()
    if row is None:
        return _UNKNOWN
    return f"{row.mpn} (read from the marking, tentative)" if row.status == "tentative" else str(row.mpn)


def _brand(session: Session, component_id: int) -> str:
    label: str | None = session.execute(
        select(Organization.label)
        .join(MakerAttribution, MakerAttribution.organization_id == Organization.id)
        .where(
            MakerAttribution.component_id == component_id,
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != "tentative",
        )
        .order_by(MakerAttribution.id)
    ).scalar()
    return label or "not identified"


def _photographs(session: Session, component_id: int) -> str:
    """The photographs of the item that may be sent along, by reference and digest."""
    rows = session.execute(
        select(Photo.uid, Photo.tlp, Photo.sha256)
        .join(PhotoSubject, PhotoSubject.photo_id == Photo.id)
        .where(PhotoSubject.component_id == component_id)
        .order_by(Photo.id)
    ).all()
    allowed = [
        f"{reference('photo', row.uid)} (SHA-256 {row.sha256})"
        for row in rows
        if row.tlp in ("CLEAR", "GREEN", "AMBER", None)
    ]
    return "; ".join(allowed) + "; attached" if allowed else "none on record"
