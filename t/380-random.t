#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Random graphs and random commands, with SQLite. What must hold after each: a
# revision is applied after all that it builds on, and undone before it; the
# version table holds the tips of what is applied, found here from the history
# alone; what is refused changes nothing; a script and a plan say what then
# runs; one step up and down again is nothing.
#
# LIMBECK_TEST_LONG=N goes on until so many revisions went up or down, with other
# numbers each time; LIMBECK_TEST_SEED=N repeats a run.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Dice;
use Limbeck::Graph;
use JSON::PP ();

my $steps = $ENV{LIMBECK_TEST_LONG} || 1500;
my $seed = $ENV{LIMBECK_TEST_SEED} // ($ENV{LIMBECK_TEST_LONG} ? time : 20260101);
my $dice = Limbeck::Dice->new($seed);
use constant COMMANDS_MOST => 20;

sub random_command
{
    my ($graph) = @_;
    my $verb = $dice->pick(qw(upgrade upgrade downgrade downgrade downgrade stamp));
    my @words = ($verb, $dice->target($graph));
    if ($verb eq 'stamp') {
        push @words, $dice->target($graph) unless $dice->roll(2);
        push @words, '--purge' unless $dice->roll(4);
    }
    return @words;
}

# ---------------------------------------------------------------------------
# A trial: a graph, its database, and what is applied of it

my %done = (commands => 0, refused => 0, steps => 0, scripts => 0, undone => 0, plans => 0);

