// Package push carries messages to devices by web push (RFC 8030): encrypted
// for the device alone (RFC 8291), and signed by the installation, so that its
// push service knows who sends (VAPID, RFC 8292). The service learns that
// something was sent to a device and when, never what.
package push
