"""Runs in one file, and in another home again."""

import io
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.archive import read_archive, write_archive
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.damage import damage_in
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import Arrival
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load

ENDINGS = (".tar.gz", ".tgz", ".zip")


@pytest.fixture
def other(tmp_path: Path, trained: RunClient) -> Settings:
    """Those of a home without runs."""
    return load({"POLYAXON_HOME": str(tmp_path / "other"), "POLYAXON_CACHE": str(tmp_path / "cache")})


@pytest.fixture
def archive(tmp_path: Path, trained: RunClient) -> Path:
    """An archive of the finished run."""
    file = tmp_path / "runs.tar.gz"
    write_archive([trained.folder], file)
    return file


Tamper = Callable[[dict[str, bytes]], None]


def tampered(archive: Path, change: Tamper) -> Path:
    """The archive with other members."""
    with tarfile.open(archive) as read:
        members = {each.name: file.read() for each in read if (file := read.extractfile(each)) is not None}
    change(members)
    with tarfile.open(archive, "w:gz") as written:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            written.addfile(member, io.BytesIO(data))
    return archive


def arrived(settings: Settings, archive: Path, arrival: Arrival | None = None) -> list[RunFolder]:
    return [RunFolder(settings.runs / run.uuid) for run in read_archive(settings, archive, arrival)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_run_is_in_another_home_as_it_was(
    trained: RunClient, other: Settings, tmp_path: Path, ending: str
) -> None:
    size = write_archive([trained.folder], tmp_path / f"runs{ending}")
    (folder,) = arrived(other, tmp_path / f"runs{ending}")
    before, after = trained.refresh_data(), read_run(folder)
    assert size == (tmp_path / f"runs{ending}").stat().st_size
    assert (after.uuid, after.name, after.status, after.tags) == (
        before.uuid,
        "train",
        "succeeded",
        ["digits"],
    )
    assert (after.inputs, after.outputs["free"]) == (before.inputs, 1.5)
    assert (folder.outputs / "net.bin").read_bytes() == b"weights"
    assert {each.name for each in (folder.path / "events" / "metric").iterdir()} == {
        each.name for each in (trained.folder.path / "events" / "metric").iterdir()
    }


def test_series_keep_the_names_that_they_were_logged_under(archive: Path, other: Settings) -> None:
    (folder,) = arrived(other, archive)
    assert [each.name for each in read_event_series(folder, "metric")] == ["free", "loss", "val loss/x"]


def test_a_run_that_is_here_already_is_left_as_it_is(archive: Path, other: Settings) -> None:
    first = list(read_archive(other, archive))
    second = list(read_archive(other, archive))
    assert [run.is_new for run in (*first, *second)] == [True, False]


def test_a_run_may_come_again_with_a_uuid_of_its_own_into_another_project(
    archive: Path, other: Settings, trained: RunClient
) -> None:
    (folder,) = arrived(other, archive, Arrival(project="letters", is_new=True))
    assert (read_run(folder).project, folder.uuid == trained.run_uuid) == ("letters", False)


def test_an_archive_is_nobodys_and_leaves_nothing_beside_it(archive: Path) -> None:
    with tarfile.open(archive) as read:
        owners = {(each.uid, each.uname) for each in read}
    assert (owners, list(archive.parent.glob(".*"))) == ({(0, "")}, [])


def test_files_may_stay_behind(trained: RunClient, other: Settings, tmp_path: Path) -> None:
    write_archive([trained.folder], tmp_path / "runs.zip", takes_files=False)
    (folder,) = arrived(other, tmp_path / "runs.zip")
    assert (read_run(folder).name, (folder.path / "outputs" / "net.bin").exists()) == ("train", False)


def flip(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.endswith("net.bin"))
    members[name] = b"wEights"


def lose(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.endswith("net.bin"))]


def add(members: dict[str, bytes]) -> None:
    members["0f/outputs/more"] = b"more"


def climb(members: dict[str, bytes]) -> None:
    members["../evil"] = b"evil"


def root(members: dict[str, bytes]) -> None:
    members["/tmp/evil"] = b"evil"  # what an attacker would write


def forget(members: dict[str, bytes]) -> None:
    del members["archive.json"]


