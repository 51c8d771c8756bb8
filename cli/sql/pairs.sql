-- Which items are looked at in one session, how near, and by how many people. Of
-- each session its newest 30 clicks count, and of each person and pair the nearest
-- two: thousandths of e^(-(distance - 1)/2), and 0.7 of it for what stands before.
-- Integers, because a sum of floats depends on its order. The same once more for
-- the sessions before $before. Pairs of fewer than $k people are left out.
--
-- Both directions of a pair are counted in one row, `up` to the larger number and
-- `down` to the smaller. src/train/pairs.rs is the same in Rust.
WITH met AS (
  SELECT
    CASE WHEN a.item < b.item THEN a.item ELSE b.item END * CAST(4194304 AS BIGINT)
      + CASE WHEN a.item < b.item THEN b.item ELSE a.item END AS pair,
    a.person, a.session, a.item < b.item AS rising,
    CAST(CASE b.place - a.place WHEN 1 THEN 1000 WHEN 2 THEN 607 WHEN 3 THEN 368 WHEN 4 THEN 223
      WHEN 5 THEN 135 WHEN 6 THEN 82 WHEN 7 THEN 50 ELSE 30 END AS SMALLINT) AS onward,
    CAST(CASE b.place - a.place WHEN 1 THEN 700 WHEN 2 THEN 425 WHEN 3 THEN 258 WHEN 4 THEN 156
      WHEN 5 THEN 95 WHEN 6 THEN 57 WHEN 7 THEN 35 ELSE 21 END AS SMALLINT) AS back
  FROM clicks AS a
  JOIN clicks AS b ON a.session = b.session
  WHERE b.place - a.place BETWEEN 1 AND 8 AND a.item <> b.item
    AND a.place > a.places - 30 AND b.place > b.places - 30
), nearest AS (
  SELECT pair, person,
    max(CASE WHEN rising THEN onward ELSE back END) AS up,
    max(CASE WHEN rising THEN back ELSE onward END) AS down,
    max(CASE WHEN session < $before THEN CASE WHEN rising THEN onward ELSE back END END) AS up_before,
    max(CASE WHEN session < $before THEN CASE WHEN rising THEN back ELSE onward END END) AS down_before
  FROM met GROUP BY pair, person
)
SELECT pair,
  CAST(count(*) AS INTEGER) AS support, CAST(sum(up) AS BIGINT) AS up, CAST(sum(down) AS BIGINT) AS down,
  CAST(count(up_before) AS INTEGER) AS support_before,
  CAST(coalesce(sum(up_before), 0) AS BIGINT) AS up_before, CAST(coalesce(sum(down_before), 0) AS BIGINT) AS down_before
FROM nearest
GROUP BY pair
HAVING count(*) >= $k;
