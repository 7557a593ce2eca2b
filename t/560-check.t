#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck check, as a person at a prompt and as a script sees it: its lines, its
# status, its JSON; what it needs, and that it writes nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $users = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(40) NOT NULL);\n";
my $posts = "CREATE TABLE posts (id int NOT NULL PRIMARY KEY, author int NOT NULL,\n"
    . "    CONSTRAINT posts_author FOREIGN KEY (author) REFERENCES users (id));\n";

sub start
{
    my ($db, %ini) = @_;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql', %ini });
    write_file('schema.sql', $users);
    return $project;
}

# A scratch takes PostgreSQL a quarter of a second: what has nothing to do with
# the engine is tried on this one.
sub quick { return $_[0]->engine eq 'sqlite' }

# Which files the project has, and what is in the database.
sub all_there_is
{
    my ($db) = @_;
    my $dir = project->dir;
    my @files = sort split /\n/, `cd '$dir' && find . -type f`;
    return [@files, $db->tables];
}

for_each_engine(sub {
    my ($db) = @_;
    start($db);
    write_file('schema.sql', $users . $posts);
    my $before = all_there_is($db);
    my $got = limbeck('check');
    is $got->{status}, 3, 'an empty database differs';
    is $got->{stdout}, "create table users\ncreate table posts\n", 'the changes in the order in which they can be made, on stdout';
    like $got->{stderr}, qr/^limbeck: error: new upgrade operations detected: 2\nhint: `limbeck revision --autogenerate/, 'what is wrong, and what to do';
    is limbeck('-q', 'check')->{stdout}, $got->{stdout}, '-q leaves the result alone' if quick($db);
    is_deeply all_there_is($db), $before, 'nothing was written';

    run_ok ['revision', '--autogenerate', '-m', 'first'], 'a revision';
    run_ok ['upgrade', 'head'], 'is applied';
    $before = all_there_is($db);
    $got = run_ok ['check'], 'now there is nothing to do';
    is $got->{stdout}, '', 'and nothing on stdout';
    is $got->{stderr}, "No new upgrade operations detected.\n", 'as Alembic says it';
    is limbeck('-q', 'check')->{stderr}, '', 'nothing at all with -q' if quick($db);
    is_deeply all_there_is($db), $before, 'nothing was written';

    $db->do('ALTER TABLE users ADD COLUMN extra int');
    $got = fails_with 3, qr/detected: 1$/m, ['check'], 'what somebody did by hand';
    is $got->{stdout}, "drop column users.extra\n", 'is what the desired schema lacks';
    like limbeck('--color', 'always', 'check')->{stdout}, qr/\e\[\S*drop column users\.extra/, 'in colour where that is asked for'
        if quick($db);
    my $value = json_of [{ status => 3 }, 'check'], 'as JSON';
    is_deeply [map { [@$_{qw(verb kind table name)}, $_->{destructive} ? 1 : 0] } @{ $value->{differences} }],
        [['drop', 'column', 'users', 'extra', 1]], 'it is marked destructive';
    ok !$value->{equal}, 'equal is false';
    $value = json_of ['check', '--against-migrations'], 'the revisions alone are as they should be';
    ok $value->{equal}, 'equal is true';
});

# Where the revisions are not all applied, or more are.
for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db);
    run_ok ['revision', '--autogenerate', '-m', 'users', '--rev-id', 'aaaa'], 'a first revision';
    my $before = all_there_is($db);
    my $got = fails_with 1, qr/the database is not at the head of the revisions\ndetail: Not applied: aaaa \(users\)\./,
        ['check'], 'a database behind';
    like $got->{stderr}, qr/hint: .*limbeck upgrade heads.*--against-migrations/, 'is told two ways out';
    is $got->{stdout}, '', 'and nothing else is said';
    is_deeply all_there_is($db), $before, 'nothing was made';
    run_ok ['check', '--against-migrations'], 'the revisions alone can be compared';
    is_deeply all_there_is($db), $before, 'and the database sees nothing of it';

    $project->revision(id => 'bbbb', parents => 'aaaa', message => 'left', upgrade => 'CREATE TABLE l (id int);', downgrade => 'DROP TABLE l;');
    $project->revision(id => 'cccc', parents => 'aaaa', message => 'right', upgrade => 'CREATE TABLE r (id int);', downgrade => 'DROP TABLE r;');
    run_ok ['upgrade', 'bbbb'], 'one of two heads';
    fails_with 1, qr/not at the heads of the revisions\ndetail: Not applied: cccc \(right\)\./, ['check'], 'is not all heads';
    run_ok ['upgrade', 'heads'], 'both heads';
    $got = fails_with 3, qr/detected: 2$/m, ['check'], 'can be compared';
    is $got->{stdout}, "drop table l\ndrop table r\n", 'with what both have made';
    is limbeck('check', '--against-migrations')->{stdout}, $got->{stdout}, 'and so can all revisions';

    unlink grep { /cccc/ } glob $project->versions . '/*';
    fails_with 1, qr/\bcccc\b/, ['check'], 'a database that is ahead of this checkout';
});

# A database that may only be read.
for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db);
    run_ok ['revision', '--autogenerate', '-m', 'users'], 'a revision';
    run_ok ['upgrade', 'head'], 'is applied';
    my $url = $db->url;
    if ($db->engine eq 'sqlite') {
        chmod 0444, $db->path;
        $url .= '?mode=ro';
    } elsif ($db->engine eq 'postgresql') {
        $url .= '?options=-c%20default_transaction_read_only%3Don';
        fails_with 1, qr/hint: .*scratch_url/, ['-u', $url, 'check'], 'where no scratch can be made, scratch_url is named';
        write_file('limbeck.ini', slurp('limbeck.ini') . 'scratch_url = ' . $db->url . "\n");
    } else {
        $db->admin("CREATE OR REPLACE USER reader\@'%' IDENTIFIED BY 'readerpass'; GRANT SELECT ON ${\$db->name}.* TO reader\@'%';"
            . " GRANT ALL ON `limbeck\\_scratch\\_%`.* TO reader\@'%'");
        $url =~ s{//[^@]*@}{//reader:readerpass@};
    }
    run_ok ['-u', $url, 'check'], 'a database that this user may only read';
    $db->admin("DROP USER reader\@'%'") if $db->engine eq 'mysql';
});

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    new_project(ini => { schema => 'schema.sql', url => 'sqlite:///none/at/all.db' });
    write_file('schema.sql', $users);
    my $got = limbeck('check');
    ok $got->{status} == 1 || $got->{status} == 3, 'a database that is not there';
    ok !-e project->path('none'), 'is not made';
    fails_with 3, qr/detected: 1$/m, ['check', '--against-migrations'], 'and is not asked for';
    new_project(ini => { schema => 'schema.sql' });
    write_file('schema.sql', $users);
    fails_with 3, qr/detected: 1$/m, ['check'], 'one that could be made counts as empty';
    ok !-e project->path('limbeck.db'), 'and is not made';
    fails_with 3, qr/detected: 1$/m, ['-u', 'sqlite://', 'check', '--against-migrations'], 'nor with one in memory';

    # A schema of another engine, and a URL that is wrong.
    for my $other (grep { $_ ne 'sqlite' } engines()) {
        my $server = Limbeck::Database->create($other);
        write_file('limbeck.ini', "[limbeck]\nschema = ${\$server->url}\n");
        fails_with 2, qr/the database is of sqlite, and the desired schema of \w+\nhint: .*limbeck diff/, ['check'], "a schema in $other";
    }
    write_file('limbeck.ini', "[limbeck]\nschema = nosuch://host/db\n");
    fails_with 2, qr/nosuch/, ['check'], 'a schema in an engine that has no driver';
    fails_with 2, qr/check does not know what to do with "head"/, ['check', 'head'], 'an argument too many';
});
done_testing;
