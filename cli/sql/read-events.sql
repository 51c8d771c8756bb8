-- One event a row, in any order, from the view `source`; `kind` is the number that the
-- engine has for it, and `unnamed` what was done by no name that is known.
CREATE TABLE written AS
SELECT session_id, item_id, person_id, clicked_at, kind_of(kind) AS kind, CASE WHEN kind_of(kind) IS NULL THEN kind END AS unnamed, device, channel, locale, connection, CASE WHEN clicked_at IS NULL THEN coalesce(time, '') END AS bad_time
FROM (
  SELECT session AS session_id, item AS item_id, person_of(person) AS person_id, seconds_of(time, $day_first) AS clicked_at, time, kind,
    device, channel, locale, connection
  FROM source
) AS read;

-- Rows are kept in the order of the file, so that where one lies is its line: counting
-- them while they are read would keep all of the reading on one core.
CREATE VIEW raw AS SELECT *, rowid + 1 AS line FROM written;
