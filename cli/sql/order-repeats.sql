-- Buying an item again on a later day, by category and, in the last row, for the
-- shop: distinct people who bought at all; items they bought, each once a person;
-- of these, how many were bought again, by how many people, after how many days
-- (median).
WITH days AS (
  SELECT DISTINCT person, item, category, day FROM bought WHERE person IS NOT NULL
), gaps AS (
  SELECT *, day - lag(day) OVER (PARTITION BY person, item ORDER BY day) AS gap FROM days
), kinds AS (
  SELECT person, item, category, count(*) AS days FROM days GROUP BY person, item, category
), parts AS (
  SELECT category, FALSE AS whole FROM categories
  UNION ALL SELECT NULL, TRUE
), counted AS (
  SELECT parts.category, parts.whole, count(DISTINCT kinds.person) AS buyers, count(kinds.item) AS items,
    count(kinds.item) FILTER (WHERE kinds.days > 1) AS again, count(DISTINCT kinds.person) FILTER (WHERE kinds.days > 1) AS people
  FROM parts LEFT JOIN kinds ON parts.whole OR kinds.category = parts.category
  GROUP BY parts.category, parts.whole
), intervals AS (
  SELECT parts.category, parts.whole, median(gaps.gap) AS days
  FROM parts JOIN gaps ON gaps.gap IS NOT NULL AND (parts.whole OR gaps.category = parts.category)
  GROUP BY parts.category, parts.whole
)
SELECT CAST(buyers AS INTEGER) AS buyers, CAST(items AS INTEGER) AS items, CAST(again AS INTEGER) AS again,
  CAST(people AS INTEGER) AS people, CAST(coalesce(intervals.days, 0) AS DOUBLE) AS days
FROM counted
LEFT JOIN intervals ON intervals.whole = counted.whole AND intervals.category IS NOT DISTINCT FROM counted.category
ORDER BY counted.whole, counted.category;
