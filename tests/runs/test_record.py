import os
from itertools import pairwise
from random import Random
from threading import Thread

import pytest

from polyaxon_sdk.runs.changes import read_changes
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import encode
from polyaxon_sdk.runs.record import RecordReader, RecordWriter, last_stamp, read_facts, read_writers_of
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import this_process


def kinds(folder: RunFolder) -> list[str]:
    return [fact.kind for fact in read_facts(folder) if fact.kind != "writer"]


def test_facts_of_two_writers_come_in_the_order_of_their_clocks(folder: RunFolder) -> None:
    shown = iter(range(100))
    one, other = (RecordWriter(folder, Clock(now=lambda: next(shown))) for _ in "ab")
    for number, writer in enumerate([one, other, one, other]):
        writer.append("meta", values={"number": number})
    numbers = [fact.fields["values"] for fact in read_facts(folder) if fact.kind == "meta"]
    assert numbers == [{"number": 0}, {"number": 1}, {"number": 2}, {"number": 3}]


def test_the_order_of_files_does_not_matter(folder: RunFolder) -> None:
    for _ in range(4):
        RecordWriter(folder).append("meta", values={})
    facts = read_facts(folder)
    shuffled = sorted(Random(1).sample(facts, len(facts)), key=lambda fact: fact[:3])
    assert shuffled == facts


def test_a_clock_that_jumps_back_does_not_reorder_what_one_writer_says(folder: RunFolder) -> None:
    shown = iter([10**18, 10**18 + 1, 5, 6, 10**17])
    writer = RecordWriter(folder, Clock(now=lambda: next(shown)))
    for status in ("created", "running", "succeeded"):
        writer.append("status", status=status)
    assert [each.status for each in read_run(folder).conditions] == ["created", "running", "succeeded"]


def test_a_writer_is_never_behind_what_it_found(folder: RunFolder) -> None:
    RecordWriter(folder, Clock(now=lambda: 10**18)).append("status", status="running")
    RecordWriter(folder, Clock(now=lambda: 5)).append("status", status="succeeded")
    assert read_run(folder).status == "succeeded"


@pytest.mark.parametrize(
    "last", [b"", b"\n0badc0de {", b'\n0badc0de {"clock":9999999999999999999,"sequence":9}']
)
def test_the_last_stamp_of_a_record_is_that_of_its_last_whole_fact(folder: RunFolder, last: bytes) -> None:
    assert last_stamp(folder) == 0
    RecordWriter(folder, Clock(now=lambda: 10**18)).append("status", status="running")
    RecordWriter(folder, Clock(now=lambda: 5)).append("status", status="succeeded")
    for file in folder.record.iterdir():
        file.write_bytes(file.read_bytes() + last)
    assert last_stamp(folder) == read_facts(folder)[-1].clock > 10**18


def test_a_writer_is_never_behind_what_it_is_told_of(folder: RunFolder) -> None:
    late = RecordWriter(folder, Clock(now=lambda: 5))
    RecordWriter(folder, Clock(now=lambda: 10**18)).append("status", status="resuming")
    late.saw(read_facts(folder))
    late.append("status", status="failed")
    assert read_run(folder).status == "failed"


def test_a_forked_child_writes_a_file_of_its_own(folder: RunFolder) -> None:
    writer = RecordWriter(folder)
    writer.append("meta", values={})
    if (pid := os.fork()) == 0:
        writer.restart(this_process())
        writer.append("tags", values=["child"])
        os._exit(0)
    os.waitpid(pid, 0)
    assert [named.pid for named in read_writers_of(read_facts(folder))] == [os.getpid(), pid]
    assert len(list(folder.record.iterdir())) == 2


def test_threads_share_a_writer(folder: RunFolder) -> None:
    writer = RecordWriter(folder)

    def write() -> None:
        for _ in range(50):
            writer.append("meta", values={})

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    facts = read_facts(folder)
    assert [fact.sequence for fact in facts] == list(range(401))
    assert all(earlier.clock < later.clock for earlier, later in pairwise(facts))


def test_a_torn_last_fact_is_left_out(folder: RunFolder) -> None:
    writer = RecordWriter(folder)
    writer.append("status", status="running")
    with (folder.record / f"{writer.writer.name}.jsonl").open("ab") as file:
        file.write(b'\n0123abcd {"clock":1,"seq')
    assert kinds(folder) == ["status"]


def test_a_reader_takes_what_is_new_and_reads_a_torn_fact_when_it_is_whole(folder: RunFolder) -> None:
    reader, writer = RecordReader(folder), RecordWriter(folder)
    writer.append("status", status="running")
    path = folder.record / f"{writer.writer.name}.jsonl"
    before = len(reader.read())
    writer.append("tags", values=["a"])
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    torn = len(reader.read())
    path.write_bytes(whole)
    assert (torn - before, len(reader.read()) - before) == (0, 1)


def test_a_reader_gives_the_same_list_where_nothing_is_new(folder: RunFolder) -> None:
    RecordWriter(folder).append("status", status="running")
    reader = RecordReader(folder)
    assert reader.read() is reader.read()


def test_facts_of_a_shape_that_is_not_known_are_left_out(folder: RunFolder) -> None:
    (folder.record / "foreign.jsonl").write_bytes(encode({"clock": "late", "kind": 5}) + encode({}))
    assert read_facts(folder) == []


def test_a_folder_that_is_not_there_has_no_facts(folder: RunFolder) -> None:
    assert read_facts(RunFolder(folder.path.parent / "none")) == []


def test_a_fact_renews_the_mark_of_change(folder: RunFolder) -> None:
    writer = RecordWriter(folder)
    writer.append("meta", values={})
    ((earlier, _, _),) = read_changes(folder.home)
    writer.append("meta", values={})
    ((later, uuid, _),) = read_changes(folder.home)
    assert (uuid, later > earlier) == (folder.uuid, True)


def test_facts_that_belong_together_come_in_their_order_with_one_mark(folder: RunFolder) -> None:
    writer = RecordWriter(folder)
    writer.append_all([("status", {"status": each}) for each in ("created", "compiled", "queued")])
    facts = read_facts(folder)
    assert [fact.fields.get("status") for fact in facts[1:]] == ["created", "compiled", "queued"]
    assert [clock for clock, _, _ in read_changes(folder.home)] == [facts[-1].clock]


def test_a_run_that_is_read_on_is_as_one_that_is_read_anew(folder: RunFolder) -> None:
    reader, writer = RecordReader(folder), RecordWriter(folder)
    writer.append("status", status="running")
    read_run(folder, reader)
    writer.append("status", status="succeeded")
    (folder.record / "torn.jsonl").write_bytes(b"\n0123abcd {")
    assert vars(read_run(folder, reader)) == vars(read_run(folder))
