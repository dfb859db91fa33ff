//! What types a field can have.

use serde_json::Value;

use crate::base::error::Result;
use crate::fields::conversion::list;
use crate::fields::given::Given;
use crate::fields::schema;

/// The value of a field, of any type.
pub(crate) trait FieldValue {
    /// Sets the value from JSON that isn't null.
    fn read(&mut self, given: Given) -> Result<()>;
    /// The value as JSON; null for none.
    fn value(&mut self) -> Value;
    fn schema(&self) -> Value;
    fn is_required(&self) -> bool;
    /// Whether it is a file, or a list of files.
    fn is_file(&self) -> bool;
}

/// A type that a field can have.
pub(crate) trait FieldType: Sized {
    /// Whether a field of this type has to be given.
    const REQUIRED: bool = true;
    /// Whether it names a file to upload.
    const IS_FILE: bool = false;

    fn read(given: Given) -> Result<Self>;
    fn value(&mut self) -> Value;
    fn schema() -> Value;
}

impl<T: FieldType> FieldValue for T {
    fn read(&mut self, given: Given) -> Result<()> {
        if T::REQUIRED || !given.is_absent() {
            *self = T::read(given)?;
        }
        Ok(())
    }

    fn value(&mut self) -> Value {
        FieldType::value(self)
    }

    fn schema(&self) -> Value {
        if T::REQUIRED { T::schema() } else { schema::optional(T::schema()) }
    }

    fn is_required(&self) -> bool {
        T::REQUIRED
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: FieldType> FieldValue for Option<T> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = if given.is_absent() { None } else { Some(T::read(given)?) };
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.as_mut().map_or(Value::Null, FieldType::value)
    }

    fn schema(&self) -> Value {
        schema::optional(T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: FieldType> FieldValue for Vec<T> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = list(given, &T::read)?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        if self.is_empty() { Value::Null } else { self.iter_mut().map(FieldType::value).collect() }
    }

    fn schema(&self) -> Value {
        schema::of_list(T::schema(), T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

/// A list whose items may be null or empty.
impl<T: FieldType> FieldValue for Vec<Option<T>> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = list(given, &|item| if item.is_absent() { Ok(None) } else { T::read(item).map(Some) })?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.iter_mut().map(FieldValue::value).collect()
    }

    fn schema(&self) -> Value {
        schema::of_list(schema::optional(T::schema()), T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

macro_rules! field_type {
    ($type:ty, $schema:expr, $read:expr, $value:expr) => {
        impl FieldType for $type {
            fn read(given: Given) -> Result<Self> {
                let read: fn(Given) -> Result<$type> = $read;
                read(given)
            }

            fn value(&mut self) -> Value {
                let value: fn(&$type) -> Value = $value;
                value(self)
            }

            fn schema() -> Value {
                $schema
            }
        }
    };
}

pub(crate) use field_type;
