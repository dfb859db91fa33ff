//! Compresses the table of X's operations for the library.

use std::path::Path;
use std::{env, fs};

const TABLE: &str = "src/functions/operations/operations.jsonl";
const BEST: u8 = 10;

fn main() {
    println!("cargo::rerun-if-changed={TABLE}");
    let table = fs::read(TABLE).expect("the table of operations");
    let folder = env::var("OUT_DIR").expect("cargo names the folder");
    let compressed = miniz_oxide::deflate::compress_to_vec(&table, BEST);
    fs::write(Path::new(&folder).join("operations.deflate"), compressed).expect("the compressed table");
}
