//! See `src/sealed.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reshelf_fuzz::sealed::run(bytes));
