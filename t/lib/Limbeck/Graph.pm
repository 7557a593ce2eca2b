# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Graph: revision graphs as short texts, and tables of commands on them.
#
# A graph is written as in t/unit/revgraph.h: "a; b<a; c<a; m<b,c~d labels x y at T",
# each revision with its parents after "<" and its dependencies after "~". The
# file of revision a is a.sql, its message "make a", its sections are empty; T is
# in seconds.
#
# A table is read from the end of a test by graph_table(\*DATA). In it:
#
#     graph a line: a; b<a; c<b        a new project and an empty database; a further
#                                      line that begins with blanks goes on with the graph
#     everywhere a line: ...           the same on all engines, not on SQLite alone
#     from b c                         the version table now holds these rows
#     without b                        the file of b is gone
#     with d<b; e<d                    files are added
#     upgrade c => +c, rows c          the steps, and what the version table holds then
#     upgrade c => nothing, rows c     no steps
#     stamp a => =a, rows a            a step of stamp; "=base" for one to base
#     stamp a => rows a                whatever the steps
#     plan c => +c, rows c             what would be
#     downgrade -9 => error range qr/too far/
#                                      the code of the error, and the text; the rows stay
#     heads => b c                     the ids that a listing has, in its order
#     show base => none                no ids
#     heads --check => 3 b c           the same with another exit status than 0
#     heads =>                         all that is printed: stdout of a listing, stderr of
#     | b (head), make b               a run, without the times
#
# Rows and ids are compared as the program gives them, rows sorted. A command
# that is refused must leave the rows as they were, and the history too. What
# stands after --sql is replayed: the steps are the headings, and the rows what
# the statements on the version table make of the rows that it starts from.

package Limbeck::Graph;

use strict;
use warnings;

use JSON::PP ();
use Test::More ();
use Text::ParseWords qw(shellwords);
use Limbeck::Database;

use Exporter 'import';
our @EXPORT = qw(graph_table);

my %runs = map { $_ => 1 } qw(upgrade downgrade stamp plan);

# ---------------------------------------------------------------------------
# A graph

sub parse
{
    my ($class, $text) = @_;
    my $self = bless { text => $text, revisions => [], by_key => {} }, $class;
    return $self->add_all($text);
}

sub add_all
{
    my ($self, $text) = @_;
    $self->add($_) for grep { length } split /\s*;\s*/, $text;
    return $self;
}

