package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// sameOrigin refuses what a foreign page makes a browser post.
func sameOrigin(c Config, next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hasSecret(c.SecretPaths, r.URL.Path) && originless(r) {
			next.ServeHTTP(w, r)
			return
		}
		if guard.Check(r) != nil {
			Refuse(w, http.StatusForbidden, "This came from another site, so nothing was done. Open the page here and press the button again.", "")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// originless says whether a browser kept quiet about where a form stood. Our
// pages send no referrer, and a browser then posts "Origin: null" from our
// own form; over plain HTTP it sends no Sec-Fetch-Site that would say more.
func originless(r *http.Request) bool {
	return r.Header.Get("Origin") == "null" && r.Header.Get("Sec-Fetch-Site") == ""
}

// knownHost refuses Host names that are not ours.
func knownHost(c Config, next http.Handler) http.Handler {
	if !c.Loopback {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host := hostname(r.Host); !Loopback(host) && !slices.Contains(c.Hosts, host) {
			Refuse(w, http.StatusMisdirectedRequest, "This server answers only to its own machine. Open it by the address it printed when it started.", "")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// OwnMachine says whether a request was made on this machine, to a loopback name, and
// was passed on by nothing.
func OwnMachine(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	passed := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-Host") != ""
	return err == nil && at.Addr().Unmap().IsLoopback() && Loopback(hostname(r.Host)) && !passed
}

// hostname is a Host header without port and brackets, in lower case.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// Loopback says whether a host, without port, is this machine.
func Loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func hasSecret(prefixes []string, path string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(path, p) })
}
