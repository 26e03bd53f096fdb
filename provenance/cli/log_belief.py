"""`provenance log belief` and `log withdraw`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import Context, FormatOption, OutOption, context_of, printer
from provenance.core.vocabulary import Authenticity, MarkingState, OutputFormat, Reliability, Tlp
from provenance.core.vocabulary.field import Aspect, CounterfeitKind, IdentificationState

if TYPE_CHECKING:
    from provenance.cli.render import Answer
    from provenance.domain.beliefs import OpinionLogged


def register_log(log: typer.Typer) -> None:
    """Hangs the commands on the group."""
    log.command("belief")(belief)
    log.command("withdraw")(withdraw)


def belief(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="Reference of a component, recovery or source; a source's key too.")
    ],
    basis: Annotated[
        str | None, typer.Option("--basis", help="On what basis: a report, an X-ray, the maker's letter.")
    ] = None,
    said_by: Annotated[
        str | None,
        typer.Option("--said-by", help="Whose judgement it is: a laboratory, a person; else who logs it."),
    ] = None,
    reliability: Annotated[
        str | None,
        typer.Option("--reliability", help=f"Of a source: {', '.join(Reliability)} or not-assessed."),
    ] = None,
    credibility: Annotated[
        str | None,
        typer.Option("--credibility", help="Of what a source's record says: 1 to 6 or not-assessed."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="The source whose record that is, where several report it.")
    ] = None,
    authenticity: Annotated[
        str | None, typer.Option("--authenticity", help=f"{', '.join(Authenticity)} or not-assessed.")
    ] = None,
    counterfeit_kind: Annotated[
        str | None, typer.Option("--counterfeit-kind", help=f"{', '.join(CounterfeitKind)}.")
    ] = None,
    marking_state: Annotated[
        str | None, typer.Option("--marking-state", help=f"{', '.join(MarkingState)} or not-assessed.")
    ] = None,
    identification: Annotated[
        str | None, typer.Option("--identification", help=f"{', '.join(IdentificationState)}.")
    ] = None,
    maker: Annotated[
        str | None, typer.Option("--maker", help="Whose brand is on it.", autocompletion=firms)
    ] = None,
    mpn: Annotated[str | None, typer.Option("--mpn", help="Which part number it is.")] = None,
    candidate: Annotated[
        int | None,
        typer.Option("--candidate", min=1, help="Maker and part as this candidate for the marking has them."),
    ] = None,
    tlp: Annotated[str | None, typer.Option("--tlp", help=f"{', '.join(Tlp)} or not-assessed.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Say what is held of a record, by whom and on what basis; what was held before stays on record.

    Reliability of a source and credibility of what it says are two things, and neither is derived from the
    other.

    Example: provenance log belief C-7K3M9-Q2X4H --authenticity suspect --basis X-ray
    """
    from provenance.core.errors import UsageError
    from provenance.domain.beliefs import Opinion, log_opinion
    from provenance.domain.journal import author_of
    from provenance.identify.store.knowledge import identifier
    from provenance.importing.marking_reader import MarkingReader
    from provenance.schema.session import writing

    own = context_of(context)
    aspects = _aspects(
        {
            Aspect.RELIABILITY: reliability,
            Aspect.CREDIBILITY: credibility,
            Aspect.AUTHENTICITY: authenticity,
            Aspect.MARKING_STATE: marking_state,
            Aspect.TLP: tlp,
        }
    )
    state = _state(identification)
    if not aspects and not (state or maker or mpn or candidate):
        raise UsageError("What is held of it? Give at least one aspect; see provenance log belief --help")
    if candidate is not None:
        maker, mpn = _candidate(own, ref, candidate)
    opinion = Opinion(
        said_by=said_by or own.settings.actor,
        basis=_basis(basis, aspects),
        aspects=aspects,
        counterfeit_kind=_kind(counterfeit_kind),
        identification=state,
        maker=maker,
        mpn=mpn,
        source=source,
    )
    with writing(own.writing_engine()) as session:
        author = author_of(session, own.settings.actor)
        reader = MarkingReader(identifier(session))
        logged = log_opinion(session, author, ref, opinion, reader=reader)
    printer(format, out).print(_answer(logged, opinion.said_by, opinion.basis))


