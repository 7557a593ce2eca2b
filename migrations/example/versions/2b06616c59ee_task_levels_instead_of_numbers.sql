-- @revision 2b06616c59ee
-- @parents 9cc5d517dc36
-- @created 2025-09-03T14:22:47Z
--
-- Tasks have a level in words instead of a number for their difficulty
--
-- A data migration: the new column is filled from the old one before that is
-- dropped, and the downgrade goes the same way back. The check has no name
-- because MariaDB allows none for the check of a single column.

-- @upgrade
ALTER TABLE tasks ADD COLUMN level varchar(10) NOT NULL DEFAULT 'medium'
    CHECK (level IN ('easy', 'medium', 'hard'));
UPDATE tasks SET level = CASE difficulty
    WHEN 1 THEN 'easy'
    WHEN 2 THEN 'medium'
    ELSE 'hard'
END;
ALTER TABLE tasks DROP COLUMN difficulty;

-- @downgrade
ALTER TABLE tasks ADD COLUMN difficulty integer NOT NULL DEFAULT 2;
UPDATE tasks SET difficulty = CASE level
    WHEN 'easy' THEN 1
    WHEN 'medium' THEN 2
    ELSE 3
END;
ALTER TABLE tasks DROP COLUMN level;
