#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Where branches part and end: branches, heads --check, what current has of
# heads that a dependency implies, and show of several revisions.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project = new_project();
my $url = 'sqlite:///' . $project->path('limbeck.db');
my $second = 0;

sub revision
{
    my ($id, %opt) = @_;
    return $project->revision(id => $id, created => sprintf('2026-01-01T00:00:%02dZ', $second++),
        upgrade => '', downgrade => '', %opt);
}

stdout_is ['branches'], '', 'no revisions: no branches';
run_ok ['heads', '--check'], 'and no heads, which is not too many';
revision('a1');
revision('b1', parents => 'a1', labels => 'blue', message => "Go blue\n\nAt last.");
stdout_is ['branches'], '', 'one line: no branches';
run_ok ['heads', '--check'], 'one head';
revision('c1', parents => 'a1');
revision('d1', parents => 'a1', depends => 'c1');

stdout_is ['branches'], <<'END', 'a branchpoint, and its children in order';
a1 (branchpoint)
   -> b1 (blue) (head)
   -> c1 (effective head)
   -> d1 (head)

END
stdout_is ['branches', '-v'], <<'END', 'at length: all about it, and the messages';
Rev: a1 (branchpoint)
Parent: <base>
Branches into: b1, c1, d1
Path: migrations/versions/a1.sql

    Revision a1

   -> b1 (blue) (head), Go blue
   -> c1 (effective head), Revision c1
   -> d1 (head), Revision d1

END
my $answer = json_of ['branches'];
is_deeply [map { $_->{branchpoint}{id} } @{ $answer->{branches} }], ['a1'], 'JSON: the branchpoint';
is_deeply [map { $_->{id} } @{ $answer->{branches}[0]{children} }], [qw(b1 c1 d1)], 'its children';

fails_with 3, qr/there are 2 heads\n.*Heads: (?:b1, d1|d1, b1)\.\n.*limbeck merge heads/s,
    ['heads', '--check'], 'two heads, and one that another depends on';
stdout_is ['heads'], <<'END', 'heads itself lists that too';
b1 (blue) (head)
c1 (effective head)
d1 (head)
END
ok !json_of([{ status => 3 }, 'heads', '--check'])->{one_head}, 'JSON says so too';
ok !exists json_of(['heads'])->{one_head}, 'if it is asked';

stdout_is ['show', 'b1', 'a1'], <<'END', 'show of two revisions';
Rev: b1 (head)
Parent: a1
Branch names: blue
Path: migrations/versions/b1_go_blue_at_last.sql

    Go blue

    At last.

Rev: a1 (branchpoint)
Parent: <base>
Branches into: b1, c1, d1
Path: migrations/versions/a1.sql

    Revision a1

END

run_ok ['upgrade', 'd1'];
stdout_is ['current'], <<'END', 'current: the row, and the head that it depends on';
c1 (effective head)
d1 (head)
END
is_deeply [map { [@$_{qw(id current applied)}] } @{ json_of(['current'])->{revisions} }],
    [['c1', JSON::PP::false, JSON::PP::true], ['d1', JSON::PP::true, JSON::PP::true]],
    'JSON tells which of them is a row';
stdout_is ['current', '-v'], <<"END", 'and all about them';
Current revision(s) for $url:
Rev: c1 (head)
Parent: a1
Path: migrations/versions/c1.sql

    Revision c1

Rev: d1 (head)
Parent: a1
Also depends on: c1
Path: migrations/versions/d1.sql

    Revision d1

END
stdout_is ['history', '-i', '-r', 'd1:'], "a1 (c1) -> d1 (head) (current), Revision d1\n",
    'history marks the row';
stdout_is ['history', '-v', '-i', '-r', 'd1:'], <<'END', 'and at length';
Rev: d1 (head) (current)
Parent: a1
Also depends on: c1
Path: migrations/versions/d1.sql

    Revision d1

END
fails_with 3, qr/head "b1" is not applied/, ['current', '--check-heads'], 'a head is missing';
run_ok ['upgrade', 'heads'];
run_ok ['current', '--check-heads'], 'at all heads, one of them a dependency only';

subtest 'list_templates' => sub {
    my $dir = $project->path('templates');
    my %env = (LIMBECK_TEMPLATE_PATH => $dir);
    write_file('templates/small/README', "A small one.\nMore.\n");
    write_file('templates/bare/limbeck.ini', '');
    write_file('templates/notes', 'no template');
    stdout_is [{ env => \%env }, 'list_templates'], <<'END', 'by name, with the first line of README';
Available templates:

bare - 
small - A small one.

Templates are used via the 'init' command, e.g.:

  limbeck init --template generic ./scripts
END
    stdout_is [{ env => \%env }, '-q', 'list_templates'], "bare - \nsmall - A small one.\n", 'quietly';
    is_deeply json_of([{ env => \%env }, 'list_templates']), { templates => [
        { name => 'bare', path => "$dir/bare", synopsis => '' },
        { name => 'small', path => "$dir/small", synopsis => 'A small one.' },
    ] }, 'JSON';
    fails_with 1, qr/could not read folder/, [{ env => { LIMBECK_TEMPLATE_PATH => "$dir/none" } },
        'list_templates'], 'no such folder';
};
done_testing;
