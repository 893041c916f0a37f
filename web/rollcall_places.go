package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"vedette"
	"vedette/web/messages"
)

// places counts how people stand, by place.
type places map[string]map[vedette.RollStanding]int

func (t places) add(key string, is vedette.RollStanding) {
	if t[key] == nil {
		t[key] = map[vedette.RollStanding]int{}
	}
	t[key][is]++
}

// rows are the places, those with most not accounted for first.
func (t places) rows(address string, name func(string) messages.Said) (out []rollcallPlace) {
	open := map[string]int{}
	for key, n := range t {
		row := rollcallPlace{Key: key, Name: name(key), Address: address + url.QueryEscape(key) + "#people"}
		for _, is := range vedette.RollStandings {
			row.N += n[is]
			row.Counts = append(row.Counts, count{N: n[is], Word: standingWords[is], Kind: string(is), Address: address + url.QueryEscape(key) + "&is=" + string(is) + "#people"})
		}
		open[row.Address] = n[vedette.RollHelp] + n[vedette.RollSilent] + n[vedette.RollStale]
		row.Bar = stretches(row.Counts)
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b rollcallPlace) int {
		return cmp.Or(open[b.Address]-open[a.Address], strings.Compare(a.Name.String(), b.Name.String()))
	})
	return out
}
