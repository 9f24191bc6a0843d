"""How many cores this process may compute on."""

from __future__ import annotations

import os

__all__ = ["cores"]


def cores() -> int:
    """``OMP_NUM_THREADS``, the usual way to say so, else the cores that the system lets the process have."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
