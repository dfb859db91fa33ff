//! `get_standard_parameters`, and the request type of functions that take only `parameters`.

use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::base::json::raw;
use crate::fields::{record, values};
use crate::x::call::Call;

record! {
    /// A function that takes nothing but `parameters`.
    #[derive(Default)]
    pub(crate) struct NoFields {}
}

/// The given parameters, with the default for each one that is missing. Addresses are resolved.
pub(crate) fn get_standard_parameters(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    raw(&values(&mut call.parameters.clone()))
}
