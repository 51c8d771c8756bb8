-- What is wrong with a log: a row a problem, with the first examples.
SELECT left_out AS problem, true AS dropped, count(*) AS rows,
  arg_min(concat('row ', line, ': ', concat_ws(', ', item, position, click, propensity)), line, 3) AS examples
FROM rounds WHERE left_out IS NOT NULL GROUP BY left_out ORDER BY left_out;
