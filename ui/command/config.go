package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"andon/analysis"
	"andon/themes"
	"andon/ui"
)

// settings are a user's choices, from one file:
//
//	$XDG_CONFIG_HOME/andon/config.toml      what is in force: a flag, else the
//	                 andon/themes/*.toml    file, else the default (andon config)
//
// Nothing is read from the current directory or beside an incident file: either
// may be someone else's.
type settings struct {
	Theme string  `toml:"theme"`
	Zone  string  `toml:"zone"`
	SLO   float64 `toml:"slo"`
	Cost  float64 `toml:"cost"`
	ASCII bool    `toml:"ascii"`
	Slow  bool    `toml:"slow"`

	Pictures string `toml:"pictures"`

	Keys ui.Bindings `toml:"keys"`

	Objectives []string `toml:"objectives"`
	Impact     stake    `toml:"impact"`

	path string // of the file, "" without a home
	meta toml.MetaData
}

// settingsFolder is where settings and themes of the user lie, "" without a
// home.
func settingsFolder(env Env) string {
	if root := env.Getenv("XDG_CONFIG_HOME"); root != "" {
		return filepath.Join(root, "andon")
	}
	if home := env.Getenv("HOME"); home != "" {
		return filepath.Join(home, ".config", "andon")
	}
	return ""
}

// loadSettings reads the user's file; without one everything is the default. A
// setting nobody knows or a value that cannot be is refused with a sentence.
func loadSettings(env Env) (settings, error) {
	var s settings
	folder := settingsFolder(env)
	if folder == "" {
		return s, nil
	}
	s.path = filepath.Join(folder, "config.toml")
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, usage("read the settings: %w", err)
	}
	if s.meta, err = toml.Decode(string(text), &s); err != nil {
		return s, usage("settings %q: %w", s.path, err)
	}
	if unknown := s.meta.Undecoded(); len(unknown) > 0 {
		return s, usage("settings %q: %q is no setting; there are theme, zone, slo, objectives, cost, [impact], ascii, slow, pictures and [keys.PLACE]", s.path, unknown[0])
	}
	return s, s.valid()
}

// valid refuses values that cannot be.
func (s settings) valid() error {
	if _, err := s.location(); err != nil {
		return usage("settings %q: zone %q: %w; write it as Europe/Berlin or UTC", s.path, s.Zone, err)
	}
	if s.meta.IsDefined("slo") && (s.SLO <= 0 || s.SLO >= 1) {
		return usage("settings %q: slo = %v: write a share between 0 and 1, such as 0.95", s.path, s.SLO)
	}
	if s.Cost < 0 {
		return usage("settings %q: cost = %v: write what one wrong answer costs, 0 or more", s.path, s.Cost)
	}
	if s.Pictures != "" && protocols[s.Pictures] == nil {
		return usage("settings %q: pictures = %q: write sixel or kitty", s.path, s.Pictures)
	}
	return s.validStake()
}

// location is the zone that times are shown in.
func (s settings) location() (*time.Location, error) {
	if s.Zone == "" {
		return time.Local, nil
	}
	return time.LoadLocation(s.Zone)
}

// theme is a palette by name: the user's own before a built-in one. A palette
// of the user's that cannot be read on its grounds is refused: a console whose
// text does not show is of no use in an incident.
func (s settings) theme(name string) (themes.Theme, error) {
	if s.path == "" || strings.ContainsAny(name, `/\`) {
		return themes.Load(name)
	}
	path := filepath.Join(filepath.Dir(s.path), "themes", name+".toml")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return themes.Load(name)
	}
	if err != nil {
		return themes.Theme{}, fmt.Errorf("read the theme: %w", err)
	}
	theme, err := themes.Parse(name, text)
	if err != nil {
		return themes.Theme{}, fmt.Errorf("%q: %w", path, err)
	}
	if err := theme.Check(); err != nil {
		return themes.Theme{}, fmt.Errorf("%q cannot be read well: %w", path, err)
	}
	return theme, nil
}

// incident is the head of the record; one that sets no objective has the
// user's.
func (s *session) incident(ctx context.Context) (analysis.Incident, error) {
	i, err := s.file.Incident(ctx)
	if i.SLO == 0 {
		i.SLO = s.own.SLO
	}
	return i, err
}
