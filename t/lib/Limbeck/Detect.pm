# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Detect: the table test of autogenerate.
#
# A case is a small schema before and after, in the engine's SQL; many cases share
# a database and a revision, so each uses names of its own. Of each it is checked
# that the difference is seen (and how it is told); of all together that the
# generated revision leads to what the engine itself makes of `after`, that check
# is silent then, that the rows are still there, and that the downgrade leads back.
#
#     detect($db, 'columns', [
#         { name => 'a column is added',
#           before => 'CREATE TABLE c1 (id int)',
#           rows   => 'INSERT INTO c1 VALUES (1)',
#           after  => 'CREATE TABLE c1 (id int, name text)',
#           keep   => 'SELECT id FROM c1',
#           sees   => ['add column c1.name'] },
#     ]);
#
# before, after and rows are SQL without the last semicolon, or lists of such.
# keep: queries with the same answer before, after the upgrade, and (unless `lossy`)
# after the downgrade. sees: beginnings or patterns (qr//) of lines of `check`;
# default: at least one line names one of the case's `names` (default: the words
# after CREATE TABLE and the like). sql: patterns that the revision's upgrade must
# have; not_sql: must not have. rename: values of --rename. fill: a hash, text after
# @decide (a pattern) => the value to put in the place of the mark. destructive: the
# change must be marked so; by default it must not; undef: either.

package Limbeck::Detect;

use strict;
use warnings;

use Exporter 'import';
use JSON::PP ();
use Limbeck::Database;
use Limbeck::Dump;
use Limbeck::Test;
use Test::More;

our @EXPORT = qw(detect on_engine group c column done_cases);

my ($engine, $count, $columns) = (undef, 0, 0);

# Which engine the groups of this file are for.
sub on_engine
{
    ($engine) = @_;
    my $why = Limbeck::Database->why_not($engine);
    skip_or_bail($why) if $why;
}

# A group of cases in a database of its own.
sub group
{
    my ($title, @cases) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $db = Limbeck::Database->create($engine);
    $count += @cases;
    detect($db, $title, \@cases);
    $db->drop;
}

sub c
{
    my ($name, $before, $after, %opt) = @_;
    return { name => $name, before => $before, after => $after, %opt };
}

