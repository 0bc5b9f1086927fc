"""`polyaxon import`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from rich.console import Console

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import project_option
from polyaxon_sdk.cli.show import brief, print_table
from polyaxon_sdk.exceptions import InputError, printable
from polyaxon_sdk.importing.bringing import Importer
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.report import RunReport
from polyaxon_sdk.importing.sources import open_source
from polyaxon_sdk.settings import load

__all__ = ["import_"]

_COLUMNS = ("UUID", "STATE", "SAME", "POINTS", "EVENTS", "FILES", "VALUES", "RUN")
_SHOWN = 20
"""How many differences of one run people are shown; programs get all."""


@click.command("import")
@click.argument("source", metavar="SOURCE")
@click.argument("place", metavar="PLACE")
@project_option
@click.option("--dry-run", is_flag=True, help="Only tell what there is to bring in.")
@click.option("-o", "--output", type=click.Choice(["json"]), help="Print for programs instead of for people.")
def import_(source: str, place: str, *, project: str | None, dry_run: bool, output: str | None) -> int:
    """Bring runs of another tracker in, and compare them.

    SOURCE is tensorboard, mlflow, wandb, aim or polyaxon-offline; PLACE a folder, or a URI of mlflow.
    """
    if project is not None and not project.rpartition("/")[2].strip():
        raise InputError(f"{project!r} names no project", where="-p", expected="name or owner/name")
    importer, left_out = Importer(load(), source, place, project), LeftOut()
    with open_source(source, place).runs(left_out) as runs:
        reports = []
        for report in importer.bring(runs, dry_run=dry_run):
            reports.append(report)
            if output is None:
                click.echo(f"{report.state}: {printable(report.label)}", err=True)
    if output is None:
        _show(reports, left_out)
    else:
        print_json(_document(reports, left_out))
    return 0 if all(report.is_right for report in reports) else 1


def _show(reports: Sequence[RunReport], left_out: LeftOut) -> None:
    console = Console()
    print_table(_COLUMNS, [_row(report) for report in reports])
    total = LeftOut()
    for told in (left_out, *(report.left_out for report in reports)):
        for omission in told.omissions:
            total.add(*omission)
    if total.omissions:
        console.print("\nnot carried", style="bold")
    for each in total.omissions:
        line = printable(f"{each.number:>6}  {each.what}: {each.why}")
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for report in reports:
        for line in _wrong(report):
            console.print(
                printable(f"{report.label}: {line}"),
                style="red",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )


def _wrong(report: RunReport) -> Iterable[str]:
    if report.error is not None:
        yield report.error
    differences = report.parity.differences if report.parity else []
    yield from differences[:_SHOWN]
    if len(differences) > _SHOWN:
        yield f"and {len(differences) - _SHOWN} differences more: -o json shows them"


def _row(report: RunReport) -> list[str]:
    tally, parity = report.tally, report.parity
    there = [
        tally.count(points=True),
        tally.count(points=False),
        len(tally.files),
        len(tally.inputs) + len(tally.outputs),
    ]
    here = there
    if parity is not None:
        masked = len(parity.masked)
        here = [
            parity.kept(points=True),
            parity.kept(points=False),
            parity.files,
            parity.values + masked,
        ]
    counts = list(map(_counted, there, here))
    verdict = "-" if parity is None else "no" if parity.differences else "yes"
    return [report.uuid[:12], report.state, verdict, *counts, report.label]


def _counted(source: int, kept: int) -> str:
    """How many there are at the source, and how many of them here, or that there are more.

    >>> _counted(4, 3), _counted(3, 4)
    ('3 of 4', '3, here 4')
    """
    if source == kept:
        return str(source)
    return f"{kept} of {source}" if kept < source else f"{source}, here {kept}"


def _document(reports: Sequence[RunReport], left_out: LeftOut) -> dict[str, object]:
    return {
        "is_right": all(report.is_right for report in reports),
        "runs": [_run_document(report) for report in reports],
        "not_carried": _omissions(left_out),
    }


def _run_document(report: RunReport) -> dict[str, object]:
    tally, parity = report.tally, report.parity
    kept = {(each.kind, each.name): each for each in parity.series} if parity else {}
    return {
        "label": report.label,
        "uuid": report.uuid,
        "state": report.state,
        "added": report.added,
        "error": report.error,
        "is_right": report.is_right,
        "series": [
            {
                "kind": kind,
                "name": name,
                "count": {"source": each.count, "here": found.kept.count if found else None},
                "last": {
                    "source": _spelled(each.last),
                    "here": _spelled(found.kept.last) if found else None,
                },
                "is_same": found.is_same if found else None,
            }
            for (kind, name), each in tally.series.items()
            for found in [kept.get((kind, name))]
        ],
        "files": tally.files,
        "datasets": tally.data,
        "inputs": dict(tally.inputs),
        "outputs": dict(tally.outputs),
        "masked": parity.masked if parity else [],
        "differences": parity.differences if parity else [],
        "not_carried": _omissions(report.left_out),
    }


def _omissions(left_out: LeftOut) -> list[dict[str, object]]:
    return [each._asdict() for each in left_out.omissions]


def _spelled(value: float | str | None) -> object:
    """A value as JSON has it: NaN and the infinities by their names."""
    return brief(value) if isinstance(value, float) and value - value != 0 else value
