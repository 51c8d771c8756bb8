-- How many rows the reader had refused when it had accepted `before`. Its lines count
-- from 1, a header among them.
CREATE OR REPLACE TABLE refused AS
SELECT max(number) AS number, row - number AS before
FROM (
  SELECT line - $first AS row, row_number() OVER (ORDER BY line) AS number FROM (SELECT DISTINCT line FROM reject_errors) AS lines
) AS numbered
GROUP BY row - number;
