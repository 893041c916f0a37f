package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"

	"vedette"
	"vedette/store/ground"
)

// variantNumbers gives the numbers within the update of the variants that are
// used, by the numbers they have among themselves, and keeps those that are
// new. What says the same is the same variant: so several planners of an
// update number alike. Whoever plans the update is locked out.
func (t *tx) variantNumbers(update int64, variants []vedette.Variant, used map[int]bool) (map[int]int64, error) {
	out := make(map[int]int64, len(used))
	if len(used) == 0 {
		return out, nil
	}
	bodies, digests := map[string]string{}, make([][]string, 0, len(used))
	byNo := make(map[int]string, len(used))
	for _, v := range variants {
		no := v.No
		if !used[no] {
			continue
		}
		v.No = 0
		body, err := json.Marshal(v)
		if err != nil {
			return nil, vedette.Wrap(err, vedette.CodeInternal, "variant %d cannot be written as JSON", no)
		}
		digest := fmt.Sprintf("%x", sha256.Sum256(body))
		if bodies[digest] == "" {
			bodies[digest], digests = string(body), append(digests, []string{digest})
		}
		byNo[no] = digest
	}
	numbers, err := t.knownVariants(update, digests)
	if err != nil {
		return nil, err
	}
	if err := t.addVariants(update, digests, bodies, numbers); err != nil {
		return nil, err
	}
	for no := range used {
		if out[no] = numbers[byNo[no]]; out[no] == 0 {
			return nil, vedette.Errorf(vedette.CodeInternal, "a notice names variant %d, which is not with it", no)
		}
	}
	return out, nil
}

// knownVariants gives the numbers of the variants that are there.
func (t *tx) knownVariants(update int64, digests [][]string) (map[string]int64, error) {
	numbers := make(map[string]int64, len(digests))
	return numbers, t.Each(func(r *sql.Rows) error {
		var digest string
		var no int64
		err := r.Scan(&digest, &no)
		numbers[digest] = no
		return err
	}, `SELECT digest, no FROM variants WHERE update_id = $1 AND digest IN ({rows $2 digest:text})`, update, ground.List(digests))
}

// addVariants keeps those that have no number yet, and numbers them.
func (t *tx) addVariants(update int64, digests [][]string, bodies map[string]string, numbers map[string]int64) error {
	var fresh []string
	for _, d := range digests {
		if numbers[d[0]] == 0 {
			fresh = append(fresh, d[0])
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	var last int64
	if err := t.Row([]any{&last}, `SELECT coalesce(max(no), 0) FROM variants WHERE update_id = $1`, update); err != nil {
		return err
	}
	for i, digest := range fresh {
		numbers[digest] = last + 1 + int64(i)
	}
	return t.Bulk("variants", []string{"update_id", "no", "digest", "body"}, len(fresh), func(i int) []any {
		return []any{update, numbers[fresh[i]], fresh[i], bodies[fresh[i]]}
	})
}

// Variants lists the variants of an update by number.
func (o *Org) Variants(ctx context.Context, update int64) (list []vedette.Variant, err error) {
	err = o.s.read(ctx, "reading variants", func(t *tx) error {
		list = nil
		if _, err := t.updateID(o.org, update); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var body string
			var no int
			if err := r.Scan(&no, &body); err != nil {
				return err
			}
			var v vedette.Variant
			err := json.Unmarshal([]byte(body), &v)
			v.No = no
			list = append(list, v)
			return err
		}, `SELECT no, body FROM variants WHERE update_id = $1 ORDER BY no`, update)
	})
	return list, err
}
