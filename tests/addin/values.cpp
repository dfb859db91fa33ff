// Values of every kind, in and out.

#include <cmath>
#include <cstdlib>
#include <fstream>

#if !defined(_WIN32)
#include <sys/stat.h>
#endif

#include "host.h"

static std::string client_id(Object &object)
{
    return at(object.call("ПолучитьСтандартныеПараметры"), "/result/client_id");
}

// A parameter that takes any text.
static std::string file_name(Object &object)
{
    return at(object.call("ПолучитьСтандартныеПараметры"), "/result/token_file");
}

static Variant of_kind(std::uint16_t kind)
{
    Variant value = {};
    value.kind = kind;
    return value;
}

SCENARIO(texts)
{
    Object object;
    for (const char *text : {"", "a", "Привет, мир", "😀 👨‍👩‍👧 😀", "\"\\/\n\t", "日本語", "İıß"}) {
        object.set("Параметры", Value("{\"token_file\":" + quoted(text) + "}"));
        CHECK(file_name(object) == text, text);
        CHECK(object.get("Parameters") == "{\"token_file\":" + quoted(text) + "}", text);
    }
    // An error names half a surrogate pair and its field, as with every other host.
    const std::string half = "half of a surrogate pair (U+D83D)";
    const auto named = [&half](const std::string &envelope, const char *field) {
        expect(envelope, "/error/kind", "invalid_request");
        expect(envelope, "/error/field", field);
        CHECK(at(envelope, "/error/message").find(half) != std::string::npos, envelope);
    };
    std::u16string cut = u"{\"token_file\":\"a?b\"}";
    cut[cut.find(u'?')] = 0xd83d;
    object.set("Параметры", Value(cut));
    named(object.call("ПолучитьСтандартныеПараметры"), "parameters.token_file");
    object.set("Параметры", Value("{}"));
    named(object.call("GetStandardParameters", {Value(cut)}), "parameters.token_file");
    named(object.call("СоздатьТекстовыйТвит", {Value(std::u16string(u"a") + char16_t(0xd83d))}), "text");
    std::u16string request = u"{\"text\":\"?\"}";
    request[request.find(u'?')] = 0xd83d;
    named(object.call("РазобратьТвит", {Value(request)}), "text");
    named(object.call("Вызвать", {"parse_tweet", Value(request)}), "text");
    // U+0000 inside of a text.
    object.set("Параметры", Value(std::u16string(u"{\0}", 3)));
    expect(object.call("ПолучитьСтандартныеПараметры"), "/error/kind", "invalid_request");

    const std::string long_text(3 * 1024 * 1024, 'x');
    object.set("Параметры", Value("{\"token_file\":\"" + long_text + "\"}"));
    CHECK(file_name(object) == long_text, "3 MB");
    std::string cyrillic;
    for (int i = 0; i < 1024 * 1024; i++) {
        cyrillic += "ж";
    }
    object.set("Параметры", Value("{\"token_file\":\"" + cyrillic + "\"}"));
    CHECK(file_name(object) == cyrillic, "a million Cyrillic letters");
}

