-- How often something of the category is bought within a week after each kind of
-- event, by the number that the engine has for it: 1 is a look, 7 a purchase. Of one
-- person, in one category and on one day, events of a kind are one, the first; the
-- last week is left out, because what follows is not known. Lines of one order may be
-- written minutes apart: what is bought within an hour of a purchase belongs to it.
-- Where only days are known, a purchase of the same day follows. A session ends with its
-- purchase: where people are not known, nothing can be said of what follows one.
-- Without a category an item is its own. Kinds of fewer than $k people are left out.
WITH shelves AS (
  SELECT item, min(category) AS category FROM catalog WHERE category IS NOT NULL GROUP BY item
), happened AS (
  SELECT person, item_id, kind, happened_at FROM acts
  UNION ALL
  SELECT person, item, 7, CAST(seconds AS DOUBLE) FROM orders
  WHERE quantity > 0 AND seconds > 0 AND person IN (SELECT person FROM acts)
), known AS (
  SELECT happened.person, happened.kind, happened.happened_at,
    CASE WHEN shelves.category IS NULL THEN concat('item ', happened.item_id) ELSE concat('category ', shelves.category) END AS category
  FROM happened
  LEFT JOIN shelves ON shelves.item = happened.item_id
), purchases AS (
  SELECT DISTINCT person, category, happened_at FROM known WHERE kind = 7
), firsts AS (
  SELECT person, category, kind, min(happened_at) AS happened_at
  FROM known
  WHERE happened_at <= (SELECT max(happened_at) FROM acts) - 7 * 86400
    AND NOT (kind = 7 AND person LIKE 'session %')
  GROUP BY person, category, kind, floor(happened_at / 86400)
), followed AS (
  SELECT firsts.person, firsts.category, firsts.kind, firsts.happened_at, count(purchases.happened_at) > 0 AS bought
  FROM firsts
  LEFT JOIN purchases ON purchases.person = firsts.person AND purchases.category = firsts.category
    AND purchases.happened_at >= firsts.happened_at + CASE WHEN firsts.kind = 7 THEN 3600 ELSE 0 END
    AND purchases.happened_at <= firsts.happened_at + 7 * 86400
  GROUP BY firsts.person, firsts.category, firsts.kind, firsts.happened_at
)
SELECT kind, CAST(count(*) AS INTEGER) AS events, CAST(count(CASE WHEN bought THEN 1 END) AS INTEGER) AS bought
FROM followed
GROUP BY kind
HAVING count(DISTINCT person) >= $k
ORDER BY kind;
