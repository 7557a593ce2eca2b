-- @revision dff6de2a00d8
-- @parents 898e7155dcd3
-- @created 2025-03-11T10:05:31Z
--
-- Interviews belong to users, and go when their user goes
--
-- Rows whose user is gone already would break the new constraint, so they are
-- deleted first; the downgrade can't bring those back. SQLite adds no
-- constraint to a table that exists: there the table is built anew, its rows
-- are copied, and it takes the old one's place.

-- @upgrade
DELETE FROM interviews WHERE user_id NOT IN (SELECT id FROM users);

-- @except sqlite
ALTER TABLE interviews ADD CONSTRAINT fk_interviews_user_id
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
-- @end

-- @only sqlite
CREATE TABLE interviews_new (
    id integer NOT NULL,
    user_id integer NOT NULL,
    job_title varchar(120) NOT NULL,
    score integer,
    scheduled_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_interviews PRIMARY KEY (id),
    CONSTRAINT ck_interviews_score CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT fk_interviews_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO interviews_new (id, user_id, job_title, score, scheduled_at)
    SELECT id, user_id, job_title, score, scheduled_at FROM interviews;
DROP TABLE interviews;
ALTER TABLE interviews_new RENAME TO interviews;
CREATE INDEX ix_interviews_user_id ON interviews (user_id);
-- @end

-- @downgrade
-- @except sqlite
ALTER TABLE interviews DROP CONSTRAINT fk_interviews_user_id;
-- @end

-- @only sqlite
CREATE TABLE interviews_old (
    id integer NOT NULL,
    user_id integer NOT NULL,
    job_title varchar(120) NOT NULL,
    score integer,
    scheduled_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_interviews PRIMARY KEY (id),
    CONSTRAINT ck_interviews_score CHECK (score BETWEEN 0 AND 100)
);
INSERT INTO interviews_old (id, user_id, job_title, score, scheduled_at)
    SELECT id, user_id, job_title, score, scheduled_at FROM interviews;
DROP TABLE interviews;
ALTER TABLE interviews_old RENAME TO interviews;
CREATE INDEX ix_interviews_user_id ON interviews (user_id);
-- @end
