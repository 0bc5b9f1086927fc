"""Whether more of a metric is better, by its name."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

__all__ = ["Direction", "direction_of"]

Direction: TypeAlias = Literal["maximize", "minimize"]

# fmt: off
_MOST = frozenset({
    "acc", "accuracy", "auc", "auroc", "roc", "f1", "fscore", "precision", "recall", "sensitivity", "specificity",
    "score", "reward", "return", "map", "miou", "iou", "dice", "bleu", "rouge", "meteor", "r2", "ndcg", "mrr",
    "psnr", "ssim", "correct", "throughput",
})
"""Words in the name of a metric of which more is better; one of the next turns that round."""
_LEAST = frozenset({
    "loss", "error", "err", "mae", "mse", "rmse", "mape", "perplexity", "distance", "incorrect", "wrong",
})
# fmt: on

_WORD = re.compile(r"[A-Z]?[a-z]+\d?|[A-Z]+(?![a-z])\d?")


def direction_of(metric: str) -> Direction:
    """Where a search for a metric goes that says nothing of it: up only where a word of its name is one of those.

    >>> direction_of("val_accuracy"), direction_of("dice_loss"), direction_of("steps")
    ('maximize', 'minimize', 'minimize')
    """
    words = {word.lower() for word in _WORD.findall(metric)}
    words |= {word.rstrip("0123456789") for word in words}
    return "maximize" if words & _MOST and not words & _LEAST else "minimize"
