// Package httpd is the ground under the doors: what every request passes
// before a page or an interface sees it. It sets the security headers, holds
// back foreign origins and foreign Host names, bounds bodies and times,
// catches panics, writes the request log without secrets in it, counts, and
// answers the probes. It knows nothing of what is served.
package httpd
