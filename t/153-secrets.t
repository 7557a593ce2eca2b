#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A password is nowhere to be seen: not in results, logs, errors or the history,
# however much is asked for, and not where a URL was typed in the wrong place.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $secret = 'Geh3imes';

# Runs, and looks for the password in all that is printed.
sub hides
{
    my ($args, $name, %opt) = @_;
    my $result = limbeck($opt{run} // {}, @$args);
    my $output = "$result->{stdout}$result->{stderr}";
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    ok($output =~ /\S/ && index($output, $secret) < 0 && index($output, 'eh3im') < 0, $name)
        or diag "status $result->{status}: $output";
    return $result;
}

my $project = new_project();
$project->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');

subtest 'connections that fail' => sub {
    pass 'the schemes whose drivers were built';
    for my $scheme (grep { -e builddir() . "/drivers/.libs/$_.so" } qw(postgresql postgres mysql mariadb)) {
        for my $url ("$scheme://u:$secret\@127.0.0.1:1/d", "$scheme://u\@127.0.0.1:1/d?password=$secret",
            "$scheme://:$secret\@127.0.0.1:1/d", "$scheme://u:%47eh3imes\@127.0.0.1:1/d",
            "$scheme://u:$secret\@127.0.0.1:1/d?sslpassword=$secret&nonsense=1") {
            (my $name = $url) =~ s/\Q$secret\E|%47eh3imes/***/g;
            hides(['-vv', '-u', $url, 'current'], "-vv $name");
            hides(['--json', '-u', $url, 'upgrade', 'head'], "--json $name");
        }
    }
};

subtest 'URLs that are wrong' => sub {
    for my $url ("nosuch://u:$secret\@h/d", "nosuch://u:$secret\@h:port/d", "nosuch://u:$secret\@h/%zz",
        "nosuch://u:$secret%zz\@h/d", "nosuch://u:Geh/3imes\@h/d", "no-such://u:$secret\@h/d",
        "nosuch://u:$secret\@[::1/d", "sqlite://u:$secret\@h/d", "sqlite:///x.db?password=$secret",
        "sqlite:///x.db?a_key=$secret", "nosuch:u:$secret\@h/d", "u:$secret\@h/d") {
        (my $name = $url) =~ s/\Q$secret\E|Geh.3imes/***/g;
        hides(['-vv', '-u', $url, 'current'], "-u $name");
        hides(['-vv', 'current'], "LIMBECK_URL=$name", run => { env => { LIMBECK_URL => $url } });
        write_file('limbeck.ini', "[limbeck]\nurl = $url\n");
        hides(['-vv', 'current'], "url = $name");
        write_file('limbeck.ini', "[limbeck]\nscratch_url = $url\n");
        hides(['-vv', 'show', 'good'], "scratch_url = $name");
        write_file('limbeck.ini', "[limbeck]\n");
    }
};

subtest 'lines of limbeck.ini that are wrong' => sub {
    my $url = "postgresql://u:$secret\@h/d";
    my %text = (
        'a key that is none'     => "[limbeck]\nurrl = $url\n",
        'a key twice'            => "[limbeck]\nurl = $url\nurl = $url\n",
        'no key'                 => "[limbeck]\n$url\n",
        'no section'             => "url = $url\n",
        'a zero byte'            => "[limbeck]\nurl = $url\0\n",
        'an unset variable'      => "[limbeck]\nurl = postgresql://u:$secret\@\${NO_SUCH_HOST}/d\n",
        'an open variable'       => "[limbeck]\nurl = postgresql://u:$secret\@\${HOST/d\n",
        'on the line before'     => "[limbeck]\nurl = $url\nbanana = 1\n",
        'on further lines'       => "[limbeck]\nurrl =\n   $url\n",
    );
    for my $name (sort keys %text) {
        write_file('limbeck.ini', $text{$name});
        hides(['-vv', 'heads'], $name);
    }
    write_file('limbeck.ini', "[limbeck]\nurl = nosuch://u:\${PW}\@h/d\n");
    hides(['-vv', 'current'], 'from a variable', run => { env => { PW => $secret } });
    hides(['-vv', '-x', "PW=$secret", 'current'], 'from -x');
    write_file('limbeck.ini', "[limbeck]\n");
};

subtest 'a URL where none belongs' => sub {
    my $url = "postgresql://u:$secret\@h/d";
    for my $args ([$url], ["--ur1=$url", 'heads'], ['upgrade', $url], ['upgrade', 'head', $url],
        ['--json', 'upgrade', $url], ['-n', $url, 'heads'], ['-c', $url, 'heads'], ['--color', $url, 'heads'],
        ['history', '-r', $url], ['log', '-n', $url], ["--json=$url", 'heads'], ['help', $url],
        ['revision', '--rev-id', $url], ['revision', '--version-path', $url], ['--json', 'show', $url]) {
        my $name = join ' ', map { s/\Q$secret\E/***/r } @$args;
        my $result = hides($args, $name);
        isnt $result->{status}, 0, "$name fails";
    }
};

subtest 'what is no password stays' => sub {
    for my $url ('nosuch://h:1/d', 'nosuch://u@[::1]:5432/d', 'nosuch://h1:1,h2:2/d', 'nosuch://[::1]:1/d:x') {
        fails_with(2, qr/\Q$url\E/, ['-c', $url, 'heads'], $url);
    }
};

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    new_project(db => $db);
    project()->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    project()->revision(id => 'bad', parents => 'good', upgrade => 'CREATE TABEL t (a integer);');
    my $password = Limbeck::Server->PASSWORD;
    # Each run fails its test when it prints the password of the server.
    run_ok(['-vv', 'upgrade', 'good'], '-vv upgrade');
    fails_with(1, qr/TABEL/, ['-vv', 'upgrade', 'head'], 'a failure');
    run_ok(['-vv', 'current', '--verbose'], 'current --verbose');
    run_ok(['-vv', '--json', 'current'], 'current as JSON');
    run_ok(['-vv', 'log'], 'log');
    run_ok(['-vv', 'downgrade', 'good:base', '--sql'], 'a script');
    my $history = join '|', map { map { $_ // '' } @$_ } @{ $db->query('SELECT * FROM limbeck_history') };
    like $history, qr/good/, 'there is a history';
    unlike $history, qr/\Q$password\E/, 'without the password';
    (my $wrong = $db->url) =~ s/\Q$password\E/$secret/;
    isnt $wrong, $db->url, 'with a wrong password';
    my $result = hides(['-vv', '-u', $wrong, 'current'], 'it is not shown either');
    is $result->{status}, 1, 'the run fails';
    hides(['--json', '-u', $wrong, 'upgrade', 'head'], 'nor as JSON');
});
done_testing;