def garble(members: dict[str, bytes]) -> None:
    members["archive.json"] = b"[]"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (flip, "damaged: '.*net.bin' is not what was exported"),
        (lose, "damaged: '.*net.bin' is not there"),
        (add, "damaged: '0f/outputs/more' is not what was exported"),
        (climb, "'../evil' is not inside"),
        (root, "'/tmp/evil' is not inside"),
        (forget, "it has no archive.json"),
        (garble, "its archive.json can't be read"),
    ],
)
def test_nothing_comes_of_an_archive_that_is_not_as_it_was(
    archive: Path, other: Settings, change: Tamper, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        list(read_archive(other, tampered(archive, change)))
    assert (other.runs.exists(), (other.cache / "evil").exists(), list(other.cache.iterdir())) == (
        False,
        False,
        [],
    )


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_member_that_is_no_file_is_refused(tmp_path: Path, other: Settings, kind: bytes) -> None:
    member = tarfile.TarInfo("0f/outputs")
    member.type, member.linkname = kind, "/etc"
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as written:
        written.addfile(member)
    with pytest.raises(InputError, match="'0f/outputs' is neither a file nor a folder"):
        list(read_archive(other, tmp_path / "evil.tar.gz"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_archive_that_was_cut_off_is_told(
    trained: RunClient, other: Settings, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"runs{ending}"
    write_archive([trained.folder], file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(InputError, match=r"it can't be unpacked|it has no archive\.json"):
        list(read_archive(other, file))


def test_a_member_that_is_there_twice_is_refused(archive: Path, other: Settings, tmp_path: Path) -> None:
    file = tmp_path / "twice.zip"
    with zipfile.ZipFile(file, "w") as written:
        written.writestr("0f/run.plx.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            written.writestr("0f/run.plx.json", "{}")
    with pytest.raises(InputError, match=r"'0f/run\.plx\.json' is in it twice"):
        list(read_archive(other, file))


def test_an_archive_that_is_not_there_is_told(other: Settings, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"runs\.zip: no such file, expected what `ops export --archive` wrote"
    ):
        arrived(other, tmp_path / "runs.zip")


def test_another_kind_of_file_is_refused(trained: RunClient, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"'runs\.rar' is no archive, expected a name that ends in \.tar\.gz"
    ):
        write_archive([trained.folder], tmp_path / "runs.rar")


@pytest.mark.parametrize("data", [b"{", b"[]"])
def test_a_run_that_is_damaged_is_left_out_and_told(
    trained: RunClient, folder: RunFolder, other: Settings, tmp_path: Path, data: bytes
) -> None:
    folder.drained.write_bytes(data)
    told: list[RunFolder] = []
    write_archive(
        [folder, trained.folder], tmp_path / "a.zip", left_out=lambda each, _error: told.append(each)
    )
    assert ([each.uuid for each in told], [each.uuid for each in arrived(other, tmp_path / "a.zip")]) == (
        [folder.uuid],
        [trained.folder.uuid],
    )


@pytest.fixture
def bad(trained: RunClient, tmp_path: Path) -> RunFolder:
    """A copy of the finished run, which a test may damage."""
    home = tmp_path / "bad" / "runs" / trained.folder.uuid
    return RunFolder(Path(shutil.copytree(trained.folder.path, home)))


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff garbage\n")


def test_a_run_of_which_nothing_tells_is_left_out_and_told(bad: RunFolder, tmp_path: Path) -> None:
    list(map(garbage, bad.record.iterdir()))
    told: list[str] = []
    write_archive([bad], tmp_path / "a.zip", left_out=lambda _run, error: told.append(str(error.strerror)))
    assert told == ["nothing of it can be read"]


def test_what_of_a_run_is_damaged_is_told_and_known_of_its_copy(
    bad: RunFolder, other: Settings, tmp_path: Path
) -> None:
    series = bad.path / "events" / "metric" / "free.plx"
    series.write_bytes(b"")
    told: list[str] = []
    write_archive([bad], tmp_path / "a.zip", damaged=lambda _run, files: told.extend(files))
    (copy,) = arrived(other, tmp_path / "a.zip")
    assert told == ["events/metric/free.plx: it is shorter than it was"]
    assert (damage_in(copy), read_run(copy).status) == (told, "succeeded")


def test_what_was_damaged_is_told_once_of_a_copy_that_shows_it_too(
    bad: RunFolder, other: Settings, tmp_path: Path
) -> None:
    garbage(bad.operation)
    write_archive([bad], tmp_path / "a.zip")
    (copy,) = arrived(other, tmp_path / "a.zip")
    assert damage_in(copy) == [f"{copy.operation.name}: it is no JSON"]
