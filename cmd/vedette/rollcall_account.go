package main

import (
	"fmt"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type rollcallAccountCmd struct {
	Rollcall string   `arg:"" help:"The roll-call's id."`
	Person   []string `help:"Of whom, by name, e-mail address or id." placeholder:"PERSON" sep:"none"`
	Site     string   `help:"Of everyone who is held to be at a site." placeholder:"SITE"`
	Except   []string `help:"But for these, of the site." placeholder:"PERSON" sep:"none"`
	Is       string   `help:"How they are: safe, help, not_there; taken_back where what was said of them was wrong." enum:"safe,help,not_there,taken_back" required:"" placeholder:"WORD"`
	Who      string   `help:"Who spoke to them." placeholder:"NAME"`
	How      string   `help:"How it is known: saw, voice, message or somebody_else." default:"voice" placeholder:"WAY"`
	Where    string   `help:"Where they are, of those who are not there." placeholder:"PLACE"`
	Note     string   `help:"What is to be known besides; why, where it is taken back." placeholder:"WORDS"`
	As       string   `help:"As what: desk, manager or warden." enum:"desk,manager,warden" default:"desk"`
	By       string   `help:"Who accounts for them." default:"${user}"`
	DryRun   bool     `help:"Say of whom it would be, and keep nothing."`
}

// Run accounts for members of a roll-call.
func (c *rollcallAccountCmd) Run(s *session) error {
	how, err := vedette.ParseVerified(c.How)
	if err != nil {
		return errUsage{err}
	}
	return s.open(func(a *app.App) error {
		out, err := a.Desk.Account(s.ctx, desk.AccountOrder{Rollcall: vedette.ID(c.Rollcall), Persons: c.Person, Site: c.Site, Except: c.Except,
			Kind: vedette.AccountKind(c.Is), How: how, Who: c.Who, Where: c.Where, Text: c.Note, As: vedette.AccountRole(c.As), By: c.By, DryRun: c.DryRun})
		if err != nil {
			return err
		}
		verb := "accounted for"
		if c.DryRun {
			verb = "would be accounted for"
		}
		p := s.paper()
		for i := range out.People {
			p.line("%s: %s", verb, clean(out.People[i].Person.Record.Name))
		}
		for _, o := range out.Marked() {
			p.line("%s", p.look(red, clean(o.Person.Record.Name)+" is under DURESS, and so counted until the desk closes their case (vedette case list): what was said of them is kept, and takes that away from nobody"))
		}
		for i := range out.LeftOut {
			p.line("%s", p.look(red, "left out: "+clean(out.LeftOut[i].WhyLeft())))
		}
		if vedette.AccountKind(c.Is) == vedette.AccountHelp && !c.DryRun && len(out.Uncased) < len(out.People) {
			p.line("a case is open: vedette case list")
		}
		for i := range out.Uncased {
			p.line("%s", p.look(red, fmt.Sprintf("NO CASE was opened for %s, who was never told of anything: ask first (vedette rollcall ask %s), then account for them again", clean(out.Uncased[i].Person.Record.Name), c.Rollcall)))
		}
		if out.Corrected {
			p.line("where they are held to be was corrected")
		}
		return nil
	})
}
