"""What may run without being asked for, and what a person is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Origin, Resolver, read_hub, read_url, suggested_prefix, untrusted
from polyaxon_sdk.polyaxonfile.address import Address
from tests.polyaxonfile.conftest import OpenHubs
from tests.servers import Site, site

TRAIN = "kind: component\nname: train\n"


def came_from(*urls: str) -> Origin:
    return Origin.of(Address.parse(urls[0]), Address.parse(urls[-1]))


@pytest.mark.parametrize(
    ("url", "prefixes", "trusted"),
    [
        ("https://x.org/a.yml", [], False),
        ("https://x.org/a.yml", ["https://x.org"], True),
        ("https://x.org/a.yml", ["https://y.org", "https://x.org/"], True),
        ("https://x.org/a.yml", ["https://y.org", "https://x.org/team"], False),
        ("file:///hub/train/v1.yaml", ["/hub"], True),
        ("file:///hub/train/v1.yaml", ["file:///hub"], True),
        ("file:///hub/train/v1.yaml", ["/hu"], False),
        ("s3://hub/train/v1.yaml", ["/hub"], False),
    ],
)
def test_a_prefix_is_trusted(url: str, prefixes: list[str], trusted: bool) -> None:
    assert (untrusted([came_from(url)], prefixes) == []) is trusted


@pytest.mark.parametrize("prefix", ["x.org", "https://", "hub/", "*"])
def test_a_prefix_is_a_url_or_a_path(prefix: str) -> None:
    with pytest.raises(InputError, match=r"trusted: .*, expected a URL or an absolute path"):
        untrusted([], [prefix])


def test_what_redirects_elsewhere_is_as_trusted_as_both() -> None:
    origin = came_from("https://x.org/a.yml", "https://evil.net/a.yml")
    assert untrusted([origin], ["https://x.org"]) == [origin]


def test_each_origin_is_asked_about_once() -> None:
    origin = came_from("https://x.org/a.yml")
    assert untrusted([origin, came_from("https://x.org/a.yml")], []) == [origin]


def test_the_home_and_the_package_are_trusted(hubs: OpenHubs, home: Path) -> None:
    (home / "hub" / "train").mkdir(parents=True)
    (home / "hub" / "train" / "latest.yaml").write_text("kind: component\nhubRef: notebook\n")
    found = read_hub("train", resolver=Resolver(hubs=hubs()))
    assert (len(found.origins), untrusted(found.origins, [])) == (2, [])


def test_a_configured_hub_is_not(hubs: OpenHubs, tmp_path: Path) -> None:
    (tmp_path / "team" / "train").mkdir(parents=True)
    (tmp_path / "team" / "train" / "v1.yaml").write_text(TRAIN)
    found = read_hub("train:v1", resolver=Resolver(hubs=hubs(POLYAXON_HUB=str(tmp_path / "team"))))
    assert [origin.name for origin in untrusted(found.origins, [])] == [f"train:v1 in {tmp_path}/team"]
    assert untrusted(found.origins, [f"{tmp_path}/team"]) == []


def test_a_trusted_document_lends_its_trust_to_no_other(hubs: OpenHubs, web: Site) -> None:
    with site() as other:
        web.put("/op.yml", f"kind: operation\nurlRef: {other.put('/train.yml', TRAIN)}\n")
        found = read_url(f"{web.root}/op.yml", resolver=Resolver(hubs=hubs()))
    assert [origin.name for origin in untrusted(found.origins, [web.root])] == [f"{other.root}/train.yml"]


def test_the_folder_around_is_suggested() -> None:
    origin = came_from("https://me:pw@x.org/team/a.yml?token=1")
    assert suggested_prefix(origin) == "https://x.org/team/"


def test_what_is_suggested_is_enough() -> None:
    origin = came_from("https://x.org/a/b.yml", "https://y.org/c/d.yml?e=/f")
    assert untrusted([origin], suggested_prefix(origin).split(",")) == []
