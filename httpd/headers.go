package httpd

import "net/http"

// Policy is the content policy of every page: nothing but our own
// stylesheet, pictures and forms; no script at all.
const Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// ScriptPolicy is that of a page with a script of ours, a file of its own, and
// of the service worker: it may speak to us, and to nobody else.
const ScriptPolicy = Policy + "; script-src 'self'; worker-src 'self'; connect-src 'self'"

// headers sets what every response carries. A handler may replace one that
// does not fit it: a file that never changes may be kept. Where all goes over TLS,
// browsers are told to come by nothing else for a year.
func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Set("Content-Security-Policy", Policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// AppPolicy is that of a page that may be put on the home screen, by its manifest.
const AppPolicy = ScriptPolicy + "; manifest-src 'self'"
