#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A second build with the SQLite driver alone, installed under a prefix of its
# own: it finds its drivers and templates, says how to get those that it lacks,
# and is enough for a driver and for programs made against it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Cwd ();
use File::Temp ();
use IPC::Run ();

my $tmp = File::Temp->newdir('limbeck-elsewhere-XXXXXX', TMPDIR => 1);
my $prefix = "$tmp/prefix";
my @cc = split ' ', $ENV{CC} // 'cc';
delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL CFLAGS LDFLAGS)};

skip_or_bail('there is no ./configure here; ./autogen.sh makes it') unless -e srcdir() . '/configure';
skip_or_bail('there are no headers of SQLite') unless -e builddir() . '/drivers/.libs/sqlite.so';

sub command
{
    my ($name, $folder, @command) = @_;
    my $done = IPC::Run::run(\@command, '<', '/dev/null', '>&', \my $output, init => sub { chdir $folder or die "$folder: $!\n" });
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    ok($done, $name) or diag substr $output, -4000;
    return $done;
}

# Configured in its own folder, a source tree can't be built from elsewhere.
sub source
{
    return srcdir() unless -e srcdir() . '/config.status';
    command('a copy of the source', "$tmp", 'cp', '-R', srcdir(), "$tmp/source");
    command('make distclean', "$tmp/source", 'make', '-s', 'distclean');
    return "$tmp/source";
}

mkdir "$tmp/build" or die $!;
command('configure', "$tmp/build", source() . '/configure', '-q', '--disable-dependency-tracking', "--prefix=$prefix", '--with-postgresql=no', '--with-mysql=no',
    "CC=@cc", 'CFLAGS=-O0') && command('make install', "$tmp/build", 'make', '-s', '-j2', 'install')
    or BAIL_OUT('the second build fails');

# From here on only what is installed.
my $limbeck = "$prefix/bin/limbeck";
my %env = (PKG_CONFIG_PATH => "$prefix/lib/pkgconfig", LD_LIBRARY_PATH => "$prefix/lib", PATH => "$prefix/bin:$ENV{PATH}",
    LIMBECK_DRIVER_PATH => undef, LIMBECK_TEMPLATE_PATH => undef);
my @installed = ({ program => [$limbeck], env => \%env });

subtest 'the installed program' => sub {
    my $project = new_project(bare => 1);
    run_like([@installed, '--version'], qr/\Alimbeck \d/, 'runs');
    my $drivers = json_of([@installed, 'drivers'], 'lists its drivers')->{drivers};
    is_deeply [map { "$_->{scheme} $_->{path}" } @$drivers],
        [map { "$_ $prefix/lib/limbeck/drivers/$_.so" } qw(sqlite sqlite3)], 'which are the installed ones';
    is_deeply [grep { defined $_->{problem} } @$drivers], [], 'and can be used';
    run_ok([@installed, 'init'], 'init finds its template');
    for my $scheme (qw(postgresql mysql mariadb)) {
        fails_with(2, qr/error: no driver for "$scheme" is installed\n.*installed: sqlite, sqlite3\.\nhint: .*limbeck-$scheme\b.*$scheme\.so/s,
            [@installed, '-u', "$scheme://x", 'current'], "$scheme: which driver is missing, and how to get it");
    }
    run_ok([@installed, 'revision', '-m', 'first', '--rev-id', 'a1'], 'a revision');
    write_file('migrations/versions/a1_first.sql', "-- \@revision a1\n-- \@upgrade\nCREATE TABLE t (a integer);\n-- \@downgrade\nDROP TABLE t;\n");
    run_err_like([@installed, 'upgrade', 'head'], qr/Running upgrade  -> a1/, 'upgrade');
    run_like([@installed, 'current'], qr/^a1 \(head\)$/m, 'current');
    run_err_like([@installed, 'downgrade', 'base'], qr/Running downgrade a1 -> /, 'downgrade');
    like sh("ldd '$limbeck' '$prefix/lib/liblimbeck.so'")->{stdout}, qr/liblimbeck\.so\.0 => \Q$prefix\E/, 'the program loads the installed library';
    unlike sh("ldd '$limbeck' '$prefix/lib/liblimbeck.so'")->{stdout}, qr/lib(?:pq|sqlite3|mysqlclient|mariadb)\b/, 'and no database library';
};

