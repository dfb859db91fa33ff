"""Checks of the modules' text: syntax, names, arguments."""

import json
import re
import textwrap

from bsl_check import nodes_of, problems_of
from bsl_lexer import SyntaxProblem
from bsl_parser import Module
from world import HOSTS, SOURCES, check, equal

# The original's functions: Russian name, English name, arguments and how many of them have to be given, then
# how many new optional ones follow.
ORIGINAL = (
    ("ПолучитьСтандартныеПараметры", "GetStandardParameters", "Параметры", 0, 0),
    ("СоздатьЗаголовокАвторизацииV1", "CreateAuthorizationHeaderV1", "Параметры Поля ВидЗапроса URL", 4, 0),
    ("СоздатьЗаголовокАвторизацииV2", "CreateAuthorizationHeaderV2", "Параметры", 0, 0),
    ("ПолучитьСсылкуАвторизации", "GetAuthorizationLink", "Параметры", 0, 1),
    ("ПолучитьТокен", "GetToken", "Код Параметры", 1, 0),
    ("ОбновитьТокен", "RefreshToken", "Параметры", 0, 0),
    ("ОбработкаВходящегоЗапросаПослеАвторизации", "HandleIncomingRequestAfterAuthorization",
     "Запрос Параметры", 1, 1),
    ("ЗагрузитьМедиафайл", "UploadMediaFile", "Файл Тип Параметры", 1, 0),
    ("ЗагрузитьМассивВложений", "UploadAttachmentsArray", "МассивФайлов ТипВложений Параметры", 2, 0),
    ("СоздатьПроизвольныйТвит", "CreateCustomTweet",
     "Текст МассивМедиа МассивВариантовОпроса ДлительностьОпроса Параметры", 0, 0),
    ("СоздатьТекстовыйТвит", "CreateTextTweet", "Текст Параметры", 1, 0),
    ("СоздатьТвитКартинки", "CreateImageTweet", "Текст МассивКартинок Параметры", 2, 0),
    ("СоздатьТвитГифки", "CreateGifTweet", "Текст МассивГифок Параметры", 2, 0),
    ("СоздатьТвитВидео", "CreateVideoTweet", "Текст МассивВидео Параметры", 2, 0),
    ("СоздатьТвитОпрос", "CreatePollTweet", "Текст МассивВариантов Длительность Параметры", 3, 0),
)

PLANTED = (
    ("КонецЕсли;", "", "begins no statement"), ("Возврат Запрос;", "Возврат Запрс;", "nowhere assigned"),
    ("СтрСоединить(", "СтрСоединит(", "there is no function"), ("НРег(", "НРег(1, ", "arguments"),
    ('Тип("Массив")', 'Тип("Масив")', "there is no type"), ("Новый ЗаписьJSON", "Новый ЗапсьJSON", "there is no type"),
    ("#КонецОбласти", "", "region"), ('"create_gif_tweet"', '"create_gif_tweet', None),
    ("ЗначениеИзJSON(Ответ)", "ЗначениеИзJSON()", "arguments"), ("Знач Сеанс", "Знач Cеанс", "mixes Latin"),
)


def problems(text, host):
    try:
        return problems_of(text, Module(text), host)
    except SyntaxProblem as problem:
        return [str(problem)]


@check
def syntax(world):
    """every module is good code for 1C and for OneScript"""
    sources = sorted(SOURCES.glob("*.bsl"))
    equal(len(sources), 3)
    for source in sources:
        for host in HOSTS:
            found = problems(source.read_text(encoding="utf-8"), host)
            assert not found, "%s: %s" % (source.name, found)


