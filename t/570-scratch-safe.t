#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A scratch promises that nothing outside of it is changed: statements of the desired
# schema, and of revisions that are tried out, which would do that are left out or
# refused, and the outside is the same afterwards.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $t = "CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20));\n";
my $hint = qr/^hint: .*\@except scratch.*\@end/m;
my ($project, $outside);

# What is there to be changed, as one text: $outside tells it.
sub is_as_before
{
    my ($before, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is $outside->(), $before, "$name: the outside is as it was";
}

# One revision that makes the table, and then does this.
sub revision
{
    my ($sql, %opt) = @_;
    unlink glob $project->path('migrations/versions/*');
    $project->revision(id => 'aaaa', upgrade => delete $opt{whole} ? $sql : $t . $sql, downgrade => 'DROP TABLE t;', %opt);
}

sub refused
{
    my ($sql, $like, $name, %opt) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $before = $outside->();
    revision($sql, %opt);
    my $got = fails_with 1, qr/^migrations.*aaaa/m, ['check', '--against-migrations'], "$name is refused";
    like $got->{stderr}, $like, 'in clear words';
    like $got->{stderr}, qr/nothing was done to the database/, 'with what became of it';
    is_as_before($before, $name);
}

# It is left out, and what stands around it is run.
sub left_out
{
    my ($sql, $words, $name, %opt) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $before = $outside->();
    revision($sql, %opt);
    my $got = run_ok ['-v', 'check', '--against-migrations'], "$name is left out";
    like $got->{stderr}, qr/left out in scratch, since it would take effect outside of it: $words$/m, 'and that is said' if $words;
    is_as_before($before, $name);
}

sub allowed
{
    my ($sql, $name, %opt) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $before = $outside->();
    revision($sql, %opt);
    my $got = run_ok ['-v', 'check', '--against-migrations'], "$name is run";
    unlike $got->{stderr}, qr/left out in scratch/, 'as it is';
    is_as_before($before, $name);
}

# The same as a part of the desired schema.
sub schema_fails
{
    my ($sql, $like, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $before = $outside->();
    write_file('schema.sql', "$t$sql\n");
    my $got = fails_with 1, qr/^schema\.sql:2:/m, ['diff', 'base', 'schema'], "$name in a schema is refused";
    like $got->{stderr}, $like, 'in clear words';
    is_as_before($before, "$name in a schema");
    write_file('schema.sql', $t);
}

sub schema_passes
{
    my ($sql, $name) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $before = $outside->();
    write_file('schema.sql', "$t$sql\n");
    fails_with 3, qr/differ: \d/, ['diff', 'base', 'schema'], "$name in a schema does no harm";
    is_as_before($before, "$name in a schema");
    write_file('schema.sql', $t);
}

sub start
{
    my ($db) = @_;
    $project = new_project(db => $db, ini => { schema => 'schema.sql' });
    write_file('schema.sql', $t);
}

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $other = $db->fresh;
    my ($home, $name, $user) = ($db->name, $other->name, "safe_$$");
    $other->do('CREATE TABLE x (id int); INSERT INTO x VALUES (1)');
    $db->do('CREATE TABLE x (id int); INSERT INTO x VALUES (1)');
    $outside = sub {
        return join "\n", map { join ' ', map { $_ // 'NULL' } @$_ } @{ $db->query(
            "SELECT schema_name, default_character_set_name FROM information_schema.schemata WHERE schema_name LIKE 'lt\\_@{[$$]}\\_%' OR schema_name LIKE 'safe%';"
            . " SELECT user, host FROM mysql.user WHERE user NOT LIKE 'safe%' OR user = '$user' OR user IN ('safe_new') ORDER BY 1, 2;"
            . " SELECT table_schema, table_name, table_type, table_comment FROM information_schema.tables WHERE table_schema IN ('$home', '$name');"
            . " SELECT count(*) FROM $home.x; SELECT count(*) FROM $name.x;"
            . " SELECT routine_schema, routine_name FROM information_schema.routines WHERE routine_schema IN ('$home', '$name');"
            . ' SELECT @@global.sort_buffer_size; SELECT count(*) FROM mysql.func; SELECT count(*) FROM mysql.servers') };
    };
    start($db);
    my $out = qr/outside of the scratch database/;
    my $reach = qr/reaches out of the scratch database/;

    refused("INSERT INTO $home.x VALUES (2);", qr/error: .*\Q$home.x\E is outside of the scratch database\n.*\nhint: Write the name without its database/s, "the project's own database by its name");
    refused("INSERT INTO $name.x VALUES (2);", qr/\Q$name.x\E is outside.*\@except scratch.*scratch_url/s, 'another database');
    refused("INSERT INTO t SELECT id, 'a' FROM `$name` . `x`;", $out, 'a query of one, in quotes');
    refused($_, $out, $_) for "CREATE TABLE $name.y (id int);", "DROP TABLE IF EXISTS t2, $name.x;", "ALTER TABLE t RENAME TO $name.t;",
        "RENAME TABLE t TO $name.t;", "TRUNCATE $name.x;", "CREATE VIEW $name.v AS SELECT 1;", "CREATE PROCEDURE $name.p() SELECT 1;",
        "CREATE TRIGGER $name.tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1;", "CREATE TRIGGER tr BEFORE INSERT ON $name.x FOR EACH ROW SET NEW.id = 1;",
        "UPDATE t, $name.x SET x.id = 7;", "DELETE $name.x FROM $name.x;", "CREATE INDEX i ON $name.x (id);", "LOCK TABLES t WRITE, $name.x WRITE;",
        "/*!50000 INSERT INTO $name.x VALUES (2) */;", "INSERT INTO t /*!99999 SELECT id, 'a' FROM $name.x */;",
        "DELETE FROM mysql.servers;", "INSERT INTO mysql.func VALUES ('f', 0, 'x', 'function');", "CALL $name.p();",
        "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES $name.x (id);", "CREATE TABLE m (id int) ENGINE=MERGE UNION=($name.x);",
        "INSERT INTO t SELECT $name.id, 'a' FROM t AS `$name`, $name.x;";
    refused($_, $reach, $_) for "USE $name;", 'CREATE DATABASE safe_new;', 'CREATE SCHEMA IF NOT EXISTS safe_new;', "DROP DATABASE $name;",
        "ALTER DATABASE $name CHARACTER SET latin1;", "/*!40000 DROP DATABASE IF EXISTS `$name`*/;", 'KILL 1;', 'SHUTDOWN;',
        "LOAD DATA INFILE '/etc/hostname' INTO TABLE t;", "SELECT 1 INTO OUTFILE '/tmp/$name';", "SELECT LOAD_FILE('/etc/hostname');",
        "INSTALL PLUGIN p SONAME 'p.so';", "CREATE FUNCTION f RETURNS INTEGER SONAME 'f.so';", "CHANGE MASTER TO MASTER_HOST='h';",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'h');", 'CREATE TABLE f (id int) ENGINE=FEDERATED;', 'PURGE BINARY LOGS BEFORE NOW();',
        "XA START 'x';", 'SET sort_buffer_size = 100000, GLOBAL sort_buffer_size = 100000;',
        "PREPARE p FROM 'DROP DATABASE $name';", "SET \@s = CONCAT('CREATE DATABASE ', 'safe_new');", "EXECUTE IMMEDIATE 'GRANT ALL ON *.* TO x';",
        "SET STATEMENT max_statement_time = 5 FOR CREATE DATABASE safe_new;", "BEGIN NOT ATOMIC IF 1 THEN DROP DATABASE $name; END IF; END;";
    $db->admin("CREATE DATABASE 2020_safe_$$");
    refused("CREATE TABLE 2020_safe_$$.y (id int);", qr/2020_safe_$$\.y is outside/, 'a name that begins with a digit');
    $db->admin("DROP DATABASE 2020_safe_$$");
    refused("INSERT INTO t VALUES (1, 'a');\nDROP DATABASE $name;", $reach, 'one of several in a text', upgrade_args => 'no-transaction');

    left_out("GRANT ALL ON $name.* TO '$user'\@'%';", 'GRANT', 'GRANT');
    left_out("CREATE USER '$user'\@'%' IDENTIFIED BY 'hidden';", 'CREATE USER', 'CREATE USER');
    left_out("CREATE OR REPLACE USER '$user'\@'%';\nDROP USER IF EXISTS '$user'\@'%';", 'DROP USER', 'DROP USER');
    left_out($_ . ';', $_ =~ s/ (?:ROLE|PRIV|TABLES|ALL|sort|=|\@).*//r, $_) for "FLUSH PRIVILEGES", 'FLUSH TABLES WITH READ LOCK', 'SET GLOBAL sort_buffer_size = 100000';
    left_out('SET @@GLOBAL.sort_buffer_size = 100000;', 'SET GLOBAL', 'SET @@GLOBAL');
    left_out("/*!50000 SET GLOBAL sort_buffer_size = 100000 */;", 'SET GLOBAL', 'in an executable comment');
    left_out("BEGIN NOT ATOMIC IF 1 THEN FLUSH TABLES; SET GLOBAL sort_buffer_size = 100000; END IF; END;", 'SET GLOBAL', 'in a block');
    write_file('schema.sql', $t . "CREATE TABLE u (id int);\n");
    left_out("GRANT ALL ON *.* TO '$user'\@'%';\nCREATE TABLE u (id int);\nFLUSH PRIVILEGES;\n", 'FLUSH', 'between others');
    write_file('schema.sql', $t);

    allowed($_, $_) for "SELECT count(*) FROM information_schema.tables;", "INSERT INTO t SELECT 1, user FROM mysql.user LIMIT 1;",
        "INSERT INTO t (id) SELECT $name.id FROM t AS `$name` JOIN t AS u ON `$name`.id = u.id;", "CREATE TABLE `$name` (id int PRIMARY KEY, d date);\nINSERT INTO `$name` VALUES (1, NULL) ON DUPLICATE KEY UPDATE $name.id = extract(year FROM $name.d);\nDROP TABLE `$name`;",
        "INSERT INTO t (id) VALUES (1.5);", "SET \@old = \@\@global.sort_buffer_size, SESSION sort_buffer_size = 100000;",
        "ALTER DATABASE CHARACTER SET utf8mb4;", "PREPARE p FROM 'INSERT INTO t VALUES (1, ''a'')';\nEXECUTE p;\nDEALLOCATE PREPARE p;",
        "ALTER TABLE t ADD role int, ADD `user` int;\nALTER TABLE t DROP role, DROP user;", "SHOW CREATE TABLE $name.x;", "UPDATE t SET name = '$name.x; DROP DATABASE $name' WHERE id < 0;";

    # A definition may reach out. What would use it may not.
    my $p = "CREATE PROCEDURE p() BEGIN INSERT INTO $name.x VALUES (9); FLUSH TABLES; END";
    schema_passes("DELIMITER //\n$p//\nDELIMITER ;", 'a procedure that reaches out');
    schema_passes("CREATE VIEW v AS SELECT * FROM $name.x;\nCREATE VIEW w AS SELECT * FROM v;", 'a view of another database');
    schema_fails("CREATE VIEW v AS SELECT * FROM $home.x;", qr/hint: Write the name without its database/, 'a view of the own one');
    refused("DELIMITER //\n$p//\nDELIMITER ;\nCALL p();", qr/p reaches out/, 'to call such a procedure');
    refused("CREATE VIEW v AS SELECT * FROM $name.x;\nCREATE VIEW w AS SELECT * FROM v;\nINSERT INTO w VALUES (2);", qr/w reaches out/, 'to write to such a view');
    refused("CREATE VIEW v AS SELECT * FROM $name.x;\nRENAME TABLE v TO w;\nINSERT INTO w VALUES (2);", qr/w reaches out/, 'by another name');
    refused("CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW INSERT INTO $name.x VALUES (NEW.id);\nINSERT INTO t VALUES (1, 'a');", qr/t reaches out/, 'to fire such a trigger');
    refused("CREATE FUNCTION f() RETURNS int BEGIN DELETE FROM $name.x; RETURN 1; END;\nSELECT f();", qr/f reaches out/, 'to use such a function');
    allowed("CREATE TABLE u (id int);\nCREATE TRIGGER tr BEFORE INSERT ON u FOR EACH ROW INSERT INTO $name.x VALUES (NEW.id);\nINSERT INTO t VALUES (1, 'a');\nDROP TABLE u;", 'what has nothing to do with it');

    # In a schema file.
    schema_fails("CREATE TABLE $name.y (id int);", $out, 'another database');
    schema_fails("CREATE TABLE y (id int, FOREIGN KEY (id) REFERENCES $home.x (id));", $out, 'the own one');
    schema_passes("CREATE DATABASE safe_new;\nUSE $name;\nGRANT ALL ON *.* TO '$user'\@'%';\nDROP TABLE IF EXISTS $name.x;\nSET GLOBAL sort_buffer_size = 100000;\nSELECT 1 INTO OUTFILE '/tmp/$name';", 'a dump of several databases');

    # The way out for a revision.
    revision("-- \@except scratch\nINSERT INTO $name.x VALUES (2);\n-- \@end\n");
    my $before = $outside->();
    run_ok $_, "\@except scratch: @$_" for ['check', '--against-migrations'], ['test'];
    is_as_before($before, 'then');
    run_ok ['upgrade', 'head'], 'upgrade runs it';
    is $other->value('SELECT max(id) FROM x'), 2, 'as it is written';
    $db->do('DROP TABLE t, limbeck_version, limbeck_history');

    # Events.
    my $event = "CREATE EVENT e ON SCHEDULE EVERY 1 SECOND DO INSERT INTO $name.x VALUES (99)";
    my @events = ($event, $event =~ s/ e / f /r =~ s/DO/ENABLE COMMENT 'ticks' DO/r, $event =~ s/ e / g /r =~ s/DO/DISABLE DO/r,
        $event =~ s/ e / h /r =~ s/DO/DISABLE ON SLAVE DO/r);
    my $text = $t . join '', map { "$_;\n" } @events;
    my $scheduler = $db->value('SELECT @@global.event_scheduler');
    $db->admin('SET GLOBAL event_scheduler = ON');
    unlink glob $project->path('migrations/versions/*');
    $project->revision(id => 'aaaa', upgrade => $text . 'DO SLEEP(2.5);', downgrade => 'DROP TABLE t;');
    write_file('schema.sql', $text);
    $before = $outside->();
    run_ok ['-v', 'check', '--against-migrations'], 'events are equal in a schema and in a revision';
    is_as_before($before, 'and they did not run');
    $db->admin('SET GLOBAL event_scheduler = OFF');
    $db->do($text);
    $db->do('DROP TABLE x');
    run_ok ['stamp', 'aaaa'], 'in a database';
    run_ok ['check'], 'where they are enabled there is no difference';
    run_ok ['stamp', '--verify', 'aaaa'], 'to the revisions neither';
    $db->do('ALTER EVENT f DISABLE');
    fails_with 3, qr/detected: 2/, ['check'], 'where one is not there is one';
    $project->revision(id => 'bbbb', parents => 'aaaa', upgrade => 'ALTER EVENT f DISABLE;', downgrade => 'ALTER EVENT f ENABLE;');
    is $db->value('SELECT count(*) FROM information_schema.events WHERE event_schema = database()'), 4, 'all are there';
    run_ok ['stamp', '--verify', 'bbbb'], 'a revision that disables one';
    $db->admin("SET GLOBAL event_scheduler = $scheduler");
});

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $other = $db->fresh;
    my ($home, $name, $role) = ($db->name, $other->name, "safe_$$");
    $db->do("CREATE TABLE x (id int); CREATE ROLE $role; COMMENT ON DATABASE $home IS 'as it was'");
    my $dir = $db->value('SHOW data_directory');
    my $sleeper = 'pg_stat_activity WHERE backend_type = \'client backend\' AND datname LIKE \'lt%\'';
    $outside = sub {
        return join "\n", map { join ' ', map { $_ // 'NULL' } @$_ } map { @{ $db->query($_) } }
            q{SELECT rolname, rolsuper, rolpassword, rolconnlimit FROM pg_authid WHERE rolname ~ '^(pg_|limbeck|safe_)' ORDER BY 1},
            qq{SELECT datname, datdba, datacl FROM pg_database WHERE datname !~ '^limbeck_scratch' AND (datname !~ '^lt_' OR datname ~ '^lt_@{[$$]}_') ORDER BY 1},
            'SELECT roleid, member FROM pg_auth_members ORDER BY 1, 2', 'SELECT description FROM pg_shdescription ORDER BY 1',
            q{SELECT s.setconfig FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase WHERE coalesce(d.datname, '') !~ '^limbeck_scratch' ORDER BY 1},
            'SELECT spcname FROM pg_tablespace ORDER BY 1', q{SELECT name, setting FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'},
            'SELECT slot_name FROM pg_replication_slots', 'SELECT subname FROM pg_subscription', 'SELECT * FROM x',
            q{SELECT relname, relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1}, q{SELECT pg_ls_dir('.') ORDER BY 1};
    };
    start($db);
    my $reach = qr/reaches out of the scratch database\n.*$hint/ms;

    refused($_, $reach, $_, upgrade_args => 'no-transaction') for 'CREATE DATABASE safe_new;', "DROP DATABASE $name;", "CREATE TABLESPACE safe LOCATION '$dir';",
        "DROP OWNED BY $role;", "CREATE SUBSCRIPTION s CONNECTION 'dbname=$home' PUBLICATION p WITH (connect = false);",
        "PREPARE TRANSACTION 'safe';", "COPY t FROM '$dir/PG_VERSION';", "COPY (SELECT 1) TO '$dir/safe.out';", "COPY t (id) TO PROGRAM 'cat > $dir/safe.out';",
        "SELECT pg_reload_conf();", "SELECT pg_terminate_backend(pid) FROM $sleeper;", 'SELECT "pg_terminate_backend" (0);', "SELECT pg_catalog.pg_read_file('PG_VERSION');",
        "SELECT lo_import('$dir/PG_VERSION');", "SELECT pg_create_physical_replication_slot('safe');", "SELECT dblink_exec('dbname=$name', 'CREATE TABLE y (id int)');",
        "DO 'BEGIN PERFORM pg_terminate_backend(0); END';", "DO \$\$ BEGIN IF true THEN EXECUTE format('CREATE DATABASE %I', 'safe_new'); END IF; END \$\$;",
        "CREATE TABLE u AS SELECT pg_read_file('PG_VERSION') AS a;";
    refused("INSERT INTO t VALUES (1, 'a');\nSELECT 1;\nCOPY t TO '$dir/safe.out';", qr/aaaa\.sql:9.*$reach/s, 'a statement in a transaction');

    left_out($_->[0], $_->[1], $_->[0]) for ["GRANT SELECT ON t TO $role;", 'GRANT'], ["REVOKE ALL ON DATABASE $home FROM PUBLIC;", 'REVOKE'],
        ["CREATE ROLE safe_new PASSWORD 'hidden';", 'CREATE ROLE'], ["CREATE USER safe_new;", 'CREATE USER'], ["ALTER ROLE $role CONNECTION LIMIT 3;", 'ALTER ROLE'],
        ["ALTER ROLE $role SET work_mem = '1MB';", 'ALTER ROLE'], ["DROP ROLE $role;", 'DROP ROLE'], ["SET ROLE $role;", 'SET ROLE'], ["SET SESSION AUTHORIZATION $role;", 'SET SESSION AUTHORIZATION'],
        ["ALTER TABLE t OWNER TO nobody_at_all;", 'OWNER TO'], ["COMMENT ON DATABASE $home IS 'changed';", 'COMMENT ON DATABASE'], ["COMMENT ON ROLE $role IS 'changed';", 'COMMENT ON ROLE'],
        ["ALTER DATABASE $home SET work_mem = '1MB';", 'ALTER DATABASE'], ["REASSIGN OWNED BY $role TO CURRENT_USER;", 'REASSIGN OWNED'],
        ["ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO $role;", 'ALTER DEFAULT PRIVILEGES'],
        ["DO \$\$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'safe_new') THEN CREATE ROLE safe_new; END IF; END \$\$;", 'CREATE ROLE'],
        ["DO \$a\$ BEGIN EXECUTE 'GRANT SELECT ON t TO ' || quote_ident('$role'); EXECUTE format(\$f\$CREATE ROLE %I\$f\$, 'safe_new'); END \$a\$;", 'GRANT'];
    left_out("ALTER SYSTEM SET work_mem = '1MB';", 'ALTER SYSTEM', 'ALTER SYSTEM', upgrade_args => 'no-transaction');
    write_file('schema.sql', $t . "CREATE TABLE u (id int);\n");
    left_out("-- \@whole\nCREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20)); GRANT ALL ON t TO $role; CREATE TABLE u (id int); DROP ROLE $role", 'DROP ROLE', 'in one text', whole => 1);
    left_out("GRANT ALL ON t TO $role;\nCREATE TABLE u (id int);\nALTER TABLE u OWNER TO $role;", 'OWNER TO', 'between others');
    write_file('schema.sql', $t);

    allowed($_, $_) for "LISTEN a;\nNOTIFY a;", "INSERT INTO t VALUES (1, 'GRANT');", "SELECT count(*) FROM pg_roles;", "SELECT set_config('work_mem', '1MB', true);",
        "ALTER TABLE t ADD owner int, ADD role int;\nALTER TABLE t DROP owner, DROP role;", "SET search_path = public;", "DO 'BEGIN PERFORM 1; END';",
        "CREATE FUNCTION pg_terminate_backend(t) RETURNS int LANGUAGE sql AS 'SELECT 1';\nDROP FUNCTION pg_terminate_backend(t);", "CREATE PUBLICATION p;";

    refused("CREATE ROLE safe_new;\nCREATE POLICY p ON t TO safe_new;", qr/role "safe_new" does not exist\n.*^hint: Roles are the whole server's/ms, 'a role that is not made');

    my $f = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS \$f\$ BEGIN CREATE ROLE safe_new; EXECUTE 'DROP DATABASE $name'; RETURN 1; END \$f\$;";
    schema_passes($f, 'a function that reaches out');
    schema_passes("CREATE FUNCTION g() RETURNS boolean LANGUAGE sql AS 'SELECT pg_terminate_backend(0)';\nCREATE TABLE u (id int);\nCREATE VIEW v AS SELECT g();", 'a view of one');
    refused("$f\nSELECT f();", qr/f reaches out/, 'to call such a function');
    refused("$f\nSELECT public.\"f\" ();", qr/f reaches out/, 'to call it by a longer name');
    refused("$f\nCREATE VIEW v AS SELECT f();\nSELECT * FROM v;", qr/v reaches out/, 'to read a view of it');
    refused("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN COPY t TO ''$dir/safe.out''; RETURN new; END';\n"
        . "CREATE TRIGGER tr BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f();\nINSERT INTO t VALUES (1, 'a');", qr/t reaches out/, 'to fire a trigger that uses it');
    schema_passes("CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\nCREATE USER MAPPING FOR CURRENT_USER SERVER s;\n"
        . "CREATE FOREIGN TABLE ft (id int) SERVER s;\nCREATE MATERIALIZED VIEW mv AS SELECT * FROM ft WITH NO DATA;", 'a foreign table');
    refused("CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\nCREATE FOREIGN TABLE ft (id int) SERVER s;\nINSERT INTO ft VALUES (1);", qr/ft reaches out/, 'to write to one');
    schema_fails("DO 'BEGIN PERFORM pg_reload_conf(); END';", $reach, 'a block');
    schema_passes("CREATE DATABASE safe_new;\nALTER DATABASE $home SET work_mem = '1MB';\nCREATE ROLE safe_new;\nGRANT ALL ON t TO safe_new;\nALTER TABLE t OWNER TO safe_new;\n"
        . "ALTER SYSTEM SET work_mem = '1MB';\nCOMMENT ON DATABASE $home IS 'changed';\nSELECT pg_reload_conf();\n"
        . "DO \$\$ BEGIN CREATE ROLE safe_new; END \$\$;", 'all that a dump has');

    revision("-- \@except scratch\nCREATE ROLE safe_new;\nSELECT pg_reload_conf();\n-- \@end\n");
    my $before = $outside->();
    run_ok $_, "\@except scratch: @$_" for ['check', '--against-migrations'], ['test'];
    is_as_before($before, 'then');
    run_ok ['upgrade', 'head'], 'upgrade runs it';
    is $db->value(q{SELECT count(*) FROM pg_roles WHERE rolname = 'safe_new'}), 1, 'as it is written';
    $db->do("DROP ROLE safe_new; DROP ROLE $role; COMMENT ON DATABASE $home IS NULL");
});

# A role that may create no database: the scratch is a transaction in the same one.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $role = "inside_$$";
    $db->admin("CREATE ROLE $role LOGIN PASSWORD 'rolepass'; ALTER DATABASE ${\$db->name} OWNER TO $role");
    $db->do("ALTER SCHEMA public OWNER TO $role; SET ROLE $role; CREATE TABLE public.t (id serial PRIMARY KEY, name varchar(20)); INSERT INTO t (name) VALUES ('a'), ('b'); CREATE VIEW v AS SELECT name FROM t");
    $project = new_project(ini => { schema => 'schema.sql', url => $db->url =~ s{//[^/\@]*\@}{//$role:rolepass\@}r });
    $outside = sub {
        return join "\n", map { join ' ', map { $_ // 'NULL' } @$_ } map { @{ $db->query($_) } } 'SELECT * FROM public.t ORDER BY 1',
            'SELECT last_value, is_called FROM public.t_id_seq', 'SELECT nspname, oid FROM pg_namespace ORDER BY 1',
            q{SELECT oid, relname, relfilenode, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1};
    };
    my $schema = "CREATE TABLE public.t (id serial PRIMARY KEY, name varchar(20));\nCREATE VIEW public.v AS SELECT t.name FROM public.t;\n";
    my $before = $outside->();
    write_file('schema.sql', $schema);
    run_ok ['check'], 'names with public. are those of the scratch';
    is_as_before($before, 'check');
    write_file('schema.sql', "$schema\nSELECT pg_catalog.setval('public.t_id_seq', 77, true);\nSELECT nextval('t_id_seq');\nDROP TABLE IF EXISTS public.x;\n"
        . "DO 'BEGIN INSERT INTO public.t VALUES (9); DELETE FROM t; END';\n");
    run_ok ['check'], 'rows and numbers too';
    is_as_before($before, 'a schema with rows');
    write_file('schema.sql', "DROP TABLE public.t CASCADE;\nCREATE INDEX i ON t (name);\n");
    fails_with 1, qr/relation "t" does not exist/, ['check'], 'a table that is only outside is not seen';
    is_as_before($before, 'a schema that changes what it lacks');
    write_file('schema.sql', "${schema}DO 'BEGIN COMMIT; END';\n");
    fails_with 1, qr/schema\.sql/, ['check'], 'a transaction that is to end';
    is_as_before($before, 'COMMIT in a block');
    $db->admin("ALTER DATABASE ${\$db->name} OWNER TO CURRENT_USER");
    $db->do("REASSIGN OWNED BY $role TO CURRENT_USER; DROP OWNED BY $role; DROP ROLE $role");
});

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    $db->do('CREATE TABLE x (id int); INSERT INTO x VALUES (1)');
    start($db);
    my $path = $db->path;
    $outside = sub {
        return join "\n", (map { s{.*/}{}r . ' ' . -s } sort grep { !m{/migrations$} && -f } glob($project->path('*') . ' ' . $path =~ s{/[^/]*\z}{/*}r)),
            map { "@$_" } @{ $db->query('SELECT * FROM x') };
    };
    my $file = $project->path('other.db');
    my $out = qr/another database file is outside of the scratch database\n.*$hint/s;
    my %none = (upgrade_args => 'no-transaction');
    refused("ATTACH '$file' AS o;\nCREATE TABLE o.x (id int);\nDETACH o;", $out, 'ATTACH', %none);
    refused("ATTACH DATABASE '$path' AS o;\nINSERT INTO o.x VALUES (2);", $out, 'ATTACH of the own database', %none);
    refused("ATTACH 'file:' || '$file' AS o;", $out, 'ATTACH of an expression', %none);
    refused("VACUUM INTO '$file';", $out, 'VACUUM INTO', %none);
    refused("SELECT load_extension('x');", qr/load_extension\(\) is outside/, 'load_extension()');
    refused("PRAGMA temp_store_directory = '/tmp';", qr/temp_store_directory is outside/, 'a PRAGMA that moves files', %none);
    allowed($_, $_, %none) for 'VACUUM;', "ATTACH ':memory:' AS m;\nCREATE TABLE m.x (id int);\nDETACH m;", 'PRAGMA journal_mode = WAL;', "INSERT INTO t VALUES (1, 'ATTACH');";
    my $before = $outside->();
    write_file('schema.sql', "ATTACH '$file' AS o;\n$t");
    fails_with 1, qr/ATTACH in a schema/, ['diff', 'base', 'schema'], 'ATTACH in a schema';
    write_file('schema.sql', "${t}CREATE TABLE u AS SELECT load_extension('x');\n");
    fails_with 1, qr/load_extension\(\) is outside/, ['diff', 'base', 'schema'], 'load_extension() in a schema';
    write_file('schema.sql', "${t}VACUUM INTO '$file';\nPRAGMA temp_store_directory = '/tmp';\n");
    fails_with 3, qr/differ: 1/, ['diff', 'base', 'schema'], 'VACUUM INTO and PRAGMA in a schema are passed over';
    write_file('schema.sql', $t);
    is_as_before($before, 'all that in a schema');
    revision("-- \@except scratch\nATTACH '$file' AS o;\nCREATE TABLE o.x (id int);\nDETACH o;\n-- \@end\n", %none);
    run_ok $_, "\@except scratch: @$_" for ['check', '--against-migrations'], ['test'];
    ok !-e $file, 'then it is not run';
    run_ok ['upgrade', 'head'], 'upgrade runs it';
    ok -e $file, 'as it is written';
});

# Eight at once, each with a scratch or two.
for_each_engine(sub {
    my ($db) = @_;
    start($db);
    write_file('schema.sql', $t . "CREATE TABLE u (id int NOT NULL PRIMARY KEY);\n");
    revision("INSERT INTO t VALUES (1, 'a');");
    my @runs = map { limbeck_start($_ % 2 ? ('check', '--against-migrations') : ('diff', 'head', 'schema')) } 1 .. 8;
    my @got = map { $_->finish } @runs;
    is_deeply [map { $_->{status} == 3 ? 3 : "$_->{status} $_->{stderr}" } @got], [(3) x 8], 'eight at the same time do not disturb each other';
    is_deeply [$db->tables], [], 'nor the database';
    return if $db->engine eq 'sqlite';
    my $left = $db->engine eq 'postgresql' ? 'SELECT count(*) FROM pg_database WHERE datname' : 'SELECT count(*) FROM information_schema.schemata WHERE schema_name';
    # Other tests on this server have theirs for a moment.
    for (1 .. 100) {
        last unless $db->value("$left LIKE 'limbeck\\_scratch\\_%'");
        select undef, undef, undef, 0.1;
    }
    is $db->value("$left LIKE 'limbeck\\_scratch\\_%'"), 0, 'nothing is left of them';
});
done_testing;
