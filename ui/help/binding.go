// Package help is the one list of keys: the bar at the bottom, the ? overlay
// and the table in README are drawn from the same bindings.
package help

// Binding is a key as data. Keys are tea.KeyPressMsg strings ("enter", "[",
// "shift+tab"); Label is how the bar writes them, Keys[0] if empty; Does is
// three words at most. Unless says why the key does nothing just now, "" when
// it works, and may be nil. Pair, if not "", is what this binding and the next
// one do as two sides of one thing: the bar writes both in one place. Keep
// gives it a place in the bar before all others.
type Binding struct {
	Keys   []string
	Label  string
	Does   string
	Unless func() string
	Pair   string
	Keep   bool
}

// Is reports whether the key is one of the binding's.
func (b Binding) Is(key string) bool {
	for _, k := range b.Keys {
		if k == key {
			return true
		}
	}
	return false
}

// Why is what a binding's Unless returns: the reason if the case holds.
func Why(holds bool, reason string) string {
	if holds {
		return reason
	}
	return ""
}
