package engine

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/webhook"
	"vedette/store"
)

// press turns claims into messages. What is the same for many recipients is
// rendered once per update, variant and language; the memory for it is bounded.
type press struct {
	*branch
	updates   map[int64]*pressed
	mails     *editions[*deliver.Rendered]
	lines     *editions[*deliver.Brief]
	calls     *editions[*deliver.Spoken]
	pushes    *editions[*deliver.Push]
	receivers map[int64]store.Receiver // how systems have done, by hook; read for each lot of claims
	probes    map[int64]time.Time      // when one was sent to a system that is left alone

	shut store.Shut        // to whom nothing is sent; the same
	dead map[string]string // why addresses are not written to, by hash; read for each lot of claims
	veil map[int64]bool    // who is told discreetly for where they are; the same
	warn map[string]string // why only what warns goes to others; the same
	set  vedette.Settings  // in which languages people are told; the same
}

type pressed struct {
	update     *vedette.Update
	correction *deliver.Correction
	frozen     *deliver.Retraction // what was made ready when that was published which this cancels; nil for nothing
	variants   map[int]vedette.Variant
	event      []byte
	ends       map[int]*ends // by variant
}

// maxPressed bounds the updates held at once.
const maxPressed = 200

func newPress(b *branch) *press {
	return &press{branch: b, updates: map[int64]*pressed{}, probes: map[int64]time.Time{}, mails: newEditions[*deliver.Rendered](maxEditions), lines: newEditions[*deliver.Brief](maxLines),
		calls: newEditions[*deliver.Spoken](maxLines), pushes: newEditions[*deliver.Push](maxLines)}
}

