#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

#include "host.h"

static std::map<std::string, std::string> &arguments()
{
    static std::map<std::string, std::string> arguments;
    return arguments;
}

std::map<std::string, Scenario> &scenarios()
{
    static std::map<std::string, Scenario> scenarios;
    return scenarios;
}

void fail(const char *file, int line, const char *condition, const std::string &said)
{
    std::fprintf(stderr, "%s:%d: not so: %s\n  %s\n", file, line, condition, said.c_str());
    std::fflush(stderr);
    _exit(1);
}

std::u16string wide(const std::string &text)
{
    std::u16string units;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const int more = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        std::uint32_t point = more == 0 ? byte : byte & (0x3f >> more);
        for (int k = 1; k <= more; k++) {
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3f);
        }
        i += 1 + more;
        if (point < 0x10000) {
            units.push_back(static_cast<Wide>(point));
        } else {
            units.push_back(static_cast<Wide>(0xd800 + ((point - 0x10000) >> 10)));
            units.push_back(static_cast<Wide>(0xdc00 + ((point - 0x10000) & 0x3ff)));
        }
    }
    return units;
}

std::string narrow(const std::u16string &units)
{
    std::string text;
    for (std::size_t i = 0; i < units.size(); i++) {
        std::uint32_t point = units[i];
        if (point >= 0xd800 && point < 0xdc00 && i + 1 < units.size()) {
            point = 0x10000 + ((point - 0xd800) << 10) + (units[++i] - 0xdc00);
        }
        if (point < 0x80) {
            text.push_back(static_cast<char>(point));
            continue;
        }
        const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        static const std::uint32_t leads[] = {0, 0xc0, 0xe0, 0xf0};
        text.push_back(static_cast<char>(leads[more] | point >> (6 * more)));
        for (int k = more - 1; k >= 0; k--) {
            text.push_back(static_cast<char>(0x80 | (point >> (6 * k) & 0x3f)));
        }
    }
    return text;
}

std::string argument(const std::string &name)
{
    CHECK(arguments().count(name) == 1, "the command line has no " + name + "=");
    return arguments()[name];
}

long number_argument(const std::string &name, long fallback)
{
    return arguments().count(name) ? std::stol(arguments()[name]) : fallback;
}

std::string read_file(const std::string &path)
{
    std::ifstream file(std::filesystem::u8path(path), std::ios::binary);
    CHECK(file.good(), "cannot open " + path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

double seconds_now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void sleep_for(double seconds)
{
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

std::string temporary_folder()
{
    static int number = 0;
    const std::string name = "twitter-addin-" + std::to_string(getpid()) + "-" + std::to_string(number++);
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / name;
    CHECK(std::filesystem::create_directory(folder), folder.string());
    return folder.string();
}

void remove_folder(const std::string &path)
{
    std::filesystem::remove_all(path);
}

// host LIBRARY SCENARIO [name=value ...]
int main(int count, char **words)
{
    if (count < 3) {
        std::cerr << "usage: host LIBRARY SCENARIO [name=value ...]\n";
        return 2;
    }
    arguments()["library"] = words[1];
    for (int i = 3; i < count; i++) {
        const std::string word = words[i];
        const auto sign = word.find('=');
        CHECK(sign != std::string::npos, word);
        arguments()[word.substr(0, sign)] = word.substr(sign + 1);
    }
    const auto scenario = scenarios().find(words[2]);
    CHECK(scenario != scenarios().end(), std::string("no scenario ") + words[2]);
    scenario->second();
    return 0;
}
