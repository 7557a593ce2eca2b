# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Project: a folder with limbeck.ini and migrations/versions.
#
# Each assertion of Limbeck::Test is a method here too, and works in this
# project then: $project->run_ok(['current'], 'name').

package Limbeck::Project;

use strict;
use warnings;

use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp ();

# Options: db (a Limbeck::Database: its url goes into the file), ini (a hash of
# further keys, or the whole text of the file), sections (text after it), bare
# (1: neither limbeck.ini nor folders).
sub new
{
    my ($class, %opt) = @_;
    my $self = bless {
        dir => File::Temp->newdir('limbeck-test-XXXXXX', TMPDIR => 1),
        db  => $opt{db},
    }, $class;
    return $self if $opt{bare};
    make_path($self->versions);
    $self->write_file('limbeck.ini', ini_text(%opt));
    return $self;
}

sub ini_text
{
    my (%opt) = @_;
    return $opt{ini} if defined $opt{ini} && !ref $opt{ini};
    my %key = (
        script_location => 'migrations',
        url             => $opt{db} ? $opt{db}->url : 'sqlite:///limbeck.db',
        %{ $opt{ini} // {} },
    );
    my $text = "[limbeck]\n";
    for my $name (sort keys %key) {
        $text .= "$name = $key{$name}\n" if defined $key{$name};
    }
    return $text . ($opt{sections} ? "\n$opt{sections}" : '');
}

sub dir      { return "$_[0]{dir}" }
sub db       { return $_[0]{db} }
sub versions { return "$_[0]{dir}/migrations/versions" }
sub ini      { return "$_[0]{dir}/limbeck.ini" }

# A path in the project; absolute ones stay as they are.
sub path
{
    my ($self, $path) = @_;
    return $path =~ m{^/} ? $path : "$self->{dir}/$path";
}

sub write_file
{
    my ($self, $path, $text) = @_;
    return write_to($self->path($path), $text);
}

sub write_to
{
    my ($path, $text) = @_;
    make_path(dirname($path));
    open my $fh, '>:raw', $path or die "$path: $!\n";
    print {$fh} $text or die "$path: $!\n";
    close $fh or die "$path: $!\n";
    return $path;
}

# A revision in migrations/versions; see revision_text for what may be said.
sub revision
{
    my ($self, %opt) = @_;
    return revision_file($self->versions, %opt);
}

# Writes a revision file in the folder, returns its path. Option file: its name.
sub revision_file
{
    my ($dir, %opt) = @_;
    my $file = delete $opt{file} // file_name(%opt);
    return write_to("$dir/$file", revision_text(%opt));
}

sub file_name
{
    my (%opt) = @_;
    my $slug = lc($opt{message} // '');
    $slug =~ s/[^a-z0-9]+/_/g;
    $slug =~ s/^_+|_+$//g;
    return length $slug ? "$opt{id}_$slug.sql" : "$opt{id}.sql";
}

# Options: id, parents, depends, labels (arrays or one word), created, dialect,
# message (default "Revision ID"; '' for none), header (further lines, verbatim),
# upgrade, downgrade (SQL; no downgrade: no such section), upgrade_args and
# downgrade_args (words after @upgrade), irreversible (the reason).
sub revision_text
{
    my (%opt) = @_;
    my $text = '';
    $text .= "-- \@revision $opt{id}\n" if defined $opt{id};
    for my $list (qw(parents depends labels)) {
        my @words = ref $opt{$list} ? @{ $opt{$list} } : $opt{$list} // ();
        $text .= "-- \@$list @words\n" if @words;
    }
    for my $word (qw(created dialect)) {
        $text .= "-- \@$word $opt{$word}\n" if defined $opt{$word};
    }
    $text .= $opt{header} if defined $opt{header};
    my $message = $opt{message} // 'Revision ' . ($opt{id} // '');
    $text .= "--\n" . join('', map { "-- $_\n" } split /\n/, $message) if length $message;
    return $text . section('upgrade', $opt{upgrade} // '', $opt{upgrade_args})
        . downgrade_text(%opt);
}

sub downgrade_text
{
    my (%opt) = @_;
    if (exists $opt{irreversible}) {
        my $why = length($opt{irreversible} // '') ? " $opt{irreversible}" : '';
        return section('downgrade', "-- \@irreversible$why\n");
    }
    return '' unless defined $opt{downgrade};
    return section('downgrade', $opt{downgrade}, $opt{downgrade_args});
}

sub section
{
    my ($name, $sql, $words) = @_;
    $sql .= "\n" if length $sql && $sql !~ /\n\z/;
    return "\n-- \@$name" . (defined $words ? " $words" : '') . "\n$sql";
}

# The assertions, as methods. Limbeck::Test is loaded by whoever gets here.
for my $name (qw(limbeck limbeck_start run_ok run_like run_err_like fails_with
    stdout_is json_of file_is file_like slurp))
{
    no strict 'refs';
    *$name = sub {
        my ($self, @args) = @_;
        local $Test::Builder::Level = $Test::Builder::Level + 1;
        return Limbeck::Test::within($self, $name, @args);
    };
}

1;
