# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Slow: statements that keep a server busy for a while.

package Limbeck::Slow;

use strict;
use warnings;

use Exporter 'import';
our @EXPORT = qw(slow_sql endless_sql);

# About so many seconds. SQLite can't sleep, so there it is a count of some
# millions, whose time depends on the machine.
sub slow_sql
{
    my ($db, $seconds) = @_;
    return "SELECT pg_sleep($seconds);\n" if $db->engine eq 'postgresql';
    return "SELECT SLEEP($seconds);\n" if $db->engine eq 'mysql';
    return 'SELECT count(*) FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c'
        . ' WHERE n < ' . int($seconds * 8_000_000) . ") SELECT n FROM c);\n";
}

# Longer than any test: one that must be stopped.
sub endless_sql { return slow_sql($_[0], 1000) }

1;
