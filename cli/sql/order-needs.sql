-- Which category people bought from first, and from which other within 90 days
-- after: the first purchase of each, so that who buys everything counts once.
WITH firsts AS (
  SELECT person, category, min(day) AS day FROM bought
  WHERE person IS NOT NULL AND category IS NOT NULL GROUP BY person, category
)
SELECT CAST(a.category AS INTEGER) AS from_category, CAST(b.category AS INTEGER) AS to_category,
  CAST(count(*) AS INTEGER) AS people
FROM firsts AS a
JOIN firsts AS b ON a.person = b.person AND b.day > a.day AND b.day <= a.day + 90
GROUP BY a.category, b.category
HAVING count(*) >= $k
ORDER BY from_category, to_category;
