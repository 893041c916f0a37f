package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
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

// HashToken is what is kept of a token: it cannot be guessed back, for the token is
// random. What is no token gives nil, which is kept of none.
func HashToken(token string) []byte {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return nil
	}
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