// With length 0, any pointer, also NULL, is an empty text or empty data.
SCENARIO(nothing)
{
    Object object;
    Wide unit = u'x';
    for (Wide *text : {static_cast<Wide *>(nullptr), &unit}) {
        Variant empty = of_kind(kText);
        empty.wide.text = text;
        CHECK(object->SetPropVal(1, &empty), "an empty text");
        CHECK(object.get("Параметры").empty(), "Параметры");
        Variant result = {};
        Variant arguments[] = {empty, of_kind(kEmpty)};
        const long method = object.find_method("ПолучитьСтандартныеПараметры");
        CHECK(object->CallAsFunc(method, &result, arguments, 2), "an empty text");
        expect(object.take(result), "/ok", "true");
        arguments[0].kind = kBlob;
        result = {};
        CHECK(object->CallAsFunc(object.find_method("ЗагрузитьМедиафайл"), &result, arguments, 1), "empty data");
        expect(object.take(result), "/error/field", "file");
        arguments[0].kind = kText8;
        CHECK(object->SetPropVal(1, &arguments[0]), "an empty narrow text");
    }
    Variant narrow_text = of_kind(kText8);
    char utf8[] = "{\"token_file\":\"ключ\"}";
    narrow_text.narrow.data = utf8;
    narrow_text.narrow.length = sizeof utf8 - 1;
    CHECK(object->SetPropVal(1, &narrow_text), "a narrow text");
    CHECK(file_name(object) == "ключ", file_name(object));
    // Неопределено clears a property, and as an argument counts as left out.
    CHECK(object->SetPropVal(1, &(narrow_text = of_kind(kEmpty))), "Неопределено");
    CHECK(object.get("Parameters").empty(), "Parameters");
    const std::string nothing = object.call("СоздатьТекстовыйТвит", {Value(), Value(), Value()});
    expect(nothing, "/error/field", "text");
    expect(nothing, "/error/outcome", "not_sent");
}

// A whole number, a fraction or a flag where text is asked for, by every kind of value.
SCENARIO(kinds)
{
    Object object;
    std::vector<std::pair<Variant, std::string>> values;
    const auto add = [&values](std::uint16_t kind, const std::string &expected, auto fill) {
        Variant value = of_kind(kind);
        fill(value);
        values.emplace_back(value, expected);
    };
    add(kI1, "-5", [](Variant &v) { v.i1 = -5; });
    add(kI2, "-300", [](Variant &v) { v.i2 = -300; });
    add(kI4, "-70000", [](Variant &v) { v.i4 = -70000; });
    add(kI8, "-9007199254740993", [](Variant &v) { v.i8 = -9007199254740993; });
    add(kUI1, "250", [](Variant &v) { v.ui1 = 250; });
    add(kUI2, "65000", [](Variant &v) { v.ui2 = 65000; });
    add(kUI4, "4000000000", [](Variant &v) { v.ui4 = 4000000000u; });
    add(kUI8, "18446744073709551615", [](Variant &v) { v.ui8 = 18446744073709551615u; });
    add(kInt, "7", [](Variant &v) { v.i4 = 7; });
    add(kUInt, "8", [](Variant &v) { v.ui4 = 8; });
    add(kError, "9", [](Variant &v) { v.i4 = 9; });
    add(kResult, "10", [](Variant &v) { v.i4 = 10; });
    add(kR4, "2.5", [](Variant &v) { v.r4 = 2.5f; });
    add(kR4, "3.5", [](Variant &v) { v.r8 = 3.5; });
    add(kR8, "1790000000", [](Variant &v) { v.r8 = 1790000000.0; });
    add(kR8, "0.1", [](Variant &v) { v.r8 = 0.1; });
    add(kR8, "-0.0000001", [](Variant &v) { v.r8 = -1e-7; });
    add(kR8, "123456.789", [](Variant &v) { v.r8 = 123456.789; });
    add(kR8, "9007199254740992", [](Variant &v) { v.r8 = 9007199254740992.0; });
    add(kR4, "0.3", [](Variant &v) { v.r4 = 0.3f; });
    add(kBool, "true", [](Variant &v) { v.ui1 = 1; });
    const std::string keys = argument("parameters");
    object.set("Параметры", Value(keys));
    for (const auto &value : values) {
        expect(object.call("СоздатьТекстовыйТвит", {Value::raw(value.first)}), "/result/data/text", value.second);
    }
    // A double can't hold all digits of a long whole number, so it is refused instead of posted with wrong digits.
    const std::string rounded = object.call("СоздатьТекстовыйТвит", {Value(12345678901234567890.0)});
    expect(rounded, "/error/field", "text");
    expect(rounded, "/error/outcome", "not_sent");
    // Numbers in JSON keep all digits.
    const char *number = "{\"text\":1.10,\"parameters\":";
    expect(object.call("Вызвать", {"create_text_tweet", number + keys + "}"}), "/result/data/text", "1.10");
    expect(object.call("Вызвать", {"create_text_tweet", "\ufeff{\"text\":12345678901234567890123}"}),
           "/result/data/text", "12345678901234567890123");
    expect(object.call("СоздатьТекстовыйТвит", {Value(), Value(), "{\"text\":1e400}"}), "/result/data/text", "1e400");
    // Dates, and kinds that the platform doesn't use, are refused.
    for (std::uint16_t kind : {kDate, kTime, kInterface, kVariant, kClass}) {
        const std::string refused = object.call("UploadMediaFile", {Value::raw(of_kind(kind))});
        expect(refused, "/error/field", "file");
        expect(refused, "/error/kind", "invalid_request");
    }
    for (int kind = 25; kind < 0x10000; kind += 97) {
        const Variant odd = of_kind(static_cast<std::uint16_t>(kind));
        expect(object.call("UploadMediaFile", {Value::raw(odd)}), "/error/field", "file");
    }
    for (double number : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        expect(object.call("UploadMediaFile", {Value(number)}), "/error/field", "file");
        expect(object.call("Опросить", {1, Value(number > 0 ? 0.0 : number)}), "/error/field", "id");
    }
    CHECK(object.set("RaiseExceptions", Value(1)) && object.get("RaiseExceptions") == "true", "1");
    CHECK(object.set("RaiseExceptions", Value(0.0)) && object.get("RaiseExceptions") == "false", "0.0");
    CHECK(object.set("RaiseExceptions", Value::flag(true)), "a flag");
    CHECK(!object.set("RaiseExceptions", Value("да")) && object.get("RaiseExceptions") == "true", "a text");
    CHECK(!object.set("Параметры", Value(1)) && object.get("Параметры") == keys, "a number");
}

