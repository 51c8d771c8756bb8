-- Only rows that were accepted were numbered: each moves on by those that were refused
-- before it, so that it has the number that it has in the file.
UPDATE $rows AS numbered SET line = moved.line
FROM (SELECT known.line AS at, known.line + refused.number AS line FROM $rows AS known ASOF JOIN refused ON known.line > refused.before) AS moved
WHERE numbered.line = moved.at;
