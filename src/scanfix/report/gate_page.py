"""The gate's answer as one HTML file that needs nothing else."""

from scanfix.model.gate import GateResult
from scanfix.report.dress import dress, environment
from scanfix.report.gate_rows import headline, tables

# What a verdict, or what became of a fact, looks like.
_CHIPS = {
    "passed": "done",
    "holds": "done",
    "too small": "flag",
    "warned": "flag",
    "known failure": "flag",
    "failed": "failed",
    "FAILED": "failed",
}


def write(result: GateResult) -> str:
    """Return the answer as HTML; everything that a page says is escaped."""
    template = environment().get_template("gate.html")
    return template.render(
        verdict=result.verdict,
        headline=headline(result),
        rates=result.rates,
        chips=_CHIPS,
        tables=tables(result),
        **dress("gate.js", "style.css", images="'none'"),
    )
