#include "host.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

static void *symbol(const char *name)
{
    static void *library = dlopen(argument("library").c_str(), RTLD_NOW | RTLD_LOCAL);
    CHECK(library != nullptr, dlerror());
    void *found = dlsym(library, name);
    CHECK(found != nullptr, name);
    return found;
}

template <typename Function> static Function function(const char *name)
{
    return reinterpret_cast<Function>(symbol(name));
}

const Library &Library::get()
{
    static const Library library = {
        function<const Wide *(*)()>("GetClassNames"),
        function<long (*)(const Wide *, void **)>("GetClassObject"),
        function<long (*)(void **)>("DestroyObject"),
        function<int (*)(int)>("SetPlatformCapabilities"),
        function<int (*)()>("GetAttachType"),
    };
    return library;
}

bool MemoryManager::AllocMemory(void **place, unsigned long bytes)
{
    const std::lock_guard<std::mutex> guard(lock_);
    count_++;
    if (fail_at_ > 0 && (count_ == fail_at_ || (and_later_ && count_ > fail_at_))) {
        return false;
    }
    *place = std::malloc(bytes);
    std::memset(*place, 0xcd, bytes);
    blocks_.insert(*place);
    return true;
}

void MemoryManager::FreeMemory(void **place)
{
    const std::lock_guard<std::mutex> guard(lock_);
    CHECK(blocks_.erase(*place) == 1, "memory that was not allocated here, or freed already");
    std::free(*place);
    *place = nullptr;
}

void MemoryManager::fail_at(long n, bool and_later)
{
    const std::lock_guard<std::mutex> guard(lock_);
    fail_at_ = n > 0 ? count_ + n : 0;
    and_later_ = and_later;
}

long MemoryManager::count()
{
    const std::lock_guard<std::mutex> guard(lock_);
    return count_;
}

std::size_t MemoryManager::open()
{
    const std::lock_guard<std::mutex> guard(lock_);
    return blocks_.size();
}

bool Connection::AddError(unsigned short severity, const Wide *source, const Wide *text, long code)
{
    const std::lock_guard<std::mutex> guard(lock_);
    check_open();
    raised_.push_back({severity, narrow(source), narrow(text), code});
    return true;
}

bool Connection::SetEventBufferDepth(long depth)
{
    const std::lock_guard<std::mutex> guard(lock_);
    check_open();
    depth_ = depth;
    return true;
}

long Connection::GetEventBufferDepth()
{
    const std::lock_guard<std::mutex> guard(lock_);
    check_open();
    return depth_;
}

bool Connection::ExternalEvent(Wide *source, Wide *message, Wide *data)
{
    {
        const std::lock_guard<std::mutex> guard(lock_);
        check_open();
        events_.push_back({narrow(source), narrow(message), narrow(data), std::this_thread::get_id()});
    }
    if (in_event) {
        in_event();
    }
    return true;
}

std::vector<Raised> Connection::raised()
{
    const std::lock_guard<std::mutex> guard(lock_);
    return raised_;
}

std::vector<Event> Connection::events()
{
    const std::lock_guard<std::mutex> guard(lock_);
    return events_;
}

long Connection::depth()
{
    const std::lock_guard<std::mutex> guard(lock_);
    return depth_;
}

void Connection::close()
{
    const std::lock_guard<std::mutex> guard(lock_);
    closed_ = true;
}

void Connection::check_open()
{
    CHECK(!closed_, "called after Done");
}

Value::Value(const std::u16string &text) : text_(text)
{
    variant_.kind = kText;
    variant_.wide.length = static_cast<std::uint32_t>(text_.size());
}

Value::Value(int number)
{
    variant_.kind = kI4;
    variant_.i4 = number;
}

Value::Value(double number)
{
    variant_.kind = kR8;
    variant_.r8 = number;
}

Value Value::flag(bool flag)
{
    Value value;
    value.variant_.kind = kBool;
    value.variant_.flag = flag;
    return value;
}

Value Value::blob(const std::string &bytes)
{
    Value value;
    value.bytes_ = bytes;
    value.variant_.kind = kBlob;
    value.variant_.narrow.length = static_cast<std::uint32_t>(bytes.size());
    return value;
}

const void *Value::content() const
{
    return variant_.kind == kText ? static_cast<const void *>(text_.data()) : bytes_.data();
}

Value Value::raw(const Variant &variant)
{
    Value value;
    value.variant_ = variant;
    return value;
}

Object::Object(End end) : end_(end)
{
    void *made = nullptr;
    CHECK(Library::get().get_object(u"TwitterNative", &made) != 0, "no object");
    CHECK(made != nullptr, "an object that is NULL");
    object_ = static_cast<IFourBases *>(made);
    CHECK(object_->SetMemoryManager(&memory), "the memory manager");
    CHECK(object_->Init(&connection), "Init");
}

Object::~Object()
{
    end();
    CHECK(memory.open() == 0, "memory was not freed");
}

