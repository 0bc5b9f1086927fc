import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.sidecar.remotes import without_credentials

SECRET = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=8, max_size=20)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://me:secret@example.org/team/code.git", "https://example.org/team/code.git"),
        ("https://ghp_secret@example.org/team/code", "https://example.org/team/code"),
        ("https://example.org:8443/a?private_token=secret#secret", "https://example.org:8443/a"),
        ("http://me:p%40ss@[::1]:80/a", "http://[::1]:80/a"),
        ("ssh://git:secret@example.org:22/a", "ssh://git@example.org:22/a"),
        ("git@example.org:team/code.git", "git@example.org:team/code.git"),
        ("example.org:team/code.git", "example.org:team/code.git"),
        ("file:///srv/code.git", "file:///srv/code.git"),
        ("/srv/me@home/code.git", "/srv/me@home/code.git"),
        ("../code.git", "../code.git"),
        ("", ""),
    ],
)
def test_only_the_address_is_left(url: str, clean: str) -> None:
    assert without_credentials(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "https://me:pa/ss@example.org/a",
        "me:secret@example.org:a",
        "ext::sh -c secret",
        "https::https://me:secret@example.org/a",
        "https:/me:secret@example.org/a",
    ],
)
def test_what_can_not_be_told_apart_is_left_out_whole(url: str) -> None:
    assert without_credentials(url) == ""


@given(user=SECRET, password=SECRET, scheme=st.sampled_from(["https", "http", "git", "ftp", "svn+https"]))
def test_neither_user_nor_password_of_a_web_address_is_left(user: str, password: str, scheme: str) -> None:
    clean = without_credentials(f"{scheme}://{user}:{password}@example.org/a.git?{password}")
    assert clean == f"{scheme}://example.org/a.git"
