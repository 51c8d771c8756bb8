-- Numbers for what orders and the catalogue know: items that no session has follow
-- those of `items`; categories and brands by name. Without a catalogue every item
-- that was bought counts, with one only what it lists. `bought` are the lines of
-- orders, an item once a basket; who has no name is somebody else in every basket.
INSERT INTO items
SELECT item_id, CAST((SELECT count(*) FROM items) + row_number() OVER (ORDER BY item_id) - 1 AS INTEGER)
FROM (
  SELECT item AS item_id FROM catalog WHERE item IS NOT NULL
  UNION
  SELECT item FROM orders WHERE quantity > 0 AND NOT EXISTS (SELECT * FROM catalog)
) AS known
WHERE item_id NOT IN (SELECT item_id FROM items);

CREATE TABLE categories AS
SELECT path, row_number() OVER (ORDER BY path) - 1 AS category
FROM (SELECT DISTINCT category AS path FROM catalog WHERE category IS NOT NULL ORDER BY path LIMIT 65535) AS paths;

CREATE TABLE brands AS
SELECT name, row_number() OVER (ORDER BY name) - 1 AS brand
FROM (SELECT DISTINCT brand AS name FROM catalog WHERE brand IS NOT NULL ORDER BY name LIMIT 65535) AS names;

CREATE TABLE stock AS
SELECT items.item, categories.category, brands.brand, catalog.price, coalesce(catalog.title, '') AS title
FROM items
LEFT JOIN catalog ON catalog.item = items.item_id
LEFT JOIN categories ON categories.path = catalog.category
LEFT JOIN brands ON brands.name = catalog.brand;

CREATE TABLE bought AS
SELECT basket, item, category, person, day,
  CASE WHEN person IS NULL THEN -1 - basket ELSE dense_rank() OVER (ORDER BY person NULLS LAST) END AS buyer
FROM (
  SELECT dense_rank() OVER (ORDER BY orders.invoice) AS basket, items.item, any_value(stock.category) AS category,
    min(min(orders.person)) OVER (PARTITION BY orders.invoice) AS person,
    CAST(floor(min(orders.seconds) / 86400) AS INTEGER) AS day
  FROM orders
  JOIN items ON items.item_id = orders.item
  JOIN stock ON stock.item = items.item
  WHERE orders.quantity > 0
  GROUP BY orders.invoice, items.item
) AS lines;
