"""What the global context gives to our modules: in 1C:Enterprise ("1c") and in OneScript ("onescript")."""

import datetime
import http.client
import json
import os
import tempfile
import urllib.parse
from decimal import Decimal, InvalidOperation

from platform_types import (
    NULL, Array, BinaryData, Error1C, File, JsonReader, JsonWriter, Map, Object1C, Request, Response,
    Structure, SystemInformation, decode_base64, is_number, method, plain, read_json, type_name_of)


class Enumeration(Object1C):
    def __init__(self, *names):
        self.names = {name.lower(): name for name in names}

    def get(self, name):
        if name.lower() not in self.names:
            raise Error1C("Поле объекта не обнаружено (%s)" % name)
        return self.names[name.lower()]


class SecureConnection(Object1C):
    type_name = "ЗащищенноеСоединениеOpenSSL"

    def __init__(self, client=None, authorities=None):
        self.authorities = authorities


class SystemAuthorities(Object1C):
    type_name = "СертификатыУдостоверяющихЦентровОС"


class Connection(Object1C):
    type_name = "HTTPСоединение"
    made = []

    def __init__(self, host, port=None, user=None, password=None, proxy=None, timeout=None, secure=None):
        if is_number(port) is False or is_number(timeout) is False:
            raise Error1C("Несоответствие типов")
        self.host, self.port, self.secure = host, port, secure
        Connection.made.append(self)

    @method("Получить Get", 1, 2)
    def fetch(self, request, path=None):
        host = self.host.rpartition("://")[2].strip("[]")
        connection = http.client.HTTPConnection(host, int(self.port), timeout=10)
        try:
            connection.request("GET", request.resource)
            response = connection.getresponse()
            body = response.read()
        except OSError as error:
            raise Error1C("Ошибка работы с Интернет: %s" % error) from None
        finally:
            connection.close()
        with open(path, "wb") as file:
            file.write(body)
        return Response(response.status, response.getheaders())


class EnterpriseConnection(Connection):
    def __init__(self, host, *rest):
        if "://" in host:
            raise Error1C("Неправильное имя сервера")
        super().__init__(host, *rest)


class ScriptConnection(Connection):
    def __init__(self, host, port=None, user=None, password=None, proxy=None, timeout=None):
        if "://" not in host:
            raise Error1C("Схема адреса не указана")
        super().__init__(host, port, user, password, proxy, timeout)


# Types: constructor and the number of its arguments.
COMMON_TYPES = {
    "Массив": (Array, 0, 0), "Соответствие": (Map, 0, 0), "Структура": (Structure, 0, 99),
    "ЧтениеJSON": (JsonReader, 0, 0), "ЗаписьJSON": (JsonWriter, 0, 0), "Файл": (File, 1, 1),
    "ДвоичныеДанные": (BinaryData, 1, 1), "HTTPЗапрос": (Request, 0, 2),
    "СистемнаяИнформация": (SystemInformation, 0, 0),
}
TYPES = {
    "1c": {**COMMON_TYPES, "HTTPСоединение": (EnterpriseConnection, 1, 8),
           "ЗащищенноеСоединениеOpenSSL": (SecureConnection, 0, 2),
           "СертификатыУдостоверяющихЦентровОС": (SystemAuthorities, 0, 0)},
    "onescript": {**COMMON_TYPES, "HTTPСоединение": (ScriptConnection, 1, 6)},
}
# 1C finds an unknown type when it compiles, OneScript when it runs.
TYPES_AT_RUN_TIME = {"1c": (), "onescript": tuple(TYPES["1c"])}
TYPE_NAMES = set(COMMON_TYPES) | {"Строка", "Число", "Булево", "Дата", "ФиксированныйМассив", "ФиксированноеСоответствие"}

COMMON_PROPERTIES = {
    "Null": NULL,
    "Символы": Structure("ПС,ВК,НПП", "\n", "\r", "\u00a0"),
    "ТипВнешнейКомпоненты": Enumeration("Native"),
    "СпособКодированияСтроки": Enumeration("КодировкаURL", "URLВКодировкеURL"),
    "НаправлениеПоиска": Enumeration("СНачала", "СКонца"),
}
PROPERTIES = {
    "1c": {**COMMON_PROPERTIES, "ТипПодключенияВнешнейКомпоненты": Enumeration("Изолированно", "НеИзолированно")},
    "onescript": COMMON_PROPERTIES,
}


