package analysis

// Kind is the kind of a record.
type Kind string

const (
	InferenceKind Kind = "inference"
	LabelKind     Kind = "label" // late feedback, joined to its inference by id
	MetricKind    Kind = "metric"
	EventKind     Kind = "event"
	FrameKind     Kind = "frame"
)

// Batch is some thousand records of one kind from one source, as columns of
// equal length. It is the one noun that travels from bytes to disk: importers
// yield batches, the store keeps them.
//
// A new field met midway appears as one more column from its batch on; a
// column absent from a batch is null there. Offset is where in the
// (decompressed) source the next unread record begins, so that a load resumes
// there. Rejects are the records met on the way that could not be used.
// Warnings are about this batch and those before it of the same reading, such
// as how many values did not fit; each is said once.
type Batch struct {
	Kind     Kind
	Columns  []Column
	Rows     int
	Offset   int64
	Rejects  []Reject
	Warnings []string
}

// Column finds a column by name, or nil.
func (b *Batch) Column(name string) *Column {
	for i := range b.Columns {
		if b.Columns[i].Name == name {
			return &b.Columns[i]
		}
	}
	return nil
}

// Role finds the first column of a role, or nil.
func (b *Batch) Role(r Role) *Column {
	for i := range b.Columns {
		if b.Columns[i].Role == r {
			return &b.Columns[i]
		}
	}
	return nil
}

// MaxRaw bounds the bytes kept of a rejected record.
const MaxRaw = 4 << 10

// Reject is a record that could not be used: where it stands, why, and its
// first MaxRaw bytes exactly as they were. Line counts from 1; 0 is unknown.
type Reject struct {
	Line   int64
	Offset int64
	Reason string
	Raw    []byte
}
