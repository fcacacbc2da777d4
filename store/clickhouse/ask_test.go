package clickhouse

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"
)

// wavering is a memory that gives another answer each time, as a cluster's sums
// differ in the last digits, and none before enough have asked.
type wavering struct {
	mu      sync.Mutex
	recalls int
	release chan struct{}
}

func (w *wavering) Recall(ctx context.Context, query string) ([]byte, bool, error) {
	select {
	case <-w.release:
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.recalls++
	packed, err := Answer{Query: query, Columns: []vector{{Texts: []string{strconv.Itoa(w.recalls)}}}}.pack()
	return packed, true, err
}

func (w *wavering) Remember(context.Context, string, []byte, int64, time.Duration, time.Time) error {
	return nil
}

// Who asks the same at the same time gets the same answer, also when the one who
// asked first gives up.
func TestAskTogether(t *testing.T) {
	memory := &wavering{release: make(chan struct{})}
	fleet := &Fleet{Memory: memory}
	first, giveUp := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := fleet.ask(first, "SELECT 1", 0); !errors.Is(err, context.Canceled) {
			t.Errorf("the one who gave up got %v", err)
		}
	})
	time.Sleep(10 * time.Millisecond) // first in line, or the test shows less, not something else
	texts := make([]string, 8)
	for i := range texts {
		wait.Go(func() {
			a, err := fleet.ask(t.Context(), "SELECT 1", 0)
			if err != nil {
				t.Error(err)
				return
			}
			texts[i] = a.text(0, 0)
		})
	}
	time.Sleep(10 * time.Millisecond)
	giveUp()
	time.Sleep(10 * time.Millisecond)
	close(memory.release)
	wait.Wait()
	for _, text := range texts {
		if text != texts[0] {
			t.Fatalf("answers differ: %v", texts)
		}
	}
}
