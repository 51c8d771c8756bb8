-- All columns of a table with a header, as texts, in the order of the file.
SELECT * FROM read_csv($file, header = true, all_varchar = true);
