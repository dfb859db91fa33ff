/* What needs no server: versions, bad input of every sort, the JSON helpers. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static void check_versions(void)
{
    CHECK(strcmp(twitter_version(), TWITTER_NATIVE_VERSION) == 0, "library %s, header %s",
          twitter_version(), TWITTER_NATIVE_VERSION);
    CHECK(twitter_version() == twitter_version(), "the version isn't a static text");
    CHECK(twitter_abi_version() == TWITTER_NATIVE_ABI_VERSION, "library %u, header %u",
          (unsigned)twitter_abi_version(), (unsigned)TWITTER_NATIVE_ABI_VERSION);
}

static void check_empty_requests(void)
{
    static const char *const empty[] = {NULL, "", "{}", " \n{ } "};
    size_t i;

    for (i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        expect_value("an empty request", twitter_get_standard_parameters(empty[i]),
                     "/result/api_url", "https://api.x.com");
        expect_value("an empty request by name",
                     twitter_call("get_standard_parameters", empty[i], NULL),
                     "/result/media_api", "2");
    }
}

static void check_bad_requests(void)
{
    static const char *const bad[] = {
        "{",
        "[]",
        "1",
        "\"text\"",
        "{}{}",
        "{\"text\":\"\xff\"}",
        "{\"text\":\"\xed\xa0\x80\"}",
        "{\"\xc3\":1}",
        "{\"text\":\"\\ud800\"}",
        "{\"parameters\":[]}",
        "{\"parameters\":{\"no_such_parameter\":1}}",
        "{\"parameters\":{\"timeout_seconds\":\"soon\"}}",
        "{\"text\":{}}",
    };
    size_t i;

    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expect_error(bad[i], twitter_create_text_tweet(bad[i]), "invalid_request");
        expect_error(bad[i], twitter_call("create_text_tweet", bad[i], NULL), "invalid_request");
    }
}

static void check_unknown_names(void)
{
    static const char field[] = "{\"tex\":\"Hello\"}";
    static const char parameter[] = "{\"text\":\"Hello\",\"parameters\":{\"api_key\":\"k\"}}";

    expect_error("no function", twitter_call(NULL, "{}", NULL), "invalid_request");
    expect_error("an empty name", twitter_call("", "{}", NULL), "invalid_request");
    expect_error("a name that isn't UTF-8", twitter_call("\xff", "{}", NULL), "invalid_request");
    expect_error("an unknown function", twitter_call("create_text_twet", "{}", NULL),
                 "invalid_request");
    expect_value("an unknown function", twitter_call("create_text_twet", "{}", NULL),
                 "/error/suggestion", "create_text_tweet");
    expect_value("an unknown field", twitter_create_text_tweet(field), "/error/field", "tex");
    expect_value("an unknown field", twitter_create_text_tweet(field), "/error/suggestion", "text");
    expect_error("another library's key", twitter_create_text_tweet(parameter), "invalid_request");
    expect_value("another library's key", twitter_create_text_tweet(parameter),
                 "/error/suggestion", "oauth_consumer_key");
}

static void check_missing_credentials(void)
{
    char *envelope = twitter_create_text_tweet("{\"text\":\"Hello\"}");
    char *missing = twitter_json_get(envelope, "/error/missing/0");

    CHECK(missing != NULL && missing[0] != '\0', "no names of what is missing in %s", envelope);
    twitter_free(missing);
    expect_error("no credentials", envelope, "missing_credentials");
    expect_value("no credentials", twitter_create_text_tweet("{\"text\":\"Hello\"}"),
                 "/error/outcome", "not_sent");
}

static void check_headers(void)
{
    static const char bearer[] = "{\"parameters\":{\"access_token\":\"a-token\"}}";
    static const char signature[] =
        "{\"method\":\"POST\",\"url\":\"https://api.x.com/1.1/statuses/update.json\","
        "\"fields\":{\"status\":\"Hello, world\"},\"parameters\":{"
        "\"oauth_consumer_key\":\"ck\",\"oauth_consumer_secret\":\"cs\","
        "\"oauth_token\":\"1-t\",\"oauth_token_secret\":\"ts\"}}";
    char *header;

    expect_value("a bearer header", twitter_create_authorization_header_v2(bearer),
                 "/result/Authorization", "Bearer a-token");
    header = take_value("a signed header", twitter_create_authorization_header_v1(signature),
                        "/result/Authorization");
    CHECK(strncmp(header, "OAuth ", 6) == 0, "not an OAuth header: %s", header);
    CHECK(strstr(header, "oauth_signature=\"") != NULL, "no signature: %s", header);
    twitter_free(header);
}

/* The layouts of ABI 1: a negative size stops the compiler where one has changed. */
#define LAYOUT(name, condition) typedef char layout_##name[(condition) ? 1 : -1]
LAYOUT(bytes_data, offsetof(twitter_bytes, data) == 0);
LAYOUT(bytes_length, offsetof(twitter_bytes, length) == sizeof(void *));
LAYOUT(bytes, sizeof(twitter_bytes) == 2 * sizeof(void *));
LAYOUT(options_size, offsetof(twitter_options, size) == 0);
LAYOUT(options_bytes, offsetof(twitter_options, bytes) == sizeof(void *));
LAYOUT(options_bytes_count, offsetof(twitter_options, bytes_count) == 2 * sizeof(void *));
LAYOUT(options_progress, offsetof(twitter_options, progress) == 3 * sizeof(void *));
LAYOUT(options_log, offsetof(twitter_options, log) == 4 * sizeof(void *));
LAYOUT(options_context, offsetof(twitter_options, context) == 5 * sizeof(void *));
LAYOUT(options_token_store, offsetof(twitter_options, token_store) == 6 * sizeof(void *));
LAYOUT(options, sizeof(twitter_options) >= 7 * sizeof(void *));
LAYOUT(store_size, offsetof(twitter_token_store, size) == 0);
LAYOUT(store_load, offsetof(twitter_token_store, load) == sizeof(void *));
LAYOUT(store_save, offsetof(twitter_token_store, save) == 2 * sizeof(void *));
LAYOUT(store_release, offsetof(twitter_token_store, release) == 3 * sizeof(void *));
LAYOUT(store, sizeof(twitter_token_store) >= 4 * sizeof(void *));

