#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# --sql for an engine of another dialect, without a connection: byte for byte what a run
# sends to a database that is there, tables built anew and all.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Schema;

sub make
{
    my ($db) = @_;
    my $url = $db->url;
    # The scheme says which product it will be.
    $url =~ s/^mysql:/mariadb:/ if eval { $db->value('SELECT version()') =~ /maria/i };
    my $project = new_project(db => $db, ini => { dialect => 'postgresql', url => $url });
    $project->revision(id => 'a1', upgrade => <<'END', downgrade => <<'END');
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE users (id serial PRIMARY KEY, email varchar(200) NOT NULL UNIQUE, feels mood NOT NULL DEFAULT 'sad',
    made timestamptz NOT NULL DEFAULT now(), active boolean DEFAULT true, info jsonb, price numeric(10,2));
CREATE TABLE posts (id bigserial PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE,
    title text NOT NULL, CHECK (length(title) > 0));
CREATE INDEX posts_by_user ON posts (user_id DESC);
INSERT INTO users (email) VALUES ('a@x'), ('b@x');
CREATE VIEW titles AS SELECT u.email, p.title FROM users u JOIN posts p ON p.user_id = u.id;
END
DROP VIEW titles;
DROP TABLE posts;
DROP TABLE users;
DROP TYPE mood;
END
    $project->revision(id => 'a2', parents => 'a1', upgrade => <<'END', downgrade => <<'END');
ALTER TYPE mood ADD VALUE 'mad';
ALTER TABLE users ALTER COLUMN email TYPE text, ALTER COLUMN price SET DEFAULT 1.5;
ALTER TABLE users ADD CONSTRAINT dear CHECK (price > 0);
UPDATE users SET feels = 'mad' WHERE email LIKE 'a%';
UPDATE users SET price = 2;
ALTER TABLE users ALTER COLUMN price SET NOT NULL;
ALTER TABLE posts RENAME COLUMN title TO heading;
END
ALTER TABLE posts RENAME COLUMN heading TO title;
ALTER TABLE users ALTER COLUMN price DROP NOT NULL;
ALTER TABLE users DROP CONSTRAINT dear;
ALTER TABLE users ALTER COLUMN email TYPE varchar(200), ALTER COLUMN price DROP DEFAULT;
END
    $project->revision(id => 'a3', parents => 'a2',
        upgrade => 'ALTER TABLE posts DROP CONSTRAINT posts_user_id_fkey, ADD COLUMN seen integer NOT NULL DEFAULT 0;',
        downgrade => 'ALTER TABLE posts DROP COLUMN seen, ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;');
    return $project;
}

# What a run sends: by its trace, which shows 200 bytes of each statement, blanks for what
# is none; where several go in one round trip, by the server's log.
sub sent
{
    my ($db, @args) = @_;
    my $logs = $db->engine eq 'mysql';
    $db->do("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 1; TRUNCATE mysql.general_log") if $logs;
    my $run = run_ok ['-vv', @args], "run: @args";
    my @sent = map { /: execute(?:_batch)? \([\d.]+ ms\): (.*)/ ? $1 : () } split /\n/, $run->{stderr};
    if ($logs) {
        my $name = $db->name;
        # What goes in one round trip is one text there.
        @sent = map { map { cut($_) } split /\n;\n/, $_->[0] } @{ $db->query("SELECT argument FROM mysql.general_log WHERE command_type = 'Query'
            AND user_host LIKE '%limbeck%' ORDER BY event_time, thread_id") };
        $db->do("SET GLOBAL general_log = 0, GLOBAL log_output = 'FILE'");
    }
    return ours(map { s/\s+/ /gr } @sent);
}

sub cut
{
    my ($sql) = @_;
    $sql =~ s/[\x00-\x1f\x7f]/ /g;
    my $length = length $sql;
    return $length > 200 ? substr($sql, 0, 200) . "... ($length bytes)" : $sql;
}

sub written
{
    my ($script) = @_;
    $script =~ s/^--.*\n//mg;
    my @sent = map { cut(s/\A\s+|\s+\z//gr) } split /;\n(?=\n|\z)/, $script;
    return ours(map { s/\s+/ /gr } @sent);
}

# Not what limbeck does for itself, or to see what is there.
sub ours
{
    return grep { !/limbeck_(?:version|history)|^(?:BEGIN|COMMIT|ROLLBACK|SET autocommit|PRAGMA|SELECT|SET NAMES|SET SESSION (?:lock_wait|max_statement)|SHOW|DO |WITH |UPDATE `)/i
        && length } @_;
}

for_each_engine(engines => [grep { $_ ne 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = make($db);
    my $script = run_ok(['upgrade', 'head', '--sql'], 'the script')->{stdout};
    like $script, qr/limbeck_new_users/, 'has a table built anew' if $db->engine eq 'sqlite';
    is_deeply [written($script)], [sent($db, 'upgrade', 'head')], 'sends what the script says';

    my $back = run_ok(['downgrade', 'head:base', '--sql'], 'the way back as a script')->{stdout};
    my $part = run_ok(['upgrade', 'a1:a2', '--sql'], 'a part of the way')->{stdout};
    unlike $part, qr/CREATE TABLE posts|CREATE INDEX posts_by_user/, 'begins where it is said to';
    my $schema = schema_of($db);
    is_deeply [written($back)], [sent($db, 'downgrade', 'base')], 'sends what the script says';
    is_deeply [$db->user_tables], [], 'and leaves nothing';

    my $fresh = $db->fresh;
    $fresh->do($script);
    is_deeply schema_of($fresh), $schema, 'the client makes the same schema of the script';
    $fresh->do($back);
    is_deeply [$fresh->user_tables], [], 'and takes it away again';
});

done_testing;
