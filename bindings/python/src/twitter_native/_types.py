"""The types that the signatures name."""

from __future__ import annotations

from typing import Any, Callable, ClassVar, Mapping, Union

from ._library import Cancel as Cancel
from ._media import File as File
from ._media import PathLike as PathLike


class Stage(int):
    """What a call is doing, the first argument of a progress callback. A number with a name: an IntEnum would add a
    tenth to the time that this package takes to import."""

    WAITING: ClassVar[Stage]
    """For an answer, a limit or before a retry: `done` and `total` are seconds, `total` 0 where unknown."""
    UPLOADING: ClassVar[Stage]
    """`done` of `total` bytes have been sent; `done` never decreases."""
    PROCESSING: ClassVar[Stage]
    """X processes the media: `done` is a percentage, `total` 100."""

    def __repr__(self) -> str:
        names = [name for name, stage in vars(Stage).items() if stage is self]
        return f"Stage.{names[0]}" if names else f"Stage({int(self)})"


Stage.WAITING, Stage.UPLOADING, Stage.PROCESSING = Stage(1), Stage(2), Stage(3)

#: Called on the calling thread as `progress(stage, done, total)`, at least every quarter of a second while the call
#: lasts. What it returns is ignored; what it raises cancels the call and comes out of it.
Progress = Callable[[Stage, int, int], object]

#: A mapping, JSON text, or the path of a JSON file.
ParametersLike = Union[Mapping[str, Any], PathLike]
#: An id of X's. Ids come back as strings.
Id = Union[str, int]
