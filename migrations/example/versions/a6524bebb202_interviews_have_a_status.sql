-- @revision a6524bebb202
-- @parents dff6de2a00d8
-- @created 2025-04-22T08:27:55Z
--
-- Interviews have a status
--
-- A closed list of values: a type of its own on PostgreSQL, which becomes a
-- part of the column's type on MySQL and a check on SQLite.

-- @upgrade
CREATE TYPE interview_status AS ENUM ('planned', 'done', 'cancelled');
ALTER TABLE interviews ADD COLUMN status interview_status NOT NULL DEFAULT 'planned';

-- Whoever has a score has been interviewed.
UPDATE interviews SET status = 'done' WHERE score IS NOT NULL;

-- @downgrade
ALTER TABLE interviews DROP COLUMN status;
DROP TYPE interview_status;
