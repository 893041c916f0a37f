package desk

import (
	"context"

	"vedette"
)

// GonePerson is someone who is kept and not in a file of all people.
type GonePerson struct {
	Key   int64
	Name  string
	Email string
}

// pruneMany is the share of all people, one in so many, above which a file
// that lacks them is held to be the wrong file.
const pruneMany = 5

// prune finds who is kept and not in the file. It finds nobody where the file
// has bad rows: one of them may be theirs. Nobody restricted is found for whoever may
// not know them.
func (a *acquaintance) prune(im *Import, o ImportOptions, veiled bool) error {
	if !o.Prune || len(im.Problems) > 0 {
		return nil
	}
	if im.Rows == 0 {
		return vedette.Errorf(vedette.CodeInvalid, "the file holds nobody: it cannot be the list of all people")
	}
	all := 0
	for _, p := range a.people {
		if p.Retired {
			continue
		}
		all++
		if _, met := a.met[p.Key]; met || len(p.External) == 0 {
			continue
		}
		g := GonePerson{Key: p.Key, Name: unreadable}
		rec := a.record(p)
		if rec != nil && rec.Restricted && veiled {
			continue
		}
		if rec != nil {
			g.Name, g.Email = rec.Name, rec.Email()
		}
		im.Gone = append(im.Gone, g)
	}
	if n := len(im.Gone); o.Remove && !o.PruneMany && n*pruneMany > all {
		return vedette.Errorf(vedette.CodeBlocked, "nothing was saved: %d of %d people are not in the file, more than a fifth; "+
			"if it is the list of all people, say --prune-many too", n, all)
	}
	return nil
}

// remove takes whoever is not in the file off the people. Records stay,
// sealed, until they are erased; who is in a later file is back.
func (d *Desk) remove(ctx context.Context, im *Import, o ImportOptions) error {
	if !o.Remove || len(im.Gone) == 0 {
		return nil
	}
	keys := make([]int64, len(im.Gone))
	for i, g := range im.Gone {
		keys[i] = g.Key
	}
	var err error
	im.Removed, err = d.rows.RetirePeople(ctx, keys, d.Now())
	return err
}
