// How objects begin and end.

#include <cstdio>
#include <unistd.h>

#if !defined(_WIN32)
#include <sys/wait.h>
#endif

#include "../hosts/process.h"
#include "host.h"

SCENARIO(life)
{
    for (const Object::End end : {Object::End::kDestroy, Object::End::kDelete, Object::End::kDeleteOtherBase,
                                  Object::End::kDeleteThreeBases}) {
        for (int i = 0; i < 100; i++) {
            Object object(end);
            CHECK(object.get("Version") == argument("version"), "an object after another");
        }
    }
}

// The destructor alone, as for an object on the stack: it ends the jobs and does not free the memory.
SCENARIO(destructor)
{
    const long threads = process_threads();
    Object object(Object::End::kLeave);
    object.set("Параметры", Value(argument("parameters")));
    // X does not respond to the tweet.
    object.call("Начать", {"create_text_tweet", "{\"text\":\"Never answered\"}"});
    CHECK(process_threads() > threads, "no job");
    void *address = object.address();
    destroy_in_place(object.address());
    object.connection.close();
    CHECK(process_threads() <= threads, "the job goes on");
    // AddressSanitizer and valgrind report a read of memory that was freed.
    CHECK(*static_cast<void **>(address) != nullptr, "the first vtable");
    CHECK(Library::get().destroy_object(&address) == 0, "DestroyObject after the destructor");
    _exit(0);
}

// A platform before 8.3.21 knows three bases, and asks for neither capabilities nor an attach type.
SCENARIO(three_bases)
{
    void *made = nullptr;
    CHECK(Library::get().get_object(u"TwitterNative", &made) != 0, "no object");
    auto *object = static_cast<IThreeBases *>(made);
    MemoryManager memory;
    // Init comes first here: the order is up to the platform.
    Connection connection;
    CHECK(object->Init(&connection), "Init");
    CHECK(object->SetMemoryManager(&memory), "the memory manager");
    object->SetLocale(u"ru");
    Variant result = {};
    CHECK(object->CallAsFunc(object->FindMethod(u"Описать"), &result, nullptr, 0), "Описать");
    void *text = result.wide.text;
    memory.FreeMemory(&text);
    object->Done();
    delete_object(object);
    CHECK(memory.open() == 0, "memory was not freed");
}

// Without a memory manager, or with NULL for one, no texts can be returned; all else works.
SCENARIO(bare)
{
    void *made = nullptr;
    CHECK(Library::get().get_object(u"TwitterNative", &made) != 0, "no object");
    auto *object = static_cast<IFourBases *>(made);
    Variant value = {};
    const long describe = object->FindMethod(u"Describe");
    for (int round = 0; round < 2; round++) {
        CHECK(object->GetMethodName(0, 0) == nullptr, "a name from nowhere");
        CHECK(!object->GetPropVal(0, &value), "a text from nowhere");
        CHECK(!object->CallAsFunc(describe, &value, nullptr, 0), "a result from nowhere");
        CHECK(object->CallAsProc(describe, nullptr, 0), "a procedure");
        CHECK(object->GetPropVal(3, &value) && value.kind == kBool && !value.flag, "a flag");
        value = {};
        CHECK(!object->SetMemoryManager(nullptr), "a manager that is NULL");
        CHECK(object->Init(nullptr), "a connection that is NULL");
    }
    object->Done();
    object->Done();
    CHECK(Library::get().destroy_object(&made) == 0, "DestroyObject");
}

SCENARIO(many_objects)
{
    std::vector<Object *> objects;
    for (int i = 0; i < 200; i++) {
        objects.push_back(new Object(i % 2 ? Object::End::kDelete : Object::End::kDestroy));
        CHECK(objects[i]->set("Параметры", Value("{\"client_id\":\"" + std::to_string(i) + "\"}")), "Параметры");
    }
    for (int i = 0; i < 200; i++) {
        expect(objects[i]->call("GetStandardParameters"), "/result/client_id", std::to_string(i));
        delete objects[i];
    }
}

// 100,000 calls: all memory is freed, and the process does not grow.
SCENARIO(flat)
{
    const long calls = number_argument("calls", 100000);
    Object object;
    object.set("Параметры", Value("{\"client_id\":\"a\"}"));
    long before = 0;
    const double started = seconds_now();
    for (long i = 0; i < calls; i++) {
        if (i == calls / 10) {
            before = process_memory_kib();
        }
        expect(object.call("ПолучитьСтандартныеПараметры", {Value("{\"client_id\":\"b\"}")}), "/result/client_id", "b");
        if (i % 100 == 0) {
            const std::string id = object.call("Начать", {"ПолучитьСтандартныеПараметры"});
            expect(object.call("Опросить", {Value(id), 60}), "/envelope/result/client_id", "a");
        }
        CHECK(object.memory.open() == 0, "memory was not freed");
    }
    const long grown = process_memory_kib() - before;
    std::printf("%ld calls, %.1f us each, %+ld KiB\n", calls, (seconds_now() - started) / calls * 1e6, grown);
    CHECK(grown <= number_argument("most_kib", 1024), std::to_string(grown) + " KiB more");
}

#if !defined(_WIN32)
// A child after fork() can use the object, but has none of its jobs, and does not wait for them at its end.
SCENARIO(fork)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    // X does not respond to the first tweet for a long time.
    const std::string id = object.call("Начать", {"create_text_tweet", "{\"text\":\"Held up\"}"});
    sleep_for(0.3);
    const pid_t child = fork();
    if (child == 0) {
        expect(object.call("Опросить", {Value(id)}), "/error/kind", "invalid_request");
        expect(object.call("СоздатьТекстовыйТвит", {"From the child"}), "/ok", "true");
        const std::string own = object.call("Начать", {"CreateTextTweet", "{\"text\":\"The child's job\"}"});
        expect(object.call("Опросить", {Value(own), 30}), "/envelope/ok", "true");
        object.end();
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && status == 0, "the child");
    expect(object.call("Опросить", {Value(id)}), "/done", "false");
}
#endif
