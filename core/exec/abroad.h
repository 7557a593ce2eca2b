/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections that are written in another dialect than the engine's. */
#ifndef EXEC_ABROAD_H
#define EXEC_ABROAD_H

#include "exec/exec.h"
#include "translate/translate.h"

/* Whether the revision's file is in another dialect than the engine's. */
bool abroad_is_foreign(const struct exec *exec, const struct revision *revision);

/* Makes the job's source what the engine is sent, if its file is in another dialect;
 * otherwise what is known of the schema follows it. survey has been read. */
int abroad_prepare(struct exec *exec, struct job *job, struct limbeck_error *err);
/* Forgets what is known of the schema. What was translated stays. */
void abroad_end(struct exec *exec);

/* A translator that has seen all that is applied in the state's rows. */
int abroad_open(struct exec *exec, bool half_done, struct translator **translator,
	struct limbeck_error *err);
/* Goes on with a section of a revision. out may be NULL: see translate_section(). */
int abroad_section(struct exec *exec, struct translator *translator,
	const struct revision *revision, bool upgrade, struct translated *out,
	struct limbeck_error *err);

/* The statement of the file that the engine's statement of this number comes from. */
const struct translated_source *abroad_source_of(const struct job *job, uint64_t number);
/* What is sent before translated statements, or behind them where the next is none; NULL:
 * nothing. *on is whether the session is made ready for them, and follows. */
const char *abroad_switch(const struct exec *exec, const struct job *job, bool translated,
	bool *on);

#endif
