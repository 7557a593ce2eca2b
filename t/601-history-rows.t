#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck_history, as the raw client sees it and as `limbeck log` shows it: an
# entry for each thing done, which says what, when, by whom and how it ended.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Digest::SHA ();
use POSIX ();

sub history
{
    my ($db, @columns) = @_;
    return $db->query("SELECT @{[join ', ', @columns]} FROM limbeck_history ORDER BY seq");
}

my $time = qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\z/;

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $path = $project->revision(id => 'a1', message => "It's the \\first\\ \"one\", ärger",
        upgrade => "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);",
        downgrade => "DROP TABLE t; -- it's gone");
    $project->revision(id => 'a2', parents => 'a1', depends => 'x1',
        upgrade => 'CREATE TABLE u (id int);', irreversible => 'data is lost');
    $project->revision(id => 'x1', message => '', upgrade => '-- nothing', downgrade => '-- nothing');
    is_deeply json_of(['log'], 'log of an empty database')->{entries}, [], 'is empty';
    is_deeply [$db->tables], [], 'and makes no table';

    run_ok ['upgrade', 'heads'], 'upgrade';
    is_deeply history($db, qw(seq revision direction outcome statements_total statements_done
            statement_started message parents depends version_table)),
        [[1, 'a1', 'upgrade', 'done', 3, 3, 0, "It's the \\first\\ \"one\", ärger", '', '', 'limbeck_version'],
         [2, 'x1', 'upgrade', 'done', 0, 0, 0, '', '', '', 'limbeck_version'],
         [3, 'a2', 'upgrade', 'done', 1, 1, 0, 'Revision a2', 'a1', 'x1', 'limbeck_version']],
        'an entry for each revision, statements counted, texts unharmed';
    my ($row) = @{ history($db, qw(checksum started_at finished_at database_user os_user host
        tool_version error downgrade)) };
    like $row->[0], qr/\A[0-9a-f]{16,64}\z/, 'a checksum';
    like $row->[1], $time, 'when it began, in UTC';
    like $row->[2], $time, 'when it ended';
    cmp_ok $row->[1], 'le', $row->[2], 'in this order';
    cmp_ok abs(stamp_of($row->[1]) - time), '<', 120, 'by a clock that agrees with ours';
    if ($db->engine eq 'sqlite') { is $row->[3], '', 'SQLite has no users' }
    else { like $row->[3], qr/\A@{[Limbeck::Server->USER]}\b/, 'the database user' }
    is $row->[4], scalar getpwuid($>), 'the user of the operating system';
    is $row->[5], (POSIX::uname())[1], 'the host';
    like limbeck('--version')->{stdout}, qr/\b\Q$row->[6]\E\b/, 'the version of the tool';
    is $row->[7], '', 'no error';
    like $row->[8], qr/\A-- \@downgrade\nDROP TABLE t; -- it's gone\n*\z/, 'the downgrade is kept';
    like $db->value("SELECT downgrade FROM limbeck_history WHERE seq = 3"),
        qr/\@irreversible data is lost/, 'that there is no way back is kept';

    $project->revision(id => 'a3', parents => 'a2', upgrade => 'CREATE TABLE w (id int);',
        downgrade => 'DROP TABLE w;');
    run_ok ['upgrade', 'heads'], 'one more';
    run_ok ['downgrade', '-1'], 'and back';
    run_ok ['stamp', 'a1', 'x1'], 'stamp two';
    is_deeply [map { [@$_[0 .. 4]] } grep { $_->[0] > 3 }
            @{ history($db, qw(seq revision direction outcome statements_done)) }],
        [[4, 'a3', 'upgrade', 'done', 1], [5, 'a3', 'downgrade', 'done', 1],
         [6, 'a1', 'stamp', 'done', 0], [7, 'x1', 'stamp', 'done', 0]], 'the history only grows';
    is $db->value('SELECT downgrade FROM limbeck_history WHERE seq = 5'), undef,
        'a downgrade keeps no downgrade';

    my $entries = json_of(['log'], 'log --json')->{entries};
    is_deeply [map { "$_->{sequence} $_->{direction} $_->{revision} $_->{outcome}" } @$entries],
        ['7 stamp x1 done', '6 stamp a1 done', '5 downgrade a3 done', '4 upgrade a3 done', '3 upgrade a2 done',
         '2 upgrade x1 done', '1 upgrade a1 done'], 'log shows the same, newest first';
    is_deeply [@{ $entries->[-1] }{qw(message checksum started_at os_user host statements_done
            statements_total error)}],
        ["It's the \\first\\ \"one\", ärger", @$row[0, 1, 4, 5], 3, 3, undef],
        'with all that the table says';
    is_deeply [map { $_->{sequence} } @{ json_of(['log', '-n', 2], 'log -n 2')->{entries} }], [7, 6],
        'the newest two';
    run_like ['log'], qr/^ *5 +\d{4}-\S+ +downgrade +a3 +done +1\/1 .*Revision a3$/m, 'log as a table';
});

sub stamp_of
{
    my ($y, $mon, $d, $h, $m, $s) = $_[0] =~ /(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/ or return 0;
    return POSIX::mktime($s, $m, $h, $d, $mon - 1, $y - 1900);
}

done_testing;
