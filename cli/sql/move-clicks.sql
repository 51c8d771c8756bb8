-- As `move-rows`, of clicks, which are not numbered before they are asked for.
CREATE OR REPLACE VIEW raw AS
SELECT numbered.* REPLACE (numbered.line + coalesce(refused.number, 0) AS line)
FROM (SELECT *, rowid + 1 AS line FROM written) AS numbered
ASOF LEFT JOIN refused ON numbered.line > refused.before;
