/*
 * Requests that are damaged at random, in the same way for the same seed. None may crash the process,
 * and each must return an envelope whose kind is not `internal`.
 */
#define _XOPEN_SOURCE 700

#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

#include "host.h"

enum { MAX_FUNCTIONS = 256, MAX_DAMAGES = 6 };

static uint64_t random_state;

/* Steele and Vigna's SplitMix64. */
static uint64_t random_bits(void)
{
    uint64_t mixed = random_state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static size_t random_below(size_t limit)
{
    return limit == 0 ? 0 : (size_t)(random_bits() % limit);
}

/* Valid requests: a function that takes them, and their fields without the braces round them. */
static const struct seed {
    const char *function, *fields;
} seeds[] = {
    {"create_text_tweet", "\"text\":\"Hello\""},
    {"create_custom_tweet", "\"text\":\"\\u041f\\u0440\\u0438 \\ud83d\\ude00\","
                            "\"media_ids\":[\"1\",2]"},
    {"create_poll_tweet", "\"text\":\"Tea?\",\"poll_options\":[\"yes\",\"no\"],"
                          "\"poll_duration\":60"},
    {"create_image_tweet", "\"text\":\"Look\",\"files\":[\"picture.png\",{\"path\":\"a.gif\"},"
                           "{\"bytes\":0}]"},
    {"create_custom_tweet", "\"text\":\"Reply\",\"reply\":{\"in_reply_to_tweet_id\":\"7\"},"
                            "\"body\":{\"x\":[null,1e5]}"},
    {"create_thread", "\"tweets\":[{\"text\":\"One\"},{\"text\":\"Two\",\"files\":[\"b.png\"]}],"
                      "\"in_reply_to_tweet_id\":7"},
    {"upload_media_file", "\"file\":{\"base64\":\"iVBORw0KGgo=\",\"name\":\"a.png\"},"
                          "\"type\":\"tweet_image\""},
    {"upload_media_file", "\"file\":\"nowhere.mp4\",\"type\":\"tweet_video\",\"alt_text\":\"a\","
                          "\"wait\":false"},
    {"upload_attachments_array", "\"files\":[\"a\",{\"base64\":\"R0lGODlh\"}],"
                                 "\"type\":\"tweet_gif\""},
    {"set_media_metadata", "\"media_id\":\"1\",\"alt_text\":\"A picture\""},
    {"get_media_status", "\"media_id\":1"},
    {"get_token", "\"code\":\"c\",\"code_verifier\":\"v\",\"state\":\"s\",\"session\":\"me\""},
    {"handle_incoming_request_after_authorization",
     "\"url\":\"http://127.0.0.1/callback?state=s&code=c%20d#f\",\"session\":\"me\""},
    {"create_authorization_header_v1", "\"url\":\"https://api.x.com/2/tweets?a=b&a=%zz\","
                                       "\"request_type\":\"GET\","
                                       "\"fields\":{\"q\":[\"a\",1,true]}"},
    {"get_authorization_link", "\"state\":\"s\",\"code_verifier\":\"v\","
                               "\"code_challenge_method\":\"plain\",\"verifier\":\"client\""},
    {"revoke_token", "\"token\":\"t\""},
    {"describe", "\"name\":\"get_token\""},
};

static const char *const inserts[] = {
    "\"", "\\", "{", "}", "[", "]", ",", ":", "\xff", "\xc3\x28", "\xf4\x90\x80\x80", "\\ud800",
    "\\u0000", "1e999", "-0", "99999999999999999999", "0x1", "NaN", "null", "true", "/*",
    "\"parameters\":\"nowhere.json\",", "\"parameters\":{\"auth\":\"oauth3\"},", "\xef\xbb\xbf",
    "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "%00", "\r\n", "\x7f", "\x01",
};

static char *splice(char *text, size_t at, size_t remove, const char *insert, size_t times)
{
    size_t length = strlen(text);
    size_t added = strlen(insert);
    char *result = malloc(length - remove + added * times + 1);
    size_t i;

    CHECK(result != NULL, "out of memory");
    memcpy(result, text, at);
    for (i = 0; i < times; i++) {
        memcpy(result + at + i * added, insert, added);
    }
    memcpy(result + at + added * times, text + at + remove, length - at - remove + 1);
    free(text);
    return result;
}

static char *damage(char *text)
{
    size_t length = strlen(text);
    size_t at = random_below(length + 1);
    size_t rest = length - at;
    char byte[2] = {0, 0};

    switch (random_below(10)) {
    case 0: /* another letter or digit, which often leaves the JSON sound */
        byte[0] = "abcdefghijklmnopqrstuvwxyz0123456789"[random_below(36)];
        return splice(text, at, rest > 0, byte, 1);
    case 1: /* another byte, any but NUL */
        byte[0] = (char)(1 + random_below(255));
        return splice(text, at, rest > 0, byte, 1);
    case 2: /* one bit */
        if (rest > 0) {
            byte[0] = (char)(text[at] ^ 1 << random_below(8));
            text[at] = byte[0] == '\0' ? ' ' : byte[0];
        }
        return text;
    case 3: /* a gap */
        return splice(text, at, random_below(rest + 1), "", 0);
    case 4: /* an early end */
        return splice(text, at, rest, "", 0);
    case 5: /* a piece of the text once more */
    {
        size_t from = random_below(length + 1);
        char *piece = format_text("%.*s", (int)random_below(length - from + 1), text + from);
        char *result = splice(text, at, 0, piece, 1);

        free(piece);
        return result;
    }
    case 6: /* a great many of something */
        return splice(text, at, 0, inserts[random_below(sizeof inserts / sizeof inserts[0])],
                      1 + random_below(300));
    default:
        return splice(text, at, 0, inserts[random_below(sizeof inserts / sizeof inserts[0])], 1);
    }
}

/* Usually damages the text once: a request with little damage gets furthest. */
static char *damaged(char *text)
{
    size_t times = random_below(3) == 0 ? 1 + random_below(MAX_DAMAGES) : 1;

    while (times-- > 0) {
        text = damage(text);
    }
    return text;
}

/*
 * Half of the requests are damaged anywhere and have no credentials, so nothing is ever sent. The
 * others keep their parameters, whose address is a port that nobody listens on, and so get as far
 * as the network without leaving the machine.
 */
static char *malformed_request(const char *fields, const char *closed_address)
{
    char *inner, *request;

    if (random_below(2) == 0) {
        return damaged(format_text("{%s,\"parameters\":{\"scope\":[\"tweet.read\"],"
                                   "\"timeout_seconds\":\"5\",\"media_api\":2}}",
                                   fields));
    }
    inner = damaged(format_text("%s", fields));
    request = format_text("{%s,\"parameters\":{\"api_url\":\"%s\",\"max_retries\":0,"
                          "\"connect_timeout_seconds\":1,\"deadline_seconds\":2,"
                          "\"redirect_uri\":\"https://a.test/callback\",\"client_id\":\"c\","
                          "\"access_token\":\"a\",\"refresh_token\":\"r\"}}",
                          inner, closed_address);
    free(inner);
    return request;
}

#if defined(_WIN32)

typedef SOCKET a_socket;

/* The library starts Windows' sockets for itself; this host needs one before that. */
static void start_sockets(void)
{
    WSADATA about;

    CHECK(WSAStartup(MAKEWORD(2, 2), &about) == 0, "no sockets");
}

#else

typedef int a_socket;

static void start_sockets(void)
{
}

#endif

/* A bound port that doesn't listen refuses connections and can't be taken by anybody else. */
static char *closed_port(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    a_socket bound;

    start_sockets();
    bound = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bound != (a_socket)-1 && bind(bound, (struct sockaddr *)&address, sizeof address) == 0
              && getsockname(bound, (struct sockaddr *)&address, &length) == 0,
          "no port on the loopback");
    return format_text("http://127.0.0.1:%u", (unsigned)ntohs(address.sin_port));
}

