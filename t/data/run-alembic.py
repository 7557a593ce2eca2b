# SPDX-License-Identifier: BSD-2-Clause
#
# Runs Alembic's commands for t/390-alembic.t, all in one process: reads a JSON
# value a line, and answers each with one.
#
#   {"graph": FOLDER}            the revisions in FOLDER/versions, an empty database
#   {"rows": [ID...]}            the version table now holds these rows
#   {"run": [COMMAND, ARG...]}   as on the command line
#
# The answer to each: rows (of the version table, sorted), error (the type and
# the message of an exception, or null), out (stdout), log (lines).
#
# What env.py does is done here, on one connection to a database in memory, and
# the revisions of a graph are read once.

import argparse
import io
import json
import logging
import sys
import warnings

import sqlalchemy
from alembic import command, config, context
from alembic.runtime.environment import EnvironmentContext  # noqa: F401
from alembic.script import ScriptDirectory
from sqlalchemy.pool import StaticPool


class Lines(logging.Handler):
    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


class Side:
    def __init__(self):
        self.log = Lines()
        logger = logging.getLogger("alembic.runtime.migration")
        logger.setLevel(logging.INFO)
        logger.addHandler(self.log)
        self.script = None
        self.connection = None

    def graph(self, folder):
        if self.connection is not None:
            self.connection.close()
        engine = sqlalchemy.create_engine(
            "sqlite://", poolclass=StaticPool,
            connect_args={"check_same_thread": False}, future=True)
        self.connection = engine.connect()
        self.config = config.Config()
        self.config.set_main_option("script_location", folder)
        self.script = ScriptDirectory(folder)

    def rows(self):
        names = sqlalchemy.inspect(self.connection).get_table_names()
        if "alembic_version" not in names:
            return []
        query = sqlalchemy.text("SELECT version_num FROM alembic_version")
        return sorted(row[0] for row in self.connection.execute(query))

    def set_rows(self, rows):
        for sql in ["DROP TABLE IF EXISTS alembic_version",
                    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"]:
            self.connection.execute(sqlalchemy.text(sql))
        for row in rows:
            self.connection.execute(
                sqlalchemy.text("INSERT INTO alembic_version VALUES (:id)"), {"id": row})
        self.connection.commit()

    def environment(self):
        if self.connection.in_transaction():
            self.connection.commit()
        context.configure(connection=self.connection)
        with context.begin_transaction():
            context.run_migrations()
        if self.connection.in_transaction():
            self.connection.commit()

    def run(self, words):
        out = io.StringIO()
        self.config.stdout = out
        self.config.output_buffer = out
        self.log.lines = []
        error = None
        try:
            self.call(words)
        except Exception as problem:
            error = [type(problem).__name__, str(problem)]
            if self.connection.in_transaction():
                self.connection.rollback()
        for revision in self.script.revision_map._revision_map.values():
            if revision is not None:
                revision._db_current_indicator = False
        lines = [line for line in self.log.lines if line.startswith("Running ")]
        return {"rows": self.rows(), "error": error, "out": out.getvalue(), "log": lines}

    # The command line's own parser, without its file and its exit.
    def call(self, words):
        main = config.CommandLine(prog="alembic")
        # "downgrade -1": argparse takes it for a number.
        options = main.parser.parse_args(words)
        fn, positional, keyword = options.cmd
        fn(self.config, *[getattr(options, name, None) for name in positional],
           **{name: getattr(options, name, None) for name in keyword})


def main():
    side = Side()
    ScriptDirectory.from_config = classmethod(lambda cls, config: side.script)
    ScriptDirectory.run_env = lambda self: side.environment()
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        if "graph" in request:
            side.graph(request["graph"])
        if "rows" in request:
            side.set_rows(request["rows"])
        if "run" in request:
            answer = side.run(request["run"])
        print(json.dumps(answer), flush=True)


main()
