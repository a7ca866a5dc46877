"""A Prefect server on the loopback address for as long as a batch runs.

A flow without a server starts its own and loses part of its history (55 of 1,001 task runs recorded, measured in
design/orchestration.md), so a batch that finds none starts one of its own and stops it at the end.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL, temporary_settings

from scanfix.errors import ToolFailedError
from scanfix.pipeline import STORE_FOLDER

_PATIENCE_S = 120.0
_PAUSE_S = 0.3
_DRAIN_S = 10


def server_home(out: Path) -> Path:
    """Return where a run's own server keeps its database: beside the store, so that history stays with the run."""
    return out / STORE_FOLDER / "prefect"


@contextmanager
def running_server(home: Path) -> Iterator[str]:
    """Give the address of a Prefect server: the one that ``PREFECT_API_URL`` names, else one of our own.

    Parameters
    ----------
    home
        Where a server of our own keeps its database and its log.

    Raises
    ------
    ToolFailedError
        The server did not come up.
    """
    named = PREFECT_API_URL.value()
    if named:
        yield named
        return
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "PREFECT_HOME": str(home.absolute())}
    with (home / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}/api"
            _await(address, server, log.name)
            with temporary_settings({PREFECT_API_URL: address}):
                try:
                    yield address
                finally:
                    # Log lines still waiting must be sent before the server goes.
                    APILogWorker.drain_all(timeout=_DRAIN_S)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(address: str, server: "subprocess.Popen[bytes]", log: str) -> None:
    """Wait until the server answers."""
    end = monotonic() + _PATIENCE_S
    while monotonic() < end and server.poll() is None:
        try:
            if httpx.get(f"{address}/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            sleep(_PAUSE_S)
    server.terminate()
    raise ToolFailedError(f"The Prefect server did not start; see {log}. `scanfix run` does the same work without it.")
