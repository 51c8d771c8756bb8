-- A header and SessionId, ItemId, Time, tab separated: one click a line, in any order.
CREATE TABLE raw AS
SELECT
  CAST(SessionId AS VARCHAR) AS session_id,
  CAST(ItemId AS VARCHAR) AS item_id,
  CAST(Time AS DOUBLE) AS clicked_at,
  row_number() OVER () AS line
FROM read_csv($file, delim = '\t', header = true, quote = '', escape = '',
  columns = {'SessionId': 'VARCHAR', 'ItemId': 'VARCHAR', 'Time': 'VARCHAR'});
