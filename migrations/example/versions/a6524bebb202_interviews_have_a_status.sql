-- @revision a6524bebb202
-- @parents dff6de2a00d8
-- @created 2025-04-22T08:27:55Z
--
-- Interviews have a status
--
-- A closed list of values: a type of its own on PostgreSQL, part of the
-- column's type on MySQL, a check on SQLite.

-- @upgrade
-- @only postgresql
CREATE TYPE interview_status AS ENUM ('planned', 'done', 'cancelled');
ALTER TABLE interviews ADD COLUMN status interview_status NOT NULL DEFAULT 'planned';
-- @end

-- @only mysql
ALTER TABLE interviews ADD COLUMN status ENUM ('planned', 'done', 'cancelled') NOT NULL DEFAULT 'planned';
-- @end

-- @only sqlite
ALTER TABLE interviews ADD COLUMN status varchar(20) NOT NULL DEFAULT 'planned'
    CONSTRAINT ck_interviews_status CHECK (status IN ('planned', 'done', 'cancelled'));
-- @end

-- Whoever has a score has been interviewed.
UPDATE interviews SET status = 'done' WHERE score IS NOT NULL;

-- @downgrade
ALTER TABLE interviews DROP COLUMN status;

-- @only postgresql
DROP TYPE interview_status;
-- @end
