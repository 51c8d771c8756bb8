-- From raw rows to clicks with numbers: sessions in the order of their last click,
-- items in the order of their ids, places from 1; a person by the number of its
-- first session, and of one person the newest $most_sessions sessions only. Clicks
-- of one session at one time go by their ids, so that rows in any order give the
-- same numbers; by their place in the file where no more than the day is known.
CREATE TABLE items AS
SELECT item_id, row_number() OVER (ORDER BY item_id) - 1 AS item
FROM (SELECT DISTINCT item_id FROM raw) AS known;

CREATE TABLE sessions AS
SELECT session_id, session, day,
  CASE WHEN person_id IS NULL THEN session ELSE min(session) OVER (PARTITION BY person_id) END AS person
FROM (
  SELECT session_id, person_id, row_number() OVER (ORDER BY last_at, session_id) - 1 AS session,
    CAST(floor(last_at / 86400) AS INTEGER) AS day
  FROM (
    SELECT session_id, person_id, last_at,
      row_number() OVER (PARTITION BY person_id ORDER BY last_at DESC, session_id DESC) AS sessions_left
    FROM (
      SELECT session_id, min(person_id) AS person_id, max(clicked_at) AS last_at FROM raw GROUP BY session_id
    ) AS ended
  ) AS counted
  WHERE person_id IS NULL OR sessions_left <= $most_sessions
) AS numbered;

CREATE TABLE clicks AS
SELECT sessions.session, sessions.person, sessions.day, items.item,
  row_number() OVER (PARTITION BY sessions.session ORDER BY raw.clicked_at, CASE WHEN $by_line THEN raw.line END, raw.item_id) AS place,
  count(*) OVER (PARTITION BY sessions.session) AS places
FROM raw
JOIN items ON items.item_id = raw.item_id
JOIN sessions ON sessions.session_id = raw.session_id;
