// `reshelf eval rerank`: at each test click, the fifty most popular items of its
// category and the one that was clicked, reordered by what came before.
import { round4 } from "./bootstrap.mjs";
import { openShop } from "./shelves.mjs";
import { Stop } from "./stop.mjs";

/** Evaluates; resolves to the object that the command prints. */
export async function rerank(args, say) {
  const { shop, quota } = await openShop(args, say);
  const [queries, worse, ...sums] = shop.rerank(quota);
  shop.free();
  if (queries === 0) throw new Stop("No test session has two clicks on items with a category.");
  const [mrrBase, mrr, top10Base, top10, ndcg10Base, ndcg10, worseShare] = [...sums, worse].map(sum => round4(sum / queries));
  return {
    task: "rerank",
    queries,
    mrr_base: mrrBase,
    mrr,
    top10_base: top10Base,
    top10,
    ndcg10_base: ndcg10Base,
    ndcg10,
    worse_share: worseShare,
  };
}
