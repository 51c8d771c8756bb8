-- What is wrong with sessions that are lists: a row a problem, with the first examples.
SELECT left_out AS problem, true AS dropped, count(*) AS rows,
  arg_min(concat('row ', line, ': ' || nullif(left(array_to_string(ids, ' '), 60), '')), line, 3) AS examples
FROM lists WHERE left_out IS NOT NULL GROUP BY left_out ORDER BY left_out;
