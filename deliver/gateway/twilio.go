package gateway

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"vedette/deliver"
)

// What Twilio's error codes mean for a message
// (https://www.twilio.com/docs/api/errors).
// OptedOut: the number said STOP.
const OptedOut = "21610"

var (
	// badNumber: no gateway reaches it.
	badNumber = codes("21211 21214 21217 21219 21265 21401 21407 21604 21614 21635")
	// elsewhere: this account does not reach it, another may.
	elsewhere = codes("20003 20005 20429 21210 21215 21216 21408 21601 21603 21606 21608 21609 21611 21612 21659 21660 21703 21704 30022 63038")
)

func codes(list string) map[string]bool {
	m := map[string]bool{}
	for c := range strings.FieldsSeq(list) {
		m[c] = true
	}
	return m
}

// twilio makes the request of a resource of Twilio's.
func (s *Sender) twilio(ctx context.Context, w *way, no int, m deliver.Message) (*http.Request, error) {
	form := url.Values{"To": {m.To}, "From": {w.from(no)}}
	resource := s.carries.Twilio(w.Gateway, m, form)
	to := strings.TrimRight(w.URL, "/") + "/2010-04-01/Accounts/" + url.PathEscape(w.Account) + "/" + resource + ".json"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(w.Account, w.Secret)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req, nil
}
