-- What is wrong with baskets: a row a problem, with the first examples.
SELECT 'without an item' AS problem, true AS dropped, count(*) AS rows, arg_min(concat('row ', line), line, 3) AS examples
FROM basket_rows WHERE len(items) = 0 HAVING count(*) > 0;
