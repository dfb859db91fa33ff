//! The same for the 257 operations of X's document. The right values are made from the document, and not from what
//! `describe` says of it.

#[path = "../support/operations.rs"]
mod document;

use std::collections::{BTreeMap, BTreeSet};

use document::{every_operation, fields_of, name_of, numbered, request_of, sample};
use serde_json::{Map, Value, json};

use crate::comparison::{ANY_FIELD, Comparison, Restriction, random_choices, restriction};
use crate::support::{merged, succeed};

/// As in main.rs.
const NOT_IN_SCHEMA: &[Restriction] = &[
    restriction(
        ANY_FIELD,
        r" names one thing twice \(item [0-9]+\): leave one of them out\.",
        "items that are equal after they were converted: 7 and \"7\", or in a text with commas",
    )
    .only_for(|value| value.as_str().map_or(value.is_array(), |text| text.contains(','))),
    restriction(
        ANY_FIELD,
        r" has [0-9]+ characters?; [0-9]+ is the (least|most)\.",
        "how many characters a number or boolean has as text",
    )
    .only_for(|value| value.is_number() || value.is_boolean()),
    restriction(
        ANY_FIELD,
        r" is a number that has lost digits on its way: give it as text\.",
        "whether a large number was written with all its digits: 1e300 is a whole number",
    )
    .only_for(|value| value.as_f64().is_some_and(|number| number.abs() > 9_007_199_254_740_992.0)),
    restriction(
        ANY_FIELD,
        r" (does not have the form that X takes: .*|is no id: an id has 1 to 19 digits)\.",
        "the pattern of a text, where a number or boolean is given for it",
    )
    .only_for(|value| value.is_number() || value.is_boolean()),
    restriction(
        "query",
        r" does not have the form that X takes: \^\[A-Za-z0-9_' \]\{1,50\}\$\.",
        "white space alone, where the pattern itself has a blank",
    )
    .only_for(|value| value.as_str().is_some_and(|text| text.trim().is_empty())),
    restriction("function", r"`[a-z_0-9]+` streams without end, .*", "a stream can't be called"),
];

struct Operation {
    name: String,
    /// The document's schemas, or our own where a field is this library's.
    fields: Map<String, Value>,
    smallest: Value,
    fullest: Value,
}

impl Operation {
    fn of(described: &Value, operation: &Value) -> Operation {
        let (mut fields, _) = fields_of(operation);
        fields.retain(|_, schema| !schema.is_null());
        for (name, schema) in [
            ("more", json!({"type": "object"})),
            ("max_pages", json!({"type": "integer", "minimum": 1, "maximum": 10_000})),
            ("save_to", json!({"type": "string"})),
            ("file", json!({"type": "object"})),
        ] {
            if described["properties"].get(name).is_some() {
                fields.insert(name.to_owned(), schema);
            }
        }
        Operation {
            name: name_of(operation),
            fields,
            smallest: request_of(operation, false),
            fullest: request_of(operation, true),
        }
    }

    /// A value that the library takes.
    fn good(&self, name: &str) -> Value {
        match name {
            "file" => json!({"bytes": 0}),
            "save_to" => json!("/nowhere/file"),
            "more" => json!({"a": [1, "b"]}),
            _ => self.fullest.get(name).cloned().unwrap_or_else(|| sample(&self.fields[name], true)),
        }
    }
}

fn comparison_and_operations() -> (Comparison, Vec<Operation>) {
    let (mut schemas, mut operations) = (BTreeMap::new(), Vec::new());
    let described = succeed("describe", &json!({}), json!({"name": "describe"}));
    for operation in every_operation() {
        let mut request = succeed("describe", &json!({}), json!({"name": name_of(&operation)}))[0]["request"].take();
        assert_eq!(request["properties"]["parameters"], described[0]["request"]["properties"]["parameters"]);
        // They are the same for all functions, and judged there.
        request["properties"]["parameters"] = json!({});
        operations.push(Operation::of(&request, &operation));
        schemas.insert(name_of(&operation), request);
    }
    assert_eq!(operations.len(), 257);
    (Comparison::of(schemas, NOT_IN_SCHEMA), operations)
}

/// Values of every kind, right and wrong ones.
fn pool() -> Vec<Value> {
    let mut pool = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(7.0),
        json!(7),
        json!(100),
        json!(101),
        json!(1_234_567_890),
        json!(-123_456_789),
        json!(1e300),
        json!(u64::MAX),
        json!(9_999_999_999_999_999_999_u64),
        json!([]),
        json!({}),
        json!([1]),
        json!([null]),
        json!([""]),
        json!([[1]]),
        json!([{}]),
        json!(["a", 7, true]),
        json!([7, "7"]),
        json!({"a": 1}),
        json!({"a": [null]}),
        json!({"made_up": null}),
        json!([{"made_up": ""}]),
        json!({"path": "/none", "name": "a"}),
        json!({"base64": "MTIK"}),
    ];
    for text in [
        "",
        " ",
        "0",
        "7",
        " 7 ",
        "\u{feff}7\u{200b}",
        "007",
        "+7",
        "-1",
        "-0",
        "1.5",
        "1e3",
        "abc",
        "a b",
        "токен",
        "true",
        " FALSE ",
        "yes",
        "1,2",
        "1,,2",
        ",",
        " 1 , 2 ",
        "7,7",
        "a/b",
        "https://example.com/a",
        "2026-09-22t12:00:00+01:00",
        "2026-09-22 12:00:00",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "99999999999999999999",
    ] {
        pool.push(json!(text));
    }
    pool
}

