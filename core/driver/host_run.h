/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DRIVER_HOST_RUN_H
#define DRIVER_HOST_RUN_H

#include <limbeck/host.h>

int host_run(struct limbeck_session *session, const char *const *argv,
	const char *const *environment, const char *secret, struct limbeck_error *err);

#endif
