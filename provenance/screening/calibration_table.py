"""Made by bench/calibrate.py; do not edit. Shares among 14,653 hits of 16 files."""

from __future__ import annotations

STAMP = "460e95bb3addc05c"
"""What `calibration.stamp` was when the table was made."""

PRIOR = 0.06
"""The share of the files' rows that are listed parties."""

ALONE = (
    (0.0, 0.0),
    (0.3, 0.0047),
    (0.3792, 0.0085),
    (0.4125, 0.0118),
    (0.4128, 0.0441),
    (0.466, 0.0521),
    (0.4675, 0.3195),
    (0.5569, 0.3275),
    (0.5691, 0.5756),
    (0.8579, 0.5836),
    (0.86, 0.8818),
    (0.97, 0.8898),
    (0.9742, 0.986),
    (0.9743, 0.989),
    (1.06, 0.99),
)
"""Likeness and probability, both growing; between two of them the line that joins them counts."""

BESIDE_A_BETTER_ONE = (
    (0.0, 0.0),
    (0.2523, 0.0073),
    (0.3552, 0.0129),
    (0.3607, 0.0136),
    (0.3611, 0.0193),
    (0.7157, 0.0273),
    (0.7164, 0.0699),
    (0.9456, 0.0779),
    (1.06, 0.99),
)
"""The same for entries where the list has a better one."""
