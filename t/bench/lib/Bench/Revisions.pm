# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Revisions: projects to measure with. The same numbers make the same
# files, on every machine.

package Bench::Revisions;

use strict;
use warnings;

use Digest::MD5 qw(md5_hex);
use Limbeck::Project;

sub id_of { return substr md5_hex("revision $_[0]"), 0, 12 }

# A project of $count revisions, each of 1.5 to 3 KB, as one long line with a
# side branch of two in every twenty, merged again. Returns the project.
sub long_project
{
    my ($count) = @_;
    my $project = Limbeck::Project->new;
    my ($main, $side);
    for my $number (1 .. $count) {
        my $place = $number % 20;
        my $id = id_of($number);
        my $beside = $place == 6 || $place == 7;
        my @parents = $beside ? $side // $main : $main // ();
        if ($place == 11 && $side) {
            push @parents, $side;
            undef $side;
        }
        write_long($project, $number, $id, @parents);
        if ($beside) { $side = $id }
        else         { $main = $id }
    }
    return $project;
}

sub write_long
{
    my ($project, $number, $id, @parents) = @_;
    my $table = "table_$number";
    my $columns = join '', map { "    column_$_ varchar(100) DEFAULT 'x' NOT NULL,\n" }
        1 .. 26 + $number * 7 % 31;
    $project->revision(
        id        => $id,
        file      => "${id}_add_$table.sql",
        parents   => \@parents,
        created   => '2026-11-21T04:55:12Z',
        message   => "Add $table\n\nThis is the text of revision number $number.",
        upgrade   => "CREATE TABLE $table (\n$columns    id integer NOT NULL PRIMARY KEY\n);\n"
            . "CREATE INDEX ix_$table ON $table (column_1);\n",
        downgrade => "DROP TABLE $table;\n",
    );
}

# The statements of revision $number, of which each makes a table, an index
# and a row.
sub table_statements
{
    my ($number) = @_;
    my $table = "table_$number";
    return (
        "CREATE TABLE $table (\n    id integer NOT NULL PRIMARY KEY,\n"
            . "    name varchar(100) NOT NULL,\n    note varchar(200)\n)",
        "CREATE INDEX ix_${table}_name ON $table (name)",
        "INSERT INTO $table (id, name, note) VALUES (1, 'first of $table', 'text of a row')",
    );
}

# The statements of revision $number, of which the first makes a table and
# each later one adds a column.
sub column_statements
{
    my ($number) = @_;
    return 'CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY)' if $number == 1;
    return "ALTER TABLE accounts ADD COLUMN c$number integer";
}

# A project of one line of $count revisions with these statements.
sub line_project
{
    my ($count, $statements) = @_;
    my $project = Limbeck::Project->new;
    for my $number (1 .. $count) {
        $project->revision(
            id        => id_of($number),
            parents   => $number > 1 ? [id_of($number - 1)] : [],
            message   => "Revision $number",
            upgrade   => join('', map { "$_;\n" } $statements->($number)),
            downgrade => "SELECT 1;\n",
        );
    }
    return $project;
}

# The same line as a script for the engine's own client: the same statements in
# the same transactions, and the row of the version table. $ddl_commits: where
# it does, the transaction holds the statements after it.
sub line_script
{
    my ($count, $statements, $ddl_commits) = @_;
    my $text = "CREATE TABLE limbeck_version (version_num VARCHAR(128) NOT NULL PRIMARY KEY);\n";
    for my $number (1 .. $count) {
        my @all = $statements->($number);
        my @before = $ddl_commits ? grep { !/^INSERT/ } @all : ();
        my @inside = $ddl_commits ? grep { /^INSERT/ } @all : @all;
        my ($id, $last) = map { id_of($_) } $number, $number - 1;
        push @inside, $number == 1
            ? "INSERT INTO limbeck_version (version_num) VALUES ('$id')"
            : "UPDATE limbeck_version SET version_num = '$id' WHERE version_num = '$last'";
        $text .= join '', map { "$_;\n" } @before, 'BEGIN', @inside, 'COMMIT';
    }
    return $text;
}

1;
