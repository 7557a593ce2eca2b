-- @revision 4b1cfbac24c3
-- @parents 317df584ea1d e3e9ea9bbbca
-- @created 2025-10-13T09:57:05Z
--
-- Merge the billing branch with the work on interviews and tasks
--
-- Nothing to run: this only joins the two branches to one head again.

-- @upgrade

-- @downgrade
-- Nothing to undo: the two branches are heads again.
