#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The recipes of limbeck-schema(7) for hooks and CI: what they run works, passes
# on a project that is in order, and fails on one that is not. The images and
# actions that the workflow names are not here: its own commands are run.

use FindBin;
use lib "$FindBin::Bin/lib";
use JSON::PP ();
use Limbeck::Database;
use Limbeck::Test;

my $python = '/usr/bin/python3';
skip_or_bail('no PyYAML here (Debian: apt-get install python3-yaml)')
    if system("$python -c 'import yaml' 2>/dev/null") != 0;

sub recipe
{
    my ($title) = @_;
    my $page = slurp(srcdir() . '/core/man/limbeck-schema.7');
    my ($text) = $page =~ /^\.Ss \Q$title\E\n.*?^\.Bd [^\n]*\n(.*?)^\.Ed$/ms or die "no recipe: $title";
    return $text =~ s/\\e/\\/gr;
}

# YAML is read by a parser of YAML, as the programs it is for read it.
sub yaml
{
    my ($text) = @_;
    write_file('recipe.yaml', $text);
    my $json = `cd ${\project->dir} && $python -c 'import json, yaml; print(json.dumps(yaml.safe_load(open("recipe.yaml"))))'`;
    return JSON::PP->new->utf8->decode($json);
}

sub project_in_order
{
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'migrations/schema.sql' });

    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int PRIMARY KEY);', downgrade => 'DROP TABLE t;');
    $project->write_file('migrations/schema.sql', "CREATE TABLE t (id int PRIMARY KEY);\n");
    return $project;
}

# The words of a limbeck command line, without the program.
sub words { return split ' ', $_[0] =~ s/^limbeck //r }

subtest 'a commit hook' => sub {
    my $project = project_in_order(Limbeck::Database->create('sqlite'));
    my %hook = map { $_->{id} => $_ } map { @{ $_->{hooks} } } @{ yaml(recipe('A commit hook'))->{repos} };
    is join(' ', sort keys %hook), 'limbeck-check limbeck-heads', 'the hooks';
    for my $hook (values %hook) {
        is $hook->{language}, 'system', "$hook->{id}: runs the installed program";
        like 'migrations/schema.sql', qr/$hook->{files}/, "$hook->{id}: runs when the schema changes";
        like 'migrations/versions/a1.sql', qr/$hook->{files}/, "$hook->{id}: runs when a revision changes";
        run_ok([words($hook->{entry})], "$hook->{id}: passes");
    }
    $project->write_file('migrations/schema.sql', "CREATE TABLE t (id int PRIMARY KEY, name text);\n");
    fails_with 3, qr/new upgrade operations detected/, [words($hook{'limbeck-check'}{entry})], 'a changed schema is refused';
    $project->revision(id => $_, parents => 'a1') for qw(b1 c1);
    fails_with 3, qr/there are 2 heads/, [words($hook{'limbeck-heads'}{entry})], 'a second head is refused';
};

subtest 'a GitHub workflow' => sub {
    my $why = Limbeck::Database->why_not('postgresql');
    plan skip_all => $why if $why && !$ENV{CI};
    my $db = Limbeck::Database->create('postgresql');
    my $project = project_in_order($db);
    # "on" is a boolean in YAML 1.1.
    my $workflow = yaml(recipe('A GitHub workflow') =~ s/^on:/"on":/mr);
    my $job = $workflow->{jobs}{migrations};
    like $job->{env}{LIMBECK_URL}, qr{^postgresql://}, 'it names its server';
    my @commands = grep { /^limbeck / } map { $_->{run} // () } @{ $job->{steps} };
    is scalar(@commands), 3, 'commands of limbeck';
    my %env = (LIMBECK_URL => $db->url);
    run_ok([{ env => \%env }, words($_)], "$_: passes") for @commands;
    is_deeply [$db->user_tables], [], 'nothing was left in the database';
    $project->write_file('migrations/schema.sql', "CREATE TABLE t (id bigint PRIMARY KEY);\n");
    fails_with 3, qr/new upgrade operations detected/, [{ env => \%env }, words('limbeck check --against-migrations')],
        'a changed schema is refused';
};
done_testing;
