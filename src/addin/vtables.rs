//! The vtables of the four base classes, and the functions in them. Each finds the object by `this`, converts the
//! arguments, calls `Component`, and lets no panic out.

use std::ffi::{c_long, c_void};
use std::ptr;

use twitter_core::say;

use super::component::{Component, Value};
use super::host::DESTRUCTOR_ENTRIES;
use super::members::{self, Method, Property};
use super::object::{self, BASES, Base};
use super::text;
use super::variant::{Argument, Variant};
use crate::boundary::guarded;

const INIT_DONE: usize = 0;
const LANGUAGE: usize = 1;
const LOCALE: usize = 2;
const USER_LANGUAGE: usize = 3;

/// Native API 2.0.
const INTERFACE_VERSION: c_long = 2000;

/// A vtable, with what C++ has in front of it: the offset to the object's start (Itanium ABI), and no type information.
#[repr(C)]
struct Vtable<S> {
    #[cfg(not(windows))]
    to_object: isize,
    type_information: usize,
    vtable: S,
}

impl<S> Vtable<S> {
    const fn new(_base: usize, vtable: S) -> Self {
        Vtable {
            #[cfg(not(windows))]
            to_object: -((_base * size_of::<Base>()) as isize),
            type_information: 0,
            vtable,
        }
    }

    const fn base(&'static self) -> Base {
        Base(&raw const self.vtable as *const c_void)
    }
}

type This = *mut c_void;

#[cfg(not(windows))]
type Destructor = unsafe extern "C" fn(This);
#[cfg(all(windows, not(target_arch = "x86")))]
type Destructor = unsafe extern "C" fn(This, u32) -> This;
#[cfg(all(windows, target_arch = "x86"))]
type Destructor = unsafe extern "thiscall" fn(This, u32) -> This;

/// Itanium ABI: the complete destructor, then the deleting one. MSVC: one function for both, which a flag tells apart.
type Destructors = [Destructor; DESTRUCTOR_ENTRIES];

const fn destructors<const BASE: usize>() -> Destructors {
    #[cfg(windows)]
    return [scalar_deleting::<BASE>];
    #[cfg(not(windows))]
    return [complete::<BASE>, deleting::<BASE>];
}

#[repr(C)]
struct InitDone {
    destructors: Destructors,
    init: unsafe extern "system" fn(This, *mut c_void) -> bool,
    set_mem_manager: unsafe extern "system" fn(This, *mut c_void) -> bool,
    get_info: unsafe extern "system" fn(This) -> c_long,
    done: unsafe extern "system" fn(This),
}

#[repr(C)]
struct LanguageExtender {
    destructors: Destructors,
    register_extension_as: unsafe extern "system" fn(This, *mut *mut u16) -> bool,
    get_n_props: unsafe extern "system" fn(This) -> c_long,
    find_prop: unsafe extern "system" fn(This, *const u16) -> c_long,
    get_prop_name: unsafe extern "system" fn(This, c_long, c_long) -> *const u16,
    get_prop_val: unsafe extern "system" fn(This, c_long, *mut Variant) -> bool,
    set_prop_val: unsafe extern "system" fn(This, c_long, *mut Variant) -> bool,
    is_prop_readable: unsafe extern "system" fn(This, c_long) -> bool,
    is_prop_writable: unsafe extern "system" fn(This, c_long) -> bool,
    get_n_methods: unsafe extern "system" fn(This) -> c_long,
    find_method: unsafe extern "system" fn(This, *const u16) -> c_long,
    get_method_name: unsafe extern "system" fn(This, c_long, c_long) -> *const u16,
    get_n_params: unsafe extern "system" fn(This, c_long) -> c_long,
    get_param_def_value: unsafe extern "system" fn(This, c_long, c_long, *mut Variant) -> bool,
    has_ret_val: unsafe extern "system" fn(This, c_long) -> bool,
    call_as_proc: unsafe extern "system" fn(This, c_long, *mut Variant, c_long) -> bool,
    call_as_func: unsafe extern "system" fn(This, c_long, *mut Variant, *mut Variant, c_long) -> bool,
}

