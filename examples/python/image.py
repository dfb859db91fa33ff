"""Posts up to four pictures, with descriptions for people who can't see them.

python image.py twitter.json "Two cats" cat.png "A cat asleep" other.jpg "A cat awake"
"""

import sys

from twitter_native import Twitter


def main() -> int:
    if len(sys.argv) < 4:
        print(__doc__)
        return 2
    parameters, text, *rest = sys.argv[1:]
    files, alt_texts = rest[::2], rest[1::2]
    tweet = Twitter(parameters).create_image_tweet(text, files, alt_texts=alt_texts)
    print(tweet["data"]["id"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
