package importers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"andon/analysis"
)

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"modelVersion": "model_version", "MODEL_VERSION": "model_version", "Model-Version": "model_version", "model.version": "model_version",
		"@timestamp": "timestamp", "IDNumber": "id_number", "y_pred_proba": "y_pred_proba", " Loss% ": "loss", "CO(GT)": "co_gt",
		"latencyMs": "latency_ms", "": "", "größe": "größe",
	} {
		if got := fold(name); got != want {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
}

// recognise looks at a source given as text.
func recognise(t *testing.T, name, text string, o Options) (Recognition, error) {
	t.Helper()
	s := Source{Path: name, Size: int64(len(text)), name: name, fsys: fstest.MapFS{name: {Data: []byte(text)}}}
	return s.Recognise(context.Background(), o)
}

// objects writes n JSON lines; every %d in line is the row's number.
func objects(n int, line string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%d", fmt.Sprint(i)) + "\n")
	}
	return b.String()
}

// Each row is one line of a log as some tool writes it, and the columns it must
// become: name=role or name=role:type, in the order of the batch.
func TestRolesAndNames(t *testing.T) {
	for _, test := range []struct {
		name, line string
		kind       analysis.Kind
		columns    string
	}{
		{"flat log", `{"timestamp":"2026-03-07T06:28:0%dZ","request_id":"r%d","model":"hand","model_version":"1.2","prediction":"ok","confidence":0.9%d,"latency_ms":1%d,"status":"ok","line":"L2"}`,
			analysis.InferenceKind, "time=time id=id prediction=prediction confidence=confidence model=model model_version=model_version status=status latency_ms=latency_ms line=dimension"},
		{"nested log", `{"ts":1772864880,"request":{"id":"r%d","tags":{"line":"L%d","camera_id":%d}},"model":{"name":"hand","version":3},"output":{"class":"ok","score":0.5%d}}`,
			analysis.InferenceKind, "time=time id=id prediction=prediction confidence=confidence model=model model_version=model_version line=dimension camera_id=dimension"},
		{"the same leaf twice", `{"time":"2026-03-07","prediction":"ok","place":{"name":"a"},"sensor":{"name":"b%d"}}`,
			analysis.InferenceKind, "time=time prediction=prediction place_name=dimension sensor_name=dimension"},
		{"votes", `{"time":"2026-03-07","prediction":"ok","vote_a":"ok","votes":{"b":"nok"},"members":{"c":{"prediction":"ok","confidence":0.5}}}`,
			analysis.InferenceKind, "time=time prediction=prediction confidence=confidence vote_a=vote vote_b=vote vote_c=vote"},
		{"NannyML", `{"timestamp":"2026-03-07","y_pred":1,"y_pred_proba":0.9%d,"y_true":0}`,
			analysis.InferenceKind, "time=time prediction=prediction confidence=confidence label=label"},
		{"regression", `{"time":"2026-03-07","prediction":12.%d5,"target":13.5,"temp":20}`,
			analysis.InferenceKind, "time=time prediction=prediction:number label=label:number temp=feature:number"},
		{"classes that are numbers", `{"time":"2026-03-07","prediction":3,"label":3.0}`,
			analysis.InferenceKind, "time=time prediction=prediction label=label"},
		{"right or wrong", `{"time":"2026-03-07","prediction":"ok","is_correct":true}`,
			analysis.InferenceKind, "time=time prediction=prediction correct=correct:number"},
		{"seconds of latency", `{"time":"2026-03-07","prediction":"ok","duration_s":0.5}`,
			analysis.InferenceKind, "time=time prediction=prediction latency_ms=latency_ms:number"},
		{"a label still to come", `{"time":"2026-03-07","prediction":"ok","label":null,"line":null}`,
			analysis.InferenceKind, "time=time prediction=prediction label=label"},
		{"members of an organisation do not vote", `{"time":"2026-03-07","prediction":"ok","org":{"members_url":"u%d"}}`,
			analysis.InferenceKind, "time=time prediction=prediction members_url=text"},
		{"two ways to write one vote", `{"time":"2026-03-07","prediction":"ok","vote_a":"ok","votes":{"a":"nok"}}`,
			analysis.InferenceKind, "time=time prediction=prediction vote_a=vote vote_a_2=vote"},
		{"a picture", `{"time":"2026-03-07","prediction":"ok","image_path":"frames/%d.png"}`,
			analysis.InferenceKind, "time=time prediction=prediction frame=frame"},
		{"a frame number is no picture", `{"time":"2026-03-07","prediction":"ok","frame":%d}`,
			analysis.InferenceKind, "time=time prediction=prediction frame_2=feature:number"},
		{"the id of a place is no id", `{"time":"2026-03-07","prediction":"ok","place":{"id":%d}}`,
			analysis.InferenceKind, "time=time prediction=prediction place_id=dimension"},
		{"words that only look like numbers", `{"time":"2026-03-07","prediction":"ok","sku":"00%d","gap":"0.5"}`,
			analysis.InferenceKind, "time=time prediction=prediction sku=dimension gap=dimension"},
		{"feedback", `{"id":"i%d","label":"nok","label_time":"2026-03-08T06:28:00Z","reviewer":"anna","note":"x%d"}`,
			analysis.LabelKind, "id=id label=label label_time=label_time:time reviewer=reviewer note=text"},
		{"feedback whose time is called time", `{"id":"i%d","ground_truth":"nok","timestamp":"2026-03-08T06:28:00Z"}`,
			analysis.LabelKind, "id=id label=label label_time=label_time:time"},
		{"event with a scope", `{"time":"2026-03-07T06:28:00Z","kind":"material","title":"new gloves %d","scope":{"line":"L2"}}`,
			analysis.EventKind, "time=time:time end=end:time kind=kind title=title detail=detail scope=scope"},
		{"metric, long", `{"time":"2026-03-07T06:28:00Z","name":"gpu","value":0.%d,"host":"edge-1"}`,
			analysis.MetricKind, "time=time name=name value=value:number host=dimension"},
		{"metric, wide", `{"time":"2026-03-07T06:28:00Z","gpu":0.%d,"queue":%d,"host":"edge-1"}`,
			analysis.MetricKind, "time=time:time name=name value=value:number host=dimension"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := recognise(t, "log.jsonl", objects(10, test.line), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Kind != test.kind {
				t.Errorf("kind %s, want %s", r.Kind, test.kind)
			}
			if got, want := columnsOf(r.Fields), typed(test.columns); got != want {
				t.Errorf("columns are\n%s, want\n%s", got, want)
			}
		})
	}
}

