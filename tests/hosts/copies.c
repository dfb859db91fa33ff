/*
 * Several copies of the library in one process, each from a file of its own. They must not affect
 * each other.
 *
 *     copies PARAMETERS LIBRARY LIBRARY …
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "twitter_native.h"

#define PROGRAM "copies"
#include "symbols.h"

enum { MAX_COPIES = 4, ROUNDS = 20 };

static struct copy {
    int number;
    char *(*create_text_tweet)(const char *);
    char *(*json_get)(const char *, const char *);
    void (*release)(char *);
    void (*shutdown)(void);
} copies[MAX_COPIES];

static const char *parameters;

static void load(struct copy *copy, int number, const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL) {
        fail("cannot load", dlerror());
    }
    copy->number = number;
    find(library, "twitter_create_text_tweet", &copy->create_text_tweet);
    find(library, "twitter_json_get", &copy->json_get);
    find(library, "twitter_free", &copy->release);
    find(library, "twitter_shutdown", &copy->shutdown);
}

/* Posts, and shuts its copy down in between. That must not end calls of the other copies. */
static void *post(void *context)
{
    const struct copy *copy = context;
    size_t size = strlen(parameters) + 128;
    char *request = malloc(size);
    int round;

    if (request == NULL) {
        fail("out of memory", "request");
    }
    for (round = 0; round < ROUNDS; round++) {
        char *envelope, *id;

        snprintf(request, size, "{\"text\":\"Copy %d, %d\",\"parameters\":%s}", copy->number, round,
                 parameters);
        envelope = copy->create_text_tweet(request);
        id = copy->json_get(envelope, "/result/data/id");
        if (id == NULL) {
            fail("a tweet failed", envelope);
        }
        copy->release(id);
        copy->release(envelope);
        if (round % 3 == copy->number % 3) {
            copy->shutdown();
        }
    }
    free(request);
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_t threads[MAX_COPIES];
    int i, loaded = count - 2;

    if (loaded < 2 || loaded > MAX_COPIES) {
        fprintf(stderr, "usage: copies PARAMETERS LIBRARY LIBRARY ...\n");
        return 2;
    }
    parameters = arguments[1];
    for (i = 0; i < loaded; i++) {
        load(&copies[i], i, arguments[i + 2]);
    }
    for (i = 1; i < loaded; i++) {
        if (copies[i].create_text_tweet == copies[i - 1].create_text_tweet) {
            fail("two names, one library", arguments[i + 2]);
        }
    }
    for (i = 0; i < loaded; i++) {
        if (pthread_create(&threads[i], NULL, post, &copies[i]) != 0) {
            fail("no thread", "");
        }
    }
    for (i = 0; i < loaded; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
