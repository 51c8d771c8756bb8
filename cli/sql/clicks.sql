-- From raw rows to clicks with numbers: sessions in the order of their last click,
-- items in the order of their ids, places from 1. Ties by line, so that the same
-- file gives the same numbers.
CREATE TABLE items AS
SELECT item_id, row_number() OVER (ORDER BY item_id) - 1 AS item
FROM (SELECT DISTINCT item_id FROM raw WHERE item_id <> '') AS known;

CREATE TABLE sessions AS
SELECT session_id, row_number() OVER (ORDER BY last_at, first_line) - 1 AS session,
  CAST(floor(last_at / 86400) AS INTEGER) AS day
FROM (
  SELECT session_id, max(clicked_at) AS last_at, min(line) AS first_line
  FROM raw WHERE item_id <> '' GROUP BY session_id
) AS ended;

CREATE TABLE clicks AS
SELECT sessions.session, sessions.day, items.item,
  row_number() OVER (PARTITION BY sessions.session ORDER BY raw.clicked_at, raw.line) AS place,
  row_number() OVER (PARTITION BY sessions.session ORDER BY raw.clicked_at DESC, raw.line DESC) AS places_left
FROM raw
JOIN items ON items.item_id = raw.item_id
JOIN sessions ON sessions.session_id = raw.session_id;
