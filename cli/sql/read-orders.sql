-- Order lines from the view `source`: `order_rows` as they stand in the file, each
-- with the reason why it is left out, if it is; the rest are `orders`. A refund has
-- a negative quantity: as written, or because its invoice is cancelled (prefix C
-- before a number). A correction of stock looks like one, but has neither customer
-- nor price, and is no order. `person` is NULL where the customer is not known.
CREATE TABLE order_rows AS
SELECT *,
  CASE
    WHEN invoice IS NULL THEN 'without an invoice'
    WHEN item IS NULL THEN 'without an item'
    WHEN seconds IS NULL AND $timed THEN 'with a date that cannot be read'
    WHEN quantity IS NULL THEN 'with a quantity that cannot be read'
    WHEN quantity = 0 THEN 'of no pieces'
    WHEN quantity < 0 AND NOT cancelled AND person IS NULL AND coalesce(price, 0) = 0 THEN 'that correct the stock'
  END AS left_out
FROM (
  SELECT
    line, invoice, item, person_of(customer) AS person, time AS written_time,
    CAST(floor(seconds_of(time, $day_first)) AS BIGINT) AS seconds,
    regexp_matches(invoice, '^[cC]\d') AS cancelled,
    CASE WHEN regexp_matches(invoice, '^[cC]\d') THEN -abs(pieces) ELSE pieces END AS quantity,
    amount_of(price, $decimal_comma) AS price
  FROM (SELECT *, CASE WHEN quantity IS NULL THEN 1 ELSE amount_of(quantity, $decimal_comma) END AS pieces FROM source) AS written
) AS read;

CREATE TABLE orders AS
SELECT person, invoice, item, coalesce(seconds, 0) AS seconds, quantity, price
FROM order_rows WHERE left_out IS NULL
ORDER BY seconds, invoice, item, line;
