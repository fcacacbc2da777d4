package command

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/store"
	"andon/ui/display"
	"andon/ui/style"
)

// configCommand shows what is in force and from where, or writes the file with
// a comment on every setting.
func configCommand(env Env) *cobra.Command {
	var create bool
	c := &cobra.Command{
		Use:   "config",
		Short: "show the settings in force and where they come from",
		Long: `Config shows every setting, its value and where it comes from: the settings
file or the default. --write makes the file, with a comment on each setting and
none of them in force; it never replaces one.`,
		Args: exactly(0, "nothing"),
		RunE: func(c *cobra.Command, _ []string) error {
			own, err := loadSettings(env)
			if create && own.path != "" {
				return writeSettings(env, own.path)
			}
			if err != nil {
				return err
			}
			return showSettings(env, own)
		},
	}
	c.Flags().BoolVar(&create, "write", false, "write a commented settings file, if there is none")
	return c
}

// showSettings prints setting, value and source, and refuses keys and themes
// that could not be used.
func showSettings(env Env, own settings) error {
	where := "there is no home for one: set HOME or XDG_CONFIG_HOME"
	if own.path != "" {
		where = string(display.Escape(own.path))
		if _, err := os.Stat(own.path); errors.Is(err, fs.ErrNotExist) {
			where += ", which does not exist (andon config --write)"
		}
	}
	fmt.Fprintf(env.Out, "settings file: %s\n\n", where)
	zone, _ := own.location()
	for _, row := range [][3]string{
		{"theme", themeName("", own, colours(env)), own.from("theme")},
		{"zone", zone.String(), own.from("zone")},
		{"slo", orNone(own.SLO, "proposed from the window before"), own.from("slo")},
		{"objectives", orElse(strings.Join(own.Objectives, ", "), "none but slo"), own.from("objectives")},
		{"cost", orNone(own.Cost, "not known"), own.from("cost")},
		{"impact", orElse(own.Impact.String(), "a wrong answer costs the same"), own.from("impact")},
		{"ascii", fmt.Sprint(own.ASCII), own.from("ascii")},
		{"slow", fmt.Sprint(own.Slow), own.from("slow")},
		{"pictures", orElse(own.Pictures, "in cells"), own.from("pictures")},
	} {
		fmt.Fprintf(env.Out, "%-11s%-34s%s\n", row[0], string(display.Escape(row[1])), row[2])
	}
	for _, place := range slices.Sorted(maps.Keys(own.Keys)) {
		for _, does := range slices.Sorted(maps.Keys(own.Keys[place])) {
			line := fmt.Sprintf("keys    %s: %s: %s", place, does, strings.Join(own.Keys[place][does], " "))
			fmt.Fprintf(env.Out, "%-42s%s\n", string(display.Escape(line)), "the file")
		}
	}
	if _, err := own.theme(themeName("", own, colours(env))); err != nil {
		return usage("%w", err)
	}
	return checkKeys(env, own)
}

// checkKeys refuses keys the console would refuse.
func checkKeys(env Env, own settings) error {
	_, err := newConsole(newSession(&store.File{}, env), manner{settings: own, sheet: style.Sheet{}})
	if err != nil {
		return usage("settings %q: %w", own.path, err)
	}
	return nil
}

// from is where a setting comes from.
func (s settings) from(key string) string {
	if s.meta.IsDefined(key) {
		return "the file"
	}
	return "default"
}

func orElse(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

func orNone(v float64, none string) string {
	if v == 0 {
		return none
	}
	return fmt.Sprint(v)
}

// writeSettings makes the commented file.
func writeSettings(env Env, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return input(fmt.Errorf("write the settings: %w", err))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return input(fmt.Errorf("write the settings %q: there is a file already, and it stays as it is", path))
	}
	if err != nil {
		return input(fmt.Errorf("write the settings: %w", err))
	}
	if _, err := f.WriteString(commented); err != nil {
		f.Close()
		return input(fmt.Errorf("write the settings %q: %w", path, err))
	}
	if err := f.Close(); err != nil {
		return input(fmt.Errorf("write the settings %q: %w", path, err))
	}
	fmt.Fprintf(env.Out, "%s\n", display.Escape(path))
	return nil
}

// commented is the settings file as it begins: everything explained, nothing in
// force.
const commented = `# Settings of Andon. A line takes effect without its leading "#". Flags of the
# command line win over this file; andon config shows what is in force.

# Colours: dark, light, sixteen, colourblind or mono, or a palette of your own in
# themes/NAME.toml beside this file. One that cannot be read on its own grounds
# is refused. Without it, the terminal's number of colours decides.
# theme = "dark"

# The zone that times are shown in, such as "Europe/Berlin"; "" is this
# machine's. JSON is always UTC.
# zone = "UTC"

# The objective for incidents that set none: the share of right answers. Without
# it, the console proposes what the window before would just have met.
# slo = 0.95

# More objectives, each of a metric and perhaps a slice: a share of rows right or
# answered, a number that most rows keep to, or a mean.
# objectives = ["accuracy>=95% where line=L2", "answered>=99.9%", "latency_ms<=200 for 99%"]

# What one wrong answer costs, in your currency: House then tells the cost of a
# drop per hour.
# cost = 12.5

# The same by kind: a defect that was missed, a stop for nothing, a minute of
# review for answers less sure than review_below. good are the classes of good
# parts; without it they are told by their words.
# [impact]
# missed = 40
# stop = 12
# review = 0.9
# review_minutes = 2
# review_below = 0.6
# good = ["seated"]
# currency = "EUR"

# Draw with ASCII characters only, whatever the locale says.
# ascii = true

# A slow line (9600 baud): fewer frames, plots without bands.
# slow = true

# What i on Frames shows pictures with: the terminal's own graphics, sixel or
# kitty. Without it they are drawn in cells.
# pictures = "sixel"

# Keys of your own: what a key does, in the words of the help (?), and the keys
# that do it instead. A key with two uses in one place is refused.
# [keys.everywhere]
# "filter rows" = ["f", "/"]
# [keys.diff]
# "over time" = ["o"]
`
