#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::JsonSchema, the judge of 770-json-schemas.t: it refuses what is
# wrong, says where, and does not take a schema that it does not understand.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::JsonSchema;

# What the schema, a text, says of the value, a text too.
sub faults
{
    my ($schema, $value, %files) = @_;
    my $schemas = Limbeck::JsonSchema->new('x.schema.json' => $schema, %files);
    return join ', ', $schemas->faults('x', Limbeck::JsonSchema::decode($value));
}

sub takes
{
    my ($schema, @values) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is faults($schema, $_), '', "$schema takes $_" for @values;
}

sub refuses
{
    my ($schema, %faults) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is faults($schema, $_), $faults{$_}, "$schema refuses $_" for sort keys %faults;
}

my $schema = '{"type":"string"}';
takes $schema, '"a"', '""', '"1"';
refuses $schema, '1' => '/: is integer, not string', 'null' => '/: is null, not string',
    'true' => '/: is boolean, not string', '["a"]' => '/: is array, not string';
$schema = '{"type":["integer","null"],"minimum":1}';
takes $schema, '1', 'null', '2.0';
refuses $schema, '0' => '/: 0 is less than 1', '1.5' => '/: is number, not integer or null',
    '"1"' => '/: is string, not integer or null', 'false' => '/: is boolean, not integer or null';
takes '{"type":"number"}', '1', '0.25';
refuses '{"type":"boolean"}', '0' => '/: is integer, not boolean', '"true"' => '/: is string, not boolean';

$schema = '{"enum":["a",1,null]}';
takes $schema, '"a"', '1', 'null';
refuses $schema, '"b"' => '/: "b" is none of ["a",1,null]', '"1"' => '/: "1" is none of ["a",1,null]';
$schema = '{"pattern":"^[0-9]+$"}';
takes $schema, '"12"', 'null', '[]';
refuses $schema, '"1a"' => '/: "1a" does not match ^[0-9]+$';

$schema = '{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"null"}},"required":["a"],'
    . '"additionalProperties":false}';
takes $schema, '{"a":""}', '{"b":null,"a":"x"}';
refuses $schema, '{}' => '/: has no a', '{"a":"","c":1,"d":2}' => '/: has c too, /: has d too',
    '{"a":1,"b":1}' => '/a: is integer, not string, /b: is integer, not null', '[]' => '/: is array, not object';
takes '{"properties":{"a":{"type":"string"}}}', '{"c":1}';

$schema = '{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":{"type":"string"}}';
takes $schema, '{}', '{"a":null,"b":"x"}';
refuses $schema, '{"a":null,"b":null}' => '/b: is null, not string';

$schema = '{"type":"array","items":{"type":"integer"},"maxItems":2}';
takes $schema, '[]', '[1,2]';
refuses $schema, '[1,"2"]' => '/1: is string, not integer', '[1,2,3]' => '/: has 3 elements, not 2 at most';

$schema = '{"type":"object","properties":{"a":{"$ref":"#/$defs/word"},"b":{"$ref":"y.schema.json"},'
    . '"c":{"$ref":"y.schema.json#/$defs/z"}},"$defs":{"word":{"type":"string"}}}';
my @other = ('y.schema.json' => '{"type":"array","items":{"$ref":"#/$defs/z"},"$defs":{"z":{"type":"integer"}}}');
is faults($schema, '{"a":"","b":[1],"c":1}', @other), '', '$ref, here and to other files';
is faults($schema, '{"a":1,"b":["1"],"c":""}', @other),
    '/a: is integer, not string, /b/0: is string, not integer, /c: is string, not integer', 'each is followed';
is faults('{"$ref":"#/$defs/word","pattern":"^a","$defs":{"word":{"type":"string"}}}', '"b"'),
    '/: "b" does not match ^a', 'what stands beside a $ref counts too';

$schema = '{"oneOf":[{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},'
    . '{"type":"object","properties":{"b":{"type":"integer"}},"required":["b"]},{"type":"string"}]}';
takes $schema, '{"a":1}', '{"b":1}', '"a"';
refuses $schema, '{"a":1,"b":1}' => '/: fits 2 of the choices, not one', '{"c":1}' => '/: has no a',
    '1' => '/: is integer, not object', '{"b":"x"}' => '/: has no a';
takes '{"oneOf":[{"type":"string"},{"enum":[1]},{"minimum":2,"type":"number"}]}', '1', '2';

for my $case (['{"typ":"string"}', 'x.schema.json#: unknown keyword "typ"'],
    ['{"properties":{"a":{"format":"date"}}}', 'x.schema.json#/properties/a: unknown keyword "format"'],
    ['{"oneOf":[{"$ref":"#/$defs/gone"}]}', 'x.schema.json#/oneOf/0: $ref "#/$defs/gone" leads nowhere'],
    ['{"items":{"$ref":"gone.schema.json"}}', 'x.schema.json#/items: $ref "gone.schema.json" leads nowhere'],
    ['{"items":1}', 'x.schema.json#/items: is no schema']) {
    ok !eval { faults($case->[0], '1'); 1 }, "$case->[0] is no schema for us";
    is $@, "$case->[1]\n", 'and it says why';
}
ok !eval { faults('{', '1'); 1 }, 'nor is what is no JSON';
like $@, qr/^x\.schema\.json: /, 'which names the file';
is faults('{}', '1', 'y.schema.json' => '{}'), '', 'an empty schema takes everything';
is join('', Limbeck::JsonSchema->new->faults('x', 1)), 'there is no x.schema.json', 'no schema takes nothing';

my $seen = Limbeck::JsonSchema->new('x.schema.json' => '{"oneOf":[{"type":"object","properties":{'
    . '"a":{"type":["string","null"]},"b":{"type":"number"}},"required":["a"]},{"type":"string"}]}');
my $place = 'x.schema.json#/oneOf/0/properties';
is_deeply [$seen->unseen], ["$place/a: string", "$place/a: null", "$place/b: number"], 'nothing was seen yet';
is scalar(() = $seen->faults('x', { a => [], b => 1 })), 1, 'what has faults';
is scalar(() = $seen->faults('x', 'a')), 0, 'and another choice';
is scalar(() = $seen->unseen), 3, 'do not count';
$seen->faults('x', { a => undef, b => 1 });
is_deeply [$seen->unseen], ["$place/a: string"], 'what fits does';
done_testing;
