//! Functions of the parameters alone.

use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::fields::{record, values};
use crate::x::call::Call;

record! {
    /// A function that takes nothing but `parameters`.
    #[derive(Default)]
    pub(crate) struct NoFields {}
}

/// The defaults with the given parameters laid over them, addresses resolved.
pub(crate) fn get_standard_parameters(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    super::raw(&values(&mut call.parameters.clone()))
}
