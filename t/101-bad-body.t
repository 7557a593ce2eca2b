#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Sections of revision files that are wrong: found while the plan is made, so
# that nothing is run, not even a good revision that would come before.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $U = "-- \@upgrade\n";
my $D = "-- \@downgrade\n";
my $close = 'Put the line "-- @end" behind its last statement';

# name, what follows the header's two lines, line:column, error, further texts
my @cases = (
    ['an unknown directive', "${U}-- \@onyl sqlite\nSELECT 1;\n", '4:4', 'unknown directive "@onyl"', '"@only"'],
    ['an unknown directive far down', "${U}" . "SELECT 1;\n" x 50 . "  -- \@ennd\n", '54:6',
        'unknown directive "@ennd"', '"@end"'],
    ['a statement before @upgrade', "CREATE TABLE early (a integer);\n$U", '3:1',
        'statement before "-- @upgrade"', 'Put the line'],
    ['@Upgrade in capitals is a comment', "-- \@Upgrade\nSELECT 1;\n", '4:1', 'statement before "-- @upgrade"'],
    ['@only in the header', "-- \@only sqlite\n$U", '3:4', '@only before a section', 'behind "-- @upgrade"'],
    ['@end in the header', "-- \@end\n$U", '3:4', '@end before a section'],
    ['@whole in the header', "-- \@whole\n$U", '3:4', '@whole before a section'],
    ['@irreversible in the header', "-- \@irreversible\n$U", '3:4', '@irreversible before a section'],
    ['a header directive in a section', "${U}SELECT 1;\n-- \@parents good\n", '5:4', '@parents in a section',
        'before @upgrade'],
    ['a second @revision in a section', "${U}SELECT 1;\n-- \@revision other\n", '5:4', '@revision in a section'],
    ['@upgrade twice', "${U}SELECT 1;\n${U}SELECT 2;\n", '5:4', 'second @upgrade section', 'line 3'],
    ['@downgrade twice', "$U$D${D}SELECT 2;\n", '5:4', 'second @downgrade section', 'line 4'],
    ['an unknown flag of @upgrade', "-- \@upgrade no-transction\nSELECT 1;\n", '3:13',
        'unknown flag "no-transction" on @upgrade', 'no-transaction'],
    ['an unknown flag of @downgrade', "$U-- \@downgrade fast\nSELECT 1;\n", '4:15',
        'unknown flag "fast" on @downgrade'],
    ['an open string', "${U}SELECT 'abc;\n", '4:8', 'string is not closed'],
    ['an open string in the downgrade', "${U}SELECT 1;\n${D}SELECT 'abc;\n", '6:8', 'string is not closed'],
    ['an open comment', "${U}SELECT 1; /* open\nSELECT 2;\n", '4:11', 'comment is not closed'],
    ['@only that is not closed', "${U}SELECT 1;\n-- \@only sqlite\nSELECT 2;\n", '5:4', '@only is not closed', $close],
    ['@except that is not closed', "${U}-- \@except sqlite\nSELECT 2;\n", '4:4', '@except is not closed', $close],
    ['@autocommit that is not closed', "${U}-- \@autocommit\nSELECT 2;\n", '4:4', '@autocommit is not closed', $close],
    ['@statement that is not closed', "${U}-- \@statement\nSELECT 2\n", '4:4', '@statement is not closed', $close],
    ['@only that ends at the next section', "${U}-- \@only sqlite\nSELECT 2;\n${D}SELECT 1;\n", '4:4',
        '@only is not closed'],
    ['@only without engines', "${U}-- \@only\nSELECT 1;\n-- \@end\n", '4:4', '@only without an engine', 'Name the engines'],
    ['@except without engines', "${U}-- \@except\nSELECT 1;\n-- \@end\n", '4:4', '@except without an engine'],
    ['a slip in an engine', "${U}-- \@only mysql sqlit\nSELECT 1;\n-- \@end\n", '4:16', 'unknown engine "sqlit"', '"sqlite"'],
    ['engines with commas', "${U}-- \@only mysql,sqlite\nSELECT 1;\n-- \@end\n", '4:10',
        '"mysql,sqlite" is not the name of an engine', 'blanks'],
    ['@except inside @only', "${U}-- \@only sqlite\n-- \@except mysql\nSELECT 1;\n-- \@end\n-- \@end\n", '5:4',
        '@except inside @only', 'line 4'],
    ['@autocommit inside @autocommit', "${U}-- \@autocommit\n-- \@autocommit\nSELECT 1;\n-- \@end\n-- \@end\n", '5:4',
        '@autocommit inside @autocommit', 'Close it'],
    ['@end without a block', "${U}SELECT 1;\n-- \@end\n", '5:4', '@end without a block'],
    ['one @end too many', "${U}-- \@only sqlite\nSELECT 1;\n-- \@end\n-- \@end\n", '7:4', '@end without a block'],
    ['@end with a word', "${U}-- \@only sqlite\nSELECT 1;\n-- \@end only\n", '6:9', '@end takes no argument'],
    ['@autocommit with a word', "${U}-- \@autocommit on\nSELECT 1;\n-- \@end\n", '4:16', '@autocommit takes no argument'],
    ['@statement with a word', "${U}-- \@statement x\nSELECT 1;\n-- \@end\n", '4:15', '@statement takes no argument'],
    ['@whole with a word', "${U}-- \@whole all\nSELECT 1;\n", '4:11', '@whole takes no argument'],
    ['an empty @statement', "${U}-- \@statement\n-- \@end\n", '4:4', '@statement without a statement'],
    ['@whole behind a statement', "${U}SELECT 1;\n-- \@whole\nSELECT 2;\n", '5:4', '@whole after a statement', 'right behind'],
    ['@whole in a block', "${U}-- \@only sqlite\n-- \@whole\nSELECT 2;\n-- \@end\n", '5:4', '@whole inside a block'],
    ['@repeat with nonsense', "${U}-- \@repeat pause=fast\nUPDATE t SET a = 1 WHERE a = 2;\n", '4:12',
        '"pause=fast" is no option of @repeat', 'pause=MS'],
    ['@repeat with a pause of days', "${U}-- \@repeat pause=86400000\nUPDATE t SET a = 1 WHERE a = 2;\n", '4:12',
        '"pause=86400000" is no option of @repeat', '3600000'],
    ['@repeat at the end', "${U}SELECT 1;\n-- \@repeat\n", '5:4', '@repeat without a statement'],
    ['@repeat before a directive', "${U}-- \@repeat\n-- \@only sqlite\nUPDATE t SET a = 1;\n-- \@end\n", '4:4',
        '@repeat without a statement'],
    ['@irreversible in the upgrade', "${U}-- \@irreversible\n", '4:4', '@irreversible in the upgrade section',
        'alone in the downgrade section'],
    ['a statement behind @irreversible', "$U$D-- \@irreversible why\nSELECT 1;\n", '6:1',
        'statement in a section that is @irreversible', 'line 5'],
    ['@irreversible behind a statement', "$U${D}SELECT 1;\n-- \@irreversible\n", '6:4',
        '@irreversible in a section that has statements'],
    ['@irreversible twice', "$U$D-- \@irreversible\n-- \@irreversible\n", '6:4', 'second @irreversible'],
    ['a zero byte in a string', "${U}SELECT '\0';\n", '4:9', 'zero byte in the text', 'UTF-8'],
    ['BEGIN', "${U}BEGIN;\nSELECT 1;\nCOMMIT;\n", '4:1', 'transaction control in a section', 'no-transaction'],
);

