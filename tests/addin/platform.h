// The interfaces between 1C:Enterprise and a native add-in, laid out by the C++ compiler.
#ifndef TWITTER_ADDIN_PLATFORM_H
#define TWITTER_ADDIN_PLATFORM_H

#include <cstddef>
#include <cstdint>
#include <ctime>

// The vtable of each class here begins with its virtual destructor. 1C for Windows is built by Microsoft's compiler:
// the destructor takes one slot, gets a flag that says whether to free the memory too, and takes `this` in a register;
// the other functions are __stdcall. g++ uses two slots for a destructor, so on Windows it is declared as an ordinary
// function.
#if defined(_WIN32)
#define PLATFORM_CALL __stdcall
#define PLATFORM_DESTRUCTOR(name) virtual void *scalar_deleting(unsigned) { return this; }
#else
#define PLATFORM_CALL
#define PLATFORM_DESTRUCTOR(name) virtual ~name() {}
#endif

using Wide = char16_t;

enum Kind : std::uint16_t {
    kEmpty = 0,
    kNull = 1,
    kI2 = 2,
    kI4 = 3,
    kR4 = 4,
    kR8 = 5,
    kDate = 6,
    kTime = 7,
    kText8 = 8,
    kInterface = 9,
    kError = 10,
    kBool = 11,
    kVariant = 12,
    kI1 = 13,
    kUI1 = 14,
    kUI2 = 15,
    kUI4 = 16,
    kI8 = 17,
    kUI8 = 18,
    kInt = 19,
    kUInt = 20,
    kResult = 21,
    kText = 22,
    kBlob = 23,
    kClass = 24,
    kVector = 0x1000
};

struct Variant {
    union {
        std::int8_t i1;
        std::int16_t i2;
        std::int32_t i4;
        std::int64_t i8;
        std::uint8_t ui1;
        std::uint16_t ui2;
        std::uint32_t ui4;
        std::uint64_t ui8;
        float r4;
        double r8;
        bool flag;
        std::tm time;
        struct {
            Wide *text;
            std::uint32_t length;
        } wide;
        struct {
            char *data;
            std::uint32_t length;
        } narrow;
    };
    std::uint32_t elements;
    std::uint16_t kind;
};

// Implemented by the add-in: an object has these four bases in this order.

class IInitDone {
public:
    PLATFORM_DESTRUCTOR(IInitDone)
    virtual bool PLATFORM_CALL Init(void *connection) = 0;
    virtual bool PLATFORM_CALL SetMemoryManager(void *manager) = 0;
    virtual long PLATFORM_CALL GetInfo() = 0;
    virtual void PLATFORM_CALL Done() = 0;
};

class ILanguageExtender {
public:
    PLATFORM_DESTRUCTOR(ILanguageExtender)
    virtual bool PLATFORM_CALL RegisterExtensionAs(Wide **name) = 0;
    virtual long PLATFORM_CALL GetNProps() = 0;
    virtual long PLATFORM_CALL FindProp(const Wide *name) = 0;
    virtual const Wide *PLATFORM_CALL GetPropName(long property, long language) = 0;
    virtual bool PLATFORM_CALL GetPropVal(long property, Variant *value) = 0;
    virtual bool PLATFORM_CALL SetPropVal(long property, Variant *value) = 0;
    virtual bool PLATFORM_CALL IsPropReadable(long property) = 0;
    virtual bool PLATFORM_CALL IsPropWritable(long property) = 0;
    virtual long PLATFORM_CALL GetNMethods() = 0;
    virtual long PLATFORM_CALL FindMethod(const Wide *name) = 0;
    virtual const Wide *PLATFORM_CALL GetMethodName(long method, long language) = 0;
    virtual long PLATFORM_CALL GetNParams(long method) = 0;
    virtual bool PLATFORM_CALL GetParamDefValue(long method, long parameter, Variant *value) = 0;
    virtual bool PLATFORM_CALL HasRetVal(long method) = 0;
    virtual bool PLATFORM_CALL CallAsProc(long method, Variant *values, long count) = 0;
    virtual bool PLATFORM_CALL CallAsFunc(long method, Variant *result, Variant *values, long count) = 0;
};

class ILocale {
public:
    PLATFORM_DESTRUCTOR(ILocale)
    virtual void PLATFORM_CALL SetLocale(const Wide *locale) = 0;
};

class IUserLanguage {
public:
    PLATFORM_DESTRUCTOR(IUserLanguage)
    virtual void PLATFORM_CALL SetUserInterfaceLanguageCode(const Wide *code) = 0;
};

// The bases that platforms before 8.3.21 know.
class IThreeBases : public IInitDone, public ILanguageExtender, public ILocale {
#if !defined(_WIN32)
public:
    ~IThreeBases() override {}
#endif
};

class IFourBases : public IInitDone, public ILanguageExtender, public ILocale, public IUserLanguage {
#if !defined(_WIN32)
public:
    ~IFourBases() override {}
#endif
};

// The base whose vtable has the destructor to call: the first one.
inline IInitDone *first_base(IInitDone *object)
{
    return object;
}

inline ILocale *first_base(ILocale *object)
{
    return object;
}

template <typename Bases> IInitDone *first_base(Bases *object)
{
    return object;
}

// `delete object`.
template <typename Interface> void delete_object(Interface *object)
{
#if defined(_WIN32)
    first_base(object)->scalar_deleting(1);
#else
    delete object;
#endif
}

// Calls only the destructor; the memory is not freed.
template <typename Interface> void destroy_in_place(Interface *object)
{
#if defined(_WIN32)
    first_base(object)->scalar_deleting(0);
#else
    object->~Interface();
#endif
}

// Implemented by the platform.

class IMemoryManager {
public:
    PLATFORM_DESTRUCTOR(IMemoryManager)
    virtual bool PLATFORM_CALL AllocMemory(void **place, unsigned long bytes) = 0;
    virtual void PLATFORM_CALL FreeMemory(void **place) = 0;
};

class IConnection {
public:
    PLATFORM_DESTRUCTOR(IConnection)
    virtual bool PLATFORM_CALL AddError(unsigned short severity, const Wide *source, const Wide *text, long code) = 0;
    virtual bool PLATFORM_CALL Read(Wide *name, Variant *value, long *error, Wide **text) = 0;
    virtual bool PLATFORM_CALL Write(Wide *name, Variant *value) = 0;
    virtual bool PLATFORM_CALL RegisterProfileAs(Wide *name) = 0;
    virtual bool PLATFORM_CALL SetEventBufferDepth(long depth) = 0;
    virtual long PLATFORM_CALL GetEventBufferDepth() = 0;
    virtual bool PLATFORM_CALL ExternalEvent(Wide *source, Wide *message, Wide *data) = 0;
    virtual void PLATFORM_CALL CleanEventBuffer() = 0;
    virtual bool PLATFORM_CALL SetStatusLine(Wide *text) = 0;
    virtual void PLATFORM_CALL ResetStatusLine() = 0;
};

#if defined(__linux__) && defined(__x86_64__)
static_assert(sizeof(Variant) == 64 && offsetof(Variant, elements) == 56 && offsetof(Variant, kind) == 60,
              "the values of Linux x86-64");
#elif defined(_WIN32)
static_assert(sizeof(Variant) == 48 && offsetof(Variant, elements) == 40 && offsetof(Variant, kind) == 44,
              "the values of Windows, 64-bit and 32-bit");
#endif
static_assert(sizeof(IFourBases) == 4 * sizeof(void *), "four tables and nothing else");

#endif
