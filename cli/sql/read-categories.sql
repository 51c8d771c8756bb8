-- Item and category, tab separated, with or without a header. The first line of an
-- item counts.
SELECT trim(item) AS item, trim(first(category)) AS category
FROM read_csv($file, delim = '\t', header = false, quote = '', escape = '',
  columns = {'item': 'VARCHAR', 'category': 'VARCHAR'})
GROUP BY item
ORDER BY item;
