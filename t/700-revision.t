#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck revision: parents, branches, labels, dependencies, names and times of
# new files; and that whatever is wrong is found before one is written.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $v = 'migrations/versions';

# Makes a revision and returns its file's text.
sub made
{
    my ($file, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    run_like(['revision', @args], qr{\A  Generating \Q$v/$file\E \.\.\.  done\n\z}, "revision @args");
    return slurp("$v/$file");
}

subtest 'parents' => sub {
    new_project();
    unlike made('a1_first.sql', '-m', 'first', '--rev-id', 'a1'), qr/\@parents/, 'the first has none';
    like made('a2_second.sql', '--message', 'second', '--rev-id=a2'), qr/^-- \@revision a2\n-- \@parents a1\n-- \@created \S+\n--\n-- second\n\n-- \@upgrade\n/,
        'the next stands on the head';
    like made('b1_.sql', '--rev-id', 'b1', '--head', 'a1', '--splice'), qr/^-- \@parents a1$/m, '--splice begins a branch';
    like made('a3_.sql', '--rev-id', 'a3', '--head', 'a2'), qr/^-- \@parents a2$/m, '--head chooses a branch';
    like made('m1_join.sql', '-m', 'join', '--rev-id', 'm1', '--head', 'heads'), qr/^-- \@parents (?:a3 b1|b1 a3)$/m, '--head heads merges';
    unlike made('z1_.sql', '--rev-id', 'z1', '--head', 'base', '--branch-label', 'zed'), qr/\@parents/, '--head base is a new base';
    like slurp("$v/z1_.sql"), qr/^-- \@labels zed$/m, 'with a label';
    like made('z2_.sql', '--rev-id', 'z2', '--head', 'zed@head'), qr/^-- \@parents z1$/m, 'which names the branch';
    like made('m2_join.sql', '-m', 'join', '--rev-id', 'm2', '--head', 'm1', '--head', 'z2'), qr/^-- \@parents m1 z2$/m, '--head twice merges';
    like made('m3_.sql', '--rev-id', 'm3', '--depends-on', 'zed', '--depends-on', 'b1', '--depends-on', 'b1'),
        qr/^-- \@depends zed b1$/m, '--depends-on keeps a label, and each once';
    stdout_is(['heads'], "m3 (zed) (head)\n", 'all of them are read again');
    like made('m4_.sql', '--rev-id', 'm4', '--branch-label', 'x-1', '--branch-label', 'y'), qr/^-- \@labels x-1 y$/m, 'two labels, one with a hyphen';
    run_like(['heads'], qr/\Am4 \(.*x-1, y.*\) \(head\)\n\z/, 'are read again');
    run_like(['revision'], qr{versions/[0-9a-f]{12}_\.sql}, 'an id at random has twelve hex digits');
};

subtest 'what is wrong' => sub {
    my $project = new_project();
    $project->revision(id => 'a1', created => '2026-01-01', labels => 'lab', upgrade => 'CREATE TABLE t (a integer);');
    $project->revision(id => 'a2', created => '2026-01-02', parents => 'a1', message => 'second');
    $project->revision(id => 'a3', created => '2026-01-03', parents => 'a1', message => 'third');
    run_ok(['upgrade', 'heads'], 'a database to be left alone');
    my @wrong = (
        # arguments, status, error, further texts
        [[], 1, 'there are 2 heads', 'a2 (second)', 'a3 (third)', '--head'],
        [['--head', 'a1'], 1, 'revision a1 is not a head', '--splice'],
        [['--head', 'nowhere'], 1, 'no revision or label is called "nowhere"'],
        [['--head', 'a2', '--head', 'a2'], 2, 'parent a2 is named twice'],
        [['--head', 'a2', '--rev-id', 'a1'], 2, 'revision id a1 is in use already'],
        [['--head', 'a2', '--rev-id', 'lab'], 2, 'revision id lab is in use already'],
        [['--head', 'a2', '--rev-id', 'head'], 2, q("head" can't be a revision id), 'An id is 1 to 128'],
        [['--head', 'a2', '--rev-id', 'a b'], 2, q("a b" can't be a revision id)],
        [['--head', 'a2', '--rev-id', ''], 2, q("" can't be a revision id)],
        [['--head', 'a2', '--rev-id', '../x'], 2, q("../x" can't be a revision id)],
        [['--head', 'a2', '--rev-id', 'x' x 129], 2, q(can't be a revision id)],
        [['--head', 'a2', '--branch-label', 'a1'], 2, '"a1" is in use already'],
        [['--head', 'a2', '--branch-label', 'lab'], 2, '"lab" is in use already'],
        [['--head', 'a2', '--branch-label', 'heads'], 2, q("heads" can't be a branch label)],
        [['--head', 'a2', '--branch-label', 'a@b'], 2, q("a@b" can't be a branch label)],
        [['--head', 'a2', '--branch-label', '-a'], 2, q("-a" can't be a branch label)],
        [['--head', 'a2', '--branch-label', 'x', '--branch-label', 'x'], 2, '"x" is in use already'],
        [['--head', 'a2', '--branch-label', 'x', '--rev-id', 'x'], 2, '"x" is in use already'],
        [['--head', 'a2', '--depends-on', 'nowhere'], 1, 'no revision or label is called "nowhere"'],
        [['--head', 'a2', '--version-path', 'nowhere'], 2, 'nowhere is not one of the version locations', 'version_locations'],
        [['--head', 'a2', '-m', '@upgrade'], 2, 'a line of the message begins with "@upgrade"', 'read as a directive'],
        [['--head', 'a2', '-m', "x\n\@end"], 2, 'a line of the message begins with "@end"'],
        [['--head', 'a2', 'a message'], 2, 'revision does not know what to do with "a message"', '-m TEXT'],
    );
    for my $case (@wrong) {
        my ($args, $status, $error, @also) = @$case;
        my $name = substr "revision @$args", 0, 60;
        $name =~ s/\n/ /g;
        my $bare = $error =~ /^can't/ ? '' : $error;
        refused($name, args => ['revision', @$args], status => $status, error => $bare,
            also => [$error, @also]);
    }
    refused('a file that exists already', args => ['revision', '--head', 'a2', '--rev-id', 'new'],
        files => { 'limbeck.ini' => "[limbeck]\nfile_template = a2_second\n" },
        error => "$v/a2_second.sql exists already");
    refused('a template with an unknown token', args => ['revision', '--head', 'a2'],
        files => { 'migrations/revision.sql' => "-- \@revision %(rve)s\n" }, status => 2,
        place => 'migrations/revision.sql:1', error => 'unknown token %(rve)s', also => ['%(rev)s']);
};

subtest 'names of files' => sub {
    my %name = (
        # file_template, message => name
        '%(rev)s_%(slug)s'   => [['Add  Phone-number, to "users"!', 'r_add_phone_number_to_users.sql'],
            ["\xc3\x84rger & \xe2\x82\xac 5", "r_\xc3\x84rger_\xe2\x82\xac_5.sql"], ['___', 'r____.sql'], ['!!', 'r_.sql']],
        '%(slug)s-%(rev)s'   => [['x', 'x-r.sql']],
        '%(seq)04d_%(slug)s' => [['first', '0001_first.sql']],
        '%(seq)d'            => [['x', '1.sql']],
        '%%(rev)s'           => [['x', 'r.sql']],
        'v1%%2_%(rev)s'      => [['x', 'v1%2_r.sql']],
    );
    for my $template (sort keys %name) {
        for my $case (@{ $name{$template} }) {
            my ($message, $file) = @$case;
            my $project = new_project(ini => { file_template => $template });
            run_ok(['revision', '--rev-id', 'r', '-m', $message], "$template of $message");
            is_deeply [map { s{.*/}{}r } glob $project->versions . '/*'], [$file], "makes $file";
        }
    }
    my $project = new_project(ini => { file_template => '%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d%(second).2d_%(epoch)s_%(rev)s', timezone => 'utc' });
    my $before = time;
    run_ok(['revision', '--rev-id', 'r'], 'tokens of the time');
    my ($file) = map { s{.*/}{}r } glob $project->versions . '/*';
    like $file, qr/\A\d{4}_\d\d_\d\d_\d{6}_(\d+)_r\.sql\z/, 'have their digits';
    my ($epoch) = $file =~ /_(\d+)_r/;
    cmp_ok abs($epoch - $before), '<=', 5, 'it is now';
    my @t = gmtime $epoch;
    is $file, sprintf('%d_%02d_%02d_%02d%02d%02d_%d_r.sql', $t[5] + 1900, $t[4] + 1, @t[3, 2, 1, 0], $epoch), 'in UTC';

    my $long = 'the quick brown fox jumps over the lazy dog and runs';
    for my $case ([undef, 'r_the_quick_brown_fox_jumps_over_the_lazy_.sql'], [10, 'r_the_quick_.sql'], [9, 'r_the_.sql'], [2, 'r_th_.sql']) {
        my ($length, $expected) = @$case;
        $project = new_project(ini => { truncate_slug_length => $length });
        run_ok(['revision', '--rev-id', 'r', '-m', $long], 'a long message, cut at ' . ($length // 40));
        is_deeply [map { s{.*/}{}r } glob $project->versions . '/*'], [$expected], "makes $expected";
    }
};

subtest 'time zones' => sub {
    my %zone = (utc => qr/Z$/, UTC => qr/Z$/, 'America/New_York' => qr/-0[45]:00$/, 'Asia/Kolkata' => qr/\+05:30$/,
        'CET-1CEST' => qr/\+0[12]:00$/, local => qr/\+09:00$/, '' => qr/\+09:00$/);
    for my $zone (sort keys %zone) {
        new_project(ini => { timezone => $zone });
        run_ok([{ env => { TZ => 'Asia/Tokyo' } }, 'revision', '--rev-id', 'r'], "timezone = $zone");
        my ($created) = slurp("$v/r_.sql") =~ /^-- \@created (\S+)$/m;
        like $created, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\z/, 'is ISO 8601';
        like $created, $zone{$zone}, 'in that zone';
        run_ok(['heads'], 'and read again');
    }
};

subtest 'messages' => sub {
    new_project();
    my $text = "one\n\nmore text\nand more  \n";
    run_ok(['revision', '--rev-id', 'r', '-m', $text], 'a message of several lines');
    file_like("$v/r_one_more_text_and_more.sql", qr/^-- one\n--\n-- more text\n-- and more\n\n-- \@upgrade$/m, 'becomes comments all');
    run_like(['show', 'r'], qr/^    one\n\n    more text\n    and more$/m, 'that show prints');
    stdout_is(['history'], "<base> -> r (head), one\n", 'history prints the first line');
    made("s_it_s_100_home_x.sql", '--rev-id', 's', '-m', q(it's "100%" $HOME `x` \\ ;));
    stdout_is(['history', '-r', 's:'], qq(r -> s (head), it's "100%" \$HOME `x` \\ ;\n), 'nothing in them is special');
};

subtest 'the project\'s own template' => sub {
    new_project();
    write_file('migrations/revision.sql', "-- \@revision %(rev)s\n-- \@parents %(parents)s\n-- by hand: %(message)s (100%)\n-- \@upgrade\nSELECT 1;\n");
    my $text = made('r_x.sql', '--rev-id', 'r', '-m', 'x');
    is $text, "-- \@revision r\n-- by hand: x (100%)\n-- \@upgrade\nSELECT 1;\n", 'is filled, and an empty list leaves its line out';
};

subtest 'as JSON' => sub {
    new_project();
    my $value = json_of(['revision', '--rev-id', 'r', '-m', 'x'], 'one value');
    is $value->{path}, "$v/r_x.sql", 'the path';
    is $value->{revisions}[0]{id}, 'r', 'and the revision as show has it';
    $value = json_of([{ status => 2 }, 'revision', '--rev-id', 'r'], 'an error');
    is $value->{error}{message}, 'revision id r is in use already', 'is in the value';
};
done_testing;
