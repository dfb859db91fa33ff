"""A host of Native API add-ins for Linux x86-64: the library's object by its tables of virtual functions, as the
platform calls it."""

import ctypes
import json
import os
from pathlib import Path

from platform_types import BinaryData, Error1C, Object1C, is_number

ROOT = Path(__file__).resolve().parents[2]
# Where cargo builds.
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")

EMPTY, I4, R8, BOOL, PWSTR, BLOB = 0, 3, 5, 11, 22, 23
# Numbers of the functions in the tables; 0 and 1 are the destructor.
INIT, SET_MEMORY, DONE = 2, 3, 5
FIND_PROPERTY, GET_PROPERTY, SET_PROPERTY = 4, 6, 7
FIND_METHOD, PARAMETERS, DEFAULT, CALL_FUNCTION = 11, 13, 14, 17

Pointer, Long, Flag = ctypes.c_void_p, ctypes.c_long, ctypes.c_bool
LIBC = ctypes.CDLL(None)
LIBC.malloc.restype, LIBC.malloc.argtypes = Pointer, [ctypes.c_size_t]
LIBC.free.argtypes = [Pointer]


class Variant(ctypes.Structure):
    class Value(ctypes.Union):
        class Text(ctypes.Structure):
            _fields_ = [("pointer", Pointer), ("length", ctypes.c_uint32)]
        _fields_ = [("text", Text), ("number", ctypes.c_double), ("whole", ctypes.c_int32), ("flag", ctypes.c_bool),
                    ("padding", ctypes.c_char * 56)]
    _fields_ = [("value", Value), ("elements", ctypes.c_uint32), ("kind", ctypes.c_uint16)]


assert (Variant.kind.offset, ctypes.sizeof(Variant)) == (60, 64)


def wide(text):
    return ctypes.create_string_buffer(text.encode("utf-16-le", "surrogatepass") + b"\0\0")


def read_wide(pointer):
    units = ctypes.cast(pointer, ctypes.POINTER(ctypes.c_uint16))
    length = next(index for index in range(1 << 20) if units[index] == 0)
    return ctypes.string_at(pointer, length * 2).decode("utf-16-le", "replace")


class Interface:
    """An object of the host's, made of Python functions; the first two slots stand for its destructor."""

    def __init__(self, *functions):
        nothing = ctypes.CFUNCTYPE(None, Pointer)(lambda this: None)
        self._functions = [nothing, nothing, *functions]
        self._table = (Pointer * len(self._functions))(*[ctypes.cast(f, Pointer) for f in self._functions])
        self._object = (Pointer * 1)(ctypes.addressof(self._table))

    @property
    def address(self):
        return ctypes.addressof(self._object)


class Memory(Interface):
    def __init__(self):
        self.blocks = set()

        def allocate(this, place, size):
            block = LIBC.malloc(size)
            self.blocks.add(block)
            place[0] = block
            return True

        def free(this, place):
            self.release(place[0])
            place[0] = None

        place = ctypes.POINTER(Pointer)
        super().__init__(
            ctypes.CFUNCTYPE(Flag, Pointer, place, ctypes.c_ulong)(allocate),
            ctypes.CFUNCTYPE(None, Pointer, place)(free))

    def release(self, block):
        if block:
            self.blocks.remove(block)
            LIBC.free(block)


class Connection(Interface):
    """Records errors. It has no events and nothing else, as on a server."""

    def __init__(self):
        self.errors = []

        def add_error(this, code, source, text, scode):
            self.errors.append(read_wide(text))
            return True

        refuse = ctypes.CFUNCTYPE(Flag, Pointer, Pointer, Pointer, Pointer, Pointer)(lambda *_: False)
        zero = ctypes.CFUNCTYPE(Long, Pointer)(lambda this: 0)
        super().__init__(
            ctypes.CFUNCTYPE(Flag, Pointer, ctypes.c_uint16, Pointer, Pointer, Long)(add_error),
            refuse, refuse, refuse, refuse, zero, refuse, refuse, refuse, refuse, refuse)


class Library:
    """The library, and what its objects were asked and answered."""

    def __init__(self):
        path = os.environ.get("TWITTER_NATIVE_LIBRARY") or str(TARGET / "release/libtwitter_native.so")
        self._library = ctypes.CDLL(path)
        self._library.GetClassObject.restype = Long
        self._library.GetClassObject.argtypes = [Pointer, ctypes.POINTER(Pointer)]
        self._library.DestroyObject.argtypes = [ctypes.POINTER(Pointer)]
        self.memory, self.connection = Memory(), Connection()
        self.calls, self.answer = [], ""

    def new_object(self):
        return AddIn(self)

    def make(self):
        place = Pointer()
        if not self._library.GetClassObject(wide("TwitterNative"), ctypes.byref(place)):
            raise Error1C("Тип не определен (TwitterNative)")
        return place

    def destroy(self, place):
        self._library.DestroyObject(ctypes.byref(place))

    def last_error(self):
        return json.loads(self.answer)["error"]


