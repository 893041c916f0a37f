package desk

import (
	"context"
	"sync"

	"vedette/archive"
)

// mostKeptWords bounds, in bytes, what is kept of words.
const mostKeptWords = 8 << 20

// keptWords keeps which updates have a word, until more are shelved: a word that begins
// thousands is costly to look for, and whoever looks goes through the pages.
type keptWords struct {
	mu   sync.Mutex
	card int64 // the last card that they are good for
	of   map[archive.Term]*haveWord
	size int
}

// haveWord is one; whoever asks for it meanwhile waits.
type haveWord struct {
	mu   sync.Mutex
	keys *archive.Keys
}

// slot is where a word is kept for whoever holds the cards up to one; nothing is kept for
// whoever holds older ones.
func (k *keptWords) slot(card int64, t archive.Term) *haveWord {
	k.mu.Lock()
	defer k.mu.Unlock()
	if card < k.card {
		return &haveWord{}
	}
	if k.of == nil || card > k.card || k.size > mostKeptWords {
		k.of, k.card, k.size = map[archive.Term]*haveWord{}, card, 0
	}
	h := k.of[t]
	if h == nil {
		h = &haveWord{}
		k.of[t] = h
		k.size += len(t.Word) + 200 // about what it takes besides
	}
	return h
}

// took counts what a word takes.
func (k *keptWords) took(bytes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.size += bytes
}

// having gives the updates that have all of some words, among those whose cards are held;
// nil where none is asked for.
func (d *Desk) having(ctx context.Context, card int64, terms []archive.Term) (found *archive.Keys, err error) {
	for i, t := range terms {
		have, err := d.havingOne(ctx, card, t)
		if err != nil {
			return nil, err
		}
		switch i {
		case 0:
			found = have // shown alone it stays as it is kept
		case 1:
			found = found.Both(have)
		default:
			found.And(have)
		}
	}
	return found, nil
}

func (d *Desk) havingOne(ctx context.Context, card int64, t archive.Term) (*archive.Keys, error) {
	h := d.words.slot(card, t)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.keys != nil {
		return h.keys, nil
	}
	keys := &archive.Keys{}
	if err := d.rows.Having(ctx, t.Word, t.Begun, keys.Add); err != nil {
		return nil, err
	}
	h.keys = keys
	d.words.took(keys.Bytes())
	return keys, nil
}
