"""A training that is made up: everything that a public script logs, by the public names."""

import argparse
import random
from datetime import datetime, timedelta

import matplotlib
import numpy as np

from polyaxon import settings, tracking

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  # as such scripts do


def figure():
    drawn, axes = plt.subplots(figsize=(2, 2))
    axes.plot([0, 1], [1, 0])
    return drawn


def start(arguments):
    if settings.CLIENT_CONFIG.is_managed:
        return tracking.init()
    return tracking.init(project=arguments.project, name="by-hand", tags=["sim"])


def main(arguments):
    run = start(arguments)
    tracking.log_inputs(epochs=arguments.epochs, optimizer="adam")
    for epoch in range(arguments.epochs):
        tracking.log_metrics(step=epoch, loss=1 / (epoch + 1), accuracy=random.random())
        tracking.log_metric(name="class/bird", value=0.5, step=epoch, timestamp=datetime.now() + timedelta(1))
        tracking.log_progress((epoch + 1) / arguments.epochs)
        tracking.log_histogram("weights", np.linspace(0, 1, 100), "auto", step=epoch)
        tracking.log_confusion_matrix("matrix", x=["a", "b"], y=["a", "b"], z=np.eye(2).tolist(), step=epoch)
        tracking.log_roc_auc_curve(
            name="roc", fpr=np.array([0, 1]), tpr=np.array([0, 1]), auc=0.5, step=epoch
        )
        tracking.log_pr_curve(
            name="pr", precision=np.array([1, 0]), recall=np.array([0, 1]), average_precision=0.5, step=epoch
        )
        drawn = figure()
        tracking.log_mpl_image(drawn, "drawn", step=epoch)
        plt.close(drawn)
        tracking.log_text("note", text=f"epoch {epoch} | fine", step=epoch)
    tracking.log_outputs(best_loss=1 / arguments.epochs)
    tracking.end()
    print(f"run {run.run_uuid} of {tracking.TRACKING_RUN}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", default="digits")
    parser.add_argument("--epochs", type=int, default=3)
    main(parser.parse_args())
