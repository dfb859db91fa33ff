"""The syntax tree of a module. A node is a tuple: its kind, its line, its parts."""

from bsl_lexer import SyntaxProblem, tokens_of

COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")


class Parameter:
    def __init__(self, name, by_value, default):
        self.name, self.by_value, self.default = name, by_value, default


class Method:
    def __init__(self, name, line, is_function, parameters, exported, body):
        self.name, self.line, self.is_function = name, line, is_function
        self.parameters, self.exported, self.body = parameters, exported, body

    @property
    def required(self):
        return sum(parameter.default is None for parameter in self.parameters)


class Module:
    def __init__(self, text):
        self.methods, self.body = {}, []
        parser = Parser(text)
        for method in parser.module():
            key = method.name.lower()
            if key in self.methods:
                raise SyntaxProblem(method.line, "%s is there twice" % method.name)
            self.methods[key] = method


def expression_of(text):
    parser = Parser(text)
    tree = parser.expression()
    parser.take("end")
    return tree


class Parser:
    def __init__(self, text):
        self.tokens, self.at = tokens_of(text), 0
        self.regions = []

    @property
    def token(self):
        self._directives()
        return self.tokens[self.at]

    def _directives(self):
        while self.tokens[self.at].kind == "directive":
            token = self.tokens[self.at]
            words = token.text[1:].split()
            word = words[0].lower() if words else ""
            if word in ("область", "region") and len(words) == 2:
                self.regions.append(words[1])
            elif word in ("конецобласти", "endregion") and self.regions:
                self.regions.pop()
            else:
                raise SyntaxProblem(token.line, "%s: a directive out of place" % token.text)
            self.at += 1

    def is_at(self, *kinds):
        return self.token.kind in kinds

    def take(self, *kinds):
        token = self.token
        if token.kind not in kinds:
            raise SyntaxProblem(token.line, "expected %s, found %r" % (" or ".join(kinds), token.text))
        self.at += 1
        return token

    def skip(self, kind):
        if self.is_at(kind):
            self.at += 1
            return True
        return False

    # Methods.

    def module(self):
        while not self.is_at("end"):
            if self.is_at("annotation"):
                self.at += 1
            yield self.method()
        if self.regions:
            raise SyntaxProblem(self.token.line, "the region %s is not closed" % self.regions[-1])

    def method(self):
        word = self.take("function", "procedure")
        name = self.take("name").text
        parameters = self.parameters()
        exported = self.skip("export")
        body = self.block("end_" + word.kind)
        self.take("end_" + word.kind)
        return Method(name, word.line, word.kind == "function", parameters, exported, body)

    def parameters(self):
        self.take("(")
        parameters = []
        while not self.is_at(")"):
            if parameters:
                self.take(",")
            by_value = self.skip("val")
            name = self.take("name")
            default = self.literal() if self.skip("=") else None
            if default is None and parameters and parameters[-1].default is not None:
                raise SyntaxProblem(name.line, "%s follows optional parameters and has no default" % name.text)
            parameters.append(Parameter(name.text, by_value, default))
        self.take(")")
        return parameters

    def literal(self):
        node = self.unary()
        if node[0] not in ("constant", "minus"):
            raise SyntaxProblem(node[1], "a default is a literal")
        return node

    # Statements.

    def block(self, *ends):
        statements = []
        while not self.is_at(*ends):
            statements.append(self.statement())
            if not self.is_at(*ends) or self.is_at(";"):
                self.take(";")
            else:
                raise SyntaxProblem(self.token.line, "a statement without a semicolon")
        return statements

    def statement(self):
        token = self.token
        handler = getattr(self, "_" + token.kind, None)
        if handler is not None:
            self.at += 1
            return handler(token.line)
        if token.kind != "name":
            raise SyntaxProblem(token.line, "%r begins no statement" % token.text)
        target = self.postfix()
        if self.skip("="):
            if target[0] not in ("name", "member", "index"):
                raise SyntaxProblem(token.line, "this can't be assigned to")
            return ("assign", token.line, target, self.expression())
        if target[0] not in ("call", "method"):
            raise SyntaxProblem(token.line, "an expression is no statement")
        return ("do", token.line, target)

    def _if(self, line):
        branches, otherwise = [], []
        condition = self.expression()
        self.take("then")
        branches.append((condition, self.block("elsif", "else", "end_if")))
        while self.skip("elsif"):
            condition = self.expression()
            self.take("then")
            branches.append((condition, self.block("elsif", "else", "end_if")))
        if self.skip("else"):
            otherwise = self.block("end_if")
        self.take("end_if")
        return ("if", line, branches, otherwise)

    def _for(self, line):
        if self.skip("each"):
            name = self.take("name").text
            self.take("in")
            what = self.expression()
            return ("each", line, name, what, self._loop())
        name = self.take("name").text
        self.take("=")
        first = self.expression()
        self.take("to")
        last = self.expression()
        return ("for", line, name, first, last, self._loop())

    def _while(self, line):
        return ("while", line, self.expression(), self._loop())

    def _loop(self):
        self.take("do")
        body = self.block("end_do")
        self.take("end_do")
        return body

    def _try(self, line):
        body = self.block("except")
        self.take("except")
        handler = self.block("end_try")
        self.take("end_try")
        return ("try", line, body, handler)

    def _raise(self, line):
        return ("raise", line, None if self.is_at(";") else self.expression())

    def _return(self, line):
        return ("return", line, None if self.is_at(";") else self.expression())

    def _continue(self, line):
        return ("continue", line)

    def _break(self, line):
        return ("break", line)

    # Expressions, from the loosest to the tightest.

    def expression(self):
        node = self._and_level()
        while self.is_at("or"):
            line = self.take("or").line
            node = ("or", line, node, self._and_level())
        return node

    def _and_level(self):
        node = self._not_level()
        while self.is_at("and"):
            line = self.take("and").line
            node = ("and", line, node, self._not_level())
        return node

    def _not_level(self):
        if self.is_at("not"):
            return ("not", self.take("not").line, self._not_level())
        node = self._sum()
        while self.is_at(*COMPARISONS):
            operator = self.take(*COMPARISONS)
            node = ("compare", operator.line, operator.text, node, self._sum())
        return node

    def _sum(self):
        return self._chain(("+", "-"), self._product)

    def _product(self):
        return self._chain(("*", "/", "%"), self.unary)

    def _chain(self, operators, next_level):
        node = next_level()
        while self.is_at(*operators):
            operator = self.take(*operators)
            node = ("arithmetic", operator.line, operator.text, node, next_level())
        return node

    def unary(self):
        if self.is_at("-"):
            return ("minus", self.take("-").line, self.unary())
        return self.postfix()

    def postfix(self):
        node = self.primary()
        while True:
            token = self.token
            if self.skip("."):
                name = self.take("name").text
                if self.is_at("("):
                    node = ("method", token.line, node, name, self.arguments())
                else:
                    node = ("member", token.line, node, name)
            elif self.skip("["):
                node = ("index", token.line, node, self.expression())
                self.take("]")
            else:
                return node

    def primary(self):
        token = self.take("name", "number", "string", "true", "false", "undefined", "new", "?", "(")
        if token.kind == "name":
            if self.is_at("("):
                return ("call", token.line, token.text, self.arguments())
            return ("name", token.line, token.text)
        if token.kind == "new":
            return self._new_expression(token.line)
        if token.kind == "(":
            node = self.expression()
            self.take(")")
            return node
        if token.kind == "?":
            return self._choice(token.line)
        constants = {"true": True, "false": False, "undefined": None}
        if token.kind in constants:
            return ("constant", token.line, constants[token.kind])
        return ("constant", token.line, token.text if token.kind == "string" else int(token.text))

    def _choice(self, line):
        self.take("(")
        parts = [self.expression()]
        for _ in range(2):
            self.take(",")
            parts.append(self.expression())
        self.take(")")
        return ("choice", line, *parts)

    def _new_expression(self, line):
        if self.is_at("("):
            arguments = self.arguments()
            if not arguments or arguments[0] is None:
                raise SyntaxProblem(line, "the type of the new object is missing")
            return ("new", line, arguments[0], arguments[1:])
        name = self.take("name").text
        return ("new", line, ("constant", line, name), self.arguments() if self.is_at("(") else [])

    def arguments(self):
        """The arguments of a call; None for one left out."""
        self.take("(")
        if self.skip(")"):
            return []
        arguments = []
        while True:
            arguments.append(None if self.is_at(",", ")") else self.expression())
            if self.skip(")"):
                return arguments
            self.take(",")
