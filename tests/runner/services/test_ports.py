"""Giving ports of this machine to services."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runner.services.ports import Ports


def test_a_port_that_is_free_is_given_as_asked() -> None:
    free = Ports.reserve([0])
    [number] = free.numbers
    free.release()
    assert Ports.reserve([number]).numbers == (number,)


def test_in_place_of_a_port_that_is_taken_another_is_given() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        [given_] = Ports.reserve([taken]).numbers
    assert given_ not in {taken, 0}


def test_a_port_that_was_given_is_given_to_nobody_else() -> None:
    first = Ports.reserve([0])
    second = Ports.reserve(first.numbers)
    assert set(first.numbers).isdisjoint(second.numbers)


def test_a_service_can_listen_at_a_port_that_was_released() -> None:
    ports = Ports.reserve([0])
    ports.release()
    with socket.create_server(("127.0.0.1", ports.numbers[0])) as server:
        assert server.getsockname()[1] == ports.numbers[0]


def test_a_port_that_a_service_had_is_given_again_though_connections_to_it_have_just_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as asking:
            server.accept()[0].close()  # who ends it first is held by it
            assert asking.recv(1) == b""
    again = Ports.reserve([0], kept=[port])
    assert again.numbers == (port,)
    assert Ports.reserve([port], kept=[port]).numbers != (port,)


@pytest.mark.parametrize("wanted", [80_000, -1], ids=["too high", "negative"])
def test_a_number_that_is_no_port_is_replaced(wanted: int) -> None:
    assert Ports.reserve([wanted]).numbers[0] in range(1, 1 << 16)


@settings(max_examples=20)
@given(wanted=st.lists(st.sampled_from([0, 6006, 8888]), max_size=6))
def test_the_ports_of_a_service_differ(wanted: list[int]) -> None:
    ports = Ports.reserve(wanted)
    assert len({*ports.numbers}) == len(wanted)
    ports.release()
