"""The prefixes by which marking rules are looked up."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without prefixes a rule is tried on every marking, so that nothing is missed until the seed is loaded again.
    with op.batch_alter_table("marking_rule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prefix", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("marking_rule", schema=None) as batch_op:
        batch_op.drop_column("prefix")
