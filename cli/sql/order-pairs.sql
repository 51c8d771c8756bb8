-- Items that are bought in one basket, each pair once: distinct people, baskets, and
-- millionths of (items of the basket - 1)^-0.7, summed. Baskets of more than 200
-- items are a reseller's or a mistake, and half of all pairs. src/train/together.rs
-- says what is made of it.
WITH baskets AS (
  SELECT basket, CAST(round(1000000 * power(count(*) - 1, -0.7)) AS BIGINT) AS weight
  FROM bought GROUP BY basket HAVING count(*) BETWEEN 2 AND 200
), lines AS (
  SELECT bought.basket, bought.item, bought.buyer, baskets.weight
  FROM bought JOIN baskets ON baskets.basket = bought.basket
)
SELECT CAST(a.item AS INTEGER) AS a, CAST(b.item AS INTEGER) AS b,
  CAST(count(DISTINCT a.buyer) AS INTEGER) AS buyers, CAST(sum(a.weight) AS DOUBLE) AS weight,
  CAST(count(*) AS INTEGER) AS baskets
FROM lines AS a
JOIN lines AS b ON a.basket = b.basket AND a.item < b.item
GROUP BY a.item, b.item
HAVING count(*) >= $k AND count(DISTINCT a.buyer) >= $k
ORDER BY a, b;
