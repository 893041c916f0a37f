// Package deliver turns notices into messages and hands messages to channels.
//
// Rendering is pure: Render makes the shared part once per variant, and
// Rendered.Message fills in what is personal. A channel is a Sender; each
// one passes the exam in delivertest. What to do after a try is decided by
// Decide and Backoff, which are pure too; keeping the queue is the caller's.
package deliver
