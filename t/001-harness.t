#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The test harness itself: databases on each engine, files, running a program,
# and that what must never pass a test does not pass.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(sub {
    my ($db) = @_;
    is_deeply [$db->tables], [], 'a fresh database is empty';
    $db->do("CREATE TABLE t (id integer PRIMARY KEY, name varchar(40));
        INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'NULL'), (4, '');
        INSERT INTO t VALUES (5, 'a & <b>'), (6, 'two\nlines'), (7, 'ä')");
    is_deeply $db->query('SELECT id, name FROM t ORDER BY id'),
        [[1, 'one'], [2, undef], [3, 'NULL'], [4, ''], [5, 'a & <b>'], [6, "two\nlines"], [7, 'ä']],
        'query returns rows and tells NULL from text';
    is_deeply $db->query("SELECT name FROM t WHERE id = 4; SELECT 'x' WHERE 1 = 0; SELECT 2"),
        [[''], [2]], 'rows of several statements';
    is $db->value('SELECT count(*) FROM t'), 7, 'value';
    is_deeply [$db->tables], ['t'], 'tables';
    is_deeply [$db->versions], [], 'versions without a version table';
    my $other = $db->fresh;
    isnt $other->url, $db->url, 'a further database is another one';
    is_deeply [$other->tables], [], 'and empty';
    ok !eval { $db->query('SELECT nothing FROM nowhere'); 1 }, 'a wrong statement dies';
    like $@, qr/nowhere/, 'with the reason';
});

my $project = new_project(ini => { dialect => 'sqlite' }, sections => "[test]\nurl = sqlite://\n");
file_is 'limbeck.ini', "[limbeck]\ndialect = sqlite\nscript_location = migrations\n"
    . "url = sqlite:///limbeck.db\n\n[test]\nurl = sqlite://\n", 'limbeck.ini of a new project';
my $path = revision_file($project, id => 'b2', parents => ['a1'], labels => 'blue',
    message => 'Add a table', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;',
    upgrade_args => 'no-transaction');
is $path, $project->versions . '/b2_add_a_table.sql', 'name of a revision file';
file_is $path, <<'END', 'text of a revision file';
-- @revision b2
-- @parents a1
-- @labels blue
--
-- Add a table

-- @upgrade no-transaction
CREATE TABLE t (id int);

-- @downgrade
DROP TABLE t;
END

# Runs a shell script in the program's place.
sub run_sh
{
    my ($script, %opt) = @_;
    return Limbeck::Run->start(program => ['sh', '-c', $script], dir => $project->dir, %opt)->finish;
}

my $run = run_sh('cat; echo "$A" >&2; pwd; exit 3', stdin => "in\n", env => { A => 'b' });
is $run->{status}, 3, 'status';
is $run->{stderr}, "b\n", 'environment and stderr';
like $run->{stdout}, qr{^in\n.*limbeck-test-\w+\n\z}, 'stdin, stdout and folder';
is $run->{problem}, undef, 'nothing to complain of';

like run_sh('kill -SEGV $$')->{problem}, qr/crashed by signal SEGV/, 'a crash';
like run_sh('exit 139')->{problem}, qr/crashed by signal SEGV/, 'a crash below a shell';
is run_sh('exit 130')->{problem}, undef, 'an interruption is no crash';
like run_sh('sleep 100', timeout => 1)->{problem}, qr/timed out after 1 s/, 'a time-out';
like run_sh('echo "x.c:1: runtime error: overflow" >&2')->{problem}, qr/sanitizer/, 'a sanitizer';
like run_sh("echo @{[Limbeck::Server->PASSWORD]}")->{problem}, qr/password/, 'a password';
like run_sh('test -t 0 && test -t 1 && test -t 2 && echo yes', tty => 1)->{stdout}, qr/yes/,
    'a terminal';

my $started = Limbeck::Run->start(program => ['sh', '-c', 'echo ready; sleep 100']);
ok $started->wait_for(qr/ready/), 'wait_for';
$run = $started->signal('TERM')->finish;
is $run->{signal}, 'TERM', 'a signal';
is $run->{problem}, undef, 'that the test sent is no crash';

ok !exists $ENV{DATABASE_URL}, 'DATABASE_URL is not passed on';
is normalize("at 2026-11-21T04:55:12Z 27c6a30d7c24_x took 0.01s"), 'at DATE ID_x took TIME', 'normalize';

done_testing;
