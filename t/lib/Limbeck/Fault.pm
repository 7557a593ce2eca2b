# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Fault: runs of the program in which one thing goes wrong, at a call of
# the driver (t/fault/driver.c) or an allocation (t/fault/memory.c) of one's choice.
#
#     my $opt = driver_fault($db, 'kill-after:17');       # for limbeck($opt, ...)
#     my @points = driver_points($db, ['upgrade', 'head']);

package Limbeck::Fault;

use strict;
use warnings;

use Exporter 'import';
use File::Temp ();
use Limbeck::Run;
use Limbeck::Server;

our @EXPORT = qw(driver_fault driver_points memory_fault memory_points);

my $folder;

# A shared object of t/fault, made if nobody has yet.
sub object
{
    my ($name) = @_;
    my $file = Limbeck::Run::builddir() . "/t/fault/.libs/$name.so";
    system('make', '-s', '-C', Limbeck::Run::builddir(), "t/fault/$name.la") unless -e $file;
    die "$file could not be made\n" unless -e $file;
    return $file;
}

# A driver path where every engine's driver is the one that faults.
sub driver_path
{
    return "$folder" if $folder;
    $folder = File::Temp->newdir('limbeck-fault-XXXXXX', TMPDIR => 1);
    symlink object('driver'), "$folder/$_.so" or die "symlink: $!\n" for qw(sqlite postgresql mysql);
    return "$folder";
}

# Options of a run; fault and log may be undef.
sub driver_fault
{
    my ($db, $fault, $log) = @_;
    my $real = Limbeck::Run::builddir() . '/drivers/.libs/' . $db->engine . '.so';
    return { env => {
        LIMBECK_DRIVER_PATH  => driver_path(),
        LIMBECK_FAULT_DRIVER => $real,
        LIMBECK_FAULT        => $fault,
        LIMBECK_FAULT_LOG    => $log,
    } };
}

# What a run with these arguments calls: "17 execute INSERT INTO..." each. run is
# given the options and runs it.
sub driver_points
{
    my ($db, $run) = @_;
    my $log = File::Temp->new(TEMPLATE => 'limbeck-points-XXXXXX', TMPDIR => 1);
    $run->(driver_fault($db, undef, $log->filename));
    my @points = split /\n/, Limbeck::Server::slurp($log->filename) // '';
    die "the driver of t/fault was not used\n" unless @points;
    return @points;
}

# Options of a run whose allocation of this number fails ("17", or "17+": all from
# there on); also: the beginning of a library's name whose own count too. A sanitizer
# wants to stand before everything else, but can live with this.
sub memory_fault
{
    my ($number, $log, $also) = @_;
    my $asan = $ENV{ASAN_OPTIONS} // '';
    return { env => {
        LD_PRELOAD               => object('memory'),
        ASAN_OPTIONS             => join(':', grep { length } $asan, 'verify_asan_link_order=0'),
        LIMBECK_FAULT_MEMORY     => $number,
        LIMBECK_FAULT_MEMORY_LOG => $log,
        LIMBECK_FAULT_MEMORY_ALSO => $also,
    } };
}

# How many allocations a run makes.
sub memory_points
{
    my ($run, $also) = @_;
    my $log = File::Temp->new(TEMPLATE => 'limbeck-points-XXXXXX', TMPDIR => 1);
    $run->(memory_fault(undef, $log->filename, $also));
    my $count = Limbeck::Server::slurp($log->filename) // '';
    die "no allocation was counted\n" unless $count =~ /^(\d+)\n/;
    return $1;
}

1;
