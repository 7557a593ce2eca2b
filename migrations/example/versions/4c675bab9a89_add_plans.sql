-- @revision 4c675bab9a89
-- @parents 9cc5d517dc36
-- @labels billing
-- @created 2025-09-01T09:00:26Z
--
-- Add plans
--
-- The first revision of the branch "billing", which was made while others
-- worked on interviews and tasks. The label is another name of this revision:
-- `limbeck upgrade billing` goes as far as here.

-- @upgrade
CREATE TABLE plans (
    code varchar(20) NOT NULL,
    name varchar(60) NOT NULL,
    price_cents integer NOT NULL,
    interviews_per_month integer,
    CONSTRAINT pk_plans PRIMARY KEY (code),
    CONSTRAINT uq_plans_name UNIQUE (name),
    CONSTRAINT ck_plans_price_cents CHECK (price_cents >= 0)
);

-- @downgrade
DROP TABLE plans;