static void check_options(void)
{
    static const char request[] =
        "{\"file\":{\"bytes\":1},\"parameters\":{\"access_token\":\"a-token\","
        "\"api_url\":\"http://127.0.0.1:9\"}}";
    static const uint8_t content[] = {0x89, 'P', 'N', 'G'};
    twitter_bytes bytes;
    twitter_options options;
    struct {
        twitter_options known;
        char added_later[64];
    } grown;

    memset(&options, 0, sizeof options);
    bytes.data = content;
    bytes.length = sizeof content;
    options.size = sizeof options;
    options.bytes = &bytes;
    options.bytes_count = 1;
    expect_error("an index past the end", twitter_call("upload_media_file", request, &options),
                 "invalid_request");
    expect_error("an index without bytes", twitter_call("upload_media_file", request, NULL),
                 "invalid_request");

    memset(&grown, 0, sizeof grown);
    grown.known.size = sizeof grown;
    expect_ok("options of a later header",
              twitter_call("get_standard_parameters", NULL, &grown.known));
    grown.added_later[sizeof grown.added_later - 1] = 1;
    expect_error("a field of a later header",
                 twitter_call("get_standard_parameters", NULL, &grown.known),
                 TWITTER_KIND_INVALID_REQUEST);
    grown.known.size = (size_t)-1;
    expect_error("a size that is none",
                 twitter_call("get_standard_parameters", NULL, &grown.known),
                 TWITTER_KIND_INVALID_REQUEST);
}

static void check_quote(const char *text, const char *expected)
{
    char *quoted = twitter_json_quote(text);
    char *back;

    CHECK(quoted != NULL && strcmp(quoted, expected) == 0, "expected %s, got %s", expected,
          quoted == NULL ? "NULL" : quoted);
    back = twitter_json_get(quoted, "");
    CHECK(back != NULL && strcmp(back, text) == 0, "%s came back as %s", text,
          back == NULL ? "NULL" : back);
    twitter_free(back);
    twitter_free(quoted);
}

static void check_get(const char *pointer, const char *expected)
{
    static const char json[] = "{\"a/b\":[1,{\"~\":\"\\u043f \\\"q\\\"\"},2.5,true,null],\"\":{}}";
    char *value = twitter_json_get(json, pointer);

    if (expected == NULL) {
        CHECK(value == NULL, "expected nothing at %s, got %s", pointer, value);
    } else {
        CHECK(value != NULL && strcmp(value, expected) == 0, "expected %s at %s, got %s", expected,
              pointer, value == NULL ? "NULL" : value);
    }
    twitter_free(value);
}

static void check_json_helpers(void)
{
    check_quote("", "\"\"");
    check_quote("plain", "\"plain\"");
    check_quote("\"\\/\n\t", "\"\\\"\\\\/\\n\\t\"");
    check_quote("\x01", "\"\\u0001\"");
    check_quote("\xd0\x9f\xf0\x9f\x98\x80", "\"\xd0\x9f\xf0\x9f\x98\x80\"");

    check_get("/a~1b/0", "1");
    check_get("/a~1b/1/~0", "\xd0\xbf \"q\"");
    check_get("/a~1b/2", "2.5");
    check_get("/a~1b/3", "true");
    check_get("/a~1b/4", "null");
    check_get("/", "{}");
    check_get("/a~1b/5", NULL);
    check_get("/a~1b/01", NULL);
    check_get("/nothing", NULL);
    check_get("a~1b", NULL);

    CHECK(twitter_json_get("{", "") == NULL, "a value out of broken JSON");
    CHECK(twitter_json_get(NULL, "/a") == NULL, "a value out of NULL");
    CHECK(twitter_json_get("{}", "\xff") == NULL, "a value at a pointer that isn't UTF-8");
    twitter_free(twitter_json_get("{}", NULL));
    twitter_free(twitter_json_quote(NULL));
    twitter_free(twitter_json_quote("\xff"));
}

static void check_description(void)
{
    char *functions = take_value("describe", twitter_describe(NULL), "/result");
    char *name = twitter_json_get(functions, "/0/name");

    CHECK(name != NULL, "the description has no names: %s", functions);
    CHECK(strstr(functions, "\"create_custom_tweet\"") != NULL, "create_custom_tweet isn't there");
    CHECK(strstr(functions, "\"\xd0\x9f\xd0\xbe\xd0\xbb\xd1\x83\xd1\x87\xd0\xb8\xd1\x82\xd1\x8c"
                            "\xd0\xa2\xd0\xbe\xd0\xba\xd0\xb5\xd0\xbd\"")
              != NULL,
          "get_token's Russian name isn't there");
    twitter_free(name);
    twitter_free(functions);
}

void scenario_basics(void)
{
    twitter_free(NULL);
    check_versions();
    check_empty_requests();
    check_bad_requests();
    check_unknown_names();
    check_missing_credentials();
    check_headers();
    check_options();
    check_json_helpers();
    check_description();
    twitter_shutdown();
    twitter_shutdown();
    expect_ok("a call after the shutdown", twitter_get_standard_parameters(NULL));
}
