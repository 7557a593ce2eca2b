/* SPDX-License-Identifier: BSD-2-Clause */
/* How these engines say what was written for others. */
#ifndef TRANSLATION_H
#define TRANSLATION_H

#include <limbeck/driver.h>

/* phrases.c: of MariaDB, of MySQL, and what both understand. */
extern const struct limbeck_phrase phrases_mariadb[];
extern const struct limbeck_phrase phrases_mysql[];
extern const struct limbeck_phrase phrases_both[];
extern const char phrases_functions[];

/* translation.c */
extern const struct limbeck_translation translation_both;
const struct limbeck_translation *translation_for(const struct limbeck_server *server);

#endif
