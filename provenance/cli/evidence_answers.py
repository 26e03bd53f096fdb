"""Answers about evidence, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.cli.evidence_options import evidence_basis

if TYPE_CHECKING:
    from provenance.cli.render import Answer, Column
    from provenance.core.vocabulary import Tlp
    from provenance.evidence.checklist import Checklist
    from provenance.evidence.custody import Link
    from provenance.evidence.intake import TakenIn
    from provenance.evidence.listing import PhotoList
    from provenance.evidence.subjects import Subject
    from provenance.evidence.verifying import Verified
    from provenance.schema.session import Session

Row = dict[str, Any]

PRESENCE_IS_NO_PROOF = (
    "A camera's clock and position are what the camera says; a label says what lay beside the part."
)


def _column(header: str, key: str, *, right: bool = False, yields: int = 0) -> Column:
    from provenance.cli.render import Column

    return Column(header, lambda row: _shown(row.get(key)), right=right, yields=yields)


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def intake_rows(session: Session, taken: Sequence[TakenIn], questions: dict[Path, list[str]]) -> list[Row]:
    """One row a file that was taken in: what it is, whether it was known, what it hangs on, what is asked."""
    from provenance.evidence.attaching import attachments_of
    from provenance.evidence.clock import clock_questions
    from provenance.evidence.likeness import BITS
    from provenance.evidence.listing import photo_facts
    from provenance.evidence.subjects import recovered_on

    rows = []
    for done in taken:
        attached = attachments_of(session, done.photo.id)
        facts = [fact for _said, each in attached if (fact := recovered_on(session, each.recovery_id))]
        near = _near(session, done)
        clock = clock_questions(done.photo._asdict(), facts)
        rows.append(
            {
                "outcome": _outcome(done),
                **photo_facts(done.photo),
                "file": done.file.name,
                "first_logged_as": done.photo.file_name,
                "shows": [each.ref for _said, each in attached],
                "attachments": [
                    {
                        "record": each.ref,
                        "title": each.title,
                        "basis": said.attachment_basis,
                        "reason": said.reason,
                    }
                    for said, each in attached
                ],
                "nearly_the_same": {**near, "of_bits": BITS} if near else None,
                "questions": list(dict.fromkeys([*clock, *questions.get(done.file, [])])),
            }
        )
    return rows


def _outcome(done: TakenIn) -> str:
    if done.new:
        return "new"
    words = [word for word, so in (("corrected", done.changed), ("file put back", done.restored)) if so]
    return ", ".join(["known", *words])


def _near(session: Session, done: TakenIn) -> Row | None:
    from sqlalchemy import select

    from provenance.core.identity import reference
    from provenance.evidence.attaching import attachments_of

    if done.near is None:
        return None
    number, differing = done.near
    from provenance.schema.evidence import Photo

    other = session.execute(select(Photo).where(Photo.id == number)).one()
    return {
        "photo": reference("photo", other.uid),
        "file": other.file_name,
        "shows": [each.ref for _said, each in attachments_of(session, number)],
        "differing_bits": differing,
    }


def intake_answer(
    session: Session, schema: str, rows: list[Row], left_alone: Sequence[tuple[Path, str]] = ()
) -> Answer:
    """What became of the files of one command."""
    from provenance.cli.render import Answer, Section
    from provenance.core.tlp import Handling
    from provenance.evidence.listing import count_photos

    columns = [
        _column("photo", "photo"),
        _column("file", "file"),
        _column("", "outcome"),
        _column("state", "state", yields=1),
        _column("taken", "taken", yields=2),
        _column("shows", "shows"),
        _column("TLP", "tlp", yields=4),
    ]
    basis = evidence_basis(session, "which pictures were taken in", "files, by the SHA-256 of their content")
    new = sum(row["outcome"] == "new" for row in rows)
    hanging = sum(bool(row["shows"]) for row in rows)
    basis.counted = {"new": new, "known_already": len(rows) - new, "left_alone": len(left_alone)}
    basis.out_of = {"files": len(rows) + len(left_alone)}
    basis.handling = Handling.of(row["tlp"] for row in rows)
    basis.notes = [
        f"Attached to a record: {hanging:,} of {len(rows):,}; the others: provenance evidence unattached.",
        f"Known altogether: {count_photos(session):,} pictures.",
        PRESENCE_IS_NO_PROOF,
    ]
    alike = [_near_line(row) for row in rows if row["nearly_the_same"]]
    sections = [
        Section("", rows, columns),
        *_lines("Why they are attached", _reasons(rows)),
        *_lines("Known already", [_known_line(row) for row in rows if row["outcome"] != "new"]),
        *_lines("Nearly the same as a known picture", alike),
        *_lines("Not looked into", [f"{r['file']}: {r['state_reason']}" for r in rows if r["state_reason"]]),
        *_lines("Questions", [f"{row['file']}: {each}" for row in rows for each in row["questions"]]),
        *_lines("Left alone", [f"{file.name}: {reason}" for file, reason in left_alone]),
    ]
    left = [{"file": str(file), "reason": reason} for file, reason in left_alone]
    return Answer(schema, rows, sections, basis, {"left_alone": left})


def _lines(title: str, lines: list[str]) -> list[Any]:
    from provenance.cli.render import Section

    return [Section(f"{title} ({len(lines):,})", lines=lines)] if lines else []


def _reasons(rows: list[Row]) -> list[str]:
    return [
        f"{row['file']} to {each['record']}: {each['reason']}"
        for row in rows
        for each in row["attachments"]
        if each["basis"] != "stated"
    ]


def _known_line(row: Row) -> str:
    where = f"shows {', '.join(row['shows'])}" if row["shows"] else "hangs on no record"
    told = "" if row["outcome"] == "known" else f"; {row['outcome'].removeprefix('known, ')}"
    return (
        f"{row['file']}: the same picture is in as {row['photo']} ({row['first_logged_as']}), {where}{told}"
    )


def _near_line(row: Row) -> str:
    near = row["nearly_the_same"]
    where = f"shows {', '.join(near['shows'])}" if near["shows"] else "hangs on no record"
    bits = f"{near['differing_bits']} of {near['of_bits']} bits differ"
    return f"{row['file']}: like {near['photo']} ({near['file']}), {bits}; that one {where}"


def photo_list_answer(session: Session, found: PhotoList, schema: str, question: str) -> Answer:
    """Pictures of one record, or those that hang on none."""
    from provenance.cli.render import Answer, Section

    attached = "unattached" not in schema
    tail = (
        [_column("shows", "shows"), _column("views", "views"), _column("basis", "basis", yields=1)]
        if attached
        else [
            _column("recovered that day", "recovered_that_day"),
            _column("label read", "label_read", yields=1),
        ]
    )
    columns = [
        _column("photo", "photo"),
        _column("file", "file"),
        _column("taken", "taken"),
        *tail,
        _column("state", "state", yields=3),
        _column("camera", "camera", yields=4),
        _column("TLP", "tlp", yields=2),
    ]
    basis = evidence_basis(session, question, "pictures, each content once")
    basis.counted, basis.out_of = {"photos": found.photos}, {"photos": found.out_of}
    basis.handling = found.handling
    if found.too_strict:
        basis.notes.append(f"Left out for a stricter mark than --max-tlp: {found.too_strict:,} pictures.")
    if attached:
        basis.notes.append(
            f"Withdrawn statements left out: {found.withdrawn:,}; provenance show PHOTO has them."
        )
    else:
        basis.notes.append("A recovery of the same day is a lead: nothing is attached by the day alone.")
    basis.notes.append(PRESENCE_IS_NO_PROOF)
    asked = [f"{row['photo']} {row['file']}: {each}" for row in found.rows for each in row["questions"]]
    sections = [Section("", found.rows, columns), *_lines("Questions", list(dict.fromkeys(asked)))]
    return Answer(schema, found.rows, sections, basis)


def checklist_answer(session: Session, found: Checklist) -> Answer:
    """What is required for a record and what is there."""
    from dataclasses import asdict

    from provenance.cli.render import Answer, Section

    rows = [{**asdict(item), "by": list(item.by)} for item in found.items]
    for row in rows:
        row["there"] = "yes" if row["met"] else "NO" if row["need"] == "required" else "no"
    columns = [
        _column("there", "there"),
        _column("need", "need"),
        _column("what", "item"),
        _column("", "asks", yields=1),
        _column("by", "by"),
        _column("on whose word", "source", yields=3),
        _column("", "verification", yields=4),
    ]
    required = [item for item in found.items if item.need == "required"]
    met = sum(item.met for item in required)
    basis = evidence_basis(session, f"what is required for {found.subject.name}", "required items")
    basis.counted, basis.out_of = {"required_items_there": met}, {"required_items": len(required)}
    unverified = sum(item.verification == "unverified" for item in found.items)
    basis.filters = {"list": _which_list(found)}
    basis.notes = [
        f"{found.photos:,} pictures show it; {found.photos_without_view:,} of them do not say which side:"
        " provenance evidence attach PHOTO REF --face top.",
        f"{unverified:,} of {len(found.items):,} requirements rest on the editors' memory of field practice.",
    ]
    basis.handling = found.handling
    if found.left_out:
        left = ", ".join(f"{count:,} {what}" for what, count in found.left_out.items())
        basis.notes.append(f"Left out for a stricter mark than --max-tlp: {left}.")
    title = f"{found.subject.table} {found.subject.name}: {found.missing} required items missing"
    return Answer("provenance.checklist/1", rows, [Section(title, rows, columns)], basis)


def _which_list(found: Checklist) -> str:
    if found.subject.table != "component":
        return f"for a {found.subject.table}"
    if found.category is None:
        return "general (the component's category is not known)"
    if found.category_has_its_own:
        return f"general, and that for category {found.category}"
    return f"general (there is none for category {found.category})"


def custody_answer(
    session: Session, subject: Subject, everything: list[Link], host_entries: int, highest: Tlp | None
) -> Answer:
    """The log of custody in order, gaps and overlaps in rows of their own."""
    from dataclasses import asdict

    from provenance.cli.render import Answer, Section
    from provenance.core.tlp import Handling, ceiling

    allowed = ceiling(highest)
    links = [link for link in everything if allowed(link.tlp)]
    rows = [asdict(link) for link in links]
    rows = [
        {name if name not in ("giver", "taker") else {"giver": "from", "taker": "to"}[name]: value
         for name, value in row.items()}
        for row in rows
    ]  # fmt: skip
    columns = [
        _column("", "kind"),
        _column("at", "at"),
        _column("from", "from"),
        _column("to", "to"),
        _column("reason", "reason", yields=2),
        _column("seal", "seal", yields=1),
        _column("state", "state", yields=3),
        _column("", "says"),
        _column("entry", "ref", yields=4),
    ]
    basis = evidence_basis(session, f"who has had {subject.name}", "entries that nobody has corrected")
    kinds = [link.kind for link in links]
    basis.counted = {
        "entries": kinds.count(_kind("entry")),
        "gaps": kinds.count(_kind("gap")),
        "overlaps": kinds.count(_kind("overlap")),
        "questions": kinds.count(_kind("question")),
    }
    marks = [link.tlp for link in links if link.kind == "entry"]
    basis.handling = Handling.of([*marks, subject.tlp])
    basis.notes = ["Names are compared as written, capitals aside: two spellings show as a gap."]
    if len(links) < len(everything):
        hidden = len(everything) - len(links)
        basis.notes.append(f"Left out for a stricter mark than --max-tlp: {hidden:,} rows of the log.")
    if not everything:
        basis.notes.append("No entry: who has had it is not known.")
    if host_entries:
        basis.notes.append(f"The recovery that it is in has {host_entries:,} entries of its own.")
    return Answer("provenance.custody/1", rows, [Section(f"Custody of {subject.name}", rows, columns)], basis)


def _kind(word: str) -> Any:
    from provenance.evidence.custody import LinkKind

    return LinkKind(word)


def verify_answer(session: Session, found: Verified, folder: Path) -> Answer:
    """What hashing the store anew has found."""
    from dataclasses import asdict

    from provenance.cli.render import Answer, Section

    rows = [asdict(each) for each in found.damaged]
    columns = [
        _column("photo", "photo"),
        _column("file", "file_name"),
        _column("part", "shelf"),
        _column("is", "fate"),
        _column("SHA-256", "sha256", yields=1),
    ]
    basis = evidence_basis(session, "whether the store holds what the database says", "files, hashed anew")
    whole = found.files - len({(each.shelf, each.sha256) for each in found.damaged})
    basis.counted, basis.out_of = {"whole_files": whole}, {"files": found.files, "photos": found.photos}
    basis.filters = {"store": folder.name}
    if found.unknown:
        basis.notes.append(
            f"{len(found.unknown):,} files of which no photo speaks, left by a command that did not finish;"
            " logging their pictures again takes them up."
        )
    sections = [Section("", rows, columns)] if rows else []
    fields = {"unknown_files": found.unknown}
    return Answer("provenance.evidence-verify/1", rows, sections, basis, fields)
