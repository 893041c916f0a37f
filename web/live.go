package web

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"strconv"
	"sync"
	"time"

	"vedette"
	"vedette/httpd"
)

// How what is live is followed.
const (
	liveLook  = 250 * time.Millisecond // how often it is looked whether anything changed, while somebody follows
	livePause = 500 * time.Millisecond // between two events, however much changes
	liveLoad  = 2 * time.Second        // how old it may be for whoever loads the page, where nothing changed
	liveAge   = 15 * time.Second       // after which it is sent again that nothing changed, and how old what is shown is
	liveTake  = 10 * time.Second       // within which an event has to be taken
	// liveLife is how long one stream goes on. Whoever follows comes again by itself, and
	// is asked again who they are.
	liveLife = 4 * time.Minute
)

// live tells whoever follows a page that the log has gone on: it is asked for once,
// however many follow, and what they see is drawn once for all who see the same.
type live struct {
	seq func(context.Context) (int64, error)

	mu      sync.Mutex
	follow  int  // who do
	looking bool // somebody looks for them
	at      int64
	changed chan struct{} // closed when the log goes on
	drawn   map[string]*drawing
}

// drawing is a part of a page, as of a place in the log.
type drawing struct {
	follow int  // under the lock of live
	stays  bool // so is this

	mu   sync.Mutex
	at   int64
	when time.Time
	body []byte
	anew bool // it is being drawn anew for whoever loads it
}

func newLive(seq func(context.Context) (int64, error)) *live {
	return &live{seq: seq, changed: make(chan struct{}), drawn: map[string]*drawing{}}
}

// of is a drawing; the lock of l is held.
func (l *live) of(key string) *drawing {
	d := l.drawn[key]
	if d == nil {
		d = &drawing{}
		l.drawn[key] = d
	}
	return d
}

// kept is a drawing that stays though nobody follows it: of a part that there are but a
// few of.
func (l *live) kept(key string) *drawing {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.of(key)
	d.stays = true
	return d
}

// enter begins to follow a drawing, and leave ends it.
func (l *live) enter(key string) (d *drawing, leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d = l.of(key)
	d.follow++
	l.follow++
	if !l.looking {
		l.looking = true
		go l.look()
	}
	return d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.follow--
		if d.follow--; d.follow == 0 && !d.stays {
			delete(l.drawn, key)
		}
	}
}

// look looks how far the log is as long as somebody follows. What cannot be read now is
// looked at the next time: meanwhile what is shown grows old, and says so.
func (l *live) look() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		seq, err := l.seq(ctx)
		cancel()
		l.mu.Lock()
		if err == nil && seq > l.at {
			l.at = seq
			close(l.changed)
			l.changed = make(chan struct{})
		}
		if l.looking = l.follow > 0; !l.looking {
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		time.Sleep(liveLook)
	}
}

// now is how far the log is, and what is closed when it goes on.
func (l *live) now() (at int64, changed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at, l.changed
}

// as gives the drawing as of a place in the log, and at most so old: ages stand in it.
func (d *drawing) as(at int64, when time.Time, oldest time.Duration, draw func() ([]byte, error)) ([]byte, time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if age := when.Sub(d.when); d.body != nil && d.at >= at && 0 <= age && age < oldest {
		return d.body, d.when, nil
	}
	body, err := draw()
	if err != nil {
		return nil, when, err
	}
	d.at, d.when, d.body = at, when, body
	return body, when, nil
}

// seenBy is a part as whoever asks sees it: whoever may know restricted people sees what
// others do not.
func seenBy(r *http.Request, key string) string {
	return key + "/" + languageOf(r) + "/" + strconv.FormatBool(vedette.ActorIn(r.Context()).KnowsAll())
}

// soon is as for whoever loads a page: where nothing changed, one that has just grown too
// old is given once more, and drawn anew meanwhile. Nobody waits for it then.
func (d *drawing) soon(at int64, when time.Time, oldest time.Duration, draw func() ([]byte, error)) ([]byte, time.Time, error) {
	d.mu.Lock()
	age := when.Sub(d.when)
	if d.body == nil || d.at < at || age < oldest || age >= 2*oldest {
		d.mu.Unlock()
		return d.as(at, when, oldest, draw)
	}
	defer d.mu.Unlock()
	if !d.anew {
		d.anew = true
		go d.again(at, when, draw)
	}
	return d.body, d.when, nil
}

// again draws it while others have it as it was. What cannot be drawn now is drawn for
// whoever comes once it is too old.
func (d *drawing) again(at int64, when time.Time, draw func() ([]byte, error)) {
	body, err := draw()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.anew = false
	if err == nil && at >= d.at && when.After(d.when) {
		d.at, d.when, d.body = at, when, body
	}
}

// loaded gives a part as it is drawn for all who load the page now. It may be drawn after
// whoever asked was answered: draw goes on without them.
func (p *portal) loaded(r *http.Request, key string, draw func(*http.Request) func() ([]byte, error)) (template.HTML, time.Time, error) {
	at, err := p.live.seq(r.Context())
	if err != nil {
		return "", time.Time{}, err
	}
	body, when, err := p.live.kept(seenBy(r, key)).soon(at, p.Now(), liveLoad, draw(r.WithContext(context.WithoutCancel(r.Context()))))
	return template.HTML(body), when, err
}

// follow sends a part of a page whenever it is another, and how old it is, until whoever
// follows is gone or comes again. key names the part among all of the portal's.
func (p *portal) follow(w http.ResponseWriter, r *http.Request, key string, draw func() ([]byte, error)) error {
	d, leave := p.live.enter(seenBy(r, key))
	defer leave()
	at, changed := p.live.now()
	body, when, err := d.as(at, p.Now(), liveAge, draw)
	if err != nil {
		return err // as a page: nothing was sent
	}
	s := httpd.OpenStream(w, r, liveTake)
	var sent []byte // whoever comes again is sent it whole: what they have may be older than its number says
	for end := time.Now().Add(liveLife); time.Now().Before(end); {
		if err == nil {
			if !bytes.Equal(body, sent) {
				if s.Send("part", strconv.FormatInt(at, 10), body) != nil {
					return nil // they are gone
				}
				sent = body
			}
			if s.Send("asof", "", []byte(when.UTC().Format("15:04:05")+" UTC")) != nil {
				return nil
			}
		}
		if !s.Wait(changed, liveAge) || !s.Wait(nil, livePause) {
			return nil
		}
		at, changed = p.live.now()
		if body, when, err = d.as(at, p.Now(), liveAge, draw); err != nil {
			p.Log.Warn("what is followed cannot be drawn", "part", key, "err", err)
		}
	}
	return nil
}

// followView is how a page is followed, in a browser that runs scripts.
type followView struct{ Address, Script string }

// followed lets a page follow an address.
func (p *portal) followed(w http.ResponseWriter, address string) followView {
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return followView{address, p.static.url("live.js")}
}

// part draws a part of a page, in a language.
func (p *portal) part(language, name string, view any) ([]byte, error) {
	b, err := p.pages.draw(language, name, view)
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
