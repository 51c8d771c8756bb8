//! Millions of damaged records against the decoder: flipped, cut, spliced, with
//! lengths that lie, and half of them under a checksum that fits again.
//!
//! `cargo run --profile simulation --example damage -- --mutants 10000000 [--seed 1]`
//!
//! Prints one line of JSON. What is accepted without a new checksum must be the
//! record it was made of; what is accepted with one must be, to the byte, what a
//! writer writes. The release profile aborts at a panic, so the first one ends the
//! run; each mutant follows from its number, and `--only` repeats one.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops at a surprise"
)]

#[path = "../fuzz/src/envelope.rs"]
mod envelope;
mod mutate;

use mutate::Mutant;
use reshelf::engine::codec::{self, DecodeError, Record};
use std::cell::Cell;
use std::process::exit;
use std::sync::Once;

/// What CI has.
const THREADS: u64 = 2;

thread_local! {
    /// Number of the mutant this thread is at.
    static AT: Cell<u64> = const { Cell::new(0) };
}

#[derive(Clone, Copy, Default)]
struct Count {
    mutants: u64,
    accepted: u64,
    wrong_accepts: u64,
    truncations: u64,
    bit_flips: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.mutants += other.mutants;
        self.accepted += other.accepted;
        self.wrong_accepts += other.wrong_accepts;
        self.truncations += other.truncations;
        self.bit_flips += other.bit_flips;
    }

    /// Takes a verdict; names a mutant that was wrongly accepted.
    fn take(&mut self, verdict: Verdict, what: impl FnOnce() -> String) {
        self.accepted += u64::from(verdict != Verdict::Refused);
        if verdict == Verdict::Wrong {
            self.wrong_accepts += 1;
            eprintln!("wrongly accepted: {}", what());
        }
    }

    fn json(&self, seed: u64, panics: u64) -> String {
        let Self { mutants, accepted, wrong_accepts, truncations, bit_flips } = self;
        format!(
            "{{\"mutants\":{mutants},\"accepted\":{accepted},\"wrong_accepts\":{wrong_accepts},\
             \"panics\":{panics},\"truncations\":{truncations},\"bit_flips\":{bit_flips},\
             \"seed\":{seed}}}"
        )
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Refused,
    Right,
    Wrong,
}

/// Judges what the decoder makes of a mutant.
fn judge(mutant: &Mutant, originals: &[Vec<u8>]) -> Verdict {
    let right = |is_right: bool| if is_right { Verdict::Right } else { Verdict::Wrong };
    match mutant {
        Mutant::Bytes(bytes) => match codec::decode_bytes(bytes) {
            Ok(_) => right(originals.contains(bytes)),
            Err(_) => Verdict::Refused,
        },
        Mutant::Sealed(bytes) => match codec::decode_bytes(bytes) {
            Ok((epoch, record)) => right(is_canonical(epoch, &record, bytes)),
            // A version byte under a right checksum: of a later release, or none.
            Err(DecodeError::Newer) => match bytes[4] > codec::VERSION {
                true => Verdict::Refused,
                false => Verdict::Wrong,
            },
            Err(DecodeError::Corrupt) => Verdict::Refused,
        },
        Mutant::Text(text) => match codec::decode(text) {
            Ok((epoch, record)) => {
                let written = envelope::encode(epoch, &record);
                right(written == *text && originals.contains(&envelope::to_bytes(text)))
            }
            Err(_) => Verdict::Refused,
        },
    }
}

fn is_canonical(epoch: u32, record: &Record, bytes: &[u8]) -> bool {
    let text = envelope::encode(epoch, record);
    envelope::to_bytes(&text) == bytes
        && (text.len() > codec::LONGEST_TEXT
            || codec::decode(&text).is_ok_and(|(_, again)| again == *record))
}

/// Every cut from either side and every flipped bit, bare and sealed again.
fn every_single_damage(originals: &[Vec<u8>]) -> Count {
    let mut count = Count::default();
    for original in originals {
        let mut cuts = Vec::new();
        for length in 0..original.len() {
            cuts.push(original[..length].to_vec());
            cuts.push(original[original.len() - length..].to_vec());
        }
        let flip = |bit: usize| {
            let mut bytes = original.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        let flips: Vec<_> = (0..original.len() * 8).map(flip).collect();
        count.truncations += cuts.len() as u64;
        count.bit_flips += flips.len() as u64;
        for bytes in cuts.into_iter().chain(flips) {
            for mutant in [Mutant::Bytes(bytes.clone()), Mutant::sealed(bytes)] {
                count.take(judge(&mutant, originals), || format!("{mutant:?}"));
            }
        }
    }
    count
}

fn many(seed: u64, numbers: impl Iterator<Item = u64>, originals: &[Vec<u8>]) -> Count {
    let mut count = Count::default();
    for number in numbers {
        AT.set(number);
        let mutant = Mutant::of(seed, number, originals);
        count.mutants += 1;
        count.take(judge(&mutant, originals), || format!("--seed {seed} --only {number}"));
    }
    count
}

/// The number after an option.
fn option(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    let number = arguments.next()?.replace('_', "").parse();
    Some(number.unwrap_or_else(|_| panic!("{name} takes a number")))
}

fn main() {
    let (seed, mutants) = (option("--seed").unwrap_or(1), option("--mutants").unwrap_or(1_000_000));
    let originals = &mutate::originals();
    if let Some(number) = option("--only") {
        eprintln!("{:?}", Mutant::of(seed, number, originals));
        println!("{}", many(seed, number..=number, originals).json(seed, 0));
        return;
    }
    static FIRST: Once = Once::new();
    std::panic::set_hook(Box::new(move |panic| {
        FIRST.call_once(|| {
            eprintln!("{panic}\nrepeat it with --seed {seed} --only {}", AT.get());
            println!("{}", Count { mutants: AT.get(), ..Count::default() }.json(seed, 1));
            exit(1);
        });
    }));
    let mut count = every_single_damage(originals);
    std::thread::scope(|scope| {
        let part = |thread: u64| {
            let numbers = (thread..mutants).step_by(THREADS as usize);
            scope.spawn(move || many(seed, numbers, originals))
        };
        for thread in [0, 1].map(part) {
            count.add(thread.join().expect("the hook ends the process at a panic"));
        }
    });
    println!("{}", count.json(seed, 0));
    if count.wrong_accepts > 0 {
        exit(1);
    }
}
