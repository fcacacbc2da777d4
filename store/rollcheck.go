package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"andon/analysis"
	"andon/store/rollup"
	"andon/store/segment"
)

// checkRollups makes the rollups of every segment again and compares. What an
// older Andon did not roll up is no damage.
func checkRollups(ctx context.Context, q querier) (string, error) {
	k, err := readKnown(ctx, q, 0)
	if err != nil {
		return "", err
	}
	hours := 0
	for first := int64(1); first <= k.rows; first += segment.Rows {
		n, err := k.checkRollup(ctx, q, first)
		if err != nil {
			return "", err
		}
		hours += n
	}
	if err := rolledUp(ctx, q); errors.Is(err, ErrNotRolled) && k.rows > 0 {
		return "not of every row: an older Andon wrote some, or they are strewn too thinly (--rebuild makes what can be made)", nil
	}
	return fmt.Sprintf("%d hours, every sum as of its rows", hours), nil
}

// checkRollup compares the rollups of the segment at row first, and counts them.
func (k *known) checkRollup(ctx context.Context, q querier, first int64) (int, error) {
	var rows int64
	if err := q.QueryRowContext(ctx, "SELECT ifnull((SELECT rows FROM rolled WHERE first = ?), 0)", first).Scan(&rows); err != nil || rows == 0 {
		return 0, err
	}
	s, err := k.stretch(ctx, q, first)
	if err != nil {
		return 0, err
	}
	clock := k.inference().role(analysis.RoleTime)
	if clock == nil || rows != s.rows || int64(s.tails[clock.id].values.Len()) != s.rows {
		return 0, fmt.Errorf("%w: the rollup of the rows from %d is of %d rows", ErrDamaged, first, rows)
	}
	found, err := readHours(ctx, q, first)
	if err != nil {
		return 0, err
	}
	parts, err := k.parts(ctx, q, s)
	if err != nil {
		return 0, err
	}
	made := rollup.Roll(s.tails[clock.id].values.Times, k.right(s), parts)
	if len(made) != len(found) {
		return 0, fmt.Errorf("%w: the rows from %d are of %d hours and were rolled up as %d", ErrDamaged, first, len(made), len(found))
	}
	for i := range made {
		if err := sameHour(made[i], found[i]); err != nil {
			return 0, err
		}
	}
	return len(made), nil
}

func readHours(ctx context.Context, q querier, first int64) (hours []rollup.Hour, err error) {
	rows, err := q.QueryContext(ctx, "SELECT start, sum, counts, whole, minutes FROM rollup WHERE first = ? ORDER BY start", first)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		h, err := readHour(rows, true)
		if err != nil {
			return nil, damagedRollup(h, err)
		}
		hours = append(hours, h)
	}
	return hours, rows.Err()
}

// sameHour compares the sums of an hour. A text that has too many values by now
// had fewer when the hour was rolled up, so only what is in both is compared.
func sameHour(made, found rollup.Hour) error {
	if made.Start != found.Start || !bytes.Equal(made.Counts, found.Counts) || (made.Minutes == nil) != (found.Minutes == nil) {
		return damagedRollup(found, errors.New("its counts are not those of its rows"))
	}
	if err := sameSums(made, found, func(w *rollup.Window, h rollup.Hour) error { return w.Add(h.Whole) }); err != nil {
		return err
	}
	if made.Minutes == nil {
		return nil
	}
	for minute := range 60 {
		if err := sameSums(made, found, func(w *rollup.Window, h rollup.Hour) error { return w.AddMinutes(h.Minutes, minute, minute+1) }); err != nil {
			return err
		}
	}
	return nil
}

func sameSums(made, found rollup.Hour, read func(*rollup.Window, rollup.Hour) error) error {
	var want, got rollup.Window
	if err := errors.Join(read(&want, made), read(&got, found)); err != nil {
		return damagedRollup(found, err)
	}
	if !want.Same(&got) {
		return damagedRollup(found, errors.New("its sums are not those of its rows"))
	}
	return nil
}
