-- One session a row, its items oldest first and the target, if there is one, at
-- their end; sessions oldest first; from the view `source`. No time is known: all is of one day, in the order of the rows. Names
-- of sessions are padded, so that they sort as they stand. Of an `$aimed` row, a prefix
-- and its target, both must be there: without either nothing can be asked.
CREATE TABLE lists AS
SELECT line,
  list_filter(list_transform(CASE WHEN target IS NULL THEN items ELSE list_append(items, target) END, lambda id: trim(id)), lambda id: id <> '') AS ids,
  CASE
    WHEN $aimed AND coalesce(trim(target), '') = '' THEN 'without a target'
    WHEN len(list_filter(coalesce(items, []), lambda id: trim(id) <> '')) = 0 THEN CASE WHEN $aimed THEN 'without anything before the target' ELSE 'without an item' END
  END AS left_out
FROM source;

CREATE TABLE written AS
SELECT
  lpad(CAST(line AS VARCHAR), 12, '0') AS session_id,
  unnest(ids) AS item_id,
  CAST(NULL AS VARCHAR) AS person_id,
  CAST(0 AS DOUBLE) AS clicked_at,
  line * 100000 + generate_subscripts(ids, 1) AS line,
  CAST(NULL AS VARCHAR) AS bad_time
FROM lists WHERE left_out IS NULL;

CREATE VIEW raw AS SELECT * FROM written;
