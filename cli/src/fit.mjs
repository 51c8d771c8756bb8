// The fit of a training, its searches on all cores. Must not live here: what is searched,
// which is the trainer's.
import { availableParallelism } from "node:os";
import { Tinypool } from "tinypool";

const filename = new URL("fit-worker.mjs", import.meta.url).href;

/** Searches of a round, at least: one in each mode. */
const LEAST_SEARCHES = 2;

/**
 * Fits within so many bytes on so many threads, by default as many as there are, and
 * packs; resolves to the card.
 */
export async function fit(trainer, { k, room, shards, threads = availableParallelism() }) {
  // The first threads load the engine while the plans are made.
  const pool = new Tinypool({ filename, minThreads: Math.min(threads, LEAST_SEARCHES), maxThreads: threads });
  try {
    trainer.begin(k, room, shards);
    for (let searches = trainer.searches(); searches.length > 0; searches = trainer.searches()) {
      const found = Promise.all(searches.map(search => pool.run(search)));
      // Should planning fail, its own error is the one to tell.
      found.catch(() => {});
      // One search of the last two takes longer than the other: a core is free.
      trainer.plan();
      trainer.take(await found);
    }
  } finally {
    await pool.destroy();
  }
  return trainer.finish();
}
