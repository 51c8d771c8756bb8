-- Rounds of a log, in its order, from the view `source`: item, position, click,
-- propensity; each with the reason why it is left out, if it is.
CREATE TABLE rounds AS
SELECT *,
  CASE
    WHEN item IS NULL OR position IS NULL OR click IS NULL OR propensity IS NULL THEN 'with a number that cannot be read'
    WHEN propensity <= 0 THEN 'of a propensity that is not above 0'
  END AS left_out
FROM (
  SELECT line, TRY_CAST(item AS UINTEGER) AS item, TRY_CAST(position AS INTEGER) AS position,
    TRY_CAST(click AS DOUBLE) AS click, TRY_CAST(propensity AS DOUBLE) AS propensity
  FROM source
) AS found;
