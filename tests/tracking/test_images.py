from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.sidecar.draining import drain
from tests.tracking.logged import (
    asset_of,
    pixels_in,
    pixels_of,
    problem_of,
    read_pixels,
    row_in,
    value_in,
    values_in,
)

RANDOM = np.random.default_rng(5)
PIXELS: NDArray[np.uint8] = RANDOM.integers(0, 256, (6, 8, 3), np.uint8)
GREY = PIXELS[:, :, 0]


@pytest.fixture
def figure() -> Figure:
    """A figure with a line in it."""
    figure = Figure(figsize=(2, 1), dpi=50)
    figure.subplots().plot([1, 2, 3])
    return figure


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels as Pillow writes them."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_an_image_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_image(PIXELS, "img", step=2, dataformats="HWC")
    expected = '{"height":6,"width":8,"colorspace":3,"path":"assets/image/img_2.png"}'
    assert row_in(folder, "image", "img") == expected


@pytest.mark.parametrize(
    ("data", "layout"),
    [
        (PIXELS, "HWC"),
        (np.ascontiguousarray(PIXELS.transpose(2, 0, 1)), "CHW"),
        (PIXELS.transpose(2, 0, 1), "CHW"),
        (PIXELS.transpose(1, 0, 2), "WHC"),
        (np.asfortranarray(PIXELS), "HWC"),
        (PIXELS[::-1][::-1], "hwc"),
        (PIXELS / 255, "HWC"),
        ((PIXELS / 255).astype(np.float32), "HWC"),
        (PIXELS.astype(np.int64), "HWC"),
        (PIXELS.tolist(), "HWC"),
    ],
)
def test_pixels_are_what_was_logged(run: Run, folder: RunFolder, data: object, layout: str) -> None:
    run.log_image(data, "img", dataformats=layout)
    assert np.abs(pixels_in(folder, "img").astype(int) - PIXELS).max() <= 1


@pytest.mark.parametrize("data", [PIXELS, PIXELS.tolist(), PIXELS.transpose(2, 0, 1), PIXELS[None]])
def test_the_only_axes_that_fit_need_not_be_told(run: Run, folder: RunFolder, data: object) -> None:
    run.log_image(data, "img")
    assert (pixels_in(folder, "img") == PIXELS).all()


def test_channels_stand_first_where_both_places_may_hold_them(run: Run, folder: RunFolder) -> None:
    run.log_image(np.zeros((3, 8, 4)), "img")
    assert pixels_in(folder, "img").shape == (8, 4, 3)


@pytest.mark.parametrize("data", [GREY, GREY[None]], ids=["HW", "CHW"])
def test_grey_stays_grey(run: Run, folder: RunFolder, data: object) -> None:
    run.log_image(data, "grey")
    assert (pixels_in(folder, "grey") == GREY).all()
    assert value_in(folder, "image", "grey")["colorspace"] == 1


def test_what_is_out_of_range_is_cut(run: Run, folder: RunFolder) -> None:
    run.log_image(np.array([[-1.0, 0.0, 1.0, 7.0, np.inf, np.nan]]), "odd", dataformats="HW")
    assert pixels_in(folder, "odd").tolist() == [[0, 0, 255, 255, 255, 0]]


def test_whole_numbers_and_truths_are_colours(run: Run, folder: RunFolder) -> None:
    run.log_image(np.array([[-5, 7, 300]]), "whole", dataformats="HW")
    run.log_image(np.array([[True, False]]), "truth", dataformats="HW")
    assert pixels_in(folder, "whole").tolist() == [[0, 7, 255]]
    assert pixels_in(folder, "truth").tolist() == [[255, 0]]


def test_several_are_shown_side_by_side(run: Run, folder: RunFolder) -> None:
    many = np.stack([np.full((2, 3), index * 20, np.uint8) for index in range(10)])
    run.log_image(many[:, None], "many", dataformats="NCHW")
    pixels = pixels_in(folder, "many")
    assert pixels.shape == (4, 24)
    assert pixels[::2, ::3].tolist() == [[0, 20, 40, 60, 80, 100, 120, 140], [160, 180, 0, 0, 0, 0, 0, 0]]


