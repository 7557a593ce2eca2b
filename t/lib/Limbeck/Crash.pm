# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Crash: runs of the program that something ends before their time, and
# what is there once it was run again until it was done.
#
#     my $crash = Limbeck::Crash->new($db);
#     $crash->rounds(300, 'killed at a random moment', sub { $crash->killed_somewhere });
#
# Each round goes the whole way, up in one and down in the next, is disturbed once
# or more, and is run again until it is done. Then each statement has run once by
# its ledger, schema, data and version table are those of a run that nothing
# disturbed, the history is whole, and no lock, session or temporary table is left.
# Where limbeck asks what became of a statement, the round looks, answers by
# `limbeck repair`, and counts.

package Limbeck::Crash;

use strict;
use warnings;

use Exporter 'import';
use POSIX ();
use Test::More ();
use Time::HiRes qw(sleep time);
use Limbeck::Database;
use Limbeck::Dump;
use Limbeck::Fault;
use Limbeck::Ledger;
use Limbeck::Project;
use Limbeck::Run;
use Limbeck::Server;

our @EXPORT = qw(crash_rounds crash_seed);

use constant { TRIES => 12, SHOWN => 3 };

# How many rounds: as LIMBECK_TEST_ROUNDS says, else the sample.
sub crash_rounds
{
    my ($sample) = @_;
    return $ENV{LIMBECK_TEST_ROUNDS} // $sample;
}

