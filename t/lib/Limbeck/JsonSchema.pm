# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::JsonSchema: whether a value is as a JSON Schema has it, for as much
# of the language (draft 2020-12) as the schemas in doc/json use.
#
#     my $schemas = Limbeck::JsonSchema->folder('doc/json');
#     my @faults = $schemas->faults('heads', $value);    # of heads.schema.json
#     my @never = $schemas->unseen;                      # by faults(), so far
#
# A keyword that it does not know is an error: it would check nothing.

package Limbeck::JsonSchema;

use strict;
use warnings;

use B ();
use JSON::PP ();
use Limbeck::Server;

# Those that check nothing.
my %note = map { $_ => 1 } qw($schema $comment $defs title description);
my %check = (
    type                 => \&check_type,
    enum                 => \&check_enum,
    pattern              => \&check_pattern,
    minimum              => \&check_minimum,
    required             => \&check_required,
    properties           => \&check_properties,
    additionalProperties => \&check_additional,
    items                => \&check_items,
    maxItems             => \&check_max_items,
    '$ref'               => \&check_ref,
    oneOf                => \&check_one_of,
);

# All *.schema.json of a folder; they may refer to each other.
sub folder
{
    my ($class, $folder) = @_;
    my %text;
    for my $path (glob "'$folder'/*.schema.json") {
        my ($name) = $path =~ m{([^/]+)\z};
        $text{$name} = Limbeck::Server::slurp($path);
    }
    return $class->new(%text);
}

# The same of texts: file name => JSON.
sub new
{
    my ($class, %text) = @_;
    my $self = bless { file => {}, seen => {} }, $class;
    for my $name (sort keys %text) {
        $self->{file}{$name} = eval { decode($text{$name}) } // die "$name: $@";
    }
    $self->each_schema(sub {
        my ($schema, $place) = @_;
        $check{$_} || $note{$_} or die "$place: unknown keyword \"$_\"\n" for keys %$schema;
        $self->find($schema->{'$ref'}, $place) if exists $schema->{'$ref'};
    });
    return $self;
}

sub decode { return JSON::PP->new->utf8(0)->allow_nonref->decode($_[0]) }

