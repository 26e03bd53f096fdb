"""One standing statement of maker and part a component, held by the schema; cheaper checks for imports."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CATEGORIES = (
    "analog antenna battery camera connector crystal datalink discrete display engine fpga imu interface logic"
    " mcu mechanical memory module motor navigation opto passive power processor regulator relay rf sensor soc"
    " transceiver"
)
STATUSES = "published confirmed tentative"
TLP = "CLEAR GREEN AMBER AMBER+STRICT RED"

VOCABULARIES = {
    "component": {
        "authenticity": "no_signs suspect counterfeit denied_by_maker",
        "category": CATEGORIES,
        "marking_state": "present illegible obliterated none",
        "tlp": TLP,
    },
    "citation": {"tlp": TLP},
    "maker_attribution": {"status": STATUSES},
    "identification": {"status": STATUSES},
    "part": {"category": CATEGORIES},
    "recovery": {
        "extent": "specimen several unit model unstated",
        "kind": "battlefield seizure interception",
        "tlp": TLP,
    },
    "recovery_date": {"kind": "recovered captured used produced examined published unstated"},
    "recovery_serial": {"kind": "serial tail chassis sample"},
}
"""The vocabularies of the tables that imports fill."""

STATEMENTS = ("maker_attribution", "identification")
STANDING = {"standing": "status <> 'tentative'", "guess": "status = 'tentative'"}
SAME_AS = {"recovery": "two_recoveries", "component": "two_components", "organization": "two_organizations"}

UNUSED: dict[str, tuple[str, str | None]] = {
    "maker_attribution": ("ix_maker_attribution_organization_id", "organization_id IS NOT NULL"),
    "part": ("ix_part_organization_id", None),
}
"""Indices that no question asks for: firms are counted from the fact columns."""


def upgrade() -> None:
    _refuse_what_will_not_fit()
    for table, columns in VOCABULARIES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, words in columns.items():
                _spell(batch_op, table, column, " OR ".join(f"{column} = '{word}'" for word in words.split()))
            if table in UNUSED:
                batch_op.drop_index(UNUSED[table][0])
    for table in STATEMENTS:
        for name, condition in STANDING.items():
            where = sa.text(f"superseded_by IS NULL AND {condition}")
            op.create_index(
                f"uq_{table}_{name}",
                table,
                ["component_id"],
                unique=True,
                sqlite_where=where,
                postgresql_where=where,
            )
    with op.batch_alter_table("same_as", schema=None) as batch_op:
        for kind, name in SAME_AS.items():
            batch_op.create_check_constraint(
                batch_op.f(f"ck_same_as_{name}"), f"left_{kind}_id <> right_{kind}_id"
            )
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f("ck_installation_only_one"), "id = 1")


def downgrade() -> None:
    with op.batch_alter_table("installation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_installation_only_one"), type_="check")
    with op.batch_alter_table("same_as", schema=None) as batch_op:
        for name in SAME_AS.values():
            batch_op.drop_constraint(batch_op.f(f"ck_same_as_{name}"), type_="check")
    for table in STATEMENTS:
        for name in STANDING:
            op.drop_index(f"uq_{table}_{name}", table)
    for table, columns in VOCABULARIES.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, words in columns.items():
                listed = ", ".join(f"'{word}'" for word in words.split())
                _spell(batch_op, table, column, f"{column} IN ({listed})")
    for table, (name, condition) in UNUSED.items():
        where = sa.text(condition) if condition else None
        op.create_index(name, table, ["organization_id"], sqlite_where=where, postgresql_where=where)


def _spell(batch_op: Any, table: str, column: str, condition: str) -> None:
    name = f"ck_{table}_{column}_vocabulary"
    batch_op.drop_constraint(batch_op.f(name), type_="check")
    batch_op.create_check_constraint(batch_op.f(name), condition)


def _refuse_what_will_not_fit() -> None:
    """Names what breaks the new rules: which of two statements holds is nothing that a program decides."""
    connection = op.get_bind()
    for table in STATEMENTS:
        for condition in STANDING.values():
            several = connection.execute(
                sa.text(
                    f"SELECT component.uid FROM {table} JOIN component ON component.id = component_id"
                    f" WHERE superseded_by IS NULL AND {condition} GROUP BY component.uid"
                    " HAVING COUNT(*) > 1 ORDER BY component.uid"
                )
            ).scalars()
            _complain(f"components with more than one standing {table}", list(several))
    itself = connection.execute(
        sa.text(
            "SELECT uid FROM same_as WHERE left_recovery_id = right_recovery_id"
            " OR left_component_id = right_component_id OR left_organization_id = right_organization_id"
            " ORDER BY uid"
        )
    ).scalars()
    _complain("statements that a record is the same as itself (same_as)", list(itself))
    others = connection.execute(sa.text("SELECT uid FROM installation WHERE id <> 1 ORDER BY uid")).scalars()
    _complain("installations beside the first", list(others))


def _complain(what: str, uids: list[str]) -> None:
    if uids:
        shown = ", ".join(uids[:10])
        more = f" and {len(uids) - 10} more" if len(uids) > 10 else ""
        raise CommandError(
            f"the database holds {what}: {shown}{more}."
            " Set superseded_by in all but one of each, or delete what is wrong, and try again;"
            " nothing was changed"
        )
