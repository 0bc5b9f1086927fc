"""URLs of documents."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address

WORDS = st.text("abcxyzABC019-_.~", min_size=12)


@given(user=WORDS, password=WORDS, query=WORDS)
def test_what_may_be_secret_is_never_shown(user: str, password: str, query: str) -> None:
    address = Address.parse(f"https://{user}:{password}@x.org/a.yml?{query}")
    told = f"{address.shown} {address!r} {address.scrubbed(f'no luck with {address.text}')}"
    assert (user in told, password in told, query in told) == (False, False, False)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pw@x.org:8443/a.yml?t=1#frag", "https://x.org:8443/a.yml?..."),
        ("s3://bucket/a.yml", "s3://bucket/a.yml"),
        ("zip://a.yml::https://me:pw@x.org/a.zip?t=1", "zip://a.yml::https://x.org/a.zip?..."),
    ],
)
def test_a_url_is_shown_without_credentials(url: str, shown: str) -> None:
    assert Address.parse(url).shown == shown


@pytest.mark.parametrize(
    "text",
    [
        *("", "train.yml", "/etc/passwd", "x.org/a.yml", "https://", "https:///a.yml", "https:\\\\x.org"),
        *("https://x.org/a b", "https://x:no/a", "http://[::1/a"),
        *("https://x.org/\x1b[2J", "https://x.org/\u202elmy.a"),
    ],
)
def test_what_is_no_url_is_told(text: str) -> None:
    with pytest.raises(InputError, match=r"URL .*, expected a URL such as https://"):
        Address.parse(text)


def test_an_invalid_url_keeps_its_password_to_itself() -> None:
    with pytest.raises(InputError, match=re.escape("invalid URL 'https://x.org:port/a?...'")):
        Address.parse("https://me:pw@x.org:port/a?secret")


@pytest.mark.parametrize(
    ("url", "reference", "joined"),
    [
        ("https://x.org/ops/a.yml", "../components/b.yml", "https://x.org/components/b.yml"),
        ("https://x.org/a.yml", "../../../b.yml", "https://x.org/b.yml"),
        ("https://x.org/a.yml?token=1", "b.yml", "https://x.org/b.yml"),
        ("https://me:pw@x.org/a.yml", "b.yml", "https://me:pw@x.org/b.yml"),
        ("https://me:pw@x.org/a.yml", "https://x.org/b.yml", "https://me:pw@x.org/b.yml"),
        ("https://me:pw@x.org/a.yml", "https://y.org/b.yml", "https://y.org/b.yml"),
        ("https://x.org/a.yml", "//y.org/b.yml", "https://y.org/b.yml"),
        ("s3://bucket/ops/a.yml", "../b.yml", "s3://bucket/b.yml"),
        ("s3://bucket/a.yml", "../../b.yml", "s3://bucket/b.yml"),
        ("memory://hub/a.yml", "https://x.org/b.yml", "https://x.org/b.yml"),
    ],
)
def test_a_reference_starts_from_its_document(url: str, reference: str, joined: str) -> None:
    assert Address.parse(url).joined(reference).text == joined


@pytest.mark.parametrize(
    ("url", "prefix", "within"),
    [
        ("https://x.org/team/a.yml", "https://x.org/team", True),
        ("https://x.org/team/a.yml", "https://x.org/team/", True),
        ("https://x.org/team/a.yml", "https://x.org", True),
        ("https://X.org:443/team/a.yml", "https://x.org/team", True),
        ("https://me:pw@x.org/team/a.yml", "https://x.org/team", True),
        ("https://x.org/team-evil/a.yml", "https://x.org/team", False),
        ("https://x.org.evil.net/team/a.yml", "https://x.org", False),
        ("https://x.org@evil.net/team/a.yml", "https://x.org", False),
        ("http://x.org/team/a.yml", "https://x.org/team", False),
        ("https://x.org:8443/team/a.yml", "https://x.org/team", False),
        ("https://x.org/team/../evil/a.yml", "https://x.org/team", False),
        ("https://x.org/team/%2e%2e/evil/a.yml", "https://x.org/team", False),
        ("https://x.org/team/%252e%252e/evil/a.yml", "https://x.org/team", False),
        ("https://x.org/team%2F..%2Fevil/a.yml", "https://x.org/team", False),
        ("https://x.org/evil/a.yml?/team/", "https://x.org/team", False),
        ("s3://acme/hub/a.yml", "s3://acme/hub", True),
        ("s3://acme-evil/hub/a.yml", "s3://acme", False),
        ("abfs://evil@acme.net/a.yml", "abfs://good@acme.net/", False),
        ("file:///hub/a.yml::s3://evil/a.yml", "file:///hub", False),
    ],
)
def test_a_prefix_ends_where_a_folder_does(url: str, prefix: str, within: bool) -> None:
    assert Address.parse(url).is_within(Address.parse(prefix)) is within
