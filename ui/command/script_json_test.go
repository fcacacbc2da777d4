package command_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// holdsJSON looks at one value: json FILE PATH OP WANT. PATH is keys and
// indices joined with dots. OP is one of
//
//	is WANT       the compact JSON text is WANT, or WANT is the string itself
//	matches RE    the compact JSON text matches
//	above N       the number is above N; below N alike
//	has WANT      some element of the list is WANT
func holdsJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 4 {
		ts.Fatalf("usage: json FILE PATH OP WANT")
	}
	value := lookup(ts, args[0], args[1])
	if holds(ts, value, args[2], args[3]) == neg {
		ts.Fatalf("%s: %s is %s, want %s %s (negated: %t)", args[0], args[1], compact(value), args[2], args[3], neg)
	}
}

func holds(ts *testscript.TestScript, value any, op, want string) bool {
	switch op {
	case "is":
		return value == want || compact(value) == want
	case "matches":
		return regexp.MustCompile(want).MatchString(compact(value))
	case "above", "below":
		bound, err := strconv.ParseFloat(want, 64)
		ts.Check(err)
		number, ok := value.(float64)
		return ok && (op == "above") == (number > bound) && number != bound
	case "has":
		list, _ := value.([]any)
		for _, v := range list {
			if v == want || compact(v) == want {
				return true
			}
		}
		return false
	}
	ts.Fatalf("json: unknown operator %q", op)
	return false
}

// agree compares a value of one file with one of another; with a duration both
// are times that far apart at most.
func agree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args) > 5 {
		ts.Fatalf("usage: agree FILE PATH FILE PATH [DURATION]")
	}
	a, b := lookup(ts, args[0], args[1]), lookup(ts, args[2], args[3])
	if len(args) == 4 {
		if !reflect.DeepEqual(a, b) {
			ts.Fatalf("%s of %s is %s, but %s of %s is %s", args[1], args[0], compact(a), args[3], args[2], compact(b))
		}
		return
	}
	within, err := time.ParseDuration(args[4])
	ts.Check(err)
	if apart := moment(ts, a).Sub(moment(ts, b)).Abs(); apart > within {
		ts.Fatalf("%s and %s are %s apart, want %s at most", compact(a), compact(b), apart, within)
	}
}

func moment(ts *testscript.TestScript, v any) time.Time {
	t, err := time.Parse(time.RFC3339Nano, fmt.Sprint(v))
	ts.Check(err)
	return t
}

// lookup reads the one JSON value that a file is and goes down the path.
func lookup(ts *testscript.TestScript, file, path string) any {
	value := decode(ts, file)
	for key := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			next, ok := at[key]
			if !ok {
				ts.Fatalf("%s: no key %q on the way to %s", file, key, path)
			}
			value = next
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				ts.Fatalf("%s: %q is no index into the %d elements on the way to %s", file, key, len(at), path)
			}
			value = at[i]
		default:
			ts.Fatalf("%s: %s is nothing to look %q up in", file, compact(value), key)
		}
	}
	return value
}

// decode fails unless the file is exactly one JSON value.
func decode(ts *testscript.TestScript, file string) (value any) {
	if err := json.Unmarshal([]byte(ts.ReadFile(file)), &value); err != nil {
		ts.Fatalf("%s is not one JSON value: %v", file, err)
	}
	return value
}

func compact(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
