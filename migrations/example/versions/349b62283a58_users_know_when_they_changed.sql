-- @revision 349b62283a58
-- @parents a466e82c8ab5
-- @created 2026-02-17T15:26:40Z
--
-- Users know when they were last changed
--
-- The database itself keeps users.updated_at, NULL until the first change: by
-- a function and a trigger on PostgreSQL and by a trigger on SQLite. MySQL has
-- this built into the column, which asks for no right to create triggers.

-- @upgrade
ALTER TABLE users ADD COLUMN updated_at timestamp NULL;

-- @only postgresql
CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$;

CREATE TRIGGER tr_users_touch BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
-- @end

-- @only sqlite
CREATE TRIGGER tr_users_touch AFTER UPDATE ON users
    FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN
    UPDATE users SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
END;
-- @end

-- @only mysql
ALTER TABLE users MODIFY updated_at timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP;
-- @end

-- @downgrade
-- @only postgresql
DROP TRIGGER tr_users_touch ON users;
DROP FUNCTION touch_updated_at();
-- @end

-- @only sqlite
DROP TRIGGER tr_users_touch;
-- @end

ALTER TABLE users DROP COLUMN updated_at;
