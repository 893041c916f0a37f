package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// handoverView is the change of a shift: what is open, late and in trouble.
type handoverView struct {
	frame
	Kept, Signed bool
	No           int
	ID, Digest   string
	From, To     string
	At, Since    moment
	TakenBy      string
	TakenAt      moment
	First        bool // there was none before
	Cases        []handCase
	Rolls        []handRoll
	Situations   []handSituation
	Conditions   []handLine
	Clears       []messages.Said
	Tasks        []handTask
	Postures     []handPosture
	Changes      []messages.Said

	Last    *handoverLine  // that nobody has taken over yet, or that stands
	List    []handoverLine // that were given
	By      byline
	Typed   string // to whom
	Problem problem
}

type handCase struct {
	Name    messages.Said
	Address string
	What    messages.Said
	Due     moment
	Late    bool
}

type handRoll struct {
	Title, Address, Mark string
	Open, Members, Help  int
	Callers              string
	Names                []messages.Said
	More                 int
}

type handSituation struct {
	Address, Mark, Title    string
	Number                  int
	Risk                    badge
	Urgency                 messages.Said
	Since                   moment
	Concerned, Silent, Help int
	Trouble                 messages.Said // none where all are told
}

// handLine is a condition and how it stands.
type handLine struct{ Address, State, Text string }

type handTask struct {
	Question messages.Said
	Due      moment
	Late     bool
}

type handPosture struct {
	Address, Is, Was string
	Area, From       messages.Said
}

// handoverLine is a hand-over in a list.
type handoverLine struct {
	Address, From, To, TakenBy string
	No                         int
	At, TakenAt                moment
}

// showHandover shows what would be handed over now, and takes who hands over
// to whom.
func (p *portal) showHandover(w http.ResponseWriter, r *http.Request) error {
	return p.handoverPage(w, r, http.StatusOK, handoverView{By: bylineOf(r)})
}

func (p *portal) handoverPage(w http.ResponseWriter, r *http.Request, status int, v handoverView) error {
	c, err := p.Desk.HandoverNow(r.Context(), v.By.Name, "")
	if err != nil {
		return err
	}
	p.fillHandover(r, &v, c)
	list, err := p.Desk.Handovers(r.Context())
	if err != nil {
		return err
	}
	for i := range list {
		h := &list[i]
		v.List = append(v.List, handoverLine{Address: handoverAddress(h.ID), No: h.No, From: safe(h.From), To: safe(h.To), At: when(h.At, p.Now(), ""), TakenBy: safe(h.TakenBy), TakenAt: when(h.TakenAt, p.Now(), "")})
	}
	if len(v.List) > 0 {
		v.Last = &v.List[0]
	}
	return p.show(w, status, "handover", v)
}

