package store

import (
	"reflect"
	"testing"
	"time"

	"andon/analysis/incident"
)

func TestIncidents(t *testing.T) {
	f := create(t)
	first := incident.New("gloves", start)
	first.People, first.Signals, first.Cause, first.Where = []string{"ines", "tom"}, []string{"hue"}, "floor", "line=L2"
	first, err := f.SaveIncident(t.Context(), first, nil)
	if err != nil || first.ID != 1 {
		t.Fatalf("kept %+v, %v", first, err)
	}
	second, err := f.SaveIncident(t.Context(), incident.New("lens", start.Add(time.Hour)), nil)
	if err != nil || second.ID != 2 {
		t.Fatalf("kept %+v, %v", second, err)
	}
	closed, err := second.To(incident.Closed, start.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	moves := incident.Moves(second, closed)
	for i := range moves {
		moves[i].Time, moves[i].Author, moves[i].Reason = start.Add(2*time.Hour), "ines", "wiped"
	}
	saved, err := f.SaveIncident(t.Context(), closed, moves)
	if err != nil || saved.Status != incident.Closed || len(saved.Moves) != len(moves) || saved.Moves[0].Reason != "wiped" {
		t.Fatalf("closed %+v, %v", saved, err)
	}
	all, err := f.Incidents(t.Context())
	if err != nil || len(all) != 2 || !reflect.DeepEqual(all[1], saved) || !reflect.DeepEqual(all[0], first) {
		t.Fatalf("read %+v, %v", all, err)
	}
	head, err := f.Incident(t.Context())
	if err != nil || head.Title != "gloves" || head.Status != "open" {
		t.Errorf("the head is %+v, %v: want the one that is still open", head, err)
	}
	for _, change := range []string{"UPDATE incident_move SET reason = 'other'", "DELETE FROM incident_move"} {
		if _, err := f.writer.Exec(change); err == nil {
			t.Errorf("%s was taken", change)
		}
	}
}
