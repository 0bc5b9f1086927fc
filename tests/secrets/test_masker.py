import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.secrets.formats import FORMATS
from polyaxon_sdk.secrets.masker import MASK, Masker, is_masked
from polyaxon_sdk.types import Json
from tests.secrets.samples import NO_SECRETS, TOKENS

MASKER = Masker()
WORD = "x9-hunter2"


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
@pytest.mark.parametrize("around", ["{}", "got {} from there", '"{}",', "(x={})", "https://h/?a={}&b=1"])
def test_a_known_token_is_masked_wherever_it_stands(token: str, around: str) -> None:
    assert MASKER.text(around.format(token)) == around.format(MASK)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mpassword\x1b[0m={}",
        "\x1b[1;39mpassword\x1b[39m=\x1b[38;5;9m{}\x1b[0m",
        "password=\x1b[1m'{}'\x1b[0m",
    ],
)
def test_colours_hide_no_secret(text: str) -> None:
    assert MASKER.text(text.format(WORD)) == text.format(MASK)


@pytest.mark.parametrize("text", NO_SECRETS)
def test_hashes_and_words_stay_whole(text: str) -> None:
    assert MASKER.text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "password={}",
        "Password: {}",
        "DB_PASSWORD={}",
        "export HF_TOKEN={}",
        'api_key = "{}"',
        "apiKey: '{}',",
        '"client_secret": "{}"',
        r"\"secret\": \"{}\"",
        "os.environ['OPENAI_API_KEY'] = '{}'",
        '+    "os.environ[\\"API_KEY\\"] = \\"{}\\"\\n",',
        "--password {} --lr 0.1",
        "--api-key={}",
        "X-Api-Key: {}",
        "Server=db;Uid=me;Pwd={};",
        "?token={}&x=1",
        "def login(password: str = '{}'):",
        "token=b'{}'",
        "Authorization: Token {}",
        "postgres://me:{}@db.example.org/runs",
        "redis://:{}@localhost:6379",
        "amqp://me:{}@[::1]:5672//",
        "DefaultEndpointsProtocol=https;AccountKey={};EndpointSuffix=x",
        "Authorization: Bearer {}0123456789",
        "curl -u me:{} https://h/",
        "curl -sS --user 'me:{}' https://h/",
        "sshpass -p {} ssh me@h",
        "mysql -u root -p{} digits",
        "redis-cli -h db -a {}",
        "docker login -u me -p {} registry",
        "the passwd is {}, as ever",
        "password was: '{}'",
        "Cookie: theme=dark; session={}",
        "Set-Cookie: sid={}; Path=/",
        "{{'Cookie': 'session={}'}}",
    ],
)
def test_what_bears_the_name_of_a_secret_is_masked(text: str) -> None:
    assert WORD not in MASKER.text(text.format(WORD))


@pytest.mark.parametrize(
    "command", [["curl", "-s", "-u", "me:{}"], ["sshpass", "-p", "{}"], ["mysql", "-p{}", "db"]]
)
def test_an_argument_is_masked_for_what_stands_before_it(command: list[str]) -> None:
    given = [word.format(WORD) for word in command]
    assert MASKER.value("args", given) == [word.format(MASK) for word in command]


def test_a_name_keeps_its_words_and_hashes_and_no_token() -> None:
    name = "token=7 of {} at 0f5a8b1c2d3e4f5061728394a5b6c7d8"
    assert MASKER.name(name.format(TOKENS["github"])) == name.format(MASK)


def test_what_is_around_a_secret_stays() -> None:
    assert MASKER.text("a password='x y' b\nc") == f"a password='{MASK}' b\nc"


def test_masking_twice_changes_nothing() -> None:
    once = MASKER.text(
        f"password={WORD} https://me:{WORD}@h {TOKENS['github']} Authorization: Bearer {WORD * 3}"
    )
    assert MASKER.text(once) == once


def test_a_private_key_is_masked_from_its_first_line_to_its_last() -> None:
    key = "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE " + "KEY-----\nafter"
    assert re.fullmatch(r"-----BEGIN .*-----\[masked\]-----END .*-----\nafter", MASKER.text(key))


def test_a_private_key_without_its_end_takes_no_more_than_itself() -> None:
    assert MASKER.text("-----BEGIN PRIVATE " + "KEY-----\nMIIEow\n# the rest").endswith("# the rest")


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("password", WORD, MASK),
        ("password", 1234, MASK),
        ("max_token", 5, 5),
        ("api_key", None, None),
        ("use_token", True, True),
        ("lr", 0.1, 0.1),
        ("note", f"password={WORD}", f"password={MASK}"),
        ("db", {"user": "me", "password": WORD}, {"user": "me", "password": MASK}),
        ("env", [{"name": "DB_PASSWORD", "value": WORD}], [{"name": "DB_PASSWORD", "value": MASK}]),
        ("params", {"api_key": {"value": WORD}}, {"api_key": {"value": MASK}}),
        ("passwords", [WORD, "b"], [MASK, MASK]),
        ("args", ["--password", WORD, "--lr", "0.1"], ["--password", MASK, "--lr", "0.1"]),
        ("args", [f"--token={WORD}"], [f"--token={MASK}"]),
    ],
)
def test_a_value_is_masked_by_the_name_it_bears(name: str, value: Json, masked: Json) -> None:
    assert MASKER.value(name, value) == masked


def test_names_can_be_added() -> None:
    assert (
        Masker(names=["Team-Pin"]).text("TEAM_PIN=4711 team-pin: 12 pin=3")
        == f"TEAM_PIN={MASK} team-pin: {MASK} pin=3"
    )


def test_patterns_can_be_added() -> None:
    assert Masker(patterns=[r"acme-(?P<secret>\d+)", r"zz\d"]).text("acme-12 zz3") == f"acme-{MASK} {MASK}"


def test_a_pattern_that_is_none_is_told() -> None:
    with pytest.raises(InputError, match="no regular expression"):
        Masker(patterns=["("])


def test_known_values_are_masked_wherever_they_stand() -> None:
    masker = Masker(values=Masker().among({"DB_PASSWORD": "correct-horse-1", "HOME": "/root/horse-1"}))
    assert masker.text("it is correct-horse-1, at /root/horse-1") == f"it is {MASK}, at /root/horse-1"


def test_values_that_stand_in_many_texts_are_not_searched_for() -> None:
    values = {
        "API_TOKEN": "short",
        "A_PASSWORD": "postgres",
        "B_PASSWORD": "12345678",
        "C_TOKEN": "/run/secrets/x",
    }
    assert Masker().among(values) == []


@pytest.mark.parametrize(
    ("value", "masked"), [(f"a{MASK}", True), ([{"x": MASK}], True), ("a", False), (3, False)]
)
def test_what_was_masked_is_recognised(value: object, masked: bool) -> None:
    assert is_masked(value) is masked


@given(st.text(max_size=300))
def test_text_without_names_and_formats_stays_as_it_is(text: str) -> None:
    plain = re.sub(
        r"(?i)passw|passphrase|pwd|secret|credential|token|key|authorization|://|bearer|basic", "", text
    )
    assert MASKER.text(plain) == plain or any(mark in plain for kind in FORMATS for mark in kind.marks)


@pytest.mark.parametrize(
    "piece", ["password", "a", "://", "a:", "eyJ", "sk-", 'password="', "=", "token: ", "key\\"]
)
def test_no_text_takes_long(piece: str) -> None:
    assert MASKER.text(piece * (200_000 // len(piece)))
