package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/manifest"
)

// ManifestConfig says where manifests go, and who can read them.
type ManifestConfig struct {
	Dir  string   // "" is none
	To   []string // recipients: age1…
	Keep int      // how many are kept of each organisation
	All  bool     // everybody, beside whoever is concerned by what is open
}

// said says whether anything is said of manifests.
func (c ManifestConfig) said() bool { return c.Dir != "" || len(c.To) > 0 || c.All }

// maxManifests bounds how many are kept.
const maxManifests = 10_000

// Check reads for whom manifests are written, and says what is wrong with how they are to
// be.
func (c ManifestConfig) Check() (to []manifest.Recipient, err error) {
	switch {
	case c.Dir == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "manifests are for somebody, and go nowhere; name a directory: --manifest DIR")
	case len(c.To) == 0:
		return nil, vedette.Errorf(vedette.CodeInvalid, "nobody could read the manifests in %s; make a key with vedette manifest key FILE, keep that file elsewhere, and say --manifest-to with what it prints", c.Dir)
	case c.Keep < 1 || c.Keep > maxManifests:
		return nil, vedette.Errorf(vedette.CodeInvalid, "%d manifests cannot be kept; give 1 to %d", c.Keep, maxManifests)
	}
	if st, err := os.Stat(c.Dir); err == nil && !st.IsDir() {
		return nil, vedette.Errorf(vedette.CodeInvalid, "%s is no directory; name one that manifests go into", c.Dir)
	}
	for _, s := range c.To {
		r, err := manifest.ParseRecipient(strings.TrimSpace(s))
		if err != nil {
			return nil, err
		}
		to = append(to, r)
	}
	return to, nil
}

// manifestTime is how a manifest's file says of when it is.
const manifestTime = "20060102T150405Z"

// halfManifest is how one is called while it is written, and halfLife how long that takes at
// most: an older one is of a process that was killed.
const (
	halfManifest = ".manifest-"
	halfLife     = 24 * time.Hour
)

// ManifestDone is a manifest that was written.
type ManifestDone struct {
	File    string
	People  int // entries
	Left    int // restricted people who are not in it
	Removed int // older ones
}

// WriteManifest writes that of an organisation now: under another name first, so that no
// half of one is ever found, and takes away those that are too many.
func (a *App) WriteManifest(ctx context.Context, d *desk.Desk, c ManifestConfig) (done ManifestDone, err error) {
	to, err := c.Check()
	if err != nil {
		return done, err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return done, vedette.Wrap(err, vedette.CodeUnavailable, "the directory of manifests cannot be made")
	}
	f, err := os.CreateTemp(c.Dir, halfManifest+"*")
	if err != nil {
		return done, vedette.Wrap(err, vedette.CodeUnavailable, "a manifest cannot be written")
	}
	now := a.Now()
	err = a.fillManifest(ctx, f, d, to, c.All, now, &done)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	done.File = filepath.Join(c.Dir, d.Org.Handle+"-"+now.UTC().Format(manifestTime)+".age")
	if err == nil {
		err = errors.Join(os.Rename(f.Name(), done.File), syncDir(done.File))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // it holds nothing in the clear
		return done, vedette.Wrap(err, codeOr(err, vedette.CodeUnavailable), "the manifest was not written")
	}
	done.Removed, err = prune(c.Dir, d.Org.Handle, c.Keep)
	return done, err
}

func codeOr(err error, other vedette.Code) vedette.Code {
	if c := vedette.ErrorCode(err); c != vedette.CodeInternal {
		return c
	}
	return other
}

func (a *App) fillManifest(ctx context.Context, f io.Writer, d *desk.Desk, to []manifest.Recipient, all bool, now time.Time, done *ManifestDone) error {
	w, err := manifest.NewWriter(f, to, manifest.Head{Organisation: d.OrgName(), AsOf: now, All: all})
	if err != nil {
		return err
	}
	parts := 0
	done.Left, err = d.EachInManifest(ctx, all, func(p *desk.ManifestPart) error {
		parts++
		w.Section(partWords(p))
		return nil
	}, func(m *desk.InManifest) error {
		done.People++
		w.Person(entryOf(m))
		return nil
	})
	if err != nil {
		return err
	}
	if parts == 0 {
		w.Section("No situation is open")
	}
	return w.Close(desk.LeftOut(done.Left))
}

