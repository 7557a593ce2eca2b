# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Abroad: statements that are translated, and a table of many rows that is built
# anew for one of them, against the same steps in the engine's own client.

package Bench::Abroad;

use strict;
use warnings;

use File::Copy ();
use Limbeck::Database;
use Limbeck::Project;
use Limbeck::Server;

use constant {
    TABLES       => 1_000,
    ROWS         => 10_000_000,
    TIME_LIMIT   => 1.2,
    MEMORY_LIMIT => 32,
};

# A table with an index, five rows and four changes each.
sub text
{
    my ($tables) = @_;
    return join '', map { <<"END" } 1 .. $tables;
CREATE TABLE t$_ (id serial PRIMARY KEY, name varchar(80) NOT NULL, made timestamptz DEFAULT now(), ok boolean DEFAULT true);
CREATE INDEX t${_}_name ON t$_ (name);
INSERT INTO t$_ (name) VALUES ('a'), ('b'), ('c'), ('d'), ('e' || 'f');
UPDATE t$_ SET name = upper(name) || '-' || id::text WHERE ok AND made IS NOT NULL;
ALTER TABLE t$_ ADD COLUMN n integer;
UPDATE t$_ SET n = CASE WHEN id > 2 THEN 1 ELSE 0 END;
ALTER TABLE t$_ ALTER COLUMN n SET NOT NULL;
ALTER TABLE t$_ ADD CONSTRAINT t${_}_n CHECK (n >= 0);
DELETE FROM t$_ WHERE n = 0;
END
}

# Rows of Bench::Cases: what is translated, against the client that runs what comes of it.
sub translate
{
    my ($bench, $time_row, $memory_row) = @_;
    my ($source, $script) = map { $bench->dir . "/abroad$_.sql" } 1, 2;
    Limbeck::Server::spew($source, text(TABLES));
    my @command = ('translate', '--to', 'sqlite', $source);
    $bench->sample({ $bench->limbeck(@command), dir => $bench->dir, output => $script });
    my $samples = $bench->compare(rounds => 3, contenders => [
        ours   => sub { return { $bench->limbeck(@command), dir => $bench->dir, output => '/dev/null' } },
        theirs => sub { return { command => ['sqlite3', '-batch', ':memory:'], input => $script } },
    ]);
    my ($ours, $theirs) = @$samples{qw(ours theirs)};
    my %opt = (against => 'sqlite3 runs it');
    my $count = 9 * TABLES;
    return (
        $time_row->('wall', $ours, $theirs, %opt),
        $time_row->('cpu', $ours, $theirs, %opt),
        {
            what => 'statements', unit => '/s', judge => 'ratio', %opt,
            ours   => [map { $count / $_->{wall} } @$ours],
            theirs => [map { $count / $_->{wall} } @$theirs],
        },
        $memory_row->($ours, $theirs, %opt, limit => undef),
    );
}

# A file with the table, made once and copied for each run.
sub big_file
{
    my ($bench) = @_;
    my $path = $bench->dir . '/big.db';
    my $sql = $bench->dir . '/big.sql';
    Limbeck::Server::spew($sql, 'WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < '
        . ROWS . ") INSERT INTO big (id, n, word) SELECT n, n % 1000, 'word ' || n FROM r;\n");
    return ($path, $sql);
}

sub rebuild
{
    my ($bench, $time_row, $memory_row) = @_;
    my $project = Limbeck::Project->new(ini => { dialect => 'postgresql' });
    my ($path, $fill) = big_file($bench);
    my $script = $bench->dir . '/rebuild.sql';
    my $limbeck = sub { return ($bench->limbeck('-u', "sqlite:///$path.run", @_), dir => $project->dir) };
    $project->revision(id => 'a1', upgrade => <<'END', downgrade => 'DROP TABLE big;');
CREATE TABLE big (id integer PRIMARY KEY, n integer, word text);
CREATE INDEX big_n ON big (n);
END
    $project->revision(id => 'a2', parents => 'a1', upgrade => <<'END', downgrade => 'SELECT 1;');
ALTER TABLE big ALTER COLUMN n SET NOT NULL, ADD CONSTRAINT big_n_check CHECK (n >= 0);
ALTER TABLE big ALTER COLUMN n TYPE bigint;
END
    $bench->sample({ $limbeck->('upgrade', 'a1') });
    $bench->sample({ command => ['sqlite3', '-batch', '-bail', "$path.run"], input => $fill });
    rename "$path.run", $path or die "$path: $!\n";
    $bench->sample({ $limbeck->('upgrade', 'a1:a2', '--sql'), output => $script });
    my $fresh = sub {
        File::Copy::copy($path, "$path.run") or die "$path.run: $!\n";
        return @_;
    };
    my $samples = $bench->compare(rounds => 1, warmup => 0, contenders => [
        ours   => sub { return { $fresh->($limbeck->('upgrade', 'a2')) } },
        theirs => sub { return { $fresh->(command => ['sqlite3', '-batch', '-bail', "$path.run"], input => $script) } },
    ]);
    unlink $path, "$path.run";
    my ($ours, $theirs) = @$samples{qw(ours theirs)};
    my %opt = (against => 'sqlite3, same steps');
    return (
        $time_row->('wall', $ours, $theirs, %opt, limit => TIME_LIMIT),
        $time_row->('cpu', $ours, $theirs, %opt),
        $memory_row->($ours, $theirs, %opt, limit => MEMORY_LIMIT),
    );
}

1;
