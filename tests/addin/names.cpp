// Names and numbers of members, as the platform asks for them before anything else.

#include <algorithm>

#include "host.h"

static const long kEnglish = 0, kRussian = 1;
// The methods are the table's functions, then the add-in's own (Call, Start, Poll, Cancel), then X's operations.
static const long kOwnMethods = 4;
static const long kInvalidIndexes[] = {-1, -2147483647L, 5, 1000, 2147483647L};

// Upper case of Latin and Cyrillic letters, which all names consist of.
static std::u16string upper(std::u16string text)
{
    for (Wide &unit : text) {
        if ((unit >= u'a' && unit <= u'z') || (unit >= u'\u0430' && unit <= u'\u044f')) {
            unit = static_cast<Wide>(unit - 0x20);
        }
    }
    return text;
}

static std::u16string lower(std::u16string text)
{
    for (Wide &unit : text) {
        if ((unit >= u'A' && unit <= u'Z') || (unit >= u'\u0410' && unit <= u'\u042f')) {
            unit = static_cast<Wide>(unit + 0x20);
        }
    }
    return text;
}

// `get_users_by_username` is `GetUsersByUsername`.
static std::string camel_case(const std::string &name)
{
    std::string camel;
    bool begins = true;
    for (const char c : name) {
        if (c != '_') {
            camel += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
        }
        begins = c == '_';
    }
    return camel;
}

SCENARIO(exports)
{
    const Library &library = Library::get();
    CHECK(std::u16string(library.class_names()) == u"TwitterNative", "GetClassNames");
    CHECK(library.set_capabilities(3) == 3 && library.set_capabilities(1) == 3, "SetPlatformCapabilities");
    CHECK(library.attach_type() == 3, "GetAttachType");

    void *object = nullptr;
    CHECK(library.get_object(u"Other", &object) == 0 && object == nullptr, "an unknown class");
    CHECK(library.get_object(nullptr, &object) == 0 && object == nullptr, "no class");
    CHECK(library.get_object(u"", &object) == 0 && object == nullptr, "an empty class");
    CHECK(library.get_object(u"TwitterNative", nullptr) == 0, "nowhere to put it");
    int occupied = 0;
    object = &occupied;
    CHECK(library.get_object(u"TwitterNative", &object) == 0 && object == &occupied, "a place that is taken");
    object = nullptr;
    CHECK(library.get_object(u"twitternative", &object) != 0 && object != nullptr, "a class in lower case");
    CHECK(library.destroy_object(&object) == 0 && object == nullptr, "DestroyObject");
    CHECK(library.destroy_object(&object) != 0, "DestroyObject of NULL");
    CHECK(library.destroy_object(nullptr) != 0, "DestroyObject of nothing");
}

