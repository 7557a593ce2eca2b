#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Each fuzz target holds on its corpus, whatever compiler built it; under the
# sanitizers, where the build has them.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use File::Basename qw(basename);
use IPC::Run ();

my $folder = srcdir() . '/t/fuzz';
my @targets = map { basename($_, '.c') } grep { slurp($_) =~ /^int LLVMFuzzerTestOneInput/m } glob "$folder/*.c";
cmp_ok scalar @targets, '>=', 13, 'there are targets';

sub replay
{
    my ($name, @paths) = @_;
    my $output = '';
    my $done = eval { IPC::Run::run([builddir() . "/t/fuzz/$name", @paths], '<', '/dev/null', '>&', \$output,
        IPC::Run::timeout(120)) };
    return ($done && $output !~ /Sanitizer|runtime error:/ ? 1 : 0, $output . $@);
}

for my $name (@targets) {
    my @seeds = glob "$folder/corpus/$name/*";
    my ($good, $output) = @seeds ? replay($name, "$folder/corpus/$name") : (0, "no seeds\n");
    my $run = () = $output =~ m{^\Q$folder\E/corpus/}mg;
    ok $good && $run == @seeds, "$name, on " . @seeds . ' inputs' or diag $output;
}

is_deeply [sort map { basename $_ } glob "$folder/corpus/*"], [sort @targets], 'each corpus has its target';
my ($good, $output) = replay($targets[0], "$folder/corpus/nosuch");
ok !$good && $output =~ /nosuch/, 'what can not be read is not passed over';
my $makefile = slurp("$folder/Makefile.inc");
like $makefile, qr{^\tt/fuzz/\Q$_\E(?: \\)?$}m, "$_ is built" for @targets;
done_testing;
