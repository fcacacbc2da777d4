//go:build !cgo

package command

const hasCgo = false
