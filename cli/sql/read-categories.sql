-- Item and category from the view `source`: `category_rows` as they stand in the file,
-- of which `category_of` keeps the first of each item that says one.
CREATE TABLE category_rows AS
SELECT line, item, category, row_number() OVER (PARTITION BY item ORDER BY category IS NULL, line) AS copy
FROM (
  SELECT line, item, nullif(array_to_string(list_filter(list_transform(category, lambda part: trim(part)), lambda part: part <> ''), ' > '), '') AS category
  FROM source
) AS found;

CREATE TABLE category_of AS
SELECT item, category FROM category_rows WHERE item IS NOT NULL AND category IS NOT NULL AND copy = 1
ORDER BY item;
