package importers

import "bytes"

// A collector may write every signal into one file. Records of several kinds
// are then several sources of one path, each reading its own requests:
//
//	all.jsonl ─┬─ view otlp-logs ─────▶ inferences or events
//	           └─ view otlp-metrics ──▶ metrics
//
// So is MLflow's database, see mlflowdb.go.
//
// What the first 64 KiB show counts; a signal that begins later is passed over
// with a warning.

// signals are the views of a file, by what stands in it.
var signals = []struct{ mark, view string }{
	{`"resourceLogs"`, "otlp-logs"},
	{`"resourceMetrics"`, "otlp-metrics"},
	{`"mlflow.run"`, "mlflow-run"},
	{`"mlflow.assessment"`, "mlflow-assessment"},
	{`"mlflow.metric"`, "mlflow"},
}

// views are the sources of a file: itself, or one for each of its signals.
func (s Source) views() []Source {
	u, err := s.open(0, nil)
	if err != nil {
		return []Source{s}
	}
	defer u.Close()
	text := bytes.TrimLeft(trimBOM(newWindow(u, 0).peek(headSize)), jsonBetween)
	if len(text) == 0 || text[0] != '{' {
		return []Source{s}
	}
	var all []Source
	for _, signal := range signals {
		if bytes.Contains(text, []byte(signal.mark)) {
			one := s
			one.view = signal.view
			all = append(all, one)
		}
	}
	if len(all) == 0 || len(all) == 1 && u.packed != "sqlite" {
		return []Source{s}
	}
	return all
}

// View names the part of the file that the source is, "" where it is all.
func (s Source) View() string { return s.view }

// envelopeNamed is the envelope of a view.
func envelopeNamed(name string) *envelope {
	for _, e := range envelopes {
		if e.name == name {
			return e
		}
	}
	return nil
}
