-- @revision 8b5e39679271
-- @parents 4c675bab9a89
-- @created 2025-09-10T16:04:13Z
--
-- Seed the plans: free, pro and team
--
-- No number of interviews a month means no limit.

-- @upgrade
INSERT INTO plans (code, name, price_cents, interviews_per_month) VALUES
    ('free', 'Free', 0, 3),
    ('pro', 'Pro', 1900, 30),
    ('team', 'Team', 4900, NULL);

-- @downgrade
DELETE FROM plans WHERE code IN ('free', 'pro', 'team');
