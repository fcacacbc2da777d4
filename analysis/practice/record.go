package practice

import (
	"image"
	"runtime"
	"sync"
	"time"

	"andon/analysis/camera"
)

// Record is one inspection as it happened: the shot, what the ensemble really
// answered, how the service behaved, and whether anybody looked at the part.
type Record struct {
	*Shot
	ID       string
	Answer   Answer
	Features camera.Features
	Status   Status
	Elapsed  float64 // ms
	Label    Label
	Sampled  bool // the picture was kept
	image    *image.RGBA
}

// Status is how the service ended. Only OK has an answer in the log.
type Status string

const (
	OK      Status = "ok"
	Failed  Status = "error"
	TimeOut Status = "timeout"
)

// Right reports whether the log holds the right answer; a failed call does not.
func (r *Record) Right() bool { return r.Status == OK && r.Answer.Class == r.Scene.Class }

// inspect has every shot drawn and judged by its release. Shots are spread
// over the processors; each has its own dice, so the order does not matter.
func inspect(records []Record, seed int64) {
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(records); i += workers {
				records[i].look(newDice(seed, streamShot+1<<31+uint64(i)))
			}
		})
	}
	wait.Wait()
}

func (r *Record) look(d dice) {
	img := r.Scene.draw(d)
	if r.Sampled {
		r.image = img
	}
	r.Features = camera.Measure(img)
	r.Answer = r.Ensemble().Look(img)
	r.Status, r.Elapsed = OK, float64(r.Latency*d.lognormal(0.28))
	switch fate := d.unit(); {
	case fate < 0.002:
		r.Status, r.Elapsed = TimeOut, 1000+d.between(0, 8)
	case fate < 0.004:
		r.Status = Failed
	}
}

// Label is what a person later said about a part. Inline labels were made at
// the station and are in the log; the others come in the feedback file. The
// zero Label is a part nobody looked at.
type Label struct {
	Known    bool
	Inline   bool
	Class    Class
	Reviewer string
	Time     time.Time
}

var reviewers = []string{"rev-01", "rev-02", "rev-03", "rev-04", "rev-05"}

// labelShare is the share of parts a person looks at, drawn without regard to
// anything else, so that labelled rows speak for all.
const labelShare = 0.22

// review throws who looks at the part and when: half at once, half some hours
// later, one in a hundred more than a day.
func review(s *Shot, d dice) Label {
	if !d.chance(labelShare) {
		return Label{}
	}
	l := Label{Known: true, Inline: d.chance(0.5), Class: s.Scene.Class}
	l.Reviewer = reviewers[d.intn(len(reviewers))]
	hours := min(36, 1.5+float64(5*d.lognormal(0.65)))
	l.Time = s.Time.Add(time.Duration(hours*3600) * time.Second)
	return l
}
