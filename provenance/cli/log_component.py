"""`provenance log component` and `log citation`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms
from provenance.cli.context import FormatOption, OutOption, context_of
from provenance.cli.log_entry import (
    CredibilityOption,
    EntryDesk,
    GuidedOption,
    LanguageOption,
    Manner,
    NoteOption,
    TlpOption,
    YesOption,
    given_cells,
    is_lacking,
    log_entry,
)
from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    MarkingState,
    OutputFormat,
    Reliability,
)
from provenance.core.vocabulary.field import CounterfeitKind, IdentificationState

if TYPE_CHECKING:
    from provenance.importing.marking_reader import Offered


def register_log(log: typer.Typer) -> None:
    """Hangs the commands on the group."""
    log.command("component")(component)
    log.command("citation")(citation)


def component(
    context: typer.Context,
    recovery: Annotated[
        str | None, typer.Option("--recovery", help="Reference of the recovery it was in.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="The unit it sat on, by label or reference.")
    ] = None,
    marking: Annotated[
        str | None, typer.Option("--marking", help="The marking as it stands there; // parts its lines.")
    ] = None,
    marking_state: Annotated[
        str | None, typer.Option("--marking-state", help=f"What is left of it: {', '.join(MarkingState)}.")
    ] = None,
    candidate: Annotated[
        int | None,
        typer.Option("--candidate", min=1, help="Take this candidate for the marking, by its number."),
    ] = None,
    maker: Annotated[
        str | None, typer.Option("--maker", help="Whose brand is on it.", autocompletion=firms)
    ] = None,
    mpn: Annotated[str | None, typer.Option("--mpn", help="Its part number, as somebody holds.")] = None,
    identification: Annotated[
        str | None,
        typer.Option(
            "--identification",
            help=f"How firmly maker and part are held: {', '.join(IdentificationState)}; else tentative.",
        ),
    ] = None,
    basis: Annotated[
        str | None, typer.Option("--basis", help="On what basis maker, part and authenticity are held.")
    ] = None,
    said_by: Annotated[
        str | None, typer.Option("--said-by", help="Whose judgement that is; else who logs it.")
    ] = None,
    laboratory: Annotated[str | None, typer.Option("--laboratory", help="Who examined it.")] = None,
    description: Annotated[str | None, typer.Option("--description", help="What it is, in words.")] = None,
    pieces: Annotated[
        str | None, typer.Option("--pieces", help="How many identical ones; left out: not counted.")
    ] = None,
    date_code: Annotated[str | None, typer.Option("--date-code", help="Date code as marked.")] = None,
    lot: Annotated[str | None, typer.Option("--lot", help="Lot code as marked.")] = None,
    made: Annotated[
        str | None, typer.Option("--made", help="When it was made: 2021, 2021-05, a span a..b.")
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", help=f"{', '.join(ComponentCategory)}.")
    ] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="Customs code.")] = None,
    condition: Annotated[str | None, typer.Option("--condition", help="Its condition.")] = None,
    authenticity: Annotated[
        str | None,
        typer.Option("--authenticity", help=f"{', '.join(Authenticity)}. Left out: not assessed."),
    ] = None,
    counterfeit_kind: Annotated[
        str | None, typer.Option("--counterfeit-kind", help=f"{', '.join(CounterfeitKind)}.")
    ] = None,
    tlp: TlpOption = None,
    credibility: CredibilityOption = None,
    note: NoteOption = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log one component of a recovery; what its marking may be is offered by number.

    A candidate is a reading, never a finding: nothing is held of maker and part unless somebody says so.

    Example: provenance log component --recovery R-7K3M9-Q2X4H --marking "AD7606BSTZ // #2135" --pieces 2
    """
    from provenance.domain.component_entries import log_component
    from provenance.fields.entries import Kind
    from provenance.importing.marking_reader import MarkingDesk

    given = given_cells(context, Kind.COMPONENT)
    desk = EntryDesk(context_of(context), Kind.COMPONENT, Manner(guided, language, yes, format, out))
    texts = desk.texts(given, lacking=recovery is None or is_lacking(Kind.COMPONENT, given))
    offered = [] if desk.asked else _offered(desk, texts)
    if candidate is not None:
        texts |= _taken(offered, candidate)
    markings = MarkingDesk(desk.reading)
    logged = desk.write(
        desk.entry(texts),
        lambda session, author, entry: log_component(session, author, entry, reader=markings.reader(session)),
    )
    desk.announce(logged, candidates=[_row(each) for each in offered])
    if offered and candidate is None and format is OutputFormat.TABLE:
        _offer(offered, logged.ref)