// partWords say what a part of a manifest is of.
func partWords(p *desk.ManifestPart) (title, facts string) {
	if p.Update == nil {
		return "EVERYBODY", "whoever is known, and where they are held to be"
	}
	c, t := &p.Update.Content, &p.Tally
	title = p.Update.Situation.Title
	if title == "" {
		title = c.Headline
	}
	return title, fmt.Sprintf("risk %s, update %d of %s: %d concerned, %d need help, %d safe, %d not there, %d silent", c.Risk, p.Update.Number,
		p.Update.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"), t.Concerned, t.Answers[vedette.ReplyHelp], t.Answers[vedette.ReplySafe], t.Answers[vedette.ReplyNotThere], t.Silent)
}

// answerSaid are the answers in words.
var answerSaid = map[vedette.ReplyKind]string{vedette.ReplySafe: "safe", vedette.ReplyHelp: "need help", vedette.ReplyNotThere: "not there"}

// entryOf is somebody as a manifest has them.
func entryOf(m *desk.InManifest) *manifest.Entry {
	r := &m.Person.Record
	e := &manifest.Entry{Name: r.Name, Where: m.Places, Relation: strings.ReplaceAll(string(m.Relation), "_", " "), Text: m.Text, Addresses: r.Addresses, Contacts: r.Contacts}
	if e.Name == "" || m.Person.Erased {
		e.Name = "(erased person)"
	}
	switch {
	case m.Answer != "":
		e.Answer = answerSaid[m.Answer] + ", " + m.AnsweredAt.UTC().Format("2 Jan 2006 15:04 UTC")
	case m.Relation != "":
		e.Answer = "nothing yet"
	}
	var notes []string
	if m.Duress {
		notes = append(notes, "DURESS: they were made to answer; do not ring")
	}
	if m.Shut != "" {
		notes = append(notes, "COMPROMISED: "+m.Shut+"; their own number is not to be rung")
	}
	if m.Person.Broken {
		notes = append(notes, "their record cannot be opened")
	}
	e.Note = strings.Join(notes, "; ")
	return e
}

// manifestName is how the file of an organisation's manifest is called.
func manifestName(handle string) *regexp.Regexp {
	return regexp.MustCompile(`^` + regexp.QuoteMeta(handle) + `-(\d{8}T\d{6}Z)\.age$`)
}

// manifestsOf lists an organisation's manifests in a directory, the oldest first, and the
// time of the newest.
func manifestsOf(dir, handle string) (names []string, last time.Time, err error) {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, last, nil
	}
	if err != nil {
		return nil, last, vedette.Wrap(err, vedette.CodeUnavailable, "the manifests cannot be listed")
	}
	of := manifestName(handle)
	for _, e := range list {
		if of.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	if n := len(names); n > 0 {
		last, _ = time.Parse(manifestTime, of.FindStringSubmatch(names[n-1])[1])
	}
	return names, last, nil
}

// prune takes away the oldest manifests of an organisation, but for so many.
func prune(dir, handle string, keep int) (removed int, err error) {
	names, _, err := manifestsOf(dir, handle)
	if err != nil {
		return 0, err
	}
	for _, name := range names[:max(0, len(names)-keep)] {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return removed, vedette.Wrap(err, vedette.CodeUnavailable, "an old manifest cannot be taken away")
		}
		removed++
	}
	return removed, sweepHalves(dir)
}

// sweepHalves takes away what killed processes left.
func sweepHalves(dir string) error {
	halves, err := filepath.Glob(filepath.Join(dir, halfManifest+"*"))
	for _, name := range halves {
		if st, serr := os.Stat(name); serr == nil && time.Since(st.ModTime()) > halfLife {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return vedette.Wrap(err, vedette.CodeUnavailable, "what a killed process left cannot be taken away")
}

// NewManifestKey makes a key of manifests in a file that is not there yet, and gives the
// recipient that they are written for.
func NewManifestKey(file string, now time.Time) (recipient string, err error) {
	text, recipient, err := manifest.NewKey(now)
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", vedette.Wrap(err, vedette.CodeConflict, "the key was not made")
	}
	_, err = f.Write(text)
	return recipient, vedette.Wrap(errors.Join(err, f.Close()), vedette.CodeInternal, "the key was not written")
}

// maxKeys bounds a file of keys, in bytes.
const maxKeys = 64 << 10

// OpenManifest opens a manifest with the keys of a file. It needs no installation.
func OpenManifest(file, keys string) (io.ReadCloser, error) {
	k, err := os.Open(keys)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the key cannot be read")
	}
	defer k.Close()
	text, err := io.ReadAll(io.LimitReader(k, maxKeys))
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the key cannot be read")
	}
	ids, err := manifest.ParseKeys(text)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.ErrorCode(err), "%s", keys)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the manifest cannot be read")
	}
	r, err := manifest.Open(f, ids)
	if err != nil {
		f.Close()
		return nil, vedette.Wrap(err, vedette.ErrorCode(err), "%s", file)
	}
	return struct {
		io.Reader
		io.Closer
	}{r, f}, nil
}
