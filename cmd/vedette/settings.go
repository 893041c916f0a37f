package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/app"
)

type settingsCmd struct {
	Show settingsShowCmd `cmd:"" default:"1" help:"The organisation's figures."`
	Set  settingsSetCmd  `cmd:"" help:"Change some; the others stay."`
}

type settingsShowCmd struct{}

// Run shows the settings.
func (c *settingsShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		v, err := a.Desk.Settings(s.ctx)
		if err != nil {
			return err
		}
		s.settings(a, v)
		return nil
	})
}

func (s *session) settings(a *app.App, v vedette.Settings) {
	row := func(what string, b vedette.ByRisk, unit string) {
		s.printf("%-34s extreme %v, high %v, moderate %v, low %v %s\n", what, b.Extreme, b.High, b.Moderate, b.Low, unit)
	}
	row("an event concerns a site within", v.Reach, "km")
	row("a notice received is fresh for", v.Review, "days")
	s.printf("%-34s %d days\n", "arriving soon is within", v.ArrivalDays)
	s.printf("%-34s %d hours\n", "a check-in holds for", v.CheckinHour)
	s.printf("%-34s %d days\n", "home or site is old when older than", v.StaleDays)
	s.printf("%-34s %d people\n", "a count is typed above", v.CountAbove)
	s.printf("%-34s %d minutes, then the next in their order\n", "a channel is given", v.NextMinutes)
	s.printf("%-34s %d minutes, then the next is asked\n", "a call for help is to be taken in", v.TakeMinutes)
	digit := "none"
	if v.DuressDigit != 0 {
		digit = strconv.Itoa(v.DuressDigit)
	}
	s.printf("%-34s %s\n", "the digit of duress is", digit)
	s.printf("%-34s %s\n", "on the word of two people goes", v.Approval.Word())
	s.printf("%-34s %s\n", "people are written to in", a.Desk.LanguageWords(&v))
	s.printf("%-34s %s\n", "words of likelihood are read on", cmp.Or(v.Scale, vedette.ScaleICD203).Name())
	where := make([]string, len(v.DiscreetIn))
	for i, id := range v.DiscreetIn {
		where[i] = a.Gaz.Name(id)
	}
	if len(where) == 0 {
		where = []string{"nowhere"}
	}
	s.printf("%-34s %s\n", "whoever is told discreetly is in", strings.Join(where, "; "))
}

type settingsSetCmd struct {
	ReachExtreme   *float64 `help:"km from an event of extreme risk within which a site is concerned." placeholder:"KM"`
	ReachHigh      *float64 `help:"The same for high risk." placeholder:"KM"`
	ReachModerate  *float64 `help:"The same for moderate risk." placeholder:"KM"`
	ReachLow       *float64 `help:"The same for low risk." placeholder:"KM"`
	ReviewExtreme  *float64 `help:"Days for which a notice received of extreme risk is fresh." placeholder:"DAYS"`
	ReviewHigh     *float64 `help:"The same for high risk." placeholder:"DAYS"`
	ReviewModerate *float64 `help:"The same for moderate risk." placeholder:"DAYS"`
	ReviewLow      *float64 `help:"The same for low risk." placeholder:"DAYS"`
	ArrivalDays    *int     `help:"Arriving soon is within so many days." placeholder:"DAYS"`
	CheckinHours   *int     `help:"How long a check-in holds." placeholder:"HOURS"`
	StaleDays      *int     `help:"A home or site not confirmed for longer is old." placeholder:"DAYS"`
	CountAbove     *int     `help:"Whoever tells more people than that types how many they are (--yes=N)." placeholder:"PEOPLE"`
	NextMinutes    *int     `help:"How long a channel is given to reach somebody, before the next in their order of channels is tried." placeholder:"MINUTES"`
	TakeMinutes    *int     `help:"How long somebody on the rota is given to take a call for help, before the next is asked." placeholder:"MINUTES"`
	DuressDigit    *int     `help:"The digit, 4 to 9, that people answer with when somebody makes them answer: it looks to them like \"safe\". 0 is none." placeholder:"DIGIT"`
	DiscreetIn     []string `help:"Whoever is in this place, or may be, is told discreetly: only what to do, from nobody in particular. Several may be given; they take the place of those before. \"none\" is nowhere." placeholder:"PLACE" sep:"none"`
	Approval       *string  `help:"What is published on the word of two people: none, extreme (what says extreme of anything, and every all-clear) or everything." placeholder:"WHAT"`
	Languages      []string `help:"The languages people are told in, by name or tag, parted by commas: \"French, en, ar\". The first is for whoever has none in their record, or one that is not among these. \"all\" is all that Vedette has words in, and English for everybody else." placeholder:"LANGUAGES"`
	Scale          *string  `help:"The scale that words of likelihood are read on in reports that come in: icd203 (US) or phia (UK). What was read stays as it is." placeholder:"SCALE"`
	By             string   `help:"Who changes it." default:"${user}"`
}

