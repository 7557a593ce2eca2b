# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Test: all that a test needs. "use Limbeck::Test;" switches strict and
# warnings on, brings Test::More's functions, and those below. t/README has an
# example of a test in ten lines.
#
# All text is bytes: a test does not say "use utf8", and compares what it reads
# with what it has written.

package Limbeck::Test;

use strict;
use warnings;

use Cwd ();
use File::Basename qw(dirname);
use File::Temp ();
use JSON::PP ();
use Test::More ();
use Limbeck::Database;
use Limbeck::Project;
use Limbeck::Run;
use Limbeck::Server;

use Exporter ();
our @ISA = ('Exporter');
our @EXPORT = qw(
    limbeck limbeck_start run_ok run_like run_err_like fails_with stdout_is json_of
    file_is file_like write_file slurp revision_file new_project project
    engines all_engines for_each_engine skip_or_bail normalize builddir srcdir
);

# The HOME of everything that a test runs.
my $home;

sub import
{
    strict->import;
    warnings->import;
    Test::More->export_to_level(1);
    __PACKAGE__->export_to_level(1);
    clean_environment();
    # Exit in an orderly way, so that END stops servers and removes folders.
    for my $signal (qw(INT TERM HUP)) {
        $SIG{$signal} = sub { exit 128 + ($signal eq 'INT' ? 2 : $signal eq 'TERM' ? 15 : 1) };
    }
}

sub clean_environment
{
    # Absolute, for tests change folders.
    $ENV{LIMBECK_BUILDDIR} = builddir();
    $ENV{LIMBECK_SRCDIR} = srcdir();
    for my $name (keys %ENV) {
        next if $name =~ /^LIMBECK_(?:TEST_\w+|BUILDDIR|SRCDIR|SANITIZER)$/;
        delete $ENV{$name} if $name =~ /^(?:LIMBECK_|DATABASE_URL$|PG|MYSQL|MARIADB|SQLITE|LC_|LANG)/;
    }
    delete @ENV{qw(NO_COLOR CLICOLOR CLICOLOR_FORCE EDITOR VISUAL PAGER XDG_CONFIG_HOME)};
    $ENV{LC_ALL} = 'C.UTF-8';
    $ENV{TZ} = 'UTC';
    $home //= File::Temp->newdir('limbeck-home-XXXXXX', TMPDIR => 1);
    $ENV{HOME} = "$home";
}

sub builddir { return Limbeck::Run::builddir() }

