"""Changes are counted for the contents of every table, so that what is there when the counter comes is noted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SEGMENT_BITS = 16
OWN_NUMBER = {"photo_view": "photo_subject_id", "seizure": "recovery_id"}
WITHOUT_NUMBER = ("category_hs", "coalition_member", "hs_code")
WITH_NUMBER = (
    "assessment", "citation", "component", "control_date", "custody_event", "date_code_format", "document",
    "evidence_requirement", "identification", "judgement", "listed_address", "listed_identifier", "listed_name",
    "listed_party", "listed_record", "listing_interval", "maker_attribution", "marking_rule", "organization",
    "organization_address", "organization_identifier", "organization_name", "organization_seat", "ownership",
    "ownership_rule", "part", "photo", "photo_subject", "photo_view", "recovery", "recovery_date",
    "recovery_position", "recovery_serial", "same_as", "seizure", "source", "trace", "trace_answer",
    "trace_request", "transfer", "transfer_party", "transfer_transit", "unit", "unit_type", "unit_type_alias",
    "watchlist", "weapon_alias", "weapon_system",
)  # fmt: skip


def upgrade() -> None:
    # The reference tables had one counter together.
    op.execute("DELETE FROM fact_change WHERE sheet = 'reference'")
    for table in (*WITH_NUMBER, *WITHOUT_NUMBER):
        number = "0" if table in WITHOUT_NUMBER else OWN_NUMBER.get(table, "id")
        # Row 0 stands for any row of the segment; writer 1 for what is not packed yet.
        op.execute(
            "INSERT INTO fact_change (sheet, segment, row_id, writer, changes)"
            f" SELECT 'contents of {table}', {number} >> {SEGMENT_BITS}, 0, 1, count(*) FROM {table}"
            f" GROUP BY {number} >> {SEGMENT_BITS}"
        )


def downgrade() -> None:
    for table in ("fact_change", "fact_column"):
        sheet = sa.column("sheet", sa.String())
        op.execute(sa.delete(sa.table(table, sheet)).where(sheet.like("contents of %")))
