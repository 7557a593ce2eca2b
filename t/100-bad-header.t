#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Headers of revision files that are wrong: each stops every command with the
# file, line and column, says what to do, and touches nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $id128 = 'x' x 128;
my $not_utf8 = 'Revision files are UTF-8';
my $form = '1 to 128 letters, digits';

# name, the file, line:column, error, further texts
my @cases = (
    ['an unknown directive', "-- \@revision bad\n-- \@parnets good\n", '2:4',
        'unknown directive "@parnets"', '"@parents"'],
    ['an unknown directive that is near to none', "-- \@revision bad\n-- \@qqqqqqq\n", '2:4',
        'unknown directive "@qqqqqqq"', 'put another word before the "@"'],
    ['@revision twice', "-- \@revision bad\n-- \@revision bad\n", '2:4', 'second @revision'],
    ['@parents twice', "-- \@revision bad\n-- \@parents good\n--\n-- \@parents good\n", '4:4',
        'second @parents', 'Keep one'],
    ['@created twice', "-- \@revision bad\n-- \@created 2026-01-01\n-- \@created 2026-01-01\n", '3:4',
        'second @created'],
    ['@revision without an id', "-- \@revision\n", '1:4', '@revision takes one id',
        '-- @revision 27c6a30d7c24'],
    ['@revision with two ids', "-- \@revision a b\n", '1:4', '@revision takes one id'],
    ['an id with a hyphen', "-- \@revision a-b\n", '1:14', q("a-b" can't be a revision id), $form],
    ['an id with an @', "-- \@revision a\@b\n", '1:14', q("a@b" can't be a revision id), $form],
    ['an id with a colon', "-- \@revision a:b\n", '1:14', q("a:b" can't be a revision id), $form],
    ['an id with a slash', "-- \@revision ../x\n", '1:14', q("../x" can't be a revision id), $form],
    ['an id of 129 characters', "-- \@revision ${id128}y\n", '1:14', qq("${id128}y" can't be a revision id)],
    ['an id of letters beyond ASCII', "-- \@revision caf\xc3\xa9\n", '1:14',
        qq("caf\xc3\xa9" can't be a revision id)],
    (map { ["the reserved id $_", "-- \@revision $_\n", '1:14', qq("$_" is reserved), 'Choose another name'] }
        qw(head heads base current)),
    ['@parents without a value', "-- \@revision bad\n-- \@parents\n", '2:4', '@parents without a value',
        'remove the line'],
    ['@labels without a value', "-- \@revision bad\n-- \@labels  \n", '2:4', '@labels without a value'],
    ['@depends without a value', "-- \@revision bad\n-- \@depends\n", '2:4', '@depends without a value'],
    ['@created without a value', "-- \@revision bad\n-- \@created\n", '2:4', '@created without a value'],
    ['a parent twice', "-- \@revision bad\n-- \@parents good good\n", '2:18',
        '"good" stands twice in @parents', 'Remove one'],
    ['a dependency twice', "-- \@revision bad\n-- \@depends good good\n", '2:18',
        '"good" stands twice in @depends'],
    ['a label twice', "-- \@revision bad\n-- \@labels x y x\n", '2:16', '"x" stands twice in @labels'],
    ['head as a parent', "-- \@revision bad\n-- \@parents head\n", '2:13', q("head" can't be a parent),
        'full revision ids'],
    ['a relative identifier as a parent', "-- \@revision bad\n-- \@parents good+1\n", '2:13',
        q("good+1" can't be a parent), $form],
    ['commas between parents', "-- \@revision bad\n-- \@parents good,other\n", '2:13',
        q("good,other" can't be a parent), 'blanks separate several'],
    ['base as a label', "-- \@revision bad\n-- \@labels base\n", '2:12', '"base" is reserved'],
    ['a label with an @', "-- \@revision bad\n-- \@labels a\@b\n", '2:12', q("a@b" can't be a label), $form],
    ['a label that begins with a hyphen', "-- \@revision bad\n-- \@labels -a\n", '2:12',
        q("-a" can't be a label)],
    ['a word for a time', "-- \@revision bad\n-- \@created yesterday\n", '2:13',
        '"yesterday" is not a time', '2026-11-21T04:55:12Z'],
    ['a month 13', "-- \@revision bad\n-- \@created 2026-13-01\n", '2:13', '"2026-13-01" is not a time'],
    ['a time with more behind it', "-- \@revision bad\n-- \@created 2026-01-01T00:00:00Z x\n", '2:13',
        '"2026-01-01T00:00:00Z x" is not a time'],
    ['a slip in the dialect', "-- \@revision bad\n-- \@dialect postgres\n", '2:13',
        'unknown dialect "postgres"', '"postgresql"'],
    ['two dialects', "-- \@revision bad\n-- \@dialect sqlite mysql\n", '2:4', '@dialect takes one name'],
    ['a dialect in capitals', "-- \@revision bad\n-- \@dialect SQLite\n", '2:13',
        '"SQLite" is not the name of a dialect', 'lower-case'],
    ['no @revision', "-- Just a comment.\n\n-- \@upgrade\nSELECT 1;\n", '1', 'file has no @revision',
        'looks like "-- @revision 27c6a30d7c24"'],
    ['SQL alone', "CREATE TABLE early (a integer);\n", '1', 'file has no @revision'],
    ['nothing at all', '', '1', 'file has no @revision'],
    ['@revision behind @upgrade', "-- \@upgrade\n-- \@revision bad\n", '1', 'file has no @revision'],
    ['@revision behind a statement', "SELECT 1;\n-- \@revision bad\n-- \@upgrade\n", '1',
        'file has no @revision'],
    ['a zero byte', "-- \@revision bad\n-- some\0thing\n", '2:8', 'zero byte in the text', $not_utf8],
    ['a zero byte in the id', "-- \@revision b\0d\n", '1:15', 'zero byte in the text'],
    ['Latin-1 in the message', "-- \@revision bad\n--\n-- caf\xe9\n", '3:7', 'the text is not UTF-8', $not_utf8],
    ['a sequence that is cut short', "-- \@revision bad\n-- caf\xc3\n", '2:7', 'the text is not UTF-8'],
    ['an overlong sequence', "-- \@revision bad\n-- \xc0\xaf\n", '2:4', 'the text is not UTF-8'],
    ['UTF-16', join('', map { "$_\0" } split //, "-- \@revision bad\n"), '1', ''],
);

my $project = new_project();
$project->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
run_ok(['upgrade', 'head'], 'a good revision is applied first');

for my $case (@cases) {
    my ($name, $text, $at, $error, @also) = @$case;
    my $path = 'migrations/versions/x.sql';
    refused($name, files => { $path => $text }, place => "$path:$at", error => $error, also => \@also);
}

# Not only upgrade reads the files.
for my $args (['heads'], ['history'], ['current'], ['show', 'good'], ['downgrade', 'base'], ['stamp', 'head'],
    ['revision', '-m', 'new'], ['upgrade', 'head', '--sql']) {
    refused("@$args", files => { 'migrations/versions/x.sql' => "-- \@revision bad\n-- \@parnets good\n" },
        args => $args, place => 'migrations/versions/x.sql:2:4', error => 'unknown directive');
}

refused('several broken files are told of at once', args => ['heads'],
    files => {
        'migrations/versions/x.sql' => "-- \@revision\n",
        'migrations/versions/y.sql' => "-- \@revision y\n-- \@lables z\n",
        'migrations/versions/z.sql' => "SELECT 1;\n",
    },
    place => 'migrations/versions/x.sql:1:4', error => '@revision takes one id',
    also => ['2 more files are broken', 'y.sql:2: unknown directive "@lables"', 'z.sql:1: file has no @revision']);

run_like(['heads'], qr/\Agood \(head\)\n\z/, 'with the bad files gone, all is well again');
done_testing;
