from pathlib import Path

from polyaxon_sdk.runner.output import Tail


def test_each_byte_comes_once(tmp_path: Path) -> None:
    file = tmp_path / "out"
    tail = Tail(file)
    with file.open("ab", buffering=0) as writer:
        writer.write(b"one\n")
        first = tail.read()
        writer.write(b"two\n")
    assert (first, tail.read(), tail.read()) == (b"one\n", b"two\n", b"")


def test_a_file_that_is_not_there_yet_has_nothing(tmp_path: Path) -> None:
    assert Tail(tmp_path / "out").read() == b""


def test_a_deleted_file_is_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_bytes(b"one\n")
    tail = Tail(file)
    first = tail.read()
    file.unlink()
    assert (first, tail.read()) == (b"one\n", b"")
