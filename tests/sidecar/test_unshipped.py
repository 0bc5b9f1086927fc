"""What of a run is still to be shipped."""

from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.unshipped import Unshipped, unshipped
from polyaxon_sdk.storage.manifest import Manifest, Shipped


def test_what_the_manifest_lacks_or_has_shorter_is_left_the_largest_first(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "runs" / ("0f" * 16)).create()
    (folder.path / "outputs").mkdir(exist_ok=True)
    for name, size in (("a", 10), ("b", 30), ("c", 20)):
        (folder.path / "outputs" / name).write_bytes(b"x" * size)
    manifest = Manifest(folder.journal / "shipped.json", "file:///mnt/team")
    manifest.add("outputs/a", Shipped(10, 0, "sha256:"))
    manifest.add("outputs/c", Shipped(5, 0, "sha256:"))
    manifest.save()
    assert unshipped(folder) == Unshipped(("outputs/b", "outputs/c"), 50, 60)


def test_a_line_names_the_first_of_many() -> None:
    left = Unshipped(("a", "b", "c", "d"), 4_000_000, 8_000_000)
    assert str(left) == "4 files left, 4.0 MB of 8.0 MB: a, b, c and 1 more"


def test_of_small_files_the_line_tells_more_than_nothing() -> None:
    assert str(Unshipped(("a",), 35, 1_200)) == "1 file left, 35 B of 1.2 kB: a"
