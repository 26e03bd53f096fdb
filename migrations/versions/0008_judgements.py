"""Judgements: what somebody holds of a customer and a listed party."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("customer_digest", sa.String(), nullable=False),
        sa.Column("watchlist", sa.String(), nullable=False),
        sa.Column("party_uid", sa.String(), nullable=False),
        sa.Column("entry_key", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("entry_digest", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("screening_run_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_judgement_tlp_vocabulary"),
        ),
        sa.CheckConstraint(
            "verdict IN ('positive', 'negative', 'unsure')", name=op.f("ck_judgement_verdict_vocabulary")
        ),
        sa.ForeignKeyConstraint(
            ["screening_run_id"],
            ["screening_run.id"],
            name=op.f("fk_judgement_screening_run_id_screening_run"),
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["judgement.id"], name=op.f("fk_judgement_superseded_by_judgement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("uid", name=op.f("uq_judgement_uid")),
    )
    where = sa.text("superseded_by IS NULL")
    op.create_index(
        "uq_judgement_standing",
        "judgement",
        ["customer_key", "watchlist", "party_uid"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_index("uq_judgement_standing", table_name="judgement")
    op.drop_table("judgement")
