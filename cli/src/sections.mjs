// `reshelf eval sections`: at each test click, a page with a section a category,
// ordered by what came before.
import { round4 } from "./bootstrap.mjs";
import { openShop } from "./shelves.mjs";
import { Stop } from "./stop.mjs";

/** Evaluates; resolves to the object that the command prints. */
export async function sections(args, say) {
  const { shop } = await openShop(args, say);
  const [queries, ...sums] = shop.sections();
  shop.free();
  if (queries === 0) throw new Stop("No test session has two clicks on items with a category.");
  const [mrr, hr1, hr3, popular, last] = sums.map(sum => round4(sum / queries));
  return { task: "sections", queries, mrr, hr1, hr3, mrr_popular: popular, mrr_last: last };
}
