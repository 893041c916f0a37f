// Package shelf keeps what published updates are found by: their cards, and which update
// has which word. It is a part of the store. All of it is made from updates, and follows
// the log.
package shelf

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vedette"
	"vedette/store/ground"
)

// Shelf is one organisation's. It is safe for concurrent use.
type Shelf struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's.
func Of(db *ground.DB, org int64) *Shelf { return &Shelf{db, org} }

// Under a word lie its updates by stretches of keys, and of each by parts: a word that few
// have takes one row of a stretch, and of one that many have the part that is added to
// stays short.
const (
	stretch = 1 << 16 // keys; a place in it is four hexadecimal digits
	parts   = 1 << 10 // a stretch may have; the block of a row is its stretch times this, and its part
	full    = 4096    // bytes of a part, after which the next is begun
)

// Todo is what was published and is not on the shelf yet.
type Todo struct {
	From    int64 // how far in the log the shelf is
	Through int64 // how far it is with these on it
	Updates []Published
}

// Published is an update that was published, by key, and by which row of the log.
type Published struct{ Seq, Update int64 }

// Unshelved gives the first so many that are not on the shelf. Up to after it is known
// that none are left: the log is not read there again. Canaries are not kept.
func (s *Shelf) Unshelved(ctx context.Context, after int64, most int) (todo Todo, err error) {
	err = s.db.Read(ctx, "looking what was published", func(t *ground.Tx) error {
		todo = Todo{}
		if _, err := t.Found([]any{&todo.From}, `SELECT through FROM shelves WHERE org = $1`, s.org); err != nil {
			return err
		}
		if _, err := t.Found([]any{&todo.Through}, `SELECT seq FROM organisations WHERE id = $1`, s.org); err != nil {
			return err
		}
		todo.Updates, err = ground.All(t, func(p *Published) []any { return []any{&p.Seq, &p.Update} },
			`SELECT l.seq, u.id FROM log l JOIN updates u ON u.uuid = l.ref AND u.org = l.org
			WHERE l.org = $1 AND l.seq > $2 AND l.seq <= $3 AND l.kind = {log update} AND l.verb = 'published' AND u.drill < 2 ORDER BY l.seq LIMIT $4`,
			s.org, max(todo.From, after), todo.Through, ground.Most(most))
		if err == nil && len(todo.Updates) == most {
			todo.Through = todo.Updates[most-1].Seq
		}
		return err
	})
	return todo, err
}

// Shelved is an update to be put on the shelf.
type Shelved struct {
	Seq   int64
	Card  vedette.Card
	Words []string // each once
}

// Shelve puts updates on the shelf, which is then through the log up to through; false
// where another process did meanwhile.
func (s *Shelf) Shelve(ctx context.Context, from, through int64, list []Shelved) (done bool, err error) {
	err = s.db.Write(ctx, "shelving updates", func(t *ground.Tx) error {
		done = false
		if _, err := t.Exec(`INSERT INTO shelves (org, through) VALUES ($1, 0) ON CONFLICT DO NOTHING`, s.org); err != nil {
			return err
		}
		n, err := t.Exec(`UPDATE shelves SET through = $3 WHERE org = $1 AND through = $2`, s.org, from, through)
		if err != nil || n == 0 {
			return err
		}
		if err := s.addCards(t, list); err != nil {
			return err
		}
		done = true
		return s.addWords(t, list)
	})
	return done && err == nil, err
}

func (s *Shelf) addCards(t *ground.Tx, list []Shelved) error {
	rows := make([][]any, len(list))
	for i := range list {
		text, err := json.Marshal(&list[i].Card)
		if err != nil {
			return err
		}
		rows[i] = []any{list[i].Seq, list[i].Card.Key, ground.Micros(list[i].Card.Published), string(text)}
	}
	_, err := t.Exec(`INSERT INTO cards (org, seq, update_id, published_at, card)
		SELECT $1, v.seq, v.of_update, v.published, v.card FROM ({rows $2 seq:key of_update:key published:key card:text}) v`, s.org, ground.List(rows))
	return err
}

// addWords adds their places, words in their order: two that write at a time wait for
// each other at the same row, not crosswise.
func (s *Shelf) addWords(t *ground.Tx, list []Shelved) error {
	type at struct {
		word    string
		stretch int64
	}
	places := map[at]*strings.Builder{}
	for i := range list {
		key := list[i].Card.Key
		for _, w := range list[i].Words {
			b := places[at{w, key / stretch}]
			if b == nil {
				b = &strings.Builder{}
				places[at{w, key / stretch}] = b
			}
			fmt.Fprintf(b, "%04x", key%stretch)
		}
	}
	rows := make([][]any, 0, len(places))
	for _, p := range slices.SortedFunc(maps.Keys(places), func(x, y at) int {
		if c := strings.Compare(x.word, y.word); c != 0 {
			return c
		}
		return int(x.stretch - y.stretch)
	}) {
		rows = append(rows, []any{hex.EncodeToString([]byte(p.word)), p.stretch * parts, places[p].String()})
	}
	_, err := t.Exec(`INSERT INTO words (org, word, block, places)
		SELECT $1, v.word, coalesce((SELECT w.block + CASE WHEN length(w.places) >= $3 THEN 1 ELSE 0 END FROM words w
			WHERE w.org = $1 AND w.word = v.word AND w.block >= v.block AND w.block < v.block + $4 ORDER BY w.block DESC LIMIT 1), v.block), v.places
		FROM ({rows $2 word:bytes block:key places:text}) v WHERE true
		ON CONFLICT (org, word, block) DO UPDATE SET places = words.places || excluded.places`, s.org, ground.List(rows), int64(full), int64(parts))
	return err
}

// Cards goes through the cards of what was shelved by rows of the log after one, in
// their order, and gives the number of the last.
func (s *Shelf) Cards(ctx context.Context, after int64) (list []vedette.Card, last int64, err error) {
	err = s.db.Read(ctx, "reading cards", func(t *ground.Tx) error {
		list, last = nil, after
		return t.Rows(func(row ground.Row) error {
			c := vedette.Card{Key: row.Int(1), Published: ground.Moment(row.Int(2))}
			if err := json.Unmarshal([]byte(row.Text(3)), &c); err != nil {
				return err
			}
			last, list = row.Int(0), append(list, c)
			return nil
		}, `SELECT seq, update_id, published_at, card FROM cards WHERE org = $1 AND seq > $2 ORDER BY seq`, s.org, after)
	})
	return list, last, err
}

// Having calls see with the key of each update that has a word, or, where begun, one
// that begins with it; one may come several times.
func (s *Shelf) Having(ctx context.Context, word string, begun bool, see func(key int64)) error {
	text, args := ` AND word = $2`, []any{s.org, []byte(word)}
	if begun {
		text, args = ` AND word >= $2 AND word < $3`, append(args, append([]byte(word), 0xff))
	}
	return s.db.Read(ctx, "looking for a word", func(t *ground.Tx) error {
		return t.Rows(func(row ground.Row) error {
			from := row.Int(0) / parts * stretch
			for places := row.Text(1); len(places) >= 4; places = places[4:] {
				see(from + (digit(places[0])<<12 | digit(places[1])<<8 | digit(places[2])<<4 | digit(places[3])))
			}
			return nil
		}, `SELECT block, places FROM words WHERE org = $1`+text, args...)
	})
}

// digit is what a small hexadecimal digit says.
func digit(c byte) int64 {
	if c >= 'a' {
		return int64(c-'a') + 10
	}
	return int64(c - '0')
}
