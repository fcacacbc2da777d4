package importers

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Records of known layouts that lack what the layout promises are rejects that
// say so, or give no rows; the record behind them is read.
func TestRecordsWithoutTheirParts(t *testing.T) {
	azure := `{"specversion":"1.0","type":"azureml.inference.%s","id":"1","time":"2026-03-07T06:28:00Z"%s}` + "\n"
	kserve := `{"specversion":"1.0","type":"org.kubeflow.serving.inference.%s","id":"c","time":"2026-03-07T06:28:05Z","data":%s}` + "\n"
	prometheus := `{"data":{"resultType":"vector","result":[%s]}}` + "\n"
	for _, test := range []struct{ name, first, second, reasons string }{
		{"Azure ML's outputs without data", fmt.Sprintf(azure, "outputs", ""), fmt.Sprintf(azure, "outputs", `,"data":[{"label":"ok"}]`), "1: it has no data"},
		{"Azure ML's inputs without data", fmt.Sprintf(azure, "inputs", ""), fmt.Sprintf(azure, "outputs", `,"data":[{"label":"ok"}]`), "1: it has no data"},
		{"a tensor without data", fmt.Sprintf(kserve, "request", `{"inputs":[{"datatype":"FP32","shape":[1]}]}`), fmt.Sprintf(kserve, "response", `{"predictions":["ok"]}`), ""},
		{"a tensor of an answer without data", fmt.Sprintf(kserve, "response", `{"outputs":[{"datatype":"BYTES","name":"label"}]}`), "", ""},
		{"a series without labels", fmt.Sprintf(prometheus, `{"value":[1772864880,"2"]}`), "", ""},
		{"a series of a list", fmt.Sprintf(prometheus, `[[1772864880,"2"]]`), fmt.Sprintf(prometheus, `{"metric":{"__name__":"up"},"value":[1772864880,"1"]}`), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := loadSheet(t, "a.jsonl", test.first+test.second)
			if len(got.rows) != 1 || got.reasons() != test.reasons || got.err != nil {
				t.Errorf("rows %v, rejects %q, error %v", got.rows, got.reasons(), got.err)
			}
		})
	}
}

// counting is a text of n parts, each with its number.
func counting(n int, part string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, part, i)
	}
	return b.String()
}

// Less than 64 KiB that ask for far more: names of one word in thousands of
// columns, paths of thousands of parts, what a record says once in each of its
// rows. Each is read or refused at the cost of a file a hundred times as long,
// no more. Without their bounds they take minutes or gigabytes.
func TestShortInputsThatCost(t *testing.T) {
	const open = `{"time":"2026-03-07T06:28:00Z","prediction":"ok"`
	for _, test := range []struct{ name, file, text string }{
		{"one name, 16,000 columns", "a.csv", "time" + strings.Repeat(",a", 16_000) + "\n2026-01-01" + strings.Repeat(",1", 16_000) + "\n"},
		{"a key of points", "a.jsonl", open + `,"` + strings.Repeat(".", 60_000) + `":1}`},
		{"a key of 30,000 parts", "a.jsonl", open + `,"` + strings.Repeat("a.", 30_000) + `":1}`},
		{"a column of 15,000 parts", "a.csv", "time,prediction," + strings.Repeat("a.", 15_000) + "\n2026-03-07T06:28:00Z,ok,1\n"},
		{"1,000 paths that end alike", "a.jsonl", open + counting(999, `,"k%d":{"a":{"b":{"c":{"d":{"e":{"f":{"x":1}}}}}}}`) + "}"},
		{"1,000 paths that begin with 30 KB", "a.jsonl", open + `,"` + strings.Repeat("k", 30_000) + `":{"z":1` + counting(999, `,"k%d":{"x":1}`) + "}}"},
		{"15,000 rows of 3,000 tags", "a.jsonl", `{"reqType":"a.serving.inference.response","time":"2026-03-07T06:28:00Z","id":1,"data":{"predictions":[1` +
			strings.Repeat(",1", 15_000) + `]},"metadata":{"z":1` + counting(3000, `,"a%d":1`) + "}}"},
		{"dates beside clocks", "a.csv", "z" + counting(500, ",date%d") + counting(500, ",c%d") + "\n" +
			strings.Repeat("1"+strings.Repeat(",2026-01-01", 500)+strings.Repeat(",1000:00", 500)+"\n", 6)},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			readAnything(t, test.file, []byte(test.text))
			runtime.ReadMemStats(&after)
			if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 2048 {
				t.Errorf("%d MB were allocated for %d bytes", made, len(test.text))
			}
		})
	}
}

// What lies below a field too many is no field of the record's own.
func TestFieldsBeyondTheBoundStayLost(t *testing.T) {
	_, got := loadSheet(t, "a.jsonl", `{"time":"2026-03-07T06:28:00Z","prediction":"ok"`+counting(1200, `,"k%d":1`)+`,"more":{"prediction":"bad"}}`+"\n")
	if len(got.rows) != 1 || got.rows[0]["prediction"] != "ok" || got.err != nil {
		t.Errorf("%d rows, prediction %q, error %v", len(got.rows), got.column("prediction"), got.err)
	}
}

// A frame of 15 MB that is nothing but lists in lists: the library that reads
// protobuf would overflow its stack, which ends the program.
func TestOTLPFrameOfLists(t *testing.T) {
	var reversed []byte // inside out, so that each length is known when it is written
	wrap := func(tags ...byte) {
		for _, tag := range tags {
			size := binary.AppendUvarint(nil, uint64(len(reversed)))
			slices.Reverse(size)
			reversed = append(append(reversed, size...), tag)
		}
	}
	for len(reversed) < 15<<20 {
		wrap(0x0a, 0x2a) // the values of a list, the list of a value
	}
	wrap(0x2a, 0x12, 0x12, 0x0a) // body, log record, scope, resource
	slices.Reverse(reversed)
	var file []byte
	good := []byte{0x0a, 8, 0x12, 6, 0x12, 4, 0x2a, 2, 0x10, 1} // a body that is true
	for _, frame := range [][]byte{good, reversed, good} {
		file = append(binary.BigEndian.AppendUint32(file, uint32(len(frame))), frame...)
	}
	readAnything(t, "a.bin", file)
}
