#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The recipe of limbeck-schema(7) for SQLAlchemy: models printed as DDL, the
# revision written from it and run; Alembic's own comparison of the models with
# the database then finds nothing, and neither does `check`.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;

my $python = '/usr/bin/python3';
if (!-x $python || system("$python -c 'import alembic, sqlalchemy, psycopg2' 2>/dev/null") != 0) {
    skip_or_bail('no SQLAlchemy here (Debian: apt-get install alembic python3-sqlalchemy python3-psycopg2)');
}

# The program as the manual has it, but for the project's module and engine.
sub recipe
{
    my ($engine) = @_;
    my $page = slurp(srcdir() . '/core/man/limbeck-schema.7');
    my ($text) = $page =~ /^\.Ss SQLAlchemy\n.*?^\.Bd [^\n]*\n(.*?)^\.Ed$/ms or die 'no recipe';
    $text =~ s/\\e/\\/g;
    $text =~ s/app\.models/models/;
    $text =~ s{postgresql://}{$engine://};
    return $text;
}

my $compare = <<'PY';
import sys, sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from models import Base
engine = sqlalchemy.create_engine(sys.argv[1])
ours = lambda object, name, type_, reflected, to: not (type_ == "table" and name.startswith("limbeck_"))
with engine.connect() as connection:
    context = MigrationContext.configure(connection, opts={
        "compare_type": True, "include_object": ours,
        # On SQLite Alembic puts the parentheses of a default around it once more for
        # each foreign key that makes it read the table again.
        "compare_server_default": engine.name != "sqlite"})
    for difference in compare_metadata(context, Base.metadata):
        print(difference)
PY

# What Alembic says that differs; the index on an expression is one it can't see on SQLite.
sub differences
{
    my ($db) = @_;
    my $url = $db->url =~ s{^postgresql://}{postgresql+psycopg2://}r;
    my $out = `cd ${\project->dir} && $python compare.py '$url' 2>&1`;
    return [grep { !/ix_user_lower_email|UserWarning|SAWarning|util\.warn|insp\.get|^\s/ } split /\n/, $out];
}

for my $engine (grep { $_ ne 'mysql' } engines()) {
    subtest $engine => sub {
        my $db = Limbeck::Database->create($engine);
        my $project = new_project(db => $db, ini => { schema => "exec:$python print_schema.py" });

        $project->write_file('models.py', slurp(srcdir() . '/t/data/models.py'));
        $project->write_file('print_schema.py', recipe($engine));
        $project->write_file('compare.py', $compare);
        cmp_ok scalar @{ differences($db) }, '>', 5, 'Alembic sees that an empty database differs';
        run_ok(['revision', '--autogenerate', '-m', 'models'], 'the revision is written');
        run_ok(['upgrade', 'head'], 'and runs');
        is_deeply differences($db), [], 'Alembic finds no difference';
        run_ok(['check'], 'neither does check');

        my $models = slurp('models.py');
        $models =~ s/(    note = sa.Column\(sa.)Text\)/$1String(500), nullable=False, server_default="")/;
        $models =~ s/(    weight = .*\n)/$1    color = sa.Column(sa.String(10), index=True)\n/;
        $models =~ s/String\(80\)/String(120)/;
        $project->write_file('models.py', $models);
        fails_with 3, qr/new upgrade operations/, ['check'], 'a change of the models is seen';
        run_ok(['revision', '--autogenerate', '-m', 'changes'], 'the next revision is written');
        run_ok(['upgrade', 'head'], 'and runs');
        is_deeply differences($db), [], 'Alembic finds no difference again';
        run_ok(['check'], 'neither does check');
        run_ok(['test'], 'both revisions go up and down');
    };
}
done_testing;
