/*
 * The main task: media from disk and from memory, and a tweet of every kind, by OAuth 1.0a and by
 * OAuth 2.0. Progress and log are checked.
 */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

struct watch {
    pthread_t caller;
    const char *parameters;
    int started;            /* an upload's 0 was seen */
    uint64_t done, total;   /* the upload's last figures */
    uint64_t processed;     /* the processing's last percent */
    unsigned long reports, processing_reports, messages;
};

static int32_t watch_progress(void *context, uint32_t stage, uint64_t done, uint64_t total)
{
    struct watch *watch = context;

    CHECK(pthread_equal(pthread_self(), watch->caller), "progress came on another thread");
    CHECK(stage >= TWITTER_STAGE_WAITING && stage <= TWITTER_STAGE_PROCESSING, "stage %u", (unsigned)stage);
    watch->reports++;
    if (stage == TWITTER_STAGE_UPLOADING) {
        CHECK(watch->started || done == 0, "an upload began at %lu", (unsigned long)done);
        CHECK(done >= watch->done, "done fell from %lu to %lu", (unsigned long)watch->done,
              (unsigned long)done);
        CHECK(done <= total, "%lu of %lu", (unsigned long)done, (unsigned long)total);
        CHECK(!watch->started || total == watch->total, "the total changed from %lu to %lu",
              (unsigned long)watch->total, (unsigned long)total);
        watch->started = 1;
        watch->done = done;
        watch->total = total;
    } else if (stage == TWITTER_STAGE_PROCESSING) {
        CHECK(total == 100 && done <= 100, "processing %lu of %lu", (unsigned long)done,
              (unsigned long)total);
        CHECK(done >= watch->processed, "processing fell from %lu to %lu",
              (unsigned long)watch->processed, (unsigned long)done);
        watch->processing_reports++;
        watch->processed = done;
    }
    return 0;
}

static void watch_log(void *context, uint32_t level, const char *message)
{
    static const char *const secrets[] = {
        "/client_secret", "/access_token",       "/refresh_token",        "/oauth_token",
        "/oauth_token_secret", "/oauth_consumer_key", "/oauth_consumer_secret",
    };
    struct watch *watch = context;
    size_t i;

    (void)level;
    CHECK(message != NULL && message[0] != '\0', "an empty log message");
    watch->messages++;
    for (i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        char *secret = twitter_json_get(watch->parameters, secrets[i]);

        CHECK(secret == NULL || strlen(secret) < 4 || strstr(message, secret) == NULL,
              "the log shows %s: %s", secrets[i] + 1, message);
        twitter_free(secret);
    }
}

static void begin_watch(struct watch *watch, twitter_options *options, const char *parameters)
{
    memset(watch, 0, sizeof *watch);
    watch->caller = pthread_self();
    watch->parameters = parameters;
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->progress = watch_progress;
    options->log = watch_log;
    options->context = watch;
}

static void end_watch(const char *what, const struct watch *watch, size_t size)
{
    CHECK(watch->reports > 0, "%s: no progress", what);
    CHECK(watch->messages > 0, "%s: nothing in the log", what);
    CHECK(watch->done == size && watch->total == size, "%s: ended at %lu of %lu, the file has %lu",
          what, (unsigned long)watch->done, (unsigned long)watch->total, (unsigned long)size);
}

/* Uploads a file by its path and from memory, and returns the media id of the second upload. */
static char *upload(const char *parameters, const char *name)
{
    char *quoted = quoted_path(argument("media"), name);
    char *path = format_text("%s/%s", argument("media"), name);
    char *request = format_text("{\"file\":%s,\"parameters\":%s}", quoted, parameters);
    size_t size = 0;
    uint8_t *content = read_whole_file(path, &size);
    struct watch watch;
    twitter_options options;
    twitter_bytes bytes;
    char *media_id;

    begin_watch(&watch, &options, parameters);
    media_id = take_value(name, twitter_call("upload_media_file", request, &options),
                          "/result/media_id");
    end_watch(name, &watch, size);
    CHECK(strstr(name, ".mp4") == NULL || watch.processing_reports > 0,
          "%s: no progress of the processing", name);
    twitter_free(media_id);
    free(request);

    begin_watch(&watch, &options, parameters);
    bytes.data = content;
    bytes.length = size;
    options.bytes = &bytes;
    options.bytes_count = 1;
    request = format_text("{\"file\":{\"bytes\":0,\"name\":\"%s\"},\"alt_text\":\"By a C host\","
                          "\"parameters\":%s}",
                          name, parameters);
    media_id = take_value(name, twitter_call("upload_media_file", request, &options),
                          "/result/media_id");
    end_watch(name, &watch, size);

    free(request);
    free(content);
    free(path);
    twitter_free(quoted);
    return media_id;
}

static void tweet(const char *function, const char *parameters, const char *fields)
{
    char *request = format_text("{%s,\"parameters\":%s}", fields, parameters);
    char *envelope;
    struct watch watch;
    twitter_options options;

    begin_watch(&watch, &options, parameters);
    envelope = twitter_call(function, request, &options);
    CHECK(watch.messages > 0, "%s: nothing in the log", function);
    free(request);
    twitter_free(take_value(fields, envelope, "/result/data/id"));
}

static void post_with_media_id(const char *parameters, const char *label, const char *file)
{
    char *media_id = upload(parameters, file);
    char *fields = format_text("\"text\":\"%s: %s from memory\",\"media_ids\":[\"%s\"]", label,
                               file, media_id);

    tweet("create_custom_tweet", parameters, fields);
    free(fields);
    twitter_free(media_id);
}

static void post_with_file(const char *parameters, const char *function, const char *label,
                           const char *file)
{
    char *quoted = quoted_path(argument("media"), file);
    char *fields =
        format_text("\"text\":\"%s: %s by %s\",\"files\":[%s]", label, file, function, quoted);

    tweet(function, parameters, fields);
    free(fields);
    twitter_free(quoted);
}

static void post_everything(const char *label, const char *parameters)
{
    char *fields = format_text("\"text\":\"%s: text\"", label);

    tweet("create_text_tweet", parameters, fields);
    free(fields);

    post_with_media_id(parameters, label, "picture.png");
    post_with_media_id(parameters, label, "animation.gif");
    post_with_media_id(parameters, label, "video.mp4");
    post_with_file(parameters, "create_image_tweet", label, "picture.png");
    post_with_file(parameters, "create_gif_tweet", label, "animation.gif");
    post_with_file(parameters, "create_video_tweet", label, "video.mp4");

    fields = format_text("\"text\":\"%s: poll\",\"poll_options\":[\"Tea\",\"Coffee\"],"
                         "\"poll_duration\":60",
                         label);
    tweet("create_poll_tweet", parameters, fields);
    free(fields);
}

void scenario_post(void)
{
    post_everything("OAuth 1.0a", argument("parameters"));
    post_everything("OAuth 2.0", argument("parameters2"));
}
