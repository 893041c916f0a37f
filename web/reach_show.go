package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/reachable"
	"vedette/web/messages"
	"vedette/wording"
)

// mostLeft is how many a page names of those who are not reached, and of those
// who are reached later.
const mostLeft = 200

// reachView is who is reached within so long, who is not, and why.
type reachView struct {
	frame
	Where, Minutes string // as typed
	All            bool
	Problem        problem
	Asked          bool
	In             messages.Said // "Lebanon", "" for everyone
	Within         messages.Said // in words
	Count          desk.ReachCount
	Proven         int // reached, be it later
	ByTraffic      int
	LastDrill      moment
	Left, Later    []reachedLine
	MoreLeft       int
	MoreLater      int
	One            *reachOne
	Drill          string // address of the drill of those asked about
}

// reachedLine is somebody, and how they stand.
type reachedLine struct {
	Name, Address string
	Words         messages.Said
}

// reachOne is what is known of one person's addresses.
type reachOne struct {
	Name          string
	Words, Stands messages.Said
	Bad           bool
	Ways          []reachWay
}

// reachWay is one address.
type reachWay struct {
	Value         string
	Over          messages.Said
	Verified      moment
	Heard, Failed messages.Said
	HeardAt       moment
	FailedAt      moment
}

// showReach answers who is reached within so long.
func (p *portal) showReach(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := reachView{frame: p.frame(r, "Reach", vedette.StatusActual), Where: typed(strings.Join(q["area"], "; ")), Minutes: typed(q.Get("within")), All: q.Get("all") == "1"}
	v.Place = "reach"
	person := q.Get("person")
	if v.Where == "" && !v.All && person == "" {
		return p.show(w, http.StatusOK, "reach", v)
	}
	err := fits(q)
	if err == nil && v.Where != "" && strings.Trim(v.Where, "; ") == "" {
		err = vedette.Errorf(vedette.CodeInvalid, "no place is named; name one, or tick everyone")
	}
	if err == nil {
		err = p.answerReach(r.Context(), &v, person)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "reach", v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "reach", v)
}

func (p *portal) answerReach(ctx context.Context, v *reachView, person string) error {
	q := desk.ReachQuestion{Within: desk.DefaultWithin, Person: person}
	if v.Minutes != "" {
		n, err := strconv.Atoi(v.Minutes)
		if err != nil || n < 1 || n > 30*24*60 {
			return vedette.Errorf(vedette.CodeInvalid, "%q is no number of minutes; give 1 to 43200", v.Minutes)
		}
		q.Within = time.Duration(n) * time.Minute
	}
	if person == "" && !v.All {
		areas, names, err := p.placesIn(v.Where)
		if err != nil {
			return err
		}
		q.Areas, v.In, v.Drill = areas, semicolons(names), "/drills?area="+url.QueryEscape(v.Where)+"#hold"
	}
	if v.All {
		v.Where, v.Drill = "", "/drills?all=1#hold"
	}
	sum, err := p.Desk.Reach(ctx, q, func(r desk.Reached) error {
		switch {
		case person != "":
			v.One = p.reachOne(&r, q.Within)
		case r.Standing == reachable.Unproven && len(v.Left) < mostLeft:
			v.Left = append(v.Left, reached(&r, v.Minutes))
		case r.Standing == reachable.Later && len(v.Later) < mostLeft:
			v.Later = append(v.Later, reached(&r, v.Minutes))
		}
		return nil
	})
	if err != nil {
		return err
	}
	v.Asked, v.Count, v.Within, v.LastDrill = person == "", *sum, took(sum.Within), when(sum.LastDrill, p.Now(), "")
	v.Proven = sum.Reached + sum.Later
	v.ByTraffic = v.Proven - sum.ByDrill
	v.MoreLeft, v.MoreLater = sum.Unproven-len(v.Left), sum.Later-len(v.Later)
	return nil
}

// took is how long something took.
func took(d time.Duration) messages.Said { return worded(wording.Length(d)) }

func reached(r *desk.Reached, minutes string) reachedLine {
	q := url.Values{"person": {string(r.Person.ID)}}
	if minutes != "" {
		q.Set("within", minutes)
	}
	return reachedLine{safe(r.Person.Record.Name), "/reach?" + q.Encode(), readReasons(worded(r.Says()))}
}

// reachOne puts what is known of somebody's addresses into the page's shape.
func (p *portal) reachOne(r *desk.Reached, within time.Duration) *reachOne {
	in := took(within)
	o := &reachOne{Name: safe(r.Person.Record.Name), Words: readReasons(worded(r.Says())), Bad: r.Standing == reachable.Unproven,
		Stands: map[reachable.Standing]messages.Said{reachable.Within: messages.Of("reached within %s", in), reachable.Later: messages.Of("reached, but not within %s", in), reachable.Unproven: messages.Of("not known to be reached")}[r.Standing]}
	for i := range r.Ways {
		w := &r.Ways[i]
		x := reachWay{Value: safe(w.Value), Over: worded(reachable.Over(w.Channel)), Verified: when(w.Verified, p.Now(), ""), HeardAt: when(w.Heard.At, p.Now(), "")}
		if x.HeardAt.Shown() {
			state := messages.Said{English: string(w.Heard.State)}
			x.Heard = messages.Of("%s by real traffic, after %s", state, took(w.Heard.After))
			if w.Heard.Drill {
				x.Heard = messages.Of("%s by a drill, after %s", state, took(w.Heard.After))
			}
		}
		switch {
		case w.Blocked != "":
			x.Failed = messages.Of("opted out: %s", safe(w.Blocked))
		case !w.Dead.IsZero():
			x.Failed, x.FailedAt = messages.Of("dead: %s", readReason(w.DeadWhy)), when(w.Dead, p.Now(), "")
		case !w.Sends:
			x.Failed = messages.Of("nothing is sent over it here")
		case !w.Failed.IsZero():
			x.Failed, x.FailedAt = readReason(w.Why), when(w.Failed, p.Now(), "")
		}
		o.Ways = append(o.Ways, x)
	}
	return o
}
