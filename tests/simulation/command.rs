//! The simulation on the command line: many seeds on all cores, one JSON object
//! on standard output, and for what fails a line that repeats it.
//!
//! ```sh
//! cargo run --profile simulation --example simulate -- --seeds 1000 --tabs 32 --events 1000
//! cargo run --profile simulation --example simulate -- --seed 17 --trace
//! ```
#![allow(clippy::expect_used, clippy::panic, reason = "a command stops at a surprise")]

mod world;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use world::outcome::Outcome;
use world::plan::{Scenario, Size};

/// What was asked for.
struct Arguments {
    seeds: u64,
    seed: Option<u64>,
    size: Size,
    scenario: Scenario,
    trace: bool,
}

fn arguments() -> Result<Arguments, String> {
    let mut asked = Arguments {
        seeds: 100,
        seed: None,
        size: Size { tabs: 32, events: 1_000 },
        scenario: Scenario::All,
        trace: false,
    };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        if name == "--trace" {
            asked.trace = true;
            continue;
        }
        let value = given.next().ok_or(format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} {value} is no number"));
        match name.as_str() {
            "--seeds" => asked.seeds = number()?,
            "--seed" => asked.seed = Some(number()?),
            "--tabs" => asked.size.tabs = number()? as usize,
            "--events" => asked.size.events = number()? as u32,
            "--scenario" => {
                asked.scenario = match value.as_str() {
                    "all" => Scenario::All,
                    "erase" => Scenario::Erase,
                    "pages" => Scenario::Pages,
                    _ => return Err(format!("{value} is not all, erase or pages")),
                }
            }
            _ => return Err(format!("{name} is not known")),
        }
    }
    Ok(asked)
}

/// The line that repeats a seed.
fn repetition(asked: &Arguments, seed: u64) -> String {
    let Size { tabs, events } = asked.size;
    let scenario = format!("{:?}", asked.scenario).to_lowercase();
    format!(
        "cargo run --profile simulation --example simulate -- --seed {seed} --tabs {tabs} --events {events} \
         --scenario {scenario}"
    )
}

fn main() -> ExitCode {
    let asked = match arguments() {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let begin = Instant::now();
    let seeds = asked.seed.map_or(0..asked.seeds, |seed| seed..seed + 1);
    let count = seeds.end - seeds.start;
    let next = AtomicU64::new(seeds.start);
    let all = Mutex::new((Outcome::default(), Vec::new()));
    let done = AtomicU64::new(0);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                break;
            }
            let outcome = world::run(asked.scenario, asked.size, seed, asked.trace);
            let mut all = all.lock().expect("no thread panics with it");
            all.0.add(&outcome);
            if !outcome.faults.is_empty() {
                all.1.push(seed);
                eprintln!("seed {seed}:");
                outcome.faults.iter().for_each(|fault| eprintln!("    {fault}"));
            }
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if done.is_multiple_of(50) {
                eprintln!("{done} of {count} seeds, {:.0} s", begin.elapsed().as_secs_f64());
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let (sum, mut failing) = all.into_inner().expect("no thread panicked");
    failing.sort_unstable();
    println!("{}", sum.json(count, asked.size.tabs, asked.size.events, &failing));
    eprintln!("{:.1} s", begin.elapsed().as_secs_f64());
    match failing.first() {
        None => ExitCode::SUCCESS,
        Some(seed) => {
            eprintln!("{}", repetition(&asked, *seed));
            ExitCode::FAILURE
        }
    }
}
