# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Abroad: migrations in one dialect, run on all engines, their behaviour
# compared. The home engine runs them as they are written, and says what is right.
#
#     use Limbeck::Abroad;
#     abroad(postgresql => <<'END');
#     == a boolean has a default
#     up    CREATE TABLE t (id serial PRIMARY KEY, ok boolean NOT NULL DEFAULT true);
#     down  DROP TABLE t;
#     do    INSERT INTO t (id) VALUES (7)
#     no    INSERT INTO t (id, ok) VALUES (8, NULL)
#     ask   SELECT id, ok FROM t ORDER BY id  => 7 | 1
#     up    ALTER TABLE t ADD COLUMN n int;
#     down  ALTER TABLE t DROP COLUMN n;
#     ask   SELECT id, n FROM t
#     END
#
# A case begins with == and its name. Its lines, in order:
#
#     up, down   statements of a revision, in the home dialect. The first `up` behind
#                anything else begins the next revision. Without `down` it is irreversible
#     do         a statement that must succeed, sent by the engine's own client
#     no         ... that the engine must refuse
#     ask        a query whose rows must be those that the home engine gives; with
#                "=> a | b // c | d" also these. Rows are compared as text: true and false
#                as 1 and 0, times without needless zeroes, JSON in one spelling, NULL as ~
#     refused ENGINE REGEX   limbeck refuses the revision on that engine with that message;
#                the rest of the case is for the others
#     says ENGINE REGEX      the run that comes next prints that, for something is left out
#     skip ENGINE WHY        the case is not for that engine
#
# do, no, ask, up and down may name engines: do@sqlite,mysql. What is indented belongs to
# the line before it; lines that begin with # are comments. Tables may have any names:
# each case begins with an empty schema. Where all revisions have a `down`, they are run
# at the end, and must leave nothing.
#
# Statements of do, no and ask are the same for all engines: standard SQL.

package Limbeck::Abroad;

use strict;
use warnings;

use Exporter 'import';
use JSON::PP ();
use Limbeck::Database;
use Limbeck::Test;

our @EXPORT = qw(abroad);

my $json = JSON::PP->new->canonical->allow_nonref;

sub abroad
{
    my ($home, $text) = @_;
    my @cases = cases_of($text);
    my @engines = engines();
    skip_or_bail("no $home here") unless grep { $_ eq $home } @engines;
    my %answers;
    for my $engine ($home, grep { $_ ne $home } @engines) {
        Test::More::subtest("$home on $engine", sub { run_all($home, $engine, \@cases, \%answers) });
    }
}

# ---------------------------------------------------------------------------
# The text.

