-- @revision 317df584ea1d
-- @parents 8b5e39679271
-- @created 2025-10-06T12:33:51Z
--
-- Add subscriptions: who has which plan
--
-- Everybody gets one, made from the old flag users.is_premium. The flag stays
-- until no running program reads it any more; a later revision drops it.

-- @upgrade
CREATE TABLE subscriptions (
    user_id integer NOT NULL,
    plan_code varchar(20) NOT NULL,
    started_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_subscriptions PRIMARY KEY (user_id),
    CONSTRAINT fk_subscriptions_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_subscriptions_plan_code FOREIGN KEY (plan_code) REFERENCES plans (code)
);
CREATE INDEX ix_subscriptions_plan_code ON subscriptions (plan_code);

INSERT INTO subscriptions (user_id, plan_code, started_at)
    SELECT id, CASE WHEN is_premium THEN 'pro' ELSE 'free' END, created_at
    FROM users;

-- @downgrade
DROP TABLE subscriptions;
