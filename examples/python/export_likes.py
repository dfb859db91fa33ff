"""Writes the tweets that an account likes to a file, one line of JSON for each.

    python export_likes.py twitter.json likes.jsonl [pagination_token]

If X's limit or the network stops it, it prints a token. Give the token to continue later: the same file is extended.
"""

import json
import sys
from typing import Any, Dict

from twitter_native import Paginator, RateLimited, Twitter, TwitterError


def main() -> int:
    if len(sys.argv) not in (3, 4):
        print(__doc__)
        return 2
    parameters, file, *token = sys.argv[1:]
    query: Dict[str, Any] = {"max_results": 100, "tweet.fields": ["created_at", "author_id", "public_metrics"]}
    if token:
        query["pagination_token"] = token[0]
    next_token = token[0] if token else None
    try:
        pages = Paginator(Twitter(parameters).get_liked_tweets, query=query)
        with open(file, "a" if token else "w", encoding="utf-8") as opened:
            # One page is in memory at a time.
            for page in pages:
                opened.writelines(json.dumps(tweet, ensure_ascii=False) + "\n" for tweet in page.get("data", ()))
                opened.flush()
                next_token = pages.next_token
    except RateLimited as error:
        print(f"X's limit is reached; try again in {error.retry_after or 900} seconds.", file=sys.stderr)
    except (TwitterError, OSError) as error:
        print(error, file=sys.stderr)
    else:
        return 0
    if next_token:
        print(f"To continue, give the token {next_token}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
