# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Cases: what is measured. A case returns rows; of each, "ours" and
# "theirs" are lists of numbers, compared by their medians.

package Bench::Cases;

use strict;
use warnings;

use Limbeck::Server;
use Bench::Abroad;
use Bench::Engine;
use Bench::Growth;
use Bench::Measure;
use Bench::Revisions;
use Bench::Schema;

use constant {
    READ_REVISIONS    => 10_000,
    UPGRADE_REVISIONS => 1_000,
    FAR_REVISIONS     => 100,
    FAR_MICROSECONDS  => 5_000,
    MEMORY_LIMIT      => 16,
};

my @engines = qw(sqlite postgresql mysql);

# Name, what it is about, function.
my @cases = (
    ['version', 'limbeck --version', \&version],
    ['read', 'current and heads of ' . READ_REVISIONS . ' revisions', \&read_many],
    ['growth', 'heads, history and plan of n = ' . Bench::Growth::REVISIONS . ', 2n and 4n revisions',
        sub { Bench::Growth::rows($_[0], \&time_row) }],
    (map {
        my $engine = $_;
        ["upgrade-$engine", 'upgrade head of ' . UPGRADE_REVISIONS . " revisions, $engine",
            sub { upgrade($engine, @_) }];
    } @engines),
    (map {
        my $engine = $_;
        ["far-$engine", 'upgrade head of ' . FAR_REVISIONS . " revisions, $engine "
            . FAR_MICROSECONDS / 1000 . ' ms away', sub { far($engine, @_) }];
    } grep { $_ ne 'sqlite' } @engines),
    (map {
        my $engine = $_;
        ["schema-$engine", 'check of ' . Bench::Schema::tables($engine) . " tables, $engine",
            sub { schema($engine, @_) }];
    } @engines),
    ['translate', 'statements of ' . Bench::Abroad::TABLES . ' tables for another engine',
        sub { abroad(\&Bench::Abroad::translate, @_) }],
    ['rebuild', 'a table of ' . Bench::Abroad::ROWS . ' rows built anew on sqlite',
        sub { abroad(\&Bench::Abroad::rebuild, @_) }],
);

sub list { return map { { name => $_->[0], about => $_->[1] } } @cases }

# The rows of the cases whose names begin with one of the words (none: of all).
sub run
{
    my ($bench, @words) = @_;
    for my $word (@words) {
        die "no case begins with \"$word\"; --list shows them\n"
            unless grep { index($_->[0], $word) == 0 } @cases;
    }
    my @rows;
    for my $case (@cases) {
        my ($name, $about, $function) = @$case;
        next if @words && !grep { index($name, $_) == 0 } @words;
        $bench->note("$name: $about");
        push @rows, map { { case => $name, %$_ } } $function->($bench);
    }
    return @rows;
}

# ---------------------------------------------------------------------------
# Rows

# Milliseconds of a kind of time. Options: against, limit (of the ratio), strict
# (the limit itself is too much), what.
sub time_row
{
    my ($kind, $ours, $theirs, %opt) = @_;
    my $times = delete $opt{times} // 1;
    return {
        what => $kind, unit => 'ms', judge => 'ratio', %opt,
        ours   => [map { $_->{$kind} * 1000 / $times } @$ours],
        theirs => [map { $_->{$kind} * 1000 / $times } @$theirs],
    };
}

# The program's peak, which has a limit of its own.
sub memory_row
{
    my ($ours, $theirs, %opt) = @_;
    return {
        what => 'memory', unit => 'MB', judge => 'ours', limit => MEMORY_LIMIT, strict => 1, %opt,
        ours   => [map { $_->{memory} / 1024 } @$ours],
        theirs => [map { $_->{memory} / 1024 } @$theirs],
    };
}

sub skipped { return { what => '-', skipped => $_[0] } }

# ---------------------------------------------------------------------------
# The cases

