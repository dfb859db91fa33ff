"""Runs modules of the 1C:Enterprise language: the part of it that they use."""

from decimal import Decimal

from bsl_parser import Module, expression_of
from bsl_lexer import SyntaxProblem
from platform_1c import FUNCTIONS, PROPERTIES, TYPES
from platform_types import Error1C, Object1C, is_number, type_name_of


class Cell:
    """A variable. A parameter without `Знач` (by reference) shares the cell of its argument."""

    __slots__ = ("value",)

    def __init__(self, value=None):
        self.value = value


class Returned(Exception):
    pass


class Continued(Exception):
    pass


class Broken(Exception):
    pass


class CommonModule(Object1C):
    """A common module of the configuration, called from outside by its exported methods."""

    type_name = "ОбщийМодуль"

    def __init__(self, machine, name, text):
        self.machine, self.name, self.module = machine, name, Module(text)

    def call(self, name, arguments):
        method = self.module.methods.get(name.lower())
        if method is None or not method.exported:
            raise Error1C("Метод объекта не обнаружен (%s)" % name)
        return self.machine.run(self, method, [None if value is LEFT_OUT else Cell(value) for value in arguments])

    def __getattr__(self, name):
        return lambda *arguments: self.call(name, arguments)


LEFT_OUT = object()


