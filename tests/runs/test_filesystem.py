from pathlib import Path

from polyaxon_sdk.runs.filesystem import is_network, keeps_mappings, type_of
from tests.disks.tmpfs import mounted


def test_a_mount_is_told_by_its_type(small_disk: Path) -> None:
    assert (type_of(small_disk), is_network(small_disk)) == ("tmpfs", False)


def test_a_path_that_is_not_there_yet_lies_where_it_will(small_disk: Path) -> None:
    assert type_of(small_disk / "runs" / "0f") == "tmpfs"


def test_a_mount_with_a_blank_in_its_name_is_found(tmp_path: Path) -> None:
    with mounted(tmp_path / "with blank", "size=1m") as point:
        assert type_of(point) == "tmpfs"


def test_a_link_leads_to_where_it_points(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(small_disk)
    assert type_of(tmp_path / "link") == "tmpfs"


def test_a_neighbour_of_a_mount_is_not_on_it(small_disk: Path) -> None:
    assert type_of(small_disk.with_name("small2")) == type_of(small_disk.parent)


def test_a_kernel_file_system_keeps_no_mappings() -> None:
    assert (type_of("/proc/self"), keeps_mappings("/proc/self")) == ("proc", False)
