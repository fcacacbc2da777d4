package importers

import (
	"fmt"
	"testing"

	"andon/analysis"
)

// Exports of historians, gateways and dashboards: long, wide, with states
// between the numbers, and with a time in milliseconds.
func TestPlantFloor(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"historian, long", "a.csv", "Tag,Timestamp,Value,Quality\nPress1.Force,02-Jan-26 15:04:05,12.5,Good\nPress1.Force,02-Jan-26 15:05:05,13.5,Good\n",
			"[map[Quality:Good name:Press1.Force time:2026-01-02T15:04:05Z value:12.5] map[Quality:Good name:Press1.Force time:2026-01-02T15:05:05Z value:13.5]]"},
		{"historian, with ids", "a.csv", "DateTime;TagName;TagVal;TagQuality\n07.03.2026 06:28:00;Ofen;812,5;192\n07.03.2026 06:29:00;Ofen;813;192\n",
			"[map[TagQuality:192 name:Ofen time:2026-03-07T06:28:00Z value:812.5] map[TagQuality:192 name:Ofen time:2026-03-07T06:29:00Z value:813]]"},
		{"Grafana", "a.csv", "\"Time\",\"lamp current\"\r\n\"1772864880000\",\"2.1\"\r\n\"1772864940000\",\"1.9\"\r\n",
			"[map[name:lamp_current time:2026-03-07T06:28:00Z value:2.1] map[name:lamp_current time:2026-03-07T06:29:00Z value:1.9]]"},
		{"OPC Publisher", "a.jsonl", `{"NodeId":"ns=2;s=Lamp","ApplicationUri":"urn:press","DisplayName":"Lamp","Value":{"Value":2.1,"SourceTimestamp":"2026-03-07T06:28:00Z"}}` + "\n" +
			`[{"NodeId":"ns=2;s=Door","ApplicationUri":"urn:press","DisplayName":"Door","Value":{"Value":true,"SourceTimestamp":"2026-03-07T06:28:01Z"}}]` + "\n",
			"[map[ApplicationUri:urn:press name:Lamp time:2026-03-07T06:28:00Z value:2.1] map[ApplicationUri:urn:press name:Door time:2026-03-07T06:28:01Z value:1]]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := loadSheet(t, test.file, test.text)
			if r.Kind != analysis.MetricKind || fmt.Sprint(got.rows) != test.want || len(got.rejects) > 0 {
				t.Errorf("%s %s:\n%v, want\n%s; rejects %q", r.Format, r.Kind, got.rows, test.want, got.reasons())
			}
		})
	}
}