static size_t list_functions(char *names[])
{
    char *described = take_value("describe", twitter_describe(NULL), "/result");
    size_t count = 0;

    while (count < MAX_FUNCTIONS) {
        char *pointer = format_text("/%lu/name", (unsigned long)count);

        names[count] = twitter_json_get(described, pointer);
        free(pointer);
        if (names[count] == NULL) {
            break;
        }
        count++;
    }
    twitter_free(described);
    CHECK(count > 0, "describe lists no functions");
    return count;
}

void scenario_malformed(void)
{
    unsigned long calls = number_argument("calls", 10000);
    char *address = closed_port();
    char *names[MAX_FUNCTIONS];
    size_t count = list_functions(names);
    unsigned long i;

    random_state = number_argument("seed", 1);
    for (i = 0; i < calls; i++) {
        const struct seed *seed = &seeds[random_below(sizeof seeds / sizeof seeds[0])];
        const char *name = random_below(4) == 0 ? names[i % count] : seed->function;
        char *request = malformed_request(seed->fields, address);
        char *envelope = twitter_call(name, request, NULL);

        CHECK(envelope != NULL && is_envelope(envelope), "call %lu of %s with %s gave %s", i, name,
              request, envelope == NULL ? "NULL" : envelope);
        twitter_free(envelope);
        free(request);
    }
    for (i = 0; i < count; i++) {
        twitter_free(names[i]);
    }
    free(address);
}
