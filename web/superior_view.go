package web

import (
	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// superiorLine is the manager of somebody whose trip clashes: what they were
// told, and how far it got.
type superiorLine struct {
	Name, Traveller string
	Why             string // address of why the traveller was told
	Trips           []messages.Said
	Gone            bool
	Lost            bool // not reached
	State, Means    string
	Detail          messages.Said
	Accepted        moment
}

// superiorLines puts those first who are not reached.
func (p *portal) superiorLines(u *vedette.Update, list []desk.ToldManager, zone string) (out []superiorLine) {
	var rest []superiorLine
	for i := range list {
		if l := p.superiorLine(u, &list[i], zone); l.Lost {
			out = append(out, l)
		} else {
			rest = append(rest, l)
		}
	}
	return append(out, rest...)
}

func (p *portal) superiorLine(u *vedette.Update, m *desk.ToldManager, zone string) superiorLine {
	l := superiorLine{Name: safe(m.Manager), Traveller: safe(m.Traveller.Record.Name), Gone: m.Gone, Detail: readReason(m.Detail),
		State: messages.Mark("not reached"), Means: messages.Mark("no address is known"), Lost: true, Accepted: when(m.AcceptedAt, p.Now(), zone)}
	if m.Traveller.ID != "" {
		l.Why = "/updates/" + string(u.ID) + "/why/" + string(m.Traveller.ID)
	}
	if m.State != "" {
		l.State, l.Means = stateWords[m.State][0], stateWords[m.State][1]
		l.Lost = m.State == vedette.DeliveryFailed || m.State == vedette.DeliveryUnknown
	}
	for _, c := range m.Clashes {
		l.Trips = append(l.Trips, messages.Of("%s, %s", p.area(c.Area, string(c.Area)), when(c.From, p.Now(), p.Gaz.Zone(c.Area)).Day))
	}
	return l
}
