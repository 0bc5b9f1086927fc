"""Documents from the web and from stores."""

from __future__ import annotations

import base64
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from time import monotonic

import fsspec
import pytest
from trustme import CA

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import AbsentError, Address
from polyaxon_sdk.polyaxonfile.limits import Limits
from polyaxon_sdk.polyaxonfile.remote import fetch, names_below
from tests import servers
from tests.servers import Misbehaviour, Site, misbehaving, site

IMPATIENT = Limits(connect=0.4, whole=1.2)


@pytest.fixture(scope="module")
def authority() -> CA:
    """Who vouches for the certificate of `secure`."""
    return CA()


@pytest.fixture
def secure(authority: CA) -> Iterator[Site]:
    """A web server of https, whose certificate nobody knows yet."""
    tls = SSLContext(PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with site(tls) as running:
        yield running


@pytest.fixture
def trusting(authority: CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine know the certificate of `secure`."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def read(url: str, limits: Limits | None = None) -> bytes:
    return fetch(Address.parse(url), limits or Limits())[0]


@pytest.fixture
def store() -> Iterator[str]:
    """The URL of a store in this process' memory."""
    system = fsspec.filesystem("memory")
    system.pipe({"/hub/train/v1.yaml": b"kind: component\n", "/hub/train/v2.yaml": b"kind: component\n"})
    yield "memory://hub"
    system.rm("/hub", recursive=True)


def test_a_page_is_read(web: Site) -> None:
    assert read(web.put("/train.yml?raw=1", "kind: component\n")) == b"kind: component\n"


def test_a_path_that_is_no_ascii_is_asked_for_in_percent_codes(web: Site) -> None:
    web.put("/mod%C3%A8le.yml", "name: a\n")
    assert read(f"{web.root}/modèle.yml") == b"name: a\n"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(web: Site, status: int) -> None:
    web.put("/new/train.yml", "name: new\n")
    address = Address.parse(web.put("/old.yml", status=status, Location="/new/train.yml"))
    assert fetch(address, Limits()) == (b"name: new\n", Address(f"{web.root}/new/train.yml"))


def test_redirects_in_a_circle_end(web: Site) -> None:
    url = web.put("/a.yml", status=302, Location="/a.yml")
    with pytest.raises(InputError, match=re.escape(f"{url}: redirected more than 5 times")):
        read(url)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.org/a.yml", "memory://hub/a.yml"])
def test_a_redirect_leads_to_the_web_only(web: Site, target: str) -> None:
    url = web.put("/a.yml", status=302, Location=target)
    with pytest.raises(InputError, match=f"redirected to {target}, expected https"):
        read(url)


def test_a_redirect_to_nowhere_is_told(web: Site) -> None:
    with pytest.raises(InputError, match="redirected to nowhere"):
        read(web.put("/a.yml", status=302))


def test_a_page_of_https_is_read(secure: Site, trusting: None) -> None:
    assert read(secure.put("/a.yml", "name: a\n")) == b"name: a\n"


def test_a_server_that_nobody_vouches_for_is_refused(secure: Site) -> None:
    with pytest.raises(InputError, match=r"a\.yml: can't be reached: .*certificate verify failed"):
        read(secure.put("/a.yml", "name: a\n"))


def test_a_redirect_never_leads_away_from_https(secure: Site, web: Site, trusting: None) -> None:
    url = secure.put("/a.yml", status=302, Location=web.put("/a.yml", "name: a\n"))
    with pytest.raises(InputError, match=f"redirected to {web.root}/a.yml, expected https"):
        read(url)


def test_a_redirect_may_lead_to_https(secure: Site, web: Site, trusting: None) -> None:
    url = web.put("/a.yml", status=301, Location=secure.put("/a.yml", "name: a\n"))
    assert read(url) == b"name: a\n"


def test_credentials_are_sent_to_their_server_alone(web: Site) -> None:
    with site() as other:
        web.put("/a.yml", status=302, Location=other.put("/b.yml", "name: b\n"))
        read(web.root.replace("://", "://me:p%40ss@") + "/a.yml")
    assert web.asked[0][1]["Authorization"] == f"Basic {base64.b64encode(b'me:p@ss').decode()}"
    assert "Authorization" not in other.asked[0][1]


@pytest.mark.parametrize("status", [404, 410])
def test_nothing_at_an_address_is_an_error_of_its_own(web: Site, status: int) -> None:
    with pytest.raises(AbsentError, match=f"the server answers {status} "):
        read(web.put("/a.yml", status=status))


def test_an_error_tells_no_credentials(web: Site) -> None:
    url = web.put("/a.yml?token=secret", status=500).replace("://", "://me:pw@")
    told = f"{web.root}/a.yml?...: the server answers 500 Internal Server Error"
    with pytest.raises(InputError, match=f"^{re.escape(told)}$"):
        read(url)


def test_a_page_for_people_is_told_from_a_file(web: Site) -> None:
    url = web.put("/a.yml", "<html>", Content_Type="text/html; charset=utf-8")
    with pytest.raises(InputError, match="a web page, expected the address of the raw file"):
        read(url)


def test_a_document_may_fill_its_limit(web: Site) -> None:
    assert len(read(web.put("/a.yml", "#" * 100), Limits(size=100))) == 100


def test_a_document_may_not_pass_its_limit(web: Site) -> None:
    with pytest.raises(InputError, match=r"a\.yml: larger than 99 bytes"):
        read(web.put("/a.yml", "#" * 100), Limits(size=99))


def test_a_hundred_megabytes_are_refused_before_they_are_sent(web: Site) -> None:
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read(web.put("/a.yml", "kind: component\n", Content_Length=str(100 * 2**20)))


@pytest.mark.system
@pytest.mark.parametrize(
    ("behave", "told"),
    [
        (servers.hang, "no answer within 0.4 s"),
        (servers.drip_headers, "not finished after 1.2 s"),
        (servers.drip_body, "not finished after 1.2 s"),
        (servers.send_without_end, "larger than 1 MiB"),
        (servers.cut_off, "cut off after 16 of 100 bytes"),
        (servers.cut_off_chunked, "the connection broke"),
        (servers.talk_nonsense, "the connection broke"),
    ],
)
def test_a_server_that_misbehaves_is_given_up(behave: Misbehaviour, told: str) -> None:
    started = monotonic()
    with misbehaving(behave) as url, pytest.raises(InputError, match=f"^{re.escape(url)}: {told}"):
        read(url, IMPATIENT)
    assert monotonic() - started < 10


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(InputError, match=r"a\.yml: can't be reached: Connection refused"):
        read(f"http://127.0.0.1:{port}/a.yml")


def test_an_object_of_a_store_is_read(store: str) -> None:
    assert read(f"{store}/train/v1.yaml") == b"kind: component\n"


def test_a_store_is_listed(store: str) -> None:
    assert sorted(names_below(Address.parse(f"{store}/train"), Limits())) == ["v1.yaml", "v2.yaml"]


def test_a_web_server_is_not_listed(web: Site) -> None:
    assert names_below(Address.parse(web.root), Limits()) == []


def test_nothing_in_a_store_is_an_error_of_its_own(store: str) -> None:
    with pytest.raises(AbsentError, match=r"memory://hub/no\.yaml: nothing is there"):
        read(f"{store}/no.yaml")


def test_a_file_is_read_by_its_url(tmp_path: Path) -> None:
    (tmp_path / "my train.yml").write_text("name: a\n")
    assert read(f"file://{tmp_path}/my train.yml") == b"name: a\n"


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="file:///dev/zero: larger than 1 MiB"):
        read("file:///dev/zero")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("htp://x.org/a.yml", "can't be read: Protocol not known"),
        ("smb://me:pw@x.org/a.yml", "smb:// needs a package that isn't here: "),
    ],
)
def test_a_store_that_can_not_be_read_is_told(url: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)) as error:
        read(url)
    assert "pw" not in str(error.value)
