package main

import (
	"fmt"
	"strconv"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type draftSayCmd struct {
	Draft string   `arg:"" help:"The draft's id."`
	What  string   `arg:"" help:"What says it: headline, call, or a name of \"vedette draft words\" (advice.1.2; advice.1 is a heading). A section (advice, situation, assessment, summary) puts new words in." placeholder:"NAME"`
	Text  []string `arg:"" optional:"" help:"The new words, in quotes."`
	Drop  bool     `help:"Take it out."`
	Place string   `help:"Of new advice: where it is for, where that is not all that is affected." placeholder:"PLACE"`
	Topic string   `help:"Of a new claim: its topic." placeholder:"TOPIC"`
	Seen  *int     `help:"How many edits the draft had when you looked (\"vedette draft words\" says it); a newer one refuses yours." placeholder:"N"`
	By    string   `help:"Who changes it." default:"${user}"`
}

// Help shows what is said how.
func (c *draftSayCmd) Help() string {
	return `  vedette draft words DRAFT                                        what it says, with names
  vedette draft say DRAFT headline 'Strikes near Basra'            another headline
  vedette draft say DRAFT advice.1.2 'Leave Basra by road.'        other words
  vedette draft say DRAFT advice.1.2 --drop                        without it
  vedette draft say DRAFT advice 'Leave Amman.' --place Jordan     advice of the desk's own
  vedette draft say DRAFT situation 'The port is shut.' --topic Ports
  vedette draft say DRAFT advice.1 Jordan                          another heading

It is read as a report is: places, dates and odds in it count, and a place in doubt is refused. Where a
heading of advice names a place, the advice under it is for there; where it names none, for where it was.
Names follow the order of the words, so after one is taken out look again; --seen refuses a change where
somebody else was quicker. What it does to those who would be told is shown.`
}

// Run changes what a draft says and shows what that does.
func (c *draftSayCmd) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		e := desk.DraftEdit{Draft: d.Update.ID, By: c.By, Seen: len(d.Update.Edits)} // the names are of this state
		if c.Seen != nil {
			e.Seen = *c.Seen + 1 // the first is that it was made
		}
		if err := c.read(a, &d.Update.Content, &e); err != nil {
			return err
		}
		return s.edited(a, e, "before this edit")
	})
}

// check refuses what does not go together.
func (c *draftSayCmd) check() error {
	switch {
	case len(c.Text) > 1:
		return errUsage{fmt.Errorf("the words came as %d; put them in quotes", len(c.Text))}
	case c.Drop && len(c.Text) > 0:
		return errUsage{fmt.Errorf("--drop takes it out: give no words")}
	case !c.Drop && strings.TrimSpace(c.text()) == "": // also where a shell's variable was empty
		return errUsage{fmt.Errorf("say what it is to say, in quotes, or --drop to take it out")}
	}
	return nil
}

// text is what it is to say, "" where it is taken out.
func (c *draftSayCmd) text() string { return strings.Join(c.Text, " ") }

// read reads which words are meant.
func (c *draftSayCmd) read(a *app.App, content *vedette.Content, e *desk.DraftEdit) error {
	section, group, at, parts := spotOf(c.What)
	if (c.Place != "" || c.Topic != "") && parts != 1 {
		return errUsage{fmt.Errorf("--place and --topic are for new words: name a section, as advice")}
	}
	words := desk.Words{Text: c.text()}
	switch head := content.Heading(section, group); {
	case c.What == "headline":
		words.Was, e.Headline = content.Headline, &words
	case c.What == "call":
		words.Was, e.Call = content.CallToAction, &words
	case parts == 0:
		return errUsage{fmt.Errorf("%q names nothing that a draft says; \"vedette draft words %s\" gives the names", c.What, c.Draft)}
	case parts == 1:
		e.Say = &desk.Say{Spot: vedette.Spot{Section: section}, Words: words, Heading: c.Topic}
		return c.readPlace(a, e.Say)
	case parts == 2 && head != nil && (section == vedette.SectionAdvice || section == vedette.SectionSituation):
		words.Was = *head
		e.Head = &desk.Head{Section: section, Group: group, Words: words}
	default:
		spot := vedette.Spot{Section: section, Group: group, At: at}
		said := content.Part(spot).Said()
		if said == nil {
			return vedette.Errorf(vedette.CodeInvalid, "nothing of the draft is named %q; \"vedette draft words %s\" gives the names", c.What, c.Draft)
		}
		words.Was = said.Text
		e.Say = &desk.Say{Spot: spot, Words: words}
	}
	return nil
}

// readPlace reads where new advice is for.
func (c *draftSayCmd) readPlace(a *app.App, say *desk.Say) error {
	if c.Drop {
		return errUsage{fmt.Errorf("name what is to be taken out, as advice.1.2; \"vedette draft words %s\" gives the names", c.Draft)}
	}
	if c.Place == "" {
		return nil
	}
	area, err := a.Gaz.Find(c.Place)
	if err != nil {
		return err
	}
	say.Area = area.ID
	return nil
}

// spotOf reads the name of a statement, of a heading or of a section: how many parts the
// name has, 0 for none that there is.
func spotOf(name string) (section vedette.Section, group, at, parts int) {
	word, rest, more := strings.Cut(name, ".")
	section = vedette.Section(word)
	if sections[section] == "" {
		return "", 0, 0, 0
	}
	if !more {
		return section, 0, 0, 1
	}
	numbers := strings.Split(rest, ".")
	var no [2]int
	for i, text := range numbers {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || i == len(no) {
			return "", 0, 0, 0
		}
		no[i] = n - 1
	}
	grouped := section == vedette.SectionAdvice || section == vedette.SectionSituation
	switch {
	case !grouped && len(numbers) == 1:
		return section, 0, no[0], 3
	case grouped && len(numbers) == 2:
		return section, no[0], no[1], 3
	case grouped:
		return section, no[0], 0, 2
	}
	return "", 0, 0, 0
}

// edited makes an edit of a draft, and shows what it changed and what that does.
func (s *session) edited(a *app.App, e desk.DraftEdit, since string) error {
	d, err := a.Desk.EditDraft(s.ctx, e)
	if err != nil {
		return err
	}
	return s.changed(a, d, since)
}

// changed shows what the last edit of a draft changed, and what that does.
func (s *session) changed(a *app.App, d *desk.Draft, since string) error {
	last := len(d.Update.Edits) - 1
	for _, ch := range d.Update.Edits[last].Changes {
		s.printf("%s\n", clean(ch.Words()))
	}
	s.printf("\n")
	return (&publishCmd{}).preview(s, a, d, sinceEdit(d.Update, last, since)...)
}
