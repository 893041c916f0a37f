package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
	"vedette/reachable"
	"vedette/wording"
)

type reachCmd struct {
	Person string        `arg:"" optional:"" help:"Somebody by id, e-mail address or whole name: every address, and what is known of it."`
	Area   []string      `help:"Everyone in a place, or who may be: \"Lebanon\", \"IQ\". Several may be given." placeholder:"PLACE" sep:"none"`
	All    bool          `help:"Everyone."`
	Within time.Duration `help:"How long word from them may take." default:"5m"`
	Csv    string        `help:"Write everyone asked about to a CSV file." placeholder:"FILE"`
}

// Help says what counts.
func (c *reachCmd) Help() string {
	return `Reached is who is proved to be: a handset's receipt, a pressed button, an answer. That a server took a message proves nothing. The newest evidence counts, of a drill or of real traffic, and it says which; evidence older than half a year counts no more. Mails bring no receipt: of these only an answer speaks.

To know, hold a drill: vedette drill --area Lebanon`
}

// Run says who is reached, who is not, and why.
func (c *reachCmd) Run(s *session) error {
	given := 0
	for _, on := range []bool{c.Person != "", len(c.Area) > 0, c.All} {
		if on {
			given++
		}
	}
	if given != 1 {
		return errUsage{fmt.Errorf("say of whom: PERSON, --area PLACE or --all")}
	}
	return s.open(func(a *app.App) error {
		areas, err := findAreas(a, c.Area)
		if err != nil {
			return err
		}
		var left []desk.Reached
		hidden := 0
		rows := [][]string{{"name", "stands", "verified", "how or why not", "id"}}
		sum, err := a.Desk.Reach(s.ctx, desk.ReachQuestion{Areas: areas, Person: c.Person, Within: c.Within}, func(r desk.Reached) error {
			if c.Csv != "" && r.Person.Record.Restricted {
				hidden++
			} else if c.Csv != "" {
				rows = append(rows, []string{r.Person.Record.Name, string(r.Standing), yesNo(r.Verified), r.Words(), string(r.Person.ID)})
			}
			if c.Person != "" || r.Standing != reachable.Within && len(left) < maxLeft {
				left = append(left, r)
			}
			return nil
		})
		switch {
		case err != nil:
			return err
		case c.Person != "":
			s.paper().reachOne(&left[0], c.Within)
			return nil
		}
		s.paper().reach(sum, left, c.place(a, areas))
		if c.Csv == "" {
			return nil
		}
		if err := a.Desk.NoteExport(s.ctx, desk.ExportReach, ""); err != nil {
			return err
		}
		s.left(hidden)
		return writeFile(c.Csv, func(out io.Writer) error { return app.WriteCSV(out, rows) })
	})
}

// maxLeft bounds how many are named who are not reached.
const maxLeft = 200

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func findAreas(a *app.App, names []string) (out []vedette.AreaID, err error) {
	for _, name := range names {
		area, err := a.Gaz.Find(name)
		if err != nil {
			return nil, err
		}
		out = append(out, area.ID)
	}
	return out, nil
}

func (c *reachCmd) place(a *app.App, areas []vedette.AreaID) string {
	var names []string
	for _, id := range areas {
		names = append(names, a.Gaz.Name(id))
	}
	if len(names) == 0 {
		return ""
	}
	return " in " + strings.Join(names, ", ")
}

// reach prints how many of those asked about are reached, and names the others.
func (p *paper) reach(sum *desk.ReachCount, left []desk.Reached, in string) {
	within := wording.Length(sum.Within).String()
	p.line("%s", p.look(bold, fmt.Sprintf("of %d%s %d are reached within %s; %d later; of %d nothing proves it", sum.Of, clean(in), sum.Reached, within, sum.Later, sum.Unproven)))
	if n := sum.Reached + sum.Later; n > 0 {
		p.line("by drills %d, by real traffic %d; %d not verified (a receipt came, and nobody ever answered)", sum.ByDrill, n-sum.ByDrill, sum.Unverified)
	}
	if sum.LastDrill.IsZero() {
		p.line("none of them was ever part of a drill: vedette drill --help")
	} else {
		p.line("their last drill: %s", sum.LastDrill.UTC().Format("2 Jan 2006 15:04 UTC"))
	}
	for _, group := range []struct {
		title string
		st    reachable.Standing
	}{{"Not reached, as far as is known", reachable.Unproven}, {"Reached later", reachable.Later}} {
		first := true
		for i := range left {
			if left[i].Standing != group.st {
				continue
			}
			if first {
				p.heading(group.title)
				first = false
			}
			p.item("• ", fmt.Sprintf("%s: %s", clean(left[i].Person.Record.Name), clean(left[i].Words())))
		}
	}
	if n := sum.Later + sum.Unproven - len(left); n > 0 {
		p.line("… and %d more; --csv FILE lists everyone", n)
	}
}

// reachOne prints what is known of somebody's addresses.
func (p *paper) reachOne(r *desk.Reached, within time.Duration) {
	what := map[reachable.Standing]string{reachable.Within: "reached within " + wording.Length(within).String(), reachable.Later: "reached, but not within " + wording.Length(within).String(),
		reachable.Unproven: "not known to be reached"}[r.Standing]
	p.line("%s", p.look(bold, clean(r.Person.Record.Name)+": "+what))
	p.item("  ", r.Words())
	if len(r.Ways) == 0 {
		return
	}
	rows := [][]string{{"ADDRESS", "OVER", "VERIFIED", "LAST HEARD", "LAST FAILURE"}}
	for _, w := range r.Ways {
		rows = append(rows, []string{w.Value, reachable.Over(w.Channel).String(), dayOr(w.Verified, "never"), heardWords(&w), failedWords(&w)})
	}
	p.line("")
	p.table(rows)
}

func dayOr(at time.Time, none string) string {
	if at.IsZero() {
		return none
	}
	return at.UTC().Format("2 Jan 2006")
}

func heardWords(w *desk.ReachWay) string {
	if w.Heard.At.IsZero() {
		return "never"
	}
	by := "update"
	if w.Heard.Drill {
		by = "drill"
	}
	return fmt.Sprintf("%s, %s (%s), after %s", dayOr(w.Heard.At, ""), w.Heard.State, by, wording.Length(w.Heard.After).String())
}

func failedWords(w *desk.ReachWay) string {
	switch {
	case w.Blocked != "":
		return "opted out: " + w.Blocked
	case !w.Dead.IsZero():
		return "dead since " + dayOr(w.Dead, "") + ": " + w.DeadWhy
	case !w.Sends:
		return "nothing is sent over it here"
	case w.Failed.IsZero():
		return ""
	}
	return dayOr(w.Failed, "") + ": " + w.Why
}
