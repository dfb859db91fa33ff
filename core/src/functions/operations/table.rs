//! The table of operations: the built-in one, and a newer one over it.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::base::error::{Error, Result};
use crate::base::small_file;

/// Made by build.rs from operations.jsonl.
static COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/operations.deflate"));

/// One table's text; see `import`.
#[derive(Clone)]
pub(super) enum Table {
    BuiltIn,
    File(String),
}

impl Table {
    /// The table in the file of this path.
    pub fn read(path: &str) -> Result<Table> {
        let text = small_file::read_text(Path::new(path), small_file::LARGEST_JSON)
            .map_err(|fault| Error::io(path, format!("The operations_file {path} {fault}.")))?;
        Ok(Table::File(text))
    }

    pub fn text(&self) -> &str {
        match self {
            Table::BuiltIn => built_in(),
            Table::File(text) => text,
        }
    }

    /// The value of the line that begins with this field of this value.
    fn line(&self, field: &str, value: &str) -> Option<Value> {
        let start = format!("{{\"{field}\":\"{value}\",");
        let line = self.text().lines().find(|line| line.starts_with(&start))?;
        serde_json::from_str(line).ok()
    }

    /// The operation of this name.
    pub fn operation(&self, name: &str) -> Option<Value> {
        self.line("operation", name)
    }

    /// All operations, sorted by name.
    pub fn operations(&self) -> impl Iterator<Item = Value> {
        let lines = self.text().lines().filter(|line| line.starts_with("{\"operation\":"));
        lines.filter_map(|line| serde_json::from_str(line).ok())
    }

    /// What a schema stands for.
    pub fn resolved(&self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        // A file that somebody wrote may go round in circles.
        for _ in 0..16 {
            let Some(name) = schema["$ref"].as_str() else { break };
            schema = self.line("schema", name).map_or_else(|| Map::new().into(), |mut line| line["is"].take());
        }
        schema
    }
}

pub(super) fn built_in() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let bytes = miniz_oxide::inflate::decompress_to_vec(COMPRESSED).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// The names of the built-in operations.
pub(crate) fn names() -> Vec<&'static str> {
    let named = |line: &'static str| line.strip_prefix("{\"operation\":\"")?.split('"').next();
    built_in().lines().filter_map(named).collect()
}
