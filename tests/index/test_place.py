from pathlib import Path

from polyaxon_sdk.index.place import place_of


def test_a_local_home_holds_its_own_index(home: Path, tmp_path: Path) -> None:
    assert place_of(home, tmp_path / "cache") == home / "index.db"


def test_a_home_that_cannot_be_written_is_indexed_in_the_cache(tmp_path: Path) -> None:
    place = place_of(Path("/proc/sys"), tmp_path / "cache")
    assert place is not None
    assert place.parent == tmp_path / "cache"


def test_two_such_homes_have_two_indexes(tmp_path: Path) -> None:
    assert place_of(Path("/proc/sys"), tmp_path) != place_of(Path("/proc/self"), tmp_path)


def test_where_nothing_can_be_written_the_index_has_no_file() -> None:
    assert place_of(Path("/proc/sys"), Path("/proc/sys/cache")) is None
