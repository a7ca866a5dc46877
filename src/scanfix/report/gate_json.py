"""The gate's answer for machines: ``scanfix.gate/1``."""

import json

from pydantic import TypeAdapter

from scanfix.model.gate import GateResult, RateChange, StratumChange

SCHEMA = "scanfix.gate/1"
_RESULT: TypeAdapter[GateResult] = TypeAdapter(GateResult)


def write(result: GateResult) -> str:
    """Return the answer as JSON: counts and differences, ``null`` where there is none, never NaN."""
    tree = _RESULT.dump_python(result, mode="json", exclude={"before": {"pages"}, "after": {"pages"}})
    changes: tuple[RateChange | StratumChange, ...] = (*result.rates, *result.strata)
    for entry, change in zip((*tree["rates"], *tree["strata"]), changes, strict=True):
        entry["difference"] = change.difference
    for entry, page in zip(tree["pages"], result.pages, strict=True):
        entry["page"] = str(page.page_id)
        entry["added"] = page.added
    return json.dumps({"schema": SCHEMA, **tree}, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
