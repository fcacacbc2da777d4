package practice

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image/png"
	"iter"
	"slices"
	"time"

	"andon/analysis"
)

// Files are the incident as a plant would hand it over, in this order:
//
//	inference.jsonl.gz  one nested JSON object an inspection
//	feedback.csv        the late labels: id, label, reviewer, label_time
//	events.jsonl        what people wrote down
//	metrics.csv         time, name, value, line
//	frames/<id>.png     the pictures that were kept
//	truth.json          what really happened; no importer reads it
//
// Equal incidents give equal bytes under one Go release; between releases the
// compressors may differ, the records and pixels inside do not.
func (in *Incident) Files() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, f := range []struct {
			name string
			make func() []byte
		}{
			{"inference.jsonl.gz", in.inferences},
			{"feedback.csv", in.feedback},
			{"events.jsonl", in.events},
			{"metrics.csv", in.metrics},
		} {
			if !yield(f.name, f.make()) {
				return
			}
		}
		for i := range in.Records {
			if r := &in.Records[i]; r.Sampled && !yield(r.framePath(), r.png()) {
				return
			}
		}
		truth, err := json.MarshalIndent(in.Truth, "", "  ")
		must(err)
		yield("truth.json", append(truth, '\n'))
	}
}

// must guards writes to memory and encodings of plain structs: a failure there
// is a mistake in this package, not a condition a caller could handle.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("practice: write to memory: %v", err))
	}
}

func (r *Record) framePath() string { return "frames/" + r.ID + ".png" }

func (r *Record) png() []byte {
	var b bytes.Buffer
	must((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, r.image))
	return b.Bytes()
}

// feedback holds the late labels that had come in when the story ended, in the
// order they came, so the newest hours have fewer of them.
func (in *Incident) feedback() []byte {
	var came []*Record
	for i := range in.Records {
		r := &in.Records[i]
		if r.Label.Known && !r.Label.Inline && r.Label.Time.Before(in.Calendar.End()) {
			came = append(came, r)
		}
	}
	slices.SortStableFunc(came, func(a, b *Record) int { return a.Label.Time.Compare(b.Label.Time) })
	rows := [][]string{{"id", "label", "reviewer", "label_time"}}
	for _, r := range came {
		l := r.Label
		rows = append(rows, []string{r.ID, l.Class.String(), l.Reviewer, l.Time.Truncate(time.Second).Format(time.RFC3339)})
	}
	return table(rows)
}

func (in *Incident) events() []byte {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	for _, e := range in.Events {
		must(lines.Encode(struct {
			Time   string            `json:"time"`
			Kind   string            `json:"kind"`
			Title  string            `json:"title"`
			Detail string            `json:"detail,omitempty"`
			Scope  map[string]string `json:"scope,omitempty"`
		}{e.Time.Format(time.RFC3339), e.Kind, e.Title, e.Detail, e.Scope}))
	}
	return b.Bytes()
}

func (in *Incident) metrics() []byte {
	rows := [][]string{{"time", "name", "value", "line"}}
	for _, s := range in.series() {
		for i, v := range s.Values {
			t := time.Unix(0, s.Times[i]).UTC().Format(time.RFC3339)
			rows = append(rows, []string{t, s.Name, analysis.FormatNumber(v), s.Labels["line"]})
		}
	}
	return table(rows)
}

func table(rows [][]string) []byte {
	var b bytes.Buffer
	must(csv.NewWriter(&b).WriteAll(rows))
	return b.Bytes()
}
