-- @revision 898e7155dcd3
-- @parents 5d916442a0c9
-- @created 2025-02-03T15:40:09Z
--
-- Rename users.name to full_name

-- @upgrade
ALTER TABLE users RENAME COLUMN name TO full_name;

-- @downgrade
ALTER TABLE users RENAME COLUMN full_name TO name;