#[repr(C)]
struct Language {
    destructors: Destructors,
    set: unsafe extern "system" fn(This, *const u16),
}

const _: () = assert!(size_of::<InitDone>() == (DESTRUCTOR_ENTRIES + 4) * size_of::<Base>());
const _: () = assert!(size_of::<LanguageExtender>() == (DESTRUCTOR_ENTRIES + 16) * size_of::<Base>());
const _: () = assert!(size_of::<Language>() == (DESTRUCTOR_ENTRIES + 1) * size_of::<Base>());

static INIT_DONE_VTABLE: Vtable<InitDone> =
    Vtable::new(INIT_DONE, InitDone { destructors: destructors::<INIT_DONE>(), init, set_mem_manager, get_info, done });

static LANGUAGE_VTABLE: Vtable<LanguageExtender> = Vtable::new(
    LANGUAGE,
    LanguageExtender {
        destructors: destructors::<LANGUAGE>(),
        register_extension_as,
        get_n_props,
        find_prop,
        get_prop_name,
        get_prop_val,
        set_prop_val,
        is_prop_readable,
        is_prop_writable,
        get_n_methods,
        find_method,
        get_method_name,
        get_n_params,
        get_param_def_value,
        has_ret_val,
        call_as_proc,
        call_as_func,
    },
);

static LOCALE_VTABLE: Vtable<Language> =
    Vtable::new(LOCALE, Language { destructors: destructors::<LOCALE>(), set: set_locale });

static USER_LANGUAGE_VTABLE: Vtable<Language> =
    Vtable::new(USER_LANGUAGE, Language { destructors: destructors::<USER_LANGUAGE>(), set: set_interface_language });

pub(super) const fn bases() -> [Base; BASES] {
    [INIT_DONE_VTABLE.base(), LANGUAGE_VTABLE.base(), LOCALE_VTABLE.base(), USER_LANGUAGE_VTABLE.base()]
}

/// Runs `body` with the object's component. Returns `refusal` where there is none, or after a panic.
///
/// # Safety
/// `this` is what the platform passes for the base.
unsafe fn with_component<T: Copy>(this: This, base: usize, refusal: T, body: impl FnOnce(&Component) -> T) -> T {
    // SAFETY: as the caller promises.
    let enter = || unsafe { object::component_of(this, base) }.map_or(refusal, |component| body(&component));
    guarded(enter, |_| refusal)
}

#[cfg(not(windows))]
unsafe extern "C" fn complete<const BASE: usize>(this: This) {
    // SAFETY: the platform's `this`.
    unsafe { with_component(this, BASE, (), Component::end) };
}

#[cfg(not(windows))]
unsafe extern "C" fn deleting<const BASE: usize>(this: This) {
    guarded(|| object::destroy(object::address(this, BASE)), |_| ());
}

#[cfg(windows)]
macro_rules! scalar_deleting {
    ($abi:literal) => {
        unsafe extern $abi fn scalar_deleting<const BASE: usize>(this: This, flags: u32) -> This {
            const RELEASE: u32 = 1;
            if flags & RELEASE != 0 {
                guarded(|| object::destroy(object::address(this, BASE)), |_| ());
            } else {
                // SAFETY: the platform's `this`.
                unsafe { with_component(this, BASE, (), Component::end) };
            }
            this
        }
    };
}
#[cfg(all(windows, not(target_arch = "x86")))]
scalar_deleting!("C");
#[cfg(all(windows, target_arch = "x86"))]
scalar_deleting!("thiscall");

unsafe extern "system" fn init(this: This, connection: *mut c_void) -> bool {
    // SAFETY: the platform's `this` and connection, which lives until `Done`.
    unsafe {
        with_component(this, INIT_DONE, false, |component| {
            component.begin(connection);
            true
        })
    }
}

unsafe extern "system" fn set_mem_manager(this: This, manager: *mut c_void) -> bool {
    // SAFETY: the platform's `this`, and its manager, which outlives the object.
    unsafe {
        with_component(this, INIT_DONE, false, |component| {
            component.host.set_memory(manager);
            !manager.is_null()
        })
    }
}