// Arguments in the original's order, optional ones left out, arrays as JSON or one value.
SCENARIO(arguments)
{
    Object object;
    const std::string keys = "{\"oauth_consumer_key\":\"k\",\"oauth_consumer_secret\":\"s\"}";
    const Value url("https://api.x.com/1.1/statuses/update.json");
    const Value stamp("{\"oauth_nonce\":\"n\",\"oauth_timestamp\":1}");
    const auto header = [&](const Value &parameters) {
        return at(object.call("СоздатьЗаголовокАвторизацииV1",
                              {parameters, "{\"status\":\"a\"}", "POST", url, stamp}),
                  "/result/Authorization");
    };
    const std::string by_argument = header(Value(keys));
    CHECK(by_argument.find("oauth_nonce=\"n\"") != std::string::npos, by_argument);
    object.set("Параметры", Value(keys));
    CHECK(header(Value()) == by_argument, "the property instead of the argument");
    // The argument overrides single keys of the property.
    CHECK(header(Value("{\"oauth_consumer_secret\":\"s\"}")) == by_argument, "one key over the property");
    CHECK(header(Value("{\"oauth_consumer_secret\":\"other\"}")) != by_argument, "another secret");
    const std::string refused = object.call("CreateAuthorizationHeaderV1", {"{broken"});
    expect(refused, "/error/field", "parameters");
    CHECK(object.get("LastError") == at(refused, "/error/message"), object.get("LastError"));
    expect(object.call("ПолучитьСтандартныеПараметры"), "/ok", "true");
    CHECK(object.get("LastError").empty(), object.get("LastError"));

    expect(object.call("СоздатьТекстовыйТвит", {"a", Value(), "{\"text\":\"b\"}"}), "/error/field", "text");
    expect(object.call("СоздатьТекстовыйТвит", {"a", Value(), "[]"}), "/error/field", "request");
    expect(object.call("Описать", {"{\"name\":\"get_token\"}"}), "/result/0/ru", "ПолучитьТокен");
    expect(object.call("Описать", {1}), "/error/field", "request");
    for (const char *name : {"describe", "DESCRIBE", "описать", " Описать "}) {
        expect(object.call("Вызвать", {name, "{\"name\":\"get_token\"}"}), "/result/0/en", "GetToken");
    }
    expect(object.call("Call", {"creat_text_tweet"}), "/error/suggestion", "create_text_tweet");
    expect(object.call("Call", {1}), "/error/field", "function");
    expect(object.call("Call", {"describe", "{", Value()}), "/error/kind", "invalid_request");
    expect(object.call("Call", {"describe", Value(), "no data"}), "/error/field", "data");
}

