-- Clicks that repeat one of the same session, item and time: how many beyond the first,
-- and examples. Of a long input one of $parts parts of the sessions is looked at.
SELECT CAST(coalesce(sum(copies - 1), 0) AS BIGINT), arg_min(concat(item_id, ' in session ', session_id, ', row ', line), line, 3)
FROM (
  SELECT session_id, item_id, count(*) AS copies, max(line) AS line
  FROM raw WHERE hash(session_id) % $parts = 0
  GROUP BY session_id, item_id, clicked_at HAVING count(*) > 1
) AS repeated;
