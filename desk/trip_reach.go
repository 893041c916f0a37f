package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/intake"
)

// unverified remarks whose trips of a file are of somebody without a verified
// number: abroad, mail may be the one thing that does not get through. It is a
// warning, the trip is kept.
func (d *Desk) unverified(ctx context.Context, im *TripsImport, list []traveller) error {
	var keys []int64
	for i := range list {
		keys = append(keys, list[i].person.Key)
	}
	slices.Sort(keys)
	verified := map[int64]bool{}
	for page := range slices.Chunk(slices.Compact(keys), whoPage) {
		known, err := d.rows.Reaches(ctx, page)
		if err != nil {
			return err
		}
		for _, r := range known {
			verified[r.Person] = verified[r.Person] || (r.Channel == vedette.ChannelSMS || r.Channel == vedette.ChannelVoice) && !r.VerifiedAt.IsZero()
		}
	}
	for i := range list {
		t := &list[i]
		if t.rec == nil || t.trip.Cancelled || verified[t.person.Key] {
			continue
		}
		im.Unverified = append(im.Unverified, intake.Problem{Line: t.line, Value: t.rec.Name, Reason: d.whyUnverified(t.rec)})
	}
	return nil
}

// whyUnverified says what is missing, to follow the name.
func (d *Desk) whyUnverified(rec *vedette.PersonRecord) error {
	a, ok := rec.Address(vedette.AddressPhone)
	switch {
	case !ok:
		return vedette.Errorf(vedette.CodeInvalid, "travels without a verified number: none is on record")
	case a.Blocked != "":
		return vedette.Errorf(vedette.CodeInvalid, "travels without a verified number: they opted out of text messages (%s)", a.Blocked)
	case !d.people.Sends(vedette.ChannelSMS) && !d.people.Sends(vedette.ChannelVoice):
		return vedette.Errorf(vedette.CodeInvalid, "travels without a verified number: no text messages or calls go out from here, so nobody can answer one")
	}
	return vedette.Errorf(vedette.CodeInvalid, "travels without a verified number: nobody ever answered from it; vedette drill --person asks them to")
}
