import os
import signal
import threading

from polyaxon_sdk.runner.stopping import StopRequests, keeping_handlers


def test_signals_are_collected_in_their_order() -> None:
    with StopRequests() as requests:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
    assert requests.received == [signal.SIGTERM, signal.SIGINT]


def test_the_handlers_of_before_are_back_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with StopRequests():
        pass
    assert signal.getsignal(signal.SIGINT) is before


def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with StopRequests() as requests:
        os.kill(os.getpid(), signal.SIGHUP)
    signal.signal(signal.SIGHUP, before)
    assert requests.received == []


def test_outside_of_the_main_thread_nothing_is_collected() -> None:
    problems: list[BaseException] = []

    def enter() -> None:
        try:
            with StopRequests():
                pass
        except ValueError as error:
            problems.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert problems == []


def test_what_a_file_does_to_a_handler_is_undone() -> None:
    before = signal.getsignal(signal.SIGINT)
    with keeping_handlers():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert signal.getsignal(signal.SIGINT) is before
