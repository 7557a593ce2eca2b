-- @revision dff6de2a00d8
-- @parents 898e7155dcd3
-- @created 2025-03-11T10:05:31Z
--
-- Interviews belong to users, and go when their user goes
--
-- Rows whose user is gone already would break the new constraint, so they are
-- deleted first; the downgrade can't bring those back. SQLite adds no
-- constraint to a table that exists: there limbeck builds the table anew,
-- copies its rows, and puts it in the old one's place.

-- @upgrade
DELETE FROM interviews WHERE user_id NOT IN (SELECT id FROM users);

ALTER TABLE interviews ADD CONSTRAINT fk_interviews_user_id
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

-- @downgrade
ALTER TABLE interviews DROP CONSTRAINT fk_interviews_user_id;
