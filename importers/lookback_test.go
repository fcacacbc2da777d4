package importers

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"andon/analysis"
)

// calls is a KServe log of n calls whose requests and responses come in the
// given order of ids, a request where one is met first.
func calls(order []int) []string {
	begun := map[int]bool{}
	var lines []string
	for i, id := range order {
		at := fmt.Sprintf("2026-03-07T06:28:%02d.%03dZ", i/1000, i%1000)
		if !begun[id] {
			begun[id] = true
			lines = append(lines, fmt.Sprintf(`{"specversion":"1.0","type":"org.kubeflow.serving.inference.request","id":"c-%d","time":%q,"data":{"instances":[{"brightness":%d}]}}`+"\n", id, at, 100+id))
			continue
		}
		lines = append(lines, fmt.Sprintf(`{"specversion":"1.0","type":"org.kubeflow.serving.inference.response","id":"c-%d","time":%q,"data":{"predictions":["ok"]}}`+"\n", id, at))
	}
	return lines
}

// TestHalvesAcrossLooks reads a log of halves in pieces cut anywhere between
// lines: it gives the rows of one reading, each call whole and once.
func TestHalvesAcrossLooks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(r, "calls")
		var ids []int
		for id := range n {
			ids = append(ids, id, id)
		}
		order := append([]int{0, 0}, rapid.Permutation(ids[2:]).Draw(r, "order")...) // the first call is whole, so that it is recognised
		lines := calls(order)
		want := halvesIn(r, lines, nil)
		cuts := rapid.SliceOfNDistinct(rapid.IntRange(2, len(lines)), 0, 4, rapid.ID[int]).Draw(r, "cuts")
		slices.Sort(cuts)
		got := halvesIn(r, lines, cuts)
		if len(want) != n || !slices.Equal(got, want) {
			r.Fatalf("cut at %v:\n%v\nin one:\n%v", cuts, got, want)
		}
	})
}

// halvesIn reads the lines, grown up to each cut in turn, from where the reading
// before ended, and returns id, latency and brightness of every row.
func halvesIn(t *rapid.T, lines []string, cuts []int) []string {
	var rows []string
	offset := int64(0)
	for _, cut := range append(slices.Clone(cuts), len(lines)) {
		var text bytes.Buffer
		for _, line := range lines[:cut] {
			text.WriteString(line)
		}
		rows, offset = halvesFrom(t, text.Bytes(), rows, offset)
	}
	return rows
}

func halvesFrom(t *rapid.T, text []byte, rows []string, offset int64) ([]string, int64) {
	sources, _, err := FindFS(fstest.MapFS{"calls.jsonl": {Data: text}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	r, err := sources[0].Recognise(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for b, err := range sources[0].Read(t.Context(), r, offset, nil) {
		if err != nil || len(b.Rejects) > 0 {
			t.Fatal(err, b.Rejects)
		}
		for i := range b.Rows {
			row := b.Role(analysis.RoleID).String(i)
			for _, name := range []string{"latency_ms", "brightness"} {
				if c := b.Column(name); c != nil && !c.Null(i) {
					row += " " + name + "=" + c.String(i)
				} else {
					row += " no " + name
				}
			}
			rows = append(rows, row)
		}
		offset = b.Offset
	}
	return rows, offset
}

// TestHalvesFarBack begins a reading more than lookback behind the beginning.
func TestHalvesFarBack(t *testing.T) {
	var text bytes.Buffer
	var order []int
	for id := range 8000 {
		order = append(order, id, id)
	}
	for _, line := range calls(order) {
		text.WriteString(line)
	}
	last := calls([]int{9000, 9000})
	text.WriteString(last[0])
	from := int64(text.Len())
	text.WriteString(last[1])
	if from < 2*lookback {
		t.Fatalf("the log has %d bytes", from)
	}
	sources, _, err := FindFS(fstest.MapFS{"calls.jsonl": {Data: text.Bytes()}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	r, err := sources[0].Recognise(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for b, err := range sources[0].Read(t.Context(), r, from, nil) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			rows++
			if b.Role(analysis.RoleID).String(i) != "c-9000" || b.Column("brightness").Null(i) {
				t.Errorf("row %d is %s", i, b.Role(analysis.RoleID).String(i))
			}
		}
	}
	if rows != 1 {
		t.Errorf("%d rows, 1 was left", rows)
	}
}
