"""Verbs for curves, confusion matrices and histograms."""

from __future__ import annotations

from polyaxon_sdk.tracking.given import called
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.tracking.verbs.placed import Placed

__all__ = ["CurveVerbs"]


class CurveVerbs(Placed):
    """What is computed from many numbers at once (semantics 5.2: curves, histograms)."""

    def log_roc_auc_curve(
        self,
        name: str,
        fpr: object,
        tpr: object,
        auc: object = None,
        step: int | None = None,
        *,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a receiver operating characteristic: false and true positive rates, and the area below.

        >>> run.log_roc_auc_curve("roc", [0.0, 0.5, 1.0], [0.0, 0.9, 1.0], auc=0.7)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_curve  # paid by who logs one

        series = Series("curve", name, step, timestamp)
        self._log(f"curve {called(name)}", log_curve, series, "roc", (fpr, tpr), auc)

    def log_pr_curve(
        self,
        name: str,
        precision: object,
        recall: object,
        average_precision: object = None,
        step: int | None = None,
        *,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a precision-recall curve, and the average precision.

        >>> run.log_pr_curve("pr", [0.5, 0.8, 1.0], [1.0, 0.6, 0.0])  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_curve  # paid by who logs one

        series = Series("curve", name, step, timestamp)
        self._log(f"curve {called(name)}", log_curve, series, "pr", (precision, recall), average_precision)

    def log_curve(
        self,
        name: str,
        x: object,
        y: object,
        annotation: object = None,
        step: int | None = None,
        *,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a curve of one's own: as many numbers of `x` as of `y`, and a word on it.

        >>> run.log_curve("calibration", [0.1, 0.5], [0.2, 0.4], annotation="raw")  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_curve  # paid by who logs one

        series = Series("curve", name, step, timestamp)
        self._log(f"curve {called(name)}", log_curve, series, "custom", (x, y), annotation)

    def log_sklearn_roc_auc_curve(
        self,
        name: str,
        y_preds: object,
        y_targets: object,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        is_multi_class: bool = False,
    ) -> None:
        """Compute a receiver operating characteristic with scikit-learn, and log it.

        With `is_multi_class`, `y_preds` has a column a class and each class a curve, `<name>_<index>`.

        >>> run.log_sklearn_roc_auc_curve("roc", model.predict(x), y, step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_receiver_operating  # paid by who logs one

        series = Series("curve", name, step, timestamp)
        what = f"curve {called(name)}"
        self._log(what, log_receiver_operating, series, y_preds, y_targets, by_class=is_multi_class)

    def log_sklearn_pr_curve(
        self,
        name: str,
        y_preds: object,
        y_targets: object,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        is_multi_class: bool = False,
    ) -> None:
        """Compute a precision-recall curve with scikit-learn, and log it.

        With `is_multi_class`, `y_preds` has a column a class and each class a curve, `<name>_<index>`.

        >>> run.log_sklearn_pr_curve("pr", model.predict(x), y, step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_precision_recall  # paid by who logs one

        series = Series("curve", name, step, timestamp)
        what = f"curve {called(name)}"
        self._log(what, log_precision_recall, series, y_preds, y_targets, by_class=is_multi_class)

    def log_confusion_matrix(
        self,
        name: str,
        x: object,
        y: object,
        z: object,
        step: int | None = None,
        *,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a confusion matrix: labels of the columns, labels of the rows, and the rows.

        >>> run.log_confusion_matrix("digits", ["a", "b"], ["a", "b"], [[9, 1], [2, 8]])  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.curves import log_confusion  # paid by who logs one

        series = Series("confusion", name, step, timestamp)
        self._log(f"confusion matrix {called(name)}", log_confusion, series, x, y, z)

    def log_np_histogram(
        self,
        name: str,
        values: object,
        counts: object,
        step: int | None = None,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a histogram that is counted: the edges of its bins, and what each counts.

        What `numpy.histogram` returns may be given in either order: the longer one is the edges.

        >>> run.log_np_histogram("weights", *numpy.histogram(weights), step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.histograms import log_counted  # paid by who logs one

        series = Series("histogram", name, step, timestamp)
        self._log(f"histogram {called(name)}", log_counted, series, values, counts)

    def log_histogram(
        self,
        name: str,
        values: object,
        bins: object = 10,
        max_bins: int | None = None,
        step: int | None = None,
        *,
        timestamp: Moment | None = None,
    ) -> None:
        """Count raw values, and log the histogram; what is no finite number is left out.

        Args:
            name: the series.
            values: numbers: an array or a tensor of any shape, or a list.
            bins: how many bins, their edges, or the name of a rule of numpy's, such as `auto`.
            max_bins: how many a number or a rule may give, by default 512.
            step, timestamp: where it belongs; now by default.

        >>> run.log_histogram("weights", layer.weight, bins=64, step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.histograms import log_histogram  # paid by who logs one

        series = Series("histogram", name, step, timestamp)
        self._log(f"histogram {called(name)}", log_histogram, series, values, bins, max_bins)
