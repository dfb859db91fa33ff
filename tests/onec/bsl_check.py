"""What the compilers of 1C and OneScript would refuse, and what this code's readers would."""

import re

from platform_1c import FUNCTIONS, PROPERTIES, TYPES, TYPES_AT_RUN_TIME, TYPE_NAMES

LONGEST_LINE = 120


def problems_of(text, module, host):
    """Texts of what is wrong in a module on a host."""
    found = list(_lines(text))
    for method in module.methods.values():
        check = MethodCheck(module, method, host)
        check.run()
        found += check.found
    called = set().union(*(MethodCheck(module, method, host).calls() for method in module.methods.values()))
    for method in module.methods.values():
        if not method.exported and method.name.lower() not in called:
            found.append("line %d: %s is not called" % (method.line, method.name))
    return found


def _lines(text):
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            yield "line %d: longer than %d characters" % (number, LONGEST_LINE)
        if "\t" in line or line != line.rstrip():
            yield "line %d: a tab or a blank at the end" % number
    for name in set(re.findall(r"[^\W\d]\w*", re.sub(r"//[^\n]*", "", text))):
        if _looks_misspelt(name):
            yield "%s mixes Latin and Cyrillic letters within a word" % name


def _looks_misspelt(name):
    """Scripts may change at a capital letter (JSONСтрокой), not within a word."""
    def script(letter):
        return "latin" if letter.isascii() else "cyrillic"
    pairs = zip(name, name[1:])
    return any(a.isalpha() and b.isalpha() and script(a) != script(b) and not b.isupper() for a, b in pairs)


def nodes_of(node):
    """All expression and statement nodes within one, itself included."""
    if isinstance(node, tuple):
        if node and isinstance(node[0], str) and len(node) > 1 and isinstance(node[1], int):
            yield node
        for part in node:
            yield from nodes_of(part)
    elif isinstance(node, list):
        for part in node:
            yield from nodes_of(part)


class MethodCheck:
    def __init__(self, module, method, host):
        self.module, self.method, self.host = module, method, host
        self.found = []
        self.functions = {name.lower(): entry for name, entry in FUNCTIONS[host].items()}
        self.globals = {name.lower() for name in PROPERTIES[host]}
        self.types = {name.lower(): entry for name, entry in TYPES[host].items()}
        self.late_types = {name.lower() for name in TYPES_AT_RUN_TIME[host]}
        self.nodes = list(nodes_of(method.body))

    def calls(self):
        return {node[2].lower() for node in self.nodes if node[0] == "call"}

    def say(self, line, text):
        self.found.append("line %d: %s" % (line, text))

    def run(self):
        self._variables()
        for node in self.nodes:
            if node[0] == "call":
                self._call(node[1], node[2], node[3])
            elif node[0] == "new" and node[2][0] == "constant":
                self._type(node[1], node[2][2], node[3])
            elif node[0] == "raise" and node[2] is None:
                self._inside_handler(node)
        returns = [node for node in self.nodes if node[0] == "return"]
        if self.method.is_function and not self._ends(self.method.body):
            self.say(self.method.line, "%s may end without a value" % self.method.name)
        if any((node[2] is not None) != self.method.is_function for node in returns):
            self.say(self.method.line, "%s returns the wrong way" % self.method.name)

    def _variables(self):
        parameters = {parameter.name.lower() for parameter in self.method.parameters}
        if len(parameters) != len(self.method.parameters):
            self.say(self.method.line, "%s has a parameter twice" % self.method.name)
        assigned = {node[2][2].lower() for node in self.nodes if node[0] == "assign" and node[2][0] == "name"}
        loops = {node[2].lower() for node in self.nodes if node[0] in ("each", "for")}
        targets = {id(node[2]) for node in self.nodes if node[0] == "assign" and node[2][0] == "name"}
        read = set()
        for node in self.nodes:
            if node[0] != "name" or id(node) in targets:
                continue
            read.add(node[2].lower())
            if node[2].lower() not in parameters | assigned | loops | self.globals:
                self.say(node[1], "%s is nowhere assigned" % node[2])
        evaluated = " ".join(str(node[2]) for node in self.nodes if node[0] == "constant").lower()
        for name in assigned - read - parameters:
            if not re.search(r"\b%s\b" % re.escape(name), evaluated):
                self.say(self.method.line, "%s assigns %s and never reads it" % (self.method.name, name))

    def _call(self, line, name, arguments):
        key = name.lower()
        local = self.module.methods.get(key)
        if local is not None:
            least, most = local.required, len(local.parameters)
            for parameter, node in zip(local.parameters, arguments):
                if node is None and parameter.default is None:
                    self.say(line, "%s needs %s" % (name, parameter.name))
        elif key in self.functions:
            least, most = self.functions[key][1:]
        else:
            return self.say(line, "there is no function %s" % name)
        if not least <= len(arguments) <= most:
            self.say(line, "%s takes %d to %d arguments" % (name, least, most))
        if key == "тип" and arguments[0][0] == "constant" and arguments[0][2] not in TYPE_NAMES:
            self.say(line, "there is no type %s" % arguments[0][2])

    def _type(self, line, name, arguments):
        if name.lower() in self.late_types:
            return
        if name.lower() not in self.types:
            return self.say(line, "there is no type %s" % name)
        _, least, most = self.types[name.lower()]
        if not least <= len(arguments) <= most:
            self.say(line, "%s is made of %d to %d arguments" % (name, least, most))

    def _inside_handler(self, node):
        handlers = [inner[3] for inner in self.nodes if inner[0] == "try"]
        if not any(node in list(nodes_of(handler)) for handler in handlers):
            self.say(node[1], "nothing to raise again here")

    def _ends(self, body):
        """Whether a block always returns or raises."""
        if not body:
            return False
        last = body[-1]
        if last[0] in ("return", "raise"):
            return True
        if last[0] == "if":
            return all(self._ends(inner) for _, inner in last[2]) and self._ends(last[3])
        return last[0] == "try" and self._ends(last[2]) and self._ends(last[3])
