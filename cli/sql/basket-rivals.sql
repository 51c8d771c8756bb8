-- What simple methods answer, the best $most for each item: baskets that hold both
-- (`together`), and their lift, baskets together over what chance would give, among
-- pairs of at least 5 baskets: without that bound rare items crowd out all others.
-- Ties by popularity, then by number. Nothing is left out for anybody's privacy.
WITH counts AS (
  SELECT item, count(*) AS baskets FROM bought GROUP BY item
), pairs AS (
  SELECT a.item AS given, b.item AS other, count(*) AS together
  FROM bought AS a JOIN bought AS b ON a.basket = b.basket AND a.item <> b.item
  GROUP BY a.item, b.item
), scored AS (
  SELECT given, other, together,
    CASE WHEN together >= 5 THEN together / counts.baskets ELSE 0 END AS lift, counts.baskets
  FROM pairs JOIN counts ON counts.item = pairs.other
), ranked AS (
  SELECT given, other,
    row_number() OVER (PARTITION BY given ORDER BY together DESC, baskets DESC, other) AS by_count,
    row_number() OVER (PARTITION BY given ORDER BY lift DESC, baskets DESC, other) AS by_lift
  FROM scored
)
SELECT CAST(given AS INTEGER) AS given, CAST(other AS INTEGER) AS other,
  CAST(by_count AS INTEGER) AS by_count, CAST(by_lift AS INTEGER) AS by_lift
FROM ranked WHERE by_count <= $most OR by_lift <= $most
ORDER BY given, by_count;
