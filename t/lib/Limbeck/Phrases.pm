# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Phrases: expressions and statements of one dialect, run on their own engine
# and, translated, on the others, over the same rows; what comes out is compared as
# values: booleans, numbers, times and JSON in one form.
#
#     my $phrases = Limbeck::Phrases->new(home => 'postgresql');
#     $phrases->same_values('t/data/phrases/postgresql.expressions');
#     $phrases->same_effects('t/data/phrases/postgresql.statements');
#
# A file has one item a line (one that begins with blanks goes on with the item before
# it); "# " begins a comment. An item may be led by words in brackets: [refused ENGINE...]
# has no counterpart there, [not ENGINE] is not tried there.

package Limbeck::Phrases;

use strict;
use warnings;

use IPC::Run ();
use JSON::PP ();
use Test::More;

use Limbeck::Database;

my $json = JSON::PP->new->canonical->allow_nonref->allow_bignum;

my %driver = (postgresql => 'postgresql', sqlite => 'sqlite', mysql => 'mysql');
my %product = (mysql => 'mysql:mariadb:10.11.0', sqlite => 'sqlite', postgresql => 'postgresql');

# home: where the texts are from; engines: where they are tried beside it; tables: SQL of
# the home dialect; declared: the same tables as phrase_print reads them.
sub new
{
    my ($class, %opt) = @_;
    my $self = bless { engines => [grep { $_ ne $opt{home} } qw(postgresql sqlite mysql)], %opt },
        $class;
    $self->{engines} = [grep { !defined Limbeck::Database->why_not($_) } @{ $self->{engines} }];
    $self->{db}{$_} = Limbeck::Database->create($_) for $self->{home}, @{ $self->{engines} };
    $self->{db}{$_}->do($self->{tables}{$_}) for $self->{home}, @{ $self->{engines} };
    $self->fill;
    return $self;
}

# The rows, by the statements that tests are about as well.
sub fill
{
    my ($self) = @_;
    my @rows = @{ $self->{rows} };
    $self->{db}{ $self->{home} }->do(join ";\n", @rows, '');
    for my $engine (@{ $self->{engines} }) {
        my @translated = $self->translate($engine, 'd', @rows);
        s/^ok // or die "$engine: $_\n" for @translated;
        $self->run_all($engine, map { "$_;" } @translated);
        die "$engine: $self->{said}\n@translated\n" if $self->{said} =~ /\S/;
    }
}

# What phrase_print says to each: "ok ..." or "no ...".
sub translate
{
    my ($self, $engine, $kind, @texts) = @_;
    my $build = $ENV{LIMBECK_BUILDDIR} // '.';
    -x "$build/t/unit/phrase_print" or die "$build/t/unit/phrase_print is not built: make t/unit/phrase_print\n";
    my $input = join "\n", @{ $self->{declared} }, map({ s/\n\s*/ /gr } map { "$kind $_" } @texts), '';
    my ($out, $err) = ('', '');
    IPC::Run::run(["$build/t/unit/phrase_print", "$build/drivers/.libs/$driver{$engine}.so",
        $self->{home}, $product{$engine}], '<', \$input, '>', \$out, '2>', \$err)
        or die "phrase_print: $err\n";
    diag $err if length $err;
    my @lines = map { s/\\n/\n/gr } split /\n/, $out;
    @lines == @texts or die sprintf "%d answers to %d texts\n", scalar @lines, scalar @texts;
    return @lines;
}

# Runs texts of one engine, going on behind errors; what each gives, as lists of rows.
sub run_all
{
    my ($self, $engine, @texts) = @_;
    my $db = $self->{db}{$engine};
    my @command = grep { $_ ne '-bail' && $_ ne 'ON_ERROR_STOP=1' } $db->command;
    @command = grep { $_ ne '-v' } @command if $engine eq 'postgresql';
    splice @command, 2, 0, '--force' if $engine eq 'mysql';
    my $sql = $self->{begin}{$engine} // '';
    my $number = 0;
    $sql .= "SELECT '#" . $number++ . "';\n$_\n" for @texts;
    my ($out, $err) = ('', '');
    local $ENV{PGTZ} = 'UTC';
    IPC::Run::run(\@command, '<', \$sql, '>', \$out, '2>', \$err);
    $self->{said} = $err;
    my @results;
    for my $row (@{ $db->rows_of($out) }) {
        if (@$row == 1 && defined $row->[0] && $row->[0] =~ /^#(\d+)$/) {
            $results[$1] = [];
        } elsif (@results) {
            push @{ $results[-1] }, $row;
        }
    }
    $#results = $#texts;
    return map { $_ // [] } @results;
}

# ---------------------------------------------------------------------------
# Values

sub array_of
{
    my ($text) = @_;
    my @items;
    push @items, defined $1 ? $1 =~ s/\\(.)/$1/gr : $2 eq 'NULL' ? undef : $2
        while $text =~ /\G[{,](?:"((?:[^"\\]|\\.)*)"|([^,{}"]+))/g;
    return [map { plain($_) } @items];
}

