/* SPDX-License-Identifier: BSD-2-Clause */
/* Running rendered changes on a database, without a revision. */
#ifndef API_EXECUTE_H
#define API_EXECUTE_H

#include "driver/render.h"
#include "exec/exec.h"

/* In transactions where the engine has them for DDL: one, unless it is very much.
 * After a failure err->outcome says what stays. */
int execute_rendered(struct exec *exec, const struct rendered *rendered, struct limbeck_error *err);

#endif
