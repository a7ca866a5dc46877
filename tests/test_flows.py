import os
import subprocess
import sys
from pathlib import Path

import fakes
import pytest

from scanfix import batch

pytestmark = [pytest.mark.live, pytest.mark.prefect]

ROOT = Path(__file__).parent.parent
# Everything a flow's process must have set before Prefect is imported (design/orchestration.md).
PRIVATE = """
import flows, os, prefect.settings as s
assert os.environ["DO_NOT_TRACK"] == "1"
assert s.PREFECT_SERVER_ANALYTICS_ENABLED.value() is False
assert s.PREFECT_SERVER_API_HOST.value() == "127.0.0.1"
"""
SERVER = """
from pathlib import Path
import sys, httpx, psutil
from flows._server import running_server
with running_server(Path(sys.argv[1])) as address:
    assert httpx.get(address + "/health").json() is True
    mine = {child.pid for child in psutil.Process().children(recursive=True)}
    listening = {c.laddr.ip for c in psutil.net_connections("inet") if c.pid in mine and c.status == "LISTEN"}
    assert listening == {"127.0.0.1"}, listening
assert not psutil.Process().children(recursive=True)
"""


def python(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *(str(argument) for argument in arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=280, env=environment)


def test_importing_the_flows_keeps_everything_on_this_machine() -> None:
    done = python("-c", PRIVATE)
    assert done.returncode == 0, done.stderr


def test_a_server_of_our_own_listens_on_loopback_and_ends_with_its_block(tmp_path: Path) -> None:
    done = python("-c", SERVER, tmp_path)
    assert done.returncode == 0, done.stderr


EVALUATE = """
import sys
from pathlib import Path
import flows
from flows._server import running_server
from flows.evaluate import evaluate
from prefect.client.orchestration import get_client
from scanfix import gating, settings
from scanfix.errors import GateFailed
out, truth, baseline = map(Path, sys.argv[1:4])
with running_server(out / "server"):
    gating.accept(out, truth, settings.load_here(None, {}), baseline=baseline, policy="archival")
    evaluate(out, truth, baseline=baseline)
    (out / "memo" / "p0001.txt").write_text("nothing of the kind")
    try:
        evaluate(out, truth, baseline=baseline)
    except GateFailed as error:
        assert "memo p. 1" in str(error)
    else:
        raise AssertionError("the gate let it pass")
    with get_client(sync_client=True) as client:
        print(sorted({str(artifact.key) for artifact in client.read_artifacts()}))
        print(sorted(run.state_name for run in client.read_flow_runs()))
"""


def test_the_evaluation_publishes_tables_and_reports_and_fails_where_the_gate_does(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    out = tmp_path / "out"
    assert python("-m", "scanfix", "run", tmp_path / "scans", "--out", out).returncode == 0
    truth = tmp_path / "truth" / "memo" / "p0001.md"
    truth.parent.mkdir(parents=True)
    truth.write_text((out / "memo" / "p0001.md").read_text(encoding="utf-8"), encoding="utf-8")
    done = python("-c", EVALUATE, out, tmp_path / "truth", tmp_path / "baseline.json")
    assert done.returncode == 0, done.stderr
    keys, states = done.stdout.splitlines()[-2:]
    for name in ("evaluate", "evaluate-comparison", "evaluate-kinds", "evaluate-pages", "evaluate-report", "gate"):
        assert f"'{name}'" in keys
    assert states == "['Completed', 'Failed']"


def test_the_flow_leaves_the_same_files_as_the_command_line(tmp_path: Path) -> None:
    fakes.scan(tmp_path / "scans", "memo.png")
    fakes.scan(tmp_path / "scans", "report.tif", pages=2)
    (tmp_path / "scans" / "zero.tif").write_bytes(b"")
    done = python("-m", "flows.digitise", tmp_path / "scans", "--out", tmp_path / "flow")
    assert done.returncode == 6, done.stderr
    assert "Completed" in done.stderr
    command = python("-m", "scanfix", "run", tmp_path / "scans", "--out", tmp_path / "command")
    assert command.returncode == 6, command.stderr
    assert fakes.files_under(tmp_path / "flow") == fakes.files_under(tmp_path / "command")
    kept = batch.run([tmp_path / "scans"], tmp_path / "flow", fakes.SETTINGS, on_page=lambda *_: None)
    assert (kept.count("kept"), kept.count("done")) == (3, 0)
