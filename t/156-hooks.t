#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Post-write hooks: programs that run on a new revision file.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

sub with_hooks
{
    my ($text) = @_;
    return new_project(sections => "[post_write_hooks]\n$text");
}

subtest 'hooks run in order' => sub {
    with_hooks(<<'END');
hooks = first, second
first.type = exec
first.executable = sh
first.options = -c 'echo "-- first" >> "$1"' sh REVISION_SCRIPT_FILENAME
second.executable = sh
second.options = -c "cat >> \"\$0\" < note"
second.cwd = %(here)s/folder
unused.executable = false
END
    write_file('folder/note', "-- second\n");
    my $result = run_like(['revision', '-m', 'x', '--rev-id', 'a1'],
        qr/Generating .*a1_x\.sql .*\n  Running post write hook first \.\.\.  done\n  Running post write hook second \.\.\.  done\n\z/,
        'each is told of');
    file_like('migrations/versions/a1_x.sql', qr/-- first\n-- second\n\z/,
        'the file takes the place of its token, or comes last; cwd counts');
    my $value = json_of(['revision', '--rev-id', 'a2'], 'as JSON');
    is $value->{path}, 'migrations/versions/a2_.sql', 'the value is the only output';
    $result = run_ok(['-q', 'revision', '--rev-id', 'a3'], '-q');
    is $result->{stdout}, '', 'is quiet';
};

subtest 'the output of a hook' => sub {
    with_hooks("hooks = loud\nloud.executable = echo\nloud.options = hello\n");
    my $result = run_ok(['revision', '--rev-id', 'a1'], 'a hook that prints');
    like $result->{stderr}, qr/\Ahello \S+a1_\.sql\n\z/, 'prints to stderr';
    unlike $result->{stdout}, qr/hello/, 'not among the results';
};

subtest "Alembic's other key" => sub {
    with_hooks("hooks = black\nblack.type = console_scripts\nblack.entrypoint = echo\nblack.options = -l 79\n");
    run_err_like(['revision', '--rev-id', 'a1'], qr/\A-l 79 /, 'entrypoint names the program too');
};

subtest 'a relative cwd' => sub {
    with_hooks("hooks = pwd\npwd.executable = sh\npwd.options = -c pwd\npwd.cwd = below\n");
    mkdir project()->path('below') or die $!;
    mkdir project()->path('other') or die $!;
    run_err_like([{ dir => project()->path('other') }, 'revision', '--rev-id', 'a1'], qr{\A\S+/below\n\z},
        'starts at the folder of limbeck.ini');
};

subtest 'a hook that fails' => sub {
    for my $case (['sh', '-c "exit 3"', 'status 3'], ['no-such-program-anywhere', '', 'could not run no-such-program-anywhere'],
        ['sh', '-c "kill -9 $$"', 'status 137']) {
        my ($program, $options, $error) = @$case;
        with_hooks("hooks = bad, never\nbad.executable = $program\nbad.options = $options\nnever.executable = true\n");
        my $result = fails_with(1, qr/error: .*\Q$error\E.*a1_\.sql is written and stays/s, ['revision', '--rev-id', 'a1'],
            "fails the command: $error");
        like $result->{stderr}, qr/hook "bad"/, 'it is named';
        unlike $result->{stdout}, qr/Running post write hook/, 'it is not said to be done, and no further one runs';
        file_like('migrations/versions/a1_.sql', qr/\@revision a1/, 'the file stays');
    }
};

subtest 'what is wrong is found before the file is written' => sub {
    my $project = new_project();
    my %text = (
        'no program'   => ["hooks = x\n", 'post-write hook "x" has no program', 'Set x.executable'],
        'another type' => ["hooks = x\nx.type = module\nx.executable = y\n", 'post-write hook "x" has type "module"', 'The type is exec'],
        'an open quote' => ["hooks = x\nx.executable = y\nx.options = 'z\n", 'a quote is not closed', 'x.options'],
    );
    for my $name (sort keys %text) {
        my ($ini, $error, @also) = @{ $text{$name} };
        refused($name, files => { 'limbeck.ini' => "[post_write_hooks]\n$ini" }, args => ['revision', '-m', 'x'],
            status => 2, error => $error, also => \@also);
    }
};
done_testing;
