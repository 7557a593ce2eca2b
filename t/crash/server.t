#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# All processes of the server are killed (SIGKILL) at random moments, and it is
# started again.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Crash;

crash_seed();
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $server = Limbeck::Server->private($db->engine, durable => 1);
    my $crash = Limbeck::Crash->new(Limbeck::Database->create($db->engine, $server));
    my $count = crash_rounds(2);
    $count = 50 if $count > 50;
    # Every other time it is there again while the run still looks for it.
    $crash->rounds($count, 'the server crashed at a random moment', sub {
        my ($self, $round) = @_;
        $crash->meanwhile(sub { $server->crash; $server->start if $round % 4 < 2 });
        $server->start unless $server->running;
    });
});

done_testing;
