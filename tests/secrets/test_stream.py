import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.secrets.stream import MaskedStream
from tests.secrets.samples import NO_SECRETS, TOKENS

LINES = st.lists(
    st.sampled_from([*NO_SECRETS, *TOKENS.values(), "password=x9-hunter2", "50%\r100%", ""]), max_size=12
)


def streamed(data: bytes, cuts: list[int]) -> bytes:
    """What a stream makes of data that comes in pieces."""
    stream, shown, start, keys = MaskedStream(Masker()), b"", 0, 0
    for end in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        taken = start + stream.end(data[start:end], last=end == len(data))
        text, keys = stream.masked(data[start:taken], keys)
        shown, start = shown + text, taken
    return shown


@settings(deadline=None)
@given(LINES, st.lists(st.integers(0, 5000), max_size=10))
def test_a_secret_that_writes_split_is_masked_all_the_same(lines: list[str], cuts: list[int]) -> None:
    text = "\n".join(lines)
    assert streamed(text.encode(), cuts).decode() == Masker().text(text)


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=5))
def test_what_is_no_text_stays_as_it_is(data: bytes, cuts: list[int]) -> None:
    assert streamed(data, cuts) == data


def test_a_line_waits_for_its_end() -> None:
    assert MaskedStream(Masker()).end(b"a\ntoken=abc") == 2


def test_a_long_line_is_cut_where_no_secret_is() -> None:
    data = b"x" * 65_000 + b" and password: x9-hunter2 " + b"y" * 2000
    assert MaskedStream(Masker()).end(data) == 65_005


def test_a_line_without_any_blank_is_cut_somewhere() -> None:
    assert MaskedStream(Masker()).end(b"x" * 100_000) == 65_536


@pytest.mark.parametrize(
    ("data", "taken"), [(b"Name? ", 6), (b"Password: ", 0), (b"....", 0), (b"a hf_abc", 2)]
)
def test_an_unfinished_line_is_shown_as_far_as_it_is_harmless(data: bytes, taken: int) -> None:
    assert MaskedStream(Masker()).end(data, idle=True) == taken


def test_a_private_key_in_pieces_is_masked() -> None:
    stream, shown, keys = MaskedStream(Masker()), b"", 0
    for piece in [
        b"-----BEGIN PRIVATE " + b"KEY-----\nMIIE\n",
        b"ow\n",
        b"IBAA\n-----END PRIVATE " + b"KEY-----\nafter\n",
    ]:
        text, keys = stream.masked(piece, keys)
        shown += text
    assert (b"IBAA" in shown, b"ow\n" in shown, shown.endswith(b"after\n")) == (False, False, True)
