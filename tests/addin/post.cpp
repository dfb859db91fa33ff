// Posting through the add-in by its Russian names, as a 1C programmer does it.

#include <unistd.h>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#endif

#include "host.h"

static const char *const kGreeting = "Привет из 1С 😀";

SCENARIO(post)
{
    Object object;
    const std::string path = argument("media") + "/picture.png";
    const std::string picture = read_file(path);
    object.set("Параметры", Value(argument("parameters")));

    const std::string posted = object.call("СоздатьТвитКартинки", {Value(kGreeting), Value(path)});
    expect(posted, "/ok", "true");
    expect(posted, "/result/data/text", kGreeting);
    // BinaryData, and a fourth argument, which the original function does not have.
    expect(object.call("создатьтвиткартинки",
                       {"Из памяти", Value::blob(picture), Value(), "{\"alt_texts\":\"Картинка\"}"}),
           "/http/status", "201");
    // An array as JSON.
    const std::string two = "[" + quoted(path) + "," + quoted(path) + "]";
    expect(object.call("СОЗДАТЬТВИТКАРТИНКИ", {"Две", Value(two)}), "/http/status", "201");
    // Parameters as an argument.
    object.set("Параметры", Value(""));
    expect(object.call("СоздатьТекстовыйТвит", {"С параметрами", Value(argument("parameters"))}), "/ok", "true");
    object.set("Параметры", Value(argument("parameters")));

    const std::string id = at(object.call("ЗагрузитьМедиафайл", {Value::blob(picture)}), "/result/media_id");
    CHECK(!id.empty(), "no media id");
    const std::string ids = object.call("ЗагрузитьМассивВложений", {Value(path), "tweet_image"});
    const std::string other = at(ids, "/result/0");
    CHECK(!other.empty(), ids);
    // Ids and files in one array, as the original takes them.
    expect(object.call("СоздатьПроизвольныйТвит",
                       {"Готовое и файл", Value("[\"" + id + "\"," + other + "," + quoted(path) + "]")}),
           "/http/status", "201");
    expect(object.call("СоздатьТвитОпрос", {"Опрос", "[\"да\",\"нет\"]", 60}), "/http/status", "201");
    expect(object.call("СоздатьТвитГифки", {"Гифка", Value(argument("media") + "/animation.gif")}), "/http/status",
           "201");
    expect(object.call("CreateVideoTweet", {"Video", Value(argument("media") + "/video.mp4")}), "/http/status", "201");
    expect(object.call("УстановитьМетаданныеМедиафайла", {Value("{\"media_id\":\"" + id + "\",\"alt_text\":\"a\"}")}), "/ok", "true");
    // Any function by any name, with data.
    expect(object.call("Вызвать", {"СоздатьТвитКартинки", "{\"text\":\"Вызвать\",\"files\":{\"bytes\":0}}",
                                   Value::blob(picture)}),
           "/http/status", "201");
    CHECK(object.get("ПоследняяОшибка").empty(), object.get("ПоследняяОшибка"));
    // What X refuses.
    const std::string refused = object.call("СоздатьТекстовыйТвит", {"С параметрами"});
    expect(refused, "/error/kind", "api");
    CHECK(object.get("ПоследняяОшибка") == at(refused, "/error/message"), refused);
}

// Objects in several threads, and one object used by all of them.
SCENARIO(threads)
{
    const long threads = number_argument("threads", 8);
    const long calls = number_argument("calls", 8);
    Object shared;
    shared.set("Параметры", Value(argument("parameters")));
    std::vector<std::thread> running;
    for (long thread = 0; thread < threads; thread++) {
        running.emplace_back([&shared, thread, calls] {
            Object own;
            own.set("Параметры", Value(argument("parameters")));
            for (long i = 0; i < calls; i++) {
                const std::string number = std::to_string(thread) + "." + std::to_string(i);
                Object &object = i % 2 ? shared : own;
                expect(object.call("СоздатьТекстовыйТвит", {Value("Поток " + number)}), "/result/data/text",
                       "Поток " + number);
                const std::string id = shared.call("Начать", {"describe"});
                shared.set("Параметры", Value(argument("parameters")));
                CHECK(shared.find_method("Описать") >= 0 && !shared.get("Версия").empty(), "names meanwhile");
                expect(shared.call("Опросить", {Value(id), 60}), "/envelope/ok", "true");
            }
        });
    }
    for (std::thread &thread : running) {
        thread.join();
    }
}

// The add-in writes nothing to stdout or stderr. While both are redirected, only the exit code tells of a failure.
SCENARIO(silent)
{
    int ends[2];
#if defined(_WIN32)
    CHECK(_pipe(ends, 4096, _O_BINARY) == 0, "pipe");
#else
    CHECK(pipe(ends) == 0, "pipe");
#endif
    const int before = dup(2);
    CHECK(dup2(ends[1], 1) >= 0 && dup2(ends[1], 2) >= 0, "dup2");
    close(ends[1]);
    {
        Object object;
        for (const char *parameters : {"{broken", "/no/such/file", "", "{\"api_url\":\"http://127.0.0.1:9\"}"}) {
            object.set("Параметры", Value(parameters));
            for (const char *method : {"СоздатьТекстовыйТвит", "ОбновитьТокен", "ЗагрузитьМедиафайл", "Описать"}) {
                object.call(method, {"x"});
            }
            object.call("Опросить", {Value(object.call("Начать", {"get_token", "{\"code\":\"x\"}"})), 30});
        }
        object->CallAsProc(-1, nullptr, 0);
    }
    dup2(before, 1);
    dup2(before, 2);
    char byte;
    CHECK(read(ends[0], &byte, 1) == 0, "something was written");
}
