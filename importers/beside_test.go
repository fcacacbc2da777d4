package importers

import (
	"strconv"
	"strings"
	"testing"

	"andon/analysis"
)

// A result is the model's beside a confidence and a person's beside a reviewer;
// a part's number is an id where it is another in each row. The row is there 60
// times with {n} from 10 on.
func TestWhatStandsBeside(t *testing.T) {
	for _, test := range []struct {
		name, header, row string
		kind              analysis.Kind
		columns           string
	}{
		{"a sheet of a model's answers", "Datum;Uhrzeit;Teil_ID;Prüfergebnis;Konfidenz", "07.03.2026;06:28:05;T10{n};NIO;85,3 %",
			analysis.InferenceKind, "time=time id=id prediction=prediction confidence=confidence Uhrzeit=dimension Datum=text"},
		{"a sheet of an inspector's", "Teil_ID;Ergebnis;Prüfer;Prüfzeit", "T10{n};IO;Müller;08.03.2026 10:05",
			analysis.LabelKind, "id=id label=label label_time=label_time:time reviewer=reviewer"},
		{"the same in English", "Time,Part No,Result,Score", "2026-03-07 06:28:00,P-10{n},PASS,91%",
			analysis.InferenceKind, "time=time id=id prediction=prediction confidence=confidence"},
		{"an id that is called one", "time,id,part_id,prediction", "2026-03-07,i{n},T10{n},ok",
			analysis.InferenceKind, "time=time id=id prediction=prediction part_id=text"},
		{"a counter", "time,serial,prediction", "2026-03-07,{n},ok",
			analysis.InferenceKind, "time=time prediction=prediction serial=feature:number"},
		{"a lot's number", "time,serial,prediction", "2026-03-07,LOT7,ok",
			analysis.InferenceKind, "time=time prediction=prediction serial=dimension"},
		{"a result beside nothing that tells", "time,result,temp", "2026-03-07,ok,7.{n}",
			analysis.MetricKind, "time=time name=name value=value:number result=dimension"},
		{"an object called out", `{"timestamp":"2026-03-07T06:28:00Z","id":9,"out":{"class":"a"}}`, `{"timestamp":"2026-03-07T06:28:00Z","id":{n},"out":{"class":"b"}}`,
			analysis.InferenceKind, "time=time id=id prediction=prediction"},
		{"changes of a shift's book", "Zeit;Art;Titel;Linie", "08.03.2026 06:38;Wartung;Objektiv {n} gereinigt;L2",
			analysis.EventKind, "time=time end=end:time kind=kind title=title detail=detail scope=scope"},
		{"seconds with a decimal comma", "t;prediction", "17728648{n},25;ok",
			analysis.InferenceKind, "time=time prediction=prediction"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString(test.header + "\n")
			for n := 10; n < 70; n++ {
				text.WriteString(strings.ReplaceAll(test.row, "{n}", strconv.Itoa(n)) + "\n")
			}
			r, got := loadSheet(t, "a.log", text.String())
			if got, want := columnsOf(r.Fields), typed(test.columns); r.Kind != test.kind || got != want {
				t.Errorf("%s with\n%s, want %s with\n%s", r.Kind, got, test.kind, want)
			}
			if len(got.rows) < 60 || len(got.rejects) > 0 || got.err != nil {
				t.Errorf("%d rows, rejects %.80q, error %v", len(got.rows), got.reasons(), got.err)
			}
		})
	}
}

// A confidence of nothing is said.
func TestConfidenceOfNothing(t *testing.T) {
	r, _ := loadSheet(t, "a.csv", "time,score,line\n2026-03-07,0.5,L1\n2026-03-08,0.6,L1\n")
	if said := strings.Join(r.Warnings, "\n"); !strings.Contains(said, "--role prediction=COLUMN") {
		t.Errorf("warnings are %s", said)
	}
}
