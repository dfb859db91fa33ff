"""tweepy against the sink: `with_tweepy.py URL upload FILE` or `with_tweepy.py URL tweets COUNT`.

Prints a line of JSON. Time starts once everything is imported. The library knows https addresses
alone, so an adapter of its own HTTP library leads them to the sink, which is plain HTTP.
"""

import json
import resource
import sys
import time

import requests
import tweepy

KEYS = ("xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
SEGMENT = 4 << 20


class ToSink(requests.adapters.HTTPAdapter):
    def __init__(self, url):
        super().__init__()
        self.url = url

    def send(self, request, **settings):
        request.url = self.url + "/" + request.url.split("/", 3)[3]
        return super().send(request, **settings)


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_kib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def upload(url, file):
    api = tweepy.API(tweepy.OAuth1UserHandler(*KEYS))
    api.session.mount("https://", ToSink(url))
    loaded, cpu, started = peak_kib(), used(), time.perf_counter()
    # Of the three upload calls the one that reads the file in segments.
    api.chunked_upload(file, media_category="tweet_video", chunk_size=SEGMENT, wait_for_async_finalize=False)
    return {"call_s": time.perf_counter() - started, "cpu_s": used() - cpu, "memory_kib": peak_kib() - loaded}


def tweets(url, count):
    client = tweepy.Client(
        consumer_key=KEYS[0], consumer_secret=KEYS[1], access_token=KEYS[2], access_token_secret=KEYS[3])
    client.session.mount("https://", ToSink(url))
    client.create_tweet(text="Hello from the benchmark")
    samples = []
    for _ in range(count):
        started = time.perf_counter()
        client.create_tweet(text="Hello from the benchmark")
        samples.append((time.perf_counter() - started) * 1e6)
    samples.sort()
    return {"p50_us": samples[len(samples) // 2], "p99_us": samples[len(samples) * 99 // 100]}


def main():
    url, task, value = sys.argv[1:]
    print(json.dumps(upload(url, value) if task == "upload" else tweets(url, int(value))))


main()
