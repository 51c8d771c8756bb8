-- One session a line, ids separated by spaces, oldest first; sessions oldest first.
-- No time is known: all of one day, in the order of the lines.
CREATE TABLE raw AS
WITH lines AS (
  SELECT row_number() OVER () AS line, string_split_regex(trim(text), '\s+') AS ids
  FROM read_csv($file, delim = '\x01', header = false, quote = '', escape = '', columns = {'text': 'VARCHAR'})
)
SELECT
  CAST(line AS VARCHAR) AS session_id,
  unnest(ids) AS item_id,
  0.0 AS clicked_at,
  line * 100000 + generate_subscripts(ids, 1) AS line
FROM lines;
