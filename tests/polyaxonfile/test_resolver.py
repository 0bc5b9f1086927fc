"""References across files, URLs and hubs."""

from __future__ import annotations

import re
from pathlib import Path

import fsspec
import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile, Resolver, read_files, read_hub, read_url
from polyaxon_sdk.polyflow import V1Component, V1Dag
from tests.polyaxonfile.conftest import OpenHubs
from tests.servers import Site

TRAIN = "kind: component\nname: train\nrun: {kind: job, container: {command: [train]}}\n"
FOREIGN = "what came from a URL can't name a file of this machine"


def written(folder: Path, text: str, name: str = "op.yml") -> Path:
    """A file with a text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def dag_of(*nodes: str) -> str:
    """A dag of operations, each a flow mapping."""
    return f"kind: component\nrun: {{kind: dag, operations: [{', '.join(nodes)}]}}\n"


def component_of(found: Polyaxonfile) -> V1Component:
    """The innermost component."""
    component = found.operation.component
    while component is not None and component.component is not None:
        component = component.component
    assert component is not None
    return component


@pytest.fixture
def resolver(hubs: OpenHubs) -> Resolver:
    """A resolver that knows the home's hub."""
    return Resolver(hubs=hubs())


def test_a_url_is_read(resolver: Resolver, web: Site) -> None:
    found = read_url(web.put("/train.yml", TRAIN), resolver=resolver)
    assert (component_of(found).name, found.kind, found.name) == (
        "train",
        "component",
        f"{web.root}/train.yml",
    )


def test_json_is_told_by_the_url_without_its_query(resolver: Resolver, web: Site) -> None:
    url = web.put("/train.json?v=1", '{"kind": "component",\n\t"name": "train"}')
    assert component_of(read_url(url, resolver=resolver)).name == "train"


def test_a_mistake_has_its_place_at_the_url(resolver: Resolver, web: Site) -> None:
    url = web.put("/train.yml?token=secret", "kind: component\nrnu: {}\n")
    told = f"{web.root}/train.yml:2:1: rnu: unknown field, did you mean 'run'?"
    with pytest.raises(InputError, match=f"^{re.escape(told)}$"):
        read_url(url, resolver=resolver)


def test_a_url_reference_of_a_file_is_read(resolver: Resolver, web: Site, tmp_path: Path) -> None:
    path = written(tmp_path, f"kind: operation\nurlRef: {web.put('/train.yml', TRAIN)}\n")
    found = read_files([path], resolver=resolver)
    assert (component_of(found).name, [origin.name for origin in found.origins]) == (
        "train",
        [f"{web.root}/train.yml"],
    )


def test_a_hub_reference_of_a_file_is_read(resolver: Resolver, home: Path, tmp_path: Path) -> None:
    written(home, TRAIN, "hub/train/v1.yaml")
    path = written(tmp_path, "kind: operation\nhubRef: train:v1\n")
    assert component_of(read_files([path], resolver=resolver)).name == "train"


def test_references_inside_a_dag_are_read(resolver: Resolver, web: Site, tmp_path: Path) -> None:
    text = dag_of(f"{{name: a, urlRef: '{web.put('/train.yml', TRAIN)}'}}", "{name: b, hubRef: notebook}")
    found = read_files([written(tmp_path, text)], resolver=resolver)
    dag = component_of(found).run
    assert isinstance(dag, V1Dag)
    held = [node.component for node in dag.operations or []]
    assert [component.name for component in held if component] == ["train", "notebook"]


def test_a_reference_that_fails_has_its_place(resolver: Resolver, web: Site, tmp_path: Path) -> None:
    path = written(tmp_path, f"kind: operation\nurlRef: {web.root}/no.yml\n")
    told = f"op.yml:2:1: urlRef: {web.root}/no.yml: the server answers 404 Not Found"
    with pytest.raises(InputError, match=re.escape(told)):
        read_files([path], resolver=resolver)


def test_nothing_is_fetched_unless_asked_for(web: Site, tmp_path: Path) -> None:
    path = written(tmp_path, f"kind: operation\nurlRef: {web.put('/train.yml', TRAIN)}\n")
    assert (read_files([path]).operation.component, web.asked) == (None, [])


def test_a_file_may_stand_for_a_reference(tmp_path: Path, web: Site, hubs: OpenHubs) -> None:
    path = written(tmp_path, f"kind: operation\nurlRef: {web.root}/train.yml\n")
    stub = written(tmp_path, TRAIN, "stub.yml")
    found = read_files([path], resolver=Resolver({f"{web.root}/train.yml": stub}, hubs()))
    assert (component_of(found).name, found.origins, web.asked) == ("train", (), [])


@pytest.mark.parametrize(
    "reference", ["pathRef: train.yml", "urlRef: train.yml", "pathRef: ../ops/train.yml"]
)
def test_a_relative_reference_starts_from_the_url(resolver: Resolver, web: Site, reference: str) -> None:
    web.put("/ops/train.yml", TRAIN)
    found = read_url(web.put("/ops/op.yml", f"kind: operation\n{reference}\n"), resolver=resolver)
    assert component_of(found).name == "train"


def test_a_relative_reference_starts_from_where_a_redirect_led(resolver: Resolver, web: Site) -> None:
    web.put("/new/train.yml", TRAIN)
    web.put("/new/op.yml", "kind: operation\npathRef: train.yml\n")
    found = read_url(web.put("/op.yml", status=302, Location="/new/op.yml"), resolver=resolver)
    assert component_of(found).name == "train"


