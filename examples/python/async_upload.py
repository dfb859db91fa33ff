"""Posts a video from asyncio, for a minute at the most.

    python async_upload.py twitter.json "Look at this" video.mp4

The call runs in a thread, so other tasks go on. When its task is cancelled, here by the timeout, the call ends too.
"""

import asyncio
import sys
import threading
from typing import Any, Callable, TypeVar

from twitter_native import Canceled, Twitter, TwitterError

T = TypeVar("T")


async def call(function: Callable[..., T], *arguments: Any, **more: Any) -> T:
    """A call of the library in a thread. A cancelled task waits for its call to end, a quarter of a second at most."""
    cancel = threading.Event()
    thread = asyncio.ensure_future(asyncio.to_thread(function, *arguments, cancel=cancel, **more))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        cancel.set()
        await asyncio.wait([thread])
        error = thread.exception()
        if isinstance(error, Canceled) and error.outcome == "unknown":
            print("The tweet may be there all the same: look before you repeat it.", file=sys.stderr)
        raise


async def post(parameters: str, text: str, video: str) -> int:
    try:
        twitter = Twitter(parameters)
        tweet = await asyncio.wait_for(call(twitter.create_video_tweet, text, video), timeout=60)
    except TwitterError as error:
        print(error, file=sys.stderr)
    except asyncio.TimeoutError:
        print("It took longer than a minute.", file=sys.stderr)
    else:
        print(tweet["data"]["id"])
        return 0
    return 1


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__)
        return 2
    return asyncio.run(post(*sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
