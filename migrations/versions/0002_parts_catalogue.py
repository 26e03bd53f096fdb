"""The parts catalogue: keys by which markings find parts, marking rules, what was learned."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_knowledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_knowledge")),
    )
    op.create_table(
        "category_hs",
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("verification", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "category IN ('analog', 'antenna', 'battery', 'camera', 'connector', 'crystal', 'datalink', 'discrete', 'display', 'engine', 'fpga', 'imu', 'interface', 'logic', 'mcu', 'mechanical', 'memory', 'module', 'motor', 'navigation', 'opto', 'passive', 'power', 'processor', 'regulator', 'relay', 'rf', 'sensor', 'soc', 'transceiver')",
            name=op.f("ck_category_hs_category_vocabulary"),
        ),
        sa.CheckConstraint(
            "verification IN ('verified', 'partly', 'unverified', 'conflict')",
            name=op.f("ck_category_hs_verification_vocabulary"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_category_hs_source_id_source")),
        sa.PrimaryKeyConstraint("category", name=op.f("pk_category_hs")),
    )
    op.create_table(
        "marking_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("later_owner_id", sa.Integer(), nullable=True),
        sa.Column("prefix_pattern", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("verification", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "verification IN ('verified', 'partly', 'unverified', 'conflict')",
            name=op.f("ck_marking_rule_verification_vocabulary"),
        ),
        sa.CheckConstraint(
            "category IN ('analog', 'antenna', 'battery', 'camera', 'connector', 'crystal', 'datalink', 'discrete', 'display', 'engine', 'fpga', 'imu', 'interface', 'logic', 'mcu', 'mechanical', 'memory', 'module', 'motor', 'navigation', 'opto', 'passive', 'power', 'processor', 'regulator', 'relay', 'rf', 'sensor', 'soc', 'transceiver', 'trace', 'logo')",
            name=op.f("ck_marking_rule_category_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["later_owner_id"], ["organization.id"], name=op.f("fk_marking_rule_later_owner_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_marking_rule_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_marking_rule_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_marking_rule_key")),
    )
    with op.batch_alter_table("marking_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marking_rule_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "part_key",
        sa.Column(
            "key",
            sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_part_key_part_id_part")),
        sa.PrimaryKeyConstraint("key", "part_id", name=op.f("pk_part_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("part_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_part_key_part_id"), ["part_id"], unique=False)

    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hs6_basis", sa.String(), nullable=True))

    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("eccn", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("eccn_source", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("eccn_as_of", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_column("eccn_as_of")
        batch_op.drop_column("eccn_source")
        batch_op.drop_column("eccn")

    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.drop_column("hs6_basis")

    with op.batch_alter_table("part_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_part_key_part_id"))

    op.drop_table("part_key")
    with op.batch_alter_table("marking_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marking_rule_organization_id"))

    op.drop_table("marking_rule")
    op.drop_table("category_hs")
    op.drop_table("learned_knowledge")
