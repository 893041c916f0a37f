package web

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"vedette"
	"vedette/deliver/words"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

// MinePath is where people's own pages are; what follows is the link's secret.
const MinePath = replyPath + "me/"

// mineView is somebody's own page, in their language.
type mineView struct {
	frame
	Here, Script, Taps   string // addresses: of the page, of its script, of that for what waits
	AsOf, Until          string
	ISO                  string // as of when it is
	Said                 string // what was just done, in words; "" for nothing
	SaidKind             string
	Next                 string // and what to do beside it
	Discreet, More, Open bool
	MaxText              int

	Call    replyView // how their call for help stands, as the reply page says it
	Notices []mineNotice
	Numbers []string
	From    string // whence the numbers are
	CheckIn bool
	Trips   []mineTrip
	Ways    []mineWay
	Wishes  mineWishes
}

// appView is what the home screen of a phone is told of a page.
type appView struct{ Manifest, Touch string }

// mineNotice is what they were told.
type mineNotice struct {
	desk.MyCard
	ID, Level string
	Sent, Age string
	ISO       string
	Tongue    string // language of the headline
	Map       template.HTML
	Answered  string
	Kind      string
}

type mineTrip struct {
	Words   string
	Clashes []string
}

type mineWay struct{ Over, Shown, Standing string }

// mineWishes are what the form shows.
type mineWishes struct {
	Languages, Firsts        []mineChoice
	QuietOf, QuietTo, Digest string
}

type mineChoice struct {
	Value, Words string
	Chosen       bool
}

// mapsShown bounds the maps of a page: it is to come over a bad line.
const mapsShown = 3

