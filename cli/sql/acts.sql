-- What people did besides looking, and their looks: events by the number of their
-- kind, of people or, where they are not known, of sessions. What has no known name is
-- a look. Afterwards `raw` has looks alone, from which sessions are learned.
CREATE TABLE acts AS
SELECT CASE WHEN person_id IS NULL THEN concat('session ', session_id) ELSE person_id END AS person,
  item_id, coalesce(kind, 1) AS kind, clicked_at AS happened_at
FROM raw WHERE coalesce(kind, 1) <> 0;

DELETE FROM written WHERE kind <> 1;
