"""A date that is one of several intervals; since when a maker may have printed a family of numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("component", sa.Column("made_possible", sa.String(), nullable=True))
    op.add_column("marking_rule", sa.Column("since", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("marking_rule", "since")
    op.drop_column("component", "made_possible")
