package auth

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"vedette"
)

// generation is one key of an installation: 32 bytes, and what is derived of them.
type generation struct {
	no               int // 0 while the store was not asked
	text             string
	wrap             cipher.AEAD // seals, and is gone with the key
	hash, name, push secret      // of the first these last for ever
	link, log, check secret
	word             [32]byte // of sealed words in files
	checked          []byte
}

func newGeneration(b []byte) *generation {
	g := &generation{text: keyPrefix + base64.RawURLEncoding.EncodeToString(b)}
	var wrap [32]byte
	for label, dst := range map[string]*[32]byte{
		"wrap": &wrap, "hash": &g.hash.key, "link": &g.link.key, "check": &g.check.key, "name": &g.name.key, "push": &g.push.key, "log": &g.log.key, "word": &g.word,
	} {
		d, err := hkdf.Key(sha256.New, b, nil, "vedette/1/"+label, 32)
		if err != nil {
			panic(err) // only for lengths HKDF cannot give
		}
		copy(dst[:], d)
	}
	g.wrap, g.checked = aead(wrap[:]), g.check.mac("vedette key check")
	return g
}

// sum is the value the store knows the key by.
func (g *generation) sum() []byte { return bytes.Clone(g.checked) }

func find(held []*generation, check []byte) *generation {
	for _, g := range held {
		if subtle.ConstantTimeCompare(g.checked, check) == 1 {
			return g
		}
	}
	return nil
}

// NewKeyText makes a key and gives its text alone.
func NewKeyText() string {
	var b [32]byte
	rand.Read(b[:])
	return newGeneration(b[:]).text
}

// ring is what is in use of a key at a moment. It is never changed.
type ring struct {
	now              *generation
	open             []*generation // that open what is sealed: now first
	hash, name, push *secret       // of the first key
	past             []*past       // that signed and vouched: now first
}

// past is what is kept of a key, so that what it signed is still known.
type past struct {
	no        int
	link, log secret
	word      [32]byte
	wordSeal  cipher.AEAD
	until     time.Time // no link of it ends later; zero: any may
}

func newPast(no int, link, log, word [32]byte) *past {
	p := &past{no: no, word: word, wordSeal: aead(word[:])}
	p.link.key, p.log.key = link, log
	return p
}

func (g *generation) past(no int) *past { return newPast(no, g.link.key, g.log.key, g.word) }

// firstRing is what is in use before the store was asked which key is current.
func firstRing(held []*generation) *ring {
	g := held[0]
	r := &ring{now: g, open: held, hash: &g.hash, name: &g.name, push: &g.push}
	for i, g := range held {
		r.past = append(r.past, g.past(i+1))
	}
	return r
}

// linked gives whose sum a link has, nil for nobody's. sum is the beginning of one.
func (r *ring) linked(sum []byte, parts ...string) *past {
	for _, p := range r.past {
		if hmac.Equal(sum, p.link.mac(parts...)[:len(sum)]) {
			return p
		}
	}
	return nil
}

// late says that no link that ends then was signed with this key while it was in use:
// whoever made it has the key, and should not.
func (p *past) late(expires time.Time) bool { return !p.until.IsZero() && expires.After(p.until) }

// seal seals with the key in use; only the same purpose opens it.
func (k *Key) seal(purpose string, plain []byte) []byte {
	g := k.use.Load().now
	return vedette.MarkSeal(g.no, g.wrap.Seal(nil, nil, plain, []byte(purpose)))
}

// open opens what seal made, with whichever of the keys that are held.
func (k *Key) open(purpose string, sealed []byte) ([]byte, error) {
	return k.openInto(nil, []byte(purpose), sealed)
}

// openInto is open into room that is there.
func (k *Key) openInto(room, purpose, sealed []byte) ([]byte, error) {
	no, body := vedette.SealedBy(sealed)
	r := k.use.Load()
	for _, g := range r.open {
		if g.no == no || g.no == 0 {
			if b, err := g.wrap.Open(room, nil, body, purpose); err == nil {
				return b, nil
			}
		}
	}
	for _, g := range r.open { // what the first sealed may look as if it had a mark
		if b, err := g.wrap.Open(room, nil, sealed, purpose); err == nil {
			return b, nil
		}
	}
	return nil, damaged()
}

// labels are what each kind of thing is sealed for, before its id.
var labels = map[vedette.SealKind]string{vedette.SealPerson: keyLabel, vedette.SealDuty: keyLabel, vedette.SealRung: keyLabel, vedette.SealFile: keyLabel, vedette.SealHook: hookLabel, vedette.SealCode: codeLabel}

// Reseal seals anew, with the key in use, what a key that is held sealed; nil where it
// is the one in use that did.
func (k *Key) Reseal(kind vedette.SealKind, id vedette.ID, sealed []byte) ([]byte, error) {
	if no, _ := vedette.SealedBy(sealed); no == k.use.Load().now.no {
		return nil, nil
	}
	purpose := labels[kind] + string(id)
	plain, err := k.open(purpose, sealed)
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeWrongKey, "a thing that is sealed (%s %s) opens with none of the keys given", kind, id)
	}
	defer clear(plain)
	return k.seal(purpose, plain), nil
}

