#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A password is nowhere to be seen: not in results, logs, errors or the history,
# however much is asked for, and not where a URL was typed in the wrong place.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Hostile;
use File::Temp ();

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

# ---------------------------------------------------------------------------
# All ways in which a password comes, and all commands, on each engine that has one

my @commands = (
    ['current', '-v'], ['current', '--check-heads'], ['history', '--indicate-current', '-v'], ['heads'], ['branches'], ['show', 'head'],
    ['plan', 'head'], ['upgrade', 'head'], ['upgrade', 'head', '--sql'], ['upgrade', 'nosuch'], ['upgrade', 'bad'],
    ['downgrade', 'base', '--sql'], ['downgrade', '-9'], ['stamp', 'nosuch'], ['log'], ['verify'], ['check'], ['check', '--against-migrations'],
    ['diff', 'file:schema.sql', 'URL'], ['schema', 'dump'], ['schema', 'show'], ['revision', '--autogenerate', '-m', 'x'],
    ['baseline'], ['test'], ['test', 'nosuch'], ['repair', '--forget', 'good'], ['repair', '--accept'], ['ensure_version'], ['extensions', 'no"such'],
    ['squash', 'good:head'], ['drivers'], ['merge', 'heads'], ['rebase', 'bad', '--onto', 'good'], ['edit', 'nosuch'], ['list_templates'],
);

# How limbeck is told the URL: arguments, environment, keys of [limbeck], a section.
my @ways = (
    ['-u', sub { ({}, ['-u', $_[0]]) }],
    ['--url=', sub { ({}, ["--url=$_[0]"]) }],
    ['LIMBECK_URL', sub { ({ LIMBECK_URL => $_[0] }, []) }],
    ['DATABASE_URL', sub { ({ DATABASE_URL => $_[0] }, []) }],
    ['url =', sub { ({}, [], "url = $_[0]\n") }],
    ['url = ${PW}', sub { my ($url, $password) = @_; ({ PW => $password }, [], 'url = ' . ($url =~ s/\Q$password\E/\${PW}/r) . "\n") }],
    ['-x PW=', sub { my ($url, $password) = @_; ({}, ['-x', "PW=$password"], 'url = ' . ($url =~ s/\Q$password\E/\${PW}/r) . "\n") }],
    ['-n section', sub { ({}, ['-n', 'other'], "\n[other]\nurl = $_[0]\n") }],
    ['?password=', sub { my ($url, $password) = @_; my $query = $url =~ s/:\Q$password\E\@/\@/r; ({}, ['-u', "$query?password=$password"]) }],
    ['percent escapes', sub { my ($url, $password) = @_; my $hex = join '', map { sprintf '%%%02X', ord } split //, $password; ({}, ['-u', $url =~ s/\Q$password\E/$hex/r]) }],
    ['the variable of the client', sub { my ($url, $password) = @_; my $name = $url =~ /^postgres/ ? 'PGPASSWORD' : 'MYSQL_PWD'; ({ $name => $password }, ['-u', $url =~ s/:\Q$password\E\@/\@/r]) }],
);

sub password_project
{
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { url => undef, schema => 'schema.sql' });
    write_file('schema.sql', "CREATE TABLE t (a integer);\n");
    $project->revision(id => 'good', created => '2026-01-01', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'bad', created => '2026-01-02', parents => 'good', upgrade => 'CREATE TABEL t (a integer);', downgrade => '');
    return $project;
}

# A run that shows the server's password fails its test by itself; here all that the
# run left behind is looked at too: files, and rows.
sub leaves_none
{
    my ($name, $project, $db, $password) = @_;
    my @found;
    require File::Find;
    File::Find::find({ no_chdir => 1, wanted => sub { push @found, $_ if -f && $_ !~ /limbeck\.ini\z/ && index(slurp($_), $password) >= 0 } }, $project->dir);
    my $history = eval { $db->query('SELECT * FROM limbeck_history') } // [];
    push @found, 'limbeck_history' if grep { defined && index($_, $password) >= 0 } map { @$_ } @$history;
    return ok !@found, "$name leaves none" || diag "@found";
}

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $password = Limbeck::Server->PASSWORD;
    my $project = password_project($db);
    for my $command (@commands) {
        my @args = map { $_ eq 'URL' ? $db->url : $_ } @$command;
        my $result = limbeck({ env => { LIMBECK_URL => $db->url } }, '-vv', @args);
        ok !$result->{problem}, "@$command";
        $result = limbeck({ env => { LIMBECK_URL => $db->url } }, '--json', '-vv', @args);
        ok !$result->{problem}, "@$command --json";
        unlink grep { !m{/(?:good|bad)\.sql\z} } glob "$project->{dir}/migrations/versions/*";
    }
    leaves_none('every command', $project, $db, $password);
});

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $password = Limbeck::Server->PASSWORD;
    for my $way (@ways) {
        my ($name, $how) = @$way;
        # The libraries of MySQL know no such parameter.
        next if $name eq '?password=' && $db->engine eq 'mysql';
        my $one = $db->fresh;
        my $project = password_project($one);
        my ($env, $args, $ini) = $how->($one->url, $password);
        write_file('limbeck.ini', slurp('limbeck.ini') . ($ini // ''));
        my $run = { env => $env };
        my $result = limbeck($run, '-vv', @$args, 'upgrade', 'good');
        is $result->{status}, 0, "$name: it connects" or Limbeck::Test::explain_run($result);
        limbeck($run, '-vv', @$args, @$_), limbeck($run, '--json', @$args, @$_) for ['upgrade', 'head'], ['current'], ['log'];
        leaves_none($name, $project, $one, $password);
        $one->drop;
    }
});

