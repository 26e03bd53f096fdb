"""Who controls what is owned; how far a number was checked; since when a weapon is known."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONTROL = "ck_ownership_control_vocabulary"
CHECKED = "ck_organization_identifier_verification_vocabulary"
FIRST_KNOWN = "ck_weapon_system_first_known_earliest_in_order"
FIRST_KNOWN_SOURCE = "fk_weapon_system_first_known_source_id_source"


def upgrade() -> None:
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("control", sa.String(), nullable=True))
        batch_op.create_check_constraint(batch_op.f(CONTROL), "control IN ('both', 'economic', 'legal')")
    with op.batch_alter_table("organization_identifier", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("verification", sa.String(), server_default="unverified", nullable=False)
        )
        batch_op.create_check_constraint(
            batch_op.f(CHECKED), "verification IN ('verified', 'partly', 'unverified', 'conflict')"
        )
    with op.batch_alter_table("weapon_system", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_known_earliest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("first_known_latest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("first_known_source_id", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f(FIRST_KNOWN), "first_known_earliest <= first_known_latest"
        )
        batch_op.create_foreign_key(
            batch_op.f(FIRST_KNOWN_SOURCE), "source", ["first_known_source_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("weapon_system", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(FIRST_KNOWN_SOURCE), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f(FIRST_KNOWN), type_="check")
        batch_op.drop_column("first_known_source_id")
        batch_op.drop_column("first_known_latest")
        batch_op.drop_column("first_known_earliest")
    with op.batch_alter_table("organization_identifier", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECKED), type_="check")
        batch_op.drop_column("verification")
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CONTROL), type_="check")
        batch_op.drop_column("control")
