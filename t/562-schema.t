#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck schema dump, show and apply.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Schema;

# A schema that has something of everything that the engine has.
my %rich = (
    sqlite => <<'END',
CREATE TABLE authors (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL COLLATE NOCASE, "odd ""name" text DEFAULT 'it''s');
CREATE TABLE books (id integer PRIMARY KEY, author integer NOT NULL, title text NOT NULL, pages int, twice int GENERATED ALWAYS AS (pages * 2) STORED,
    UNIQUE (author, title), CHECK (pages > 0), FOREIGN KEY (author) REFERENCES authors (id) ON DELETE CASCADE);
CREATE TABLE pairs (a text, b text, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX books_title ON books (lower(title) DESC) WHERE pages > 10;
CREATE VIEW long_books AS SELECT b.title, a.name FROM books b JOIN authors a ON a.id = b.author WHERE pages > 500;
CREATE TRIGGER stamp AFTER INSERT ON books BEGIN UPDATE books SET pages = 1 WHERE id = new.id AND pages IS NULL; SELECT 1; END;
END
    postgresql => <<'END',
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE numbers START 5 INCREMENT 2;
CREATE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + 1';
CREATE TABLE authors (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, "odd ""name" text DEFAULT 'it''s');
CREATE TABLE books (id serial PRIMARY KEY, author int NOT NULL REFERENCES authors ON DELETE CASCADE, title text COLLATE "C" NOT NULL,
    pages positive DEFAULT 1, mood mood DEFAULT 'ok', next int GENERATED ALWAYS AS (plus_one(id)) STORED, UNIQUE (author, title));
CREATE TABLE shop.books (id int PRIMARY KEY, of_book int REFERENCES public.books (id), price numeric(8,2) CHECK (price > 0));
ALTER TABLE authors ADD COLUMN best int REFERENCES books (id);
CREATE UNIQUE INDEX books_title ON books (lower(title) DESC) INCLUDE (pages) WHERE pages > 10;
CREATE VIEW long_books AS SELECT b.title, a.name FROM books b JOIN authors a ON a.id = b.author WHERE pages > 500;
CREATE MATERIALIZED VIEW totals AS SELECT author, count(*) AS n FROM books GROUP BY author;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := 'a;b'; RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION touch();
COMMENT ON TABLE books IS 'What there is to read';
COMMENT ON COLUMN books.title IS 'Its ''title''';
END
    mysql => <<'END',
CREATE TABLE authors (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(40) NOT NULL COLLATE utf8mb4_bin, `odd ``name` varchar(9) DEFAULT 'it''s') COMMENT 'Who wrote it';
CREATE TABLE books (id int NOT NULL PRIMARY KEY, author int NOT NULL, title varchar(80) NOT NULL, pages int unsigned DEFAULT 1 COMMENT 'how long',
    mood enum('sad','ok') DEFAULT 'ok', twice int GENERATED ALWAYS AS (pages * 2) STORED, changed timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
    UNIQUE KEY books_key (author, title), KEY books_pages (pages DESC), CONSTRAINT books_author FOREIGN KEY (author) REFERENCES authors (id) ON DELETE CASCADE,
    CONSTRAINT books_long CHECK (pages < 10000));
ALTER TABLE authors ADD COLUMN best int, ADD CONSTRAINT authors_best FOREIGN KEY (best) REFERENCES books (id);
CREATE VIEW long_books AS SELECT b.title, a.name FROM books b JOIN authors a ON a.id = b.author WHERE pages > 500;
CREATE TRIGGER stamp BEFORE INSERT ON books FOR EACH ROW SET NEW.title = CONCAT(NEW.title, ';');
CREATE FUNCTION plus_one(a int) RETURNS int DETERMINISTIC RETURN a + 1;
END
);

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'dump.sql' });
    $db->do($rich{ $db->engine });
    $db->do('CREATE TABLE limbeck_own (id int)');
    my $dump = run_ok(['schema', 'dump'], 'a dump')->{stdout};
    unlike $dump, qr/limbeck_own/, 'has nothing of our own';
    is limbeck('schema', 'dump')->{stdout}, $dump, 'is the same twice';
    $db->do('DROP TABLE limbeck_own');
    my $copy = $db->fresh;
    eval { $copy->do($dump) };
    is $@, '', 'the engine\'s own client can read it';
    is_deeply told($copy), told($db), 'it makes the same';
    is limbeck('-u', $copy->url, 'schema', 'dump')->{stdout}, $dump, 'which has the same dump';
    write_file('dump.sql', $dump);
    run_ok ['check'], 'as the desired schema it is no difference';
    is_deeply json_of(['schema', 'dump']), { sql => $dump }, 'as JSON';

    my $value = json_of ['schema', 'dump', '--split', 'parts/of'], 'in files';
    my @files = sort @{ $value->{files} };
    is_deeply [@files], [sort split /\n/, `cd ${\$project->dir} && find parts/of -type f`], 'those that it names';
    is_deeply [grep { m{/(?:authors|long_books)\.sql$} } @files], ['parts/of/tables/authors.sql', 'parts/of/views/long_books.sql'], 'one for each object';
    ok -e $project->path('parts/of/shop/tables/books.sql'), 'with a folder for a schema' if $db->engine eq 'postgresql';
    is_deeply [grep { slurp($_) !~ /\S.*;/s } @files], [], 'none of them empty';
    run_ok ['diff', 'parts/of/**', 'database'], 'together they make the same';
    my $table = slurp('parts/of/tables/books.sql');
    like $table, qr/CREATE TABLE .?books.*CREATE (?:UNIQUE )?(?:INDEX|TRIGGER)/s, 'a table\'s indexes and triggers are in its file';
    run_err_like ['schema', 'dump', '--split', 'parts/of'], qr/^\d+ files were written to parts\/of\.$/m, 'and over themselves';
});