subtest 'servers that quote how they were called' => sub {
    pass 'those whose drivers were built';
    new_project();
    project()->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);');
    my $quoting = "no such host in postgresql://u:$secret\@h/d?password=$secret nor in 'password=$secret' or \"$secret\"";
    for my $case (['postgresql', start => pg_error($quoting)], ['postgresql', query => pg_error($quoting)],
        ['mysql', greet => mysql_packet(0, "\xff" . pack('v', 1129) . $quoting)], ['mysql', start => mysql_error(2, $quoting)],
        ['mysql', query => mysql_error(1, $quoting)]) {
        my ($engine, $when, $text) = @$case;
        next unless grep { $_ eq $engine } engines();
        my $server = Limbeck::Hostile->$engine($when => $text);
        $server->{password} = $secret;
        hides(['-vv', '-u', $server->url, 'upgrade', 'head'], "$engine, $when");
        hides(['--json', '-u', $server->url, 'current'], "$engine, $when, as JSON");
        $server->stop;
    }
};

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $password = Limbeck::Server->PASSWORD;
    my $project = new_project(db => $db);
    for my $way (['an error', "RAISE EXCEPTION 'in %', 'u:$password\@h'"], ['a notice', "RAISE WARNING 'in %', 'password=$password'"],
        ['a detail', "RAISE EXCEPTION 'x' USING DETAIL = '$password', HINT = '$password'"]) {
        my ($name, $do) = @$way;
        # The text itself has it in two pieces.
        my ($left, $right) = (substr($password, 0, 3), substr $password, 3);
        (my $pieces = $do) =~ s/'([^']*)\Q$password\E([^']*)'/'$1$left' || '$right$2'/g;
        write_file('migrations/versions/x.sql', "-- \@revision x\n-- \@upgrade\nDO \$\$ BEGIN $pieces; END \$\$;\n");
        my $result = limbeck('-vv', 'upgrade', 'head');
        ok !$result->{problem} && $result->{stderr} =~ /\*\*\*/, "$name of the server" or Limbeck::Test::explain_run($result);
        limbeck('-q', 'downgrade', 'base'), limbeck('-q', 'stamp', 'base') if !$result->{status};
    }
    leaves_none('it', $project, $db, $password);
});

subtest 'exec:' => sub {
    my %exec = (
        'DDL that can not be read'   => "echo \"CREATE TABLE t (a '$secret\"",
        'DDL that the engine refuses' => "echo 'CREATE TABEL x (a); -- $secret'",
        'words on stderr'            => "echo connecting to x://u:$secret\@h/d >&2; exit 3",
        'a command that is not there' => "no-such-command --password=$secret",
        'bytes that are none'        => "printf '\\0$secret'",
        'no end'                     => "yes -- '-- $secret' | head -c 5000000; echo; echo 'CREATE TABEL x (a);'",
    );
    for my $name (sort keys %exec) {
        new_project(ini => { schema => "exec:$exec{$name}" });
        # -vv shows each statement, as it says.
        my $result = hides([$name =~ /stderr|command/ ? '-vv' : '-v', 'check'], $name);
        isnt $result->{status}, 0, "$name fails";
        hides(['--json', 'check'], "$name, as JSON");
    }
};

# What others see of the processes that limbeck starts, and of itself.
subtest 'command lines of children' => sub {
    for my $engine (grep { $_ ne 'sqlite' } engines()) {
        my $db = Limbeck::Database->create($engine);
        my $password = Limbeck::Server->PASSWORD;
        my $folder = File::Temp->newdir('limbeck-see-XXXXXX', TMPDIR => 1);
        my $project = new_project(db => $db, ini => { schema => "exec:cat /proc/\$\$/cmdline /proc/\$PPID/cmdline | tr '\\0' ' ' > $folder/exec; cat schema.sql" },
            sections => "[post_write_hooks]\nhooks = see\nsee.type = exec\nsee.executable = $folder/see\n");
        write_file('schema.sql', "CREATE TABLE t (a integer);\n");
        write_file("$folder/see", "#!/bin/sh\ncat /proc/\$\$/cmdline /proc/\$PPID/cmdline | tr '\\0' ' ' > $folder/hook\n");
        chmod 0755, "$folder/see";
        for my $program (qw(pg_dump mariadb-dump mysqldump)) {
            write_file("$folder/bin/$program", "#!/bin/sh\ncat /proc/\$\$/cmdline /proc/\$PPID/cmdline | tr '\\0' ' ' > $folder/dump\nexit 7\n");
            chmod 0755, "$folder/bin/$program";
        }
        limbeck('check');
        limbeck('revision', '--autogenerate', '-m', 'x');
        $project->revision(id => 'last', parents => [map { /(\w+?)_/ } limbeck('heads')->{stdout} =~ /^(\w+)/m ? $1 . '_' : ()], upgrade => 'CREATE TABLE z (a integer);');
        limbeck({ env => { PATH => "$folder/bin:$ENV{PATH}" } }, 'upgrade', 'heads', '--backup', "$folder/backup");
        for my $seen (qw(exec hook dump)) {
            my $text = -e "$folder/$seen" ? slurp("$folder/$seen") : '';
            ok length $text && index($text, $password) < 0, "$engine: those that $seen sees";
        }
        $db->drop;
    }
    pass 'of the engines built';
};
done_testing;