// Run changes settings.
func (c *settingsSetCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		v, err := a.Desk.Settings(s.ctx)
		if err != nil {
			return err
		}
		c.into(&v)
		if err := c.places(a, &v); err != nil {
			return err
		}
		if c.Approval != nil {
			if v.Approval, err = vedette.ParseApproval(*c.Approval); err != nil {
				return err
			}
		}
		if err := c.words(a, &v); err != nil {
			return err
		}
		if err := a.Desk.SaveSettings(s.ctx, v, c.By); err != nil {
			return err
		}
		s.settings(a, v)
		return nil
	})
}

// words reads the languages and the scale.
func (c *settingsSetCmd) words(a *app.App, v *vedette.Settings) (err error) {
	if c.Scale != nil {
		if v.Scale, err = vedette.ParseScale(*c.Scale); err != nil {
			return err
		}
	}
	if len(c.Languages) == 0 {
		return nil
	}
	if len(c.Languages) == 1 && c.Languages[0] == "all" {
		v.Languages = nil
		return nil
	}
	v.Languages, err = a.Desk.LanguagesFrom(c.Languages)
	return err
}

// places reads the areas where people are told discreetly.
func (c *settingsSetCmd) places(a *app.App, v *vedette.Settings) error {
	if len(c.DiscreetIn) == 0 {
		return nil
	}
	v.DiscreetIn = nil
	if len(c.DiscreetIn) == 1 && c.DiscreetIn[0] == "none" {
		return nil
	}
	for _, name := range c.DiscreetIn {
		area, err := a.Gaz.Find(name)
		if err != nil {
			return err
		}
		if !slices.Contains(v.DiscreetIn, area.ID) {
			v.DiscreetIn = append(v.DiscreetIn, area.ID)
		}
	}
	return nil
}

func (c *settingsSetCmd) into(v *vedette.Settings) {
	for _, f := range []struct {
		from *float64
		to   *float64
	}{{c.ReachExtreme, &v.Reach.Extreme}, {c.ReachHigh, &v.Reach.High}, {c.ReachModerate, &v.Reach.Moderate}, {c.ReachLow, &v.Reach.Low},
		{c.ReviewExtreme, &v.Review.Extreme}, {c.ReviewHigh, &v.Review.High}, {c.ReviewModerate, &v.Review.Moderate}, {c.ReviewLow, &v.Review.Low}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	for _, f := range []struct{ from, to *int }{{c.ArrivalDays, &v.ArrivalDays}, {c.CheckinHours, &v.CheckinHour}, {c.StaleDays, &v.StaleDays}, {c.CountAbove, &v.CountAbove}, {c.NextMinutes, &v.NextMinutes}, {c.TakeMinutes, &v.TakeMinutes}, {c.DuressDigit, &v.DuressDigit}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
}