// prepare makes the messages of claims. People are unsealed here and
// nowhere earlier: an address is looked up when it is used.
func (p *press) prepare(ctx context.Context, claims []store.Claimed) ([]job, error) {
	keys, hooked, trips, err := p.whom(ctx, claims)
	if err != nil {
		return nil, err
	}
	people, err := p.rows.PersonsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	if err := p.readDead(ctx, keys); err != nil {
		return nil, err
	}
	hooks := map[int64]store.SealedHook{}
	if hooked {
		hs, err := p.rows.Hooks(ctx)
		if err != nil {
			return nil, err
		}
		for _, h := range hs {
			hooks[h.Key] = h
		}
		if p.receivers, err = p.rows.Receivers(ctx); err != nil {
			return nil, err
		}
	}
	jobs := make([]job, 0, len(claims))
	for _, c := range claims {
		pr, err := p.pressed(ctx, c.Update)
		if err != nil {
			return nil, err
		}
		var j job
		switch {
		case p.shut.Recipients[c.Recipient]:
			j = withheld(c, compromised)
		case c.Channel == vedette.ChannelWebhook:
			h, ok := hooks[c.Recipient]
			j = p.hook(c, pr, h, ok)
		case c.Address == vedette.AddressSuperior:
			told := trips[placeOf(c)]
			sp, ok := people[told.Person]
			j, err = p.trip(ctx, c, pr, told, sp, ok)
		default:
			sp, ok := people[c.Recipient]
			j, err = p.personal(ctx, c, pr, sp, ok)
		}
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, p.keepRings(ctx, jobs)
}

// readDead reads which addresses are not written to, to whom nothing is sent, in which
// languages people are told, and who of some people is told discreetly for where they are.
func (p *press) readDead(ctx context.Context, people []int64) error {
	list, err := p.rows.DeadAddresses(ctx)
	p.dead, p.warn = make(map[string]string, len(list)), map[string]string{}
	for _, d := range list {
		of := p.dead
		if d.WarnOnly {
			of = p.warn
		}
		of[string(d.Hash)] = d.Since.UTC().Format("2 Jan 2006") + ": " + d.Reason
	}
	if err != nil {
		return err
	}
	if p.veil, err = p.discreetThere(ctx, people...); err != nil {
		return err
	}
	if p.set, err = p.rows.Settings(ctx); err != nil {
		return err
	}
	p.shut, err = p.rows.Shut(ctx)
	return err
}

// whom gives the people that claims are about, whether any is of a hook, and
// what those say that go to somebody's manager.
func (p *press) whom(ctx context.Context, claims []store.Claimed) (people []int64, hooked bool, trips map[place]store.SuperiorTold, err error) {
	trips = map[place]store.SuperiorTold{}
	for _, c := range claims {
		switch {
		case c.Channel == vedette.ChannelWebhook:
			hooked = true
		case c.Address == vedette.AddressSuperior:
			told, err := p.rows.SuperiorNote(ctx, c.Update, c.Recipient, c.Round)
			if err != nil {
				return nil, false, nil, err
			}
			trips[placeOf(c)] = told
			people = append(people, told.Person)
		default:
			people = append(people, c.Recipient)
		}
	}
	return people, hooked, trips, nil
}

// reader opens a person's record and looks their address up; or says how what
// goes there ends, and why.
func (p *press) reader(address int, sp store.SealedPerson, ok bool) (rec *vedette.PersonRecord, a vedette.Address, event, why string) {
	if !ok || sp.Erased {
		return nil, a, "withhold", "the person was erased"
	}
	if p.shut.Recipients[sp.Key] {
		return nil, a, "withhold", compromised
	}
	rec, err := p.Key.OpenRecord(sp.ID, sp.WrappedKey, sp.Record)
	if err != nil {
		return nil, a, "fail", err.Error() // theirs alone: it must not hold up the others
	}
	rec.Discreet = rec.Discreet || p.veil[sp.Key]
	if a, ok = rec.Address(address); !ok {
		return nil, a, "fail", "the person has no such address any more"
	}
	if a.Blocked != "" {
		return nil, a, "fail", "not sent: its owner wants nothing there (" + a.Blocked + ")"
	}
	hash := p.Key.Hash(vedette.DeadAddressKind, a.Value)
	if p.shut.Addresses[string(hash)] {
		return nil, a, "fail", sharedShut
	}
	if reason, dead := p.dead[string(hash)]; dead {
		return nil, a, "fail", "not sent: the address is dead (" + reason + ")"
	}
	return rec, a, "", ""
}

// replyLink leads to where somebody answers what they were told.
func (p *press) replyLink(c store.Claimed, pr *pressed) string {
	return p.BaseURL + "/r/" + p.Key.SignLink(auth.Link{Org: p.org.Key, Update: pr.update.ID, Recipient: c.Recipient, Address: c.Address,
		Expires: c.MadeAt.Add(p.LinkLife)})
}

// personal makes the message to an address of a person.
func (p *press) personal(ctx context.Context, c store.Claimed, pr *pressed, sp store.SealedPerson, ok bool) (job, error) {
	rec, a, event, why := p.reader(c.Address, sp, ok)
	if event != "" {
		return ended(c, event, why), nil
	}
	if why, err := p.spared(ctx, c, pr, a.Value); err != nil || why != "" {
		return withheld(c, why), err
	}
	link := p.replyLink(c, pr)
	late, key, err := p.late(ctx, pr, c, p.Now())
	if err != nil {
		return job{}, err
	}
	is := edition{c.Update, c.Variant, c.Cause, deliver.Language(&p.set, rec.Language), rec.Discreet, key}
	if c.Channel == vedette.ChannelVoice {
		return p.ring(ctx, c, pr, &sp, a.Value, is, late)
	}
	if c.Channel == vedette.ChannelSMS {
		b, err := p.line(ctx, pr, is, late)
		if err != nil {
			return job{}, err
		}
		return job{claim: c, message: deliver.Message{ID: p.identity(c), To: a.Value, Text: b.Text(link), Return: p.Key.SignReturn(p.back(c))}}, nil
	}
	if c.Channel == vedette.ChannelPush {
		b, err := rendered(p.pushes, is, deliver.RenderPush, func() (deliver.Notice, error) { return p.notice(ctx, pr, is, late) })
		if err != nil {
			return job{}, err
		}
		return job{claim: c, message: p.push(c, pr.update, b, a.Value, strings.TrimPrefix(link, p.BaseURL))}, nil
	}
	r, err := p.render(ctx, pr, is, late)
	if err != nil {
		return job{}, err
	}
	m := r.Message(deliver.Personal{ID: p.identity(c), Name: rec.Name, To: a.Value, ReplyURL: link,
		Return: p.Key.SignReturn(p.back(c)), Relation: c.Relation})
	m.Answer = true
	return job{claim: c, message: m}, nil
}

// sharedShut is why nothing is sent to an address of somebody who is not
// compromised themself.
const sharedShut = "not sent: somebody who is compromised has the same address; reach them another way"

// back names a delivery for a mail that comes back.
func (p *press) back(c store.Claimed) auth.Return {
	return auth.Return{Org: p.org.Key, Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address}
}

func (p *press) hook(c store.Claimed, pr *pressed, sh store.SealedHook, ok bool) job {
	if !ok {
		return withheld(c, "the hook was removed")
	}
	if until := p.passed(c.Recipient, p.Now()); !until.IsZero() {
		return spared(c, until)
	}
	h, err := p.Key.OpenHook(sh.ID, sh.Sealed)
	if err != nil {
		return failed(c, err.Error())
	}
	if h.Chat != "" {
		link := p.BaseURL + "/updates/" + string(pr.update.ID)
		return job{claim: c, message: deliver.Message{ID: p.identity(c), To: h.URL, Chat: true, Body: webhook.ChatMessage(h.Chat, pr.update, link)}}
	}
	if pr.event == nil {
		pr.event = webhook.Event(pr.update, pr.update.PublishedAt)
	}
	return job{claim: c, message: deliver.Message{ID: p.identity(c), To: h.URL, Secret: h.Secret, Body: pr.event}}
}

func (p *press) identity(c store.Claimed) string {
	return p.Key.Message(c.Fanout, c.Recipient, c.Address, c.Round)
}

func (p *press) pressed(ctx context.Context, update int64) (*pressed, error) {
	if pr, ok := p.updates[update]; ok {
		return pr, nil
	}
	u, err := p.rows.UpdateByKey(ctx, update)
	if err != nil {
		return nil, err
	}
	pr := &pressed{update: u, variants: map[int]vedette.Variant{}, ends: map[int]*ends{}}
	if u.Corrects != "" {
		old, err := p.rows.Update(ctx, u.Corrects)
		if err != nil {
			return nil, err
		}
		pr.correction = &deliver.Correction{Number: old.Number, At: old.PublishedAt, Cancels: u.Cancels}
		if pr.frozen, err = p.frozen(ctx, u, old); err != nil {
			return nil, err
		}
	}
	if len(p.updates) >= maxPressed {
		clear(p.updates)
	}
	p.updates[update] = pr
	return pr, nil
}

// frozen is what was made ready to be said where an update was sent in error.
// One that does not read must not keep people from hearing it.
func (p *press) frozen(ctx context.Context, u, old *vedette.Update) (*deliver.Retraction, error) {
	if !u.Alone {
		return nil, nil
	}
	body, err := p.rows.Retraction(ctx, old.Key)
	if err != nil {
		return nil, err
	}
	r, err := deliver.Thaw(body)
	if err != nil {
		p.Log.Error("what was made ready is not sent, it is rendered anew", "update", old.ID, "err", err)
		return nil, nil
	}
	return r, nil
}

func (p *press) render(ctx context.Context, pr *pressed, is edition, late *deliver.Late) (*deliver.Rendered, error) {
	of := deliver.Render
	if pr.frozen != nil {
		of = func(n deliver.Notice) (*deliver.Rendered, error) {
			if r := pr.frozen.Mail(is.language, is.discreet); r != nil {
				return r, nil
			}
			return deliver.Render(n)
		}
	}
	return rendered(p.mails, is, of, func() (deliver.Notice, error) { return p.notice(ctx, pr, is, late) })
}

// line renders what a short message says.
func (p *press) line(ctx context.Context, pr *pressed, is edition, late *deliver.Late) (*deliver.Brief, error) {
	brief := func(n deliver.Notice) (*deliver.Brief, error) {
		if pr.frozen != nil {
			if b := pr.frozen.Brief(is.language, is.discreet, p.Segments); b != nil {
				return b, nil
			}
		}
		return deliver.RenderLine(n, p.Segments)
	}
	return rendered(p.lines, is, brief, func() (deliver.Notice, error) { return p.notice(ctx, pr, is, late) })
}

// rendered gives what is held, or renders it.
func rendered[T sized](held *editions[T], is edition, render func(deliver.Notice) (T, error), notice func() (deliver.Notice, error)) (r T, err error) {
	if r, ok := held.of(is); ok {
		return r, nil
	}
	n, err := notice()
	if err != nil {
		return r, err
	}
	if r, err = render(n); err == nil {
		held.hold(is, r)
	}
	return r, err
}

// notice is what is told to all who share an edition.
func (p *press) notice(ctx context.Context, pr *pressed, is edition, late *deliver.Late) (deliver.Notice, error) {
	v, err := p.variant(ctx, pr, is.variant)
	if err != nil {
		return deliver.Notice{}, err
	}
	n := deliver.Notice{Update: pr.update, Variant: v, Org: p.orgName(), Cause: is.cause, Correction: pr.correction, AreaName: p.Gaz.NameIn,
		Gone: len(v.Lines)+len(v.Areas) == 0, Language: is.language, Discreet: is.discreet, Unreviewed: p.UnreviewedWords, Late: late}
	n.Others, err = p.others(ctx, v)
	return n, err
}

func (p *press) variant(ctx context.Context, pr *pressed, no int) (vedette.Variant, error) {
	if _, ok := pr.variants[no]; !ok {
		vs, err := p.rows.Variants(ctx, pr.update.Key)
		if err != nil {
			return vedette.Variant{}, err
		}
		for _, v := range vs {
			pr.variants[v.No] = v
		}
	}
	v, ok := pr.variants[no]
	if !ok {
		return v, vedette.Errorf(vedette.CodeInternal, "update %s has no variant %d", pr.update.ID, no)
	}
	return v, nil
}

// others reads the updates that a variant's other lines are of.
func (p *press) others(ctx context.Context, v vedette.Variant) (out []*vedette.Update, err error) {
	seen := map[vedette.ID]bool{}
	for _, l := range v.Others {
		if seen[l.Update] {
			continue
		}
		seen[l.Update] = true
		u, err := p.rows.Update(ctx, l.Update)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}
