#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Drivers that can't be loaded: each way to fail has a sentence that names the
# file and what to do, ends with status 2, and harms no other driver. The bad
# ones are compiled here, against the headers.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my @cc = split ' ', $ENV{CC} // 'cc';
my @flags = ('-std=c11', '-shared', '-fPIC', '-I' . srcdir() . '/include', '-I' . builddir() . '/include');

# A driver that can do nothing, but is whole. %s: its members, then its entry.
my $source = <<'END';
#include <limbeck/driver.h>
static int x_open(struct limbeck_session *s, const struct limbeck_open *how, void **conn,
	struct limbeck_error *err)
{
	(void)s, (void)how, (void)conn;
	return %s;
}
static void x_close(void *conn) { (void)conn; }
static int x_execute(void *conn, const struct limbeck_statement *s, struct limbeck_sink *sink,
	struct limbeck_error *err)
{
	(void)conn, (void)s, (void)sink, (void)err;
	return 0;
}
static const struct limbeck_traits traits = { .lexis = LIMBECK_LEXIS_POSTGRESQL };
static const struct limbeck_driver x = { %s };
%s
END
my $fail = 'limbeck_host->fail(err, LIMBECK_E_CONNECT, "%s does not answer", how->url->host)';
my @members = ('.name = "x"', '.traits = &traits', '.open = x_open', '.close = x_close',
    '.execute = x_execute');
my $define = 'LIMBECK_DRIVER_DEFINE(x)';

my $project = new_project();
my $folder = project()->dir . '/plugins';
mkdir $folder, 0755 or die "$folder: $!\n";

sub build
{
    my ($scheme, %part) = @_;
    my $c = "$folder/$scheme.c";
    write_file($c, sprintf $source, $part{open} // $fail,
        join(', ', @{ $part{members} // \@members }), $part{entry} // $define);
    system(@cc, @flags, '-o', "$folder/$scheme.so", $c) == 0 or BAIL_OUT("$c could not be compiled");
    chmod 0755, "$folder/$scheme.so";
}

# An entry function that returns other stamps than LIMBECK_DRIVER_DEFINE does.
sub entry
{
    my ($stamps) = @_;
    return <<"END";
const struct limbeck_host *limbeck_host;
const struct limbeck_driver_entry *limbeck_driver_entry(const struct limbeck_host *host)
{
	static const struct limbeck_driver_entry entry = { $stamps };
	limbeck_host = host;
	return &entry;
}
END
}

sub run_with
{
    my ($scheme, $status, $pattern, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return fails_with($status, $pattern,
        ['--driver-path', $folder, '-u', "$scheme://host/database", 'current'], $name);
}

sub without { my ($member) = @_; return [grep { !/^\.$member / } @members] }

my $file = sub { my ($scheme) = @_; return qr/\Q$folder\E\/$scheme\.so/ };
my ($abi) = slurp(builddir() . '/include/limbeck/version.h') =~ /LIMBECK_DRIVER_ABI (\d+)/;

build('whole');
build('other_abi', entry => entry('LIMBECK_DRIVER_ABI + 41, sizeof x, sizeof traits, &x'));
build('too_short', entry => entry('LIMBECK_DRIVER_ABI, 16, sizeof traits, &x'));
build('no_entry', entry => 'const struct limbeck_driver *symbol(void); const struct limbeck_driver *symbol(void) { return &x; }',
    open => '-1');
build('no_table', entry => entry('LIMBECK_DRIVER_ABI, sizeof x, sizeof traits, 0'));
build("no_$_", members => without($_)) for qw(name traits open close execute);
build('mute', open => '-1');
write_file("$folder/text.so", "This is no shared object.\n");
write_file("$folder/empty.so", '');
chmod 0644, "$folder/text.so", "$folder/empty.so";
unlink glob "$folder/*.c";

# No such driver
my $result = run_with('nosuch', 2, qr/no driver for "nosuch" is installed/, 'a driver that is not there');
like $result->{stderr}, qr/installed: (?=.*\bempty\b)(?=.*\bwhole\b)/, 'those that are there are listed';
like $result->{stderr}, qr/limbeck-nosuch/, 'with the package that might have it';
like $result->{stderr}, qr/nosuch\.so/, 'and the file that would';
is $result->{stdout}, '', 'nothing is printed to stdout';
run_with('wole', 2, qr/whole/, 'a slip of the pen is answered with a name');

# Not a driver
run_with('empty', 2, qr/${\ $file->('empty')}" is not a driver: /, 'an empty file');
run_with('text', 2, qr/${\ $file->('text')}" is not a driver: /, 'a text file');
run_with('no_entry', 2, qr/${\ $file->('no_entry')}" is not a driver: .*limbeck_driver_entry/,
    'a shared object that is no driver');

# Another ABI
my $other = $abi + 41;
$result = run_with('other_abi', 2, $file->('other_abi'), 'a driver of another ABI');
like $result->{stderr}, qr/ABI $other\b.*ABI $abi\b/, 'both numbers are named';
like $result->{stderr}, qr/hint:.*limbeck-other_abi/s, 'and what to do';

# Not whole
run_with('too_short', 2, qr/${\ $file->('too_short')}.* 16 bytes/, 'a table that is too short');
run_with('no_table', 2, qr/${\ $file->('no_table')}.*has no table/, 'no table at all');
run_with("no_$_", 2, qr/${\ $file->("no_$_")}.*required member "$_"/, "a driver without $_")
    for qw(name traits open close execute);

# Who may have changed it
chmod 0777, "$folder/whole.so";
run_with('whole', 2, qr/${\ $file->('whole')}" is not loaded: everybody may write/,
    'a driver that everybody may write to');
chmod 0755, "$folder/whole.so";
chmod 0777, $folder;
run_with('whole', 2, qr/is not loaded: everybody may write to "\Q$folder\E"/, 'or its folder');
chmod 0755, $folder;

# Loaded, and failing by itself
run_with('whole', 1, qr/host does not answer/, 'a driver that is whole is loaded');
$result = run_with('mute', 1, qr/driver "x": open: failed and did not say why/,
    'one that fails without a word is told apart');

# A relative folder is not searched
fails_with(2, qr/no driver for "whole" is installed/,
    [{ env => { LIMBECK_DRIVER_PATH => 'plugins' } }, '-u', 'whole://host/', 'current'],
    'the working directory is never searched');

# The list has them all
$result = limbeck('--driver-path', $folder, 'drivers');
is $result->{status}, 0, 'bad drivers do not stop the list';
like $result->{stdout}, qr/^whole\s.*\Q$folder\E\/whole\.so/m, 'a good one is in it';
like $result->{stdout}, qr/^other_abi\b.*ABI $other/m, 'a bad one with its reason';
like $result->{stdout}, qr/^\Q$_\E\s/m, "$_ is in the list too" for engines();
my $list = json_of(['--driver-path', $folder, 'drivers'], 'the list as JSON');
ok scalar(grep { ref eq 'HASH' && $_->{scheme} eq 'empty' && defined $_->{problem} }
    @{ ref $list eq 'HASH' ? $list->{drivers} : $list }), 'has the problems as well';

# The link to a client library is the driver's affair
for my $object (grep { -e } builddir() . '/core/.libs/liblimbeck.so', builddir() . '/core/.libs/limbeck') {
    unlike `ldd '$object'`, qr/libpq|libsqlite|libmysqlclient|libmariadb/, "$object links no database";
}

done_testing;
