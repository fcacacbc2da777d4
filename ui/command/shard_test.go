package command_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"andon/store/clickhouse/clickhousetest"
)

// TestShardStory runs the whole program against two shards: export, import,
// triage, and what it says when they go away. Verbs beyond the stories':
//
//	distribute FILE LOCAL ALL   runs the CREATE TABLE of FILE on every shard, and
//	                            makes the Distributed table ALL over LOCAL
//	down N                      ends shard N
func TestShardStory(t *testing.T) {
	cluster := clickhousetest.Start(t, 2)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/fleet",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Setup: func(e *testscript.Env) error {
			for i, host := range cluster.Hosts {
				e.Setenv("SHARD"+strconv.Itoa(i+1), host)
			}
			e.Setenv("SECURE1", cluster.Secure[0])
			e.Setenv("AUTHORITY", cluster.Authority)
			return setup(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "contract": holdsContract, "json": holdsJSON, "agree": agree,
			"distribute": func(ts *testscript.TestScript, _ bool, args []string) {
				create, err := os.ReadFile(ts.MkAbs(args[0]))
				ts.Check(err)
				cluster.Distribute(t, strings.TrimSuffix(strings.TrimSpace(string(create)), ";"), args[1], args[2])
			},
			"down": func(ts *testscript.TestScript, _ bool, args []string) {
				n, err := strconv.Atoi(args[0])
				ts.Check(err)
				cluster.Stop(n - 1)
			},
		},
	})
}
