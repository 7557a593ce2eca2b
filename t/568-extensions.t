#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck extensions: creates what is missing, and does nothing where an engine has
# no such thing; extensions in a desired schema.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(engines => [grep { $_ ne 'postgresql' } engines()], sub {
    my ($db) = @_;
    new_project(db => $db);
    my $got = run_ok ['extensions', 'citext', 'hstore'], 'on an engine that has none';
    like $got->{stderr}, qr/^notice: \w+ has no extensions: there is nothing to create\n\z/, 'it says so';
    is_deeply json_of(['extensions', 'citext']), { created => [], kept => [] }, 'as JSON';
    is_deeply [$db->tables], [], 'and does nothing';
    fails_with 2, qr/extensions needs the extensions/, ['extensions'], 'without a name';
});

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $there = sub { join ' ', map { $_->[0] } @{ $db->query("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1") } };
    plan skip_all => 'no contrib modules here' if $db->value("SELECT count(*) FROM pg_available_extensions WHERE name IN ('citext', 'hstore', 'uuid-ossp')") < 3;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql' });
    $db->do('CREATE EXTENSION hstore');
    my $got = run_ok ['extensions', 'citext', 'hstore', 'citext'], 'one that is missing, and one that is not';
    is $got->{stderr}, "  Keeping hstore ...  done\n  Creating citext ...  done\n", 'what was done';
    is $there->(), 'citext hstore', 'both are there';
    is_deeply json_of(['extensions', 'citext', 'uuid-ossp']), { created => ['uuid-ossp'], kept => ['citext'] }, 'a name that must be quoted';
    $got = run_ok ['extensions', 'plpgsql'], 'one that is always there';
    $got = fails_with 1, qr/error: extension "nosuch" is not available.*^hint: The server must have the extension "nosuch" installed/ms, ['extensions', 'nosuch', 'citext'], 'one that the server does not have';
    is $there->(), 'citext hstore uuid-ossp', 'the others stay';

    # In the desired schema.
    write_file('schema.sql', "CREATE TABLE t (id uuid DEFAULT uuid_generate_v4(), name citext);\nCREATE EXTENSION \"uuid-ossp\";\nCREATE EXTENSION IF NOT EXISTS citext;\n");
    $got = fails_with 3, qr/detected: 2$/m, ['check'], 'a schema with extensions, in any order';
    is $got->{stdout}, "create table t\ndrop extension hstore\n" =~ s/^(.*\n)(.*\n)/$got->{stdout} =~ m{^drop} ? "$2$1" : "$1$2"/er, 'their objects are theirs';
    run_ok ['revision', '--autogenerate', '-m', 'x'], 'a revision';
    run_ok ['upgrade', 'head'], 'runs';
    is $there->(), 'citext uuid-ossp', 'and drops the one that is not wanted';
    my $fresh = $db->fresh;
    run_ok ['-u', $fresh->url, 'schema', 'apply'], 'apply';
    run_ok ['diff', 'database', $fresh->url], 'makes them first';
});
done_testing;
