//go:build !race

package warning

// underRace skips what the race detector makes too slow.
const underRace = false
