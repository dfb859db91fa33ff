"""Posts a text.

    python post.py "Hello from Python" [twitter.json]

twitter.json holds the parameters: {"access_token": "…"}, or the four OAuth 1.0a keys.
"""

import sys

from twitter_native import Duplicate, RateLimited, Twitter, TwitterError


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        twitter = Twitter(sys.argv[2] if len(sys.argv) > 2 else "twitter.json")
        tweet = twitter.create_text_tweet(sys.argv[1])
    except Duplicate:
        print("You said that before.", file=sys.stderr)
    except RateLimited as error:
        # X doesn't always say when.
        print(f"X's limit is reached; try again in {error.retry_after or 900} seconds.", file=sys.stderr)
    except TwitterError as error:
        # One sentence that says what happened and what to do.
        print(error, file=sys.stderr)
        if error.outcome == "unknown":
            print("The tweet may be there all the same: look before you repeat it.", file=sys.stderr)
    else:
        print(tweet["data"]["id"])
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
