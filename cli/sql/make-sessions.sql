-- Sessions of a file that names people only: what one person did without a pause of half
-- an hour, after which web analytics begin a new one (Google Analytics, by default).
UPDATE written SET session_id = made.session_id
FROM (
  SELECT line, concat(person_id, ' ', sum(CASE WHEN pause > 1800 THEN 1 ELSE 0 END) OVER (PARTITION BY person_id ORDER BY clicked_at, line)) AS session_id
  FROM (
    SELECT rowid AS line, person_id, clicked_at, clicked_at - lag(clicked_at) OVER (PARTITION BY person_id ORDER BY clicked_at, rowid) AS pause
    FROM written WHERE person_id IS NOT NULL
  ) AS visits
) AS made
WHERE written.rowid = made.line;
