"""A finished run against ground truth; ``evaluate`` writes ``DIR/scores.json`` and ``DIR/confusions.csv``."""

from scanfix.evaluation.run import evaluate, marks_in_source
from scanfix.evaluation.values import Evaluation, PolicyScores
from scanfix.scoring.policy import PolicyName

__all__ = ["Evaluation", "PolicyName", "PolicyScores", "evaluate", "marks_in_source"]