SCENARIO(names)
{
    Object object;
    Wide *extension = nullptr;
    CHECK(object->RegisterExtensionAs(&extension), "RegisterExtensionAs");
    CHECK(object.take(extension) == "TwitterNative", "the extension's name");
    CHECK(!object->RegisterExtensionAs(nullptr), "RegisterExtensionAs to nowhere");
    CHECK(object->GetInfo() == 2000, "GetInfo");

    const std::string described = object.call("Describe");
    const std::string operations = object.call("Describe", {"{\"operations\":true}"});
    const long methods = object->GetNMethods();
    const long functions = object.find_method("Call");
    CHECK(at(described, "/result/" + std::to_string(functions - 1)) != "", "fewer functions than methods");
    CHECK(at(described, "/result/" + std::to_string(functions)).empty(), "more functions than methods");
    const long first_operation = functions + kOwnMethods;
    CHECK(methods > first_operation + 200, "too few operations");
    CHECK(at(operations, "/result/" + std::to_string(methods - first_operation)).empty(),
          "more operations than methods");
    for (long i = 0; i < methods; i++) {
        const std::string number = std::to_string(i);
        for (const long language : {kEnglish, kRussian}) {
            const std::string name = object.take(object->GetMethodName(i, language));
            const std::string pointer = "/result/" + number + (language == kEnglish ? "/en" : "/ru");
            CHECK(i >= functions || name == at(described, pointer), name);
            if (i >= first_operation) {
                const std::string operation = "/result/" + std::to_string(i - first_operation) + "/name";
                CHECK(name == camel_case(at(operations, operation)), name);
            }
            for (const std::u16string &spelling : {wide(name), upper(wide(name)), lower(wide(name))}) {
                CHECK(object->FindMethod(spelling.c_str()) == i, narrow(spelling));
            }
        }
        CHECK(object->HasRetVal(i), number);
        CHECK(object->GetNParams(i) >= 1, number);
    }
    const std::pair<const char *, const char *> properties[] = {
        {"Version", "Версия"},
        {"Parameters", "Параметры"},
        {"LastError", "ПоследняяОшибка"},
        {"RaiseExceptions", "ВызыватьИсключения"},
        {"LogFile", "ФайлЖурнала"},
    };
    CHECK(object->GetNProps() == 5, "the number of properties");
    for (long i = 0; i < 5; i++) {
        CHECK(object.take(object->GetPropName(i, kEnglish)) == properties[i].first, properties[i].first);
        CHECK(object.take(object->GetPropName(i, kRussian)) == properties[i].second, properties[i].second);
        for (const char *name : {properties[i].first, properties[i].second}) {
            CHECK(object->FindProp(upper(wide(name)).c_str()) == i, name);
            CHECK(object->FindProp(lower(wide(name)).c_str()) == i, name);
        }
        CHECK(object->IsPropReadable(i), properties[i].first);
        CHECK(object->IsPropWritable(i) == (i == 1 || i >= 3), properties[i].first);
    }
    CHECK(object.get("Версия") == argument("version"), object.get("Версия"));
    for (const Wide *unknown : {u"", u"Нет", u"Version ", u"create_text_tweet"}) {
        CHECK(object->FindMethod(unknown) == -1 && object->FindProp(unknown) == -1, narrow(unknown));
    }
    CHECK(object->FindMethod(nullptr) == -1 && object->FindProp(nullptr) == -1, "a name that is NULL");
}

static bool is_russian(const std::string &text)
{
    // The letters of Russian begin with these bytes in UTF-8.
    return text.find("\xD0") != std::string::npos || text.find("\xD1") != std::string::npos;
}

// The platform's language is that of messages, unless the parameters name one.
SCENARIO(languages)
{
    const struct {
        const Wide *locale, *code;
        bool russian;
    } cases[] = {
        {nullptr, nullptr, false}, {u"ru_RU", nullptr, true}, {u"RU", nullptr, true}, {u"en_US", nullptr, false},
        {nullptr, u"ru", true},    {nullptr, u"Ru-ru", true}, {u"ru_RU", u"en", false}, {u"en_US", u"ru", true},
        {u"ru_RU", u"de", false},  {u"", u"", false},
    };
    for (const auto &one : cases) {
        Object object;
        object->SetUserInterfaceLanguageCode(one.code);
        object->SetLocale(one.locale);
        std::string envelope;
        object.try_call("Call", {"no_such_function"}, &envelope);
        CHECK(is_russian(at(envelope, "/error/message")) == one.russian, envelope);
        CHECK(is_russian(object.get("LastError")) == one.russian, envelope);
        object.try_call("Poll", {4711}, &envelope);
        CHECK(is_russian(at(envelope, "/error/message")) == one.russian, envelope);
        CHECK(!object.set("Parameters", Value(7)), "a number");
        CHECK(is_russian(object.get("LastError")) == one.russian, object.get("LastError"));
        for (const char *language : {"en", "ru"}) {
            const std::string parameters = std::string("{\"language\":\"") + language + "\",\"auth\":\"x\"}";
            CHECK(object.set("Parameters", parameters), parameters);
            object.try_call("GetMe", {}, &envelope);
            CHECK(is_russian(at(envelope, "/error/message")) == (std::string(language) == "ru"), envelope);
        }
    }
}

