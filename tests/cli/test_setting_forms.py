"""Values of settings that can be read later, and such that can't."""

import re

import pytest

from polyaxon_sdk.cli.setting_forms import check_setting
from polyaxon_sdk.exceptions import InputError

CONNECTION = '[{"name": "data", "kind": "host_path", "schema": {"hostPath": "/a", "mountPath": "/a"}}]'


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("timezone", "Mars/Olympus", "config set: no time zone 'Mars/Olympus', expected a name such as"),
        ("missed_ticks", "some", "config set: missed_ticks: invalid 'some', expected one of skip, last, all"),
        (
            "queues",
            "slow=x",
            "config set: queues: 'slow=x' is no queue and its number, expected QUEUE=NUMBER",
        ),
        ("queues", "slow=0,gpu", "config set: queues: 'slow=0' is no queue and its number"),
        ("max_cpu", "lots", "config set: max_cpu: 'lots' is no amount, expected such as 4 or 500m"),
        ("max_memory", "4 apples", "config set: max_memory: '4 apples' is no amount, expected such as 16Gi"),
        ("gpus", "-1", "config set: gpus: '-1' is no number of GPUs, expected a whole number, or any"),
        ("project", "a/b/c", "invalid project 'a/b/c', expected name or owner/name"),
        ("url_mirrors", "https://a", "config set: url_mirrors: 'https://a' stands for nothing"),
        ("git_mirrors", "https://a", "config set: git_mirrors: 'https://a' stands for nothing"),
        ("image_commands", "busybox", "config set: image_commands: 'busybox' stands for nothing"),
        ("secret_patterns", "(", "secret_patterns: '(' is no regular expression"),
        ("connections", "data", "config set: "),
        (
            "index_url",
            "mysql://host/runs",
            "config set: index_url: it is the URL of no PostgreSQL server",
        ),
        ("max_parallel", "many", "config set: max_parallel: 'many' is no number, expected a number of runs"),
        ("warm_starts", "perhaps", "config set: warm_starts: 'perhaps' is no boolean"),
    ],
)
def test_what_cannot_be_read_later_is_refused(name: str, value: str, line: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(line)}"):
        check_setting(name, value, "config set")


def test_a_url_that_may_hold_a_password_is_not_shown() -> None:
    with pytest.raises(InputError, match=r"^(?!.*hunter2).*no PostgreSQL server"):
        check_setting("index_url", "mysql://host/runs", "config set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("queues", "gpu=2, slow=1"),
        ("queues", ""),
        ("timezone", "Europe/Berlin"),
        ("missed_ticks", "all"),
        ("max_cpu", "500m"),
        ("max_memory", "16Gi"),
        ("gpus", "any"),
        ("gpus", "2"),
        ("project", "acme/digits"),
        ("connections", CONNECTION),
        ("index_url", "postgresql+psycopg://me@host/runs"),
        ("url_mirrors", "https://a=/mnt/a"),
        ("secret_patterns", r"id-\d{8} key-\w+"),
        ("hub", "/mnt/hub"),
    ],
)
def test_what_has_its_form_is_taken(name: str, value: str) -> None:
    check_setting(name, value, "config set")
