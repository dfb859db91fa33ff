"""The READMEs' ten steps, done as they say."""

import re
import textwrap

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
