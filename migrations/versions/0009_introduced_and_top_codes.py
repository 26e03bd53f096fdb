"""When parts were introduced, and the top codes of their small packages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IN_ORDER = "ck_part_introduced_earliest_in_order"


def upgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("introduced_earliest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("introduced_latest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("top_codes", sa.String(), nullable=True))
        batch_op.create_check_constraint(batch_op.f(IN_ORDER), "introduced_earliest <= introduced_latest")


def downgrade() -> None:
    # Keys of top codes begin with a full stop; without the codes nobody could tell what they stand for.
    op.execute("DELETE FROM part_key WHERE key >= '.' AND key < '/'")
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(IN_ORDER), type_="check")
        batch_op.drop_column("top_codes")
        batch_op.drop_column("introduced_latest")
        batch_op.drop_column("introduced_earliest")
