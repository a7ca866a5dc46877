"""The gate's answer as one HTML file that needs nothing else."""

from scanfix.model.gate import GateResult
from scanfix.report.dress import dress, environment
from scanfix.report.gate_rows import headline, tables


def write(result: GateResult) -> str:
    """Return the answer as HTML; everything that a page says is escaped."""
    template = environment().get_template("gate.html")
    return template.render(
        verdict=result.verdict,
        headline=headline(result),
        rates=result.rates,
        tables=tables(result),
        **dress("gate.js", "style.css", images="'none'"),
    )