sub version
{
    my ($bench) = @_;
    return skipped('there is no sqlite3 command') unless Limbeck::Server::find_program(['sqlite3']);
    my $times = 200;
    my $samples = $bench->compare(rounds => 7, contenders => [
        ours   => sub { return { $bench->limbeck('--version'), times => $times } },
        theirs => sub { return { command => ['sqlite3', '--version'], times => $times } },
    ]);
    my ($ours, $theirs) = @$samples{qw(ours theirs)};
    my %opt = (against => 'sqlite3 --version');
    return (
        time_row('wall', $ours, $theirs, %opt, times => $times, limit => 2, strict => 1),
        time_row('cpu', $ours, $theirs, %opt, times => $times),
        memory_row($ours, $theirs, %opt),
    );
}

sub read_many
{
    my ($bench) = @_;
    my $why = Bench::Engine::why_not('sqlite', $bench->{build});
    return skipped($why) if $why;
    my $project = Bench::Revisions::long_project(READ_REVISIONS);
    my %at = (dir => $project->dir, times => 3);
    my @readall = ($bench->helper('readall'), $project->versions);
    $bench->sample({ $bench->limbeck('stamp', 'head'), dir => $project->dir });
    my $samples = $bench->compare(rounds => 7, contenders => [
        current => sub { return { $bench->limbeck('current'), %at } },
        theirs  => sub { return { command => \@readall, %at } },
        heads   => sub { return { $bench->limbeck('heads'), %at } },
    ]);
    my @rows;
    for my $command (qw(current heads)) {
        my ($ours, $theirs) = @$samples{$command, 'theirs'};
        my %opt = (against => 'reading 4 KiB of each', label => $command);
        push @rows, time_row('cpu', $ours, $theirs, %opt, times => 3, limit => 2),
            time_row('wall', $ours, $theirs, %opt, times => 3),
            memory_row($ours, $theirs, %opt);
    }
    return @rows;
}

# Ours, the client with all that limbeck writes, the client with the version row
# alone; a new database for each run.
sub upgrade
{
    my ($name, $bench) = @_;
    my $why = Bench::Engine::why_not($name, $bench->{build});
    return skipped($why) if $why;
    my $engine = Bench::Engine->get($name);
    my $statements = \&Bench::Revisions::table_statements;
    my $project = Bench::Revisions::line_project(UPGRADE_REVISIONS, $statements);
    my $full = bookkeeping_script($bench, $engine, $project);
    my $plain = script_file($bench, "$name-plain.sql",
        Bench::Revisions::line_script(UPGRADE_REVISIONS, $statements, $engine->ddl_commits));
    my $run = sub { return upgrade_run($bench, $engine, $project, @_) };
    # MariaDB takes three times as long as the others.
    my $rounds = $engine->ddl_commits ? 3 : 5;
    my $samples = $bench->compare(rounds => $rounds, warmup => 0, contenders => [
        map { my $one = $_->[1]; ($_->[0] => sub { on_fresh($engine, UPGRADE_REVISIONS, $one) }) }
            [ours => $run],
            [full => sub { $engine->client_run($_[0], $full) }],
            [plain => sub { $engine->client_run($_[0], $plain) }],
    ]);
    return upgrade_rows($samples, $engine->client_name);
}

sub upgrade_rows
{
    my ($samples, $client) = @_;
    my ($ours, $full, $plain) = @$samples{qw(ours full plain)};
    my %full = (against => "$client, same writes");
    my %plain = (against => "$client, version row");
    return (
        time_row('wall', $ours, $full, %full, limit => 1.05),
        time_row('cpu', $ours, $full, %full, limit => 1, strict => 1),
        time_row('wall', $ours, $plain, %plain),
        time_row('cpu', $ours, $plain, %plain),
        memory_row($ours, $full, %full),
    );
}

