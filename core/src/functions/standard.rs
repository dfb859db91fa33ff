//! Functions of the parameters alone.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::call::Call;
use crate::error::Result;

/// A function that takes nothing but `parameters`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoFields {}

/// The defaults with the given parameters laid over them, addresses resolved.
pub(crate) fn get_standard_parameters(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    super::raw(&call.parameters)
}
