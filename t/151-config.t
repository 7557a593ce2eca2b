#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Where limbeck.ini is found, its sections, and what expands in it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# The database that a run with these arguments would use.
sub database
{
    my (@args) = @_;
    my $value = json_of([@args, 'current'], "@{[grep { !ref } @args]} current") // {};
    return ($value->{database} // '') =~ s{^sqlite:///}{}r;
}

sub uses
{
    my ($args, $expected, $name) = @_;
    my $path = $expected =~ m{^/} ? $expected : project()->dir . "/$expected";
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return is database(@$args), $path, $name;
}

sub dir { return project()->dir . "/$_[0]" }

subtest 'finding the file' => sub {
    my $project = new_project(ini => { url => 'sqlite:///top.db' });
    write_file('a/b/c/.keep', '');
    my $ini = "[limbeck]\nscript_location = @{[dir('migrations')]}\n";
    write_file('a/limbeck.ini', "${ini}url = sqlite:///a.db\n");
    write_file('other/own.ini', "${ini}url = sqlite:///own.db\n");
    uses([], 'top.db', 'in the current folder');
    uses([{ dir => dir('a') }], 'a/a.db', 'the nearest one, and its url starts at its folder');
    uses([{ dir => dir('a/b/c') }], 'a/a.db', 'in a folder above');
    uses([{ dir => dir('other') }], 'top.db', 'further above');
    uses(['-c', 'other/own.ini'], 'other/own.db', '-c names another');
    uses(["--config=other/own.ini"], 'other/own.db', '--config= too');
    uses([{ dir => dir('a/b') }, '-c', '../../other/own.ini'], 'a/b/../../other/own.db', '-c starts at the current folder');
    uses([{ env => { LIMBECK_CONFIG => 'other/own.ini' } }], 'other/own.db', 'LIMBECK_CONFIG names another');
    uses([{ env => { LIMBECK_CONFIG => dir('other/own.ini') } }], 'other/own.db', 'by an absolute path too');
    uses([{ env => { LIMBECK_CONFIG => 'a/limbeck.ini' } }, '-c', 'other/own.ini'], 'other/own.db', '-c goes before LIMBECK_CONFIG');
    uses([{ env => { LIMBECK_CONFIG => '' } }], 'top.db', 'an empty LIMBECK_CONFIG is none');
    mkdir dir('a/b/limbeck.ini') or die $!;
    symlink dir('other/own.ini'), dir('a/b/c/limbeck.ini') or die $!;
    uses([{ dir => dir('a/b/c') }], 'a/b/c/own.db', 'a link is found where it lies');
};

subtest 'script_location starts at the folder of the file' => sub {
    my $project = new_project();
    $project->revision(id => 'here');
    mkdir dir('below') or die $!;
    run_like([{ dir => dir('below') }, 'heads'], qr/\Ahere \(head\)\n\z/, 'from a folder below');
    run_like([{ dir => '/' }, '-c', $project->ini, 'heads'], qr/\Ahere \(head\)\n\z/, 'from elsewhere with -c');
    run_like([{ dir => dir('below') }, 'show', 'here'], qr{^Path: \.\./migrations/versions/here\.sql$|^Path: /.*/versions/here\.sql$}m,
        'the path that is shown leads there');
    write_file('limbeck.ini', "[limbeck]\n");
    run_like(['heads'], qr/\Ahere \(head\)\n\z/, 'migrations is the default');
    write_file('limbeck.ini', '');
    run_like(['heads'], qr/\Ahere \(head\)\n\z/, 'even in an empty file');
};

subtest 'sections' => sub {
    my $project = new_project(ini => { url => 'sqlite:///main.db', version_table => 'main_version' },
        sections => "[test]\nurl = sqlite:///test.db\n\n[more]\nversion_table = more_version\n");
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (a integer);');
    uses([], 'main.db', 'without -n it is [limbeck]');
    uses(['-n', 'limbeck'], 'main.db', 'which has a name too');
    uses(['-n', 'test'], 'test.db', '-n chooses');
    uses(['--name', 'test'], 'test.db', 'so does --name');
    uses(['-n', 'more'], 'main.db', 'what a section lacks it inherits');
    run_ok(['-n', 'test', 'upgrade', 'head'], 'an upgrade of [test]');
    run_ok(['-n', 'more', 'upgrade', 'head'], 'an upgrade of [more]');
    my $tables = sub { return join ' ', sort split ' ', `sqlite3 '@{[dir($_[0])]}' .tables` };
    is $tables->('test.db'), 'limbeck_history main_version t', '[test] has the inherited version_table';
    is $tables->('main.db'), 'limbeck_history more_version t', '[more] has its own';
};

subtest 'what expands' => sub {
    my $project = new_project(ini => { url => 'sqlite:///${NAME:-fallback}.db' });
    uses([], 'fallback.db', 'a default');
    uses([{ env => { NAME => 'env' } }], 'env.db', 'the environment');
    uses([{ env => { NAME => '' } }], 'fallback.db', 'of which an empty value takes the default');
    uses([{ env => { NAME => 'env' } }, '-x', 'NAME=x'], 'x.db', '-x goes before it');
    uses(['-x', 'NAME=1', '-x', 'NAME=2'], '2.db', 'and of -x the last');
    uses(['-xNAME=a=b'], 'a%3Db.db', 'the value may have a =');
    uses(['-x', 'NAME'], 'fallback.db', 'without = it is empty');
    uses([{ env => { NAME => '${HOME}' } }], '%24%7BHOME%7D.db', 'a value is not expanded again');
    my %text = (
        '%(here)s/x.db'          => [dir('x.db'), '%(here)s is the folder of the file'],
        'a%%25b.db'              => ['a%25b.db', '%% is a %'],
        '100%25.db'              => ['100%25.db', 'a lone % is a %, which a URL has escaped'],
        '$${A}.db'               => ['%24%7BA%7D.db', '$${ is ${'],
        '$A.db'                  => ['%24A.db', '$ alone is nothing'],
        '${A:-${B:-deep}}.db'    => ['deep.db', 'a default may have variables'],
        'two words.db'           => ['two%20words.db', 'blanks stay'],
        'a;b#c.db'               => ['a%3Bb%23c.db', '; and # inside a value are part of it'],
    );
    for my $text (sort keys %text) {
        my ($path, $name) = @{ $text{$text} };
        write_file('limbeck.ini', "[limbeck]\nurl = sqlite:///$text\n");
        uses([], $path, $name);
    }
};

subtest 'spelling' => sub {
    my $project = new_project();
    my %text = (
        'a colon for the ='     => "[limbeck]\nurl: sqlite:///s.db\n",
        'no blanks'             => "[limbeck]\nurl=sqlite:///s.db\n",
        'many blanks'           => "\n\n [limbeck] \n\turl \t=  sqlite:///s.db \t\n",
        'comments'              => "# a\n; b\n[limbeck]\n# url = sqlite:///no.db\nurl = sqlite:///s.db\n  # in a value\n; end",
        'CRLF'                  => "[limbeck]\r\nurl = sqlite:///s.db\r\n",
        'a byte-order mark'     => "\xef\xbb\xbf[limbeck]\nurl = sqlite:///s.db\n",
        'no newline at the end' => "[limbeck]\nurl = sqlite:///s.db",
        'a value on the next line' => "[limbeck]\nurl =\n    sqlite:///s.db\n",
    );
    for my $name (sort keys %text) {
        write_file('limbeck.ini', $text{$name});
        uses([], 's.db', $name);
    }
};
done_testing;
