# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Source: reads the source tree for the tests that judge it.

package Limbeck::Source;

use strict;
use warnings;

use File::Find ();
use Limbeck::Server;

# Files of the project, as paths from the root: what git knows or would add;
# in an unpacked tarball, all but what its making has put there.
sub files
{
    my ($root) = @_;
    my $known = git_files($root) // found_files($root);
    return sort @$known;
}

# undef where there is no checkout, or git will not read somebody else's. That
# the root itself is the checkout matters: a tarball may be unpacked in one.
sub git_files
{
    my ($root) = @_;
    return undef unless -e "$root/.git";
    open my $fh, '-|', 'git', '-C', $root, 'ls-files', '-z', '--cached', '--others',
        '--exclude-standard' or return undef;
    local $/ = "\0";
    chomp(my @files = <$fh>);
    close $fh or return undef;
    # A file that was removed but is still known is not there to be read.
    return [grep { -f "$root/$_" } @files];
}

sub found_files
{
    my ($root) = @_;
    my @files;
    my $wanted = sub {
        return if $File::Find::name eq $root;
        my $path = substr $File::Find::name, length($root) + 1;
        if (-d && $path =~ m{^(?:build[^/]*|_build|_inst|autom4te\.cache|\.git)\z}) {
            $File::Find::prune = 1;
        } elsif (-f && !generated($path)) {
            push @files, $path;
        }
    };
    File::Find::find({ wanted => $wanted, no_chdir => 0 }, $root);
    return \@files;
}

# What autoconf, automake and libtool write into a tarball.
sub generated
{
    my ($path) = @_;
    return $path =~ m{^(?:configure|aclocal\.m4|config\.h\.in~?|Makefile\.in|INSTALL)\z}
        || $path =~ m{(?:^|/)(?:libtool|lt\w*[~]?)[^/]*\.m4\z};
}

sub text
{
    my ($root, $path) = @_;
    return Limbeck::Server::slurp("$root/$path") // die "$root/$path: $!\n";
}

# C text without its comments; lines keep their numbers, strings stay.
sub code
{
    my ($text) = @_;
    my $blank = sub { my ($t) = @_; $t =~ s/[^\n]//g; return " $t" };
    $text =~ s{
        ( "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
        | ( /\*.*?\*/ | //[^\n]* )
    }{ defined $1 ? $1 : $blank->($2) }gsex;
    return $text;
}

# The same without the insides of its strings.
sub bare_code
{
    my ($code) = @_;
    $code =~ s/"(?:[^"\\\n]|\\.)*"/""/g;
    return $code;
}

# What a C text includes: [line, '"' or '<', name] each.
sub includes
{
    my ($code) = @_;
    my @found;
    my $line = 0;
    for (split /\n/, $code) {
        $line++;
        push @found, [$line, $1, $2] if /^\s*#\s*include\s*(["<])([^">]+)[">]/;
    }
    return @found;
}

# Functions of a C text: [name, line, lines from { to }]. A function begins at
# a line that is a lone "{" and ends at one that begins with "}".
sub functions
{
    my ($text) = @_;
    my @line = split /\n/, $text;
    my ($begin, @found);
    for my $i (0 .. $#line) {
        if ($line[$i] =~ /^\{/) {
            $begin = $i;
        } elsif ($line[$i] =~ /^\}/ && defined $begin) {
            my $head = join ' ', @line[($begin > 6 ? $begin - 6 : 0) .. $begin - 1];
            # The last name before a parenthesis, at the start of a declaration.
            my ($name) = $head =~ /.*?(\w+)\s*\([^;{}]*$/;
            push @found, [$name // '?', $begin + 1, $i - $begin + 1] if defined $name;
            undef $begin;
        }
    }
    return @found;
}

1;
