package importers

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// The halves of a call in two files are one row, wherever both were given; what
// waits in the other file is nobody's loss in this one.
func TestHalvesOfTwoFiles(t *testing.T) {
	azure := func(kind, data string) string {
		return fmt.Sprintf(`{"specversion":"1.0","id":"%[1]s","source":"/onlineEndpoints/ep/deployments/blue","type":"azureml.inference.model_%[1]s","time":"2026-03-07T06:28:05Z","data":[%s],"correlationid":"c-1"}`, kind, data) + "\n"
	}
	kserve := func(kind, id, at, data string) string {
		return fmt.Sprintf(`{"specversion":"1.0","type":"org.kubeflow.serving.inference.%s","id":"%s","time":"2026-03-07T06:28:%sZ","data":%s}`, kind, id, at, data) + "\n"
	}
	asked := kserve("request", "1", "01", `{"instances":[[0.4]]}`) + kserve("response", "1", "02", `{"predictions":["ok"]}`) +
		kserve("request", "2", "03", `{"instances":[[0.5]]}`) + kserve("request", "3", "03", `{"instances":[[0.6]]}`)
	answered := kserve("response", "2", "04", `{"predictions":["nok"]}`)
	for _, test := range []struct {
		name  string
		files map[string]string
		read  string
		row   string
	}{
		{"a directory for each collection", map[string]string{
			"ep/blue/model_inputs/2026/03/07/06/i.jsonl":  azure("inputs", `{"luma":0.4}`),
			"ep/blue/model_outputs/2026/03/07/06/i.jsonl": azure("outputs", `{"label":"ok"}`)}, "ep/blue/model_outputs/2026/03/07/06/i.jsonl", "luma:0.4"},
		{"a rotation between them", map[string]string{"v.log.1": asked, "v.log": answered}, "v.log", "input_0:0.5 latency_ms:1000"},
		{"the old half packed", map[string]string{"v.log.2.gz": string(gzipped(asked)), "v.log.1": answered}, "v.log.1", "input_0:0.5 latency_ms:1000"},
		{"a long old half", map[string]string{"v.log.1": strings.Repeat(kserve("response", "0", "00", `{"predictions":["ok"]}`), 20_000) + asked, "v.log": answered}, "v.log", "input_0:0.5 latency_ms:1000"},
		{"no other file", map[string]string{"v.log": answered}, "v.log", "id:2 prediction:nok"},
		{"another file that is none", map[string]string{"v.log": answered, "v.log.1": "\x1f\x8b broken"}, "v.log", "id:2 prediction:nok"},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range test.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			sources, _, err := FindFS(fsys, ".")
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range sources {
				if s.Path != test.read {
					continue
				}
				_, got := loadSource(t, s, Options{})
				if rows := fmt.Sprint(got.rows); len(got.rows) != 1 || !strings.Contains(rows, test.row) || strings.Contains(fmt.Sprint(got.warnings), "no response") {
					t.Errorf("rows are %s, want %s; warnings %q", rows, test.row, got.warnings)
				}
				return
			}
			t.Fatalf("%s is not among %v", test.read, sources)
		})
	}
}
