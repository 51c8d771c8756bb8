-- Which items are looked at in one session, how near, and by how many. Only
-- sessions before $sessions, and of each its newest 30 clicks. The nearest of a
-- pair's clicks counts, once a session: thousandths of e^(-(distance - 1)/2), and
-- 0.7 of it for what stands before. Integers, because a sum of floats depends on
-- its order. src/train/pairs.rs is the same in Rust.
WITH recent AS (
  SELECT session, item, place FROM clicks WHERE session < $sessions AND place > places - 30
), nearest AS (
  SELECT a.item AS from_item, b.item AS to_item, a.session,
    max(CASE b.place - a.place
      WHEN 1 THEN 1000 WHEN 2 THEN 607 WHEN 3 THEN 368 WHEN 4 THEN 223
      WHEN 5 THEN 135 WHEN 6 THEN 82 WHEN 7 THEN 50 WHEN 8 THEN 30
      WHEN -1 THEN 700 WHEN -2 THEN 425 WHEN -3 THEN 258 WHEN -4 THEN 156
      WHEN -5 THEN 95 WHEN -6 THEN 57 WHEN -7 THEN 35 WHEN -8 THEN 21
    END) AS weight
  FROM recent AS a
  JOIN recent AS b
    ON a.session = b.session AND a.item <> b.item AND b.place - a.place BETWEEN -8 AND 8
  GROUP BY a.item, b.item, a.session
)
SELECT CAST(from_item AS INTEGER) AS from_item, CAST(to_item AS INTEGER) AS to_item,
  CAST(count(*) AS INTEGER) AS support, CAST(sum(weight) AS DOUBLE) AS weight
FROM nearest
GROUP BY from_item, to_item
ORDER BY from_item, to_item;
