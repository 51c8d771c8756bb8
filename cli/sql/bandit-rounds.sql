-- Rounds that count, in the order of the log: item, place from 0, click, propensity.
SELECT item, CAST(dense_rank() OVER (ORDER BY position) - 1 AS UINTEGER) AS place, click, propensity
FROM rounds WHERE left_out IS NULL
ORDER BY line;