def test_an_image_can_be_enlarged(run: Run, folder: RunFolder) -> None:
    run.log_image(GREY, "large", rescale=3, dataformats="HW")
    assert (pixels_in(folder, "large") == GREY.repeat(3, 0).repeat(3, 1)).all()
    assert value_in(folder, "image", "large")["height"] == 18


def test_boxes_are_framed_in_red(run: Run, folder: RunFolder) -> None:
    run.log_image_with_boxes(np.zeros((1, 20, 30)), np.array([[5.0, 4, 15, 12]]), "found")
    pixels = pixels_in(folder, "found")
    red = (pixels == [255, 0, 0]).all(2)
    assert (red[4, 5:16].all(), red[12, 5:16].all(), red[4:13, 5].all(), red[4:13, 15].all()) == (True,) * 4
    assert not red[6:11, 7:14].any()
    assert red.sum() == 11 * 9 - 7 * 5


@pytest.mark.parametrize("boxes", [[[-5, -5, 100, 100]], [40, 40, 50, 50]], ids=["around", "beside"])
def test_a_box_may_lie_outside(run: Run, folder: RunFolder, boxes: object) -> None:
    run.log_image_with_boxes(np.zeros((3, 20, 30)), boxes, "found")
    assert not pixels_in(folder, "found").any()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "CMYK", "I;16"])
def test_an_image_of_pillow_is_taken(run: Run, folder: RunFolder, mode: str) -> None:
    image = Image.fromarray(PIXELS).convert("L" if mode == "I;16" else "RGB").convert(mode)
    run.log_image(image, "pillow")
    assert pixels_in(folder, "pillow").shape[:2] == (6, 8)


def test_what_pillow_shows_clear_stays_clear(run: Run, folder: RunFolder) -> None:
    pixels = np.dstack([PIXELS, GREY])
    run.log_image(Image.fromarray(pixels), "clear")
    assert (pixels_in(folder, "clear") == pixels).all()


def test_a_file_is_kept_as_it_is(run: Run, folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "digit.png").write_bytes(png_of(PIXELS))
    run.log_image(tmp_path / "digit.png", step=3)
    value = value_in(folder, "image", "digit")
    assert value == {"height": 6, "width": 8, "colorspace": 3, "path": "assets/image/digit_3.png"}
    assert asset_of(folder, value).read_bytes() == (tmp_path / "digit.png").read_bytes()


