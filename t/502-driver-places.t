#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A driver is only loaded from where nobody but root and the user who runs limbeck
# can put or change it: the file, its folders up to the root, and all links on the
# way. As root and as another user; what is refused says so, and what to do.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Run;
use File::Temp ();

my $root = $> == 0;
my $other = getpwnam('nobody') // 65534;
my $foreign = getgrgid((getpwnam('nobody'))[3] // 65534) ? (getpwnam('nobody'))[3] : 65534;

# Folders on the way to it, from the top: place/a/b/evil.so, a driver that is whole.
my $top = File::Temp->newdir('limbeck-places-XXXXXX', TMPDIR => 1);
chmod 0755, "$top";
my $good = slurp(builddir() . '/drivers/.libs/sqlite.so');
my $count = 0;
my $place;

sub place
{
    $place = "$top/" . ++$count;
    mkdir $_, 0755 or die "$_: $!" for $place, "$place/a", "$place/a/b";
    write_file("$place/a/b/evil.so", $good);
    chmod 0755, "$place/a/b/evil.so";
    return $place;
}

sub run_with
{
    my ($folder, %opt) = @_;
    return limbeck({ %{ $opt{run} // {} } }, '--driver-path', $folder, '-u', 'evil:///' . ($opt{db} // 'x.db'), 'current');
}

sub loads
{
    my ($name, $folder, %opt) = @_;
    my $result = run_with($folder, %opt);
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return ok($result->{status} == 0, $name) || Limbeck::Test::explain_run($result);
}

# Status 2, the reason, the file or folder that is meant, and what to do.
sub refuses
{
    my ($name, $why, $what, $hint, $folder, %opt) = @_;
    my $result = run_with($folder, %opt);
    my $good = $result->{status} == 2 && $result->{stderr} =~ /error: driver "[^"]*" is not loaded: / && $result->{stdout} eq '';
    $good &&= index($result->{stderr}, $_) >= 0 for $why, "\"$what\"", "hint: $hint";
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return ok($good, $name) || Limbeck::Test::explain_run($result);
}

new_project();
my $all = 'everybody may write to';

subtest 'who may write' => sub {
    loads('a place of our own', place() . '/a/b');
    for my $part ('/a/b/evil.so', '/a/b', '/a', '') {
        my $path = place() . $part;
        chmod 0777, $path;
        refuses("everybody, to $part", $all, $path, "Take that permission away: chmod o-w '$path'", "$place/a/b");
        chmod 01777, $path;
        -d $path ? loads("but not with the sticky bit on $part", "$place/a/b")
            : refuses('which does not help a file', $all, $path, 'Take', "$place/a/b");
        chmod 0755, $path;
        loads("taken away from $part, it loads", "$place/a/b");
    }
};

subtest 'links' => sub {
    my $open = place();
    chmod 0777, "$open/a";
    my $closed = place();
    symlink "$open/a/b", "$closed/link" or die $!;
    refuses('a folder that is a link to a bad place', $all, "$open/a", 'Take', "$closed/link");
    mkdir "$closed/c" or die $!;
    symlink "$open/a/b/evil.so", "$closed/c/evil.so" or die $!;
    refuses('a file that is one', $all, "$open/a", 'Take', "$closed/c");
    symlink '../../a/b', "$closed/c/up" or die $!;
    symlink '../a/b', "$closed/c/relative" or die $!;
    loads('a relative link to a good one', "$closed/c/relative");
    my $between = place();
    symlink "$closed/a", "$between/a/to" or die $!;
    chmod 0777, "$between/a";
    refuses('a link in a bad place to a good one', $all, "$between/a", 'Take', "$between/a/to/b");
    symlink 'loop', "$closed/loop" or die $!;
    my $result = run_with("$closed/loop");
    like $result->{stderr}, qr/error: /, 'a link to itself is no endless way';
};

subtest 'the list' => sub {
    my $path = place();
    chmod 0777, "$path/a";
    my $result = limbeck('--driver-path', "$path/a/b", 'drivers');
    is $result->{status}, 0, 'drivers lists it';
    like $result->{stdout}, qr/^evil\b.*\Q$all "$path\E\/a"/m, 'with the reason';
};

subtest 'owners and groups' => sub {
    return plan skip_all => 'only root can give files away' unless $root;
    for my $part ('/a/b/evil.so', '/a/b', '/a') {
        my $path = place() . $part;
        chown $other, -1, $path;
        refuses("$part of another user", "belongs to user $other", $path, 'Change its owner, or copy the driver', "$place/a/b");
        chown 0, $foreign, $path;
        chmod 0775, $path;
        refuses("$part of a group with others in it", 'others of its group may write to', $path,
            "Take that permission away: chmod g-w '$path'", "$place/a/b");
        chown 0, 0, $path;
        loads("$part of root's group", "$place/a/b");
    }
    my $path = place();
    symlink "$path/a/b", "$path/link" or die $!;
    system('chown', '-h', $other, "$path/link") == 0 or die 'chown -h';
    refuses('a link of another user', "belongs to user $other", "$path/link", 'Change its owner', "$path/link");
};

# Run by another user, root's files are good, his own are, and those of a third are not.
subtest 'as another user' => sub {
    return plan skip_all => 'only root can become another user' unless $root;
    my $home = File::Temp->newdir('limbeck-other-XXXXXX', TMPDIR => 1);
    chown $other, $foreign, "$home";
    my @as = ('setpriv', "--reuid=$other", "--regid=$foreign", '--clear-groups', Limbeck::Run::program());
    my $readable = IPC::Run::run([@as[0 .. 3], 'test', '-x', builddir() . '/limbeck'], '2>', \my $error);
    return plan skip_all => 'the build tree is closed to other users' unless $readable;
    write_file("$home/limbeck.ini", "[limbeck]\n");
    mkdir "$home/migrations" and mkdir "$home/migrations/versions" or die $!;
    my %run = (run => { program => \@as, dir => "$home", env => { HOME => "$home" } }, db => '/tmp/no-such-limbeck.db');
    loads("root's place", place() . '/a/b', %run);
    mkdir "$home/own" or die $!;
    write_file("$home/own/evil.so", $good);
    chown $other, $foreign, "$home/own", "$home/own/evil.so";
    loads('his own', "$home/own", %run);
    my $path = place();
    chown 12345, 12345, "$path/a";
    refuses('that of a third', 'belongs to user 12345', "$path/a", 'Change its owner', "$path/a/b", %run);
    refuses('his own, for root', "belongs to user $other", "$home", 'Change its owner', "$home/own");
};

# With rights that the caller has not, only the installed drivers count. The loader
# then finds our library by what is written into the program, so it is one of its own.
my $lister = <<'END';
#include <limbeck/limbeck.h>
#include <stdio.h>
static int list(void *data, const struct limbeck_driver_info *driver)
{
	(void)data;
	return printf("%s\n", driver->scheme) < 0;
}
int main(void)
{
	struct limbeck_options options = { .size = sizeof options, .driver_path = "PLACE" };
	struct limbeck *lb = NULL;
	int result = limbeck_open(&lb, &options, NULL) < 0 || limbeck_drivers(lb, NULL, list, NULL, NULL) < 0;

	limbeck_close(lb);
	return result;
}
END

subtest 'set-user-ID' => sub {
    return plan skip_all => 'only root can set the bit' unless $root;
    my $libraries = builddir() . '/core/.libs';
    return plan skip_all => 'limbeck is linked into its program here'
        if $ENV{LIMBECK_SANITIZER} || !-e "$libraries/liblimbeck.so";
    my $path = place();
    write_file("$path/list.c", $lister =~ s{PLACE}{$path/a}r);
    write_file("$path/a/named.so", $good);
    my @cc = split ' ', $ENV{CC} // 'cc';
    system(@cc, '-I' . srcdir() . '/include', '-I' . builddir() . '/include', '-o', "$path/list", "$path/list.c",
        "-L$libraries", '-llimbeck', "-Wl,-rpath,$libraries") == 0 or BAIL_OUT('a small program does not compile');
    my $home = File::Temp->newdir('limbeck-other-XXXXXX', TMPDIR => 1);
    chmod 0755, "$home";
    mkdir "$path/c" or die $!;
    write_file("$path/c/configured.so", $good);
    write_file("$home/limbeck.ini", "[limbeck]\ndriver_path = $path/c\n");
    my @as = ('setpriv', "--reuid=$other", "--regid=$foreign", '--clear-groups', "$path/list");
    my $run = { program => \@as, dir => "$home", env => { HOME => "$home", LIMBECK_DRIVER_PATH => "$path/a/b" } };
    my $found = sub { my $result = limbeck($run); return $result->{status} . ' ' . join ' ', grep { /^(?:evil|named|configured)$/ } split /\n/, $result->{stdout} };
    is $found->(), '0 configured evil named', 'without the bit, folders of the environment, the configuration and an option count';
    chmod 04755, "$path/list";
    is $found->(), '0 ', 'with it, none of them does';
};

# What is searched, and where nobody looks.
subtest 'relative folders' => sub {
    my $path = place();
    my $run = { dir => "$path/a", env => { LIMBECK_DRIVER_PATH => 'b' } };
    write_file("$path/a/limbeck.ini", "[limbeck]\n");
    mkdir $_ or die $! for "$path/a/migrations", "$path/a/migrations/versions";
    my $result = limbeck($run, '-v', '-u', 'evil:///x.db', 'current');
    is $result->{status}, 2, 'a relative folder of the environment is not searched';
    like $result->{stderr}, qr/folder "b" of the driver path is skipped: it is not an absolute path/, 'and this is said';
};
done_testing;
