package store

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"andon/analysis"
)

// matcher finds the frame of an inference. The first rule that fits decides,
// and among several frames the one loaded first:
//
//  1. the inference's frame is the frame's path
//  2. one of both ends with the other, at a "/": shots/7.png and /mnt/shots/7.png
//  3. the frame came with the inference's id
//  4. the frame's file is named after the id: 4711.png
//
// Frames that no rule joins may still meet a row in time, see moments. A frame may belong to several inferences, as where a detector finds several
// parts in one picture.
type matcher struct {
	byBase map[string][]candidate // by the last segment of the path
	byID   map[string]int64
	byStem map[string]int64
}

type candidate struct {
	path  string
	frame int64
}

// newMatcher reads the paths of the frames that can still meet a row: all where
// there are new rows, else the new ones.
func newMatcher(ctx context.Context, q querier, k *known, j *joiner) (*matcher, error) {
	above := int64(0)
	if j.all.row == j.done.row {
		above = j.done.frame
	}
	rows, err := q.QueryContext(ctx, "SELECT rowid, ifnull(path, ''), ifnull(id, '') FROM frame WHERE rowid > ? ORDER BY rowid", above)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := &matcher{byBase: map[string][]candidate{}, byID: map[string]int64{}, byStem: map[string]int64{}}
	for rows.Next() {
		var frame int64
		var name, id string
		if err := rows.Scan(&frame, &name, &id); err != nil {
			return nil, err
		}
		m.add(frame, slashed(name), id)
	}
	return m, rows.Err()
}

func (m *matcher) add(frame int64, name, id string) {
	base := path.Base(name)
	stem := strings.TrimSuffix(base, path.Ext(base))
	if name != "" {
		m.byBase[base] = append(m.byBase[base], candidate{name, frame})
		if _, ok := m.byStem[stem]; !ok {
			m.byStem[stem] = frame
		}
	}
	if _, ok := m.byID[id]; !ok && id != "" {
		m.byID[id] = frame
	}
}

// slashed is a path with Windows' separators made ours.
func slashed(p string) string { return strings.ReplaceAll(p, `\`, "/") }

// match is the frame of an inference with this frame text and id, "" for none;
// only frames above the given ID count. 0 is none.
func (m *matcher) match(frame, id string, above int64) int64 {
	if frame != "" {
		if found := m.byPath(slashed(frame), above); found != 0 {
			return found
		}
	}
	if id == "" {
		return 0
	}
	for _, found := range []int64{m.byID[id], m.byStem[id]} {
		if found > above {
			return found
		}
	}
	return 0
}

func (m *matcher) byPath(name string, above int64) int64 {
	var found int64
	for _, c := range m.byBase[path.Base(name)] {
		switch {
		case c.frame <= above:
		case c.path == name:
			return c.frame
		case found == 0 && (endsWith(c.path, name) || endsWith(name, c.path)):
			found = c.frame
		}
	}
	return found
}

// endsWith reports whether long is something, a "/" and then short.
func endsWith(long, short string) bool {
	return strings.HasSuffix(long, "/"+strings.TrimPrefix(short, "/"))
}

// joinFrames brings the features of frames to rows first to last and returns
// the columns that changed.
func (j *joiner) joinFrames(ctx context.Context, t *transaction, k *known, first, last int64) ([]*column, error) {
	if j.matcher == nil {
		return nil, nil
	}
	pairs, err := j.pairFrames(ctx, t, k, first, last)
	if err != nil {
		return nil, err
	}
	return j.bring(ctx, t, k, pairs)
}

// bring gives rows the features of their frames and returns the columns that
// changed.
func (j *joiner) bring(ctx context.Context, t *transaction, k *known, pairs [][2]int64) ([]*column, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(pairs)
	if err != nil {
		return nil, err
	}
	const matched = `(SELECT value ->> 0 AS "row", value ->> 1 AS frame FROM json_each(?1)) AS matched`
	_, err = t.ExecContext(ctx, `UPDATE frame SET "row" = matched."row"
		FROM (SELECT frame, min("row") AS "row" FROM `+matched+` GROUP BY frame) AS matched
		WHERE frame.rowid = matched.frame AND frame."row" IS NULL`, string(list))
	if err != nil || len(j.frames) == 0 {
		return nil, err
	}
	_, err = t.ExecContext(ctx, fmt.Sprintf(`UPDATE inference SET %s FROM %s JOIN frame ON frame.rowid = matched.frame
		WHERE inference.rowid = matched."row"`, assign(k, analysis.FrameKind, "frame", j.frames), matched), string(list))
	changed := make([]*column, len(j.frames))
	for i, p := range j.frames {
		changed[i] = k.inference().find(p.to)
	}
	return changed, err
}

// pairFrames is every row of first to last with the frame it meets now.
func (j *joiner) pairFrames(ctx context.Context, q querier, k *known, first, last int64) ([][2]int64, error) {
	var pairs [][2]int64
	if err := k.saveTails(ctx, q); err != nil {
		return nil, err
	}
	frames, err := k.texts(ctx, q, analysis.RoleFrame, first, last)
	if err != nil {
		return nil, err
	}
	ids, err := k.texts(ctx, q, analysis.RoleID, first, last)
	if err != nil {
		return nil, err
	}
	for row := first; row <= last; row++ {
		i := int(row - first)
		if frame := j.matcher.match(frames(i), ids(i), j.newest(row, j.done.frame)); frame != 0 {
			pairs = append(pairs, [2]int64{row, frame})
		}
	}
	return pairs, nil
}

// texts reads a text column by its role over rows first to last; without such
// a column every text is "".
func (k *known) texts(ctx context.Context, q querier, role analysis.Role, first, last int64) (func(i int) string, error) {
	return k.textsOf(ctx, q, k.inference().role(role), first, last)
}

// textsOf is texts of a column, which may be nil.
func (k *known) textsOf(ctx context.Context, q querier, col *column, first, last int64) (func(i int) string, error) {
	if col == nil || col.Type != analysis.Text {
		return func(int) string { return "" }, nil
	}
	values := analysis.Column{Field: col.Field}
	local, err := appendSegments(ctx, q, col, &values, first, last)
	if err == nil && !local {
		values.Dict = col.dict.values
	}
	return func(i int) string { return values.String(i) }, err
}
