-- @revision 9cc5d517dc36
-- @parents f369433adba7
-- @created 2025-07-08T11:18:02Z
--
-- Users choose a display name
--
-- A required column comes to a table that has rows in three steps: add it
-- without the requirement, fill it, require it. SQLite can't do the third
-- step later, so there the column is required from the start and the empty
-- string stands in until it is filled.

-- @upgrade
-- @except sqlite
ALTER TABLE users ADD COLUMN display_name varchar(100);
-- @end

-- @only sqlite
ALTER TABLE users ADD COLUMN display_name varchar(100) NOT NULL DEFAULT '';
-- @end

UPDATE users SET display_name = full_name WHERE display_name IS NULL OR display_name = '';

-- @only postgresql
ALTER TABLE users ALTER COLUMN display_name SET NOT NULL;
-- @end

-- @only mysql
ALTER TABLE users MODIFY display_name varchar(100) NOT NULL;
-- @end

-- @downgrade
ALTER TABLE users DROP COLUMN display_name;
