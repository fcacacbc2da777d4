package practice

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strconv"
	"time"
)

// line is one inspection in the log. The nesting is that of a usual serving
// stack, which wraps request, answer and image statistics.
type line struct {
	ID      string   `json:"id"`
	Time    string   `json:"time"`
	Request request  `json:"request"`
	Model   model    `json:"model"`
	Answer  *answer  `json:"response,omitempty"`
	Image   features `json:"features"`
	Latency float64  `json:"latency_ms"`
	Status  Status   `json:"status"`
	Label   string   `json:"label,omitempty"`
	Frame   string   `json:"frame,omitempty"`
}

type request struct {
	Tags tags `json:"tags"`
}

type tags struct {
	Line     string `json:"line"`
	Station  string `json:"station"`
	Camera   string `json:"camera"`
	Shift    string `json:"shift"`
	SKU      string `json:"sku"`
	Operator string `json:"operator"`
}

type model struct {
	Name       string `json:"model_name"`
	Version    string `json:"model_version"`
	Preprocess string `json:"preprocess_version"`
}

type answer struct {
	Prediction string            `json:"prediction"`
	Confidence float64           `json:"confidence"`
	Votes      map[string]string `json:"votes"`
}

// features are the numbers the pipeline logs about each picture.
type features struct {
	Brightness float64 `json:"brightness"`
	Contrast   float64 `json:"contrast"`
	Sharpness  float64 `json:"sharpness"`
	Hue        float64 `json:"hue"`
	Saturation float64 `json:"saturation"`
}

func (in *Incident) inferences() []byte {
	var b bytes.Buffer
	zip, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	must(err)
	lines := json.NewEncoder(zip)
	for i := range in.Records {
		must(lines.Encode(in.Records[i].line()))
	}
	must(zip.Close())
	return b.Bytes()
}

func (r *Record) line() line {
	f := r.Features
	l := line{
		ID: r.ID, Time: stamp(r.Time),
		Request: request{tags{r.Line, r.Station, r.Camera, r.Shift, r.SKU, r.Operator}},
		Model:   model{"seating", r.Ensemble().Version, r.Preprocess},
		Image: features{round(f.Luma, 1), round(f.Contrast, 1), round(f.Sharpness, 0),
			round(f.Hue, 0), round(f.Saturation, 3)},
		Latency: round(r.Elapsed, 1), Status: r.Status,
	}
	if r.Status == OK {
		votes := map[string]string{}
		for m, name := range Members() {
			votes[name] = r.Answer.Votes[m].String()
		}
		l.Answer = &answer{r.Answer.Class.String(), round(r.Answer.Confidence, 3), votes}
	}
	if r.Label.Known && r.Label.Inline {
		l.Label = r.Label.Class.String()
	}
	if r.Sampled {
		l.Frame = r.framePath()
	}
	return l
}

// stamp is RFC 3339 with three digits of seconds, trailing zeros kept.
func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z07:00") }

// round keeps the given number of decimals, as the plant's log does. It goes
// by way of text, whose last digit no processor disputes.
func round(v float64, decimals int) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', decimals, 64), 64)
	must(err)
	return short
}
