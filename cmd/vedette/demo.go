package main

import (
	"encoding/json"
	"fmt"

	"vedette/app"
)

type demoCmd struct {
	Report string `help:"Publish this report instead of the sample." placeholder:"FILE"`
	Once   bool   `help:"End after the summary."`
	JSON   bool   `help:"With --once: print one JSON object." name:"json"`
	Listen string `help:"Address of the portal." default:"127.0.0.1:8075"`
	People int    `help:"How many people to make up." default:"1000"`
}

// Run plays the whole chain on fresh data and invented people.
func (c *demoCmd) Run(s *session) error {
	if c.JSON && !c.Once {
		return errUsage{fmt.Errorf("--json goes with --once")}
	}
	if c.People < 1 || c.People > 100_000 {
		return errUsage{fmt.Errorf("--people is between 1 and 100000")}
	}
	dc := app.DemoConfig{Once: c.Once, Listen: c.Listen, People: c.People, Progress: func(t string) { fmt.Fprintln(s.err, t) }}
	if c.Once {
		dc.Listen = "127.0.0.1:0" // nobody is to visit: any free port
	}
	if c.Report != "" {
		text, name, _, err := s.readReport(c.Report)
		if err != nil {
			return err
		}
		dc.Report, dc.Origin = text, name
	}
	dc.Summary = func(sum app.DemoSummary) { s.demoSummary(sum, c) }
	cfg := s.config()
	if cfg.Log != nil && s.cli.LogLevel == "info" {
		s.cli.LogLevel = "warn"
		cfg.Log = s.log()
	}
	return app.Demo(s.ctx, cfg, dc)
}

func (s *session) demoSummary(sum app.DemoSummary, c *demoCmd) {
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		_ = enc.Encode(sum) // a broken pipe shows in the exit of whoever reads
		return
	}
	p := s.paper()
	p.line("%s", p.look(bold, clean(sum.Report.Title)))
	p.line("risk %s, affected %s", p.look(riskLook(sum.Report.Risk), sum.Report.Risk.String()), clean(places(sum.Report.Affected)))
	p.line("")
	p.line("read      in %8s", took(sum.Seconds.Parse))
	p.line("published in %8s", took(sum.Seconds.Publish))
	p.line("told      in %8s: %d of %d people are concerned, %d notices, %d accepted, %d failed",
		took(sum.Seconds.Deliver), sum.Concerned, sum.People, sum.Notices, sum.Accepted, sum.Failed)
	if sum.Managers > 0 {
		p.line("             and %s of somebody whose trip goes where it should not", count(sum.Managers, "manager", "managers"))
	}
	p.line("answered     %d safe, %d need help, %d not there, %d silent", sum.Answers.Safe, sum.Answers.Help, sum.Answers.NotThere,
		sum.Concerned-sum.Answers.Safe-sum.Answers.Help-sum.Answers.NotThere)
	p.line("")
	for i, ct := range sum.Countries {
		if i == 12 {
			p.line("  … and %d more", len(sum.Countries)-i)
			break
		}
		p.line("  %-28s %d", clean(ct.Name), ct.N)
	}
	if c.Once {
		return
	}
	p.line("")
	p.line("update    %s/updates/%s", sum.URL, sum.Update)
	p.line("board     %s/updates/%s/board", sum.URL, sum.Update)
	p.line("mailbox   %s/demo/mailbox", sum.URL)
	p.line("")
	p.line("All people are invented and all mail stays on this machine. Ctrl-C ends it and removes its data.")
}

// took writes a time as a person would say it.
func took(seconds float64) string {
	if seconds < 1 {
		return fmt.Sprintf("%.0f ms", 1000*seconds)
	}
	return fmt.Sprintf("%.1f s", seconds)
}
