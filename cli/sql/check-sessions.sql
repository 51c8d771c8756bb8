-- What is wrong with the sessions: a row a problem, with the first examples.
WITH problems AS (
  SELECT line, 'without a session' AS problem, true AS dropped, concat('row ', line) AS example FROM raw WHERE session_id IS NULL
  UNION ALL SELECT line, 'without an item', true, concat('row ', line) FROM raw WHERE session_id IS NOT NULL AND item_id IS NULL
  UNION ALL SELECT line, 'with a time that cannot be read', true, concat('row ', line, ': ', bad_time) FROM raw WHERE session_id IS NOT NULL AND item_id IS NOT NULL AND bad_time IS NOT NULL
)
SELECT problem, dropped, count(*) AS rows, arg_min(example, line, 3) AS examples
FROM problems GROUP BY problem, dropped ORDER BY dropped DESC, problem;
