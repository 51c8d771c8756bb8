-- In what surroundings each session began: kind, value, kind, value … a line each, in
-- the words that the page uses; see pkg/src/context.ts. Hours and days are those of
-- the file: epoch seconds are UTC, dates as they are written. Of a column that changes
-- within a session the first value by alphabet, so that rows in any order give the same.
CREATE TABLE contexts AS
SELECT session, concat_ws(chr(10),
  'device' || chr(10) || CASE
    WHEN regexp_matches(device, 'tablet|ipad') THEN 'tablet'
    WHEN regexp_matches(device, 'phone|mobile') THEN 'phone'
    WHEN regexp_matches(device, 'desktop|computer|laptop|^pc$') THEN 'desktop'
  END,
  CASE WHEN $hours THEN 'hour' || chr(10) || ['night', 'morning', 'afternoon', 'evening'][CAST(floor(began % 86400 / 21600) AS INTEGER) + 1] END,
  'weekday' || chr(10) || CASE WHEN (day + 3) % 7 >= 5 THEN 'weekend' ELSE 'weekday' END,
  'season' || chr(10) || ['winter', 'spring', 'summer', 'autumn'][CAST(floor(month(DATE '1970-01-01' + day) % 12 / 3) AS INTEGER) + 1],
  'channel' || chr(10) || CASE
    WHEN regexp_matches(channel, 'direct|none') THEN 'direct'
    WHEN regexp_matches(channel, 'mail|newsletter') THEN 'mail'
    WHEN regexp_matches(channel, 'social') THEN 'social'
    WHEN regexp_matches(channel, 'search|organic|cpc|google|bing') THEN 'search'
    WHEN regexp_matches(channel, 'shop|internal') THEN 'shop'
    WHEN channel <> '' THEN 'other'
  END,
  'locale' || chr(10) || nullif(regexp_extract(locale, '^[a-z]{2,3}'), ''),
  'connection' || chr(10) || CASE
    WHEN regexp_matches(connection, 'slow|[23]g') THEN 'slow'
    WHEN regexp_matches(connection, 'fast|[45]g|wifi') THEN 'fast'
    WHEN connection <> '' THEN 'unknown'
  END) AS facts
FROM (
  SELECT sessions.session, min(raw.clicked_at) AS began, CAST(floor(min(raw.clicked_at) / 86400) AS INTEGER) AS day,
    lower(trim(min(raw.device))) AS device, lower(trim(min(raw.channel))) AS channel,
    lower(trim(min(raw.locale))) AS locale, lower(trim(min(raw.connection))) AS connection
  FROM raw
  JOIN sessions ON sessions.session_id = raw.session_id
  GROUP BY sessions.session
) AS begun;
