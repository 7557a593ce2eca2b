# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Together: many runs at once on one database, and what must be true
# afterwards. Each revision writes a row into the table ledger, up and down, so one
# sees what ran, and how often.
#
#     ledger_project($db, 8);
#     together('32 upgrades', map { limbeck_start('upgrade', 'head') } 1 .. 32);
#     ledger_is($db, ['up', 1 .. 8], 'after them');

package Limbeck::Together;

use strict;
use warnings;

use Exporter 'import';
use Time::HiRes ();
use Test::More ();
use Limbeck::Server;
use Limbeck::Test ();

our @EXPORT = qw(ledger_project ledger_rows ledger_is ledger_is_true together until_true pooler);

sub id { return sprintf 'r%02d', $_[0] }

# Revisions r01 ... of three statements each, and ledger, which is there before them. ini:
# of the project; middle: statements of revision N more.
sub ledger_project
{
    my ($db, $count, %opt) = @_;
    my $schema = $opt{schema} ? "$opt{schema}." : '';
    my $suffix = $db->engine eq 'mysql' ? ' ENGINE=InnoDB' : '';
    my $key = { sqlite => 'integer PRIMARY KEY AUTOINCREMENT', postgresql => 'serial PRIMARY KEY',
        mysql => 'int AUTO_INCREMENT PRIMARY KEY' }->{ $db->engine };
    $db->do("CREATE TABLE ${schema}ledger (seq $key, way varchar(10), n int)$suffix");
    my $project = Limbeck::Test::new_project(db => $db, ini => { lock_timeout => '50s', %{ $opt{ini} // {} } });
    for my $n (1 .. $count) {
        my $more = $opt{middle}{$n} // '';
        my $args = $opt{args}{$n};
        $project->revision(id => id($n), parents => $n > 1 ? id($n - 1) : undef,
            upgrade => "CREATE TABLE ${schema}t$n (id int)$suffix;\n${more}INSERT INTO ${schema}ledger (way, n) VALUES ('up', $n);\n",
            downgrade => "DROP TABLE ${schema}t$n;\nINSERT INTO ${schema}ledger (way, n) VALUES ('down', $n);\n",
            upgrade_args => $args);
    }
    return $project;
}

# The rows in the order in which they came, of these revisions: "up 1".
sub ledger_rows
{
    my ($db, $schema) = @_;
    my $table = $schema ? "$schema.ledger" : 'ledger';
    return map { "$_->[0] $_->[1]" } @{ $db->query("SELECT way, n FROM $table ORDER BY seq") };
}

# Exactly these rows, each once; the heads and the history agree with them.
sub ledger_is
{
    my ($db, $way, $name, %opt) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($direction, @numbers) = @$way;
    Test::More::is_deeply([ledger_rows($db, $opt{schema})], [map { "$direction $_" } @numbers],
        "$name: each revision ran once, in order");
    return ledger_is_true($db, $name, %opt);
}

# Whatever ran: up and down take turns, and heads, history and tables are what the ledger says.
sub ledger_is_true
{
    my ($db, $name, %opt) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $schema = $opt{schema} ? "$opt{schema}." : '';
    my ($level, $wrong) = (0, undef);
    my @rows = ledger_rows($db, $opt{schema});
    for my $row (@rows) {
        my ($way, $n) = split ' ', $row;
        $wrong //= "$row at level $level" unless $n == ($way eq 'up' ? $level + 1 : $level);
        $level = $way eq 'up' ? $n : $n - 1;
    }
    Test::More::is($wrong, undef, "$name: one step after the other");
    my @heads = map { $_->[0] } @{ $db->query("SELECT version_num FROM ${schema}limbeck_version") };
    Test::More::is_deeply(\@heads, [$level ? id($level) : ()], "$name: the head is that of the last step");
    my @history = map { ($_->[0] eq 'upgrade' ? 'up' : 'down') . ' ' . ($_->[1] =~ s/^r0?//r) }
        @{ $db->query("SELECT direction, revision FROM ${schema}limbeck_history WHERE outcome = 'done' ORDER BY seq") };
    Test::More::is_deeply(\@history, \@rows, "$name: the history has each step, and no other");
    my @open = @{ $db->query("SELECT revision, outcome FROM ${schema}limbeck_history WHERE outcome = 'running'") };
    Test::More::is(scalar @open, 0, "$name: and none is half done");
    return $level;
}

# Waits for all; each must end with 0, or with one of `status`.
sub together
{
    my ($name, @runs) = @_;
    # Runs are objects.
    my %opt = ref $runs[0] eq 'HASH' ? %{ shift @runs } : ();
    my %allowed = map { $_ => 1 } @{ $opt{status} // [0] };
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @results = map { $_->finish } @runs;
    my @bad = grep { !$allowed{ $_->{status} } } @results;
    Test::More::is(scalar @bad, 0, "$name: all " . @results . ' end well')
        or Test::More::diag(map { "$_->{status}: $_->{stderr}\n" } @bad[0 .. ($#bad > 2 ? 2 : $#bad)]);
    return @results;
}

# A pooler before the database's server, and the test's end where there is none.
sub pooler
{
    my ($db, %settings) = @_;
    my $why = Limbeck::Server->why_missing('pgbouncer');
    Limbeck::Test::skip_or_bail($why) if defined $why;
    return Limbeck::Server->private('pgbouncer', behind => $db->server, settings => \%settings);
}

sub until_true
{
    my ($condition, $seconds) = @_;
    my $limit = Time::HiRes::time() + ($seconds // 30);
    while (Time::HiRes::time() < $limit) {
        return 1 if eval { $condition->() };
        Time::HiRes::sleep(0.05);
    }
    return 0;
}

1;