# The catalog, where spacing is no difference.
sub told
{
    my ($db) = @_;
    return [map { [map { defined ? s/\s+/ /gr =~ s{(?<=\() | (?=\))}{}gr : '' } @$_] } @{ schema_of($db) }];
}

# What `schema show` prints, as it stands here.
my %shown = (
    sqlite => <<'END',
table books
  id      integer
  author  integer  not null
  title   text     not null
  pages   int
  twice   int      generated as (pages * 2) stored
  primary key (id)
  unique (author, title)
  check (pages > 0)
  foreign key (author) -> authors (id) on delete cascade
  unique index books_title (lower(title) DESC) where pages > 10
  trigger stamp
END
    postgresql => <<'END',
table books  -- What there is to read
  id      integer   serial
  author  integer   not null
  title   text      not null  collate "C"  -- Its 'title'
  pages   positive  default 1
  mood    mood      default 'ok'::mood
  next    integer   generated as (plus_one(id)) stored
  primary key books_pkey (id)
  unique books_author_title_key (author, title)
  foreign key books_author_fkey (author) -> authors (id) on delete cascade
  unique index books_title (lower(title) DESC) where pages::integer > 10
  trigger touch
END
    mysql => <<'END',
table books
  id       int(11)
  author   int(11)           not null
  title    varchar(80)       not null
  pages    int(10) unsigned  default 1  -- how long
  mood     enum('sad','ok')  default 'ok'
  twice    int(11)           generated as (`pages` * 2) stored
  changed  timestamp(3)      not null  default current_timestamp(3)  on update current_timestamp(3)
  primary key (id)
  unique books_key (author, title)
  check books_long (`pages` < 10000)
  foreign key books_author (author) -> authors (id) on delete cascade
  index books_pages (`pages` DESC)
  trigger stamp
END
);

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'want.sql' });
    write_file('want.sql', $rich{ $db->engine });
    is limbeck('schema', 'show')->{stdout}, '', 'show of an empty database';
    is run_ok(['schema', 'show', '--of', 'schema', 'books'], 'show of one table')->{stdout}, $shown{ $db->engine }, 'as people read it'
        if $db->engine ne 'postgresql';
    $db->do($rich{ $db->engine });
    is run_ok(['schema', 'show', $db->engine eq 'postgresql' ? 'public.books' : 'books'], 'of the database')->{stdout}, $shown{ $db->engine }, 'the same';
    like run_ok(['schema', 'show', 'authors', 'long_books'], 'of two')->{stdout}, qr/^table \S*authors\b.*\n\nview \S*long_books\n/ms, 'one after the other';
    my $value = json_of ['schema', 'show', 'books.title'], 'of a column, as JSON';
    is_deeply [map { [$_->{kind}, $_->{table}, $_->{name}, $_->{attributes}{'not null'}] } @{ $value->{objects} }],
        [(['column', 'books', 'title', 'yes']) x 1], 'just that';
    fails_with 1, qr/there is no "autors" in the database\nhint: Did you mean "authors"\?/, ['schema', 'show', 'books', 'autors'], 'a name that there is not';
    fails_with 1, qr/there is no "xyzzy" in the database\n(?!hint)/, ['schema', 'show', 'xyzzy'], 'one that is like none';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'want.sql' });
    write_file('want.sql', $rich{ $db->engine });
    my $got = run_ok ['schema', 'apply'], 'apply where there are no revisions';
    like $got->{stderr}, qr/^Creating table \S*books$/m, 'says what it makes';
    run_ok ['check'], 'it is as it should be';
    my $twin = $db->fresh;
    $twin->do($rich{ $db->engine });
    is limbeck('diff', 'database', $twin->url)->{stdout}, '', 'and as the engine\'s own client would make it';
    $got = fails_with 1, qr/error: the database is not empty\nnothing was changed\ndetail: It has the \w+ \S+\.\nhint: .*--force/, ['schema', 'apply'], 'twice';

    $db->do($db->engine eq 'mysql' ? 'ALTER TABLE authors DROP FOREIGN KEY authors_best; DROP TABLE books' : 'DROP VIEW long_books');
    $db->do('CREATE TABLE mine (id int)');
    $got = run_ok ['schema', 'apply', '--force'], 'with --force';
    like $got->{stderr}, qr/^Creating \w+ \S*(?:books|long_books)$/m, 'what is missing is made';
    like $got->{stderr}, qr/^Leaving as it is: table \S*mine$/m, 'what is too much stays, and is told';
    ok scalar(grep { $_ eq 'mine' } $db->tables), 'as it was';

    # In an empty one with revisions; and where rows say that it is not new.
    my $other = $db->fresh;
    $project->revision(id => 'aaaa', upgrade => 'CREATE TABLE x (id int);', downgrade => 'DROP TABLE x;');
    $project->revision(id => 'bbbb', message => 'two', upgrade => 'CREATE TABLE y (id int);', downgrade => 'DROP TABLE y;');
    $got = run_ok ['-u', $other->url, 'schema', 'apply'], 'apply';
    like $got->{stderr}, qr/^Stamping aaaa\nStamping bbbb$/m, 'stamps all heads';
    is_deeply [$other->versions], ['aaaa', 'bbbb'], 'so it does';
    ok !grep({ /^[xy]$/ } $other->tables), 'and runs none';
    my $rows = $db->fresh;
    run_ok ['-u', $rows->url, 'stamp', 'aaaa'], 'a database that is recorded to be at a revision';
    fails_with 1, qr/the database is not empty\nnothing was changed\ndetail: It is recorded to be at revision aaaa\./, ['-u', $rows->url, 'schema', 'apply'], 'is not empty';
    is_deeply [$rows->user_tables], [], 'nothing is made there';
});

