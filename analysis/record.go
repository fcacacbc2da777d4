package analysis

import "time"

// Source is a line of the ledger: what was loaded, how it was understood and
// how far it has been committed.
type Source struct {
	ID       int64
	Path     string
	Hash     string // SHA-256 of the content, hex
	Format   string // "jsonl", "csv", "frames"
	Kind     Kind
	Rows     int64
	Rejected int64
	Offset   int64
	Bytes    int64
	Time     time.Time // when it was loaded
	Fields   []Field
	Warnings []string
	ReadBy   ReadBy
}

// ReadBy is the mapping that a source was read by: the file's name and its text
// as it was then. The zero value is none.
type ReadBy struct{ Path, Text string }

// Note is something a person wrote. Notes are append-only and chained: Hash
// covers the text, its place and Prev, the hash of the note before it.
// Supersedes is the ID of the note this one replaces, or 0.
type Note struct {
	ID         int64
	Time       time.Time
	Author     string
	Text       string
	Pin        Pin
	Supersedes int64
	Prev       string
	Hash       string
}

// Pin is what was under the cursor when something was noted: the screen, the
// filter, the windows and a sentence that a reader without Andon understands.
type Pin struct {
	Screen  string  `json:"screen,omitempty"`
	Where   string  `json:"where,omitempty"`
	Windows Windows `json:"windows,omitzero"`
	Saw     string  `json:"saw,omitempty"`
}

// Finding is a claim with the evidence to run it again: the query that was
// asked, over which windows and slice, what came out, and the hash of that
// result. Params is what the query was asked with beside them, "" for nothing.
// Step and Outcome are set where the finding is a checklist step's.
type Finding struct {
	ID      int64
	Time    time.Time
	Step    string
	Outcome Outcome
	Claim   string
	Query   string
	Params  string
	Where   string
	Windows Windows
	Result  string
	Hash    string
}

// Incident heads the record: what the file is about.
type Incident struct {
	Title   string
	Created time.Time
	Status  string
	SLO     float64 // objective as a share; 0: none set
}
