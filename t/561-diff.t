#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck diff A B: sides of all kinds, the statements that lead from one to the
# other, renames, and the parity of two engines.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $t = "CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20));\n";
my $u = "CREATE TABLE u (id int NOT NULL PRIMARY KEY, t_id int,\n    CONSTRAINT u_t FOREIGN KEY (t_id) REFERENCES t (id));\n";

sub start
{
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'want/*.sql' });
    write_file('want/t.sql', $t);
    write_file('want/u.sql', $u);
    $project->revision(id => 'aaaa', upgrade => $t, downgrade => 'DROP TABLE t;');
    $project->revision(id => 'bbbb', parents => 'aaaa', labels => 'blue', upgrade => "ALTER TABLE t ADD COLUMN extra int;\n$u",
        downgrade => "DROP TABLE u;\nALTER TABLE t DROP COLUMN extra;");
    return $project;
}

# The lines of a diff, and that its status says whether there are any.
sub differs
{
    my ($args, $want, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $got = limbeck('diff', @$args);
    is $got->{stdout}, join('', map { "$_\n" } @$want), $name or diag $got->{stderr};
    is $got->{status}, @$want ? 3 : 0, '... and its status' or diag $got->{stderr};
    return $got;
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db);
    my $extra = 'drop column t.extra';
    differs(['head', 'schema'], [$extra], 'a revision and the desired schema');
    differs(['schema', 'head'], [$extra =~ s/drop/add/r . ($db->engine eq 'postgresql' ? ' integer' : $db->engine eq 'mysql' ? ' int(11)' : ' int')],
        'the other way round');
    differs(['want/*.sql', 'schema'], [], 'a pattern of files');
    chdir $project->path('want') or die;
    my $got = Limbeck::Run->start(args => ['diff', 't.sql', 'aaaa'], dir => $project->path('want'))->finish;
    chdir '/';
    is $got->{status}, 0, 'paths on the command line start at the current folder' or diag $got->{stderr};
    is $got->{stderr}, "No difference.\n", 'that there is none is said';
    differs(['base', 'aaaa'], ['create table t'], 'the base, and a revision by its id');
    differs(['blue-1', 'blu'], ['add column t.extra' . ($db->engine eq 'postgresql' ? ' integer' : $db->engine eq 'mysql' ? ' int(11)' : ' int'),
        'create table u'], 'a revision relative to a label, and a label cut short') if $db->engine ne 'postgresql';
    my $other = $db->fresh;
    $other->do($t);
    $got = differs(['database', $other->url], ['create table t'], 'the database, and another by its URL');
    like $got->{stderr}, qr/the database and \w+:.* differ: 1|database and \w+:.* differ: 1/, 'in which no password is shown';
    is_deeply [$db->tables], [], 'nothing is made in the database';
    is_deeply [$other->tables], ['t'], 'nor in the other';

    fails_with 1, qr/no revision or label is called "nowhere"/, ['diff', 'nowhere', 'schema'], 'a revision that there is not';
    fails_with 2, qr/no file fits "none\.sql"/, ['diff', 'none.sql', 'schema'], 'a file that there is not';
    fails_with 2, qr/diff needs two schemas to compare/, ['diff', 'schema'], 'one side';
    fails_with 2, qr/does not know what to do with "c"/, ['diff', 'a', 'b', 'c'], 'three';
    fails_with 1, qr/^limbeck: error: .*(?:none|no_such_database)/, ['diff', $db->engine eq 'sqlite' ? 'sqlite:///none.db'
        : $other->url =~ s/lt_\w+/no_such_database/r, 'schema'], 'a database that there is not';
});

# --sql: the statements do what they say.
for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db);
    my $live = $db->fresh;
    $live->do("CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20), extra int);\nINSERT INTO t VALUES (1, 'one', 2);\n"
        . 'CREATE TABLE gone (id int);');
    write_file('want/u.sql', $u =~ s/t_id int,/t_id int DEFAULT 7,/r);
    my $got = run_ok ['diff', $live->url, 'schema', '--sql'], 'statements';
    like $got->{stdout}, qr/^CREATE TABLE .?u\b/m, 'that create';
    like $got->{stdout}, qr/^-- destructive:.*\n.*DROP TABLE .?gone/m, 'and drop, marked as such';
    $live->do($got->{stdout} =~ s/^-- \@.*\n//mgr);
    differs([$live->url, 'schema'], [], 'which lead there');
    is $live->value('SELECT name FROM t'), 'one', 'with the rows';
    is limbeck('diff', $live->url, 'schema', '--sql')->{stdout}, '', 'then there are none left' if $db->engine ne 'postgresql';

    $live->do('ALTER TABLE t DROP COLUMN name; ALTER TABLE t ADD COLUMN title varchar(20); UPDATE t SET title = \'two\'');
    $got = run_ok ['diff', $live->url, 'schema', '--sql', '--rename', 't.title=name'], 'a rename';
    $live->do($got->{stdout} =~ s/^-- \@.*\n//mgr);
    is $live->value('SELECT name FROM t'), 'two', 'keeps the values';
    my $value = json_of [{ status => 3 }, 'diff', 'base', 'schema'], 'as JSON';
    is_deeply [map { "$_->{verb} $_->{kind} $_->{name}" } @{ $value->{differences} }], ['create table t', 'create table u'], 'changes in order';
    is_deeply $value->{differences}[1]{after}{attributes}, {}, 'a table of no special kind has no attributes' if $db->engine eq 'sqlite';
    fails_with 2, qr/"t\.title" is no rename/, ['diff', $live->url, 'schema', '--rename', 't.title'], 'half a rename';
    fails_with 2, qr/there is no column "title" before it/, ['diff', $live->url, 'schema', '--rename', 't.title=name'], 'a rename of nothing';
});

