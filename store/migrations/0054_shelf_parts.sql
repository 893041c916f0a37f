-- Under each word now lie, by stretches of 65536 keys, parts of up to some thousand
-- updates, four hexadecimal digits for each: a word that few have takes one row of a
-- stretch, and not one of each 4096 keys, so whoever looks for what thousands of words
-- begin with reads a tenth. The shelf is made anew from the updates.
DELETE FROM words;
DELETE FROM cards;
DELETE FROM shelves;
