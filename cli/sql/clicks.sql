-- From raw rows to clicks with numbers: sessions in the order of their last click,
-- items in the order of their ids, places from 1; a person by the number of its
-- first session, and of one person the newest $most_sessions sessions only. Clicks
-- of one session at one time go by their ids, so that rows in any order give the
-- same numbers; by their place in the file where no more than the day is known.
CREATE TABLE items AS
SELECT item_id, CAST(row_number() OVER (ORDER BY item_id) - 1 AS INTEGER) AS item
FROM (SELECT DISTINCT item_id FROM raw) AS known;

CREATE TABLE ended AS
SELECT session_id, min(person_id) AS person_id, max(clicked_at) AS last_at, CAST(count(*) AS INTEGER) AS places
FROM raw GROUP BY session_id;

CREATE TABLE numbered AS
SELECT session_id, person_id, places, CAST(floor(last_at / 86400) AS INTEGER) AS day,
  CAST(row_number() OVER (ORDER BY last_at, session_id) - 1 AS INTEGER) AS session
FROM (
  SELECT session_id, person_id, places, last_at FROM ended WHERE person_id IS NULL
  UNION ALL
  SELECT session_id, person_id, places, last_at
  FROM (
    SELECT session_id, person_id, places, last_at,
      row_number() OVER (PARTITION BY person_id ORDER BY last_at DESC, session_id DESC) AS sessions_left
    FROM ended WHERE person_id IS NOT NULL
  ) AS counted
  WHERE sessions_left <= $most_sessions
) AS counting;

CREATE TABLE sessions AS
SELECT session_id, session, day, places, coalesce(first_session, session) AS person
FROM numbered
LEFT JOIN (
  SELECT person_id, min(session) AS first_session FROM numbered WHERE person_id IS NOT NULL GROUP BY person_id
) AS people ON people.person_id = numbered.person_id;

CREATE TABLE clicks AS
SELECT session, person, item, places,
  CAST(row_number() OVER (PARTITION BY session ORDER BY clicked_at, line, item) AS INTEGER) AS place
FROM (
  SELECT sessions.session, sessions.person, sessions.places, items.item, raw.clicked_at,
    CASE WHEN $by_line THEN raw.line END AS line
  FROM raw
  JOIN items ON items.item_id = raw.item_id
  JOIN sessions ON sessions.session_id = raw.session_id
) AS known;
