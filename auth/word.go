package auth

import (
	"encoding/base64"
	"strings"

	"vedette"
)

// WordPrefix begins a sealed word.
const WordPrefix = "sealed:"

// MaxWord bounds what a sealed word may hold, in bytes.
const MaxWord = 4 << 10

const wordPurpose = "word in a file"

// IsWord says whether a text is a sealed word, or means to be one.
func IsWord(text string) bool { return strings.HasPrefix(text, WordPrefix) }

// SealWord seals a secret that is to stand in a file beside the key: what it gives is
// letters, digits and - _ :, and says nothing to whoever has not the key.
func (k *Key) SealWord(secret string) (string, error) {
	switch {
	case secret == "":
		return "", vedette.Errorf(vedette.CodeInvalid, "there is no secret to seal: it is empty")
	case len(secret) > MaxWord:
		return "", vedette.Errorf(vedette.CodeInvalid, "the secret has %d bytes; at most %d can be sealed as a word", len(secret), MaxWord)
	}
	p := k.use.Load().past[0]
	return WordPrefix + base64.RawURLEncoding.EncodeToString(p.wordSeal.Seal(nil, nil, []byte(secret), []byte(wordPurpose))), nil
}

// OpenWord opens a sealed word, of the key in use or of an earlier one: old is the number
// of that, 0 of the key in use. Any other is CodeWrongKey; the error holds nothing of it.
func (k *Key) OpenWord(word string) (secret string, old int, err error) {
	body, ok := strings.CutPrefix(word, WordPrefix)
	if !ok {
		return "", 0, vedette.Errorf(vedette.CodeInvalid, "a sealed word begins with %q", WordPrefix)
	}
	if len(body) > 2*MaxWord {
		return "", 0, vedette.Errorf(vedette.CodeInvalid, "a sealed word is too long; seal it anew with vedette key seal")
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil {
		return "", 0, vedette.Errorf(vedette.CodeInvalid, "a sealed word is damaged; seal it anew with vedette key seal")
	}
	for i, p := range k.use.Load().past {
		if plain, err := p.wordSeal.Open(nil, nil, b, []byte(wordPurpose)); err == nil {
			if i > 0 {
				old = p.no
			}
			return string(plain), old, nil
		}
	}
	return "", 0, vedette.Errorf(vedette.CodeWrongKey, "a sealed word was sealed with another installation key, or is damaged; seal it anew with vedette key seal")
}
