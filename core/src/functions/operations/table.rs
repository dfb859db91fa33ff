//! Tables of operations: JSON lines, as `import` makes them. One is built in. A table from a file is searched before it.

use std::path::Path;
use std::sync::{Arc, RwLock};

use serde_json::{Map, Value};

use crate::base::background;
use crate::base::error::{Error, Result};
use crate::base::message::Message;
use crate::base::small_file::{self, Fault, Identity, LARGEST_TABLE};
use crate::functions::operations::json::text;
use crate::functions::operations::sorted::add;
use crate::functions::operations::table_check::{self, OPERATION, SCHEMA, VERSION, kind_of};
use crate::x::call::Call;

/// Made by build.rs from operations.jsonl.
static COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/operations.deflate"));
/// How many `$ref` in a row are followed. X has two at most.
const LONGEST_CHAIN: usize = 16;

/// How many JSON values the schema of a request may have. X's largest has a tenth of that.
pub(super) const LARGEST_SCHEMA: u32 = 20_000;

/// A table. An operation is read when it is called.
#[derive(Default)]
pub(super) struct Table {
    version: Value,
    /// The schemas that several operations share.
    schemas: Map<String, Value>,
    /// The names of the operations, and their lines.
    operations: Vec<(String, String)>,
}

impl Table {
    fn built_in() -> Arc<Table> {
        // Never blocks: in a child process after fork() the lock may stay locked forever.
        static TABLE: RwLock<Option<Arc<Table>>> = RwLock::new(None);
        if let Ok(known) = TABLE.try_read()
            && let Some(table) = &*known
        {
            return Arc::clone(table);
        }
        let bytes = miniz_oxide::inflate::decompress_to_vec(COMPRESSED).unwrap_or_default();
        let mut table = Table::default();
        for line in String::from_utf8(bytes).unwrap_or_default().lines() {
            // build.rs writes the name of an operation first, so the rest need not be read.
            match line.strip_prefix(r#"{"operation":""#).and_then(|rest| rest.split_once('"')) {
                Some((name, _)) => table.add_operation(name, line),
                None => table.add(line, line.parse().unwrap_or_default()),
            }
        }
        let table = Arc::new(table);
        if let Ok(mut known) = TABLE.try_write() {
            *known = Some(Arc::clone(&table));
        }
        table
    }

    /// Reads and checks a table. The error says what is wrong with it.
    pub fn of(text: &str) -> Result<Table, Message> {
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let read = line.parse().ok().filter(Value::is_object);
            lines.push((index + 1, line, read.ok_or_else(|| say!(line_is_no_object { index: index + 1 }))?));
        }
        table_check::check(&lines)?;
        let mut table = Table::default();
        for (_, line, read) in lines {
            table.add(line, read);
        }
        Ok(table)
    }

    /// `read` is what the line says.
    fn add(&mut self, line: &str, mut read: Value) {
        match kind_of(&read) {
            Some(OPERATION) => self.add_operation(text(&read, OPERATION), line),
            Some(SCHEMA) => {
                self.schemas.insert(text(&read, SCHEMA).to_owned(), read["is"].take());
            }
            _ => self.version = read[VERSION].take(),
        }
    }

    fn add_operation(&mut self, name: &str, line: &str) {
        self.operations.push((name.to_owned(), line.to_owned()));
    }

    fn operation(&self, name: &str) -> Option<Value> {
        let (_, line) = self.operations.iter().find(|(known, _)| known == name)?;
        line.parse().ok()
    }

    /// The names of the operations, in the order of the lines.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(|(name, _)| name.as_str())
    }

    /// The version of X's document.
    pub fn version(&self) -> &Value {
        &self.version
    }

    /// Which operations differ from those of the older tables. Titles are not compared.
    pub fn differences(&self, older: &Tables) -> Differences {
        let mut differences = Differences::default();
        for name in self.names() {
            let Some((before, table)) = older.operation(name) else {
                differences.added.push(name.to_owned());
                continue;
            };
            let is_same = |now: Value| self.compared(now) == table.compared(before);
            if !self.operation(name).is_some_and(is_same) {
                differences.changed.push(name.to_owned());
            }
        }
        for name in older.names() {
            if self.operation(name).is_none() {
                differences.removed.push(name.to_owned());
            }
        }
        differences
    }

    /// What is compared of an operation.
    fn compared(&self, mut operation: Value) -> Value {
        operation["title"].take();
        self.inlined(&operation, &mut LARGEST_SCHEMA.clone())
    }

    /// The value, with every `$ref` replaced by the schema it names. `left` is how many more values the result may
    /// have.
    pub fn inlined(&self, value: &Value, left: &mut u32) -> Value {
        let mut inlined = value.clone();
        self.inline(&mut inlined, 0, left);
        inlined
    }

    fn inline(&self, value: &mut Value, depth: usize, left: &mut u32) {
        *left = left.saturating_sub(1);
        // No schema of X's is so deep or so large. One in a file may refer to itself.
        if depth > 24 || *left == 0 {
            *value = Map::new().into();
        } else if !value["$ref"].is_null() {
            *value = self.resolved(value).clone();
        }
        match value {
            Value::Object(fields) => fields.values_mut().for_each(|field| self.inline(field, depth + 1, left)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.inline(item, depth + 1, left)),
            _ => {}
        }
    }

    /// The schema itself, after any `$ref`. Null if there is no such schema, or after too many in a row.
    pub fn resolved<'t>(&'t self, mut schema: &'t Value) -> &'t Value {
        for _ in 0..LONGEST_CHAIN {
            let Some(name) = schema["$ref"].as_str() else { return schema };
            schema = self.schemas.get(name).unwrap_or(&Value::Null);
        }
        &Value::Null
    }
}