def _offered(desk: EntryDesk, texts: dict[str, str]) -> list[Offered]:
    """What the marking may be, where nobody has said it."""
    from provenance.fields.values import marking
    from provenance.importing.marking_reader import MarkingDesk

    if {"maker", "mpn"} & texts.keys() or texts.get("identification") == IdentificationState.UNIDENTIFIED:
        return []
    text = marking(texts.get("marking", ""))
    return list(MarkingDesk(desk.reading).read(text).offered) if text else []


def _taken(offered: list[Offered], number: int) -> dict[str, str]:
    from provenance.core.errors import UsageError

    if number > len(offered):
        raise UsageError(
            f"--candidate {number}: the marking has {len(offered)} candidates",
            hint="A candidate is taken instead of --maker and --mpn; see provenance identify MARKING.",
        )
    chosen = offered[number - 1]
    mpn = {"mpn": chosen.candidate.mpn} if chosen.candidate.mpn else {}
    return {"maker": chosen.maker_ref, **mpn}


def _row(offered: Offered) -> dict[str, Any]:
    candidate = offered.candidate
    return {
        "maker": offered.maker,
        "maker_ref": offered.maker_ref,
        "mpn": candidate.mpn or None,
        "confidence": str(candidate.confidence),
        "score": candidate.score,
        "reason": candidate.reason,
    }


def _offer(offered: list[Offered], ref: str) -> None:
    from provenance.text.folding import printable

    typer.echo("Left open what it is. By the program's reading, candidates and no findings:", err=True)
    for number, each in enumerate(offered, start=1):
        typer.echo(f"  {number}  {printable(each.words)}: {printable(each.candidate.reason)}", err=True)
    typer.echo(
        f"  Hold one: provenance log belief {ref} --candidate NUMBER --basis TEXT, or --candidate here.",
        err=True,
    )


def citation(
    context: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(help="Reference of the recovery, component, transfer or firm that it reports."),
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Short key of the source.")] = None,
    record: Annotated[
        str | None, typer.Option("--record", help="The source's own key of the record; else its address.")
    ] = None,
    address: Annotated[str | None, typer.Option("--address", help="Where it is found.")] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="What it says, in its own words.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="When it was published.")] = None,
    retrieved: Annotated[str | None, typer.Option("--retrieved", help="When somebody looked at it.")] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Publisher of a source not known yet.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    source_address: Annotated[
        str | None, typer.Option("--source-address", help="Where that source is found.")
    ] = None,
    origin_group: Annotated[
        str | None,
        typer.Option(
            "--origin-group", help="Sources that rest on the same wrecks share one; else the publisher."
        ),
    ] = None,
    reliability: Annotated[
        str | None,
        typer.Option(
            "--reliability", help=f"Admiralty reliability of a new source: {', '.join(Reliability)}."
        ),
    ] = None,
    credibility: CredibilityOption = None,
    tlp: TlpOption = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log that a publication or record reports something that is in the database.

    Example: provenance log citation C-7K3M9-Q2X4H --source gur-war-sanctions --record 4711 --credibility 2
    """
    from provenance.domain.citations import log_citation
    from provenance.fields.entries import Kind

    given = given_cells(context, Kind.CITATION)
    manner = Manner(guided, language, yes, format, out)
    log_entry(context_of(context), Kind.CITATION, given, manner, log_citation)