def text(value):
    if not isinstance(value, str):
        raise Error1C("Несоответствие типов: %s вместо строки" % type_name_of(value))
    return value


def is_filled(value):
    if value is None or value is NULL:
        return False
    if isinstance(value, bool):
        return True
    if isinstance(value, str):
        return value.strip() != ""
    if is_number(value):
        return value != 0
    if isinstance(value, (Array, Map, Structure)):
        return value.count() > 0
    if isinstance(value, BinaryData):
        raise Error1C("ЗначениеЗаполнено: значение этого типа проверяется не во всех версиях платформы")
    return True


def shown(value):
    """Строка(): numbers with blanks between groups and a comma, as a Russian session shows them."""
    if value is None or value is NULL:
        return ""
    if isinstance(value, bool):
        return "Да" if value else "Нет"
    if is_number(value):
        return "{:,}".format(value).replace(",", "\u00a0").replace(".", ",")
    if isinstance(value, datetime.datetime):
        return "{:%d.%m.%Y} {}:{:%M:%S}".format(value, value.hour, value)
    return text(value)


def text_of_data(data, *_):
    if not isinstance(data, BinaryData):
        raise Error1C("Несоответствие типов (параметр номер '1')")
    return data.content.decode("utf-8", "replace")


def find(where, what, direction=None, *_):
    at = text(where).rfind(text(what)) if direction == "СКонца" else text(where).find(text(what))
    return at + 1


def middle(value, first, count=None):
    start = max(int(first), 1) - 1
    return text(value)[start:] if count is None else text(value)[start:start + int(count)]


def to_number(value):
    try:
        return value if is_number(value) else Decimal(text(value).strip())
    except InvalidOperation:
        raise Error1C("Преобразование значения к типу Число не может быть выполнено") from None


def write_json(writer, value, *_):
    writer.parts.append(json.dumps(plain(value), ensure_ascii=False, indent=1))


def temporary_name(extension=None):
    handle, path = tempfile.mkstemp("." + (extension or "tmp"))
    os.close(handle)
    os.unlink(path)
    return path


def delete_files(path, *_):
    if os.path.exists(path):
        os.unlink(path)


COMMON_FUNCTIONS = {
    "ТипЗнч": (lambda value: ("type", type_name_of(value)), 1, 1),
    "Тип": (lambda name: ("type", text(name)), 1, 1),
    "ЗначениеЗаполнено": (is_filled, 1, 1),
    "Число": (to_number, 1, 1),
    "НРег": (lambda value: text(value).lower(), 1, 1),
    "Строка": (shown, 1, 1),
    "ПолучитьСтрокуИзДвоичныхДанных": (text_of_data, 1, 2),
    "СокрЛП": (lambda value: text(value).strip(), 1, 1),
    "СокрЛ": (lambda value: text(value).lstrip(), 1, 1),
    "Лев": (lambda value, count: text(value)[:int(count)], 2, 2),
    "Сред": (middle, 2, 3),
    "СтрДлина": (lambda value: len(text(value)), 1, 1),
    "СтрНайти": (find, 2, 5),
    "СтрЗаменить": (lambda value, what, by: text(value).replace(text(what), text(by)), 3, 3),
    "СтрНачинаетсяС": (lambda value, what: text(value).startswith(text(what)), 2, 2),
    "СтрРазделить": (lambda value, by, *_: Array(text(value).split(text(by))), 2, 3),
    "СтрСоединить": (lambda values, by="": by.join(map(text, values.items())), 1, 2),
    "КодироватьСтроку": (lambda value, *_: urllib.parse.quote(text(value), safe="-_.~"), 2, 3),
    "ПрочитатьJSON": (lambda reader, into_map=False, *_: read_json(reader.text, into_map), 1, 9),
    "ЗаписатьJSON": (write_json, 2, 5),
    "Base64Значение": (decode_base64, 1, 1),
    "ПолучитьИмяВременногоФайла": (temporary_name, 0, 1),
    "УдалитьФайлы": (delete_files, 1, 2),
    "Вычислить": (None, 1, 1),
    "ПодключитьВнешнююКомпоненту": (None, 3, 4),
}
FUNCTIONS = {
    "1c": COMMON_FUNCTIONS,
    "onescript": {
        **COMMON_FUNCTIONS, "ПодключитьВнешнююКомпоненту": (None, 1, 3),
        "СтартовыйСценарий": (lambda: Structure("Каталог", "."), 0, 0),
    },
}
