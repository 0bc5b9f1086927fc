"""Verbs for images, videos and audio."""

from __future__ import annotations

from polyaxon_sdk.tracking.given import called, name_or
from polyaxon_sdk.tracking.numbers import Moment
from polyaxon_sdk.tracking.series import Series, named_after
from polyaxon_sdk.tracking.verbs.placed import Placed

__all__ = ["MediaVerbs"]


class MediaVerbs(Placed):
    """What is seen and heard (semantics 5.2: media). Pixels are kept raw; the sidecar makes the files."""

    def log_image(
        self,
        data: object,
        name: str | None = None,
        step: int | None = None,
        timestamp: Moment | None = None,
        rescale: float = 1,
        *,
        dataformats: str = "CHW",
        ext: str | None = None,
    ) -> None:
        """Log an image.

        Args:
            data: an array or a tensor, an image of Pillow, a file's path, or the bytes of an encoded image.
                Arrays of bytes are taken as they are, fractions as those of 255.
            name: the series; by default the file's name, or `image`.
            step: where in the series it belongs.
            timestamp: by default now.
            rescale: how many times as high and wide an array or an image of Pillow is shown.
            dataformats: what an array's axes are: `HW`, `HWC`, `CHW`; with `N`, images are shown side by side.
                An array that can't be `CHW` is taken as the one of the others that it can be.
            ext: what the bytes of an encoded image are, by default `png`.

        >>> run.log_image(numpy.zeros((3, 8, 8)), "dark", step=1)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.images import Shown, log_image  # paid by who logs one

        series = Series("image", name_or(name, named_after(data, "image")), step, timestamp)
        self._log(
            f"image {called(series.name)}", log_image, data, series, Shown(rescale, dataformats, ending=ext)
        )

    def log_image_with_boxes(
        self,
        tensor_image: object,
        tensor_boxes: object,
        name: str | None = None,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        rescale: float = 1,
        dataformats: str = "CHW",
    ) -> None:
        """Log an image, as `log_image` does, with red frames: for each its left, top, right and bottom pixel.

        >>> run.log_image_with_boxes(picture, [[10, 10, 40, 40]], "found")  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.images import Shown, log_image  # paid by who logs one

        series = Series("image", name_or(name, named_after(tensor_image, "figure")), step, timestamp)
        shown = Shown(rescale, dataformats, tensor_boxes)
        self._log(f"image {called(series.name)}", log_image, tensor_image, series, shown)

    def log_mpl_image(
        self,
        data: object,
        name: str | None = None,
        *,
        close: bool = True,
        step: int | None = None,
        timestamp: Moment | None = None,
    ) -> None:
        """Log a figure of matplotlib as it is drawn now; a list of them is shown side by side.

        Args:
            data: a figure, an axes, `matplotlib.pyplot` for the current figure, or a list of figures.
            name: the series, by default `figure`.
            close: whether the figure is done with.
            step, timestamp: where it belongs; now by default.

        >>> run.log_mpl_image(figure, "loss", step=3)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.images import log_figures  # paid by who logs one

        series = Series("image", name_or(name, "figure"), step, timestamp)
        self._log(f"image {called(series.name)}", log_figures, data, series, close=close)

    def log_video(
        self,
        data: object,
        name: str | None = None,
        fps: float = 4,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        content_type: str | None = None,
    ) -> None:
        """Log a video.

        Args:
            data: a file's path, or an array with the axes `NTCHW` or `TCHW` (`T` frames, `N` films side by side;
                the channels `C` may stand last), which becomes an animated PNG.
            name: the series; by default the file's name, or `video`.
            fps: frames a second of an array.
            step: where in the series it belongs.
            timestamp: by default now.
            content_type: what a file is, by default its ending.

        >>> run.log_video(numpy.zeros((1, 16, 3, 64, 64)), "rollout", fps=8)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.films import log_film  # paid by who logs one

        series = Series("video", name_or(name, named_after(data, "video")), step, timestamp)
        self._log(f"video {called(series.name)}", log_film, data, series, fps, content_type)

    def log_audio(
        self,
        data: object,
        name: str | None = None,
        sample_rate: int = 44100,
        step: int | None = None,
        timestamp: Moment | None = None,
        *,
        content_type: str | None = None,
    ) -> None:
        """Log audio.

        Args:
            data: a file's path, or an array of samples, one axis more for channels; fractions are of full
                loudness. An array becomes a WAV file of 16 bits.
            name: the series; by default the file's name, or `audio`.
            sample_rate: samples a second of an array.
            step: where in the series it belongs.
            timestamp: by default now.
            content_type: what a file is, by default `audio/` and its ending.

        >>> run.log_audio(wave, "speech", sample_rate=16000)  # doctest: +SKIP
        """
        from polyaxon_sdk.tracking.sounds import log_sound  # paid by who logs one

        series = Series("audio", name_or(name, named_after(data, "audio")), step, timestamp)
        self._log(f"audio {called(series.name)}", log_sound, data, series, sample_rate, content_type)
