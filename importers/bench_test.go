package importers

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// benchmarkLog is a log of 22 columns as a plant's service writes it, in JSON
// lines and in CSV.
func benchmarkLog(n int) (jsonl, csv string) {
	var j, c strings.Builder
	c.WriteString("time,id,plant,line,station,camera,shift,sku,operator,model,model_version,preprocess_version,prediction,confidence,vote_a,vote_b,vote_c,latency_ms,status,brightness,contrast,blur\n")
	for i := range n {
		values := []any{fmt.Sprintf("2026-03-%02dT%02d:%02d:%02d.%03dZ", 1+i/86400%28, i/3600%24, i/60%60, i%60, i%1000), fmt.Sprintf("inf-%08d", i),
			"P1", fmt.Sprintf("L%d", i%3), fmt.Sprintf("S%d", i%8), fmt.Sprintf("C%02d", i%16), []string{"early", "late", "night"}[i/9%3],
			fmt.Sprintf("SKU-%d", i%40), fmt.Sprintf("op-%04d", i%60), "hands", "3.1.0", "1.4", []string{"ok", "nok"}[i%7/6],
			float64(i%1000) / 1000, "ok", "nok", "ok", 10 + float64(i%900)/10, "ok", 80 + float64(i%5000)/100, 20 + float64(i%300)/10, float64(i%100) / 100}
		fmt.Fprintf(&j, `{"time":"%v","id":"%v","plant":"%v","line":"%v","station":"%v","camera":"%v","shift":"%v","sku":"%v","operator":"%v","model":"%v","model_version":"%v","preprocess_version":"%v","prediction":"%v","confidence":%v,"vote_a":"%v","vote_b":"%v","vote_c":"%v","latency_ms":%v,"status":"%v","brightness":%v,"contrast":%v,"blur":%v}`+"\n", values...)
		fmt.Fprintf(&c, strings.Repeat("%v,", 21)+"%v\n", values...)
	}
	return j.String(), c.String()
}

func BenchmarkRead(b *testing.B) {
	jsonl, csv := benchmarkLog(50_000)
	for name, text := range map[string]string{"log.jsonl": jsonl, "log.csv": csv, "log.jsonl.gz": string(gzipped(jsonl))} {
		b.Run(name, func(b *testing.B) {
			s := Source{Path: name, name: name, fsys: fstest.MapFS{name: {Data: []byte(text)}}}
			r, err := s.Recognise(context.Background(), Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				rows := 0
				for batch, err := range s.Read(context.Background(), r, 0, nil) {
					if err != nil {
						b.Fatal(err)
					}
					rows += batch.Rows
				}
				if rows != 50_000 {
					b.Fatalf("%d rows", rows)
				}
			}
		})
	}
}
