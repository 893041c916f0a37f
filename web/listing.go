package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"

	"vedette"
)

// perPage is how many lines a page of a long list has.
const perPage = 50

// listing is a page of a long list. What is asked for stands in the address, so
// that it can be kept, and sent to somebody else at the desk.
type listing struct {
	Path  string
	query url.Values
	Of    int // lines in all
	All   int // before anything was looked for
	Page  int // from 1
	Pages int
	per   int // lines a page has; 0 is perPage
}

// readListing reads which page of a list is asked for.
func readListing(path string, q url.Values) (listing, error) {
	l := listing{Path: path, query: url.Values{}, Page: 1}
	maps.Copy(l.query, q)
	l.query.Del("done") // said once
	if text := q.Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1_000_000 {
			return l, vedette.Errorf(vedette.CodeInvalid, "there is no page %q of a list; its first is page 1", typed(text))
		}
		l.Page = n
	}
	return l, nil
}

// size is how many lines a page has.
func (l *listing) size() int {
	if l.per == 0 {
		return perPage
	}
	return l.per
}

// skip is how many lines are before the page.
func (l *listing) skip() int { return (l.Page - 1) * l.size() }

// count says how many lines there are.
func (l *listing) count(of, all int) {
	l.Of, l.All, l.Pages = of, all, max((of+l.size()-1)/l.size(), 1)
}

// Asked says whether the list is narrowed.
func (l *listing) Asked() bool { return l.Of < l.All }

// First and Last are the lines of the page, from 1.
func (l *listing) First() int { return min(l.skip()+1, l.Of) }

// Last is the last of them.
func (l *listing) Last() int { return min(l.skip()+l.size(), l.Of) }

// with is the list's address with some of it changed: name, value, name, value;
// a value of "" takes it out.
func (l *listing) with(pairs ...string) string {
	q := url.Values{}
	for k, v := range l.query {
		q[k] = slices.Clone(v)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if q.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	if len(q) == 0 {
		return l.Path
	}
	return l.Path + "?" + q.Encode()
}

// Before and After lead to the pages beside this one, "" where there is none.
func (l *listing) Before() string {
	if l.Page < 2 {
		return ""
	}
	return l.with("page", strconv.Itoa(min(l.Page-1, l.Pages)))
}

// After leads to the next page.
func (l *listing) After() string {
	if l.Page >= l.Pages {
		return ""
	}
	return l.with("page", strconv.Itoa(l.Page+1))
}

// sortHead is a column's head that puts the list in its order.
type sortHead struct {
	Name, Address string
	Sorted        string // "ascending", "descending", or "" where it is not
}

// head makes one; the first order is what the list has by itself.
func (l *listing) head(name, order, first string) sortHead {
	now := l.query.Get("sort")
	if now == "" {
		now = first
	}
	h := sortHead{Name: name}
	back := ""
	if now == order {
		h.Sorted = "ascending"
		if back = "1"; l.query.Get("back") == "1" {
			h.Sorted, back = "descending", ""
		}
	}
	sort := order
	if order == first {
		sort = ""
	}
	h.Address = l.with("sort", sort, "back", back, "page", "")
	return h
}

// option is a choice of a list to choose from.
type option struct {
	Value, Name string
	Chosen      bool
}

// options makes them of values and names, one chosen.
func options(chosen string, pairs ...string) (out []option) {
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, option{pairs[i], pairs[i+1], pairs[i] == chosen})
	}
	return out
}

// pick refuses a value that a list to choose from does not have.
func pick(what, value string, of []option) error {
	if value == "" || slices.ContainsFunc(of, func(o option) bool { return o.Value == value }) {
		return nil
	}
	return vedette.Errorf(vedette.CodeInvalid, "%q is no %s of this list; choose one of those it has", typed(value), what)
}