unsafe extern "system" fn get_info(_: This) -> c_long {
    INTERFACE_VERSION
}

unsafe extern "system" fn done(this: This) {
    // SAFETY: the platform's `this`.
    unsafe { with_component(this, INIT_DONE, (), Component::end) }
}

unsafe extern "system" fn set_locale(this: This, code: *const u16) {
    // SAFETY: the platform's `this`; the code is NULL or NUL-terminated.
    unsafe {
        with_component(this, LOCALE, (), |component| {
            component.set_locale(&text::terminated(code).unwrap_or_default());
        });
    }
}

unsafe extern "system" fn set_interface_language(this: This, code: *const u16) {
    // SAFETY: as above.
    unsafe {
        with_component(this, USER_LANGUAGE, (), |component| {
            component.set_interface_language(&text::terminated(code).unwrap_or_default());
        });
    }
}

unsafe extern "system" fn register_extension_as(this: This, name: *mut *mut u16) -> bool {
    // SAFETY: the platform's `this`; `name` is NULL or a pointer's place.
    unsafe {
        with_component(this, LANGUAGE, false, |component| {
            let Some((copy, _)) = (!name.is_null()).then(|| component.host.copy_of(super::CLASS)).flatten() else {
                return false;
            };
            name.write(copy);
            true
        })
    }
}

unsafe extern "system" fn get_n_props(_: This) -> c_long {
    members::PROPERTIES.len() as c_long
}

unsafe extern "system" fn find_prop(_: This, name: *const u16) -> c_long {
    // SAFETY: the platform's name is NULL or NUL-terminated.
    guarded(|| index_of(unsafe { text::terminated(name) }, members::find_property), |_| -1)
}

unsafe extern "system" fn get_prop_name(this: This, property: c_long, language: c_long) -> *const u16 {
    // SAFETY: the platform's `this`.
    unsafe { name(this, || Property::at(property)?.name(language)) }
}

unsafe extern "system" fn get_prop_val(this: This, property: c_long, value: *mut Variant) -> bool {
    // SAFETY: the platform's `this`; `value` is NULL or a variant that owns nothing.
    unsafe {
        with_component(this, LANGUAGE, false, |component| match Property::at(property) {
            Some(property) if !value.is_null() => write_value(component, value, &component.property(property)),
            _ => false,
        })
    }
}

unsafe extern "system" fn set_prop_val(this: This, property: c_long, value: *mut Variant) -> bool {
    // SAFETY: the platform's `this`; `value` is NULL or a variant.
    unsafe {
        with_component(this, LANGUAGE, false, |component| match Property::at(property) {
            Some(property) if !value.is_null() => component.set_property(property, Variant::read(value)),
            _ => false,
        })
    }
}

unsafe extern "system" fn is_prop_readable(_: This, property: c_long) -> bool {
    Property::at(property).is_some()
}

unsafe extern "system" fn is_prop_writable(_: This, property: c_long) -> bool {
    Property::at(property).is_some_and(Property::is_writable)
}

unsafe extern "system" fn get_n_methods(_: This) -> c_long {
    Method::count() as c_long
}

unsafe extern "system" fn find_method(_: This, name: *const u16) -> c_long {
    // SAFETY: the platform's name is NULL or NUL-terminated.
    guarded(|| index_of(unsafe { text::terminated(name) }, members::find_method), |_| -1)
}

unsafe extern "system" fn get_method_name(this: This, method: c_long, language: c_long) -> *const u16 {
    // SAFETY: the platform's `this`.
    unsafe { name(this, || Method::at(method)?.name(language)) }
}

unsafe extern "system" fn get_n_params(_: This, method: c_long) -> c_long {
    Method::at(method).map_or(0, |method| method.arity() as c_long)
}