# The same schema as people would write it for production and for the tests.
my %shop = (
    postgresql => <<'END',
CREATE TABLE customers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    name text,
    vip boolean DEFAULT false NOT NULL,
    balance numeric(10,2) DEFAULT 0 NOT NULL,
    born date,
    created_at timestamptz NOT NULL,
    avatar bytea,
    settings jsonb
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    weight double precision
);
CREATE INDEX orders_customer ON orders (customer_id);
END
    sqlite => <<'END',
CREATE TABLE customers (
    id integer PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    name text,
    vip boolean DEFAULT 0 NOT NULL,
    balance numeric(10,2) DEFAULT 0 NOT NULL,
    born date,
    created_at timestamp NOT NULL,
    avatar blob,
    settings json
);
CREATE TABLE orders (
    id bigint NOT NULL PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    weight double
);
CREATE INDEX orders_customer ON orders (customer_id);
END
    mysql => <<'END',
CREATE TABLE customers (
    id int PRIMARY KEY AUTO_INCREMENT,
    email varchar(255) NOT NULL UNIQUE,
    name text,
    vip boolean DEFAULT false NOT NULL,
    balance decimal(10,2) DEFAULT 0 NOT NULL,
    born date,
    created_at datetime(6) NOT NULL,
    avatar longblob,
    settings json
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id int NOT NULL,
    weight double,
    CONSTRAINT x FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);
CREATE INDEX orders_customer ON orders (customer_id);
END
);

my %built = map { $_ => 1 } engines();
for my $pair (['postgresql', 'sqlite'], ['mysql', 'sqlite'], ['postgresql', 'mysql']) {
    my ($one, $two) = @$pair;
    next unless $built{$one} && $built{$two};
    for_each_engine(engines => [$one], sub {
        my ($a) = @_;
        my $b = Limbeck::Database->create($two);
        new_project(db => $a);
        $a->do($shop{$one});
        $b->do($shop{$two});
        my $got = limbeck('diff', $a->url, $b->url);
        is $got->{stdout}, '', "the same meant in $one and $two";
        is $got->{status}, 0, 'is no difference';
        is $got->{stderr}, "Both mean the same.\n", 'as it says';
        $a->do('ALTER TABLE customers ADD COLUMN phone varchar(20); DROP INDEX orders_customer' . ($one eq 'mysql' ? ' ON orders' : ''))
            if $one ne 'mysql';
        $a->do('ALTER TABLE customers ADD COLUMN phone varchar(20)') if $one eq 'mysql';
        $b->do('CREATE TABLE invoices (id int NOT NULL PRIMARY KEY)');
        $b->do($two eq 'sqlite' ? 'ALTER TABLE orders ADD COLUMN note text' : 'ALTER TABLE orders MODIFY weight int, ADD COLUMN note text');
        $got = fails_with 3, qr/differ: \d+$/m, ['diff', 'database', $b->url], 'what differs is told';
        my $server = $one eq 'mysql' ? 'm\w+' : $one;
        like $got->{stdout}, qr/^column customers\.phone: only in $server$/m, 'a column that one has';
        like $got->{stdout}, qr/^table invoices: only in \w+$/m, 'a table that the other has';
        like $got->{stdout}, qr/^column orders\.note: only in \w+$/m, 'a column that the other has';
        like $got->{stdout}, qr/^orders\.weight: .+ in \w+, .+ in \w+$/m, 'a type that is another' if $two eq 'mysql';
        my $value = json_of [{ status => 3 }, 'diff', 'database', $b->url], 'as JSON';
        ok $value->{parity}, 'it says that meanings were compared';
        is_deeply [sort map { $_->{text} } @{ $value->{differences} }], [sort split /\n/, $got->{stdout}], 'with the same lines';
        fails_with 1, qr/there are no statements that lead from \w+ to \w+/, ['diff', 'database', $b->url, '--sql'], 'nothing leads from one to the other';
    });
}
done_testing;
