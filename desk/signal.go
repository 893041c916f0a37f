package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/feed"
	"vedette/feed/cap"
)

// Receive keeps an alert of the Common Alerting Protocol as a signal, for somebody to look
// at; fresh is false where it came before. It tells nobody.
func (d *Desk) Receive(ctx context.Context, alert []byte) (s vedette.Signal, fresh bool, err error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return s, false, err
	}
	words, err := cap.Read(alert)
	if err != nil {
		return s, false, err
	}
	now := d.Now()
	sum := sha256.Sum256(alert)
	return d.rows.AddSignal(ctx, vedette.Signal{ID: vedette.NewID(now), ReceivedAt: now, Digest: hex.EncodeToString(sum[:]), SignalWords: words}, alert)
}

// SignalCard is a signal with those that take its place, or whose place it takes.
type SignalCard struct {
	vedette.Signal
	Others []vedette.Signal
	Body   []byte // as it came
}

// Signal gives a signal.
func (d *Desk) Signal(ctx context.Context, id vedette.ID) (*SignalCard, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	c := &SignalCard{}
	var err error
	c.Signal, c.Body, c.Others, err = d.rows.Signal(ctx, id)
	return c, err
}

// SignalOrder says what is done about a signal.
type SignalOrder struct {
	Signal vedette.ID
	By     string
	Why    string // it is set aside
}

// TakeSignal makes a draft of a signal: it is written as a report, which is read like any
// other, and keeps the alert as it came as its file. How urgent, how bad and how sure it is
// is as the alert says, whatever its words would be read as; what it draws is drawn.
func (d *Desk) TakeSignal(ctx context.Context, o SignalOrder) (*Draft, error) {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return nil, err
	}
	by, err := named(o.By)
	if err != nil {
		return nil, err
	}
	s, body, _, err := d.rows.Signal(ctx, o.Signal)
	if err != nil {
		return nil, err
	}
	switch {
	case s.Kind == vedette.SignalCancel:
		return nil, vedette.Errorf(vedette.CodeConflict, "the signal takes back another; cancel what was published of that, or say that it is over")
	case s.State == vedette.SignalTaken:
		return nil, vedette.Errorf(vedette.CodeConflict, "%s made a draft of it already; go on with that one", s.By)
	}
	dr, err := d.Compose(ctx, DraftOrder{Text: []byte(feed.Report(signalled(&s.SignalWords))), Origin: "signal of " + s.Sender, Status: s.Status, Shapes: s.Shapes,
		File: &SentFile{Name: "alert.cap.xml", Kind: "CAP", Bytes: body}})
	if err != nil {
		return nil, err
	}
	asSignalled(dr.Update, &s.SignalWords)
	dr.Update.Edits = []vedette.Edit{{At: dr.Update.CreatedAt, By: by}}
	if err := d.rows.AddReport(ctx, dr.Report, &dr.Reading); err != nil {
		return nil, err
	}
	return dr, d.rows.TakeSignal(ctx, s.ID, dr.Update, by, d.Now())
}

// asSignalled has a draft say what its signal says in words of closed lists.
func asSignalled(u *vedette.Update, w *vedette.SignalWords) {
	c := &u.Content
	c.Kind, c.Urgency, c.Risk, c.SourceStrength = vedette.KindAlert, w.Urgency, w.Risk, w.Source
	issued := w.Sent
	c.IssuedAt = &issued
}

// signalled writes a signal as the report that an analyst would make of it, its words as they
// are.
func signalled(w *vedette.SignalWords) *vedette.Content {
	from := w.From
	if from == "" {
		from = w.Sender
	}
	sent := w.Sent
	c := &vedette.Content{IssuedAt: &sent, Title: titleOf(w), Risk: w.Risk, SourceStrength: w.Source}
	said := w.Title()
	if e := w.Event; e != "" && !strings.Contains(strings.ToLower(said), strings.ToLower(e)) {
		said += " (" + e + ")"
	}
	c.Summary = []vedette.Statement{{Text: strings.TrimRight(said, ". ") + ", " + from + " warned."}}
	if p := paragraphs(w.Text); len(p) > 0 {
		t := vedette.Topic{Title: "What the alert says"}
		for _, s := range p {
			t.Claims = append(t.Claims, vedette.Claim{Statement: vedette.Statement{Text: s}})
		}
		c.Topics = []vedette.Topic{t}
	}
	if p := paragraphs(w.Advice); len(p) > 0 {
		g := vedette.AdviceGroup{}
		for _, s := range p {
			g.Advice = append(g.Advice, vedette.Advice{Statement: vedette.Statement{Text: s}})
		}
		c.Recommendations = []vedette.AdviceGroup{g}
	}
	for _, a := range w.Areas[:min(len(w.Areas), maxSignalAreas)] {
		c.Affected = append(c.Affected, vedette.Place{Text: strings.ReplaceAll(a, ";", ",")})
	}
	return c
}

// maxSignalAreas bounds how many areas of a signal are named in the draft of it; what is
// drawn is drawn all the same.
const maxSignalAreas = 30

// titleOf names the area where it is one, as titles of reports do.
func titleOf(w *vedette.SignalWords) string {
	title := strings.ReplaceAll(w.Title(), ";", ",")
	if len(w.Areas) == 1 && len(w.Areas[0]) <= 40 && !strings.ContainsAny(w.Areas[0], ":;") {
		return w.Areas[0] + " Alert: " + title
	}
	return "Alert: " + title
}

func paragraphs(s string) []string {
	return slices.DeleteFunc(strings.Split(s, "\n"), func(p string) bool { return strings.TrimSpace(p) == "" })
}

// SetSignalAside notes that somebody looked, and why it is nothing for us.
func (d *Desk) SetSignalAside(ctx context.Context, o SignalOrder) error {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return err
	}
	by, err := named(o.By)
	if err != nil {
		return err
	}
	why := strings.Join(strings.Fields(o.Why), " ")
	if err := vedette.ValidWords("why it is set aside", why); err != nil {
		return err
	}
	return d.rows.DecideSignal(ctx, o.Signal, "set_aside", by, why, d.Now())
}

// ReopenSignal has one that was set aside wait again.
func (d *Desk) ReopenSignal(ctx context.Context, o SignalOrder) error {
	if err := d.asks(&ctx, rights.Draft); err != nil {
		return err
	}
	by, err := named(o.By)
	if err != nil {
		return err
	}
	return d.rows.DecideSignal(ctx, o.Signal, "reopen", by, "", d.Now())
}