# A run with a database of its own, dropped afterwards. That it is at revision
# number $last then, and so the work was done, is seen to.
sub on_fresh
{
    my ($engine, $last, $function) = @_;
    my $db = $engine->fresh;
    my $run = $function->($db);
    my $after = $run->{after};
    return { %$run, after => sub {
        $after->(@_) if $after;
        my $at = join ' ', $db->versions;
        die "@{ $run->{command} }: the database is at \"$at\" then\n"
            if $at ne Bench::Revisions::id_of($last);
        $db->drop;
    } };
}

sub upgrade_run
{
    my ($bench, $engine, $project, $db, $port) = @_;
    return {
        $bench->limbeck('-u', $engine->url($db, $port), 'upgrade', 'head'),
        dir => $project->dir,
    };
}

sub script_file
{
    my ($bench, $name, $text) = @_;
    my $path = $bench->dir . "/$name";
    Limbeck::Server::spew($path, $text);
    return $path;
}

# A script with all that limbeck writes. Where a revision is one transaction,
# `upgrade --sql` is that. Where DDL commits by itself, a run writes down more
# than a script can, so a run is recorded.
sub bookkeeping_script
{
    my ($bench, $engine, $project) = @_;
    my $db = $engine->fresh;
    my $path = $bench->dir . '/' . $engine->name . '-full.sql';
    if ($engine->ddl_commits) {
        my $script = $engine->recorded($db,
            sub { $bench->sample(upgrade_run($bench, $engine, $project, $db)) });
        Limbeck::Server::spew($path, $script);
    } else {
        $bench->sample({
            $bench->limbeck('-u', $engine->url($db), 'upgrade', 'base:head', '--sql'),
            dir => $project->dir, output => $path,
        });
    }
    $db->drop;
    return $path;
}

# The same through a proxy that makes the server farther away.
sub far
{
    my ($name, $bench) = @_;
    my $why = Bench::Engine::why_not($name, $bench->{build});
    return skipped($why) if $why;
    my $engine = Bench::Engine->get($name);
    my $statements = \&Bench::Revisions::column_statements;
    my $project = Bench::Revisions::line_project(FAR_REVISIONS, $statements);
    my $plain = script_file($bench, "$name-far.sql",
        Bench::Revisions::line_script(FAR_REVISIONS, $statements, $engine->ddl_commits));
    my $run = sub { return upgrade_run($bench, $engine, $project, @_) };
    my $client_run = sub { return $engine->client_run($_[0], $plain, $_[1]) };
    my $samples = $bench->compare(rounds => 3, warmup => 0, contenders => [
        ours   => sub { return far_away($bench, $engine, $run) },
        theirs => sub { return far_away($bench, $engine, $client_run) },
    ]);
    my ($ours, $theirs) = @$samples{qw(ours theirs)};
    my %opt = (against => $engine->client_name . ', version row');
    return (
        {
            what => 'round trips', unit => '', judge => 'ours', limit => 15, %opt,
            ours   => [map { $_->{trips} } @$ours],
            theirs => [map { $_->{trips} } @$theirs],
        },
        time_row('wall', $ours, $theirs, %opt),
        memory_row($ours, $theirs, %opt),
    );
}

sub far_away
{
    my ($bench, $engine, $function) = @_;
    my $proxy = $bench->proxy($engine->port, FAR_MICROSECONDS);
    return on_fresh($engine, FAR_REVISIONS, sub {
        my $run = $function->($_[0], $proxy->{port});
        return { %$run, after => sub { $_[0]{trips} = $proxy->{finish}->()->{trips} } };
    });
}

sub abroad
{
    my ($function, $bench) = @_;
    my $why = Bench::Engine::why_not('sqlite', $bench->{build});
    return skipped($why) if $why;
    return $function->($bench, \&time_row, \&memory_row);
}

sub schema
{
    my ($name, $bench) = @_;
    my $why = Bench::Engine::why_not($name, $bench->{build});
    return skipped($why) if $why;
    return Bench::Schema::rows($bench, $name, \&time_row, \&memory_row);
}

1;
