package manifest

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"

	"vedette"
)

// Recipient is for whom manifests are encrypted: the public half of a key.
type Recipient = age.Recipient

// Keys open manifests.
type Keys []age.Identity

// ParseRecipient reads one: age1….
func ParseRecipient(s string) (Recipient, error) {
	list, err := age.ParseRecipients(strings.NewReader(s))
	if err != nil || len(list) != 1 {
		if strings.Contains(strings.ToUpper(s), "AGE-SECRET-KEY") {
			s = "that" // it is the secret half
		}
		return nil, vedette.Errorf(vedette.CodeInvalid, "%q is no recipient of manifests; write age1…, which vedette manifest key FILE prints", s)
	}
	return list[0], nil
}

// ParseKeys reads a file of keys, as vedette manifest key and age-keygen write it.
func ParseKeys(text []byte) (Keys, error) {
	list, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "that is no file of keys of manifests; it has a line AGE-SECRET-KEY-1…")
	}
	return list, nil
}

// NewKey makes a key: the text of its file, and the recipient that manifests are written
// for.
func NewKey(now time.Time) (file []byte, recipient string, err error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", vedette.Wrap(err, vedette.CodeInternal, "no key could be made")
	}
	recipient = key.Recipient().String()
	return fmt.Appendf(nil, "# made %s\n# public key: %s\n%s\n", now.UTC().Format(time.RFC3339), recipient, key), recipient, nil
}
