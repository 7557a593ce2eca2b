-- @revision 17a966bf6387
-- @parents a6524bebb202
-- @created 2025-05-19T13:51:20Z
--
-- Add the tasks of an interview
--
-- They are numbered within their interview: a primary key of two columns,
-- whose first one is the foreign key.

-- @upgrade
CREATE TABLE tasks (
    interview_id integer NOT NULL,
    task_no integer NOT NULL,
    title varchar(200) NOT NULL,
    difficulty integer NOT NULL DEFAULT 2,
    points integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_tasks PRIMARY KEY (interview_id, task_no),
    CONSTRAINT uq_tasks_interview_id_title UNIQUE (interview_id, title),
    CONSTRAINT ck_tasks_points CHECK (points >= 0),
    CONSTRAINT fk_tasks_interview_id FOREIGN KEY (interview_id) REFERENCES interviews (id) ON DELETE CASCADE
);

-- @downgrade
DROP TABLE tasks;