// heritage is what outlasts keys. None of it opens what they sealed.
type heritage struct {
	Hash    []byte     `json:"hash"`
	Name    []byte     `json:"name"`
	Push    []byte     `json:"push"`
	Earlier []ancestor `json:"earlier"`
}

type ancestor struct {
	No   int    `json:"no"`
	Link []byte `json:"link"`
	Log  []byte `json:"log"`
	Word []byte `json:"word"`
}

func heritageLabel(no int) []byte { return []byte("heritage " + strconv.Itoa(no)) }

// Heritage seals, for a key that is held and will have a number, what outlasts the one
// in use.
func (k *Key) Heritage(check []byte, no int) ([]byte, error) {
	k.mu.Lock()
	next := find(k.held, check)
	k.mu.Unlock()
	if next == nil {
		return nil, vedette.Errorf(vedette.CodeInternal, "the key that is to be the next is not held")
	}
	r := k.use.Load()
	h := heritage{Hash: r.hash.key[:], Name: r.name.key[:], Push: r.push.key[:]}
	for _, p := range r.past {
		h.Earlier = append(h.Earlier, ancestor{p.no, p.link.key[:], p.log.key[:], p.word[:]})
	}
	b, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return next.wrap.Seal(nil, nil, b, heritageLabel(no)), nil
}

// inherit makes what is in use of the current key.
func inherit(g *generation, row vedette.InstallationKey) (*ring, error) {
	r := &ring{now: g, hash: &g.hash, name: &g.name, push: &g.push, past: []*past{g.past(row.No)}}
	if len(row.Heritage) == 0 {
		return r, nil
	}
	bad := vedette.Errorf(vedette.CodeWrongKey, "what the installation key %d inherited is damaged in the database; restore a backup", row.No)
	var h heritage
	b, err := g.wrap.Open(nil, nil, row.Heritage, heritageLabel(row.No))
	if err != nil || json.Unmarshal(b, &h) != nil {
		return nil, bad
	}
	r.hash, r.name, r.push = &secret{}, &secret{}, &secret{}
	whole := take(&r.hash.key, h.Hash) && take(&r.name.key, h.Name) && take(&r.push.key, h.Push)
	for _, a := range h.Earlier {
		var link, log, word [32]byte
		whole = whole && take(&link, a.Link) && take(&log, a.Log) && take(&word, a.Word)
		r.past = append(r.past, newPast(a.No, link, log, word))
	}
	if !whole {
		return nil, bad
	}
	return r, nil
}

func take(into *[32]byte, b []byte) bool { return copy(into[:], b) == 32 && len(b) == 32 }

// Add holds further keys: those of a text that are not held yet.
func (k *Key) Add(text string) error {
	more, err := parse(text)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, g := range more {
		if find(k.held, g.checked) == nil {
			k.held = append(slices.Clone(k.held), g)
		}
	}
	return nil
}

// Follow brings the key to what the store knows of the installation's keys: which is
// current, which is leaving. linkLife is how long links are good. Where a key that is
// needed is not held nothing changes, and the error, CodeWrongKey, says which it is.
func (k *Key) Follow(rows []vedette.InstallationKey, linkLife time.Duration) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	seen := fmt.Sprint(rows, linkLife, len(k.held))
	if seen == k.seen {
		return nil
	}
	var current *vedette.InstallationKey
	numbers, left := map[string]int{}, map[int]time.Time{}
	for i := range rows {
		row := &rows[i]
		numbers[string(row.Check)], left[row.No] = row.No, row.Left
		if row.State == vedette.KeyCurrent {
			current = row
		}
	}
	if current == nil {
		return vedette.Errorf(vedette.CodeInternal, "the database names no current installation key")
	}
	if err := k.misses(rows, current); err != nil {
		return err
	}
	held := make([]*generation, len(k.held))
	for i, g := range k.held { // a copy: another may be sealing with the one that is there
		held[i] = newGeneration(g.raw())
		held[i].no = numbers[string(g.checked)]
	}
	r, err := inherit(find(held, current.Check), *current)
	if err != nil {
		return err
	}
	for _, p := range r.past[1:] {
		if at := left[p.no]; !at.IsZero() {
			p.until = at.Add(linkLife + linkSlack)
		}
	}
	r.open = []*generation{r.now}
	for _, g := range held {
		if g == r.now || g.no == 0 {
			continue
		}
		r.open = append(r.open, g)
		if !slices.ContainsFunc(r.past, func(p *past) bool { return p.no == g.no }) {
			r.past = append(r.past, g.past(g.no)) // the next: another may know sooner that it signs
		}
	}
	k.held, k.seen = held, seen
	k.use.Store(r)
	return nil
}

// linkSlack is how much later than it should a process may learn that another key signs.
const linkSlack = time.Hour

// raw is the key itself.
func (g *generation) raw() []byte {
	b, err := base64.RawURLEncoding.DecodeString(g.text[len(keyPrefix):])
	if err != nil {
		panic(err) // it was made of bytes
	}
	return b
}

// Seals gives the number of the key that seals, and Holds that of the newest that is
// held of those the store knows.
func (k *Key) Seals() int { return max(k.use.Load().now.no, 1) }

// Holds gives the number of the newest key that is held.
func (k *Key) Holds() int {
	n := 1
	for _, g := range k.use.Load().open {
		n = max(n, g.no)
	}
	return n
}
