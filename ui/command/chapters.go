package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// chapter is a part of the list of verbs that --help shows, in the order of an
// incident:
//
//	learn ─▶ load ─▶ ask ─▶ settle ─▶ share
type chapter struct{ id, title, verbs string }

var chapters = []chapter{
	{"load", "Load what the plant has:", "import follow map"},
	{"ask", "Ask what happened:", "triage diff slices frames models estimate health slo check"},
	{"settle", "Settle the cause and fix it:", "next answer hypothesis swap whatif retrain verify"},
	{"keep", "Keep the record and share it:", "note notes findings incident playbook report share replay export"},
	{"own", "Learn, set up, look after:", "practice config doctor man completion help"},
}

// arrange puts every verb into its chapter, cobra's own among them.
func arrange(root *cobra.Command) {
	root.SuggestionsMinimumDistance = 2
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, ch := range chapters {
		root.AddGroup(&cobra.Group{ID: ch.id, Title: ch.title})
	}
	for _, c := range root.Commands() {
		for _, ch := range chapters {
			if slices.Contains(strings.Fields(ch.verbs), c.Name()) {
				c.GroupID = ch.id
			}
		}
		switch c.Name() {
		case "help":
			c.Short = "explain a verb"
		case "completion":
			c.Short = "print completions for bash, zsh, fish or PowerShell"
		}
	}
}