func columnsOf(fields []analysis.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, fmt.Sprintf("%s=%s:%s", f.Name, f.Role, f.Type))
	}
	return strings.Join(list, " ")
}

// typed adds the type that a role has unless a column says otherwise.
func typed(columns string) string {
	list := strings.Fields(columns)
	for i, c := range list {
		if strings.Contains(c, ":") {
			continue
		}
		_, role, _ := strings.Cut(c, "=")
		switch analysis.Role(role) {
		case analysis.RoleTime:
			list[i] += ":time"
		case analysis.RoleConfidence, analysis.RoleLatency:
			list[i] += ":number"
		default:
			list[i] += ":text"
		}
	}
	return strings.Join(list, " ")
}

// A log that is written in German, and its truth under a name that no list
// knows: that is asked, once, and not where the truth is known.
func TestGermanNames(t *testing.T) {
	text := "Zeitstempel;Linie;Schicht;Vorhersage;Konfidenz;Ergebnis;Bild-Nr\n"
	for i := range 40 {
		text += fmt.Sprintf("07.03.2026 06:28:%02d;%d;Früh;%s;0,%d;%s;%d\n", i, i%3, []string{"gut", "Riss"}[i%2], 80+i%20, []string{"gut", "Riss", "Kratzer"}[i%3], i)
	}
	r, err := recognise(t, "export.csv", text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "time=time:time prediction=prediction:text confidence=confidence:number Linie=dimension:text Schicht=dimension:text Ergebnis=dimension:text Bild-Nr=feature:number"
	if got := columnsOf(r.Fields); got != want {
		t.Errorf("columns are\n%s, want\n%s", got, want)
	}
	const hint = "Ergebnis: holds the same values as the prediction"
	if said := strings.Join(r.Warnings, "\n"); strings.Count(said, "the same values as") != 1 || !strings.Contains(said, hint) {
		t.Errorf("warnings are %q, want one %q", said, hint)
	}
	r, err = recognise(t, "export.csv", text, Options{Roles: map[string]analysis.Role{"Ergebnis": analysis.RoleLabel}})
	if said := strings.Join(r.Warnings, "\n"); err != nil || strings.Contains(said, hint) {
		t.Errorf("with a truth the warnings are %q, %v", said, err)
	}
	r, err = recognise(t, "export.csv", strings.Replace(text, "Vorhersage;Konfidenz", "Befund;Guete", 1), Options{})
	const pair = "Befund and Ergebnis hold the same values; if they are a model's answers and the truth, load with --role prediction=Befund --role label=Ergebnis"
	if said := strings.Join(r.Warnings, "\n"); err != nil || r.Kind != analysis.MetricKind || !strings.Contains(said, pair) {
		t.Errorf("no names that say it: %s, %q, %v", r.Kind, said, err)
	}
}

// A person's word stands against any name, in the spelling of the source or
// folded.
func TestRolesSaid(t *testing.T) {
	line := `{"when":"2026-03-07T06:28:0%dZ","also":"2026-03-07T06:28:00Z","pred":"a","Machine.Verdict":"ok"}`
	r, err := recognise(t, "log.jsonl", objects(10, line), Options{Roles: map[string]analysis.Role{
		"when": "time", "machine_verdict": "prediction", "pred": "text"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := columnsOf(r.Fields); got != "time=time:time prediction=prediction:text also=text:text pred=text:text" {
		t.Error(got)
	}
}

// What cannot be used is refused with a sentence that says what to do.
func TestRecogniseRefuses(t *testing.T) {
	parquet := "PAR1" + strings.Repeat("\x00", 100)
	for _, test := range []struct {
		name, file, text string
		roles            map[string]analysis.Role
		unrecognised     bool
		says             string
	}{
		{"empty", "a.csv", "", nil, true, "a.csv: not recognised: the file is empty"},
		{"blank", "a.csv", "\n\n", nil, true, "the file is empty"},
		{"prose", "README.md", "# Title\n\nSome text, and more.\nAnother line\n", nil, true, "no header and rows of one length"},
		{"binary", "a.bin", "\x01\x00\x02\x00", nil, true, "zero bytes"},
		{"damaged Parquet", "a.parquet", parquet, nil, false, "cut off or damaged: parquet"},
		{"broken JSON", "a.json", "{a:1}", nil, true, "it begins like JSON, but expected a key in quotes"},
		{"no time", "a.jsonl", objects(5, `{"prediction":"ok","line":"L2"}`), nil, false,
			"a.jsonl: no time column found among prediction, line; name the one that says when: --role time=COLUMN"},
		{"only times", "a.jsonl", objects(5, `{"time":"2026-03-07","line":"L2"}`), nil, true, "times but no prediction, label, number or event title among time, line"},
		{"a role for no column", "a.jsonl", objects(5, `{"time":"2026-03-07","prediction":"ok"}`), map[string]analysis.Role{"x": "label"}, false,
			`no column "x" for role label; columns are time, prediction`},
		{"no role", "a.jsonl", objects(5, `{"time":"2026-03-07","prediction":"ok"}`), map[string]analysis.Role{"time": "hour"}, false, `"hour" is no role; roles are confidence,`},
		{"a time that is none", "a.jsonl", objects(5, `{"time":"2026-03-07","prediction":"ok"}`), map[string]analysis.Role{"prediction": "time"}, false,
			`column "prediction" cannot be the time: no layout reads its values, such as "ok"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := recognise(t, test.file, test.text, Options{Roles: test.roles})
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("error %v, want %q", err, test.says)
			}
			if errors.Is(err, ErrUnrecognised) != test.unrecognised {
				t.Errorf("unrecognised is %v of %v", !test.unrecognised, err)
			}
		})
	}
}

// Values are bent to one meaning, and that is said.
func TestValuesBent(t *testing.T) {
	for _, test := range []struct {
		name, line, column, first, warning string
	}{
		{"percent", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","confidence":9%d}`, "confidence", "0.9", "read as percent"},
		{"placeholder", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","confidence":0.0}`, "confidence", "", "0 is read as missing"},
		{"seconds", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","latency_s":0.25}`, "latency_ms", "250", ""},
		{"no unit", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","latency":25}`, "latency_ms", "25", "no unit"},
		{"no zone", `{"time":"2026-03-07 06:28:00","prediction":"ok"}`, "time", "2026-03-07T06:28:00Z", "no zone; taken as UTC"},
		{"canonical classes", `{"time":"2026-03-07T06:28:00Z","prediction":"3.0"}`, "prediction", "3", ""},
		{"a class called None", `{"time":"2026-03-07T06:28:00Z","prediction":"None"}`, "prediction", "None", ""},
		{"right in words", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","pass":"OK"}`, "correct", "1", ""},
		{"ids keep their digits", `{"time":"2026-03-07T06:28:00Z","prediction":"ok","id":1464274363429374316%d}`, "id", "14642743634293743160", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := loadText(t, "log.jsonl", objects(8, test.line))
			if v := got.rows[0][test.column]; v != test.first {
				t.Errorf("%s is %q, want %q", test.column, v, test.first)
			}
			all := strings.Join(r.Warnings, "\n")
			if test.warning == "" && all != "" || !strings.Contains(all, test.warning) {
				t.Errorf("warnings are %q, want %q", all, test.warning)
			}
		})
	}
}

// Events say what changed, when, and where.
func TestEvents(t *testing.T) {
	text := `{"time":"2026-03-07T06:28:00Z","end":null,"kind":"material","title":"new gloves","scope":{"vendor":"B","line":"L2"},"sha":"abc"}
{"time":"2026-03-07T07:28:00Z","end":"2026-03-07T08:00:00Z","kind":"Deployment","title":"v2","detail":"canary","scope":{}}
{"time":"2026-03-07T08:28:00Z","kind":"party","title":"cake","scope":"line=L1 shift=night"}
{"time":"2026-03-07T08:30:00Z","kind":"material","title":"more gloves"}
`
	_, got := loadText(t, "events.jsonl", text)
	want := []map[string]string{
		{"time": "2026-03-07T06:28:00Z", "kind": "material", "title": "new gloves", "detail": "sha=abc", "scope": `{"line":"L2","vendor":"B"}`},
		{"time": "2026-03-07T07:28:00Z", "end": "2026-03-07T08:00:00Z", "kind": "deploy", "title": "v2", "detail": "canary"},
		{"time": "2026-03-07T08:28:00Z", "kind": "other", "title": "cake", "detail": "kind=party", "scope": `{"line":"L1","shift":"night"}`},
		{"time": "2026-03-07T08:30:00Z", "kind": "material", "title": "more gloves"},
	}
	if fmt.Sprint(got.rows) != fmt.Sprint(want) {
		t.Errorf("events are\n%v, want\n%v", got.rows, want)
	}
	if len(got.warnings) != 1 || !strings.Contains(got.warnings[0], "party") {
		t.Errorf("warnings are %q", got.warnings)
	}
}

// Without a scope of its own, whatever else an event says is its scope.
func TestEventsScopeIsTheRest(t *testing.T) {
	text := "time,kind,title,line,camera,id\n2026-03-07 06:28,material,gloves,L2,,e1\n2026-03-07 07:28,sensor,lens,L1,C4,e2\n"
	_, got := loadText(t, "events.csv", text)
	if s := got.column("scope"); s != `{"line":"L2"} {"camera":"C4","line":"L1"}` {
		t.Errorf("scopes are %s", s)
	}
	if d := got.column("detail"); d != "id=e1 id=e2" {
		t.Errorf("details are %s", d)
	}
}

// A column with another value in every row labels no series.
func TestMetricLabelsAreFew(t *testing.T) {
	text := "time,temp,serial\n"
	for i := range 200 {
		text += fmt.Sprintf("2026-03-07 06:00:%02d,%d,s%d\n", i%60, i%7, i)
	}
	r, err := recognise(t, "plant.csv", text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := columnsOf(r.Fields); got != "time=time:time name=name:text value=value:number" {
		t.Error(got)
	}
	if all := strings.Join(r.Warnings, "\n"); !strings.Contains(all, "serial: nearly every row has another value") {
		t.Errorf("warnings are %q", all)
	}
}

// A wide table is one metric a numeric column, labelled by its text columns.
func TestWideMetrics(t *testing.T) {
	text := "time,temp,flow,host\n2026-03-07 06:00,71.5,3,a\n2026-03-07 06:05,,4,b\n2026-03-07 06:10,,,c\n"
	for i := range 10 {
		text += fmt.Sprintf("2026-03-07 06:1%d,,%d,a\n", i, i)
	}
	_, got := loadText(t, "plant.csv", text+"2026-03-07 06:20,72,Bad,a\n")
	if c := got.column("name") + " | " + got.column("value") + " | " + got.column("host"); c != "temp flow flow"+strings.Repeat(" flow", 10)+
		" temp | 71.5 3 4 0 1 2 3 4 5 6 7 8 9 72 | a a b"+strings.Repeat(" a", 11) {
		t.Error(c)
	}
	if got.reasons() != "4: no number in the row" {
		t.Errorf("rejects are %q", got.reasons())
	}
	if len(got.warnings) != 1 || got.warnings[0] != "flow: 1 values are not numbers and were left out" {
		t.Errorf("warnings are %q", got.warnings)
	}
}

// The columns of an earlier reading of the same source keep their names.
func TestKnownColumnsKeepTheirNames(t *testing.T) {
	known := []analysis.Field{{Name: "x", Path: "a.x", Role: analysis.RoleFeature, Type: analysis.Number}}
	r, err := recognise(t, "log.jsonl", objects(3, `{"time":"2026-03-07","prediction":"ok","b":{"x":%d}}`), Options{Known: known})
	if err != nil {
		t.Fatal(err)
	}
	if got := columnsOf(r.Fields); got != "time=time:time prediction=prediction:text b_x=feature:number" {
		t.Error(got)
	}
}

// A column that is named like the time and holds none is named in the refusal,
// with one of its values.
func TestTimesThatCannotBeRead(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"words", "time,prediction,line\n7. Maerz um 6,ok,L1\n7. Maerz um 7,ok,L1\n", `"time" is named like one, but its values, such as "7. Maerz um 6", cannot be read`},
		{"a clock at zero", "Zeitstempel;prediction\n1970-01-01T00:00:01Z;ok\n1970-01-01T00:00:02Z;ok\n", `"Zeitstempel" is named like one, but its values, such as "1970-01-01T00:00:01Z"`},
		{"none named so", "line,prediction\nL1,ok\nL2,ok\n", "no time column found among line, prediction; name the one"},
		{"nothing in it", "time,prediction,line\n,ok,L1\n,ok,L1\n", "no time column found among time"},
	} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		sources, _, err := Find([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sources[0].Recognise(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// An id that is the same in every row is no id, and that is said.
func TestOneIDForAllRows(t *testing.T) {
	text := "time,id,prediction\n"
	for i := range 20 {
		text += fmt.Sprintf("2026-03-07T06:28:%02dZ,station-4,ok\n", i)
	}
	said := Options{Roles: map[string]analysis.Role{"id": analysis.RoleID}}
	read := func(text string) (Recognition, loaded) {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return load(t, path, said)
	}
	r, got := read(text)
	if len(got.rows) != 20 || !strings.Contains(strings.Join(r.Warnings, " "), `all of the first 20 rows have the same id, "station-4"`) {
		t.Errorf("%d rows, warnings %q", len(got.rows), r.Warnings)
	}
	r, _ = read(strings.Replace(text, "station-4", "station-5", 1))
	if len(r.Warnings) != 0 {
		t.Errorf("warnings %q", r.Warnings)
	}
}