sub add
{
    my ($self, $text) = @_;
    my ($links, @words) = split ' ', $text;
    $links =~ /^([^<~]+)(?:<([^~]*))?(?:~(.*))?$/ or die "no revision: $text\n";
    my $revision = {
        id      => $1,
        parents => [split /,/, $2 // ''],
        depends => [split /,/, $3 // ''],
        labels  => [],
        message => "make $1",
    };
    while (defined(my $word = shift @words)) {
        if    ($word eq 'at')     { $revision->{created} = sprintf '2026-01-01T00:00:%02dZ', shift @words }
        elsif ($word ne 'labels') { push @{ $revision->{labels} }, $word }
    }
    push @{ $self->{revisions} }, $revision;
    $self->{by_key}{$_} //= $revision for $revision->{id}, @{ $revision->{labels} };
    return $revision;
}

sub text { return $_[0]{text} }
sub ids  { return map { $_->{id} } @{ $_[0]{revisions} } }

# Ids of what must be applied before.
sub before
{
    my ($self, $id) = @_;
    my $revision = $self->{by_key}{$id} or die "no revision $id\n";
    return map { $self->{by_key}{$_}{id} } @{ $revision->{parents} }, @{ $revision->{depends} };
}

sub parents { return @{ $_[0]{by_key}{ $_[1] }{parents} } }

# These, and all that they build on, as the keys of a hash.
sub below
{
    my ($self, @ids) = @_;
    my %below;
    while (defined(my $id = pop @ids)) {
        push @ids, $self->before($id) unless $below{$id}++;
    }
    return \%below;
}

# Of these, those that none of the others builds on, sorted: what the version
# table holds when exactly these are applied.
sub tips
{
    my ($self, @ids) = @_;
    my %covered = map { %{ $self->below($self->before($_)) } } @ids;
    return sort grep { !$covered{$_} } @ids;
}

# Nobody's parent, and nobody's dependency.
sub effective_heads { my ($self) = @_; return $self->tips($self->ids) }

# Writes the files.
sub write
{
    my ($self, $project) = @_;
    $project->revision(%$_, file => "$_->{id}.sql", upgrade => '', downgrade => '')
        for @{ $self->{revisions} };
    return $self;
}

# ---------------------------------------------------------------------------
# The version table

# A folder in memory, where there is one, for databases that need not survive:
# local $ENV{TMPDIR} = Limbeck::Graph::memory();
sub memory { return $ENV{TMPDIR} // (-d '/dev/shm' && -w _ ? '/dev/shm' : '/tmp') }

# Makes the version table hold these rows, and nothing else; one that is given
# twice makes a table that allows for it.
sub set_rows
{
    my ($db, @rows) = @_;
    my %seen;
    my $key = (grep { $seen{$_}++ } @rows) ? '' : ' PRIMARY KEY';
    my $values = join ', ', map { "('$_')" } @rows;
    $db->do("DROP TABLE IF EXISTS limbeck_version;
        CREATE TABLE limbeck_version (version_num VARCHAR(128) NOT NULL$key);"
        . (@rows ? "INSERT INTO limbeck_version VALUES $values;" : ''));
}

# The rows, and how many entries the history has: "a b (3)".
sub state_of
{
    my ($db) = @_;
    my @tables = qw(limbeck_version limbeck_history);
    my $has = $db->{graph_tables} //= {};
    $has = $db->{graph_tables} = { map { $_ => 1 } $db->tables } if grep { !$has->{$_} } @tables;
    my @queries;
    push @queries, "SELECT version_num FROM $tables[0];" if $has->{ $tables[0] };
    push @queries, "SELECT count(*) FROM $tables[1];" if $has->{ $tables[1] };
    my @values = @queries ? map { $_->[0] } @{ $db->query("@queries") } : ();
    my $count = $has->{ $tables[1] } ? pop @values : 0;
    return { rows => join(' ', sort @values), count => $count, text => "@{[sort @values]} ($count)" };
}

# What the statements of a script do to rows.
sub replay
{
    my ($sql, @rows) = @_;
    my %rows = map { $_ => 1 } @rows;
    my $table = qr/["`]?limbeck_version["`]?/;
    while ($sql =~ /^(INSERT\ INTO|UPDATE|DELETE\ FROM)\ $table\ (.*);$/mg) {
        my ($verb, $rest) = ($1, $2);
        my @ids = $rest =~ /'([^']*)'/g;
        my $new = $verb =~ /^DELETE/ ? undef : shift @ids;
        delete $rows{$_} // die "no row $_ in: $verb $rest\n" for @ids;
        $rows{$new} = 1 if defined $new;
    }
    return sort keys %rows;
}

# The steps of a script or a log, from its headings.
sub steps_of_text
{
    my ($text) = @_;
    my @steps;
    while ($text =~ /^(?:-- )?Running (upgrade|downgrade|stamp_revision) (.*?) -> (.*?)(?:, make \S+)?(?:  \[.*\])?$/mg) {
        my ($verb, $from, $to) = ($1, $2, $3);
        push @steps, $verb eq 'upgrade' ? "+$to" : $verb eq 'downgrade' ? "-$from"
            : length $to ? "=$to" : '=base';
    }
    return @steps;
}

# The steps of an answer in JSON.
sub steps_of
{
    my ($answer) = @_;
    my %sign = (upgrade => '+', downgrade => '-', stamp => '=');
    return map { $sign{ $_->{direction} } . (length($_->{revision} // '') ? $_->{revision} : 'base') }
        @{ $answer->{steps} // [] };
}

# ---------------------------------------------------------------------------
# Tables

sub graph_table
{
    my ($handle) = @_;
    my @blocks = read_blocks($handle);
    my $sample = grep { $_->{everywhere} } @blocks;
    my @built = Limbeck::Test::engines();
    my @engines = grep { $_ eq 'sqlite' || $sample } @built;
    return Test::More::plan(skip_all => 'this table is for SQLite') if @built && !@engines;
    Limbeck::Test::for_each_engine(engines => \@engines, sub {
        my ($db) = @_;
        my $all = $db->engine eq 'sqlite';
        for my $block (grep { $all || $_->{everywhere} } @blocks) {
            Test::More::subtest($block->{name} => sub { run_block($db, $block) });
        }
    });
    Test::More::done_testing();
}

sub read_blocks
{
    my ($handle) = @_;
    my @blocks;
    while (defined(my $line = <$handle>)) {
        chomp $line;
        next if $line =~ /^\s*(?:#|$)/;
        if ($line =~ /^(graph|everywhere) ([^:]+):\s*(.*)/) {
            push @blocks, { name => $2, graph => $3, everywhere => $1 eq 'everywhere', lines => [] };
            next;
        }
        die "no graph before line $.\n" unless @blocks;
        my $lines = $blocks[-1]{lines};
        if    ($line =~ /^\s+(.*)/ && !@$lines) { $blocks[-1]{graph} .= " $1" }
        elsif ($line =~ /^\|\s?(.*)/)          { push @{ $lines->[-1]{output} }, $1 }
        else                                   { push @$lines, read_line($line, $.) }
    }
    return @blocks;
}

sub read_line
{
    my ($line, $number) = @_;
    return { directive => $1, text => $2 // '', words => [split ' ', $2 // ''] }
        if $line =~ /^(from|without|with)(?: (.*))?$/;
    $line =~ /^(.*?) =>(?: (.*))?$/ or die "line $number is no command: $line\n";
    my ($command, $wanted) = ($1, $2);
    my $want = { command => $command, words => [shellwords($command)], number => $number };
    return { %$want, output => [] } unless length($wanted // '');
    if ($wanted =~ m{^error (\w+)(?: qr/(.*)/)?$}) {
        return { %$want, error => $1, pattern => defined $2 ? qr/$2/s : qr// };
    }
    if ($runs{ $want->{words}[0] }) {
        $wanted =~ s/(?:^|, )rows\b\s*(.*)$// or die "no rows in line $number\n";
        my $rows = join ' ', sort split ' ', $1;
        return { %$want, rows => $rows, steps => $wanted eq 'nothing' ? '' : $wanted,
            any_steps => !length $wanted };
    }
    $want->{status} = $1 if $wanted =~ s/^(\d) ?//;
    return { %$want, ids => $wanted eq 'none' ? '' : $wanted };
}

sub run_block
{
    my ($shared, $block) = @_;
    local $ENV{TMPDIR} = memory();
    my $db = $shared->fresh;
    my $project = Limbeck::Test::new_project(db => $db);
    my $graph = Limbeck::Graph->parse($block->{graph})->write($project);
    my $state = state_of($db);
    for my $line (@{ $block->{lines} }) {
        my $directive = $line->{directive} // '';
        set_rows($db, @{ $line->{words} }) if $directive eq 'from';
        $graph->add_all($line->{text})->write($project) if $directive eq 'with';
        unlink map { $project->versions . "/$_.sql" } @{ $line->{words} } if $directive eq 'without';
        $state = length $directive ? state_of($db) : run_line($db, $line, $state);
    }
    $db->drop;
}

# Runs it at a state of the database, and returns the new one.
sub run_line
{
    my ($db, $line, $before) = @_;
    my $runs = $runs{ $line->{words}[0] };
    my @json = $line->{output} || is_script($line) ? () : '--json';
    my $result = Limbeck::Test::limbeck(@json, @{ $line->{words} });
    my $after = state_of($db);
    my $stream = $runs && $line->{words}[0] ne 'plan' ? 'stderr' : 'stdout';
    my $why = $line->{output} ? wrong_output($result, $line, $stream)
        : defined $line->{error} ? wrong_refusal($result, $line, $before, $after)
        : is_script($line)       ? wrong_script($result, $line, $before, $after)
        : $line->{words}[0] eq 'plan' ? wrong_plan($result, $line, $before, $after)
        : $runs                  ? wrong_run($result, $line, $before, $after)
        :                          wrong_listing($result, $line, $before, $after);
    my $name = $line->{command} . ($runs ? " at ($before->{rows})" : '');
    return $after if Test::More::ok(!defined $why, $name);
    Test::More::diag("  in line $line->{number} of the table: $why");
    Limbeck::Test::explain_run($result);
    return $after;
}

sub is_script { return scalar grep { $_ eq '--sql' } @{ $_[0]{words} } }

# Each gives what is wrong in words, or undef.

sub not_equal
{
    my ($what, $got, $wanted) = @_;
    return undef if $got eq $wanted;
    return "$what: \"$got\", not \"$wanted\"";
}

sub answer_of
{
    my ($result) = @_;
    return eval { JSON::PP->new->utf8(0)->decode($result->{stdout}) } // {};
}

sub wrong_output
{
    my ($result, $line, $stream) = @_;
    my $text = $result->{$stream};
    $text =~ s/  \[\d+\.\d+s\]$//mg;
    return not_equal('status', $result->{status}, 0)
        // Limbeck::Test::different($stream, $text, join '', map { "$_\n" } @{ $line->{output} });
}

sub wrong_refusal
{
    my ($result, $line, $before, $after) = @_;
    my $status = $line->{error} =~ /^(?:usage|config)$/ ? 2 : 1;
    my $code = is_script($line) ? $line->{error} : (answer_of($result)->{error} // {})->{code} // '(none)';
    return not_equal('status', $result->{status}, $status)
        // not_equal('code', $code, $line->{error})
        // ($result->{stderr} =~ $line->{pattern} ? undef : "stderr does not match $line->{pattern}")
        // not_equal('rows (and entries of history) after', $after->{text}, $before->{text});
}

sub wrong_run
{
    my ($result, $line, $before, $after) = @_;
    my @steps = steps_of(answer_of($result));
    return not_equal('status', $result->{status}, 0)
        // ($line->{any_steps} ? undef : not_equal('steps', "@steps", $line->{steps}))
        // not_equal('new entries of history', $after->{count} - $before->{count}, scalar @steps)
        // not_equal('rows after', $after->{rows}, $line->{rows});
}

sub wrong_script
{
    my ($result, $line, $before, $after) = @_;
    my ($range) = grep { !/^-/ } @{ $line->{words} }[1 .. $#{ $line->{words} }];
    my ($from) = $range =~ /^([^:]+):/;
    my $start = defined $from ? Limbeck::Test::limbeck('--json', 'show', $from) : {};
    my @start = defined $from ? map { $_->{id} } @{ answer_of($start)->{revisions} } : ();
    my @rows = eval { replay($result->{stdout}, @start) };
    return not_equal('status', $result->{status}, 0)
        // (length $@ ? $@ : undef)
        // ($line->{any_steps} ? undef
            : not_equal('steps', join(' ', steps_of_text($result->{stdout})), $line->{steps}))
        // not_equal('rows after', "@rows", $line->{rows})
        // not_equal('rows (and entries of history) after', $after->{text}, $before->{text});
}

sub wrong_plan
{
    my ($result, $line, $before, $after) = @_;
    my $answer = answer_of($result);
    my @steps = steps_of({ steps => [map { { %$_, direction => $answer->{direction} } } @{ $answer->{steps} }] });
    my $rows = @steps ? $answer->{steps}[-1]{rows_after} : $answer->{rows_before};
    return not_equal('status', $result->{status}, 0)
        // ($line->{any_steps} ? undef : not_equal('steps', "@steps", $line->{steps}))
        // not_equal('rows after', join(' ', sort @$rows), $line->{rows})
        // not_equal('rows (and entries of history) after', $after->{text}, $before->{text});
}

sub wrong_listing
{
    my ($result, $line, $before, $after) = @_;
    my @ids = map { $_->{id} } @{ answer_of($result)->{revisions} // [] };
    return not_equal('status', $result->{status}, $line->{status} // 0)
        // not_equal('ids', "@ids", $line->{ids})
        // not_equal('rows (and entries of history) after', $after->{text}, $before->{text});
}

1;
