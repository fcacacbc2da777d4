package command

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"andon/analysis"
	"andon/analysis/retrain"
)

// entry is one line of the manifest. Reasons are columns, so that a labelling
// tool can sort by them: novelty is in units of what was usual before (above 1
// is unseen), by the input that makes most of it, distance to the nearest row
// chosen before. What the log does not tell is null.
type entry struct {
	Rank       int               `json:"rank"`
	Set        string            `json:"set"` // train, holdout
	Reason     retrain.Reason    `json:"reason"`
	Why        string            `json:"why"`
	Window     string            `json:"window"`
	NeedsLabel bool              `json:"needs_label"`
	Wrong      *bool             `json:"wrong"`
	Novelty    float64           `json:"novelty"`
	By         *string           `json:"by"`
	Distance   float64           `json:"distance"`
	Row        int64             `json:"row"`
	ID         *string           `json:"id"`
	Time       string            `json:"time"`
	Frame      *string           `json:"frame"`
	Picture    *string           `json:"picture"`
	Prediction *string           `json:"prediction"`
	Confidence *float64          `json:"confidence"`
	Label      *string           `json:"label"`
	Columns    map[string]string `json:"columns"`
}

// entries puts what the file knows of the chosen rows beside their reasons.
func (s *session) entries(ctx context.Context, c retrain.Choice, ask retrain.Ask, pictures pictures) ([]entry, error) {
	entries := make([]entry, 0, len(c.Picks))
	const each = 1000
	for from := 0; from < len(c.Picks); from += each {
		picks := c.Picks[from:min(from+each, len(c.Picks))]
		rowids := make([]int64, len(picks))
		for i, p := range picks {
			rowids[i] = int64(p.Row) + 1
		}
		told, err := s.file.Example(ctx, rowids)
		if err != nil {
			return nil, err
		}
		if len(told.Rows) != len(picks) {
			return nil, fmt.Errorf("read the chosen rows of %q: %d of %d are there; is another program writing to it?", s.file.Path(), len(told.Rows), len(picks))
		}
		for i, p := range picks {
			e := newEntry(len(entries)+1, p, ask)
			e.tell(told.Fields, told.Values[i])
			e.Picture = optional(pictures.hash(p.Row))
			entries = append(entries, e)
		}
	}
	return entries, nil
}

func newEntry(rank int, p retrain.Pick, ask retrain.Ask) entry {
	e := entry{Rank: rank, Set: "train", Reason: p.Reason, Why: reasonOf(p.Reason, ask.Guilty), Window: "after", NeedsLabel: !p.Labelled,
		Novelty: rounded(p.Novelty), By: optional(p.By), Distance: rounded(p.Distance), Row: int64(p.Row) + 1, Columns: map[string]string{}}
	if p.HeldOut {
		e.Set = "holdout"
	}
	if p.Reason == retrain.Keep {
		e.Window = "before"
	}
	if p.Labelled {
		e.Wrong = &p.Wrong
	}
	return e
}

// tell fills in what the log says; dimensions go to Columns by their names.
func (e *entry) tell(fields []analysis.Field, values []string) {
	for i, f := range fields {
		value := values[i]
		switch f.Role {
		case analysis.RoleTime:
			e.Time = value
		case analysis.RoleID:
			e.ID = optional(value)
		case analysis.RoleFrame:
			e.Frame = optional(value)
		case analysis.RolePrediction:
			e.Prediction = optional(value)
		case analysis.RoleLabel:
			e.Label = optional(value)
		case analysis.RoleConfidence:
			if v, err := strconv.ParseFloat(value, 64); err == nil {
				e.Confidence = &v
			}
		case analysis.RoleDimension, analysis.RoleModel, analysis.RoleVersion:
			if value != "" {
				e.Columns[f.Name] = value
			}
		}
	}
}

// optional is nil for "".
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// rounded keeps three digits behind the point.
func rounded(v float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 3, 64), 64)
	return out
}

// writeLines writes one JSON object a line.
func writeLines(w io.Writer, entries []entry) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range entries {
		if err := encoder.Encode(e); err != nil {
			return err
		}
	}
	return nil
}

// pictures tells which rows show the same: by the hash of the frame's content,
// else by its path.
type pictures struct{ hashes, paths *analysis.Column }

func (s *session) pictures(ctx context.Context) (pictures, error) {
	var p pictures
	fields, err := s.file.Fields(ctx)
	if err != nil {
		return p, err
	}
	for _, f := range fields {
		at := map[bool]**analysis.Column{true: &p.hashes}[f.Name == analysis.FramePrefix+"dhash"]
		if f.Role == analysis.RoleFrame {
			at = &p.paths
		}
		if at == nil || f.Type != analysis.Text {
			continue
		}
		columns, err := s.file.Columns(ctx, f.Name)
		if err != nil {
			return p, err
		}
		*at = &columns[0]
	}
	return p, nil
}

func (p pictures) hash(row int) string { return textAt(p.hashes, row) }

// of is what two rows with the same picture share, "" for no picture.
func (p pictures) of(row int) string { return cmp.Or(p.hash(row), textAt(p.paths, row)) }

func textAt(c *analysis.Column, row int) string {
	if c == nil || row >= c.Len() {
		return ""
	}
	return c.String(row)
}

// choiceJSON is the answer of `andon retrain --json`.
type choiceJSON struct {
	Schema     int                    `json:"schema"`
	File       string                 `json:"file"`
	Rows       int                    `json:"rows"`
	Train      int                    `json:"train"`
	HeldOut    int                    `json:"holdout"`
	ToLabel    int                    `json:"to_label"`
	ByReason   map[retrain.Reason]int `json:"by_reason"`
	Pool       map[retrain.Reason]int `json:"pool"`
	Duplicates int                    `json:"duplicates"`
	Slice      map[string]string      `json:"slice"`
	Inputs     []string               `json:"inputs"`
	Warnings   []string               `json:"warnings"`
}

func newChoiceJSON(path string, c retrain.Choice, ask retrain.Ask) choiceJSON {
	rows, held, unlabelled := tally(c)
	return choiceJSON{Schema: 1, File: path, Rows: len(c.Picks), Train: len(c.Picks) - held, HeldOut: held, ToLabel: unlabelled, ByReason: rows, Pool: c.Pool,
		Duplicates: c.Duplicates, Slice: ask.Guilty.Map(), Inputs: append([]string{}, c.Inputs...), Warnings: append([]string{}, c.Warnings...)}
}
