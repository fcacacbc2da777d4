package store

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"andon/analysis"
)

var plantHead = []string{"time:time", "id:id", "line", "prediction:prediction", "label:label", "confidence:confidence", "status:status"}

func plant() *analysis.Batch {
	return batch(analysis.InferenceKind, plantHead,
		[]string{stamp(0), "a", "L1", "ok", "ok", "0.91", "ok"},
		[]string{stamp(1), "b", "L2", "ok", "nok", "0.72", "ok"},
		[]string{stamp(2), "c", "L2", "3.0", "3", "0.5", "ok"},
		[]string{stamp(3), "d", "L2", "", "ok", "", "timeout"},
		[]string{stamp(4), "e", "L1", "", "", "", "timeout"},
		[]string{stamp(5), "f", "L1", "ok", "", "0.9", "200"},
	)
}

func TestLoadReadable(t *testing.T) {
	f := create(t)
	source := load(t, f, analysis.Source{Path: "plant.jsonl", Hash: "h1", Format: "jsonl", Kind: analysis.InferenceKind}, plant())
	if source.Rows != 6 {
		t.Errorf("the ledger counts %d rows", source.Rows)
	}
	sound(t, f)
	got := ask(t, f, "SELECT line, avg(correct) FROM inference WHERE correct IS NOT NULL GROUP BY line")
	if want := "L1|1\nL2|0.3333333333333333"; got != want {
		t.Errorf("correct by line: %q, want %q", got, want)
	}
	if got := ask(t, f, "SELECT time, typeof(time), confidence, typeof(correct), prediction FROM inference WHERE id = 'c'"); got != "2026-03-07T06:28:02.000Z|text|0.5|integer|3.0" {
		t.Errorf("row c reads %q", got)
	}
	if got := ask(t, f, "SELECT group_concat(ifnull(correct, '-'), '') FROM inference"); got != "1010--" {
		t.Errorf("correct is %q", got)
	}
}

func TestLoadReadableBySqlite3(t *testing.T) {
	tool, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("skip: needs sqlite3")
	}
	f := create(t)
	load(t, f, analysis.Source{Path: "plant.jsonl"}, plant())
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, f.Path(), "SELECT line, avg(correct) FROM inference WHERE correct IS NOT NULL GROUP BY line; PRAGMA integrity_check").CombinedOutput()
	if err != nil || !strings.HasSuffix(string(out), "ok\n") || !strings.HasPrefix(string(out), "L1|1.0\nL2|0.33") {
		t.Errorf("sqlite3 says %q, %v", out, err)
	}
}

func TestLoadTwice(t *testing.T) {
	f := create(t)
	src := analysis.Source{Path: "plant.jsonl", Hash: "h1", Format: "jsonl", Kind: analysis.InferenceKind}
	first := load(t, f, src, plant())
	for range 2 {
		l, err := f.Load(t.Context(), src)
		if !errors.Is(err, ErrPresent) {
			t.Fatalf("the second load gives %v", err)
		}
		if l.Source().ID != first.ID {
			t.Errorf("it points to source %d, want %d", l.Source().ID, first.ID)
		}
		f = reopen(t, f)
	}
}

