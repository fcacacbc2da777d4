package command

import (
	"os"
	"testing"
)

// What happens to a log while it is looked at happens here at every system call
// of the look in turn, all of a rotation at once and more written behind it.
func TestFollowAtEverySystemCall(t *testing.T) {
	stride := 5
	if os.Getenv("ANDON_HEAVY") != "" {
		stride = 1
	}
	for name, act := range map[string]func(*plant, *plantLog) error{
		"truncated, and written beyond what was there": func(_ *plant, a *plantLog) error {
			a.copyTruncate()
			return a.finishAnd(6)
		},
		"renamed, and begun anew": func(_ *plant, a *plantLog) error {
			a.rename()
			return a.finishAnd(6)
		},
		"renamed and packed": func(_ *plant, a *plantLog) error {
			a.rename()
			if err := a.finishAnd(0); err != nil {
				return err
			}
			a.pack()
			return a.finishAnd(6)
		},
		"half copied": func(_ *plant, a *plantLog) error {
			a.copyTruncate()
			for range 2 {
				if err := a.step(); err != nil {
					return err
				}
			}
			a.abort()
			return a.append(1, false)
		},
		"killed": func(*plant, *plantLog) error { panic(killed{}) },
	} {
		t.Run(name, func(t *testing.T) {
			for at := 1; ; at += stride {
				p := newPlant(t, 1)
				p.acts, p.hurry = 0, 0
				a := p.logs[0]
				a.careful = true
				p.check(a.append(2, false))
				p.poll()
				p.check(a.append(2, true))
				calls := 0
				p.disk.before = func() {
					if calls++; calls == at {
						p.check(act(p, a))
					}
				}
				p.poll()
				p.disk.before = func() {}
				p.run()
				if wrong := p.wrong(); wrong != "" {
					t.Errorf("at system call %d: %s", at, wrong)
				}
				p.check(os.RemoveAll(p.dir))
				if calls < at {
					t.Logf("%d system calls", calls)
					break
				}
			}
		})
	}
}

// finishAnd takes the rotation to its end and writes more.
func (p *plantLog) finishAnd(lines int) error {
	for len(p.steps) > 0 {
		if err := p.step(); err != nil {
			return err
		}
	}
	return p.append(lines, false)
}
