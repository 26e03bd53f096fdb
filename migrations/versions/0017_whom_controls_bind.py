"""Control dates say whom they bind, and for whom broad controls began with them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("control_date", sa.Column("binds", sa.String(), nullable=True))
    op.add_column("control_date", sa.Column("broad_for", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("control_date", "broad_for")
    op.drop_column("control_date", "binds")
