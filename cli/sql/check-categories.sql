-- What is wrong with the categories of items: a row a problem, with the first examples.
WITH problems AS (
  SELECT line, 'without an item' AS problem, concat('row ', line) AS example FROM category_rows WHERE item IS NULL
  UNION ALL SELECT line, 'without a category', concat(item, ' in row ', line) FROM category_rows WHERE item IS NOT NULL AND category IS NULL
  UNION ALL SELECT rows.line, CASE WHEN rows.category = category_of.category THEN 'that repeat an item' ELSE 'with another category of an item that has one' END,
    concat(item, ' in row ', rows.line, ': ', rows.category)
  FROM category_rows AS rows JOIN category_of USING (item) WHERE rows.copy > 1 AND rows.category IS NOT NULL
)
SELECT problem, true AS dropped, count(*) AS rows, arg_min(example, line, 3) AS examples
FROM problems GROUP BY problem ORDER BY problem;
