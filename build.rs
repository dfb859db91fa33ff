//! Keeps include/twitter_native.h current and gives the library its name and its place in memory.

use std::path::Path;
use std::{env, fs};

#[path = "core/src/base/names.rs"]
mod names;

fn main() {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=core/src/base/names.rs");
    println!("cargo:rerun-if-changed=cbindgen.toml");
    println!("cargo:rerun-if-changed=include/twitter_native.h");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    write_header(Path::new(&root));
    link_arguments();
    version_resource();
}

fn write_header(root: &Path) {
    let mut config = cbindgen::Config::from_file(root.join("cbindgen.toml")).expect("cbindgen.toml is valid");
    let version = env::var("CARGO_PKG_VERSION").expect("cargo sets CARGO_PKG_VERSION");
    config.header = Some(format!(
        "/* twitter-native {version}: X (Twitter) for programs that aren't written for the web.\n   \
         Made from src/ by cbindgen at every build: change it there. */\n\n\
         #ifndef TWITTER_NATIVE_H\n#define TWITTER_NATIVE_H"
    ));
    config.after_includes = Some(format!("{}\n{}\n{MACROS}", version_macros(&version), error_words()));
    config.trailer =
        Some("#ifdef __cplusplus\n} /* extern \"C\" */\n#endif\n\n#endif /* TWITTER_NATIVE_H */".to_owned());
    let header = root.join("include/twitter_native.h");
    let mut text = Vec::new();
    cbindgen::Builder::new()
        .with_crate(root)
        .with_config(config)
        .generate()
        .expect("src/ can be read by cbindgen")
        .write(&mut text);
    // Touching the file for nothing would make every build a rebuild.
    if fs::read(&header).ok().as_deref() != Some(&text) {
        fs::create_dir_all(root.join("include")).expect("include/ can be made");
        fs::write(&header, text).expect("include/twitter_native.h can be written");
    }
}

fn version_macros(version: &str) -> String {
    let part = |name: &str| env::var(format!("CARGO_PKG_VERSION_{name}")).expect("cargo sets the version's parts");
    format!(
        "\n#define TWITTER_NATIVE_VERSION \"{version}\"\n\
         #define TWITTER_NATIVE_VERSION_MAJOR {}\n\
         #define TWITTER_NATIVE_VERSION_MINOR {}\n\
         #define TWITTER_NATIVE_VERSION_PATCH {}\n\
         /** The result of twitter_abi_version(). A library with another version can't be used with this header. */\n\
         #define TWITTER_NATIVE_ABI_VERSION 1",
        part("MAJOR"),
        part("MINOR"),
        part("PATCH")
    )
}

/// What the header has before its types. The types of the callbacks are inside of extern "C" too.
const MACROS: &str = "
/* On Windows the functions are imported from the DLL. Define TWITTER_API before this header to declare them in another
   way, for example if they are found by GetProcAddress. */
#ifndef TWITTER_API
#if defined(_WIN32)
#define TWITTER_API __declspec(dllimport)
#else
#define TWITTER_API
#endif
#endif

/* A warning if a result is not used: it would never be released. */
#if defined(__GNUC__)
#define TWITTER_MUST_USE __attribute__((warn_unused_result))
#elif defined(_MSC_VER)
#define TWITTER_MUST_USE _Check_return_
#else
#define TWITTER_MUST_USE
#endif

#ifdef __cplusplus
extern \"C\" {
#endif";

/// The words of an error, each as a macro: a program that misspells one doesn't compile.
fn error_words() -> String {
    let groups = [
        ("error.kind", "KIND", &names::KINDS[..]),
        ("error.reason of the kind authorization", "REASON", &names::REASONS),
        ("error.outcome of what writes", "OUTCOME", &names::OUTCOMES),
    ];
    let mut text = String::new();
    for (title, prefix, words) in groups {
        text.push_str(&format!("\n/* {title} */\n"));
        for word in words {
            text.push_str(&format!("#define TWITTER_{prefix}_{} \"{word}\"\n", word.to_uppercase()));
        }
    }
    text
}

fn link_arguments() {
    let argument = |argument: &str| println!("cargo:rustc-cdylib-link-arg={argument}");
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "android" | "freebsd") => {
            argument("-Wl,-soname,libtwitter_native.so.1");
            // Unloading code that a thread still runs would crash the host.
            argument("-Wl,-z,nodelete");
            // Calls inside the library stay inside, whatever the host exports.
            argument("-Wl,-Bsymbolic");
        }
        Ok("macos") => argument("-Wl,-install_name,@rpath/libtwitter_native.dylib"),
        _ => {}
    }
}

/// What Windows' Explorer and installers read of the file: what it is, and its version.
fn version_resource() {
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    const VFT_DLL: u64 = 2;
    let mut resource = winresource::WindowsResource::new();
    resource.set("FileDescription", &env::var("CARGO_PKG_DESCRIPTION").expect("cargo sets the description"));
    resource.set("ProductName", "twitter-native").set("OriginalFilename", "twitter_native.dll");
    resource.set("LegalCopyright", "MIT License").set_version_info(winresource::VersionInfo::FILETYPE, VFT_DLL);
    resource.compile().expect("windres or rc makes the version resource");
}
