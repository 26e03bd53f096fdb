"""Made by bench/calibrate.py; do not edit. Shares among 14,663 hits of 16 files."""

from __future__ import annotations

STAMP = "56fbd039f07a44be"
"""What `calibration.stamp` was when the table was made."""

PRIOR = 0.06
"""The share of the files' rows that are listed parties."""

ALONE = (
    (0.0, 0.0),
    (0.3, 0.0046),
    (0.3792, 0.0085),
    (0.4125, 0.0117),
    (0.4128, 0.0441),
    (0.466, 0.0521),
    (0.4675, 0.3587),
    (0.5691, 0.3667),
    (0.5693, 0.5876),
    (0.8636, 0.5956),
    (0.8663, 0.8814),
    (0.97, 0.8894),
    (0.9742, 0.9861),
    (0.9743, 0.989),
    (1.06, 0.99),
)
"""Likeness and probability, both growing; between two of them the line that joins them counts."""

BESIDE_A_BETTER_ONE = (
    (0.0, 0.0),
    (0.2528, 0.0073),
    (0.3548, 0.013),
    (0.3601, 0.0138),
    (0.7153, 0.0274),
    (0.7157, 0.0691),
    (0.9456, 0.0771),
    (1.06, 0.99),
)
"""The same for entries where the list has a better one."""
