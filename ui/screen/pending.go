package screen

import (
	"andon/analysis"
	"andon/ui/display"
)

// Pending is a source that was recognised and is not loaded yet: what it would
// become, and how sure that is (0 to 1). A field whose role is Dropped is left
// out. Why is the reason where it cannot be loaded as it was understood.
type Pending struct {
	Path       string
	Format     string
	Kind       analysis.Kind
	Confidence float64
	Fields     []analysis.Field
	Warnings   []string
	Why        string
}

// Dropped is what a person gives a field that is to be left out.
const Dropped analysis.Role = "drop"

// Unloaded is what the other screens say while sources are looked over.
const Unloaded display.Text = "nothing is loaded yet: 9 shows how sources were understood, L there loads them"
