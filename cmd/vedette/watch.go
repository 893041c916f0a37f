package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type watchCmd struct {
	Add    watchAddCmd    `cmd:"" help:"Tell someone of what they are not concerned by: by area, risk, category."`
	List   watchListCmd   `cmd:"" help:"The watches of someone."`
	Remove watchRemoveCmd `cmd:"" help:"Remove a watch."`
}

type watchAddCmd struct {
	Person   string   `arg:"" help:"Id, e-mail address or whole name."`
	Area     []string `help:"A place by name or id; none is the whole world." placeholder:"PLACE" sep:"none"`
	Shape    string   `help:"A GeoJSON file with one shape." placeholder:"FILE"`
	Risk     string   `help:"The least risk: low, moderate, high, extreme."`
	Urgency  string   `help:"The least urgency: past, future, expected, immediate."`
	Source   string   `help:"The least strength of source: unconfirmed, credible, confirmed."`
	Category []string `help:"Only these categories." placeholder:"CATEGORY"`
}

// Run adds a watch.
func (c *watchAddCmd) Run(s *session) error {
	w := vedette.Watch{Categories: c.Category}
	var err error
	if w.Risk, err = vedette.ParseRisk(c.Risk); err != nil {
		return errUsage{err}
	}
	if w.Urgency, err = vedette.ParseUrgency(c.Urgency); err != nil {
		return errUsage{err}
	}
	if w.Source, err = vedette.ParseSourceStrength(c.Source); err != nil {
		return errUsage{err}
	}
	return s.open(func(a *app.App) error {
		for _, name := range c.Area {
			area, err := a.Gaz.Find(name)
			if err != nil {
				return err
			}
			w.Areas = append(w.Areas, area.ID)
		}
		if c.Shape != "" {
			shapes, err := s.shapes(c.Shape)
			if err != nil {
				return err
			}
			if len(shapes) != 1 {
				return vedette.Errorf(vedette.CodeInvalid, "the file holds %d shapes; a watch has one", len(shapes))
			}
			w.Shape = &shapes[0]
		}
		w, err := a.Desk.AddWatch(s.ctx, c.Person, w)
		if err != nil {
			return err
		}
		s.printf("watch %s: %s\n", w.ID, watchWords(a, &w))
		return nil
	})
}

func watchWords(a *app.App, w *vedette.Watch) string {
	var parts []string
	for _, id := range w.Areas {
		parts = append(parts, a.Gaz.Name(id))
	}
	if w.Shape != nil {
		parts = append(parts, "a drawn area")
	}
	if len(parts) == 0 {
		parts = []string{"the whole world"}
	}
	out := strings.Join(parts, ", ")
	if w.Risk != vedette.RiskUnknown {
		out += fmt.Sprintf("; risk %s or more", w.Risk)
	}
	if w.Urgency != vedette.UrgencyUnknown {
		out += fmt.Sprintf("; urgency %s or more", w.Urgency)
	}
	if w.Source != vedette.SourceUnknown {
		out += fmt.Sprintf("; source %s or better", w.Source)
	}
	if len(w.Categories) > 0 {
		out += "; only " + strings.Join(w.Categories, ", ")
	}
	return out
}

type watchListCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
}

// Run lists watches.
func (c *watchListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Watches(s.ctx, c.Person)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no watches\n")
		}
		for i := range list {
			s.printf("%s  %s\n", list[i].ID, watchWords(a, &list[i]))
		}
		return nil
	})
}

type watchRemoveCmd struct {
	ID string `arg:"" help:"The watch's id."`
}

// Run removes a watch.
func (c *watchRemoveCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.RemoveWatch(s.ctx, vedette.ID(c.ID)); err != nil {
			return err
		}
		s.printf("removed\n")
		return nil
	})
}

type checkinCmd struct {
	Person string        `arg:"" help:"Id, e-mail address or whole name. They must have opted in."`
	Place  string        `arg:"" help:"A place by name or id, or LAT,LON."`
	For    time.Duration `help:"How long it holds (default: the organisation's setting, 8h)." placeholder:"8h"`
}

// Run checks someone in.
func (c *checkinCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		pr, err := a.Desk.CheckIn(s.ctx, desk.CheckInOrder{Person: c.Person, Place: c.Place, For: c.For})
		if err != nil {
			return err
		}
		s.printf("checked in at %s until %s\n", clean(a.Gaz.Name(pr.Area)), pr.To.UTC().Format("2 Jan 2006 15:04 UTC"))
		return nil
	})
}

type presenceCmd struct {
	List presenceListCmd `cmd:"" help:"Where someone is held to be, and why; also as it was recorded at a past moment."`
	End  presenceEndCmd  `cmd:"" help:"End a presence: the desk was told that they are not, or no longer, there."`
}

type presenceListCmd struct {
	Person string    `arg:"" help:"Id, e-mail address or whole name."`
	At     time.Time `help:"As recorded at that moment, 2026-02-05T12:30:00Z." format:"2006-01-02T15:04:05Z07:00"`
}

// Run lists presences.
func (c *presenceListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Presences(s.ctx, c.Person, c.At)
		if err != nil {
			return err
		}
		rows := [][]string{{"NO", "WHERE", "BECAUSE", "FROM", "TO", "RECORDED", "ENDED"}}
		for _, p := range list {
			where := a.Gaz.Name(p.Area)
			if p.Site != "" {
				where = p.Site + ", " + where
			}
			rows = append(rows, []string{fmt.Sprint(p.Key), where, string(p.Because), moment(p.From), moment(p.To), moment(p.Recorded), p.Ended})
		}
		s.paper().table(rows)
		return nil
	})
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

type presenceEndCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
	No     int64  `arg:"" help:"The presence's number, as \"vedette presence list\" shows it."`
	Reason string `help:"Why, in a few words; kept on record." required:""`
	By     string `help:"Who says so." default:"${user}"`
}

// Run ends a presence.
func (c *presenceEndCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.EndPresence(s.ctx, c.Person, c.No, c.By, c.Reason); err != nil {
			return err
		}
		s.printf("ended\n")
		return nil
	})
}
