package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// tokenBytes of random numbers are in a token.
const tokenBytes = 32

// NewToken makes a secret that opens something once or for a time, and what is kept
// of it.
func NewToken() (token string, kept []byte) {
	var b [tokenBytes]byte
	rand.Read(b[:])
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, HashToken(token)
}

// BearerPrefix begins every token of a machine, so that whoever looks for secrets in
// files finds it.
const BearerPrefix = "vdt_"

// NewBearer makes the secret of a machine's token, and what is kept of it.
func NewBearer() (secret string, kept []byte) {
	token, _ := NewToken()
	secret = BearerPrefix + token
	return secret, HashBearer(secret)
}

// HashBearer is HashToken for the token of a machine.
func HashBearer(secret string) []byte {
	token, ok := strings.CutPrefix(secret, BearerPrefix)
	if !ok {
		return nil
	}
	return HashToken(token)
}

// HashToken is what is kept of a token: it cannot be guessed back, for the token is
// random. What is no token gives nil, which is kept of none.
func HashToken(token string) []byte {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return nil
	}
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
