"""An evaluation as files: counts, and the rates that follow from them."""

import csv
import json
from collections.abc import Sequence
from io import StringIO

from pydantic import TypeAdapter

from scanfix.evaluation.values import Evaluation, PolicyScores
from scanfix.model.reliability import Reliability
from scanfix.model.score import Confusion, PageScore, ScoreTotals

SCHEMA = "scanfix.scores/1"
# The rest stands in confusions.csv.
_MOST_CONFUSIONS = 50
_SCORE: TypeAdapter[PageScore] = TypeAdapter(PageScore)
_TOTALS: TypeAdapter[ScoreTotals] = TypeAdapter(ScoreTotals)
_CONFUSIONS: TypeAdapter[tuple[Confusion, ...]] = TypeAdapter(tuple[Confusion, ...])
_RELIABILITY: TypeAdapter[Reliability] = TypeAdapter(Reliability)
# What is not counted under the other policies.
_DETAILS = {"marks", "markings", "tokens", "regions", "views", "order"}


def scores_json(evaluation: Evaluation) -> str:
    """Return the text of ``scores.json``."""
    totals = evaluation.totals
    record = {
        "schema": SCHEMA,
        "policy": totals.policy,
        "view": "body",
        "totals": {
            **_TOTALS.dump_python(totals, mode="json", exclude={"worst"}),
            **_rates(totals),
            **_order(totals),
            "worst": [str(score.page_id) for score in totals.worst],
        },
        "pages": [
            {**_SCORE.dump_python(score, mode="json"), **_rates(score), **_order(score)} for score in evaluation.pages
        ],
        "missing": [str(page_id) for page_id in evaluation.missing],
        "other_policies": [_other(scores) for scores in evaluation.others],
        "confusions": {
            "letters": _CONFUSIONS.dump_python(evaluation.letters[:_MOST_CONFUSIONS], mode="json"),
            "words": _CONFUSIONS.dump_python(evaluation.words[:_MOST_CONFUSIONS], mode="json"),
        },
        "calibration": _calibration(evaluation.reliability),
    }
    return json.dumps(record, indent=1, allow_nan=False) + "\n"


def confusions_csv(evaluation: Evaluation) -> str:
    """Return the text of ``confusions.csv``: every confusion of letters, then of words, the most frequent first."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("of", "reference", "hypothesis", "count"))
    writer.writerows(_rows("letters", evaluation.letters))
    writer.writerows(_rows("words", evaluation.words))
    return text.getvalue()


def _rows(of: str, confusions: Sequence[Confusion]) -> list[tuple[str, str, str, int]]:
    """Return the rows of a table."""
    return [(of, one.reference, one.hypothesis, one.count) for one in confusions]


def _rates(score: PageScore | ScoreTotals) -> dict[str, float | None]:
    """Return the rates of words and characters."""
    return {
        "wer": score.words.rate,
        "cer": score.characters.rate,
        "normalised_cer": score.characters.normalised_rate,
    }


def _order(score: PageScore | ScoreTotals) -> dict[str, float | None]:
    """Return what order has to do with the errors."""
    return {
        "layout_wer": score.layout_rate,
        "tau": score.order.tau,
        "flexible_character_accuracy": score.order.flexible_accuracy,
    }


def _calibration(reliability: Reliability | None) -> dict[str, object] | None:
    """Describe how far confidences can be believed."""
    if reliability is None:
        return None
    return {
        "words": reliability.words,
        "right": reliability.right,
        **_RELIABILITY.dump_python(reliability, mode="json"),
    }


def _other(scores: PolicyScores) -> dict[str, object]:
    """Describe the scores under another policy."""
    return {
        "policy": scores.totals.policy,
        "totals": {
            **_TOTALS.dump_python(scores.totals, mode="json", exclude={"worst", *_DETAILS}),
            **_rates(scores.totals),
        },
        "pages": [
            {**_SCORE.dump_python(score, mode="json", exclude=_DETAILS), **_rates(score)} for score in scores.pages
        ],
    }
