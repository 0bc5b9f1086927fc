import subprocess
from time import monotonic

import pytest

from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.processes import console_process, note_processes
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.writer import Writer, process_start, this_process
from polyaxon_sdk.sidecar.scribes import Scribes
from polyaxon_sdk.sidecar.watch import Crew, Watch, crew

HERE = this_process()
GONE = HERE._replace(start=HERE.start - 1)
_NOBODY = (1 << 22) + 1  # no kernel gives so high a number
ELSEWHERE = HERE._replace(host="elsewhere/1")


def writer_of(child: subprocess.Popen[bytes]) -> Writer:
    return HERE._replace(pid=child.pid, start=process_start(child.pid) or 0)


@pytest.mark.parametrize(
    ("trainers", "life"),
    [
        ([], "gone"),
        ([GONE], "gone"),
        ([GONE, HERE], "alive"),
        ([GONE, ELSEWHERE], "unknown"),
        ([ELSEWHERE, HERE], "alive"),
    ],
)
def test_a_crew_lives_while_one_of_it_does(trainers: list[Writer], life: str) -> None:
    assert Crew(trainers, None).trainer_life == life


@pytest.mark.parametrize(
    ("trainer", "runner", "is_abandoned"),
    [
        (GONE, None, True),
        (GONE, GONE, True),
        (GONE, HERE, False),
        (HERE, GONE, False),
        (ELSEWHERE, None, False),
    ],
)
def test_a_run_is_abandoned_when_nobody_is_left_to_say_how_it_ended(
    trainer: Writer, runner: Writer | None, is_abandoned: bool
) -> None:
    assert Crew([trainer], runner).is_abandoned is is_abandoned


def test_who_joins_a_run_is_its_trainer(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    record.append("joined")
    people = crew(folder, read_facts(folder))
    assert (people.trainers, people.runner) == ([record.writer], None)


def test_who_creates_a_managed_run_is_its_runner(folder: RunFolder, child: subprocess.Popen[bytes]) -> None:
    record = RecordWriter(folder)
    record.append("created", is_managed=True)
    record.append("process", pid=child.pid, start=process_start(child.pid))
    people = crew(folder, read_facts(folder))
    assert people.runner == record.writer
    assert [trainer.pid for trainer in people.trainers] == [child.pid]


def test_who_writes_output_down_is_known_by_its_group_even_where_it_is_gone(folder: RunFolder) -> None:
    note_processes(folder, "main", [HERE.pid, _NOBODY])
    found = crew(folder, read_facts(folder)).trainers
    assert [(type(each), each.pid, each.life()) for each in found] == [
        (Scribes, HERE.pid, "alive"),
        (Scribes, _NOBODY, "gone"),
    ]


@pytest.mark.parametrize(("status", "waits"), [("running", True), ("succeeded", False)])
def test_who_wrote_output_down_is_not_waited_for_once_the_runner_said_how_the_run_ended(
    folder: RunFolder, status: str, waits: bool
) -> None:
    RecordWriter(folder).append("created", is_managed=True)
    record = RecordWriter(folder)
    record.append("process", **console_process("main", HERE.pid))
    record.append("status", status=status)
    assert [each.pid for each in crew(folder, read_facts(folder)).trainers] == [HERE.pid] * waits


def test_who_writes_output_down_that_is_late_is_waited_for_nevertheless(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    record.append("created", is_managed=True)
    note_processes(folder, "main", [HERE.pid])
    record.append("status", status="succeeded")
    assert [each.pid for each in crew(folder, read_facts(folder)).trainers] == [HERE.pid]


def test_who_logs_is_a_trainer(folder: RunFolder) -> None:
    EventJournal(folder, HERE).name_series(0, "loss")
    assert crew(folder, []).trainers == [HERE]


def test_who_said_that_it_is_through_is_none_any_more(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    record.append("joined")
    EventJournal(folder, record.writer).name_series(0, "loss")
    record.append("left")
    assert crew(folder, read_facts(folder)).trainers == []


@pytest.mark.parametrize(("writer", "is_writing"), [(HERE, True), (GONE, False), (ELSEWHERE, True)])
def test_a_journal_is_written_while_its_writer_may_live(writer: Writer, is_writing: bool) -> None:
    assert Crew([writer], None).is_writing(f"{writer.name}.0.plxj") is is_writing


def test_a_journal_of_somebody_else_is_not_theirs() -> None:
    assert not Crew([HERE], None).is_writing(f"{GONE.name}.0.plxj")


@pytest.mark.parametrize(("writer", "is_written"), [(HERE, True), (GONE, False), (ELSEWHERE, False)])
def test_output_may_be_of_any_process_that_is_there(writer: Writer, is_written: bool) -> None:
    assert Crew([writer], None).is_writing("rank-3.out") is is_written


def test_waiting_ends_when_a_watched_process_does(child: subprocess.Popen[bytes]) -> None:
    watch = Watch()
    watch.add([writer_of(child)])
    began = monotonic()
    child.kill()
    watch.wait(300.0)
    assert monotonic() - began < 200.0


def test_a_process_that_is_gone_is_not_waited_for_again(child: subprocess.Popen[bytes]) -> None:
    watch = Watch()
    watch.add([writer_of(child)])
    child.kill()
    watch.wait(300.0)
    began = monotonic()
    watch.wait(0.05)
    assert monotonic() - began >= 0.05


@pytest.mark.parametrize("writers", [[], [GONE], [ELSEWHERE]])
def test_nobody_to_watch_is_a_pause(writers: list[Writer]) -> None:
    watch = Watch()
    watch.add(writers)
    began = monotonic()
    watch.wait(0.05)
    assert monotonic() - began >= 0.05
