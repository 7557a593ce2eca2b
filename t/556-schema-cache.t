#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What a large desired schema became is kept, and used as long as nothing that it
# depends on has changed; with it every command says what it says without it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;
use Limbeck::Tables;

use constant TABLES => 40;  # a hundred statements and some

my $loaded_before = qr/the schema was loaded before: /;

sub folder { return project->path('cache') }
sub kept { return [glob folder() . '/limbeck/*'] }
sub with { return { env => { XDG_CACHE_HOME => folder() } } }

# A project with a database of those tables, which are its desired schema too.
sub large
{
    my ($db, %ini) = @_;
    my $script = Limbeck::Tables::script($db->engine, TABLES);
    $db->do($script) if !grep { $_ eq 'table_00001' } $db->tables;
    my $project = new_project(db => $db, ini => { schema => 'schema.sql', %ini });
    write_file('schema.sql', $script);
    return $project;
}

sub change_file
{
    my ($from, $to) = @_;
    my $text = slurp('schema.sql');
    $text =~ s/$from/$to/ or die "no $from";
    write_file('schema.sql', $text);
}

sub hits
{
    my ($name, %opt) = @_;
    my $run = limbeck(with(), '-v', 'check');
    is $run->{status}, $opt{status} // 0, "$name: status";
    like $run->{stderr}, $loaded_before, "$name: it is not loaded again";
}

sub misses
{
    my ($name, %opt) = @_;
    my $run = limbeck($opt{with} // with(), '-v', 'check');
    is $run->{status}, $opt{status} // 0, "$name: status";
    unlike $run->{stderr}, $loaded_before, "$name: it is loaded";
    return $run;
}

# Settings of a database that change how its schema is read.
my %setting = (
    postgresql => 'SET default_toast_compression = lz4',
    mysql      => 'CHARACTER SET latin1',
);

for my $engine (grep { $_ ne 'sqlite' } engines()) {
    subtest $engine => sub {
        my $why = Limbeck::Database->why_not($engine);
        skip_or_bail($why) if $why;
        my $db = Limbeck::Database->create($engine);
        large($db);
        misses('the first time');
        is scalar @{ kept() }, 1, 'it is kept';
        is sprintf('%o', (stat folder() . '/limbeck')[2] & 07777), '700', 'for this user alone';
        hits('the second time');

        change_file(qr/^/, "-- A comment.\n");
        hits('a comment between statements is nothing');
        change_file(qr/note \w+(?:\(\d+\))?,/, 'note varchar(77),');
        misses('another type of a column', status => 3);
        hits('the same', status => 3);
        is scalar @{ kept() }, 2, 'both are kept';

        my @args = ('revision', '--autogenerate', '--rev-id', 'a1', '-m', 'wider');
        my @file = map {
            run_ok [with(), @$_, @args], 'a revision' . (@$_ ? ' with what is kept' : '');
            my ($file) = glob project->versions . '/*.sql';
            my $text = slurp($file) =~ s/^-- \@created .*//mr;
            unlink $file;
            $text;
        } ['-v'], [];
        like $file[0], qr/\(77\)/, 'what differs is in it';
        write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^\[limbeck\]/[limbeck]\ncache = false/mr);
        misses('cache = false', status => 3);
        run_ok [with(), @args], 'a revision without';
        my ($file) = glob project->versions . '/*.sql';
        is slurp($file) =~ s/^-- \@created .*//mr, $file[0], 'is the same';
        is $file[1], $file[0], 'and so was the second one';
        is scalar @{ kept() }, 2, 'nothing more is kept';

        large($db);
        misses('another folder of its own');
        $db->admin("ALTER DATABASE " . $db->name . " $setting{$engine}");
        misses('a setting of the database', status => $engine eq 'mysql' ? 3 : 0);
        my $file_of = kept()->[0];
        write_file($_, slurp($_) =~ s/title/titel/r) for @{ kept() };
        my $status = $engine eq 'mysql' ? 3 : 0;
        like misses('a file that is damaged', status => $status)->{stderr}, qr/passed over, since it is damaged/,
            'which is said';
        hits('it was written anew', status => $status);
        write_file($_, substr(slurp($_), 0, 70)) for @{ kept() };
        misses('one that was cut', status => $status);
        write_file($_, '') for @{ kept() };
        misses('one that is empty', status => $status);
    };
}

SKIP: {
    my ($engine) = grep { $_ ne 'sqlite' && !Limbeck::Database->why_not($_) } engines();
    skip 'no server', 1 unless $engine;
    my $db = Limbeck::Database->create($engine);

    subtest 'where it is kept' => sub {
        large($db);
        my $home = project->path('home');
        my %env = (HOME => $home, XDG_CACHE_HOME => 'relative');
        misses('the home folder', with => { env => \%env });
        is scalar(() = glob "$home/.cache/limbeck/*.catalog"), 1, 'in ~/.cache/limbeck';
        ok !-e project->path('relative'), 'a relative XDG_CACHE_HOME is passed over';
        misses('no home', with => { env => { HOME => '', XDG_CACHE_HOME => '' } });
        write_file('cache', 'no folder');
        misses('a folder that can not be made is no failure');
    };

    subtest 'how much is kept' => sub {
        large($db);
        mkdir folder();
        mkdir folder() . '/limbeck';
        my @old = map { sprintf '%s/limbeck/%064x.catalog', folder(), $_ } 1 .. 20;
        for my $i (0 .. $#old) {
            write_file($old[$i], 'x');
            utime time - 1000 + $i, time - 1000 + $i, $old[$i];
        }
        write_file(folder() . '/limbeck/mine.txt', 'x');
        misses('one more');
        is scalar(grep { /\.catalog$/ } @{ kept() }), 16, 'sixteen files are left';
        is_deeply [grep { -e } @old], [@old[5 .. 19]], 'those used last';
        ok -e folder() . '/limbeck/mine.txt', 'what is somebody else\'s is left alone';
        hits('it is among them');
    };

    subtest 'a few statements are not worth it' => sub {
        my $small = Limbeck::Database->create($engine);
        $small->do('CREATE TABLE a (id int PRIMARY KEY)');
        new_project(db => $small, ini => { schema => 'schema.sql' });
        write_file('schema.sql', 'CREATE TABLE a (id int PRIMARY KEY);');
        misses('a small schema') for 1, 2;
        is_deeply kept(), [], 'is not kept';
    };
}

fails_with 2, qr/limbeck\.ini:\d+:\d+: error: bad value of "cache"\n/,
    [{ dir => new_project(ini => { cache => 'sometimes' })->dir }, 'heads'], 'a bad value';

done_testing;
