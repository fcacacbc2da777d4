// Package command is the command line: one file a verb, and the only ui
// package that joins the incident file with the importers.
//
//	andon SRC...   import ─┐
//	andon FILE     open ───┴▶ session ─▶ console, triage, diff, slices, report
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"andon/ui/display"
)

// Env is the world a command runs in. Only main reads the real one.
type Env struct {
	Args     []string
	In       io.Reader
	Out      io.Writer
	Err      io.Writer
	Practice fs.FS // holds testdata/<name>/ for each bundled incident
	Version  string
	Now      func() time.Time
	Getenv   func(string) string

	secret *secret // typed at the terminal, for as long as the command runs
}

// Run carries out one command line and returns its exit code. Errors go to
// Env.Err, escaped, since they quote names from disk.
func Run(ctx context.Context, env Env) int {
	if !hasCgo {
		fmt.Fprintln(env.Err, noCgo)
		return exitInternal
	}
	env.secret = &secret{}
	out := &output{Writer: env.Out}
	if !isTerminal(env.Out) { // the console draws on the terminal itself
		env.Out = out
	}
	root := newRoot(env)
	root.SetArgs(env.Args)
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = out.err
	}
	if err == nil {
		return exitOK
	}
	if !errors.Is(err, errSilent) {
		fmt.Fprintln(env.Err, "andon: "+lines(explained(err)))
	}
	return exitCode(err)
}

// lines escapes each line of a text for a terminal and keeps the breaks that
// are ours.
func lines(s string) string {
	out := ""
	for i, line := range display.Lines(s) {
		if i > 0 {
			out += "\n"
		}
		out += string(line)
	}
	return out
}

func newRoot(env Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "andon [FILE | SRC...]",
		Short: "find out what changed when a model in production got worse",
		Long: `Andon compares a production model's logs from before a drop in quality with
those from after it, and says when it began, where it sits, what changed and
who is to blame: the floor, a sensor, the pipeline, the model, the labels, the
traffic or the service. It works offline, in a terminal, on one file.

Give it logs (files, directories, globs) or an incident file (*.andon).`,
		Example: `  andon practice gloves     learn on an incident with a known cause
  andon logs/               load the logs and look at them in the console
  andon plant.andon         open an incident file again
  andon triage logs/        the verdict alone, without a console`,
		Version:       versionText(env.Version),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage("%w; see '%s --help'", err, c.CommandPath())
	})
	root.SetVersionTemplate("andon {{.Version}}\n")
	consoleFlags(root, env)
	foreignFlag(root)
	root.AddCommand(
		importCommand(env), mapCommand(env), followCommand(env), triageCommand(env), diffCommand(env), slicesCommand(env), framesCommand(env), modelsCommand(env), whatifCommand(env), estimateCommand(env), nextCommand(env), answerCommand(env), hypothesisCommand(env), swapCommand(env), findingsCommand(env), incidentCommand(env), playbookCommand(env), sloCommand(env), checkCommand(env), healthCommand(env),
		noteCommand(env), notesCommand(env), reportCommand(env), shareCommand(env), exportCommand(env), verifyCommand(env), retrainCommand(env), replayCommand(env), practiceCommand(env), configCommand(env), manCommand(env), doctorCommand(env),
	)
	arrange(root)
	return root
}

// versionText adds the revision the binary was built from, where known.
func versionText(version string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return version + " (" + s.Value[:12] + ")"
		}
	}
	return version
}

// exactly wants n arguments and says which are missing.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%s wants %s, got %s; see '%s --help'", c.CommandPath(), what, plural(int64(len(args)), "argument"), c.CommandPath())
		}
		return nil
	}
}

// atMost wants no more than n arguments.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("%s wants %s, got %s; see '%s --help'", c.CommandPath(), what, plural(int64(len(args)), "argument"), c.CommandPath())
		}
		return nil
	}
}

// atLeastOne wants a file or sources.
func atLeastOne(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage("%s wants an incident file or log sources; see '%s --help'", c.CommandPath(), c.CommandPath())
	}
	return nil
}

// isTerminal reports whether w is a terminal a person looks at.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// noCgo is all a binary built without cgo can say: SQLite is C.
const noCgo = "andon: this binary was built without cgo, and the incident file needs SQLite, which is C; " +
	"install a C compiler (apt-get install gcc) and build again with CGO_ENABLED=1"
