from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.undrained import read_undrained
from tests.sidecar.draining import Logger, drain


def test_what_is_drained_is_not_told_again(folder: RunFolder) -> None:
    logger = Logger(folder)
    logger.log("loss")
    drain(folder)
    logger.log("loss")
    assert [(entry.name, entry.value) for entry in read_undrained(folder).entries()] == [("loss", 1.0)]


def test_scalars_that_are_not_wanted_are_not_read(folder: RunFolder) -> None:
    logger = Logger(folder)
    logger.log("loss")
    logger.events.append("text", "note", "hello", step=None, time=1.0)
    assert [entry.kind for entry in read_undrained(folder, scalars=False).entries()] == ["text"]


def test_a_series_whose_name_is_lost_goes_by_its_number(folder: RunFolder) -> None:
    Logger(folder).scalars.append(7, None, 1.0, 0.5)
    assert [entry.name for entry in read_undrained(folder).entries()] == ["series-7"]


def test_a_line_that_is_torn_is_left_out(folder: RunFolder) -> None:
    logger = Logger(folder)
    logger.events.append("text", "note", "hello", step=None, time=1.0)
    with (folder.journal / f"{logger.writer.name}.jsonl").open("ab") as file:
        file.write(b'\n00000000 {"kind":"te')
    assert [entry.value for entry in read_undrained(folder).entries()] == ["hello"]
