"""What somebody holds of a record, said later: graded sources, doubted parts, confirmed identifications."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, StatementStatus
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.assessments import ASPECTS_OF, Judgement, assess
from provenance.domain.audit import add_entry
from provenance.domain.journal import Author
from provenance.domain.names import Names
from provenance.domain.references import row_of_reference
from provenance.domain.statements import Held, replace, state
from provenance.facts.splicing import refresh_rows
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.tables import table


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is held of one record: values by aspect (None: not assessed), and of a component maker and part.

    ``held_maker`` is an organization's name or reference.
    """

    said_by: str
    basis: str
    aspects: dict[Aspect, Any] = field(default_factory=dict)
    counterfeit_kind: str | None = None
    identification: IdentificationState | None = None
    maker: str | None = None
    mpn: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is held otherwise now; texts, "not assessed" where nothing is held."""

    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OpinionLogged:
    """What was written: of which record, what changed, and what could not be settled."""

    ref: str
    changes: tuple[Changed, ...]
    notes: tuple[str, ...]


def log_opinion(session: Session, author: Author, ref: str, opinion: Opinion) -> OpinionLogged:
    """Writes an opinion: every earlier one stays on record, superseded; one audit entry tells of all.

    A credibility belongs to a record of a source: of a component or recovery with several, ``source`` says
    which.

    Raises:
        NotFound: there is nothing of that reference.
        BadInput: this cannot be held of such a record.
    """
    name, number, uid = _subject(session, ref)
    changes = [
        _assess(session, author, (name, number), aspect, value, opinion)
        for aspect, value in opinion.aspects.items()
    ]
    names = Names(session, author)
    if opinion.identification is not None or opinion.maker or opinion.mpn:
        if name != "component":
            raise BadInput("only of a component can it be held which part it is")
        changes += _identify(session, author, number, opinion, names)
    add_entry(
        session,
        actor=author.actor,
        action="log belief",
        table=name,
        uid=uid,
        before={change.aspect: change.before for change in changes},
        after={change.aspect: change.after for change in changes}
        | {"said_by": opinion.said_by, "basis": opinion.basis},
    )
    if name == "recovery":
        refresh_rows(session, "recovery", [number])
    refresh_rows(session, "component", _components_of(session, name, number))
    return OpinionLogged(reference(name, uid), tuple(changes), tuple(names.notes))


def _subject(session: Session, ref: str) -> tuple[str, int, str]:
    # A source's key may look like a reference with a slip in it, so the keys come first.
    number = session.execute(select(Source.id).where(Source.key == ref)).scalar()
    referred = ("source", number) if number is not None else row_of_reference(session, ref)
    if referred is None or referred[0] not in ASPECTS_OF:
        raise NotFound(
            f"{ref} is no reference of a component, recovery or source",
            hint="Find it: provenance find TEXT; a source goes by its key too.",
        )
    record = table(referred[0])
    uid = session.execute(select(record.c.uid).where(record.c.id == referred[1])).scalar_one()
    return referred[0], referred[1], uid


def _assess(
    session: Session, author: Author, subject: tuple[str, int], aspect: Aspect, value: Any, opinion: Opinion
) -> Changed:
    name, number = subject
    if aspect is Aspect.CREDIBILITY and name in ("component", "recovery"):
        name, number = "citation", _citation(session, name, number, opinion.source)
    if aspect not in ASPECTS_OF[name]:
        raise BadInput(f"{aspect} is no aspect of a {name}; {', '.join(ASPECTS_OF[name])} are")
    if opinion.counterfeit_kind and aspect is Aspect.AUTHENTICITY and value not in SUSPECT_AUTHENTICITY:
        raise BadInput(f"counterfeit_kind: authenticity is to be one of {', '.join(SUSPECT_AUTHENTICITY)}")
    kind = opinion.counterfeit_kind if aspect is Aspect.AUTHENTICITY else None
    judgement = Judgement(aspect, value, kind, said_by=opinion.said_by, basis=opinion.basis)
    before = assess(session, author, name, number, judgement)
    after = f"{value} ({kind})" if kind else value
    return Changed(str(aspect), _words(before), _words(after))


def _words(value: Any) -> str:
    return "not assessed" if value is None else str(value)


def _citation(session: Session, name: str, number: int, key: str | None) -> int:
    rows = session.execute(
        select(Citation.id, Source.key)
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.__table__.c[f"{name}_id"] == number)
        .order_by(Citation.id)
    ).all()
    mine = [row.id for row in rows if key in (None, row.key)]
    if len(mine) != 1:
        keys = ", ".join(dict.fromkeys(row.key for row in rows)) or "none"
        raise BadInput(
            f"credibility: of which record? Sources that report this: {keys}", hint="Say it: --source KEY"
        )
    number_: int = mine[0]
    return number_


def _identify(session: Session, author: Author, number: int, opinion: Opinion, names: Names) -> list[Changed]:
    if opinion.identification is IdentificationState.UNIDENTIFIED:
        before = {
            "maker": replace(session, "maker_attribution", number, None),
            "part": replace(session, "identification", number, None),
        }
        return [Changed(what, old or "unidentified", "unidentified") for what, old in before.items()]
    if not (opinion.maker or opinion.mpn):
        raise BadInput("identification: as what? Give maker, mpn or candidate")
    confirmed = opinion.identification is IdentificationState.CONFIRMED
    maker = names.firm(opinion.maker)
    held = Held(
        maker=maker,
        maker_as_written=names.firm_label(maker) or opinion.maker,
        mpn=opinion.mpn,
        status=StatementStatus.CONFIRMED if confirmed else StatementStatus.TENTATIVE,
        basis=opinion.basis,
        said_by=opinion.said_by,
    )
    before = state(session, author, number, None, held)
    now = {"maker": held.maker_as_written, "part": held.mpn}
    return [
        Changed(what, old or "unidentified", f"{now[what]} ({held.status})") for what, old in before.items()
    ]


def _components_of(session: Session, name: str, number: int) -> list[int]:
    """The components whose packed facts an opinion of a record may change."""
    if name == "component":
        return [number]
    if name == "source":
        mine = Citation.source_id == number, Citation.component_id.is_not(None)
        return list(session.execute(select(Citation.component_id).where(*mine).distinct()).scalars())
    return list(session.execute(select(Component.id).where(Component.recovery_id == number)).scalars())
