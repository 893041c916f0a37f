// Package mailbox is the far end of the demo: a real SMTP server on
// loopback that keeps what it is handed, and pages to read it. It delivers
// nothing to anyone.
package mailbox
