"""Tokens of the 1C:Enterprise language, as far as our modules use it, under Russian and English keywords."""

import re

KEYWORDS = {
    word.lower(): name for name, words in {
        "function": "Функция Function", "end_function": "КонецФункции EndFunction",
        "procedure": "Процедура Procedure", "end_procedure": "КонецПроцедуры EndProcedure",
        "export": "Экспорт Export", "val": "Знач Val", "var": "Перем Var",
        "if": "Если If", "then": "Тогда Then", "elsif": "ИначеЕсли ElsIf", "else": "Иначе Else",
        "end_if": "КонецЕсли EndIf", "for": "Для For", "each": "Каждого Each", "in": "Из In", "to": "По To",
        "while": "Пока While", "do": "Цикл Do", "end_do": "КонецЦикла EndDo",
        "try": "Попытка Try", "except": "Исключение Except", "end_try": "КонецПопытки EndTry",
        "raise": "ВызватьИсключение Raise", "return": "Возврат Return",
        "continue": "Продолжить Continue", "break": "Прервать Break", "new": "Новый New",
        "and": "И And", "or": "Или Or", "not": "Не Not",
        "true": "Истина True", "false": "Ложь False", "undefined": "Неопределено Undefined",
    }.items() for word in words.split()
}
OPERATORS = ("<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".", ";", "?")


class SyntaxProblem(Exception):
    def __init__(self, line, text):
        super().__init__("line %d: %s" % (line, text))
        self.line = line


class Token:
    __slots__ = ("kind", "text", "line")

    def __init__(self, kind, text, line):
        self.kind, self.text, self.line = kind, text, line

    def __repr__(self):
        return "%s %r" % (self.kind, self.text)


PATTERN = re.compile(r"""
    (?P<blank>[ \t\r\ufeff]+) | (?P<newline>\n) | (?P<comment>//[^\n]*)
  | (?P<directive>\#[^\n]*) | (?P<annotation>&\w+)
  | (?P<number>\d+(?:\.\d+)?) | (?P<name>[^\W\d]\w*)
  | (?P<operator>%s)
""" % "|".join(re.escape(operator) for operator in OPERATORS), re.VERBOSE)


def tokens_of(text):
    """The tokens of a module; directives and annotations among them, comments left out."""
    tokens, at, line = [], 0, 1
    while at < len(text):
        if text[at] == '"':
            value, at, ended = _string(text, at, line)
            tokens.append(Token("string", value, line))
            line = ended
            continue
        match = PATTERN.match(text, at)
        if match is None:
            raise SyntaxProblem(line, "unexpected character %r" % text[at])
        at, kind, found = match.end(), match.lastgroup, match.group()
        if kind == "newline":
            line += 1
        elif kind == "name":
            keyword = KEYWORDS.get(found.lower())
            after_dot = tokens and tokens[-1].kind == "."
            tokens.append(Token(keyword if keyword and not after_dot else "name", found, line))
        elif kind == "operator":
            tokens.append(Token(found, found, line))
        elif kind not in ("blank", "comment"):
            tokens.append(Token(kind, found, line))
    tokens.append(Token("end", "", line))
    return tokens


def _string(text, at, line):
    """A string literal; its further lines begin with a bar."""
    start, value = line, []
    at += 1
    while at < len(text):
        if text.startswith('""', at):
            value.append('"')
            at += 2
        elif text[at] == '"':
            return "".join(value), at + 1, line
        elif text[at] == "\n":
            bar = re.compile(r"[ \t]*\|").match(text, at + 1)
            if bar is None:
                break
            value.append("\n")
            at, line = bar.end(), line + 1
        else:
            value.append(text[at])
            at += 1
    raise SyntaxProblem(start, "the string is not closed")
