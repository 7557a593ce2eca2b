#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What bash completes of limbeck's command lines: commands, options, revisions.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

skip_or_bail('there is no bash') if system('bash -c "exit 0" >/dev/null 2>&1') != 0;

my $script = srcdir() . '/core/man/limbeck.bash';
my $project = new_project(sections => "[test]\nurl = sqlite:///test.db\n");
$project->revision(id => 'abc111', message => 'a "id":"no","labels":["no"] b', labels => 'billing');
$project->revision(id => 'abd222', parents => 'abc111', message => 'second');
mkdir $project->dir . '/other', 0755;
write_file('other/limbeck.ini', "[limbeck]\nscript_location = .\n");
mkdir $project->dir . '/other/versions', 0755;
revision_file($project->dir . '/other/versions', id => 'zzz999', message => 'elsewhere');

# The candidates for the last of these words, which are as bash cuts a line.
sub candidates
{
    my (@words) = @_;
    my $result = Limbeck::Run->start(
        program => ['bash', '-u', '-c', <<'END', 'bash', $script, builddir() . '/limbeck', @words],
. "$1"
complete -p limbeck >/dev/null || exit 1
program=$2
shift 2
COMP_WORDS=(limbeck "$@") COMP_CWORD=$# COMPREPLY=()
_limbeck "$program" "${!#}"
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
END
        dir => $project->dir,
    )->finish;
    is $result->{stderr}, '', "nothing on stderr: limbeck @words" if length $result->{stderr};
    my %seen;
    return [grep { !$seen{$_}++ } sort split /\n/, $result->{stdout}];
}

sub completes
{
    my ($words, $expected, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is_deeply candidates(@$words), [sort @$expected], $name // "limbeck @$words";
}

sub offers
{
    my ($words, @wanted) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my %offered = map { $_ => 1 } @{ candidates(@$words) };
    my @lacking = grep { !$offered{$_} } @wanted;
    ok !@lacking, "limbeck @$words" or diag "  not offered: @lacking";
}

my $help = run_ok(['help'], 'limbeck help')->{stdout};
my ($overview) = $help =~ /^Commands:\n(.*?)^Options/ms;
my @commands = $overview =~ /^  ([a-z_]+) /gm;
completes([''], \@commands, 'all commands and aliases');
completes(['he'], ['heads', 'help']);
completes(['help', 'he'], ['heads', 'help']);
completes(['-q', '-u', 'sqlite://', 'up'], ['upgrade']);
completes(['upgrade', '--s'], ['--sql', '--single-transaction']);

my ($globals) = $help =~ /^Options[^\n]*\n(.*?)^$/ms;
offers(['-'], $globals =~ /^  (?:-\w, |    )(--[a-z-]+)/gm, $globals =~ /^  (-\w)/gm);
for my $command (@commands) {
    my $text = run_ok(['help', $command], "limbeck help $command")->{stdout};
    my ($own) = $text =~ /^Options:\n(.*?)^$/ms or next;
    offers([$command, '-'], $own =~ /^  (?:-\w, |    )(--[a-z-]+)/gm, $own =~ /^  (-\w)/gm, '--json');
}

my @revisions = qw(abc111 abd222 billing);
completes([$_, ''], [qw(head heads base), @revisions]) for qw(upgrade downgrade stamp repair rebase);
completes(['show', ''], [qw(head heads base current), @revisions]);
completes(['upgrade', 'ab'], ['abc111', 'abd222']);
completes(['stamp', 'base', 'abd'], ['abd222']);
completes(['revision', '--head', 'b'], ['base', 'billing']);
completes(['history', '-r', 'abc111', ':', 'ab'], ['abc111', 'abd222']);
completes(['history', '-r', 'cu'], ['current']);
completes(['test', 'ab'], ['abc111', 'abd222']);
completes(['squash', 'abc'], ['abc111']);
completes(['squash', '-m', 'x', 'abc111', ':', 'ab'], ['abc111', 'abd222']);
completes(['squash', '-m', 'x', 'abc111', ':'], [qw(head heads base), @revisions]);
completes(['history', '-r', 'abc111', ':'], [qw(head heads base current), @revisions]);
completes(['schema', ''], ['dump', 'show', 'apply']);
completes(['schema', 'sh'], ['show']);
completes(['schema', 'show', 's'], [], 'a table is not completed');
completes(['schema', 'dump', '--of', 'abc'], ['abc111']);
completes(['schema', 'dump', '--split', 'ot'], ['other']);
completes(['diff', 'd'], ['database']);
completes(['diff', 'database', 's'], ['schema']);
completes(['diff', 'schema', 'li'], ['limbeck.ini']);
completes(['diff', 'schema', 'b'], ['base', 'billing']);
completes(['baseline', ''], []);
completes(['revision', '--autogenerate', '--rename', ''], []);
completes(['rebase', 'abd222', '--onto', 'ba'], ['base']);
completes(['-c', 'other/limbeck.ini', 'show', 'z'], ['zzz999']);
completes(['-n', 'nosuch', 'show', 'a'], []);

completes(['-c', 'limb'], ['limbeck.ini']);
completes(['--config', '=', 'limb'], ['limbeck.ini']);
completes(['--driver-path', 'ot'], ['other']);
completes(['init', 'ot'], ['other']);
completes(['--color', ''], ['auto', 'always', 'never']);
completes(['--color', '=', ''], ['auto', 'always', 'never']);
completes(['revision', '-m', 'a'], [], 'a message is not completed');
completes(['log', '-n', ''], []);
completes(['current', '-c', ''], [], 'the option -c of current takes nothing');
done_testing;
