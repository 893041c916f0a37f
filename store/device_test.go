package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A device and the letter that tells of it are kept together, or neither.
func TestADeviceIsAddedWithItsLetter(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		sp, err := w.o.PersonByKey(w.ctx, keys[1])
		w.ok(err)
		c := store.PersonChange{SealedPerson: store.SealedPerson{Key: sp.Key, ID: sp.ID, WrappedKey: sp.WrappedKey, Record: []byte("with a device"),
			Slots: []store.Slot{{No: 1, Channel: vedette.ChannelEmail}, {No: vedette.AddressDevice, Channel: vedette.ChannelPush}}}, Was: []byte("another record")}
		over := []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS}
		err = w.o.AddDevice(w.ctx, c, vedette.AddressDevice, over, t0.Add(time.Hour))
		equal(t, "made of another record", vedette.ErrorCode(err), vedette.CodeConflict)
		claim := func() []store.ClaimedLetter {
			got, err := w.o.ClaimLetters(w.ctx, "w", vedette.ChannelEmail, 10, t0.Add(2*time.Hour), time.Minute)
			w.ok(err)
			return got
		}
		equal(t, "letters of what was not added", len(claim()), 0)

		c.Was = sp.Record
		w.ok(w.o.AddDevice(w.ctx, c, vedette.AddressDevice, over, t0.Add(time.Hour)))
		got := claim()
		equal(t, "letters", len(got), 1)
		l := got[0]
		equal(t, "kind", l.Kind, vedette.LetterDevice)
		equal(t, "of slot", l.Entry, vedette.AddressDevice)
		equal(t, "to", l.Recipient, keys[1])
		equal(t, "at", l.Address, 1)
		equal(t, "about no case", l.Case, int64(0))
		sp, err = w.o.PersonByKey(w.ctx, keys[1])
		w.ok(err)
		equal(t, "slots", len(sp.Slots), 2)
		equal(t, "channel", sp.Slots[1].Channel, vedette.ChannelPush)
	})
}