/// Values about the limits that the document names for a field, right ones and wrong ones.
fn about(schema: &Value) -> Vec<Value> {
    let good = sample(schema, true);
    let mut values = vec![json!([good]), json!([good, good]), json!([good, null]), good.clone()];
    if let Some(text) = good.as_str() {
        let upper = if text.to_uppercase() == text { text.to_lowercase() } else { text.to_uppercase() };
        let repeated = [format!("{text},{text}"), format!("{text},")];
        values.extend(repeated.map(Value::from));
        let near = [format!(" {text}\n"), upper, format!("{text}\u{1f600}")];
        values.extend(near.map(Value::from));
    }
    for keyword in ["minimum", "maximum"] {
        if let Some(limit) = schema[keyword].as_i64() {
            for number in [limit - 1, limit, limit + 1] {
                values.extend([json!(number), json!(number.to_string()), json!(format!(" 0{number} "))]);
            }
        }
    }
    for keyword in ["minLength", "maxLength"] {
        if let Some(limit) = schema[keyword].as_u64() {
            for length in [limit.saturating_sub(1), limit, limit + 1] {
                let text = |letter: &str| letter.repeat(length as usize);
                values.extend([json!(text("v")), json!(text("я")), json!(format!("\t{} ", text("7")))]);
            }
        }
    }
    if schema["type"] == "array" {
        let items = &schema["items"];
        let item = sample(items, false);
        let item_of = |index: usize| match items["enum"].get(index) {
            Some(word) => word.clone(),
            None => numbered(item.clone(), index),
        };
        for keyword in ["minItems", "maxItems"] {
            if let Some(limit) = schema[keyword].as_u64() {
                for count in limit.saturating_sub(1)..=limit + 1 {
                    let list: Vec<Value> = (0..count as usize).map(item_of).collect();
                    let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                    values.extend([json!(texts.join(",")), json!(texts.join(" , ")), json!(list)]);
                }
            }
        }
        values.extend(about(items).into_iter().flat_map(|value| [json!([value]), value]));
    }
    values
}

/// Every way to put a value into a field, or one within it: the fields that come of it.
fn within(field: &Value, put: &mut dyn FnMut(Value), pool: &[Value]) {
    pool.iter().cloned().chain(about(field)).for_each(&mut *put);
    if field["type"] == "array" && field["items"]["properties"].is_object() {
        within(&field["items"], &mut |item| put(json!([item])), pool);
        return;
    }
    let smallest = sample(field, false);
    for (name, inner) in field["properties"].as_object().into_iter().flatten() {
        within(inner, &mut |value| put(merged(smallest.clone(), json!({ name: value }))), pool);
        let mut without = smallest.clone();
        without.as_object_mut().expect("an object").shift_remove(name);
        put(without);
    }
}

#[test]
fn schema_and_library_agree_on_every_field_of_an_operation() {
    let (mut comparison, operations) = comparison_and_operations();
    let (pool, shortest) =
        (pool(), [json!(null), json!(""), json!(true), json!(7), json!("abc"), json!([]), json!({})]);
    let mut seen = BTreeSet::new();
    for operation in &operations {
        let Operation { name, smallest, .. } = operation;
        for request in [
            smallest.clone(),
            operation.fullest.clone(),
            json!({}),
            merged(smallest.clone(), json!({"made_up": 1})),
            merged(smallest.clone(), json!({"made_up": null})),
            merged(smallest.clone(), json!({"made_up": ""})),
        ] {
            comparison.compare(name, &request);
        }
        for (field, schema) in &operation.fields {
            for whole in [smallest, &operation.fullest] {
                let mut without = whole.clone();
                without.as_object_mut().expect("an object").shift_remove(field);
                comparison.compare(name, &without);
            }
            // Hundreds of fields are the same.
            let is_new = seen.insert((schema.to_string(), smallest.get(field).is_some()));
            let pool = if is_new { &pool[..] } else { &shortest[..] };
            within(
                schema,
                &mut |value| comparison.compare(name, &merged(smallest.clone(), json!({ field: value }))),
                pool,
            );
            if operation.fullest.get(field).is_some() && field != "file" {
                // The parts of an address.
                for value in [".", " . ", ".."] {
                    comparison.compare(name, &merged(smallest.clone(), json!({ field: value })));
                }
            }
            comparison.compare(name, &merged(smallest.clone(), json!({"more": {field: 1}})));
            comparison.compare(name, &merged(smallest.clone(), json!({"more": {field: []}})));
        }
    }
    comparison.assert_no_differences();
    assert!(comparison.compared > 50_000, "{}", comparison.compared);
    comparison.assert_every_restriction_was_needed();
}

#[test]
fn schema_and_library_agree_on_every_pair_of_fields_of_an_operation() {
    let (mut comparison, operations) = comparison_and_operations();
    for operation in &operations {
        for field in operation.fields.keys() {
            for other in operation.fields.keys() {
                let both = json!({field: operation.good(field), other: operation.good(other)});
                comparison.compare(&operation.name, &both);
                comparison.compare(&operation.name, &merged(operation.smallest.clone(), both));
            }
        }
    }
    comparison.assert_no_differences();
}

#[test]
fn schema_and_library_agree_on_random_requests_to_operations() {
    let (mut comparison, operations) = comparison_and_operations();
    let pool = pool();
    for (operation, whole, picks) in random_choices(13) {
        let operation = operation.get(&operations);
        let names: Vec<&String> = operation.fields.keys().collect();
        let mut request = if whole { operation.smallest.clone() } else { json!({}) };
        for (field, value, is_good) in picks {
            let name = *field.get(&names);
            let value = if is_good { operation.good(name) } else { value.get(&pool).clone() };
            request = merged(request, json!({ name: value }));
        }
        comparison.compare(&operation.name, &request);
    }
    comparison.assert_no_differences();
}
