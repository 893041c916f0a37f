package vedette

import "time"

// Invitation is a link by which somebody brings in their organisation, once.
type Invitation struct {
	ID     ID
	Note   string // whom it is for, as whoever made it wrote
	Made   time.Time
	By     string
	Until  time.Time // it is good
	Used   time.Time // zero for not yet
	Joined string    // the name of the organisation that came by it, "" for none
}

// CopyMode is what becomes of an update that an organisation takes from another.
type CopyMode string

// The modes.
const (
	CopyPublish CopyMode = "publish" // it is published at once: people are told
	CopyDraft   CopyMode = "draft"   // it lies before the desk as a draft, and is a task
)

// CopyModes are all.
var CopyModes = []CopyMode{CopyPublish, CopyDraft}

// Subscription is that an organisation takes what another publishes.
type Subscription struct {
	Subscriber Organisation
	Publisher  Organisation
	Mode       CopyMode
	Made       time.Time
	By         string // of the subscriber; the publisher is not told
	CopiedTo   int64  // the number of the publisher's log row up to which it is done
}

// Copy is an update of ours that was another organisation's first.
type Copy struct {
	Update    ID     // of ours
	Publisher string // its name
	Source    ID     // the update there
	Made      time.Time
}
