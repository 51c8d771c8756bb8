-- What came before, ids separated by spaces, oldest first; a tab; what came next.
CREATE TABLE raw AS
WITH lines AS (
  SELECT row_number() OVER () AS line, list_append(string_split_regex(trim(prefix), '\s+'), trim(target)) AS ids
  FROM read_csv($file, delim = '\t', header = false, quote = '', escape = '',
    columns = {'prefix': 'VARCHAR', 'target': 'VARCHAR'})
)
SELECT
  CAST(line AS VARCHAR) AS session_id,
  unnest(ids) AS item_id,
  0.0 AS clicked_at,
  line * 100000 + generate_subscripts(ids, 1) AS line
FROM lines;
