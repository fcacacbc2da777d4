//go:build cgo

package command

const hasCgo = true
