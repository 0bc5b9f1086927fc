from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1BucketConnection, V1Connection
from polyaxon_sdk.storage.store import open_store


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("file:///mnt/team", "/mnt/team"),
        ("FILE:///mnt/team/", "/mnt/team"),
        ("file:///mnt/my%20team", "/mnt/my team"),
        ("/mnt/team", "/mnt/team"),
        ("/mnt/100%25", "/mnt/100%25"),
        ("/mnt/./team/../other", "/mnt/other"),
    ],
)
def test_a_file_url_or_an_absolute_path_is_a_store(url: str, root: str) -> None:
    assert open_store(url).local("key") == Path(root, "key")


def test_opening_a_store_makes_nothing(tmp_path: Path) -> None:
    open_store(str(tmp_path / "store"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "s3://bucket/prefix",
        "gs://bucket",
        "abfs://container@account.dfs.core.windows.net/x",
        "wasb://container",
    ],
)
def test_a_bucket_of_a_cloud_is_a_store_that_is_not_asked_yet(url: str) -> None:
    assert (open_store(url).url, open_store(url).local("key")) == (url, None)


def test_the_url_that_messages_name_has_no_credentials() -> None:
    assert open_store("abfs://container/x?sig=secret").url == "abfs://container/x"
    assert open_store("sftp://me:secret@host/x").url == "sftp://host/x"


@pytest.mark.parametrize(
    "place",
    [
        "s3://AKID:hidden@team/x",
        "s3a://AKID:hid/den@team/x",
        "gs://hidden@team/x",
        "abfs://me:hidden@account.dfs.core.windows.net/x",
        V1Connection(name="team", kind="s3", schema=V1BucketConnection(bucket="s3://AKID:hidden@team/x")),
    ],
)
def test_credentials_before_a_bucket_are_refused_and_not_told(place: str | V1Connection) -> None:
    with pytest.raises(InputError, match="a name or a key stands before the bucket") as raised:
        open_store(place)
    assert "hid" not in str(raised.value)


@pytest.mark.parametrize("url", ["https://host/x", "nowhere://host/x", "zip://a.zip"])
def test_another_scheme_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(InputError, match=f"scheme '{url.split(':')[0]}' is not supported, expected file://"):
        open_store(url)


@pytest.mark.parametrize("url", ["s3://", "s3:///x", "gs:///"])
def test_a_url_without_a_bucket_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="names no bucket"):
        open_store(url)


@pytest.mark.parametrize(
    "url", ["", "runs", "./runs", "~/runs", "file://mnt/team", "file://", "/", "///", "/a\0"]
)
def test_what_is_no_absolute_path_to_a_folder_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="is not an absolute path to a folder"):
        open_store(url)
