"""The READMEs' ten steps, done as they say, their tokens in an infobase, and their calls of operations."""

import re
import textwrap
import threading
import time

from platform_1c import Enumeration
from platform_types import Error1C, Object1C, Structure, method
from world import MEDIA, SOURCES, check, equal

PICTURE = '"C:/picture.png"'
#: By README: the overridable module and its procedure, the server's function of the form, what it shows.
STEPS = {
    "README.md": ("OPI_TwitterПереопределяемый", "ОпубликоватьНаСервере", "Первый твит из 1С"),
    "README.en.md": ("OPI_TwitterOverridable", "PostAtServer", "The first tweet from 1C"),
}
#: What the READMEs write for the keys that X's console shows.
KEYS = {
    "oauth_consumer_key": "API key", "oauth_consumer_secret": "API key secret",
    "oauth_token": "access token", "oauth_token_secret": "access token secret",
}


def steps_of(name):
    """The two texts that the steps say to put into modules."""
    text = (SOURCES / name).read_text(encoding="utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r"( {3}```bsl\n.*?) {3}```", text, re.DOTALL)]
    equal(len(blocks), 2)
    return [block.split("\n", 1)[1] for block in blocks]


def with_procedure(module, procedure):
    """The module with this procedure in place of its own, the first one."""
    whole = re.compile(r"^(?:Процедура|Procedure) .*?^(?:КонецПроцедуры|EndProcedure)\n", re.DOTALL | re.MULTILINE)
    return whole.sub(lambda match: procedure, module, count=1)


@check
def ten_steps(world):
    """whoever does the READMEs' ten steps has posted a picture"""
    for name, (overridable, function, text) in STEPS.items():
        hook, form = steps_of(name)
        given = world.x.oauth1()
        for key, written in KEYS.items():
            pattern = r'("%s"\s*, )"%s"' % (key, written)
            hook, found = re.subn(pattern, lambda match, value=given.pop(key): '%s"%s"' % (match[1], value), hook)
            equal(found, 1)
        # The addresses of the simulated X, of which a user knows nothing.
        inserts = "".join('    Параметры.Вставить("%s", "%s");\n' % pair for pair in given.items())
        if name == "README.en.md":
            inserts = inserts.replace("Параметры.Вставить", "Parameters.Insert")
        hook = re.sub(r"(КонецПроцедуры|EndProcedure)", lambda match: inserts + match[1], hook)
        module = world.session("1c", overridable=False)
        own = (SOURCES / (overridable + ".bsl")).read_text(encoding="utf-8")
        module.machine.load(overridable, with_procedure(own, hook))
        assert form.count(PICTURE) == 1
        form = module.machine.load("Форма", form.replace(PICTURE, '"%s"' % (MEDIA / "picture.png")))
        shown = module.machine.run(form, form.module.methods[function.lower()], [])
        posted = world.x.requests("/2/tweets")[-1]["body"]
        assert shown.startswith("https://x.com/i/status/") and text in posted and "media_ids" in posted, (shown, posted)


#: By README: the overridable module, what renews, and in the order of FIELDS the register's name and fields.
CLUSTER = {
    "README.md": (
        "OPI_TwitterПереопределяемый", "ОбновитьТокеныВовремя",
        ("ТокеныTwitter", "УчетнаяЗапись", "Доступ", "Обновление", "ДействителенДо")),
    "README.en.md": (
        "OPI_TwitterOverridable", "RenewTokensInTime",
        ("TwitterTokens", "Account", "Access", "Refresh", "ValidUntil")),
}
ACCOUNT = {"README.md": "Компания", "README.en.md": "Company"}
#: The platform's default, in seconds.
LOCK_SECONDS = 20


class Infobase:
    """One register with one record, and the exclusive lock of that record."""

    def __init__(self, account, names):
        self.account = account
        self.register, self.key, *self.resources = names
        self.record = dict.fromkeys(self.resources, "")
        self.lock = threading.Lock()


class Session:
    """Stands in for what the platform gives to a session beside what the interpreter knows: transaction, managed lock,
    register, constants."""

    def __init__(self, infobase, machine, constants):
        self.infobase, self.written, self.has_lock = infobase, None, False
        functions = {
            "УстановитьПривилегированныйРежим SetPrivilegedMode": (lambda on: None, 1, 1),
            "ТранзакцияАктивна TransactionActive": (lambda: self.written is not None, 0, 0),
            "НачатьТранзакцию BeginTransaction": (self.begin, 0, 1),
            "ЗафиксироватьТранзакцию CommitTransaction": (lambda: self.end(True), 0, 0),
            "ОтменитьТранзакцию RollbackTransaction": (lambda: self.end(False), 0, 0),
            # From the year 1 on.
            "ТекущаяУниверсальнаяДатаВМиллисекундах CurrentUniversalDateInMilliseconds":
                (lambda: int(time.time() * 1000) + 62135596800000, 0, 0),
        }
        properties = {
            "РегистрыСведений InformationRegisters": Structure(infobase.register, Register(self)),
            "Константы Constants": Structure(",".join(constants), *map(Constant, constants.values())),
            "РежимБлокировкиДанных DataLockMode": Enumeration("Исключительный", "Exclusive"),
        }
        types = {"БлокировкаДанных DataLock": (lambda: DataLock(self), 0, 0), "Структура Structure": (Structure, 0, 99)}
        for own, added in ((machine.functions, functions), (machine.properties, properties), (machine.types, types)):
            own.update({name.lower(): value for names, value in added.items() for name in names.split()})

    def begin(self, *_):
        assert self.written is None, "a transaction within one"
        self.written = {}

    def end(self, committed):
        assert self.written is not None, "there is no transaction"
        if committed:
            self.infobase.record.update(self.written)
        self.written = None
        if self.has_lock:
            self.has_lock = False
            self.infobase.lock.release()

    def read(self):
        return {**self.infobase.record, **(self.written or {})}

    def write(self, fields):
        if self.written is None:
            self.infobase.record.update(fields)
        else:
            # Nobody else can have locked it then.
            assert self.has_lock, "written without the lock"
            self.written.update(fields)


class Constant(Object1C):
    def __init__(self, value):
        self.value = value

    @method("Получить Get", 0)
    def read(self):
        return self.value


class Register(Object1C):
    def __init__(self, session):
        self.session = session

    @method("Получить Get", 1)
    def read(self, key):
        infobase = self.session.infobase
        equal(key.get(infobase.key), infobase.account)
        fields = self.session.read()
        return Structure(",".join(fields), *fields.values())

    @method("СоздатьМенеджерЗаписи CreateRecordManager", 0)
    def manager(self):
        return RecordManager(self.session)


class RecordManager(Object1C):
    def __init__(self, session):
        self.session, self.fields = session, {}

    def set(self, name, value):
        assert name in (self.session.infobase.key, *self.session.infobase.resources), name
        self.fields[name] = value

    @method("Записать Write", 0, 1)
    def write(self, *_):
        fields, infobase = dict(self.fields), self.session.infobase
        equal(fields.pop(infobase.key), infobase.account)
        equal(sorted(fields), sorted(infobase.resources))
        self.session.write(fields)


class DataLock(Object1C):
    def __init__(self, session):
        self.session, self.elements = session, []

    @method("Добавить Add", 1)
    def add(self, name):
        kind, register = name.split(".")
        assert kind in ("РегистрСведений", "InformationRegister") and register == self.session.infobase.register, name
        self.elements.append(DataLockElement(self.session.infobase))
        return self.elements[-1]

    @method("Заблокировать Lock", 0)
    def lock(self):
        assert self.session.written is not None, "a managed lock needs a transaction"
        assert [element.whole for element in self.elements] == [True], "what is locked?"
        if not self.session.infobase.lock.acquire(timeout=LOCK_SECONDS):
            raise Error1C("Превышено время ожидания предоставления блокировки")
        self.session.has_lock = True


class DataLockElement(Object1C):
    def __init__(self, infobase):
        self.infobase, self.has_value, self.mode = infobase, False, None

    @property
    def whole(self):
        return self.has_value and self.mode is not None

    @method("УстановитьЗначение SetValue", 2)
    def value(self, field, value):
        equal((field, value), (self.infobase.key, self.infobase.account))
        self.has_value = True

    def set(self, name, value):
        assert name in ("Режим", "Mode"), name
        self.mode = value


def cluster_blocks(name):
    """The module of a README's cluster, and what it says to do before posting."""
    text = (SOURCES / name).read_text(encoding="utf-8")
    renew = CLUSTER[name][1]
    module, post = [block for block in re.findall(r"```bsl\n(.*?)```", text, re.DOTALL) if renew in block]
    return module, post


class Server:
    """A session of a working process, with the README's module."""

    def __init__(self, world, name, infobase):
        overridable, self.renewing, _ = CLUSTER[name]
        text, post = cluster_blocks(name)
        word = "Вставить" if name == "README.md" else "Insert"
        parameters = "Параметры" if name == "README.md" else "Parameters"
        # The address of the simulated X, of which a user knows nothing.
        address = '    %s.%s("api_url", "%s");\n' % (parameters, word, world.x.url)
        text = re.sub(r"(КонецПроцедуры|EndProcedure)", lambda match: address + match[1], text, count=1)
        text = text.replace("https://example.com/base/hs/twitter", world.x.keys["redirect_uri"])
        self.machine = world.session("1c", overridable=False).machine
        own = (SOURCES / (overridable + ".bsl")).read_text(encoding="utf-8")
        for _ in range(2):
            own = with_procedure(own, "")
        self.module = self.machine.load(overridable, own + text)
        self.poster = self.machine.load("Poster", "Procedure Post() Export\n%s\nEndProcedure" % post)
        keys = world.x.keys
        constants = {"TwitterClientID": keys["client_id"], "TwitterClientSecret": keys["client_secret"]}
        self.session = Session(infobase, self.machine, constants)

    def renew(self):
        self.module.call(self.renewing, [])

    def refusal(self):
        try:
            self.renew()
        except Error1C as error:
            return str(error)
        raise AssertionError("nothing was raised")


@check
def cluster_of_servers(world):
    """sessions of several servers renew the tokens of an infobase once, as the READMEs say, and a failure writes nothing"""
    for name, (_, _, names) in CLUSTER.items():
        infobase = Infobase(ACCOUNT[name], names)
        _, _, access, refresh, valid_until = names
        tokens = world.x.signed_in()
        infobase.record.update({access: tokens["access_token"], refresh: tokens["refresh_token"], valid_until: 0})
        before = dict(infobase.record)
        servers = [Server(world, name, infobase) for _ in range(3)]
        count = world.x.control("refreshes")["granted"]

        # Within another's transaction nothing is sent.
        servers[0].session.begin()
        assert "Twitter" in servers[0].refusal()
        servers[0].session.end(False)
        # What X refuses is raised, and leaves the record and no lock.
        world.x.fault("/2/oauth2/token", {"Status": {"status": 403, "body": "{}"}})
        assert servers[0].refusal()
        equal((infobase.record, infobase.lock.locked(), servers[0].session.written), (before, False, None))

        # Three at once.
        world.x.fault("/2/oauth2/token", {"StallBeforeAnswer": {"seconds": 0.5}})
        problems = []

        def renew(server):
            try:
                server.renew()
            except Exception as problem:
                problems.append(problem)

        threads = [threading.Thread(target=renew, args=(server,)) for server in servers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        equal((problems, world.x.control("refreshes")["granted"] - count), ([], 1))
        assert infobase.record[refresh] != before[refresh] and infobase.record[valid_until] > time.time() + 3600
        assert not infobase.lock.locked()
        servers[-1].poster.call("Post", [])
        equal(world.x.tweets()[-1]["text"].split()[-1], {"README.md": "кластера", "README.en.md": "cluster"}[name])
        equal(world.x.control("refreshes")["granted"] - count, 1)


@check
def operations(world):
    """the README's calls of operations go to X"""
    me = world.x.keys["user_id"]
    paths = [
        "/2/tweets/search/recent", "/2/users/%s/timelines/reverse_chronological" % me,
        "/2/users/by/username/XDevelopers", "/2/dm_conversations/with/2244994945/messages",
    ]
    inserts = "".join('    Параметры.Вставить("%s", "%s");\n' % pair for pair in world.x.oauth1().items())
    # The machine knows the types by their Russian names alone. The English README is checked by its syntax.
    blocks = re.findall(r"```bsl\n(.*?)```", (SOURCES / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    calls = next(block for block in blocks if "search_posts_recent" in block)
    for path in paths:
        world.x.fault(path, {"Status": {"status": 200, "body": "{}", "content_type": "application/json"}}, times=1)
    module = world.session("1c", parameters_hook=inserts)
    form = module.machine.load("Форма", "Procedure Example() Export\n%s\nEndProcedure" % calls)
    module.machine.run(form, form.module.methods["example"], [])
    sent = [record["path"] for record in world.x.control("requests")]
    equal([path for path in sent if path in paths], paths)
