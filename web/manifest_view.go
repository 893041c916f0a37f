package web

import (
	"time"

	"vedette/web/messages"
)

// ManifestState is how it goes with the manifests that are written each hour.
type ManifestState struct {
	At      time.Time // of the last, the zero time for none
	Problem error     // why the one that is due is not written; nil where it is
}

// manifestLate is how old the last manifest may be, though nothing went wrong that is known.
const manifestLate = 2 * time.Hour

// manifestView is that on a page; the zero value where none are written.
type manifestView struct {
	Written bool
	At      moment
	Problem problem
}

func (p *portal) manifest(now time.Time) manifestView {
	if p.Manifest == nil {
		return manifestView{}
	}
	s, ok := p.Manifest(p.Desk.Org.Handle)
	if !ok {
		return manifestView{}
	}
	v := manifestView{Written: true, At: when(s.At, now, "")}
	if s.Problem != nil {
		v.Problem = refusal(s.Problem)
	}
	if len(v.Problem) == 0 && now.Sub(s.At) > manifestLate {
		v.Problem = saying(messages.Of("None was written for longer than that should take."))
	}
	return v
}
