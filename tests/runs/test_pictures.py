import pytest

from polyaxon_sdk.runs.pictures import Picture


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (Picture((4, 5), "HW"), (4, 5, 1)),
        (Picture((3, 4, 5), "CHW"), (4, 5, 3)),
        (Picture((4, 5, 3), "HWC", 2.5), (10, 12, 3)),
        (Picture((9, 4, 5), "NHW"), (8, 40, 1)),
        (Picture((3, 4, 5), "NHW"), (4, 15, 1)),
        (Picture((7, 4, 5, 3), "THWC"), (4, 5, 3)),
        (Picture((4, 5), "HW", boxes=((0, 0, 1, 1),)), (4, 5, 3)),
        (Picture((4, 5, 2), "HWC", boxes=((0, 0, 1, 1),)), (4, 5, 4)),
        (Picture((4, 5, 4), "HWC", boxes=((0, 0, 1, 1),)), (4, 5, 4)),
    ],
)
def test_a_picture_has_a_size(picture: Picture, size: tuple[int, int, int]) -> None:
    assert picture.size == size
    assert picture.fault() is None


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (Picture((4, 5), "CHW"), "its shape is (4, 5), which is not CHW"),
        (Picture((4, 5, 6), "HWW"), "which is not HWW"),
        (Picture((4, 5), "HC"), "HC has other axes than"),
        (Picture((4, 0), "HW"), "there is nothing in it"),
        (Picture((4, 5, 5), "HWC"), "it has 5 channels"),
        (Picture((4, 5), "HW", 0), "0 is no scale"),
        (Picture((4, 5), "HW", float("nan")), "nan is no scale"),
    ],
)
def test_what_is_no_picture_says_why(picture: Picture, words: str) -> None:
    assert words in str(picture.fault())
