# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Schema: what a database holds, read through the raw client, so that
# two of them can be compared.

package Limbeck::Schema;

use strict;
use warnings;

use Exporter 'import';
our @EXPORT = qw(schema_of);

my %queries = (
    sqlite => [
        q{SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name},
    ],
    postgresql => [
        q{SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default,
            is_identity FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 3},
        q{SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2},
        q{SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1},
        q{SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1},
        q{SELECT proname, pg_get_functiondef(oid) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace ORDER BY 1},
        q{SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1},
        q{SELECT typname, enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid ORDER BY 1, enumsortorder},
    ],
    mysql => [
        q{SELECT table_name, column_name, ordinal_position, column_type, is_nullable, column_default,
            extra FROM information_schema.columns WHERE table_schema = database() ORDER BY 1, 3},
        q{SELECT table_name, index_name, seq_in_index, column_name, non_unique
            FROM information_schema.statistics WHERE table_schema = database() ORDER BY 1, 2, 3},
        q{SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints
            WHERE table_schema = database() ORDER BY 1, 2},
        q{SELECT trigger_name, event_manipulation, action_statement FROM information_schema.triggers
            WHERE trigger_schema = database() ORDER BY 1},
        q{SELECT routine_name, routine_definition FROM information_schema.routines
            WHERE routine_schema = database() ORDER BY 1},
        q{SELECT table_name, REPLACE(view_definition, CONCAT('`', database(), '`.'), '')
            FROM information_schema.views WHERE table_schema = database() ORDER BY 1},
    ],
);

# Rows of the catalog, as one array of arrays.
sub schema_of
{
    my ($db) = @_;
    return [map { @{ $db->query($_) } } @{ $queries{ $db->engine } }];
}

1;
