#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Somebody ends the session on the server at random moments.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Crash;

crash_seed();
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $server = Limbeck::Server->private($db->engine);
    my $crash = Limbeck::Crash->new(Limbeck::Database->create($db->engine, $server));
    my $cut = Limbeck::Crash::Client->new($crash->{db}, $db->engine eq 'postgresql'
        ? "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'limbeck%';"
        : "KILL CONNECTION USER '" . Limbeck::Server->USER . "';");
    $crash->rounds(crash_rounds(6), 'sessions ended at a random moment',
        sub { $crash->meanwhile(sub { $cut->again }) });
});

done_testing;
