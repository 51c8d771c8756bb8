-- Baskets from the view `source`, a row each: `basket_rows` as they stand in the file,
-- and as orders of nobody in particular. A basket without an item is no order.
CREATE TABLE basket_rows AS
SELECT line, list_filter(coalesce(items, []), lambda item: item <> '') AS items FROM source;

CREATE TABLE orders AS
SELECT CAST(NULL AS VARCHAR) AS person, CAST(line AS VARCHAR) AS invoice, unnest(items) AS item,
  CAST(0 AS BIGINT) AS seconds, CAST(1 AS DOUBLE) AS quantity, CAST(NULL AS DOUBLE) AS price
FROM basket_rows;
