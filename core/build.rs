//! Packs the table of X's operations and the catalogues of messages for the library.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/plural.rs"]
mod plural;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};

const TABLE: &str = "src/functions/operations/operations.jsonl";
const CATALOGUES: &str = "messages";
const BEST_COMPRESSION: u8 = 10;
/// A shorter schema, in bytes of JSON, is not worth a reference.
const SHORTEST_SHARED: usize = 60;

fn main() {
    for source in [TABLE, CATALOGUES, "build"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let folder = env::var("OUT_DIR").expect("cargo names the folder");
    let folder = Path::new(&folder);
    let table = fs::read_to_string(TABLE).expect("the table of operations");
    fs::write(folder.join("operations.deflate"), compressed(&packed(&table))).expect("the compressed table");
    let catalogues = catalogue::read_all(Path::new(CATALOGUES)).unwrap_or_else(|wrong| panic!("{wrong}"));
    for catalogue in &catalogues {
        let packed = compressed(&catalogue.packed(&catalogues[0]));
        fs::write(folder.join(format!("{}.deflate", catalogue.tag)), packed).expect("a compressed catalogue");
    }
    fs::write(folder.join("messages.rs"), catalogue::code(&catalogues)).expect("the names of the messages");
}

fn compressed(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text.as_bytes(), BEST_COMPRESSION)
}

/// The same table in fewer bytes: schemas that are short or used once stand in their places, the others have short
/// names, and the operations are in the order of their paths.
fn packed(table: &str) -> String {
    let lines: Vec<Value> = table.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let mut schemas = Schemas::default();
    for line in &lines {
        schemas.count_uses(line);
        if let Some(name) = line["schema"].as_str() {
            schemas.by_name.insert(name, &line["is"]);
        }
    }
    let mut operations: Vec<&Value> = lines.iter().filter(|line| line["operation"].is_string()).collect();
    operations.sort_by_key(|line| line["path"].to_string());
    let version = lines.iter().filter(|line| line["version"].is_string()).cloned();
    let shared = schemas.by_name.iter().filter(|(name, _)| schemas.is_shared(name));
    let shared = shared.map(|(name, schema)| json!({"schema": schemas.short_name(name), "is": schemas.packed(schema)}));
    let operations = operations.into_iter().map(|operation| schemas.packed(operation));
    version.chain(shared).chain(operations).map(|line| format!("{line}\n")).collect()
}

/// The schemas of the table.
#[derive(Default)]
struct Schemas<'t> {
    by_name: BTreeMap<&'t str, &'t Value>,
    uses: BTreeMap<&'t str, usize>,
}

impl<'t> Schemas<'t> {
    fn count_uses(&mut self, value: &'t Value) {
        match value {
            Value::Object(fields) => {
                if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                    *self.uses.entry(name).or_default() += 1;
                }
                fields.values().for_each(|value| self.count_uses(value));
            }
            Value::Array(items) => items.iter().for_each(|item| self.count_uses(item)),
            _ => {}
        }
    }

    /// Whether the schema has a line of its own in the packed table.
    fn is_shared(&self, name: &str) -> bool {
        self.uses.get(name).is_some_and(|uses| *uses > 1) && self.by_name[name].to_string().len() >= SHORTEST_SHARED
    }

    fn short_name(&self, name: &str) -> String {
        let number = self.by_name.keys().filter(|known| self.is_shared(known)).position(|known| *known == name);
        number.expect("a shared schema").to_string()
    }

    /// The value with its references shortened if their schemas are shared, else replaced by the schemas.
    fn packed(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
                Some(name) if self.is_shared(name) => json!({"$ref": self.short_name(name)}),
                Some(name) => self.packed(self.by_name[name]),
                None => fields.iter().map(|(name, value)| (name.clone(), self.packed(value))).collect(),
            },
            Value::Array(items) => items.iter().map(|item| self.packed(item)).collect(),
            other => other.clone(),
        }
    }
}
