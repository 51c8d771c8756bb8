-- What shops write, as values: times, amounts of money, currencies, whether there
-- is stock. NULL is what cannot be read; the report tells it.

-- Seconds since 1970: a number of seconds, milli-, micro- or nanoseconds, told
-- apart by size; a date and time as ISO 8601 has it; or with the day or month
-- first, which the caller knows from the whole column.
CREATE OR REPLACE MACRO seconds_of(written, day_first) AS
  CASE
    -- First what is most frequent; a date without separators is a smaller number.
    WHEN TRY_CAST(written AS DOUBLE) BETWEEN 21000000 AND 1e11 THEN TRY_CAST(written AS DOUBLE)
    WHEN regexp_matches(written, '^(19|20)\d{6}$') THEN epoch(try_strptime(written, '%Y%m%d'))
    WHEN TRY_CAST(written AS DOUBLE) < 0 OR NOT isfinite(TRY_CAST(written AS DOUBLE)) THEN NULL
    WHEN TRY_CAST(written AS DOUBLE) >= 1e17 THEN TRY_CAST(written AS DOUBLE) / 1e9
    WHEN TRY_CAST(written AS DOUBLE) >= 1e14 THEN TRY_CAST(written AS DOUBLE) / 1e6
    WHEN TRY_CAST(written AS DOUBLE) >= 1e11 THEN TRY_CAST(written AS DOUBLE) / 1e3
    WHEN TRY_CAST(written AS DOUBLE) IS NOT NULL THEN TRY_CAST(written AS DOUBLE)
    WHEN isfinite(TRY_CAST(written AS TIMESTAMP)) THEN epoch(TRY_CAST(written AS TIMESTAMP))
    WHEN day_first OR regexp_matches(written, '^\d+\.') THEN epoch(try_strptime(replace(replace(written, '.', '/'), '-', '/'),
      ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y']))
    ELSE epoch(try_strptime(replace(written, '-', '/'),
      ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p']))
  END;

-- The first number of a text such as `1.234,50 EUR`, `$1,234.50`, `CHF 1'234.–`.
CREATE OR REPLACE MACRO number_in(written) AS
  regexp_extract(regexp_replace(written, '[\s\x{00A0}\x{202F}''’]', '', 'g'), '-?\d[\d.,]*');

-- A comma before one or two last digits is a decimal comma, any other separates
-- thousands; so do points that come in threes twice, or before such a comma.
CREATE OR REPLACE MACRO amount_of(written) AS TRY_CAST(
  CASE
    WHEN regexp_matches(number_in(written), ',\d{1,2}$') THEN replace(replace(number_in(written), '.', ''), ',', '.')
    WHEN regexp_matches(number_in(written), '^-?\d{1,3}(\.\d{3}){2,}$') THEN replace(number_in(written), '.', '')
    ELSE rtrim(replace(number_in(written), ',', ''), '.')
  END AS DOUBLE);

CREATE OR REPLACE MACRO currency_of(written, named) AS coalesce(
  nullif(regexp_extract(upper(written), '\d\s*([A-Z]{3})(?:[^A-Z]|$)', 1), ''),
  nullif(regexp_extract(upper(written), '(?:^|[^A-Z])([A-Z]{3})\s*-?\d', 1), ''),
  upper(named),
  CASE
    WHEN contains(written, '€') THEN 'EUR' WHEN contains(written, '£') THEN 'GBP'
    WHEN contains(written, '$') THEN 'USD' WHEN contains(written, '¥') THEN 'JPY'
    WHEN contains(written, '₹') THEN 'INR' WHEN contains(written, 'zł') THEN 'PLN'
  END);

-- Google's and schema.org's words, yes and no, or a number of pieces. What can be
-- ordered although it has yet to arrive can be bought.
CREATE OR REPLACE MACRO stock_of(written) AS
  CASE
    WHEN TRY_CAST(written AS DOUBLE) IS NOT NULL THEN TRY_CAST(written AS DOUBLE) > 0
    WHEN regexp_matches(lower(written), '(out|sold|discontinued|unavailable|not)') OR lower(written) IN ('false', 'no', 'n', 'f') THEN false
    WHEN regexp_matches(lower(written), '(in.?stock|available|pre.?order|back.?order|limited|low)') OR lower(written) IN ('true', 'yes', 'y', 't') THEN true
  END;

-- Whose it was; what exports write for "nobody" is NULL. A list, because IN becomes a
-- join, also where the file has no such column.
CREATE OR REPLACE MACRO person_of(written) AS
  CASE WHEN list_contains(['na', 'n/a', 'nan', 'null', 'none', 'undefined', '(not set)', '-'], lower(written)) THEN NULL ELSE written END;

-- The engine's number of an event by one of its many names: 0 shown, 4 put into the
-- basket, 5 taken out, 6 on the wish list, 7 bought; all others are looks.
CREATE OR REPLACE MACRO kind_of(name) AS CASE
  WHEN name IS NULL THEN 1
  WHEN regexp_matches(lower(name), 'remove.*(cart|basket|bag)|(cart|basket|bag).*remov|^product.?removed$') THEN 5
  WHEN regexp_matches(lower(name), 'wish|fav') THEN 6
  WHEN regexp_matches(lower(name), '(^|add.*)(cart|basket|bag)s?$|^atc$') THEN 4
  WHEN regexp_matches(lower(name), '^(purchase[ds]?|buy|bought|order(s|ed)?|transactions?|conversions?|order.?completed|checkout.?completed)$') THEN 7
  WHEN regexp_matches(lower(name), '^impressions?$|item.?list|list.?view') THEN 0
  ELSE 1
END;