// openMine shows somebody's own page. It changes nothing.
func (p *portal) openMine(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenMine(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.showMine(w, r, pg, r.URL.Query().Get("said"))
}

// showMine shows a page with its script, which it works without.
func (p *portal) showMine(w http.ResponseWriter, r *http.Request, pg *desk.MyPage, said string) error {
	v := p.mineView(r, pg)
	v.say(said)
	w.Header().Set("Content-Security-Policy", httpd.AppPolicy)
	w.Header().Set("Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()")
	return p.show(w, http.StatusOK, "mine", v)
}

// say has the page say what was just done.
func (v *mineView) say(said string) {
	switch said {
	case string(vedette.ReplySafe), string(vedette.ReplyHelp), string(vedette.ReplyNotThere):
		v.SaidKind, v.Said = said, v.Says.Say("page."+said)
		if said == string(vedette.ReplyHelp) {
			v.Next = v.Says.Say("page.help.next")
		}
	case "unknown", "often":
		v.SaidKind, v.Said = "seen", v.Says.Say("my.said."+said)
	case "here", "saved", "asked", "sent":
		v.Said = v.Says.Say("my.said." + said)
	}
}

func (p *portal) mineView(r *http.Request, pg *desk.MyPage) *mineView {
	w := words.In(pg.Language)
	v := &mineView{frame: p.frame(r, w.Say("my.title"), vedette.StatusActual), Here: MinePath + r.PathValue("token"), ISO: pg.AsOf.UTC().Format(time.RFC3339),
		Discreet: pg.Discreet, More: pg.More, Open: pg.Open, MaxText: vedette.MaxReplyText, CheckIn: pg.Checkins && !pg.Discreet}
	v.Org, v.Bare, v.Says = safe(pg.Org), true, w
	v.Script, v.Taps, v.App = p.static.url("mine.js"), p.static.url("mine-taps.js"), &appView{v.Here + "/app.webmanifest", p.static.url("mine-192.png")}
	v.AsOf, v.Until = w.Isolate(pg.AsOf.UTC().Format("15:04 UTC")), w.Say("my.secret", p.mineTime(w, pg.Until))
	if pg.Call != nil && !pg.Discreet {
		v.Call.Says = w
		v.Call.call(&desk.ReplyPage{Call: pg.Call}, false)
	}
	for i := range pg.Notices {
		v.Notices = append(v.Notices, p.mineNotice(w, pg, &pg.Notices[i], i < mapsShown))
	}
	if !pg.Discreet {
		p.mineFacts(v, w, pg)
	}
	return v
}

// mineTime is a moment as the language writes it.
func (p *portal) mineTime(w *words.Table, at time.Time) string {
	return w.Isolate(at.UTC().Format(w.Say("time")))
}

// ago is how long ago something was, in words.
func ago(w *words.Table, d time.Duration) string {
	switch {
	case d < time.Minute:
		return w.Say("my.ago.now")
	case d < time.Hour:
		return w.Say("my.ago.min", int(d/time.Minute))
	case d < 48*time.Hour:
		return w.Say("my.ago.h", int(d/time.Hour))
	}
	return w.Say("my.ago.d", int(d/(24*time.Hour)))
}

func (p *portal) mineNotice(w *words.Table, pg *desk.MyPage, n *desk.MyNotice, mapped bool) mineNotice {
	v := mineNotice{MyCard: n.MyCard, ID: string(n.Update.ID), Level: n.Risk.String(), Sent: w.Say("page.sent", p.mineTime(w, n.MadeAt)), Age: ago(w, pg.AsOf.Sub(n.MadeAt)),
		ISO: n.MadeAt.UTC().Format(time.RFC3339), Tongue: n.HeadIn, Kind: string(n.Answer)}
	if n.Answer != "" {
		v.Answered = w.Say("my.answered", answerWord(w, n.Answer), p.mineTime(w, n.AnsweredAt), ago(w, pg.AsOf.Sub(n.AnsweredAt)))
	}
	if mapped && !n.Discreet && n.Update.Drill == nil {
		v.Map = p.mapUnder(messages.In(w.Language), n.Update, w.Say("my.map", n.Place), n.Place).SVG
	}
	return v
}

// answerWord is an answer without its digit.
func answerWord(w *words.Table, k vedette.ReplyKind) string {
	return strings.TrimLeft(w.Say("answer."+string(k)), "123 ")
}

// Word is an answer without its digit, which stands beside it.
func (v *mineView) Word(kind string) string { return answerWord(v.Says, vedette.ReplyKind(kind)) }

// Raw is what a key says, for the script to fill in.
func (v *mineView) Raw(key string) string { return v.Says.Say(key) }

// mineFacts puts what is known of them into words.
func (p *portal) mineFacts(v *mineView, w *words.Table, pg *desk.MyPage) {
	for _, n := range pg.Numbers {
		line := w.Say("page.case.none", w.Isolate(n.Name))
		if len(n.Numbers) > 0 {
			line = w.Say("page.case.numbers", w.Isolate(n.Name), w.Isolate(strings.Join(n.Numbers, ", ")))
		}
		v.Numbers = append(v.Numbers, line)
	}
	v.From = w.Say("my.numbers.from", w.Isolate(numbersOf))
	for i := range pg.Trips {
		v.Trips = append(v.Trips, p.mineTrip(w, &pg.Trips[i]))
	}
	for _, way := range pg.Ways {
		v.Ways = append(v.Ways, p.mineWay(w, pg.AsOf, way))
	}
	v.Wishes = wishesOf(w, pg)
}

// numbersOf is the edition of the table of emergency numbers (gazetteer/tables/emergency.txt).
const numbersOf = "libphonenumber, 2026-07"

func (p *portal) mineTrip(w *words.Table, t *desk.MyTrip) mineTrip {
	var names []string
	for _, id := range t.Areas {
		names = append(names, w.Isolate(safe(p.Gaz.NameIn(id, w.Language))))
	}
	to := w.Say("my.trip.open")
	if !t.To.IsZero() {
		to = w.Isolate(t.To.UTC().Format("2006-01-02"))
	}
	out := mineTrip{Words: w.Say("my.trip", strings.Join(names, " – "), w.Isolate(t.From.UTC().Format("2006-01-02")), to)}
	for _, c := range t.Clashes {
		name := w.Isolate(safe(p.Gaz.NameIn(c.Area, w.Language)))
		says := w.Say("posture." + string(c.Action))
		if says == "" {
			says = w.Say("do."+string(c.Action), name)
		}
		out.Clashes = append(out.Clashes, w.Say("my.clash", name, says))
	}
	return out
}

func (p *portal) mineWay(w *words.Table, now time.Time, way desk.MyWay) mineWay {
	out := mineWay{Over: w.Say("my.way." + string(way.Channel)), Shown: way.Shown, Standing: w.Say("my.way.silent")}
	switch {
	case !way.Works:
		out.Standing = w.Say("my.way.off")
	case way.Failed.After(way.Heard):
		out.Standing = w.Say("my.way.failed", p.mineTime(w, way.Failed))
	case !way.Heard.IsZero():
		out.Standing = w.Say("my.way.heard", p.mineTime(w, way.Heard), ago(w, now.Sub(way.Heard)))
	}
	return out
}

func wishesOf(w *words.Table, pg *desk.MyPage) mineWishes {
	out := mineWishes{Digest: pg.Wishes.Digest.String(), Languages: []mineChoice{{"", w.Say("my.language.any"), pg.Speaks == ""}}, Firsts: []mineChoice{{"", w.Say("my.first.all"), pg.Wishes.Order == ""}}}
	if !pg.Wishes.Quiet.IsZero() {
		out.QuietOf, out.QuietTo, _ = strings.Cut(pg.Wishes.Quiet.String(), "–")
	}
	for _, tag := range pg.Tongues {
		out.Languages = append(out.Languages, mineChoice{tag, w.Say("my.language." + tag), pg.Speaks == tag})
	}
	first, _, _ := strings.Cut(string(pg.Wishes.Order), " ")
	for _, way := range pg.Ways {
		c := mineChoice{string(way.Channel), w.Say("my.way." + string(way.Channel)), string(way.Channel) == first}
		if way.Channel != vedette.ChannelPhone && !hasChoice(out.Firsts, c.Value) {
			out.Firsts = append(out.Firsts, c)
		}
	}
	return out
}

func hasChoice(list []mineChoice, value string) bool {
	for _, c := range list {
		if c.Value == value {
			return true
		}
	}
	return false
}
