"""The platform's types that our modules meet: strict, so that what 1C would refuse is refused here."""

import base64
import datetime
import json
import os
from decimal import Decimal


class Error1C(Exception):
    """An exception of the language: ВызватьИсключение, or the platform's own."""


def is_number(value):
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def method(names, least, most=None):
    """Publishes a method under its Russian and English name, with the number of its arguments."""
    def mark(function):
        function.published = (names.split(), least, least if most is None else most)
        return function
    return mark


class Object1C:
    """An object of the platform. `type_name` is its Russian type name."""

    type_name = "Объект"
    properties = {}

    def __init_subclass__(cls):
        cls.methods = dict(getattr(cls, "methods", {}))
        for value in vars(cls).values():
            for name in getattr(value, "published", ((), 0, 0))[0]:
                cls.methods[name.lower()] = value

    def call(self, name, arguments):
        found = self.methods.get(name.lower())
        if found is None:
            raise Error1C("Метод объекта не обнаружен (%s)" % name)
        _, least, most = found.published
        if not least <= len(arguments) <= most:
            raise Error1C("Неверное число параметров: %s" % name)
        return found(self, *arguments)

    def get(self, name):
        attribute = self.properties.get(name.lower())
        if attribute is None:
            raise Error1C("Поле объекта не обнаружено (%s)" % name)
        return getattr(self, attribute)

    def set(self, name, value):
        raise Error1C("Поле объекта недоступно для записи (%s)" % name)

    def item(self, key):
        raise Error1C("Получение элемента по индексу для значения не определено")

    def set_item(self, key, value):
        raise Error1C("Установка элемента по индексу для значения не определена")

    def items(self):
        raise Error1C("Итератор для значения не определен")


class NullValue(Object1C):
    type_name = "Null"


NULL = NullValue()


class SystemInformation(Object1C):
    """The platform that the module believes to run on; checks set these."""

    type_name = "СистемнаяИнформация"
    properties = {"версияприложения": "version", "типплатформы": "platform"}
    version, platform = "8.3.24.1467", "Linux x86-64"


class KeyAndValue(Object1C):
    type_name = "КлючИЗначение"
    properties = {"ключ": "key", "key": "key", "значение": "value", "value": "value"}

    def __init__(self, key, value):
        self.key, self.value = key, value


class Array(Object1C):
    type_name = "Массив"

    def __init__(self, values=()):
        self.values = list(values)

    @method("Добавить Add", 0, 1)
    def add(self, value=None):
        self.values.append(value)

    @method("Количество Count", 0)
    def count(self):
        return len(self.values)

    @method("Очистить Clear", 0)
    def clear(self):
        self.values.clear()

    def item(self, key):
        if not is_number(key) or not 0 <= key < len(self.values):
            raise Error1C("Индекс находится за границами массива")
        return self.values[int(key)]

    def items(self):
        return list(self.values)


class FixedArray(Array):
    type_name = "ФиксированныйМассив"


class Map(Object1C):
    type_name = "Соответствие"

    def __init__(self, pairs=()):
        self.pairs = dict(pairs)

    @method("Вставить Insert", 1, 2)
    def insert(self, key, value=None):
        self.pairs[key] = value

    @method("Количество Count", 0)
    def count(self):
        return len(self.pairs)

    @method("Получить Get", 1)
    def item(self, key):
        return self.pairs.get(key)

    def set_item(self, key, value):
        self.pairs[key] = value

    def items(self):
        return [KeyAndValue(key, value) for key, value in self.pairs.items()]


class FixedMap(Map):
    type_name = "ФиксированноеСоответствие"

    def insert(self, key, value=None):
        raise Error1C("Метод объекта не обнаружен (Вставить)")


class Structure(Object1C):
    type_name = "Структура"

    def __init__(self, keys=None, *values):
        self.pairs = {}
        names = [name.strip() for name in keys.split(",")] if keys else []
        if len(values) > len(names):
            raise Error1C("Слишком много значений структуры")
        for index, name in enumerate(names):
            self.insert(name, values[index] if index < len(values) else None)

    def _key(self, name):
        for key in self.pairs:
            if key.lower() == str(name).lower():
                return key
        return None

    @method("Вставить Insert", 1, 2)
    def insert(self, key, value=None):
        if not isinstance(key, str) or not key.isidentifier():
            raise Error1C("Неправильное имя атрибута структуры")
        self.pairs[self._key(key) or key] = value

    @method("Свойство Property", 1, 2)
    def has(self, name, _=None):
        return self._key(name) is not None

    @method("Количество Count", 0)
    def count(self):
        return len(self.pairs)

    def get(self, name):
        key = self._key(name)
        if key is None:
            raise Error1C("Поле объекта не обнаружено (%s)" % name)
        return self.pairs[key]

    item = get

    def set(self, name, value):
        key = self._key(name)
        if key is None:
            raise Error1C("Поле объекта не обнаружено (%s)" % name)
        self.pairs[key] = value

    set_item = set

    def items(self):
        return [KeyAndValue(key, value) for key, value in self.pairs.items()]


