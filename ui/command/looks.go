package command

import (
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"andon/themes"
	"andon/ui/style"
)

// looks are how the console is drawn, from flags and the environment. Nothing
// is asked of the terminal itself: an answer may come late or never.
type looks struct {
	theme string
	ascii bool
	slow  bool
	plain bool

	pictures string // the terminal's own graphics to use: sixel, kitty or none
}

func (l *looks) flags(c *cobra.Command) {
	c.Flags().StringVar(&l.theme, "theme", "", "colours: "+strings.Join(themes.Names(), ", "))
	c.Flags().BoolVar(&l.ascii, "ascii", false, "draw with ASCII characters only")
	c.Flags().BoolVar(&l.slow, "slow", false, "for a slow line (9600 baud): fewer frames, plots without bands, panes that wait longer")
	c.Flags().StringVar(&l.pictures, "pictures", "", "how i on Frames shows pictures in the terminal's own graphics: sixel or kitty")
	c.Flags().BoolVar(&l.plain, "plain", false, "line by line, for screen readers: keys are typed as words, and what changed is told")
}

// pace is how often the console sends something by itself.
type pace struct {
	frames   int           // a second at most
	rest     time.Duration // from the last key to the pane that explains the row
	progress time.Duration // between two numbers of an import
}

// pace is that of the line. At 9600 baud a frame of 250 bytes takes a quarter
// of a second.
func (l looks) pace() pace {
	if l.slow {
		return pace{frames: 5, rest: time.Second, progress: 2 * time.Second}
	}
	return pace{frames: 20, rest: 250 * time.Millisecond, progress: progressEvery}
}

// under are the looks with the user's settings where no flag was given.
func (l looks) under(own settings) looks {
	l.ascii, l.slow = l.ascii || own.ASCII, l.slow || own.Slow
	if l.pictures == "" {
		l.pictures = own.Pictures
	}
	return l
}

// themeName is the palette to use: the flag's, else the user's, else the one
// for so many colours.
func themeName(flag string, own settings, colours int) string {
	switch {
	case flag != "":
		return flag
	case own.Theme != "":
		return own.Theme
	case colours == 0:
		return "mono"
	case colours == 16:
		return "sixteen"
	}
	return themes.Default
}

// sheet picks the theme and what the terminal can show.
func (l looks) sheet(env Env, own settings) (style.Sheet, colorprofile.Profile, error) {
	terminal := style.Terminal{Colours: colours(env), UTF8: !l.ascii && utf8Locale(env), Slow: l.slow}
	theme, err := own.theme(themeName(l.theme, own, terminal.Colours))
	if err != nil {
		return style.Sheet{}, 0, usage("%w", err)
	}
	return style.New(theme, terminal), profiles[terminal.Colours], nil
}

// profiles are the terminal writer's names for the same depths.
var profiles = map[int]colorprofile.Profile{
	0: colorprofile.Ascii, 16: colorprofile.ANSI, 256: colorprofile.ANSI256, 1 << 24: colorprofile.TrueColor,
}

// colours is how many colours to use, by NO_COLOR, COLORTERM and TERM.
func colours(env Env) int {
	term := env.Getenv("TERM")
	switch colorterm := env.Getenv("COLORTERM"); {
	case env.Getenv("NO_COLOR") != "", strings.HasPrefix(term, "vt"), term == "dumb", term == "":
		return 0
	case colorterm == "truecolor" || colorterm == "24bit":
		return 1 << 24
	case strings.Contains(term, "256"), strings.HasPrefix(term, "tmux"), strings.HasPrefix(term, "screen"):
		return 256
	}
	return 16
}

// utf8Locale reports whether the first locale variable set names UTF-8. The
// Linux console and VT terminals cannot draw the blocks even then.
func utf8Locale(env Env) bool {
	if term := env.Getenv("TERM"); term == "linux" || strings.HasPrefix(term, "vt") {
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := env.Getenv(name); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
