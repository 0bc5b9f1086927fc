"""Documents that are read from elsewhere than their URLs say."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Resolver, open_hubs, read_files, read_url
from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.mirrors import mirrored
from polyaxon_sdk.polyaxonfile.trust import untrusted
from polyaxon_sdk.settings import load

URL = "https://raw.example.com/acme/train"
JOB = "kind: component\nname: mirrored\nrun: {kind: job, container: {command: [echo]}}\n"


def resolver(place: Path) -> Resolver:
    return Resolver(hubs=open_hubs(load({"POLYAXON_URL_MIRRORS": f"{URL}={place}"})))


def test_a_reference_to_a_url_is_read_from_the_folder_that_stands_for_it(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "typed.yml").write_text(JOB)
    (tmp_path / "op.yml").write_text(f"kind: operation\nurlRef: {URL}/typed.yml\n")
    found = read_files([tmp_path / "op.yml"], resolver=resolver(tmp_path / "here"))
    assert found.operation.component is not None
    assert found.operation.component.name == "mirrored"
    assert untrusted(found.origins, ()) == []


def test_a_relative_reference_of_a_mirrored_document_is_mirrored_too(tmp_path: Path) -> None:
    (tmp_path / "typed.yml").write_text(JOB)
    (tmp_path / "op.yml").write_text("kind: operation\npathRef: ./typed.yml\n")
    found = read_url(f"{URL}/op.yml", resolver=resolver(tmp_path))
    assert found.operation.component is not None
    assert found.operation.component.name == "mirrored"


def test_a_document_that_the_folder_has_not_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{tmp_path}/none.yml"):
        read_url(f"{URL}/none.yml", resolver=resolver(tmp_path))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (f"{URL}/a/b.yml", Path("/src/a/b.yml")),
        (f"{URL}/../b.yml", None),
        (f"{URL}er/b.yml", None),
        ("https://example.org/x/b.yml", Address("https://mirror.example.com/y/b.yml")),
    ],
)
def test_the_longest_beginning_that_a_url_lies_under_counts(url: str, place: object) -> None:
    mirrors = {URL: "/src", "https://example.org/x/": "https://mirror.example.com/y/"}
    assert mirrored(Address(url), mirrors) == place


def test_a_mirror_of_no_url_is_refused() -> None:
    with pytest.raises(InputError, match="url_mirrors"):
        mirrored(Address(URL), {"train": "/src"})