SCENARIO(indexes)
{
    Object object;
    Variant value = {};
    for (long index : kInvalidIndexes) {
        // 5 is no property, but a method.
        CHECK(object->GetPropName(index, kEnglish) == nullptr, std::to_string(index));
        CHECK(!object->GetPropVal(index, &value) && value.kind == kEmpty, std::to_string(index));
        CHECK(!object->SetPropVal(index, &value), std::to_string(index));
        CHECK(!object->IsPropReadable(index) && !object->IsPropWritable(index), std::to_string(index));
        const long method = index == 5 ? object->GetNMethods() : index;
        CHECK(object->GetMethodName(method, kEnglish) == nullptr, std::to_string(method));
        CHECK(object->GetNParams(method) == 0 && !object->HasRetVal(method), std::to_string(method));
        CHECK(!object->GetParamDefValue(method, 0, &value), std::to_string(method));
        CHECK(!object->CallAsProc(method, nullptr, 0), std::to_string(method));
        CHECK(!object->CallAsFunc(method, &value, nullptr, 0) && value.kind == kEmpty, std::to_string(method));
        CHECK(index == 5 || object->GetMethodName(0, index) == nullptr, "a language");
    }
    CHECK(object->GetPropName(0, 2) == nullptr && object->GetMethodName(0, -1) == nullptr, "a third language");
    const long describe = object.find_method("Описать");
    CHECK(!object->GetParamDefValue(describe, 1, &value), "an argument behind the last");
    CHECK(!object->GetParamDefValue(describe, -1, &value), "an argument before the first");
    CHECK(!object->GetParamDefValue(describe, 0, nullptr), "a default to nowhere");
    CHECK(!object->GetPropVal(0, nullptr) && !object->SetPropVal(1, nullptr), "a value that is NULL");
    CHECK(!object->CallAsFunc(describe, nullptr, nullptr, 0), "a result to nowhere");
    CHECK(!object->CallAsFunc(describe, &value, nullptr, 1), "arguments that are NULL");
    Variant two[2] = {};
    CHECK(!object->CallAsFunc(describe, &value, two, -1), "fewer arguments than none");
    CHECK(!object->CallAsFunc(describe, &value, two, 2), "more arguments than there are");
    CHECK(object->CallAsFunc(describe, &value, nullptr, 0), "no arguments at all");
    object.take(value);
    CHECK(object->CallAsProc(describe, two, 1), "a procedure");
    CHECK(!object.set("Версия", Value("1")) && !object.set("LastError", Value("1")), "a property to be read");
}

// Every function takes the arguments of the original, all optional, and after them JSON.
SCENARIO(arity)
{
    Object object;
    const std::pair<const char *, long> counts[] = {
        {"ПолучитьСтандартныеПараметры", 2}, {"СоздатьЗаголовокАвторизацииV1", 5},
        {"СоздатьЗаголовокАвторизацииV2", 2}, {"ПолучитьСсылкуАвторизации", 2},
        {"ПолучитьТокен", 3}, {"ОбновитьТокен", 2},
        {"ОбработкаВходящегоЗапросаПослеАвторизации", 3}, {"ЗагрузитьМедиафайл", 4},
        {"ЗагрузитьМассивВложений", 4}, {"СоздатьПроизвольныйТвит", 6},
        {"СоздатьТекстовыйТвит", 3}, {"СоздатьТвитКартинки", 4},
        {"СоздатьТвитГифки", 4}, {"СоздатьТвитВидео", 4},
        {"СоздатьТвитОпрос", 5}, {"Описать", 1},
        {"ОтозватьТокен", 1}, {"Вызвать", 3},
        {"Начать", 3}, {"Опросить", 2},
        {"Отменить", 1}, {"GetUsersByUsername", 1},
    };
    const long call = object.find_method("Call");
    for (const auto &method : counts) {
        const long index = object.find_method(method.first);
        CHECK(object->GetNParams(index) == method.second, method.first);
        const bool is_own = index >= call && index < call + kOwnMethods;
        for (long i = 0; i < method.second; i++) {
            Variant value = {};
            value.kind = kI4;
            const bool is_optional = !is_own || i > 0;
            CHECK(object->GetParamDefValue(index, i, &value) == is_optional, method.first);
            CHECK(value.kind == (is_optional ? kText : kEmpty), method.first);
            if (is_optional) {
                // One public host counts a default only if it has a type.
                CHECK(object.take(value).empty(), method.first);
            }
        }
    }
}
