//! `describe`: the table of functions as JSON. The schemas are made from the fields of the requests.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::base::json::raw;
use crate::base::message::Language;
use crate::fields::schema::{Fills, filled, optional};
use crate::fields::{file_fields, record, schema_of, values};
use crate::functions::operations::Tables;
use crate::functions::{FUNCTIONS, Function, Target, operations, rules};
use crate::x::Effect;
use crate::x::call::Call;
use crate::x::parameters::Parameters;

record! {
    #[derive(Default)]
    pub(crate) struct Describe {
        /// The name of one function, or of one operation of X. Without it all functions are described.
        name: Option<String>,
        /// With true the result is the list of X's operations that can be called by name, instead of the functions.
        operations: Option<bool>,
    }
}

pub(crate) fn describe(call: &Call, request: Describe) -> Result<Box<RawValue>> {
    let parameters = parameters_schema();
    let described: Vec<Value> = match &request.name {
        Some(name) => {
            vec![match super::target(name, || Tables::of(call)) {
                Ok(Target::Function(function)) => entry(function, &parameters, call.parameters.language),
                Ok(Target::Operation(operation)) => operation.described(&parameters),
                Err(mut error) => {
                    // Other errors are about the `operations_file` and keep their field.
                    if error.field.as_deref() == Some("function") {
                        error.field = Some("name".to_owned());
                    }
                    return Err(error);
                }
            }]
        }
        None if request.operations == Some(true) => operations::listed(&Tables::of(call)?),
        None => FUNCTIONS.iter().map(|function| entry(function, &parameters, call.parameters.language)).collect(),
    };
    raw(&described)
}

fn entry(function: &Function, parameters: &Value, language: Language) -> Value {
    let mut record = (function.request)();
    let mut request = schema_of(&mut *record);
    rules::write(function.rules, &mut request);
    request["properties"]["parameters"] = parameters.clone();
    let template = r#"{"name":"$0","title":"$1","about":"$2","returns":"$3","en":"$4","ru":"$5","group":"$6",
        "writes":"$7","result":"$8","files":"$9","arguments":"$10","request":"$11"}"#;
    let values: [&dyn Fills; 12] = [
        &function.name,
        &(function.title)().in_language(language, None),
        &about(function),
        &function.returns,
        &function.en,
        &function.ru,
        &function.group,
        &(function.effect != Effect::Reads),
        &function.result,
        &file_fields(&mut *record),
        &function.arguments,
        &request,
    ];
    filled(template, &values)
}

fn about(function: &Function) -> String {
    function.about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// The schema of `parameters`, which every function takes beside its own fields.
fn parameters_schema() -> Value {
    let mut defaults = Parameters::default();
    let mut schema = schema_of(&mut defaults);
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_remove("required");
    }
    rules::write_parameters(&mut schema);
    for (name, default) in values(&mut defaults) {
        let mut property = schema["properties"][&name].take();
        let description = property.as_object_mut().and_then(|property| property.shift_remove("description"));
        schema["properties"][&name] = optional(property);
        schema["properties"][&name]["description"] = description.into();
        schema["properties"][&name]["default"] = default;
    }
    let template = r#"{"description":"$0","anyOf":["$1",{"type":["string","null"]}]}"#;
    let about = "Settings and credentials: an object, its JSON text, or the path of a JSON file.";
    filled(template, &[&about, &schema])
}
