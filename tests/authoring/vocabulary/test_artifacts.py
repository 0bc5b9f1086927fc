from pathlib import Path

import pytest

from polyaxon_sdk import Artifacts, Dataset, Dir, File, Model
from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.authoring.vocabulary.artifacts import ARTIFACTS, local_path
from polyaxon_sdk.exceptions import InputError

OTHER = "cd" * 16


@pytest.fixture
def store(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An artifacts store with a run of another machine in it."""
    outputs = tmp_path / "store" / OTHER / "outputs"
    (outputs / "net").mkdir(parents=True)
    (outputs / "net" / "weights.bin").write_bytes(b"weights")
    (outputs / "net.json").write_text("{}")
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", (tmp_path / "store").as_uri())
    return tmp_path / "store"


@pytest.mark.parametrize("kind", [Artifacts, Dataset, Dir, File, Model])
def test_an_artifact_is_a_path(kind: type[Path], tmp_path: Path) -> None:
    meaning = meaning_of(kind)
    path = meaning.build(str(tmp_path))
    assert (type(path), path, meaning.spell(path)) == (kind, tmp_path, str(tmp_path))
    assert (meaning.type, meaning.artifact) == ("path", ARTIFACTS[kind])  # type: ignore[index]  # one of them


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("relative", "found"), [("net/weights.bin", b"weights"), ("net.json", b"{}")])
def test_a_file_of_a_run_elsewhere_is_fetched_from_the_store(relative: str, found: bytes) -> None:
    assert Path(local_path(f"{OTHER}/outputs/{relative}")).read_bytes() == found


@pytest.mark.usefixtures("store")
def test_a_folder_of_a_run_elsewhere_is_fetched_from_the_store() -> None:
    assert (Path(local_path(f"{OTHER}/outputs/net")) / "weights.bin").read_bytes() == b"weights"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("text", [f"{OTHER}/outputs/nat", f"{OTHER}", "net.json", f"{'ef' * 16}/outputs/net"])
def test_what_is_nowhere_is_told(text: str) -> None:
    with pytest.raises(InputError, match=f"no file or folder '{text}', expected a path on this machine"):
        local_path(text)


@pytest.mark.usefixtures("home")
def test_a_path_does_not_lead_out_of_a_run(home: Path) -> None:
    (home / "runs" / OTHER).mkdir(parents=True)
    (home / "secret").write_text("s")
    with pytest.raises(InputError, match=r"outside|leads out|not inside|no file"):
        local_path(f"{OTHER}/../../secret")
