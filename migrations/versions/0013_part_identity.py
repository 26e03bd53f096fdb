"""Part numbers keep what tells them apart in their key: SMBJ5.0A and SMBJ50A are two parts.

Until now a key had letters and digits only, so that a list with both numbers made one part of them. Parts get
their new key and uid, and identifications written with another number than their part's get a part of their own.
Transfers do not keep the number as written: theirs stay with the part that they were given.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RECORDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://provenance.example/records")
HYPHENS = re.compile(r"[\u2010-\u2015\u2212_\s]+")
TELLING = re.compile(r"(?<=\d)[.,](?=\d)|(?<!\d)\.(?=\d)|(?<=\d)[-/](?=\d)|\+")
SIGNS = "(mpn LIKE '%.%' OR mpn LIKE '%,%' OR mpn LIKE '%-%' OR mpn LIKE '%/%' OR mpn LIKE '%+%'"
SIGNS += " OR mpn LIKE '% %' OR mpn LIKE '%\\_%' ESCAPE '\\')"


def upgrade() -> None:
    connection = op.get_bind()
    makers = makers_of(connection)
    keyed = connection.execute(
        sa.text(f"SELECT id, organization_id, mpn, mpn_key FROM part WHERE {SIGNS}")
    ).all()
    changed = [
        {"id": row.id, "key": key, "uid": part_uid(key, makers.get(row.organization_id, ""))}
        for row in keyed
        if (key := identity(row.mpn, row.mpn_key)) != row.mpn_key
    ]
    if changed:
        connection.execute(sa.text("UPDATE part SET mpn_key = :key, uid = :uid WHERE id = :id"), changed)
    for stated in merged(connection):
        separate(connection, stated, makers)


def downgrade() -> None:
    # A part that the older program would take for another keeps its key; nothing is merged again.
    connection = op.get_bind()
    makers = makers_of(connection)
    rows = connection.execute(sa.text("SELECT id, organization_id, mpn, mpn_key FROM part ORDER BY id")).all()
    taken = {(row.mpn_key, row.organization_id) for row in rows}
    for row in rows:
        key = "".join(filter(str.isalnum, row.mpn_key))
        if key == row.mpn_key or (key, row.organization_id) in taken:
            continue
        taken.add((key, row.organization_id))
        values = {"id": row.id, "key": key, "uid": part_uid(key, makers.get(row.organization_id, ""))}
        connection.execute(sa.text("UPDATE part SET mpn_key = :key, uid = :uid WHERE id = :id"), values)


def makers_of(connection: sa.Connection) -> dict[int, str]:
    """The uids of all organizations."""
    return {row.id: row.uid for row in connection.execute(sa.text("SELECT id, uid FROM organization"))}


def identity(mpn: str, key: str) -> str:
    """The key of letters and digits with the characters that tell numbers apart put back in."""
    text = unicodedata.normalize("NFKC", mpn)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = HYPHENS.sub("-", text.strip())
    # Of letters that are not Latin one may have become several; digits are what they were.
    counts = str.isalnum if text.isascii() else str.isdigit
    places = [place for place, char in enumerate(key) if counts(char)]
    if len(places) != sum(map(counts, text)):
        return key
    signs: dict[int, str] = {}
    for match in TELLING.finditer(text):
        before = sum(map(counts, text[: match.start()]))
        place = places[before] if before < len(places) else len(key)
        signs[place] = signs.get(place, "") + match.group().replace(",", ".")
    return (
        "".join(signs.get(place, "") + char for place, char in enumerate(f"{key}\0"))[:-1] if signs else key
    )


def part_uid(key: str, maker: str) -> str:
    """The uid of a maker's part number."""
    return str(uuid.uuid5(RECORDS, f"part\x1f{key}\x1f{maker}"))


def merged(connection: sa.Connection) -> Iterator[Any]:
    """The numbers as written of identifications whose part has another number, each once with its key."""
    rows = connection.execute(
        sa.text(
            "SELECT i.as_written, i.part_id, p.organization_id, p.mpn_key, p.folded, min(c.source_id) AS cited,"
            " p.source_id FROM identification i JOIN part p ON p.id = i.part_id"
            " LEFT JOIN citation c ON c.id = i.citation_id WHERE i.as_written <> p.mpn"
            " GROUP BY i.as_written, i.part_id, p.organization_id, p.mpn_key, p.folded, p.source_id"
            " ORDER BY i.as_written, i.part_id"
        )
    ).all()
    for row in rows:
        loose = "".join(filter(str.isalnum, row.mpn_key))
        letters = "".join(filter(str.isalnum, row.as_written)).upper()
        if letters != loose or not row.as_written.isascii():
            continue
        key = identity(row.as_written, loose)
        if key != row.mpn_key:
            yield row, key


def separate(connection: sa.Connection, stated: Any, makers: dict[int, str]) -> None:
    """Gives the identifications with one number as written the part of that number."""
    row, key = stated
    uid = part_uid(key, makers.get(row.organization_id, ""))
    there = connection.execute(sa.text("SELECT id FROM part WHERE uid = :uid"), {"uid": uid}).scalar()
    if there is None:
        values = {
            "uid": uid,
            "organization_id": row.organization_id,
            "mpn": row.as_written,
            "mpn_key": key,
            "folded": row.folded,
            "source_id": row.cited or row.source_id,
        }
        names = ", ".join(values)
        connection.execute(
            sa.text(f"INSERT INTO part ({names}) VALUES ({', '.join(f':{name}' for name in values)})"), values
        )
        there = connection.execute(sa.text("SELECT id FROM part WHERE uid = :uid"), {"uid": uid}).scalar_one()
        # The keys for searching are the same; those of top codes, which begin with a full stop, are not.
        connection.execute(
            sa.text(
                "INSERT INTO part_key (key, part_id) SELECT key, :new FROM part_key"
                " WHERE part_id = :old AND NOT (key >= '.' AND key < '/')"
            ),
            {"new": there, "old": row.part_id},
        )
    connection.execute(
        sa.text("UPDATE identification SET part_id = :new WHERE part_id = :old AND as_written = :written"),
        {"new": there, "old": row.part_id, "written": row.as_written},
    )
