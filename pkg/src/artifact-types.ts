/** How far the trained artifact is, in the public API. */

/**
 * What can be wrong with an artifact; the page then works without it:
 *
 * - `missing`: the server did not answer with a file (404, 500 …).
 * - `unreachable`: it could not be fetched: no connection, or the other origin does not allow it.
 * - `blocked`: a content security policy forbade fetching it.
 * - `late`: it did not arrive within 30 seconds.
 * - `foreign`: what arrived is no artifact.
 * - `newer`: it was trained by a later release than this page's package.
 * - `truncated`: its end is missing.
 * - `damaged`: a checksum, count or offset is wrong.
 * - `unpaired`: the second file, or a shard, is of another training than the first, which stays in use.
 */
export type ArtifactTrouble = "missing" | "unreachable" | "blocked" | "late" | "foreign" | "newer" | "truncated" | "damaged" | "unpaired";

/**
 * How far the trained artifact is: `none` was asked for (or there is no engine
 * to use it), it is `loading`, `ready` and in use, or `failed` for a reason. Of
 * two files the first is in use while the second is `loading`, and when that `failed`.
 * Of an artifact in shards it is `ready` with what this page has a use for; another
 * category makes it `loading` again, and one shard that failed leaves it `failed`
 * while all others are in use.
 */
export type Artifact =
  | { readonly state: "none" | "loading" | "ready" }
  | { readonly state: "failed"; readonly code: ArtifactTrouble; readonly message: string };
