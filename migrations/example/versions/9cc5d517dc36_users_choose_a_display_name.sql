-- @revision 9cc5d517dc36
-- @parents f369433adba7
-- @created 2025-07-08T11:18:02Z
--
-- Users choose a display name
--
-- A required column comes to a table that has rows in three steps: add it
-- without the requirement, fill it, require it.

-- @upgrade
ALTER TABLE users ADD COLUMN display_name varchar(100);

UPDATE users SET display_name = full_name WHERE display_name IS NULL OR display_name = '';

ALTER TABLE users ALTER COLUMN display_name SET NOT NULL;

-- @downgrade
ALTER TABLE users DROP COLUMN display_name;
