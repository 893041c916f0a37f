package roster

import (
	"context"
	"fmt"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/store"
)

// Superior is whom somebody's record names as their manager.
type Superior struct {
	Name  string // "" where only the address is on file
	Email string // "" where none is known: then Why says so
	Why   string
}

// Called is how a superior is called: by name, else by address.
func (s Superior) Called() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Email
}

// Superior finds the manager that a record names, by address or by name;
// false where it names none, or the very person: they are told anyway.
func (k *Keeper) Superior(ctx context.Context, p *vedette.PersonRecord) (Superior, bool, error) {
	who := strings.TrimSpace(p.Manager)
	switch p.Led() {
	case vedette.LedByNobody, vedette.LedByThemselves:
		return Superior{}, false, nil
	case vedette.LedByAddress:
		return Superior{Email: who}, true, nil
	}
	found, err := k.called(ctx, who)
	if err != nil {
		return Superior{}, false, err
	}
	s := Superior{Name: who}
	switch {
	case found.n == 0:
		s.Why = "nobody here is called so, and no address is on file"
	case found.n > 1:
		s.Why = fmt.Sprintf("%d people are called so; give their address", found.n)
	case found.email == "":
		s.Why = "no e-mail address is on file"
	case strings.EqualFold(found.email, p.Email()):
		return Superior{}, false, nil
	default:
		s.Email = found.email
	}
	return s, true, nil
}

// namesake is how many people have a name, and where the first is reached.
type namesake struct {
	n     int
	email string
}

// called finds people by whole name. Names are private and kept nowhere else
// in the open: they are read when one is asked for, and kept until the next
// change of people.
func (k *Keeper) called(ctx context.Context, name string) (namesake, error) {
	k.naming.Lock()
	defer k.naming.Unlock()
	seq, err := k.org.PeopleSeq(ctx)
	if err != nil {
		return namesake{}, err
	}
	if k.names == nil || k.namesAt != seq {
		names := map[string]namesake{}
		err := k.org.People(ctx, func(p *store.SealedPerson) error {
			named(names, k.key, p)
			return nil
		})
		if err != nil {
			return namesake{}, err
		}
		k.names, k.namesAt = names, seq
	}
	return k.names[folded(name)], nil
}

func named(names map[string]namesake, key *auth.Key, p *store.SealedPerson) {
	rec, err := key.OpenRecord(p.ID, p.WrappedKey, p.Record)
	if err != nil {
		return // has no name that can be read
	}
	n := names[folded(rec.Name)]
	if n.n++; n.n == 1 {
		n.email = rec.Email()
	}
	names[folded(rec.Name)] = n
}

func folded(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }
