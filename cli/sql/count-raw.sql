-- How many rows there are, how many of them are whole, and whether no more than
-- the day is known of any time.
SELECT count(*), count(CASE WHEN session_id IS NOT NULL AND item_id IS NOT NULL AND clicked_at IS NOT NULL THEN 1 END),
  coalesce(bool_and(clicked_at % 86400 = 0), true)
FROM raw;
