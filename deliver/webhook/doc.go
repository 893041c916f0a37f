// Package webhook carries updates to other systems: an HTTPS POST of one
// JSON event, signed by the Standard Webhooks scheme (version 1, HMAC-SHA256;
// https://www.standardwebhooks.com).
package webhook
