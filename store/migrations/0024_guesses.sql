-- PostgreSQL counts which updates have how many rows, and of one that it has not
-- counted it takes it that there are none. The one that is being planned is such a
-- one: what its recipients were told was put together by going through all of them
-- for each of them, which for 50,000 took minutes and for a million would not have
-- ended. Not counting, it takes it that an update has a part of all rows.
GUESS update_id OF notices;
GUESS update_id OF deliveries;
GUESS update_id OF replies;
GUESS update_id OF omissions;
GUESS update_id OF clashes;
GUESS update_id OF escalations;
GUESS update_id OF rings;
