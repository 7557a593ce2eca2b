#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The manual says all there is and nothing else: each command and option of
# `limbeck help`, each key of the configuration, directive, driver member,
# function of the library and column of the history has its place in a page, and
# the other way round. The pages' examples run, and mandoc has no complaint.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Console;

my $man = srcdir() . '/core/man';
my @pages = qw(limbeck.1 limbeck.3 limbeck-driver.3 limbeck-history.5 limbeck-revision.5
    limbeck.ini.5 limbeck-promises.7 limbeck-schema.7 limbeck-translation.7);
my %page = map { $_ => slurp("$man/$_") } @pages;

subtest 'commands and options: limbeck.1' => \&check_commands;
subtest 'variables of the environment: limbeck.1' => \&check_environment;
subtest 'keys: limbeck.ini.5' => \&check_keys;
subtest 'parameters of URLs: limbeck.ini.5' => \&check_parameters;
subtest 'directives: limbeck-revision.5' => \&check_directives;
subtest 'the driver ABI: limbeck-driver.3' => \&check_driver;
subtest 'functions: limbeck.3' => \&check_functions;
subtest 'columns: limbeck-history.5' => \&check_columns;
subtest 'examples' => sub { check_examples($_) for @pages };
subtest 'C examples compile' => \&check_programs;
subtest 'mandoc -Tlint' => \&check_lint;
done_testing;

# ---------------------------------------------------------------------------

# The same names on both sides, in any order; what only one of them has is told.
sub same_names
{
    my ($documented, $real, $what) = @_;
    my %documented = map { $_ => 1 } @$documented;
    my %real = map { $_ => 1 } @$real;
    my @lacking = grep { !$documented{$_} } sort keys %real;
    my @invented = grep { !$real{$_} } sort keys %documented;
    ok @$real && !@lacking && !@invented, $what or diag
        "  not in the manual: @lacking\n  in the manual only: @invented";
}

# The text between a heading (".Sh NAME" or ".Ss name") and the next of its rank.
sub part
{
    my ($page, $heading) = @_;
    my $next = $heading =~ /^\.Sh/ ? qr/^\.Sh /m : qr/^\.S[hs] /m;
    my ($text) = $page{$page} =~ /^\Q$heading\E\n(.*?)(?=$next|\z)/ms;
    return $text // '';
}

sub source { return slurp(srcdir() . "/$_[0]") }

# Names of items, ".It Va a , b", without the given macro.
sub items
{
    my ($text, $macro) = @_;
    return map { split / , / } $text =~ /^\.It $macro (.+)$/gm;
}

# ---------------------------------------------------------------------------

