-- How many rows the reader refused, and the first of them with what stands there. A row
-- may be refused for several reasons.
SELECT count(DISTINCT line), arg_min(concat('row ', line - $first, ': ', left(trim(csv_line, chr(10) || chr(13)), 60)), line, 3)
FROM (SELECT line, min(csv_line) AS csv_line FROM reject_errors GROUP BY line) AS lines;
