// The property LogFile: what is written, and that a call succeeds even if nothing can be written.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <unistd.h>

#if !defined(_WIN32)
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#endif

#include "host.h"

namespace fs = std::filesystem;

// "2026-11-29T09:00:00.000Z warning 123-4 create_text_tweet: …": a time, a level, the process, its call, the function.
static bool is_line(const std::string &line)
{
    static const std::string time = "0000-00-00T00:00:00.000Z ";
    static const char *const levels[] = {"error ", "warning ", "information ", "debug "};
    const auto is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
    std::size_t place = 0;
    const auto passes = [&](const std::string &text) {
        const bool is_there = line.compare(place, text.size(), text) == 0;
        place += is_there ? text.size() : 0;
        return is_there;
    };
    const auto passes_some = [&](auto is_one_of_them) {
        const std::size_t before = place;
        while (place < line.size() && is_one_of_them(line[place])) {
            place++;
        }
        return place > before;
    };
    for (; place < time.size(); place++) {
        if (place >= line.size() || (time[place] == '0' ? !is_digit(line[place]) : line[place] != time[place])) {
            return false;
        }
    }
    if (std::none_of(std::begin(levels), std::end(levels), passes)) {
        return false;
    }
    const auto is_of_a_name = [&](char byte) { return (byte >= 'a' && byte <= 'z') || byte == '_' || is_digit(byte); };
    return passes(std::to_string(getpid()) + "-") && passes_some(is_digit) && passes(" ") && passes_some(is_of_a_name) &&
           passes(": ") && place < line.size();
}

static std::vector<std::string> lines_of(const std::string &path)
{
    const std::string content = read_file(path);
    CHECK(content.empty() || content.back() == '\n', "the last line is half a line");
    std::istringstream stream(content);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        CHECK(is_line(line), line);
        lines.push_back(line);
    }
    return lines;
}

static std::size_t count(const std::vector<std::string> &lines, const std::string &part)
{
    std::size_t found = 0;
    for (const std::string &line : lines) {
        found += line.find(part) != std::string::npos;
    }
    return found;
}

static std::string tweet(int number)
{
    return "{\"text\":\"Журнал " + std::to_string(number) + "\"}";
}

static std::string log_path;
static std::atomic<int> seen_open(0);