# Their names, without .schema.json.
sub names { return map { s/\.schema\.json\z//r } sort keys %{ $_[0]{file} } }

# What is wrong with the value: "/revisions/0/id: is no string".
sub faults
{
    my ($self, $name, $value) = @_;
    my $file = "$name.schema.json";
    return "there is no $file" unless exists $self->{file}{$file};
    my $run = { schemas => $self, seen => {} };
    my @faults = check($run, $self->{file}{$file}, "$file#", $value, '');
    return @faults if @faults;
    $self->{seen}{$_} = 1 for keys %{ $run->{seen} };
    return;
}

# Calls the function with each schema of all files, and its place, FILE#POINTER.
sub each_schema
{
    my ($self, $function) = @_;
    walk($self->{file}{$_}, "$_#", $function) for sort keys %{ $self->{file} };
    return;
}

sub walk
{
    my ($schema, $place, $function) = @_;
    ref $schema eq 'HASH' or die "$place: is no schema\n";
    $function->($schema, $place);
    for my $map (grep { exists $schema->{$_} } qw(properties $defs)) {
        walk($schema->{$map}{$_}, "$place/$map/$_", $function) for sort keys %{ $schema->{$map} };
    }
    my @list = @{ $schema->{oneOf} // [] };
    walk($list[$_], "$place/oneOf/$_", $function) for 0 .. $#list;
    walk($schema->{items}, "$place/items", $function) if exists $schema->{items};
    my $further = $schema->{additionalProperties};
    walk($further, "$place/additionalProperties", $function) if defined $further && !JSON::PP::is_bool($further);
    return;
}

# Of each member that the schemas have: the types it may have and did not have
# in any value without faults, as "FILE#POINTER: type".
sub unseen
{
    my ($self) = @_;
    my @unseen;
    $self->each_schema(sub {
        my ($schema, $place) = @_;
        return unless $place =~ m{/properties/[^/]+\z};
        push @unseen, grep { !$self->{seen}{$_} } map { "$place: $_" } types($schema);
    });
    return @unseen;
}

sub types
{
    my ($schema) = @_;
    my $types = $schema->{type} // 'any';
    return ref $types ? @$types : $types;
}

# The schema that a $ref at a place stands for, and its own place.
sub find
{
    my ($self, $ref, $place) = @_;
    my ($file, $pointer) = $ref =~ /\A([^#]*)(?:#(.*))?\z/;
    ($file) = $place =~ /\A([^#]*)/ unless length $file;
    my $schema = $self->{file}{$file};
    for my $step (grep { length } split m{/}, $pointer // '') {
        $schema = ref $schema eq 'HASH' ? $schema->{$step} : undef;
    }
    ref $schema eq 'HASH' or die "$place: \$ref \"$ref\" leads nowhere\n";
    return ($schema, "$file#" . ($pointer // ''));
}

# ---------------------------------------------------------------------------

# $place is the schema's, $path the value's.
sub check
{
    my ($run, $schema, $place, $value, $path) = @_;
    my $is = type_of($value);
    note_types($run, $schema, $place, $is);
    return map { $check{$_}->($run, $schema, $place, $value, $path, $is) }
        grep { $check{$_} } sort keys %$schema;
}

sub note_types
{
    my ($run, $schema, $place, $is) = @_;
    $run->{seen}{"$place: $_"} = 1 for $is, 'any', $is eq 'integer' ? 'number' : ();
    return;
}

sub type_of
{
    my ($value) = @_;
    return 'null' unless defined $value;
    return 'boolean' if JSON::PP::is_bool($value);
    return ref $value eq 'ARRAY' ? 'array' : 'object' if ref $value;
    return 'string' if B::svref_2object(\$value)->FLAGS & B::SVf_POK;
    return $value == int $value ? 'integer' : 'number';
}

# A copy, for a number that is used as a text is taken for one afterwards.
sub text_of
{
    my ($value) = @_;
    return JSON::PP->new->utf8(0)->allow_nonref->canonical->encode($value);
}

sub fault
{
    my ($path, $what) = @_;
    return (length $path ? $path : '/') . ": $what";
}

sub check_type
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    my @types = types($schema);
    return if grep { $_ eq $is || ($_ eq 'number' && $is eq 'integer') } @types;
    return fault($path, "is $is, not " . join ' or ', @types);
}

sub check_enum
{
    my ($run, $schema, $place, $value, $path) = @_;
    my $text = text_of($value);
    return if grep { text_of($_) eq $text } @{ $schema->{enum} };
    return fault($path, "$text is none of " . text_of($schema->{enum}));
}

sub check_pattern
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is ne 'string' || $value =~ /$schema->{pattern}/;
    return fault($path, text_of($value) . " does not match $schema->{pattern}");
}

sub check_minimum
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is !~ /^(?:integer|number)$/ || $value >= $schema->{minimum};
    return fault($path, text_of($value) . " is less than $schema->{minimum}");
}

sub check_required
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is ne 'object';
    return map { fault($path, "has no $_") } grep { !exists $value->{$_} } @{ $schema->{required} };
}

sub check_properties
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is ne 'object';
    my $properties = $schema->{properties};
    return map { check($run, $properties->{$_}, "$place/properties/$_", $value->{$_}, "$path/$_") }
        grep { exists $value->{$_} } sort keys %$properties;
}

sub check_additional
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    my $further = $schema->{additionalProperties};
    return if $is ne 'object' || (JSON::PP::is_bool($further) && $further);
    my $properties = $schema->{properties} // {};
    my @further = grep { !exists $properties->{$_} } sort keys %$value;
    return map { fault($path, "has $_ too") } @further if JSON::PP::is_bool($further);
    return map { check($run, $further, "$place/additionalProperties", $value->{$_}, "$path/$_") } @further;
}

sub check_items
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is ne 'array';
    return map { check($run, $schema->{items}, "$place/items", $value->[$_], "$path/$_") } 0 .. $#$value;
}

sub check_max_items
{
    my ($run, $schema, $place, $value, $path, $is) = @_;
    return if $is ne 'array' || @$value <= $schema->{maxItems};
    return fault($path, 'has ' . @$value . " elements, not $schema->{maxItems} at most");
}

sub check_ref
{
    my ($run, $schema, $place, $value, $path) = @_;
    return check($run, $run->{schemas}->find($schema->{'$ref'}, $place), $value, $path);
}

# Of several that do not fit, the one that fits best tells most.
sub check_one_of
{
    my ($run, $schema, $place, $value, $path) = @_;
    my ($best, @fit);
    my @choices = @{ $schema->{oneOf} };
    for my $i (0 .. $#choices) {
        my $try = { %$run, seen => {} };
        my @faults = check($try, $choices[$i], "$place/oneOf/$i", $value, $path);
        push @fit, $try unless @faults;
        $best = \@faults if @faults && (!$best || @faults < @$best);
    }
    return fault($path, 'fits ' . @fit . ' of the choices, not one') if @fit > 1;
    return @$best unless @fit;
    $run->{seen}{$_} = 1 for keys %{ $fit[0]{seen} };
    return;
}

1;