class AddIn(Object1C):
    type_name = "AddIn.TwitterNative.TwitterNative"

    def __init__(self, library):
        self._library, self._memory = library, library.memory
        self._place = library.make()
        self._slot(0, INIT, Flag, Pointer)(library.connection.address)
        self._slot(0, SET_MEMORY, Flag, Pointer)(self._memory.address)

    def __del__(self):
        if getattr(self, "_place", None):
            self._slot(0, DONE, None)()
            self._library.destroy(self._place)

    def _slot(self, base, slot, result, *arguments):
        """The virtual function of a base: called with `this` at that base."""
        this = self._place.value + 8 * base
        table = Pointer.from_address(this).value
        function = ctypes.CFUNCTYPE(result, Pointer, *arguments)(Pointer.from_address(table + 8 * slot).value)
        return lambda *values: function(this, *values)

    def _fill(self, variant, value, kept):
        if value is None:
            variant.kind = EMPTY
        elif isinstance(value, bool):
            variant.kind, variant.value.flag = BOOL, value
        elif is_number(value):
            variant.kind, variant.value.number = R8, float(value)
        elif isinstance(value, (str, BinaryData)):
            data = wide(value) if isinstance(value, str) else ctypes.create_string_buffer(value.content)
            kept.append(data)
            variant.kind = PWSTR if isinstance(value, str) else BLOB
            variant.value.text.pointer = ctypes.addressof(data)
            variant.value.text.length = (len(data) - 2) // 2 if isinstance(value, str) else len(data) - 1
        else:
            raise Error1C("Значение этого типа не передать внешней компоненте")

    def _take(self, variant):
        if variant.kind != PWSTR:
            return {EMPTY: None, BOOL: variant.value.flag, I4: variant.value.whole, R8: variant.value.number}[variant.kind]
        text = variant.value.text
        value = ctypes.string_at(text.pointer, text.length * 2).decode("utf-16-le") if text.length else ""
        self._memory.release(text.pointer)
        return value

    def _raised(self, otherwise):
        """The add-in's own text of an exception."""
        errors, self._library.connection.errors = self._library.connection.errors, []
        return errors[-1] if errors else otherwise

    def get(self, name):
        number = self._slot(1, FIND_PROPERTY, Long, Pointer)(wide(name))
        variant = Variant()
        if number < 0 or not self._slot(1, GET_PROPERTY, Flag, Long, Pointer)(number, ctypes.addressof(variant)):
            raise Error1C("Поле объекта не обнаружено (%s)" % name)
        return self._take(variant)

    def set(self, name, value):
        number, kept, variant = self._slot(1, FIND_PROPERTY, Long, Pointer)(wide(name)), [], Variant()
        self._fill(variant, value, kept)
        if number < 0 or not self._slot(1, SET_PROPERTY, Flag, Long, Pointer)(number, ctypes.addressof(variant)):
            raise Error1C(self._raised("Недопустимое значение свойства (%s)" % name))

    def has_method(self, name):
        return self._slot(1, FIND_METHOD, Long, Pointer)(wide(name)) >= 0

    def call(self, name, arguments):
        number = self._slot(1, FIND_METHOD, Long, Pointer)(wide(name))
        count = self._slot(1, PARAMETERS, Long, Long)(number) if number >= 0 else -1
        if number < 0 or len(arguments) > count:
            raise Error1C("Метод объекта не обнаружен (%s)" % name)
        variants, result, kept, defaults = (Variant * max(count, 1))(), Variant(), [], []
        for index in range(count):
            if index < len(arguments):
                self._fill(variants[index], arguments[index], kept)
            elif not self._slot(1, DEFAULT, Flag, Long, Long, Pointer)(
                    number, index, ctypes.addressof(variants[index])):
                raise Error1C("Недостаточно фактических параметров (%s)" % name)
            else:
                # Some hosts accept only a default with a type. The host frees its text.
                if variants[index].kind == EMPTY:
                    raise Error1C("Недостаточно фактических параметров (%s)" % name)
                defaults.append(variants[index].value.text.pointer)
        done = self._slot(1, CALL_FUNCTION, Flag, Long, Pointer, Pointer, Long)(
            number, ctypes.addressof(result), ctypes.addressof(variants), count)
        for block in defaults:
            self._memory.release(block)
        if not done:
            raise Error1C(self._raised("Ошибка при вызове метода контекста (%s)" % name))
        answer = self._take(result)
        if name.lower() in ("вызвать", "call"):
            data = arguments[2].content if len(arguments) > 2 and arguments[2] is not None else None
            self._library.calls.append((arguments[0], json.loads(arguments[1]), data))
            self._library.answer = answer
        return answer