# A table T with a row whose column v changes from one definition to another. What
# else there is, in `besides`, may name the table as T.
sub column
{
    my ($name, $from, $to, $value, %opt) = @_;
    my $table = 'col' . ++$columns;
    my @besides = map { s/\bT(?=\b|_)/$table/gr } @{ delete $opt{besides} // [] };
    my $key = delete $opt{key} // 'int PRIMARY KEY';
    $opt{keep} =~ s/\bT\b/$table/g if defined $opt{keep};
    return c($name, ["CREATE TABLE $table (id $key, v $from)", @besides], ["CREATE TABLE $table (id $key, v $to)", @besides],
        rows => "INSERT INTO $table (id, v) VALUES (7, $value)", keep => "SELECT id, v FROM $table", names => [$table], %opt);
}

# Ends the file, which has at least so many cases.
sub done_cases
{
    my ($least) = @_;
    cmp_ok $count, '>=', $least, "there are $count cases";
    done_testing;
}

sub sql_of
{
    my ($sql) = @_;
    return join '', map { "$_;\n" } grep { /\S/ } ref $sql ? @$sql : $sql // ();
}

sub all { my ($cases, $part) = @_; return join '', map { sql_of($_->{$part}) } @$cases }

sub kept
{
    my ($db, $case) = @_;
    my @queries = ref $case->{keep} ? @{ $case->{keep} } : $case->{keep} // ();
    return [map { eval { $db->query($_) } // "$_: $@" } @queries];
}

# Two dumps, of which only what differs is shown.
sub same_dump
{
    my ($got, $want, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my (%got, %want);
    $got{$_}++ for @$got;
    $want{$_}++ for @$want;
    my @extra = grep { ($want{$_} // 0) < $got{$_} } sort keys %got;
    my @lacking = grep { ($got{$_} // 0) < $want{$_} } sort keys %want;
    ok !@extra && !@lacking, $name or diag map { "$_\n" }
        (map { "  is there: $_" } @extra), (map { "  is wanted: $_" } @lacking);
}

sub names_of
{
    my ($case) = @_;
    return @{ $case->{names} } if $case->{names};
    my $sql = sql_of($case->{before}) . sql_of($case->{after});
    my %names;
    $names{$1} = 1 while $sql =~ /\b(?:TABLE|VIEW|INDEX|TYPE|DOMAIN|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER
        |SCHEMA|EXTENSION|POLICY|RULE|STATISTICS|EVENT|AGGREGATE)\s+(?:IF\s+NOT\s+EXISTS\s+)?["`]?(\w+)/gix;
    return keys %names;
}

# What check says of the case: text and whether it is destructive.
sub lines_of
{
    my ($case, $differences) = @_;
    my $names = join '|', map { quotemeta } names_of($case);
    return grep { $_->{text} =~ /(?<!\w)(?:$names)(?!\w)/ } @$differences;
}

sub check_case
{
    my ($case, $differences, $revision) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @lines = lines_of($case, $differences);
    my @faults;
    push @faults, 'nothing was seen' if !@lines;
    for my $want (@{ $case->{sees} // [] }) {
        my $pattern = ref $want ? $want : qr/^\Q$want\E/;
        push @faults, "not seen: $want" if !grep { $_->{text} =~ $pattern } @lines;
    }
    my $destructive = grep { $_->{destructive} } @lines;
    push @faults, 'not marked destructive' if $case->{destructive} && !$destructive;
    push @faults, 'marked destructive' if !$case->{destructive} && $destructive
        && !exists $case->{destructive} && !$case->{rename};
    push @faults, map { "not in the revision: $_" } grep { $revision !~ $_ } @{ $case->{sql} // [] };
    push @faults, map { "in the revision: $_" } grep { $revision =~ $_ } @{ $case->{not_sql} // [] };
    ok !@faults, "$case->{name}: seen" or diag map { "  $_\n" } @faults, map { $_->{text} } @lines;
}

# Puts values where the generated file asks for them.
sub fill
{
    my ($text, $cases) = @_;
    for my $case (@$cases) {
        for my $what (sort keys %{ $case->{fill} // {} }) {
            $text =~ s/^-- \@decide [^\n]*$what[^\n]*\n((?:(?!^-- \@).)*?)\bNULL\b/$1$case->{fill}{$what}/gms;
        }
    }
    return $text;
}

# The revision is long: its end is where things went wrong, or ask for all.
sub shown
{
    my ($text) = @_;
    diag length $text < 3000 || $ENV{LIMBECK_TEST_SHOW} ? $text : '(LIMBECK_TEST_SHOW=1 shows the revision)';
}

sub detect
{
    my ($db, $title, $cases) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    subtest $title => sub { run_cases($db, $cases) };
}

sub run_cases
{
    my ($db, $cases) = @_;
    my $project = new_project(db => $db, ini => { schema => 'migrations/desired.sql' });
    $project->revision(id => 'base0', upgrade => all($cases, 'before') . all($cases, 'rows'));
    my $up = limbeck('upgrade', 'head');
    is $up->{status}, 0, 'before: applied' or return diag $up->{stderr};
    my $before = dump_of($db);
    my @rows = map { kept($db, $_) } @$cases;
    $project->write_file('migrations/desired.sql', all($cases, 'after'));

    my $check = limbeck('--json', 'check');
    is $check->{status}, 3, 'check: differences' or return diag $check->{stdout}, $check->{stderr};
    my $differences = JSON::PP->new->utf8->decode($check->{stdout})->{differences};
    my @renames = map { ('--rename', $_) } map { @{ $_->{rename} // [] } } @$cases;
    my $made = limbeck('revision', '--autogenerate', '-m', 'generated', '--rev-id', 'next0',
        @renames, '--rename', 'none');
    is $made->{status}, 0, 'revision: written' or return diag $made->{stderr};
    my ($path) = glob $project->versions . '/next0*.sql';
    my $text = fill(slurp($path), $cases);
    $project->write_file($path, $text);
    my ($upgrade) = $text =~ /^-- \@upgrade[^\n]*\n(.*?)^-- \@downgrade/ms;
    check_case($_, $differences, $upgrade) for @$cases;

    my $next = limbeck('upgrade', 'head');
    is $next->{status}, 0, 'generated: applied' or return diag($next->{stderr}), shown($text);
    my $silent = limbeck('check');
    is $silent->{status}, 0, 'check: silent afterwards' or diag($silent->{stdout}, $silent->{stderr}), shown($text);
    my $raw = $db->fresh;
    $raw->do(all($cases, 'after'));
    same_dump(dump_of($db), dump_of($raw), "converged: the engine's own dump is that of `after`")
        or shown($text);
    $raw->drop;
    is_deeply kept($db, $cases->[$_]), $rows[$_], "$cases->[$_]{name}: rows kept"
        for grep { $cases->[$_]{keep} } 0 .. $#$cases;

    my $down = limbeck('downgrade', '-1');
    is $down->{status}, 0, 'downgrade: runs' or return diag($down->{stderr}), shown($text);
    same_dump(dump_of($db), $before, 'downgrade: the dump is that of before') or shown($text);
    is_deeply kept($db, $cases->[$_]), $rows[$_], "$cases->[$_]{name}: rows kept by the downgrade"
        for grep { $cases->[$_]{keep} && !$cases->[$_]{lossy} } 0 .. $#$cases;
}

1;
