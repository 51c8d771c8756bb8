// VMIS-kNN (Kersbergen et al., SIGMOD 2022) in plain JavaScript: what rows of
// recommendations are measured against. Algorithm 1 of the paper, with its index
// (the newest m sessions of each item), its bounded set of m sessions in which
// the oldest gives way, and the k most similar of them. m = 500 and k = 100 are what
// the authors' own search finds for their example shop (README of bolcom/serenade,
// "best hyperparameter values"), and what their paper times (m of 100 to 1,000, k of
// 20 to 100). As there, a session holds an item once.

/** A binary heap with the smallest key on top. */
class Heap {
  keys = [];
  values = [];

  get size() {
    return this.keys.length;
  }

  push(key, value) {
    const { keys, values } = this;
    let at = keys.length;
    keys.push(key);
    values.push(value);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[above] <= key) break;
      keys[at] = keys[above];
      values[at] = values[above];
      at = above;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** Puts this in place of the smallest, which it returns. */
  replace(key, value) {
    const { keys, values } = this;
    const top = values[0];
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= keys.length) break;
      if (below + 1 < keys.length && keys[below + 1] < keys[below]) below++;
      if (keys[below] >= key) break;
      keys[at] = keys[below];
      values[at] = values[below];
      at = below;
    }
    keys[at] = key;
    values[at] = value;
    return top;
  }
}

export class VmisKnn {
  /** @param sessions lists of items (numbers below `items`), the oldest session first */
  constructor(sessions, items, { m = 500, k = 100 } = {}) {
    this.m = m;
    this.k = k;
    this.sessions = sessions.map(session => Uint32Array.from(new Set(session)));
    const newest = Array.from({ length: items }, () => []);
    const counts = new Uint32Array(items);
    for (let session = sessions.length - 1; session >= 0; session--) {
      for (const item of new Set(sessions[session])) {
        counts[item]++;
        if (newest[item].length < m) newest[item].push(session);
      }
    }
    this.newest = newest.map(list => Uint32Array.from(list));
    this.idf = Float64Array.from(counts, count => (count > 0 ? Math.log(sessions.length / count) : 0));
  }

  /** The best `limit` items after this session, the newest item last, without the newest. */
  recommend(session, limit) {
    const similarities = new Map();
    const oldest = new Heap();
    const length = session.length;
    const seen = new Map();
    for (let place = length - 1; place >= 0; place--) {
      const item = session[place];
      if (seen.has(item)) continue;
      seen.set(item, place + 1);
      const decay = (place + 1) / length;
      for (const neighbour of this.newest[item]) {
        const known = similarities.get(neighbour);
        if (known !== undefined) {
          similarities.set(neighbour, known + decay);
        } else if (similarities.size < this.m) {
          similarities.set(neighbour, decay);
          oldest.push(neighbour, neighbour);
        } else if (neighbour > oldest.keys[0]) {
          similarities.delete(oldest.replace(neighbour, neighbour));
          similarities.set(neighbour, decay);
        } else {
          // This item's other sessions are older still.
          break;
        }
      }
    }
    const nearest = new Heap();
    for (const [neighbour, similarity] of similarities) {
      if (nearest.size < this.k) nearest.push(similarity, neighbour);
      else if (similarity > nearest.keys[0]) nearest.replace(similarity, neighbour);
    }
    const scores = new Map();
    for (let at = 0; at < nearest.size; at++) {
      const items = this.sessions[nearest.values[at]];
      let latest = 0;
      for (const item of items) latest = Math.max(latest, seen.get(item) ?? 0);
      const weight = nearest.keys[at] * (1 - 0.1 * Math.min(9, length - latest));
      for (const item of items) scores.set(item, (scores.get(item) ?? 0) + weight * this.idf[item]);
    }
    scores.delete(session[length - 1]);
    const best = new Heap();
    for (const [item, score] of scores) {
      if (best.size < limit) best.push(score, item);
      else if (score > best.keys[0]) best.replace(score, item);
    }
    return best.values.map((item, at) => [item, best.keys[at]]).sort((a, b) => b[1] - a[1]);
  }
}