#if defined(_WIN32)
// Called in an event of a job: the file is open then, and others may read it.
static void look_at_descriptors()
{
    seen_open += !read_file(log_path).empty();
}
#else
// Called in an event of a job: the file is open then, for appending, and is not inherited by programs.
static void look_at_descriptors()
{
    DIR *folder = opendir("/proc/self/fd");
    CHECK(folder != nullptr, "no /proc/self/fd");
    while (const dirent *entry = readdir(folder)) {
        char target[4096];
        const ssize_t length = readlinkat(dirfd(folder), entry->d_name, target, sizeof target);
        if (length > 0 && std::string(target, static_cast<std::size_t>(length)) == log_path) {
            const int descriptor = std::atoi(entry->d_name);
            if ((fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY) {
                continue; // This host's own, reading what was written.
            }
            CHECK((fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0, "close-on-exec");
            CHECK((fcntl(descriptor, F_GETFL) & O_APPEND) != 0, "O_APPEND");
            seen_open++;
        }
    }
    closedir(folder);
}
#endif

static void check_each_way_to_call(Object &object)
{
    expect(object.call("СоздатьТекстовыйТвит", {"Журнал: функция"}), "/ok", "true");
    std::vector<std::string> lines = lines_of(log_path);
    CHECK(count(lines, "(attempt 1)") == 1 && count(lines, "answered 201") == 1, read_file(log_path));
    CHECK(count(lines, " create_text_tweet: ") == lines.size(), read_file(log_path));
    std::size_t before = lines.size();

    expect(object.call("Вызвать", {"СоздатьТекстовыйТвит", tweet(1)}), "/ok", "true");
    lines = lines_of(log_path);
    CHECK(lines.size() == 2 * before, "Call writes what the function writes, behind it");

    // When events of the processing come, lines were written already.
    const Value video = Value::blob(read_file(argument("media") + "/video.mp4"));
    const std::string request = "{\"text\":\"Журнал: задание\",\"files\":{\"bytes\":0}}";
    object.connection.in_event = look_at_descriptors;
    const std::string id = object.call("Начать", {"create_video_tweet", request, video});
    expect(object.call("Опросить", {Value(id), 60}), "/envelope/ok", "true");
    CHECK(count(lines_of(log_path), " create_video_tweet: ") > 2, read_file(log_path));
    CHECK(seen_open > 0, "no event while the file was open");

    // A call that fails before anything is sent writes one line, its error.
    before = lines_of(log_path).size();
    const std::string failed = object.call("GetTweet", {"{\"id\":\"no id\"}"});
    lines = lines_of(log_path);
    CHECK(lines.size() == before + 1 && count({lines.back()}, " error ") == 1, lines.back());
    CHECK(count({lines.back()}, at(failed, "/error/message")) == 1, lines.back());
}

static void check_what_is_refused(Object &object, const std::string &folder)
{
#if defined(_WIN32)
    const std::vector<std::string> no_plain_files = {"NUL"};
#else
    const std::string pipe = folder + "/pipe";
    CHECK(mkfifo(pipe.c_str(), 0600) == 0, pipe);
    const std::vector<std::string> no_plain_files = {pipe, "/dev/null"};
#endif
    std::vector<std::string> refused = no_plain_files;
    refused.push_back(folder);
    refused.push_back(folder + "/missing/log.txt");
    for (const std::string &path : refused) {
        const std::size_t raised = object.connection.raised().size();
        CHECK(!object.set("LogFile", Value(path)), path);
        CHECK(object.get("LastError").find(path) != std::string::npos, object.get("LastError"));
        CHECK(object.connection.raised().size() == raised + 1, path);
    }
    CHECK(!object.set("LogFile", Value(1)) && !object.set("LogFile", Value::flag(true)), "no text");
    CHECK(object.get("ФайлЖурнала") == log_path, "a refused path replaced the file");
}

static void check_that_calls_go_on(Object &object, const std::string &folder)
{
    // The file is moved, as log rotation does.
    const std::size_t before = lines_of(log_path).size();
    CHECK(std::rename(log_path.c_str(), (folder + "/old.txt").c_str()) == 0, log_path);
    expect(object.call("Call", {"create_text_tweet", tweet(2)}), "/ok", "true");
    CHECK(lines_of(folder + "/old.txt").size() == before && !lines_of(log_path).empty(), "a new file follows");
    // The file can't be written: a folder has its name.
    CHECK(std::remove(log_path.c_str()) == 0 && fs::create_directory(log_path), log_path);
    expect(object.call("Call", {"create_text_tweet", tweet(3)}), "/ok", "true");
    CHECK(object.get("LastError").empty(), object.get("LastError"));
    CHECK(fs::remove(log_path), log_path);

    for (const Value &nothing : {Value(""), Value()}) {
        CHECK(object.set("ФайлЖурнала", Value(log_path)) && object.set("ФайлЖурнала", nothing), "nothing");
        CHECK(object.get("LogFile").empty(), object.get("LogFile"));
    }
    const std::size_t silent = lines_of(log_path).size();
    expect(object.call("Call", {"create_text_tweet", tweet(4)}), "/ok", "true");
    CHECK(lines_of(log_path).size() == silent, "a line after all");

    // A relative path is resolved when it is set, so a later change of the current folder has no effect.
    const fs::path original = fs::current_path();
    fs::current_path(folder);
    CHECK(object.set("LogFile", Value("журнал.txt")), folder);
    fs::current_path(original);
    const std::string cyrillic = (fs::path(folder) / fs::u8path("журнал.txt")).u8string();
    CHECK(object.get("LogFile") == cyrillic, object.get("LogFile"));
    expect(object.call("Call", {"create_text_tweet", tweet(5)}), "/ok", "true");
    CHECK(lines_of(cyrillic).size() >= 2, "the file is looked for in another folder");
}

// Objects in several threads write one file: every line is complete, and none is missing.
static void check_concurrent_objects(const std::string &path)
{
    const long count_of_threads = number_argument("threads", 8), calls = number_argument("calls", 20);
    std::vector<std::thread> threads;
    for (long i = 0; i < count_of_threads; i++) {
        threads.emplace_back([&path, i, calls] {
            Object object;
            object.set("Параметры", Value(argument("parameters")));
            object.set("LogFile", Value(path));
            for (long k = 0; k < calls; k++) {
                expect(object.call("GetMe"), "/ok", "true");
            }
            expect(object.call("GetTweet", {"{\"id\":\"" + std::string(10, 'a' + static_cast<char>(i)) + "\"}"}),
                   "/ok", "false");
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    const std::vector<std::string> lines = lines_of(path);
    const std::size_t all = static_cast<std::size_t>(count_of_threads);
    CHECK(count(lines, "answered 200") == all * static_cast<std::size_t>(calls), "an answer is missing");
    CHECK(count(lines, " error ") == all, "a failure is missing");
}

SCENARIO(log_file)
{
    const std::string folder = temporary_folder();
    log_path = (fs::path(folder) / "log.txt").string();

    Object object;
    object.set("Параметры", Value(argument("parameters")));
    CHECK(object.get("LogFile").empty(), "a file from the start");
    CHECK(object.set("LogFile", Value(log_path)) && object.get("ФайлЖурнала") == log_path, object.get("LogFile"));
#if !defined(_WIN32)
    CHECK(fs::status(log_path).permissions() == (fs::perms::owner_read | fs::perms::owner_write), "its mode");
#endif
    CHECK(read_file(log_path).empty(), "a line without a call");

    check_each_way_to_call(object);
    const std::string parameters = argument("parameters");
    for (const char *secret : {"/oauth_token", "/oauth_token_secret", "/oauth_consumer_secret"}) {
        CHECK(!at(parameters, secret).empty(), secret);
        CHECK(read_file(log_path).find(at(parameters, secret)) == std::string::npos, secret);
    }
    check_what_is_refused(object, folder);
    check_that_calls_go_on(object, folder);
    check_concurrent_objects(folder + "/shared.txt");
    remove_folder(folder);
}
