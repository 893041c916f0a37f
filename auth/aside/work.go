package aside

import (
	"encoding/json"
	"errors"
	"io"
	"os/signal"
	"syscall"

	"vedette/auth"
)

// question asks for one hash. A password is bytes: it may be none of any text.
type question struct {
	Verify   bool   `json:"verify,omitempty"` // the password against what is kept, else its hash
	Kept     []byte `json:"kept,omitempty"`
	Password []byte `json:"password"`
}

type answer struct {
	Hash  string `json:"hash,omitempty"`
	Right bool   `json:"right,omitempty"`
	Old   bool   `json:"old,omitempty"`
}

func (q *question) answer() (a answer) {
	if q.Verify {
		a.Right, a.Old = auth.VerifyPassword(string(q.Kept), string(q.Password))
		return a
	}
	a.Hash = auth.HashPassword(string(q.Password))
	return a
}

// Work is what a process does that makes hashes: it answers what it is asked until its
// input is at an end. What ends the process that asks (Ctrl-C goes to both) does not end
// it before that has its answer.
func Work(in io.Reader, out io.Writer) error {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	asked, told := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var q question
		if err := asked.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := told.Encode(q.answer()); err != nil {
			return err
		}
	}
}
