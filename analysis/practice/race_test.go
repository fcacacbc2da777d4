//go:build race

package practice

const underRace = true
