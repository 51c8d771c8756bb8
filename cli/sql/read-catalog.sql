-- The catalogue from the view `source`: `catalog_rows` as they stand in the file,
-- of which `catalog` keeps the first of each item, if there is one the first with a
-- title. A sale price counts unless it
-- is limited in time: the same file must give the same artifact tomorrow.
CREATE TABLE catalog_rows AS
SELECT
  line, item, title,
  array_to_string(list_filter(list_transform(coalesce(category, google_category), lambda part: trim(part)), lambda part: part <> ''), ' > ') AS category,
  brand,
  amount_of(CASE WHEN on_sale THEN sale_price ELSE price END, $decimal_comma) AS price,
  amount_of(coalesce(list_price, CASE WHEN on_sale THEN price END), $decimal_comma) AS list_price,
  currency_of(coalesce(price, sale_price), currency) AS currency,
  stock_of(availability) AS in_stock,
  colour, item_group,
  list_transform(list_filter(vector, lambda value: value <> ''), lambda value: TRY_CAST(value AS FLOAT)) AS vector,
  CAST(NULL AS VARCHAR) AS bad_vector,
  price AS written_price, availability AS written_availability,
  row_number() OVER (PARTITION BY item ORDER BY title IS NULL, line) AS copy
FROM (
  SELECT *, sale_price IS NOT NULL AND (price IS NULL OR sale_dates IS NULL) AS on_sale FROM source
) AS found;

-- A vector that cannot be compared with the others is left out: one with a value that
-- is no number, or of another length than most.
UPDATE catalog_rows SET bad_vector = CASE
  WHEN len(list_filter(vector, lambda value: value IS NULL OR NOT isfinite(value))) > 0 THEN 'with a vector that is left out: it has a value that is no number'
  WHEN len(vector) > 0 AND len(vector) <> (SELECT mode(len(known.vector) ORDER BY known.line) FROM catalog_rows AS known WHERE len(known.vector) > 0)
    THEN 'with a vector that is left out: it is of another length than most'
END
WHERE vector IS NOT NULL;

CREATE TABLE catalog AS
SELECT item, title, nullif(category, '') AS category, brand, price, list_price, currency, in_stock, colour, item_group,
  CASE WHEN bad_vector IS NULL THEN vector END AS vector
FROM catalog_rows
WHERE item IS NOT NULL AND copy = 1
ORDER BY item;
