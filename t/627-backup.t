#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# upgrade --backup PATH: a copy of the database before the first statement; without a
# copy nothing is done.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Server;

my %program = (postgresql => ['pg_dump'], mysql => ['mariadb-dump', 'mysqldump']);

sub make
{
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int, x varchar(20));\nINSERT INTO t VALUES (1, 'before');", downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => "UPDATE t SET x = 'after';", downgrade => "UPDATE t SET x = 'before';");
    run_ok ['upgrade', 'a1'], 'the first revision';
    return $project;
}

# What the copy holds, in an empty database.
sub restored
{
    my ($db, $path) = @_;
    my $copy = $db->fresh;
    if ($db->engine eq 'sqlite') {
        my $from = slurp($path);
        write_file($copy->path, $from);
    } else {
        my $sql = slurp($path) =~ s/^\\(?:un)?restrict .*$//gmr;
        $copy->do($sql);
    }
    return $copy;
}

sub files { return sort map { s{.*/}{}r } glob project->path('*.backup*') }

for_each_engine(sub {
    my ($db) = @_;
    my $needed = $program{ $db->engine };
    plan skip_all => "no $needed->[0] here" if $needed && !Limbeck::Server::find_program($needed);
    make($db);
    my $path = 'x.backup';
    my $run = run_ok ['upgrade', 'head', '--backup', $path], 'upgrade with a backup';
    like $run->{stderr}, qr/the database was copied to x\.backup/, 'says so';
    is $db->value('SELECT x FROM t'), 'after', 'the database is changed';
    is_deeply [files()], ['x.backup'], 'the file is there, and no other';
    is((stat project->path($path))[2] & 0777, 0600, 'for the user alone');
    my $copy = restored($db, $path);
    is $copy->value('SELECT x FROM t'), 'before', 'it holds what was there before';
    is_deeply [$copy->versions], ['a1'], 'with our own tables';

    my $before = slurp($path);
    run_ok ['downgrade', 'a1'], 'back';
    fails_with 1, qr/error: the backup file x\.backup exists already.*nothing was done/s,
        ['upgrade', 'head', '--backup', $path], 'a file that exists is not overwritten';
    is slurp($path), $before, 'it is as it was';
    is_deeply [$db->versions], ['a1'], 'and nothing was done';
    fails_with 1, qr{error: .*nosuch/y\.backup.*nothing was done}s, ['upgrade', 'head', '--backup', 'nosuch/y.backup'],
        'a folder that does not exist';
    is_deeply [$db->versions], ['a1'], 'nothing was done';

    my $json = json_of ['upgrade', 'head', '--backup', 'y.backup'], 'with --json';
    is scalar @{ $json->{steps} }, 1, 'the steps are reported as ever';
    run_err_like ['upgrade', 'head', '--backup', 'z.backup'], qr/Nothing to do/, 'where nothing is to be done';
    is_deeply [files()], [qw(x.backup y.backup)], 'there is no backup';
    fails_with 2, qr/--sql and --backup exclude each other/, ['upgrade', 'head', '--sql', '--backup', 'z.backup'], 'a script has none';
});

# The programs: none, and one that fails after half of its work, and shows what it was given.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db);
    my ($password) = $db->url =~ m{//[^:]+:([^@]+)@};
    mkdir project->path('bin');
    my %env = (PATH => project->path('bin'));
    fails_with 1, qr/error: there is no program (?:pg_dump|mysqldump).*no backup, so nothing was done/s,
        [{ env => \%env }, 'upgrade', 'head', '--backup', 'x.backup'], 'no such program';
    is_deeply [$db->versions], ['a1'], 'nothing was done';
    is_deeply [files()], [], 'no file is left';
    for my $name ('pg_dump', 'mariadb-dump', 'mysqldump') {
        my $bin = write_file("bin/$name", <<'SH');
#!/bin/sh
for a; do case $a in --file=*|--result-file=*) f=${a#*=};; esac; done
echo half > "$f"
echo "$@" > "$ARGS"
echo "it broke: password $PGPASSWORD$MYSQL_PWD" >&2
exit 7
SH
        chmod 0755, project->path("bin/$name");
    }
    my $args = project->path('args');
    my $run = fails_with 1, qr/error: (?:pg_dump|mariadb-dump|mysqldump) failed with status 7.*no backup, so nothing was done.*detail: it broke: password \*\*\*/s,
        [{ env => { %env, PATH => project->path('bin') . ":/bin:/usr/bin", ARGS => $args } }, 'upgrade', 'head', '--backup', 'x.backup'],
        'a program that fails';
    is_deeply [$db->versions], ['a1'], 'nothing was done';
    is_deeply [files()], [], 'what it has made is removed';
    unlike slurp('args'), qr/\Q$password\E/, 'the password is not on its command line';
});

done_testing;