// showHandoverOf shows one that was given.
func (p *portal) showHandoverOf(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.HandoverOf(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := handoverView{By: bylineOf(r)}
	p.fillHandover(r, &v, c)
	return p.show(w, http.StatusOK, "handover", v)
}

func handoverAddress(id vedette.ID) string { return "/handover/" + string(id) }

// fillHandover puts a hand-over into the shape of the page.
func (p *portal) fillHandover(r *http.Request, v *handoverView, c *desk.HandoverCard) {
	h := &c.Handover
	title := messages.Of("Hand-over")
	if c.Kept {
		title = messages.Of("Hand-over %d", h.No)
	}
	v.frame = p.frameOf(r, title, vedette.StatusActual)
	v.Place = "handover"
	v.Kept, v.Signed, v.No, v.ID, v.Digest, v.First = c.Kept, c.Signed, h.No, string(h.ID), h.Digest, h.No == 1
	v.From, v.To, v.At, v.Since = safe(h.From), safe(h.To), when(h.At, p.Now(), ""), when(h.Since, p.Now(), "")
	v.TakenBy, v.TakenAt = safe(h.TakenBy), when(h.TakenAt, p.Now(), "")
	for i := range h.Cases {
		k := &h.Cases[i]
		x := handCase{Name: warnedName(c.People[k.Person]), Address: "/cases/" + string(k.ID), What: messages.Of("%s has it, next contact due", safe(k.Owner)), Due: when(k.DueAt, p.Now(), ""), Late: k.Late}
		if k.Owner == "" {
			x.What, x.Due = messages.Of("nobody has taken it, called"), when(k.CalledAt, p.Now(), "")
		}
		v.Cases = append(v.Cases, x)
	}
	p.handRolls(v, c)
	p.handSituations(v, h)
	p.handRest(v, h)
	for _, x := range c.Changes {
		text := worded(x.Says)
		if x.Question != "" {
			text.Args = []any{readKept(x.Question)}
		}
		if x.Person != "" {
			text = messages.Of("%s: %s", warnedName(c.People[x.Person]), text)
		}
		v.Changes = append(v.Changes, text)
	}
}

func (p *portal) handRolls(v *handoverView, c *desk.HandoverCard) {
	for i := range c.Rolls {
		r := &c.Rolls[i]
		x := handRoll{Title: safe(r.Title), Address: rollcallAddress(r.ID), Mark: r.Status.Mark(), Open: len(r.Open), Members: r.Members, Help: r.Counts[vedette.RollHelp], Callers: safe(strings.Join(r.Callers, ", "))}
		for _, id := range r.Open[:min(len(r.Open), maxNamed)] {
			x.Names = append(x.Names, warnedName(c.People[id]))
		}
		x.More = len(r.Open) - len(x.Names)
		v.Rolls = append(v.Rolls, x)
	}
}

func (p *portal) handSituations(v *handoverView, h *vedette.Handover) {
	for i := range h.Standing {
		s := &h.Standing[i]
		x := handSituation{Address: updatePath + string(s.Update), Mark: s.Status.Mark(), Title: safe(s.Title), Number: s.Number, Risk: riskBadge(s.Risk), Urgency: urgencySaid(s.Urgency),
			Since: when(s.PublishedAt, p.Now(), ""), Concerned: s.Concerned, Silent: s.Silent, Help: s.Help}
		if s.Trouble() {
			x.Trouble = messages.Of("%d queued, %d failed, %d in doubt, %d without an address", s.Queued, s.Failed, s.Unknown, s.Unreachable)
		}
		v.Situations = append(v.Situations, x)
	}
	for i := range h.Awaited {
		c := &h.Awaited[i]
		v.Conditions = append(v.Conditions, handLine{updatePath + string(c.Update) + "#acts", conditionStates[c.State].English, safe(c.Text)})
	}
}

func (p *portal) handRest(v *handoverView, h *vedette.Handover) {
	for i := range h.Clears {
		c := &h.Clears[i]
		at := when(c.At, p.Now(), "")
		v.Clears = append(v.Clears, messages.Of("%s since %s %s by %s: %s", p.area(c.Area, ""), at.Day, at.Clock, safe(c.By), safe(c.Basis)))
	}
	for i := range h.Tasks {
		t := &h.Tasks[i]
		v.Tasks = append(v.Tasks, handTask{readKept(t.Question), when(t.DueAt, p.Now(), ""), t.Late})
	}
	for i := range h.Postures {
		x := &h.Postures[i]
		from := messages.Of("by an update")
		if x.By != "" {
			from = messages.Of("set by %s: %s", safe(x.By), safe(x.Reason))
		}
		v.Postures = append(v.Postures, handPosture{Area: p.area(x.Area, ""), Address: postureAddress(x.Area), Is: stepOrNone(x.Action), Was: stepOrNone(x.Was), From: from})
	}
}

func stepOrNone(a vedette.Action) string {
	return firstOf(postureWords[a], messages.Mark("none of ours"))
}

// warnedName is a name as a hand-over is kept with it: what whoever reads it must know
// stands after it, in English.
func warnedName(name string) messages.Said {
	for _, w := range []string{messages.Mark("COMPROMISED: not at their own number"), messages.Mark("DURESS: ring nobody, see the case")} {
		if before, ok := strings.CutSuffix(name, " ("+w+")"); ok {
			return messages.Of("%s (%s)", warnedName(before), messages.Said{English: w})
		}
	}
	return asItIs(safe(name))
}
