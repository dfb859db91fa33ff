// X's operations by their names, as methods and through Call.

#include <fstream>

#include "host.h"

SCENARIO(operations)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    const std::string posted = object.call("CreatePosts", {"{\"text\":\"Операция 😀\"}"});
    expect(posted, "/http/status", "201");
    const std::string id = at(posted, "/result/data/id");
    const std::string request = "{\"id\":" + id + ",\"post.fields\":[\"created_at\"]}";
    for (const char *method : {"GetPostsById", "getpostsbyid", "GETPOSTSBYID"}) {
        expect(object.call(method, {Value(request)}), "/result/data/text", "Операция 😀");
    }
    for (const char *name : {"get_posts_by_id", " GetPostsById ", "GETPOSTSBYID"}) {
        expect(object.call("Вызвать", {name, Value(request)}), "/result/data/text", "Операция 😀");
    }
    const std::string job = object.call("Начать", {"GetPostsById", Value(request)});
    const std::string state = object.call("Опросить", {Value(job), 60});
    expect(state, "/envelope/result/data/text", "Операция 😀");

    // No argument at all, as a function and as a procedure.
    const long me = object.find_method("GetUsersMe");
    Variant result = {};
    CHECK(object->CallAsFunc(me, &result, nullptr, 0), "no arguments at all");
    CHECK(!at(object.take(result), "/result/data/id").empty(), "the account");
    CHECK(object->CallAsProc(me, nullptr, 0), "a procedure");
    CHECK(object.get("ПоследняяОшибка").empty(), object.get("ПоследняяОшибка"));

    // Data can be passed by Call only: it is the third argument.
    const std::string uploaded =
        object.call("Вызвать", {"UploadComplianceJobSubmission", "{\"id\":1,\"token\":\"t\",\"file\":{\"bytes\":0}}",
                                Value::blob("12\n")});
    expect(uploaded, "/error/kind", "missing_credentials");
}

SCENARIO(operations_refused)
{
    Object object;
    object.set("Параметры", Value(argument("parameters")));
    const std::pair<const char *, const char *> faults[] = {
        {"{}", "username"},
        {"{\"username\":\"no name\"}", "username"},
        {"{\"username\":\"x\",\"user.field\":\"id\"}", "user.field"},
        {"{\"username\":\"x\",\"user.fields\":\"nothing\"}", "user.fields"},
        {"no JSON", ""},
    };
    for (const auto &fault : faults) {
        const std::string refused = object.call("GetUsersByUsername", {fault.first});
        expect(refused, "/error/kind", "invalid_request");
        expect(refused, "/error/field", fault.second);
        CHECK(object.get("ПоследняяОшибка") == at(refused, "/error/message"), refused);
        CHECK(object.call("Вызвать", {"get_users_by_username", fault.first}) == refused, refused);
    }
    expect(object.call("GetUsersByUsername", {Value(5)}), "/error/kind", "invalid_request");
    // X refuses.
    const std::string not_there = object.call("GetPostsById", {"{\"id\":\"1\"}"});
    expect(not_there, "/error/kind", "api");
    CHECK(object.get("ПоследняяОшибка") == at(not_there, "/error/message"), not_there);
    // A stream would never end.
    expect(object.call("StreamPostsSample"), "/error/field", "function");
    // The same with exceptions.
    object.set("ВызыватьИсключения", Value::flag(true));
    std::string result;
    CHECK(!object.try_call("GetUsersByUsername", {"{}"}, &result), "no exception");
    const auto raised = object.connection.raised();
    CHECK(raised.size() == 1 && raised[0].text == object.get("ПоследняяОшибка"), "AddError");
    CHECK(raised[0].text.find("username") != std::string::npos, raised[0].text);
    object.set("ВызыватьИсключения", Value::flag(false));
    // More arguments than there are.
    Variant two[2] = {}, value = {};
    CHECK(!object->CallAsFunc(object.find_method("GetUsersMe"), &value, two, 2), "two arguments");
}

// A file of operations adds names for Call. The methods stay the same.
SCENARIO(operations_file)
{
    Object object;
    const long methods = object->GetNMethods();
    const std::string folder = temporary_folder();
    const std::string path = folder + "/operations.jsonl";
    std::ofstream(path) << "{\"version\":\"3.0\"}\n"
                           "{\"operation\":\"get_tomorrow_by_id\",\"method\":"
                           "\"GET\",\"path\":\"/2/tweets/{id}\",\"title\":\"\","
                           "\"auth\":[\"oauth1\"],\"scopes\":[],\"in_path\":{"
                           "\"id\":{\"type\":\"string\"}}}\n";
    const std::string parameters = argument("parameters");
    object.set("Параметры", Value("{\"operations_file\":" + quoted(path) + "," + parameters.substr(1)));
    const std::string id = at(object.call("СоздатьТекстовыйТвит", {"Завтра"}), "/result/data/id");
    CHECK(!id.empty(), "no tweet");
    for (const char *name : {"get_tomorrow_by_id", "GetTomorrowById"}) {
        expect(object.call("Вызвать", {name, Value("{\"id\":" + id + "}")}), "/result/data/text", "Завтра");
    }
    CHECK(object.find_method("GetTomorrowById") == -1 && object->GetNMethods() == methods, "another number of methods");
    // Unknown names are refused with a suggestion.
    const std::string unknown = object.call("Вызвать", {"GetTomorowById"});
    expect(unknown, "/error/suggestion", "get_tomorrow_by_id");
    remove_folder(folder);
}
