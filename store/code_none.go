//go:build !cgo

package store

// hasSQLite is whether the engine was compiled in.
const hasSQLite = false

func resultCode(error) (primary, extended int) { return 0, 0 }
