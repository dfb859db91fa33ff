// What 1C:Enterprise and a native add-in know of each other, as a C++ compiler lays it out.
#ifndef TWITTER_ADDIN_PLATFORM_H
#define TWITTER_ADDIN_PLATFORM_H

#include <cstdint>
#include <ctime>

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

// The add-in's side: an object has these four bases in this order.

class IInitDone {
public:
    virtual ~IInitDone() {}
    virtual bool Init(void *connection) = 0;
    virtual bool SetMemoryManager(void *manager) = 0;
    virtual long GetInfo() = 0;
    virtual void Done() = 0;
};

class ILanguageExtender {
public:
    virtual ~ILanguageExtender() {}
    virtual bool RegisterExtensionAs(Wide **name) = 0;
    virtual long GetNProps() = 0;
    virtual long FindProp(const Wide *name) = 0;
    virtual const Wide *GetPropName(long property, long language) = 0;
    virtual bool GetPropVal(long property, Variant *value) = 0;
    virtual bool SetPropVal(long property, Variant *value) = 0;
    virtual bool IsPropReadable(long property) = 0;
    virtual bool IsPropWritable(long property) = 0;
    virtual long GetNMethods() = 0;
    virtual long FindMethod(const Wide *name) = 0;
    virtual const Wide *GetMethodName(long method, long language) = 0;
    virtual long GetNParams(long method) = 0;
    virtual bool GetParamDefValue(long method, long parameter, Variant *value) = 0;
    virtual bool HasRetVal(long method) = 0;
    virtual bool CallAsProc(long method, Variant *values, long count) = 0;
    virtual bool CallAsFunc(long method, Variant *result, Variant *values, long count) = 0;
};

class ILocale {
public:
    virtual ~ILocale() {}
    virtual void SetLocale(const Wide *locale) = 0;
};

class IUserLanguage {
public:
    virtual ~IUserLanguage() {}
    virtual void SetUserInterfaceLanguageCode(const Wide *code) = 0;
};

// What platforms before 8.3.21 know.
class IThreeBases : public IInitDone, public ILanguageExtender, public ILocale {
public:
    ~IThreeBases() override {}
};

class IFourBases : public IInitDone, public ILanguageExtender, public ILocale, public IUserLanguage {
public:
    ~IFourBases() override {}
};

// The platform's side.

class IMemoryManager {
public:
    virtual ~IMemoryManager() {}
    virtual bool AllocMemory(void **place, unsigned long bytes) = 0;
    virtual void FreeMemory(void **place) = 0;
};

class IConnection {
public:
    virtual ~IConnection() {}
    virtual bool AddError(unsigned short severity, const Wide *source, const Wide *text, long code) = 0;
    virtual bool Read(Wide *name, Variant *value, long *error, Wide **text) = 0;
    virtual bool Write(Wide *name, Variant *value) = 0;
    virtual bool RegisterProfileAs(Wide *name) = 0;
    virtual bool SetEventBufferDepth(long depth) = 0;
    virtual long GetEventBufferDepth() = 0;
    virtual bool ExternalEvent(Wide *source, Wide *message, Wide *data) = 0;
    virtual void CleanEventBuffer() = 0;
    virtual bool SetStatusLine(Wide *text) = 0;
    virtual void ResetStatusLine() = 0;
};

#if defined(__linux__) && defined(__x86_64__)
static_assert(sizeof(Variant) == 64 && offsetof(Variant, elements) == 56 && offsetof(Variant, kind) == 60,
              "the values of Linux x86-64");
static_assert(sizeof(IFourBases) == 4 * sizeof(void *), "four tables and nothing else");
#endif

#endif
