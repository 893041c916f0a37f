package web

import (
	"fmt"
	"net/http"
	"time"

	"vedette"
	"vedette/reachable"
	"vedette/web/messages"
)

// canaryView is how long messages take, by canaries.
type canaryView struct {
	frame
	Nobody   bool
	People   int
	Minutes  int // from one to the next, 0 for none by itself
	Within   int
	N        int
	Since    moment
	Last     moment
	AsOf     moment
	Clock    string
	Channels []paceLine
	Late     []messages.Said
}

// paceLine is one channel.
type paceLine struct {
	Name               string
	Sent               int
	Accepted, Received spansCell
}

type spansCell struct {
	N             int
	P50, P95, P99 string
}

// showCanary shows how long messages take, by the canaries of the last week.
func (p *portal) showCanary(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.Canary(r.Context())
	if err != nil {
		return err
	}
	now := p.Now()
	v := canaryView{frame: p.frame(r, "Canary", vedette.StatusActual), Nobody: len(c.Plan.Persons) == 0, People: len(c.Plan.Persons), Minutes: c.Plan.Minutes, Within: c.Plan.Within,
		N: c.N, Since: when(c.Since, now, ""), Last: when(c.Last, now, ""), AsOf: when(now, now, ""), Clock: c.Clock}
	v.Place = "canary"
	for _, x := range c.Paces {
		v.Channels = append(v.Channels, paceLine{string(x.Channel), x.Sent, cell(x.Accepted), cell(x.Received)})
	}
	for _, m := range c.Latest {
		if m.AcceptedAt.IsZero() {
			v.Late = append(v.Late, messages.Of("The last over %s is %s. %s", messages.Said{English: string(m.Channel)}, messages.Said{English: string(m.State)}, readReason(m.Detail)))
		}
	}
	return p.show(w, http.StatusOK, "canary", v)
}

func cell(s reachable.Spans) spansCell {
	c := spansCell{N: s.N, P50: "–", P95: "–", P99: "–"}
	if s.N > 0 {
		say := func(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
		c.P50, c.P95, c.P99 = say(s.P50), say(s.P95), say(s.P99)
	}
	return c
}
