-- A header and sessionId, categorys, items, tab separated; the last two are lists
-- with commas, oldest first. No time is known.
CREATE TABLE raw AS
WITH lines AS (
  SELECT row_number() OVER () AS line, string_split(items, ',') AS ids
  FROM read_csv($file, delim = '\t', header = true, quote = '', escape = '',
    columns = {'sessionId': 'VARCHAR', 'categorys': 'VARCHAR', 'items': 'VARCHAR'})
)
SELECT
  CAST(line AS VARCHAR) AS session_id,
  trim(unnest(ids)) AS item_id,
  0.0 AS clicked_at,
  line * 100000 + generate_subscripts(ids, 1) AS line
FROM lines;
