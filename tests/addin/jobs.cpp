// Calls in the background: Start, Poll, Cancel, and the events that report their progress.

#include <atomic>
#include <csignal>
#include <unistd.h>

#include "../hosts/process.h"
#include "host.h"

static std::string start(Object &object, const std::string &function, const std::string &request,
                         const Value &data = Value())
{
    return object.call("Начать", {Value(function), Value(request), data});
}

// The factor by which everything may take longer, for example under valgrind.
static double patience()
{
    return static_cast<double>(number_argument("patience", 1));
}

// Waits for the job without fetching its result: a procedure returns none.
static void await(Object &object, const std::string &id)
{
    Variant values[2] = {};
    values[0].kind = values[1].kind = kI4;
    values[0].i4 = std::stoi(id);
    values[1].i4 = 60;
    CHECK(object->CallAsProc(object.find_method("Poll"), values, 2), "Poll as a procedure");
}

static std::string wait_for(Object &object, const std::string &id)
{
    const std::string state = object.call("Опросить", {Value(id), 60});
    expect(state, "/done", "true");
    return state;
}

// Waits until X has this many tweets. The simulator lists a request as soon as it has it, before any response.
static void wait_until_x_has(Object &object, std::size_t tweets)
{
    const std::string request = "{\"method\":\"GET\",\"path\":\"/_simulator/requests\"}";
    const std::string tweet = "\"path\":\"/2/tweets\"";
    const double started = seconds_now();
    for (;;) {
        const std::string requests = object.call("Вызвать", {"request", Value(request)});
        expect(requests, "/ok", "true");
        std::size_t seen = 0;
        for (std::size_t at = requests.find(tweet); at != std::string::npos; at = requests.find(tweet, at + 1)) {
            seen++;
        }
        if (seen >= tweets) {
            return;
        }
        CHECK(seconds_now() - started < 60 * patience(), std::to_string(seen) + " tweets are at X");
        sleep_for(0.01);
    }
}

SCENARIO(jobs)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    const std::string picture = read_file(argument("media") + "/picture.png");
    std::string id;
    {
        // The platform may free the data once Start has returned.
        const std::string request = "{\"text\":\"По частям\",\"files\":{\"bytes\":0}}";
        id = start(object, "СоздатьТвитКартинки", request, Value::blob(picture));
    }
    const std::string state = wait_for(object, id);
    expect(state, "/envelope/ok", "true");
    expect(state, "/envelope/http/status", "201");
    expect(state, "/total", std::to_string(picture.size()));
    // A result can be fetched once.
    for (const char *method : {"Опросить", "Отменить"}) {
        const std::string lost = object.call(method, {Value(id)});
        expect(lost, "/ok", "false");
        expect(lost, "/error/kind", "invalid_request");
        CHECK(!object.get("ПоследняяОшибка").empty(), "a lost id is an error");
    }
    for (const Value &id : {Value(), Value(""), Value("x"), Value(-1), Value(1.5), Value(1e300), Value::flag(true)}) {
        expect(object.call("Poll", {id}), "/error/field", "id");
        expect(object.call("Cancel", {id}), "/error/field", "id");
    }
    // A call with wrong arguments becomes a job that has failed.
    expect(wait_for(object, start(object, "no_such_function", "")), "/envelope/error/field", "function");
    expect(wait_for(object, start(object, "describe", "{")), "/envelope/error/kind", "invalid_request");
    expect(wait_for(object, start(object, "describe", "", Value("x"))), "/envelope/error/field", "data");
    expect(wait_for(object, object.call("Start", {7})), "/envelope/error/field", "function");

    // An object can't poll the jobs of another.
    Object other;
    const std::string mine = start(object, "describe", "");
    expect(other.call("Опросить", {Value(mine), 1}), "/ok", "false");
    expect(wait_for(object, mine), "/envelope/ok", "true");
}

// Many at once, polled in another order, by number and by text.
SCENARIO(many_jobs)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    std::vector<std::string> ids;
    for (int i = 0; i < 24; i++) {
        ids.push_back(start(object, "create_text_tweet", "{\"text\":\"Задание " + std::to_string(i) + "\"}"));
    }
    for (std::size_t i = ids.size(); i-- > 0;) {
        const Value id = i % 2 ? Value(ids[i]) : Value(std::stoi(ids[i]));
        const std::string state = object.call("Опросить", {id, Value(i % 3 ? "60" : "60,5")});
        expect(state, "/envelope/result/data/text", "Задание " + std::to_string(i));
    }
    CHECK(object.connection.depth() >= 64, "the event buffer is as small as it was");
}

