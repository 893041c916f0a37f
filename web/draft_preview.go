package web

import (
	"slices"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// maxNamed is how many people or places a page names of many.
const maxNamed = 10

// previewView is what publishing a draft would do.
type previewView struct {
	Concerned, In, MayBe int
	Arriving, Days       int
	Unreachable          int
	NoAddress            []string
	MoreNoAddress        int
	Watching, Bare       int
	Hooks, Broken        int
	Wished               messages.Said // of them, who is told later, or over one channel first
	Texts, Calls         messages.Said // what text messages and calls take
	Reminders            messages.Said // what may follow while nobody answers
	News                 []newsLine
	Countries, Sites     []whereRow
	MoreSites            int
	Clashes              []clashLine
	AllClashes           int
	ClashMap             *clashMap // where they go, nil for nowhere
	Unmanaged            int       // of these trips, those of whom no manager is reached
	Omitted              []omittedLine
	Shifts               []shiftView
	Board                []messages.Said // what it would do to the posture board
	Tasks                []messages.Said
	Odds                 []messages.Said
	Unplaced             []string
	Ended                []messages.Said // over before it is published: told to nobody
	Blocking             []findingView
	Accepts              []acceptView
	Immediate            bool
	Again                string // address of what was published of the very same text
	AgainAt              moment
	Count                int // to be typed by whoever publishes, 0 for none
}

type newsLine struct {
	N     int
	Words string
}

type whereRow struct {
	Name messages.Said
	desk.Where
}

type omittedLine struct {
	N      int
	Reason messages.Said
}

// shiftView is who would be told no more than by an earlier state.
type shiftView struct {
	Since     messages.Said
	Gained, N int
	Lost      []omittedLine
}

// acceptView is a doubt that blocks until somebody takes it on.
type acceptView struct {
	Code  string
	Words messages.Said
	On    bool // it was ticked
}

var newsWords = []struct {
	news  vedette.News
	words string
}{{vedette.NewsNew, messages.Mark("told of it for the first time")}, {vedette.NewsChanged, messages.Mark("told what changed for them")},
	{vedette.NewsUnchanged, messages.Mark("told once more, though nothing changed")}, {vedette.NewsWithdrawn, messages.Mark("told that it applies to them no more")}}

// preview puts a preview into the shape of the page.
func (p *portal) preview(v *previewView, d *desk.Draft, pv *desk.Preview) {
	v.Concerned, v.In, v.MayBe, v.Arriving, v.Days = pv.Concerned, pv.In, pv.MayBe, pv.Arriving, pv.Days
	v.Unreachable, v.MoreNoAddress = pv.Unreachable.N, max(pv.Unreachable.N-len(pv.Unreachable.Some), 0)
	v.Watching, v.Bare, v.Hooks, v.Broken, v.AllClashes = pv.Watching, pv.Bare, pv.Hooks, len(pv.Broken), pv.Clashes.N
	v.Wished, v.Texts, v.Calls, v.Reminders = worded(pv.Wished.Says()), worded(pv.Texts.Says()), worded(pv.Calls.Says()), worded(pv.Reminders.Says())
	if pv.Count > pv.CountAbove {
		v.Count = pv.Count
	}
	for _, n := range newsWords {
		if pv.Told[n.news] > 0 {
			v.News = append(v.News, newsLine{pv.Told[n.news], n.words})
		}
	}
	for _, c := range pv.Countries {
		v.Countries = append(v.Countries, whereRow{p.area(c.Area, c.Name), c.Where})
	}
	v.MoreSites = max(len(pv.Sites)-maxSites, 0)
	for _, s := range pv.Sites[:len(pv.Sites)-v.MoreSites] {
		v.Sites = append(v.Sites, whereRow{asItIs(safe(s.Name)), s.Where})
	}
	v.Omitted = omittedLines(pv.Omitted)
	for _, c := range pv.Contradictions {
		v.Odds = append(v.Odds, worded(c.Says))
	}
	for _, a := range pv.Ended {
		v.Ended = append(v.Ended, messages.Of("%s (%s)", safe(a.Text), worded(a.Says)))
	}
	for _, a := range pv.Unplaced {
		v.Unplaced = append(v.Unplaced, safe(a.Text))
	}
	p.doubts(v, d, pv)
	p.board(v, pv.Posture)
	v.Immediate = d.Update.Content.Urgency == vedette.UrgencyImmediate
	if pv.Again != nil {
		v.Again, v.AgainAt = "/updates/"+string(pv.Again.ID), when(pv.Again.PublishedAt, p.Now(), "")
	}
}

func omittedLines(list []desk.Omitted) (out []omittedLine) {
	for _, o := range list {
		out = append(out, omittedLine{o.N, readTold(o.Reason)})
	}
	return out
}

// doubts lists what blocks, and for each sort of doubt what accepting it says.
func (p *portal) doubts(v *previewView, d *desk.Draft, pv *desk.Preview) {
	var codes []vedette.FindingCode
	for i := range d.Sources {
		s := &d.Sources[i]
		for _, f := range findings(s.Report.ID, s.Reading, nil) {
			if f.Blocks && !settled(d.Update, s, f) {
				v.Blocking = append(v.Blocking, f)
			}
		}
	}
	for _, f := range pv.Blocking {
		if !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
			v.Accepts = append(v.Accepts, acceptView{Code: string(f.Code), Words: messages.Said{English: plain(string(f.Code))}})
		}
	}
}

// board says what publishing would do to the posture board.
func (p *portal) board(v *previewView, b *desk.Adopted) {
	if b != nil {
		v.Board, v.Tasks = boardLines(b)
	}
}

// boardLines say what is done to the posture board, and what it asks.
func boardLines(b *desk.Adopted) (rises, tasks []messages.Said) {
	for i := range b.Rises {
		r := &b.Rises[i]
		name, to := safe(r.Name), messages.Said{English: postureWords[r.To]}
		switch {
		case r.Holds() && r.To == "":
			rises = append(rises, messages.Of("%s: stays without advice; it is left out", name))
		case r.Holds():
			rises = append(rises, messages.Of("%s: stays at %s", name, to))
		case r.Was == "":
			rises = append(rises, messages.Of("%s: %s (none stood)", name, to))
		default:
			rises = append(rises, messages.Of("%s: %s (was %s)", name, to, messages.Said{English: postureWords[r.Was]}))
		}
	}
	if b.Drawn != "" {
		rises = append(rises, messages.Of("%s", safe(b.Drawn)))
	}
	for _, t := range b.Tasks {
		tasks = append(tasks, readKept(t.Question))
	}
	return rises, tasks
}

// settled says whether the desk settled a finding of a report.
func settled(u *vedette.Update, s *desk.Source, f findingView) bool {
	return slices.ContainsFunc(u.Settled, func(o vedette.Settled) bool {
		return o.Report == s.Report.ID && o.Finding.Lines == f.Lines && o.Finding.Message == f.of.Message
	})
}
