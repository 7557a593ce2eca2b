-- @revision dec5d4e12777
-- @parents 349b62283a58
-- @created 2026-03-24T09:08:11Z
--
-- Add a view of how far each user has come

-- @upgrade
CREATE VIEW user_progress AS
    SELECT u.id AS user_id,
           u.display_name,
           s.plan_code,
           count(i.id) AS interviews,
           coalesce(max(i.score), 0) AS best_score
    FROM users u
    JOIN subscriptions s ON s.user_id = u.id
    LEFT JOIN interviews i ON i.user_id = u.id
    GROUP BY u.id, u.display_name, s.plan_code;

-- @downgrade
DROP VIEW user_progress;
