"""What every worker process begins with, whatever its work."""

import os
import signal
from threading import Thread
from time import sleep

# How long an orphan may outlive its parent.
_WATCH_S = 1.0


def begin(parent: int) -> None:
    """Prepare a spawned worker: Ctrl-C is the parent's to answer, and an orphan ends itself.

    Parameters
    ----------
    parent
        The process id of the process that spawned it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, so that ``kill -9`` leaves nothing behind."""
    while os.getppid() == parent:
        sleep(_WATCH_S)
    os._exit(1)
