#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# --json: one value on stdout from each command that reports, with the members
# that are promised; progress and errors stay on stderr.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# The members of got that expected names, all the way down.
sub part_of
{
    my ($got, $expected) = @_;
    if (ref $expected eq 'HASH' && ref $got eq 'HASH') {
        return { map { $_ => exists $got->{$_} ? part_of($got->{$_}, $expected->{$_}) : 'absent' } keys %$expected };
    }
    return $got unless ref $expected eq 'ARRAY' && ref $got eq 'ARRAY';
    return [map { part_of($got->[$_], $expected->[$_]) } 0 .. $#$got];
}

sub has
{
    my ($args, $expected, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $value = json_of($args, "$name: one value");
    is_deeply part_of($value, $expected), $expected, $name;
    return $value;
}

my ($true, $false) = (JSON::PP::true(), JSON::PP::false());

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', created => '2026-01-01T00:00:00Z', file => 'a1.sql', message => qq(First "quoted" \\ \xc3\xa4\n\nMore.),
        upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'b1', created => '2026-01-02T00:00:00Z', file => 'b1.sql', parents => 'a1', labels => ['x', 'y'],
        dialect => $db->engine, message => '', upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');
    my $path = 'migrations/versions';
    my $text = "First \"quoted\" \\ \xc3\xa4";
    my %a1 = (id => 'a1', parents => [], depends => [], labels => ['x', 'y'], children => ['b1'], message => $text,
        text => "$text\n\nMore.", created => '2026-01-01T00:00:00Z', dialect => undef, path => "$path/a1.sql",
        head => $false, effective_head => $false, branchpoint => $false, mergepoint => $false);
    my %b1 = (id => 'b1', parents => ['a1'], depends => [], labels => ['x', 'y'], children => [], message => '', text => '',
        created => '2026-01-02T00:00:00Z', dialect => $db->engine, path => "$path/b1.sql",
        head => $true, effective_head => $false, branchpoint => $false, mergepoint => $false);
    my %step_a1 = (direction => 'upgrade', revision => 'a1', from => [], to => ['a1'], message => $text, path => "$path/a1.sql");

    has(['heads'], { revisions => [\%b1] }, 'heads');
    has(['history'], { revisions => [\%b1, \%a1] }, 'history');
    has(['show', 'a1'], { revisions => [\%a1] }, 'show');
    has(['show', 'base'], { revisions => [] }, 'show of nothing');
    has(['current'], { revisions => [] }, 'current of nothing');
    my $value = has(['upgrade', 'a1'], { steps => [\%step_a1] }, 'upgrade');
    cmp_ok $value->{steps}[0]{seconds}, '>', 0, 'a step has its seconds';
    has(['current'], { revisions => [{ %a1, current => $true, applied => $true, missing => $false }] }, 'current');
    has([{ status => 3 }, 'current', '--check-heads'], { revisions => [{ id => 'a1' }], at_heads => $false }, 'current --check-heads');
    has(['history', '-i'], { revisions => [{ %b1, current => $false, applied => $false }, { %a1, current => $true, applied => $true }] },
        'history --indicate-current');
    has(['upgrade', 'head'], { steps => [{ revision => 'b1', from => ['a1'], to => ['b1'] }] }, 'a second upgrade');
    has(['upgrade', 'head'], { steps => [] }, 'an upgrade with nothing to do');
    has(['current', '-c'], { at_heads => $true }, 'current --check-heads at the head');
    has(['downgrade', 'base'], { steps => [{ direction => 'downgrade', revision => 'b1', from => ['b1'], to => ['a1'] },
        { direction => 'downgrade', revision => 'a1', from => ['a1'], to => [] }] }, 'downgrade');
    has(['stamp', 'a1'], { steps => [{ direction => 'stamp', revision => 'a1', from => [], to => ['a1'] }] }, 'stamp');
    has(['ensure_version'], { steps => [] }, 'ensure_version');
    my $log = has(['log'], { entries => [
        { sequence => 5, revision => 'a1', direction => 'stamp', outcome => 'done', error => undef, statements_done => 0 },
        { sequence => 4, revision => 'a1', direction => 'downgrade', statements_done => 1, statements_total => 1 },
        { sequence => 3, revision => 'b1', direction => 'downgrade', message => '' },
        { sequence => 2, revision => 'b1', direction => 'upgrade' },
        { sequence => 1, revision => 'a1', direction => 'upgrade', message => $text },
    ] }, 'log');
    like $log->{entries}[1]{started_at}, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z\z/, 'its times are in UTC';
    like $log->{entries}[1]{checksum}, qr/\A[0-9a-f]{64}\z/, 'its checksums are SHA-256';
    has(['log', '-n', '2'], { entries => [{ sequence => 5 }, { sequence => 4 }] }, 'log -n');
    has(['drivers'], { drivers => [map { {} } 1 .. @{ json_of(['drivers'])->{drivers} }] }, 'drivers');
    my ($own) = grep { $_->{scheme} eq $db->engine } @{ json_of(['drivers'])->{drivers} };
    is_deeply part_of($own, { name => '', problem => '' }), { name => $db->engine, problem => undef }, 'the driver is among them';

    $project->revision(id => 'c1', parents => 'b1', file => 'c1.sql', upgrade => "CREATE TABLE v (a integer);\nCREATE TABEL w (a integer);");
    $value = has([{ status => 1 }, 'upgrade', 'head'], { steps => [{ revision => 'b1' }],
        error => { code => 'sql', file => "$path/c1.sql", line => 8, engine => $db->engine } }, 'a failure: what was done, and the error');
    like $value->{error}{outcome}, qr/c1/, 'and in which state it left the database';
    has([{ status => 2 }, 'upgrade'], { error => { code => 'usage', message => 'upgrade needs a revision, like head or +1', file => undef } },
        'wrong usage');
    has([{ status => 1 }, 'show', 'nowhere'], { error => { code => 'unknown' } }, 'an unknown revision');
    unlink "@{[$project->versions]}/c1.sql";
    $project->revision(id => 'd1', parents => 'b1', file => 'd1.sql', message => 'd', header => "-- \@bad\n");
    has([{ status => 1 }, 'heads'], { error => { code => 'script', file => "$path/d1.sql", line => 3, column => 4,
        message => 'unknown directive "@bad"' } }, 'a broken file');
});

subtest 'where there is nothing else' => sub {
    new_project(bare => 1);
    has(['init'], { files => [map { { path => $_, created => $true } } qw(migrations migrations/versions migrations/revision.sql
        migrations/schema.sql limbeck.ini)] }, 'init');
    has([{ status => 2 }, 'init'], { error => { code => 'usage' } }, 'a second init');
    has([{ status => 2 }], { error => { message => 'a command is missing' } }, 'no command');
    has([{ status => 2 }, 'frobnicate'], { error => { message => 'unknown command "frobnicate"' } }, 'an unknown command');
    has([{ status => 2 }, '--bogus'], { error => { message => 'unknown option "--bogus"' } }, 'an unknown option');
    has([{ status => 2 }, 'upgrade', 'head', '--sql'], { error => { message => '--sql and --json exclude each other' } }, '--sql');
    my $result = limbeck('--json', 'heads');
    is $result->{stdout} =~ tr/\n//, 1, 'an empty list is one line';
    $result = limbeck('heads', '--json');
    is $result->{stdout}, qq({"revisions":[]}\n), '--json may stand behind the command';
};
done_testing;
