-- @revision e3e9ea9bbbca
-- @parents 2b06616c59ee
-- @created 2025-09-24T08:49:38Z
--
-- Interviews have a job title in one spelling, to group them by
--
-- The table is large and in use, so it is filled a thousand rows at a time,
-- with a tenth of a second between, until no row is left. Each time is a
-- transaction of its own and no lock is held for long. The query around the
-- inner query is for MySQL, which takes no LIMIT directly inside IN.

-- @upgrade
ALTER TABLE interviews ADD COLUMN job_title_key varchar(120);

-- @repeat pause=100
UPDATE interviews SET job_title_key = lower(trim(job_title))
    WHERE id IN (
        SELECT id FROM (
            SELECT id FROM interviews WHERE job_title_key IS NULL ORDER BY id LIMIT 1000
        ) AS batch
    );

-- @downgrade
ALTER TABLE interviews DROP COLUMN job_title_key;
