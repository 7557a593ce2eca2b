#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Aliases: those that are there, and those of [alias].

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub with_aliases
{
    my ($text) = @_;
    my $project = new_project(sections => "[alias]\n$text");
    $project->revision(id => 'a1', message => 'first', created => '2026-01-01T00:00:00Z',
        upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', message => 'second',
        upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');
    return $project;
}

subtest 'those that are there' => sub {
    with_aliases('');
    run_err_like(['migrate'], qr/Running upgrade a1 -> a2, second/, 'migrate is upgrade head');
    stdout_is(['showmigrations'], "a1 -> a2 (head) (current), second\n<base> -> a1, first\n",
        'showmigrations is history --indicate-current');
    run_err_like(['rollback'], qr/\ARunning downgrade a2 -> a1, second .*\n\z/, 'rollback is downgrade -1');
    fails_with(2, qr/needs confirmation.*hint: Add --yes/s, ['clear'], 'clear asks, and cannot where no terminal is');
    stdout_is(['current'], "a1\n", 'then nothing is cleared');
    run_ok(['clear', '--yes'], 'clear --yes is stamp base --purge');
    stdout_is(['current'], '', 'now it is');
    run_like(['migrate', '--sql'], qr/CREATE TABLE u/, 'options follow an alias');
    run_ok(['-q', 'stamp', 'a1'], 'the database is at a1 again');
    my $asked = limbeck_start({ tty => 1, stdin => "n\n" }, 'clear')->finish;
    like $asked->{stdout}, qr/Forget which revisions are applied\?.*\[y\/N\].*nothing was changed/s, 'on a terminal clear asks';
    is $asked->{status}, 130, 'a no is an interruption';
    stdout_is(['current'], "a1\n", 'and changes nothing');
    $asked = limbeck_start({ tty => 1, stdin => "y\n" }, 'clear')->finish;
    is $asked->{status}, 0, 'a yes goes on';
    stdout_is(['current'], '', 'and clears');
};

subtest 'those of [alias]' => sub {
    with_aliases(<<'END');
up = upgrade
all = up heads
script = upgrade head --sql
quiet = -q upgrade head
new = revision -m "two words" --rev-id 'b1'
escaped = revision -m two\ words --rev-id b2
inner = revision -m "a \"quoted\" word" --rev-id b3
single = revision -m 'a \ and "x"' --rev-id b4
lines = history
    --verbose
variable = show ${WHICH:-a1}
END
    run_err_like(['up', 'a1'], qr/\ARunning upgrade  -> a1, first .*\n\z/, 'arguments are added');
    run_err_like(['all'], qr/\ARunning upgrade a1 -> a2, second .*\n\z/, 'an alias may stand for another');
    run_like(['script'], qr/CREATE TABLE u/, 'with options of its own');
    limbeck('downgrade', 'base');
    my $result = run_ok(['quiet'], 'options before the command');
    is $result->{stderr}, '', 'are heard';
    run_ok(['-n', 'limbeck', 'all'], 'options before an alias');
    run_like(['new'], qr{versions/b1_two_words\.sql}, 'quotes hold words together');
    run_like(['escaped'], qr{versions/b2_two_words\.sql}, 'so does a backslash');
    run_ok(['inner'], 'a backslash in double quotes');
    file_like('migrations/versions/b3_a_quoted_word.sql', qr/^-- a "quoted" word$/m, 'makes a quote');
    run_ok(['single'], 'in single quotes');
    file_like('migrations/versions/b4_a_and_x.sql', qr/^-- a \\ and "x"$/m, 'all stands for itself');
    run_like(['lines'], qr/^Rev: a1/m, 'an alias of several lines');
    run_like(['variable'], qr/^Rev: a1/m, 'variables expand');
    run_like(['-x', 'WHICH=a2', 'variable'], qr/^Rev: a2/m, 'with -x');
    run_like(['help', 'up'], qr/up stands for: limbeck upgrade$/m, 'help says what it is');
    run_like(['help', 'migrate'], qr/migrate stands for: limbeck upgrade head$/m, 'of those that are there too');
};

subtest 'aliases that are wrong' => sub {
    with_aliases("open = upgrade 'head\nself = self\nping = pong\npong = ping\nbad = frobnicate\nempty =\n");
    fails_with(2, qr/a quote is not closed in the alias\ndetail: The alias is "open"/, ['open'], 'an open quote');
    fails_with(2, qr/the alias "self" stands for another alias, more than \d+ deep/, ['self'], 'an alias for itself');
    fails_with(2, qr/stands for another alias, more than/, ['ping'], 'aliases in a circle');
    fails_with(2, qr/unknown command "frobnicate"/, ['bad'], 'an alias for nothing');
    fails_with(2, qr/Usage: limbeck/, ['empty'], 'an empty alias');
    fails_with(2, qr/unknown command "migrat".*Did you mean "migrate"/s, ['migrat'], 'a slip');
};

subtest 'names that are taken' => sub {
    with_aliases("heads = history\nmigrate = downgrade base\n");
    my $result = run_like(['heads'], qr/\Aa2 \(head\)\n\z/, 'a command stays what it is');
    like $result->{stderr}, qr/warning: the alias "heads" is not used/, 'with a warning';
    $result = limbeck('-q', 'heads');
    is $result->{stderr}, '', 'not with -q';
    $result = run_err_like(['migrate'], qr/Running upgrade a1 -> a2/, 'an alias that is there stays too');
    like $result->{stderr}, qr/warning: the alias "migrate" is not used/, 'with a warning';
};
done_testing;
