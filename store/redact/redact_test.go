package redact

import (
	"encoding/base64"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func known(values ...string) *Redactor {
	r := New([]byte("for this test"))
	for _, v := range values {
		r.Hide("operator", v)
	}
	return r
}

func TestTextTakesNamesOut(t *testing.T) {
	r := known("Petra Vogel", "mo", "1042", "x", "unknown", "vogel")
	p := r.Pseudonym
	for in, want := range map[string]string{
		"Petra Vogel saw it":                      p("Petra Vogel") + " saw it",
		"the PETRA VOGEL one":                     "the " + p("PETRA VOGEL") + " one",
		"mo and moments":                          p("mo") + " and moments",
		"badge 1042, lot 10421, 2026-03-08T10:42": "badge " + p("1042") + ", lot 10421, 2026-03-08T10:42",
		"x marks unknown":                         "x marks unknown",
		"Vogels Werkbank":                         p("Vogel") + "s Werkbank",
		"":                                        "",
	} {
		if got := r.Text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestPseudonymsAreStableInOneCopyOnly(t *testing.T) {
	one, again, two := New([]byte("one")), New([]byte("one")), New([]byte("two"))
	if one.Pseudonym("anna") != again.Pseudonym("anna") || one.Pseudonym("anna") == one.Pseudonym("anne") {
		t.Error("one copy must give a value one pseudonym, and another value another")
	}
	if one.Pseudonym("anna") == two.Pseudonym("anna") {
		t.Error("another key must give another pseudonym")
	}
	if one.Pseudonym("") != "" {
		t.Error("nothing has no pseudonym")
	}
}

// TestSecretsByPattern holds what sharing promises. The samples are made up to
// the published shapes.
func TestSecretsByPattern(t *testing.T) {
	for text, want := range map[string]string{
		"ask petra.vogel@werk-3.example.com first":                             "ask [e-mail] first",
		"login with password: gloves2026 now":                                  "login with password: [password] now",
		`{"db_password":"hunter22","x":1}`:                                     `{"db_password":"[password]","x":1}`,
		"Das Passwort ist Sommer2026":                                          "Das Passwort ist [password]",
		"API_KEY=abcd1234efgh":                                                 "API_KEY=[token]",
		"curl -H 'Authorization: Bearer abc.def-123456'":                       "curl -H 'Authorization: Bearer [token]'",
		"postgres://app:s3cr3t@db/plant":                                       "postgres://app:[password]@db/plant",
		"AKIAIOSFODNN7EXAMPLE in the notes":                                    "[key] in the notes",
		"ghp_" + strings.Repeat("a1B2", 9):                                     "[token]",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end":                "[token] end",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----": "[key]",
		"log in /home/pvogel/logs":                                             "log in /home/[home]/logs",
		"the token count rose; the secret of L2 is out":                        "the token count rose; the secret of L2 is out",
		"black gloves on L2 @ 06:20":                                           "black gloves on L2 @ 06:20",
	} {
		r := New(nil)
		r.Learn(text)
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestSecretIsTakenOutElsewhere(t *testing.T) {
	r := New(nil)
	r.Learn("password: gloves2026")
	if got := r.Text("they typed gloves2026 again"); got != "they typed [password] again" {
		t.Errorf("got %q", got)
	}
	if r.Scrubbed["password"] != 1 {
		t.Errorf("scrubbed %v", r.Scrubbed)
	}
}

var pseudonym = regexp.MustCompile("p-[a-z2-7]{12}")

// TestTextLeavesNothing is the promise itself: whatever the names and the
// text, the result holds none of them by the same rules.
func TestTextLeavesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.RuneFrom([]rune("qzjQZ7 ö-")), 2, 8, -1)
		names := rapid.SliceOfN(letters, 1, 6).Draw(t, "names")
		r := known(names...)
		noise := rapid.StringOf(rapid.RuneFrom([]rune("qzjQZ7 ö-.,")))
		text := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(names), noise)).Draw(t, "text"), "")
		got := r.Text(text)
		rest := pseudonym.ReplaceAllString(got, "x") // whose letters may spell a name by chance
		if value, _ := r.Holds(rest); value != "" {
			t.Fatalf("%q became %q and still holds %q", text, got, value)
		}
	})
}

func TestScanFindsEveryForm(t *testing.T) {
	const name = "Petra Vogel"
	noise := make([]byte, 3<<20)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(noise)
	for form, bytes := range map[string]string{
		"plain": name, "upper": strings.ToUpper(name), "lower": strings.ToLower(name),
		"base 64":         base64.StdEncoding.EncodeToString([]byte(name)),
		"base 64, by one": base64.StdEncoding.EncodeToString([]byte("x" + name + "yz")),
		"base 64, by two": base64.StdEncoding.EncodeToString([]byte("xx" + name)),
	} {
		for _, at := range []int{0, scanAt - 4, scanAt, 2*scanAt - 1, len(noise) - len(bytes)} {
			data := []byte(string(noise))
			copy(data[at:], bytes)
			leak, values, err := known(name).Scan(strings.NewReader(string(data)), int64(len(data)))
			if err != nil || leak == nil || leak.Reason != "operator" || values != 1 {
				t.Errorf("%s at %d: leak %v, %d values, %v", form, at, leak, values, err)
			}
		}
	}
	leak, _, err := known(name, "anna", "1042", "dead").Scan(strings.NewReader(string(noise)), int64(len(noise)))
	if leak != nil || err != nil {
		t.Errorf("found %v in noise, %v", leak, err)
	}
}

func FuzzText(f *testing.F) {
	f.Add("password: x@y.z", "anna")
	f.Fuzz(func(t *testing.T, text, name string) {
		r := known(name)
		r.Learn(text)
		_ = r.Text(text)
	})
}
