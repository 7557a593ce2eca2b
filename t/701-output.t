#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What each command prints, to the letter. In the data: a line "$ ARGUMENTS" runs
# limbeck; then what it prints, lines of stderr after "2> "; "? N" is its exit
# status where that is not 0; "! FILE TEXT" writes a revision file. Times are TIME
# and DATE, the project's folder is PROJECT, who ran it is WHO.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Text::ParseWords qw(shellwords);

my $project = new_project();
$project->revision(id => 'a1', created => '2026-01-01T00:00:00Z', message => "First\n\nLonger text.", file => 'a1.sql',
    upgrade => "CREATE TABLE t (a integer);\nINSERT INTO t VALUES (1);", downgrade => 'DROP TABLE t;');
$project->revision(id => 'b1', created => '2026-01-02T00:00:00Z', parents => 'a1', labels => 'left', message => 'Left',
    file => 'b1.sql', upgrade => 'CREATE TABLE l (a integer);', downgrade => 'DROP TABLE l;');
$project->revision(id => 'c1', created => '2026-01-03T00:00:00Z', parents => 'a1', labels => 'right', depends => 'b1',
    file => 'c1.sql', message => 'Right', upgrade => 'CREATE TABLE r (a integer);', downgrade => 'DROP TABLE r;');

my ($line, @expected);
while (<DATA>) {
    if (/^\$ (.*)/) {
        check($line, @expected);
        ($line, @expected) = ($1);
    } elsif (/^! (\S+) (.*)/) {
        check($line, @expected);
        undef $line;
        write_file("migrations/versions/$1", $2 =~ s/\\n/\n/gr);
    } else {
        push @expected, $_;
    }
}
check($line, @expected);
done_testing;

sub check
{
    my ($line, @expected) = @_;
    return unless defined $line;
    my $result = limbeck(shellwords($line));
    my $got = tidy($result->{stdout}) . tidy($result->{stderr}) =~ s/^(?!\z)/2> /gmr;
    $got .= "? $result->{status}\n" if $result->{status};
    my $expected = join '', @expected;
    is $got, $expected, "limbeck $line";
}

sub tidy
{
    my ($text) = @_;
    my $dir = project()->dir;
    $text =~ s/\Q$dir\E/PROJECT/g;
    $text =~ s/ \S+\@\S+ {2,}/ WHO  /g;
    $text =~ s/ BY {2,}/ BY   /g;
    return normalize($text);
}

__DATA__
$ heads
b1 (left) (effective head)
c1 (right) (head)
$ heads --verbose
Rev: b1 (head)
Parent: a1
Branch names: left
Path: migrations/versions/b1.sql

    Left

Rev: c1 (head)
Parent: a1
Also depends on: b1
Branch names: right
Path: migrations/versions/c1.sql

    Right

$ heads --resolve-dependencies
c1 (right) (head)
$ history
a1 (b1) -> c1 (right) (head), Right
a1 -> b1 (left) (effective head), Left
<base> -> a1 (branchpoint), First
$ history --verbose
Rev: c1 (head)
Parent: a1
Also depends on: b1
Branch names: right
Path: migrations/versions/c1.sql

    Right

Rev: b1 (head)
Parent: a1
Branch names: left
Path: migrations/versions/b1.sql

    Left

Rev: a1 (branchpoint)
Parent: <base>
Branches into: b1, c1
Path: migrations/versions/a1.sql

    First

    Longer text.

$ history -r a1:b1
a1 -> b1 (left) (effective head), Left
<base> -> a1 (branchpoint), First
$ show a1
Rev: a1 (branchpoint)
Parent: <base>
Branches into: b1, c1
Path: migrations/versions/a1.sql

    First

    Longer text.

$ show heads
Rev: c1 (head)
Parent: a1
Also depends on: b1
Branch names: right
Path: migrations/versions/c1.sql

    Right

$ show right@base
$ current
$ current --check-heads
2> limbeck: error: the database is not on all head revisions
2> detail: The head "c1" is not applied.
2> hint: `limbeck upgrade heads` applies what is missing.
? 3
$ log
$ upgrade b1
2> Running upgrade  -> a1, First  [TIME]
2> Running upgrade a1 -> b1, Left  [TIME]
$ current
b1 (effective head)
$ current --verbose
Current revision(s) for sqlite:///PROJECT/limbeck.db:
Rev: b1 (head)
Parent: a1
Branch names: left
Path: migrations/versions/b1.sql

    Left

