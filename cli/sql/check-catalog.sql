-- What is wrong with the catalogue: a row a problem, with the first examples.
WITH kept AS (
  SELECT * FROM catalog_rows WHERE copy = 1 AND item IS NOT NULL
), main AS (
  SELECT currency FROM catalog WHERE currency IS NOT NULL GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1
), problems AS (
  SELECT line, 'without an id' AS problem, true AS dropped, concat('row ', line, ': ' || title) AS example FROM catalog_rows WHERE item IS NULL
  UNION ALL SELECT line, 'with an id that another row has', true, concat(item, ' in row ', line) FROM catalog_rows WHERE item IS NOT NULL AND copy > 1
  UNION ALL SELECT line, 'without a title', false, item FROM kept WHERE title IS NULL
  UNION ALL SELECT line, 'without a category', false, item FROM kept WHERE coalesce(category, '') = ''
  UNION ALL SELECT line, 'without a brand', false, item FROM kept WHERE brand IS NULL
  UNION ALL SELECT line, 'without a price', false, item FROM kept WHERE price IS NULL AND written_price IS NULL
  UNION ALL SELECT line, 'with a price that cannot be read', false, concat(item, ': ', written_price) FROM kept WHERE price IS NULL AND written_price IS NOT NULL
  UNION ALL SELECT line, 'with a price that is not above 0', false, concat(item, ': ', price) FROM kept WHERE price <= 0
  UNION ALL SELECT line, 'with a price above the list price', false, concat(item, ': ', price, ' above ', list_price) FROM kept WHERE price > list_price
  UNION ALL SELECT line, 'in another currency than most', false, concat(item, ': ', kept.currency) FROM kept, main WHERE kept.currency <> main.currency
  UNION ALL SELECT line, bad_vector, false, concat(item, ': ', len(vector), ' values') FROM kept WHERE bad_vector IS NOT NULL
  UNION ALL SELECT line, 'with an availability that cannot be read', false, concat(item, ': ', written_availability) FROM kept WHERE in_stock IS NULL AND written_availability IS NOT NULL
)
SELECT problem, dropped, count(*) AS rows, arg_min(example, line, 3) AS examples
FROM problems GROUP BY problem, dropped ORDER BY dropped DESC, problem;