# Those that depend on the dialect.
my %own = (
    sqlite => [
        ['an open identifier', "${U}SELECT \"abc;\n", '4:8', 'quoted identifier is not closed'],
        ['an open trigger', "${U}CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1;\n", '4:36', 'BEGIN without its END',
            '@statement'],
    ],
    postgresql => [
        ['an open identifier', "${U}SELECT \"abc;\n", '4:8', 'quoted identifier is not closed'],
        ['an open dollar quote', "${U}DO \$x\$ BEGIN END \$y\$;\n", '4:4', 'dollar-quoted string is not closed', 'It ends with $x$'],
        ['an open comment inside a comment', "${U}/* a /* b */ SELECT 1;\n", '4:1', 'comment is not closed'],
    ],
    mysql => [
        ['an open identifier', "${U}SELECT `abc;\n", '4:8', 'quoted identifier is not closed'],
        ['a string whose end is escaped', "${U}SELECT 'abc\\';\n", '4:8', 'string is not closed'],
        ['a procedure without its END', "${U}CREATE PROCEDURE p() BEGIN SELECT 1;\n", '4:22', 'BEGIN without its END'],
    ],
);

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my %order = (created => '2026-01-01T00:00:00Z');
    $project->revision(id => 'good', %order, upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    run_ok(['upgrade', 'head'], 'a good revision is applied first');
    $project->revision(id => 'fine', parents => 'good', upgrade => 'CREATE TABLE u (a integer);');
    for my $case (@cases, @{ $own{ $db->engine } }) {
        my ($name, $body, $at, $error, @also) = @$case;
        my $path = 'migrations/versions/x.sql';
        refused($name, files => { $path => "-- \@revision bad\n-- \@parents fine\n$body" },
            place => "$path:$at", error => $error, also => \@also);
    }
    run_err_like(['upgrade', 'head'], qr/Running upgrade good -> fine/, 'with the bad file gone, the good one runs');
});
done_testing;
