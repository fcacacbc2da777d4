package store

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// damages are the ways a disk, a cable or a hand ruins a file; each changes
// content in place or returns a shorter one.
var damages = map[string]func(r *rand.Rand, content []byte) []byte{
	"bit": func(r *rand.Rand, c []byte) []byte { c[r.IntN(len(c))] ^= 1 << r.IntN(8); return c },
	"byte": func(r *rand.Rand, c []byte) []byte {
		c[r.IntN(len(c))] = byte(r.Uint32())
		return c
	},
	"header":      func(r *rand.Rand, c []byte) []byte { c[16+r.IntN(84)] ^= byte(1 + r.IntN(255)); return c },
	"zeroed page": func(r *rand.Rand, c []byte) []byte { clear(page(r, c)); return c },
	"random page": func(r *rand.Rand, c []byte) []byte {
		for p, i := page(r, c), 0; i < len(p); i++ {
			p[i] = byte(r.Uint32())
		}
		return c
	},
	"swapped pages": func(r *rand.Rand, c []byte) []byte {
		a, b := page(r, c), page(r, c)
		kept := bytes.Clone(a)
		copy(a, b)
		copy(b, kept)
		return c
	},
	"doubled page": func(r *rand.Rand, c []byte) []byte { copy(page(r, c), page(r, c)); return c },
	"block": func(r *rand.Rand, c []byte) []byte {
		at := r.IntN(len(c) / 512)
		clear(c[at*512 : at*512+512])
		return c
	},
	"truncation": func(r *rand.Rand, c []byte) []byte { return c[:r.IntN(len(c))] },
}

func page(r *rand.Rand, c []byte) []byte {
	n := r.IntN(len(c) / pageSize)
	return c[n*pageSize : (n+1)*pageSize]
}

// TestOpenCorrupt damages a file in every way: it is either refused, or all it
// shows is what was stored. The file itself stays as it is.
func TestOpenCorrupt(t *testing.T) {
	each := 12
	if os.Getenv("ANDON_HEAVY") != "" {
		each = 150 // 1,350 files
	}
	content, err := os.ReadFile(whole(t, 400))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.andon")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	want, err := everything(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			refused := 0
			for i := range each {
				r := rand.New(rand.NewPCG(uint64(i), 7))
				damaged := damage(r, bytes.Clone(content))
				if err := os.WriteFile(path, damaged, 0o600); err != nil {
					t.Fatal(err)
				}
				got, err := everything(t.Context(), path)
				if err != nil {
					refused++
				} else if got != want {
					t.Errorf("case %d shows what was never stored", i)
				}
				if after, _ := os.ReadFile(path); !bytes.Equal(after, damaged) {
					t.Fatalf("case %d was changed by looking at it", i)
				}
			}
			t.Logf("%d of %d refused, the others unharmed", refused, each)
		})
	}
}

// everything is all that a file shows, as text.
func everything(ctx context.Context, path string) (string, error) {
	f, err := OpenForeign(ctx, path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	rows, err := f.Rows(ctx, 1, maxExamples)
	if err != nil {
		return "", err
	}
	notes, err := f.Notes(ctx)
	if err != nil {
		return "", err
	}
	events, err := f.Events(ctx)
	if err != nil {
		return "", err
	}
	metrics, err := f.Metrics(ctx)
	if err != nil {
		return "", err
	}
	incident, err := f.Incident(ctx)
	if err != nil {
		return "", err
	}
	sources, err := f.Sources(ctx)
	if err != nil {
		return "", err
	}
	fields, err := f.Fields(ctx)
	if err != nil {
		return "", err
	}
	columns := ""
	for _, field := range fields {
		values, err := f.Columns(ctx, field.Name)
		if err != nil {
			return "", err
		}
		columns += fmt.Sprint(values)
	}
	return fmt.Sprintf("%v\n%v\n%v\n%v\n%v\n%v\n%v", rows, notes, events, metrics, incident, sources, columns), nil
}
