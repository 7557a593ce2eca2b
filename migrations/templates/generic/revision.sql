-- @revision %(rev)s
-- @parents %(parents)s
-- @depends %(depends)s
-- @labels %(labels)s
-- @created %(created)s
-- @dialect %(dialect)s
--
-- %(message)s

-- @upgrade
%(upgrade)s

-- @downgrade
%(downgrade)s
