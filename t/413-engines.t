#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# @only and @except: which statements run on which engine, and how their text is
# read; mysql means MySQL and MariaDB, mariadb MariaDB alone.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# Runs the upgrade; what the blocks put into table t.
sub words
{
    my ($db, $upgrade, %opt) = @_;
    my $here = $db->fresh;
    my $project = new_project(db => $here, ini => $opt{ini} // {});
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (word varchar(80));\n$upgrade",
        downgrade => 'DROP TABLE t;');
    run_ok ['-u', $opt{url} ? $opt{url}->($here->url) : $here->url, 'upgrade', 'head'], $opt{name} // 'upgrade';
    return join ' ', map { $_->[0] } @{ $here->query('SELECT word FROM t ORDER BY word') };
}

sub insert { return "INSERT INTO t VALUES ('$_[0]');\n" }

sub block
{
    my ($head, $word) = @_;
    return "-- \@$head\n" . insert($word) . "-- \@end\n";
}

for_each_engine(sub {
    my ($db) = @_;
    my $engine = $db->engine;
    my $all = join '', insert('all'), block("only $engine", 'mine'), block("except $engine", 'others'),
        map({ block("only $_", "only-$_") } all_engines()), map({ block("except $_", "not-$_") } all_engines());
    my @expected = ('all', 'mine', "only-$engine", map { "not-$_" } grep { $_ ne $engine } all_engines());
    is words($db, $all), join(' ', sort @expected), '@only and @except choose';
    is words($db, block('only sqlite postgresql mysql', 'three') . block('except sqlite postgresql mysql', 'none')),
        'three', 'several names';
    is words($db, block('only firebird', 'no') . block('except firebird', 'yes')), 'yes',
        'an engine that has no driver here is another one';
    is $db->engine eq 'mysql' ? 'skip' : words($db, insert('x') . block('only mysql', q{it\'s})), $db->engine eq 'mysql' ? 'skip' : 'x',
        "another engine's block is read by its own rules";
    my %own = (
        sqlite     => q{INSERT INTO t VALUES ('a;b\\');},
        postgresql => q{INSERT INTO t VALUES ($x$a;b'$x$ || E'\'');},
        mysql      => q{INSERT INTO t VALUES ('a;b\'') # a comment; or so} . "\n;",
    );
    my %value = (sqlite => q{a;b\\}, postgresql => q{a;b''}, mysql => q{a;b'});
    is words($db, "-- \@only $engine\n$own{$engine}\n-- \@end\n" . insert('b')), "$value{$engine} b",
        'the own block too';
    is words($db, join('', map { "-- \@only $_\n$own{$_}\n-- \@end\n" } all_engines()), ini => { dialect => 'postgresql' }),
        $value{$engine}, 'all of them in one file of another dialect';
});

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $is_mariadb = $db->value('SELECT VERSION()') =~ /MariaDB/i;
    my $text = block('only mysql', 'mysql') . block('only mariadb', 'mariadb') . block('except mariadb', 'not-mariadb')
        . block('except mysql', 'not-mysql');
    my $expected = $is_mariadb ? 'mariadb mysql' : 'mysql not-mariadb';
    is words($db, $text), $expected, 'the server says what it is';
    is words($db, $text, url => sub { $_[0] =~ s/^mysql:/mariadb:/r }), $expected,
        'whatever scheme the URL has';
});

# The script can't ask the server.
my $project = new_project;
$project->revision(id => 'a1', upgrade => block('only mysql', 'for-mysql') . block('only mariadb', 'for-mariadb')
    . block('only sqlite', 'for-sqlite'));
for my $case (['sqlite://', 'sqlite'], ['mysql://x/y', 'mysql'], ['mariadb://x/y', 'mysql', 'mariadb']) {
    my ($url, @names) = @$case;
    SKIP: {
        skip "no driver for $url", 2 unless grep { $_ eq $names[0] } engines();
        my $run = run_ok ['-u', $url, 'upgrade', 'head', '--sql'], "a script for $url";
        is join(' ', $run->{stdout} =~ /'for-(\w+)'/g), "@names", 'has what is for it';
    }
}

done_testing;
