"""Components by name and tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from polyaxon_sdk.compiler import Globals, compile_operation
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Limits, Resolver, open_hubs, read_files, read_hub
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.version import ComponentVersion
from polyaxon_sdk.polyflow import V1Service, write
from polyaxon_sdk.settings import load
from tests.polyaxonfile.conftest import OpenHubs
from tests.servers import Site, hang, misbehaving

UUID = "ab" * 16


def put(folder: Path, file: str, name: str = "train") -> None:
    """Put a component into a hub."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"kind": "component", "name": "{name}"}}')


def name_of(document: Document) -> object:
    assert isinstance(document.data, dict)
    return document.data["name"]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("train", (None, "train", "latest")),
        ("train:v1.1", (None, "train", "v1.1")),
        ("acme/train", ("acme", "train", "latest")),
        ("acme/train:v1", ("acme", "train", "v1")),
        ("polyaxon/train:v1", (None, "train", "v1")),
    ],
)
def test_a_version_is_read(text: str, version: tuple[str | None, str, str]) -> None:
    found = ComponentVersion.parse(text)
    assert (found.owner, found.name, found.tag) == version


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "../train", "/etc/passwd", "a/b/c", "a/../b", "..%2ftrain", "C:\\train"),
        *("train:", "train:../v1", "train:.v1", "a:b:c", "tr ain", "train\n", "träin"),
    ],
)
def test_a_name_never_leads_out_of_a_hub(text: str) -> None:
    with pytest.raises(InputError, match=r"invalid component .*, expected name, name:tag or owner/name:tag"):
        ComponentVersion.parse(text)


@pytest.mark.parametrize("ending", ["yaml", "yml", "json"])
def test_a_component_of_the_home_is_found(hubs: OpenHubs, home: Path, ending: str) -> None:
    put(home / "hub", f"train/latest.{ending}")
    assert name_of(hubs().find("train")) == "train"


def test_a_component_of_an_owner_is_found(hubs: OpenHubs, home: Path) -> None:
    put(home / "hub", "acme/train/v1.yaml", "acmes")
    put(home / "hub", "train/v1.yaml", "ours")
    assert (name_of(hubs().find("acme/train:v1")), name_of(hubs().find("train:v1"))) == ("acmes", "ours")


def test_hubs_are_asked_in_their_order(hubs: OpenHubs, home: Path, tmp_path: Path) -> None:
    put(home / "hub", "train/a.yaml", "of the home")
    put(tmp_path / "first", "train/a.yaml", "of the first")
    put(tmp_path / "first", "train/b.yaml", "of the first")
    put(tmp_path / "second", "train/b.yaml", "of the second")
    put(tmp_path / "second", "notebook/latest.yaml", "of the second")
    several = hubs(POLYAXON_HUB=f"{tmp_path}/first, file://{tmp_path}/second")
    found = [name_of(several.find(name)) for name in ("train:a", "train:b", "notebook")]
    assert found == ["of the home", "of the first", "of the second"]


def test_hubs_are_configured(hubs: OpenHubs, home: Path, tmp_path: Path) -> None:
    put(tmp_path / "team", "train/v1.yaml")
    home.mkdir()
    (home / "config.yaml").write_text(f"hub: [{tmp_path}/team, /mnt/other]\n")
    assert hubs().find("train:v1").path == tmp_path / "team" / "train" / "v1.yaml"


def test_a_hub_that_is_not_there_is_told(hubs: OpenHubs, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"hub {tmp_path}/no: no such folder"):
        hubs(POLYAXON_HUB=str(tmp_path / "no")).find("notebook")


def test_an_unknown_tag_is_told_with_those_that_exist(hubs: OpenHubs, home: Path) -> None:
    put(home / "hub", "tensorboard/mine.yaml")
    put(home / "hub", "tensorboard/README.md")
    tags = "latest, mine, multi-run, path, single-run"
    told = f"no tag 'single' of 'tensorboard', expected one of {tags}, did you mean 'single-run'?"
    with pytest.raises(InputError, match=re.escape(told)):
        hubs().find("tensorboard:single")


def test_an_unknown_component_is_told_with_the_nearest(hubs: OpenHubs, home: Path) -> None:
    put(home / "hub", "train/latest.yaml")
    told = "notebook, tensorboard, tpe-tuner, train, venv, did you mean 'train'?"
    with pytest.raises(InputError, match=re.escape(told)):
        hubs().find("trian")


def test_a_hub_on_the_web_is_read(hubs: OpenHubs, web: Site) -> None:
    web.put("/hub/train/v1.yml", "kind: component\nname: train\n")
    found = hubs(POLYAXON_HUB=f"{web.root}/hub/").find("train:v1")
    assert (name_of(found), [path for path, _ in web.asked]) == (
        "train",
        ["/hub/train/v1.yaml", "/hub/train/v1.yml"],
    )