@check
def the_checker_finds_what_is_planted(world):
    """the checker finds mistakes that are planted"""
    text = (SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8")
    for right, wrong, word in PLANTED:
        assert right in text, right
        found = "; ".join(problems(text.replace(right, wrong, 1), "1c"))
        assert found and (word is None or word in found), "%r for %r gives %r" % (wrong, right, found)


@check
def names_and_arguments(world):
    """the original's functions are exported under both names with its arguments in its order"""
    methods = Module((SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8")).methods
    for russian, english, arguments, required, new in ORIGINAL:
        method = methods[russian.lower()]
        names = [parameter.name for parameter in method.parameters]
        equal(names[:len(names) - new], arguments.split())
        equal((method.exported, method.is_function, method.required), (True, True, required))
        for parameter in method.parameters[required:]:
            equal(parameter.default[2], "")


@check
def english_names(world):
    """each English function hands all its arguments to its Russian one, in order, with the same defaults"""
    methods = Module((SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8")).methods
    english = {name: method for name, method in methods.items() if method.exported and name.isascii()}
    pairs = {english.lower(): russian.lower() for russian, english, *_ in ORIGINAL}
    russian = {name for name, method in methods.items() if method.exported} - set(english)
    for name, method in english.items():
        called = [node for node in nodes_of(method.body) if node[0] == "call"]
        equal(len(called), 1)
        target = methods[called[0][2].lower()]
        russian.discard(target.name.lower())
        equal(pairs.get(name, target.name.lower()), target.name.lower())
        equal([argument[2] for argument in called[0][3]], [parameter.name for parameter in method.parameters])
        values = [[p.default and p.default[2] for p in either.parameters] for either in (method, target)]
        equal(values[0], values[1])
        assert all(parameter.by_value for parameter in method.parameters), method.name
    equal(russian, set())


@check
def overridable_modules(world):
    """the overridable modules have the same hooks, in Russian and in English, and do nothing yet"""
    for name, hooks in (
            ("OPI_TwitterПереопределяемый", "ПриОпределенииПараметров ПриПолученииТокенов ПриПодключенииКомпоненты"),
            ("OPI_TwitterOverridable", "OnDefineParameters OnReceiveTokens OnAttachAddIn")):
        methods = Module((SOURCES / (name + ".bsl")).read_text(encoding="utf-8")).methods
        equal(list(methods), [hook.lower() for hook in hooks.split()])
        assert all(method.exported and not method.body for method in methods.values()), name


@check
def examples(world):
    """every example in the READMEs is good syntax, and calls the module by its names with its arguments"""
    methods = Module((SOURCES / "OPI_Twitter.bsl").read_text(encoding="utf-8")).methods
    counts = {"README.md": 0, "README.en.md": 0}
    for name in counts:
        for block in re.findall(r" *```bsl\n(.*?)```", (SOURCES / name).read_text(encoding="utf-8"), re.DOTALL):
            block = textwrap.dedent(block)
            whole = re.search(r"(?m)^(Функция|Процедура|Function|Procedure) ", block)
            module = Module(block if whole else "Procedure Example()\n%s\nEndProcedure" % block)
            for node in [node for method in module.methods.values() for node in nodes_of(method.body)]:
                if node[0] == "method" and node[2][0] == "name" and node[2][2] == "OPI_Twitter":
                    method = methods[node[3].lower()]
                    assert method.exported and method.required <= len(node[4]) <= len(method.parameters), node[3]
                    counts[name] += 1
    # The two say the same, each in its language.
    assert counts["README.md"] == counts["README.en.md"] > 0, counts


@check
def readmes_list_every_function(world):
    """both READMEs list every function beyond the original's, with its method"""
    original = {english for _, english, *_ in ORIGINAL}
    described = json.loads(world.library.new_object().call("Describe", []))["result"]
    for name, language in (("README.md", "ru"), ("README.en.md", "en")):
        rows = [line.split("|") for line in (SOURCES / name).read_text(encoding="utf-8").splitlines()
                if line.startswith("| `")]
        listed = [pair for row in rows if len(row) == 5
                  for pair in zip(re.findall(r"`(\w+)`", row[1]), row[2].strip().split(", "))]
        equal(sorted(listed), sorted((function["name"], function[language]) for function in described
                                     if function["en"] not in original))
