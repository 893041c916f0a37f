package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type auditCmd struct {
	List   auditListCmd   `cmd:"" default:"withargs" help:"Who did what, when, and by which door; newest first."`
	Verify auditVerifyCmd `cmd:"" help:"Go through the whole record: name every row that was changed, put in or taken out."`
	Head   auditHeadCmd   `cmd:"" help:"How far the record has come. Write it down elsewhere: verify --head proves that nothing before it was rewritten."`
}

// Help says what the record is good for.
func (c *auditCmd) Help() string {
	return `Every change is a row of one record, with by whom it was. Each row has a sum over itself and the row
before, and once a minute, while vedette serve runs, the installation's key vouches for the last. Whoever
can write the database, and has not the key, can take back no more than what no seal is made of yet, and
only by cutting the record off at its end: a head that was written down elsewhere shows that too.`
}

type auditListCmd struct {
	Kind   string        `help:"Only rows about: ${logkinds}." placeholder:"KIND"`
	Of     string        `help:"Only rows about the thing with this id." placeholder:"ID"`
	Who    string        `help:"Only what somebody of this name did." placeholder:"NAME"`
	Since  time.Duration `help:"Only of the last so long: 12h." placeholder:"TIME"`
	Before int64         `help:"Only rows before this number: the next page." placeholder:"NUMBER"`
	Limit  int           `help:"At most so many; 0: all." default:"50"`
	CSV    bool          `help:"As a table for a spreadsheet." name:"csv"`
}

// Run lists the record.
func (c *auditListCmd) Run(s *session) error {
	q := desk.LogQuery{Before: c.Before, Kind: vedette.LogKind(c.Kind), Ref: vedette.ID(c.Of), Actor: c.Who, Limit: c.Limit}
	if c.Kind != "" && !slices.Contains(vedette.LogKinds, q.Kind) {
		return errUsage{fmt.Errorf("there are no rows about %q; they are about %s", c.Kind, logKinds())}
	}
	if c.Since > 0 {
		q.From = s.now().Add(-c.Since)
	}
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Audit(s.ctx, q)
		if err != nil {
			return err
		}
		if c.CSV {
			return app.WriteCSV(s.out, auditRows(list))
		}
		p := s.paper()
		if len(list) == 0 {
			p.line("no such row")
		}
		for _, e := range list {
			p.item(strconv.FormatInt(e.Seq, 10)+" ", e.At.UTC().Format(minute)+", "+string(e.Kind)+" "+e.Verb+", "+actorWords(e.By)+refWords(e.Ref))
		}
		return nil
	})
}

func refWords(ref string) string {
	if ref == "" {
		return ""
	}
	return "; " + ref
}

// actorWords say by whom a row is.
func actorWords(a vedette.Actor) string {
	switch {
	case a.Name != "" && a.Via == vedette.ViaPortal:
		return "by " + clean(a.Name)
	case a.Name != "":
		return "by " + clean(a.Name) + " (" + string(a.Via) + ")"
	case a.Via == "":
		return "by whom is not kept"
	case a.Via == vedette.ViaProgram:
		return "by itself"
	}
	return "by " + string(a.Via)
}

func auditRows(list []vedette.LogEntry) [][]string {
	rows := [][]string{{"number", "at", "about", "what", "id", "door", "who", "who id"}}
	for _, e := range list {
		rows = append(rows, []string{strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(time.RFC3339Nano), string(e.Kind), e.Verb, e.Ref, string(e.By.Via), e.By.Name, string(e.By.ID)})
	}
	return rows
}

func logKinds() string {
	list := make([]string, len(vedette.LogKinds))
	for i, k := range vedette.LogKinds {
		list[i] = string(k)
	}
	return strings.Join(list, ", ")
}

type auditVerifyCmd struct {
	Head string `help:"A head that was written down before, as vedette audit head printed it." placeholder:"NUMBER:SUM"`
}

// Run goes through the record. What is wrong is an error.
func (c *auditVerifyCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		check, err := a.Desk.CheckLog(s.ctx, c.Head)
		if err != nil {
			return err
		}
		return s.checked(&check)
	})
}

func (s *session) checked(c *desk.LogCheck) error {
	for _, f := range c.Faults {
		s.printf("%s\n", f)
	}
	if c.More > 0 {
		s.printf("and %d faults more\n", c.More)
	}
	s.printf("%d rows gone through; head %s\n", c.Head.Seq, c.Head)
	switch {
	case c.Sealed == 0:
		s.printf("no row is sealed yet: vedette serve does it, once a minute\n")
	default:
		s.printf("sealed up to row %d, %s\n", c.Sealed, c.At.UTC().Format(minute))
	}
	if len(c.Faults) > 0 {
		return vedette.Errorf(vedette.CodeConflict, "the record does not fit: %d faults", len(c.Faults)+c.More)
	}
	s.printf("nothing was changed, put in or taken out\n")
	return nil
}

type auditHeadCmd struct{}

// Run prints the head.
func (c *auditHeadCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		h, err := a.Desk.LogHead(s.ctx)
		if err != nil {
			return err
		}
		if h.Seq == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "nothing has happened yet, so there is no head")
		}
		s.printf("%s\n", h)
		return nil
	})
}
