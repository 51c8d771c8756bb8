-- Rounds of a log, in its order: item, place from 0, click, propensity.
WITH rounds AS (
  SELECT row_number() OVER () AS line, *
  FROM read_csv($file, header = true, all_varchar = true, delim = ',')
)
SELECT
  CAST(item_id AS UINTEGER) AS item,
  CAST(dense_rank() OVER (ORDER BY CAST(position AS INTEGER)) - 1 AS UINTEGER) AS place,
  CAST(click AS DOUBLE) AS click,
  CAST(propensity_score AS DOUBLE) AS propensity
FROM rounds
WHERE CAST(propensity_score AS DOUBLE) > 0
ORDER BY line;
