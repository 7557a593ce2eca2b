# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Schema: a check of a schema of thousands of tables, when it is loaded for
# the first time and when it was loaded before, against the engine's own dump.

package Bench::Schema;

use strict;
use warnings;

use File::Path ();
use Limbeck::Project;
use Limbeck::Queries;
use Limbeck::Tables;
use Bench::Engine;

use constant {
    MEMORY_LIMIT => 300,
    QUERY_LIMIT  => 12,
    RATIO_LIMIT  => 3,
};

# Only one engine has limits; the others are there for the record.
my %tables = (postgresql => 5_000, sqlite => 1_000, mysql => 1_000);

sub tables { return $tables{ $_[0] } }

# Rows of Bench::Cases; time_row and memory_row are functions of it.
sub rows
{
    my ($bench, $name, $time_row, $memory_row) = @_;
    my $engine = Bench::Engine->get($name);
    my $limited = $name eq 'postgresql';
    my $db = $engine->fresh;
    my $project = project_of($bench, $engine, $db);
    my %opt = (against => $engine->dump_name);
    my %limit = $limited ? (limit => RATIO_LIMIT, strict => 1) : ();
    my @queries = $limited ? query_rows($bench, $engine, $db, $project) : ();
    my $samples = samples($bench, $engine, $db, $project);
    $db->drop;
    my $dump = $samples->{dump};
    return (
        @queries,
        (map { $time_row->('wall', $samples->{$_}, $dump, %opt, %limit, label => $_) }
            kinds($engine)),
        (map { $time_row->('cpu', $samples->{$_}, $dump, %opt, label => $_) } kinds($engine)),
        (map { $memory_row->($samples->{$_}, $dump, %opt, label => $_,
            limit => $limited ? MEMORY_LIMIT : undef) } kinds($engine)),
    );
}

sub samples
{
    my ($bench, $engine, $db, $project) = @_;
    my $cache = $bench->dir . '/cache';
    my $check = sub { return check_run($bench, $engine, $db, $project) };
    my %prepare = (
        dump  => sub { return { $engine->dump_run($db), output => '/dev/null' } },
        first => sub {
            File::Path::remove_tree($cache);
            return $check->();
        },
        # Whoever took the turn before: what is kept is there.
        again => sub {
            $bench->sample($check->()) unless -d $cache;
            return $check->();
        },
    );
    return $bench->compare(rounds => 3, warmup => 0,
        contenders => [map { $_ => $prepare{$_} } 'dump', kinds($engine)]);
}

# On SQLite a scratch is in memory, and nothing is kept of it.
sub kinds { return $_[0]->name eq 'sqlite' ? ('first') : ('first', 'again') }

# A project whose desired schema is what the database has.
sub project_of
{
    my ($bench, $engine, $db) = @_;
    my $script = Limbeck::Tables::script($engine->name, tables($engine->name));
    my $path = $bench->dir . '/' . $engine->name . '-tables.sql';
    Limbeck::Server::spew($path, $script);
    $bench->sample($engine->client_run($db, $path));
    my $project = Limbeck::Project->new(
        ini => { url => $engine->url($db), schema => 'schema.sql' });
    $project->write_file('schema.sql', $script);
    return $project;
}

sub check_run
{
    my ($bench, $engine, $db, $project) = @_;
    my %run = ($bench->limbeck('check'), dir => $project->dir);
    $run{env}{XDG_CACHE_HOME} = $bench->dir . '/cache';
    return \%run;
}

sub query_rows
{
    my ($bench, $engine, $db, $project) = @_;
    my $queries = Limbeck::Queries::during($db, sub {
        $bench->sample(check_run($bench, $engine, $db, $project));
    });
    return map {
        my $count = @{ $queries->{$_} };
        { what => 'queries', unit => '', judge => 'ours', limit => QUERY_LIMIT, label => $_,
            against => 'the log', ours => [$count], theirs => [0] };
    } qw(database scratch);
}

1;
