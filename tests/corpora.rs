//! Runs every input of the fuzzers' corpora through the built library, so that what was found once is tested for ever.

mod support;

#[path = "../fuzz/harness/mod.rs"]
mod harness;

use std::fs;
use std::path::Path;

use harness::abi::Abi;

#[test]
fn every_input_of_the_corpora_keeps_the_properties() {
    let library = support::library();
    // SAFETY: the types of the header, and those of the platform's.
    let abi = unsafe {
        Abi {
            call: library.symbol("twitter_call"),
            free: library.symbol("twitter_free"),
            class_object: library.symbol("GetClassObject"),
            destroy: library.symbol("DestroyObject"),
        }
    };
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in harness::TARGETS {
        let mut inputs = 0;
        for entry in fs::read_dir(corpora.join(name)).unwrap() {
            let file = entry.unwrap().path();
            target(&abi, &fs::read(&file).unwrap())
                .unwrap_or_else(|complaint| panic!("{}: {complaint}", file.display()));
            inputs += 1;
        }
        assert!(inputs > 0, "{name} has no corpus");
    }
}