def _aspects(given: dict[Aspect, str | None]) -> dict[Aspect, Any]:
    from provenance.core.errors import UsageError
    from provenance.fields import values

    readers = {
        Aspect.RELIABILITY: values.one_of(Reliability),
        Aspect.CREDIBILITY: values.credibility,
        Aspect.AUTHENTICITY: values.one_of(Authenticity),
        Aspect.MARKING_STATE: values.one_of(MarkingState),
        Aspect.TLP: values.one_of(Tlp),
    }
    found: dict[Aspect, Any] = {}
    for aspect, text in given.items():
        if text is None:
            continue
        try:
            found[aspect] = readers[aspect](text)
        except ValueError as error:
            raise UsageError(f"--{aspect.replace('_', '-')}: {error}") from None
    return found


def _state(text: str | None) -> IdentificationState | None:
    from provenance.core.errors import UsageError
    from provenance.fields.values import one_of

    try:
        return one_of(IdentificationState)(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"--identification: {error}") from None


def _kind(text: str | None) -> str | None:
    from provenance.core.errors import UsageError
    from provenance.fields.values import one_of

    try:
        return one_of(CounterfeitKind)(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"--counterfeit-kind: {error}") from None


def _basis(basis: str | None, aspects: dict[Aspect, Any]) -> str:
    """The basis; only a TLP mark, which is no judgement of anything, may stand without one."""
    from provenance.core.errors import UsageError

    if basis is not None and basis.strip():
        return basis.strip()
    if set(aspects) == {Aspect.TLP}:
        return "as marked"
    raise UsageError("On what basis is that held?", hint="Add --basis TEXT.")


def _candidate(own: Context, ref: str, number: int) -> tuple[str, str | None]:
    """Maker and part of a candidate for a component's marking."""
    from sqlalchemy import select

    from provenance.core.errors import NotFound, UsageError
    from provenance.importing.marking_reader import MarkingDesk
    from provenance.queries.names import row_of_reference
    from provenance.schema.engines import reading_engine

    with own.reading() as session:
        referred = row_of_reference(session, ref)
        if referred is None or referred[0] != "component":
            raise NotFound(f"{ref} is no reference of a component")
        from provenance.schema.recoveries import Component

        marking = session.execute(select(Component.marking).where(Component.id == referred[1])).scalar_one()
    offered = MarkingDesk(reading_engine(own.settings.database)).read(marking).offered if marking else ()
    if number > len(offered):
        raise UsageError(f"--candidate {number}: its marking has {len(offered)} candidates")
    chosen = offered[number - 1]
    return chosen.maker_ref, chosen.candidate.mpn or None


def _answer(logged: OpinionLogged, said_by: str, basis: str) -> Answer:
    from provenance.cli.render import Answer, Column, Section
    from provenance.text.folding import printable

    for note in logged.notes:
        typer.echo(f"Note: {printable(note)}", err=True)
    rows = [
        {"ref": logged.ref, **asdict(change), "said_by": said_by, "basis": basis} for change in logged.changes
    ]
    columns = [
        Column("aspect", lambda row: str(row["aspect"]).replace("_", " ")),
        Column("held before", lambda row: str(row["before"]).replace("_", " ")),
        Column("held now", lambda row: str(row["after"]).replace("_", " ")),
        Column("by", lambda row: str(row["said_by"])),
        Column("basis", lambda row: str(row["basis"])),
    ]
    return Answer("provenance.log-belief/1", rows, [Section(logged.ref, rows, columns)])


def withdraw(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="Reference of a logged component or recovery.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take back what was logged by mistake: it stays on record and is counted nowhere.

    A recovery is taken back with all its components.

    Example: provenance log withdraw C-7K3M9-Q2X4H --reason "logged twice"
    """
    from provenance.cli.render import Answer, Section
    from provenance.domain.journal import author_of
    from provenance.domain.withdrawals import withdraw as take_back
    from provenance.schema.session import writing

    own = context_of(context)
    with writing(own.writing_engine()) as session:
        taken = take_back(session, author_of(session, own.settings.actor), ref, reason)
    row = {"ref": ref, "components": taken, "reason": reason}
    line = f"{ref}: {taken} components taken back" if taken else f"{ref}: no component that still stood"
    printer(format, out).print(Answer("provenance.log-withdraw/1", [row], [Section("", lines=[line])]))