// TestLoadResume breaks a load off and takes it up again, with a reader that
// begins where it stopped, or from the beginning.
func TestLoadResume(t *testing.T) {
	src := analysis.Source{Path: "log", Hash: "h", Kind: analysis.InferenceKind}
	parts := func() []*analysis.Batch {
		return []*analysis.Batch{plantBatch(0, 10), plantBatch(10, 10), plantBatch(20, 10)}
	}
	for name, byID := range map[string]bool{"by id": true, "by hash": false} {
		for again, from := range map[string]int{"from the offset": 2, "from the beginning": 0} {
			t.Run(name+" "+again, func(t *testing.T) {
				f := create(t)
				l, err := f.Load(t.Context(), src)
				if err != nil {
					t.Fatal(err)
				}
				for _, b := range parts()[:2] {
					if err := errors.Join(l.Append(t.Context(), b), l.Flush(t.Context())); err != nil {
						t.Fatal(err)
					}
				}
				f = reopen(t, f)
				defer f.Close()
				open, err := f.Unfinished(t.Context())
				if err != nil || len(open) != 1 || open[0].Rows != 20 || open[0].Offset != 20*400 {
					t.Fatalf("unfinished %+v, %v", open, err)
				}
				resumed := src
				if byID {
					resumed = open[0]
				}
				if done := load(t, f, resumed, parts()[from:]...); done.Rows != 30 || done.ID != open[0].ID {
					t.Errorf("the ledger says %+v", done)
				}
				if got := ask(t, f, "SELECT count(*), count(DISTINCT id) FROM inference"); got != "30|30" {
					t.Errorf("rows and ids: %s", got)
				}
				if _, err := f.Load(t.Context(), src); !errors.Is(err, ErrPresent) {
					t.Errorf("afterwards: %v, want ErrPresent", err)
				}
				sound(t, f)
			})
		}
	}
}

// TestLoadResumeStraddles begins anew with other batches than before: what
// would be stored twice is refused.
func TestLoadResumeStraddles(t *testing.T) {
	f := create(t)
	src := analysis.Source{Path: "log", Hash: "h"}
	l, err := f.Load(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Append(t.Context(), plantBatch(0, 10)), l.Flush(t.Context())); err != nil {
		t.Fatal(err)
	}
	if l, err = f.Load(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(t.Context(), plantBatch(0, 7)); err != nil {
		t.Errorf("a batch of old rows: %v", err)
	}
	if err := l.Append(t.Context(), plantBatch(7, 7)); err == nil {
		t.Error("a batch of old and new rows was taken")
	}
}

func TestLoadRefuses(t *testing.T) {
	timeless := plant()
	timeless.Columns = timeless.Columns[1:]
	uneven := plant()
	uneven.Columns[2].Codes = uneven.Columns[2].Codes[1:]
	unknown := plant()
	unknown.Kind = "other"
	for name, b := range map[string]*analysis.Batch{"no time": timeless, "uneven": uneven, "unknown kind": unknown} {
		f := create(t)
		l, err := f.Load(t.Context(), analysis.Source{Path: "log"})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(l.Append(t.Context(), b), l.Flush(t.Context())); err == nil || (name == "no time") != errors.Is(err, ErrNoTime) {
			t.Errorf("%s: %v", name, err)
		}
		f.Close()
	}
}

// TestLoadCancelled keeps what was committed and nothing else.
func TestLoadCancelled(t *testing.T) {
	f := create(t)
	ctx, cancel := context.WithCancel(t.Context())
	l, err := f.Load(ctx, analysis.Source{Path: "log"})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Append(ctx, plantBatch(0, 10)), l.Flush(ctx), l.Append(ctx, plantBatch(10, 10))); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := l.Flush(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if n, err := f.RowCount(t.Context()); n != 10 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	sound(t, f)
}

// TestLoadsTogether interleaves two sources: each keeps its own ledger.
func TestLoadsTogether(t *testing.T) {
	f := create(t)
	a, err := f.Load(t.Context(), analysis.Source{Path: "a"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Load(t.Context(), analysis.Source{Path: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := errors.Join(a.Append(t.Context(), plantBatch(i*5, 5)), b.Append(t.Context(), plantBatch(i*7, 7))); err != nil {
			t.Fatal(err)
		}
	}
	sa, errA := a.Finish(t.Context())
	sb, errB := b.Finish(t.Context())
	if sa.Rows != 15 || sb.Rows != 21 || errA != nil || errB != nil {
		t.Errorf("%d and %d rows, %v, %v", sa.Rows, sb.Rows, errA, errB)
	}
	if got := ask(t, f, "SELECT source, sum(last - first + 1) FROM chunk GROUP BY source"); got != "1|15\n2|21" {
		t.Errorf("chunks %q", got)
	}
	sound(t, f)
}
