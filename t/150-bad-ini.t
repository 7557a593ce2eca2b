#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Configuration files that are wrong: status 2, the place, what would be right,
# and nothing is changed.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $L = "[limbeck]\n";
my $bad = sub { my ($key, $value, $column, $must) = @_;
    return ["$key = $value", "$L$key = $value\n", "2:$column", qq(bad value of "$key"), "It must be $must"] };

# name, the file, line:column, error, further texts
my @cases = (
    ['a key that is nearly one', "${L}script_locaton = migrations\n", '2:1', 'unknown key "script_locaton"', '"script_location"'],
    ['a key that is none', "${L}url = sqlite:///x.db\nbanana = 1\n", '3:1', 'unknown key "banana" in section [limbeck]', 'man limbeck.ini'],
    ["Alembic's key of the URL", "${L}sqlalchemy.url = sqlite:///x.db\n", '2:1', 'unknown key "sqlalchemy.url"', '"url"'],
    ['a key in capitals', "${L}URL = sqlite:///x.db\n", '2:1', 'unknown key "URL"', '"url"'],
    ['an unknown key in a further section', "${L}[test]\nurll = sqlite:///x.db\n", '3:1', 'unknown key "urll" in section [test]', '"url"'],
    ['an unknown key of a hook', "${L}[post_write_hooks]\nfmt.tpye = exec\n", '3:1', 'unknown key "fmt.tpye"', '"fmt.type"'],
    ['an unknown naming rule', "${L}naming.xx = a\n", '2:1', 'unknown key "naming.xx"', 'naming.'],
    ['a slip in the name of the hooks', "${L}[post_write_hoks]\nhooks = x\n", '3:1', 'unknown key "hooks" in section [post_write_hoks]',
        'Did you mean section [post_write_hooks]?'],
    ['a slip in the name of the aliases', "${L}[aliass]\nup = upgrade\n", '3:1', 'unknown key "up" in section [aliass]', '[alias]'],
    ['a slip in the name of the main section', "[limbek]\nurl = sqlite:///x.db\n", '1:1', 'there is no section [limbeck]', 'Did you mean [limbeck]?'],
    ['an open section', "[limbeck\nurl = sqlite:///x.db\n", '1:1', 'section without "]"', '[NAME]'],
    ['text behind a section', "[limbeck] x\n", '1:10', q(text after the section's "]")],
    ['a section without a name', "[ ]\n", '1:1', 'section without a name', '[NAME]'],
    ['a section twice', "${L}url = sqlite:///x.db\n$L", '3:1', 'section [limbeck] appears a second time', 'line 1'],
    ['a key twice', "${L}url = sqlite:///a.db\n\nurl = sqlite:///b.db\n", '4:1', 'key "url" appears a second time', 'line 2'],
    ['a key before any section', "# text\nurl = sqlite:///x.db\n", '2:1', 'key outside of a section', '[limbeck]'],
    ['a key without a value', "${L}url\n", '2:1', 'key without a value', 'KEY = VALUE'],
    ['a value without a key', "${L}= sqlite:///x.db\n", '2:1', 'value without a key', 'KEY = VALUE'],
    ['a zero byte', "${L}url = sqlite:///\0x.db\n", '2:17', 'NUL byte in the text', 'UTF-8'],
    ['a section with a zero byte', "[lim\0beck]\n", '1:5', 'NUL byte in the text'],
    $bad->('recursive_version_locations', 'maybe', 31, 'true or false'),
    $bad->('transaction_per_migration', '2', 29, 'true or false'),
    $bad->('truncate_slug_length', '0', 24, 'a number from 1 to 200'),
    $bad->('truncate_slug_length', 'forty', 24, 'a number from 1 to 200'),
    $bad->('truncate_slug_length', '99999999999999999999', 24, 'a number from 1 to 200'),
    $bad->('lock_timeout', 'soon', 16, 'a time such as 500ms'),
    $bad->('lock_timeout', '5 parsecs', 16, 'a time such as 500ms'),
    $bad->('statement_timeout', '-1', 21, 'a time such as 500ms'),
    $bad->('edited', 'ignore', 10, 'one of error, warn'),
    $bad->('untranslatable', 'warn', 18, 'one of error, skip'),
    $bad->('path_separator', ',', 18, 'one of os, space, newline, :, ;'),
    ['script_location without a value', "${L}script_location =\n", '2:18', 'bad value of "script_location"', 'left out'],
    ['version_table without a value', "${L}version_table =\n", '2:16', 'bad value of "version_table"', 'left out'],
    ['version_locations of separators alone', "${L}path_separator = ;\nversion_locations = ; ;\n", '3:21',
        'bad value of "version_locations"', 'one folder or more'],
    ['a variable that is not set', "${L}url = sqlite:///\${NO_SUCH_VARIABLE}.db\n", '2:17', 'variable "NO_SUCH_VARIABLE" is not set',
        '-x NO_SUCH_VARIABLE=VALUE', '${NO_SUCH_VARIABLE:-DEFAULT}'],
    ['a variable in the second line of a value', "${L}exclude = a\n  b \${NO_SUCH_VARIABLE}\n", '3:5', 'variable "NO_SUCH_VARIABLE" is not set'],
    ['a variable that is not closed', "${L}url = sqlite:///\${NAME\n", '2:17', '"${" without "}"', '${NAME:-DEFAULT}'],
    ['a variable without a name', "${L}url = sqlite:///\${}\n", '2:17', '"${" without the name of a variable'],
    ['a variable with a bad default', "${L}url = sqlite:///\${A:b}\n", '2:17', '"${" without the name of a variable'],
    ['an alias with a variable that is not set', "${L}[alias]\nup = upgrade \${NO_SUCH_VARIABLE}\n", '3:14', 'variable "NO_SUCH_VARIABLE" is not set'],
    ['a URL that is none', "${L}url = limbeck.db\n", '2:7', 'no "://" in the database URL', 'SCHEME://'],
    ['a URL with a bad escape', "${L}url = sqlite:///%zz\n", '2:7', 'bad percent escape', '%25'],
    ['a scratch_url that is none', "${L}scratch_url = x\n", '2:15', 'no "://" in the database URL'],
    ['CRLF does not move the place', "[limbeck]\r\nbanana = 1\r\n", '2:1', 'unknown key "banana"'],
    ['nor does a byte-order mark', "\xef\xbb\xbfbanana = 1\n", '1:1', 'key outside of a section'],
    ['columns count characters', "${L}exclude = \xc3\xa4\xc3\xb6 \${NO_SUCH_VARIABLE}\n", '2:14', 'variable'],
);

my $project = new_project();
$project->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
run_ok(['upgrade', 'head'], 'a good revision is applied first');
$project->revision(id => 'next', parents => 'good', upgrade => 'CREATE TABLE u (a integer);');

for my $case (@cases) {
    my ($name, $text, $at, $error, @also) = @$case;
    refused($name, files => { 'limbeck.ini' => $text }, status => 2, place => "limbeck.ini:$at",
        error => $error, also => \@also);
}

# Values that are right as such.
my @late = (
    ['a script_location that is not there', "script_location = nowhere\n", 1, ['upgrade', 'head'], 'could not open the folder', 'script_location'],
    ['a dialect that is nearly one', "dialect = postgres\n", 2, ['upgrade', 'head'], 'unknown dialect "postgres"', 'postgresql'],
    ['a dialect that is none', "dialect = cobol\n", 2, ['upgrade', 'head'], 'unknown dialect "cobol"', 'sqlite'],
    ['the history as the version table', "version_table = Limbeck_History\n", 2, ['upgrade', 'head'], q(version_table can't be "Limbeck_History"), 'another name'],
    ['an unknown token', "file_template = %(rve)s\n", 2, ['revision', '-m', 'x'], 'unknown token %(rve)s', 'file_template', '%(rev)s'],
    ['an open token', "file_template = %(rev\n", 2, ['revision', '-m', 'x'], 'token without ")"', 'file_template'],
    ['a text as a number', "file_template = %(rev)d\n", 2, ['revision', '-m', 'x'], 'token %(rev) is a text', '%(rev)s'],
    ['a file name outside of the folder', "file_template = ../%(rev)s\n", 2, ['revision', '-m', 'x'], q(file_template makes a name that can't be used)],
    ['a hidden file name', "file_template = .%(rev)s\n", 2, ['revision', '-m', 'x'], q(file_template makes a name that can't be used)],
    ['a time zone that is nearly one', "timezone = Europe/Berln\n", 2, ['revision', '-m', 'x'], q(time zone "Europe/Berln" can't be used), 'utc, local'],
    ['a time zone that leads elsewhere', "timezone = ../passwd\n", 2, ['revision', '-m', 'x'], q(time zone "../passwd" can't be used)],
);
for my $case (@late) {
    my ($name, $text, $status, $args, $error, @also) = @$case;
    refused($name, files => { 'limbeck.ini' => "$L$text" }, status => $status, args => $args, error => $error, also => \@also);
}

refused('a section that is not there', args => ['-n', 'tset', 'heads'], status => 2, place => 'limbeck.ini',
    files => { 'limbeck.ini' => "${L}[test]\nurl = sqlite:///test.db\n" },
    error => 'no section [tset] to choose with -n', also => ['[limbeck], [test]']);
refused('a section that is no database', args => ['-n', 'alias', 'heads'], status => 2, place => 'limbeck.ini',
    files => { 'limbeck.ini' => "${L}[alias]\nup = upgrade\n" }, error => 'no section [alias] to choose');
refused('a file that is not there', args => ['-c', 'no.ini', 'heads'], status => 2, error => 'could not open file',
    also => ['-c or LIMBECK_CONFIG', 'limbeck init']);
refused('nor the one of LIMBECK_CONFIG', run => { env => { LIMBECK_CONFIG => 'no.ini' } }, status => 2,
    error => 'could not open file', also => ['no.ini']);
refused('a folder', args => ['-c', 'migrations', 'heads'], status => 2, error => '', also => ['is a folder, not a file']);
refused('a device without end', args => ['-c', '/dev/zero', 'heads'], status => 2, run => { timeout => 20 }, error => '',
    also => ['/dev/zero']);
refused('no file at all', run => { dir => '/' }, status => 2, error => 'no limbeck.ini in "/" or a folder above it',
    also => ['limbeck init', '-c']);

run_err_like([{ env => { A => 'x' } }, 'upgrade', 'head'], qr/Running upgrade good -> next/, 'with a right file, all is well again');
done_testing;
