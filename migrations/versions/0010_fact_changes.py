"""A counter of changes behind the packed facts, and sequences that go on after the highest row number."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SHEETS = ("component", "recovery", "transfer", "transfer_party")
SEGMENT_BITS = 16


def upgrade() -> None:
    # Packed columns are derived, and of these nobody knows what they were made from.
    op.drop_table("fact_column")
    _make_fact_column(sa.Column("made_from", sa.BigInteger(), nullable=False))
    op.create_table(
        "fact_change",
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("writer", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "segment", "row_id", "writer", name=op.f("pk_fact_change")),
    )
    for sheet in SHEETS:
        op.execute(
            "INSERT INTO fact_change (sheet, segment, row_id, writer, changes)"
            f" SELECT '{sheet}', id >> {SEGMENT_BITS}, 0, 0, count(*) FROM {sheet} GROUP BY id >> {SEGMENT_BITS}"
        )
    if op.get_bind().dialect.name == "postgresql":
        _move_sequences()


def downgrade() -> None:
    _drop_triggers()
    op.drop_table("fact_change")
    op.drop_table("fact_column")
    _make_fact_column()


def _make_fact_column(*more: sa.Column[int]) -> None:
    op.create_table(
        "fact_column",
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        *more,
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "segment", "column_name", name=op.f("pk_fact_column")),
    )


def _move_sequences() -> None:
    """Row numbers come from the sequences alone from now on: none may give one that is taken."""
    connection = op.get_bind()
    for table in sa.inspect(connection).get_table_names():
        sequence = connection.execute(
            sa.text(
                "SELECT pg_get_serial_sequence(quote_ident(table_name), 'id') FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name = :name AND column_name = 'id'"
            ),
            {"name": table},
        ).scalar()
        if sequence is not None:
            op.execute(
                f"SELECT setval('{sequence}', greatest(max(id), (SELECT last_value FROM {sequence})))"
                f" FROM {table} HAVING max(id) IS NOT NULL"
            )


def _drop_triggers() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        named = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fact_change_%'"
        for name in connection.execute(sa.text(named)).scalars().all():
            op.execute(f"DROP TRIGGER {name}")
        return
    named = (
        "SELECT proname FROM pg_proc WHERE proname LIKE 'fact_change_%'"
        " AND pronamespace = current_schema()::regnamespace"
    )
    for name in connection.execute(sa.text(named)).scalars().all():
        op.execute(f"DROP FUNCTION {name}() CASCADE")
