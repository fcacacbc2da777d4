// Andon is a terminal incident console for machine-learning systems in
// production: from a plant's logs to what changed, why, and a shared report.
//
//	main.go ─▶ ui/command ─▶ importers ─▶ store ─▶ analysis ─▶ ui, ui/report
package main

import (
	"context"
	"embed"
	"os"
	"os/signal"
	"syscall"
	"time"

	"andon/ui/command"
)

// version is what --version prints; the revision is added from the build.
const version = "0.1.0"

//go:embed testdata/gloves testdata/quiet
var practice embed.FS

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := command.Run(ctx, command.Env{
		Args:     os.Args[1:],
		In:       os.Stdin,
		Out:      os.Stdout,
		Err:      os.Stderr,
		Practice: practice,
		Version:  version,
		Now:      time.Now,
		Getenv:   os.Getenv,
	})
	stop()
	os.Exit(code)
}
