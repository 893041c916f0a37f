package httpd

import (
	"net/http"
	"net/url"
)

// ToTLS answers what comes over plain HTTP: who reads is led to the same page under the
// address of links, whatever host they named. What is posted is not done, for it came in
// the clear.
func ToTLS(base string) http.Handler {
	host := ""
	if u, err := url.Parse(base); err == nil {
		host = u.Host
	}
	return headers(false, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			Refuse(w, http.StatusForbidden, "This came in the clear, so nothing was done. Open the page by its https address and press the button again.", "")
			return
		}
		to := url.URL{Scheme: "https", Host: host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusPermanentRedirect)
	}))
}
