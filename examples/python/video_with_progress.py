"""Posts a video with progress bars: `pip install tqdm`.

    python video_with_progress.py twitter.json "Look at this" video.mp4

Ctrl-C stops it at once, wherever it is.
"""

import sys
from typing import Any, Optional

from tqdm import tqdm

from twitter_native import MediaFailed, Stage, Twitter, TwitterError


class Bars:
    """One bar for each stage that is worth one: `Twitter` calls this with (stage, done, total)."""

    def __init__(self) -> None:
        self.stage: Optional[Stage] = None
        self.bar: Optional["tqdm[Any]"] = None

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        if stage is Stage.WAITING:
            return
        if stage is not self.stage or self.bar is None:
            self.close()
            self.stage = stage
            uploading = stage is Stage.UPLOADING
            self.bar = tqdm(
                total=total,
                desc="Uploading" if uploading else "X is processing",
                unit="B" if uploading else "%",
                unit_scale=uploading,
            )
        # tqdm counts steps; the library says where it is.
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__)
        return 2
    parameters, text, video = sys.argv[1:]
    bars = Bars()
    try:
        tweet = Twitter(parameters).create_video_tweet(text, video, progress=bars)
    except MediaFailed as error:
        problem = f"X can't process the video ({error.state}): {error}"
    except TwitterError as error:
        problem = str(error)
    else:
        bars.close()
        print(tweet["data"]["id"])
        return 0
    finally:
        bars.close()
    print(problem, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
