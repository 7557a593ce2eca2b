#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What other engines are given for the objects of home is what they then have: all cases
# of t/data/map.txt are made on real servers, changed there, and read back.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();

my $program = builddir() . '/t/unit/translate_map.t';
skip_or_bail("$program was not built") unless -x $program;

for_each_engine(sub {
    my ($db) = @_;
    local $ENV{LIMBECK_BUILDDIR} = builddir();
    local $ENV{LIMBECK_SRCDIR} = srcdir();
    IPC::Run::run([$program, $db->url], \my $in, \my $out, \my $err);
    my $good = () = $out =~ /^ok /mg;
    my @bad = $out =~ /^(not ok .*(?:\n#.*)*)/mg;
    diag($_) for @bad, $err =~ /\S/ ? $err : ();
    is(scalar @bad, 0, 'each object is read back as it was mapped');
    ok($good >= ($db->engine eq 'postgresql' ? 20 : 150), "in all cases ($good)");
});
done_testing();