# What fails half-way, and wrong words.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { schema => 'want.sql' });
    write_file('want.sql', "CREATE TABLE a (id int);\nCREATE TABEL b (id int);\n");
    fails_with 1, qr/^want\.sql:2:\d+: error: /m, ['schema', 'apply'], 'a schema that is broken';
    is_deeply [$db->tables], [], 'reaches no database';
    return if $db->engine ne 'sqlite';
    fails_with 2, qr/schema needs dump, show or apply/, ['schema'], 'no word';
    fails_with 2, qr/schema does not know "print"/, ['schema', 'print'], 'another';
    fails_with 2, qr/schema dump does not know what to do with "t"/, ['schema', 'dump', 't'], 'a name to dump';
    fails_with 2, qr/--split is for schema dump/, ['schema', 'show', '--split', 'x'], 'an option of another';
    fails_with 2, qr/--force is for schema apply/, ['schema', 'dump', '--force'], 'and this';
    fails_with 2, qr/--of is for/, ['schema', 'apply', '--of', 'head'], 'and this';
    $db->do('CREATE TABLE t (id int)');
    write_file('file', '');
    fails_with 1, qr{file/tables can't be written}, ['schema', 'dump', '--split', 'file'], 'a folder that is a file';
    fails_with 1, qr{^limbeck: error: /proc/none can't be written: }, ['schema', 'dump', '--split', '/proc/none'], 'a folder that can\'t be made';
});
done_testing;
