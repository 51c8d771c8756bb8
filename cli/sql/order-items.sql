-- Baskets by item, in the order of the numbers: all of them, and thousandths of
-- e^(-days/30), summed, counted back from the newest order.
SELECT CAST(count(bought.item) AS INTEGER) AS baskets,
  CAST(coalesce(sum(CAST(round(1000 * exp((bought.day - newest.day) / 30.0)) AS BIGINT)), 0) AS DOUBLE) AS lately
FROM items
LEFT JOIN bought ON bought.item = items.item
CROSS JOIN (SELECT max(day) AS day FROM bought) AS newest
GROUP BY items.item
ORDER BY items.item;
