-- What is wrong with the orders: a row a problem, with the first examples.
WITH kept AS (
  SELECT *, row_number() OVER (PARTITION BY invoice, item, written_time, quantity, price ORDER BY line) AS copy
  FROM order_rows WHERE left_out IS NULL
), problems AS (
  SELECT line, left_out AS problem, true AS dropped,
    concat('row ', line, ': ', concat_ws(', ', invoice, item, written_time, quantity)) AS example
  FROM order_rows WHERE left_out IS NOT NULL
  UNION ALL SELECT line, 'of a customer who is not known', false, concat('invoice ', invoice) FROM kept WHERE person IS NULL
  UNION ALL SELECT line, 'that repeat a line of the same invoice', false, concat(item, ' in invoice ', invoice, ', row ', line) FROM kept WHERE copy > 1
  UNION ALL SELECT line, 'that take a purchase back', false, concat(item, ' in invoice ', invoice) FROM kept WHERE quantity < 0
  UNION ALL SELECT line, 'without a price above 0', false, concat(item, ' in invoice ', invoice) FROM kept WHERE coalesce(price, 0) <= 0
)
-- Of what stands in many rows of one invoice, each example once.
SELECT problem, dropped, CAST(sum(rows) AS BIGINT) AS rows, arg_min(example, line, 3) AS examples
FROM (SELECT problem, dropped, example, count(*) AS rows, min(line) AS line FROM problems GROUP BY problem, dropped, example) AS distinct_ones
GROUP BY problem, dropped ORDER BY dropped DESC, problem;
