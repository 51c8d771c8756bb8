-- One click a row, in any order, from the view `source`.
CREATE TABLE raw AS
SELECT session_id, item_id, person_id, clicked_at, line, device, channel, locale, connection, CASE WHEN clicked_at IS NULL THEN coalesce(time, '') END AS bad_time
FROM (
  SELECT session AS session_id, item AS item_id, person_of(person) AS person_id, seconds_of(time, $day_first) AS clicked_at, line, time,
    device, channel, locale, connection
  FROM source
) AS read;