# LIMBECK_TEST_SEED repeats a run, as far as time lets it.
sub crash_seed
{
    my $seed = srand($ENV{LIMBECK_TEST_SEED} // time);
    Test::More::note("LIMBECK_TEST_SEED=$seed");
    return $seed;
}

sub new
{
    my ($class, $db, %opt) = @_;
    my $self = bless { db => $db, direction => 'upgrade', asked => {}, engine => $db->engine, %opt }, $class;
    $self->anew($db);
    return $self;
}

# A database with nothing in it but the ledger, and what a run leaves when nothing
# disturbs it, in both directions.
sub anew
{
    my ($self, $db) = @_;
    $self->{db} = $db;
    $self->{ledger} = Limbeck::Ledger->new($db);
    $self->{project} = Limbeck::Project->new(db => $db, ini => { lock_timeout => '50s' });
    $self->{ledger}->write($self->{project});
    $db->do('CREATE TABLE ledger (what varchar(60))');
    $self->{err} = $self->{project}->dir . '/stderr';
    $self->{direction} = 'upgrade';
    for my $direction (qw(upgrade downgrade)) {
        my $begun = time;
        my $result = $self->run({}, $self->args($direction));
        $self->{seconds}{$direction} = time - $begun;
        die "the undisturbed $direction failed: $result->{stderr}\n" if $result->{status};
        $self->{left}{$direction} = $self->look($direction);
        $db->do('DELETE FROM ledger');
    }
}

sub args
{
    my ($self, $direction) = @_;
    return $direction eq 'upgrade' ? ('upgrade', 'head') : ('downgrade', 'base');
}

# ---------------------------------------------------------------------------
# Runs of the program, with as little around them as can be: time matters here

sub begin
{
    my ($self, $opt, @args) = @_;
    # The child is not to end as a test would.
    local @SIG{qw(INT TERM HUP)} = ('DEFAULT') x 3;
    unlink $self->{err};
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    my %env = %{ $opt->{env} // {} };
    for my $name (keys %env) {
        if (defined $env{$name}) { $ENV{$name} = $env{$name} }
        else                     { delete $ENV{$name} }
    }
    chdir $self->{project}->dir;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', $self->{err};
    my @program = (Limbeck::Run::program(), @args);
    { no warnings 'exec'; exec { $program[0] } @program }
    POSIX::_exit(126);
}

sub end
{
    my ($self, $pid) = @_;
    waitpid $pid, 0;
    my $code = $?;
    my $stderr = Limbeck::Server::slurp($self->{err}) // '';
    my $signal = $code & 127;
    $self->problem("the program crashed by signal $signal: $stderr") if $signal && $signal != 9;
    $self->problem("it took an end of its own: $stderr") if $stderr =~ /Sanitizer|runtime error:/;
    return { status => $signal ? 128 + $signal : $code >> 8, killed => $signal == 9, stderr => $stderr };
}

sub run
{
    my ($self, $opt, @args) = @_;
    return $self->end($self->begin($opt, @args));
}

# ---------------------------------------------------------------------------
# Ways to disturb

# SIGKILL at any moment; and now and then again, in the run that goes on.
sub killed_somewhere
{
    my ($self) = @_;
    do {
        my $pid = $self->begin({}, $self->args($self->{direction}));
        sleep rand(1.1 * $self->{seconds}{ $self->{direction} });
        kill 'KILL', $pid;
        my $result = $self->end($pid);
        $self->{hit}++ if $result->{killed};
    } while (rand() < 0.25);
}

# Runs while something happens to the server at any moment.
sub meanwhile
{
    my ($self, $event) = @_;
    my $pid = $self->begin({}, $self->args($self->{direction}));
    sleep rand(1.1 * $self->{seconds}{ $self->{direction} });
    $event->();
    my $result = $self->end($pid);
    $self->{hit}++ if $result->{status};
    $self->{settled}++ if !$result->{status} && $result->{stderr} =~ /connection was lost/;
}

# With a fault at one call of the driver: "kill-after:17", see Limbeck::Fault.
sub faulty
{
    my ($self, $fault) = @_;
    my $result = $self->run(driver_fault($self->{db}, $fault), $self->args($self->{direction}));
    $self->{hit}++ if $result->{status};
    $self->{settled}++ if !$result->{status} && $result->{stderr} =~ /connection was lost/;
    return $result;
}

# How many points for faults a run has, each way.
sub points
{
    my ($self) = @_;
    return map {
        my $direction = $_;
        my @points = driver_points($self->{db}, sub { $self->run($_[0], $self->args($direction)) });
        $self->{db}->do('DELETE FROM ledger');
        scalar @points;
    } qw(upgrade downgrade);
}

# At each point of an upgrade and of a downgrade one round; or, where no rounds are
# asked for, at a sample of them.
sub everywhere
{
    my ($self, $kind, $sample) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @points = $self->points;
    my ($most) = sort { $b <=> $a } @points;
    my @chosen = 1 .. $most;
    @chosen = sort { $a <=> $b } map { splice @chosen, rand @chosen, 1 } 1 .. $sample
        if !defined $ENV{LIMBECK_TEST_ROUNDS};
    Test::More::note("$kind at " . @chosen . " of $points[0] points of the upgrade and $points[1] of the downgrade");
    $self->rounds(2 * @chosen, "$kind", sub { $self->faulty("$kind:" . $chosen[int(($_[1] - 1) / 2)]) });
}

# ---------------------------------------------------------------------------
# A round

sub rounds
{
    my ($self, $count, $name, $disturb) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($failed, $asked) = (0, 0);
    $self->{hit} = $self->{settled} = 0;
    for my $round (1 .. $count) {
        my @problems = $self->round($disturb, $round);
        next unless @problems;
        $failed++;
        Test::More::diag("$name, round $round, $self->{direction}: ", join "\n    ", @problems) if $failed <= SHOWN;
        $self->anew($self->{db}->fresh);
    }
    $asked += $_ for values %{ $self->{asked} };
    Test::More::is($failed, 0, "$name, $count times: nothing lost, nothing twice");
    Test::More::note("$self->{engine}: $count rounds, $self->{hit} runs ended early, $self->{settled} mended it "
        . "themselves, $failed rounds failed, limbeck asked $asked times what became of a statement");
    Test::More::note("  asked $self->{asked}{$_} times about $_") for sort keys %{ $self->{asked} };
    $self->{asked} = {};
}

# One way, disturbed; the problems found.
sub round
{
    my ($self, $disturb, $round) = @_;
    my $db = $self->{db};
    $self->{problems} = [];
    $db->do('DELETE FROM ledger');
    $self->{seq} = $db->value('SELECT max(seq) FROM limbeck_history') // 0;
    $disturb->($self, $round);
    $self->finish if !@{ $self->{problems} };
    $self->check if !@{ $self->{problems} };
    $self->{direction} = $self->{direction} eq 'upgrade' ? 'downgrade' : 'upgrade' if !@{ $self->{problems} };
    return @{ $self->{problems} };
}

sub problem { push @{ $_[0]{problems} }, $_[1] }

# Runs it until it is done.
sub finish
{
    my ($self) = @_;
    my $result;
    for (1 .. TRIES) {
        $result = $self->run({}, $self->args($self->{direction}));
        return if !$result->{status};
        if ($result->{stderr} =~ /not known whether statement (\d+) of revision (\w+) took effect/) {
            $self->answer($1, $2);
        } else {
            return $self->problem("run again, it fails:\n$result->{stderr}" . $self->history_text);
        }
    }
    $self->problem('it never comes to an end: ' . $result->{stderr});
}

# What a person would do: look, and say.
sub answer
{
    my ($self, $number, $id) = @_;
    my $done = $self->{ledger}->took_effect($id, $self->{direction}, $number);
    my $statement = (Limbeck::Ledger::statements((grep { $_->{id} eq $id } @{ $self->{ledger}{revisions} })[0],
        $self->{direction}))[$number - 1][0];
    $self->{asked}{ substr $statement, 0, 60 }++;
    my $result = $self->run({}, 'repair', $id, $done ? '--done' : '--retry');
    $self->problem("repair failed: $result->{stderr}") if $result->{status};
}

# ---------------------------------------------------------------------------
# What is there afterwards

# Schema, data and tables, to be compared.
sub look
{
    my ($self, $direction) = @_;
    my $db = $self->{db};
    my $data = $direction eq 'downgrade' ? [] : $db->query('SELECT id, n, filled, touched, extra FROM items ORDER BY id;'
        . ' SELECT id FROM seen ORDER BY id; SELECT id, body FROM notes ORDER BY id; SELECT id, more FROM outside;'
        . ' SELECT id FROM tags');
    return {
        schema => join("\n", @{ dump_of($db) }),
        tables => join(' ', sort $db->tables),
        data   => join("\n", map { join ',', map { $_ // 'NULL' } @$_ } @$data),
    };
}

sub check
{
    my ($self) = @_;
    my ($db, $direction, $ledger) = @$self{qw(db direction ledger)};
    my @rows = map { $_->[0] } @{ $db->query('SELECT what FROM ledger ORDER BY what') };
    $self->compare('ledger', join("\n", sort @rows), join("\n", $ledger->expected($direction)));
    $self->compare('version rows', join(' ', $db->versions), $direction eq 'upgrade' ? $ledger->head : '');
    my $left = $self->look($direction);
    $self->compare($_, $left->{$_}, $self->{left}{$direction}{$_}) for sort keys %$left;
    $self->check_history;
    my $remains = '';
    for (1 .. 100) {
        $remains = $self->remains or last;
        sleep 0.05;
    }
    $self->problem("left behind: $remains") if $remains;
}

sub compare
{
    my ($self, $what, $got, $expected) = @_;
    return if $got eq $expected;
    my %count;
    $count{$_}++ for split /\n/, $got;
    $count{$_}-- for split /\n/, $expected;
    my @odd = map { $count{$_} < 0 ? "missing: $_" : "too much: $_" } grep { $count{$_} } sort keys %count;
    splice @odd, 8 if @odd > 8;
    $self->problem("$what:\n      " . join("\n      ", @odd) . "\n" . $self->history_text);
}

# Each revision once, whole; nothing else but entries that say that they failed.
sub check_history
{
    my ($self) = @_;
    my $entries = $self->history;
    my %done;
    for my $entry (@$entries) {
        my ($seq, $revision, $direction, $outcome, $done, $total, $started) = @$entry;
        $done{$revision}++ if $outcome eq 'done' && $direction eq $self->{direction};
        next if $outcome eq 'failed' && $done == 0 && $started == 0;
        next if $outcome eq 'done' && $done == $total && $started == 0 && $direction eq $self->{direction};
        $self->problem("history has an odd entry: @$entry\n" . $self->history_text);
    }
    my @wrong = grep { ($done{$_} // 0) != 1 } $self->{ledger}->ids;
    $self->problem("history: not done, or not once: @wrong\n" . $self->history_text) if @wrong;
}

sub history
{
    my ($self) = @_;
    return $self->{db}->query('SELECT seq, revision, direction, outcome, statements_done, statements_total,'
        . " statement_started FROM limbeck_history WHERE seq > $self->{seq} ORDER BY seq");
}

sub history_text
{
    my ($self) = @_;
    return join '', map { "      history: @$_\n" } @{ $self->history };
}

# Locks, sessions, files; what of them is still there, or ''.
sub remains
{
    my ($self) = @_;
    my $db = $self->{db};
    if ($db->engine eq 'sqlite') {
        return join ' ', grep { $_ ne $db->path } glob $db->path . '*';
    }
    my $sql = $db->engine eq 'postgresql'
        ? "SELECT 'session ' || pid || ' ' || state || ': ' || query FROM pg_stat_activity WHERE datname = current_database()
            AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            UNION ALL SELECT 'lock ' || locktype || ' ' || pid FROM pg_locks WHERE locktype = 'advisory'
            UNION ALL SELECT 'temporary table ' || relname FROM pg_class WHERE relpersistence = 't'"
        : "SELECT concat('session ', id, ' ', coalesce(info, '')) FROM information_schema.processlist
            WHERE db = database() AND id <> connection_id()
            UNION ALL SELECT concat('temporary table ', name) FROM information_schema.innodb_sys_tables
            WHERE name LIKE concat(database(), '/#sql%')";
    return join '; ', map { $_->[0] } @{ $db->query($sql) };
}

# ---------------------------------------------------------------------------
# The engine's own client, kept open: starting it takes longer than a whole run

package Limbeck::Crash::Client;

sub new
{
    my ($class, $db, $sql) = @_;
    local $db->{admin} = $db->engine eq 'mysql' ? 'mysql' : 'postgres';
    my @command = map { $_ eq '-bail' ? () : $_ } $db->command;
    # One that fails is no end.
    @command = map { s/ON_ERROR_STOP=1/ON_ERROR_STOP=0/r } @command;
    push @command, '--force', '--unbuffered' if $db->engine eq 'mysql';
    my $self = bless { sql => $sql }, $class;
    $self->{pid} = open($self->{in}, '|-') // die "fork: $!\n";
    if (!$self->{pid}) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        { no warnings 'exec'; exec { $command[0] } @command }
        POSIX::_exit(126);
    }
    $self->{in}->autoflush(1);
    return $self;
}

sub again
{
    my ($self) = @_;
    print { $self->{in} } "$self->{sql}\n";
}

1;
