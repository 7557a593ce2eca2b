#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# --sql: the script, run by the engine's own client, does what the run does. The
# schema and the version rows are compared, and `current` agrees.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Schema;

my %function = (
    postgresql => <<'END',
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
    -- a semicolon; and a 'quote
    RETURN n * 2;
END;
$body$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n := twice(NEW.n); RETURN NEW; END $$;
CREATE TRIGGER t_note BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();
END
    sqlite => <<'END',
CREATE TRIGGER t_note AFTER INSERT ON t
BEGIN
    -- a semicolon; and a 'quote
    UPDATE t SET n = n * 2 WHERE id = NEW.id;
    UPDATE t SET s = CASE WHEN s = ';' THEN 'x' ELSE s END WHERE id = NEW.id;
END;
END
    mysql => <<'END',
DELIMITER //
CREATE PROCEDURE fill(n int)
BEGIN
    DECLARE i int DEFAULT 0;
    DECLARE s varchar(20) DEFAULT ';''\\';
    WHILE i < n DO
        INSERT INTO t (id, n, s) VALUES (100 + i, i, '//');
        SET i = i + 1;
    END WHILE;
END //
DELIMITER ;
CREATE TRIGGER t_note BEFORE INSERT ON t FOR EACH ROW SET NEW.n = NEW.n * 2;
CALL fill(3);
END
);

my %drop = (
    postgresql => "DROP TRIGGER t_note ON t;\nDROP FUNCTION note();\nDROP FUNCTION twice(int);\n",
    sqlite => "DROP TRIGGER t_note;\n",
    mysql => "DROP TRIGGER t_note;\nDROP PROCEDURE fill;\n",
);

sub make
{
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', message => 'It\'s "first"; really',
        upgrade => "CREATE TABLE t (id int PRIMARY KEY, n int, s varchar(90)) -- no semicolon\n;",
        downgrade => "DROP TABLE t -- the last");
    $project->revision(id => 'a2', parents => 'a1', upgrade => $function{ $db->engine },
        downgrade => $drop{ $db->engine });
    my $text = $db->engine eq 'mysql' ? q{'it\'s; \\\\ here'} : q{'it''s; \\ here'};
    $project->revision(id => 'b1', parents => 'a2', labels => 'blue',
        upgrade => "INSERT INTO t VALUES (1, 4, $text); -- ; or so\nINSERT INTO t VALUES (2, 5, ';');",
        downgrade => "DELETE FROM t WHERE id IN (1, 2)");
    $project->revision(id => 'b2', parents => 'a2', upgrade => 'CREATE TABLE u (id int);',
        downgrade => 'DROP TABLE u;');
    $project->revision(id => 'c1', parents => ['b1', 'b2'], upgrade => '', downgrade => '-- nothing');
    $project->revision(id => 'd1', parents => 'c1', depends => 'blue',
        upgrade => "/* nothing */ ; CREATE VIEW v AS SELECT id FROM u;", downgrade => 'DROP VIEW v;');
    return $project;
}

# The script's text goes through the raw client into $db.
sub script
{
    my ($db, @args) = @_;
    my $run = run_ok [@args, '--sql'], "@args --sql";
    my $done = eval { $db->client($run->{stdout}); 1 };
    ok($done, "@args --sql: the client takes it") or diag $@, $run->{stdout};
    return $run->{stdout};
}

sub agree
{
    my ($project, $ran, $scripted, $name) = @_;
    is_deeply schema_of($scripted), schema_of($ran), "$name: the same schema";
    is_deeply [$scripted->versions], [$ran->versions], "$name: the same version rows";
    my @ids = map { $_->{id} }
        @{ json_of(['-u', $scripted->url, 'current'], "$name: current")->{revisions} };
    is_deeply [sort @ids], [$ran->versions], "$name: current says so too";
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db);
    my $other = $db->fresh;

    run_ok ['upgrade', 'head'], 'upgrade head';
    my $text = script($other, 'upgrade', 'head');
    like $text, qr/^-- Running upgrade  -> a1, It's "first"; really$/m, 'its comments are the lines of the run';
    like $text, qr/^-- Running upgrade b1, b2 -> c1, Revision c1$/m, 'also at the merge';
    agree($project, $db, $other, 'upgrade');
    my $rows = 'SELECT id, n, s FROM t ORDER BY id';
    is_deeply $other->query($rows), $db->query($rows), 'the same rows';
    my $history = 'SELECT revision, direction, outcome, checksum, statements_total, statements_done,
        message, parents, depends, downgrade FROM limbeck_history ORDER BY seq';
    is_deeply $other->query($history), $db->query($history), 'the same history';
    is_deeply limbeck('-u', $other->url, 'upgrade', 'head')->{stdout}, '', 'upgrade finds nothing to do';

    run_ok ['downgrade', 'a2'], 'downgrade a2';
    script($other, 'downgrade', 'head:a2');
    agree($project, $db, $other, 'downgrade');
    is_deeply $other->query($rows), $db->query($rows), 'the same rows after a downgrade';

    run_ok ['upgrade', 'b1'], 'upgrade b1';
    script($other, 'upgrade', 'a2:b1');
    agree($project, $db, $other, 'a part of the way');

    run_ok ['downgrade', 'base'], 'downgrade base';
    script($other, 'downgrade', 'b1:base');
    agree($project, $db, $other, 'down to nothing');
    is_deeply [$other->user_tables], [], 'nothing is left';

    run_ok ['stamp', 'c1'], 'stamp';
    script($other, 'stamp', 'c1');
    agree($project, $db, $other, 'stamp');
    run_ok ['stamp', 'd1'], 'stamp further';
    script($other, 'stamp', 'c1:d1');
    agree($project, $db, $other, 'stamp further');
});

# Refusals, none of which needs a connection.
my $project = new_project(ini => { url => 'postgresql://nobody@127.0.0.1:1/none' });
$project->revision(id => 'a1', upgrade => 'SELECT 1;', downgrade => 'SELECT 2;');
$project->revision(id => 'a2', parents => 'a1', upgrade => 'SELECT 1;', irreversible => 'no way');
SKIP: {
    skip 'no postgresql driver', 5 unless grep { $_ eq 'postgresql' } engines();
    run_like ['upgrade', 'head', '--sql'], qr/-- Running upgrade a1 -> a2/, 'no connection is made';
    fails_with 2, qr/needs a range.*hint: .*FROM:TO/s, ['downgrade', 'base', '--sql'], 'downgrade needs a range';
    fails_with 1, qr/no way/, ['downgrade', 'a2:base', '--sql'], 'an irreversible step';
    fails_with 2, qr/a range \(a1:a2\) is for --sql/, ['upgrade', 'a1:a2'], 'a range without --sql';
    my $run = fails_with 1, qr/a9/, ['upgrade', 'a9', '--sql'], 'an unknown revision';
    is $run->{stdout}, '', 'prints no half script';
}

done_testing;
