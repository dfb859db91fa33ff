/*
 * A C program that uses the library as a user's program would, one scenario a process:
 *
 *     host SCENARIO [name=value …]
 *
 * `parameters` is the library's parameters as JSON text. A scenario that holds ends with
 * exit code 0; one that doesn't says on stderr what was expected, and ends with 1.
 */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static int argument_count;
static char **arguments;

static const struct {
    const char *name;
    void (*run)(void);
} scenarios[] = {
    {"basics", scenario_basics},
    {"big", scenario_big},
    {"cancel", scenario_cancel},
    {"early413", scenario_early413},
    {"malformed", scenario_malformed},
    {"operations", scenario_operations},
    {"post", scenario_post},
    {"shutdown", scenario_shutdown},
    {"small-stack", scenario_small_stack},
    {"stall", scenario_stall},
    {"threads", scenario_threads},
#if !defined(_WIN32)
    /* What POSIX alone has: fork(), signals, descriptors that outlive an exec. */
    {"descriptors", scenario_descriptors},
    {"fork", scenario_fork},
    {"forks", scenario_forks},
    {"signals", scenario_signals},
    {"silent", scenario_silent},
    {"storm", scenario_storm},
#endif
};

const char *argument_or(const char *name, const char *fallback)
{
    size_t length = strlen(name);
    int i;

    for (i = 0; i < argument_count; i++) {
        if (strncmp(arguments[i], name, length) == 0 && arguments[i][length] == '=') {
            return arguments[i] + length + 1;
        }
    }
    return fallback;
}

const char *argument(const char *name)
{
    const char *value = argument_or(name, NULL);

    CHECK(value != NULL, "the scenario needs %s=… on the command line", name);
    return value;
}

unsigned long number_argument(const char *name, unsigned long fallback)
{
    const char *value = argument_or(name, NULL);

    return value == NULL ? fallback : strtoul(value, NULL, 10);
}

int main(int count, char **values)
{
    size_t i;

    for (i = 0; count > 1 && i < sizeof scenarios / sizeof scenarios[0]; i++) {
        if (strcmp(values[1], scenarios[i].name) == 0) {
            argument_count = count - 2;
            arguments = values + 2;
            scenarios[i].run();
            twitter_shutdown();
            return 0;
        }
    }
    fprintf(stderr, "usage: host SCENARIO [name=value ...]\nscenarios:");
    for (i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++) {
        fprintf(stderr, " %s", scenarios[i].name);
    }
    fprintf(stderr, "\n");
    return 2;
}
