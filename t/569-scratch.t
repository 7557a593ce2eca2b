#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The scratch: nothing of it is left behind, however a command ends; where the role
# may make none, and scratch_url.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Slow;
use Limbeck::Test;

my $t = "CREATE TABLE t (id int NOT NULL PRIMARY KEY);\n";

# The scratch databases that there are on the server.
sub scratches
{
    my ($db) = @_;
    return () if $db->engine eq 'sqlite';
    my $sql = $db->engine eq 'postgresql' ? q{SELECT datname FROM pg_database WHERE datname LIKE 'limbeck\_scratch\_%'}
        : q{SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'limbeck\_scratch\_%'};
    return sort map { $_->[0] } @{ $db->query($sql) };
}

# Those that are there and stay: other tests on this server have theirs for a moment.
sub left
{
    my ($db) = @_;
    my @left = scratches($db);
    for (1 .. 100) {
        last unless @left;
        select undef, undef, undef, 0.1;
        my %still = map { $_ => 1 } scratches($db);
        @left = grep { $still{$_} } @left;
    }
    return @left;
}

# Runs it with a folder of its own for temporary files.
sub in_tmp
{
    my ($project) = @_;
    mkdir $project->path('tmp');
    return { env => { TMPDIR => $project->path('tmp'), SQLITE_TMPDIR => $project->path('tmp') } };
}

sub nothing_left
{
    my ($db, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is_deeply [left($db), glob project->path('tmp/*')], [], $name;
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql' });
    my $tmp = in_tmp($project);
    write_file('schema.sql', $t);
    my $before = join ' ', $db->tables;
    if ($db->engine eq 'postgresql') {
        $project->revision(id => 'aaaa', upgrade => $t, downgrade => 'DROP TABLE t;');
    } else {
        fails_with 3, qr/detected: 1/, [$tmp, 'check'], 'check';
        run_ok [$tmp, 'revision', '--autogenerate', '-m', 'x', '--rev-id', 'aaaa'], 'autogenerate';
    }
    run_ok [$tmp, 'test'], 'test';
    run_ok [$tmp, 'diff', 'head', 'schema'], 'diff, with two at once';
    is join(' ', $db->tables), $before, 'the database sees nothing of it';
    nothing_left($db, 'nothing is left after success');

    write_file('schema.sql', "${t}CREATE TABLE u (id int;\n");
    fails_with 1, qr/^schema\.sql:2:/m, [$tmp, 'check', '--against-migrations'], 'a schema that is broken';
    $project->revision(id => 'bbbb', parents => 'aaaa', upgrade => "CREATE TABLE v (id int);\nINSERT INTO nowhere VALUES (1);", downgrade => '');
    fails_with 1, qr/did not pass/, [$tmp, 'test'], 'a revision that fails';
    nothing_left($db, 'nothing is left after failure');
});

# A run that is interrupted, and one that is killed.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql' });
    my $tmp = in_tmp($project);
    write_file('schema.sql', $t);
    my $slow = $db->engine eq 'postgresql' ? 'SELECT pg_sleep(1.5);' : $db->engine eq 'mysql' ? 'DO SLEEP(1.5);' : endless_sql($db);
    $project->revision(id => 'aaaa', upgrade => "$t$slow", downgrade => 'DROP TABLE t;');
    for my $signal (qw(INT TERM)) {
        next if $signal eq 'TERM' && $db->engine ne 'sqlite';
        my $run = limbeck_start($tmp, '-vv', 'test');
        ok $run->wait_for(qr/scratch \(/), 'a test runs';
        select undef, undef, undef, 0.7;
        my $got = $run->signal($signal)->finish;
        is $got->{status}, 130, "SIG$signal ends it";
        nothing_left($db, 'nothing is left after it');
    }
    my $run = limbeck_start($tmp, '-vv', 'test');
    ok $run->wait_for(qr/scratch \(/), 'another test runs';
    select undef, undef, undef, 0.3;
    $run->signal('KILL')->finish;
    if ($db->engine ne 'sqlite') {
        # The server looks for its client when the statement is over.
        my @left = map { "'$_'" } scratches($db);
        ok scalar(@left), 'that was killed left its scratch';
        my $sessions = $db->engine eq 'postgresql' ? 'pg_stat_activity WHERE datname' : 'information_schema.processlist WHERE db';
        for (1 .. 100) {
            last unless $db->value("SELECT count(*) FROM $sessions IN (@{[join ', ', @left]})");
            select undef, undef, undef, 0.1;
        }
    }
    fails_with 3, qr/differ: 1/, [$tmp, 'diff', 'base', 'schema'], 'the next run';
    nothing_left($db, 'finds what SIGKILL has left, and drops it');
    is_deeply [$db->user_tables], [], 'the database has seen nothing';
});

# Two at once do not take each other's for abandoned.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql' });
    write_file('schema.sql', $t);
    my @runs = map { limbeck_start('check') } 1 .. 3;
    is_deeply [map { my $got = $_->finish; $got->{status} == 3 ? 3 : "$got->{status} $got->{stderr}" } @runs], [(3) x 3], 'three checks at the same time';
    nothing_left($db, 'leave nothing');
});

