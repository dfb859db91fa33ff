// What the scenarios share: the loaded add-in, a platform that counts memory and records errors, values, checks.
#ifndef TWITTER_ADDIN_HOST_H
#define TWITTER_ADDIN_HOST_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "platform.h"

#define CHECK(condition, said) ((condition) ? (void)0 : fail(__FILE__, __LINE__, #condition, said))

[[noreturn]] void fail(const char *file, int line, const char *condition, const std::string &said);

std::u16string wide(const std::string &text);
std::string narrow(const std::u16string &text);

// `name=value` of the command line.
std::string argument(const std::string &name);
long number_argument(const std::string &name, long fallback);
std::string read_file(const std::string &path);
double seconds_now();
void sleep_for(double seconds);
// A new empty folder. Its path has the separators of this system.
std::string temporary_folder();
void remove_folder(const std::string &path);

// The exports, found by their names as the platform finds them.
struct Library {
    const Wide *(*class_names)();
    long (*get_object)(const Wide *name, void **object);
    long (*destroy_object)(void **object);
    int (*set_capabilities)(int capabilities);
    int (*attach_type)();

    static const Library &get();
};

// Allocates, and knows which blocks are in use. Allocations fail when a scenario asks for it.
class MemoryManager : public IMemoryManager {
public:
    bool PLATFORM_CALL AllocMemory(void **place, unsigned long bytes) override;
    void PLATFORM_CALL FreeMemory(void **place) override;

    // Makes the n-th allocation from now fail, with `and_later` all after it too. 0: none fails.
    void fail_at(long n, bool and_later = false);
    // Allocations so far.
    long count();
    // Blocks that are not freed yet.
    std::size_t open();

private:
    std::mutex lock_;
    std::set<void *> blocks_;
    long count_ = 0;
    long fail_at_ = 0;
    bool and_later_ = false;
};

struct Raised {
    unsigned short severity;
    std::string source;
    std::string text;
    long code;
};

struct Event {
    std::string source;
    std::string message;
    std::string data;
    std::thread::id thread;
};

class Connection : public IConnection {
public:
    bool PLATFORM_CALL AddError(unsigned short severity, const Wide *source, const Wide *text, long code) override;
    bool PLATFORM_CALL Read(Wide *, Variant *, long *, Wide **) override { return false; }
    bool PLATFORM_CALL Write(Wide *, Variant *) override { return false; }
    bool PLATFORM_CALL RegisterProfileAs(Wide *) override { return false; }
    bool PLATFORM_CALL SetEventBufferDepth(long depth) override;
    long PLATFORM_CALL GetEventBufferDepth() override;
    bool PLATFORM_CALL ExternalEvent(Wide *source, Wide *message, Wide *data) override;
    void PLATFORM_CALL CleanEventBuffer() override {}
    bool PLATFORM_CALL SetStatusLine(Wide *) override { return false; }
    void PLATFORM_CALL ResetStatusLine() override {}

    std::vector<Raised> raised();
    std::vector<Event> events();
    long depth();
    // Any later call of this connection fails the scenario.
    void close();

    // Called in every event.
    void (*in_event)() = nullptr;

private:
    void check_open();

    std::mutex lock_;
    std::vector<Raised> raised_;
    std::vector<Event> events_;
    long depth_ = 1;
    bool closed_ = false;
};

// A value for the add-in. The platform owns its memory.
class Value {
public:
    Value() = default;
    Value(const char *text) : Value(std::string(text)) {}
    Value(const std::string &text) : Value(wide(text)) {}
    Value(const std::u16string &text);
    Value(int number);
    Value(double number);
    static Value flag(bool flag);
    static Value blob(const std::string &bytes);
    static Value raw(const Variant &variant);

    const Variant &variant() const { return variant_; }
    // Where its text or data is.
    const void *content() const;

private:
    std::u16string text_;
    std::string bytes_;
    Variant variant_ = {};
};

// An object of the add-in, with the platform's memory manager and connection.
class Object {
public:
    enum class End { kDestroy, kDelete, kDeleteOtherBase, kDeleteThreeBases, kLeave };

    explicit Object(End end = End::kDestroy);
    ~Object();
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;

    // Calls a method by either name. An unknown name, or false from the add-in, fails the scenario.
    std::string call(const std::string &method, const std::vector<Value> &values = {});
    // The same, but returns what the add-in returned. Frees the memory of the result.
    bool try_call(const std::string &method, const std::vector<Value> &values, std::string *result);
    long call_number(const std::string &method, const std::vector<Value> &values);
    long find_method(const std::string &name);
    std::string get(const std::string &property);
    bool set(const std::string &property, const Value &value);
    // Copies a text of the add-in and frees it; "" for NULL.
    std::string take(const Wide *text);
    // The text, number or flag of a result as a text; frees its memory.
    std::string take(Variant &value);

    IFourBases *operator->() { return object_; }
    IFourBases *address() { return object_; }
    void end();

    MemoryManager memory;
    Connection connection;

private:
    IFourBases *object_ = nullptr;
    End end_;
};

// The value at an RFC 6901 pointer, found by the library's own function; "" if there is none.
std::string at(const std::string &json, const std::string &pointer);
std::string quoted(const std::string &text);
// Checks that the value at the pointer is this.
void expect(const std::string &json, const std::string &pointer, const std::string &value);

using Scenario = void (*)();
std::map<std::string, Scenario> &scenarios();

struct Register {
    Register(const char *name, Scenario scenario) { scenarios()[name] = scenario; }
};

#define SCENARIO(name) \
    static void scenario_##name(); \
    static const Register register_##name(#name, scenario_##name); \
    static void scenario_##name()

#endif
