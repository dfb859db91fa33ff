"""Writes the tweets that an account likes to a file, a line of JSON each.

    python export_likes.py twitter.json likes.jsonl [pagination_token]

Where X's limit stops it, it says by which token to go on later: that appends to the same file.
"""

import json
import sys
from typing import Any, Dict

from twitter_native import Twitter, TwitterError

#: Pages of 100 that are held in memory at a time.
PAGES = 10


def main() -> int:
    if len(sys.argv) not in (3, 4):
        print(__doc__)
        return 2
    parameters, file, *token = sys.argv[1:]
    twitter = Twitter(parameters)
    query: Dict[str, Any] = {"max_results": 100, "tweet.fields": ["created_at", "author_id", "public_metrics"]}
    if token:
        query["pagination_token"] = token[0]
    with open(file, "a" if token else "w", encoding="utf-8") as opened:
        while True:
            try:
                pages = twitter.get_liked_tweets(query=query, max_pages=PAGES)
            except TwitterError as error:
                return stopped(str(error), query)
            opened.writelines(json.dumps(tweet, ensure_ascii=False) + "\n" for tweet in pages.get("data", ()))
            opened.flush()
            if "next_token" not in pages["meta"]:
                return 0
            query["pagination_token"] = pages["meta"]["next_token"]
            if "incomplete" in pages:
                # What was read before the error is here, and written.
                return stopped(pages["incomplete"]["message"], query)


def stopped(reason: str, query: Dict[str, Any]) -> int:
    print(reason, file=sys.stderr)
    if "pagination_token" in query:
        print(f"Go on by the token {query['pagination_token']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
