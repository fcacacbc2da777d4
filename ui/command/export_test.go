package command

import (
	"time"

	"andon/store"
	"andon/ui"
	"andon/ui/help"
	"andon/ui/style"
)

// Verbs are the names of all commands, for the test of README.
func Verbs() []string {
	var names []string
	for _, c := range newRoot(Env{}).Commands() {
		names = append(names, c.Name())
	}
	return names
}

// KeyGroups are all keys of the console, for the test of README.
func KeyGroups() []help.Group {
	nowhere := Env{Getenv: func(string) string { return "" }}
	return ui.KeyGroups(newConsole(newSession(&store.File{}, nowhere), style.Sheet{}, time.UTC, pace{}))
}
