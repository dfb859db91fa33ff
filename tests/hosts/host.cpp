// A C++17 program: results owned by a smart pointer, a tweet posted, its id printed.
//
//     host PARAMETERS TEXT

#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#if defined(_WIN32)
#include "arguments.h"
#endif
#include "twitter_native.h"

namespace {

using Text = std::unique_ptr<char, decltype(&twitter_free)>;

Text own(char *text)
{
    return Text(text, &twitter_free);
}

std::optional<std::string> value(const Text &json, const char *pointer)
{
    const Text found = own(twitter_json_get(json.get(), pointer));
    return found ? std::optional<std::string>(found.get()) : std::nullopt;
}

std::string post(const std::string &parameters, const std::string &text)
{
    const Text quoted = own(twitter_json_quote(text.c_str()));
    const std::string request =
        std::string("{\"text\":") + quoted.get() + ",\"parameters\":" + parameters + "}";
    const Text envelope = own(twitter_create_text_tweet(request.c_str()));
    if (value(envelope, "/ok") != "true") {
        throw std::runtime_error(value(envelope, "/error/message").value_or(envelope.get()));
    }
    return value(envelope, "/result/data/id").value();
}

} // namespace

int main(int count, char **arguments)
{
    static_assert(TWITTER_NATIVE_ABI_VERSION == 1, "another ABI");
#if defined(_WIN32)
    arguments = utf8_arguments();
#endif
    if (count != 3) {
        std::cerr << "usage: host PARAMETERS TEXT\n";
        return 2;
    }
    try {
        std::cout << post(arguments[1], arguments[2]) << '\n';
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
    twitter_shutdown();
    return EXIT_SUCCESS;
}