# What belongs to others by its name alone is not dropped.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    new_project(db => $db, ini => { schema => 'schema.sql' });
    write_file('schema.sql', $t);
    my $name = "limbeck_scratch_of_mine_$$";
    $db->admin("CREATE DATABASE $name");
    fails_with 3, qr/detected: 1/, ['check'], 'a check';
    ok scalar(grep { $_ eq $name } scratches($db)), 'does not drop a database that is only named likewise';
    $db->admin("DROP DATABASE $name");
});

sub as_role
{
    my ($url, $role) = @_;
    return $url =~ s{//[^/\@]*\@}{//$role:rolepass\@}r;
}

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $role = "poor_$$";
    $db->admin("CREATE ROLE $role LOGIN PASSWORD 'rolepass'; ALTER DATABASE ${\$db->name} OWNER TO $role");
    $db->do("ALTER SCHEMA public OWNER TO $role");
    my $project = new_project(ini => { schema => 'schema.sql', url => as_role($db->url, $role) });
    write_file('schema.sql', "CREATE VIEW v AS SELECT * FROM u;\n${t}CREATE TABLE u (id int REFERENCES t);\n");
    fails_with 3, qr/detected: 3/, ['check'], 'a role without CREATEDB';
    run_ok ['revision', '--autogenerate', '-m', 'x', '--rev-id', 'aaaa'], 'can autogenerate';
    run_ok ['upgrade', 'head'], 'and run that';
    $db->do('INSERT INTO t VALUES (1)');
    run_ok ['check'], 'and check again';
    is_deeply [$db->value('SELECT count(*) FROM t'), $db->value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'limbeck%'")], [1, 0],
        'the rows are there, and nothing is left';
    $project->revision(id => 'bbbb', parents => 'aaaa', upgrade => '', downgrade => '');
    run_ok ['upgrade', 'head'], 'a second revision';
    my $refused = qr/can't make a scratch database: .*\nhint: Give the role CREATEDB, or name an empty database in scratch_url\./;
    for my $args (['test'], ['check', '--against-migrations'], ['stamp', '--verify', 'head'], ['squash', 'aaaa:bbbb']) {
        fails_with 1, $refused, $args, "$args->[0]: revisions need a database of their own";
    }
    $db->do('CREATE SCHEMA app; CREATE TABLE app.x (id int)');
    fails_with 1, qr/schema "app" beside the default one\nhint: .*scratch_url/, ['check'], 'objects in two schemas too';
    $db->do('DROP SCHEMA app CASCADE');
    # A database where it may.
    my $other = $db->fresh;
    write_file('limbeck.ini', slurp('limbeck.ini') . 'scratch_url = ' . $other->url . "\n");
    run_ok $_, "with scratch_url: @$_" for ['test'], ['check', '--against-migrations'];
    nothing_left($db, 'nothing is left');
    is_deeply [$other->tables], [], 'there neither';
    for my $bad (['scratch_url = sqlite://', qr/scratch_url is of sqlite, and the database of postgresql/, 2],
        ['scratch_url = postgresql://me:hunter2@127.0.0.1:1/x', qr/hint: The scratch_url is postgresql:\/\/me\@127\.0\.0\.1:1\/x/, 1]) {
        write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^scratch_url.*/$bad->[0]/mr);
        my $got = fails_with $bad->[2], $bad->[1], ['check'], 'a scratch_url that is of no use';
        unlike $got->{stderr}, qr/hunter2/, 'whose password is not shown';
    }
    # A role that may only read.
    $db->admin("CREATE ROLE reader_$$ LOGIN PASSWORD 'rolepass'");
    $db->do("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_$$");
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^scratch_url.*\n//mr =~ s/$role/reader_$$/r);
    fails_with 1, qr/hint: The role may create no database, .*scratch_url/, ['check'], 'a role that may only read is told what to do';
    write_file('limbeck.ini', slurp('limbeck.ini') . 'scratch_url = ' . $other->url . "\n");
    run_ok ['check'], 'and can do it';
    $db->admin("ALTER DATABASE ${\$db->name} OWNER TO CURRENT_USER");
    $db->do("REASSIGN OWNED BY $role TO CURRENT_USER; DROP OWNED BY $role; DROP OWNED BY reader_$$; DROP ROLE $role; DROP ROLE reader_$$");
});

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $user = "poor_$$";
    $db->admin("CREATE USER '$user'\@'%' IDENTIFIED BY 'rolepass'; GRANT ALL ON ${\$db->name}.* TO '$user'\@'%'");
    new_project(ini => { schema => 'schema.sql', url => as_role($db->url, $user) });
    write_file('schema.sql', $t);
    my $got = fails_with 1, qr/\nhint: GRANT ALL ON `limbeck\\_scratch\\_%`\.\* to the user of the URL, or name .*scratch_url/, ['check'], 'a user who may not create databases';
    write_file('limbeck.ini', slurp('limbeck.ini') . 'scratch_url = ' . $db->url . "\n");
    fails_with 3, qr/detected: 1/, ['check'], 'scratch_url helps';
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^scratch_url.*\n//mr);
    $db->admin("GRANT ALL ON `limbeck\\_scratch\\_%`.* TO '$user'\@'%'");
    fails_with 3, qr/detected: 1/, ['check'], 'and so does the grant that was named';
    nothing_left($db, 'nothing is left');
    $db->admin("DROP USER '$user'\@'%'");
});
done_testing;
