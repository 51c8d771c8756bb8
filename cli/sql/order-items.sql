-- Baskets by item, in the order of the numbers.
SELECT CAST(count(DISTINCT bought.invoice) AS INTEGER) AS baskets
FROM items LEFT JOIN bought ON bought.item = items.item
GROUP BY items.item
ORDER BY items.item;
