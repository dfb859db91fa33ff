/*
 * Posts a video that is in memory, with a progress bar. Ctrl-C stops it at once.
 *
 *     cc video_with_progress.c -o video_with_progress $(pkg-config --cflags --libs twitter-native)
 *     ./video_with_progress twitter.json "Look at this" video.mp4
 *
 * Give a file on the disk by its path instead ("files":"video.mp4"): the library then reads it piece by piece. Bytes in
 * memory are for a video that your program has made or received.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "twitter_native.h"

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* The library calls this at least every 250 ms. Any result but 0 cancels the call. */
static int32_t show(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    (void)context;
    if (stage == TWITTER_STAGE_UPLOADING)
        fprintf(stderr, "\rUploading %3" PRIu64 " %%      ", total ? done * 100 / total : 0);
    else if (stage == TWITTER_STAGE_PROCESSING)
        fprintf(stderr, "\rX processes it %3" PRIu64 " %%", done);
    return stopped;
}

/* The content of a file; NULL if it can't be read. */
static uint8_t *read_file(const char *path, size_t *length)
{
    uint8_t *bytes = NULL;
    FILE *file = fopen(path, "rb");
    long size;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) > 0 && fseek(file, 0, SEEK_SET) == 0) {
        *length = (size_t)size;
        bytes = malloc(*length);
        if (bytes != NULL && fread(bytes, 1, *length, file) != *length) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

/* {"parameters":"twitter.json","text":"…","files":{"bytes":0}}: 0 is the index in the options' bytes. */
static char *make_request(const char *parameters, const char *text)
{
    static const char format[] = "{\"parameters\":%s,\"text\":%s,\"files\":{\"bytes\":0}}";
    char *quoted_parameters = twitter_json_quote(parameters);
    char *quoted_text = twitter_json_quote(text);
    size_t size = sizeof format + strlen(quoted_parameters) + strlen(quoted_text);
    char *request = malloc(size);

    if (request != NULL)
        snprintf(request, size, format, quoted_parameters, quoted_text);
    twitter_free(quoted_parameters);
    twitter_free(quoted_text);
    return request;
}

int main(int count, char **arguments)
{
    uint8_t *bytes;
    twitter_bytes video;
    twitter_options options = {0};
    char *request, *answer, *id, *message;
    int failed;

    if (count != 4) {
        fprintf(stderr, "usage: %s PARAMETERS TEXT VIDEO\n", arguments[0]);
        return 2;
    }
    bytes = read_file(arguments[3], &video.length);
    if (bytes == NULL) {
        fprintf(stderr, "%s cannot be read\n", arguments[3]);
        return 1;
    }
    request = make_request(arguments[1], arguments[2]);
    if (request == NULL) {
        fputs("no memory\n", stderr);
        return 1;
    }
    video.data = bytes;
    options.size = sizeof options;
    options.bytes = &video;
    options.bytes_count = 1;
    options.progress = show;
    signal(SIGINT, stop);
    answer = twitter_call("create_video_tweet", request, &options);
    fputc('\n', stderr);

    id = twitter_json_get(answer, "/result/data/id");
    message = twitter_json_get(answer, "/error/message");
    failed = id == NULL;
    puts(failed ? (message != NULL ? message : answer) : id);

    twitter_free(message);
    twitter_free(id);
    twitter_free(answer);
    free(request);
    free(bytes);
    return failed;
}