sub srcdir
{
    return Cwd::abs_path($ENV{LIMBECK_SRCDIR} // dirname(dirname(dirname(dirname(__FILE__)))));
}

# ---------------------------------------------------------------------------
# Engines

sub all_engines { return qw(sqlite postgresql mysql) }

# Those to test: drivers that were built, narrowed by LIMBECK_TEST_ENGINES=a,b.
sub engines
{
    my $built = builddir() . '/drivers/.libs';
    my @engines = grep { -e "$built/$_.so" } all_engines();
    my $wanted = $ENV{LIMBECK_TEST_ENGINES} // '';
    return @engines unless length $wanted;
    my %wanted = map { $_ => 1 } split /[\s,]+/, $wanted;
    return grep { $wanted{$_} } @engines;
}

# Runs the block once for each engine, as a subtest with an empty database.
# Options before the block: engines => [...], which may be none of those that
# were built.
sub for_each_engine
{
    my $block = pop;
    my %opt = @_;
    my @engines = $opt{engines} ? @{ $opt{engines} } : engines();
    if (!@engines) {
        Test::More::ok($opt{engines} ? 1 : 0,
            $opt{engines} ? 'no driver of these was built' : 'there is a driver to test');
    }
    for my $engine (@engines) {
        local $Test::Builder::Level = $Test::Builder::Level + 1;
        Test::More::subtest($engine => sub { run_on_engine($engine, $block) });
    }
}

sub run_on_engine
{
    my ($engine, $block) = @_;
    my $why = Limbeck::Database->why_not($engine);
    return skip_or_bail($why) if defined $why;
    my $mark = Limbeck::Database->mark;
    my $done = eval { $block->(Limbeck::Database->create($engine)); 1 };
    my $error = $@;
    Limbeck::Database->drop_since($mark);
    return if $done;
    # skip_all inside a subtest leaves it by an exception of Test::Builder's.
    die $error if ref $error;
    Test::More::fail("the test ran to its end");
    Test::More::diag($error);
}

# Skips all of the (sub)test for want of something on this machine; where
# CI is true everything must be there, and its lack ends the run.
sub skip_or_bail
{
    my ($why) = @_;
    Test::More::BAIL_OUT("$why; with CI=$ENV{CI} nothing may be skipped")
        if $ENV{CI} && $ENV{CI} !~ /^(?:0|false|no)$/i;
    Test::More::plan(skip_all => $why);
}

# ---------------------------------------------------------------------------
# Projects and files

our $current;

# Makes a project and makes it the current one, where limbeck() and the paths of
# the file helpers start. See Limbeck::Project->new for the options.
sub new_project { return $current = Limbeck::Project->new(@_) }

sub project { return $current // new_project() }

# Calls one of the functions below with another project as the current one.
sub within
{
    my ($project, $name, @args) = @_;
    local $current = $project;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    no strict 'refs';
    return &{"Limbeck::Test::$name"}(@args);
}

sub path { return $current ? $current->path($_[0]) : $_[0] }

sub write_file
{
    my ($path, $text) = @_;
    return Limbeck::Project::write_to(path($path), $text);
}

sub slurp
{
    my ($path) = @_;
    return Limbeck::Server::slurp(path($path)) // die path($path) . ": $!\n";
}

# revision_file($dir, id => ..., upgrade => ...); $dir a folder or a project.
sub revision_file
{
    my ($dir, %opt) = @_;
    return $dir->revision(%opt) if ref $dir && $dir->isa('Limbeck::Project');
    return Limbeck::Project::revision_file(path($dir), %opt);
}

# Text with what differs from run to run replaced: times, dates, generated ids.
sub normalize
{
    my ($text) = @_;
    $text =~ s/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/DATE/g;
    $text =~ s/\b\d+(?:\.\d+)?\s?(?:s|ms|us)\b/TIME/g;
    $text =~ s/(?<![0-9A-Za-z])[0-9a-f]{12}(?![0-9A-Za-z])/ID/g;
    return $text;
}

# ---------------------------------------------------------------------------
# Running the program

# limbeck(@args) or limbeck({stdin => ..., env => {...}, dir => ..., timeout =>
# ..., tty => 1}, @args): runs it in the current project; returns {status,
# stdout, stderr, signal, seconds}. A crash, a time-out, a sanitizer's report or
# a leaked password fail the test at once, whatever it expects.
sub limbeck
{
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return limbeck_start(@_)->finish;
}

# The same in the background: a Limbeck::Run with wait_for, signal and finish.
sub limbeck_start
{
    my %opt = ref $_[0] eq 'HASH' ? %{ shift() } : ();
    delete $opt{status};
    return Limbeck::Run->start(dir => project()->dir, %opt, args => [@_], judge => \&checked);
}

sub checked
{
    my ($result) = @_;
    return $result unless defined $result->{problem};
    local $Test::Builder::Level = $Test::Builder::Level + 2;
    Test::More::fail("@{[described($result)]}: $result->{problem}");
    explain_run($result);
    return $result;
}

sub described
{
    my ($result) = @_;
    return join ' ', 'limbeck', map { /^[\w.:=@+\/-]+$/ ? $_ : "'$_'" } @{ $result->{args} };
}

sub explain_run
{
    my ($result) = @_;
    Test::More::diag('  ran:    ', described($result));
    Test::More::diag("  status: $result->{status}");
    for my $stream (qw(stdout stderr)) {
        my $text = $result->{$stream};
        # The end is where sanitizers and errors say what is the matter.
        $text = '[...] ' . substr $text, -6000 if length $text > 6000;
        Test::More::diag("  $stream:\n", map { "    $_\n" } split /\n/, $text) if length $text;
    }
}

# ---------------------------------------------------------------------------
# Assertions: one "ok" each; they return the result of the run

sub default_name
{
    my ($args, $name) = @_;
    my @words = grep { !ref } @$args;
    return $name // described({ args => \@words });
}

# One verdict; $why says in words what is wrong, undef if nothing is.
sub verdict
{
    my ($result, $name, $why) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 2;
    return $result if Test::More::ok(!defined $why, $name);
    Test::More::diag("  $why");
    explain_run($result);
    return $result;
}

sub wrong_status
{
    my ($result, $status) = @_;
    return undef if $result->{status} == $status;
    return "status is $result->{status}, not $status";
}

sub unlike_text
{
    my ($what, $text, $pattern) = @_;
    return $text =~ $pattern ? undef : "$what does not match $pattern";
}

sub run_ok
{
    my ($args, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@$args);
    return verdict($result, default_name($args, $name), wrong_status($result, 0));
}

# Ends with 0, and stdout matches.
sub run_like
{
    my ($args, $pattern, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@$args);
    return verdict($result, default_name($args, $name),
        wrong_status($result, 0) // unlike_text('stdout', $result->{stdout}, $pattern));
}

# Ends with 0, and stderr (progress, notices) matches.
sub run_err_like
{
    my ($args, $pattern, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@$args);
    return verdict($result, default_name($args, $name),
        wrong_status($result, 0) // unlike_text('stderr', $result->{stderr}, $pattern));
}

sub fails_with
{
    my ($status, $pattern, $args, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@$args);
    return verdict($result, default_name($args, $name),
        wrong_status($result, $status) // unlike_text('stderr', $result->{stderr}, $pattern));
}

# Ends with 0, and stdout is exactly this.
sub stdout_is
{
    my ($args, $expected, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $result = limbeck(@$args);
    my $why = wrong_status($result, 0) // different('stdout', $result->{stdout}, $expected);
    return verdict($result, default_name($args, $name), $why);
}

sub different
{
    my ($what, $got, $expected) = @_;
    return undef if $got eq $expected;
    my @got = split /\n/, $got, -1;
    my @expected = split /\n/, $expected, -1;
    my $line = 0;
    $line++ while ($got[$line] // "\0") eq ($expected[$line] // "\0");
    return sprintf "%s differs in line %d\n      got:      %s\n      expected: %s", $what,
        $line + 1, $got[$line] // '(the end)', $expected[$line] // '(the end)';
}

# Runs with --json and returns the value; {status => 3} among the options if
# another end than 0 is right. Strings in it are bytes, as everywhere.
sub json_of
{
    my ($args, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @args = @$args;
    my $opt = ref $args[0] eq 'HASH' ? shift @args : {};
    unshift @args, '--json' unless grep { $_ eq '--json' } @args;
    my $result = limbeck($opt, @args);
    my $value = eval { JSON::PP->new->utf8(0)->allow_nonref->decode($result->{stdout}) };
    my $error = $@;
    my $why = wrong_status($result, $opt->{status} // 0);
    $why //= "stdout is not one JSON value: $error" if $error;
    verdict($result, default_name(\@args, $name), $why);
    return $value;
}

sub file_is
{
    my ($path, $expected, $name) = @_;
    my $text = Limbeck::Server::slurp(path($path));
    my $why = defined $text ? different($path, $text, $expected) : "there is no $path";
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return Test::More::ok(!defined $why, $name // $path) || Test::More::diag("  $why");
}

sub file_like
{
    my ($path, $pattern, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return Test::More::like(slurp($path), $pattern, $name // $path);
}

1;
