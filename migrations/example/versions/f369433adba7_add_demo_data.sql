-- @revision f369433adba7
-- @parents 17a966bf6387
-- @created 2025-06-02T07:30:00Z
--
-- Add demo data: four users, their interviews and tasks
--
-- It stands this early so that the revisions after it have rows to work on.
-- No id is written down: the database numbers the rows, and the statements
-- find each other's rows by e-mail address and job title.

-- @upgrade
INSERT INTO users (email, full_name, is_premium, created_at) VALUES
    ('anna@example.com', 'Anna Berg', false, '2025-05-01 08:00:00'),
    ('ben@example.com', 'Ben Okafor', true, '2025-05-03 17:20:00'),
    ('chiara@example.com', 'Chiara Rossi', true, '2025-05-11 12:45:00'),
    ('david@example.com', 'David Kim', false, '2025-05-20 21:10:00');

INSERT INTO interviews (user_id, job_title, status, score, scheduled_at) VALUES
    ((SELECT id FROM users WHERE email = 'anna@example.com'),
        'Backend Developer', 'done', 72, '2025-05-05 10:00:00'),
    ((SELECT id FROM users WHERE email = 'anna@example.com'),
        'backend developer', 'done', 88, '2025-05-12 10:00:00'),
    ((SELECT id FROM users WHERE email = 'ben@example.com'),
        'Data Analyst', 'done', 64, '2025-05-14 16:30:00'),
    ((SELECT id FROM users WHERE email = 'ben@example.com'),
        'Data analyst', 'cancelled', NULL, '2025-05-21 16:30:00'),
    ((SELECT id FROM users WHERE email = 'chiara@example.com'),
        'Product Manager', 'done', 91, '2025-05-23 09:15:00'),
    ((SELECT id FROM users WHERE email = 'david@example.com'),
        'Data Analyst', 'planned', NULL, '2025-06-10 19:00:00');

INSERT INTO tasks (interview_id, task_no, title, difficulty, points)
    SELECT i.id, 1, 'Introduce yourself', 1, 5
    FROM interviews i JOIN users u ON u.id = i.user_id
    WHERE u.email LIKE '%@example.com' AND i.status = 'done';

INSERT INTO tasks (interview_id, task_no, title, difficulty, points)
    SELECT i.id, 2, 'Read a cohort chart', 2, 12
    FROM interviews i JOIN users u ON u.id = i.user_id
    WHERE u.email LIKE '%@example.com' AND i.status = 'done' AND i.job_title = 'Data Analyst';

INSERT INTO tasks (interview_id, task_no, title, difficulty, points)
    SELECT i.id, 2, 'Design a URL shortener', 3, 20
    FROM interviews i JOIN users u ON u.id = i.user_id
    WHERE u.email LIKE '%@example.com' AND i.status = 'done' AND lower(i.job_title) = 'backend developer';

-- @downgrade
DELETE FROM tasks WHERE interview_id IN (
    SELECT i.id FROM interviews i JOIN users u ON u.id = i.user_id WHERE u.email LIKE '%@example.com');
DELETE FROM interviews WHERE user_id IN (SELECT id FROM users WHERE email LIKE '%@example.com');
DELETE FROM users WHERE email LIKE '%@example.com';