// Parameters in a file: a regular one in UTF-8, with or without a byte-order mark. Other files are refused, as the
// property and as an argument, so that no call waits for a pipe or reads without end.
SCENARIO(parameter_files)
{
    const std::string folder = temporary_folder(), keys = folder + "/keys.json";
#if defined(_WIN32)
    const std::vector<std::string> no_plain_files = {folder, "NUL"};
#else
    const std::string pipe = folder + "/pipe";
    CHECK(mkfifo(pipe.c_str(), 0600) == 0, "a pipe");
    const std::vector<std::string> no_plain_files = {folder, pipe, "/dev/zero", "/dev/null"};
#endif
    for (const char *mark : {"", "\ufeff"}) {
        std::ofstream(keys) << mark << "{\"client_id\":\"of-the-file\",\"user_agent\":\"mine/1\"}";
        Object object;
        object.set("Параметры", Value(keys));
        CHECK(client_id(object) == "of-the-file", client_id(object));
        const std::string laid_over = object.call("ПолучитьСтандартныеПараметры", {"{\"client_id\":\"own\"}"});
        expect(laid_over, "/result/client_id", "own");
        expect(laid_over, "/result/user_agent", "mine/1");
    }
    for (const std::string &path : no_plain_files) {
        Object object;
        object.set("Параметры", Value(path));
        for (const Value &own : {Value(), Value("{\"client_id\":\"own\"}"), Value(path)}) {
            const std::string refused = object.call("ПолучитьСтандартныеПараметры", {own});
            expect(refused, "/error/kind", "io");
            expect(refused, "/error/path", path);
        }
    }
    remove_folder(folder);
}

SCENARIO(exceptions)
{
    Object object;
    std::string result;
    CHECK(object.try_call("ОтозватьТокен", {}, &result), "an envelope instead of an exception");
    expect(result, "/error/kind", "missing_credentials");
    CHECK(object.connection.raised().empty(), "AddError");
    CHECK(object.set("ВызыватьИсключения", Value::flag(true)), "ВызыватьИсключения");
    CHECK(!object.try_call("ОтозватьТокен", {}, &result), "an exception");
    const auto raised = object.connection.raised();
    CHECK(raised.size() == 1, "AddError");
    CHECK(raised[0].severity == 1006 && raised[0].code != 0 && raised[0].source == "TwitterNative", raised[0].text);
    CHECK(raised[0].text.find("access_token") != std::string::npos, raised[0].text);
    CHECK(object.get("ПоследняяОшибка") == raised[0].text, object.get("ПоследняяОшибка"));
    CHECK(!object->CallAsProc(object.find_method("ОтозватьТокен"), nullptr, 0), "a procedure");
    CHECK(object.connection.raised().size() == 2, "AddError of a procedure");
    CHECK(object.try_call("Описать", {}, &result), "a success");
    CHECK(object.get("LastError").empty(), "LastError");
    CHECK(!object.try_call("Опросить", {12345}, &result), "a job that is not there");
    // The failure of a job is raised when its result is fetched.
    const std::string id = object.call("Начать", {"ОтозватьТокен"});
    CHECK(!object.try_call("Опросить", {Value(id), 30}, &result), "a job that failed");
    CHECK(object.connection.raised().back().text.find("access_token") != std::string::npos, "its message");
}
