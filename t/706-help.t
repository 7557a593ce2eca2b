#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck help: what it says of each command, and that each option it lists is
# one. (910-readme.t runs the examples.)

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

new_project();
my $overview = run_ok(['help'], 'limbeck help')->{stdout};
for my $args (['--help'], ['-h'], ['help', '--no-progress']) {
    stdout_is($args, $overview, "@$args is the same");
}
like $overview, qr/\AUsage: limbeck \[OPTION\]\.\.\. COMMAND/, 'usage comes first';
like $overview, qr/^Exit status:\n(?:  \d+ +\S.*\n)+/m, 'exit statuses are explained';
like $overview, qr/^  $_ /m, "status $_ is" for 0, 1, 2, 3, 4, 130;
like $overview, qr/^  $_->[0] +\Q$_->[1]\E$/m, "the alias $_->[0]" for ['migrate', 'upgrade head'],
    ['showmigrations', 'history --indicate-current'], ['rollback', 'downgrade -1'], ['clear', 'stamp base --purge'];
my @globals = options($overview);
is_deeply [grep { my $o = $_; !grep { $_ eq $o } @globals } qw(--config --name --url -x --quiet --verbose --json --color
    --no-progress --driver-path --version --help)], [], 'all options that come before a command are there';

my ($part) = $overview =~ /^Commands:\n(.*?)\n\n/ms;
my @commands = $part =~ /^  (\w+) /gm;
cmp_ok scalar(@commands), '>=', 14, 'there are commands';
for my $command (@commands) {
    subtest $command => sub {
        my $text = run_ok(['help', $command], "help $command")->{stdout};
        stdout_is([$command, '--help'], $text, "$command --help is the same");
        stdout_is([$command, '-h'], $text, "$command -h too");
        like $text, qr/\AUsage: limbeck $command\b.*\n\n\S/, 'usage, and what it does';
        # An example is run by 910-readme.t, and these need a database in trouble.
        like $text, qr/^Examples:\n(?:    (?:limbeck|\S+ \|) .*\n)+/m, 'examples' unless $command =~ /^(?:repair|rebase)$/;
        is_deeply [grep { length > 88 } split /\n/, $text], [], 'no line is too long';
        # An option that were none would be answered with "unknown option".
        for my $option (grep { !/^-h$|^--help$/ } options($text)) {
            my $result = limbeck($command, $option, '--help');
            unlike $result->{stderr}, qr/unknown option/, "$option is an option";
        }
        like $text, qr/^      --\w|^  -\w/m, 'its options are listed' if $text =~ /\[OPTION\]/ && $text =~ /^Options:/m;
    };
}

fails_with(2, qr/unknown command "nosuch"/, ['help', 'nosuch'], 'help for what is none');
stdout_is(['help'], $overview, 'a folder without a project makes no difference');
new_project(bare => 1);
stdout_is(['help'], $overview, 'nor does one without limbeck.ini');
run_like(['upgrade', '--help'], qr/\AUsage: limbeck upgrade/, 'for a command neither');
done_testing;

sub options
{
    my ($text) = @_;
    my @found;
    while ($text =~ /^  (?:(-\w)(?:, )?|    )(--[\w-]+)?(?: [A-Z=:]+)?(?:  |$)/gm) {
        push @found, grep { defined } $2 // $1;
    }
    return @found;
}
