"""Evidence: photos and custody."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_size", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picture_format", sa.String(), nullable=True),
        sa.Column("picture_state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("camera_make", sa.String(), nullable=True),
        sa.Column("camera_model", sa.String(), nullable=True),
        sa.Column("camera_serial", sa.String(), nullable=True),
        sa.Column("camera_time", sa.DateTime(), nullable=True),
        sa.Column("camera_zone_minutes", sa.Integer(), nullable=True),
        sa.Column("clock_offset_seconds", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("taken_earliest", sa.Date(), nullable=True),
        sa.Column("taken_latest", sa.Date(), nullable=True),
        sa.Column("taken_basis", sa.String(), nullable=True),
        sa.Column("position_latitude", sa.Float(), nullable=True),
        sa.Column("position_longitude", sa.Float(), nullable=True),
        sa.Column("position_altitude_m", sa.Float(), nullable=True),
        sa.Column("position_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("likeness", sa.String(length=64), nullable=True),
        sa.Column("label_read", sa.String(), nullable=True),
        sa.Column("working_sha256", sa.String(length=64), nullable=True),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_in_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "picture_state IN ('read', 'kept', 'damaged', 'too_large')",
            name=op.f("ck_photo_picture_state_vocabulary"),
        ),
        sa.CheckConstraint(
            "taken_basis IN ('camera', 'camera_corrected', 'stated')",
            name=op.f("ck_photo_taken_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')", name=op.f("ck_photo_tlp_vocabulary")
        ),
        sa.CheckConstraint("byte_size > 0", name=op.f("ck_photo_byte_size_range")),
        sa.CheckConstraint(
            "position_latitude BETWEEN -90 AND 90", name=op.f("ck_photo_position_latitude_range")
        ),
        sa.CheckConstraint(
            "position_longitude BETWEEN -180 AND 180", name=op.f("ck_photo_position_longitude_range")
        ),
        sa.CheckConstraint("taken_earliest <= taken_latest", name=op.f("ck_photo_taken_earliest_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("sha256", name=op.f("uq_photo_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_photo_uid")),
    )
    op.create_table(
        "evidence_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("verification", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "category IN ('analog', 'antenna', 'battery', 'camera', 'connector', 'crystal', 'datalink', 'discrete', 'display', 'engine', 'fpga', 'imu', 'interface', 'logic', 'mcu', 'mechanical', 'memory', 'module', 'motor', 'navigation', 'opto', 'passive', 'power', 'processor', 'regulator', 'relay', 'rf', 'sensor', 'soc', 'transceiver')",
            name=op.f("ck_evidence_requirement_category_vocabulary"),
        ),
        sa.CheckConstraint(
            "item IN ('top', 'bottom', 'front', 'back', 'left', 'right', 'scale', 'marking', 'in_place', 'host_board', 'unit', 'data_plate', 'connectors', 'overview', 'site', 'seal', 'document', 'recovery_date', 'place', 'airframe_serial', 'host_unit', 'marking_state', 'custody')",
            name=op.f("ck_evidence_requirement_item_vocabulary"),
        ),
        sa.CheckConstraint(
            "need IN ('required', 'recommended')", name=op.f("ck_evidence_requirement_need_vocabulary")
        ),
        sa.CheckConstraint(
            "subject IN ('recovery', 'unit', 'component')",
            name=op.f("ck_evidence_requirement_subject_vocabulary"),
        ),
        sa.CheckConstraint(
            "verification IN ('verified', 'partly', 'unverified', 'conflict')",
            name=op.f("ck_evidence_requirement_verification_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_evidence_requirement_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_requirement")),
        sa.UniqueConstraint("key", name=op.f("uq_evidence_requirement_key")),
    )
    op.create_table(
        "custody_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("recovery_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("component_id", sa.Integer(), nullable=True),
        sa.Column("at_earliest", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_latest", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_as_written", sa.String(), nullable=False),
        sa.Column("from_holder", sa.String(), nullable=True),
        sa.Column("to_holder", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_custody_event_tlp_vocabulary"),
        ),
        sa.CheckConstraint(
            "CASE WHEN recovery_id IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN unit_id IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN component_id IS NOT NULL THEN 1 ELSE 0 END = 1",
            name=op.f("ck_custody_event_one_subject"),
        ),
        sa.CheckConstraint("at_earliest <= at_latest", name=op.f("ck_custody_event_at_earliest_in_order")),
        sa.CheckConstraint(
            "from_holder IS NOT NULL OR to_holder IS NOT NULL", name=op.f("ck_custody_event_some_holder")
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name=op.f("fk_custody_event_component_id_component")
        ),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_custody_event_recovery_id_recovery")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["custody_event.id"], name=op.f("fk_custody_event_superseded_by_custody_event")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_custody_event_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_custody_event_uid")),
    )
    with op.batch_alter_table("custody_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_custody_event_component_id",
            ["component_id"],
            unique=False,
            sqlite_where=sa.text("component_id IS NOT NULL"),
            postgresql_where=sa.text("component_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_custody_event_recovery_id",
            ["recovery_id"],
            unique=False,
            sqlite_where=sa.text("recovery_id IS NOT NULL"),
            postgresql_where=sa.text("recovery_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_custody_event_unit_id",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("unit_id IS NOT NULL"),
            postgresql_where=sa.text("unit_id IS NOT NULL"),
        )

    op.create_table(
        "photo_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("recovery_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("component_id", sa.Integer(), nullable=True),
        sa.Column("attachment_basis", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "attachment_basis IN ('stated', 'label_in_name', 'label_in_picture', 'after_label')",
            name=op.f("ck_photo_subject_attachment_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "CASE WHEN recovery_id IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN unit_id IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN component_id IS NOT NULL THEN 1 ELSE 0 END = 1",
            name=op.f("ck_photo_subject_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name=op.f("fk_photo_subject_component_id_component")
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_subject_photo_id_photo")),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_photo_subject_recovery_id_recovery")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_photo_subject_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_subject")),
        sa.UniqueConstraint("uid", name=op.f("uq_photo_subject_uid")),
    )
    with op.batch_alter_table("photo_subject", schema=None) as batch_op:
        batch_op.create_index(
            "ix_photo_subject_component_id",
            ["component_id"],
            unique=False,
            sqlite_where=sa.text("component_id IS NOT NULL"),
            postgresql_where=sa.text("component_id IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_photo_subject_photo_id"), ["photo_id"], unique=False)
        batch_op.create_index(
            "ix_photo_subject_recovery_id",
            ["recovery_id"],
            unique=False,
            sqlite_where=sa.text("recovery_id IS NOT NULL"),
            postgresql_where=sa.text("recovery_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_photo_subject_unit_id",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("unit_id IS NOT NULL"),
            postgresql_where=sa.text("unit_id IS NOT NULL"),
        )

    op.create_table(
        "photo_view",
        sa.Column("photo_subject_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.CheckConstraint(
            "view IN ('top', 'bottom', 'front', 'back', 'left', 'right', 'scale', 'marking', 'in_place', 'host_board', 'unit', 'data_plate', 'connectors', 'overview', 'site', 'seal', 'document')",
            name=op.f("ck_photo_view_view_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["photo_subject_id"],
            ["photo_subject.id"],
            name=op.f("fk_photo_view_photo_subject_id_photo_subject"),
        ),
        sa.PrimaryKeyConstraint("photo_subject_id", "view", name=op.f("pk_photo_view")),
    )


def downgrade() -> None:

    op.drop_table("photo_view")
    with op.batch_alter_table("photo_subject", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_photo_subject_unit_id",
            sqlite_where=sa.text("unit_id IS NOT NULL"),
            postgresql_where=sa.text("unit_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_photo_subject_recovery_id",
            sqlite_where=sa.text("recovery_id IS NOT NULL"),
            postgresql_where=sa.text("recovery_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_photo_subject_photo_id"))
        batch_op.drop_index(
            "ix_photo_subject_component_id",
            sqlite_where=sa.text("component_id IS NOT NULL"),
            postgresql_where=sa.text("component_id IS NOT NULL"),
        )

    op.drop_table("photo_subject")
    with op.batch_alter_table("custody_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_custody_event_unit_id",
            sqlite_where=sa.text("unit_id IS NOT NULL"),
            postgresql_where=sa.text("unit_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_custody_event_recovery_id",
            sqlite_where=sa.text("recovery_id IS NOT NULL"),
            postgresql_where=sa.text("recovery_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_custody_event_component_id",
            sqlite_where=sa.text("component_id IS NOT NULL"),
            postgresql_where=sa.text("component_id IS NOT NULL"),
        )

    op.drop_table("custody_event")
    op.drop_table("evidence_requirement")
    op.drop_table("photo")
