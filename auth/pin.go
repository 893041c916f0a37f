package auth

import (
	"strings"

	"vedette"
)

// The length of a PIN, in digits.
const (
	minPIN = 6
	maxPIN = 12
)

// CheckPIN says, as CodeInvalid, that a PIN is none, or one that is guessed first.
func CheckPIN(pin string) error {
	if len(pin) < minPIN || len(pin) > maxPIN || strings.Trim(pin, "0123456789") != "" {
		return vedette.Errorf(vedette.CodeInvalid, "a PIN is %d to %d digits", minPIN, maxPIN)
	}
	same, up, down := true, true, true
	for i := 1; i < len(pin); i++ {
		step := int(pin[i]) - int(pin[i-1])
		same, up, down = same && step == 0, up && step == 1, down && step == -1
	}
	half := pin[:len(pin)/2]
	if same || up || down || len(pin)%2 == 0 && pin == half+half {
		return vedette.Errorf(vedette.CodeInvalid, "that PIN is one of those that are guessed first; take digits that do not follow each other")
	}
	return nil
}