class BinaryData(Object1C):
    type_name = "ДвоичныеДанные"

    def __init__(self, path, content=None):
        try:
            self.content = open(path, "rb").read() if content is None else content
        except OSError as error:
            raise Error1C("Ошибка доступа к файлу: %s" % error) from None

    @method("Размер Size", 0)
    def size(self):
        return len(self.content)

    @method("Записать Write", 1)
    def write(self, path):
        with open(path, "wb") as file:
            file.write(self.content)


class File(Object1C):
    type_name = "Файл"

    def __init__(self, path):
        if not isinstance(path, str):
            raise Error1C("Несоответствие типов (параметр номер '1')")
        self.path = path

    @method("Существует Exists", 0)
    def exists(self):
        return os.path.exists(self.path) if "\0" not in self.path else False

    # True for a pipe and a device too: OneScript asks .NET, which knows only files and folders.
    @method("ЭтоФайл IsFile", 0)
    def is_file(self):
        return self.exists() and not os.path.isdir(self.path)

    @method("Размер Size", 0)
    def size(self):
        try:
            return os.stat(self.path).st_size
        except (OSError, ValueError) as error:
            raise Error1C("Ошибка доступа к файлу: %s" % error) from None


class JsonReader(Object1C):
    type_name = "ЧтениеJSON"

    def __init__(self):
        self.text = None

    @method("УстановитьСтроку SetString", 1)
    def set_string(self, text):
        if not isinstance(text, str):
            raise Error1C("Несоответствие типов (параметр номер '1')")
        self.text = text

    @method("ОткрытьФайл OpenFile", 1, 2)
    def open_file(self, path, _=None):
        try:
            with open(path, encoding="utf-8-sig") as file:
                self.text = file.read()
        except (OSError, ValueError) as error:
            raise Error1C("Ошибка открытия файла: %s" % error) from None

    @method("Закрыть Close", 0)
    def close(self):
        self.text = None


class JsonWriter(Object1C):
    type_name = "ЗаписьJSON"

    def __init__(self):
        self.parts = None

    @method("УстановитьСтроку SetString", 0, 1)
    def set_string(self, _=None):
        self.parts = []

    @method("Закрыть Close", 0)
    def close(self):
        text, self.parts = "".join(self.parts), None
        return text


def read_json(text, into_map):
    def of(value):
        if isinstance(value, list):
            return Array(map(of, value))
        if isinstance(value, dict):
            pairs = {key: of(inner) for key, inner in value.items()}
            return Map(pairs) if into_map else Structure(",".join(pairs), *pairs.values())
        return value
    try:
        return of(json.loads(text, parse_float=Decimal))
    except ValueError as error:
        raise Error1C("Непредвиденный символ при чтении JSON: %s" % error) from None


def plain(value):
    """What a value is in JSON; a type that ЗаписатьJSON doesn't take is an error."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if type(value) is Array:
        return [plain(inner) for inner in value.values]
    if type(value) in (Map, Structure):
        if not all(isinstance(key, str) for key in value.pairs):
            raise Error1C("Недопустимый тип ключа")
        return {key: plain(inner) for key, inner in value.pairs.items()}
    raise Error1C("Передано значение недопустимого типа: %s" % type_name_of(value))


def type_name_of(value):
    if value is None:
        return "Неопределено"
    if isinstance(value, bool):
        return "Булево"
    if isinstance(value, str):
        return "Строка"
    if isinstance(value, datetime.datetime):
        return "Дата"
    return "Число" if is_number(value) else value.type_name


def decode_base64(text):
    """Lenient, as the platform is: what isn't base64 gives some bytes."""
    known = "".join(c for c in text if c.isascii() and (c.isalnum() or c in "+/"))
    return BinaryData(None, base64.b64decode(known[:len(known) // 4 * 4]))


class Request(Object1C):
    type_name = "HTTPЗапрос"

    def __init__(self, resource="", _=None):
        self.resource = resource


class ServiceRequest(Object1C):
    type_name = "HTTPСервисЗапрос"
    properties = {"параметрызапроса": "query", "queryoptions": "query"}

    def __init__(self, query):
        self.query = FixedMap(query)


class Response(Object1C):
    type_name = "HTTPОтвет"
    properties = {"кодсостояния": "status", "заголовки": "headers"}

    def __init__(self, status, headers):
        self.status, self.headers = status, Map(headers)
