//! Reads the catalogues of messages (core/messages, docs/messages.md), holds them against each other, and makes of them
//! what the library needs: a compressed text for each language, and a type for each message.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::plural::{self, Rule};

/// The language that the others are compared with.
const FIRST: &str = "en";
/// The place of the field that an error is about; no argument.
const FIELD: &str = "field";

/// One language.
pub struct Catalogue {
    /// As BCP 47 has it.
    pub tag: String,
    /// The forms that a number wants, in the order of a message's forms.
    plural: Vec<Rule>,
    /// In the order of the file.
    messages: Vec<(String, Vec<Part>)>,
}

enum Part {
    Text(String),
    Field,
    Argument { name: String, capital: bool },
    Plural { name: String, forms: Vec<String> },
}

impl Part {
    fn argument(&self) -> Option<&str> {
        match self {
            Part::Argument { name, .. } | Part::Plural { name, .. } => Some(name),
            Part::Text(_) | Part::Field => None,
        }
    }
}

/// The catalogues of a folder, one for each file, English first. An error is a text for who wrote the catalogues.
pub fn read_all(folder: &Path) -> Result<Vec<Catalogue>, String> {
    let mut catalogues = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let tag = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let read = Catalogue::read(&tag, &text);
        catalogues.push(read.map_err(|wrong| format!("{}: {wrong}", path.display()))?);
    }
    catalogues.sort_by_key(|catalogue| (catalogue.tag != FIRST, catalogue.tag.clone()));
    let (first, others) = catalogues.split_first().ok_or("there is no catalogue")?;
    others.iter().try_for_each(|other| other.check(first).map_err(|wrong| format!("{}: {wrong}", other.tag)))?;
    Ok(catalogues)
}

impl Catalogue {
    fn read(tag: &str, text: &str) -> Result<Catalogue, String> {
        let mut catalogue = Catalogue { tag: tag.to_owned(), plural: Vec::new(), messages: Vec::new() };
        let mut known = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| format!("line {}: {what}", index + 1);
            let (key, text) = line.split_once(" = ").ok_or_else(|| wrong("`key = text` is missing"))?;
            if let Some(form) = key.strip_prefix("plural ") {
                catalogue.plural.push(plural::parse(form, text).map_err(|what| wrong(&what))?);
                continue;
            }
            if key.is_empty()
                || !key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            {
                return Err(wrong("a key has small letters, digits and underscores"));
            }
            if let Some(before) = known.insert(key.to_owned(), index + 1) {
                return Err(wrong(&format!("`{key}` is in line {before} already")));
            }
            let parts = parts_of(text).map_err(|what| wrong(&what))?;
            let forms = catalogue.plural.len();
            let is_wrong = |part: &Part| matches!(part, Part::Plural { forms: given, .. } if given.len() != forms);
            if parts.iter().any(is_wrong) {
                return Err(wrong(&format!("a number's word has {forms} forms in this language")));
            }
            catalogue.messages.push((key.to_owned(), parts));
        }
        Ok(catalogue)
    }

    /// Holds it against the first one: the same keys, the same arguments.
    fn check(&self, first: &Catalogue) -> Result<(), String> {
        let own: BTreeMap<&str, Vec<&str>> = self.arguments().collect();
        let theirs: BTreeMap<&str, Vec<&str>> = first.arguments().collect();
        for (key, arguments) in &theirs {
            match own.get(key) {
                None => return Err(format!("`{key}` is missing")),
                Some(given) if given != arguments => {
                    return Err(format!("`{key}` has the arguments {given:?}, and {arguments:?} in `{}`", first.tag));
                }
                Some(_) => {}
            }
        }
        match own.keys().find(|key| !theirs.contains_key(*key)) {
            Some(key) => Err(format!("`{key}` is not in `{}`", first.tag)),
            None => Ok(()),
        }
    }

    /// The names of each message's arguments, sorted.
    fn arguments(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.messages.iter().map(|(key, parts)| {
            let mut names: Vec<&str> = parts.iter().filter_map(Part::argument).collect();
            names.sort_unstable();
            names.dedup();
            (key.as_str(), names)
        })
    }

    /// The messages, a line each, in the order of `first`. The signs are those of `core/src/base/message.rs`.
    pub fn packed(&self, first: &Catalogue) -> String {
        let own: BTreeMap<&str, &Vec<Part>> = self.messages.iter().map(|(key, parts)| (key.as_str(), parts)).collect();
        let mut packed = String::new();
        for (key, names) in first.arguments() {
            let sign = |name: &str| {
                let index = names.iter().position(|known| *known == name).expect("compared before");
                char::from(b'0' + u8::try_from(index).expect("a handful"))
            };
            for part in own[key] {
                match part {
                    Part::Text(text) => packed += text,
                    Part::Field => packed.push('\x01'),
                    Part::Argument { name, capital: false } => packed.extend(['\x02', sign(name)]),
                    Part::Argument { name, capital: true } => packed.extend(['\x03', sign(name)]),
                    Part::Plural { name, forms } => {
                        packed.extend(['\x04', sign(name)]);
                        packed += &forms.join("|");
                        packed.push('\x05');
                    }
                }
            }
            packed.push('\n');
        }
        packed
    }
}