sub answer { return eval { JSON::PP->new->utf8(0)->decode($_[0]{stdout}) } // {} }

# The rows, and the entries of the history after the first $seen.
sub look
{
    my ($trial) = @_;
    return ([], []) unless $trial->{has_tables} ||= grep { $_ eq 'limbeck_history' } $trial->{db}->tables;
    my $rows = $trial->{db}->query("SELECT '', version_num FROM limbeck_version ORDER BY version_num;
        SELECT direction, revision, outcome FROM limbeck_history WHERE seq > $trial->{seen} ORDER BY seq;");
    return ([map { $_->[1] } grep { !length $_->[0] } @$rows], [grep { length $_->[0] } @$rows]);
}

# One revision goes up or down: what must be there for it, and what must not.
sub move
{
    my ($trial, $direction, $id) = @_;
    my $applied = $trial->{applied};
    my $up = $direction eq 'upgrade';
    return "$id moves twice" if !$applied->{$id} == !$up;
    my @needed = $up ? $trial->{graph}->before($id) : @{ $trial->{above}{$id} // [] };
    my @wrong = grep { !$applied->{$_} == $up } @needed;
    return "$direction of $id comes before that of @wrong" if @wrong;
    if ($up) { $applied->{$id} = 1 }
    else     { delete $applied->{$id} }
    return undef;
}

# A stamp replaces rows by another.
sub stamped
{
    my ($trial, $step) = @_;
    my %rows = map { $_ => 1 } $trial->{graph}->tips(keys %{ $trial->{applied} });
    for my $id (@{ $step->{from} }) {
        return "there was no row $id" unless delete $rows{$id};
    }
    $rows{$_} = 1 for @{ $step->{to} };
    $trial->{applied} = $trial->{graph}->below(keys %rows);
    return undef;
}

sub check_steps
{
    my ($trial, $steps, $entries) = @_;
    my @said = map { "$_->{direction} " . (length $_->{revision} ? $_->{revision} : 'base') . ' done' } @$steps;
    my @written = map { "@$_" } @$entries;
    return "the history says \"@written\", the answer \"@said\"" if "@said" ne "@written";
    for my $i (0 .. $#$steps) {
        my ($direction, $id) = @{ $entries->[$i] };
        my $wrong = $direction eq 'stamp' ? stamped($trial, $steps->[$i]) : move($trial, $direction, $id);
        return $wrong if defined $wrong;
    }
    return undef;
}

# Runs a command; what is wrong with what it did, or undef.
sub run_one
{
    my ($trial, @words) = @_;
    my $result = $trial->{project}->limbeck('--json', @words);
    my $answer = answer($result);
    my ($rows, $entries) = look($trial);
    $trial->{steps} = $answer->{steps} // [];
    $trial->{refused} = $result->{status} != 0;
    $trial->{code} = ($answer->{error} // {})->{code} // '';
    $trial->{seen} += @$entries;
    $done{commands}++;
    $done{refused}++ if $trial->{refused};
    $done{steps} += @{ $trial->{steps} };
    return "status $result->{status}" if $trial->{refused} && $result->{status} !~ /^[12]$/;
    return "no error, and status $result->{status}" if $trial->{refused} == !length $trial->{code};
    return "error $trial->{code}" if $trial->{code} =~ /^(?:internal|database|conflict|nomem)/;
    return 'it is refused, and has steps' if $trial->{refused} && (@{ $trial->{steps} } || @$entries);
    my $wrong = check_steps($trial, $trial->{steps}, $entries);
    return $wrong if defined $wrong;
    my @tips = $trial->{graph}->tips(keys %{ $trial->{applied} });
    return "the rows are \"@$rows\", what is applied has the tips \"@tips\"" if "@$rows" ne "@tips";
    return undef;
}

sub ids_of { return join ' ', map { "$_->{direction} " . ($_->{revision} // 'base') } @{ $_[0] } }

# What a script from here says that the command would do.
sub script_steps
{
    my ($trial, $verb, $target) = @_;
    my @rows = $trial->{graph}->tips(keys %{ $trial->{applied} });
    return undef if @rows > 1 || $verb eq 'stamp';
    my $from = @rows ? $rows[0] : 'base';
    my $result = $trial->{project}->limbeck($verb, "$from:$target", '--sql');
    $done{scripts}++;
    return '(refused)' if $result->{status};
    return join ' ', map { (/^\+/ ? 'upgrade ' : 'downgrade ') . substr $_, 1 }
        Limbeck::Graph::steps_of_text($result->{stdout});
}

# What the plan says: the steps, and the rows at their end.
sub plan_steps
{
    my ($trial, $verb, $target) = @_;
    my @down = $verb eq 'downgrade' ? '--downgrade' : ();
    my $result = $trial->{project}->limbeck('--json', 'plan', @down, $target);
    my $answer = answer($result);
    my @steps = @{ $answer->{steps} // [] };
    $done{plans}++;
    return '(refused)' if $result->{status};
    return join ' ', (map { "$verb $_->{revision}" } @steps), 'to',
        sort @{ @steps ? $steps[-1]{rows_after} : $answer->{rows_before} };
}

# Foretells by a script and a plan, runs, and compares.
sub run_foretold
{
    my ($trial, @words) = @_;
    my %foretold = (
        script => $dice->roll(3) ? undef : script_steps($trial, @words),
        plan   => $words[0] eq 'stamp' || $dice->roll(3) ? undef : plan_steps($trial, @words),
    );
    my $wrong = run_one($trial, @words);
    return $wrong if defined $wrong;
    my $ran = $trial->{refused} ? '(refused)' : ids_of($trial->{steps});
    return "the script says \"$foretold{script}\", the run \"$ran\""
        if defined $foretold{script} && $foretold{script} ne $ran;
    $ran = join ' ', grep { length } $ran, 'to', $trial->{graph}->tips(keys %{ $trial->{applied} })
        unless $trial->{refused};
    return "the plan says \"$foretold{plan}\", the run \"$ran\""
        if defined $foretold{plan} && $foretold{plan} ne $ran;
    return undef;
}

# After one step up of a revision with one parent or none: down again.
sub undo_step
{
    my ($trial, @rows_before) = @_;
    my ($step, @more) = @{ $trial->{steps} };
    return undef if !$step || @more || $step->{direction} ne 'upgrade' || !$dice->roll(4);
    my ($parent, @others) = $trial->{graph}->parents($step->{revision});
    return undef if @others;
    my @words = ('downgrade', "$step->{revision}@" . ($parent // 'base'));
    $done{undone}++;
    my $wrong = run_one($trial, @words);
    return "(then @words) $wrong" if defined $wrong;
    my @rows = $trial->{graph}->tips(keys %{ $trial->{applied} });
    return "(then @words) the rows are \"@rows\", and were \"@rows_before\"" if "@rows" ne "@rows_before";
    return undef;
}

# A command that must succeed, and lead to these rows.
sub must_lead
{
    my ($trial, $rows, @words) = @_;
    my $wrong = run_one($trial, @words);
    $wrong //= "it is refused ($trial->{code})" if $trial->{refused};
    my @tips = $trial->{graph}->tips(keys %{ $trial->{applied} });
    $wrong //= "the rows are \"@tips\", not \"$rows\"" if "@tips" ne $rows;
    return defined $wrong ? "@words: $wrong" : undef;
}

sub try_graph
{
    my ($db) = @_;
    my $graph = $dice->graph;
    my $project = new_project(db => $db);
    my $trial = { graph => $graph, project => $project, db => $db, applied => {}, seen => 0 };
    $graph->write($project);
    for my $id ($graph->ids) { push @{ $trial->{above}{$_} }, $id for $graph->before($id) }
    my $heads = join ' ', $graph->effective_heads;
    for (1 .. $dice->roll(COMMANDS_MOST)) {
        my @words = random_command($graph);
        my @rows = $graph->tips(keys %{ $trial->{applied} });
        my $wrong = run_foretold($trial, @words) // undo_step($trial, @rows);
        return "@words at \"@rows\" of \"" . $graph->text . "\": $wrong" if defined $wrong;
    }
    my $wrong = must_lead($trial, $heads, 'upgrade', 'heads')
        // must_lead($trial, $heads, 'upgrade', 'heads')
        // must_lead($trial, '', 'downgrade', 'base')
        // must_lead($trial, $heads, 'stamp', 'heads')
        // must_lead($trial, '', 'downgrade', 'base');
    return defined $wrong ? "$wrong in \"" . $graph->text . '"' : undef;
}

# ---------------------------------------------------------------------------

my ($graphs, $wrong) = (0, 0);
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    while ($done{steps} < $steps && $wrong < 3) {
        local $ENV{TMPDIR} = Limbeck::Graph::memory();
        my $fresh = $db->fresh;
        my $why = try_graph($fresh);
        $fresh->drop;
        $graphs++;
        next unless defined $why;
        $wrong++;
        diag($why);
    }
    is($wrong, 0, "all holds in $graphs random graphs (seed $seed)");
    diag("$graphs graphs: " . join ', ', map { "$done{$_} $_" } sort keys %done) if $ENV{LIMBECK_TEST_LONG};
    cmp_ok($done{refused}, '>', $steps / 20, 'many commands were refused');
    cmp_ok($done{scripts}, '>', $steps / 50, 'many scripts were compared');
    cmp_ok($done{plans}, '>', $steps / 50, 'many plans were compared');
    cmp_ok($done{undone}, '>', $steps / 400, 'some steps were undone at once');
});

done_testing;
