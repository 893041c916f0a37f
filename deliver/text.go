package deliver

import "strings"

// Bullet opens every advice line of a text mail, and nothing else in the
// block of lines under "What to do".
const Bullet = "• "

// alsoBullet opens what stands by other updates.
const alsoBullet = "◦ "

// text is the plain part with its holes. Lines are not wrapped: one advice
// is one line, links stay whole, and mail readers fold to the screen. The
// status mark is the first word of every line.
func (s *sheet) text() string {
	w := s.Words
	var lines []string
	add := func(more ...string) { lines = append(lines, more...) }
	add(s.Late, s.Line, s.Call, s.Known, s.Cause, blank, s.WhatToDo, s.Posture, s.NoAdvice)
	for _, g := range s.Groups {
		if g.Area != "" {
			add(g.Area + strings.TrimRight(w.Say("colon"), " "))
		}
		for _, l := range g.Lines {
			add(Bullet + l.wording(w))
		}
	}
	if len(s.Also) > 0 {
		add(blank, s.AlsoStands)
	}
	for _, g := range s.Also {
		add(g.From)
		for _, l := range g.Lines {
			add(alsoBullet + l.wording(w))
		}
	}
	add(blank, w.Say("short"), s.Issued, w.Say("short.urgency")+s.Urgency, w.Say("short.source")+s.Source)
	add(s.Summary...)
	if s.More {
		add(w.Say("short.rest"))
	}
	if s.PageURL != "" {
		add(w.Say("short.whole") + w.Say("colon") + s.PageURL)
	}
	add(blank)
	return s.marked(lines) + s.personal() + s.marked([]string{blank, s.Footer, s.Corrects})
}

// blank stands for an empty line; an empty string for no line at all.
const blank = "\n"

// marked joins lines, the status mark before each that does not have it yet.
// An advice has it after its bullet.
func (s *sheet) marked(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		switch {
		case l == "":
			continue
		case l == blank:
			l = ""
		case s.Mark != "" && !strings.HasPrefix(l, s.Mark+" ") && !strings.HasPrefix(l, Bullet+s.Mark+" ") && !strings.HasPrefix(l, alsoBullet+s.Mark+" "):
			l = s.Mark + " " + l
		}
		b.WriteString(l + "\n")
	}
	return b.String()
}

// personal is why this person gets it and how to answer, with its holes.
func (s *sheet) personal() string {
	w := s.Words
	why := s.marked([]string{w.Say("why") + only(fieldName, w.Say("comma")+hole(fieldName)) + only(fieldBecause, w.Say("colon")+hole(fieldBecause))})
	may := only(fieldMayBe, s.marked([]string{w.Say("why.may_be")}))
	answer := append([]string{blank, w.Say("answer"), w.Say("answer.how")}, s.Answers()...)
	return why + may + only(fieldURL, s.marked(append(answer, hole(fieldURL))))
}

// Answers are the three answers.
func (s *sheet) Answers() []string {
	return []string{s.Words.Say("answer.safe"), s.Words.Say("answer.help"), s.Words.Say("answer.not_there")}
}
