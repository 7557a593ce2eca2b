-- @revision b702f4e561a5
-- @parents 4b1cfbac24c3
-- @created 2025-11-04T18:12:34Z
--
-- Index interviews by job title
--
-- PostgreSQL can build and drop an index without stopping writers, but not
-- inside a transaction; elsewhere CONCURRENTLY is left out.

-- @upgrade
-- @autocommit
CREATE INDEX CONCURRENTLY ix_interviews_job_title_key ON interviews (job_title_key);
-- @end

-- @downgrade
-- @autocommit
DROP INDEX CONCURRENTLY ix_interviews_job_title_key;
-- @end
