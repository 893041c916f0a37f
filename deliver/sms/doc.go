// Package sms carries short messages over gateways, and reads what those tell
// of them: receipts, and what people write.
package sms
