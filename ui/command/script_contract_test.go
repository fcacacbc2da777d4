package command_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// shape says what is wrong with a JSON value, "" for nothing.
type shape func(v any) string

// triageShape is the contract of `andon triage --json` as others rely on it:
// every key is there, unknown is null, lists are lists. It is written down here
// a second time on purpose, and not taken from the code that prints it.
var triageShape = object{
	"schema": exactly(1.0),
	"quality": orNull(object{"metric": text, "before": orNull(number), "after": orNull(number), "delta": orNull(number),
		"interval": orNull(pair(number)), "labelled": object{"before": number, "after": number}.whole}.whole),
	"onset":   orNull(object{"time": utc, "interval": pair(utc)}.whole),
	"windows": orNull(object{"before": span, "after": span}.whole),
	"account": orNull(object{"mix": number, "new": number, "within": number, "by": list(text)}.whole),
	"verdict": object{"cause": causeOrNone, "outcome": exactly("confirmed", "likely", "inconclusive", "no change"), "probability": share}.whole,
	"causes":  list(object{"cause": cause, "probability": share, "for": list(text), "against": list(text), "untested": list(text)}.whole),
	"slices": list(object{"where": texts, "support": object{"before": share, "after": share}.whole,
		"quality": object{"before": orNull(number), "after": orNull(number)}.whole, "contribution": number, "p": share}.whole),
	"signals":  list(object{"column": text, "effect": number, "direction": text, "p": share, "relevance": number}.whole),
	"events":   list(object{"time": orNull(utc), "kind": orNull(text), "title": text, "probability": share}.whole),
	"next":     list(object{"test": text, "settles": list(cause), "minutes": number, "information": number}.whole),
	"warnings": list(text),
}

var (
	causes      = []any{"floor", "sensor", "pipeline", "model", "labels", "traffic", "service"}
	cause       = exactly(causes...)
	causeOrNone = exactly(append(slices.Clone(causes), "none")...)
	span        = object{"from": utc, "to": utc}.whole
)

// holdsContract is the story's verb: contract FILE.
func holdsContract(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: contract FILE")
	}
	if wrong := triageShape.whole(decode(ts, args[0])); wrong != "" {
		ts.Fatalf("%s breaks the contract: %s", args[0], wrong)
	}
}

// object is a JSON object with at least these keys.
type object map[string]shape

func (o object) whole(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprintf("%v is no object", v)
	}
	for key, want := range o {
		value, ok := m[key]
		if !ok {
			return key + " is missing"
		}
		if wrong := want(value); wrong != "" {
			return key + ": " + wrong
		}
	}
	return ""
}

func number(v any) string { return kind[float64](v) }
func text(v any) string   { return kind[string](v) }

func kind[T any](v any) string {
	if _, ok := v.(T); !ok {
		return fmt.Sprintf("%v (%T) is no %T", v, v, *new(T))
	}
	return ""
}

func share(v any) string {
	if p, ok := v.(float64); !ok || p < 0 || p > 1 {
		return fmt.Sprintf("%v is not within 0 and 1", v)
	}
	return ""
}

func utc(v any) string {
	s, _ := v.(string)
	if t, err := time.Parse(time.RFC3339Nano, s); err != nil || t.Location() != time.UTC {
		return fmt.Sprintf("%v is no time in RFC 3339 UTC", v)
	}
	return ""
}

// texts is an object whose values are strings.
func texts(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprintf("%v is no object", v)
	}
	for key, value := range m {
		if wrong := text(value); wrong != "" {
			return key + ": " + wrong
		}
	}
	return ""
}

func exactly(want ...any) shape {
	return func(v any) string {
		if !slices.Contains(want, v) {
			return fmt.Sprintf("%v is none of %v", v, want)
		}
		return ""
	}
}

func orNull(s shape) shape {
	return func(v any) string {
		if v == nil {
			return ""
		}
		return s(v)
	}
}

func list(s shape) shape {
	return func(v any) string {
		elements, ok := v.([]any)
		if !ok {
			return fmt.Sprintf("%v is no list", v)
		}
		for i, e := range elements {
			if wrong := s(e); wrong != "" {
				return fmt.Sprintf("[%d]: %s", i, wrong)
			}
		}
		return ""
	}
}

func pair(s shape) shape {
	return func(v any) string {
		if wrong := list(s)(v); wrong != "" {
			return wrong
		}
		if len(v.([]any)) != 2 {
			return fmt.Sprintf("%v is no pair", v)
		}
		return ""
	}
}
