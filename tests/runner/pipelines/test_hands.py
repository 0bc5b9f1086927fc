from queue import SimpleQueue
from threading import Event, get_ident

from polyaxon_sdk.runner.pipelines.hands import Hands
from tests.polling import eventually


def test_what_comes_later_is_done_by_the_same_thread() -> None:
    hands, done = Hands(), SimpleQueue[int]()
    hands.do(lambda: done.put(get_ident()))
    first = done.get(timeout=60)
    eventually(lambda: hands.are_free, timeout=60)
    hands.do(lambda: done.put(get_ident()))
    assert done.get(timeout=60) == first
    hands.close()


def test_what_takes_long_holds_up_nothing_else() -> None:
    hands, is_over, done = Hands(), Event(), SimpleQueue[str]()
    hands.do(lambda: done.put(f"first {is_over.wait(60)}"))
    hands.do(lambda: done.put("second"))
    assert done.get(timeout=60) == "second"
    is_over.set()
    assert done.get(timeout=60) == "first True"
    hands.close()
