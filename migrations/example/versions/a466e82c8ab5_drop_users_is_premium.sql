-- @revision a466e82c8ab5
-- @parents b702f4e561a5
-- @created 2026-01-20T10:41:16Z
--
-- Drop users.is_premium, which subscriptions have replaced
--
-- The second half of what the subscriptions began. The downgrade restores the
-- flag from them.

-- @upgrade
ALTER TABLE users DROP COLUMN is_premium;

-- @downgrade
ALTER TABLE users ADD COLUMN is_premium boolean NOT NULL DEFAULT false;
UPDATE users SET is_premium = true
    WHERE id IN (SELECT user_id FROM subscriptions WHERE plan_code <> 'free');
