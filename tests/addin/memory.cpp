// A platform whose allocations fail, one of them or all from some point on.

#include <functional>

#include "host.h"

// Runs `body`, which returns whether it succeeded: first with its first allocation failing, then with its second, and
// so on, until none of its allocations fails.
static void fail_each(Object &object, const char *what, const std::function<bool()> &body)
{
    for (long n = 1;; n++) {
        const long before = object.memory.count();
        object.memory.fail_at(n);
        const bool done = body();
        object.memory.fail_at(0);
        CHECK(object.memory.open() == 0, std::string(what) + " keeps memory");
        if (object.memory.count() - before < n) {
            CHECK(done && n > 1, std::string(what) + " without a failure");
            return;
        }
        CHECK(!done, std::string(what) + " in spite of a failure");
        CHECK(n < 100, std::string(what) + " never ends");
    }
}

SCENARIO(memory)
{
    Object object;
    object.set("Параметры", Value("{\"client_id\":\"a\"}"));
    fail_each(object, "RegisterExtensionAs", [&] {
        Wide *name = nullptr;
        const bool done = object->RegisterExtensionAs(&name);
        CHECK(done == (name != nullptr), "the extension's name");
        return !object.take(name).empty();
    });
    fail_each(object, "GetMethodName", [&] { return !object.take(object->GetMethodName(3, 1)).empty(); });
    fail_each(object, "GetPropName", [&] { return !object.take(object->GetPropName(3, 1)).empty(); });
    for (long property : {0L, 1L, 2L}) {
        fail_each(object, "GetPropVal", [&] {
            Variant value = {};
            const bool done = object->GetPropVal(property, &value);
            CHECK(done == (value.kind == kText), "a property");
            object.take(value);
            return done;
        });
    }
    for (const char *method : {"ПолучитьСтандартныеПараметры", "Описать", "ОтозватьТокен"}) {
        const std::vector<Value> all(object->GetNParams(object.find_method(method)), Value(""));
        fail_each(object, method, [&] {
            std::string result;
            return object.try_call(method, all, &result) && at(result, "/ok") != "";
        });
    }
    fail_each(object, "GetParamDefValue", [&] {
        Variant value = {};
        CHECK(object->GetParamDefValue(object.find_method("Описать"), 0, &value), "what may be left out still may");
        const bool has_type = value.kind == kText;
        CHECK(has_type || value.kind == kEmpty, "a default");
        object.take(value);
        return has_type;
    });
    const std::size_t raised = object.connection.raised().size();
    CHECK(raised > 0, "no error was raised");
    CHECK(object.connection.raised().back().text.find("memory") != std::string::npos, "the error doesn't name the memory");
    // From now on every allocation fails.
    object.memory.fail_at(1, true);
    std::string result;
    for (int i = 0; i < 100; i++) {
        CHECK(!object.try_call("ПолучитьСтандартныеПараметры", {}, &result), "a result from nowhere");
        CHECK(object->GetMethodName(0, 0) == nullptr, "a name from nowhere");
    }
    object.memory.fail_at(0);
    CHECK(object.try_call("Описать", {}, &result), "after all of that");
}

// A result that could not be returned for lack of memory can be polled again.
SCENARIO(memory_poll)
{
    Object object;
    const std::string id = object.call("Начать", {"describe"});
    fail_each(object, "Опросить", [&] {
        std::string result;
        return object.try_call("Опросить", {Value(id), 30}, &result) && at(result, "/envelope/ok") == "true";
    });
    expect(object.call("Опросить", {Value(id)}), "/error/kind", "invalid_request");
}