/// The default of an optional argument is the empty text and not an empty value: some hosts ignore a default without
/// a type.
unsafe extern "system" fn get_param_def_value(
    this: This,
    method: c_long,
    parameter: c_long,
    value: *mut Variant,
) -> bool {
    let is_optional = usize::try_from(parameter)
        .is_ok_and(|parameter| Method::at(method).is_some_and(|method| method.is_optional_argument(parameter)));
    if value.is_null() {
        return false;
    }
    // SAFETY: not NULL, so a variant that owns nothing; `this` is the platform's.
    unsafe {
        Variant::write_empty(value);
        if is_optional {
            // Without memory the default stays without a type, which most hosts accept.
            with_component(this, LANGUAGE, false, |component| Variant::write_text(value, &component.host, ""));
        }
    }
    is_optional
}

unsafe extern "system" fn has_ret_val(_: This, method: c_long) -> bool {
    Method::at(method).is_some()
}

unsafe extern "system" fn call_as_proc(this: This, method: c_long, values: *mut Variant, count: c_long) -> bool {
    // SAFETY: as the platform calls it.
    unsafe { call(this, method, None, values, count) }
}

unsafe extern "system" fn call_as_func(
    this: This,
    method: c_long,
    result: *mut Variant,
    values: *mut Variant,
    count: c_long,
) -> bool {
    if result.is_null() {
        return false;
    }
    // SAFETY: as the platform calls it.
    unsafe { call(this, method, Some(result), values, count) }
}

/// # Safety
/// `this` is the platform's, `values` has `count` variants that stay as they are during the call, and
/// `result` is a variant that owns nothing.
unsafe fn call(this: This, method: c_long, result: Option<*mut Variant>, values: *mut Variant, count: c_long) -> bool {
    let body = |component: &Component| {
        // SAFETY: as the caller promises.
        let arguments = unsafe { read_all(values, count) };
        let (Some(method), Some(arguments)) = (Method::at(method), arguments) else {
            return component.refuse(say!(there_is_no_such_method));
        };
        if arguments.len() > method.arity() {
            return component.refuse(say!(method_has_fewer_arguments));
        }
        let called = component.call(method, &arguments);
        if !component.accept(&called) {
            return false;
        }
        let Some(result) = result else { return true };
        // SAFETY: as the caller promises.
        let is_written = unsafe { write_value(component, result, &called.value) };
        if is_written {
            component.forget_job(&called);
        }
        is_written
    };
    // SAFETY: as the caller promises.
    unsafe { with_component(this, LANGUAGE, false, body) }
}

/// # Safety
/// `values` has `count` variants that stay as they are for `'a`.
unsafe fn read_all<'a>(values: *const Variant, count: c_long) -> Option<Vec<Argument<'a>>> {
    let count = usize::try_from(count).ok()?;
    if count > 0 && values.is_null() {
        return None;
    }
    // SAFETY: as the caller promises.
    Some((0..count).map(|index| absent_if_empty(unsafe { Variant::read(values.add(index)) })).collect())
}

/// The platform passes the default, an empty text, for an argument that was left out.
fn absent_if_empty(argument: Argument) -> Argument {
    if matches!(&argument, Argument::Text(text) if text.is_empty()) { Argument::Absent } else { argument }
}

/// # Safety
/// `place` is a variant that owns nothing.
unsafe fn write_value(component: &Component, place: *mut Variant, value: &Value) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        match value {
            Value::Bool(flag) => Variant::write_bool(place, *flag),
            Value::Integer(number) => Variant::write_integer(place, *number),
            Value::Text(text) => {
                if !Variant::write_text(place, &component.host, text) {
                    return component.refuse(say!(no_memory_for_the_result));
                }
            }
        }
    }
    true
}

/// A name in the platform's memory, or NULL.
///
/// # Safety
/// `this` is what the platform passes.
unsafe fn name(this: This, name: impl FnOnce() -> Option<&'static str>) -> *const u16 {
    let copy = |component: &Component| {
        let copy = name().and_then(|name| component.host.copy_of(name));
        copy.map_or(ptr::null(), |(copy, _)| copy.cast_const())
    };
    // SAFETY: as the caller promises.
    unsafe { with_component(this, LANGUAGE, ptr::null(), copy) }
}

fn index_of(name: Option<String>, find: impl FnOnce(&str) -> Option<usize>) -> c_long {
    name.and_then(|name| find(&name)).map_or(-1, |index| index as c_long)
}
