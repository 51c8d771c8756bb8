-- $draws questions a basket of `orders`: an item that is hidden, and another that is
-- given, by the hash of draw, basket and item, so that the same file asks the same.
SELECT max(item) FILTER (place = 1) AS hidden, max(item) FILTER (place = 2) AS given,
  CAST(dense_rank() OVER (ORDER BY invoice) AS INTEGER) AS basket
FROM (
  SELECT draw, invoice, item,
    row_number() OVER (PARTITION BY draw, invoice ORDER BY md5(concat(draw, ' ', invoice, ' ', item)), item) AS place
  FROM (SELECT DISTINCT invoice, item FROM orders WHERE quantity > 0) AS lines
  CROSS JOIN range($draws) AS draws(draw)
) AS hashed
GROUP BY draw, invoice
HAVING count(*) >= 2
ORDER BY draw, invoice;