$ current --check-heads
b1 (effective head)
2> limbeck: error: the database is not on all head revisions
2> detail: The head "c1" is not applied.
2> hint: `limbeck upgrade heads` applies what is missing.
? 3
$ history --indicate-current
a1 (b1) -> c1 (right) (head), Right
a1 -> b1 (left) (effective head) (current), Left
<base> -> a1 (branchpoint), First
$ history -r current:
a1 -> b1 (left) (effective head), Left
$ -q upgrade right
$ upgrade heads
2> Nothing to do: the database is at c1.
$ upgrade b1
2> Nothing to do: the database is at c1.
$ -q upgrade heads
$ current -c
b1 (effective head)
c1 (head)
$ downgrade b1
2> limbeck: error: nothing above revision "b1" is applied
2> detail: The database is at:
2>   c1, migrations/versions/c1.sql, Right
? 1
$ log
SEQ  TIME                  DIRECTION  REVISION  OUTCOME  DONE  BY   MESSAGE
  3  DATE  upgrade    c1        done      1/1  WHO  Right
  2  DATE  upgrade    b1        done      1/1  WHO  Left
  1  DATE  upgrade    a1        done      2/2  WHO  First
$ log -n 1
SEQ  TIME                  DIRECTION  REVISION  OUTCOME  DONE  BY   MESSAGE
  3  DATE  upgrade    c1        done      1/1  WHO  Right
$ rollback
2> Running downgrade c1 -> a1, Right  [TIME]
$ downgrade -1
2> Running downgrade b1 -> a1, Left  [TIME]
$ stamp c1
2> Running stamp_revision a1 -> c1, Right  [TIME]
$ current
b1 (effective head)
c1 (head)
$ stamp c1
2> Nothing to do: the database is at c1.
$ stamp base --purge
2> Running stamp_revision c1 ->   [TIME]
$ repair a1 --done
2> limbeck: error: revision a1 was not left half done
? 1
$ ensure_version
$ -q stamp a1
! d1.sql -- @revision d1\n-- @parents b1 c1\n--\n-- Wrong\n\n-- @upgrade\nCREATE TABLE d (a integer);\nCREATE TABEL e (a integer);\n-- @downgrade\nDROP TABLE d;\n
$ upgrade head
2> Running upgrade a1 -> b1, Left  [TIME]
2> Running upgrade a1 -> c1, Right  [TIME]
2> Running upgrade b1, c1 -> d1, Wrong
2> migrations/versions/d1.sql:8:8: error: near "TABEL": syntax error
2>   8 | CREATE TABEL e (a integer);
2>     |        ^
2> sqlite: SQLSTATE 42601, error 1; revision d1 was rolled back, the database is at c1
? 1
$ current
b1
c1
$ log -n 1
SEQ  TIME                  DIRECTION  REVISION  OUTCOME  DONE  BY   MESSAGE
 11  DATE  upgrade    d1        failed    0/2  WHO  near "TABEL": syntax error
$ upgrade head --single-transaction
2> Running upgrade b1, c1 -> d1, Wrong
2> migrations/versions/d1.sql:8:8: error: near "TABEL": syntax error
2>   8 | CREATE TABEL e (a integer);
2>     |        ^
2> sqlite: SQLSTATE 42601, error 1; all that this transaction did was rolled back, the database is at c1
? 1
! d1.sql -- @revision d1\n-- @parents b1 c1\n--\n-- Right now\n\n-- @upgrade\nCREATE TABLE d (a integer);\n
$ upgrade head
2> Running upgrade b1, c1 -> d1, Right now  [TIME]
$ history -i
b1, c1 -> d1 (left, right) (head) (current) (mergepoint), Right now
a1 (b1) -> c1 (right), Right
a1 -> b1 (left), Left
<base> -> a1 (branchpoint), First
$ downgrade -1
2> limbeck: error: "-1" is ambiguous: revision "d1" has 2 parents
2> detail: It could go to:
2>   b1, migrations/versions/b1.sql, Left
2>   c1, migrations/versions/c1.sql, Right
2> hint: Name the revision itself.
? 1
$ revision -m "new one" --rev-id f1
  Generating migrations/versions/f1_new_one.sql ...  done
$ -q revision --rev-id f2
$ heads
f2 (left, right) (head)
