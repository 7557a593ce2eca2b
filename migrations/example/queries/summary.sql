-- Every interview of the demo data: who, on which plan, for which job, and how
-- it went. The same rows on every engine.
SELECT u.display_name AS candidate,
       p.name AS plan,
       i.job_title_key AS job,
       i.status,
       count(t.task_no) AS tasks,
       coalesce(sum(t.points), 0) AS points,
       up.best_score
FROM interviews i
JOIN users u ON u.id = i.user_id
JOIN subscriptions s ON s.user_id = u.id
JOIN plans p ON p.code = s.plan_code
JOIN user_progress up ON up.user_id = u.id
LEFT JOIN tasks t ON t.interview_id = i.id
GROUP BY i.id, u.display_name, p.name, i.job_title_key, i.status, i.scheduled_at, up.best_score
ORDER BY i.scheduled_at, i.id;
