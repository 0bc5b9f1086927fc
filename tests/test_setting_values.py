"""What the texts of settings say."""

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.setting import KNOWN
from polyaxon_sdk.setting_values import flag_in, number_in


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("ship_bandwidth", "-1", "-1 is less than 0, expected a number of bytes a second"),
        ("ship_bandwidth", "1M", "'1M' is no number, expected a number of bytes a second"),
        ("ship_requests", "0", "0 is less than 1, expected a number of requests"),
        ("ship_chunks", "nan", "'nan' is no number, expected a number of MiB"),
        ("ship_wait", "inf", "'inf' is no number, expected a number of seconds"),
        ("max_parallel", "many", "'many' is no number, expected a number of runs"),
    ],
)
def test_what_is_no_number_of_its_unit_is_refused(name: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=f"^config.yaml: {name}: {told}$"):
        number_in(text, KNOWN[name], where="config.yaml")


def test_a_variable_is_not_named_twice() -> None:
    with pytest.raises(InputError, match=r"^POLYAXON_SHIP_WAIT: '30s' is no number, "):
        number_in("30s", KNOWN["ship_wait"], where="POLYAXON_SHIP_WAIT")
    with pytest.raises(InputError, match=r"^POLYAXON_NO_OP: 'maybe' is no boolean, "):
        flag_in("maybe", "no_op", where="POLYAXON_NO_OP")


def test_every_number_among_the_defaults_has_a_unit() -> None:
    assert [each.name for each in KNOWN.values() if each.default.isdigit() and not each.unit] == []
