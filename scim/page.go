package scim

import (
	"net/url"
	"strconv"
	"strings"

	"vedette"
)

// ReadQuery reads which users a provider asks for, and which page of them.
func ReadQuery(v url.Values) (q vedette.IdentityQuery, err error) {
	if q, err = ReadFilter(v.Get("filter")); err != nil {
		return q, err
	}
	from, err := number(v, "startIndex", 1)
	if err != nil {
		return q, err
	}
	most, err := number(v, "count", usualPage)
	if err != nil {
		return q, err
	}
	q.From, q.Most = max(from, 1)-1, min(max(most, 0), MaxPage)
	return q, nil
}

func number(v url.Values, name string, otherwise int) (int, error) {
	if !v.Has(name) {
		return otherwise, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(v.Get(name)))
	if err != nil || n > 1<<30 {
		return 0, faultf(InvalidValue, "%s is to be a number", name)
	}
	return n, nil
}

func roleNames() (names []string) {
	for _, r := range vedette.UserRoles {
		names = append(names, string(r))
	}
	return names
}
