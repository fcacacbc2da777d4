//go:build cgo

package store

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
__attribute__((constructor)) static void one_heap(void) { mallopt(M_ARENA_MAX, 1); }
#endif
*/
import "C"

// SQLite's memory is one heap. The C library gives every thread its own, and
// goroutines change threads, so that each comes to hold what all need together:
// measured 55 MB more for a load. It has to be said before Go has threads,
// hence the constructor.
