//! Laws of the engine, tried on invented shops and shoppers: what must hold for
//! any catalogue, history, list and configuration. Must not live here: single
//! examples (the contract fixtures), or how a number is computed (`reference`).

mod explaining;
mod merging;
mod ordering;
mod recommending;
mod remembering;
mod shelving;
