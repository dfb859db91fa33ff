/* X's operations by the inline functions of twitter_operations.h. */
#include <stdlib.h>

#include "host.h"
#include "twitter_operations.h"

static char *request_of(const char *field)
{
    return format_text("{\"parameters\":%s%s}", argument("parameters"), field);
}

void scenario_operations(void)
{
    char *request = request_of(",\"user.fields\":[\"created_at\"]");

    expect_value("an operation", twitter_get_users_me(request), "/result/data/username", "demo_account");
    free(request);

    request = request_of(",\"user.field\":[\"created_at\"]");
    expect_value("an unknown field", twitter_call("get_users_me", request, NULL), "/error/kind", "invalid_request");
    expect_value("an unknown field", twitter_get_users_me(request), "/error/suggestion", "user.fields");
    free(request);
}
