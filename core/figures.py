"""
Figures for whoever watches the site, in `/readyz`: they inform, they do not decide.

Each app registers its own in `AppConfig.ready()`.
"""

from collections.abc import Callable
from datetime import datetime

Figures = dict[str, object]

_sources: list[Callable[[datetime], Figures]] = []


def register(source: Callable[[datetime], Figures]) -> None:
    """Add what `source(now)` gives: plain data by name."""
    _sources.append(source)


def work_out(now: datetime) -> Figures:
    """All of them, as they are now."""
    return {name: value for source in _sources for name, value in source(now).items()}
