/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's table of services, as every driver gets it. */
#ifndef DRIVER_HOST_H
#define DRIVER_HOST_H

#include <stdatomic.h>

#include "base/log.h"
#include <limbeck/host.h>

/* The host's side of a connection. */
struct limbeck_session {
	const struct log *log;
	const char *engine;
	const struct hide *hide;        /* what no line of the log may show, or NULL */
	atomic_bool cancelled;
};

extern const struct limbeck_host driver_host;

#endif
