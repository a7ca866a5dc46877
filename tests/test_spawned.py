import os
import signal
import subprocess
import sys
from time import monotonic, sleep

# A parent with one worker: says the worker's id when it has begun, then works for longer than any test waits.
PARENT = """
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import sleep

from scanfix import spawned

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=spawned.begin, initargs=(os.getpid(),))
    print(pool.submit(os.getpid).result(), flush=True)
    sleep(60)
"""
PATIENCE_S = 10


def lives(process_id: int) -> bool:
    """Tell whether a process is there and no mere entry of one that ended."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return not status.stdout.startswith("Z")


def test_a_worker_leaves_ctrl_c_to_its_parent_and_ends_when_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(worker, signal.SIGINT)
        sleep(0.5)
        assert lives(worker)
        parent.kill()
    until = monotonic() + PATIENCE_S
    while lives(worker) and monotonic() < until:
        sleep(0.1)
    assert not lives(worker)