subtest 'a driver that was made outside of the tree' => sub {
    my $project = a_project();
    my ($line) = slurp(srcdir() . '/drivers/template/README.md') =~ /^    (cc -shared .*)$/m;
    write_file('driver/template.c', slurp(srcdir() . '/drivers/template/template.c'));
    $line =~ s/^cc/@cc/;
    shell_ok("cd driver && $line", 'one line makes it') or return;
    is sh('pkg-config --variable=driverdir limbeck')->{stdout}, "$prefix/lib/limbeck/drivers\n", 'pkg-config knows where it goes';
    shell_ok('install -m 644 driver/template.so "$(pkg-config --variable=driverdir limbeck)"', 'install');
    run_err_like([@installed, '-u', 'template:///toy.db', 'upgrade', 'head'], qr/Running upgrade  -> a1/, 'it runs an upgrade');
    run_like([@installed, '-u', 'template:///toy.db', 'current'], qr/^a1 \(head\)$/m, 'the revision is there');
    run_err_like([@installed, '-u', 'template:///toy.db', 'downgrade', 'base'], qr/Running downgrade/, 'and a downgrade');
    unlink "$prefix/lib/limbeck/drivers/template.so";
};

subtest 'the example of limbeck.h, as a program' => sub {
    my $project = a_project();
    my ($code) = slurp("$prefix/include/limbeck/limbeck.h") =~ /^( \*     struct limbeck_error err.*?limbeck_close\(lb\);)$/ms;
    ok defined $code, 'there is one' or return;
    $code =~ s/^ \*//gm;
    $code =~ s/\.\.\.(limbeck_error_text\(&err\))\.\.\./puts($1), failed = 1;/;
    write_file('example.c', "#include <stdio.h>\n#include <limbeck/limbeck.h>\n\nint main(void)\n{\n\tint failed = 0;\n$code\n\treturn failed;\n}\n");
    embeds("@cc -std=c99 -Wall -Wextra -Werror -o example example.c", 'example');
};

subtest 'a program in C++' => sub {
    my $cxx = (grep { Limbeck::Server::find_program([$_]) } grep { defined } $ENV{CXX}, 'c++', 'g++', 'clang++')[0];
    skip_or_bail('no compiler for C++ here (Debian: apt-get install g++)') unless $cxx;
    my $project = a_project();
    write_file('example.cc', <<'END');
#include <iostream>
#include <string>
#include <vector>
#include <limbeck/limbeck.h>

static int on_event(void *data, const limbeck_event *event)
{
    if (event->kind == LIMBECK_EVENT_END)
        static_cast<std::vector<std::string> *>(data)->push_back(event->step->revision);
    return 0;
}

int main()
{
    limbeck_error err = LIMBECK_ERROR_INIT;
    limbeck_options options = limbeck_options();
    limbeck_run run = limbeck_run();
    const char *target[] = { "head" };
    std::vector<std::string> done;
    limbeck *lb = NULL;

    options.size = sizeof options;
    run.size = sizeof run;
    run.targets = target;
    run.target_count = 1;
    run.event = on_event;
    run.data = &done;
    int rc = limbeck_open(&lb, &options, &err);
    if (rc == 0)
        rc = limbeck_upgrade(lb, &run, &err);
    if (rc < 0)
        std::cerr << (err.message ? err.message : "?") << std::endl;
    limbeck_close(lb);
    limbeck_error_release(&err);
    return rc == 0 && done.size() == 1 && done[0] == "a1" ? 0 : 1;
}
END
    embeds("$cxx -std=c++11 -Wall -Wextra -Werror -o example example.cc", 'example');
};

command('make uninstall', "$tmp/build", 'make', '-s', 'uninstall');
is `find '$prefix' ! -type d`, '', 'which leaves nothing';
done_testing;

sub a_project
{
    my $project = new_project();
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    return $project;
}

# A shell that has the installed files at hand.
sub sh
{
    my ($line) = @_;
    return limbeck({ program => ['sh', '-c', $line], env => \%env });
}

sub shell_ok
{
    my ($line, $name) = @_;
    my $result = sh($line);
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return ok($result->{status} == 0, $name) || !diag "$line\n$result->{stdout}$result->{stderr}";
}

# Compiles a program, and runs it in the project.
sub embeds
{
    my ($line, $program) = @_;
    shell_ok("$line \$(pkg-config --cflags --libs limbeck)", 'it compiles against what is installed') or return;
    shell_ok("./$program", 'runs an upgrade');
    is sh('sqlite3 limbeck.db "SELECT count(*) FROM t"')->{stdout}, "0\n", 'and the table is there';
    run_like([@installed, 'current'], qr/^a1 \(head\)$/m, 'as limbeck sees too');
    write_file('migrations/versions/a2.sql', "-- \@revision a2\n-- \@parents a1\n-- \@upgrade\nCREATE TABEL x;\n");
    my $result = sh("./$program");
    is $result->{status}, 1, 'a failure is an error';
    like "$result->{stdout}$result->{stderr}", qr/syntax error/, 'with a message';
}
