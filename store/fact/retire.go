package fact

import (
	"context"
	"fmt"
	"time"

	"vedette"
	"vedette/store/ground"
)

// RetirePeople takes persons off the organisation's people, those who left
// it: their presences are closed, they are in [Facts.People] no more. Records,
// trips and watches are kept, sealed, until they are erased or saved anew,
// which takes them back. It gives how many left by this; whoever had left or
// is erased already is passed over, a key that is nobody's is not_found.
func (f *Facts) RetirePeople(ctx context.Context, keys []int64, now time.Time) (left int, err error) {
	err = f.write(ctx, "retiring people", func(t *tx) error {
		var gone []int64
		err := pages(keys, func(page []int64) error {
			arg := ground.List(page)
			there, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND id {in $2} ORDER BY id {lock}`, t.org, arg)
			if err != nil {
				return err
			}
			if len(there) != len(page) {
				return vedette.Errorf(vedette.CodeNotFound, "%d of the people to be retired are not there", len(page)-len(there))
			}
			now := ground.Micros(now)
			leaving, err := t.Keys(`UPDATE persons SET retired_at = $2 WHERE id {in $1} AND retired_at = 0 AND erased_at = 0 RETURNING id`, arg, now)
			if err != nil {
				return err
			}
			gone = append(gone, leaving...)
			_, err = t.Exec(`UPDATE presences SET recorded_to = $2 WHERE recorded_to = 0 AND person_id {in $1}`, ground.List(leaving), now)
			return err
		})
		left = len(gone)
		if err != nil || left == 0 {
			return err
		}
		return t.log("", fmt.Sprintf("retired %d", left), gone, now)
	})
	return left, err
}
