package store

import (
	"testing"

	"andon/analysis"
)

var labelHead = []string{"id:id", "label:label", "reviewer:reviewer", "time:time"}

func inferences() *analysis.Batch {
	return batch(analysis.InferenceKind, []string{"time:time", "id:id", "line", "prediction:prediction", "label:label", "status:status"},
		[]string{stamp(0), "a", "L1", "ok", "", "ok"},
		[]string{stamp(1), "b", "L1", "ok", "nok", "ok"},
		[]string{stamp(2), "c", "L1", "2.0", "", "ok"},
		[]string{stamp(3), "d", "L2", "", "", "error"},
		[]string{stamp(4), "e", "L2", "ok", "", "ok"},
		[]string{stamp(5), "a", "L2", "nok", "", "ok"},
	)
}

func feedback() *analysis.Batch {
	return batch(analysis.LabelKind, labelHead,
		[]string{"a", "ok", "r1", stamp(100)},
		[]string{"a", "nok", "r2", stamp(101)}, // differs from the first
		[]string{"b", "ok", "r1", stamp(102)},  // differs from the log's own
		[]string{"c", "2", "r1", stamp(103)},
		[]string{"d", "ok", "r1", stamp(104)},
		[]string{"c", "2.0", "r2", stamp(105)}, // the same class
		[]string{"z", "ok", "r1", stamp(106)},  // no such inference
	)
}

const joinedRows = `SELECT id, ifnull(label, '-'), ifnull(reviewer, '-'), ifnull(correct, '-') FROM inference`

const wantRows = "a|ok|r1|1\nb|nok|-|0\nc|2|r1|1\nd|ok|r1|0\ne|-|-|-\na|ok|r1|0"

func TestJoinLabels(t *testing.T) {
	log := analysis.Source{Path: "log", Kind: analysis.InferenceKind}
	late := analysis.Source{Path: "feedback", Kind: analysis.LabelKind}
	orders := map[string]func(*File){
		"labels after": func(f *File) {
			load(t, f, log, inferences())
			join(t, f)
			load(t, f, late, feedback())
		},
		"labels before": func(f *File) {
			load(t, f, late, feedback())
			join(t, f)
			load(t, f, log, inferences())
		},
		"together": func(f *File) {
			load(t, f, log, inferences())
			load(t, f, late, feedback())
		},
	}
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			order(f)
			want := Joined{Labels: 6, Unjoined: 1, Conflicts: 2}
			for range 2 { // doing it again changes nothing
				if got := join(t, f); got != want {
					t.Errorf("joined %+v, want %+v", got, want)
				}
				if got := ask(t, f, joinedRows); got != wantRows {
					t.Errorf("rows\n%s\nwant\n%s", got, wantRows)
				}
				sound(t, f)
				f = reopen(t, f)
			}
		})
	}
}

func join(t testing.TB, f *File) Joined {
	t.Helper()
	j, err := f.Join(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestJoinFrames(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log", Kind: analysis.InferenceKind},
		batch(analysis.InferenceKind, []string{"time:time", "id:id", "frame:frame"},
			[]string{stamp(0), "1", "shots/a.png"},       // its end
			[]string{stamp(1), "2", "/data/shots/b.png"}, // begins before
			[]string{stamp(2), "3", "c.png"},             // exact
			[]string{stamp(3), "4", "other/ashots/a.png"},
			[]string{stamp(4), "stem", ""},
			[]string{stamp(5), "byid", ""},
			[]string{stamp(6), "7", "c.png"}, // the same frame again
		))
	load(t, f, analysis.Source{Path: "frames", Kind: analysis.FrameKind},
		batch(analysis.FrameKind, []string{"path:path", "id:id", "thumb:thumb", "frame.luma:feature", "width:width:number"},
			[]string{"/mnt/shots/a.png", "", "png", "10", "160"},
			[]string{"shots/b.png", "", "png", "20.5", "160"},
			[]string{"c.png", "", "png", "30", "160"},
			[]string{"x/stem.jpg", "", "png", "40", "160"},
			[]string{"lost.jpg", "", "png", "50", "160"},
			[]string{"q.jpg", "byid", "png", "60", "160"},
		))
	want := Joined{Frames: 5, FramesUnjoined: 1}
	for range 2 {
		if got := join(t, f); got != want {
			t.Errorf("joined %+v, want %+v", got, want)
		}
		if got := ask(t, f, `SELECT group_concat(ifnull("frame.luma", '-')) FROM inference`); got != "10,20.5,30,-,40,60,30" {
			t.Errorf("luma is %s", got)
		}
		sound(t, f)
		f = reopen(t, f)
	}
	frames, err := f.Frames(t.Context())
	if err != nil || len(frames) != 6 || frames[2].Row != 3 || frames[4].Row != 0 {
		t.Fatalf("frames %+v, %v", frames, err)
	}
	frame, err := f.Frame(t.Context(), 6)
	if err != nil || string(frame.Thumb) != "png" || frame.Row != 6 || frame.Width != 160 {
		t.Errorf("frame %+v, %v", frame, err)
	}
}
