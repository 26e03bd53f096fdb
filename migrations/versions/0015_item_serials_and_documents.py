"""Components have a serial number of their own; PDFs, videos, X-rays and reports are evidence as photos are."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SERIAL_KEY = "ix_component_serial_key"
KINDS = "ck_photo_evidence_kind_vocabulary"
PAGES = "ck_photo_pages_range"
DURATION = "ck_photo_duration_seconds_range"


def upgrade() -> None:
    op.add_column("component", sa.Column("component_serial", sa.String(), nullable=True))
    op.add_column("component", sa.Column("serial_key", sa.String(), nullable=True))
    known = sa.text("serial_key IS NOT NULL")
    op.create_index(
        SERIAL_KEY, "component", ["serial_key"], unique=False, sqlite_where=known, postgresql_where=known
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        # What is there already are photos.
        batch_op.add_column(sa.Column("evidence_kind", sa.String(), server_default="photo", nullable=False))
        batch_op.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("duration_seconds", sa.Float(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f(KINDS), "evidence_kind IN ('photo', 'x_ray', 'video', 'document', 'lab_report')"
        )
        batch_op.create_check_constraint(batch_op.f(PAGES), "pages >= 1")
        batch_op.create_check_constraint(batch_op.f(DURATION), "duration_seconds >= 0")


def downgrade() -> None:
    with op.batch_alter_table("photo", schema=None) as batch_op:
        for name in (DURATION, PAGES, KINDS):
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        for column in ("duration_seconds", "pages", "evidence_kind"):
            batch_op.drop_column(column)
    op.drop_index(SERIAL_KEY, table_name="component")
    op.drop_column("component", "serial_key")
    op.drop_column("component", "component_serial")