// X responds to no tweet: calls are canceled by Cancel, by Done and by delete.
SCENARIO(cancel)
{
    const long threads = process_threads();
    const std::string request = "{\"text\":\"Never answered\"}";
    {
        Object object;
        object.set("Параметры", Value(argument("parameters")));
        const std::string id = start(object, "create_text_tweet", request);
        double started = seconds_now();
        const std::string waiting = object.call("Опросить", {Value(id), 0.5});
        const double waited = seconds_now() - started;
        CHECK(waited > 0.4 && waited < 5 * patience(), "Poll waits for as long as it is told to");
        expect(waiting, "/done", "false");
        expect(waiting, "/stage", "waiting");
        CHECK(at(waiting, "/envelope").empty(), "an envelope too early");
        wait_until_x_has(object, 1);
        started = seconds_now();
        expect(object.call("Отменить", {Value(id)}), "/result/canceled", "true");
        const std::string canceled = object.call("Опросить", {Value(id), 10});
        CHECK(seconds_now() - started < 2 * patience(), "a cancellation takes long");
        expect(canceled, "/envelope/error/kind", "canceled");
        expect(canceled, "/envelope/error/outcome", "unknown");
        const std::string done = start(object, "describe", "");
        await(object, done);
        expect(object.call("Отменить", {Value(done)}), "/result/canceled", "false");
        expect(wait_for(object, done), "/envelope/ok", "true");
    }
    std::size_t tweets = 1;
    for (const Object::End end : {Object::End::kDestroy, Object::End::kDelete}) {
        double started;
        {
            Object object(end);
            object.set("Параметры", Value(argument("parameters")));
            for (int i = 0; i < 4; i++, tweets++) {
                start(object, "create_text_tweet", request);
            }
            wait_until_x_has(object, tweets);
            started = seconds_now();
            // The destructor calls Done; any call of the connection after it fails.
        }
        CHECK(seconds_now() - started < 3 * patience(), "the end takes long");
    }
    CHECK(process_threads() <= threads, "threads are left");
}

#if !defined(_WIN32)
// Signals for the platform are not delivered to a job's thread.
SCENARIO(signals)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    start(object, "create_text_tweet", "{\"text\":\"Never answered\"}");
    sigset_t ours, pending;
    sigemptyset(&ours);
    sigaddset(&ours, SIGUSR1);
    CHECK(pthread_sigmask(SIG_BLOCK, &ours, nullptr) == 0, "pthread_sigmask");
    // A thread that does not block it would get it, and it ends a process without a handler.
    CHECK(kill(getpid(), SIGUSR1) == 0, "kill");
    sleep_for(0.5);
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) == 1, "somebody took the signal");
}
#endif

// X responds and closes the connection while a segment is being sent: the platform must not get SIGPIPE.
SCENARIO(early413)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    const std::string file = argument("file");
    expect(object.call("ЗагрузитьМедиафайл", {Value(file)}), "/error/status", "413");
    const std::string id = start(object, "upload_media_file", "{\"file\":" + quoted(file) + "}");
    expect(wait_for(object, id), "/envelope/error/status", "413");
}

static Object *ended_within_an_event;
static std::atomic<bool> ended;

// A handler may end the object from within the event.
SCENARIO(end_in_event)
{
    {
        Object object;
        object.set("Параметры", Value(argument("parameters")));
        ended_within_an_event = &object;
        object.connection.in_event = [] {
            if (!ended.exchange(true)) {
                ended_within_an_event->end();
            }
        };
        start(object, "create_text_tweet", "{\"text\":\"Ended\"}");
        for (int i = 0; i < 1000 * patience() && !ended; i++) {
            sleep_for(0.01);
        }
        CHECK(ended, "no event came");
        sleep_for(0.5);
    }
}

static Object *polled_within_an_event;
static std::atomic<bool> began, polled;

// A handler may poll the job whose event it handles: Poll returns at once there.
SCENARIO(poll_in_event)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    polled_within_an_event = &object;
    object.connection.in_event = [] {
        if (began.exchange(true)) {
            return;
        }
        const std::string id = at(polled_within_an_event->connection.events().back().data, "/id");
        const double started = seconds_now();
        expect(polled_within_an_event->call("Опросить", {Value(id), 60}), "/done", "false");
        CHECK(seconds_now() - started < 5 * patience(), "Poll waited for the job whose event it is in");
        polled = true;
    };
    const std::string id = start(object, "create_text_tweet", "{\"text\":\"Polled\"}");
    expect(wait_for(object, id), "/envelope/ok", "true");
    CHECK(polled, "no event came");
}

SCENARIO(events)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    const std::string video = read_file(argument("media") + "/video.mp4");
    const double started = seconds_now();
    const std::string id = start(object, "upload_media_file", "{\"file\":{\"bytes\":0}}", Value::blob(video));
    expect(wait_for(object, id), "/envelope/ok", "true");
    const double took = seconds_now() - started;
    // The last event may come after the result.
    for (int i = 0; i < 100; i++) {
        const auto events = object.connection.events();
        if (!events.empty() && at(events.back().data, "/done") == "true") {
            break;
        }
        sleep_for(0.02);
    }
    const auto events = object.connection.events();
    CHECK(events.size() >= 3, std::to_string(events.size()) + " events");
    CHECK(static_cast<double>(events.size()) <= 12 + took / 0.25, std::to_string(events.size()) + " events");
    long sent = 0;
    bool processing = false;
    for (std::size_t i = 0; i < events.size(); i++) {
        const std::string &data = events[i].data;
        CHECK(events[i].source == "TwitterNative" && events[i].message == "Progress", data);
        CHECK(events[i].thread != std::this_thread::get_id(), "an event on the platform's thread");
        expect(data, "/id", id);
        expect(data, "/done", i + 1 == events.size() ? "true" : "false");
        if (at(data, "/stage") == "uploading") {
            CHECK(std::stol(at(data, "/sent")) >= sent, data);
            sent = std::stol(at(data, "/sent"));
            expect(data, "/total", std::to_string(video.size()));
        }
        processing = processing || at(data, "/stage") == "processing";
    }
    CHECK(processing, "no event of the processing");
    // A call on the platform's own thread sends none.
    object.call("Описать");
    CHECK(object.connection.events().size() == events.size(), "events of a plain call");
}
