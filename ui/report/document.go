package report

import (
	"time"

	"andon/analysis"
	"andon/analysis/rootcause"
)

// Document is the report as JSON: the contract of `andon triage --json` with
// what people added and what every figure rests on. Its schema is that of
// [JSONSchema].
type Document struct {
	Triage
	Incident        head         `json:"incident"`
	Record          *Record      `json:"record"` // null where no incident was begun
	Impact          *Impact      `json:"impact"` // null where no row was judged
	Objectives      []Objective  `json:"objectives"`
	Hypotheses      []Hypothesis `json:"hypotheses"`
	Written         time.Time    `json:"written"`
	Sources         []source     `json:"sources"`
	Countermeasures []advice     `json:"countermeasures"`
	Taken           []Action     `json:"taken"`
	Whys            []why        `json:"whys"`
	Fishbone        []bone       `json:"fishbone"`
	Findings        []finding    `json:"findings"`
	Notes           []note       `json:"notes"`
	Sure            []test       `json:"be_sure"`
	Fast            []test       `json:"act_fast"`
	Basis           Basis        `json:"basis"`
}

type head struct {
	Title     string    `json:"title"`
	Status    string    `json:"status"`
	Created   time.Time `json:"created"`
	Objective *real     `json:"objective"`
}

type source struct {
	Name     string        `json:"name"` // without the directories it lay in
	Digest   string        `json:"sha256"`
	Kind     analysis.Kind `json:"kind"`
	Rows     int64         `json:"rows"`
	Rejected int64         `json:"rejected"`
}

type advice struct {
	Do      string `json:"do"`
	When    string `json:"when"`
	Because string `json:"because"`
}

type why struct {
	Question string  `json:"question"`
	Answer   *string `json:"answer"`
	Evidence string  `json:"evidence"`
}

type bone struct {
	Category string     `json:"category"`
	Items    []boneItem `json:"items"`
	Open     int        `json:"open"`
}

type boneItem struct {
	Text  string          `json:"text"`
	State rootcause.State `json:"state"`
	By    string          `json:"by"`
}

type finding struct {
	ID      int64            `json:"id"`
	Time    time.Time        `json:"time"`
	Step    string           `json:"step"`
	Outcome analysis.Outcome `json:"outcome"`
	Claim   string           `json:"claim"`
	Query   string           `json:"query"`
	Params  string           `json:"params"`
	Where   string           `json:"where"`
	Windows *Windows         `json:"windows"`
	Result  string           `json:"result"`
	Hash    string           `json:"hash"`
}

type note struct {
	ID         int64     `json:"id"`
	Time       time.Time `json:"time"`
	Author     string    `json:"author"`
	Text       string    `json:"text"`
	Saw        string    `json:"saw"`
	Supersedes *int64    `json:"supersedes"`
	Hash       string    `json:"hash"`
}

// NewDocument puts a report into its contract's shape. The page is laid out for
// it, since that is where the evidence is gathered.
func NewDocument(r Report) Document {
	page := NewPage(r)
	d := Document{Triage: NewTriage(r.Triage), Written: r.Written.UTC(), Basis: page.Basis, Hypotheses: NewHypotheses(r.Hypotheses), Impact: NewImpact(r.Impact, r.Currency), Objectives: []Objective{},
		Incident: head{Title: r.title(), Status: r.Incident.Status, Created: r.Incident.Created.UTC()},
		Sources:  []source{}, Countermeasures: []advice{}, Taken: NewActions(r.Taken), Whys: []why{}, Fishbone: []bone{},
		Findings: []finding{}, Notes: []note{}, Sure: newTests(r.Triage.Next), Fast: newTests(r.Triage.Plan().Tests)}
	for _, o := range r.Objectives {
		d.Objectives = append(d.Objectives, NewObjective(o))
	}
	if r.Record != nil {
		record := NewRecord(*r.Record)
		d.Record = &record
	}
	if goal, _, ok := r.Triage.Goal(r.Incident.SLO); ok {
		objective := real(goal)
		d.Incident.Objective = &objective
	}
	for _, s := range r.Sources {
		d.Sources = append(d.Sources, source{fileName(s.Path), s.Hash, s.Kind, s.Rows, s.Rejected})
	}
	for _, c := range analysis.Countermeasures(r.Triage) {
		d.Countermeasures = append(d.Countermeasures, advice(c))
	}
	for _, w := range rootcause.Whys(r.Triage, r.Findings, r.Hypotheses) {
		shaped := why{Question: w.Question, Evidence: w.Evidence}
		if w.Told() {
			shaped.Answer = &w.Answer
		}
		d.Whys = append(d.Whys, shaped)
	}
	for _, b := range rootcause.Fishbone(r.Triage, analysis.Checklist(), r.Findings) {
		shaped := bone{Category: b.Category, Items: []boneItem{}, Open: b.Open}
		for _, item := range b.Items {
			shaped.Items = append(shaped.Items, boneItem(item))
		}
		d.Fishbone = append(d.Fishbone, shaped)
	}
	d.people(r)
	return d
}

// people adds what people found and wrote.
func (d *Document) people(r Report) {
	for _, f := range r.Findings {
		shaped := finding{ID: f.ID, Time: f.Time.UTC(), Step: f.Step, Outcome: f.Outcome, Claim: f.Claim, Query: f.Query, Params: f.Params, Where: f.Where,
			Result: f.Result, Hash: f.Hash}
		if !f.Windows.Zero() {
			shaped.Windows = NewWindows(f.Windows)
		}
		d.Findings = append(d.Findings, shaped)
	}
	for _, n := range r.Notes {
		shaped := note{ID: n.ID, Time: n.Time.UTC(), Author: n.Author, Text: n.Text, Saw: n.Pin.Saw, Hash: n.Hash}
		if n.Supersedes > 0 {
			shaped.Supersedes = &n.Supersedes
		}
		d.Notes = append(d.Notes, shaped)
	}
}
