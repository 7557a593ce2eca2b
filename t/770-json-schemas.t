#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# doc/json: what each command prints with --json, where it succeeds and where it
# fails, is as its schema has it; each member and each type that the schemas
# promise is printed by one of these runs; the README has them all, and its
# examples are what was printed.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;
use Limbeck::JsonSchema;

my $folder = srcdir() . '/doc/json';
my $schemas = Limbeck::JsonSchema->folder($folder);
my (%printed, %done, %failed);

# Runs `limbeck --json ARGS`, whose first word is the command.
sub fits
{
    my ($status, $args, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my @words = @$args;
    my $opt = ref $words[0] eq 'HASH' ? shift @words : {};
    my $result = limbeck($opt, '--json', @words);
    my $value = eval { Limbeck::JsonSchema::decode($result->{stdout}) };
    my @faults = $@ ? "no JSON: $@" : $schemas->faults($words[0], $value);
    push @faults, "the status is $result->{status}, not $status" if $result->{status} != $status;
    ok !@faults, "$words[0]: $name" or diag map { "  $_\n" } @faults, $result->{stdout}, $result->{stderr};
    (ref $value eq 'HASH' && exists $value->{error} ? \%failed : \%done)->{ $words[0] }++;
    push @{ $printed{ $words[0] } }, $result->{stdout} =~ tr/\n//dr;
    return $value;
}

subtest 'a schema for each command, and none besides' => \&check_files;
subtest 'the schemas themselves' => \&check_schemas;
subtest 'without a project' => \&run_without_project;
subtest 'on a graph with branches, labels and dependencies' => \&run_on_graph;
subtest 'where a run fails, or a crash was' => \&run_on_failures;
subtest 'where a file is missing' => \&run_on_missing;
subtest 'branches that do not commute' => \&run_on_conflict;
subtest 'a desired schema' => \&run_on_schema;
subtest 'a schema with schemas, functions and extensions' => \&run_on_postgresql;
subtest 'a database that was there before' => \&run_on_found;
subtest 'revisions that are tried, and joined' => \&run_on_tested;
subtest 'files in another dialect' => \&run_on_translated;
subtest 'errors' => \&run_on_errors;
subtest 'all was seen' => \&check_seen;
subtest 'README.md' => \&check_readme;
done_testing;

# ---------------------------------------------------------------------------

# All but help, which prints text for people whatever is asked.
sub commands
{
    my $help = run_ok(['help'], 'limbeck help')->{stdout};
    my ($commands) = $help =~ /^Commands:\n(.*?)\n\n/ms;
    return grep { $_ ne 'help' } $commands =~ /^  ([a-z_]+) /gm;
}

# What is no command's is a part of others.
sub check_files
{
    my %is_command = map { $_ => 1 } commands();
    my %is_schema = map { $_ => 1 } $schemas->names;
    cmp_ok scalar(keys %is_command), '>', 15, 'there are commands';
    ok $is_schema{$_}, "$_ has one" for sort keys %is_command;
    my %used;
    $schemas->each_schema(sub {
        my ($schema) = @_;
        $used{$1} = 1 if ($schema->{'$ref'} // '') =~ /^([^#]+)\.schema\.json/;
    });
    for my $name (sort keys %is_schema) {
        ok $is_command{$name} || $used{$name}, "$name is a command's, or a part of one's";
    }
}

sub check_schemas
{
    my (@faults, %members);
    $schemas->each_schema(sub {
        my ($schema, $place) = @_;
        my @is = grep { exists $schema->{$_} } qw(type $ref oneOf enum);
        push @faults, "$place: says nothing" unless @is;
        push @faults, "$place: is not closed" if ($schema->{type} // '') eq 'object'
            && !(exists $schema->{additionalProperties}
                && (ref $schema->{additionalProperties} eq 'HASH' || !$schema->{additionalProperties}));
        my $copy = ($schema->{'$ref'} // '') =~ m{/properties/};
        push @faults, "$place: is not described in a sentence" if $place =~ m{(?:#|/properties/[^/]+)\z}
            && !$copy && ($schema->{description} // '') !~ /\A[A-Z][^.]*\.\z/;
        push @faults, map { "$place: requires $_, which it does not have" }
            grep { !exists $schema->{properties}{$_} } @{ $schema->{required} // [] };
        push @faults, "$place: has no \$schema" if $place =~ /#\z/
            && ($schema->{'$schema'} // '') ne 'https://json-schema.org/draft/2020-12/schema';
    });
    ok !@faults, 'closed, described, of one draft' or diag map { "  $_\n" } @faults;
    my ($names) = slurp(srcdir() . '/core/base/error.c') =~ /\bnames\[\] = \{\n(.*?)^\t\};/ms;
    my ($error) = $schemas->find('error.schema.json', 'x#');
    is_deeply $error->{properties}{code}{enum}, [grep { $_ ne 'ok' } $names =~ /= "(\w+)"/g],
        'the codes of errors are those that there are';
}

sub run_without_project
{
    new_project(bare => 1);
    fits 0, ['init'], 'a new project';
    fits 2, ['init'], 'a folder that is not empty';
    unlink project->path('limbeck.ini');
    my $value = fits 0, ['list_templates'], 'the templates';
    is $value->{templates}[0]{name}, 'generic', 'are there';
    fits 1, [{ env => { LIMBECK_TEMPLATE_PATH => '/nowhere' } }, 'list_templates'], 'no folder of templates';
    my $plugins = project->dir . '/plugins';
    write_file('plugins/empty.so', '');
    chmod 0755, $plugins;
    fits 0, ['drivers', '--driver-path', $plugins], 'a driver that can\'t be used among them';
    fits 2, ['drivers', '-c', 'nowhere.ini'], 'a configuration that is not there';
}

my $second;

sub revision
{
    my ($id, %opt) = @_;
    return project->revision(id => $id, created => sprintf('2026-01-01T00:00:%02dZ', $second++), file => "$id.sql",
        upgrade => "CREATE TABLE t_$id (x int);", downgrade => "DROP TABLE t_$id;", %opt);
}

# A trunk, a branch with a label that is merged, another base that is depended
# on, and a head beside that.
sub graph
{
    my $project = new_project(@_);
    $second = 0;
    revision('a1', message => "The \"first\" \\ \xc3\xa4\n\nAnd more.");
    revision('x1', created => undef, message => '');
    revision('b1', parents => 'a1', labels => 'blue', dialect => 'sqlite');
    revision('c1', parents => 'a1', depends => 'x1');
    revision('m1', parents => 'b1 c1', upgrade => '', downgrade => '');
    revision('d1', parents => 'm1', upgrade_args => 'no-transaction', irreversible => 'it is gone');
    revision('e1', parents => 'm1', depends => 'blue');
    return $project;
}

sub run_on_graph
{
    my $project = graph();
    fits 0, ['history'], 'without the database';
    fits 0, ['history', '-i'], 'with an empty database';
    fits 2, ['history', '--graph'], '--graph';
    fits 0, ['heads'], 'several';
    fits 3, ['heads', '--check'], 'too many';
    fits 0, ['branches'], 'with children';
    fits 0, ['show', 'heads', 'a1'], 'several';
    fits 0, ['show', 'base'], 'nothing';
    fits 1, ['show', 'zz'], 'an unknown one';
    fits 0, ['edit', 'a1'], 'one' for local $ENV{EDITOR} = 'true';
    fits 1, [{ env => { EDITOR => 'false' } }, 'edit', 'a1'], 'an editor that fails';
    fits 0, ['current'], 'nothing';
    fits 3, ['current', '--check-heads'], 'not at the heads';
    fits 0, ['plan', 'heads'], 'an upgrade';
    fits 0, ['plan', 'heads', '--headers-only'], 'an upgrade, without a look at the statements';
    fits 1, ['plan', '-1'], 'there is no way';
    fits 0, ['upgrade', 'e1'], 'several steps';
    fits 0, ['upgrade', 'e1'], 'nothing to do';
    fits 0, ['plan', 'e1'], 'nothing to do';
    fits 0, ['plan', 'b1', '--downgrade'], 'a downgrade';
    fits 0, ['current'], 'a row, and a head that a dependency implies';
    fits 3, ['current', '-c'], 'a head is not applied';
    fits 0, ['history', '-i'], 'with a database';
    fits 1, ['rebase', 'e1', '--onto', 'base'], 'a revision that is applied';
    fits 0, ['rebase', 'd1', '--onto', 'e1'], 'one that is not';
    fits 0, ['heads', '--check'], 'one';
    fits 0, ['stamp', 'd1'], 'stamp without running it';
    fits 0, ['current', '-c'], 'at the heads';
    fits 1, ['downgrade', 'e1'], 'an irreversible one';
    fits 0, ['stamp', 'e1'], 'stamp a revision before';
    fits 0, ['downgrade', 'a1'], 'several steps';
    fits 0, ['stamp', 'base', '--purge'], 'stamp base';
    fits 1, ['stamp', 'a1', 'c1'], 'overlapping revisions';
    fits 0, ['ensure_version'], 'the tables are there';
    fits 0, ['log'], 'after all this';
    fits 2, ['log', '-n', 'all'], 'no number';
    fits 0, ['revision', '-m', 'next', '--rev-id', 'f1', '--head', 'd1'], 'a new one';
    fits 2, ['revision', '-m', 'next', '--rev-id', 'f1', '--head', 'd1'], 'an id that there is';
    revision('g1', parents => 'd1');
    fits 0, ['merge', '--rev-id', 'm2', 'f1', 'g1'], 'a merge';
    fits 1, ['merge', 'zz', 'g1'], 'of an unknown one';
}

sub run_on_failures
{
    my $db = Limbeck::Database->create('sqlite');
    my $project = new_project(db => $db);
    $second = 0;
    revision('a1');
    revision('b1', parents => 'a1', upgrade_args => 'no-transaction',
        upgrade => "CREATE TABLE u (x int);\nCREATE TABLE t_a1 (x int);");
    my $value = fits 1, ['upgrade', 'b1'], 'the second revision fails half-way';
    is_deeply [map { $_->{revision} } @{ $value->{steps} }], ['a1'], 'the first is told of';
    fits 1, ['upgrade', 'b1', '--single-transaction'], 'in one transaction';
    fits 0, ['plan', 'b1'], 'with statements that are done';
    $value = fits 0, ['log'], 'a run that failed';
    is $value->{entries}[0]{outcome}, 'failed', 'says so';
    $db->do("UPDATE limbeck_history SET outcome = 'running', statement_started = 2, finished_at = '',
        database_user = 'somebody' WHERE revision = 'b1'");
    $value = fits 0, ['log'], 'a run that has not ended';
    is $value->{entries}[0]{outcome}, 'running', 'says so';
    fits 1, ['repair', 'a1', '--done'], 'repair of another revision';
    fits 0, ['repair', 'b1', '--done'], 'repair';
    fits 0, ['verify'], 'no file has changed';
    write_file('migrations/versions/a1.sql', slurp('migrations/versions/a1.sql') . "-- edited\n");
    fits 3, ['verify'], 'a file has changed';
    fits 0, ['repair', '--accept'], 'and is taken as it is';
    $db->do("UPDATE limbeck_history SET os_user = '', host = '' WHERE revision = 'b1'");
    fits 0, ['log'], 'a run by nobody knows whom';
    fits 1, ['ensure_version', '-u', 'sqlite:////nowhere/at/all.db'], 'no folder for the database';
    fits 2, [$_, '-u', 'nosuch://host/'], 'no driver' for qw(current log);
}

sub run_on_missing
{
    my $project = graph();
    run_ok ['upgrade', 'b1'], 'upgrade';
    unlink $project->versions . "/$_.sql" for qw(b1 c1 m1 d1 e1);
    my $value = fits 0, ['current'], 'a row without a file';
    is_deeply [@{ $value->{revisions}[0] }{qw(id path)}], ['b1', undef], 'of which the id is known';
    is join('', map { $value->{revisions}[0]{$_} ? 1 : 0 } qw(current applied missing)), '111',
        'and that the database has it';
    fits 3, ['current', '-c'], 'and not at the heads';
    fits 3, ['verify'], 'which verify finds';
    fits 1, ['upgrade', 'head'], 'which stops an upgrade';
    $value = fits 0, ['plan', '--downgrade', 'a1'], 'the way down is kept';
    is $value->{steps}[0]{path}, undef, 'in no file';
    $value = fits 0, ['downgrade', 'a1'], 'and is gone';
    is $value->{steps}[0]{path}, undef, 'with no file';
}

sub run_on_conflict
{
    new_project();
    revision('a1');
    revision('b1', parents => 'a1', upgrade => 'ALTER TABLE t_a1 ADD COLUMN y int;');
    revision('c1', parents => 'a1', upgrade => 'ALTER TABLE t_a1 ADD COLUMN y int;');
    revision('d1', parents => 'a1', upgrade => 'PRAGMA optimize;');
    my $value = fits 3, ['merge', '--check'], '--check: a conflict, and doubts';
    is scalar @{ $value->{pairs} }, 3, 'of every two';
    revision('d1', parents => 'a1');
    fits 0, ['merge', '--check', 'b1', 'd1'], '--check: none';
    fits 2, ['merge', '--check', 'b1'], '--check: nothing to compare';
    revision('e1', parents => 'a1', upgrade => "-- \@decide what?\nSELECT 1;");
    fits 0, ['plan', 'e1'], 'a plan with something to decide';
}

sub run_on_schema
{
    my $project = new_project(ini => { schema => 'schema.sql' });
    fits 2, ['check'], 'no file of the schema';
    write_file('schema.sql', "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, CHECK (a <> ''));\nCREATE INDEX ix ON t (a);\n");
    my $value = fits 3, ['check'], 'a table that is missing';
    is_deeply [map { $_->{text} } @{ $value->{differences} }], ['create table t', 'create index ix on t (a)'], 'is told of';
    $value = fits 0, ['revision', '--autogenerate', '-m', 'made', '--rev-id', 'a1'], '--autogenerate';
    is $value->{revisions}[0]{id}, 'a1', 'writes it';
    fits 0, ['upgrade', 'head'], 'runs it';
    fits 0, ['check'], 'nothing is missing';
    $value = fits 0, ['revision', '--autogenerate', '-m', 'none'], 'and there is nothing to write';
    is_deeply $value, { path => undef, revisions => [] }, 'which is what it says';
    write_file('schema.sql', "CREATE TABLE t (id integer PRIMARY KEY, b text NOT NULL);\n");
    fits 1, ['revision', '--autogenerate', '-m', 'x'], 'a rename that nobody decided';
    fits 3, ['check', '--against-migrations'], 'a column that goes';
    fits 3, ['diff', 'a1', 'schema'], 'a revision and the schema';
    fits 0, ['diff', 'database', 'head'], 'the database and a revision';
    fits 2, ['diff', 'database', 'schema', '--sql'], '--sql';
    fits 0, ['schema', 'show', 't'], 'show';
    fits 1, ['schema', 'show', 'tt'], 'show of what is not there';
    fits 0, ['schema', 'dump'], 'dump';
    fits 0, ['schema', 'dump', '--split', 'split'], 'dump in files';
    fits 1, ['schema', 'apply'], 'apply to what is not empty';
    fits 0, [{ env => { LIMBECK_URL => 'sqlite:///fresh.db' } }, 'schema', 'apply'], 'apply';
    fits 0, ['extensions', 'citext'], 'extensions, of which there are none here';
}

sub run_on_translated
{
    new_project(bare => 1);
    write_file('schema.sql', <<'END');
CREATE TABLE t (id serial PRIMARY KEY);
CREATE INDEX ON t (id);
END
    my $value = fits 0, ['translate', '--to', 'sqlite', 'schema.sql'], 'a file alone';
    is_deeply [map { $_->{fate} } @{ $value->{statements} }], [qw(joined sent)], 'neighbours are joined';
    write_file('other.sql', <<'END');
DROP TABLE IF EXISTS nowhere;
GRANT ALL ON t TO joe;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
END
    $value = fits 1, ['translate', '--to', 'sqlite', 'other.sql'], 'what has no counterpart';
    is $value->{refused}, 1, 'is counted';
    new_project()->revision(id => 'a1', upgrade => 'SELECT 1;', downgrade => 'SELECT 2;');
    fits 0, ['translate', '--downgrade'], 'downgrades';
    fits 2, ['translate', '--to', 'nosuch'], 'no driver';
}

# What only other engines have.
sub run_on_postgresql
{
    plan skip_all => 'no driver for it' unless has_postgresql();
    my $why = Limbeck::Database->why_not('postgresql');
    return skip_or_bail($why) if defined $why;
    my $db = Limbeck::Database->create('postgresql');
    new_project(db => $db);
    $db->do("CREATE EXTENSION citext; CREATE SCHEMA s; CREATE TABLE s.t (id int PRIMARY KEY); CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'");
    my $value = fits 0, ['extensions', 'citext'], 'an extension that is there';
    is_deeply $value, { created => [], kept => ['citext'] }, 'is kept';
    fits 0, ['schema', 'show'], 'a schema, a function';
    fits 3, ['diff', 'base', 'database'], 'which come from nowhere';
    system('sqlite3', project->path('other.db'), 'CREATE TABLE t (id integer PRIMARY KEY, a text)');
    $value = fits 3, ['diff', 'sqlite:///other.db', 'database'], 'two engines';
    ok $value->{parity}, 'by their meanings';
}

sub has_postgresql { return scalar grep { $_ eq 'postgresql' } engines() }

sub run_on_found
{
    new_project();
    fits 1, ['baseline', '-m', 'x'], 'nothing is there';
    system('sqlite3', project->path('limbeck.db'), 'CREATE TABLE t (id integer PRIMARY KEY)');
    fits 0, ['baseline', '-m', 'as found', '--rev-id', 'a1'], 'a table is there';
    fits 1, ['baseline', '-m', 'x'], 'a revision is there';
    fits 0, ['stamp', '--verify', 'a1'], '--verify';
    system('sqlite3', project->path('limbeck.db'), 'DROP TABLE t');
    fits 1, ['stamp', '--verify', 'a1'], '--verify of what is not so';
}

sub run_on_tested
{
    new_project();
    revision('a1');
    revision('b1', parents => 'a1', irreversible => 'it is gone');
    revision('c1', parents => 'b1');
    fits 0, ['test'], 'with an irreversible one';
    revision('d1', parents => 'c1', downgrade => '-- nothing');
    my $value = fits 1, ['test'], 'a downgrade that does nothing';
    is_deeply [map { $_->{outcome} } @{ $value->{revisions} }], ['passed', 'irreversible', 'passed', 'not restored'], 'fails';
    fits 1, ['test', 'zz'], 'an unknown revision';
    fits 0, ['squash', 'a1:c1', '-m', 'joined', '--rev-id', 's1'], 'a range';
    fits 1, ['squash', 's1:s1'], 'one revision alone';
}

# What stops every command.
sub run_on_errors
{
    my %words = (diff => ['base', 'head'], schema => ['dump'], squash => ['a1:b1'], extensions => ['x'], edit => ['a1'], plan => ['head'], upgrade => ['head'], downgrade => ['base'], stamp => ['head'],
        show => ['head'], merge => ['heads'], rebase => ['b1', '--onto', 'a1']);
    my %reads_none = map { $_ => 1 } qw(init list_templates log repair drivers schema extensions);
    my $project = new_project();
    $project->revision(id => 'a1', header => "-- \@bad\n");
    for my $command (commands()) {
        my @args = ($command, @{ $words{$command} // [] });
        fits 2, [@args, '--bogus'], 'an unknown option';
        fits 1, \@args, 'a file that is not well formed' unless $reads_none{$command};
    }
    fits 2, [@$_], 'wrong usage' for ['upgrade'], ['repair', 'a1'], ['rebase', 'a1'], ['merge'], ['heads', 'a1'];
    fits 2, ['upgrade', 'head', '--sql'], '--sql';
}

# ---------------------------------------------------------------------------

sub check_seen
{
    for my $command (commands()) {
        ok $done{$command}, "$command has succeeded";
        ok $failed{$command}, "and failed";
    }
    my @unseen = $schemas->unseen;
    ok !@unseen, 'all members were printed, with each of their types' or diag map { "  $_\n" } @unseen;
}

# | [`heads`](heads.schema.json) | `{"revisions":[{...,"id":"c1",...}]}` |, in which "..." is left out.
sub check_readme
{
    my $readme = slurp("$folder/README.md");
    my %row = $readme =~ /^\| `limbeck --json ([a-z_]+)\b[^|]* \| \[\1\.schema\.json\]\(\1\.schema\.json\) \| `(.*)` \|$/gm;
    is_deeply [sort keys %row], [sort(commands())], 'a row for each command';
    for my $command (sort keys %row) {
        my $pattern = join '.*', map { quotemeta } split /\.\.\./, $row{$command}, -1;
        ok scalar(grep { /\A$pattern\z/ } @{ $printed{$command} }), "the example of $command was printed";
    }
    my %linked = map { $_ => 1 } $readme =~ /\]\(([\w-]+)\.schema\.json\)/g;
    is_deeply [sort keys %linked], [sort($schemas->names)], 'and a link to each schema';
}
