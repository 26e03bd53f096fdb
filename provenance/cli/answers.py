"""Answers of queries laid out for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from provenance.cli.render import Answer, Column, Section, sparkline
from provenance.cli.views.words import many
from provenance.queries.counting import GroupBy, TopQuestion
from provenance.queries.evidence import EvidenceAnswer
from provenance.queries.top import TopAnswer, TopRow

_SPARK_QUARTERS = 20


def top_answer(found: TopAnswer, question: TopQuestion) -> Answer:
    """The ranking; the keys of its rows are a contract (``provenance.top/1``)."""
    rows = [_top_row(row, question) for row in found.rows]
    title = _title(question)
    sections = [Section(title, rows, _top_columns(question, rows))]
    if not rows:
        sections = [Section(title, lines=["Nothing was found that fits."])]
    if question.brands:
        sections += [_brand_section(row) for row in found.rows if row.brands]
    return Answer("provenance.top/1", rows, sections, found.basis)


def _title(question: TopQuestion) -> str:
    where = {"any": "of any country", "unknown": "of unknown country"}.get(
        question.country, f"of {question.country}"
    )
    what = {
        GroupBy.FIRM: "Firms",
        GroupBy.PART: "Parts",
        GroupBy.WEAPON: "Weapons",
        GroupBy.COUNTRY: "Countries",
    }
    whose = "" if question.by is GroupBy.COUNTRY else f" {where} (basis: {question.basis})"
    return f"{what[question.by]} by distinct recoveries, makers{whose}"


def _top_row(row: TopRow, question: TopQuestion) -> dict[str, Any]:
    figures = asdict(row.figures)
    figures["trend"] = [dict(quarter) for quarter in figures["trend"]]
    named: dict[str, Any] = {str(question.by): row.name, f"{question.by}_ref": row.ref}
    if question.by is GroupBy.COUNTRY:
        named = {"country": row.ref, "country_name": row.name}
    elif question.by is not GroupBy.WEAPON:
        named["country"] = row.country
    result: dict[str, Any] = {"rank": row.rank, **named, **figures}
    if question.brands:
        result["brands"] = [asdict(line) for line in row.brands]
    return result


def _top_columns(question: TopQuestion, rows: list[dict[str, Any]]) -> list[Column]:
    def number(name: str, header: str | None = None) -> Column:
        return Column(header or name, lambda row: f"{row[name]:,}", right=True)

    def known(name: str, header: str | None = None) -> Column:
        # None is known of a thing that everything has: unknown, and not none.
        return Column(header or name, lambda row: f"{row[name]:,}" if row[name] else "–", right=True)

    def text(name: str, header: str) -> Column:
        return Column(header, lambda row: str(row[name] or "–"))

    label = "country_name" if question.by is GroupBy.COUNTRY else str(question.by)
    columns = [Column("#", lambda row: str(row["rank"]), right=True), text(label, str(question.by))]
    if question.by in (GroupBy.FIRM, GroupBy.PART):
        columns.append(text("country", ""))
    columns += [
        number("recoveries"),
        number("specimens"),
        replace(known("weapon_systems", "weapons"), yields=5),
        number("components"),
        replace(known("parts", "stated parts"), yields=6),
        replace(text("first_seen", "first seen"), yields=2),
        replace(text("last_seen", "last seen"), yields=2),
        Column("made after 2022-02-24", _made_after, yields=3),
    ]
    quarters = _quarters(rows)
    if quarters:
        span = quarters[0] if len(quarters) == 1 else f"{quarters[0]}…{quarters[-1]}"
        columns.append(Column(span, lambda row: _spark(row, quarters), yields=4))
    return columns


def _made_after(row: dict[str, Any]) -> str:
    made = row["made_after"]
    if not made["certain"] and not made["possible"]:
        return "–" if made["unknown"] else "none"
    possible = f" +{made['possible']} possible" if made["possible"] else ""
    return f"{made['certain']}{possible}"


def _quarters(rows: list[dict[str, Any]]) -> list[str]:
    """Every quarter from the first to the last that any row has, the latest twenty of them."""
    present = sorted({quarter["quarter"] for row in rows for quarter in row["trend"]})
    if not present:
        return []
    first, last = (int(text[:4]) * 4 + int(text[-1]) - 1 for text in (present[0], present[-1]))
    return [f"{number // 4}-Q{number % 4 + 1}" for number in range(first, last + 1)][-_SPARK_QUARTERS:]


def _spark(row: dict[str, Any], quarters: list[str]) -> str:
    counts = {quarter["quarter"]: quarter["recoveries"] for quarter in row["trend"]}
    line = sparkline([counts.get(quarter, 0) for quarter in quarters])
    undated = row["undated_recoveries"]
    return f"{line} +{undated} not placed".strip() if undated else line


def _brand_section(row: TopRow) -> Section:
    return Section(
        f"{row.name}: brands",
        [asdict(line) for line in row.brands],
        [
            Column("brand", lambda line: str(line["brand"])),
            Column("recoveries", lambda line: f"{line['recoveries']:,}", right=True),
            Column("components", lambda line: f"{line['components']:,}", right=True),
        ],
    )


def evidence_answer(found: EvidenceAnswer) -> Answer:
    """Every recovery behind a firm's figure, each with its components and their sources."""
    rows = [asdict(recovery) for recovery in found.recoveries]
    sections: list[Section] = [
        Section(
            f"{found.firm} ({found.firm_ref}): {many(len(rows), 'recovery')},"
            f" {many(sum(len(row['components']) for row in rows), 'component')}"
        )
    ]
    sections += [_recovery_section(row) for row in rows]
    return Answer(
        "provenance.top-evidence/1",
        rows,
        sections,
        found.basis,
        {"firm": found.firm, "firm_ref": found.firm_ref},
    )


def _recovery_section(row: dict[str, Any]) -> Section:
    about = ", ".join(part for part in (row["weapon"], row["extent"], row["seen"]) if part)
    return Section(
        f"{row['recovery_ref']}  {row['recovery']}  ({about})",
        row["components"],
        [
            Column("component", lambda item: str(item["component_ref"])),
            Column("brand", lambda item: str(item["brand"])),
            Column(
                "part or marking", lambda item: str(item["part"] or item["marking"] or "no marking published")
            ),
            Column("maker as written", lambda item: str(item["maker_as_written"] or "–")),
            Column("sources", lambda item: "; ".join(_source_text(source) for source in item["sources"])),
        ],
    )


def _source_text(source: dict[str, Any]) -> str:
    grade = f"{source['reliability'] or '–'}{source['credibility'] or '–'}"
    return f"{source['source']} {source['record_key']} [{grade}] {source['address'] or ''}".strip()
