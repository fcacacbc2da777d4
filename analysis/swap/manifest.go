package swap

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"andon/analysis"
)

// Line is one line of the manifest, JSON, one a row and model. Whoever replays
// it writes the same line back with the prediction (or, where no label is
// known, with correct):
//
//	{"row":17,"id":"a1","side":"after","slice":"line=L2","frame":"f/17.png",
//	 "run":"old","version":"4.1","label":"ok"}            ─▶ "prediction":"ok"
type Line struct {
	Row        int64     `json:"row"`
	ID         string    `json:"id,omitempty"`
	Time       time.Time `json:"time,omitzero"`
	Side       string    `json:"side,omitempty"`
	Slice      string    `json:"slice,omitempty"`
	Frame      string    `json:"frame,omitempty"`
	Run        string    `json:"run"`
	Version    string    `json:"version,omitempty"`
	Label      string    `json:"label,omitempty"`
	Prediction string    `json:"prediction,omitempty"`
	Correct    *bool     `json:"correct,omitempty"`
}

// Write writes the manifest, a line each.
func Write(w io.Writer, lines []Line) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, l := range lines {
		if err := encoder.Encode(l); err != nil {
			return fmt.Errorf("write the manifest: %w", err)
		}
	}
	return nil
}

// longest is the longest line that is read.
const longest = 1 << 20

// ReadReplay reads what came back from a replay of a manifest: at least row,
// run and prediction (or correct) of each line; what else the manifest held is
// looked up in the table by the row. A side that is not written back is that of
// the window the row lies in. The error names every line that cannot be used, by its number and why, up
// to ten; then nothing is taken. Blank lines are skipped. Nothing to read is an
// error, too. Cost: one pass over the lines.
func ReadReplay(r io.Reader, t *analysis.Table, w analysis.Windows) ([]Answer, error) {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), longest)
	var answers []Answer
	var mistakes []error
	for number := 1; scanner.Scan(); number++ {
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		a, err := answerOf(scanner.Bytes(), t, w)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("line %d: %w", number, err))
			if len(mistakes) == 10 {
				break
			}
			continue
		}
		answers = append(answers, a)
	}
	if err := scanner.Err(); err != nil {
		mistakes = append(mistakes, err)
	}
	if len(mistakes) == 0 && len(answers) == 0 {
		mistakes = append(mistakes, errors.New("it is empty; replay the manifest first (andon swap FILE -o manifest.jsonl)"))
	}
	if len(mistakes) > 0 {
		return nil, fmt.Errorf("read the replay: %w", errors.Join(mistakes...))
	}
	return answers, nil
}

// answerOf is one line as an answer.
func answerOf(text []byte, t *analysis.Table, w analysis.Windows) (Answer, error) {
	var l struct {
		Line
		Prediction any `json:"prediction"`
		Label      any `json:"label"`
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return Answer{}, fmt.Errorf("no line of a manifest: %w", err)
	}
	if l.Row < 1 || l.Row > int64(t.Rows()) {
		return Answer{}, fmt.Errorf("row %d is not in the file, which has %d", l.Row, t.Rows())
	}
	if l.Run != Old && l.Run != New {
		return Answer{}, fmt.Errorf("run = %q: say which model answered, old or new", l.Run)
	}
	d, row := drawer{table: t}, int(l.Row-1)
	a := Answer{Row: l.Row, Slice: l.Slice, Model: l.Run, Version: l.Version, Prediction: class(l.Prediction)}
	switch at := d.time(row); {
	case l.Side == Before || l.Side == After:
		a.Side = l.Side
	case w.Before.Contains(at):
		a.Side = Before
	case w.After.Contains(at):
		a.Side = After
	default:
		return a, fmt.Errorf("row %d lies in neither window: write its side back, before or after", l.Row)
	}
	label := d.text(analysis.RoleLabel, row)
	switch {
	case a.Prediction != "" && label != "":
		a.Correct = analysis.Canonical(a.Prediction) == analysis.Canonical(label)
	case l.Correct != nil:
		a.Correct = *l.Correct
	case a.Prediction == "":
		return a, errors.New("prediction is missing: what did the model answer?")
	default:
		return a, fmt.Errorf("row %d has no label: say whether the answer is right, correct = true or false", l.Row)
	}
	if version := d.text(analysis.RoleVersion, row); version == a.Version {
		a.Logged = d.text(analysis.RolePrediction, row)
	}
	return a, nil
}

// class is a prediction as text, whatever JSON type the replay wrote it in.
func class(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return analysis.FormatNumber(v)
	}
	return fmt.Sprint(v)
}
