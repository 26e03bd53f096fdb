"""`provenance log recovery`, `log seizure` and `log unit`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import firms, weapons
from provenance.cli.context import FormatOption, OutOption, context_of
from provenance.cli.log_entry import (
    CountryOption,
    CredibilityOption,
    GuidedOption,
    LabelOption,
    LanguageOption,
    Manner,
    NoteOption,
    PlaceOption,
    PositionOption,
    PrecisionOption,
    TlpOption,
    YesOption,
    given_cells,
    log_entry,
)
from provenance.core.vocabulary import Extent, OutputFormat, RecoveryKind, UnitKind, WeaponKind
from provenance.core.vocabulary.field import Movement

_DATE = "2024, 2024-05, 2024-05-12, a span a..b, or day first: 12.05.2024."


def register_log(log: typer.Typer) -> None:
    """Hangs the commands on the group."""
    log.command("recovery")(recovery)
    log.command("seizure")(seizure)
    log.command("unit")(unit)


def recovery(
    context: typer.Context,
    weapon: Annotated[
        str | None,
        typer.Option("--weapon", help="The weapon by any of its names.", autocompletion=weapons),
    ] = None,
    weapon_kind: Annotated[
        str | None,
        typer.Option("--weapon-kind", help=f"Of a weapon not known yet: {', '.join(WeaponKind)}."),
    ] = None,
    unit_type: Annotated[
        str | None, typer.Option("--unit-type", help="Type of unit, where only a unit was examined.")
    ] = None,
    variant: Annotated[str | None, typer.Option("--variant", help="Variant or modification.")] = None,
    extent: Annotated[
        str, typer.Option("--extent", help=f"How much it stands for: {', '.join(Extent)}; ? is unstated.")
    ] = Extent.SPECIMEN,
    kind: Annotated[
        str, typer.Option("--kind", help="How it came into examining hands: battlefield or interception.")
    ] = RecoveryKind.BATTLEFIELD,
    serial: Annotated[str | None, typer.Option("--serial", help="Serial number of the weapon.")] = None,
    tail: Annotated[str | None, typer.Option("--tail", help="Tail or side number.")] = None,
    chassis: Annotated[str | None, typer.Option("--chassis", help="Chassis number.")] = None,
    sample: Annotated[str | None, typer.Option("--sample", help="The examiner's own number.")] = None,
    recovered: Annotated[str | None, typer.Option("--recovered", help=f"When recovered: {_DATE}")] = None,
    captured: Annotated[str | None, typer.Option("--captured", help="When captured.")] = None,
    used: Annotated[str | None, typer.Option("--used", help="When used.")] = None,
    produced: Annotated[str | None, typer.Option("--produced", help="When the weapon was produced.")] = None,
    examined: Annotated[str | None, typer.Option("--examined", help="When examined.")] = None,
    place: PlaceOption = None,
    position: PositionOption = None,
    precision: PrecisionOption = None,
    country: CountryOption = None,
    label: LabelOption = None,
    tlp: TlpOption = None,
    credibility: CredibilityOption = None,
    note: NoteOption = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log one recovered weapon, or a unit of one; without flags on a terminal it asks.

    Example: provenance log recovery --weapon Kh-101 --serial 77 --used 2024-01-02 --place "37U CR 0149 4158"
    """
    from provenance.domain.recovery_entries import log_recovery
    from provenance.fields.entries import Kind

    given = given_cells(context, Kind.RECOVERY)
    manner = Manner(guided, language, yes, format, out)
    log_entry(context_of(context), Kind.RECOVERY, given, manner, log_recovery)


def seizure(
    context: typer.Context,
    authority: Annotated[
        str | None, typer.Option("--authority", help="Who seized it.", autocompletion=firms)
    ] = None,
    seized: Annotated[str | None, typer.Option("--seized", help=f"When: {_DATE}")] = None,
    border_point: Annotated[
        str | None, typer.Option("--border-point", help="Border point, airport or port.")
    ] = None,
    movement: Annotated[
        str | None, typer.Option("--movement", help=f"What the goods were doing: {', '.join(Movement)}.")
    ] = None,
    from_country: Annotated[
        str | None, typer.Option("--from-country", help="Country they came from.")
    ] = None,
    to_country: Annotated[str | None, typer.Option("--to-country", help="Country they went to.")] = None,
    consignor: Annotated[
        str | None, typer.Option("--consignor", help="Who sent them.", autocompletion=firms)
    ] = None,
    consignee: Annotated[
        str | None, typer.Option("--consignee", help="To whom.", autocompletion=firms)
    ] = None,
    goods: Annotated[str | None, typer.Option("--goods", help="The goods as declared.")] = None,
    hs: Annotated[
        str | None, typer.Option("--hs", help="Customs code as declared, six digits or more.")
    ] = None,
    weapon: Annotated[
        str | None,
        typer.Option("--weapon", help="The weapon, where a whole one was seized.", autocompletion=weapons),
    ] = None,
    place: PlaceOption = None,
    position: PositionOption = None,
    precision: PrecisionOption = None,
    country: CountryOption = None,
    label: LabelOption = None,
    tlp: TlpOption = None,
    credibility: CredibilityOption = None,
    note: NoteOption = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log goods seized at a border or in a raid; they never count as found in a weapon.

    Being named as consignor or consignee is no finding against anybody.

    Example: provenance log seizure --authority "Lithuanian Customs" --from-country CN --to-country RU
    """
    from provenance.domain.recovery_entries import log_seizure
    from provenance.fields.entries import Kind

    given = given_cells(context, Kind.SEIZURE)
    manner = Manner(guided, language, yes, format, out)
    log_entry(context_of(context), Kind.SEIZURE, given, manner, log_seizure)


def unit(
    context: typer.Context,
    recovery: Annotated[
        str | None, typer.Option("--recovery", help="Reference of the recovery it was in.")
    ] = None,
    label: Annotated[str | None, typer.Option("--label", help="What the unit is called.")] = None,
    unit_type: Annotated[
        str | None, typer.Option("--unit-type", help="Its type by any of its names.")
    ] = None,
    unit_kind: Annotated[
        str | None, typer.Option("--unit-kind", help=f"Of a type not known yet: {', '.join(UnitKind)}.")
    ] = None,
    serial: Annotated[str | None, typer.Option("--serial", help="Serial number of the unit.")] = None,
    note: NoteOption = None,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a unit of a recovery: a board or box that components sat on. Known ones are completed.

    Example: provenance log unit --recovery R-7K3M9-Q2X4H --label "Board 2" --serial 0417
    """
    from provenance.domain.units import log_unit
    from provenance.fields.entries import Kind

    given = given_cells(context, Kind.UNIT)
    manner = Manner(guided, language, yes=False, format=format, out=out)
    log_entry(context_of(context), Kind.UNIT, given, manner, log_unit)