void Object::end()
{
    if (object_ == nullptr) {
        return;
    }
    object_->Done();
    connection.close();
    void *object = object_;
    object_ = nullptr;
    switch (end_) {
    case End::kDestroy:
        CHECK(Library::get().destroy_object(&object) == 0 && object == nullptr, "DestroyObject");
        break;
    case End::kDelete:
        delete_object(static_cast<IFourBases *>(object));
        // It is destroyed already, so DestroyObject does nothing.
        CHECK(Library::get().destroy_object(&object) == 0, "DestroyObject after delete");
        break;
    case End::kDeleteOtherBase: {
        ILocale *locale = static_cast<IFourBases *>(object);
        delete_object(locale);
        break;
    }
    case End::kDeleteThreeBases:
        delete_object(static_cast<IThreeBases *>(object));
        break;
    case End::kLeave:
        break;
    }
}

long Object::find_method(const std::string &name)
{
    return object_->FindMethod(wide(name).c_str());
}

// Copies of the values for one call. Their texts and data have no NUL at the end and lie in memory of exactly their
// length, so that AddressSanitizer and valgrind notice a read past the end.
class LentValues {
public:
    explicit LentValues(const std::vector<Value> &values)
    {
        for (const Value &value : values) {
            variants.push_back(value.variant());
            Variant &variant = variants.back();
            const bool is_text = variant.kind == kText;
            if ((!is_text && variant.kind != kBlob) || variant.narrow.length == 0) {
                continue;
            }
            const std::size_t bytes = variant.narrow.length * (is_text ? sizeof(Wide) : 1);
            void *copy = std::malloc(bytes);
            std::memcpy(copy, value.content(), bytes);
            variant.narrow.data = static_cast<char *>(copy);
            copies_.push_back(copy);
        }
    }

    ~LentValues()
    {
        for (void *copy : copies_) {
            std::free(copy);
        }
    }

    std::vector<Variant> variants;

private:
    std::vector<void *> copies_;
};

bool Object::try_call(const std::string &method, const std::vector<Value> &values, std::string *result)
{
    const long index = find_method(method);
    CHECK(index >= 0, "no method " + method);
    const long count = object_->GetNParams(index);
    CHECK(static_cast<long>(values.size()) <= count, method + " has fewer arguments");
    std::vector<Value> all = values;
    for (long i = static_cast<long>(values.size()); i < count; i++) {
        Variant nothing = {};
        CHECK(object_->GetParamDefValue(index, i, &nothing), method + " needs more arguments");
        CHECK(take(nothing).empty(), method + " has a default that is something");
        all.push_back(Value(""));
    }
    LentValues lent(all);
    Variant out = {};
    const bool done = object_->CallAsFunc(index, &out, lent.variants.data(), count);
    CHECK(done || out.kind == kEmpty, "a result in spite of false");
    *result = take(out);
    return done;
}

std::string Object::call(const std::string &method, const std::vector<Value> &values)
{
    std::string result;
    CHECK(try_call(method, values, &result), method + " returned false");
    return result;
}

long Object::call_number(const std::string &method, const std::vector<Value> &values)
{
    return std::stol(call(method, values));
}

std::string Object::get(const std::string &property)
{
    const long index = object_->FindProp(wide(property).c_str());
    CHECK(index >= 0, "no property " + property);
    Variant value = {};
    CHECK(object_->GetPropVal(index, &value), property + " can't be read");
    return take(value);
}

bool Object::set(const std::string &property, const Value &value)
{
    const long index = object_->FindProp(wide(property).c_str());
    CHECK(index >= 0, "no property " + property);
    LentValues lent({value});
    return object_->SetPropVal(index, lent.variants.data());
}

std::string Object::take(const Wide *text)
{
    if (text == nullptr) {
        return "";
    }
    const std::string copy = narrow(text);
    void *place = const_cast<Wide *>(text);
    memory.FreeMemory(&place);
    return copy;
}

std::string Object::take(Variant &value)
{
    switch (value.kind) {
    case kEmpty:
        return "";
    case kBool:
        return value.flag ? "true" : "false";
    case kI4:
        return std::to_string(value.i4);
    case kR8:
        return std::to_string(value.r8);
    case kText: {
        const std::string text = narrow(std::u16string(value.wide.text, value.wide.length));
        CHECK(value.wide.text[value.wide.length] == 0, "no NUL after a text");
        void *place = value.wide.text;
        memory.FreeMemory(&place);
        return text;
    }
    default:
        fail(__FILE__, __LINE__, "a kind that the platform takes", std::to_string(value.kind));
    }
}

std::string at(const std::string &json, const std::string &pointer)
{
    static const auto get = function<char *(*)(const char *, const char *)>("twitter_json_get");
    static const auto release = function<void (*)(char *)>("twitter_free");
    char *found = get(json.c_str(), pointer.c_str());
    const std::string value = found ? found : "";
    release(found);
    return value;
}

std::string quoted(const std::string &text)
{
    static const auto quote = function<char *(*)(const char *)>("twitter_json_quote");
    static const auto release = function<void (*)(char *)>("twitter_free");
    char *made = quote(text.c_str());
    const std::string value = made;
    release(made);
    return value;
}

void expect(const std::string &json, const std::string &pointer, const std::string &value)
{
    CHECK(at(json, pointer) == value, pointer + " is not " + value + " in " + json.substr(0, 2000));
}
