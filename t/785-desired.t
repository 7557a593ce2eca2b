#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The desired schema: where it comes from, how it is loaded, what is left out, and
# what is made of it: check, revision --autogenerate, diff, schema dump and apply.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Time::HiRes ();

my $text = 'varchar(40)';
my $number = 0;

# A project whose key schema, and other keys, are these.
sub desired
{
    my ($db, $schema, %ini) = @_;
    $number = 0;
    return new_project(db => $db, ini => { schema => $schema, %ini });
}

# What check says, a line each, sorted.
sub check_says
{
    my ($want, $name, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $got = limbeck('check', @args);
    is_deeply [sort map { s/^create /add /r } grep { length } split /\n/, $got->{stdout}], [sort @$want], $name
        or diag "status $got->{status}\n$got->{stderr}";
    is $got->{status}, @$want ? 3 : 0, '... and its status';
}

# Only the file that was written last, and its text.
sub newest
{
    my ($project) = @_;
    my @files = glob $project->versions . '/*.sql';
    my %at = map { $_ => (Time::HiRes::stat($_))[9] } @files;
    my ($last) = sort { $at{$b} <=> $at{$a} } @files;
    return wantarray ? ($last, slurp($last)) : slurp($last);
}

sub generate
{
    my ($name, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return run_ok ['revision', '--autogenerate', '-m', $name, '--rev-id', sprintf('r%03d', ++$number), @args], $name;
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, "sql/**/*.sql,\n  last.sql");
    write_file('sql/a_orders.sql', "DROP TABLE users;\nBEGIN;\nCREATE TABLE orders (id int PRIMARY KEY, user_id int,\n"
        . "  FOREIGN KEY (user_id) REFERENCES users (id));\nCREATE VIEW open_orders AS SELECT * FROM orders;\nCOMMIT;\n");
    write_file('sql/deep/er/b.sql', "CREATE VIEW seen AS SELECT id FROM open_orders;\n");
    write_file('sql/z_users.sql', "-- The people.\nCREATE TABLE users (id int PRIMARY KEY, name $text);\n"
        . "INSERT INTO users VALUES (1, 'a');\nGRANT SELECT ON users TO public;\n");
    write_file('last.sql', "CREATE INDEX users_name ON users (name);\n");
    check_says(['add table orders', 'add table users', 'add view open_orders', 'add view seen',
        'add index users_name on users (name)'], 'files in any order, and from folders below');
    generate('everything');
    run_ok ['upgrade', 'head'], 'what was generated runs';
    check_says([], 'then nothing is left to do');
    run_err_like ['revision', '--autogenerate', '-m', 'x'], qr/No new upgrade operations/, 'nor to generate';
    is scalar(() = glob $project->versions . '/*'), 1, 'and no file is written for nothing';
    check_says([], 'nor are the revisions behind', '--against-migrations');
    $project->revision(id => 'late', parents => 'r001', upgrade => 'SELECT 1;', downgrade => '-- no');
    fails_with 1, qr/not at the head of the revisions.*Not applied: late.*upgrade heads/s, ['check'],
        'a database behind the heads is no measure';
    check_says([], 'but the revisions alone are', '--against-migrations');
    run_ok ['downgrade', 'base'], 'the way back runs';
    is_deeply [$db->user_tables], [], 'and leaves nothing';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'exec:cat model.sql; echo note >&2');
    write_file('model.sql', "CREATE TABLE a (id int PRIMARY KEY);\n");
    check_says(['add table a'], 'a command prints the schema, in the folder of limbeck.ini');
    write_file('model.sql', "\n");
    fails_with 1, qr/printed nothing/, ['check'], 'one that prints nothing is no schema without tables';
    unlink $project->path('model.sql');
    write_file('limbeck.ini', slurp($project->ini) =~ s/exec:.*/exec:echo secret >\/dev\/null; echo no model >&2; exit 4/r);
    my $got = limbeck('check');
    like $got->{stderr}, qr/failed with status 4.*It said: no model/s, 'what it says when it fails is told';
    unlike $got->{stderr}, qr/secret/, 'but not what it was, for that may hold a secret';

    write_file('limbeck.ini', slurp($project->ini) =~ s/exec:.*/exec:echo \$\$ > pid; sleep 100/r);
    my $run = limbeck_start('check');
    for (1 .. 200) { last if -s $project->path('pid'); select undef, undef, undef, 0.05 }
    $run->signal('INT');
    $got = $run->finish;
    is $got->{status}, 130, 'a command that takes long can be interrupted';
    ok $got->{seconds} < 60 && !kill(0, 0 + slurp($project->path('pid'))), 'and is ended';

    my $other = $db->fresh;
    $other->do('CREATE TABLE b (id int PRIMARY KEY)');
    desired($db, $other->url);
    check_says(['add table b'], 'another database is the schema');
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'one.sql two.sql');
    write_file('one.sql', "-- é\nCREATE TABLE a (id int PRIMARY KEY);\n\n  CREATE VIEW v AS SELECT nothing FROM a;\n");
    fails_with 2, qr/no file fits "two.sql"/, ['check'], 'a pattern that fits no file is an error';
    mkdir $project->path('two.sql');
    fails_with 2, qr/"two.sql" is a folder/, ['check'], 'so is a folder';
    rmdir $project->path('two.sql');
    write_file('two.sql', "CREATE TABLE b (id int PRIMARY KEY);\n");
    SKIP: {
        skip 'it looks into views when they are used', 1 if $db->engine eq 'sqlite';
        fails_with 1, qr/^one\.sql:4:\d+: error: .*\n\s+4 \|   CREATE VIEW v.*nothing was changed/ms, ['check'],
            'what the server refuses is shown where it is';
    }
    write_file('one.sql', "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE A (id int);\nCREATE TABLE c (id int;\n");
    fails_with 1, qr/^one\.sql:3:/m, ['check'], 'an open parenthesis too';
    unlink $project->path('limbeck.db');
    is_deeply [$db->tables], [], 'nothing of it has reached the database';
    write_file('limbeck.ini', slurp($project->ini) =~ s/^schema.*\n//mr);
    fails_with 2, qr/no desired schema.*Set schema/s, ['check'], 'without a schema there is none';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'schema.sql');
    my $users = "CREATE TABLE users (id int PRIMARY KEY, fullname $text, age int);\n";
    write_file('schema.sql', $users);
    generate('users');
    run_ok ['upgrade', 'head'], 'a table to rename';
    $db->do("INSERT INTO users VALUES (1, 'Ann', 7)");
    write_file('schema.sql', $users =~ s/fullname/name/r);
    fails_with 1, qr/users\.fullname may have been renamed to users\.name.*\@renamed fullname.*--rename users\.fullname=name.*--rename none/s,
        ['revision', '--autogenerate', '-m', 'x'], 'what may be a rename is asked about';
    run_ok ['revision', '--autogenerate', '-m', 'x', '--rename', 'none', '--rev-id', 'gone'], 'it need not be one';
    like newest($project), qr/DROP COLUMN/i, 'then the column goes';
    unlink newest($project);
    unlink glob $project->versions . '/gone*';
    fails_with 2, qr/there is no column "nick" before it/, ['revision', '--autogenerate', '-m', 'x', '--rename', 'users.nick=name'],
        'what is not there was not renamed';
    fails_with 2, qr/"users" is no rename/, ['revision', '--autogenerate', '-m', 'x', '--rename', 'users'], 'a rename has two names';
    generate('by option', '--rename', 'users.fullname=name');
    run_ok ['upgrade', 'head'], 'a rename by an option';
    is $db->value('SELECT name FROM users'), 'Ann', 'keeps the rows';
    check_says([], 'and converges');
    run_ok ['downgrade', '-1'], 'its way back';
    is $db->value('SELECT fullname FROM users'), 'Ann', 'keeps them too';
    unlink grep { /r00\d_by_option/ } glob $project->versions . '/*';
    write_file('schema.sql', "-- \@renamed users\nCREATE TABLE people (\n  id int PRIMARY KEY,\n"
        . "  -- \@renamed fullname\n  name $text,\n  age int\n);\n");
    generate('by hints');
    run_ok ['upgrade', 'head'], 'a table and its column renamed by hints';
    is $db->value('SELECT name FROM people'), 'Ann', 'keep the rows';
    check_says([], 'and converge; the hints that have done their work do no harm');
    run_ok ['downgrade', '-1'], 'their way back';
    is $db->value('SELECT fullname FROM users'), 'Ann', 'keeps them too';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'schema.sql', exclude => 'spatial_* audit.log, users.shadow tmp_index');
    my $audit = $db->engine eq 'postgresql' ? "CREATE SCHEMA audit;\nCREATE TABLE audit.log (id int);\n" : '';
    write_file('schema.sql', "CREATE TABLE users (id int PRIMARY KEY, name $text);\n");
    $db->do("CREATE TABLE users (id int PRIMARY KEY, name $text, shadow int)");
    $db->do('CREATE INDEX tmp_index ON users (name)');
    $db->do('CREATE TABLE spatial_ref (id int)');
    $db->do('CREATE TABLE limbeck_own (id int)');
    $db->do($_) for split /;\n/, $audit;
    write_file('schema.sql', slurp($project->path('schema.sql')) . ($audit ? "CREATE SCHEMA audit;\n" : ''));
    check_says([], 'what is excluded, and what is our own, is no difference');
    run_ok ['stamp', 'base'], 'nor are the tables of our own that hold rows';
    check_says([], 'in the database');
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'schema.sql');
    write_file('schema.sql', "CREATE TABLE a (id int PRIMARY KEY, b $text NOT NULL, UNIQUE (b));\n"
        . "CREATE TABLE c (id int PRIMARY KEY, a_id int, FOREIGN KEY (a_id) REFERENCES a (id));\n"
        . "CREATE VIEW v AS SELECT id FROM a;\nCREATE INDEX c_a ON c (a_id);\n");
    $project->revision(id => 'r1', upgrade => 'CREATE TABLE other (id int);', downgrade => 'DROP TABLE other;');
    my $got = json_of(['schema', 'apply']);
    is_deeply $got->{stamped}, ['r1'], 'schema apply stamps the head';
    is_deeply [sort $db->user_tables], [qw(a c)], 'and makes all tables';
    check_says([], 'as they are wanted');
    fails_with 1, qr/the database is not empty.*nothing was changed/s, ['schema', 'apply'], 'it refuses to do it twice';
    $db->do('DROP TABLE c');
    $db->do('CREATE TABLE mine (id int)');
    run_ok ['schema', 'apply', '--force'], 'but with --force';
    is_deeply [sort $db->user_tables], [qw(a c mine)], 'makes what is missing, and drops nothing';

    $db->do('DROP TABLE mine');
    run_ok ['schema', 'dump'], 'a dump';
    my $dump = limbeck('schema', 'dump')->{stdout};
    write_file('dump.sql', $dump);
    is limbeck('schema', 'dump')->{stdout}, $dump, 'is the same twice';
    is limbeck('schema', 'dump', '--of', 'dump.sql')->{stdout}, $dump, 'and of itself';
    run_ok ['diff', 'database', 'dump.sql'], 'and makes the same schema';
    run_ok ['schema', 'dump', '--split', 'split'], 'a dump in files';
    ok -e $project->path("split/$_"), "has $_" for qw(tables/a.sql tables/c.sql views/v.sql);
    run_ok ['diff', 'database', 'split/**'], 'which make the same schema';
    run_like ['schema', 'show', 'a'], qr/\bb\b/, 'schema show';
    fails_with 1, qr/there is no "aa" in the database.*Did you mean/s, ['schema', 'show', 'aa'], 'of what is not there';

    write_file('new.sql', $dump . "\nCREATE TABLE d (id int PRIMARY KEY);\n");
    fails_with 3, qr/differ: 1/, ['diff', 'dump.sql', 'new.sql'], 'files are compared';
    run_like ['diff', 'dump.sql', 'new.sql', '--sql'], qr/\A\s*CREATE TABLE .?d.? .*;\n\z/s, 'and the way from one to the other';
    fails_with 3, qr/differ: \d/, ['diff', 'r1', 'schema'], 'so are a revision and the schema';
    fails_with 1, qr/none/, ['diff', 'none', 'schema'], 'one that is not there is an error';
    run_like ['diff', 'base', 'r1', '--sql'], qr/CREATE TABLE .?other/, 'a revision and nothing';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = desired($db, 'schema.sql');
    my $old = "CREATE TABLE a (id int PRIMARY KEY, b $text NOT NULL, c int, UNIQUE (b, c));\n";
    my $new = "CREATE TABLE d (id int PRIMARY KEY, e int, f int, CONSTRAINT mine UNIQUE (f), FOREIGN KEY (e) REFERENCES a (id));\n"
        . "CREATE TABLE g (id int PRIMARY KEY, CHECK (id > 0));\n";
    write_file('schema.sql', $old);
    generate('before');
    run_ok ['upgrade', 'head'], 'before there are conventions';
    write_file('limbeck.ini', slurp($project->ini) . "naming.uq = uq_{table}_{columns}\nnaming.fk = fk_{table}_{referred_table}\n"
        . "naming.ck = ck_{table}\n");
    check_says([], 'what has a name already is not renamed');
    write_file('schema.sql', $old . $new);
    generate('named');
    my $sql = newest($project);
    like $sql, qr/CONSTRAINT .?fk_d_a.? FOREIGN KEY/, 'a foreign key gets the name of the convention';
    like $sql, qr/CONSTRAINT .?ck_g.? CHECK/, 'and so does a check';
    like $sql, qr/\bmine\b/, 'but not what has a name';
    run_ok ['upgrade', 'head'], 'they run';
    check_says([], 'and are no difference then');
    run_ok ['downgrade', '-1'], 'the way back runs';
});

for_each_engine(sub {
    my ($db) = @_;
    return plan skip_all => 'the other side of the pair' if $db->engine ne 'postgresql' || !grep { $_ eq 'sqlite' } engines();
    my $project = desired($db, 'schema.sql');
    $db->do('CREATE TABLE a (id int PRIMARY KEY, flag boolean NOT NULL, at timestamptz, name text)');
    my $sqlite = 'sqlite:///' . $project->path('other.db');
    write_file('other.sql', 'CREATE TABLE a (id int PRIMARY KEY, flag int NOT NULL, at timestamp, name text);');
    system('sqlite3', $project->path('other.db'), slurp($project->path('other.sql'))) == 0 or return;
    my $got = limbeck('diff', 'database', $sqlite);
    ok $got->{status} == 0 || $got->{status} == 3, 'two engines are compared by meaning' or diag $got->{stderr};
    fails_with 1, qr/no statements that lead/, ['diff', 'database', $sqlite, '--sql'], 'but nothing leads from one to the other';
});

done_testing;
