#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# drivers/template, the tutorial: it is built as its README says, with the
# headers alone, and runs upgrades and downgrades.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $source = srcdir() . '/drivers/template';
my ($command) = slurp("$source/README.md") =~ /^    (cc -shared .*)$/m;
ok defined $command, 'the README has a line that builds it';

# The line, with our compiler, and the headers from the tree.
my $includes = '-I' . srcdir() . '/include -I' . builddir() . '/include';
my $cc = $ENV{CC} // 'cc';
my $out = project()->dir . '/plugins';
mkdir $out, 0755 or die "$out: $!\n";
$command =~ s/^cc/$cc/;
$command =~ s/\$\(pkg-config --cflags limbeck\)/$includes/ or fail('it asks pkg-config for the headers');
$command =~ s{-o (\S+)}{-o '$out/$1'};
skip_or_bail('there are no headers of SQLite')
    if system("echo '#include <sqlite3.h>' | $cc -E - >/dev/null 2>&1") != 0;
is system("cd '$source' && $command"), 0, 'which works' or BAIL_OUT('the template does not compile');
chmod 0755, "$out/template.so";

revision_file(project(), id => 'aaaa', message => 'first',
    upgrade => "CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL);\nINSERT INTO t VALUES (1, 'one');",
    downgrade => 'DROP TABLE t;');
revision_file(project(), id => 'bbbb', parents => 'aaaa', message => 'second',
    upgrade => "ALTER TABLE t ADD COLUMN size integer;\nUPDATE t SET size = 3;",
    downgrade => 'ALTER TABLE t DROP COLUMN size;');
my @options = ('--driver-path', $out, '-u', 'template:///toy.db');

run_like([@options, 'drivers'], qr/^template\s.*template\.so/m, 'it is listed');
run_like([@options, 'current'], qr/\A\z/, 'nothing is applied yet');
ok !-e project()->dir . '/toy.db', 'and looking has made no file';
run_err_like([@options, 'upgrade', 'head'], qr/Running upgrade aaaa -> bbbb/, 'upgrade');
run_like([@options, 'current'], qr/^bbbb\b/m, 'the head is applied');
run_err_like([@options, 'downgrade', 'aaaa'], qr/Running downgrade bbbb -> aaaa/, 'downgrade');
run_like([@options, 'current'], qr/^aaaa\b/m, 'one is left');

revision_file(project(), id => 'cccc', parents => 'bbbb', message => 'broken',
    upgrade => "CREATE TABLE u (a integer);\nINSERT INTO nosuch VALUES (1);", downgrade => 'DROP TABLE u;');
fails_with(1, qr/no such table: nosuch/, [@options, 'upgrade', 'head'], 'a failure is reported');
run_like([@options, 'current'], qr/^bbbb\b/m, 'what came before it is kept');
fails_with(1, qr/no such table/, [@options, 'upgrade', 'head'], 'its first half was rolled back, so it fails alike');
fails_with(2, qr/parameter "x"/, ['--driver-path', $out, '-u', 'template:///toy.db?x=1', 'current'],
    'a parameter that it does not know');

done_testing;
