"""Field work: positions, seizures, assessments; who says so; what was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MARKED = (("recovery", "tlp"), ("component", "tlp"), ("component", "withdrawn_at"), ("citation", "tlp"))
SUBJECTS = ("recovery_id", "component_id", "citation_id", "source_id")


def upgrade() -> None:
    _recovery_position()
    _seizure()
    _assessment()
    with op.batch_alter_table("recovery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.add_column(sa.Column("laboratory", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("maker_attribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_by", sa.String(), nullable=True))
    with op.batch_alter_table("identification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_by", sa.String(), nullable=True))
    for table, column in MARKED:
        _index(table, [column], f"{column} IS NOT NULL", unique=False)


def _recovery_position() -> None:
    op.create_table(
        "recovery_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recovery_id", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("precision_m", sa.Float(), nullable=True),
        sa.Column("as_written", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_recovery_position_latitude_range")),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_recovery_position_longitude_range")
        ),
        sa.CheckConstraint("precision_m > 0", name=op.f("ck_recovery_position_precision_m_range")),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_recovery_position_recovery_id_recovery")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_recovery_position_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["recovery_position.id"],
            name=op.f("fk_recovery_position_superseded_by_recovery_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_position")),
    )
    op.create_index(op.f("ix_recovery_position_recovery_id"), "recovery_position", ["recovery_id"])


def _seizure() -> None:
    op.create_table(
        "seizure",
        sa.Column("recovery_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("authority_as_written", sa.String(), nullable=True),
        sa.Column("border_point", sa.String(), nullable=True),
        sa.Column("movement", sa.String(), nullable=True),
        sa.Column("from_country", sa.String(length=2), nullable=True),
        sa.Column("to_country", sa.String(length=2), nullable=True),
        sa.Column("consignor_id", sa.Integer(), nullable=True),
        sa.Column("consignor_as_written", sa.String(), nullable=True),
        sa.Column("consignee_id", sa.Integer(), nullable=True),
        sa.Column("consignee_as_written", sa.String(), nullable=True),
        sa.Column("declared_goods", sa.String(), nullable=True),
        sa.Column("declared_hs", sa.String(), nullable=True),
        sa.Column("hs6", sa.String(length=6), nullable=True),
        sa.CheckConstraint(
            "movement IN ('export', 'import', 'transit')", name=op.f("ck_seizure_movement_vocabulary")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["organization.id"], name=op.f(f"fk_seizure_{column}_organization")
            )
            for column in ("authority_id", "consignor_id", "consignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_seizure_recovery_id_recovery")
        ),
        sa.PrimaryKeyConstraint("recovery_id", name=op.f("pk_seizure")),
    )
    for column in ("consignor_id", "consignee_id"):
        _index("seizure", [column], f"{column} IS NOT NULL", unique=False)


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        *(sa.Column(subject, sa.Integer(), nullable=True) for subject in SUBJECTS),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("counterfeit_kind", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "aspect IN ('reliability', 'credibility', 'authenticity', 'marking_state', 'tlp')",
            name=op.f("ck_assessment_aspect_vocabulary"),
        ),
        sa.CheckConstraint(
            "counterfeit_kind IN ('recycled', 'remarked', 'overproduced', 'cloned', 'defective', 'tampered', 'forged_documentation')",
            name=op.f("ck_assessment_counterfeit_kind_vocabulary"),
        ),
        sa.CheckConstraint(
            " + ".join(f"CASE WHEN {subject} IS NOT NULL THEN 1 ELSE 0 END" for subject in SUBJECTS) + " = 1",
            name=op.f("ck_assessment_one_subject"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [subject],
                [f"{subject.removesuffix('_id')}.id"],
                name=op.f(f"fk_assessment_{subject}_{subject.removesuffix('_id')}"),
            )
            for subject in SUBJECTS
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["assessment.id"], name=op.f("fk_assessment_superseded_by_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_uid")),
    )
    for subject in SUBJECTS:
        _index(
            "assessment", [subject, "aspect"], f"superseded_by IS NULL AND {subject} IS NOT NULL", unique=True
        )


def _index(table: str, columns: list[str], condition: str, *, unique: bool) -> None:
    op.create_index(
        op.f(f"ix_{table}_{'_'.join(columns)}"),
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )


def downgrade() -> None:
    for table, column in MARKED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    with op.batch_alter_table("identification", schema=None) as batch_op:
        batch_op.drop_column("said_by")
    with op.batch_alter_table("maker_attribution", schema=None) as batch_op:
        batch_op.drop_column("said_by")
    with op.batch_alter_table("component", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("laboratory")
    with op.batch_alter_table("recovery", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_at")
    op.drop_table("assessment")
    op.drop_table("seizure")
    op.drop_table("recovery_position")
