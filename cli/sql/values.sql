-- What shops write, as values: times, amounts of money, currencies, whether there
-- is stock. NULL is what cannot be read; the report tells it.

-- A date between slashes, also one of which the year has two digits: it is of this
-- century, or, from 70 on, of the last.
CREATE OR REPLACE MACRO with_century(written) AS
  regexp_replace(regexp_replace(regexp_replace(written, '^(\d+)[./-](\d+)[./-](\d+)', '\1/\2/\3'),
    '^(\d+/\d+)/([0-6]\d)(\D|$)', '\1/20\2\3'), '^(\d+/\d+)/([7-9]\d)(\D|$)', '\1/19\2\3');

-- Seconds since 1970: a number of seconds, milli-, micro- or nanoseconds, told
-- apart by size; a date and time as ISO 8601 has it; with the month as a word; or with the
-- day or month first, which the caller knows from the whole column.
CREATE OR REPLACE MACRO seconds_of(written, day_first) AS
  CASE
    -- First what is most frequent; a date without separators is a smaller number.
    WHEN TRY_CAST(written AS DOUBLE) BETWEEN 21000000 AND 1e11 THEN TRY_CAST(written AS DOUBLE)
    WHEN regexp_matches(written, '^(19|20)\d{6}(\d{4}(\d\d)?)?$') THEN epoch(try_strptime(written, ['%Y%m%d%H%M%S', '%Y%m%d%H%M', '%Y%m%d']))
    WHEN TRY_CAST(written AS DOUBLE) < 0 OR NOT isfinite(TRY_CAST(written AS DOUBLE)) THEN NULL
    WHEN TRY_CAST(written AS DOUBLE) >= 1e17 THEN TRY_CAST(written AS DOUBLE) / 1e9
    WHEN TRY_CAST(written AS DOUBLE) >= 1e14 THEN TRY_CAST(written AS DOUBLE) / 1e6
    WHEN TRY_CAST(written AS DOUBLE) >= 1e11 THEN TRY_CAST(written AS DOUBLE) / 1e3
    WHEN TRY_CAST(written AS DOUBLE) IS NOT NULL THEN TRY_CAST(written AS DOUBLE)
    WHEN NOT regexp_matches(written, '^\d\d?[-/]') AND isfinite(TRY_CAST(written AS TIMESTAMP)) THEN epoch(TRY_CAST(written AS TIMESTAMP))
    WHEN regexp_matches(written, '[A-Za-z]{3}.*\d{4}') THEN epoch(try_strptime(replace(written, '-', ' '),
      ['%d %b %Y %H:%M:%S', '%d %b %Y %H:%M', '%d %b %Y', '%b %d, %Y %H:%M:%S', '%b %d, %Y %H:%M', '%b %d, %Y', '%b %d, %Y %I:%M:%S %p', '%b %d, %Y %I:%M %p', '%a, %d %b %Y %H:%M:%S GMT', '%a, %d %b %Y %H:%M:%S %z']))
    WHEN day_first OR regexp_matches(written, '^\d+\.') THEN epoch(try_strptime(with_century(written),
      ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p']))
    ELSE epoch(try_strptime(with_century(written),
      ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M %p']))
  END;

-- The first number of a text such as `1.234,50 EUR`, `$1,234.50`, `CHF 1'234.–`.
CREATE OR REPLACE MACRO number_in(written) AS
  regexp_extract(regexp_replace(written, '[\s\x{00A0}\x{202F}''’]', '', 'g'), '-?\d[\d.,]*');

-- A comma before one or two last digits is a decimal comma, any other separates
-- thousands; so do points that come in threes twice, or before such a comma, or, which
-- the caller knows from the whole column, where decimals have a comma.
CREATE OR REPLACE MACRO amount_of(written, decimal_comma) AS TRY_CAST(
  CASE
    WHEN regexp_matches(number_in(written), ',\d{1,2}$|\.\d{3},$') THEN replace(replace(number_in(written), '.', ''), ',', '.')
    WHEN regexp_matches(number_in(written), CASE WHEN decimal_comma THEN '^-?[1-9]\d{0,2}(\.\d{3})+$' ELSE '^-?\d{1,3}(\.\d{3}){2,}$' END) THEN replace(number_in(written), '.', '')
    ELSE rtrim(replace(number_in(written), ',', ''), '.')
  END AS DOUBLE);

-- Codes of ISO 4217: other words of three letters beside a number are no currencies.
CREATE OR REPLACE MACRO currency_codes() AS
  '(?:AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF|CLP|CNY|COP|CRC' ||
  '|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD' ||
  '|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD' ||
  '|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP' ||
  '|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|VED|VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW)';

-- A code beside the number, what its own column says, a word or a sign. A crown may be
-- of four countries: it is none.
CREATE OR REPLACE MACRO currency_of(written, named) AS coalesce(
  nullif(regexp_extract(upper(written), '\d[\d.,\s–-]*(' || currency_codes() || ')(?:[^A-Z]|$)', 1), ''),
  nullif(regexp_extract(upper(written), '(?:^|[^A-Z])(' || currency_codes() || ')\s*-?\d', 1), ''),
  upper(named),
  CASE
    WHEN regexp_matches(lower(written), '€|euro') THEN 'EUR' WHEN contains(written, '£') THEN 'GBP'
    WHEN regexp_matches(upper(written), '(?:^|[^A-Z])AU?\$') THEN 'AUD' WHEN regexp_matches(upper(written), '(?:^|[^A-Z])CA?\$') THEN 'CAD'
    WHEN contains(upper(written), 'NZ$') THEN 'NZD' WHEN contains(upper(written), 'HK$') THEN 'HKD'
    WHEN contains(upper(written), 'MX$') THEN 'MXN' WHEN regexp_matches(upper(written), '(?:^|[^A-Z])R\$') THEN 'BRL'
    WHEN regexp_matches(upper(written), '(?:^|[^A-Z])S\$') THEN 'SGD' WHEN contains(written, '$') THEN 'USD'
    WHEN contains(written, '¥') THEN 'JPY' WHEN contains(written, '₹') THEN 'INR' WHEN contains(lower(written), 'zł') THEN 'PLN'
    WHEN contains(lower(written), 'kč') THEN 'CZK' WHEN regexp_matches(lower(written), '₽|руб') THEN 'RUB'
    WHEN contains(written, '₺') THEN 'TRY' WHEN contains(written, '₴') THEN 'UAH' WHEN contains(written, '₪') THEN 'ILS'
    WHEN contains(written, '₩') THEN 'KRW' WHEN regexp_matches(lower(written), '\blei\b') THEN 'RON'
    WHEN regexp_matches(written, '\bFt\b') THEN 'HUF'
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

-- The engine's number of an event by one of its many names: 1 looked at, 4 put into the
-- basket, 5 taken out, 6 on the wish list, 7 bought, 0 none of these, such as shown in a
-- list; NULL has no known name.
CREATE OR REPLACE MACRO kind_of(name) AS CASE
  WHEN regexp_matches(lower(name), '(remove|delete).*(cart|basket|bag|trolley)|(cart|basket|bag|trolley).*(remov|delet)|^product.?removed$') THEN 5
  WHEN regexp_matches(lower(name), '(remove|delete).*(wish|fav)|^un.?fav') THEN 0
  WHEN regexp_matches(lower(name), 'wish|fav') THEN 6
  WHEN regexp_matches(lower(name), '^(cart|basket|bag|trolley)s?$|add.*(cart|basket|bag|trolley)|^(cart|basket|bag|trolley).?add(ed)?$|^atc$') THEN 4
  WHEN regexp_matches(lower(name), '^(purchase[ds]?|buy|bought|sales?|sold|order(s|ed)?|transactions?|conversions?|order.?(completed|placed)|checkout.?completed)$') THEN 7
  WHEN regexp_matches(lower(name), '^impressions?$|item.?list|list.?view|view.*(cart|basket|bag|trolley)|checkout|^(refund|return)') THEN 0
  WHEN regexp_matches(lower(name), 'view|click|detail|look|browse|visit|^pv$') THEN 1
END;
