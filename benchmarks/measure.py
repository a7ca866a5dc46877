"""Wall time, processor time and peak memory of a command and everything it starts."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import psutil

_SAMPLE_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run cost; seconds, and megabytes of the whole process tree at its peak (sampled, shared pages once)."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    exit_code: int

    def __add__(self, other: "Cost") -> "Cost":
        """Return the cost of two runs, one after the other."""
        return Cost(
            wall_s=self.wall_s + other.wall_s,
            cpu_s=self.cpu_s + other.cpu_s,
            peak_mb=max(self.peak_mb, other.peak_mb),
            exit_code=self.exit_code or other.exit_code,
        )


def run(command: Sequence[str], *, log: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and measure it; its output goes to ``log``."""
    before = os.times()
    start = perf_counter()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            list(command), stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        exit_code = process.wait()
        sampler.stop()
    wall_s = perf_counter() - start
    after = os.times()
    cpu_s = after.children_user - before.children_user + after.children_system - before.children_system
    return Cost(wall_s=wall_s, cpu_s=cpu_s, peak_mb=sampler.peak_mb, exit_code=exit_code)


class _Sampler(Thread):
    """Looks at a process tree ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._ended = Event()
        self.peak_mb = 0.0

    def run(self) -> None:
        """Sample until told to stop."""
        while not self._ended.wait(_SAMPLE_S):
            self.peak_mb = max(self.peak_mb, self._now_mb())

    def stop(self) -> None:
        """End sampling."""
        self._ended.set()
        self.join()

    def _now_mb(self) -> float:
        """Sum the proportional set sizes of the tree."""
        total = 0
        try:
            tree = [self._root, *self._root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return 0.0
        for process in tree:
            try:
                total += process.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
        return total / 1e6
