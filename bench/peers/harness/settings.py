"""Where things are and how much is measured."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

THRESHOLD = 0.70
SEED = 20260304


@dataclass(frozen=True)
class Sizes:
    held_per_list: int  # held-out aliases asked of interdict and Watchman, per list
    logic_held_per_list: int  # of these, asked of logic-v2
    invented: int  # invented people screened by interdict
    watchman_invented: int  # of these, by Watchman
    logic_invented: int  # of these, by logic-v2
    watchman_requests: int  # per connection count, throughput
    compare_pairs: int  # pairs timed through logic-v2
    compare_factor: int  # times as many are timed through interdict, which needs no less to be measurable


FULL = Sizes(2_000, 300, 20_000, 20_000, 500, 400, 5_000, 40)
QUICK = Sizes(200, 40, 2_000, 500, 40, 100, 500, 40)


@dataclass(frozen=True)
class Settings:
    root: Path
    watchman: Path
    sizes: Sizes

    @property
    def shared(self) -> Path:
        """The folder that holds data/ and names/, found as the C++ tests find it."""
        return Path(os.environ.get("INTERDICT_DATA", self.root / ".." / "shared")).resolve()

    @property
    def binary(self) -> Path:
        return self.root / "build" / "release" / "interdict"

    @property
    def candidates_bench(self) -> Path:
        return self.root / "build" / "bench" / "bench" / "candidates_bench"

    @property
    def work(self) -> Path:
        return self.root / "build" / "peers" / "work"

    @property
    def results(self) -> Path:
        return self.root / "build" / "peers" / "results"

    @property
    def document(self) -> Path:
        return self.root / "docs" / "benchmarks.md"

    @property
    def plots(self) -> Path:
        return self.root / "docs" / "benchmarks"
