//! The allocator: smaller than the default one, and made for a single thread. Must not live here: anything else.

/// Memory of the engine's instance.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
