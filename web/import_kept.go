package web

import (
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"

	"vedette"
	"vedette/intake/document"
	"vedette/web/messages"
)

// maxImport is how large a file may be that is taken in on a page, in bytes: some
// hundred thousand people. A larger one is for the command line.
const maxImport = 16 << 20

// maxDocument is how large a form with a report's file may be, in bytes.
const maxDocument = document.MaxFile + 1<<20

// importBounds are the paths that files are taken in at.
var importBounds = map[string]int64{"/drafts": maxDocument, peoplePath + "/import": maxImport, sitesPath + "/import": maxImport, tripsPath + "/import": maxImport}

// What is kept of files that were looked at and not saved yet: in memory alone, for
// they are full of people.
const (
	keptFiles = 8
	keptBytes = 4 * maxImport
	keptFor   = time.Hour
)

// looked is a file that somebody looked at.
type looked struct {
	at     time.Time
	path   string     // of the page it was looked at on
	by     vedette.ID // of who is signed in; "" where nobody has to
	name   string     // "" of what was pasted
	person string     // whose calendar it is, "" of a table
	body   []byte
	all    bool // it is the list of everybody
	skip   bool // its bad rows are left out
	plan   string
}

// called is how a page calls it.
func (f *looked) called() messages.Said {
	if f.name == "" {
		return messages.Of("what was pasted")
	}
	return messages.Of("%s", safe(f.name))
}

// lookedAt holds the files looked at, by a secret that the page's button has. The
// oldest go where they are too many.
type lookedAt struct {
	mu sync.Mutex
	of map[string]*looked
}

func (l *lookedAt) keep(f *looked) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil {
		l.of = map[string]*looked{}
	}
	for size := len(f.body); ; size = len(f.body) {
		oldest := ""
		for key, o := range l.of {
			if f.at.Sub(o.at) > keptFor {
				delete(l.of, key)
				continue
			}
			size += len(o.body)
			if oldest == "" || o.at.Before(l.of[oldest].at) {
				oldest = key
			}
		}
		if len(l.of) < keptFiles && size <= keptBytes {
			break
		}
		delete(l.of, oldest)
	}
	var b [16]byte
	rand.Read(b[:])
	key := hex.EncodeToString(b[:])
	l.of[key] = f
	return key
}

// get gives a file that the same person looked at on the same page, not long ago.
func (l *lookedAt) get(key, path string, by vedette.ID, now time.Time) (*looked, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.of[key]
	if f == nil || f.path != path || f.by != by || now.Sub(f.at) > keptFor {
		return nil, vedette.Errorf(vedette.CodeInvalid, "nothing was saved: the file is kept here no more, for too long went by, others came in between, or the portal was started anew; choose it once more")
	}
	return f, nil
}

// drop forgets one.
func (l *lookedAt) drop(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.of, key)
}
