#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The rooms of core/ and what each may do: include only lower rooms (core/LAYERS),
# know no database, and leave output, exit and environment to the rooms for it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Source;

# Where code of core/ may name an engine: [file, what, why].
my @engine_excuses = (
    [qr{^core/(?:config|cli)/}, qr{sqlite:///limbeck\.db}, 'the default URL'],
    [qr{^core/cli/cmd_translate\.c}, qr{--to (?:sqlite|mariadb)|else postgresql}, 'examples'],
);

# Who may use a function: [its call, rooms, what the rule is].
my @reserved = (
    [qr/\b(?:printf|vprintf|puts|putchar|putc|perror)\s*\(/, 'cli', 'only cli prints'],
    [qr/\bstdout\b/, 'cli', 'only cli writes to stdout'],
    [qr/\b(?:exit|quick_exit|abort)\s*\(/, 'cli', 'only cli ends the process'],
    [qr/\b(?:getenv|secure_getenv)\s*\(|\benviron\b/, 'config', 'only config reads the environment'],
);

my %client_header = map { $_ => 1 } qw(libpq-fe.h sqlite3.h mysql.h errmsg.h mysqld_error.h);

my $root = srcdir();
my %level = read_layers();
my @files = grep { m{^(?:core|drivers|include/limbeck)/.*\.[ch]\z} } Limbeck::Source::files($root);
my @core = grep { m{^core/} } @files;
my @faults;

ok scalar(@core), 'core/ has C files';
no_faults('each room includes only itself and lower rooms', \&check_layers, @core);
no_faults('no header of a client library in core/', \&check_client_headers, @core);
no_faults('no name of an engine in the code of core/', \&check_engine_names, @core);
no_faults('output, exit and environment are used where they may be', \&check_reserved,
    grep { m{^(?:core|drivers)/} } @files);
no_faults('drivers include <limbeck/*.h>, their own files and their client library',
    \&check_driver, grep { m{^drivers/} } @files);
no_faults('public headers include only each other and the C library',
    \&check_public, grep { m{^include/} } @files);
done_testing;

# Runs a check on each file; it calls fault() for what it finds.
sub no_faults
{
    my ($name, $check, @paths) = @_;
    @faults = ();
    $check->($_, Limbeck::Source::code(Limbeck::Source::text($root, $_))) for @paths;
    ok !@faults, $name or diag map { "  $_\n" } @faults;
}

sub fault
{
    my ($path, $line, $what) = @_;
    push @faults, "$path:$line: $what";
}

sub read_layers
{
    my (%level, $level);
    for my $line (split /\n/, Limbeck::Source::text($root, 'core/LAYERS')) {
        next if $line =~ /^\s*(?:#|$)/;
        $level++;
        $level{$_} = $level for split ' ', $line;
    }
    return %level;
}

sub room_of
{
    my ($path) = @_;
    return $path =~ m{^core/(\w+)/} ? $1 : '';
}

# The room that an include leads to: 'limbeck' for public headers, '' for the
# system's and the build's, undef when there is no such file.
sub room_included
{
    my ($path, $kind, $name) = @_;
    return 'limbeck' if $name =~ m{^limbeck/};
    return '' if $name eq 'config.h';
    (my $folder = $path) =~ s{[^/]+\z}{};
    return room_of($path) if $kind eq '"' && $name !~ m{/} && -e "$root/$folder$name";
    (my $plain = $name) =~ s{^(?:\.\./)*(?:core/)?}{};
    return $1 if $plain =~ m{^(\w+)/} && $level{$1};
    return $kind eq '<' ? '' : undef;
}

sub check_layers
{
    my ($path, $code) = @_;
    my $room = room_of($path);
    return fault($path, 1, "room '$room' is not in core/LAYERS") unless $level{$room};
    for my $include (Limbeck::Source::includes($code)) {
        my ($line, $kind, $name) = @$include;
        my $other = room_included($path, $kind, $name);
        if (!defined $other) {
            fault($path, $line, "\"$name\" is in no room");
        } elsif ($other ne 'limbeck' && $other ne '' && !may_include($room, $other)) {
            fault($path, $line, "$room may not include $name");
        }
    }
}

sub may_include
{
    my ($room, $other) = @_;
    return 1 if $room eq $other;
    return $room ne 'cli' && $level{$other} < $level{$room};
}

sub is_client_header
{
    my ($name) = @_;
    $name =~ s{.*/}{};
    return $client_header{$name};
}

sub check_client_headers
{
    my ($path, $code) = @_;
    for my $include (Limbeck::Source::includes($code)) {
        fault($path, $include->[0], $include->[2]) if is_client_header($include->[2]);
    }
}

sub check_engine_names
{
    my ($path, $code) = @_;
    for my $excuse (@engine_excuses) {
        $code =~ s/$excuse->[1]//g if $path =~ $excuse->[0];
    }
    each_match($path, $code, qr/\w*(?:postgres|sqlite|mysql|mariadb)\w*/i, 'names an engine');
}

sub check_reserved
{
    my ($path, $code) = @_;
    my $bare = Limbeck::Source::bare_code($code);
    # A member of that name is somebody's own: driver->exit().
    $bare =~ s/(?:->|\.)\s*\w+//g;
    for my $rule (@reserved) {
        my ($call, $room, $why) = @$rule;
        each_match($path, $bare, $call, $why) if room_of($path) ne $room;
    }
}

sub each_match
{
    my ($path, $text, $pattern, $why) = @_;
    my $line = 0;
    for (split /\n/, $text) {
        $line++;
        fault($path, $line, "$why: $1") if /($pattern)/;
    }
}

sub check_driver
{
    my ($path, $code) = @_;
    my ($folder) = $path =~ m{^(drivers/[^/]+/)} or return fault($path, 1, 'lies in no driver');
    for my $include (Limbeck::Source::includes($code)) {
        my ($line, $kind, $name) = @$include;
        next if $name =~ m{^limbeck/\w+\.h\z};
        if ($kind eq '"') {
            (my $own = $path) =~ s{[^/]+\z}{$name};
            fault($path, $line, "\"$name\" is not the driver's own")
                if $name =~ /\.\./ || !(-e "$root/$own" || -e "$root/$folder$name");
        } elsif ($name =~ m{^(?:core/)?(\w+)/} && $level{$1}) {
            fault($path, $line, "<$name> is core's");
        }
    }
}

sub check_public
{
    my ($path, $code) = @_;
    for my $include (Limbeck::Source::includes($code)) {
        my ($line, $kind, $name) = @$include;
        next if $name =~ m{^limbeck/\w+\.h\z};
        fault($path, $line, $name) if $kind eq '"' || $name =~ m{/} || is_client_header($name);
    }
}
