-- One session a row, its items oldest first and the target, if there is one, at
-- their end; sessions oldest first; from the view `source`. No time is known: all is of one day, in the order of the rows. Names
-- of sessions are padded, so that they sort as they stand.
CREATE TABLE written AS
SELECT
  lpad(CAST(line AS VARCHAR), 12, '0') AS session_id,
  trim(unnest(ids)) AS item_id,
  CAST(NULL AS VARCHAR) AS person_id,
  CAST(0 AS DOUBLE) AS clicked_at,
  line * 100000 + generate_subscripts(ids, 1) AS line,
  CAST(NULL AS VARCHAR) AS bad_time
FROM (
  SELECT line, list_filter(CASE WHEN target IS NULL THEN items ELSE list_append(items, target) END, lambda id: trim(id) <> '') AS ids
  FROM source
) AS sessions;

CREATE VIEW raw AS SELECT * FROM written;