sub cases_of
{
    my ($text) = @_;
    my (@cases, $line);
    for (split /\n/, $text) {
        next if /^\s*(#|$)/;
        if (/^==\s*(.*\S)/) {
            push @cases, { name => $1, lines => [] };
            $line = undef;
        } elsif (/^\s/ && $line) {
            $line->{text} .= "\n$_";
        } elsif (/^(\w+)(?:@([\w,]+))?(?:\s+(.*))?$/) {
            my %only = map { $_ => 1 } split /,/, $2 // '';
            $line = { what => $1, only => \%only, text => $3 // '' };
            die "what is \"$1\"?\n" unless $1 =~ /^(up|down|do|no|ask|refused|says|skip)$/;
            push @{ $cases[-1]{lines} }, $line;
        } else {
            die "not understood: $_\n";
        }
    }
    return @cases;
}

# The lines of a case as steps: a revision each, and what is looked at behind it.
sub steps_of
{
    my ($case, $engine) = @_;
    my (@steps, %says);
    for my $line (@{ $case->{lines} }) {
        my ($what, $text) = @$line{qw(what text)};
        if ($what =~ /^(refused|says|skip)$/) {
            my ($whom, $rest) = split ' ', $text, 2;
            return { skip => $rest } if $what eq 'skip' && $whom eq $engine;
            push @{ $says{$what} }, $rest if $whom eq $engine;
            next;
        }
        next if %{ $line->{only} } && !$line->{only}{$engine} && $what !~ /^(up|down)$/;
        if ($what eq 'up' && (!@steps || @{ $steps[-1]{looks} } || defined $steps[-1]{down})) {
            push @steps, { up => '', looks => [], %says };
            %says = ();
        }
        if ($what =~ /^(up|down)$/) {
            my ($open, $close) = ('', '');
            ($open, $close) = ('-- @only ' . join(' ', sort keys %{ $line->{only} }) . "\n", "\n-- \@end")
                if %{ $line->{only} };
            $steps[-1]{$what} = ($steps[-1]{$what} // '') . "$open$text$close\n";
        } else {
            push @{ $steps[-1]{looks} }, $line;
        }
    }
    $steps[-1]{$_} = $says{$_} for keys %says;
    return { steps => \@steps };
}

# ---------------------------------------------------------------------------
# The runs.

sub run_all
{
    my ($home, $engine, $cases, $answers) = @_;
    my $db = Limbeck::Database->create($engine);
    my $project = new_project(db => $db, ini => { dialect => $home });
    my $number = 0;
    for my $case (@$cases) {
        my $plan = steps_of($case, $engine);
        my $id = sprintf 'c%03d', ++$number;
        if ($plan->{skip}) {
            Test::More::pass("$case->{name}: not on $engine: $plan->{skip}");
            next;
        }
        my @faults = run_case($project, $db, $id, $plan->{steps}, $answers->{ $case->{name} } //= {},
            $home eq $engine);
        Test::More::ok(!@faults, $case->{name}) or Test::More::diag(map { "  $_\n" } @faults);
        if (!clean($project, $db, $id, $plan->{steps}, $case->{name}, scalar @faults)) {
            $db->drop;
            $db = Limbeck::Database->create($engine);
            $project = new_project(db => $db, ini => { dialect => $home });
        }
    }
    $db->drop;
}

sub write_revisions
{
    my ($project, $id, $steps) = @_;
    my $parent;
    for my $i (0 .. $#$steps) {
        my $step = $steps->[$i];
        $step->{id} = "${id}_$i";
        $project->revision(id => $step->{id}, ($parent ? (parents => $parent) : ()), message => 'case',
            upgrade => $step->{up},
            defined $step->{down} ? (downgrade => $step->{down}) : (irreversible => 'a test'));
        $parent = $step->{id};
    }
}

sub run_case
{
    my ($project, $db, $id, $steps, $answers, $is_home) = @_;
    my (@faults, $asked);
    write_revisions($project, $id, $steps);
    for my $step (@$steps) {
        my $run = limbeck('upgrade', $step->{id});
        if (my $refused = $step->{refused}) {
            return ("not refused: $step->{up}") unless $run->{status};
            return (grep { $run->{stderr} !~ /$_/ } @$refused)
                ? "refused in other words: $run->{stderr}" : ();
        }
        return (@faults, "upgrade: $run->{stderr}") if $run->{status};
        push @faults, map { "does not say $_: $run->{stderr}" }
            grep { $run->{stderr} !~ /$_/ } @{ $step->{says} // [] };
        push @faults, look($db, $_, $answers, \$asked, $is_home) for @{ $step->{looks} };
    }
    return @faults;
}

sub look
{
    my ($db, $line, $answers, $asked, $is_home) = @_;
    my ($sql, $expected) = $line->{what} eq 'ask' ? split(/\s+=>\s*/, $line->{text}, 2) : $line->{text};
    # What limbeck switches on in its own sessions.
    my $keys = $db->engine eq 'sqlite' ? 'PRAGMA foreign_keys = ON; ' : '';
    my $rows = eval { $db->query("$keys$sql;") };
    my $failed = $@;
    return $failed ? () : "not refused: $sql" if $line->{what} eq 'no';
    return "failed: $failed" if $failed;
    return () if $line->{what} eq 'do';
    my $got = join ' // ', map { join ' | ', map { plain($_) } @$_ } @$rows;
    my $key = ++$$asked . ": $sql";
    $answers->{$key} = $got if $is_home;
    my @faults;
    push @faults, "$sql: \"$got\", not \"$expected\"" if defined $expected && $got ne $expected;
    push @faults, "$sql: \"$got\", at home \"$answers->{$key}\""
        if defined $answers->{$key} && $answers->{$key} ne $got;
    return @faults;
}

# One spelling of a value.
sub plain
{
    my ($value) = @_;
    return '~' if !defined $value;
    return $value eq 't' ? 1 : 0 if $value =~ /^[tf]$/;
    if ($value =~ /^\s*[\[{]/) {
        my $tree = eval { $json->decode($value) };
        return $json->encode($tree) if defined $tree;
    }
    $value =~ s/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+?)?0*(\+00(:00)?|Z)?$/
        "$1 $2" . (($3 \/\/ '') =~ s{\.?0*$}{}r)/e;
    $value =~ s/^(\d\d:\d\d:\d\d)\.0+$/$1/;
    $value =~ s/^(-?\d+)\.(\d*?)0*$/length $2 ? "$1.$2" : $1/e;
    return $value;
}

# Down again; false: there is something left, and another database is needed.
sub clean
{
    my ($project, $db, $id, $steps, $name, $failed) = @_;
    my $ups = grep { $_->{refused} } @$steps;
    my $whole = !grep { !defined $_->{down} } @$steps;
    if (!$failed && $whole) {
        my $run = limbeck('downgrade', 'base');
        my @left = $run->{status} ? () : $db->user_tables;
        Test::More::ok(!$run->{status} && !@left, "$name: and back")
            or Test::More::diag($run->{stderr}, "left: @left\n"), return 0;
    }
    unlink glob $project->versions . "/*${id}_*" if $whole && !$failed;
    return !$failed && $whole;
}

1;