sub check_commands
{
    my $help = run_ok(['help'], 'limbeck help')->{stdout};
    my ($commands) = $help =~ /^Commands:\n(.*?)\n\n/ms;
    my ($aliases) = $help =~ /^Aliases:\n(.*?)\n\n/ms;
    my @commands = $commands =~ /^  ([a-z_]+) /gm;
    same_names([part('limbeck.1', '.Sh COMMANDS') =~ /^\.Ss (\S+)$/gm], \@commands, 'commands');
    same_names([map { s/ Ar .*//r } items(part('limbeck.1', '.Sh ALIASES'), 'Cm')], [$aliases =~ /^  ([a-z]+) /gm],
        'aliases');
    same_names([documented_options(part('limbeck.1', '.Sh OPTIONS'))], [help_options($help)],
        'options of all commands');
    for my $command (@commands) {
        my $real = run_ok(['help', $command], "limbeck help $command")->{stdout};
        same_options([documented_options(part('limbeck.1', ".Ss $command"))], [help_options($real)],
            "options of $command");
    }
}

# As same_names, but a command may have no options.
sub same_options
{
    my ($documented, $real, $what) = @_;
    same_names([@$documented, 'a command'], [@$real, 'a command'], $what);
}

# "-m --message TEXT" for each line of a help text that begins with an option.
sub help_options
{
    my ($text) = @_;
    my @options;
    while ($text =~ /^  (?:(-\w)(?:, )?|    )(--[a-z-]+)?(?: ([A-Z][A-Z:=]*))?(?: |$)/gm) {
        push @options, join ' ', grep { defined } $1, $2, $3;
    }
    # The second line of a long help matches too, with nothing.
    return grep { length } @options;
}

# The same for ".It Fl m , Fl Fl message Ar TEXT".
sub documented_options
{
    my ($text) = @_;
    my @options;
    for my $line ($text =~ /^\.It (Fl .*)$/gm) {
        $line =~ s/ Ns //g;
        $line =~ s/Ar //g;
        $line =~ s/Fl Fl /--/;
        $line =~ s/Fl (?=\w)/-/;
        $line =~ s/ , / /;
        push @options, $line;
    }
    return @options;
}

sub check_environment
{
    my @documented = map { split ' , ' } part('limbeck.1', '.Sh ENVIRONMENT') =~ /^\.It Ev (.+)$/gm;
    my @real;
    for my $path (glob srcdir() . '/core/*/*.c') {
        my $text = slurp($path);
        push @real, $text =~ /\b(?:config_|limbeck_)environment\("(\w+)"\)/g;
        push @real, $text =~ /\bread_environment\(load, "(\w+)"/g;
    }
    # localtime_r() reads it.
    same_names(\@documented, [@real, 'TZ'], 'variables');
}

sub check_keys
{
    my $table = source('core/config/option.c');
    my (@real, %standard);
    while ($table =~ /^\t\{ (MAIN|"\w+"), "([^"]+)", OPTION_\w+, (?:"([^"]*)"|NULL)/gm) {
        my ($section, $key, $standard) = ($1, $2, $3);
        $section = $section eq 'MAIN' ? 'limbeck' : $section =~ s/"//gr;
        push @real, "$section: $key";
        $standard{$key} = $standard if defined $standard && length $standard;
    }
    my @documented = map { "limbeck: $_" } items(part('limbeck.ini.5', '.Sh KEYS'), 'Va');
    for my $pair (['HOOKS', 'post_write_hooks'], ['ALIASES', 'alias']) {
        my $text = part('limbeck.ini.5', ".Sh $pair->[0]") =~ s/^\.It Ar name(?: Ns Va )?/.It Va */gmr;
        push @documented, map { "$pair->[1]: $_" } items($text, 'Va');
    }
    same_names(\@documented, \@real, 'keys');
    my $keys = part('limbeck.ini.5', '.Sh KEYS');
    for my $key (sort keys %standard) {
        my ($text) = $keys =~ /^\.It Va \Q$key\E\n(.*?)(?=^\.It |^\.El)/ms;
        like $text // '', qr/^Default:\n\.Li \Q$standard{$key}\E \.$/m, "default of $key";
    }
}

sub check_parameters
{
    my ($sqlite) = source('drivers/sqlite/options.c') =~ /\bparameters\[\] = \{\n(.*?)^\};/ms;
    my ($mysql) = source('drivers/mysql/options.c') =~ /\bparameters\[\] = \{\n(.*?)^\};/ms;
    same_names([items(part('limbeck.ini.5', '.Ss SQLite'), 'Va')], [$sqlite =~ /^\t\{ "(\w+)"/gm],
        'of SQLite');
    same_names([items(part('limbeck.ini.5', '.Ss MySQL and MariaDB'), 'Va')],
        [map { tr/-/_/r } $mysql =~ /^\t\{ "([\w-]+)"/gm], 'of MySQL');
}

sub check_directives
{
    my ($names) = source('core/script/directive.c') =~ /\bnames\[\] = \{\n(.*?)^\};/ms;
    my @documented = map { /\bIc \@(\w+)/g } $page{'limbeck-revision.5'} =~ /^\.It (Ic \@.*)$/gm;
    same_names(\@documented, [$names =~ /"(\w+)"/g], 'directives');
    my ($tokens) = source('core/script/template.c') =~ /\btoken_names\[\] = \{\n(.*?)^\};/ms;
    same_names([part('limbeck-revision.5', '.Sh TEMPLATES') =~ /%\((\w+)\)s/g],
        [$tokens =~ /"(\w+)"/g], 'tokens of templates');
    my ($file) = source('core/script/name.c') =~ /\btoken_names\[\] = \{\n(.*?)^\};/ms;
    my ($item) = $page{'limbeck.ini.5'} =~ /^\.It Va file_template\n(.*?)^\.It /ms;
    same_names([$item =~ /%\((\w+)\)/g], [$file =~ /"(\w+)"/g], 'tokens of file names');
}

# Members of a structure of a public header: data and functions.
sub members
{
    my ($header, $structure) = @_;
    my ($body) = source("include/limbeck/$header") =~ /^struct $structure \{\n(.*?)^\};/ms;
    $body =~ s{/\*.*?\*/}{}gs;
    my @members;
    for my $member (split /;/, $body) {
        $member =~ s/\s*LIMBECK_PRINTF\(.*//s;
        if ($member =~ /\(\*(\w+)\)\(/ || $member =~ /(\w+)(?:\[\d+\])?\s*\z/) {
            push @members, $1;
        }
    }
    return @members;
}

# The names of an enumeration of a public header.
sub enumerated
{
    my ($header, $enumeration) = @_;
    my ($body) = source("include/limbeck/$header") =~ /^enum $enumeration \{\n(.*?)^\};/ms;
    $body =~ s{/\*.*?\*/}{}gs;
    return $body =~ /\b(LIMBECK_[A-Z_]+)\b(?=\s*(?:[,=]|\z))/g;
}

sub check_driver
{
    my $page = 'limbeck-driver.3';
    same_names([part($page, '.Sh MEMBERS') =~ /^\.Ss (\w+)$/gm], [members('driver.h', 'limbeck_driver')],
        'members of the driver, a heading for each');
    same_names([items(part($page, '.Sh TRAITS'), 'Va')],
        [grep { $_ ne 'size' } members('driver.h', 'limbeck_traits')], 'traits');
    same_names([map { /Fn (\w+)/g } part($page, '.Sh HOST SERVICES') =~ /^\.It (Fn .*)$/gm],
        [grep { !/^(?:size|abi)$/ } members('host.h', 'limbeck_host')], 'services of the host');
    same_names([part($page, '.Sh TRAITS') =~ /\b(LIMBECK_CAP_\w+)/g],
        [grep { $_ ne 'LIMBECK_CAP_COUNT' } enumerated('driver.h', 'limbeck_capability')],
        'capabilities');
    my $reading = part($page, '.Sh READING A SCHEMA');
    same_names([items($reading, 'Dv')],
        [grep { !/_(?:NONE|COUNT)\z/ } enumerated('schema.h', 'limbeck_kind')], 'kinds of objects');
    my %named = map { $_ => 1 } map { split / , / } $reading =~ /\bDv ([A-Z_]+(?: , [A-Z_]+)*)/g;
    is join(' ', grep { !$named{$_} } map { s/^LIMBECK_ATTR_//r } grep { !/_(?:NONE|COUNT)\z/ }
        enumerated('schema.h', 'limbeck_attribute')), '', 'attributes that the page lacks';
    my ($codes) = source('include/limbeck/driver.h') =~ /With these codes(.*?)\*\//s;
    same_names([items(part($page, '.Sh ERRORS'), 'Dv')], [$codes =~ /(LIMBECK_E_\w+)/g], 'errors');
}

sub check_functions
{
    my @real = map { source("include/limbeck/$_") =~ /^LIMBECK_EXPORT [^;(]*?(limbeck_\w+)\(/gm }
        qw(limbeck.h error.h schema.h);
    my $synopsis = part('limbeck.3', '.Sh SYNOPSIS');
    same_names([$synopsis =~ /^\.F[no] (limbeck_\w+)/gm], \@real, 'declared');
    my $description = join '', map { part('limbeck.3', ".Sh $_") } 'DESCRIPTION', 'RETURN VALUES',
        'ERRORS';
    same_names([$description =~ /^\.Fn (limbeck_\w+)/gm], \@real, 'and described');
}

sub check_columns
{
    my ($create) = source('core/store/sql.c') =~ /^void store_sql_create_history(.*?)^\}/ms;
    my @real = $create =~ /^.*?"\s{4}(\w+) (?:%s|VARCHAR)/gm;
    push @real, $create =~ /\\n\s{4}(\w+) %s/g;
    same_names([items(part('limbeck-history.5', '.Sh THE HISTORY'), 'Va')], \@real, 'of the history');
}

# ---------------------------------------------------------------------------

# The literal displays of a page, as they are printed.
sub displays
{
    my ($page) = @_;
    my @displays = $page{$page} =~ /^\.Bd -literal[^\n]*\n(.*?)^\.Ed$/gms;
    for my $text (@displays) {
        $text =~ s/\\&//g;
        $text =~ s/\\e/\\/g;
    }
    return @displays;
}

# In a folder of its own, as the page goes: revision files and a configuration
# are written, sessions are run.
sub check_examples
{
    my ($page) = @_;
    my @displays = displays($page);
    return unless grep { Limbeck::Console->shows_limbeck($_) } @displays;
    my $project = new_project(bare => 1);
    my $console = Limbeck::Console->new($project->dir);
    subtest $page => sub {
        # A page that does not show it starts with a project.
        $console->shell('limbeck --quiet init') unless grep { /^\$ limbeck init$/m } @displays;
        for my $text (@displays) {
            if ($text =~ /\A-- \@revision (\S+)/) {
                write_file("migrations/versions/$1.sql", $text);
            } elsif ($text =~ /\A\[limbeck\]/) {
                write_file('limbeck.ini', $text);
            } elsif ($console->shows_limbeck($text)) {
                $console->run_block($text);
            }
        }
    };
}

sub check_programs
{
    my $cc = $ENV{CC} // 'cc';
    my $flags = '-std=c11 -Wall -Wextra -Werror -I' . srcdir() . '/include -I' . builddir() . '/include '
        . ($ENV{LIMBECK_SANITIZER} // '');
    my $project = new_project();
    my $dir = $project->dir;
    $project->revision(id => 'a1', message => 'first', upgrade => 'CREATE TABLE t (id int);');
    my ($program) = grep { /^int main/m } displays('limbeck.3');
    write_file('embed.c', $program);
    my $libs = builddir() . '/core/.libs';
    is system("$cc $flags -o '$dir/embed' '$dir/embed.c' -L'$libs' -llimbeck -Wl,-rpath,'$libs'"), 0,
        'the program of limbeck.3';
    my $drivers = builddir() . '/drivers/.libs';
    my $result = Limbeck::Run->start(program => ["$dir/embed"], dir => $dir,
        env => { LIMBECK_DRIVER_PATH => $drivers, LIMBECK_URL => 'sqlite:///embed.db' })->finish;
    is $result->{problem}, undef, 'runs';
    is $result->{stdout}, "a1: first\n", 'and applies the revision';
    my ($driver, @pieces) = grep { /^#include <limbeck/m } displays('limbeck-driver.3');
    for my $i (0 .. $#pieces) {
        write_file("piece$i.c", $pieces[$i]);
        is system("$cc $flags -c -o '$dir/piece.o' '$dir/piece$i.c'"), 0, "example $i of limbeck-driver.3";
    }
    write_file('foo.c', $driver);
    mkdir "$dir/plugins", 0755;
    is system("$cc $flags -shared -fPIC -o '$dir/plugins/foo.so' '$dir/foo.c'"), 0,
        'the driver of limbeck-driver.3';
    run_like(['--driver-path', "$dir/plugins", 'drivers'], qr/^foo +foo +1 .*never there$/m,
        'is listed');
    fails_with(1, qr/there is no server/, ['--driver-path', "$dir/plugins", '-u', 'foo://', 'current'],
        'and fails as it says');
}

sub check_lint
{
    skip_or_bail('there is no mandoc') if system('command -v mandoc >/dev/null 2>&1') != 0;
    for my $page (@pages) {
        my $said = `mandoc -Tlint -W warning '$man/$page' 2>/dev/null`;
        is $said, '', $page;
    }
}