def test_a_file_of_another_format_is_kept_as_it_is(run: Run, folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 and so on")
    run.log_image(str(tmp_path / "photo.jpg"), "me")
    assert value_in(folder, "image", "me") == {"path": "assets/image/me.jpg"}


def test_bytes_are_an_image_that_is_encoded(run: Run, folder: RunFolder) -> None:
    run.log_image(png_of(GREY), "bytes")
    run.log_image(b"RIFFxxxxWEBP", "web", ext="webp")
    assert (pixels_in(folder, "bytes") == GREY).all()
    assert value_in(folder, "image", "web") == {"path": "assets/image/web.webp"}


def test_what_has_no_name_is_called_image(run: Run, folder: RunFolder) -> None:
    run.log_image(png_of(GREY))
    assert value_in(folder, "image", "image")["path"] == "assets/image/image.png"


def test_a_figure_is_shown_as_it_is_drawn(run: Run, folder: RunFolder, figure: Figure) -> None:
    run.log_mpl_image(figure, "loss", step=1)
    pixels = pixels_in(folder, "loss")
    assert pixels.shape == (50, 100, 4)
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 2


def test_a_figure_keeps_its_canvas(run: Run, figure: Figure) -> None:
    before = figure.canvas
    run.log_mpl_image(figure, "loss")
    assert figure.canvas is before


def test_an_axes_means_its_figure(run: Run, folder: RunFolder, figure: Figure) -> None:
    run.log_mpl_image(figure.axes[0], "loss")
    assert pixels_in(folder, "loss").shape == (50, 100, 4)


def test_figures_are_shown_side_by_side(run: Run, folder: RunFolder, figure: Figure) -> None:
    run.log_mpl_image([figure, figure], "two")
    assert pixels_in(folder, "two").shape == (50, 200, 4)


@pytest.mark.parametrize("close", [True, False])
def test_the_current_figure_is_closed_unless_it_is_kept(run: Run, folder: RunFolder, close: bool) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot

    number = pyplot.figure().number
    run.log_mpl_image(pyplot, "now", close=close)
    assert (number in pyplot.get_fignums()) == (not close)
    pyplot.close("all")
    assert pixels_in(folder, "now").ndim == 3


def test_two_of_one_name_and_step_are_two_files(run: Run, folder: RunFolder) -> None:
    run.log_image(GREY, "same", step=1, dataformats="HW")
    run.log_image(PIXELS, "same", step=1, dataformats="HWC")
    first, second = values_in(folder, "image", "same")
    assert (pixels_of(folder, first) == GREY).all()
    assert (pixels_of(folder, second) == PIXELS).all()


def test_two_names_that_give_one_file_name_are_two_files(run: Run, folder: RunFolder) -> None:
    run.log_image(GREY, "a b", dataformats="HW")
    run.log_image(PIXELS, "a-b", dataformats="HWC")
    drain(folder)
    sizes = sorted(pixels.size for pixels in map(read_pixels, folder.path.glob("assets/image/*")))
    assert sizes == [GREY.size, PIXELS.size]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (np.zeros(3), "its shape is (3,), which is not CHW"),
        (np.zeros((9, 3, 7)), "it has 9 channels, a picture has 1 to 4: is CHW its layout?"),
        (np.zeros((9, 3, 7)), "its shape is (9, 3, 7), tell what each axis is, such as dataformats='HWC'"),
        (np.zeros((3, 0, 3)), "there is nothing in it"),
        (np.zeros((1, 2, 2), complex), "complex128 is no colour"),
        (object(), "it is no array of numbers"),
        ("/nonexistent/img.png", "No such file or directory"),
        (None, "it is no array of numbers"),
    ],
)
def test_what_is_no_image_is_left_out_with_a_line(
    run: Run, folder: RunFolder, data: object, words: str
) -> None:
    run.log_image(data, "img")
    assert problem_of(folder).startswith("image 'img' is left out: ")
    assert words in problem_of(folder)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [([[1, 2, 3]], "is no box, expected 4 numbers"), ([["a", 1, 2, 3]], "is no box, expected 4 numbers")],
)
def test_what_is_no_box_is_left_out_with_a_line(
    run: Run, folder: RunFolder, boxes: object, words: str
) -> None:
    run.log_image_with_boxes(np.zeros((3, 4, 4)), boxes)
    assert words in problem_of(folder)


def test_a_layout_has_known_axes(run: Run, folder: RunFolder) -> None:
    run.log_image(np.zeros((3, 4)), "img", dataformats="HX")
    assert "dataformats: 'HX' is no layout, expected the axes of the array" in problem_of(folder)


def test_what_is_no_figure_is_left_out_with_a_line(run: Run, folder: RunFolder) -> None:
    run.log_mpl_image("figure", "loss")
    assert problem_of(folder) == "image 'loss' is left out: str is no figure of matplotlib"


def test_figures_of_two_sizes_are_left_out_with_a_line(run: Run, folder: RunFolder, figure: Figure) -> None:
    run.log_mpl_image([figure, Figure(figsize=(1, 1), dpi=50)], "two")
    assert "the figures have the sizes [(50, 50), (50, 100)]" in problem_of(folder)
