"""Posts up to four pictures, with descriptions for people who can't see them.

python image.py twitter.json "Two cats" cat.png "A cat asleep" other.jpg "A cat awake"
"""

import sys

from twitter_native import FileError, InvalidRequest, Twitter, TwitterError


def main() -> int:
    if len(sys.argv) < 4:
        print(__doc__)
        return 2
    parameters, text, *rest = sys.argv[1:]
    files, alt_texts = rest[::2], rest[1::2]
    try:
        tweet = Twitter(parameters).create_image_tweet(text, files, alt_texts=alt_texts)
    except FileError as error:
        print(f"{error.filename}: {error}", file=sys.stderr)
    except InvalidRequest as error:
        # `field` names the argument: files[1] is the second picture.
        print(f"{error.field}: {error}", file=sys.stderr)
    except TwitterError as error:
        print(error, file=sys.stderr)
        if error.media_ids:
            print(f"Already at X: {', '.join(error.media_ids)}", file=sys.stderr)
    else:
        print(tweet["data"]["id"])
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
