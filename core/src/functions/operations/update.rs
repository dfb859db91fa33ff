//! `update_operations`: the table of X's operations as they are now, for the parameter `operations_file`.

use std::path::Path;

use serde_json::value::RawValue;

use super::import::table_of;
use super::table::{Differences, Table, Tables};
use crate::base::error::Result;
use crate::base::json::raw;
use crate::base::message::Message;
use crate::base::new_file::NewFile;
use crate::fields::schema::filled;
use crate::fields::{FILLED, missing_field, record};
use crate::x::call::Call;
use crate::x::{AuthScheme, Request, send};

record! {
    #[derive(Default)]
    pub(crate) struct UpdateOperations {
        /// The file to write. One that is there is replaced.
        path: String [FILLED],
    }
}

pub(crate) fn update(call: &Call, request: UpdateOperations) -> Result<Box<RawValue>> {
    if request.path.is_empty() {
        return Err(missing_field("path"));
    }
    let file = NewFile::at(Path::new(&request.path), "path")?;
    let document = Request::get(call.parameters.api("/2/openapi.json")?, AuthScheme::Anonymous);
    let response = send(call, &document)?;
    let unclear = |what: Message| response.unusable(say!(document_is_no_table { what }));
    let lines = table_of(response.raw().get()).map_err(unclear)?;
    let table = Table::of(&lines).map_err(unclear)?;
    file.finish(lines.as_bytes())?;
    let Differences { added, changed, removed } = table.differences(&Tables::built_in());
    let template = r#"{"path":"$0","version":"$1","operations":"$2","added":"$3","changed":"$4","removed":"$5"}"#;
    let count = table.names().count();
    raw(&filled(template, &[&request.path, table.version(), &count, &added, &changed, &removed]))
}
