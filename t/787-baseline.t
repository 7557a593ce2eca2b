#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# `limbeck baseline` and `limbeck stamp --verify`: a database that was not made by
# revisions gets a first one that is proved to make the same; one that is said to
# be at a revision is proved to be so.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $schema = <<'END';
CREATE TABLE authors (id int NOT NULL PRIMARY KEY, name varchar(40) NOT NULL);
CREATE TABLE books (id int NOT NULL PRIMARY KEY, title varchar(80) NOT NULL, author int NOT NULL,
    price numeric(8, 2) DEFAULT 0 NOT NULL,
    CONSTRAINT fk_books_author FOREIGN KEY (author) REFERENCES authors (id) ON DELETE CASCADE,
    CONSTRAINT ck_books_price CHECK (price >= 0));
CREATE UNIQUE INDEX ix_books_title ON books (title, author);
CREATE VIEW titles AS SELECT b.title, a.name FROM books b JOIN authors a ON a.id = b.author;
INSERT INTO authors VALUES (1, 'Homer');
INSERT INTO books (id, title, author) VALUES (1, 'Odyssey', 1);
END

sub files { return glob project()->path('migrations/versions/*.sql') }

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $db->do($schema);
    run_ok ['baseline', '-m', 'as found'], 'a baseline';
    my @files = files();
    is scalar @files, 1, 'writes one revision';
    like $files[0], qr/as_found\.sql$/, 'with its message';
    my $text = slurp($files[0]);
    like $text, qr/\bauthors\b.*\bbooks\b.*ix_books_title.*\btitles\b/s, 'which makes all';
    unlike $text, qr/limbeck_/, 'but not our own tables';
    is_deeply [$db->versions], [$text =~ /^-- \@revision (\w+)$/m], 'the database is at it';
    is $db->value('SELECT title FROM books'), 'Odyssey', 'its rows are there';
    my $fresh = $db->fresh;
    run_ok ['-u', $fresh->url, 'upgrade', 'head'], 'an empty database';
    is_deeply [$fresh->user_tables], [$db->user_tables], 'gets the same tables';
    run_ok ['-u', $fresh->url, 'stamp', 'base'], 'which can be forgotten';
    run_ok ['-u', $fresh->url, 'stamp', '--verify', 'head'], 'and proved to be at it';
    run_ok ['-u', $fresh->url, 'downgrade', 'base'], 'down';
    is_deeply [$fresh->user_tables], [], 'leaves nothing';

    fails_with 1, qr/there are revisions already/, ['baseline', '-m', 'again'], 'a second baseline';
    unlink @files;
    fails_with 1, qr/the database is at revision \w+ already/, ['baseline', '-m', 'again'], 'or one where rows say more';
    is_deeply [files()], [], 'writes nothing';
});

for_each_engine(sub {
    my ($db) = @_;
    new_project(db => $db);
    fails_with 1, qr/the database is empty/, ['baseline', '-m', 'x'], 'an empty database';
    is_deeply [files()], [], 'writes nothing';
    is_deeply [$db->tables], [], 'and makes nothing';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'r1', message => '', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'r2', parents => 'r1', message => '', upgrade => 'ALTER TABLE t ADD COLUMN name varchar(20);', downgrade => '-- no');
    $db->do('CREATE TABLE t (id int NOT NULL PRIMARY KEY);');
    my $run = fails_with 1, qr/error: the database is not what the revisions make/, ['stamp', '--verify', 'head'],
        'stamp --verify of what it has not';
    like $run->{stderr}, qr/\bt\.name\b/, 'names the difference';
    like $run->{stderr}, qr/nothing was stamped/, 'what was done';
    is_deeply [$db->versions], [], 'which is nothing';
    run_ok ['stamp', '--verify', 'r1'], 'of what it has';
    is_deeply [$db->versions], ['r1'], 'is done';
    fails_with 2, qr/--verify and --sql/, ['stamp', '--verify', '--sql', 'r1'], 'a script can\'t be verified';
});

# A file that does not make the same: here a hook has spoilt it.
for_each_engine(sub {
    my ($db) = @_;
    new_project(db => $db, sections => "[post_write_hooks]\nhooks = spoil\nspoil.type = exec\nspoil.executable = sed\n"
        . "spoil.options = -i /ix_books_title/d REVISION_SCRIPT_FILENAME\n");
    $db->do($schema);
    my $run = fails_with 1, qr/error: what the revision makes is not what the database has/, ['baseline', '-m', 'spoilt'],
        'a baseline that makes something else';
    like $run->{stderr}, qr/ix_books_title/, 'names the difference';
    like $run->{stderr}, qr/was removed again; the database is as it was/, 'and what was done';
    is_deeply [files()], [], 'there is no file';
    is_deeply [$db->versions], [], 'and no stamp';
});

done_testing;