/// The names of operations that are new, changed or gone.
#[derive(Default)]
pub(super) struct Differences {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
}

/// The tables of a call. If several have an operation, the first one counts.
pub(crate) struct Tables(Vec<Arc<Table>>);

impl Tables {
    /// The built-in one alone.
    pub fn built_in() -> Tables {
        Tables(vec![Table::built_in()])
    }

    /// The table of the parameter `operations_file`, if it is given, and the built-in one.
    pub fn of(call: &Call) -> Result<Tables> {
        let mut tables = Tables::built_in();
        let path = call.parameters.operations_file.clone();
        if !path.is_empty() {
            tables.0.insert(0, background::in_background(move || from_file(&path), &mut || call.tick())??);
        }
        Ok(tables)
    }

    /// The operation of this name, with the table that its schemas are in.
    pub(super) fn operation(&self, name: &str) -> Option<(Value, Arc<Table>)> {
        self.0.iter().find_map(|table| Some((table.operation(name)?, Arc::clone(table))))
    }

    /// The names of all operations, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.0.iter().flat_map(|table| table.names()) {
            add(&mut names, name);
        }
        names
    }
}

/// The last file that was read. A program usually has only one.
struct Known {
    path: String,
    identity: Identity,
    table: Arc<Table>,
}

/// The table in this file. It is read again only if the file has changed, because that takes some milliseconds.
fn from_file(path: &str) -> Result<Arc<Table>> {
    // Never blocks: in a child process after fork() the lock may stay locked forever.
    static KNOWN: RwLock<Option<Known>> = RwLock::new(None);
    let opened = small_file::open_regular(Path::new(path)).map_err(|fault| unreadable(path, &fault))?;
    let identity = Identity::of(&opened.1);
    if let Ok(known) = KNOWN.try_read()
        && let Some(known) = known.as_ref().filter(|known| known.path == path && known.identity == identity)
    {
        return Ok(Arc::clone(&known.table));
    }
    let text = small_file::content(&opened.0, &opened.1, LARGEST_TABLE).and_then(small_file::text);
    let table = Table::of(&text.map_err(|fault| unreadable(path, &fault))?).map_err(|what| {
        let message = say!(is_no_table { path, what });
        let mut error = Error::invalid("parameters.operations_file", message);
        error.path = Some(path.to_owned());
        error
    })?;
    let table = Arc::new(table);
    if let Ok(mut known) = KNOWN.try_write() {
        *known = Some(Known { path: path.to_owned(), identity, table: Arc::clone(&table) });
    }
    Ok(table)
}

fn unreadable(path: &str, fault: &Fault) -> Error {
    let message = say!(operations_file_cannot_be_read { path, fault });
    let mut error = Error::io(path, message).with_os_error(fault.os_error());
    error.field = Some("parameters.operations_file".to_owned());
    error
}