/// `{name}` is an argument, `{Name}` the same with a capital letter, `{name: one|several}` a word that goes by a number,
/// `{{` a brace.
fn parts_of(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' if rest.starts_with(c) => {
                plain.push(c);
                rest = &rest[1..];
            }
            '{' => {
                let (inner, after) = rest.split_once('}').ok_or("a brace is not closed")?;
                rest = after;
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(place(inner)?);
            }
            '}' => return Err("a brace is not opened; `}}` is one in the text".to_owned()),
            c if c.is_control() => return Err("a control character".to_owned()),
            c => plain.push(c),
        }
    }
    parts.push(Part::Text(plain));
    Ok(parts)
}

fn place(inner: &str) -> Result<Part, String> {
    let (name, forms) = inner.split_once(": ").map_or((inner, None), |(name, forms)| (name, Some(forms)));
    let small = name.to_ascii_lowercase();
    if small.is_empty() || !small.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(format!("`{{{inner}}}` names no argument"));
    }
    let capital = name != small;
    Ok(match forms {
        Some(forms) => Part::Plural { name: small, forms: forms.split('|').map(str::to_owned).collect() },
        None if small == FIELD => Part::Field,
        None => Part::Argument { name: small, capital },
    })
}

/// The types of the messages and of the languages.
pub fn code(catalogues: &[Catalogue]) -> String {
    let mut code = String::new();
    let names: Vec<String> = catalogues.iter().map(|catalogue| type_name(&catalogue.tag)).collect();
    let _ = writeln!(
        code,
        "/// A language that there is a catalogue for.\n#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]\n\
         pub enum Language {{ #[default] {} }}\n\n\
         impl Language {{\n    pub const ALL: [Language; {}] = [{}];\n",
        names.join(", "),
        names.len(),
        names.iter().map(|name| format!("Language::{name}")).collect::<Vec<_>>().join(", "),
    );
    let arms = |of: &dyn Fn(&Catalogue) -> String| -> String {
        let arm = |(name, catalogue)| format!("Language::{name} => {}, ", of(catalogue));
        names.iter().zip(catalogues).map(arm).collect()
    };
    let _ = writeln!(
        code,
        "    /// As BCP 47 has it.\n    pub const fn tag(self) -> &'static str {{ match self {{ {} }} }}\n\n\
         \x20   fn packed(self) -> &'static [u8] {{ match self {{ {} }} }}\n\n\
         \x20   /// Which of a word's forms goes with a number.\n    fn form(self, n: u64) -> usize {{ match self {{ {} }} }}\n}}\n",
        arms(&|catalogue| format!("{:?}", catalogue.tag)),
        arms(&|catalogue| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}.deflate\"))", catalogue.tag)),
        arms(&|catalogue| plural::code(&catalogue.plural)),
    );
    code += "/// The messages of the catalogues, for `say!`.\n\
             #[allow(non_camel_case_types, missing_docs, dead_code, clippy::wildcard_imports)]\n\
             pub mod keys {\n    use super::{Message, Shown};\n";
    for (number, (key, names)) in catalogues[0].arguments().enumerate() {
        let fields: String = names.iter().map(|name| format!("pub r#{name}: &'m dyn Shown, ")).collect();
        let values: String = names.iter().map(|name| format!("given.r#{name}, ")).collect();
        let (given, lifetime, any) = if names.is_empty() { ("_", "", "") } else { ("given", "<'m>", "<'_>") };
        let _ = writeln!(
            code,
            "    pub struct r#{key}{lifetime} {{ {fields}}}\n    impl From<r#{key}{any}> for Message {{ \
             fn from({given}: r#{key}{any}) -> Message {{ Message::new({number}, &[{values}]) }} }}"
        );
    }
    code += "}\n";
    code
}

/// `ru` is `Ru`, `pt-br` is `PtBr`.
fn type_name(tag: &str) -> String {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    tag.split('-').map(capital).collect()
}