def test_a_hub_that_fails_is_not_passed_over(hubs: OpenHubs, web: Site) -> None:
    web.put("/notebook/latest.yaml", status=503)
    with pytest.raises(InputError, match=r"latest\.yaml: the server answers 503 Service Unavailable"):
        hubs(POLYAXON_HUB=web.root).find("notebook")


def test_the_public_registry_is_asked_where_a_person_says_so(hubs: OpenHubs, web: Site) -> None:
    web.put("/train/latest.yaml", "kind: component\nname: public\n")
    registry = {"POLYAXON_PUBLIC_REGISTRY": web.root, "POLYAXON_USE_GIT_REGISTRY": "1"}
    assert name_of(hubs(**registry).find("train")) == "public"


def test_the_public_registry_is_left_alone_otherwise(hubs: OpenHubs, web: Site) -> None:
    with pytest.raises(InputError, match="no hub has a component 'train'"):
        hubs(POLYAXON_PUBLIC_REGISTRY=web.root).find("train")
    assert web.asked == []


@pytest.fixture
def store() -> Iterator[str]:
    """The URL of a hub in a store."""
    system = fsspec.filesystem("memory")
    system.pipe("/shelf/train/v1.yaml", b"kind: component\nname: stored\n")
    yield "memory://shelf"
    system.rm("/shelf", recursive=True)


def test_a_hub_in_a_store_is_read(hubs: OpenHubs, store: str) -> None:
    assert name_of(hubs(POLYAXON_HUB=store).find("train:v1")) == "stored"


@pytest.mark.parametrize(("name", "told"), [("train", "expected v1$|one of v1$"), ("trian", "mean 'train'?")])
def test_a_hub_in_a_store_tells_what_it_has(hubs: OpenHubs, store: str, name: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        hubs(POLYAXON_HUB=store).find(name)


def test_a_component_that_is_too_large_is_refused(hubs: OpenHubs, home: Path) -> None:
    put(home / "hub", "train/latest.yaml", "a" * 9 * 2**20)
    with pytest.raises(InputError, match=r"latest\.yaml: larger than 8 MiB"):
        hubs().find("train")


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("tensorboard:single-run", {"uuid": UUID}, ["tensorboard", "--port=6006"]),
        ("tensorboard:multi-run", {"uuids": [UUID, "cd" * 16]}, ["tensorboard", "--port=6006"]),
        ("notebook", {}, ["jupyter", "notebook", "--port=8888"]),
    ],
)
def test_a_component_of_the_package_is_a_service_on_loopback(
    hubs: OpenHubs, name: str, params: dict[str, object], words: list[str]
) -> None:
    found = read_hub(name, resolver=Resolver(hubs=hubs()))
    service = compile_operation(found.operation, run=Globals(uuid=UUID), params=params).operation.run
    assert isinstance(service, V1Service)
    assert service.container is not None
    line = [*(service.container.command or []), *(service.container.args or [])]
    assert {*words, "127.0.0.1"} <= {str(word).removeprefix("--host=").removeprefix("--ip=") for word in line}


def test_every_component_of_the_package_can_be_named(hubs: OpenHubs) -> None:
    version = ComponentVersion.parse("notebook")
    assert sorted(hubs().hubs[-1].names(version)) == [
        *("bayes-tuner", "hyperband-tuner", "hyperopt-tuner", "jupyterlab", "notebook", "tensorboard"),
        *("tpe-tuner", "venv"),
    ]


def test_a_hub_that_hangs_is_given_up(home: Path) -> None:
    with misbehaving(hang) as url:
        settings = load({"POLYAXON_HOME": str(home), "POLYAXON_HUB": url})
        hanging = open_hubs(settings, Limits(connect=0.3, whole=1))
        with pytest.raises(InputError, match=r"no answer within 0\.3 s"):
            hanging.find("train")


@pytest.mark.parametrize(
    "text",
    [
        "hooks: [{hubRef: 'nowhere:v1'}]",
        "build: {hubRef: 'nowhere:v1'}",
        "matrix: {kind: iterative, maxIterations: 1, tuner: {hubRef: 'nowhere:v1'}}",
    ],
)
def test_what_an_operation_starts_is_looked_up_when_it_does(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(f"kind: operation\n{text}\ncomponent: {{run: {{kind: job}}}}\n")
    resolver = Resolver(hubs=open_hubs(load()))
    found = read_files([tmp_path / "a.yml"], resolver=resolver)
    compiled = compile_operation(found.operation, run=Globals()).operation
    assert "nowhere:v1" in str(write(compiled))
    assert len(resolver.documents) == 1
