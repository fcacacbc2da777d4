package command

import (
	"andon/store"
	"andon/ui"
	"andon/ui/help"
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
	console, err := newConsole(newSession(&store.File{}, nowhere), manner{})
	if err != nil {
		panic(err)
	}
	return append(ui.KeyGroups(console), ui.OtherKeys(console)...)
}
