#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The same random graphs and commands through limbeck and through Alembic, both
# on SQLite and each time from the same rows. Compared are: done or refused, the
# rows afterwards, the "Running ..." lines, and what heads, history, current,
# branches and show print, without regard to the order of what nothing orders.
# No difference may remain but those of @rules below.
#
# LIMBECK_TEST_LONG=N compares N graphs, LIMBECK_TEST_SEED=N repeats a run.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Dice;
use Limbeck::Graph;
use IPC::Open2;
use JSON::PP ();

use constant { GRAPHS => 80, COMMANDS => 14 };

# ---------------------------------------------------------------------------
# Where the two may differ. Each rule is asked with a case: words (of the
# command), target (its arguments, joined), ours (status, stderr, stdout, rows),
# theirs (error, out, rows), rows (before), graph.

sub refused { return $_[0]{ours}{status} && $_[0]{ours}{stderr} =~ $_[1] }

sub lines_within
{
    my ($some, $all) = @_;
    my %all = map { $_ => 1 } split /\n/, plain($all);
    return !grep { !$all{$_} } split /\n/, plain($some);
}

sub is_command { my ($case, @names) = @_; return grep { $case->{words}[0] eq $_ } @names }

my @rules = (
    ['a traceback there is an answer or an error here', sub {
        my ($case) = @_;
        return $case->{theirs}{error} && $case->{theirs}{error}[0] ne 'CommandError';
    }],
    ['rows that others imply are left there', sub {
        my ($case) = @_;
        my $graph = $case->{graph};
        my @tips = $graph->tips(@{ $case->{theirs}{rows} });
        return @tips < @{ $case->{theirs}{rows} } && "@tips" eq "@{ $case->{ours}{rows} }";
    }],
    ['base-N counts from the heads there, and leads nowhere here', sub {
        my ($case) = @_;
        return $case->{target} =~ /\bbase-\d/;
    }],
    ['-N with several rows takes one of them there', sub {
        my ($case) = @_;
        return is_command($case, 'downgrade') && $case->{target} =~ /^-\d/ && @{ $case->{rows} } > 1
            && refused($case, qr/is ambiguous: \d+ current revisions/);
    }],
    ['BRANCH@ does not matter there to where a downgrade leads, only to what goes', sub {
        my ($case) = @_;
        return is_command($case, 'downgrade') && $case->{target} =~ /\@/
            && (refused($case, qr/is not on branch|is on branch/) || $case->{target} =~ /\@heads?$/
                || $case->{theirs}{error} && $case->{theirs}{error}[1] =~ /Can't locate/);
    }],
    ['stamp takes -N there', sub {
        my ($case) = @_;
        return is_command($case, 'stamp') && $case->{target} =~ /-\d/
            && refused($case, qr/relative identifier ".*" can't be used here/);
    }],
    ['base among several targets of stamp is overlooked there', sub {
        my ($case) = @_;
        return is_command($case, 'stamp') && @{ $case->{words} } > 2 && $case->{target} =~ /\bbase\b/
            && !$case->{ours}{status};
    }],
    ['stamp of several, or of BRANCH@REV, takes rows there that are beside what it goes to', sub {
        my ($case) = @_;
        my $ours = $case->{graph}->below(@{ $case->{ours}{rows} });
        my $theirs = $case->{graph}->below(@{ $case->{theirs}{rows} });
        return is_command($case, 'stamp') && (@{ $case->{words} } > 2 || $case->{target} =~ /heads$|\@/)
            && !$case->{ours}{status} && keys %$theirs < keys %$ours && !grep { !$ours->{$_} } keys %$theirs;
    }],
    ['BRANCH@heads is an error there, where one of them depends on another', sub {
        my ($case) = @_;
        return is_command($case, 'upgrade') && $case->{target} =~ /\@heads$/
            && $case->{theirs}{error} && $case->{theirs}{error}[1] =~ /overlaps with other requested/;
    }],
    ['stamp does not check its targets there', sub {
        my ($case) = @_;
        return is_command($case, 'stamp')
            && refused($case, qr/the targets (?:overlap|contradict each other)/);
    }],
    ['stamp forgets what is applied there', sub {
        my ($case) = @_;
        return is_command($case, 'stamp')
            && refused($case, qr/the stamp would forget|the rows that remain overlap/);
    }],
    ['a branch that is not known is an error here even where nothing depends on it', sub {
        my ($case) = @_;
        return $case->{target} =~ /\@/ && refused($case, qr/fits \d+ revisions|no such branch/);
    }],
    ['stamp needs no branch to make the beginning of an id unique here', sub {
        my ($case) = @_;
        return is_command($case, 'stamp') && $case->{target} =~ /\@/
            && $case->{theirs}{error} && $case->{theirs}{error}[1] =~ /Can't locate/;
    }],
    ['BRANCH@ at the lower end of history must be a label there', sub {
        my ($case) = @_;
        return is_command($case, 'history') && $case->{target} =~ /^-r(?:r\w*|lab?)\@.*:/;
    }],
    ['REV@-N in show is nothing there, for REV is no label', sub {
        my ($case) = @_;
        return is_command($case, 'show') && $case->{target} =~ /^r\w+\@-\d/;
    }],
    ['show shows a revision once, where several ways lead to it', sub {
        my ($case) = @_;
        my ($ours, $theirs) = map { my %once = map { $_ => 1 } split /\n/, plain($_); join "\n", sort keys %once }
            $case->{ours}{stdout}, $case->{theirs}{out};
        return is_command($case, 'show') && $case->{target} =~ /-\d/ && $ours eq $theirs;
    }],
    ['show takes revisions with steps here', sub {
        my ($case) = @_;
        return is_command($case, 'show') && $case->{target} =~ /\w[-+]\d/
            && $case->{theirs}{error} && $case->{theirs}{error}[1] =~ /Can't locate/;
    }],
    ['history up to what is current is all there, where nothing is applied', sub {
        my ($case) = @_;
        return $case->{target} eq '-r:current' && !@{ $case->{rows} };
    }],
    ['history of a branch leaves out what another depends on there', sub {
        my ($case) = @_;
        return 0 unless is_command($case, 'history') && $case->{target} =~ /\@\w*:$/;
        return $case->{theirs}{error}[1] =~ /does not refer to ancestor/ if $case->{theirs}{error};
        return lines_within($case->{theirs}{out}, $case->{ours}{stdout});
    }],
    ['history up to BRANCH@REV+N is history up to REV there, where no way leads onto the branch', sub {
        my ($case) = @_;
        return is_command($case, 'history') && $case->{target} =~ /:\w+\@\w+\+\d+$/
            && refused($case, qr/is not on branch/);
    }],
    ['history counts -N from the heads there, and from the upper end here', sub {
        my ($case) = @_;
        return is_command($case, 'history') && $case->{target} =~ /^-r(?:\w+\@)?-\d+:/;
    }],
    ['the ends of history may be relative to each other and to revisions here', sub {
        my ($case) = @_;
        return is_command($case, 'history') && $case->{target} =~ /[-+]\d+(?::|$)/
            && $case->{theirs}{error} && !$case->{ours}{status};
    }],
);

my %used = map { $_->[0] => 0 } @rules;

# ---------------------------------------------------------------------------
# Alembic's side

my $json = JSON::PP->new->canonical;
my ($from, $to);

sub python
{
    for my $python ('python3', '/usr/bin/python3') {
        return $python if system("$python -c 'import alembic, sqlalchemy' >/dev/null 2>&1") == 0;
    }
    return undef;
}

sub ask
{
    my ($request) = @_;
    print {$to} $json->encode($request), "\n";
    my $line = <$from>;
    die "Alembic's side is gone\n" unless defined $line;
    return $json->decode($line);
}

sub tuple { return @_ ? '(' . join(' ', map { "'$_'," } @_) . ')' : 'None' }

sub python_text
{
    my ($revision) = @_;
    my @parents = @{ $revision->{parents} };
    my $down = @parents == 1 ? "'$parents[0]'" : tuple(@parents);
    return qq{"""$revision->{message}"""\n}
        . "revision = '$revision->{id}'\n"
        . "down_revision = $down\n"
        . 'branch_labels = ' . tuple(@{ $revision->{labels} }) . "\n"
        . 'depends_on = ' . tuple(@{ $revision->{depends} }) . "\n"
        . "def upgrade(): pass\ndef downgrade(): pass\n";
}

# ---------------------------------------------------------------------------
# Commands

my $dice = Limbeck::Dice->new($ENV{LIMBECK_TEST_SEED} // ($ENV{LIMBECK_TEST_LONG} ? time : 20260101));

sub random_listing
{
    my ($graph) = @_;
    my ($one, $two) = ($dice->target($graph), $dice->target($graph));
    return @{ $dice->pick(['heads'], ['heads', '--resolve-dependencies'], ['current'], ['branches'],
        ['history'], ['history', '-i'], ["history", "-r$one:"], ['history', "-r:$one"],
        ['history', "-r$one:$two"], ['history', '-r:current'], ['history', '-rcurrent:'],
        ['heads', '-v'], ['history', '-v'], ['show', $one]) };
}

sub random_command
{
    my ($graph) = @_;
    return random_listing($graph) unless $dice->roll(4);
    my $verb = $dice->pick(qw(upgrade upgrade downgrade downgrade stamp));
    my @more = $verb eq 'stamp' && !$dice->roll(3) ? $dice->target($graph) : ();
    return ($verb, $dice->target($graph), @more);
}

# ---------------------------------------------------------------------------
# Comparing

sub sorted_list { return join ', ', sort split /, /, $_[0] }

# Lines without times and paths, lists in them sorted, the lines sorted too.
sub plain
{
    my ($text) = @_;
    $text =~ s/  \[\d+\.\d+s\]$//mg;
    $text =~ s/^Path: .*$/Path/mg;
    $text =~ s/\(([^()]*, [^()]*)\)/'(' . sorted_list($1) . ')'/ge;
    $text =~ s/^(Branch names: |Branches into: |Also depends on: )(.*)/$1 . sorted_list($2)/gme;
    $text =~ s/^(Running \w+ )(.*) -> ([^,]*)/$1 . sorted_list($2) . " -> $3"/gme;
    # The line of a stamp has no message there.
    $text =~ s/^(Running stamp_revision .*), make \w+$/$1/gm;
    return join "\n", sort grep { /\S/ } split /\n/, $text;
}

sub difference
{
    my ($case) = @_;
    my ($ours, $theirs) = @$case{qw(ours theirs)};
    return "only limbeck refuses: $ours->{stderr}" if $ours->{status} && !$theirs->{error};
    return "only Alembic refuses: @{ $theirs->{error} }" if !$ours->{status} && $theirs->{error};
    return undef if $ours->{status};
    return "rows: \"@{ $ours->{rows} }\", Alembic's \"@{ $theirs->{rows} }\""
        if "@{ $ours->{rows} }" ne "@{ $theirs->{rows} }";
    my $lines = plain(join "\n", grep { /^Running / } split /\n/, $ours->{stderr});
    my $their_lines = plain(join "\n", @{ $theirs->{log} });
    # What several targets replace is said of the rows before any of them there.
    return undef if is_command($case, 'stamp') && (@{ $case->{words} } > 2 || @{ $theirs->{log} } > 1);
    return "steps:\n$lines\nAlembic's:\n$their_lines" if $lines ne $their_lines;
    my ($out, $their_out) = (plain($ours->{stdout}), plain($theirs->{out}));
    return "output:\n$out\nAlembic's:\n$their_out" if $out ne $their_out;
    return undef;
}

sub explained
{
    my ($case) = @_;
    for my $rule (@rules) {
        next unless $rule->[1]->($case);
        $used{ $rule->[0] }++;
        return 1;
    }
    return 0;
}

sub changes { return $_[0] =~ /^(?:upgrade|downgrade|stamp)$/ }

my ($compared, $wrong) = (0, 0);

sub compare
{
    my ($project, $graph, $rows, @words) = @_;
    my $theirs = ask({ run => [@words] });
    my $ours = $project->limbeck(@words);
    $ours->{rows} = changes(@words) ? [split ' ', Limbeck::Graph::state_of($project->db)->{rows}] : $rows;
    my $case = { graph => $graph, words => \@words, target => join(' ', @words[1 .. $#words]),
        rows => $rows, ours => $ours, theirs => $theirs };
    my $difference = difference($case);
    $compared++;
    if (defined $difference && !explained($case)) {
        $wrong++;
        diag("limbeck @words, at \"@$rows\" of \"" . $graph->text . "\"\n$difference");
    }
    return $case;
}

# Puts both somewhere: rows that are the tips of something.
sub start_at
{
    my ($db, $graph) = @_;
    my @ids = $graph->ids;
    my @some = map { $dice->pick(@ids) } 0 .. $dice->roll(3);
    my @rows = $graph->tips(keys %{ $graph->below(@some) });
    Limbeck::Graph::set_rows($db, @rows);
    ask({ rows => \@rows });
    return @rows;
}

sub try_graph
{
    my ($db) = @_;
    my $graph = $dice->graph;
    my $project = new_project(db => $db);
    $graph->write($project);
    write_file("alembic/versions/$_->{id}.py", python_text($_)) for @{ $graph->{revisions} };
    ask({ graph => $project->path('alembic') });
    my @rows;
    for (1 .. COMMANDS) {
        @rows = start_at($db, $graph) unless $dice->roll(3);
        my $case = compare($project, $graph, [@rows], random_command($graph));
        @rows = @{ $case->{ours}{rows} };
        ask({ rows => \@rows }) if "@rows" ne "@{ $case->{theirs}{rows} }";
    }
}

# ---------------------------------------------------------------------------

my $python = python();
skip_or_bail('no Alembic here (Debian: apt-get install alembic python3-sqlalchemy)') unless defined $python;
skip_or_bail('this test is for SQLite') unless grep { $_ eq 'sqlite' } engines();
my $pid = open2($from, $to, $python, '-B', srcdir() . '/t/data/run-alembic.py');
$to->autoflush(1);
my $graphs = $ENV{LIMBECK_TEST_LONG} || GRAPHS;
for (1 .. $graphs) {
    local $ENV{TMPDIR} = Limbeck::Graph::memory();
    my $db = Limbeck::Database->create('sqlite');
    try_graph($db);
    $db->drop;
    last if $wrong > 20;
}
is($wrong, 0, "no difference but the known ones, of $compared commands on $graphs graphs");
close $to;
waitpid $pid, 0;
is($?, 0, "Alembic's side ended well");
diag(map { sprintf "%5d %s\n", $used{$_}, $_ } sort keys %used) if $ENV{LIMBECK_TEST_LONG};
done_testing;