sub plain
{
    my ($value) = @_;
    return undef if !defined $value;
    return [map { plain($_) } @$value] if ref $value eq 'ARRAY';
    return { map { $_ => plain($value->{$_}) } keys %$value } if ref $value eq 'HASH';
    return 0 + $value if JSON::PP::is_bool($value) || ref $value eq 'JSON::PP::Boolean';
    return "$1$2" if $value =~ /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?:(\.\d*?[1-9])0*|\.0+)?(?:\+00(?::00)?|Z)?$/a && defined $2;
    return $1 if $value =~ /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?:\.0+)?(?:\+00(?::00)?|Z)?$/a;
    return $1 if $value =~ /^(\d\d:\d\d:\d\d(?:\.\d*?[1-9])?)\.?0*(?:\+00)?$/a;
    return rounded($value) if $value =~ /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/a;
    return $value eq 't' || $value eq 'true' ? 1 : $value eq 'f' || $value eq 'false' ? 0 : $value;
}

# Engines compute quotients to different places.
sub rounded
{
    my ($number) = @_;
    return $number + 0 if $number =~ /^-?\d{1,15}$/;
    return $number =~ /^-?\d+$/ ? $number : sprintf(abs $number >= 100 ? '%.3f' : '%.4g', $number) + 0;
}

sub value
{
    my ($text) = @_;
    return undef if !defined $text;
    if ($text =~ /^\s*[\[{]/) {
        my $value = eval { $json->decode($text) };
        return $json->encode(plain($value)) if defined $value;
        return $json->encode(array_of($text)) if $text =~ /^\{.*\}$/s;
    }
    $text = uc "x$1" if $text =~ /^\\x([0-9a-f]*)$/;
    return plain($text);
}

sub values_of { return [map { [map { value($_) } @$_] } @{ $_[0] }] }

sub shown
{
    my ($rows) = @_;
    return join ' | ', map { join ', ', map { $_ // 'NULL' } @$_ } @$rows;
}

# ---------------------------------------------------------------------------
# Items

sub items
{
    my ($file) = @_;
    my @items;
    open my $handle, '<', $file or die "$file: $!\n";
    while (my $line = <$handle>) {
        chomp $line;
        next if $line =~ /^(#|\s*$)/;
        if ($line =~ /^\s+(.*)/ && @items) {
            $items[-1]{text} .= "\n$1";
            next;
        }
        my %item = (line => $., refused => {}, not => {});
        while ($line =~ s/^\[(\w+)((?: \w+)*)\] //) {
            my ($word, @names) = ($1, split ' ', $2);
            $item{$word} = @names ? { map { $_ => 1 } @names } : 1;
        }
        push @items, { %item, text => $line };
    }
    return @items;
}

sub each_engine
{
    my ($self, $file, $kind, $wrap) = @_;
    my @items = items($file);
    my @home = $self->run_all($self->{home}, map { $wrap->($_->{text}) } @items);
    diag $self->{said} =~ s/^/home: /gmr if $self->{said} =~ /\S/;
    for my $engine (@{ $self->{engines} }) {
        my @tried = grep { !$items[$_]{not}{$engine} } 0 .. $#items;
        my @translated = $self->translate($engine, $kind, map { $items[$_]{text} } @tried);
        my @sql = map { /^ok (.*)/s ? $wrap->($1) : '' } @translated;
        my @results = $self->run_all($engine, @sql);
        my $said = $self->{said};
        for my $i (0 .. $#tried) {
            my $item = $items[$tried[$i]];
            $self->judge($engine, $file, $item, $translated[$i], $home[$tried[$i]], $results[$i]);
        }
        diag $said =~ s/^/$engine: /gmr if $said =~ /\S/;
    }
    return scalar @items;
}

# What a statement itself gives is of no interest where tables are looked at behind it.
sub behind
{
    my ($rows) = @_;
    my ($mark) = grep { @{ $rows->[$_] } == 1 && ($rows->[$_][0] // '') eq '@' } 0 .. $#$rows;
    return defined $mark ? [@$rows[$mark + 1 .. $#$rows]] : $rows;
}

sub judge
{
    my ($self, $engine, $file, $item, $translated, $home, $result) = @_;
    my $name = "$engine: " . $item->{text} =~ s/\n/ /gr;
    my ($base) = $file =~ m{([^/]+)$};
    if ($item->{refused}{$engine}) {
        return ok($translated =~ /^no /, "$name (refused)") || diag($translated);
    }
    my ($want, $got) = map { values_of(behind($_)) } $home, $result;
    # An empty array looks like an empty object at home.
    ($want, $got) = map { s/(^|, )\{\}/$1\[]/gr } map { shown($_) } $want, $got;
    return 1 if ok(@$home && $want eq $got, $name);
    my %seen = map { $_ => 1 } split / \| /, $got;
    my @want = grep { !delete $seen{$_} } split / \| /, $want;
    diag "$base:$item->{line}: $translated\n  want @want\n  got  ", join(' | ', sort keys %seen), "\n";
    return 0;
}

# Each expression over the rows of t.
sub same_values
{
    my ($self, $file) = @_;
    return $self->each_engine($file, 'e', sub { "SELECT id, $_[0] FROM t ORDER BY id;" });
}

# What tables hold behind each statement.
sub same_effects
{
    my ($self, $file) = @_;
    my $dump = $self->{dump};
    return $self->each_engine($file, 'd',
        sub {
            my ($text) = @_;
            return "BEGIN;\n" . ($text =~ /\S/ ? "$text;\n" : '') . "SELECT '\@';\n$dump\nROLLBACK;";
        });
}

# What each query gives, in its order.
sub same_rows
{
    my ($self, $file) = @_;
    return $self->each_engine($file, 'd', sub { "$_[0];" });
}

1;
