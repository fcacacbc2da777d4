package redact

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// What secrets look like. The first group is the secret, the whole match where
// there is none; earlier patterns go before later ones that overlap.
var patterns = []struct {
	kind string
	find *regexp.Regexp
}{
	{"key", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?`)},
	{"key", regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"key", regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}`)},
	{"token", regexp.MustCompile(`\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{4,}(?:\.[0-9A-Za-z_-]*)?`)},
	{"token", regexp.MustCompile(`\b(?:gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,}|glpat-[0-9A-Za-z_-]{16,}|xox[abeoprs]-[0-9A-Za-z-]{10,}|sk-[0-9A-Za-z_-]{16,}|hf_[0-9A-Za-z]{20,}|dckr_pat_[0-9A-Za-z_-]{16,})`)},
	{"token", regexp.MustCompile(`(?i)\b(?:bearer|basic)\s+([0-9a-z._~+/=-]{8,})`)},
	{"password", regexp.MustCompile(`://[^\s/:@]{1,64}:([^\s/@]{1,128})@`)},
	{"password", regexp.MustCompile(`(?i)\b[a-z0-9_-]*(?:password|passwd|passphrase|passwort|kennwort|pwd)["']?\s*(?:[:=]|\bis\b|\bist\b)\s*["']?([^\s"',;]{2,128})`)},
	{"token", regexp.MustCompile(`(?i)\b[a-z0-9_-]*(?:secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|credentials?)["']?\s*[:=]\s*["']?([^\s"',;]{4,256})`)},
	{"e-mail", regexp.MustCompile(`[0-9A-Za-z._%+-]{1,64}@[0-9A-Za-z](?:[0-9A-Za-z-]{0,62}\.)+[A-Za-z]{2,24}`)},
	{"home", regexp.MustCompile(`(?:/home/|/Users/|\\Users\\)([^\s/\\"']{2,64})`)},
}

// isKind reports whether a reason is a pattern's kind. Column names that are
// called the same are replaced alike, which does no harm.
func isKind(reason string) bool {
	for _, p := range patterns {
		if p.kind == reason {
			return true
		}
	}
	return false
}

// hints are parts of which a text with a secret has at least one, folded: most
// texts of a log have none and cost one look each.
var hints = []string{"@", "key", "akia", "asia", "aiza", "eyj", "gh", "glpat", "xox", "sk-", "hf_", "dckr", "bearer", "basic", "pass", "kennwort", "pwd",
	"secret", "token", "credential", "/home/", "users"}

// secret is a part of a text, text[from:to].
type secret struct {
	kind, value string
	from, to    int
}

// secretsIn finds the secrets in a text, in order, none over another.
func secretsIn(text string) []secret {
	folded := fold(text)
	if !slices.ContainsFunc(hints, func(h string) bool { return strings.Contains(folded, h) }) {
		return nil
	}
	var found []secret
	for _, p := range patterns {
		for _, m := range p.find.FindAllStringSubmatchIndex(text, -1) {
			from, to := m[0], m[1]
			if len(m) > 2 && m[2] >= 0 {
				from, to = m[2], m[3]
			}
			s := secret{p.kind, text[from:to], from, to}
			over := func(other secret) bool { return s.from < other.to && other.from < s.to }
			if from < to && !strings.HasPrefix(s.value, "[") && !slices.ContainsFunc(found, over) {
				found = append(found, s)
			}
		}
	}
	slices.SortFunc(found, func(a, b secret) int { return cmp.Compare(a.from, b.from) })
	return found
}