@pytest.mark.parametrize(
    "reference",
    [
        *("pathRef: /etc/passwd", "pathRef: ~/train.yml", "pathRef: file:///etc/passwd"),
        *("urlRef: file:///a.yml", "urlRef: local:///etc/passwd", "urlRef: memory://hub/a.yml"),
        "urlRef: 'simplecache::file:///a.yml'",
    ],
)
def test_what_came_from_a_url_names_no_file_here(resolver: Resolver, web: Site, reference: str) -> None:
    url = web.put("/op.yml", f"kind: operation\n{reference}\n")
    key = reference.partition(":")[0]
    with pytest.raises(InputError, match=re.escape(f"{url}:2:1: {key}: ")):
        read_url(url, resolver=resolver)


@pytest.mark.parametrize("reference", ["pathRef: train.yml", "urlRef: train.yml"])
def test_what_came_by_the_url_of_a_file_names_no_other(
    resolver: Resolver, tmp_path: Path, reference: str
) -> None:
    written(tmp_path, TRAIN, "train.yml")
    path = written(tmp_path, f"kind: operation\n{reference}\n")
    with pytest.raises(InputError, match=FOREIGN):
        read_url(path.as_uri(), resolver=resolver)


@pytest.mark.parametrize("reference", ["../base.yaml", "/etc/passwd", "v2.yaml"])
def test_what_came_from_a_hub_names_no_file(resolver: Resolver, home: Path, reference: str) -> None:
    written(home, TRAIN, "hub/train/v2.yaml")
    written(home, f"kind: component\npathRef: {reference}\n", "hub/train/v1.yaml")
    told = "v1.yaml:2:1: pathRef: what came from a hub can't name a file of this machine, expected hubRef or urlRef"
    with pytest.raises(InputError, match=re.escape(told)):
        read_hub("train:v1", resolver=resolver)


def test_a_component_of_a_hub_may_name_another(resolver: Resolver, home: Path) -> None:
    written(home, TRAIN, "hub/train/v1.yaml")
    written(home, "kind: component\nhubRef: train:v1\n", "hub/again/latest.yaml")
    assert component_of(read_hub("again", resolver=resolver)).name == "train"


def test_a_store_may_name_its_own(resolver: Resolver) -> None:
    system = fsspec.filesystem("memory")
    system.pipe(
        {
            "/bucket/ops/op.yml": b"kind: operation\npathRef: ../train.yml\n",
            "/bucket/train.yml": TRAIN.encode(),
        }
    )
    assert component_of(read_url("memory://bucket/ops/op.yml", resolver=resolver)).name == "train"


def test_a_circle_over_all_kinds_is_shown_as_a_chain(
    resolver: Resolver, home: Path, web: Site, tmp_path: Path
) -> None:
    first = web.put("/a.yml", "kind: component\nurlRef: b.yml\n")
    second = web.put("/b.yml", "kind: component\nhubRef: train:v1\n")
    written(home, f"kind: component\nurlRef: {first}\n", "hub/train/v1.yaml")
    path = written(tmp_path, f"kind: operation\nurlRef: {first}\n")
    told = f"files refer to each other in a circle: op.yml -> {first} -> {second} -> train:v1 -> {first}"
    with pytest.raises(InputError, match=re.escape(told)):
        read_files([path], resolver=resolver)


def test_a_chain_without_end_is_cut(resolver: Resolver, tmp_path: Path) -> None:
    steps = range(40)
    files = [
        written(tmp_path, f"kind: component\npathRef: {step + 1}.yml\n", f"{step}.yml") for step in steps
    ]
    with pytest.raises(InputError, match=r"32\.yml:2:1: pathRef: more than 32 references"):
        read_files([files[0]], resolver=resolver)


def test_one_reading_fetches_so_many_documents(resolver: Resolver, web: Site, tmp_path: Path) -> None:
    nodes = [f"{{name: a{at}, urlRef: '{web.put(f'/{at}.yml', TRAIN)}'}}" for at in range(65)]
    with pytest.raises(InputError, match=r"64\.yml: more than 64 documents to fetch"):
        read_files([written(tmp_path, dag_of(*nodes))], resolver=resolver)


def test_a_document_is_fetched_once(resolver: Resolver, web: Site, tmp_path: Path) -> None:
    url = web.put("/train.yml", TRAIN)
    text = dag_of(f"{{name: a, urlRef: '{url}'}}", f"{{name: b, urlRef: '{url}'}}")
    read_files([written(tmp_path, text)], resolver=resolver)
    assert len(web.asked) == 1


def test_an_operation_is_no_component(resolver: Resolver, web: Site) -> None:
    web.put("/other.yml", "kind: operation\n")
    with pytest.raises(InputError, match=r"urlRef: .*/other\.yml is an operation, expected a component"):
        read_url(web.put("/op.yml", "kind: operation\nurlRef: other.yml\n"), resolver=resolver)


def test_a_mistake_of_others_takes_one_line_and_moves_no_cursor(resolver: Resolver, web: Site) -> None:
    url = web.put("/a.yml", 'kind: component\n"\\e[2Ja\\nError: b": 1\n')
    with pytest.raises(InputError, match=r"a.yml:2:1: \\x1b\[2Ja\\nError: b: unknown field") as error:
        read_url(url, resolver=resolver)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing in it"),
        ("a: {{ b }}", "an unquoted template"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n" + "c: [*b, *b]\n", "unknown field"),
        ("[" * 100, "nested deeper than 64 levels"),
    ],
)
def test_what_came_from_a_url_is_read_within_limits(
    resolver: Resolver, web: Site, text: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        read_url(web.put("/a.yml", text), resolver=resolver)