class Machine:
    """A session of a host, with its common modules and attached add-ins."""

    def __init__(self, host, add_ins):
        self.host = host
        self.functions = {name.lower(): entry for name, entry in FUNCTIONS[host].items()}
        self.properties = {name.lower(): value for name, value in PROPERTIES[host].items()}
        self.types = {name.lower(): entry for name, entry in TYPES[host].items()}
        # Location of an add-in: what makes its object.
        self.add_ins = add_ins
        self.attached, self.attachments = {}, []
        self.modules = {}
        self.handling = []

    def load(self, name, text):
        self.modules[name.lower()] = module = CommonModule(self, name, text)
        return module

    def run(self, module, method, cells):
        if len(cells) > len(method.parameters):
            raise Error1C("Слишком много фактических параметров: %s" % method.name)
        frame = {}
        for index, parameter in enumerate(method.parameters):
            cell = cells[index] if index < len(cells) else None
            if cell is None and parameter.default is None:
                raise Error1C("Недостаточно фактических параметров: %s" % method.name)
            if cell is None:
                cell = Cell(self.value(module, {}, parameter.default))
            frame[parameter.name.lower()] = Cell(cell.value) if parameter.by_value else cell
        try:
            self.block(module, frame, method.body)
        except Returned as returned:
            return returned.args[0]
        return None

    # Statements.

    def block(self, module, frame, statements):
        for statement in statements:
            getattr(self, "do_" + statement[0])(module, frame, *statement[2:])

    def do_assign(self, module, frame, target, source):
        value = self.value(module, frame, source)
        if target[0] == "name":
            frame.setdefault(target[2].lower(), Cell()).value = value
        elif target[0] == "member":
            self.object(module, frame, target[2]).set(target[3], value)
        else:
            self.object(module, frame, target[2]).set_item(self.value(module, frame, target[3]), value)

    def do_do(self, module, frame, call):
        self.value(module, frame, call)

    def do_if(self, module, frame, branches, otherwise):
        for condition, body in branches:
            if self.truth(module, frame, condition):
                return self.block(module, frame, body)
        return self.block(module, frame, otherwise)

    def _loop(self, module, frame, name, values, body):
        for value in values:
            frame.setdefault(name.lower(), Cell()).value = value
            try:
                self.block(module, frame, body)
            except Continued:
                continue
            except Broken:
                break

    def do_each(self, module, frame, name, what, body):
        self._loop(module, frame, name, self.object(module, frame, what).items(), body)

    def do_for(self, module, frame, name, first, last, body):
        bounds = [int(self.value(module, frame, bound)) for bound in (first, last)]
        self._loop(module, frame, name, range(bounds[0], bounds[1] + 1), body)

    def do_while(self, module, frame, condition, body):
        while self.truth(module, frame, condition):
            try:
                self.block(module, frame, body)
            except Continued:
                continue
            except Broken:
                break

    def do_try(self, module, frame, body, handler):
        try:
            self.block(module, frame, body)
        except Error1C as error:
            self.handling.append(error)
            try:
                self.block(module, frame, handler)
            finally:
                self.handling.pop()

    def do_raise(self, module, frame, message):
        if message is None:
            raise self.handling[-1]
        raise Error1C(self.value(module, frame, message))

    def do_return(self, module, frame, value):
        raise Returned(None if value is None else self.value(module, frame, value))

    def do_continue(self, module, frame):
        raise Continued

    def do_break(self, module, frame):
        raise Broken

    # Expressions.

    def value(self, module, frame, node):
        return getattr(self, "of_" + node[0])(module, frame, *node[2:])

    def truth(self, module, frame, node):
        value = self.value(module, frame, node)
        if not isinstance(value, bool):
            raise Error1C("Преобразование значения к типу Булево не может быть выполнено")
        return value

    def object(self, module, frame, node):
        value = self.value(module, frame, node)
        if not isinstance(value, Object1C):
            raise Error1C("Значение не является значением объектного типа (%s)" % type_name_of(value))
        return value

    def of_constant(self, module, frame, value):
        return value

    def of_name(self, module, frame, name):
        key = name.lower()
        for found in (frame, self.modules, self.properties):
            if key in found:
                return found[key].value if isinstance(found[key], Cell) else found[key]
        raise Error1C("Переменная не определена (%s)" % name)

    def of_member(self, module, frame, owner, name):
        return self.object(module, frame, owner).get(name)

    def of_index(self, module, frame, owner, key):
        return self.object(module, frame, owner).item(self.value(module, frame, key))

    def of_method(self, module, frame, owner, name, arguments):
        target = self.object(module, frame, owner)
        values = [LEFT_OUT if node is None else self.value(module, frame, node) for node in arguments]
        if not isinstance(target, CommonModule):
            values = [None if value is LEFT_OUT else value for value in values]
        return target.call(name, values)

    def of_call(self, module, frame, name, arguments):
        method = module.module.methods.get(name.lower())
        if method is not None:
            return self.run(module, method, [self._cell(module, frame, node) for node in arguments])
        if name.lower() not in self.functions:
            raise Error1C("Процедура или функция с указанным именем не определена (%s)" % name)
        function, least, most = self.functions[name.lower()]
        if not least <= len(arguments) <= most:
            raise Error1C("Неверное число параметров: %s" % name)
        values = [None if node is None else self.value(module, frame, node) for node in arguments]
        if name.lower() == "вычислить":
            return self.evaluate(module, frame, values[0])
        if name.lower() == "подключитьвнешнююкомпоненту":
            return self.attach(*values)
        return function(*values)

    def _cell(self, module, frame, node):
        """The cell of an argument: that of a variable, so that the method can assign to it, or a new one."""
        if node is None:
            return None
        if node[0] == "name" and node[2].lower() in frame:
            return frame[node[2].lower()]
        return Cell(self.value(module, frame, node))

    def of_new(self, module, frame, type_node, arguments):
        name = self.value(module, frame, type_node)
        if name.lower() in self.attached:
            return self.attached[name.lower()]()
        if name.lower() not in self.types:
            raise Error1C("Тип не определен (%s)" % name)
        maker, least, most = self.types[name.lower()]
        if not least <= len(arguments) <= most:
            raise Error1C("Конструктор не найден (%s)" % name)
        return maker(*[None if node is None else self.value(module, frame, node) for node in arguments])

    def of_choice(self, module, frame, condition, first, second):
        return self.value(module, frame, first if self.truth(module, frame, condition) else second)

    def of_or(self, module, frame, left, right):
        return self.truth(module, frame, left) or self.truth(module, frame, right)

    def of_and(self, module, frame, left, right):
        return self.truth(module, frame, left) and self.truth(module, frame, right)

    def of_not(self, module, frame, node):
        return not self.truth(module, frame, node)

    def of_minus(self, module, frame, node):
        return -self.value(module, frame, node)

    def of_compare(self, module, frame, operator, left, right):
        left, right = self.value(module, frame, left), self.value(module, frame, right)
        if operator in ("=", "<>"):
            same = left is right or (type_name_or_tag(left) == type_name_or_tag(right) and left == right)
            return same if operator == "=" else not same
        if not (is_number(left) and is_number(right)):
            raise Error1C("Операции сравнения на больше-меньше допустимы только для значений совпадающих типов")
        return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[operator]

    def of_arithmetic(self, module, frame, operator, left, right):
        left, right = self.value(module, frame, left), self.value(module, frame, right)
        if operator == "+" and isinstance(left, str):
            if isinstance(right, Object1C) or right is None:
                raise Error1C("К строке прибавлено значение типа %s" % type_name_of(right))
            return left + str(right)
        if not (is_number(left) and is_number(right)):
            raise Error1C("Преобразование значения к типу Число не может быть выполнено")
        return {"+": left + right, "-": left - right, "*": left * right}.get(operator) \
            if operator != "/" else Decimal(left) / right

    # What needs the session.

    def evaluate(self, module, frame, text):
        try:
            tree = expression_of(text)
        except SyntaxProblem as problem:
            raise Error1C(str(problem)) from None
        return self.value(module, frame, tree)

    def attach(self, location, name=None, kind=None, isolation=None):
        self.attachments.append((location, name, kind, isolation))
        maker = self.add_ins.get(location)
        if maker is None:
            return False
        self.attached[("AddIn.%s.TwitterNative" % name).lower()] = maker
        return True


def type_name_or_tag(value):
    return value[:1] if isinstance(value, tuple) else type_name_of(value)
